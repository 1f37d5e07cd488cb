"""Ask a set of word vectors about lists: the odd one out, and how alike two lists are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from selfattn.core.wording import quoted
from selfattn.sets.explore import ExploreError, Given, Pairs, given, must_know

FEWEST = 3  # words among which one can be odd

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class OddOneOut:
    """The word that fits the others least, and the cosine of each to the mean of all, nearest first."""

    word: str
    cosines: Pairs
    given: Given


def odd_one_out(words: Sequence[str], vectors: Any) -> OddOneOut:
    """Find the word that lies farthest from the mean of the unit vectors of all (gensim's `doesnt_match`).

    Raises
    ------
    ExploreError
        Fewer than three of the words can be computed with.
    """
    asked = given(words, vectors)
    if len(asked.words) < FEWEST:
        raise ExploreError(
            f"Among {FEWEST} words or more one can be odd; of these, the set can use "
            f"{quoted(asked.words) if asked.words else 'none'}. Add words that it knows."
        )
    used = list(asked.words)
    ranked = tuple((word, float(cosine)) for cosine, word in vectors.rank_by_centrality(used))
    return OddOneOut(vectors.doesnt_match(used), ranked, asked)


@dataclass(frozen=True, slots=True, eq=False)
class Lists:
    """How alike two lists of words are.

    Attributes
    ----------
    first, second : Given
    cosine : float
        Of the mean vector of the first list and that of the second; 0 where the vectors of a list cancel.
    matrix : ndarray of shape (n_first, n_second)
        The cosine of each word of the first list with each of the second.
    """

    first: Given
    second: Given
    cosine: float
    matrix: Array


def list_similarity(first: Sequence[str], second: Sequence[str], vectors: Any) -> Lists:
    """Compare two lists of words: gensim's `n_similarity`, and what it averages away.

    Notes
    -----
    The means are those of the vectors as they are, so a long vector counts for more than a short one.

    Raises
    ------
    ExploreError
        Not one word of a list can be computed with.
    """
    left, right = given(first, vectors), given(second, vectors)
    for name, asked in (("first", left), ("second", right)):
        if not asked.words:
            raise ExploreError(f"The {name} list has no word that this set can use. Add words that it knows.")
    cosine = float(vectors.n_similarity(list(left.words), list(right.words)))
    return Lists(left, right, cosine=cosine, matrix=cosines(left.words, right.words, vectors))


def cosines(rows: Sequence[str], columns: Sequence[str], vectors: Any) -> Array:
    """Give the cosine of each word of one list with each of another: an ndarray of shape (n_rows, n_columns).

    Raises
    ------
    ExploreError
        The set lacks a word, or its vector is all zeros.
    """
    must_know([*rows, *columns], vectors)
    if not rows or not columns:
        return np.zeros((len(rows), len(columns)))
    others = vectors[list(columns)]  # (n_columns, d)
    return np.array([vectors.cosine_similarities(vectors[word], others) for word in rows], dtype=np.float64)
