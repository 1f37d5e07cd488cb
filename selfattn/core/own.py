"""Train with the sentences of a class, and without: half of them are learned from, the other half tests, then swapped.

No sentence is tested by a head that has learned from it, nor on a line whose poles come from it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from gensim.models import KeyedVectors

from selfattn.core.between import poles_between
from selfattn.core.contextual import attend_sentence
from selfattn.core.head import Head
from selfattn.core.heads import known_head, train_head
from selfattn.core.kept import kept
from selfattn.core.labelled import Labelled
from selfattn.core.lean import line_between
from selfattn.core.learn import STEPS, Batch, Moment, TooFewError, batches, learn, prepare, right_side
from selfattn.core.own_lines import Written
from selfattn.core.presets import PRESETS, TRAINED
from selfattn.core.senses import AmbiguousWord, known_sense
from selfattn.core.sentences import embed
from selfattn.core.space import space
from selfattn.core.wording import quoted

SHARE = 0.1  # of all that is learned from: sentences of the class are repeated until they have it
Tell = Callable[[float, str], None]


class OwnError(ValueError):
    """Nothing can be trained with these sentences; the message says why."""


@dataclass(frozen=True, slots=True)
class Round:
    """One half of the sentences to learn from, the other to test with, by their lines; and the poles.

    Poles that are made of sentences are made of `learned` alone.
    """

    learned: tuple[Labelled, ...]
    tested: tuple[tuple[int, Labelled], ...]
    sense: AmbiguousWord


@dataclass(frozen=True, slots=True)
class Trial:
    """A sentence, by its line, and where its word stands: −1 is the pole of the first sense, 1 that of the second.

    Attributes
    ----------
    number : int
    example : Labelled
    side : int
        0 for the first sense, 1 for the second.
    before : float
        By the head that has not learned from the class.
    after : float or None
        By the head that has; None before anything is trained.
    """

    number: int
    example: Labelled
    side: int
    before: float
    after: float | None = None

    def right(self, place: float | None) -> bool:
        """Tell whether a place is on the side of its sense."""
        return place is not None and (place > 0 if self.side else place < 0)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What two trainings brought, one with each half.

    Attributes
    ----------
    tested : tuple of Trial
        All sentences of the class, in the order of their lines.
    held_out : tuple of float
        The share of held-out sentences of the shipped ones that are on the right side: before, and after (of both
        heads, the mean).
    shipped : int
        How many shipped sentences were learned from.
    times : tuple of int
        How often each sentence of the class was repeated among them, in each round.
    """

    tested: tuple[Trial, ...]
    held_out: tuple[float, float]
    shipped: int
    times: tuple[int, int]


def rounds(written: Written, vectors: KeyedVectors) -> tuple[Round, Round]:
    """Split the sentences into halves: every other one of each sense, so that both halves have the same number.

    Raises
    ------
    OwnError
        No poles can be made of one half.
    """
    return _rounds(vectors, written)


@kept(2)
def _rounds(vectors: KeyedVectors, written: Written) -> tuple[Round, Round]:
    first = {
        place
        for start, sense in enumerate(written.senses)
        for place in [at for at, example in enumerate(written.examples) if example.sense == sense][start::2]
    }
    every = list(zip(written.numbers, written.examples, strict=True))
    halves = [[pair for place, pair in enumerate(every) if (place in first) == here] for here in (True, False)]
    return _round(written, halves[0], halves[1], vectors), _round(written, halves[1], halves[0], vectors)


def _round(
    written: Written, to_learn: list[tuple[int, Labelled]], to_test: list[tuple[int, Labelled]], vectors: KeyedVectors
) -> Round:
    learned = tuple(example for _, example in to_learn)
    sense = _known(written, vectors) or _sense_of(written, learned, vectors)
    return Round(learned, tuple(to_test), sense)


def _known(written: Written, vectors: KeyedVectors) -> AmbiguousWord | None:
    """Give the poles that ship with the app, where they are of the senses that the class has written of."""
    known = known_sense(written.word, vectors)
    return known if known and tuple(known.poles) == written.senses else None


def _sense_of(written: Written, examples: Sequence[Labelled], vectors: KeyedVectors) -> AmbiguousWord:
    """Make poles out of some sentences of each sense."""
    sides = [[embed(each.text, vectors).tokens for each in examples if each.sense == name] for name in written.senses]
    if not (poles := poles_between(written.word, sides[0], sides[1], vectors)):
        raise OwnError(f"The sentences of {quoted(written.senses)} have the same words: write some that differ.")
    return AmbiguousWord(written.word, dict(zip(written.senses, poles, strict=True)), {})


def places(part: Round, vectors: KeyedVectors, head: Head) -> list[float]:
    """Say where a head takes the word in each sentence that tests, in units of the poles.

    Raises
    ------
    OwnError
        Both poles lie in one direction.
    """
    line = line_between(part.sense, vectors, space(vectors, value=head.value))
    if line is None:
        raise OwnError(
            f"The poles of {quoted(part.sense.poles)} lie in one direction: write sentences that differ more."
        )
    found = []
    for _, example in part.tested:
        sentence = embed(example.text, vectors)
        trace = attend_sentence(sentence, vectors, PRESETS[TRAINED], head=head)
        found.append(float(line(trace.output[sentence.index(example.word)])) / line.unit)
    return found


def untrained(written: Written, vectors: KeyedVectors, head: Head) -> tuple[Trial, ...]:
    """Test all sentences with a head that has learned from none of them."""
    return _untrained(vectors, written, head)


@kept(2)
def _untrained(vectors: KeyedVectors, written: Written, head: Head) -> tuple[Trial, ...]:
    return _in_order([_tested(part, places(part, vectors, head)) for part in rounds(written, vectors)])


def _tested(part: Round, before: list[float], after: Sequence[float | None] = ()) -> list[Trial]:
    senses = list(part.sense.poles)
    return [
        Trial(number, example, senses.index(example.sense), old, new)
        for (number, example), old, new in zip(part.tested, before, after or [None] * len(before), strict=True)
    ]


def _in_order(parts: Sequence[list[Trial]]) -> tuple[Trial, ...]:
    return tuple(sorted((each for part in parts for each in part), key=lambda each: each.number))


def times(shipped: Batch, part: Round) -> int:
    """Say how often each sentence to learn from is repeated, so that all of them have their share."""
    return max(1, round(SHARE / (1 - SHARE) * len(shipped.examples) / len(part.learned)))


def mixed(shipped: Batch, part: Round, vectors: KeyedVectors) -> Batch:
    """Put the sentences of the class, repeated, behind those that ship with the app."""
    own = prepare(part.learned * times(shipped, part), vectors, {part.sense.word: part.sense})
    if own is None:
        raise OwnError("This set knows none of these sentences: write others.")
    sentences, words, poles = len(shipped.examples), len(shipped.asked), len(shipped.poles)
    return Batch(
        examples=shipped.examples + own.examples,
        asking=np.concatenate([shipped.asking, own.asking]),
        asked=np.concatenate([shipped.asked, own.asked]),
        sentence=np.concatenate([shipped.sentence, own.sentence + sentences]),
        first=np.concatenate([shipped.first, own.first + words]),
        distance=np.concatenate([shipped.distance, own.distance]),
        poles=np.concatenate([shipped.poles, own.poles]),
        right=np.concatenate([shipped.right, own.right + poles]),
        wrong=np.concatenate([shipped.wrong, own.wrong + poles]),
        middle=shipped.middle,
    )


def train(written: Written, vectors: KeyedVectors, tell: Tell = lambda *_: None, *, steps: int = STEPS) -> Outcome:
    """Train as the page does, once with each half of the sentences besides, and test each head with the other half.

    Parameters
    ----------
    written : Written
        Enough of them: `missing` is empty.
    vectors : KeyedVectors
    tell : function of a share and words
        Is told how far it is; may raise to stop it.
    steps : int

    Raises
    ------
    OwnError, TooFewError
        Nothing can be trained with these sentences, or with these vectors.
    """
    tell(0.0, "the sentences are made ready")
    parts = rounds(written, vectors)
    shipped, held_out, _ = batches(vectors)
    before = known_head(vectors) or _first_head(vectors, tell)
    tested, rates = [], []
    for number, part in enumerate(parts):
        old = places(part, vectors, before)
        for moment in learn(mixed(shipped, part, vectors), steps=steps):
            done = (number + moment.step / steps) / len(parts)
            tell(done, f"with half {number + 1} of your sentences, step {moment.step} of {steps}")
        rates.append(right_side(moment.head, held_out))
        tested.append(_tested(part, old, places(part, vectors, moment.head)))
    one, other = (times(shipped, part) for part in parts)
    rate_before, rate_after = right_side(before, held_out), sum(rates) / len(rates)
    return Outcome(_in_order(tested), (rate_before, rate_after), len(shipped.examples), (one, other))


def _first_head(vectors: KeyedVectors, tell: Tell) -> Head:
    """Train the head that knows nothing of the class's sentences, where nobody has yet."""

    def seen(moment: Moment[Head]) -> bool:
        tell(0.0, f"first without your sentences, step {moment.step} of {STEPS}")
        return True

    train_head(vectors, seen=seen)
    head = known_head(vectors)
    if head is None:  # given up
        raise TooFewError("the training without these sentences was given up")
    return head
