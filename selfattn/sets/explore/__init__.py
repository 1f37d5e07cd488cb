"""Ask a set of word vectors: neighbours, analogies, and the same word in another set.

gensim computes all of it; what is added is what it leaves unsaid: which words it could not use, which answers it left
out, and an error that a person can read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from selfattn.core.wording import quoted

MOST = 10
CANCELLED = 1e-6  # a mean of unit vectors shorter than this is what rounding leaves of zero

Pairs = tuple[tuple[str, float], ...]


class ExploreError(ValueError):
    """A question that this set of vectors cannot answer; the message is a sentence for the person who asked."""


@dataclass(frozen=True, slots=True)
class Given:
    """The words that somebody asked about, each once, in their order.

    Attributes
    ----------
    words : tuple of str
        Those that can be computed with.
    unknown : tuple of str
        Those that the set lacks.
    zeros : tuple of str
        Those whose vector is all zeros: it points nowhere, so it has no cosine to anything.
    """

    words: tuple[str, ...]
    unknown: tuple[str, ...] = ()
    zeros: tuple[str, ...] = ()


def given(words: Sequence[str], vectors: Any) -> Given:
    """Tell the words that can be computed with from those that cannot."""
    each = dict.fromkeys(words)
    known = [word for word in each if word in vectors]
    usable = [word for word in known if 0 < float(np.linalg.norm(vectors[word])) < np.inf]
    unknown, zeros = ([word for word in group if word not in left] for group, left in ((each, known), (known, usable)))
    return Given(tuple(usable), tuple(unknown), tuple(zeros))


def must_know(words: Sequence[str], vectors: Any) -> None:
    """Refuse words that cannot be computed with.

    Raises
    ------
    ExploreError
        The set lacks one of them, or its vector is all zeros.
    """
    asked = given(words, vectors)
    if asked.unknown:
        raise ExploreError(
            f"{quoted(asked.unknown)} {'is' if len(asked.unknown) == 1 else 'are'} not among the {len(vectors):,} "
            "words of this set. Check the spelling, or choose another word."
        )
    if asked.zeros:
        raise ExploreError(
            f"The vector of {quoted(asked.zeros)} is all zeros: it points nowhere, so no word is near it. "
            "Choose another word."
        )


def neighbours(word: str, vectors: Any, most: int = MOST) -> Pairs:
    """Find the nearest words of the whole vocabulary by cosine, nearest first: (word, cosine) pairs.

    Words whose vector is all zeros are nobody's neighbours.

    Raises
    ------
    ExploreError
        The set lacks the word, or its vector is all zeros.
    """
    must_know([word], vectors)
    return _most_similar(vectors, most, [word])


@dataclass(frozen=True, slots=True)
class Analogy:
    """A sum of words, and the words nearest to it.

    Attributes
    ----------
    plus, minus : tuple of str
    found : tuple of (str, float)
        The nearest words by cosine, without the words of the sum.
    excluded : tuple of (str, float)
        The words of the sum that lie nearer to it than the last of `found`. gensim never answers with a word of the
        question; without that rule, the answer to king − man + woman is most often king (Linzen 2016; Nissim, van
        Noord & van der Goot 2020).
    """

    plus: tuple[str, ...]
    minus: tuple[str, ...]
    found: Pairs
    excluded: Pairs


def analogy(plus: Sequence[str], minus: Sequence[str], vectors: Any, most: int = 8) -> Analogy:
    """Add and subtract words, and find what lies nearest: king − man + woman (Mikolov, Yih & Zweig 2013).

    Every word counts with its unit vector, as gensim's `most_similar` does it.

    Parameters
    ----------
    plus, minus : sequence of str
        A word that stands twice counts twice.
    vectors : KeyedVectors
    most : int
        How many words at most.

    Raises
    ------
    ExploreError
        There is no word at all, one cannot be computed with, or they cancel one another.
    """
    words = [*plus, *minus]
    if not words:
        raise ExploreError("There is nothing to add up: give at least one word.")
    must_know(words, vectors)
    signs = np.array([1.0] * len(plus) + [-1.0] * len(minus), dtype=np.float32)
    sum_ = vectors.get_mean_vector(words, signs, pre_normalize=True, ignore_missing=False)  # (d,)
    if np.linalg.norm(sum_) < CANCELLED:
        raise ExploreError("These words cancel one another: what is left is zero, and points nowhere.")
    found = _most_similar(vectors, most, list(plus), list(minus))
    each = list(dict.fromkeys(words))
    own = zip(each, vectors.cosine_similarities(sum_, vectors[each]).tolist(), strict=True)
    last = found[-1][1] if found else -np.inf
    nearer = sorted((pair for pair in own if pair[1] >= last), key=lambda pair: -pair[1])
    return Analogy(tuple(plus), tuple(minus), found=found, excluded=tuple(nearer))


@dataclass(frozen=True, slots=True)
class Comparison:
    """The neighbours of one word in two sets.

    Attributes
    ----------
    word : str
    first, second : tuple of (str, float), or None
        The nearest words of each set; None where the set lacks the word, or has zeros for it.
    shared : tuple of str
        Words on both lists, in the order of the first.
    overlap : float or None
        Jaccard's index: how many words are on both lists, of those on any; None where a list is missing or both
        are empty.
    absent : tuple of (tuple of str, tuple of str)
        Neighbours in the first set that the second has no vector for, and the other way round: they could not
        be shared.
    """

    word: str
    first: Pairs | None
    second: Pairs | None
    shared: tuple[str, ...]
    overlap: float | None
    absent: tuple[tuple[str, ...], tuple[str, ...]]


def compare(word: str, first: Any, second: Any, most: int = MOST) -> Comparison:
    """Compare a word's neighbours in two sets (as Gonen et al. 2020 do, to find words that are used differently).

    Raises
    ------
    ExploreError
        Neither set can say anything of the word.
    """
    here, there = (neighbours(word, each, most) if given([word], each).words else None for each in (first, second))
    if here is None and there is None:
        raise ExploreError(f"Neither set has a vector for {quoted([word])}. Choose another word.")
    left, right = (dict(pairs or ()) for pairs in (here, there))
    shared = tuple(near for near in left if near in right)
    either = left | right if here is not None and there is not None else None
    return Comparison(
        word,
        first=here,
        second=there,
        shared=shared,
        overlap=len(shared) / len(either) if either else None,
        absent=(
            tuple(near for near in left if near not in second.key_to_index),
            tuple(near for near in right if near not in first.key_to_index),
        ),
    )


def _most_similar(vectors: Any, most: int, positive: list[str], negative: Sequence[str] = ()) -> Pairs:
    """Call gensim's `most_similar`, and leave out the words whose vector is zeros: it divides by their length."""
    vectors.fill_norms()
    zeros = int(np.count_nonzero(vectors.norms == 0))
    with np.errstate(divide="ignore", invalid="ignore"):
        nearest = vectors.most_similar(positive=positive, negative=list(negative), topn=max(most, 0) + zeros)
    return tuple((word, float(cosine)) for word, cosine in nearest if np.isfinite(cosine))[: max(most, 0)]
