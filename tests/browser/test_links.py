"""What is on the screen is in its address: links, reload, Back and Forward, and the way between the pages."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

LOAN, FISH = "The bank approved our loan", "Fish swim near the bank"


def parameters(url):
    return {name: value[0] for name, value in parse_qs(urlsplit(url).query).items()}


def follow(screen, title):
    screen.page.get_by_role("link", name=title).click()
    expect(screen.page.get_by_role("link", name=title)).to_be_visible()


def test_address_follows_the_screen(open_screen):
    screen = open_screen()
    assert parameters(screen.page.url) == {}
    screen.write("A", LOAN)
    screen.page.wait_for_url("**/?a=The*loan")
    screen.choose("Sharper context")
    screen.page.wait_for_url("**preset=sharper*")
    assert parameters(screen.page.url) == {"a": LOAN, "preset": "sharper"}
    screen.choose("Balanced")
    screen.page.wait_for_function("() => !location.search.includes('preset')")


def test_text_survives_page_change_and_reload(open_screen):
    screen = open_screen()
    screen.write("A", LOAN)
    screen.write("B", FISH)
    screen.choose("Scaled")
    screen.page.wait_for_url("**preset=scaled*")
    follow(screen, "Meaning in motion")
    expect(screen.page.get_by_role("heading", level=1)).to_have_text("Where “bank” goes")
    expect(screen.box("A")).to_have_value(LOAN)
    expect(screen.box("B")).to_have_value(FISH)
    screen.page.reload()
    screen.settled()
    expect(screen.box("B")).to_have_value(FISH)
    expect(screen.page.get_by_role("radio", name="Scaled", exact=True)).to_be_checked()
    follow(screen, "Self-attention")
    expect(screen.page.get_by_role("heading", level=1)).to_have_text("Self-attention, step by step")
    expect(screen.box("A")).to_have_value(LOAN)
    follow(screen, "Two meanings")
    expect(screen.box("B")).to_have_value(FISH)


def test_back_and_forward_through_edits(open_screen):
    screen = open_screen()
    for text, word in ((LOAN, "loan"), ("My bank offers cheap credit", "credit")):
        screen.write("A", text)
        expect(screen.finding()).to_contain_text(f"“{word}”")
        screen.page.wait_for_url(f"**{word}*")
    screen.page.go_back()
    expect(screen.box("A")).to_have_value(LOAN)
    expect(screen.finding()).to_contain_text("“loan”")
    screen.page.go_back()
    expect(screen.box("A")).to_have_value("Money bank grows")
    expect(screen.finding()).to_contain_text("“money”")
    screen.page.go_forward()
    expect(screen.box("A")).to_have_value(LOAN)
    expect(screen.finding()).to_contain_text("“loan”")


def test_back_and_forward_through_pages(open_screen):
    screen = open_screen(a=LOAN)
    follow(screen, "Meaning in motion")
    expect(screen.page.get_by_role("heading", level=1)).to_have_text("Where “bank” goes")
    follow(screen, "Self-attention")
    expect(screen.page.get_by_role("heading", level=1)).to_have_text("Self-attention, step by step")
    screen.settled()
    screen.page.go_back()
    expect(screen.page.get_by_role("heading", level=1)).to_have_text("Where “bank” goes")
    expect(screen.box("A")).to_have_value(LOAN)
    screen.page.go_back()
    expect(screen.page.get_by_role("heading", level=1)).to_have_text("Why “bank” means two things")
    expect(screen.box("A")).to_have_value(LOAN)
    screen.page.go_forward()
    expect(screen.page.get_by_role("heading", level=1)).to_have_text("Where “bank” goes")
    expect(screen.box("A")).to_have_value(LOAN)


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/", "Why “bank” means two things"),
        ("/Self_attention", "Self-attention, step by step"),
        ("/Meaning_in_motion", "Where “bank” goes"),
    ],
)
def test_first_request_of_a_server_may_be_any_link(open_screen, fresh_server, path, heading):
    screen = open_screen(address=fresh_server.address, path=path, a=LOAN, preset="sharper")
    expect(screen.page.get_by_role("heading", level=1)).to_have_text(heading)
    expect(screen.box("A")).to_have_value(LOAN)
    expect(screen.page.get_by_role("radio", name="Sharper context", exact=True)).to_be_checked()
    for title in ("Two meanings", "Self-attention", "Meaning in motion"):
        expect(screen.page.get_by_role("link", name=title)).to_be_visible()
    expect(screen.page.get_by_text("Page not found")).to_have_count(0)


@pytest.mark.parametrize("page", ["home", "self_attention", "motion"])
def test_link_popover_gives_the_address_of_the_screen(open_screen, page):
    screen = open_screen(page)
    screen.write("A", "Café & bank = 100% “money”?")
    expect(screen.finding()).to_contain_text("“money”")
    screen.page.wait_for_url("**money*")
    screen.settled()
    screen.page.get_by_role("button", name="Link", exact=False).click()
    shown = screen.page.get_by_test_id("stCode")
    expect(shown).to_be_visible()
    address = shown.inner_text().strip()
    assert parameters(address) == parameters(screen.page.url)
    screen.page.keyboard.press("Escape")
    assert open_screen(path=address.removeprefix(screen.address)).everything() == screen.everything()


def test_emptied_box_brings_everything_back(open_screen):
    screen = open_screen("self_attention", preset="own", temperature="3.5", centre="1")
    before = screen.words_in("bars_0")
    screen.write("A", " ")
    expect(screen.page.get_by_text("There is no text yet")).to_be_visible()
    screen.write("A", "Money bank grows")
    expect(screen.chart("bars_0")).to_be_visible()
    screen.settled()
    assert screen.words_in("bars_0") == before
    expect(screen.page.get_by_role("slider", name="Temperature")).to_have_value("3.5")
