"""A running app, a real browser, and the words with which the tests speak of what is on the screen."""

import os
import re
from dataclasses import dataclass
from urllib.parse import urlencode

import pytest

from tools.serve import BROWSER_ARGUMENTS, find_browser, serve

PATIENCE = 30_000  # milliseconds that a busy machine may take; every wait ends as soon as its condition holds
PROJECTOR, LAPTOP, PHONE = (1920, 1080), (1366, 768), (390, 844)
PAGES = {"home": "/", "self_attention": "/Self_attention", "motion": "/Meaning_in_motion"}
LAST_CHART = {"home": "meter", "self_attention": "bars_0", "motion": "meter"}


def _give_up(reason):
    if os.environ.get("SELFATTN_BROWSER") == "required":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser():
    """Chromium: SELFATTN_CHROMIUM, else one on the path, else Playwright's own."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        _give_up("Playwright is not installed: pip install -r requirements-dev.txt")
    with sync_playwright() as player:
        try:
            started = player.chromium.launch(executable_path=find_browser(), args=list(BROWSER_ARGUMENTS))
        except Error as error:
            _give_up(f"no Chromium: install one, or name it in SELFATTN_CHROMIUM ({str(error).splitlines()[0]})")
        yield started
        started.close()


@pytest.fixture(scope="session")
def server(browser):
    """The app as the README starts it; its log must stay free of tracebacks."""
    with serve() as running:
        yield running
        log = running.log.read_text()
    assert "Traceback" not in log, log


@pytest.fixture
def fresh_server(browser):
    """A server that no one has visited yet."""
    with serve() as running:
        yield running
        log = running.log.read_text()
    assert "Traceback" not in log, log


@pytest.fixture
def open_screen(browser, server):
    """Open a page in a browser of its own: open_screen("home", a="…", size=PHONE, theme="dark")."""
    from playwright.sync_api import expect

    expect.set_options(timeout=PATIENCE)
    contexts, screens = [], []

    def opened(page="home", *, size=PROJECTOR, theme="light", address=server.address, path=None, **link):
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=theme)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        screens.append(Screen(context.new_page(), address))
        return screens[-1].go(path or PAGES[page], **link)

    yield opened
    for screen in screens:
        assert not screen.dialogs, "text on the screen ran as a script"
        assert not screen.errors, screen.errors
    for context in contexts:
        context.close()


@dataclass(eq=False)
class Screen:
    """One browser window; the words here are what a person would point at."""

    page: object
    address: str

    def __post_init__(self):
        self.dialogs, self.errors = [], []
        self.page.on("dialog", lambda dialog: (self.dialogs.append(dialog.message), dialog.dismiss()))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._listen)

    def _listen(self, message):
        offline = "Failed to load resource" in message.text  # Streamlit asks for a file on the net, which need not be there
        if message.type == "error" and not offline:
            self.errors.append(message.text)

    def go(self, path="/", **link):
        self.page.goto(self.address + path + (f"?{urlencode(link)}" if link else ""))
        return self.settled()

    def settled(self):
        """Wait until the script has run and every chart is drawn."""
        self.page.locator("[data-testid='stApp'][data-test-script-state='notRunning'] h1").first.wait_for()
        self.page.wait_for_function(
            """() => [...document.querySelectorAll('.stPlotlyChart')].every(chart => chart.querySelector('.main-svg'))
                && !document.querySelector("[data-stale='true'], [data-testid='stSkeleton']")"""
        )
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

    def finding(self):
        return self.page.locator(".sa-finding")

    def formulas(self):
        """The LaTeX of every formula on the screen, as KaTeX keeps it beside the picture."""
        return self.page.locator(".katex annotation").all_text_contents()

    def terms(self, at=0):
        """The terms of a weighted sum: {word: weight as written}."""
        found = re.findall(r"(\d\.\d\d)\s*(?:\\,|\\cdot)\s*\\text\{(.+?)\}", self.formulas()[at])
        return {word: weight for weight, word in found}

    def chart(self, key):
        return self.page.locator(f".st-key-{key} .js-plotly-plot")

    def words_in(self, key, kind="text"):
        """Every text that a chart shows."""
        return self.chart(key).locator(kind).all_text_contents()

    def labels(self, key="motion"):
        return self.words_in(key, ".annotation-text")

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

    def chains(self):
        """The pulls of every sentence, tip to tail: a list of (x, y)."""
        return [list(zip(one["x"], one["y"], strict=True)) for one in self.traces() if one["dash"] == "dot"]

    def everything(self):
        """All that this screen says: its words, its formulas, and the words in its charts."""
        charts = self.page.locator(".stPlotlyChart")
        return {
            "words": self.page.locator("[data-testid='stMain']").inner_text().split(),
            "typed": [box.input_value() for box in self.page.get_by_role("textbox").all()],
            "formulas": self.formulas(),
            "charts": charts.evaluate_all(
                "all => all.map(one => [one.ariaLabel, [...one.querySelectorAll('text')].map(text => text.textContent)])"
            ),
        }


@pytest.fixture(scope="session")
def sizes():
    """Screens by name."""
    return {"projector": PROJECTOR, "laptop": LAPTOP, "phone": PHONE}
