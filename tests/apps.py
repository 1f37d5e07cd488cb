"""Every page without a browser: how the tests open one, and read what stands on it."""

import re
from html.parser import HTMLParser
from pathlib import Path

from streamlit.testing.v1 import AppTest

import selfattn
from selfattn.ui.boxes import MEANT

APP = Path(__file__).resolve().parents[1] / "app.py"
HOME, SELF_ATTENTION, MOTION = "app.py", "pages/5_Self_attention.py", "pages/6_Meaning_in_motion.py"
PAGES = (HOME, SELF_ATTENTION, MOTION)
HOSTILE = (
    "<img src=x onerror=alert(1)>", r"$\bank$", "[x](javascript:1)", "| a | b |", "**bold**", ":red[x]",
    ":material/home:", "<script>alert(1)</script>", "`code` # head", "$$x$$ \\href{javascript:1}{x}",
)  # fmt: skip
HOSTILE_TOGETHER = " ".join(HOSTILE)  # one sentence: its words are escaped one by one, as anywhere
WRITTEN_AS_MARKDOWN = ("markdown", "warning", "info", "caption", "error", "success")


def visit(page=HOME, **link):
    """Open a page by its link, as the first thing that happens in a session."""
    return sound(page_of(page, **link).run())


def page_of(page=HOME, **link):
    """Give a page with its link, before it has run."""
    at = AppTest.from_file(str(APP), default_timeout=60)
    at.query_params.update(link)
    if page != HOME:
        at.switch_page(page)
    return at


def sound(at):
    assert not at.exception, at.exception
    return at


def edit(at, **texts):
    for key, text in texts.items():
        at.text_input(key=key).set_value(text)
    return sound(at.run())


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.words, self.tags, self._hidden = [], [], False

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, {name for name, _ in attrs}))
        self._hidden = tag == "style"

    def handle_endtag(self, _tag):
        self._hidden = False

    def handle_data(self, data):
        self.words += [] if self._hidden else [data]


def read_html(at):
    reader = _Reader()
    for element in at.get("html"):
        reader.feed(element.proto.body)
    return reader


def screen(at):
    """All words on the screen, but for those in widgets and charts."""
    shown = ["".join(read_html(at).words)]
    for kind in WRITTEN_AS_MARKDOWN:
        written = [element.value for element in getattr(at, kind)]
        shown += [re.sub(r"\\(?=[^\w\s])", "", text) for text in written if not text.startswith("$")]
    return " ".join(" ".join(shown).split())


def title(at):
    return re.search(r"<h1>(.*?)</h1>", " ".join(element.proto.body for element in at.get("html"))).group(1)


def formulas(at):
    return [element.value for element in at.markdown if element.value.startswith("$")]


def terms(formula):
    """Read the terms of a weighted sum: (word, weight) pairs, as written."""
    found = re.findall(r"(\d\.\d\d)\s*(?:\\,|\\cdot)\s*\\text\{(.+?)\}", formula)
    return [(word, weight) for weight, word in found]


def weights_of(text, word, vectors, preset="balanced"):
    sentence, trace = selfattn.contextualize(text, vectors, preset)
    return list(zip(sentence.tokens, trace.weights[sentence.index(word)], strict=True))


def widget(at, name):
    """The widget that stands for a name: the page may have drawn it anew, under another number."""
    kinds = ("segmented_control", "selectbox", "slider", "select_slider", "toggle", "button_group", "pills")
    every = {one.key: one for kind in kinds for one in at.get(kind) if one.key}
    (found,) = [one for key, one in every.items() if re.fullmatch(rf"{re.escape(name)} \d+", key)]
    return found


def offers(at):
    """The near spellings that are offered, a widget for each box."""
    return [pills for pills in at.get("button_group") if (pills.key or "").rpartition(" ")[0].endswith(f": {MEANT}")]


def press(at, key):
    at.button(key=key).click()
    return sound(at.run())


def opened(at, popover):
    """Open a popover, as a click on it does."""
    at.session_state[popover] = True
    return sound(at.run())


def keys(at, kind):
    return [element.key for element in at.get(kind)]


def charts(at):
    return {chart.proto.id.rsplit("-", 1)[-1]: chart.proto.alt for chart in at.get("plotly_chart")}


def screens_of(lesson):
    """The links of all screens of a lesson: one, or one a step."""
    return [{"step": step.key} for step in lesson.steps] or [{}]
