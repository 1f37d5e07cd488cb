"""Where a word stands between its two senses, layer by layer: a line for each layer, drawn by example sentences.

The ends of a line are the means of the word's hidden states in the example sentences of either sense. What stands
nearer to an end has its sense: the nearest centroid (Hastie, Tibshirani & Friedman 2009, "The Elements of Statistical
Learning", section 4.3).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from selfattn.core.kept import kept
from selfattn.core.lean import Lean
from selfattn.core.senses import SENSES
from selfattn.core.transformer import Transformer

Array = NDArray[np.float64]
KEPT = 16  # words whose line a transformer keeps: 0.2 MB each
UNSURE = 0.1  # of the way from the middle to an end; of words nearer to the middle, half are on their side (rates.toml)


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """Where a word stands in one sentence, layer by layer.

    Attributes
    ----------
    places : ndarray of shape (layers + 1,)
        −1 and 1 are the means of both senses, 0 is the middle; layer 0 stands there.
    senses : tuple of str
        The first has the negative side.
    """

    places: Array
    senses: tuple[str, str]

    @property
    def lean(self) -> Lean:
        """Give where the word begins and where it ends, as every line of this app says it."""
        return Lean(float(self.places[0]), float(self.places[-1]), self.senses, UNSURE)

    @property
    def sides(self) -> list[str | None]:
        """Name the side in each layer; None near the middle."""
        return [self.lean.side_of(float(place)) for place in self.places]

    @property
    def lands(self) -> int | None:
        """Give the layer from which on the word is on the side where it ends; None where it ends on neither.

        >>> Way(np.array([0, -0.4, 0.3, 0.05, 0.2, 0.6, 0.8]), ("finance", "river")).lands
        4
        """
        sides = self.sides
        if sides[-1] is None:
            return None
        return max(layer for layer, side in enumerate(sides) if side != sides[-1]) + 1


@dataclass(frozen=True, slots=True, eq=False)
class Meanings:
    """The lines between the two senses of a word.

    Attributes
    ----------
    word : str
    examples : tuple of (str, str)
        Each example sentence, after its sense.
    states : ndarray of shape (n_examples, layers + 1, d)
        The word's hidden states in them.
    senses : tuple of str
    means : ndarray of shape (2, layers + 1, d)
        The ends of the lines.
    """

    word: str
    examples: tuple[tuple[str, str], ...]
    states: NDArray[np.float32]
    senses: tuple[str, str]
    means: Array

    @classmethod
    def of(cls, transformer: Transformer, word: str, examples: Mapping[str, Sequence[str]]) -> Self:
        """Take the word's hidden states from example sentences of two senses: about 10 ms for each.

        Raises
        ------
        ValueError
            There are not two senses with a sentence each, or a sentence has not the word.
        """
        if len(examples) != 2 or not all(examples.values()):
            raise ValueError(f"a line needs two senses with a sentence each, got {dict(examples)}")
        pairs = tuple((sense, text) for sense, texts in examples.items() for text in texts)
        states = np.stack([states_of(transformer, text, word) for _, text in pairs])
        first, second = examples
        groups = [states[[sense == named for sense, _ in pairs]] for named in (first, second)]
        means = np.stack([group.mean(axis=0, dtype=np.float64) for group in groups])
        return cls(word, pairs, states, (first, second), means)

    def places(self, states: ArrayLike) -> Array:
        """Place hidden states of shape (…, layers + 1, d) on the line of their layer: shape (…, layers + 1).

        Notes
        -----
        2 (x − middle) · (m₂ − m₁) / ‖m₂ − m₁‖², so −1 is the mean of the first sense and 1 that of the second, and the
        sign says which of both is nearer. Taking one vector off all states of a layer changes nothing: only differences
        stand there. Where both means are one point (layer 0, if the word has the same position in all examples), the
        place is 0.
        """
        first, second = self.means  # each (layers + 1, d)
        along = second - first
        length = (along**2).sum(axis=-1)  # (layers + 1,)
        across = 2 * ((np.asarray(states, dtype=np.float64) - (first + second) / 2) * along).sum(axis=-1)
        return np.asarray(np.divide(across, length, out=np.zeros_like(across), where=length > 1e-9))

    def way(self, states: ArrayLike) -> Way:
        """Follow a word through the layers: its hidden states, of shape (layers + 1, d), on the lines.

        In layer 0 a word has the same vector in every sentence, and added to it only its position. Without that both
        means are one point, and so is the word: it is put in the middle.
        """
        places = self.places(states)
        places[0] = 0
        return Way(places, self.senses)


def states_of(transformer: Transformer, text: str, word: str) -> NDArray[np.float32]:
    """Give the hidden states of a word's first place in a text: shape (layers + 1, d)."""
    encoded = transformer(text)
    return encoded.state(encoded.index(word))


def meanings_of(transformer: Transformer, word: str) -> Meanings | None:
    """Give the lines of a word in small letters, drawn by its examples in `SENSES`; None where it has none there."""
    return _known(transformer, word) if word in SENSES else None


@kept(KEPT)
def _known(transformer: Transformer, word: str) -> Meanings:
    return Meanings.of(transformer, word, SENSES[word].examples)


def by_distance(states: ArrayLike, means: ArrayLike) -> Array:
    """Say how far hidden states lie apart, layer by layer: 1 − their cosine, once the mean of many words is taken off.

    Parameters
    ----------
    states : array_like of shape (n, layers + 1, d)
    means : array_like of shape (layers + 1, d)
        As ``transformer.means``: all hidden states share a large part, which says nothing.

    Returns
    -------
    ndarray of shape (layers + 1, n, n)
        From 0, the same direction, to 2, the opposite one.
    """
    rows = np.swapaxes(np.asarray(states, dtype=np.float64) - np.asarray(means), 0, 1)  # (layers + 1, n, d)
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    units = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    return np.asarray(np.clip(1 - units @ units.swapaxes(1, 2), 0, 2))
