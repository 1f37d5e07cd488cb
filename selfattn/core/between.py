"""Two senses for a word that nobody gave poles to: what is said of it in some sentences, and in others."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from gensim.models import KeyedVectors
from numpy.typing import NDArray

from selfattn.core.kept import kept
from selfattn.core.senses import AmbiguousWord
from selfattn.core.similarity import cosines
from selfattn.core.space import COMMON_ROWS, common_mean
from selfattn.core.tokens import is_wordlike
from selfattn.core.vectors import zipf_probabilities

RARE = 0.0005  # a word of at most this share of running text tells something: not “the”, “him” or “did”
TELLING = 4  # words of a sentence that stand for it
POLE = 10  # words of a pole: the telling ones, and what lies near them
MOST_FREQUENT = 1_000  # words among which those that tell nothing are
CANDIDATES, KEPT = 200, 256  # near words that are kept for some words, and for how many a set keeps them


def sense_between(
    word: str, first: Sequence[str], second: Sequence[str], vectors: KeyedVectors
) -> AmbiguousWord | None:
    """Make two poles out of two sentences; None where one of them says nothing that the other does not.

    Each pole has the rarest words that only its own sentence has, and the frequent words that lie nearest to them; the
    rarest names it. The first sentence is always the first sense.

    Parameters
    ----------
    word : str
    first, second : sequence of str
        The tokens of the sentences, all of them known.
    vectors : KeyedVectors
    """
    poles = poles_between(word, [first], [second], vectors)
    return AmbiguousWord(word, {pole[0]: pole for pole in poles}, {}) if poles else None


def poles_between(
    word: str, firsts: Sequence[Sequence[str]], seconds: Sequence[Sequence[str]], vectors: KeyedVectors
) -> list[tuple[str, ...]]:
    """Make the words of two poles out of some sentences and others; none where one side says nothing of its own.

    Parameters
    ----------
    word : str
    firsts, seconds : sequence of sequences of str
        The tokens of the sentences of each side, all of them known.
    vectors : KeyedVectors
    """
    own = [_telling(word, *sides, vectors) for sides in ((firsts, seconds), (seconds, firsts))]
    if not all(own):
        return []
    taken = (word, *(token for sentence in (*firsts, *seconds) for token in sentence))
    poles = [(*words, *_near(vectors, words, taken)) for words in own]
    shared = set(poles[0]) & set(poles[1])
    return [tuple(each for each in pole if each not in shared) for pole in poles]


def _telling(
    word: str, sentences: Sequence[Sequence[str]], others: Sequence[Sequence[str]], vectors: KeyedVectors
) -> tuple[str, ...]:
    """Choose rare words that only these sentences have: those of most sentences first, the rarest of these first.

    A frequent one is chosen only for want of others.
    """
    elsewhere = {word, *(token for sentence in others for token in sentence)}
    own = Counter(token for sentence in sentences for token in dict.fromkeys(sentence) if token not in elsewhere)
    shares = dict(zip(own, zipf_probabilities(vectors, list(own)), strict=True))
    ordered = sorted(own, key=lambda token: (-own[token], float(shares[token])))
    return tuple([token for token in ordered if shares[token] <= RARE] or ordered[:1])[:TELLING]


def _near(vectors: Any, words: tuple[str, ...], taken: tuple[str, ...]) -> tuple[str, ...]:
    """List the words nearest to the mean of some, the mean of all taken off; none that is taken, none very frequent."""
    free = (near for near in _candidates(vectors, words) if near not in taken)
    return tuple(near for near, _ in zip(free, range(POLE - len(words)), strict=False))


@kept(KEPT)
def _candidates(vectors: Any, words: tuple[str, ...]) -> list[str]:
    """Rank those of the frequent words that tell something by how near they lie, the nearest first."""
    common = vectors.index_to_key[:COMMON_ROWS]
    first = int((zipf_probabilities(vectors, common[:MOST_FREQUENT]) > RARE).sum())  # most frequent first
    middle = common_mean(vectors)
    centre: NDArray[np.float64] = np.mean([vectors[word] for word in words], axis=0, dtype=np.float64) - middle
    similar = cosines(centre, vectors.vectors[first:COMMON_ROWS] - middle)
    best = np.argsort(-similar, kind="stable")[:CANDIDATES]
    return [common[first + row] for row in best.tolist() if is_wordlike(common[first + row])]
