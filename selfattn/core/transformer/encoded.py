"""What the transformer makes of a text: hidden states and attention weights of every layer, by word piece and word."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from selfattn.core.transformer.words import Word, folded

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """A text, and every array that the transformer makes of it; all are read-only.

    Attributes
    ----------
    text : str
        As typed.
    tokens : tuple of str, of length n
        [CLS], the word pieces, [SEP]; a piece that goes on with a word begins with ``##``.
    words : tuple of Word, of length n_words
        The typed words and marks; together they have all tokens but the first and the last.
    states : ndarray of shape (7, n, 384)
        Hidden states: the embeddings, then what each layer gives.
    weights : ndarray of shape (6, 12, n, n)
        Attention weights of each layer's heads; every row sums to one. Those of layer l are made of ``states[l]``.
    cut : int
        How many word pieces were not computed, since a text has at most 128 tokens.
    """

    text: str
    tokens: tuple[str, ...]
    words: tuple[Word, ...]
    states: Array
    weights: Array
    cut: int = 0

    def __len__(self) -> int:
        return len(self.tokens)

    @property
    def bytes(self) -> int:
        """Say how much memory it takes, at most."""
        return self.states.nbytes + self.weights.nbytes + 8 * len(self.text)  # text and words: 4 bytes a character each

    def index(self, word: str) -> int:
        """Find a word's first place in `words`; capitals and accents do not matter, as to the tokenizer.

        Raises
        ------
        ValueError
            The word is not among those that were computed; the message lists them.
        """
        asked = folded(word)
        for place, typed in enumerate(self.words):
            if asked and folded(typed.text) == asked:
                return place
        known = ", ".join(typed.text for typed in self.words)
        raise ValueError(f"“{word}” is not in this sentence, which has: {known}")

    def with_specials(self, layer: int | slice, head: int | slice) -> Array:
        """Join the weights of word pieces into those of words, [CLS] first and [SEP] last.

        What a word gets is the sum over its pieces; what it gives is their mean.

        Parameters
        ----------
        layer, head : int or slice
            ``slice(None)`` is all of them, which adds an axis in front.

        Returns
        -------
        weights : ndarray of shape (n_words + 2, n_words + 2)
            Every row sums to one.
        """
        starts = [0, *(word.pieces.start for word in self.words), len(self.tokens) - 1]
        lengths = np.diff([*starts, len(self.tokens)])
        received = np.add.reduceat(self.weights[layer, head], starts, axis=-1)  # (n, n_words + 2)
        given: NDArray[Any] = np.add.reduceat(received, starts, axis=-2)  # (n_words + 2, n_words + 2)
        return np.asarray(given / lengths[:, None].astype(np.float32))

    def of_words(self, layer: int | slice, head: int | slice) -> Array:
        """Join the weights of word pieces into those of words.

        Returns
        -------
        weights : ndarray of shape (n_words, n_words)
            As of `with_specials`, without [CLS] and [SEP]: what a row lacks to one, these two got.
        """
        return self.with_specials(layer, head)[..., 1:-1, 1:-1]

    def state(self, place: int) -> Array:
        """Give a word's hidden states.

        Parameters
        ----------
        place : int
            Of the word in `words`.

        Returns
        -------
        states : ndarray of shape (7, 384)
            The mean of its word pieces, in every layer.
        """
        pieces = self.words[place].pieces
        return np.asarray(self.states[:, pieces.start : pieces.stop].mean(axis=1))
