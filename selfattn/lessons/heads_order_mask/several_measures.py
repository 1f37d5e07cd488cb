"""What each of several heads does: where it looks, what it adds, and which of them do the same, or nothing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from gensim.models import KeyedVectors

from selfattn.core.head import Array
from selfattn.core.heaviest import SHOWN, telling
from selfattn.core.lean import NOTICED, Line, line_between
from selfattn.core.multihead import Joined, MultiHead, attend_heads, heads_space
from selfattn.core.scene import Mover, Scene, ground
from selfattn.core.senses import AmbiguousWord
from selfattn.core.sentences import Sentence
from selfattn.figures.palette import LETTERS

ALIKE = 0.1  # of the weight: two heads whose rows differ by less look at the same words
START = "start: 0"


@dataclass(frozen=True, slots=True, eq=False)
class Heard:
    """What h heads make of one word of a sentence.

    Attributes
    ----------
    role : int
        Which sentence it is: 0 is A.
    sentence : Sentence
    row : int
        The place of the word.
    joined : Joined
        Without the muted heads.
    muted : frozenset of int
    line : Line or None
        The line between the senses of the word, in the space of what all heads give.
    """

    role: int
    sentence: Sentence
    row: int
    joined: Joined
    muted: frozenset[int]
    line: Line | None

    @property
    def word(self) -> str:
        """Give the word that is followed."""
        return self.sentence.tokens[self.row]

    @property
    def weights(self) -> Array:
        """Give what the word takes from each word, in every head: (h, n), rows sum to one."""
        return np.array([trace.weights[self.row] for trace in self.joined.traces])

    @property
    def parts(self) -> Array:
        """Give what every head adds: (h, d)."""
        return np.asarray(self.joined.parts[:, self.row])

    @property
    def output(self) -> Array:
        """Give the sum of the parts of heads that are not muted: (d,)."""
        return np.asarray(self.joined.output[self.row])

    def without(self, muted: Collection[int]) -> Array:
        """Give the sum of the parts of all but some heads: (d,)."""
        return np.asarray(self.parts[[head for head in range(len(self.parts)) if head not in muted]].sum(axis=0))

    @property
    def lengths(self) -> Array:
        """Give how long the part of every head is: (h,)."""
        return np.asarray(np.linalg.norm(self.parts, axis=1))

    @property
    def shares(self) -> Array | None:
        """Give how far every head moves the word: (h,), in ways from the middle to a pole, negative to the first."""
        return self.parts @ self.line.direction / self.line.unit if self.line else None

    @property
    def sizes(self) -> Array:
        """Give how much every head does: (h,), along the line; where there is none, in any direction."""
        return self.lengths if self.shares is None else np.abs(self.shares)

    @property
    def most(self) -> int:
        """Give the head that does most."""
        return int(self.sizes.argmax())

    def telling(self, number: int | None = None, most: int = SHOWN) -> list[int]:
        """Give the places of the words that a picture shows one by one: the heaviest in one head, or on average."""
        weights = self.weights
        return telling(weights.mean(axis=0) if number is None else weights[number], self.row, most)

    def place(self, vector: Array) -> float | None:
        """Give the place of a vector on the line: −1 and 1 are the poles, 0 is neither."""
        return float(self.line(vector)) / self.line.unit if self.line else None

    def side(self, vector: Array) -> str | None:
        """Name the sense on whose side a vector is; None near the middle, or without a line."""
        return self.line.lean(vector, vector).side if self.line else None

    @property
    def alike(self) -> list[tuple[int, int]]:
        """List the pairs of heads that look at the same words: half the sum of the differences is below a tenth."""
        weights = self.weights
        return [
            (one, other)
            for one, other in combinations(range(len(weights)), 2)
            if np.abs(weights[one] - weights[other]).sum() / 2 < ALIKE
        ]

    @property
    def idle(self) -> list[int]:
        """List the heads that hardly move the word: by less than a twentieth of the way to a pole."""
        return [] if self.shares is None else np.flatnonzero(self.sizes < NOTICED).tolist()


def heard(
    role: int,
    sentence: Sentence,
    row: int,
    vectors: KeyedVectors,
    multi: MultiHead,
    sense: AmbiguousWord | None,
    muted: Collection[int] = (),
) -> Heard:
    """Attend over one sentence with every head, and follow the word at one place."""
    line = line_between(sense, vectors, heads_space(vectors, multi)) if sense else None
    return Heard(role, sentence, row, attend_heads(sentence, vectors, multi, muted=muted), frozenset(muted), line)


def scene(
    every: Sequence[Heard], vectors: KeyedVectors, multi: MultiHead, sense: AmbiguousWord | None, names: Sequence[str]
) -> Scene:
    """Place the parts of the heads tip to tail, from zero: on the line of the motion plot, and on the way they differ.

    Parameters
    ----------
    every : sequence of Heard
        At least one, all of the same word.
    vectors, multi, sense
        As `heard` takes them.
    names : sequence of str
        Of the heads.
    """
    space, word = heads_space(vectors, multi), every[0].word
    rows = np.vstack([each.parts for each in every])  # (sentences * h, d)
    stage = ground(word, rows, vectors, space, sense=sense, on_words=True)
    start = stage.axes.transform(zero := np.zeros(rows.shape[1]))
    movers = []
    for each in every:
        loud = [head for head in range(len(each.parts)) if head not in each.muted]
        steps = each.parts[loud] @ stage.axes.components.T  # (heads, d) @ (d, 2)
        movers.append(
            Mover(
                role=each.role,
                static=start,
                contextual=stage.axes.transform(each.output),
                tokens=tuple(names[head] for head in loud),
                weights=np.ones(len(loud)),
                places=start + steps,
                steps=steps,
                lean=stage.line.lean(zero, each.output) if stage.line else None,
            )
        )
    whole = [(f"{LETTERS[each.role]}, all heads", each.without([]), (each.role,)) for each in every if each.muted]
    return Scene(
        word=word,
        poles=stage.poles,
        words=tuple((name, stage.axes.transform(vector), roles) for name, vector, roles in whole),
        static=start,
        movers=tuple(movers),
        explained_variance=stage.explained_variance,
        plain=stage.plain,
        line=stage.line,
        start=START,
    )
