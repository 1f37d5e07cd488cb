"""On a projector: a class is asked, every word is large, and the controls are behind one button."""

import pytest
from playwright.sync_api import expect

from tests.browser import checks

pytestmark = pytest.mark.browser

LONG = "We sat on the bank of the river and watched the boats"
PROJECTOR_IS = "wanted => new URLSearchParams(location.search).get('projector') === wanted"


def ask(screen):
    """Let the class predict, by key."""
    screen.key("p")
    expect(screen.find(".sa-question")).to_be_visible()
    expect(screen.find(".stPlotlyChart")).to_have_count(0)
    expect(screen.finding()).to_have_count(0)
    return screen.settled()


def answer(screen, finding):
    screen.key("a")
    expect(screen.finding()).to_have_text(finding)
    expect(screen.find(".stPlotlyChart").first).to_be_visible()
    return screen.settled()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("page", ["home", "self_attention", "motion"])
def test_p_asks_a_answers_and_f_lays_the_page_out_for_a_room_and_back(open_screen, page, theme):
    screen = open_screen(page, theme=theme, a=LONG, b=LONG)
    for room in ("1", None):
        screen.key("f")
        screen.page.wait_for_function(PROJECTOR_IS, arg=room)
        expect(screen.settled().find(".st-key-room")).to_have_count(1 if room else 0)
        finding = screen.finding().inner_text()
        ask(screen)
        if room:
            assert checks.serious(screen) == {}
            assert checks.small_words(screen) == []
            assert checks.below_the_fold(screen) == 0
            assert checks.sideways(screen) == 0
        answer(screen, finding)
    screen.page.get_by_role("button", name="Predict first").click()
    expect(screen.find(".sa-question")).to_be_visible()


def test_the_yardstick_finds_small_type(open_screen):
    screen = open_screen()
    assert checks.small_words(screen), "a laptop's page has type below 20 points"
    screen.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"font-size:9px\">tiny</p>')")
    assert "tiny" in {text for text, *_ in checks.small_words(screen, 10)}


def test_controls_are_behind_one_button_and_a_phone_gets_a_page_for_a_phone(open_screen, sizes):
    screen = open_screen(projector="1")
    expect(screen.box("A")).to_be_hidden()
    screen.open("Change")
    screen.write("A", "The bank approved our loan")
    expect(screen.finding()).to_contain_text("“loan”")
    screen.close()
    expect(screen.box("A")).to_be_hidden()
    expect(screen.finding()).to_contain_text("“loan”")
    assert checks.sideways(screen.resize(sizes["phone"])) == 0, "the page scrolls sideways"
