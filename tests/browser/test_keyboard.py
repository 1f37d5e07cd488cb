"""The keys of the room: through the lessons, to the question and its answer, to the projector; never while typing."""

import pytest
from playwright.sync_api import expect

from tests.browser.waiting import parameter

pytestmark = pytest.mark.browser

STEPS = ("vectors", "scores", "scaled", "weights", "sum", "contextual", "summary")
QUIET = 700  # milliseconds after which a key that does something would have done it


def step(screen, key, *, hidden=False):
    """Wait until this step of the lesson is in the address; the first version's start is not written there."""
    screen.page.wait_for_function(
        """([key, hidden]) => { const link = new URLSearchParams(location.search);
            return (link.get('step') || 'weights') === key && link.has('hidden') === hidden; }""",
        arg=[key, hidden],
    )
    return screen.settled()


def stays(screen):
    """Nothing has happened."""
    address, title = screen.page.url, screen.title().inner_text()
    screen.page.wait_for_timeout(QUIET)
    assert (screen.page.url, screen.title().inner_text()) == (address, title)


@pytest.mark.parametrize(("onward", "back"), [("ArrowRight", "ArrowLeft"), ("PageDown", "PageUp")])
def test_keys_go_through_questions_and_answers_and_on_to_the_lessons_beside_and_back(open_screen, onward, back):
    screen = open_screen("self_attention", step="vectors", a="Fish swim near the bank")
    for key in STEPS[1:]:
        screen.key(onward)
        if key == "weights":
            step(screen, key, hidden=True)
            expect(screen.find(".sa-question")).to_be_visible()
            expect(screen.find(".st-key-next")).to_contain_text("Answer")
            screen.key(onward)
        step(screen, key)
        expect(screen.finding().first).to_be_visible()
        if key == "scores":
            stays(screen.key("p", "a"))  # nothing is asked here
    screen.key(onward)
    expect(screen.title()).to_have_text("Where “bank” goes")
    screen.settled()
    expect(screen.box("A")).to_have_value("Fish swim near the bank")
    screen.key(back)
    expect(screen.title()).to_have_text("Self-attention, step by step")
    expect(screen.finding()).to_contain_text("In three steps")
    for key in STEPS[-2::-1]:
        step(screen.settled().key(back), key)
        if key == "weights":
            expect(screen.finding()).to_contain_text("of the new “bank”")
            step(screen.key(back), key, hidden=True)
    expect(screen.finding()).to_contain_text("Every word is a vector")


def test_space_leads_on_in_a_room_and_on_a_laptop_presses_what_has_the_focus(open_screen):
    screen = open_screen("self_attention", hidden="1", projector="1")
    step(screen.key(" "), "weights")
    step(screen.key(" "), "sum")
    screen.key("f")
    expect(screen.find(".st-key-header")).to_be_visible()
    stays(screen.settled().key(" "))
    button = screen.page.get_by_role("button", name="Lessons")
    button.press(" ")
    expect(screen.entry("Glossary")).to_be_visible()
    button.press(" ")
    expect(screen.entry("Glossary")).to_be_hidden()
    screen.box("A").press("PageDown")
    screen.box("A").press(" ")
    expect(screen.box("A")).to_have_value(" Money bank grows")
    screen.settled()
    assert screen.page.url.count("step=sum") == 1


def test_typing_a_sentence_never_triggers_a_key_and_nothing_is_before_home(open_screen):
    screen = open_screen()
    stays(screen.key("ArrowLeft"))
    box = screen.box("A")
    box.click()
    screen.page.keyboard.press("Control+A")
    screen.page.keyboard.type("pa fa bank paf", delay=30)
    for key in ("ArrowLeft", "ArrowLeft", "ArrowRight", "Home", "ArrowLeft"):
        screen.page.keyboard.press(key)
    expect(box).to_have_value("pa fa bank paf")
    expect(screen.finding()).to_contain_text("the new “bank”")
    parameter(screen.page, "a", "pa fa bank paf")
    screen.page.wait_for_timeout(QUIET)
    expect(screen.title()).to_have_text("Why “bank” means two things")
    assert not {"hidden", "projector"} & {part.split("=")[0] for part in screen.page.url.split("?")[1].split("&")}


def test_arrows_on_a_slider_and_typing_in_the_poles_do_only_that(open_screen):
    screen = open_screen("motion")
    slider = screen.page.get_by_role("slider")
    slider.focus()
    for key in ("ArrowLeft", "ArrowLeft", "ArrowRight"):
        screen.page.keyboard.press(key)
    screen.page.wait_for_url("**way=95*")
    screen.page.wait_for_timeout(QUIET)
    expect(screen.title()).to_have_text("Where “bank” goes")
    expect(slider).to_have_value("95")
    pole = screen.settled().open("Poles").page.get_by_role("textbox", name="Finance")
    pole.fill("")
    pole.press_sequentially("paf fap", delay=30)
    for key in ("ArrowLeft", "ArrowRight"):
        pole.press(key)
    expect(pole).to_have_value("paf fap")
    stays(screen)


def test_arrows_within_a_choice_and_searching_the_list_of_words_do_only_that(open_screen):
    screen = open_screen("self_attention", a="paf bank money")
    screen.page.get_by_role("radio", name="Balanced", exact=True).focus()
    screen.page.keyboard.press("ArrowLeft")
    screen.page.keyboard.press("ArrowRight")
    screen.page.wait_for_timeout(QUIET)
    assert "step=" not in screen.page.url
    expect(screen.finding()).to_contain_text("of the new “bank”")
    word = screen.settled().page.get_by_role("combobox").first
    word.focus()
    word.press_sequentially("paf", delay=30)
    expect(screen.title()).to_have_text("Self-attention, step by step")
    stays(screen)
    assert "hidden" not in screen.page.url
    assert "projector" not in screen.page.url


def test_the_popover_lists_the_keys(open_screen):
    screen = open_screen().open("Lessons")
    listed = screen.find(".sa-keys")
    expect(listed).to_be_visible()
    for key, what in (
        ("→", "next step"),
        ("←", "the same way back"),
        ("Page Down", "remote"),
        ("Page Up", "←"),
        ("Space", "projector"),
        ("P", "predict"),
        ("A", "answer"),
        ("F", "projector"),
    ):
        expect(listed.locator("dt", has_text=key).first).to_be_visible()
        expect(listed).to_contain_text(what)
    screen.close()
    expect(listed).to_be_hidden()
