"""Text that looks like markup is shown as it was typed, wherever it comes from."""

import re

import pytest
from playwright.sync_api import expect

from selfattn.core.heaviest import SHOWN

pytestmark = pytest.mark.browser

HOSTILE = (
    "<img src=x onerror=alert(1)>", r"$\bank$", "[x](javascript:alert(1))", "| a | b |", "**bold**", ":red[x]",
    ":material/home:", "<b onmouseover=alert(1)>b</b>", "<script>alert(1)</script>",
    "<a href='javascript:alert(1)'>money</a>",
)  # fmt: skip
EVERYTHING = " ".join(HOSTILE)
WITH = ("money", EVERYTHING)
KINDS = ("img", "a", "script", "b", "strong", "table", "iframe", ".katex", "[onerror]", "[onmouseover]")
COUNTS = """kinds => Object.fromEntries(kinds.map(kind =>
    [kind, document.querySelectorAll(`[data-testid="stMain"] ${kind}`).length]))"""


def elements(screen):
    return screen.page.evaluate(COUNTS, KINDS)


def reveal(screen):
    screen.page.get_by_role("button", name="Show the answer").click()
    expect(screen.finding()).to_be_visible()
    return screen.settled()


@pytest.mark.parametrize("page", ["home", "self_attention", "motion"])
def test_text_stays_text_in_a_link_in_a_question_in_its_answer_and_typed(open_screen, page):
    asked = {"hidden": "1", "projector": "1"}
    screen = open_screen(page, a="bank money", b="bank money", left="bank: money", **asked)
    question = elements(screen)
    answer = elements(reveal(screen))
    screen.key("f")
    expect(screen.find(".st-key-header")).to_be_visible()
    desk = elements(screen.settled())

    text = f"bank {EVERYTHING} money"
    hostile = dict.fromkeys(("word", "preset", "step", "n", "row", "guess", EVERYTHING), EVERYTHING)
    link = {"a": text, "b": text, "left": f"bank: money {EVERYTHING}", "punctuation": "1", **asked, **hostile}
    screen.go(screen.where().partition("?")[0], **link)
    expect(screen.find(".sa-question")).to_be_visible()
    assert elements(screen) == question
    assert elements(reveal(screen)) == answer
    expect(screen.find(".sa-answer")).to_have_count(0)  # nobody could have guessed that
    screen.open_link()
    expect(screen.page.get_by_test_id("stCode").first).to_be_visible()
    assert screen.page.locator("[onerror], [onmouseover], .stPopover script").count() == 0

    screen.close().key("f")
    expect(screen.find(".st-key-header")).to_be_visible()
    assert elements(screen.settled()) == desk
    for letter in "A" if page == "self_attention" else "AB":
        screen.box(letter).fill(f"money {EVERYTHING} bank")
        screen.box(letter).press("Enter")
        expect(screen.finding()).to_contain_text("of the new “bank”")
        expect(screen.box(letter)).to_have_value(f"money {EVERYTHING} bank")
    screen.settled()
    if page == "home":
        *shown, rest = screen.find(".sa-bars").first.locator(".sa-bar > span").all_text_contents()
        assert len(shown) == SHOWN - 1
        assert all(word in f"money {EVERYTHING} bank" for word in shown)
        assert "<" in shown
        assert re.fullmatch(r"\d+ more", rest)
    assert elements(screen) == desk


def test_text_stays_text_in_a_warning_and_looked_at_closer(open_screen):
    screen = open_screen(a="qwxzv", b="")
    before = elements(screen)
    for text in ("<img src=qwxz onerror=qwxz()>", "[qwxz](qwxzv:qwxz)", "**qwxz**", "$qwxz$", ":red[qwxz]", "| qwxz |"):
        screen.box("A").fill(text.replace("red", "qwxr").replace("img", "qwxi").replace("src", "qwxs"))
        screen.box("A").press("Enter")
        expect(screen.page.get_by_role("alert").first).to_contain_text("“qwx")
        screen.settled()
        assert elements(screen) == before
    for view in ("code", "terms"):
        plain, hostile = (elements(screen.go(a=f"bank {more}", b="river bank", view=view)) for more in WITH)
        assert hostile == plain, view


def test_labels_and_poles_of_the_plot_stay_text(open_screen):
    text = "bank <b>money</b> <a href='javascript:alert(1)'>loan</a>"
    screen = open_screen("motion", a=text, b=text, punctuation="1", pulls="1")
    assert "<" in screen.labels(), "the bracket is a token, and its label is the bracket"
    assert screen.chart("motion").locator("a").count() == 0
    assert not [words for words in screen.words_in("motion") if "href" in words]
    before = elements(screen)
    screen.open("Poles")
    pole = screen.page.get_by_role("textbox", name="River")
    pole.fill(f"river {EVERYTHING}")
    pole.press("Control+Enter")
    warning = screen.page.get_by_test_id("stPopoverBody").get_by_text("Not in the vocabulary, so left out")
    expect(warning).to_contain_text("<img")
    screen.close().settled()
    assert elements(screen) == before
