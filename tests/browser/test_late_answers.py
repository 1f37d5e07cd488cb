"""A slow line: what a person does before the page has heard of the last answer is neither lost nor undone."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
SENT = 350  # milliseconds after which a slider has told the server where it stands


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

    def mend(self):
        self.cut = False
        for message in self.late:
            self.browser.send(message)
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


def press(screen, control, key, times):
    for _ in range(times):
        control.press(key)
        screen.page.wait_for_timeout(SENT)


def test_temperature_stays_where_it_was_moved(on_line):
    screen, line = on_line("self_attention")
    slider = screen.open("Switches").page.get_by_role("slider", name="Temperature")
    slider.focus()
    line.cut = True
    press(screen, slider, "ArrowLeft", 4)
    line.mend()
    screen.page.wait_for_url("**temperature=1.6*")
    expect(slider).to_have_value("1.6")
    expect(screen.page.get_by_text("Your own")).to_be_visible()


def test_a_weight_by_hand_stays_where_it_was_moved(on_line):
    screen, line = on_line("weighted_sum")
    slider = screen.page.get_by_role("slider", name="money")
    slider.focus()
    line.cut = True
    press(screen, slider, "ArrowRight", 4)
    line.mend()
    screen.page.wait_for_url("**hand=0.24*")
    expect(slider).to_have_value("0.24")
    expect(screen.page.locator(".sa-sum")).to_contain_text("0.24 money")


def test_every_press_of_next_counts(on_line):
    screen, line = on_line("one_vector")
    line.cut = True
    for _ in range(3):
        screen.key("ArrowRight")
        screen.page.wait_for_timeout(SENT)
    line.mend()
    screen.page.wait_for_url("**step=wanted*")
    expect(screen.page.get_by_role("radio", name="4 What is wanted")).to_be_checked()


def test_presets_chosen_one_after_another_end_at_the_last(on_line):
    screen, line = on_line("self_attention")
    line.cut = True
    for name in ("Sharper context", "As in the lesson", "Scaled"):
        screen.choose(name)
        screen.page.wait_for_timeout(SENT)
    line.mend()
    screen.page.wait_for_url("**preset=scaled*")
    expect(screen.page.get_by_role("radio", name="Scaled", exact=True)).to_be_checked()
    expect(screen.find(".st-key-bars_0 .bartext").nth(1)).to_have_text("0.88")
