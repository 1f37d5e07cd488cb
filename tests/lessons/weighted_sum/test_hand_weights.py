"""Weights set by hand always sum to one, whatever is typed or moved."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfattn.core.attention import attend, pulls
from selfattn.core.heaviest import gathered, heaviest
from selfattn.lessons.weighted_sum import hand_weights

SHARES = st.lists(st.floats(0, 1e300), min_size=1, max_size=9).filter(any)
HUNDREDTH = st.integers(0, 100).map(lambda whole: whole / 100)


def is_whole(weights):
    return np.allclose(weights * 100, np.round(weights * 100), atol=1e-9)


@given(SHARES)
def test_hundredths_sum_to_one_and_are_near(shares):
    rounded = hand_weights.hundredths(shares)
    exact = np.array(shares) / max(shares)
    assert rounded.sum() == pytest.approx(1, abs=1e-12)
    assert is_whole(rounded)
    assert np.abs(rounded - exact / exact.sum()).max() <= 0.01 + 1e-9


@given(SHARES, HUNDREDTH, st.data())
def test_moving_one_weight_keeps_the_sum_and_the_proportions(shares, share, data):
    weights = hand_weights.hundredths(shares)
    at = data.draw(st.integers(0, len(weights) - 1))
    new = hand_weights.moved(weights, at, share)
    assert new.sum() == pytest.approx(1, abs=1e-12)
    assert (new >= 0).all()
    assert is_whole(new)
    if len(weights) == 1:
        return
    assert new[at] == share
    others = np.delete(weights, at)
    wanted = others / others.sum() if others.any() else np.full(len(others), 1 / len(others))
    assert np.abs(np.delete(new, at) - wanted * (1 - share)).max() <= 0.01 + 1e-9


@given(SHARES)
def test_what_is_written_is_read_back(shares):
    weights = hand_weights.hundredths(shares)
    np.testing.assert_allclose(hand_weights.read(hand_weights.write(weights), len(weights)), weights, atol=1e-12)


@given(st.text(max_size=60), st.integers(1, 9))
def test_any_text_gives_weights_or_nothing(text, count):
    weights = hand_weights.read(text, count)
    assert weights is None or (weights.shape == (count,) and weights.sum() == pytest.approx(1))


@pytest.mark.parametrize(
    "text",
    ["", "0.2 0.7", "0.2 0.7 0.1 0", "a b c", "nan 0 1", "nan nan nan", "inf 0 1", "-1 1 1", "0 0 0", "0,2 0,7 0,1",
     "0.5 0.5", "<b>1</b> 0 0", "9" * 4000],
)  # fmt: skip
def test_what_are_not_three_weights_is_refused(text):
    assert hand_weights.read(text, 3) is None


@pytest.mark.parametrize("text", ["0.2 0.7 0.1", "2 7 1", " 20\t70  10 ", "2e300 7e300 1e300"])
def test_three_numbers_are_rescaled(text):
    np.testing.assert_allclose(hand_weights.read(text, 3), [0.2, 0.7, 0.1])


def test_the_textbook_comes_first():
    np.testing.assert_array_equal(hand_weights.usual(3, 1), [0.2, 0.7, 0.1])
    np.testing.assert_allclose(hand_weights.usual(3, 0), [0.7, 0.15, 0.15])
    np.testing.assert_allclose(hand_weights.usual(1, 0), [1])
    np.testing.assert_allclose(hand_weights.usual(5, 4), [0.08, 0.08, 0.07, 0.07, 0.7])


def test_others_that_are_all_zero_share_equally():
    np.testing.assert_allclose(hand_weights.moved([0, 1, 0], 1, 0.5), [0.25, 0.5, 0.25])


def test_the_word_and_the_heaviest_are_weighed_in_order():
    weights = np.array([0.05, 0.1, 0.02, 0.2, 0.03, 0.3, 0.0, 0.25, 0.05])
    assert heaviest(weights, 4, always=[6]) == [3, 5, 6, 7]
    assert heaviest(weights[:4], hand_weights.MOST, always=[0]) == [0, 1, 2, 3]


def test_spread_and_gathered():
    every = hand_weights.spread([0.25, 0.75], [0, 2], 4)
    np.testing.assert_array_equal(every, [0.25, 0, 0.75, 0])
    np.testing.assert_allclose(gathered([0.1, 0.2, 0.3, 0.4], [0, 2]), [0.1, 0.3, 0.6])
    np.testing.assert_allclose(gathered([[0.4, 0.6]], [0, 1]), [[0.4, 0.6]])


def test_weights_by_hand_take_one_row():
    trace = attend([[1.0, 0.0], [0.0, 1.0], [2.0, 2.0]])
    hand = hand_weights.by_hand(trace, 1, [0.2, 0.7, 0.1])
    np.testing.assert_allclose(hand.output[1], [0.4, 0.9])  # 0.2 (1, 0) + 0.7 (0, 1) + 0.1 (2, 2)
    np.testing.assert_array_equal(hand.output[[0, 2]], trace.output[[0, 2]])
    np.testing.assert_array_equal(hand.weights[[0, 2]], trace.weights[[0, 2]])
    np.testing.assert_allclose(trace.matrix[1] + pulls(hand, 1).sum(axis=0), hand.output[1])
    assert not hand.output.flags.writeable
    assert trace.weights[1] != pytest.approx([0.2, 0.7, 0.1])
