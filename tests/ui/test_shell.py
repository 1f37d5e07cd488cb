"""Text on the page: whatever was typed is shown as it was typed."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from selfattn.ui import shell

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
    assert not set(ESCAPED.sub("", shell.plain(text))) & SPECIAL


@with_nasty
@given(st.text(max_size=60))
def test_escaping_adds_nothing_but_escapes(text):
    assert ESCAPED.sub(r"\1", shell.plain(text)) == text


@given(st.text("abcxyz ÄÖÜäöüबैंक銀行🏦0123456789", max_size=60))
def test_plain_words_stay_as_they_are(text):
    assert shell.plain(text) == text


def writing(texts):
    from selfattn.ui import shell

    shell.finding(*texts)
    for text in texts:
        shell.quiet(text)


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


def addressing(parameters):
    import streamlit as st

    from selfattn.ui import shell

    st.session_state["address"] = shell._address(parameters)


@pytest.mark.parametrize("parameters", [{}, {"a": "Fish & chips? #1 100% +", "b": "बैंक", "pulls": "1"}])
def test_the_address_to_copy_holds_the_link(parameters):
    from urllib.parse import parse_qsl, urlsplit

    app = AppTest.from_function(addressing, kwargs={"parameters": parameters}).run()
    assert not app.exception
    address = urlsplit(app.session_state["address"])
    assert dict(parse_qsl(address.query, strict_parsing=bool(parameters))) == parameters
    assert address.fragment == ""
