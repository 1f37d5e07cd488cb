"""Position vectors: by hand, as hands that turn, and as long as a word."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfattn.core.positions import placed, positions, word_length


def test_the_first_place_is_zero_and_one_in_turns():
    np.testing.assert_array_equal(positions(1, 6), [[0, 1, 0, 1, 0, 1]])


def test_numbers_by_hand():
    second = positions(3, 4)[2]  # the waves of four numbers have the speeds 1 and 1 / 100
    np.testing.assert_allclose(second, [np.sin(2), np.cos(2), np.sin(0.02), np.cos(0.02)])


@pytest.mark.parametrize("width", [1, 3, 5])
def test_an_odd_width_ends_with_a_sine(width):
    made = positions(4, width)
    assert made.shape == (4, width)
    np.testing.assert_allclose(made[:, -1], np.sin(np.arange(4) / 10_000 ** ((width - 1) / width)))


@given(st.integers(1, 64).map(lambda half: 2 * half), st.integers(0, 60), st.integers(0, 60))
def test_a_step_turns_every_pair_by_the_same_angle(width, start, step):
    made = positions(start + step + 1, width)
    before, after = (made[place].reshape(-1, 2) for place in (start, start + step))
    angles = step / 10_000 ** (np.arange(0, width, 2) / width)
    sine, cosine = before.T
    turned = [sine * np.cos(angles) + cosine * np.sin(angles), cosine * np.cos(angles) - sine * np.sin(angles)]
    np.testing.assert_allclose(after.T, turned, atol=1e-9)


@given(st.integers(1, 30).map(lambda half: 2 * half))
def test_dot_products_depend_on_how_far_apart_places_are(width):
    made = positions(20, width)
    products = made @ made.T
    for apart in range(20):
        along = np.diagonal(products, apart)
        np.testing.assert_allclose(along, along[0])
    np.testing.assert_allclose(np.diagonal(products), width / 2)


def test_a_position_that_is_added_is_as_long_as_a_word(vectors):
    length = word_length(vectors)
    assert length == pytest.approx(np.linalg.norm(vectors.vectors[:20_000].astype(float), axis=1).mean())
    words = np.ones((7, 50))
    np.testing.assert_array_equal(placed(words, 0.0, length), words)
    np.testing.assert_allclose(np.linalg.norm(placed(words, 1.0, length) - words, axis=1), length)
    np.testing.assert_allclose(placed(words, 0.5, length) - words, (placed(words, 1.0, length) - words) / 2)
