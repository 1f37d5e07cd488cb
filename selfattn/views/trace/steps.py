"""One number traced back: every intermediate number of a weight, of a coordinate, and of a point on the plot.

All is taken from the trace that the screen shows; nothing is computed in another way.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from selfattn.core.attention import AttentionTrace
from selfattn.core.scene import Mover

Array = NDArray[np.float64]

HIGHEST, LOWEST = 10_000.0, 0.05  # a largest exponential between these is shown as it is; others are shifted first
NOTHING = 1e-9  # a difference of scores smaller than this is rounding, not a bias


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
    projected : bool
        Whether query and key are vectors of their own, as a trained head makes them.
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
    projected: bool = False

    @property
    def parts(self) -> tuple[str, str]:
        """Say what is multiplied, to stand before the words; nothing where it is the words' own vectors."""
        return ("query of ", "key of ") if self.projected else ("", "")

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
    highest = float(scaled.max())
    shift = 0.0 if np.log(LOWEST) <= highest <= np.log(HIGHEST) else highest  # the softmax does not change by it
    exponentials = np.exp(scaled - shift)
    query, key, added = trace.query[i], trace.key[j], np.where(np.abs(added) < NOTHING, 0.0, added)
    return TracedWeight(
        i=i, j=j, query=query, key=key, products=query * key, scores=scores, divisor=trace.divisor, added=added,
        scaled=scaled, shift=shift, exponentials=exponentials, total=float(exponentials.sum()),
        weights=trace.weights[i], projected=trace.query is not trace.matrix,
    )  # fmt: skip


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
    static, contextual = (float(side[i, dimension]) for side in (trace.matrix, trace.output))
    return TracedCoordinate(
        i=i, dimension=dimension, weights=weights, values=values, parts=weights * values, contextual=contextual,
        static=static,
    )  # fmt: skip


def strongest_pull(mover: Mover) -> tuple[int, int]:
    """Find the longest single step: its word and its axis."""
    place, axis = np.unravel_index(np.abs(mover.steps).argmax(), mover.steps.shape)
    return int(place), int(axis)
