"""The head before it has learned anything, what it makes of vectors, and its file."""

import re
from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from selfattn.core.attention import attend
from selfattn.core.head import SLOPE, Head

WIDTHS = (2, 3, 50, 300)


@pytest.mark.parametrize("width", WIDTHS)
def test_untrained_queries_and_keys_multiply_to_half_the_dot_product(width, rng):
    rows = rng.normal(size=(5, width))
    made = Head.untrained(width).project(rows)
    assert_allclose(made["query"] @ made["key"].T, rows @ rows.T / 2, rtol=1e-12, atol=1e-12)
    assert_array_equal(made["value"], rows)


@pytest.mark.parametrize("width", WIDTHS)
def test_untrained_attention_is_balanced_attention(width, rng):
    rows = rng.normal(size=(5, width))
    with_head = attend(rows, **Head.untrained(width).project(rows), temperature=1.0)
    assert_allclose(with_head.weights, attend(rows, temperature=2.0).weights, rtol=1e-12)


def test_without_a_seed_there_is_no_noise():
    head = Head.untrained(3)
    assert_array_equal(head.query, np.eye(3) / np.sqrt(2))
    assert_array_equal(head.key, head.query)
    assert_array_equal(head.value, np.eye(3))
    assert_array_equal(head.query_bias, np.zeros(3))
    assert head.slope == SLOPE


def test_a_seed_gives_one_head_and_another_seed_another():
    first, again, other = (Head.untrained(50, seed=seed) for seed in (3, 3, 4))
    for name, array in first.arrays().items():
        assert_array_equal(array, again.arrays()[name])
    assert not np.allclose(first.query, other.query, atol=1e-3)
    assert not np.allclose(first.key, other.key, atol=1e-3)
    assert not np.allclose(first.query, first.key, atol=1e-3)  # each has noise of its own
    assert_array_equal(first.value, np.eye(50))
    assert np.std(first.query - np.eye(50) / np.sqrt(2)) == pytest.approx(0.01, rel=0.1)


def test_projecting_by_hand():
    head = Head(
        query=np.array([[1.0, 2.0], [0.0, 1.0]]),
        query_bias=np.array([10.0, 20.0]),
        key=np.array([[0.0, 1.0], [1.0, 0.0]]),
        value=np.array([[2.0, 0.0], [0.0, -1.0]]),
        slope=np.array(0.0),
    )
    made = head.project([[3.0, 4.0]])
    assert_array_equal(made["query"], [[13.0, 30.0]])  # 3 · (1, 2) + 4 · (0, 1) + (10, 20)
    assert_array_equal(made["key"], [[4.0, 3.0]])
    assert_array_equal(made["value"], [[6.0, -4.0]])


@pytest.mark.parametrize("width", WIDTHS)
def test_a_saved_head_comes_back_in_the_precision_of_its_file(width, rng, tmp_path):
    path = tmp_path / "head.npy"
    start = Head.untrained(width, seed=1)
    head = replace(start, query_bias=rng.normal(size=width), value=rng.normal(size=(width, width)), slope=np.array(0.3))
    head.save(path)
    assert np.load(path).dtype == np.float32
    assert np.load(path).shape == (3 * width + 2, width)
    loaded = Head.load(path).arrays()
    for name, array in head.arrays().items():
        assert loaded[name].dtype == np.float64
        assert loaded[name].shape == array.shape
        assert_array_equal(loaded[name], array.astype(np.float32))


@pytest.mark.parametrize("shape", [(), (8,), (8, 3), (11, 2), (2, 0), (3, 8, 2)])
def test_a_file_of_another_shape_is_refused_with_the_shape_and_the_name(shape, tmp_path):
    path = tmp_path / "other.npy"
    np.save(path, np.zeros(shape))
    with pytest.raises(ValueError, match=re.escape(f"(3d + 2, d), got {shape} in other.npy")):
        Head.load(path)
