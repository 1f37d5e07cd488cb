"""What the reader feels: from the last letter typed to the chart that shows it, in a real browser."""

from __future__ import annotations

import re
import shutil
import statistics
from dataclasses import dataclass

from playwright.sync_api import Browser, Locator, Page, Playwright, sync_playwright

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
WORDS = [
    "teacher", "garden", "music", "window", "doctor", "bridge", "coffee", "summer", "engine", "island", "camera",
    "winter", "letter", "pocket", "bottle", "ticket", "mirror", "castle", "pencil", "basket",
]  # fmt: skip
PAGE_LIMIT = 60_000  # ms
EDIT_LIMIT = 20_000  # ms
LETTER_PAUSE = 30  # ms

HEAR = """window.WebSocket = class extends WebSocket {
  constructor(...given) {
    super(...given);
    this.addEventListener("message", () => { window.heard = performance.now(); });
  }
};"""
# Resolves with the times in ms from the last letter (or Enter) to the first chart that holds the word, and to the
# last change of any chart, and from the last message before the first of them to it; the frame that shows a change
# counts.
WATCH = """([word, event, limit]) => {
  window.edit = new Promise((resolve, reject) => {
    let typed = 0, first = 0, last = 0, quiet = 0, heard = 0;
    const charts = () => [...document.querySelectorAll(".js-plotly-plot")];
    const finish = () => {
      observer.disconnect();
      removeEventListener(event, onType, true);
      resolve([first - typed, last - typed, first - heard]);
    };
    const onType = (e) => { if (event !== "keydown" || e.key === "Enter") typed = performance.now(); };
    const observer = new MutationObserver((records) => {
      if (!typed || !records.some((record) => record.target.closest?.(".js-plotly-plot"))) return;
      if (!first && !charts().some((chart) => chart.textContent.toLowerCase().includes(word))) return;
      heard = first ? heard : window.heard;
      requestAnimationFrame(() => {
        last = performance.now();
        first = first || last;
        clearTimeout(quiet);
        quiet = setTimeout(finish, 1000);
      });
    });
    observer.observe(document.body, {subtree: true, childList: true, characterData: true, attributes: true});
    addEventListener(event, onType, true);
    setTimeout(() => reject(new Error(`no chart shows ${word} after ${limit} ms`)), limit);
  });
}"""


@dataclass(frozen=True, slots=True)
class Typing:
    """Times in seconds from the last letter, the typing pause taken off, and from the server's last message."""

    first_chart: list[float]
    last_chart: list[float]
    drawing: list[float]  # from the last message before the first chart to that chart


def type_words(url: str, *, label: str, pause: float | None, edits: int) -> Typing:
    """Type one word after another behind "money bank" and time the charts.

    Parameters
    ----------
    url : str
    label : str
        A regular expression for the text box.
    pause : float or None
        Seconds the box waits for more letters, not counted; None for a box that waits for Enter.
    edits : int
        At most 20.
    """
    with sync_playwright() as playwright, _chromium(playwright) as browser:
        page = browser.new_page(viewport={"width": 1920, "height": 1080})
        page.add_init_script(HEAR)
        page.goto(url, timeout=PAGE_LIMIT)
        page.wait_for_selector(".js-plotly-plot .main-svg", timeout=PAGE_LIMIT)
        box = page.get_by_role("textbox", name=re.compile(label)).first
        page.wait_for_timeout(2000)  # until what is drawn late is drawn
        times = [_type(page, box, word, enter=pause is None) for word in WORDS[:edits]]
    first, last, drawing = ([ms[place] / 1000 for ms in times] for place in range(3))
    return Typing([time - (pause or 0) for time in first], [time - (pause or 0) for time in last], drawing)


def open_cold(url: str, times: int) -> float:
    """Open the page in browsers that have seen nothing, and return the bytes of files that came for each."""
    with sync_playwright() as playwright, _chromium(playwright) as browser:
        return statistics.mean(_bytes(browser, url) for _ in range(times))


def _bytes(browser: Browser, url: str) -> float:
    page = browser.new_context().new_page()
    came: list[float] = []
    network = page.context.new_cdp_session(page)
    network.on("Network.loadingFinished", lambda event: came.append(event["encodedDataLength"]))
    network.send("Network.enable")
    page.goto(url, timeout=PAGE_LIMIT)
    page.wait_for_selector(".js-plotly-plot .main-svg", timeout=PAGE_LIMIT)
    page.wait_for_load_state("networkidle")
    page.context.close()
    return sum(came)


def _type(page: Page, box: Locator, word: str, *, enter: bool) -> list[float]:
    box.fill("money bank ")
    page.evaluate(WATCH, [word, "keydown" if enter else "input", EDIT_LIMIT])
    box.press_sequentially(word, delay=LETTER_PAUSE)
    if enter:
        box.press("Enter")
    times: list[float] = page.evaluate("window.edit")
    return times


def _chromium(playwright: Playwright) -> Browser:
    """Start the system's Chromium, or Playwright's own where there is none."""
    return playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
