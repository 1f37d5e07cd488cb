"""The space in which vectors are compared: as they were trained, centred, or as the values of a trained head."""

from dataclasses import dataclass

import numpy as np
from gensim.models import KeyedVectors
from numpy.typing import ArrayLike, NDArray

from selfattn.core.kept import kept

Array = NDArray[np.float64]
COMMON_ROWS = 20_000  # the frequent words that say where the centre is
STRONGEST = 2  # directions taken out: about d / 100, and never fewer (Mu & Viswanath 2018, section 2.2)


@dataclass(frozen=True, slots=True, eq=False)
class Space:
    """Where the vectors are looked at.

    Attributes
    ----------
    mean : ndarray of shape (d,)
        Subtracted from every vector.
    directions : ndarray of shape (k, d)
        Orthonormal; what lies along them is taken out.
    value : ndarray of shape (d, d_v), optional
        W_V of a trained head: every vector becomes its value.
    """

    mean: Array
    directions: Array
    value: Array | None = None

    def __call__(self, rows: ArrayLike) -> Array:
        """Take rows of shape (n, d) into this space."""
        moved = np.asarray(rows, dtype=np.float64) - self.mean
        moved = moved - moved @ self.directions.T @ self.directions
        return moved if self.value is None else moved @ self.value  # (n, d) @ (d, d_v)


@kept(1)
def common_mean(vectors: KeyedVectors) -> Array:
    """Give the mean of the 20,000 most frequent vectors, of shape (d,): the place of no meaning in particular."""
    mean: Array = vectors.vectors[:COMMON_ROWS].mean(axis=0, dtype=np.float64)
    return mean


def space(vectors: KeyedVectors, *, centred: bool = False, value: Array | None = None) -> Space:
    """Give the space of a set of vectors.

    Parameters
    ----------
    vectors : KeyedVectors
        Most frequent word first.
    centred : bool
        Subtract the mean of the 20,000 most frequent vectors and their two strongest directions
        (Mu & Viswanath 2018, "All-but-the-Top", algorithm 1); at least one dimension is left.
    value : ndarray of shape (d, d_v), optional
        Turn each vector into its value: W_V of a trained head.
    """
    if value is not None or not centred:
        return Space(np.zeros(vectors.vector_size), np.zeros((0, vectors.vector_size)), value)
    return _centred(vectors)


@kept(1)
def _centred(vectors: KeyedVectors) -> Space:
    mean = common_mean(vectors)
    common = vectors.vectors[:COMMON_ROWS] - mean
    _, directions = np.linalg.eigh(common.T @ common)  # ascending variance
    removed = min(STRONGEST, vectors.vector_size - 1)
    return Space(mean, directions[:, ::-1].T[:removed])
