"""Several heads on the screen: what they do in a sentence, the arrows that add up, muting, words, and the code."""

from types import SimpleNamespace

import numpy as np
import plotly.graph_objects as go
import pytest
from numpy.testing import assert_allclose, assert_array_equal

import selfattn
from selfattn.core import multihead
from selfattn.core.lean import Line
from selfattn.core.multihead import Joined, MultiHead, attend_heads, heads_space, known_heads
from selfattn.core.rates import heads_rate, rates
from selfattn.core.rounding import percent
from selfattn.core.senses import SENSES, AmbiguousWord
from selfattn.core.sentences import embed
from selfattn.core.vectors import keyed_vectors
from selfattn.figures.motion import meaning_in_motion
from selfattn.figures.palette import PHONE, Size
from selfattn.lessons.heads_order_mask import several_prose as prose
from selfattn.lessons.heads_order_mask.several_figure import thumbnails
from selfattn.lessons.heads_order_mask.several_measures import Heard, heard, scene
from selfattn.sets.vector_set import VectorSet, examples_of
from selfattn.ui import jobs, session_sets, trained
from tests import apps
from tests.apps import HOSTILE_TOGETHER, press, read_html, screen, sound, widget

PAGE = "pages/9_Heads_order_mask.py"
A, B = "Money bank grows", "River bank flows"
NAMES = ["Head 1", "Head 2", "Head 3", "Head 4"]
THEMES = ["light", "dark", "light room", "dark room"]


def visit(**link):
    return apps.visit(PAGE, step="several", **{"hidden": "0"} | link)


def of(vectors, text, role=0, word="bank", muted=()):
    sentence = embed(text, vectors)
    multi = known_heads(vectors)
    return heard(role, sentence, sentence.index(word), vectors, multi, SENSES.get(word), muted)


def by_hand(weights, parts, line=(1.0, 0.0), muted=()):
    """Heads of a word with given weights and parts, on a line of a unit's length along a direction."""
    parts = np.array(parts, dtype=float)
    loud = [head for head in range(len(parts)) if head not in muted]
    words = [f"w{place}" for place in range(len(weights[0]))]
    sentence = embed(words, keyed_vectors(words, np.eye(len(words))))
    joined = Joined(
        tuple(SimpleNamespace(weights=np.array([row])) for row in weights),
        parts[:, None],
        parts[loud].sum(axis=0)[None],
    )
    on = Line(("left", "right"), np.zeros(2), np.array(line), 2.0) if line else None
    return Heard(0, sentence, 0, joined, frozenset(muted), on)


# measured


def test_shares_most_idle_and_alike_by_hand():
    found = by_hand(
        [[0, 0.5, 0.5], [0, 0.45, 0.55], [0, 0.9, 0.1], [0, 0.54, 0.46]],
        [[-1.0, 3.0], [0.08, 5.0], [0.4, 0.0], [0.1, 0.0]],
    )
    assert_allclose(found.shares, [-0.5, 0.04, 0.2, 0.05])  # of two units to a pole
    assert found.most == 0
    assert found.idle == [1]
    assert found.alike == [(0, 1), (0, 3), (1, 3)]  # half the sum of the differences: 0.05, 0.04, 0.09
    assert found.side(found.output) == "left"
    assert found.place(found.without([0])) == pytest.approx(0.29)
    assert prose.finding(found) == (
        "In A, head 1 moves “w0” most, by 50 % of the way to left; head 3 moves it the other way, by 20 % of the way "
        "to right. With all heads it ends with left."
    )
    assert prose.same([found]) == (
        "Here heads 1 and 2, 1 and 4, 2 and 4 in A look at the same words (less than 10 % of the weight differs). "
        "Head 2 in A hardly moves the word, by less than 5 % of the way to a pole."
    )
    assert prose.truth(found) == "with right"
    assert prose.options(found) == ["with left", "with right", "on neither side"]
    assert prose.because(found) == "without head 1 at 29 % of the way to right, with all at 21 % of the way to left"


def test_muting_is_said_with_what_all_would_do():
    weights, parts = [[0, 1, 0], [0, 0, 1]], [[-1.0, 0], [0.9, 0]]
    muted = by_hand(weights, parts, muted=[0])
    assert prose.finding(muted).endswith("Without head 1 it ends with right, with all on neither side.")
    assert prose.finding(by_hand(weights, [[1.0, 0], [0.9, 0]], muted=[0])).endswith("it ends with right, as with all.")
    assert prose.same([muted]).startswith("No two heads look at the same words")
    assert prose.finding(by_hand(weights, parts, muted=[0, 1])).endswith("With every head muted, nothing is added.")


def test_without_a_line_lengths_are_said():
    found = by_hand([[0, 1, 0], [0, 1, 0]], [[3.0, 4.0], [0, 1]], line=None)
    assert prose.finding(found) == "In A, head 1 adds most to “w0”: its part is 5.0 long."
    assert prose.same([found]) == (
        "Here both heads in A look at the same words (less than 10 % of the weight differs)."
    )
    assert not prose.can_ask([found])
    assert found.shares is None
    assert found.idle == []


def test_arrows_lead_tip_to_tail_from_zero_to_the_new_vector(vectors):
    every = [of(vectors, A), of(vectors, B, role=1)]
    drawn = scene(every, vectors, known_heads(vectors), SENSES["bank"], NAMES)
    for mover, each in zip(drawn.movers, every, strict=True):
        assert mover.tokens == tuple(NAMES)
        assert_allclose(mover.static + mover.steps.sum(axis=0), mover.contextual, atol=1e-9)
        assert_allclose(mover.steps[:, 0] / each.line.unit, each.shares, atol=1e-9)  # axis 1 is the line
        assert mover.contextual[0] / each.line.unit == pytest.approx(each.place(each.output))
        assert mover.static[0] == pytest.approx(float(each.line(np.zeros(50))))
        assert mover.lean.side == each.side(each.output)
    figure = meaning_in_motion(drawn, show_pulls=True)
    chains = [trace for trace in figure.data if trace.marker.symbol == "arrow"]
    assert [list(chain.hovertext) for chain in chains] == [["", *NAMES]] * 2
    for chain, mover in zip(chains, drawn.movers, strict=True):
        assert_allclose([chain.x[-1], chain.y[-1]], mover.contextual)
    written = {text for trace in figure.data for text in trace.text or ()} | {
        note.text for note in figure.layout.annotations
    }
    assert any("start: 0" in text for text in written)
    assert not any("static" in text or "pulls" in text for text in written)


def test_a_muted_head_has_no_arrow_and_where_all_would_end_stays_marked(vectors):
    multi = known_heads(vectors)
    muted, every = of(vectors, B, muted=[3]), of(vectors, B)
    drawn = scene([muted], vectors, multi, SENSES["bank"], NAMES)
    [mover] = drawn.movers
    assert mover.tokens == ("Head 1", "Head 2", "Head 3")
    assert_allclose(mover.static + mover.steps.sum(axis=0), mover.contextual, atol=1e-9)
    [(name, place, roles)] = drawn.words
    assert (name, roles) == ("A, all heads", (0,))
    assert place[0] / every.line.unit == pytest.approx(every.place(every.output))
    assert muted.place(muted.output) == pytest.approx(every.place(every.output) - every.shares[3])
    silent = scene([of(vectors, B, muted=range(4))], vectors, multi, SENSES["bank"], NAMES)
    assert_allclose(silent.movers[0].contextual, silent.static)
    assert meaning_in_motion(silent, show_pulls=True).data


@pytest.mark.parametrize("width", [2, 3])
def test_narrow_sets_have_arrows_too(width, rng):
    words = ["money", "bank", "river", "grows"]
    vectors = keyed_vectors(words, rng.normal(size=(4, width)))
    multi, sense = MultiHead.untrained(width), AmbiguousWord("bank", {"one": ("money",), "other": ("river",)}, {})
    sentence = embed("money bank grows", vectors)
    each = heard(0, sentence, 1, vectors, multi, sense)
    drawn = scene([each], vectors, multi, sense, NAMES[:width])
    [mover] = drawn.movers
    assert len(mover.steps) == width
    assert_allclose(mover.static + mover.steps.sum(axis=0), mover.contextual, atol=1e-9)
    assert meaning_in_motion(drawn, show_pulls=True).data


# drawn


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", [Size(), PHONE])
def test_thumbnails_show_every_weight_and_can_be_clicked(theme, size, vectors):
    every = [of(vectors, A), of(vectors, "We sat on the bank of the river", role=1)]
    weights = [np.array([trace.weights for trace in each.joined.traces]) for each in every]
    figure = thumbnails(weights, [0, 1], NAMES, opened=1, muted=[3], size=size, theme=theme)
    *rows, clicks = figure.data
    for row, trace in enumerate(rows):
        n = weights[row].shape[1]
        assert len(trace.x) == 4 * (n + 1)
        cells = np.array(trace.z)
        for head in range(4):
            first = head * (n + 1)
            assert_allclose(cells[:, first : first + n], weights[row][head], atol=1e-6)
            assert (trace.x[first] + trace.x[first + n]) / 2 == pytest.approx(head)
        assert np.isnan(cells[:, n]).all()
        assert (trace.y[0] + trace.y[-1]) / 2 == pytest.approx(row)
    assert list(zip(clicks.x, clicks.y, strict=True)) == [(head, row) for row in range(2) for head in range(4)]
    assert figure.layout.shapes[0].x0 == 0.5
    titles = [note.text for note in figure.layout.annotations]
    assert titles[:4] == ["Head 1", "<b>Head 2</b>", "Head 3", "<s>Head 4</s>"]
    go.Figure(figure)  # in full


def test_the_table_has_every_head_of_every_sentence(vectors):
    every = [of(vectors, A), of(vectors, B, role=1, muted=[1])]
    rows = prose.table(every)
    assert [(row["sentence"], row["head"]) for row in rows] == [(letter, n) for letter in "AB" for n in (1, 2, 3, 4)]
    assert rows[0]["weights"] == "money 0.78, bank 0.00, grows 0.22"
    assert_allclose([row["finance −1 … river 1"] for row in rows[:4]], every[0].shares)
    assert_allclose([row["length of its part"] for row in rows[4:]], every[1].lengths)
    assert [row["muted"] for row in rows] == ["no"] * 5 + ["yes", "no", "no"]


# the page


def test_the_screen_says_what_was_measured(vectors):
    at = visit()
    for role, text in enumerate((A, B)):
        assert prose.finding(of(vectors, text, role)) in screen(at)
    several, one = heads_rate(vectors), {each.preset: each for each in rates(vectors)}["trained"]
    assert f"four heads get {percent(several.held_out)} right, lesson 8’s one head {percent(one.held_out)}" in screen(
        at
    )
    assert "13 numbers, times its 13 rows of W_O. All 52 end to end, times W_O (52 × 50)" in screen(at)


def test_the_question_comes_first_and_its_answer_is_what_muting_shows(vectors):
    at = visit(hidden="1")
    assert "Where does it end without the one that moves it most?" in screen(at)
    assert "moves “bank” most" not in screen(at)
    asked = of(vectors, B, 1)
    at = press(visit(hidden="1", guess=prose.truth(asked)), "reveal")
    assert prose.because(asked) in screen(at)
    muted = visit(muted=str(asked.most + 1))
    assert f"Without head {asked.most + 1} it ends {prose.truth(asked)}" in screen(muted)


def test_a_head_is_opened_and_heads_are_muted_by_hand_and_by_link(vectors):
    at = visit(head="3", muted="2,9")
    assert widget(at, "head").value == 3
    assert widget(at, "muted").value == [2]
    assert "Without head 2 it ends" in screen(at)
    widget(at, "muted").set_value([1, 4])
    at = sound(at.run())
    assert "Without heads 1 and 4 it ends" in screen(at)
    assert at.query_params["muted"] == "1,4"
    widget(at, "muted").set_value([1, 2, 3, 4])
    assert "With every head muted, nothing is added." in screen(sound(at.run()))


@pytest.mark.parametrize(
    "link",
    [
        {"a": "bank", "b": "bank"}, {"a": "bank bank", "b": "the bank"}, {"a": "Money bank grows " * 12},
        {"word": "grows"}, {"a": "", "b": ""}, {"a": HOSTILE_TOGETHER + " bank", "b": "bank"}, {"head": "9"},
        {"muted": "x"}, {"preset": "lesson"}, {"a": "Peter sleeps", "b": "Peter walks"},
    ],
    ids=str,
)  # fmt: skip
def test_odd_sentences_and_links_are_taken(link):
    at = visit(**link)
    tags = read_html(at).tags
    assert not any(name in {"script", "img"} for name, _ in tags)


def test_the_code_computes_what_the_screen_shows(vectors, capsys):
    names = {}
    exec(visit(view="code", head="2", muted="3").code[0].value, names)
    multi = known_heads(vectors)
    for text in (A, B):
        sentence = embed(text, vectors)
        joined = attend_heads(sentence, vectors, multi, muted=[2])
        row = sentence.index("bank")
        assert_allclose(names["weights"][text], joined.traces[1].weights, atol=1e-9)
        assert_allclose(names["parts"][text], joined.parts[:, row], atol=1e-9)
        assert_allclose(names["output"][text], joined.output[row], atol=1e-9)
    assert A in capsys.readouterr().out


def with_set(vectors, **link):
    one = VectorSet("mine-1", "made up", "Uploaded.", vectors, "vectors = …", None, examples_of(vectors))
    at = apps.page_of(PAGE, step="several", set="mine-1", hidden="0", **link)
    at.session_state[session_sets._OWN] = {"mine-1": one}
    return sound(at.run())


def test_a_set_that_cannot_be_trained_says_why(rng):
    at = with_set(keyed_vectors(["money", "bank", "river", "grows"], rng.normal(size=(4, 3))))
    assert "Nothing can be trained on these vectors: this set knows 1 of" in screen(at)


def test_another_set_is_trained_beside_the_page(rng, monkeypatch):
    begun = []

    def train(vectors, *, tell):
        begun.append(vectors)
        return multihead._known.setdefault(vectors, MultiHead.untrained(4, seed=0))

    monkeypatch.setattr(trained, "train_heads", train)
    poles = [word for sense in SENSES.values() for pole in sense.poles.values() for word in pole]
    words = list(dict.fromkeys([*SENSES, *poles, "grows", "flows"]))
    at = with_set(vectors := keyed_vectors(words, rng.normal(size=(len(words), 4))), preset="balanced")
    if (key := jobs._key(trained.HEADS_JOB)) in at.session_state:
        assert at.session_state[key].done.wait(30)
        sound(at.run())
    assert begun == [vectors]
    assert "In A, head" in screen(at)


def test_heads_of_a_set_are_where_the_page_looks(vectors):
    assert heads_space(vectors, known_heads(vectors)) is heads_space(vectors, known_heads(vectors))
    assert_array_equal(selfattn.heads_of(vectors).value, known_heads(vectors).value)
