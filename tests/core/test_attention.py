"""Attention against numbers worked by hand, a plain-loop implementation, and SciPy."""

import math
from dataclasses import FrozenInstanceError, fields
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal
from scipy.special import softmax as scipy_softmax

from selfattn.core.attention import AttentionTrace, attend, pulls, softmax

LARGEST = np.finfo(np.float64).max
SMALLEST = np.nextafter(0.0, 1.0)
ARRAYS = [field.name for field in fields(AttentionTrace) if field.name != "divisor"]
LARGE = st.floats(-1e150, 1e150)  # products stay within the range of floats
ANY_SHAPE = hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=6)
PAIR = [[1.0, 0.0], [0.0, 1.0]]


def attention_by_loops(query, key, value, divisor, added):
    """Compute weights and output one number at a time; `added` is on top of the divided scores."""
    all_weights, output = [], []
    for i, asking in enumerate(query):
        shares = []
        for j, asked in enumerate(key):
            score = sum(float(a) * float(b) for a, b in zip(asking, asked, strict=True))
            shares.append(math.exp(score / divisor + added[i][j]))
        weights = [share / math.fsum(shares) for share in shares]
        all_weights.append(weights)
        columns = zip(*value, strict=True)
        output.append([math.fsum(w * x for w, x in zip(weights, column, strict=True)) for column in columns])
    return np.array(all_weights), np.array(output)


# softmax


def test_softmax_of_logarithms_gives_their_proportions():
    # exp(ln 1), exp(ln 3), exp(ln 4) = 1, 3, 4 of 8
    assert_allclose(softmax([[0.0, math.log(3), math.log(4)]]), [[0.125, 0.375, 0.5]])


@pytest.mark.parametrize("size", [1e-300, 1e-3, 1.0, 1e3, 1e300])
def test_softmax_agrees_with_scipy(rng, size):
    scores = rng.normal(size=(5, 7)) * size
    assert_allclose(softmax(scores), scipy_softmax(scores, axis=-1), rtol=1e-12)


def test_softmax_of_one_row_and_of_a_stack_agrees_with_scipy(rng):
    for shape in [(4,), (2, 3, 4)]:
        scores = rng.normal(size=shape)
        assert_allclose(softmax(scores), scipy_softmax(scores, axis=-1))


def test_softmax_gives_forbidden_pairs_no_weight():
    assert_array_equal(softmax([[0.0, -np.inf, 0.0]]), [[0.5, 0.0, 0.5]])


def test_softmax_does_not_change_when_a_row_is_shifted(rng):
    scores = rng.normal(size=(4, 5))
    assert_allclose(softmax(scores + np.array([[-50.0], [0.0], [3.0], [700.0]])), softmax(scores), rtol=1e-10)


@pytest.mark.parametrize("score", [0.0, -SMALLEST, 1e300, LARGEST, -LARGEST])
@pytest.mark.parametrize("count", [1, 2, 5])
def test_softmax_shares_equally_among_equal_scores(score, count):
    assert_array_equal(softmax(np.full((3, count), score)), np.full((3, count), 1 / count))


def test_softmax_spans_the_whole_range_of_floats_without_a_warning():
    with np.errstate(all="raise"):
        assert_array_equal(softmax([[LARGEST, -LARGEST, LARGEST]]), [[0.5, 0.0, 0.5]])


@pytest.mark.parametrize(
    ("scores", "message"),
    [
        ([[0.0, 1.0], [-np.inf, -np.inf]], "row 1 may attend to nothing"),
        ([[0.0, np.nan]], "got NaN or [+]inf"),
        ([[0.0, np.inf]], "got NaN or [+]inf"),
        (np.zeros((2, 0)), r"at least one score, got shape \(2, 0\)"),
        (3.0, r"at least one score, got shape \(\)"),
        ([["a", "b"]], "scores must be an array of numbers, got list"),
    ],
)
def test_softmax_refuses_rows_without_an_answer(scores, message):
    with pytest.raises(ValueError, match=message):
        softmax(scores)


# attend: numbers worked by hand


def test_defaults_divide_by_twice_the_root_of_the_width():
    trace = attend([[2.0, 0, 0, 0], [0, 0, 0, 2.0]])
    # width 4, temperature 2: divisor 2 * sqrt(4) = 4; scores 2 * 2 = 4 with itself, 0 with the other; scaled 1 and 0
    assert trace.divisor == 4.0
    assert_array_equal(trace.scores, [[4.0, 0.0], [0.0, 4.0]])
    assert_array_equal(trace.scaled, np.eye(2))
    # e^1 / (e^1 + e^0) = 2.71828 / 3.71828 = 0.73106
    assert_allclose(trace.weights, [[0.73106, 0.26894], [0.26894, 0.73106]], atol=5e-6)
    assert_allclose(trace.output[0], [1.46212, 0, 0, 0.53788], atol=1e-5)  # 0.73106 * 2 and 0.26894 * 2
    for name in ("query", "key", "value"):
        assert_array_equal(getattr(trace, name), trace.matrix)


@pytest.mark.parametrize(
    ("scale", "temperature", "divisor"), [(False, 1.0, 1.0), (True, 1.0, 2.0), (False, 0.5, 0.5), (True, 3, 6.0)]
)
def test_scale_and_temperature_divide_the_scores(scale, temperature, divisor):
    trace = attend([[2.0, 0, 0, 0], [0, 0, 0, 2.0]], scale=scale, temperature=temperature)
    assert trace.divisor == divisor
    assert_array_equal(trace.scaled, trace.scores / divisor)


def test_query_key_and_value_may_have_other_shapes():
    trace = attend(PAIR, query=[[1.0]], key=[[math.log(3)], [0.0]], value=[[4.0, 0, 1], [8.0, 4, 1]], temperature=1.0)
    # scores ln 3 and 0, width 1: weights 3/4 and 1/4; output 3/4 * 4 + 1/4 * 8 = 5, then 1, then 1
    assert_allclose(trace.weights, [[0.75, 0.25]])
    assert_allclose(trace.output, [[5.0, 1.0, 1.0]])


def test_a_bias_is_added_after_the_division():
    # both scores are 0; e^(ln 2) : e^0 = 2 : 1, whatever the temperature
    trace = attend(np.zeros((2, 3)), temperature=7.0, bias=[math.log(2), 0.0])
    assert_allclose(trace.weights, [[2 / 3, 1 / 3], [2 / 3, 1 / 3]])


def test_a_square_bias_is_added_pair_by_pair():
    # row 0: ln 3 and 0 give 3 : 1; row 1: 0 and 0 give 1 : 1
    trace = attend(np.zeros((2, 3)), bias=[[math.log(3), 0.0], [0.0, 0.0]])
    assert_allclose(trace.weights, [[0.75, 0.25], [0.5, 0.5]])


def test_a_mask_allows():
    allowed = np.array([[True, False, True], [True, True, True], [False, False, True]])
    trace = attend(np.zeros((3, 2)), mask=allowed)
    # equal scores are shared by those that may attend: two, three, one
    assert_allclose(trace.weights, [[1 / 2, 0, 1 / 2], [1 / 3, 1 / 3, 1 / 3], [0, 0, 1]])
    assert_array_equal(np.isneginf(trace.scaled), ~allowed)


def test_no_bias_lifts_a_mask():
    trace = attend(PAIR, mask=[[True, False], [True, True]], bias=[-1e300, 1e300])
    assert_array_equal(trace.weights, [[1, 0], [0, 1]])


@pytest.mark.parametrize("mask", [np.eye(2), np.eye(2, dtype=int), [[1, 0]] * 2, [[0.0, -np.inf]] * 2, "no"])
def test_a_mask_of_anything_but_booleans_is_refused(mask):
    with pytest.raises(ValueError, match=r"mask must be boolean, True where a pair may attend, got (int|float|<U)\d+"):
        attend(PAIR, mask=mask)


@pytest.mark.parametrize("biased", [None, "keys", "pairs"])
@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize(("scale", "temperature"), [(True, 2.0), (False, 0.7)])
def test_attend_agrees_with_plain_loops(rng, biased, masked, scale, temperature):
    query, key, value = rng.normal(size=(3, 4)), rng.normal(size=(5, 4)), rng.normal(size=(5, 2))
    bias = {None: None, "keys": rng.normal(size=5), "pairs": rng.normal(size=(3, 5))}[biased]
    mask = np.arange(15).reshape(3, 5) % 3 > 0 if masked else None
    added = np.zeros((3, 5)) + (0 if bias is None else bias)
    if masked:
        added = np.where(mask, added, -np.inf)
    matrix = rng.normal(size=(3, 2))  # not looked at: query, key and value are all given
    settings = {"scale": scale, "temperature": temperature, "mask": mask, "bias": bias}
    trace = attend(matrix, query=query, key=key, value=value, **settings)
    weights, output = attention_by_loops(query, key, value, temperature * (2.0 if scale else 1.0), added)
    assert_allclose(trace.weights, weights, rtol=1e-12)
    assert_allclose(trace.output, output, rtol=1e-12, atol=1e-15)


# attend: properties


def test_reordering_the_words_reorders_the_outcome(rng):
    matrix, bias, order = rng.normal(size=(6, 4)), rng.normal(size=(6, 6)), rng.permutation(6)
    before, after = attend(matrix, bias=bias), attend(matrix[order], bias=bias[np.ix_(order, order)])
    assert_allclose(after.weights, before.weights[np.ix_(order, order)], rtol=1e-12)
    assert_allclose(after.output, before.output[order], rtol=1e-12)


def test_a_high_temperature_evens_the_weights_out_and_a_low_one_picks_the_highest_score(rng):
    matrix = rng.normal(size=(5, 8))
    hot, cold = attend(matrix, temperature=1e15), attend(matrix, temperature=1e-6)
    assert_allclose(hot.weights, np.full((5, 5), 0.2), rtol=1e-12)
    assert_array_equal(cold.weights, np.eye(5)[cold.scores.argmax(axis=1)])


@pytest.mark.parametrize("kind", [np.float16, np.float32, np.float64, np.int64, np.bool_, list, tuple])
def test_numbers_of_any_kind_are_computed_in_double_precision(kind):
    given_rows = [[1, 0, 1], [0, 1, 1]]
    matrix = kind(given_rows) if kind in (list, tuple) else np.array(given_rows, dtype=kind)
    trace = attend(matrix, temperature=1.0)
    assert {getattr(trace, name).dtype for name in ARRAYS} == {np.dtype(np.float64)}
    assert_array_equal(trace.output, attend(np.array(given_rows, dtype=np.float64), temperature=1.0).output)


def test_one_word_keeps_its_vector():
    trace = attend([[3.0, -4.0]])
    assert_array_equal(trace.weights, [[1.0]])
    assert_array_equal(trace.output, [[3.0, -4.0]])


@pytest.mark.parametrize("name", ARRAYS)
def test_every_array_of_a_trace_is_read_only(name):
    with pytest.raises(ValueError, match="read-only"):
        getattr(attend(PAIR), name)[0, 0] = 9.0


def test_a_trace_is_frozen():
    with pytest.raises(FrozenInstanceError):
        attend(PAIR).weights = None


def test_the_callers_arrays_are_neither_changed_nor_frozen_nor_kept(rng):
    given_arrays = {name: rng.normal(size=(3, 3)) for name in ("matrix", "query", "key", "value", "bias")}
    given_arrays["mask"] = np.ones((3, 3), dtype=bool)
    copies = {name: array.copy() for name, array in given_arrays.items()}
    trace = attend(**given_arrays)
    for name, array in given_arrays.items():
        assert_array_equal(array, copies[name])
        array[:] = 0  # raises if it was frozen
    for name in ("matrix", "query", "key", "value"):
        assert_array_equal(getattr(trace, name), copies[name])


@pytest.mark.parametrize(
    ("matrix", "settings", "message"),
    [
        ([1.0, 2.0], {}, r"matrix must have shape \(rows, width\).* got \(2,\)"),
        (np.zeros((0, 3)), {}, r"matrix must have shape .* got \(0, 3\)"),
        (np.zeros((3, 0)), {}, r"matrix must have shape .* got \(3, 0\)"),
        (None, {}, r"matrix must have shape .* got \(\)"),
        ("bank", {}, "matrix must be an array of numbers, got str"),
        ([[1.0], [2.0, 3.0]], {}, "matrix must be an array of numbers, got list"),
        (np.array([[1j]]), {}, "matrix must be an array of numbers, got ndarray"),
        ([[1.0, 2.0], [3.0, np.nan]], {}, "matrix must be finite, got nan in row 1, column 1"),
        ([[1.0, -np.inf]], {}, "matrix must be finite, got -inf in row 0, column 1"),
        (PAIR, {"query": [[1.0, np.inf]]}, "query must be finite, got inf in row 0, column 1"),
        (PAIR, {"key": [1.0]}, r"key must have shape .* got \(1,\)"),
        (PAIR, {"value": [[np.nan, 1.0]]}, "value must be finite, got nan in row 0, column 0"),
        (PAIR, {"query": [[1.0, 2.0, 3.0]]}, r"query and key need the same width, got \(1, 3\) and \(2, 2\)"),
        (PAIR, {"value": [[1.0]]}, r"key and value need the same number of rows, got \(2, 2\) and \(1, 1\)"),
        (PAIR, {"bias": [1.0]}, r"bias must have shape \(2, 2\) or \(2,\), got \(1,\)"),
        (PAIR, {"bias": [[1.0], [2.0]]}, r"bias must have shape \(2, 2\) or \(2,\), got \(2, 1\)"),
        (PAIR, {"bias": [0.0, -np.inf]}, "bias must be finite; to forbid a pair use mask"),
        (PAIR, {"bias": "low"}, "bias must be an array of numbers, got str"),
        (PAIR, {"mask": [True, False]}, r"mask must have shape \(2, 2\), got \(2,\)"),
        (PAIR, {"mask": np.ones((3, 3), dtype=bool)}, r"mask must have shape \(2, 2\), got \(3, 3\)"),
        (PAIR, {"mask": [[True, True], [False, False]]}, "row 1 may attend to nothing"),
        (PAIR, {"mask": np.zeros((2, 2), dtype=bool)}, "row 0 may attend to nothing"),
        (
            np.eye(3) * 1e300,
            {},
            "scores must stay within the range of float64: got numbers up to 1e.300, divided by 3.46",
        ),
        (PAIR, {"temperature": 5e-324}, "within the range of float64: got numbers up to 1, divided by 4.94.*e-324"),
        (PAIR, {"scale": False, "temperature": 1e-308, "bias": [LARGEST, 0]}, "must stay within the range"),
    ],
)
def test_an_error_shows_what_arrived(matrix, settings, message):
    with pytest.raises(ValueError, match=message):
        attend(matrix, **settings)


@pytest.mark.parametrize("temperature", [0, -1.0, math.nan, math.inf, None, "2", [2.0], 2 + 0j, 10**400, np.ones(2)])
def test_a_temperature_that_is_not_a_finite_number_above_zero_is_refused(temperature):
    with pytest.raises(ValueError, match="temperature must be a finite number above zero, got") as caught:
        attend(PAIR, temperature=temperature)
    assert repr(temperature) in str(caught.value)


@pytest.mark.parametrize("temperature", [2, np.int8(2), np.float16(2), np.float32(2), Fraction(2)])
def test_a_temperature_may_be_any_kind_of_number(temperature):
    assert_array_equal(attend(PAIR, temperature=temperature).weights, attend(PAIR, temperature=2.0).weights)


# attend: the whole range of floats


@pytest.mark.parametrize("size", [1e150, 1e-300, 1e-310, SMALLEST])
@pytest.mark.parametrize("temperature", [1e-5, 2.0, 1e300])
def test_any_size_of_vectors_gives_averages_without_a_warning(size, temperature):
    matrix = np.array([[1.0, -1.0], [-1.0, 1.0], [1.0, 0.0], [0.0, 0.0]]) * size
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        trace = attend(matrix, temperature=temperature)
    assert_allclose(trace.weights.sum(axis=1), 1.0, rtol=1e-12)
    assert (np.abs(trace.output) <= size).all()


def test_vectors_too_small_to_multiply_attend_equally():
    # 1e-300 * 1e-300 is nearer to 0 than any float: all scores are 0, and the output is the mean
    trace = attend(np.eye(4) * 1e-300)
    assert_array_equal(trace.weights, np.full((4, 4), 0.25))
    assert_array_equal(trace.output, np.full((4, 4), 0.25e-300))


@given(
    hnp.arrays(np.float64, hnp.array_shapes(min_dims=2, max_dims=2, max_side=6), elements=LARGE),
    st.floats(min_value=1e-5, allow_infinity=False),
)
def test_any_matrix_within_range_gives_weighted_averages(matrix, temperature):
    trace = attend(matrix, temperature=temperature)
    assert_allclose(trace.weights.sum(axis=1), 1.0, rtol=1e-12)
    assert (trace.weights >= 0).all()
    slack = np.abs(matrix).max(axis=0) * 1e-14 + len(matrix) * SMALLEST
    low, high = matrix.min(axis=0) - slack, matrix.max(axis=0) + slack
    assert np.isfinite(trace.output).all()
    assert ((low <= trace.output) & (trace.output <= high)).all()


@given(
    hnp.arrays(np.float64, ANY_SHAPE),
    hnp.arrays(st.sampled_from([np.dtype(bool), np.dtype(np.float64), np.dtype(np.int8)]), ANY_SHAPE),
    hnp.arrays(np.float64, ANY_SHAPE),
)
def test_anything_else_raises_nothing_but_value_error(matrix, mask, bias):
    try:
        trace = attend(matrix, mask=mask, bias=bias)
    except ValueError:
        return
    assert np.isfinite(matrix).all()
    assert np.isfinite(bias).all()
    assert mask.shape == trace.weights.shape == (len(matrix), len(matrix))
    assert_allclose(trace.weights.sum(axis=1), 1.0, rtol=1e-12)


# pulls


def test_pulls_by_hand():
    trace = attend(PAIR, query=[[1.0], [0.0]], key=[[math.log(3)], [0.0]], temperature=1.0)
    # word 0 weighs the words 3/4 and 1/4: 3/4 * ([1, 0] - [1, 0]) and 1/4 * ([0, 1] - [1, 0])
    assert_allclose(pulls(trace, 0), [[0.0, 0.0], [-0.25, 0.25]], atol=1e-15)
    # word 1 weighs them 1/2 and 1/2: 1/2 * ([1, 0] - [0, 1]) and nothing
    assert_allclose(pulls(trace, 1), [[0.5, -0.5], [0.0, 0.0]], atol=1e-15)


@pytest.mark.parametrize("i", range(-6, 6))
def test_pulls_lead_from_the_static_to_the_contextual_vector(rng, i):
    trace = attend(rng.normal(size=(6, 50)), query=rng.normal(size=(6, 3)), key=rng.normal(size=(4, 3)),
                   value=rng.normal(size=(4, 50)))  # fmt: skip
    drawn = pulls(trace, i)
    assert drawn.shape == (4, 50)
    assert_allclose(drawn.sum(axis=0), trace.output[i] - trace.matrix[i], atol=1e-14)
    assert np.abs(drawn).max() > 0.1  # there was a way to go


def test_a_word_does_not_pull_itself_and_one_without_weight_pulls_nothing(rng):
    allowed = np.ones((3, 3), dtype=bool)
    allowed[0, 2] = False
    drawn = pulls(attend(rng.normal(size=(3, 4)), mask=allowed), 0)
    assert_array_equal(drawn[[0, 2]], np.zeros((2, 4)))
    assert np.abs(drawn[1]).min() > 0


@pytest.mark.parametrize("i", [2, -3, 100])
def test_pulls_on_a_word_that_is_not_there_is_an_index_error(i):
    with pytest.raises(IndexError, match=f"there is no word {i}: the trace has 2"):
        pulls(attend(PAIR), i)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"value": [[1.0], [2.0]]}, r"matrix \(2, 2\), query \(2, 2\), value \(2, 1\)"),
        ({"query": [[1.0, 2.0]]}, r"matrix \(2, 2\), query \(1, 2\), value \(2, 2\)"),
    ],
)
def test_pulls_need_a_static_vector_to_start_from(settings, message):
    with pytest.raises(ValueError, match=message):
        pulls(attend(PAIR, **settings), 0)
