"""Self-attention by hand, on sentences of one's own: which words, and which two numbers stand for each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from gensim.models import KeyedVectors

from selfattn.core.contextual import SMOOTHING
from selfattn.core.exercise import Exercise, powers
from selfattn.core.heaviest import heaviest
from selfattn.core.senses import AmbiguousWord
from selfattn.core.sentences import Sentence
from selfattn.core.vectors import zipf_probabilities
from selfattn.core.whole_numbers import Numbers, directions, of_sentence, whole_numbers

MOST_WORDS, MOST_SENTENCES = 4, 2  # that are done by hand in a quarter of an hour, and fit a page
WRITTEN = 2  # decimals of numbers that are short enough


@dataclass(frozen=True, slots=True, eq=False)
class Worksheet:
    """An exercise for each sentence, and what its numbers are.

    Attributes
    ----------
    word : str
        The word that asks in all of them.
    exercises : tuple of Exercise
    sentences : tuple of Sentence
        As they were typed; the exercise of each has those of its words that are computed.
    roles : tuple of int
        Which sentence each is (0 is A).
    axes : tuple of str
        What the two numbers of a word say of it; empty where they have no name.
    made : bool
        Whether the numbers were made for this sheet, and are not those of the vectors.
    seed : int
        Which of the sheets this is, from 1.
    """

    word: str
    exercises: tuple[Exercise, ...]
    sentences: tuple[Sentence, ...]
    roles: tuple[int, ...]
    axes: tuple[str, ...]
    made: bool
    seed: int

    @property
    def small(self) -> bool:
        """Tell whether scores are scaled as they are, and not less the largest."""
        return self.exercises[0].shift is None

    @property
    def whole(self) -> bool:
        """Tell whether scores are whole numbers."""
        return self.exercises[0].whole

    @property
    def powers(self) -> list[tuple[float, float]]:
        """Give the table of e^x that it needs: x, and e to the power of it."""
        return powers(small=self.small, whole=self.whole)

    @property
    def start(self) -> tuple[float, float]:
        """Give the two numbers of the word that asks."""
        return self.numbers[self.word]

    @property
    def numbers(self) -> Numbers:
        """Give the two numbers of each word, in the order in which the words come."""
        rows = ((each.tokens, each.matrix.tolist()) for each in self.exercises)
        return {token: (x, y) for tokens, matrix in rows for token, (x, y) in zip(tokens, matrix, strict=True)}


def worksheet(
    word: str,
    sentences: Mapping[int, Sentence],
    vectors: KeyedVectors,
    *,
    sense: AmbiguousWord | None = None,
    seed: int = 1,
) -> Worksheet:
    """Make a worksheet about a word.

    Vectors of two numbers are taken as they are, if these have two decimals at most. For all others two axes are chosen
    (`directions`), and two whole numbers near to where each word is on them (`whole_numbers`).

    Parameters
    ----------
    word : str
    sentences : mapping of int to Sentence
        By role; the first two that have the word are used, and of a long one the four words that tell most: they part
        the senses (or the words), and are rare (SIF; Arora et al. 2017).
    vectors : KeyedVectors
    sense : AmbiguousWord, optional
        Its poles name the two numbers.
    seed : int
        From 1; another one gives other numbers, if they are chosen.

    Raises
    ------
    ValueError
        No sentence has the word.
    """
    having = [(role, each) for role, each in sentences.items() if word in each.tokens][:MOST_SENTENCES]
    if not having:
        raise ValueError(f"“{word}” is in none of these sentences")
    roles, used = zip(*having, strict=True)
    every = list(dict.fromkeys(token for sentence in used for token in sentence.tokens))
    axes = directions(every, vectors, sense)
    tells = axes.tells * SMOOTHING / (SMOOTHING + zipf_probabilities(vectors, every))  # as SIF: frequent words less
    chosen = [_chosen(sentence, word, dict(zip(every, tells.tolist(), strict=True))) for sentence in used]
    words = [token for token in every if any(token in tokens for tokens in chosen)]
    numbers = _written(words, vectors)
    made = numbers is None
    if numbers is None:
        numbers = whole_numbers(word, words, axes.of([every.index(token) for token in words]), chosen, seed)
    exercises = [of_sentence(word, tokens, numbers) for tokens in chosen]
    alike = {"small": all(each.shift is None for each in exercises), "whole": all(each.whole for each in exercises)}
    exercises = [of_sentence(word, tokens, numbers, **alike) for tokens in chosen]  # all with the same table of e^x
    return Worksheet(word, tuple(exercises), used, roles, axes.names if made else (), made, seed)


def _chosen(sentence: Sentence, word: str, tells: Mapping[str, float]) -> tuple[str, ...]:
    """Choose the words that are computed: of a long sentence those that tell most, each once."""
    if len(sentence) <= MOST_WORDS:
        return sentence.tokens
    own = list(dict.fromkeys(sentence.tokens))
    places = heaviest([tells[token] for token in own], MOST_WORDS, always=[own.index(word)])
    return tuple(own[place] for place in places)


def _written(words: Sequence[str], vectors: KeyedVectors) -> Numbers | None:
    """Give the numbers of vectors that are short enough to compute with by hand; None where they are not."""
    if vectors.vector_size != 2:
        return None
    rows = np.array([vectors[word] for word in words], dtype=np.float64)
    short = rows.round(WRITTEN)  # 0.6 is stored as 0.6000000238
    if not np.allclose(rows, short, rtol=1e-6):
        return None
    return {word: (x, y) for word, (x, y) in zip(words, short.tolist(), strict=True)}
