"""A slow line: what a person does before the page has heard of the last answer is neither lost nor undone."""

import re
import time

import pytest
from playwright.sync_api import expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.waiting import PATIENCE

pytestmark = pytest.mark.browser
NO_TITLE = """() => { window.untitled = 0;
    new MutationObserver(() => { window.untitled += !document.querySelector('h1'); })
        .observe(document.body, { subtree: true, childList: true }); }"""


def ends(message):
    """Whether a message of the server says that the script has run."""
    told = ForwardMsg.FromString(message)
    return told.WhichOneof("type") == "script_finished" and told.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN


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

    def asked(self, page, act):
        """Do something, and wait until the server has said all that it has to say to it."""
        before = len(self.late)
        act()
        end = time.monotonic() + PATIENCE / 1000
        while time.monotonic() < end and not any(map(ends, self.late[before:])):
            page.wait_for_timeout(20)
        assert any(map(ends, self.late[before:])), "the server was told nothing"

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

    def opened(page):
        lines = []
        screen = open_screen(
            page,
            prepare=lambda tab: tab.route_web_socket(
                re.compile("_stcore/stream"), lambda socket: lines.append(Line(socket))
            ),
        )
        return screen, lines[-1]

    return opened


def press(screen, line, control, key, times):
    for _ in range(times):
        line.asked(screen.page, lambda: control.press(key))


def test_a_temperature_and_presets_stay_as_they_were_chosen_and_the_title_stays(on_line):
    """The title stands above everything: were it gone for a moment, the page would jump."""
    screen, line = on_line("self_attention")
    slider = screen.open("Switches").settled().page.get_by_role("slider", name="Temperature")
    slider.focus()
    line.cut = True
    press(screen, line, slider, "ArrowLeft", 4)
    line.mend()
    screen.page.wait_for_url("**temperature=1.6*")
    expect(slider).to_have_value("1.6")
    expect(screen.page.get_by_text("Your own")).to_be_visible()

    screen.settled().close().settled().page.evaluate(NO_TITLE)
    line.cut = True
    for name in ("Sharper context", "As in the lesson", "Scaled"):
        line.asked(screen.page, lambda name=name: screen.choose(name))
    line.mend(screen.page)
    screen.page.wait_for_url("**preset=scaled*")
    expect(screen.page.get_by_role("radio", name="Scaled", exact=True)).to_be_checked()
    expect(screen.find(".st-key-bars_0 .bartext").nth(1)).to_have_text("0.88")
    screen.settled()
    assert screen.page.evaluate("window.untitled") == 0


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


def test_every_press_of_next_counts_and_none_skips_an_answer(on_line):
    screen, line = on_line("weighted_sum")
    line.cut = True
    for key in ("ArrowRight", "PageDown", "ArrowRight"):
        line.asked(screen.page, lambda key=key: screen.key(key))
    line.mend()
    screen.page.wait_for_url("**step=where")
    expect(screen.page.get_by_role("radio", name="3 Where from?")).to_be_checked()
    expect(screen.find(".sa-question")).to_have_count(0)
    expect(screen.finding()).to_contain_text("by hand")
