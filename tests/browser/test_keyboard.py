"""The keys of the room: through the lessons, to the question and its answer, to the projector; never while typing."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

STEPS = ("vectors", "scores", "scaled", "weights", "sum", "contextual", "summary")
QUIET = 700  # milliseconds after which a key that does something would have done it


def step(screen, key):
    """Wait until this step of the lesson is in the address; the first version's start is not written there."""
    screen.page.wait_for_function(
        "key => (new URLSearchParams(location.search).get('step') || 'weights') === key", arg=key
    )
    return screen.settled()


def stays(screen):
    """Nothing has happened."""
    address, title = screen.page.url, screen.title().inner_text()
    screen.page.wait_for_timeout(QUIET)
    assert (screen.page.url, screen.title().inner_text()) == (address, title)


def test_right_and_left_go_through_the_steps(open_screen):
    screen = open_screen("self_attention", step="vectors")
    for key in STEPS[1:]:
        step(screen.key("ArrowRight"), key)
        expect(screen.find(".sa-question" if key == "weights" else ".sa-finding").first).to_be_visible()
    for key in STEPS[-2::-1]:
        step(screen.key("ArrowLeft"), key)
    expect(screen.finding()).to_contain_text("Every word is a vector")


def test_right_and_left_go_on_to_the_lessons_beside(open_screen):
    screen = open_screen("self_attention", step="summary", a="Fish swim near the bank")
    screen.key("ArrowRight")
    expect(screen.title()).to_have_text("Where “bank” goes")
    screen.settled()
    expect(screen.box("A")).to_have_value("Fish swim near the bank")
    screen.key("ArrowLeft")
    expect(screen.title()).to_have_text("Self-attention, step by step")
    expect(screen.finding()).to_contain_text("In three steps")


def test_nothing_is_before_home(open_screen):
    stays(open_screen().key("ArrowLeft"))


@pytest.mark.parametrize("projector", ["", "1"])
@pytest.mark.parametrize("page", ["home", "self_attention", "motion"])
def test_p_asks_and_a_answers(open_screen, page, projector):
    screen = open_screen(page, **({"projector": "1"} if projector else {}))
    said = screen.finding().inner_text()
    screen.key("p")
    expect(screen.find(".sa-question")).to_be_visible()
    expect(screen.find(".stPlotlyChart")).to_have_count(0)
    expect(screen.finding()).to_have_count(0)
    screen.settled().key("a")
    expect(screen.finding()).to_have_text(said)
    expect(screen.find(".stPlotlyChart").first).to_be_visible()


def test_p_and_a_do_nothing_where_nothing_is_asked(open_screen):
    screen = open_screen("self_attention", step="scores")
    screen.key("p", "a")
    stays(screen)


@pytest.mark.parametrize("page", ["home", "self_attention", "motion"])
def test_f_lays_the_page_out_for_a_room_and_back(open_screen, page):
    screen = open_screen(page)
    for wanted in ("1", None):
        screen.key("f")
        screen.page.wait_for_function(
            "wanted => new URLSearchParams(location.search).get('projector') === wanted", arg=wanted
        )
        screen.settled()
        expect(screen.find(".st-key-room")).to_have_count(1 if wanted else 0)


def test_typing_never_triggers_a_key(open_screen):
    screen = open_screen()
    box = screen.box("A")
    box.click()
    screen.page.keyboard.press("Control+A")
    screen.page.keyboard.type("pa fa bank paf", delay=30)
    for key in ("ArrowLeft", "ArrowLeft", "ArrowRight", "Home", "ArrowLeft"):
        screen.page.keyboard.press(key)
    expect(box).to_have_value("pa fa bank paf")
    expect(screen.finding()).to_contain_text("the new “bank”")
    screen.page.wait_for_url("**a=pa*")
    screen.page.wait_for_timeout(QUIET)
    expect(screen.title()).to_have_text("Why “bank” means two things")
    assert not {"hidden", "projector"} & {part.split("=")[0] for part in screen.page.url.split("?")[1].split("&")}


def test_typing_in_the_poles_never_triggers_a_key(open_screen):
    screen = open_screen("motion").open("Poles")
    pole = screen.page.get_by_role("textbox", name="Finance")
    pole.fill("")
    pole.press_sequentially("paf fap", delay=30)
    for key in ("ArrowLeft", "ArrowRight"):
        pole.press(key)
    expect(pole).to_have_value("paf fap")
    stays(screen)


def test_searching_the_list_of_words_never_triggers_a_key(open_screen):
    screen = open_screen("self_attention", a="paf bank money")
    word = screen.page.get_by_role("combobox").first
    word.focus()
    word.press_sequentially("paf", delay=30)
    expect(screen.title()).to_have_text("Self-attention, step by step")
    stays(screen)
    assert "hidden" not in screen.page.url
    assert "projector" not in screen.page.url


def test_arrows_within_a_choice_move_the_choice_only(open_screen):
    screen = open_screen("self_attention")
    chosen = screen.page.get_by_role("radio", name="Balanced", exact=True)
    chosen.focus()
    screen.page.keyboard.press("ArrowLeft")
    screen.page.keyboard.press("ArrowRight")
    screen.page.wait_for_timeout(QUIET)
    assert "step=" not in screen.page.url
    expect(screen.finding()).to_contain_text("of the new “bank”")


def test_arrows_on_a_slider_move_the_slider_only(open_screen):
    screen = open_screen("motion")
    slider = screen.page.get_by_role("slider")
    slider.focus()
    for key in ("ArrowLeft", "ArrowLeft", "ArrowRight"):
        screen.page.keyboard.press(key)
    screen.page.wait_for_url("**way=95*")
    screen.page.wait_for_timeout(QUIET)
    expect(screen.title()).to_have_text("Where “bank” goes")
    expect(slider).to_have_value("95")


def test_the_popover_lists_the_keys(open_screen):
    screen = open_screen().open("Keys")
    listed = screen.find(".sa-keys")
    expect(listed).to_be_visible()
    for key, what in (
        ("→", "next step"),
        ("←", "previous step"),
        ("P", "predict"),
        ("A", "answer"),
        ("F", "projector"),
    ):
        expect(listed.locator("dt", has_text=key).first).to_be_visible()
        expect(listed).to_contain_text(what)
    screen.close()
    expect(listed).to_be_hidden()
