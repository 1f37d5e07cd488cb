"""Where words lie: on the line from one word to another, and on a map of a word's neighbourhood."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from selfattn.core.projection import PCA, as_they_are
from selfattn.core.wording import quoted
from selfattn.sets.explore import ExploreError, Given, Pairs, given, must_know, neighbours

SAME_WAY = 1e-6  # 1 − cosine below which two words point the same way, up to rounding
AXES = (2, 3)

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SemanticAxis:
    """Words on the line from one word to another.

    Attributes
    ----------
    left, right : str
        The ends, at −1 and 1.
    places : tuple of (str, float)
        From left to right, without the ends. 0 is as near to the one as to the other; beyond −1 or 1, a word lies
        farther out than the end itself.
    cosine : float
        Of the two ends: the nearer they are to each other, the less the line tells.
    given : Given
        The words as they were asked about.
    """

    left: str
    right: str
    places: Pairs
    cosine: float
    given: Given


def semantic_axis(left: str, right: str, words: Sequence[str], vectors: Any) -> SemanticAxis:
    """Place words on the line that leads from one word to another.

    Parameters
    ----------
    left, right : str
    words : sequence of str
        Unknown ones are reported; the ends themselves are left out.
    vectors : KeyedVectors

    Raises
    ------
    ExploreError
        An end cannot be computed with, or both point the same way.

    Notes
    -----
    With unit vectors w, l, r a word is projected onto the direction r − l, measured so that the ends lie at −1 and 1:
    (cos(w, r) − cos(w, l)) / (1 − cos(l, r)). So the projection of Kozlowski, Taddy & Evans (2019) and a difference
    of two cosines are one and the same; An, Kwak & Ahn (2018, SemAxis) divide it by the length of r − l instead.

    Examples
    --------
    >>> from selfattn.core.vectors import keyed_vectors
    >>> vectors = keyed_vectors(["money", "river", "bank"], np.array([[5, 1], [1, 5], [3, 3]]))
    >>> semantic_axis("money", "river", ["bank", "loan"], vectors).places
    (('bank', 0.0),)
    """
    must_know([left, right], vectors)
    ends = vectors[[left, right]].astype(np.float64)  # (2, d)
    cosine = float(vectors.cosine_similarities(ends[0], ends)[1])
    if 1 - cosine < SAME_WAY:
        raise ExploreError(f"{quoted([left])} and {quoted([right])} point the same way: no line leads between them.")
    asked = given([word for word in words if word not in (left, right)], vectors)
    places: list[tuple[str, float]] = []
    if asked.words:
        rows = vectors[list(asked.words)].astype(np.float64)  # (n, d)
        to_left, to_right = (vectors.cosine_similarities(end, rows) for end in ends)  # (n,) each
        along = ((to_right - to_left) / (1 - cosine)).round(12) + 0.0  # what is 0 but for rounding is 0, not -0
        places = list(zip(asked.words, along.tolist(), strict=True))
    places.sort(key=lambda placed: placed[1])
    return SemanticAxis(left, right, places=tuple(places), cosine=cosine, given=asked)


@dataclass(frozen=True, slots=True, eq=False)
class WordMap:
    """A word and its neighbours as points.

    Attributes
    ----------
    words : tuple of str, of length n
        The word itself, then its neighbours, nearest first.
    cosines : ndarray of shape (n,)
        To the word itself; the first is 1.
    points : ndarray of shape (n, k)
        k is 2 or 3.
    explained_variance : tuple of float, of length k
        The share of the words' variance along each axis.
    is_space : bool
        The vectors have no more numbers than the map has axes, so the points are the vectors themselves.
    """

    words: tuple[str, ...]
    cosines: Array
    points: Array
    explained_variance: tuple[float, ...]
    is_space: bool


def word_map(word: str, vectors: Any, most: int = 30, axes: int = 2) -> WordMap:
    """Project a word and its nearest words onto the directions in which they differ most.

    Vectors of two numbers are drawn as they are, and so are those of three where three axes are asked for. A set of
    two-dimensional vectors has no third axis, so its map has two, whatever is asked for.

    Parameters
    ----------
    word : str
    vectors : KeyedVectors
    most : int
        Neighbours, found by cosine in all dimensions.
    axes : int
        2 or 3.

    Raises
    ------
    ExploreError
        The word cannot be computed with.
    ValueError
        The map is to have neither two axes nor three.
    """
    if axes not in AXES:
        raise ValueError(f"a map has 2 or 3 axes, got {axes}")
    near = neighbours(word, vectors, most)
    words = (word, *(neighbour for neighbour, _ in near))
    rows = vectors[list(words)].astype(np.float64)  # (n, d)
    cosines = np.array([1.0, *(cosine for _, cosine in near)])
    is_space = rows.shape[1] <= axes
    basis = as_they_are(rows) if is_space else PCA.fit(rows, axes)
    shares = tuple(basis.explained_variance_ratio.tolist())
    return WordMap(words, cosines=cosines, points=basis.transform(rows), explained_variance=shares, is_space=is_space)
