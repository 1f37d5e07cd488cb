"""A running app, a real browser, and the words with which the tests speak of what is on the screen."""

import re
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode

import pytest

from selfattn import course
from tests.browser.waiting import PATIENCE, still, watch
from tools.screenshots import PHONE_AGENT
from tools.serve import serve

PROJECTOR, LAPTOP, PHONE = (1920, 1080), (1366, 768), (390, 844)
ENLARGED = (683, 384)  # what a zoom of 200 % leaves of a laptop's
A_PHONE = {"user_agent": PHONE_AGENT, "has_touch": True}
LABELS = ".annotation-text, .textpoint text"
# The last point of every arrow and of every mark: their x in the window, by the axis that they stand on.
ENDS = """chart => ['y', 'y2'].map(axis => [axis, chart._fullData
    .filter(one => one.yaxis === axis && one.mode.startsWith('lines+markers') && one.line.dash === 'solid')
    .map(one => { const box = [...chart.querySelectorAll(`.trace${one.uid} .point`)].at(-1).getBoundingClientRect();
        return box.x + box.width / 2; })])"""
PAGES = {lesson.key: lesson.path for lesson in course.LESSONS}
TRACEBACKS = []  # it stays here: the last test is tried again with another server, whose log would be clean
NOT_OURS = (
    "Failed to load resource",  # Streamlit looks for its icons on the net, which need not be there
    "undefined",  # Plotly rejects the promise of an animation that is paused, without a reason
)


def pytest_collection_modifyitems(config, items):
    """Try a browser test that fails twice more: a machine may be too busy once, a defect is there every time.

    They come first, the walks before all: what is long and begins late would leave one of two workers idle at the end.
    What goes wrong behind the proxy comes with them, together, as its processes are started once.
    """
    if config.pluginmanager.hasplugin("rerunfailures"):
        for item in filter(needs_browser, items):
            item.add_marker(pytest.mark.flaky(reruns=2))
    items.sort(
        key=lambda item: (not needs_browser(item) and "faults/" not in item.nodeid, "test_walk.py" not in item.nodeid)
    )


def needs_browser(item):
    return item.get_closest_marker("browser") is not None


@pytest.fixture(scope="session")
def server():
    """The app as the README starts it; its log must stay free of tracebacks."""
    with serve() as running:
        yield running
        log = running.log.read_text()
    TRACEBACKS.extend([log] if "Traceback" in log else [])
    assert not TRACEBACKS, TRACEBACKS[0]


@pytest.fixture
def fresh_server():
    """A server that no one has visited yet."""
    with serve() as running:
        yield running
        log = running.log.read_text()
    assert "Traceback" not in log, log


class Profile:
    """A browser profile that tests share, with its tabs: a used one is emptied and used again.

    To open the app in it costs a quarter of what it costs in a new tab, whose process would read all scripts anew.
    """

    def __init__(self, browser, **looks):
        self.context, self.idle = browser.new_context(**looks), []

    def tab(self):
        """Give an empty tab."""
        return self.idle.pop() if self.idle else watch(self.context.new_page())

    def take_back(self, tab):
        """Leave the app, as one does who closes the tab; one that cannot is closed."""
        from playwright.sync_api import Error

        try:
            tab.goto("about:blank")
            self.idle.append(tab)
        except Error:
            tab.close()


@pytest.fixture(scope="session")
def profiles(browser):
    """The profile of a computer (False) and the one of a phone (True)."""
    shared = {False: Profile(browser), True: Profile(browser, **A_PHONE)}
    yield shared
    for profile in shared.values():
        profile.context.close()


@pytest.fixture
def open_screen(browser, profiles, server):
    """Open a page: open_screen("home", a="…", size=PHONE, theme="dark"); `alone` in a browser that has seen nothing,
    `mobile` in one that says it is a phone's; `prepare` is called with the empty tab, which no other test will get.
    """
    from playwright.sync_api import expect

    expect.set_options(timeout=PATIENCE)
    screens, ends = [], []

    def opened(
        page="home", *, size=PROJECTOR, theme="light", motion="no-preference", address=server.address, path=None,
        alone=False, mobile=False, prepare=None, **link,
    ):  # fmt: skip
        if alone:
            tab = watch(browser.new_page(**(A_PHONE if mobile else {})))
            ends.append(tab.context.close)
        elif prepare:
            tab = watch(profiles[mobile].context.new_page())
            prepare(tab)
            ends.append(tab.close)
        else:
            tab = profiles[mobile].tab()
            ends.append(partial(profiles[mobile].take_back, tab))
        tab.set_viewport_size({"width": size[0], "height": size[1]})
        tab.emulate_media(color_scheme=theme, reduced_motion=motion)
        screens.append(Screen(tab, address))
        return screens[-1].go(path or PAGES[page], **link)

    yield opened
    for end in ends:
        end()
    for screen in screens:
        screen.listen(screen.page.remove_listener)
    for screen in screens:
        assert not screen.dialogs, "text on the screen ran as a script"
        assert not screen.errors, screen.errors


@dataclass(eq=False)
class Screen:
    """One browser window; the words here are what a person would point at."""

    page: object
    address: str

    def __post_init__(self):
        self.dialogs, self.errors = [], []
        self.listen(self.page.on)

    def listen(self, on):
        """Note what a page should not do: a dialog that opens, an error."""
        for event, hear in (("dialog", self._dialog), ("pageerror", self._error), ("console", self._console)):
            on(event, hear)

    def _dialog(self, dialog):
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def _error(self, error):
        self._note(str(error))

    def _console(self, message):
        if message.type == "error":
            self._note(message.text)

    def _note(self, error):
        if not error.startswith(NOT_OURS):
            self.errors.append(f"{self.where()}: {error}")

    def where(self):
        """The address without the server."""
        return self.page.url.removeprefix(self.address)

    def resize(self, size):
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        return self.settled()

    def go(self, path="/", **link):
        self.page.goto(self.address + path + (f"?{urlencode(link)}" if link else ""))
        return self.settled()

    def settled(self):
        """Wait until the server has answered, the script has run, everything is drawn and nothing moves."""
        still(self.page)
        return self

    def find(self, selector):
        return self.page.locator(selector)

    def box(self, letter):
        return self.page.get_by_role("textbox", name=f"Sentence {letter}", exact=True)

    def write(self, letter, text):
        """Type as a person does: letter by letter, no Enter."""
        self.box(letter).click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text, delay=15)

    def choose(self, name):
        """Click a choice of a segmented control, or an example."""
        self.page.get_by_role("radio", name=name, exact=True).or_(
            self.page.get_by_role("button", name=name, exact=True)
        ).first.click()

    def open(self, name):
        """Open a popover: "Lessons", "Look closer", "Link", "Save", "Switches", "Examples", "Change"."""
        self.page.get_by_role("button", name=re.compile(rf"\b{name}\b")).first.click()
        self.page.get_by_test_id("stPopoverBody").first.wait_for()
        return self

    def open_link(self):
        """Open what shows the link: on the first screen it lies behind "Look closer"."""
        return self.open("Look closer" if self.find(".st-key-closer").count() else "Link")

    def close(self):
        """Close what lies on top."""
        self.page.keyboard.press("Escape")
        self.page.get_by_test_id("stPopoverBody").first.wait_for(state="hidden")
        return self

    def follow(self, lesson):
        """Go to a lesson by the menu, whose links carry what is on the screen."""
        self.settled().open("Lessons").entry(lesson).click()

    def entry(self, lesson):
        """The link of a lesson in the open menu; its name begins with a capital, as in the menu."""
        return self.page.get_by_role("link", name=re.compile(re.escape(lesson)))

    def key(self, *keys):
        """Press keys with the focus on no control."""
        self.page.evaluate("document.activeElement.blur()")
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def title(self):
        return self.page.locator("h1")

    def finding(self):
        return self.page.locator(".sa-finding")

    def formulas(self):
        """The LaTeX of every formula on the screen, as KaTeX keeps it beside the picture."""
        return self.page.locator(".katex annotation").all_text_contents()

    def bars(self, at=0):
        """The weights on the words of a sentence, as written: {word: weight}."""
        bars = self.find(".sa-bars").nth(at).locator(".sa-bar")
        words, weights = (bars.locator(f"> {kind}").all_text_contents() for kind in ("span", "i"))
        return dict(zip(words, weights, strict=True))

    def chart(self, key):
        return self.page.locator(f".st-key-{key} .js-plotly-plot")

    def words_in(self, key, kind="text"):
        """Every text that a chart shows."""
        return self.chart(key).locator(kind).all_text_contents()

    def labels(self, key="motion"):
        return self.words_in(key, LABELS)

    def label(self, text, key="motion"):
        """The label of the plot that has exactly this text."""
        return self.chart(key).locator(LABELS).filter(has_text=re.compile(f"^{re.escape(text)}$"))

    def traces(self, key="motion"):
        """What Plotly draws: mode, x and y of every trace."""
        return self.chart(key).evaluate(
            "chart => chart._fullData.map(one => ({mode: one.mode, dash: (one.line || {}).dash,"
            " x: Array.from(one.x), y: Array.from(one.y)}))"
        )

    def arrows(self):
        """The arrow of every sentence: (start, end), each (x, y)."""
        return [
            tuple(zip(one["x"], one["y"], strict=True))
            for one in self.traces()
            if one["mode"] == "lines+markers" and one["dash"] == "solid"
        ]

    def dots_and_marks(self):
        """Where the dot of every sentence stands on the map, and its mark on the line: x in pixels of the window."""
        found = dict(self.chart("motion").evaluate(ENDS))
        return list(zip(found["y"], found["y2"], strict=True))

    def chains(self):
        """The pulls of every sentence, tip to tail: a list of (x, y)."""
        return [list(zip(one["x"], one["y"], strict=True)) for one in self.traces() if one["dash"] == "dot"]

    def everything(self):
        """All that this screen says: its words, its formulas, and the words in its charts."""
        words = self.page.locator("[data-testid='stMain']").inner_text()
        return {
            "words": re.sub(r"\b\d+/\d+\b", "", words).split(),  # a box that is being typed in counts its letters
            "typed": [box.input_value() for box in self.page.get_by_role("textbox").all()],
            "formulas": self.formulas(),
            "charts": self.page.locator(".stPlotlyChart").evaluate_all(
                "all => all.map(one => [one.ariaLabel, ...[...one.querySelectorAll('text')].map(at => at.textContent)])"
            ),
        }


@pytest.fixture(scope="session")
def sizes():
    """Screens by name."""
    return {"projector": PROJECTOR, "laptop": LAPTOP, "phone": PHONE, "enlarged": ENLARGED}
