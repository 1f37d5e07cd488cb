"""The handout: written from recorded screens, with nothing that runs, whatever was typed."""

import html
import json
import re
from html.parser import HTMLParser

import pytest
import streamlit as st

from selfattn.course import PLACES
from selfattn.frame.away import document, handout, markdown
from selfattn.frame.away.record import RecordError
from selfattn.frame.away.written import COLUMNS, PAGE, ROWS
from selfattn.ui.jobs import CancelledError, Job
from selfattn.ui.write import plain
from tests.apps import HOME, HOSTILE, HOSTILE_TOGETHER, MOTION, SELF_ATTENTION, opened, press, visit
from tests.frame.away.recording import place_of, with_recorder

ROOT = "http://192.0.2.7:8501"
VOID = {"meta", "img", "wbr", "br", "mspace"}


class Reader(HTMLParser):
    """Reads a file: its words, its tags with their attributes, whether every tag is closed."""

    def __init__(self, text):
        super().__init__()
        self.words, self.tags, self.open = [], [], []
        self.feed(text)
        assert not self.open

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        self.open += [tag] if tag not in VOID else []

    def handle_startendtag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words += [data] if "style" not in self.open else []

    def all_of(self, tag, attribute):
        return [attributes[attribute] for one, attributes in self.tags if one == tag and attribute in attributes]


def about(*sentences, reached=True):
    return document.About("A handout", "handout.html", sentences, ROOT, reached)


def made(places, page=HOME, job=None, told=None, **link):
    """Make the handout of some screens, as the job does."""
    job = job or Job("")
    told = told or about(*(link.get(name, "") for name in "ab"))
    return with_recorder(lambda recorder: handout.make(recorder, told, places, job), page, **link)


@pytest.fixture(scope="module")
def hostile():
    """All lessons, on a sentence that is markup in every language that the app speaks."""
    table = f"{HOSTILE[0].replace(' ', '')} 1 2\nbank 3 3"
    return made(PLACES, a=f"bank {HOSTILE_TOGETHER}", b=f"{HOSTILE_TOGETHER} bank", handmade=table)


def test_nothing_runs_and_nothing_is_fetched(hostile):
    read = Reader(hostile.text)
    tags = {tag for tag, _ in read.tags}
    assert not tags & {"script", "iframe", "link", "object", "form", "input", "button"}
    names = [name for _, attributes in read.tags for name in attributes]
    assert not [name for name in names if name.startswith("on")]
    assert all(address.startswith((f"{ROOT}/", "#screen-", ROOT)) for address in read.all_of("a", "href"))
    assert all(address.startswith("data:image/svg+xml") for address in read.all_of("img", "src"))
    assert "default-src 'none'" in read.all_of("meta", "content")[0]
    assert not re.findall(r"url\((?!data:)|@import", hostile.text)


def test_what_was_typed_stands_there_as_it_was_typed(hostile):
    read = Reader(hostile.text)
    said = " ".join(read.words)
    assert said.count(f"bank {HOSTILE_TOGETHER}") == 1
    assert "<script>alert(1)</script>" in said
    assert not [code for code in re.findall("<p><code>(.*?)</code></p>", hostile.text) if "\\" in code], "a formula"


def test_every_picture_has_a_place_of_its_own_and_words(hostile):
    numbers = [int(number) for number in re.findall(r"<!--drawing (\d+)-->", hostile.text)]
    assert numbers == list(range(len(hostile.drawings)))
    assert len(numbers) > 55
    for drawing in hostile.drawings:
        assert len(drawing.alt) > 10
        assert 150 <= drawing.width <= PAGE
        assert 50 <= drawing.height <= PAGE
        assert drawing.kind == "arrows" or json.loads(drawing.content)["data"]


def test_the_contents_lead_to_every_screen(hostile):
    read = Reader(hostile.text)
    sections = read.all_of("section", "id")
    assert sections == [f"screen-{number}" for number in range(len(PLACES))]
    assert [link[1:] for link in read.all_of("a", "href") if link.startswith("#")] == sections
    titles = [place.step.title for place in PLACES if place.step]
    assert all(" ".join(read.words).count(title) >= 2 for title in titles)


def test_forms_say_their_sentence_alone():
    file = made([place_of("vectors", step) for step in ("choose", "upload", "train")])
    assert not file.drawings
    assert "pre>" not in file.text
    assert file.text.count("sa-finding") - file.text.count(".sa-finding") == 3
    assert "75,000 words" in file.text


def test_a_lesson_says_what_is_on_its_screens():
    places = [place for place in PLACES if place.lesson.key == "self_attention"]
    file = made(places, SELF_ATTENTION, a="Money bank grows", tables="numbers", step="weights", row="1")
    words = " ".join(Reader(file.text).words).replace("\N{NO-BREAK SPACE}", " ")
    assert "24 % of the new “bank” is “money” and 8 % “grows”." in words
    assert "<mn>0.24</mn><mo" in file.text
    assert [drawing.alt for drawing in file.drawings if "Attention weights of 3 words" in drawing.alt]
    assert "<h2>" not in file.text, "one lesson needs no headings of lessons"
    assert f'href="{ROOT}/Self_attention?row=1&amp;tables=numbers"' in file.text
    assert file.text.count('<table class="numbers">') == 1, "only the table that was opened"
    assert "<td>2 bank</td><td>0.24</td><td>0.68</td><td>0.08</td>" in file.text


def test_a_wide_table_is_turned_over_and_a_long_one_cut():
    turned = made([place_of("self_attention", "vectors")], SELF_ATTENTION, tables="numbers", step="vectors")
    assert "<th>vector</th><th>money</th><th>bank</th><th>grows</th>" in turned.text
    assert turned.text.count("<tr><td>") >= 50
    long = made([place_of("self_attention")], SELF_ATTENTION, a=" ".join(["river bank"] * 40), tables="numbers")
    assert f"And {80 - ROWS} more lines and {81 - COLUMNS} more columns, on the screen." in long.text


@pytest.mark.parametrize(
    "link",
    [
        {"a": "", "b": ""},
        {"a": "zzxq qqzx", "b": "הבנק 🏦"},
        {"a": " ".join(["the river bank grows"] * 50), "b": "البنك bank 🌊 \u202ereversed"},
    ],
)
def test_any_sentence_gives_a_file(link):
    file = made(
        [place for place in PLACES if place.lesson.key in ("home", "one_vector", "motion", "self_attention")], **link
    )
    read = Reader(file.text)
    assert [text for text in link.values() if text] == ["".join(typed).strip() for typed in _typed(file.text)]
    assert "Money bank grows" not in " ".join(read.words)


def test_paper_is_told_nothing_that_only_the_app_can_do():
    text = made([place for place in PLACES if place.lesson.steps], a="Click the bank").text
    words = " ".join("".join(Reader(text).words).split())
    assert "Click the bank" in words, "what was typed stays"
    assert not re.search(r"(?<!A )\b(Click|Drag) (a|the) (?!bank)", words)
    assert "1 is where the matrix sends (1, 0)" in words
    assert "into shares that sum to 1." in words, "what stands before stays"


def _typed(text):
    return [html.unescape(typed) for typed in re.findall(r'dir="auto"><b [^>]*>.</b>(.*?)</p>', text)]


def test_codes_are_there_where_others_reach_the_app():
    place = [place_of("home")]
    assert made(place).text.count('class="sa-code"') == 2
    alone = made(place, told=about(reached=False)).text
    assert 'class="sa-code"' not in alone
    assert "Only the computer that made this" in alone
    long = made(place, a=" ".join(["bank"] * 60)).text
    assert long.count('class="sa-code"') == 1, "a small code of a long address cannot be scanned from paper"


def test_a_screen_that_cannot_be_drawn_says_so(monkeypatch):
    def use(recorder):
        with pytest.MonkeyPatch.context() as patch:
            failing = lambda *_, **__: (_ for _ in ()).throw(RecordError("“Motion” was not drawn."))  # noqa: E731
            patch.setattr(type(recorder), "screen", failing)
            return handout.make(recorder, about(), [place_of("motion")], Job(""))

    text = with_recorder(use, MOTION).text
    assert "“Motion” was not drawn." in text
    assert Reader(text).all_of("section", "id") == ["screen-0"]


def test_it_says_how_far_it_is_and_can_be_cancelled():
    said = []

    class Told(Job):
        def tell(self, share, says=""):
            said.append((round(share, 2), says))
            if len(said) == 2:
                self.stop.set()
            super().tell(share, says)

    def use(recorder):
        with pytest.raises(CancelledError):
            handout.make(recorder, about(), [place_of("home")] * 4, Told(""))
        return said

    assert with_recorder(use) == [(0.0, "1 of 4"), (0.25, "2 of 4")]


def test_pictures_stand_side_by_side_where_there_is_room():
    file = made([place_of("self_attention", "summary"), place_of("query_key_value", "parts")])
    widths = [drawing.width for drawing in file.drawings]
    assert widths[:3] == [320, 320, 320]
    assert all(width >= 300 for width in widths)
    assert file.text.count('class="beside"') >= 3


@pytest.mark.parametrize("typed", [*HOSTILE, "a_b*c", "1. x", "- y", "<b>"])
def test_markdown_that_is_escaped_stays_text(typed):
    written = markdown.inline(plain(typed))
    assert "".join(Reader(written).words) == typed
    assert not Reader(written).tags


def test_markdown_of_the_app():
    written = markdown.written(
        "### Dot product\nOne number. $a \\cdot b$\n\n`np.dot(a, b)` → `26`\n\nSee [norm](#norm).", 2
    )
    assert written.startswith("<h5>Dot product</h5><p>One number. <math>")
    assert written.endswith("<p><code>np.dot(a, b)</code> → <code>26</code></p><p>See norm.</p>")
    assert markdown.written("- **A**: b\n- **C**: d") == "<ul><li><b>A</b>: b</li><li><b>C</b>: d</li></ul>"
    assert markdown.formula(r"\href{x}{y}") == r"<code>\href{x}{y}</code>"
    assert 'style="font-size:0.75em"' in markdown.formula(r"\text{" + "x" * 100 + "}")


def test_the_button_makes_it_and_the_browser_gets_it(monkeypatch):
    def start(name, title, work, _expected):
        job = Job(title, name)
        job.result = work(job)
        job.done.set()
        st.session_state[f"job {name}"] = job

    monkeypatch.setattr(handout.jobs, "start", start)
    at = visit(SELF_ATTENTION, a="The river bank", projector="1", step="sum")
    at.session_state["taken"] = "handout"
    opened(at, "save")
    assert _sent(at) is None, "nothing is made before it is asked for"
    press(at, "make_handout")
    made = _sent(at)
    assert made["name"] == "self-attention-handout.html"
    assert "<h1>Self-attention</h1>" in made["text"]
    assert "projector" not in made["text"]
    assert "The river bank" in made["text"]
    assert len(made["drawings"]) == 10


def _sent(at):
    (component,) = [one.proto for one in at.get("bidi_component") if one.proto.component_name == "selfattn_handout"]
    return json.loads(component.json)[0]
