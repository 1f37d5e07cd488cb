"""The worksheet as a file, read back and worked out again; and what the panel offers."""

import math
import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import numpy as np
import pytest

import selfattn
from selfattn.core.senses import AmbiguousWord
from selfattn.core.sentences import embed
from selfattn.core.vectors import keyed_vectors
from selfattn.core.worksheet import worksheet
from selfattn.frame.away import worksheet as panel
from selfattn.frame.away.worksheet_page import BLANK, drawn, file
from selfattn.sets.vector_set import EXAMPLE, by_hand
from selfattn.ui import fields
from tests.apps import HOSTILE, SELF_ATTENTION, edit, opened, press, screen, sound, visit

MONEY, RIVER = "Money bank grows", "River bank flows"
ORDER, LIMITS, VECTORS = "pages/9_Heads_order_mask.py", "pages/7_What_it_cannot_do.py", "pages/11_Word_vectors.py"
TAGS = {
    "html", "head", "meta", "title", "style", "body", "section", "header", "h1", "h2", "p", "b", "span", "i", "br",
    "div", "svg", "path", "text", "ol", "li", "sup", "table", "thead", "tbody", "tfoot", "tr", "th", "td", "bdi", "img",
}  # fmt: skip


class Tables(HTMLParser):
    """Read the pages of a file, each a list of tables of rows of cells; and all tags with their attributes."""

    def __init__(self, text):
        super().__init__()
        self.pages, self.tags, self.text, self._cell = [], [], "", None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag == "section":
            self.pages.append([])
        elif tag == "table":
            self.pages[-1].append([])
        elif tag == "tr":
            self.pages[-1][-1].append([])
        elif tag in ("td", "th"):
            self._cell = ""

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.pages[-1][-1][-1].append(self._cell)
            self._cell = None

    def handle_data(self, data):
        self.text += data
        if self._cell is not None:
            self._cell += data


def sheet_of(vectors, word, *texts, **how):
    sentences = {role: embed(text, vectors) for role, text in enumerate(texts)}
    return worksheet(word, sentences, vectors, **how)


def lesson(vectors, **how):
    return sheet_of(vectors, "bank", MONEY, RIVER, sense=selfattn.SENSES["bank"], **how)


def numbers(cell):
    return [float(number.replace("−", "-")) for number in re.findall(r"[-−]?\d+(?:\.\d+)?", cell.split("=")[-1])]


def school(number, decimals):
    return math.floor(number * 10**decimals + 0.5 + 1e-9) / 10**decimals


@pytest.mark.parametrize("seed", [1, 2, 7])
def test_a_student_who_does_what_the_sheet_says_gets_its_solutions(vectors, seed):
    (powers, *blanks), solved = Tables(file(lesson(vectors, seed=seed), "GloVe 6B")).pages
    table = dict(zip(*(map(float, row[1:]) for row in powers), strict=True))
    for blank, (head, *rows, foot) in zip(blanks, solved, strict=True):
        assert head == blank[0] == ["word", "numbers", "dot product", "× 0.707".replace(" ", "\xa0"), "ex", "weight",
                                    "weight · numbers"]  # fmt: skip
        bank = next(numbers(row[1]) for row in rows if row[0] == "bank")
        total = float(foot[2])
        assert total == pytest.approx(sum(float(row[4]) for row in rows))
        added = np.zeros(2)
        for row in rows:
            x, y = numbers(row[1])
            first, second = bank
            assert row[2] == f"{first:g}·{x:g} + {second:g}·{y:g} = {first * x + second * y:g}"
            assert float(row[3]) == school(numbers(row[2])[0] * 0.707, 2)
            assert float(row[4]) == table[float(row[3])]
            assert row[5] == f"{row[4]} ÷ {foot[2]} = {school(float(row[4]) / total, 2):.2f}"
            weight = numbers(row[5])[0]
            assert numbers(row[6]) == [school(weight * x, 2), school(weight * y, 2)]
            added += numbers(row[6])
        assert foot[3] == "1.00"
        assert numbers(foot[4]) == [school(number, 1) for number in added]


def test_the_sheet_itself_tells_no_answer(vectors):
    sheet = lesson(vectors)
    text = file(sheet, "GloVe 6B")
    blank, solved = text.split('<section class="page">')[1:]
    assert "Solutions" not in blank
    assert blank.count(BLANK) == 3 + 3 + 2
    for row in [row for table in Tables(text).pages[0][1:] for row in table[1:-1]]:
        assert row[2:6] == ["", "", "", ""]
    assert "A: bank′" not in blank, "no new arrow in the grid"
    assert "A: bank′" in solved
    assert f"Sheet {sheet.seed}" in blank


def test_solutions_say_what_a_computer_finds(vectors):
    assert "finds the same weights and the same bank′" in Tables(file(lesson(vectors), "")).text
    other = sheet_of(by_hand("bank 2 1 / money 0 1 / loan -1 3").vectors, "bank", "bank money loan")
    assert other.exercises[0].scores.tolist() == [5, 1, 1]  # e^3.54 = 34.5 and e^0.71 = 2.0, but e^(5/√2) = 34.3
    assert other.exercises[0].weights.tolist() == [0.9, 0.05, 0.05]
    read = Tables(file(other, "By hand")).text
    assert "finds in A the weights 0.89, 0.05, 0.05 and bank′ = (1.7, 1.1)" in read
    uneven = sheet_of(by_hand(EXAMPLE).vectors, "bank", "money bank grows", "river bank flows")
    assert "So the weights of A and B do not add up to 1." in Tables(file(uneven, "By hand")).text


def test_where_the_largest_is_taken_off_the_sheet_says_so_and_has_the_column():
    sheet = sheet_of(by_hand(EXAMPLE).vectors, "bank", "money bank grows")
    read = Tables(file(sheet, "By hand"))
    assert "Take the largest (max) off all of them first" in read.text
    (head, *rows, _) = read.pages[1][0]
    assert head[3] == "− max"
    assert [row[3] for row in rows] == ["0", "0", "0"]
    assert "those of the set “By hand”" in read.text


def strange(words):
    """A set of strange words: each has two small numbers."""
    rows = np.array([(1 + place % 3, place // 3) for place in range(len(words))])
    return keyed_vectors(list(words), rows)


@pytest.mark.parametrize("words", [
    HOSTILE, ("שלום", "כסף", "בנק"), ("🏦", "👩‍👩‍👧‍👦", "💧"), ("w" * 300, "bank", "é"), ("\x00", "\u202e", "bank"),
])  # fmt: skip
def test_what_was_typed_is_text_in_the_file_whatever_it_is(words):
    vectors = strange(words)
    sentence = embed(list(words)[:4], vectors)
    sheet = worksheet(words[0], {0: sentence}, vectors)
    read = Tables(file(sheet, words[-1]))
    assert {tag for tag, _ in read.tags} <= TAGS
    assert not [name for _, attrs in read.tags for name in attrs if name.startswith("on")]
    assert len(read.pages) == 2
    for solved in (False, True):
        ElementTree.fromstring(drawn(sheet, solved=solved))
    for word in words[:4]:
        shown = word if len(word) <= 16 else word[:15] + "…"
        assert shown.replace("\x00", "") in read.text.replace("\x00", "")


def test_poles_that_were_typed_are_text_too(vectors):
    sense = AmbiguousWord("bank", {"<b>money</b>": ("money",), "</svg><script>": ("river",)}, {})
    sheet = sheet_of(vectors, "bank", MONEY, RIVER, sense=sense)
    read = Tables(file(sheet, "GloVe 6B"))
    assert sheet.axes == ("<b>money</b>", "</svg><script>")
    assert {tag for tag, _ in read.tags} <= TAGS
    assert "how near it is to “<b>money</b>”, and how near to “</svg><script>”" in read.text


def test_of_two_hundred_words_the_file_says_which_are_computed(vectors):
    sheet = sheet_of(vectors, "bank", "the bank approved the loan " + "of the and in to " * 39, RIVER)
    read = Tables(file(sheet, "GloVe 6B"))
    assert "196 words left out" in read.text
    assert [len(table) for table in read.pages[0][1:]] == [6, 5], "head and sum, and four words of A, three of B"


def test_the_file_needs_no_other(vectors):
    text = file(lesson(vectors), "GloVe 6B")
    assert not re.findall(r"(?:src|href)=|url\(|@import|<script|<link", text)
    assert len(text) < 60_000


# Its numbers in the app


def test_the_link_shows_the_numbers_of_the_sheet_in_the_app(vectors):
    sheet = lesson(vectors, seed=3)
    link = panel.link(sheet)
    table = by_hand(link[fields.TABLE]).vectors
    for name, each in zip("ab", sheet.exercises, strict=True):
        sentence, trace = selfattn.contextualize(link[name], table, link[fields.PRESET])
        assert sentence.tokens == each.tokens
        np.testing.assert_allclose(trace.weights[each.row], each.exact[0], rtol=1e-6)
        np.testing.assert_allclose(trace.output[each.row], each.exact[1], rtol=1e-6)
    at = visit(**link)
    weight = sheet.exercises[0].exact[0][0]
    assert f"bank′ = {weight:.2f} money" in screen(at)


def test_words_that_a_table_cannot_hold_give_no_link():
    vectors = strange(("new york", "bank", "a b c"))
    assert panel.link(worksheet("bank", {0: embed(["new york", "bank"], vectors)}, vectors)) is None


# The panel


@pytest.fixture
def files(monkeypatch):
    """What the button that saves would make, and its name; made when it is asked for."""
    made = []

    def button(label, data, file_name, mime, **_):
        made.append((file_name, data))

    monkeypatch.setattr(panel.st, "download_button", button)
    return made


def sheets(at):
    """Open the panel at the worksheet."""
    at.session_state["taken"] = "worksheet"
    return opened(at, "save")


def last(files):
    name, make = files[-1]
    return name, Tables(make())


def computed(read):
    return [[row[0] for row in table[1:-1]] for table in read.pages[1]]


@pytest.mark.usefixtures("files")
def test_the_panel_says_what_the_sheet_will_hold():
    at = sheets(visit())
    assert "By hand, sheet 1: what “bank” takes from “money”, “bank” and “grows” in A and from “river”" in screen(at)
    assert "data:image/svg+xml" in " ".join(element.proto.body for element in at.get("html"))
    press(at, "another_worksheet")
    assert "By hand, sheet 2:" in screen(at)


def test_the_file_is_about_the_sentences_of_the_screen(files):
    at = sheets(visit(a="The bank approved our loan", b="Fish swim near the bank"))
    name, read = last(files)
    assert name == "two-meanings-worksheet-bank-sheet-1.html"
    assert ["bank" in words for words in computed(read)] == [True, True]
    at.session_state["save"] = False
    edit(
        at,
        a="Fish swim",
        b="Fish swim and dogs bark",
    )
    sheets(at)
    assert computed(last(files)[1])[0] == ["fish", "swim"]


@pytest.mark.parametrize(("page", "link", "words"), [
    (SELF_ATTENTION, {}, [["money", "bank", "grows"], ["river", "bank", "flows"]]),
    (LIMITS, {"step": "mixed"}, [["river", "bank", "loan"]]),
    (ORDER, {"step": "positions"}, [["bank", "robbed", "man"], ["man", "robbed", "bank"]]),
    (VECTORS, {}, [["money", "bank", "grows"], ["river", "bank", "flows"]]),
])  # fmt: skip
def test_every_page_has_its_sheet(files, page, link, words):
    sheets(visit(page, **link))
    assert [[word for word in each if word != "the"] for each in computed(last(files)[1])] == words


@pytest.mark.parametrize("text", ["", "zzqx", "!!!"])
def test_without_words_the_sheet_has_examples_and_says_so(files, text):
    at = sheets(visit(a=text, b=text))
    if not text:  # an empty box of a link has its default
        at.session_state["save"] = False
        at = sheets(edit(at, a=" ", b=" "))
    assert "no words yet that this set knows" in screen(at)
    assert computed(last(files)[1])[0] == ["money", "bank", "grows"]


def test_a_set_by_hand_gives_its_own_numbers_and_no_other_sheet(files):
    at = sheets(visit(set="hand", handmade=EXAMPLE))
    name, read = last(files)
    assert name == "two-meanings-worksheet-bank-sheet-1.html"
    assert [row[1] for row in read.pages[1][0][1:-1]] == ["(5, 1)", "(3, 3)", "(4, 2)"]
    assert "another_worksheet" not in [button.key for button in at.button]
    sound(at.run())
