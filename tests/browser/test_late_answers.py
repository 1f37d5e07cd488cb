"""A slow line: what a person does before the page has heard of the last answer is neither lost nor undone."""

import re
import time

import pytest
from playwright.sync_api import expect

from tests.browser.waiting import PATIENCE

pytestmark = pytest.mark.browser
SENT = 350  # milliseconds after which a slider has told the server where it stands
NO_TITLE = """() => { window.untitled = 0;
    new MutationObserver(() => { window.untitled += !document.querySelector('h1'); })
        .observe(document.body, { subtree: true, childList: true }); }"""


class Line:
    """The line from the server: it holds every answer back while it is cut."""

    def __init__(self, socket):
        self.browser, self.cut, self.late = socket, False, []
        socket.connect_to_server().on_message(self.answer)

    def answer(self, message):
        if self.cut:
            self.late.append(message)
        else:
            self.browser.send(message)

    def asked(self, page, before):
        """Wait until the server has answered more than `before` messages, and says no more."""
        end, seen = time.monotonic() + PATIENCE / 1000, before
        while time.monotonic() < end and (len(self.late) > seen or seen == before):
            seen = len(self.late)
            page.wait_for_timeout(SENT)
        assert seen > before, "the server was told nothing"

    def mend(self, page=None):
        """Let the answers through; with a page one after another, each drawn before the next."""
        self.cut = False
        for message in self.late:
            self.browser.send(message)
            if page:
                page.wait_for_timeout(50)
        self.late.clear()


@pytest.fixture
def on_line(open_screen):
    """Open a page whose line to the server can be cut: (screen, line)."""

    def opened(page, **link):
        lines = []
        screen = open_screen(page, alone=True)
        screen.page.route_web_socket(re.compile("_stcore/stream"), lambda socket: lines.append(Line(socket)))
        screen.go(**link) if page == "home" else screen.go(screen.page.url.removeprefix(screen.address), **link)
        return screen, lines[-1]

    return opened


def press(screen, line, control, key, times):
    for _ in range(times):
        before = len(line.late)
        control.press(key)
        line.asked(screen.page, before)


def test_temperature_stays_where_it_was_moved(on_line):
    screen, line = on_line("self_attention")
    slider = screen.open("Switches").settled().page.get_by_role("slider", name="Temperature")
    slider.focus()
    line.cut = True
    press(screen, line, slider, "ArrowLeft", 4)
    line.mend()
    screen.page.wait_for_url("**temperature=1.6*")
    expect(slider).to_have_value("1.6")
    expect(screen.page.get_by_text("Your own")).to_be_visible()


def test_a_weight_by_hand_stays_where_it_was_moved(on_line):
    screen, line = on_line("weighted_sum")
    slider = screen.page.get_by_role("slider", name="money")
    slider.focus()
    line.cut = True
    press(screen, line, slider, "ArrowRight", 4)
    line.mend()
    screen.page.wait_for_url("**hand=0.24*")
    expect(slider).to_have_value("0.24")
    expect(screen.page.locator(".sa-sum")).to_contain_text("0.24 money")


def test_every_press_of_next_counts(on_line):
    screen, line = on_line("one_vector")
    line.cut = True
    for _ in range(3):
        before = len(line.late)
        screen.key("ArrowRight")
        line.asked(screen.page, before)
    line.mend()
    screen.page.wait_for_url("**step=wanted*")
    expect(screen.page.get_by_role("radio", name="4 What is wanted")).to_be_checked()


def test_presets_chosen_one_after_another_end_at_the_last(on_line):
    screen, line = on_line("self_attention")
    line.cut = True
    for name in ("Sharper context", "As in the lesson", "Scaled"):
        before = len(line.late)
        screen.choose(name)
        line.asked(screen.page, before)
    line.mend()
    screen.page.wait_for_url("**preset=scaled*")
    expect(screen.page.get_by_role("radio", name="Scaled", exact=True)).to_be_checked()
    expect(screen.find(".st-key-bars_0 .bartext").nth(1)).to_have_text("0.88")


def test_the_title_stays_while_an_answer_comes_in(on_line):
    """It stands above everything: were it gone for a moment, the page would jump."""
    screen, line = on_line("self_attention")
    screen.page.evaluate(NO_TITLE)
    line.cut = True
    screen.choose("Scaled")
    line.asked(screen.page, 0)
    line.mend(screen.page)
    screen.page.wait_for_url("**preset=scaled*")
    screen.settled()
    assert screen.page.evaluate("window.untitled") == 0
