"""How long the vectors of frequent words are, and those of rare ones."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

SHOWN = 300  # words whose length is drawn

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Norms:
    """How long the vectors are, by rank.

    Attributes
    ----------
    words : tuple of str, of length n
        The most frequent word first; of many words a sample, with evenly spaced logarithms of the rank.
    ranks : ndarray of shape (n,)
        From 1.
    lengths : ndarray of shape (n,)
        Euclidean norms.
    bands : tuple of (int, int, float)
        First rank, last rank and mean length: ranks 1 to 9, 10 to 99, and so on, of all words.
    """

    words: tuple[str, ...]
    ranks: NDArray[np.int64]
    lengths: Array
    bands: tuple[tuple[int, int, float], ...]


def norms_by_rank(vectors: Any, most: int = SHOWN) -> Norms:
    """Give the lengths of vectors: of all words, or of many those with evenly spaced logarithms of the rank.

    Parameters
    ----------
    vectors : KeyedVectors
        Most frequent word first.
    most : int
        Words at most; fewer where ranks fall together.
    """
    vectors.fill_norms()
    count = len(vectors)
    ranks = np.arange(1, count + 1)
    if count > most:
        ranks = np.unique(np.geomspace(1, count, most).round().astype(np.int64))
    firsts = [10**power for power in range(len(str(count)))] if count else []
    bands = [(first, min(10 * first - 1, count)) for first in firsts]
    means = [float(vectors.norms[first - 1 : last].mean(dtype=np.float64)) for first, last in bands]
    words = tuple(vectors.index_to_key[row] for row in (ranks - 1).tolist())
    of_bands = tuple((*band, mean) for band, mean in zip(bands, means, strict=True))
    return Norms(words, ranks, vectors.norms[ranks - 1].astype(np.float64), of_bands)
