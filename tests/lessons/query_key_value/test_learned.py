"""What was learned: how it is measured, drawn, said and computed by the code of the screen."""

from dataclasses import replace

import numpy as np
import plotly.graph_objects as go
import pytest

import selfattn
from selfattn.core import heads
from selfattn.core.head import Head
from selfattn.core.rates import looked_up, parts
from selfattn.core.rounding import percent
from selfattn.core.senses import SENSES
from selfattn.core.vectors import keyed_vectors
from selfattn.figures.palette import PHONE, Size
from selfattn.lessons.query_key_value import learned_measures as measures
from selfattn.lessons.query_key_value import learned_prose as prose
from selfattn.lessons.query_key_value.learned_figure import changes, often_bars
from selfattn.sets.vector_set import VectorSet, examples_of
from selfattn.ui import session_sets
from tests import apps
from tests.apps import HOSTILE, HOSTILE_TOGETHER, charts, press, read_html, screen, sound

PAGE = "pages/8_Query_key_value.py"
THEMES = ["light", "dark", "light room", "dark room"]


def visit(**link):
    return apps.visit(PAGE, step="learned", **link)


def with_set(vectors, **link):
    one = VectorSet("mine-1", "made up", "Uploaded.", vectors, "vectors = …", None, examples_of(vectors))
    at = apps.page_of(PAGE, step="learned", set="mine-1", **link)
    at.session_state[session_sets._OWN] = {"mine-1": one}
    return sound(at.run())


@pytest.fixture(scope="module")
def head(vectors):
    return selfattn.head_of(vectors)


@pytest.fixture(scope="module")
def found(vectors, head):
    return measures.learned(vectors, head)


@pytest.fixture(scope="module")
def asked(vectors, head):
    return measures.asked_more(vectors, head, ["river", "flows"], ["sleeps"])


# Measured


def test_frequent_words_get_less_and_rare_ones_are_asked_for(found):
    before, after = found.often
    assert after < before / 2
    assert found.rarity[0] < 0 < found.rarity[1]
    assert found.slope[0] == 0.05
    assert found.asking.size > found.giving.size


def test_the_share_of_frequent_words_is_that_of_the_weights(vectors, head):
    pairs = looked_up(parts().held_out[:5], vectors)
    shares = []
    for example in parts().held_out[:5]:
        sentence, trace = selfattn.contextualize(example.text, vectors, "trained")
        row = trace.weights[sentence.index(example.word)]
        shares.append(
            sum(w for w, token in zip(row, sentence.tokens, strict=True) if vectors.key_to_index[token] < 100)
        )
    assert measures.often_share(head, pairs, vectors) == pytest.approx(np.mean(shares))
    assert measures.often_share(head, [], vectors) == 0


@pytest.mark.parametrize(("width", "most"), [(1, 60), (50, 60), (60, 60), (61, 60), (300, 60), (7, 3)])
def test_blocks_are_means(width, most, rng):
    matrix = rng.normal(size=(width, width))
    drawn = measures.blocks(matrix, most)
    assert drawn.shape == (min(width, most),) * 2
    if width <= most:
        np.testing.assert_allclose(drawn, matrix)
    elif width % most == 0:
        side = width // most
        np.testing.assert_allclose(drawn[0, 1], matrix[:side, side : 2 * side].mean())
    assert measures.blocks(np.ones((width, width)), most) == pytest.approx(1)


def test_pairs_are_the_change_of_the_scores(asked, vectors, head):
    start = Head.untrained(50, seed=0)
    row = []
    for each in (start, head):
        query = vectors["bank"].astype(float) @ each.query + each.query_bias
        row.append(vectors[asked.asked].astype(float) @ each.key @ query / np.sqrt(50))
    more = row[1] - row[0]
    kept = np.array([word != "bank" for word in asked.asked])
    standard = (more - more.mean()) / more.std()
    np.testing.assert_allclose(asked.more[asked.asking.index("bank")][kept], standard[kept], atol=1e-9)
    assert asked.best("bank", 1) == [asked.asked[int(np.where(kept, more, -np.inf).argmax())]]


def test_who_asks_and_who_is_asked(asked, vectors):
    assert "sleeps" in asked.asking
    assert {"river", "flows"} < set(asked.asked)
    assert 400 <= len(asked.asked) <= 402
    strongest = asked.strongest(10)
    for side in zip(*strongest, strict=True):
        assert len(set(side)) == 10
    assert all(one != other for one, other in strongest)
    word, many = asked.commonest(5)
    assert many == sum(word in asked.best(asking, 5) for asking in asked.asking)


def test_a_small_set_has_a_sample_too():
    assert measures.sample(keyed_vectors(["7", "up"], np.eye(2))) == ["7", "up"]
    assert measures.sample(keyed_vectors(["bank", "up", "7"], np.eye(3))) == ["bank"]


# Drawn


def texts(figure):
    return [note.text for note in figure.layout.annotations]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", [None, PHONE, Size(1000, 660)])
def test_the_changes_are_valid_and_have_one_scale(theme, size, found):
    both = [found.asking.drawn, found.giving.drawn]
    figure = changes(both, [("a", "b")] * 2, prose.AXES, size=size, theme=theme)
    go.Figure(figure.to_dict())
    first, second = figure.data
    assert (first.zmin, first.zmax) == (second.zmin, second.zmax) == (-first.zmax, first.zmax)
    for cells, matrix in zip(figure.data, both, strict=True):
        np.testing.assert_allclose(cells.z, matrix, atol=0.0005)
    assert first.showscale
    assert not second.showscale
    axis = figure.layout.yaxis2 if size is PHONE else figure.layout.xaxis2
    assert 0 < axis.domain[1] - axis.domain[0] < 0.5


def test_nothing_learned_is_drawn_too():
    zero = np.zeros((2, 2))
    go.Figure(changes([zero, zero], [("a", "b")] * 2, prose.AXES).to_dict())


@pytest.mark.parametrize("theme", THEMES)
def test_the_bars_are_the_shares(theme):
    figure = often_bars(0.48, 0.17, theme=theme)
    go.Figure(figure.to_dict())
    (bars,) = figure.data
    assert list(bars.x) == [0.48, 0.17]
    assert list(bars.text) == ["<b>48 %</b>", "<b>17 %</b>"]
    assert list(figure.layout.yaxis.ticktext) == ["before", "now"]
    go.Figure(often_bars(0.0, 0.0, theme=theme).to_dict())


@pytest.mark.parametrize("word", HOSTILE)
def test_hostile_words_stay_text(word):
    asked = measures.Asked(["bank", word], [word, "river"], np.array([[2.0, 1.0], [-np.inf, 1.0]]))
    written = prose.pairs(asked, {word})
    assert "<img" not in written
    assert "<script" not in written
    assert written.count("<b>") == 2


# Said


def test_every_outcome_has_its_words(found):
    assert prose.truth(found) == prose.LESS
    same, more = replace(found, often=(0.5, 0.505)), replace(found, often=(0.2, 0.5))
    assert prose.truth(same) == prose.SAME
    assert prose.truth(more) == prose.MORE
    assert "get less of the weight" in prose.finding(found)[0]
    assert "about as much" in prose.finding(same)[0]
    assert "It has found by itself" in prose.by_itself(found)
    for other in (same, more, replace(found, rarity=(-0.8, -0.7))):
        assert "It has not found" in prose.by_itself(other)


def test_averaging_is_said(found):
    assert "mean" not in prose.picture(found)
    wide = replace(found, asking=measures.change(np.eye(120), np.ones((120, 120))))
    assert "Each cell is a mean: 120 rows are drawn as 60." in prose.picture(wide)


# The screen


def test_the_screen_says_what_was_measured(found):
    at = visit()
    before, after = (percent(share) for share in found.often)
    assert f"The 100 most frequent words get less of the weight: {after}, before training {before}." in screen(at)
    assert f"{found.rarity[1]:+.2f}" in screen(at)
    assert "costs 0.09, by hand 0.05" in screen(at)
    assert set(charts(at)) == {"changes", "often"}
    assert f"{before} before, {after} now" in charts(at)["often"]
    assert percent(found.asking.size) in charts(at)["changes"]
    assert percent(found.giving.size) in charts(at)["changes"]


def test_the_class_has_its_own_word():
    assert "Training made “bank” ask more for “insurance”" in screen(visit())
    assert "Training made “cat” ask more for" in screen(visit(a="The cat sleeps", b="A cat eats fish", word="cat"))


def test_the_question_comes_first():
    at = visit(hidden="1")
    assert prose.QUESTION in screen(at)
    assert not charts(at)
    press(at, "reveal")
    assert charts(at)
    assert "You said “less weight”, and so it is, 48 % before, 17 % now." in screen(visit(guess="less weight"))
    assert "It is “less weight”" in screen(visit(guess="more weight"))


def test_the_table_lists_every_word_that_asks(asked):
    (table,) = visit(tables="numbers").dataframe
    assert len(table.value) == len(measures.askers(selfattn.load_vectors()))


def test_the_preset_of_the_link_changes_nothing():
    assert screen(visit(preset="balanced")) == screen(visit())


def test_a_set_that_cannot_be_trained_says_why():
    at = visit(set="hand", hidden="1")
    assert "Nothing can be trained on these vectors: this set knows 1 of the" in screen(at)
    assert not charts(at)


def test_a_wide_set_with_a_head_is_averaged(monkeypatch, rng, vectors):
    words = list(dict.fromkeys([*vectors.index_to_key[:600], *SENSES, *(
        word for sense in SENSES.values() for pole in sense.poles.values() for word in pole)]))  # fmt: skip
    wide = keyed_vectors(words, rng.normal(size=(len(words), 70)))
    monkeypatch.setitem(heads._heads, wide, Head.untrained(70, seed=5))
    at = with_set(wide, a="the bank", b="a bank")
    assert "70 rows are drawn as 60" in screen(at)
    assert set(charts(at)) == {"changes", "often"}


@pytest.mark.parametrize(
    "link",
    [{"a": "bank", "b": ""}, {"a": HOSTILE_TOGETHER + " bank"}, {"a": "", "b": ""}, {"a": "the the the", "b": "of"},
     {"projector": "1"}, {"a": "qwzx vvkk"}],
)  # fmt: skip
def test_odd_sentences_are_taken(link):
    at = visit(**link)
    assert not {"img", "script"} & {tag for tag, _ in read_html(at).tags}


def test_with_nothing_to_compute_there_is_still_code():
    exec(visit(view="code", a="银行 在 河边", b="").code[0].value, {})


def test_the_code_computes_what_the_screen_shows(found, vectors, capsys):
    names = {}
    exec(visit(view="code").code[0].value, names)
    np.testing.assert_allclose(names["asking"], found.asking.drawn, atol=1e-9)
    np.testing.assert_allclose(names["giving"], found.giving.drawn, atol=1e-9)
    assert (names["before"], names["after"]) == pytest.approx(found.often)
    best = measures.asked_more(vectors, names["head"], ["flows", "grows", "money", "river"]).best("bank", 10)
    assert [names["sample"][place] for place in np.argsort(-names["more"], kind="stable")[:10]] == best
    assert capsys.readouterr().out
