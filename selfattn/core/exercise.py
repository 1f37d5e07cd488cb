"""One row of self-attention as it is done by hand: with small numbers, and rounded on the way as one would on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

import numpy as np
from numpy.typing import ArrayLike, NDArray

from selfattn.core.attention import AttentionTrace, attend

Array = NDArray[np.float64]
SCALE = 0.707  # 1 / √2: two numbers a word
LARGEST_SCORE = 7  # up to which whole scores times 0.707 are, to two decimals, the scores divided by √2
TENTHS = 60  # of a table of e^x, from 0.0 to −5.9; what is lower gives 0.00
WEIGHT, PART, PLACE = 2, 2, 1  # decimals


@dataclass(frozen=True, slots=True, eq=False)
class Exercise:
    """What one word takes from each word of a sentence, step by step, as it is found by hand.

    Attributes
    ----------
    tokens : tuple of str, of length n
    row : int
        The word that asks.
    trace : AttentionTrace
        The same of a computer, which does not round: with scale, at temperature 1.
    shift : float, or None
        What is taken off all scores before they are scaled: the largest, where e^x would not fit a small table.
    whole : bool
        Whether all scores are whole numbers; then they are scaled to two decimals, else to one.
    scaled, exponentials, weights : ndarray of shape (n,)
        Each rounded, and made of the rounded ones before.
    parts : ndarray of shape (n, 2)
        Weight times the numbers of the word.
    output : ndarray of shape (2,)
        The sum of the parts, rounded to a decimal: what can be drawn.
    """

    tokens: tuple[str, ...]
    row: int
    trace: AttentionTrace
    shift: float | None
    whole: bool
    scaled: Array
    exponentials: Array
    weights: Array
    parts: Array
    output: Array

    def __len__(self) -> int:
        return len(self.tokens)

    @property
    def matrix(self) -> Array:
        """Give the two numbers of each word: (n, 2)."""
        return self.trace.matrix

    @property
    def scores(self) -> Array:
        """Give the dot product of the word with each word, itself included: (n,)."""
        scores: Array = self.trace.scores[self.row]
        return scores

    @property
    def decimals(self) -> int:
        """Give the decimals of the exponentials: one, or, where none is above one, two."""
        return 1 if self.shift is None else 2

    @property
    def less(self) -> Array:
        """Give the scores that are scaled: (n,)."""
        return self.scores - (self.shift or 0.0)

    @property
    def total(self) -> float:
        """Give the sum of the exponentials."""
        return rounded(float(self.exponentials.sum()), self.decimals)

    @property
    def exact(self) -> tuple[Array, Array]:
        """Give weights and output as a computer finds them: (n,) and (2,)."""
        return self.trace.weights[self.row], self.trace.output[self.row]

    @property
    def adds_up(self) -> bool:
        """Tell whether the weights, as they are written, add up to one."""
        return rounded(float(self.weights.sum()), WEIGHT) == 1

    @property
    def holds(self) -> bool:
        """Tell whether a computer finds the same weights and the same output, to the decimals that are written."""
        weights, output = self.exact
        return np.array_equal(_rounded(weights, WEIGHT), self.weights) and np.array_equal(
            _rounded(output, PLACE), self.output
        )


def exercise(tokens: Sequence[str], row: int, matrix: ArrayLike, *, small: bool = True, whole: bool = True) -> Exercise:
    """Do by hand what `attend` does: dot products, × 0.707 for ÷ √2, e^x, divided by their sum, weighted sum.

    Where a score is below zero, above 7, or no whole number, the largest is taken off all of them first: the softmax
    stays the same (Goodfellow et al. 2016, section 4.1).

    Parameters
    ----------
    tokens : sequence of str, of length n
    row : int
        The word that asks.
    matrix : array_like of shape (n, 2)
    small, whole : bool
        Whether scores may stay as large as they are, and be scaled to two decimals, if they are small and whole.

    Raises
    ------
    ValueError
        The matrix has not two numbers a word.

    Examples
    --------
    >>> bank = exercise(["money", "bank", "grows"], 1, [[2, 0], [1, 1], [1, 0]])
    >>> bank.scores.tolist(), bank.scaled.tolist(), bank.exponentials.tolist(), bank.total
    ([2.0, 2.0, 1.0], [1.41, 1.41, 0.71], [4.1, 4.1, 2.0], 10.2)
    >>> bank.weights.tolist(), bank.output.tolist(), bank.holds
    ([0.4, 0.4, 0.2], [1.4, 0.4], True)
    """
    trace = attend(matrix, temperature=1.0)
    if trace.matrix.shape[1] != 2:
        raise ValueError(f"an exercise by hand needs two numbers a word, got shape {trace.matrix.shape}")
    scores = trace.scores[row]
    whole = whole and bool(np.all(scores == np.round(scores)))
    small = small and whole and bool(np.all((scores >= 0) & (scores <= LARGEST_SCORE)))
    shift, decimals = (None, 1) if small else (float(scores.max()), 2)
    scaled = _rounded((scores - (shift or 0.0)) * SCALE, 2 if whole else 1)
    exponentials = np.array([power(each, decimals) for each in scaled])
    weights = _rounded(exponentials / rounded(float(exponentials.sum()), decimals), WEIGHT)
    parts = _rounded(weights[:, None] * trace.matrix, PART)
    output = _rounded(parts.sum(axis=0), PLACE)
    return Exercise(
        tokens=tuple(tokens), row=row, trace=trace, shift=shift, whole=whole,
        scaled=scaled, exponentials=exponentials, weights=weights, parts=parts, output=output,
    )  # fmt: skip


def powers(*, small: bool, whole: bool) -> list[tuple[float, float]]:
    """List the table of e^x that an exercise needs: each x, and e to the power of it.

    >>> powers(small=True, whole=True)[:4]
    [(0.0, 1.0), (0.71, 2.0), (1.41, 4.1), (2.12, 8.3)]
    """
    count, step = (LARGEST_SCORE + 1, SCALE) if whole else (TENTHS, 0.1)
    table = [rounded(place * (step if small else -step), 2 if whole else 1) for place in range(count)]
    return [(scaled, power(scaled, 1 if small else 2)) for scaled in table]


def power(scaled: float, decimals: int) -> float:
    """Give e^x as a table has it.

    >>> power(1.41, 1), power(-0.7, 2), power(-30, 2)
    (4.1, 0.5, 0.0)
    """
    return rounded(float(np.exp(scaled)), decimals) if scaled > -TENTHS / 10 else 0.0


def rounded(number: float, decimals: int) -> float:
    """Round as one does by hand: a half goes up, away from zero.

    >>> rounded(0.125, 2), rounded(2.45, 1), rounded(-0.25, 1), rounded(0.5 - 0.5, 1)
    (0.13, 2.5, -0.3, 0.0)
    """
    unit = 10.0**decimals
    size = floor(abs(number) * unit + 0.5 + 1e-9) / unit  # 2.45 is stored as a little less
    return size if number >= 0 or not size else -size


def _rounded(numbers: Array, decimals: int) -> Array:
    return np.array([rounded(float(number), decimals) for number in numbers.flat]).reshape(numbers.shape)
