"""Attention by hand: every step follows from what is written, and a computer finds the same but for the rounding."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfattn.core.attention import attend
from selfattn.core.exercise import LARGEST_SCORE, SCALE, exercise, power, powers, rounded

SMALL = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=4)
ANY = st.lists(st.tuples(st.floats(-9, 9).map(lambda x: round(x, 2)), st.floats(-9, 9)), min_size=1, max_size=6)


def up(number, decimals):
    """Round as in school, by another way than the library: in whole numbers of the last decimal."""
    scaled = round(abs(number) * 10**decimals, 6)
    size = (math.floor(scaled) + (scaled - math.floor(scaled) >= 0.5)) / 10**decimals
    return math.copysign(size, number) if size else 0.0


def follows(each):
    """Do all of it again, a number after the other, from the two numbers of each word."""
    x, y = each.matrix[each.row]
    scores = [float(x * first + y * second) for first, second in each.matrix]
    np.testing.assert_allclose(each.scores, scores)
    less = scores if each.shift is None else [score - max(scores) for score in scores]
    np.testing.assert_allclose(each.less, less)
    scaled = [up(number * SCALE, 2 if each.whole else 1) for number in less]
    assert each.scaled.tolist() == pytest.approx(scaled)
    decimals = 1 if each.shift is None else 2
    powers_ = [up(math.exp(number), decimals) if number > -6 else 0.0 for number in scaled]
    assert each.exponentials.tolist() == pytest.approx(powers_)
    assert each.total == pytest.approx(sum(powers_))
    weights = [up(number / sum(powers_), 2) for number in powers_]
    assert each.weights.tolist() == pytest.approx(weights)
    parts = [[up(weight * number, 2) for number in row] for weight, row in zip(weights, each.matrix, strict=True)]
    assert each.parts.tolist() == pytest.approx(np.array(parts))
    output = [up(sum(column), 1) for column in zip(*parts, strict=True)]
    assert each.output.tolist() == pytest.approx(output)


def test_the_textbook_case_worked_on_paper():
    bank = exercise(["money", "bank", "grows"], 1, [[2, 0], [1, 1], [1, 0]])
    assert bank.scores.tolist() == [2, 2, 1]
    assert bank.scaled.tolist() == [1.41, 1.41, 0.71]  # 2 · 0.707 = 1.414, 1 · 0.707 = 0.707
    assert bank.exponentials.tolist() == [4.1, 4.1, 2.0]
    assert bank.total == 10.2
    assert bank.weights.tolist() == [0.4, 0.4, 0.2]  # 4.1 / 10.2 = 0.402, 2.0 / 10.2 = 0.196
    assert bank.parts.tolist() == [[0.8, 0.0], [0.4, 0.4], [0.2, 0.0]]
    assert bank.output.tolist() == [1.4, 0.4]
    assert bank.holds
    assert bank.adds_up
    assert bank.shift is None


@given(SMALL, st.data())
def test_every_step_follows_from_what_is_written(matrix, data):
    row = data.draw(st.integers(0, len(matrix) - 1))
    follows(exercise(["word"] * len(matrix), row, matrix))


@given(ANY)
def test_also_of_numbers_that_somebody_wrote(matrix):
    follows(exercise(["word"] * len(matrix), 0, np.round(matrix, 2)))


@given(SMALL)
def test_rounding_costs_little(matrix):
    each = exercise(["word"] * len(matrix), 0, matrix)
    weights, output = each.exact
    trace = attend(np.array(matrix, dtype=float), temperature=1.0)
    np.testing.assert_array_equal(weights, trace.weights[0])
    np.testing.assert_array_equal(output, trace.output[0])
    assert np.abs(each.weights - weights).max() < 0.02
    assert np.abs(each.output - output).max() < 0.2
    assert each.holds == (
        [up(weight, 2) for weight in weights] == each.weights.tolist()
        and [up(number, 1) for number in output] == each.output.tolist()
    )


def test_times_0_707_is_divided_by_the_root_of_two_to_two_decimals():
    for score in range(LARGEST_SCORE + 1):
        assert rounded(score * SCALE, 2) == up(score / math.sqrt(2), 2)


@pytest.mark.parametrize("matrix", [[[2, 2], [3, 1]], [[1, 0], [-1, 0]], [[0.5, 1], [1, 1]], [[1, 1], [1000, 999.99]]])
def test_where_a_score_is_large_negative_or_no_whole_number_the_largest_is_taken_off(matrix):
    each = exercise(["a", "b"], 0, matrix)
    assert each.shift == each.scores.max()
    assert each.less.max() == 0
    assert each.exponentials.max() == 1
    follows(each)


@pytest.mark.parametrize(("small", "whole", "count"), [(True, True, 8), (False, True, 8), (False, False, 60)])
def test_the_table_has_what_the_exercises_look_up(small, whole, count):
    table = dict(powers(small=small, whole=whole))
    assert len(table) == count
    for scaled, result in table.items():
        assert result == up(math.exp(scaled), 1 if small else 2) == power(scaled, 1 if small else 2)
    lowest = min(table)
    assert small or math.exp(lowest - 0.7) < 0.005, "what is lower than the table is 0.00"


def test_two_numbers_a_word_are_needed():
    with pytest.raises(ValueError, match=r"two numbers a word, got shape \(1, 3\)"):
        exercise(["bank"], 0, [[1, 2, 3]])
