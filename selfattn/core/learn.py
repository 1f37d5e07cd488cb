"""Train one attention head or several on labelled sentences, by gradient descent: forward, backward, and a step.

The word whose sense is known asks the other words of its sentence, and what it gets should lie nearer to the pole of
its sense than to the other. Adam (Kingma & Ba 2015, algorithm 1), all sentences in one batch.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic

import numpy as np
from gensim.models import KeyedVectors
from numpy.typing import NDArray

from selfattn.core.head import AnyHead, Head, Learner
from selfattn.core.labelled import Labelled, by_sense, labelled, split
from selfattn.core.senses import SENSES, AmbiguousWord, known_sense, pole_vectors
from selfattn.core.sentences import TextError, embed
from selfattn.core.space import common_mean

Array = NDArray[np.float64]
STEPS, SEED, RATE = 100, 0, 0.01
DECAY = {"query": 0.002, "key": 0.002, "value": 0.05, "output": 0.05}  # how strongly each is held to where it started
SHARP = 8.0  # times the difference of the two cosines: how sure the loss takes the head to be
MOMENTUM, MEMORY, TINY = 0.9, 0.999, 1e-8  # of Adam
NUMBERS = 3_000_000  # of all words of all sentences: of wider vectors, fewer sentences are taken
FEWEST_WORDS, FEWEST_SENTENCES = 8, 80  # that a set of vectors must know


class TooFewError(ValueError):
    """A set of vectors knows too few of the words that there are sentences for; the message says how many."""


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Sentences made ready: N words of all B sentences in one array, one sentence after the other.

    Attributes
    ----------
    examples : tuple of Labelled, of length B
    asking : ndarray of shape (B, d)
        The word whose sense is known.
    asked : ndarray of shape (N, d)
        All other words of the sentences.
    sentence : ndarray of int, of shape (N,)
        To which sentence each of them belongs, ascending.
    first : ndarray of int, of shape (B,)
        Where each sentence begins.
    distance : ndarray of shape (N,)
        How many steps each stands from the word that asks.
    poles : ndarray of shape (P, d)
        The mean of each pole's words, less the middle.
    right, wrong : ndarray of int, of shape (B,)
        The pole of the sense that the word has, and of the one that it has not.
    middle : ndarray of shape (d,)
        The mean of the frequent words.
    """

    examples: tuple[Labelled, ...]
    asking: Array
    asked: Array
    sentence: NDArray[np.int64]
    first: NDArray[np.int64]
    distance: Array
    poles: Array
    right: NDArray[np.int64]
    wrong: NDArray[np.int64]
    middle: Array


@dataclass(frozen=True, slots=True, eq=False)
class Moment(Generic[AnyHead]):
    """Where training has come to: the step, the loss, the share on the right side, held out, and the head or heads."""

    step: int
    loss: float
    held_out: float
    head: AnyHead


def prepare(
    examples: Sequence[Labelled], vectors: KeyedVectors, senses: Mapping[str, AmbiguousWord] = SENSES
) -> Batch | None:
    """Look the words of labelled sentences up; None where no sentence can be used.

    A sentence is left out where the set knows not its word, no other word of it, or no word of one of its poles.

    Parameters
    ----------
    examples : sequence of Labelled
    vectors : KeyedVectors
    senses : mapping of str to AmbiguousWord
        The poles of the words.
    """
    usable, rows, asking, places, sides = [], [], [], [], []
    poles: dict[tuple[str, str], Array] = {}
    known = {word: known_sense(word, vectors, senses) for word in {example.word for example in examples}}
    for example in examples:
        sense = known[example.word]
        if sense is None or (looked_up := _others(example, vectors)) is None:
            continue
        row, others, distance = looked_up
        for name, words in sense.poles.items():
            poles.setdefault((example.word, name), pole_vectors(words, vectors).mean(axis=0, dtype=np.float64))
        usable.append(example)
        asking.append(row)
        rows.append(others)
        places.append(distance)
        sides.append([(example.word, example.sense), *((example.word, n) for n in sense.poles if n != example.sense)])
    if not usable:
        return None
    lengths = np.array([len(others) for others in rows])
    number = {pole: place for place, pole in enumerate(poles)}
    right, wrong = np.array([[number[pole] for pole in pair] for pair in sides]).T
    middle = common_mean(vectors)
    return Batch(
        examples=tuple(usable),
        asking=vectors.vectors[asking].astype(np.float64),
        asked=vectors.vectors[np.concatenate(rows)].astype(np.float64),
        sentence=np.repeat(np.arange(len(usable)), lengths),
        first=np.cumsum(lengths) - lengths,
        distance=np.concatenate(places).astype(np.float64),
        poles=np.array(list(poles.values())) - middle,
        right=right,
        wrong=wrong,
        middle=middle,
    )


def _others(example: Labelled, vectors: KeyedVectors) -> tuple[int, list[int], NDArray[np.int64]] | None:
    """Give the row of the word in the vocabulary, those of the other words, and how far each of them stands."""
    try:
        tokens = embed(example.text, vectors).tokens
    except TextError:
        return None
    if example.word not in tokens or len(tokens) == 1:
        return None
    own, index = tokens.index(example.word), vectors.key_to_index
    others = [place for place in range(len(tokens)) if place != own]
    return index[example.word], [index[tokens[place]] for place in others], np.abs(np.array(others) - own)


def forward(head: Head, batch: Batch) -> tuple[Array, Array]:
    """Attend in every sentence: the margin of each, of shape (B,), and the weights of all words, of shape (N,).

    The margin is the cosine of the output to the right pole less that to the wrong one: above zero, the word lies on
    the right side.
    """
    run = _Run(head, batch)
    return run.margins, run.heads[0].weights


def loss_and_gradient(head: Learner, batch: Batch) -> tuple[float, dict[str, Array]]:
    """Give the mean of log(1 + exp(−8 · margin)), and its derivative by each array of the head, by name."""
    run = _Run(head, batch)
    loss = np.logaddexp(0, -SHARP * run.margins).mean()
    return float(loss), run.backward(-SHARP / (1 + np.exp(SHARP * run.margins)) / len(run.margins))


class _Run:
    """One pass through all heads, with all that the way back needs."""

    def __init__(self, head: Learner, batch: Batch) -> None:
        self.head, self.batch = head, batch
        self.heads = [_OneHead(one, merge, batch) for one, merge in head.each()]
        self.output = np.sum([one.output for one in self.heads], axis=0)  # (B, d)
        self.poles = np.sum([one.poles for one in self.heads], axis=0)  # (P, d)
        self.length, self.pole_length = (np.linalg.norm(side, axis=1)[:, None] for side in (self.output, self.poles))
        self.to, self.pole = self.output / self.length, self.poles / self.pole_length  # unit vectors
        self.to_right, self.to_wrong = (
            (self.to * self.pole[side]).sum(axis=1) for side in (batch.right, batch.wrong)
        )  # cosines
        self.margins = self.to_right - self.to_wrong  # (B,)

    def backward(self, slope: Array) -> dict[str, Array]:
        """Go back from the derivative of the loss by each margin, of shape (B,), to those by the head's arrays."""
        batch, slope = self.batch, slope[:, None]
        pole = np.zeros_like(self.poles)
        output = np.zeros_like(self.output)
        for side, cosine, sign in ((batch.right, self.to_right, 1), (batch.wrong, self.to_wrong, -1)):
            # a · b / (|a| |b|) by a is (unit b − cosine · unit a) / |a|
            output += sign * slope * (self.pole[side] - cosine[:, None] * self.to) / self.length
            np.add.at(pole, side, sign * slope * (self.to - cosine[:, None] * self.pole[side]) / self.pole_length[side])
        return self.head.joined([one.backward(output, pole) for one in self.heads])


class _OneHead:
    """One pass through one head, whose values, of k numbers each, W_O takes back to d where there are several."""

    def __init__(self, head: Head, merge: Array | None, batch: Batch) -> None:
        self.head, self.merge, self.batch = head, merge, batch
        self.root = np.sqrt(head.key.shape[1])
        self.query = batch.asking @ head.query + head.query_bias  # (B, k)
        self.wanted = self.query @ head.key.T / self.root  # (B, d): query · (x W_K) = (query W_Kᵀ) · x
        scaled = self._dots(self.wanted) - head.slope * batch.distance  # (N,)
        exponentials = np.exp(scaled - np.maximum.reduceat(scaled, batch.first)[batch.sentence])
        self.weights = exponentials / self._sums(exponentials)[batch.sentence]  # softmax in each sentence
        self.mixed = self._mixed(self.weights) - batch.middle  # (B, d)
        self.given, self.given_poles = self.mixed @ head.value, batch.poles @ head.value  # (B, k), (P, k)
        self.output, self.poles = self._merged(self.given), self._merged(self.given_poles)  # (B, d), (P, d)

    def backward(self, output: Array, pole: Array) -> dict[str, Array]:
        """Go back from the derivatives by output and poles, of shape (B, d) and (P, d), to those by its arrays."""
        head, batch = self.head, self.batch
        merge = {} if self.merge is None else {"output": self.given.T @ output + self.given_poles.T @ pole}
        given, given_pole = (side if self.merge is None else side @ self.merge.T for side in (output, pole))  # (…, k)
        mixed = given @ head.value.T  # (B, d)
        weight = self._dots(mixed)  # (N,)
        scaled = self.weights * (weight - self._sums(self.weights * weight)[batch.sentence])  # softmax
        wanted = self._mixed(scaled) / self.root  # (B, d)
        query = wanted @ head.key  # (B, k)
        return merge | {
            "query": batch.asking.T @ query,
            "query_bias": query.sum(axis=0),
            "key": wanted.T @ self.query,
            "value": self.mixed.T @ given + batch.poles.T @ given_pole,
            "slope": np.asarray(-(scaled @ batch.distance)),
        }

    def _merged(self, given: Array) -> Array:
        return given if self.merge is None else given @ self.merge  # (…, k) @ (k, d)

    def _dots(self, rows: Array) -> Array:
        """Multiply each word with the row of its sentence: (B, d) -> (N,)."""
        return np.asarray(np.einsum("nd,nd->n", self.batch.asked, rows[self.batch.sentence]))

    def _sums(self, numbers: Array) -> Array:
        """Add up what belongs to each sentence: (N,) -> (B,)."""
        return np.asarray(np.add.reduceat(numbers, self.batch.first))

    def _mixed(self, shares: Array) -> Array:
        """Add up the words of each sentence, each times its number: (N,) -> (B, d)."""
        return np.asarray(np.add.reduceat(shares[:, None] * self.batch.asked, self.batch.first))


def right_side(head: Learner, batch: Batch | None) -> float:
    """Give the share of sentences whose word lands on the side of its sense, mean over senses and words."""
    return by_sense(batch.examples, (_Run(head, batch).margins > 0).tolist()) if batch else 0.5


def learn(
    train: Batch,
    held_out: Batch | None = None,
    *,
    start: Head | None = None,
    steps: int = STEPS,
    seed: int = SEED,
) -> Iterator[Moment[Head]]:
    """Train a head, and yield each moment of it, the start among them: whoever stops asking cancels.

    Parameters
    ----------
    train : Batch
    held_out : Batch, optional
        Sentences that it does not learn from, to say how it does on them.
    start : Head, optional
        Where it starts, and what it is held to; balanced attention with a little noise, unless given.
    steps : int
    seed : int
        Of the noise: the same seed gives the same head.

    Yields
    ------
    Moment
        ``steps + 1`` of them.
    """
    return learn_from(start or Head.untrained(train.asking.shape[1], seed=seed), train, held_out, steps=steps)


def learn_from(
    start: AnyHead, train: Batch, held_out: Batch | None = None, *, steps: int = STEPS
) -> Iterator[Moment[AnyHead]]:
    """Do as `learn` does, from one head or several: Adam moves every array of them, whatever its shape."""
    head, origin = start, start.arrays()
    mean: dict[str, Any] = dict.fromkeys(origin, 0.0)
    square: dict[str, Any] = dict.fromkeys(origin, 0.0)
    for step in range(1, steps + 2):
        loss, gradient = loss_and_gradient(head, train)
        yield Moment(step - 1, loss, right_side(head, held_out), head)
        moved = {}
        for name, array in head.arrays().items():
            slope = gradient[name] + 2 * DECAY.get(name, 0) * (array - origin[name])
            mean[name] = MOMENTUM * mean[name] + (1 - MOMENTUM) * slope
            square[name] = MEMORY * square[name] + (1 - MEMORY) * slope**2
            far = np.sqrt(square[name] / (1 - MEMORY**step)) + TINY
            moved[name] = array - RATE * (mean[name] / (1 - MOMENTUM**step)) / far
        head = replace(head, **moved)


def batches(
    vectors: KeyedVectors, examples: Sequence[Labelled] | None = None, senses: Mapping[str, AmbiguousWord] = SENSES
) -> tuple[Batch, Batch | None, Batch | None]:
    """Make the sentences that ship with the app, or others, ready: to train on, held out, of words never trained on.

    Raises
    ------
    TooFewError
        The set of vectors knows fewer than 8 of their words with both senses, or too few of the sentences.
    """
    parts = split(labelled() if examples is None else examples)
    if trouble := too_few(vectors, parts.train, senses):
        raise TooFewError(trouble)
    train = prepare(_affordable(parts.train, vectors.vector_size), vectors, senses)
    if train is None or len(train.examples) < FEWEST_SENTENCES:
        count = len(train.examples) if train else 0
        raise TooFewError(f"{count} of the sentences have words of this set, and training needs {FEWEST_SENTENCES}")
    return train, prepare(parts.held_out, vectors, senses), prepare(parts.other_words, vectors, senses)


def too_few(
    vectors: KeyedVectors, examples: Sequence[Labelled] | None = None, senses: Mapping[str, AmbiguousWord] = SENSES
) -> str:
    """Say that a set of vectors knows too few of the words that there are sentences for; nothing where it does not."""
    words = {example.word for example in (labelled() if examples is None else examples)}
    known = sum(known_sense(word, vectors, senses) is not None for word in words)
    if known >= FEWEST_WORDS:
        return ""
    words_for = f"{known} of the {len(words)} words that there are sentences for"
    return f"this set knows {words_for}, and training needs {FEWEST_WORDS}"


def _affordable(examples: Sequence[Labelled], width: int) -> Sequence[Labelled]:
    """Take every k-th sentence, so that all words of all sentences together have no more than `NUMBERS` numbers."""
    words = sum(example.text.count(" ") for example in examples)
    return examples[:: max(1, -(-words * width // NUMBERS))]
