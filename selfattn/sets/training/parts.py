"""Vectors of words that a text did not have, made of their parts: what fastText adds to word2vec.

Bojanowski, Grave, Joulin & Mikolov (2017), "Enriching Word Vectors with Subword Information": a word is written with
a mark at either end, and each run of three to six of its letters has a vector. A word that was never seen gets the
mean of the vectors of its parts. gensim computes it; this page brings the words into the set that the lessons use.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from gensim.models import KeyedVectors
from gensim.models.fasttext import FastTextKeyedVectors, compute_ngrams_bytes
from numpy.typing import NDArray

from selfattn.core.tokens import LONGEST_WORD, split

SHORTEST_PART, LONGEST_PART = 3, 6  # as in the paper
# Parts are sorted into this many buckets, a vector each. All texts that ship with the app have some 9,000 different
# parts, so most have a bucket to themselves. gensim's own 2,000,000 would take 400 MB at 50 numbers a vector.
BUCKETS = 20_000
MOST_ADDED = 1000  # words that a set is grown by; beyond them it stays as it is


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """What is kept of a fastText training to make vectors of unknown words.

    Attributes
    ----------
    vectors : FastTextKeyedVectors
        gensim's own, with the vectors of words and of buckets, read-only; its ``get_vector`` takes any word.
    spelled : str
        All words of the text with their marks, "<money><bank>": a part is known if it stands in it.
    """

    vectors: FastTextKeyedVectors
    spelled: str


def keep_parts(trained: FastTextKeyedVectors, words: KeyedVectors) -> Parts:
    """Keep what unknown words need of a training: the buckets, and the words that are kept anyway.

    The whole-word vectors that gensim would go on training with are let go: half of the memory.
    """
    kept = FastTextKeyedVectors(trained.vector_size, trained.min_n, trained.max_n, trained.bucket)
    kept.index_to_key, kept.key_to_index = list(words.index_to_key), dict(words.key_to_index)
    kept.vectors, kept.norms, kept.next_index = words.vectors, words.norms, len(words)
    kept.vectors_ngrams = trained.vectors_ngrams
    kept.vectors_ngrams.setflags(write=False)
    return Parts(kept, "".join(f"<{word}>" for word in words.index_to_key))


def parts_of(word: str) -> list[str]:
    """Give the parts of a word, each once, from its beginning to its end.

    >>> parts_of("bank")
    ['<ba', '<ban', '<bank', '<bank>', 'ban', 'bank', 'bank>', 'ank', 'ank>', 'nk>']
    """
    return list(dict.fromkeys(part.decode() for part in compute_ngrams_bytes(word, SHORTEST_PART, LONGEST_PART)))


def known_parts(word: str, parts: Parts) -> list[str]:
    """Give those parts of a word that some word of the text has, too: what its vector is worth.

    The others fall into buckets that no word was trained in, or that belong to other parts: they are noise.
    """
    return [part for part in parts_of(word) if part in parts.spelled]


def vector_of_parts(word: str, parts: Parts) -> NDArray[np.float32]:
    """Give the vector of a word, of shape (d,): the trained one, or else the mean of the vectors of its parts."""
    return np.array(parts.vectors.get_vector(word), dtype=np.float32)


def add_words(vectors: KeyedVectors, parts: Parts, words: Iterable[str]) -> tuple[str, ...]:
    """Add unknown words to a set, after its own: the lessons then find them like any other.

    Parameters
    ----------
    vectors : KeyedVectors
        Of the same training; grows in place, so it may be used by one session only. Its arrays stay read-only.
    parts : Parts
    words : iterable of str
        Words that the set has, that share no part with the text, or that are longer than 100 letters are passed over.

    Returns
    -------
    tuple of str
        Those that were added; none once 1,000 were. Where the set has counts, theirs is 0.
    """
    room = MOST_ADDED - (len(vectors) - len(parts.vectors))
    unknown = [
        word
        for word in dict.fromkeys(words)
        if word not in vectors.key_to_index and len(word) <= LONGEST_WORD and known_parts(word, parts)
    ][: max(room, 0)]
    if unknown:
        vectors.add_vectors(unknown, np.array([vector_of_parts(word, parts) for word in unknown]))  # (n, d)
        vectors.allocate_vecattrs()
        vectors.next_index = len(vectors)
        vectors.fill_norms(force=True)
    for array in (vectors.vectors, vectors.norms, *vectors.expandos.values()):
        array.setflags(write=False)
    return tuple(unknown)


def with_words(vectors: KeyedVectors, parts: Parts, words: Iterable[str]) -> KeyedVectors:
    """Give a set with unknown words added as `add_words` does, and leave the given one as it is."""
    grown = copy.deepcopy(vectors)
    add_words(grown, parts, words)
    return grown


def grower(vectors: KeyedVectors, parts: Parts) -> Callable[[str | list[str]], None]:
    """Make the function that adds the unknown words of a typed sentence, or of a list of words, to a set in place."""

    def grow(text: str | list[str]) -> None:
        known = vectors.key_to_index.__contains__
        words = [token.text for token in split(text, known) if token.is_word] if isinstance(text, str) else text
        add_words(vectors, parts, words)

    return grow
