"""How far dot products spread, and what dividing them by √d does to it: measured on random vectors and on words."""

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from selfattn.core.attention import softmax

WIDTHS = (4, 16, 64, 256, 1024)  # dimensions whose √d is a whole number
QUERIES, KEYS = 187, 8  # about 1,500 pairs
COMMON = 20_000  # the words from which pairs are drawn

Array = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Spread:
    """What the width of vectors does to dot products.

    `before` and `after` are the standard deviations of the dot products, undivided and divided by √d; `highest` and
    `highest_after` are the mean weight of the best of eight words, softmaxed from the one and from the other.
    """

    width: int
    before: float
    after: float
    highest: float
    highest_after: float


@lru_cache(maxsize=8)
def spreads(widths: tuple[int, ...] = WIDTHS, seed: int = 0) -> tuple[Spread, ...]:
    """Measure how far dot products of random vectors spread, for vectors of several widths.

    The numbers of a vector are drawn from a normal distribution with mean 0 and variance 1; so a dot product, a sum
    of d products, has a variance of d (Vaswani et al. 2017, footnote 4).
    """
    rng = np.random.default_rng(seed)
    shapes = [((QUERIES, width), (QUERIES, KEYS, width)) for width in widths]
    return tuple(_spread(*(rng.standard_normal(shape) for shape in pair)) for pair in shapes)


def spread_of(rows: Array, seed: int = 0) -> Spread:
    """Measure the same for word vectors, of shape (n, d), most frequent first: pairs of words drawn at random."""
    rng, rows = np.random.default_rng(seed), rows[:COMMON]
    picked = (rng.integers(len(rows), size=shape) for shape in (QUERIES, (QUERIES, KEYS)))
    return _spread(*(rows[words].astype(np.float64) for words in picked))


def _spread(query: Array, key: Array) -> Spread:
    """Measure for queries of shape (n, d), each with keys of shape (n, 8, d)."""
    width = query.shape[1]
    scores = np.einsum("nd,nkd->nk", query, key)
    scaled = scores / math.sqrt(width)
    before, after = (float(each.std()) for each in (scores, scaled))
    highest, highest_after = (float(softmax(each).max(axis=1).mean()) for each in (scores, scaled))
    return Spread(width=width, before=before, after=after, highest=highest, highest_after=highest_after)
