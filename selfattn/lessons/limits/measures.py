"""What self-attention without training cannot do, as arithmetic: each function measures one failing."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from selfattn.core.tokens import ZIPF_SHIFT

FREQUENT_RANK = 200  # words above this rank say little of what a sentence is about
LEANS = 0.45  # of the way from the middle to a pole: from there on a word is a cue for one sense
ALIKE = 0.95  # a cosine from which on two vectors count as nearly the same
TOO_NEAR = 0.05  # of the way to a pole: below it, nothing lies in between
EQUAL = 1e-9  # differences below are the rounding of 64-bit floats
LONGEST_CUT = 40  # letters of a word that is still cut into pieces

Array = NDArray[np.floating[Any]]

EXAMPLES: Mapping[str, tuple[tuple[str, ...], ...]] = MappingProxyType(
    {
        "order": (("Money bank grows",), ("The bank robbed the man",), ("The fish ate the man by the bank",)),
        "mixed": (("River bank loan",), ("The bank near the river lends money",), ("Cash flows into the bank",)),
        "negation": (
            ("This is a river bank", "This is not a river bank"),
            ("The bank lends money", "The bank never lends money"),
            ("A crane is a bird", "A crane is not a bird"),
        ),
        "unknown": (
            ("The riverwalk follows the bank",),
            ("The bank gives microloans",),
            ("A waterlily near the bank",),
        ),
        "frequent": (
            ("She came back to the bank with some of the fish",),
            ("She came back to the bank with some of the cash",),
        ),
        "still": (("Peter remembers every bank",), ("Nobody knows this bat",), ("Which club",)),
    }
)


def shuffled(tokens: Sequence[str], seed: int) -> tuple[int, ...]:
    """Put words into another order: the places to take them from.

    Parameters
    ----------
    tokens : sequence of str, of length n
    seed : int
        0 turns the sentence round; every other number shuffles it, the same number always in the same way.

    Returns
    -------
    order : tuple of int, of length n
        The words read differently from before, unless all are the same word.

    Examples
    --------
    >>> shuffled(["money", "bank", "grows"], 0)
    (2, 1, 0)
    """
    n = len(tokens)
    order = np.arange(n)[::-1] if seed == 0 else np.random.default_rng(seed).permutation(n)
    if [tokens[place] for place in order] == list(tokens):
        order = np.roll(np.arange(n), -1)  # moved on by one, only a sentence of one repeated word stays what it was
    return tuple(order.tolist())


def largest_difference(a: Array, b: Array) -> float:
    """Give the largest difference between the numbers of two vectors of shape (d,)."""
    return float(np.abs(a - b).max())


def cues(places: Sequence[float], row: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Find the other words that speak for the first sense, and those that speak for the second.

    Parameters
    ----------
    places : sequence of float, of length n
        For each word its place on the line, in halves of the way from one pole to the other.
    row : int
        The word that is followed: it is no cue for itself.

    Examples
    --------
    >>> cues([1.55, -0.98, -1.27], 1)
    ((2,), (0,))
    """
    others = [(word, place) for word, place in enumerate(places) if word != row]
    first = tuple(word for word, place in others if place <= -LEANS)
    return first, tuple(word for word, place in others if place >= LEANS)


def share_of_way(start: float, end: float, here: float) -> float | None:
    """Say how far a number has gone from start to end, 0 to 1; None where both lie too near each other to tell.

    >>> share_of_way(-0.4, 0.6, 0.1)
    0.5
    """
    return None if abs(end - start) < TOO_NEAR else (here - start) / (end - start)


@dataclass(frozen=True, slots=True)
class Shares:
    """How the weight of one row is shared out: to the word itself, to frequent words, to the telling rest."""

    itself: float
    frequent: float
    telling: float

    @property
    def of_others(self) -> float:
        """Give what the frequent words take of all that goes to other words; 0 where nothing does."""
        others = self.frequent + self.telling
        return self.frequent / others if others else 0.0


def are_frequent(tokens: Sequence[str], rank: Mapping[str, int]) -> tuple[bool, ...]:
    """Tell of each word whether it is among the 200 most frequent; ranks count from 0."""
    return tuple(rank[token] < FREQUENT_RANK for token in tokens)


def shares(weights: Array, own: Sequence[bool], frequent: Sequence[bool]) -> Shares:
    """Add up the weights of shape (n,) by kind of word; all copies of the word itself are its `own`.

    >>> shares(np.array([0.25, 0.25, 0.25, 0.25]), [False, True, True, False], [True, False, False, False])
    Shares(itself=0.5, frequent=0.25, telling=0.25)
    """
    other, often = ~np.asarray(own, dtype=bool), np.asarray(frequent, dtype=bool)
    return Shares(*(float(weights[kind].sum()) for kind in (~other, other & often, other & ~often)))


def pieces(word: str, rank: Mapping[str, int]) -> tuple[str, ...]:
    """Cut an unknown word into known ones: the cheapest cut, in which few long pieces win over many short ones.

    A piece costs the logarithm of its rank, which by Zipf's law is −log p but for a constant, and a fixed price, the
    logarithm of how many words are known. The price is chosen: the constant of the law is a fifth of it, and with that
    the cut would be the likeliest, as in the unigram tokenizer (Kudo 2018), which learns its pieces and how likely
    they are. The cheapest cut is found with Viterbi's algorithm.

    Parameters
    ----------
    word : str
    rank : mapping of str to int
        Every known word, the most frequent one 0.

    Returns
    -------
    pieces : tuple of str
        Empty where no cut is made of known pieces alone.

    Examples
    --------
    >>> pieces("riverwalk", {"river": 2, "walk": 4, "r": 0, "iverwalk": 9})
    ('river', 'walk')
    """
    if len(word) > LONGEST_CUT:
        return ()
    price = math.log(len(rank) + 1)  # of a piece, whatever its rank: without it, many short ones would be cheapest
    cuts: dict[int, tuple[float, tuple[str, ...]]] = {0: (0.0, ())}  # by how much of the word they cover
    for end in range(1, len(word) + 1):
        pieces = ((cut, word[start:end]) for start, cut in cuts.items() if word[start:end] in rank)
        ways = [(cost + math.log(rank[piece] + 1 + ZIPF_SHIFT) + price, (*cut, piece)) for (cost, cut), piece in pieces]
        if ways:
            cuts[end] = min(ways)
    return cuts.get(len(word), (0.0, ()))[1]
