"""Text on the page: whatever was typed is shown as it was typed."""

import html
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from selfattn.ui import write

SPECIAL = set("\\`*_{}[]()<>#+-.!|$:~&")  # CommonMark, GFM, and Streamlit's own: $ and :
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")  # CommonMark 2.4: any ASCII punctuation, and nothing else
NASTY = [
    "<img src=x onerror=alert(1)>", r"$\bank$", "[x](javascript:1)", "| a | b |", ":red[x] :material/home: :smile:",
    "1. one", "# head", "> quote", "- item", "~~no~~ **yes** __yes__ `code`", "https://example.org", "&lt;",
]  # fmt: skip


def with_nasty(test):
    for text in NASTY:
        test = example(text)(test)
    return test


@with_nasty
@given(st.text(max_size=60))
def test_every_special_character_is_escaped(text):
    assert not set(ESCAPED.sub("", write.plain(text))) & SPECIAL


@with_nasty
@given(st.text(max_size=60))
def test_escaping_adds_nothing_but_escapes(text):
    assert ESCAPED.sub(r"\1", write.plain(text)) == text


@given(st.text("abcxyz ÄÖÜäöüबैंक銀行🏦0123456789", max_size=60))
def test_plain_words_stay_as_they_are(text):
    assert write.plain(text) == text


def writing(texts):
    from selfattn.ui import write

    write.finding(*texts)
    for text in texts:
        write.quiet(text)


def writing_more(text):
    from selfattn.ui import write

    write.prose(text, "Plain words.")
    write.stage("1", text)
    write.question(text)
    write.answer(text, text, text)
    write.answer(text, "truth", text)


@pytest.mark.parametrize("text", NASTY)
def test_prose_stages_questions_and_answers_are_text_and_no_markup(text):
    app = AppTest.from_function(writing_more, kwargs={"text": text}).run()
    assert not app.exception
    bodies = [element.proto.body for element in app.get("html")]
    assert set(re.findall(r"</?(\w+)", "".join(bodies))) == {"p", "span"}
    assert [html.escape(text) in body for body in bodies] == [True] * 5
    assert ['role="status"' in body for body in bodies] == [False, False, True, True, True]


def answering(guess, truth, because):
    from selfattn.ui import write

    write.answer(guess, truth, because)


@pytest.mark.parametrize(
    ("guess", "truth", "because", "said"),
    [
        ("money", "money", "with 24 %", "✓You said “money”, and so it is, with 24 %."),
        ("grows", "money", "with 24 %", "→You said “grows”. It is “money”, with 24 %."),
        ("nowhere", "towards river", "", "→You said “nowhere”. It is “towards river”."),
    ],
)
def test_a_guess_stands_beside_the_truth(guess, truth, because, said):
    app = AppTest.from_function(answering, kwargs={"guess": guess, "truth": truth, "because": because}).run()
    assert not app.exception
    (body,) = (element.proto.body for element in app.get("html"))
    assert html.unescape(re.sub("<.+?>", "", body)) == said


@pytest.mark.parametrize("count", [1, 2, 3, len(NASTY)])
def test_lines_on_the_page_are_text_and_no_markup(count):
    app = AppTest.from_function(writing, kwargs={"texts": NASTY[:count]}).run()
    assert not app.exception
    finding, *lines = (element.proto.body for element in app.get("html"))
    assert re.findall(r"<span>(.*?)</span>", finding) == [re.sub(r"</?p[^>]*>", "", line) for line in lines]
    assert set(re.findall(r"</?(\w+)", finding + "".join(lines))) == {"p", "span"}
    assert "&lt;img src=x onerror=alert(1)&gt;" in lines[0]
    assert 'role="status"' in finding
    assert ("sa-lines" in finding) == (count > 2)
