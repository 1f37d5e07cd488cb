"""Which of many parts of a sum are shown: the heaviest, in the order of the sentence, and the rest as one."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

SHOWN, FEW = 20, 6  # lines of a picture of one word's weights, and where it is narrow: the last one sums up the rest


def heaviest(sizes: ArrayLike, most: int, *, always: Iterable[int] = ()) -> list[int]:
    """Choose the places of the largest parts, and of those that must be shown, in order.

    Parameters
    ----------
    sizes : array_like of shape (n,)
        Of equals the first counts as larger.
    most : int
    always : iterable of int
        Places that are chosen whatever their size.

    Examples
    --------
    >>> heaviest([0.1, 0.5, 0.1, 0.3], 2, always=[0])
    [0, 1]
    """
    must = list(dict.fromkeys(always))
    order = np.argsort(-np.asarray(sizes, dtype=np.float64), kind="stable").tolist()
    others = [place for place in order if place not in must]
    return sorted([*must, *others[: max(most - len(must), 0)]])


def heaviest_and_rest(sizes: ArrayLike, most: int, *, always: Iterable[int] = ()) -> list[int]:
    """Choose which parts get one of so many lines, where a last line sums up the rest; never a rest of one.

    >>> heaviest_and_rest([0.1, 0.5, 0.1, 0.3], 3, always=[0]), heaviest_and_rest([0.1, 0.5, 0.4], 3)
    ([0, 1], [0, 1, 2])
    """
    count = np.size(np.asarray(sizes))
    return heaviest(sizes, most if count <= most else most - 1, always=always)


def gathered(parts: ArrayLike, places: Sequence[int]) -> NDArray[np.float64]:
    """Keep some columns, and add all others up to one last column, where there are others.

    Parameters
    ----------
    parts : array_like of shape (..., n)
    places : sequence of int

    Returns
    -------
    ndarray of shape (..., len(places)) or (..., len(places) + 1)

    Examples
    --------
    >>> gathered([0.25, 0.5, 0.25], [1])
    array([0.5, 0.5])
    """
    every = np.asarray(parts, dtype=np.float64)
    kept = every[..., list(places)]
    if len(places) == every.shape[-1]:
        return kept
    rest = np.delete(every, list(places), axis=-1).sum(axis=-1, keepdims=True)
    return np.concatenate([kept, rest], axis=-1)


def telling(weights: ArrayLike, row: int, most: int = SHOWN) -> list[int]:
    """Choose the words of a sentence that a picture shows one by one: the heaviest of a word, and the word itself.

    >>> telling([0.1, 0.2, 0.3, 0.4], 0, 3)
    [0, 3]
    """
    return heaviest_and_rest(weights, most, always=[row])


def with_rest(tokens: Sequence[str], places: Sequence[int]) -> list[str]:
    """Name some words of a sentence, and the sum of all others, as `gathered` puts them.

    >>> with_rest(["money", "bank", "grows"], [1])
    ['bank', '2 more']
    """
    others = len(tokens) - len(places)
    return [*(tokens[place] for place in places), *([f"{others} more"] if others else [])]
