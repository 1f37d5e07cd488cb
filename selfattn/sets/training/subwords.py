"""Vectors of words that a text did not have, made of their subwords: what fastText adds to word2vec.

Bojanowski, Grave, Joulin & Mikolov (2017), "Enriching Word Vectors with Subword Information": a word is written with
a mark at either end, and each run of three to six of its letters has a vector. A word that was never seen gets the
mean of the vectors of its subwords. gensim computes it; this page brings the words into the set that the lessons use.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from gensim.models import KeyedVectors
from gensim.models.fasttext import FastTextKeyedVectors, compute_ngrams_bytes
from numpy.typing import NDArray

from selfattn.core.lookup import vocabulary
from selfattn.core.tokens import LONGEST_WORD, pieces

SHORTEST, LONGEST = 3, 6  # as in the paper
# Subwords are sorted into this many buckets, a vector each. All texts that ship with the app have some 9,000 different
# subwords, so most have a bucket to themselves. gensim's own 2,000,000 would take 400 MB at 50 numbers a vector.
BUCKETS = 20_000
MOST_ADDED = 1000  # words that a set is grown by; beyond them it stays as it is


@dataclass(frozen=True, slots=True, eq=False)
class Subwords:
    """What is kept of a fastText training to make vectors of unknown words.

    Attributes
    ----------
    vectors : FastTextKeyedVectors
        gensim's own, with the vectors of words and of buckets, read-only; its ``get_vector`` takes any word.
    spelled : str
        All words of the text with their marks, "<money><bank>": a subword is known if it stands in it.
    """

    vectors: FastTextKeyedVectors
    spelled: str


def keep_subwords(trained: FastTextKeyedVectors, words: KeyedVectors) -> Subwords:
    """Keep what unknown words need of a training: the buckets, and the words that are kept anyway.

    The whole-word vectors that gensim would go on training with are let go: half of the memory.
    """
    trained.vectors, trained.norms = words.vectors, words.norms
    trained.vectors_vocab = trained.buckets_word = None
    trained.vectors_ngrams.setflags(write=False)
    return Subwords(trained, "".join(f"<{word}>" for word in words.index_to_key))


def subwords_of(word: str) -> list[str]:
    """Give the subwords of a word, each once, from its beginning to its end.

    >>> subwords_of("bank")
    ['<ba', '<ban', '<bank', '<bank>', 'ban', 'bank', 'bank>', 'ank', 'ank>', 'nk>']
    """
    return list(dict.fromkeys(subword.decode() for subword in compute_ngrams_bytes(word, SHORTEST, LONGEST)))


def known_subwords(word: str, subwords: Subwords) -> list[str]:
    """Give those subwords of a word that some word of the text has, too: what its vector is worth.

    The others fall into buckets that no word was trained in, or that belong to other subwords: they are noise.
    """
    return [subword for subword in subwords_of(word) if subword in subwords.spelled]


def vector_of_subwords(word: str, subwords: Subwords) -> NDArray[np.float32]:
    """Give the vector of a word, of shape (d,): the trained one, or else the mean of the vectors of its subwords."""
    return np.array(subwords.vectors.get_vector(word), dtype=np.float32)


def add_words(vectors: KeyedVectors, subwords: Subwords, words: Iterable[str]) -> tuple[str, ...]:
    """Add unknown words to a set, after its own: the lessons then find them like any other.

    Parameters
    ----------
    vectors : KeyedVectors
        Of the same training; grows in place, so it may be used by one session only. Its arrays stay read-only.
    subwords : Subwords
    words : iterable of str
        Words that the set has, that share no subword with the text, or of more than 100 letters are passed over.

    Returns
    -------
    tuple of str
        Those that were added; none once 1,000 were. Where the set has counts, theirs is 0.
    """
    room = MOST_ADDED - (len(vectors) - len(subwords.vectors))
    unknown = [
        word
        for word in dict.fromkeys(words)
        if word not in vectors.key_to_index and len(word) <= LONGEST_WORD and known_subwords(word, subwords)
    ][: max(room, 0)]
    if unknown:
        vectors.add_vectors(unknown, np.array([vector_of_subwords(word, subwords) for word in unknown]))  # (n, d)
        vectors.allocate_vecattrs()
        vectors.next_index = len(vectors)
        vectors.fill_norms(force=True)
    for array in (vectors.vectors, vectors.norms, *vectors.expandos.values()):
        array.setflags(write=False)
    return tuple(unknown)


def grower(vectors: KeyedVectors, subwords: Subwords) -> Callable[[str | list[str]], None]:
    """Make the function that adds the unknown words of a typed sentence, or of a list of words, to a set in place."""

    def grow(text: str | list[str]) -> None:
        tokens = pieces(text, vocabulary(vectors)) if isinstance(text, str) else ()
        words = [token.text for token in tokens if token.is_word] if isinstance(text, str) else text
        add_words(vectors, subwords, words)

    return grow
