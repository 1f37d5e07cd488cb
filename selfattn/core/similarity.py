"""How alike two vectors are: their products, the sum of these, their lengths, and the angle between them."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.floating[Any]]


def cosines(vector: ArrayLike, others: ArrayLike) -> Array:
    """Divide the dot products of one vector with others by both lengths.

    Parameters
    ----------
    vector : array_like of shape (d,)
    others : array_like of shape (n, d)

    Returns
    -------
    cosines : ndarray of shape (n,)
        From -1 to 1; 0 where a vector has no length and so no direction.

    Examples
    --------
    >>> cosines([3.0, 4.0], [[3.0, 4.0], [4.0, -3.0], [0.0, 0.0]]).round(2).tolist()
    [1.0, 0.0, 0.0]
    """
    row, rows = np.asarray(vector, dtype=np.float64), np.asarray(others, dtype=np.float64)
    lengths = np.linalg.norm(row) * np.linalg.norm(rows, axis=1)
    return np.asarray(np.divide(rows @ row, lengths, out=np.zeros(len(rows)), where=lengths > 0))


def cosine(first: ArrayLike, second: ArrayLike) -> float:
    """Give the cosine of two vectors of shape (d,); 0 where one of both has no length.

    >>> round(cosine([1.0, 0.0], [2.0, 2.0]), 3)
    0.707
    """
    return float(cosines(first, np.asarray(second)[None])[0])


def angle(first: ArrayLike, second: ArrayLike) -> float | None:
    """Measure the angle between two vectors, in degrees; None where one of them is zero.

    Half-angle tangents (Kahan 2006, "How Futile are Mindless Assessments of Roundoff", section 12) stay exact where the
    arc cosine of small angles does not.

    Examples
    --------
    >>> angle([1.0, 0.0], [0.0, 2.0]), angle([1.0, 2.0], [0.0, 0.0])
    (90.0, None)
    """
    a, b = np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)
    long, longer = np.linalg.norm(a), np.linalg.norm(b)
    if not (long and longer):
        return None
    apart, along = np.linalg.norm(longer * a - long * b), np.linalg.norm(longer * a + long * b)
    return float(np.degrees(2 * np.arctan2(apart, along)))


def overtaking(dots: Array, cosines: Array) -> tuple[int, int] | None:
    """Find the two vectors whose order the cosine turns round most clearly.

    Parameters
    ----------
    dots, cosines : ndarray of shape (n,)
        With one and the same vector.

    Returns
    -------
    pair : (int, int), or None
        The first has the larger dot product, the second the larger cosine, as both are read with two decimals. None
        where no pair has.

    Examples
    --------
    >>> overtaking(np.array([16.6, 14.6, 6.4]), np.array([0.41, 0.52, 0.22]))
    (0, 1)
    """
    dot, cosine = (np.array([round(float(value), 2) for value in values]) for values in (dots, cosines))
    by_dot = dot[:, None] - dot[None, :]  # (n, n): how far i stands before j
    by_cosine = cosine[None, :] - cosine[:, None]  # (n, n): how far j stands before i
    turned = np.where((by_dot > 0) & (by_cosine > 0), by_dot * by_cosine, 0.0)
    if not turned.size or not turned.max():
        return None
    first, second = np.unravel_index(int(turned.argmax()), turned.shape)
    return int(first), int(second)


def extremes(table: Array) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Find the most and the least alike pair of different words; None where there are not two words.

    Examples
    --------
    >>> extremes(np.array([[9.0, 2.0, 1.0], [2.0, 9.0, 5.0], [1.0, 5.0, 9.0]]))
    ((1, 2), (0, 2))
    """
    rows, columns = np.triu_indices(len(table), 1)
    if not len(rows):
        return None
    values = table[rows, columns]
    most, least = int(values.argmax()), int(values.argmin())
    return (int(rows[most]), int(columns[most])), (int(rows[least]), int(columns[least]))
