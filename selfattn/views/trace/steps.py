"""One number traced back: every intermediate number of a weight, of a coordinate, and of a point on the plot.

All is taken from the trace that the screen shows; nothing is computed in another way.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from selfattn.core.attention import AttentionTrace

Array = NDArray[np.float64]

HIGHEST, LOWEST = 10_000.0, 0.05  # a largest exponential between these is shown as it is; others are shifted first
NOTHING = 1e-9  # a difference of scores smaller than this is rounding, not a bias


@dataclass(frozen=True, slots=True)
class Lines:
    """Which parts of a sum get a line of their own, in the order of the sentence, and which are one line together."""

    shown: tuple[int, ...]
    rest: tuple[int, ...] = ()

    def gathered(self, sizes: Array) -> list[float]:
        """Give the sizes line by line, the rest as their sum."""
        return [*(float(sizes[at]) for at in self.shown), *([float(sizes[list(self.rest)].sum())] if self.rest else [])]


@dataclass(frozen=True, slots=True, eq=False)
class TracedWeight:
    """How word i came to give word j its weight, and the row in which it is a share.

    Attributes
    ----------
    i, j : int
        The word that is rewritten, and the one that it looks at.
    query, key, products : ndarray of shape (d,)
        Both vectors, and coordinate by coordinate their products, which add up to ``scores[j]``.
    scores : ndarray of shape (n,)
        Dot products of word i with every word.
    divisor : float
        What the scores are divided by.
    added : ndarray of shape (n,)
        What frequency and distance add to a divided score; zero where they do not count, -inf for a pair that may not
        attend.
    scaled : ndarray of shape (n,)
        ``scores / divisor + added``.
    shift : float
        Taken off every scaled score before the exponential, so that it can be written down; the softmax does not
        change by it. Zero where there is no need.
    exponentials : ndarray of shape (n,)
        ``exp(scaled - shift)``.
    total : float
        The sum of the exponentials.
    weights : ndarray of shape (n,)
        ``exponentials / total``: the row of the trace.
    """

    i: int
    j: int
    query: Array
    key: Array
    products: Array
    scores: Array
    divisor: float
    added: Array
    scaled: Array
    shift: float
    exponentials: Array
    total: float
    weights: Array

    @property
    def allowed(self) -> bool:
        """Tell whether word i may look at word j."""
        return bool(np.isfinite(self.scaled[self.j]))

    @property
    def biased(self) -> bool:
        """Tell whether anything in this row is added to the divided scores."""
        return bool((self.added[np.isfinite(self.added)] != 0).any())

    @property
    def largest(self) -> int:
        """Find the coordinate whose product is largest."""
        return int(np.abs(self.products).argmax())

    @property
    def weight(self) -> float:
        """Give the number that is traced."""
        return float(self.weights[self.j])


@dataclass(frozen=True, slots=True, eq=False)
class TracedCoordinate:
    """How one coordinate of the contextual vector is made.

    Attributes
    ----------
    i, dimension : int
        The word, and which coordinate, counted from 0.
    weights, values, parts : ndarray of shape (n,)
        Each word's weight, its coordinate, and their product.
    contextual, static : float
        The sum of the parts, and what stood there before.
    """

    i: int
    dimension: int
    weights: Array
    values: Array
    parts: Array
    contextual: float
    static: float


@dataclass(frozen=True, slots=True, eq=False)
class TracedPoint:
    """How the contextual point of the plot is reached.

    Attributes
    ----------
    static, contextual : ndarray of shape (2,)
        Where the word stands before and after, on axis 1 and axis 2.
    weights : ndarray of shape (n,)
    places, steps : ndarray of shape (n, 2)
        Where each word stands, and how far it pulls: ``weights * (places - static)``. The steps lead from static to
        contextual.
    """

    static: Array
    contextual: Array
    weights: Array
    places: Array
    steps: Array


def lines(sizes: ArrayLike, most: int, *, always: Iterable[int] = ()) -> Lines:
    """Choose which parts get a line: the largest, and those that must; never a rest of one.

    >>> lines([0.1, 0.5, 0.1, 0.3], 3, always=[0])
    Lines(shown=(0, 1), rest=(2, 3))
    """
    far = np.abs(np.asarray(sizes, dtype=np.float64))
    if len(far) <= most:
        return Lines(tuple(range(len(far))))
    must = list(dict.fromkeys(always))
    others = [at for at in np.argsort(-far, kind="stable").tolist() if at not in must]
    shown = sorted([*must, *others[: max(most - 1 - len(must), 0)]])
    return Lines(tuple(shown), tuple(at for at in range(len(far)) if at not in set(shown)))


def trace_weight(trace: AttentionTrace, i: int, j: int) -> TracedWeight:
    """Gather how one weight is made.

    Parameters
    ----------
    trace : AttentionTrace
    i, j : int
        A row and a column of ``trace.weights``, from 0.

    Raises
    ------
    IndexError
        There is no such weight.
    """
    rows, columns = trace.weights.shape
    if not (0 <= i < rows and 0 <= j < columns):
        raise IndexError(f"there is no weight ({i}, {j}): the trace has {rows} rows and {columns} columns")
    scores, scaled = trace.scores[i], trace.scaled[i]
    added = scaled - scores / trace.divisor
    shift = _shift(scaled)
    exponentials = np.exp(scaled - shift)
    return TracedWeight(
        i=i,
        j=j,
        query=trace.query[i],
        key=trace.key[j],
        products=trace.query[i] * trace.key[j],
        scores=scores,
        divisor=trace.divisor,
        added=np.where(np.abs(added) < NOTHING, 0.0, added),
        scaled=scaled,
        shift=shift,
        exponentials=exponentials,
        total=float(exponentials.sum()),
        weights=trace.weights[i],
    )


def _shift(scaled: Array) -> float:
    """Decide what is taken off: nothing, or the row's maximum where its exponential cannot be read."""
    highest = float(scaled.max())
    return 0.0 if np.log(LOWEST) <= highest <= np.log(HIGHEST) else highest


def most_changed(trace: AttentionTrace, i: int) -> int:
    """Find the coordinate of word i that attention changes most."""
    return int(np.abs(trace.output[i] - trace.matrix[i]).argmax())


def trace_coordinate(trace: AttentionTrace, i: int, dimension: int) -> TracedCoordinate:
    """Gather how one coordinate of a contextual vector is made; `dimension` counts from 0.

    Raises
    ------
    IndexError
        There is no such coordinate.
    """
    rows, width = trace.output.shape
    if not (0 <= i < rows and 0 <= dimension < width):
        raise IndexError(f"there is no coordinate {dimension} of word {i}: the output has shape {trace.output.shape}")
    weights, values = trace.weights[i], trace.value[:, dimension]
    output, static = float(trace.output[i, dimension]), float(trace.matrix[i, dimension])
    return TracedCoordinate(i, dimension, weights, values, weights * values, output, static)


def trace_point(
    static: ArrayLike, contextual: ArrayLike, steps: ArrayLike, weights: ArrayLike, places: ArrayLike
) -> TracedPoint:
    """Gather how a point of the plot is reached, from what the plot shows; shapes as in `TracedPoint`."""
    return TracedPoint(*(np.asarray(one, dtype=np.float64) for one in (static, contextual, weights, places, steps)))


def strongest_pull(one: TracedPoint) -> tuple[int, int]:
    """Find the longest single step: its word and its axis."""
    at, axis = np.unravel_index(np.abs(one.steps).argmax(), one.steps.shape)
    return int(at), int(axis)
