"""Meanings by layer: the ends, the middle, the nearest mean, and that held-out sentences land where they should."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy.spatial.distance import cdist
from sklearn.neighbors import NearestCentroid

from selfattn.core.labelled import by_sense
from selfattn.core.rates import parts
from selfattn.core.senses import SENSES
from selfattn.core.transformer.meanings import UNSURE, Meanings, Way, by_distance, meanings_of, states_of

SIDES = ("finance", "river")


@pytest.fixture(scope="module")
def bank(transformer):
    return meanings_of(transformer, "bank")


def made_of(first, second):
    """Draw the lines of examples with given states, shape (n, layers + 1, d) each, of which nothing is computed."""
    states = np.concatenate([first, second]).astype(np.float32)
    examples = tuple((SIDES[place >= len(first)], "") for place in range(len(states)))
    return Meanings("bank", examples, states, SIDES, np.stack([np.mean(first, axis=0), np.mean(second, axis=0)]))


@st.composite
def lines(draw):
    """Lines of any examples, and states to place on them."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    n, layers, d = draw(st.integers(1, 4)), draw(st.integers(1, 4)), draw(st.integers(1, 9))
    line = made_of(*rng.normal(size=(2, n, layers, d)))
    assume((np.linalg.norm(np.subtract(*line.means), axis=-1) > 0.3).all())  # else float32 decides where one stands
    return line, rng.normal(size=(20, layers, d)), rng.normal(size=(layers, d))


def test_the_ends_are_the_means_of_the_examples(bank, transformer):
    assert bank.senses == SIDES
    for end, (sense, texts) in enumerate(SENSES["bank"].examples.items()):
        states = [states_of(transformer, text, "bank") for text in texts]
        assert_allclose(bank.means[end], np.mean(states, axis=0), atol=1e-5)
        assert [text for named, text in bank.examples if named == sense] == list(texts)
    assert_allclose(bank.places(bank.means), [[-1] * 7, [1] * 7])
    assert_allclose(bank.places(bank.means.mean(axis=0)), [0] * 7, atol=1e-12)
    assert_allclose(bank.places(bank.states[:5]).mean(axis=0), [-1] * 7, atol=1e-5)  # linear


@given(lines())
def test_its_sign_says_which_mean_is_nearer(drawn):
    line, states, _ = drawn
    for layer, places in enumerate(line.places(states).T):
        to_first, to_second = cdist(states[:, layer], line.means[:, layer]).T
        assert_array_equal(places > 0, to_second < to_first)


@given(lines())
def test_what_is_taken_off_all_states_of_a_layer_changes_nothing(drawn):
    line, states, off = drawn
    moved = made_of(*(line.states[[sense == side for sense, _ in line.examples]] - off for side in SIDES))
    assert_allclose(moved.places(states - off), line.places(states), rtol=1e-4, atol=1e-4)


def test_two_means_in_one_point_have_no_line():
    line = made_of(np.ones((2, 1, 3)), np.ones((2, 1, 3)))
    assert_array_equal(line.places(np.eye(3)[:, None]), np.zeros((3, 1)))


def test_a_word_begins_in_the_middle_wherever_it_stands(bank, transformer):
    early, late = (states_of(transformer, text, "bank") for text in ("Bank by the river", "She went to the bank"))
    assert abs(bank.places(early)[0] - bank.places(late)[0]) > 1  # what layer 0 tells is the position
    assert bank.way(early).places[0] == bank.way(late).places[0] == 0
    assert_array_equal(bank.way(late).places[1:], bank.places(late)[1:])


def test_a_way_says_where_it_ends_and_from_which_layer_on():
    way = Way(np.array([0, -0.4, 0.3, 0.5]), SIDES)
    assert (way.lands, way.lean.side, way.sides) == (2, "river", [None, "finance", "river", "river"])
    assert Way(np.array([0, -0.4, -0.3, -0.5]), SIDES).lands == 1
    undecided = Way(np.array([0, 0.9, 0.9 * UNSURE]), SIDES)
    assert (undecided.lands, undecided.lean.side, undecided.lean.caption) == (None, None, "hardly moves")


def test_the_lines_of_a_word_are_drawn_once(bank, transformer):
    assert meanings_of(transformer, "bank") is bank
    assert meanings_of(transformer, "window") is None


def test_held_out_sentences_land_where_they_should(transformer):
    """About as often as the nearest of two means did where it was measured first; scikit-learn decides it, too."""
    words = ["bank", *list(SENSES)[1::9]]
    shown = {(word, text) for word in words for texts in SENSES[word].examples.values() for text in texts}
    every = [each for each in parts().held_out if each.word in words and (each.word, each.text) not in shown]
    right, theirs = [], []
    for each in every:
        known, states = meanings_of(transformer, each.word), states_of(transformer, each.text, each.word)
        right.append([(place > 0) == (each.sense == known.senses[1]) for place in known.places(states)])
        fitted = NearestCentroid().fit(known.states[:, 6], [sense for sense, _ in known.examples])
        theirs.append(fitted.predict(states[6][None])[0] == each.sense)
    rates = [by_sense(every, [row[layer] for row in right]) for layer in range(7)]
    assert len(every) > 30
    assert rates[0] < 0.7 < rates[1]
    assert rates[6] > 0.9
    assert [row[6] for row in right] == theirs


def test_distances_are_those_of_cosines(rng):
    states, means = rng.normal(size=(3, 2, 5)), rng.normal(size=(2, 5))
    found = by_distance(states, means)
    for layer in range(2):
        rows = states[:, layer] - means[layer]
        assert_allclose(found[layer], cdist(rows, rows, "cosine"), atol=1e-12)


def test_what_draws_no_line_is_said(transformer):
    with pytest.raises(ValueError, match="two senses"):
        Meanings.of(transformer, "bank", {"finance": ["Money bank grows"]})
    with pytest.raises(ValueError, match="two senses"):
        Meanings.of(transformer, "bank", {"finance": ["Money bank grows"], "river": []})
    with pytest.raises(ValueError, match="not in this sentence"):
        Meanings.of(transformer, "bank", {"finance": ["Money grows"], "river": ["River bank flows"]})
