"""The lean: where a word lies between two senses, as one number that places the dot, the mark and the words.

Linear, so that what each word of a sentence adds can be laid tip to tail; zero where nothing tells. Its sign is the
sign of the difference of the two cosines to the poles, once the mean of the frequent words is taken off everything.
"""

from dataclasses import dataclass

import numpy as np
from gensim.models import KeyedVectors
from numpy.typing import ArrayLike, NDArray

from selfattn.core.contextual import contextualize, settings_of, space_of
from selfattn.core.kept import kept
from selfattn.core.presets import Settings
from selfattn.core.senses import KEPT, AmbiguousWord, Poles, centres_of, known_sense
from selfattn.core.space import Space, common_mean

Array = NDArray[np.float64]
NOTICED = 0.05  # of the way from the middle to a pole: what is nearer to the middle, or moves less, is not worth a word
STILL = "hardly moves"
NEITHER = "is on neither side"


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """The line between two senses.

    Attributes
    ----------
    senses : tuple of str
        The first has the negative side.
    middle : ndarray of shape (d,)
        Where neither is nearer: the mean of the frequent words.
    direction : ndarray of shape (d,)
        Of length one, from the first sense to the second.
    unit : float
        Half the way from one pole to the other.
    """

    senses: tuple[str, str]
    middle: Array
    direction: Array
    unit: float

    def __call__(self, rows: ArrayLike) -> Array:
        """Give the place of each row of shape (n, d), or of one of shape (d,)."""
        return np.asarray((np.asarray(rows, dtype=np.float64) - self.middle) @ self.direction)

    def lean(self, before: ArrayLike, after: ArrayLike) -> "Lean":
        """Say where a word was and is: two vectors of shape (d,)."""
        return Lean(float(self(before)), float(self(after)), self.senses, NOTICED * self.unit)


@dataclass(frozen=True, slots=True)
class Lean:
    """Where a word is on the line between two senses, before and after attention.

    Attributes
    ----------
    before, after : float
        Places: negative is the first sense, positive the second, 0 is neither.
    senses : tuple of str
    noticed : float
        What is nearer to zero is on neither side; who moves less hardly moves.
    """

    before: float
    after: float
    senses: tuple[str, str]
    noticed: float

    def side_of(self, place: float) -> str | None:
        """Name the sense on whose side a place is; None near the middle."""
        return None if abs(place) < self.noticed else self.senses[int(place > 0)]

    @property
    def side(self) -> str | None:
        """Name the sense on whose side the word ends; None where nothing tells."""
        return self.side_of(self.after)

    @property
    def moves(self) -> bool:
        """Tell whether it moves by as much as can be seen."""
        return abs(self.after - self.before) >= self.noticed

    @property
    def caption(self) -> str:
        """Say it in words.

        >>> Lean(-2.4, 3.1, ("finance", "river"), 0.2).caption, Lean(-2.4, -1.5, ("finance", "river"), 0.2).caption
        ('crosses to river', 'stays with finance')
        >>> Lean(0.5, 3.1, ("finance", "river"), 0.2).caption, Lean(-2.4, 0.1, ("finance", "river"), 0.2).caption
        ('moves further towards river', 'is on neither side')
        >>> Lean(0.1, 3.1, ("finance", "river"), 0.2).caption, Lean(-2.4, -2.5, ("finance", "river"), 0.2).caption
        ('moves to river', 'hardly moves')
        """
        start = self.side_of(self.before)
        if not self.moves:
            return STILL
        if self.side is None:
            return NEITHER
        if start != self.side:
            return f"{'moves' if start is None else 'crosses'} to {self.side}"
        outwards = abs(self.after) > abs(self.before)
        return f"moves further towards {self.side}" if outwards else f"stays with {self.side}"


def line_between(sense: AmbiguousWord, vectors: KeyedVectors, space: Space) -> Line | None:
    """Draw the line between the poles of a word; None where both poles lie in one direction.

    Parameters
    ----------
    sense : AmbiguousWord
        Each pole has a word that the set knows.
    vectors : KeyedVectors
    space : Space
        Where vectors are compared.
    """
    return line_of(vectors, space, sense.key)


@kept(KEPT)
def line_of(vectors: KeyedVectors, space: Space, poles: Poles) -> Line | None:
    """Draw the line between poles, as `line_between`."""
    middle = space(common_mean(vectors)[None])[0]
    centres = np.array(list(centres_of(vectors, space, poles).values())) - middle  # (2, d)
    lengths = np.linalg.norm(centres, axis=1, keepdims=True)
    first, second = np.divide(centres, lengths, out=np.zeros_like(centres), where=lengths > 0)
    apart = float(np.linalg.norm(second - first))
    if apart < 1e-6:  # rounding
        return None
    direction = (second - first) / apart
    (first_name, _), (second_name, _) = poles
    return Line((first_name, second_name), middle, direction, float(np.ptp(centres @ direction)) / 2)


def lean(
    text: str | list[str] | tuple[str, ...],
    word: str,
    vectors: KeyedVectors,
    preset: str | Settings = "trained",
    *,
    occurrence: int = 1,
    sense: AmbiguousWord | None = None,
) -> Lean:
    """Say where a sentence takes a word on the line between its two senses.

    Parameters
    ----------
    text : str, or list of str
        A sentence, or its tokens.
    word : str
        One of its words.
    vectors : KeyedVectors
    preset : str or Settings
        How the weights are computed, and in which space.
    occurrence : int
        Which of several, from 1.
    sense : AmbiguousWord, optional
        The poles; those of `SENSES` unless given.

    Raises
    ------
    ValueError
        The sentence has not the word, or not so often; the word has no poles; both poles are alike.
    """
    sentence, trace = contextualize(text, vectors, preset)
    token = sentence.tokens[sentence.index(word)]
    rows = [row for row, other in enumerate(sentence.tokens) if other == token]
    if not 1 <= occurrence <= len(rows):
        raise ValueError(f"“{word}” stands {len(rows)} times in this sentence, so there is no occurrence {occurrence}")
    sense = sense or known_sense(token, vectors)
    if sense is None:
        raise ValueError(f"“{word}” has no poles that this set knows: give some, as sense=AmbiguousWord(…)")
    line = line_between(sense, vectors, space_of(vectors, settings_of(preset)))
    if line is None:
        raise ValueError(f"the poles of “{word}” lie in one direction: give words that differ more")
    row = rows[occurrence - 1]
    return line.lean(trace.matrix[row], trace.output[row])
