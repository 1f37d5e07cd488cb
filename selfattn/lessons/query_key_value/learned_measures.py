"""What a head has learned, as arithmetic: how its matrices changed, who asks for whom, what frequent words get."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from gensim.models import KeyedVectors
from numpy.typing import NDArray

from selfattn.core.contextual import attend_sentence
from selfattn.core.head import Head
from selfattn.core.kept import kept
from selfattn.core.labelled import Labelled, labelled
from selfattn.core.learn import SEED
from selfattn.core.presets import PRESETS, TRAINED
from selfattn.core.rates import looked_up, parts
from selfattn.core.sentences import Sentence
from selfattn.core.space import COMMON_ROWS

Array = NDArray[np.float64]
OFTEN = 100  # the most frequent words, which say little of what a sentence is about
BLOCKS = 60  # rows and columns of a matrix that are drawn: a wider one is averaged
SAMPLE, SAMPLED = (300, 2000), 400  # the ranks from which words to be asked are taken, and how many of them
SHORTEST = 3  # letters of such a word


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """How a matrix changed: the difference from its start, drawn in blocks, and its size in that of the start."""

    drawn: Array
    size: float
    width: int

    @property
    def averaged(self) -> bool:
        """Tell whether a cell is the mean of several numbers."""
        return len(self.drawn) < self.width


@dataclass(frozen=True, slots=True, eq=False)
class Learned:
    """What a head has learned; each pair is before and after training.

    Attributes
    ----------
    asking, giving : Change
        Of W_Q W_Kᵀ, and of W_V.
    often : tuple of float
        The share of the weight that the 100 most frequent words get, mean over held-out sentences.
    sentences : int
        How many these are.
    rarity : tuple of float
        The correlation of what a word is asked for with the logarithm of its rank.
    slope : tuple of float
        What a score loses for every step between two words.
    """

    asking: Change
    giving: Change
    often: tuple[float, float]
    sentences: int
    rarity: tuple[float, float]
    slope: tuple[float, float]


@kept(1)
def learned(vectors: KeyedVectors, head: Head) -> Learned:
    """Measure what the head of a set has learned, once a set: half a second for the bundled one."""
    start = _start(vectors)
    heads, pairs = (start, head), looked_up(parts().held_out, vectors)
    before, after = (each.query @ each.key.T for each in heads)
    often = [often_share(each, pairs, vectors) for each in heads]
    rarity = [rare_asked(each, vectors) for each in heads]
    return Learned(
        asking=change(before, after),
        giving=change(start.value, head.value),
        often=(often[0], often[1]),
        sentences=len(pairs),
        rarity=(rarity[0], rarity[1]),
        slope=(float(start.slope), float(head.slope)),
    )


@kept(1)
def _start(vectors: KeyedVectors) -> Head:
    return Head.untrained(vectors.vector_size, seed=SEED)


def change(before: Array, after: Array) -> Change:
    """Say how a matrix of shape (d, d) changed."""
    difference = after - before
    return Change(blocks(difference), float(np.linalg.norm(difference) / np.linalg.norm(before)), width=len(difference))


def blocks(matrix: Array, most: int = BLOCKS) -> Array:
    """Average a matrix into at most so many rows and columns.

    >>> blocks(np.array([[1.0, 3.0, 0.0], [5.0, 7.0, 0.0], [0.0, 0.0, 9.0]]), 2).tolist()
    [[1.0, 1.5], [2.5, 4.0]]
    """
    rows = min(len(matrix), most)
    first = np.linspace(0, len(matrix), rows + 1).astype(int)
    counts = np.diff(first)
    sums = np.add.reduceat(np.add.reduceat(matrix, first[:-1], axis=0), first[:-1], axis=1)
    return np.asarray(sums / counts[:, None] / counts)


def often_share(head: Head, pairs: Sequence[tuple[Labelled, Sentence]], vectors: KeyedVectors) -> float:
    """Give the share of the weight that the most frequent words get in sentences, mean over these."""
    shares = []
    for example, sentence in pairs:
        weights = attend_sentence(sentence, vectors, PRESETS[TRAINED], head=head).weights[sentence.index(example.word)]
        shares.append(weights[[vectors.key_to_index[token] < OFTEN for token in sentence.tokens]].sum())
    return float(np.mean(shares)) if shares else 0.0


def rare_asked(head: Head, vectors: KeyedVectors) -> float:
    """Correlate the score that the mean query gives to each of the 20,000 most frequent words with its log rank."""
    queries = np.array([vectors[word] for word in askers(vectors)], dtype=np.float64) @ head.query + head.query_bias
    wanted = (head.key @ queries.mean(axis=0)).astype(np.float32)  # query · (x W_K) = x · (W_K query)
    scores = vectors.vectors[:COMMON_ROWS] @ wanted
    return float(np.corrcoef(scores, np.log(np.arange(1, len(scores) + 1)))[0, 1])


@kept(1)
def askers(vectors: KeyedVectors) -> list[str]:
    """List the words whose sense the sentences that ship with the app know, as far as a set has them."""
    return [word for word in dict.fromkeys(example.word for example in labelled()) if word in vectors.key_to_index]


@kept(1)
def sample(vectors: KeyedVectors) -> list[str]:
    """Take some hundred words, neither the most frequent nor rare ones."""
    ranked = vectors.index_to_key[slice(*SAMPLE)] or vectors.index_to_key
    words = [word for word in ranked if word.isalpha() and len(word) >= SHORTEST] or ranked
    return words[:: max(1, len(words) // SAMPLED)][:SAMPLED]


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """Who asks for whom: how much more training made of each score, standardised for each word that asks.

    Attributes
    ----------
    asking, asked : list of str
    more : ndarray of shape (asking, asked)
        In standard deviations of the row; −inf where a word would ask itself.
    """

    asking: list[str]
    asked: list[str]
    more: Array

    def best(self, word: str, most: int) -> list[str]:
        """List the words that one word asks for most, above all."""
        row = self.more[self.asking.index(word)]
        return [self.asked[place] for place in np.argsort(-row, kind="stable")[:most] if np.isfinite(row[place])]

    def commonest(self, most: int) -> tuple[str, int]:
        """Give the word that stands among the first of most words that ask, and of how many."""
        first = np.argsort(-self.more, axis=1, kind="stable")[:, :most]
        places = first[np.isfinite(np.take_along_axis(self.more, first, axis=1))].tolist()
        place, count = Counter(places).most_common(1)[0]
        return self.asked[place], count

    def strongest(self, most: int) -> list[tuple[str, str]]:
        """List the strongest pairs, in which no word asks twice and none is asked twice."""
        found: dict[str, str] = {}
        for place in np.argsort(-self.more, axis=None, kind="stable"):
            asking, asked = divmod(int(place), len(self.asked))
            pair = self.asking[asking], self.asked[asked]
            if pair[0] not in found and pair[1] not in found.values() and np.isfinite(self.more[asking, asked]):
                found[pair[0]] = pair[1]
            if len(found) == most:
                break
        return list(found.items())


def asked_more(vectors: KeyedVectors, head: Head, words: Iterable[str], asking: Iterable[str] = ()) -> Asked:
    """Compare the scores of a head with those of its start: words with two senses ask, a sample of all is asked.

    Parameters
    ----------
    vectors : KeyedVectors
    head : Head
    words : iterable of str
        Known words that are asked besides the sample.
    asking : iterable of str
        Known words that ask besides those with two senses.
    """
    known = _known_asked(vectors, head)
    who = [word for word in dict.fromkeys(asking) if word not in known.asking]
    whom = [word for word in dict.fromkeys(words) if word not in known.asked]
    every, all_asked = [*known.asking, *who], [*known.asked, *whom]
    more = np.hstack([known.more, _more(vectors, head, known.asking, whom)])
    if who:
        more = np.vstack([more, _more(vectors, head, who, all_asked)])
    spread = more.std(axis=1, keepdims=True)
    more = (more - more.mean(axis=1, keepdims=True)) / np.where(spread > 0, spread, 1)
    column = {word: place for place, word in enumerate(all_asked)}
    for row, word in enumerate(every):
        if word in column:
            more[row, column[word]] = -np.inf
    return Asked(every, all_asked, more)


@kept(1)
def _known_asked(vectors: KeyedVectors, head: Head) -> Asked:
    """Compare what no sentence changes, not yet standardised: words with two senses ask, a sample is asked."""
    who, whom = askers(vectors), sample(vectors)
    return Asked(who, whom, _more(vectors, head, who, whom))


def _more(vectors: KeyedVectors, head: Head, asking: list[str], asked: list[str]) -> Array:
    return _scores(vectors, head, asking, asked) - _scores(vectors, _start(vectors), asking, asked)


def _rows(vectors: KeyedVectors, words: list[str]) -> Array:
    return np.asarray(vectors.vectors[[vectors.key_to_index[word] for word in words]], dtype=np.float64)


def _scores(vectors: KeyedVectors, head: Head, asking: list[str], asked: list[str]) -> Array:
    query = _rows(vectors, asking) @ head.query + head.query_bias
    key = _rows(vectors, asked) @ head.key
    return np.asarray(query @ key.T / np.sqrt(len(head.key)))  # (asking, asked)
