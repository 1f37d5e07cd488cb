"""Text that looks like markup is shown as it was typed, wherever it comes from."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

HOSTILE = (
    "<img src=x onerror=alert(1)>", r"$\bank$", "[x](javascript:alert(1))", "| a | b |", "**bold**", ":red[x]",
    ":material/home:", "<b onmouseover=alert(1)>b</b>", "<script>alert(1)</script>",
    "<a href='javascript:alert(1)'>money</a>",
)  # fmt: skip
EVERYTHING = " ".join(HOSTILE)
KINDS = ("img", "a", "script", "b", "strong", "table", "iframe", ".katex", "[onerror]", "[onmouseover]")
COUNTS = """kinds => Object.fromEntries(kinds.map(kind =>
    [kind, document.querySelectorAll(`[data-testid="stMain"] ${kind}`).length]))"""


def elements(screen):
    return screen.page.evaluate(COUNTS, KINDS)


@pytest.mark.parametrize("page", ["home", "self_attention", "motion"])
def test_typed_text_stays_text(open_screen, page):
    screen = open_screen(page, punctuation="1")
    before = elements(screen)
    for letter in "A" if page == "self_attention" else "AB":
        screen.box(letter).fill(f"bank {EVERYTHING} money")
        screen.box(letter).press("Enter")
        expect(screen.finding()).to_contain_text("of the new “bank”")
        expect(screen.box(letter)).to_have_value(f"bank {EVERYTHING} money")
    screen.settled()
    if page == "home":
        expect(screen.find(".sa-sentence").first).to_contain_text(EVERYTHING)
    assert elements(screen) == before


def test_warning_shows_text_as_typed(open_screen):
    screen = open_screen(a="qwxzv", b="")
    before = elements(screen)
    for text in ("<img src=qwxz onerror=qwxz()>", "[qwxz](qwxzv:qwxz)", "**qwxz**", "$qwxz$", ":red[qwxz]", "| qwxz |"):
        screen.box("A").fill(text.replace("red", "qwxr").replace("img", "qwxi").replace("src", "qwxs"))
        screen.box("A").press("Enter")
        expect(screen.page.get_by_role("alert").first).to_contain_text("“qwx")
        screen.settled()
        assert elements(screen) == before


@pytest.mark.parametrize("page", ["home", "self_attention", "motion"])
def test_link_stays_text(open_screen, page):
    plain = open_screen(page, a="bank bank", word="bank", left="bank: money")
    link = dict.fromkeys(("word", "preset", "step", "n", "row", EVERYTHING), EVERYTHING)
    screen = open_screen(page, a="bank bank", left=f"bank: money {EVERYTHING}", **link)
    expect(screen.finding()).to_be_visible()
    assert elements(screen) == elements(plain)


def test_labels_of_the_plot_stay_text(open_screen):
    text = "bank <b>money</b> <a href='javascript:alert(1)'>loan</a>"
    screen = open_screen("motion", a=text, b=text, punctuation="1", pulls="1")
    assert "<" in screen.labels(), "the bracket is a token, and its label is the bracket"
    assert screen.chart("motion").locator("a").count() == 0
    assert not [words for words in screen.words_in("motion") if "href" in words]


def test_hostile_poles_stay_text(open_screen):
    screen = open_screen("motion")
    before = elements(screen)
    screen.open("Poles")
    pole = screen.page.get_by_role("textbox", name="River")
    pole.fill(f"river {EVERYTHING}")
    pole.press("Control+Enter")
    expect(screen.page.get_by_text("Not in the vocabulary, so left out")).to_contain_text("<img")
    screen.close().settled()
    assert elements(screen) == before


@pytest.mark.parametrize("page", ["home", "self_attention", "motion"])
def test_text_stays_text_while_the_class_predicts_and_in_the_menu_and_the_link(open_screen, page):
    plain = open_screen(page, a="bank money", b="bank money", hidden="1", projector="1")
    text = f"bank {EVERYTHING} money"
    screen = open_screen(
        page, a=text, b=text, word="bank", guess=EVERYTHING, hidden="1", projector="1", punctuation="1"
    )
    expect(screen.find(".sa-question")).to_be_visible()
    assert elements(screen) == elements(plain)
    screen.page.get_by_role("button", name="Show the answer").click()
    plain.page.get_by_role("button", name="Show the answer").click()
    for one in (screen, plain):
        expect(one.finding()).to_be_visible()
    assert elements(screen.settled()) == elements(plain.settled())
    expect(screen.find(".sa-answer")).to_have_count(0)  # nobody could have guessed that
    screen.open("Link")
    expect(screen.page.get_by_test_id("stCode")).to_be_visible()
    assert screen.page.locator("[onerror], [onmouseover], .stPopover script").count() == 0


@pytest.mark.parametrize("view", ["code", "terms"])
def test_text_stays_text_looked_at_closer(open_screen, view):
    plain, screen = (open_screen(a=f"bank {more}", b="river bank", view=view) for more in ("money", EVERYTHING))
    before = elements(plain)
    assert elements(screen) == before
