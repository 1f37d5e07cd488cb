"""Where a word stands, as a vector: sines and cosines of its place (Vaswani et al. 2017, section 3.5)."""

import math

import numpy as np
from gensim.models import KeyedVectors
from numpy.typing import ArrayLike

from selfattn.core.attention import Array
from selfattn.core.kept import kept

SLOWEST = 10_000.0  # times as long as the first wave is the last one, nearly
FREQUENT = 20_000  # words whose length is measured


def positions(count: int, width: int) -> Array:
    """Give the position vectors of places 0 to count − 1.

    Parameters
    ----------
    count : int
    width : int
        Numbers in a vector, d.

    Returns
    -------
    ndarray of shape (count, width)
        In dimensions 2k and 2k + 1 sine and cosine of ``i / 10000^(2k / d)``, for place i. Each pair is a hand that
        turns by the same angle from place to place, so a vector moved on by any number of places is the first one,
        turned: their dot product depends on how far apart they are only. Where d is even, all are √(d / 2) long.

    Examples
    --------
    >>> positions(2, 4).round(2) + 0.0
    array([[0.  , 1.  , 0.  , 1.  ],
           [0.84, 0.54, 0.01, 1.  ]])
    """
    dimensions = np.arange(width)
    turned = np.arange(count)[:, None] / SLOWEST ** (dimensions // 2 * 2 / width)  # (count, width), in radians
    return np.where(dimensions % 2, np.cos(turned), np.sin(turned))


@kept(1)
def word_length(vectors: KeyedVectors) -> float:
    """Give the mean length of the word vectors of a set, of its 20,000 most frequent words.

    A position vector is made that long before it is added: it then weighs as much as a word.
    """
    return float(np.linalg.norm(vectors.vectors[:FREQUENT].astype(np.float64), axis=1).mean())


def placed(matrix: ArrayLike, amount: float, length: float) -> Array:
    """Add to each word the vector of its place.

    Parameters
    ----------
    matrix : array_like of shape (n, d)
        The word vectors of a sentence.
    amount : float
        How much of it, 0 to 1.
    length : float
        How long a position vector is made, such as `word_length`.
    """
    words: Array = np.asarray(matrix, dtype=np.float64)
    return words + amount * length / math.sqrt(words.shape[1] / 2) * positions(*words.shape)
