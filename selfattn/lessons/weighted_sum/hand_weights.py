"""Weights set by hand: read from text, kept summing to one, and put in the place of the computed ones.

They are whole hundredths, so that the numbers on the screen are the numbers that are computed with, and their sum
on the screen is one.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from selfattn.core.attention import Array, AttentionTrace

MOST = 8  # words that can be weighed by hand
TEXTBOOK = (0.2, 0.7, 0.1)  # money, bank, grows
OWN = 0.7  # what a word keeps of itself in any other sentence


def hundredths(shares: ArrayLike, total: float = 1.0) -> Array:
    """Round shares to whole hundredths that sum to a total, the largest remainders first (Hamilton's method).

    Parameters
    ----------
    shares : array_like of shape (n,)
        At least zero, not all zero; only their proportions count.
    total : float
        A whole number of hundredths.

    Examples
    --------
    >>> hundredths([1, 1, 1])
    array([0.34, 0.33, 0.33])
    """
    given = np.asarray(shares, dtype=np.float64)
    whole = round(total * 100)
    given = given / given.max()  # the sum of huge numbers cannot overflow
    exact = given / given.sum() * whole
    counts = np.floor(exact + 1e-9)  # 0.2 · 100 may be a hair below 20
    left = whole - int(counts.sum())
    counts[np.argsort(counts - exact, kind="stable")[:left]] += 1
    return np.asarray(counts / 100)


def read(text: str, count: int) -> Array | None:
    """Read weights such as "0.2 0.7 0.1", rescaled so that they sum to one.

    Returns
    -------
    weights : ndarray of shape (count,), or None
        None for anything but `count` numbers of at least zero, of which one is above it.

    Examples
    --------
    >>> read("2 7 1", 3)
    array([0.2, 0.7, 0.1])
    """
    try:
        given = np.array([float(number) for number in text.split()])
    except ValueError:
        return None
    fits = given.shape == (count,) and bool(np.isfinite(given).all()) and bool((given >= 0).all())
    return hundredths(given) if fits and given.any() else None


def write(weights: ArrayLike) -> str:
    """Write weights as `read` reads them.

    >>> write([0.2, 0.7, 0.1])
    '0.2 0.7 0.1'
    """
    return " ".join(f"{weight:g}" for weight in np.asarray(weights, dtype=np.float64).round(2))


def usual(count: int, own: int) -> Array:
    """Give the weights to start from: the textbook's for a word between two, else most of it for the word itself.

    Parameters
    ----------
    count : int
        How many words are weighed.
    own : int
        Which of them is the word that is rewritten.
    """
    if count == len(TEXTBOOK) and own == 1:
        return np.array(TEXTBOOK)
    return moved(np.ones(count) / count, own, OWN)


def moved(weights: ArrayLike, place: int, share: float) -> Array:
    """Give one word another weight; the others are rescaled in proportion, so that all still sum to one.

    Parameters
    ----------
    weights : array_like of shape (n,)
        At least zero.
    place : int
        The word whose weight was moved.
    share : float
        From 0 to 1. Where all others are zero they share the rest equally; a word that stands alone keeps one.

    Examples
    --------
    >>> moved([0.2, 0.7, 0.1], 1, 0.4)
    array([0.4, 0.4, 0.2])
    """
    others = np.delete(np.asarray(weights, dtype=np.float64), place)
    if not len(others):
        return np.ones(1)
    own = round(share * 100) / 100
    rest = hundredths(others if others.any() else np.ones(len(others)), 1 - own)
    return np.insert(rest, place, own)


def spread(weights: ArrayLike, places: Sequence[int], count: int) -> Array:
    """Put the weights of some words in their places among `count`; all others have none."""
    every = np.zeros(count)
    every[list(places)] = weights
    return every


def by_hand(trace: AttentionTrace, row: int, weights: ArrayLike) -> AttentionTrace:
    """Put weights of one's own in the place of one row's; its output becomes their weighted sum.

    Parameters
    ----------
    trace : AttentionTrace
    row : int
    weights : array_like of shape (n_keys,)
        They sum to one.
    """
    shares, output = trace.weights.copy(), trace.output.copy()
    shares[row] = weights
    output[row] = shares[row] @ trace.value  # (n,) @ (n, d) -> (d,)
    for array in (shares, output):
        array.setflags(write=False)
    return replace(trace, weights=shares, output=output)
