"""What being frequent does to a word's vector: its length, how often it is a neighbour, and what attention gives it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from selfattn.core.attention import softmax

SHOWN = 300  # words whose length is drawn
AMONG = 5000  # the most frequent words: those that people write
SAMPLE = 1000  # words that are asked for their neighbours
NEAREST = 10
BLOCK = 200  # words at a time: 200 × 5,000 cosines are 4 MB
TOP = 15
GROUP = 200  # frequent words, and as many rare ones

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


@dataclass(frozen=True, slots=True)
class Hubness:
    """How often words are neighbours of other words.

    Attributes
    ----------
    top : tuple of (str, int)
        The words that are most often among the nearest, with how often.
    nearest : int
        How many neighbours each word was asked for; 0 where the set has too few words to ask.
    sample : int
        How many words were asked.
    among : int
        How many words could be neighbours.
    skewness : float
        Of the counts: 0 where no word is a hub, larger the more a few words are neighbours of many (Radovanović,
        Nanopoulos & Ivanović 2010, equation 1).
    never : float
        The share of words that are nobody's neighbours.
    """

    top: tuple[tuple[str, int], ...]
    nearest: int
    sample: int
    among: int
    skewness: float
    never: float

    @property
    def expected(self) -> float:
        """Give how often a word would be a neighbour if all were equally often."""
        return self.nearest * self.sample / self.among if self.among else 0.0


@dataclass(frozen=True, slots=True)
class Group:
    """Mean length of some words, and their mean dot product and cosine with the words of a sample."""

    count: int
    length: float
    dot: float
    cosine: float


@dataclass(frozen=True, slots=True)
class Favour:
    """What a word meets in frequent words and in rare ones.

    Attributes
    ----------
    frequent, rare : Group
    weight : float
        The mean weight that a frequent word gets from a word that chooses between it and a rare one, by attention:
        0.5 if it did not matter.
    """

    frequent: Group
    rare: Group
    weight: float


@dataclass(frozen=True, slots=True)
class Frequency:
    """What being frequent does to vectors; `favour` is None where the set has too few words to compare."""

    count: int
    norms: Norms
    hubness: Hubness
    favour: Favour | None


def frequency(vectors: Any, seed: int = 0) -> Frequency:
    """Measure what being frequent does to the vectors of a set.

    Parameters
    ----------
    vectors : KeyedVectors
        Most frequent word first.
    seed : int
        Samples are drawn with it: the same seed gives the same numbers.
    """
    return Frequency(len(vectors), norms_by_rank(vectors), hubness(vectors, seed=seed), favour(vectors, seed=seed))


def norms_by_rank(vectors: Any, most: int = SHOWN) -> Norms:
    """Give the lengths of vectors: of all words, or of many those with evenly spaced logarithms of the rank.

    Parameters
    ----------
    vectors : KeyedVectors
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
    words = tuple(vectors.index_to_key[at] for at in (ranks - 1).tolist())
    of_bands = tuple((*band, mean) for band, mean in zip(bands, means, strict=True))
    return Norms(words, ranks, vectors.norms[ranks - 1].astype(np.float64), of_bands)


def hubness(
    vectors: Any, *, among: int = AMONG, sample: int = SAMPLE, nearest: int = NEAREST, top: int = TOP, seed: int = 0
) -> Hubness:
    """Count how often each word is among the nearest of others: the k-occurrence of Radovanović et al. (2010).

    Parameters
    ----------
    vectors : KeyedVectors
    among : int
        Only the most frequent words take part, those that are not zeros.
    sample : int
        So many of them, drawn at random, are asked for their neighbours.
    nearest : int
        Neighbours asked for by cosine; fewer in a set of so few words that most would be neighbours of most.
    top : int
        How many hubs to name.
    seed : int
    """
    rows = _with_direction(vectors, among)
    count = len(rows)
    if count < 2:
        return Hubness((), 0, 0, count, 0.0, 0.0)
    units = vectors.vectors[rows] / vectors.norms[rows, None]  # (count, d)
    near = min(nearest, max(1, (count - 1) // 2))
    asked = np.sort(np.random.default_rng(seed).choice(count, min(sample, count), replace=False))
    counts = np.zeros(count, dtype=np.int64)
    for start in range(0, len(asked), BLOCK):
        block = asked[start : start + BLOCK]
        cosines = units[block] @ units.T  # (block, d) @ (d, count) -> (block, count)
        cosines[np.arange(len(block)), block] = -np.inf  # nobody is a neighbour of itself
        found = np.argpartition(-cosines, near - 1, axis=1)[:, :near]
        counts += np.bincount(found.ravel(), minlength=count)
    order = np.argsort(-counts, kind="stable")[:top]
    hubs = tuple((vectors.index_to_key[rows[at]], int(counts[at])) for at in order.tolist() if counts[at])
    return Hubness(hubs, near, len(asked), count, _skewness(counts), float((counts == 0).mean()))


def favour(
    vectors: Any, *, among: int = AMONG, sample: int = SAMPLE, group: int = GROUP, seed: int = 0
) -> Favour | None:
    """Compare what words meet in the most frequent words of a set with what they meet in rare ones.

    Parameters
    ----------
    vectors : KeyedVectors
    among : int
        The words that look at others are drawn from so many of the most frequent: those that people write.
    sample : int
        How many they are.
    group : int
        The frequent words are so many of the most frequent, but no more than a tenth of the set; as many rare ones are
        drawn from its less frequent half.
    seed : int

    Returns
    -------
    favour : Favour, or None
        None where fewer than three words have a direction.

    Notes
    -----
    A dot product is a cosine times both lengths. So frequent words can be favoured in two ways: by longer vectors, and
    by pointing where most vectors point (Mu & Viswanath 2018).
    """
    rows = _with_direction(vectors)
    count = len(rows)
    if count < 3:
        return None
    rng = np.random.default_rng(seed)
    size = min(group, max(1, count // 10))
    often, rare = np.arange(size), np.sort(rng.choice(np.arange(count // 2, count), size, replace=False))
    asking = np.sort(rng.choice(min(count, among), min(sample, count, among), replace=False))
    query = vectors.vectors[rows[asking]].astype(np.float64)  # (sample, d)
    keys = [vectors.vectors[rows[kind]].astype(np.float64) for kind in (often, rare)]  # (size, d) each
    others = (asking[:, None] != often) & (asking[:, None] != rare)  # (sample, size): nobody meets itself
    if not others.any():
        return None
    dots = [(query @ key.T)[others] for key in keys]  # the same place in both: a frequent and a rare word, side by side
    weights = softmax(np.stack(dots, axis=1) / math.sqrt(query.shape[1]))  # (n, 2)
    frequent, seldom = (_group(query, key, others) for key in keys)
    return Favour(frequent, seldom, float(weights[:, 0].mean()))


def _group(query: Array, key: Array, others: NDArray[np.bool_]) -> Group:
    """Average over pairs of query (n, d) and key (m, d) where `others`, of shape (n, m), holds."""
    dots, lengths = query @ key.T, np.linalg.norm(key, axis=1)
    cosines = dots / np.linalg.norm(query, axis=1)[:, None] / lengths
    return Group(len(key), float(lengths.mean()), float(dots[others].mean()), float(cosines[others].mean()))


def _with_direction(vectors: Any, among: int | None = None) -> NDArray[np.int64]:
    """Give the rows of the most frequent words, without those that are zeros."""
    vectors.fill_norms()
    return np.flatnonzero(vectors.norms[:among] > 0)


def _skewness(counts: NDArray[np.int64]) -> float:
    """Give the third standardized moment of counts of shape (n,); 0 where all are equal."""
    away = counts - counts.mean()
    spread = float(counts.std())
    return float((away**3).mean() / spread**3) if spread else 0.0
