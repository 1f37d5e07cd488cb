"""The glossary's page, the terms of every lesson, and the terms that a text explains where one points at them."""

import html
import re
from urllib.parse import parse_qsl

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from selfattn.course import GLOSSARY as PAGE
from selfattn.course import LESSONS
from selfattn.frame import nav
from selfattn.glossary import GLOSSARY, GROUPS
from selfattn.lessons.glossary import screen as lookup
from selfattn.ui import fields, terms
from selfattn.views.snippets import START
from tests.apps import HOSTILE, charts, edit, press, screen, title, visit
from tests.covering import combined


def glossary(**link):
    return visit(PAGE.page, **link)


def shown(at):
    """The terms on the page, in order, as they are headed."""
    return [text.value.splitlines()[0].removeprefix("### ") for text in at.markdown if text.value.startswith("### ")]


def headings(at):
    found = (re.match("## (.*)", text.value) for text in at.markdown)
    return [one[1] for one in found if one]


# The page


def test_first_visit_shows_every_term_by_group():
    at = glossary()
    assert title(at) == "Glossary"
    assert shown(at) == [entry.title for entry in GLOSSARY.values()]
    assert headings(at) == [*GROUPS.values(), "To try the examples"]
    assert [block.value for block in at.code] == [START]
    assert not charts(at)
    assert not at.warning
    assert at.query_params == {}


@pytest.mark.parametrize("entry", [pytest.param(entry, id=key) for key, entry in GLOSSARY.items()])
def test_an_entry_is_shown_whole(entry):
    text = lookup.in_full(entry, set(GLOSSARY))
    assert text.startswith(f"### {entry.title}\n{entry.meaning}")
    assert f"${entry.formula}$" in text or not entry.formula
    assert f"`{entry.example}` → `{entry.gives}`" in text or not entry.example
    for key in entry.see:
        assert f"[{GLOSSARY[key].term}](#{lookup.anchor(GLOSSARY[key])})" in text
    assert text.count("$") == 2 * bool(entry.formula)


def test_places_on_the_page_are_all_different():
    assert len({lookup.anchor(entry) for entry in GLOSSARY.values()}) == len(GLOSSARY)


def test_every_term_leads_to_its_lessons_with_what_was_typed():
    at = glossary(a="The bank approved our loan", preset="sharper", projector="1")
    wanted = [lesson for entry in GLOSSARY.values() for lesson in LESSONS if entry.key in lesson.terms]
    assert [link.proto.label for link in at.page_link] == [lesson.title for lesson in wanted]
    for link, lesson in zip(at.page_link, wanted, strict=True):
        query = dict(parse_qsl(link.proto.query_string))
        assert query.pop("hidden", "1") == "1"
        first = lesson.steps[0].key if lesson.steps else None
        step = {} if first in (None, lesson.start) else {"step": first}
        assert query == {"a": "The bank approved our loan", "preset": "sharper", "projector": "1"} | step


@pytest.mark.parametrize("link", [{}, {"projector": "1"}])
def test_looking_a_term_up(link):
    at = edit(glossary(**link), term="Dot")
    assert shown(at)[0] == "Dot product"
    assert headings(at)[0] == f"{len(shown(at))} terms"
    assert at.query_params == {"term": "Dot"} | link
    assert shown(glossary(**at.query_params)) == shown(at)
    assert shown(edit(at, term="all-but-the-top")) == ["All-but-the-Top"]
    assert shown(edit(at, term="")) == [entry.title for entry in GLOSSARY.values()]
    assert at.query_params == link


def test_one_term_is_one_term():
    at = glossary(term="causal mask")
    assert headings(at)[0] == "One term"
    assert "[mask](#mask)" not in " ".join(text.value for text in at.markdown), "no link to what is not shown"


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("sofmax", "No entry has “sofmax”. Did you mean “softmax”?"),
        ("qwxzv", "No entry has “qwxzv”. Try a shorter word, or empty the box to see every term."),
        ("बैंक", "No entry has “बैंक”. Try a shorter word"),
        ("z" * 5000, "No entry has “zzzzzzzzzzzzzzzzzzzzzzz…”."),
    ],
)
def test_what_is_not_there_is_said(wanted, said):
    at = glossary(term=wanted)
    assert said in screen(at)
    assert not shown(at)
    assert wanted.startswith(at.text_input(key=fields.TERM).value), "what was typed stays"


@pytest.mark.parametrize("text", [*HOSTILE, "<b>vector</b>", "“vector”", "a\x00b\n", " "])
def test_hostile_words_are_text(text):
    at = glossary(term=text)
    if text.strip():
        bodies = [element.proto.body for element in at.get("html") if "No entry has" in element.proto.body]
        assert bodies
        assert set(re.findall(r"</?(\w+)", "".join(bodies))) <= {"p", "span"}
    assert all(text not in element.value for element in at.markdown if text.strip())


def test_the_search_does_not_follow_to_the_lessons():
    at = glossary(term="softmax", b="Rob a bank")
    for link in at.page_link:
        assert fields.TERM not in dict(parse_qsl(link.proto.query_string))
    press(at, nav.PREVIOUS)
    assert title(at) != "Glossary"
    assert at.query_params["b"] == "Rob a bank"
    assert fields.TERM not in at.query_params


# The terms of a lesson


@pytest.mark.parametrize(
    ("lesson", "link"), combined([lesson for lesson in LESSONS if lesson.terms], [{}, {"projector": "1"}])
)
def test_the_terms_of_every_lesson_stand_in_its_view(lesson, link):
    at = visit(lesson.page, view="terms", **link)
    (text,) = (one.value for one in at.markdown if one.value.startswith("- **"))
    lines = text.splitlines()
    assert len(lines) == len(lesson.terms)
    for key, line in zip(lesson.terms, lines, strict=True):
        assert line.startswith(f"- **{GLOSSARY[key].title}**: {GLOSSARY[key].meaning}")
        assert f"${GLOSSARY[key].formula}$" in line or not GLOSSARY[key].formula


# Terms that explain themselves


def writing(lines):
    from selfattn.ui import write

    write.finding(*lines)
    write.prose(*lines)
    for line in lines:
        write.quiet(line)
        write.stage("1", line)


def bodies(*lines):
    app = AppTest.from_function(writing, kwargs={"lines": lines}).run()
    assert not app.exception
    return [element.proto.body for element in app.get("html")]


def explained(body):
    return re.findall(r'<span class="sa-term"[^>]*>(.*?)</span>', body)


def test_every_kind_of_text_explains_its_terms():
    for body in bodies("The dot product of “bank” with “money”, a scalar."):
        assert explained(body) == ["dot product", "scalar"]
        assert f'aria-description="{html.escape(GLOSSARY["scalar"].meaning)}"' in body


def test_a_term_is_explained_once_in_a_text():
    finding, prose, *_ = bodies("A vector.", "A vector and a softmax.")
    assert explained(finding) == explained(prose) == ["vector", "softmax"]


@pytest.mark.parametrize("text", HOSTILE)
def test_typed_text_beside_a_term_stays_text(text):
    for body in bodies(f"The softmax of “{text} softmax vector” and a vector."):
        assert explained(body) == ["softmax", "vector"]
        assert html.escape(f"“{text} softmax vector”") in body
        assert set(re.findall(r"<(\w+)", body)) <= {"p", "span"}


def words(marked):
    return html.unescape(re.sub("<[^>]*>", "", marked))


@given(st.text(max_size=80) | st.text(alphabet='softmax vector“”<>&"', max_size=80))
@example('softmax" onmouseover="alert(1)')
@example("<span softmax>")
@example("&lt;vector&gt;")
def test_marking_changes_no_letter_and_makes_no_markup(text):
    (marked,) = terms.marked(text)
    assert words(marked) == text
    assert set(re.findall(r"<[^>]*>", marked)) <= {*terms._OPENED.values(), "</span>"}
    assert marked.count("<span") == marked.count("</span>")


def test_no_lines_are_no_lines():
    assert terms.marked() == []
    assert terms.marked("", "no word of ours") == ["", "no word of ours"]
