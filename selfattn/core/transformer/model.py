"""The transformer that ships with the app, as a function of text; what it made of the last texts is kept."""

from collections import OrderedDict
from itertools import accumulate
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from selfattn.core.attention import AttentionTrace, attend
from selfattn.core.sentences import Sentence, TextError
from selfattn.core.transformer.encoded import Encoded
from selfattn.core.transformer.forward import forward, split_heads
from selfattn.core.transformer.weights import FOLDER, Weights, read_weights
from selfattn.core.transformer.wordpiece import CLS, SEP, UNK, cut, runs
from selfattn.core.transformer.words import join_words
from selfattn.core.wording import quoted

MOST_BYTES = 16_000_000  # of results that are kept: about a hundred sentences of ten words


class Transformer:
    """A transformer: give it a text, and it gives every hidden state and attention weight.

    Parameters
    ----------
    learned : Weights
    most_bytes : int
        How much the results of the last texts may take together.

    Examples
    --------
    >>> transformer = load()
    >>> encoded = transformer("River bank flows")
    >>> encoded.tokens
    ('[CLS]', 'river', 'bank', 'flows', '[SEP]')
    >>> encoded.states.shape, encoded.weights.shape
    ((7, 5, 384), (6, 12, 5, 5))
    """

    def __init__(self, learned: Weights, *, most_bytes: int = MOST_BYTES) -> None:
        self.learned = learned
        self._rows = {piece: row for row, piece in enumerate(learned.pieces)}
        self._most_bytes = most_bytes
        self._last: OrderedDict[str, Encoded] = OrderedDict()
        self._lock = Lock()

    def __call__(self, text: str) -> Encoded:
        """Encode a text of at most 128 tokens; `cut` says how many more there were.

        Raises
        ------
        TextError
            The text is empty, or no piece of it is in the vocabulary.
        """
        with self._lock:
            if text in self._last:
                self._last.move_to_end(text)
                return self._last[text]
        encoded = self._encode(text)
        with self._lock:
            self._last[text] = encoded
            while sum(kept.bytes for kept in self._last.values()) > self._most_bytes:
                self._last.popitem(last=False)
        return encoded

    def head(self, encoded: Encoded, layer: int, head: int) -> AttentionTrace:
        """Open one head: the same steps as in the lesson, through learned matrices.

        Parameters
        ----------
        encoded : Encoded
        layer, head : int
            As in ``encoded.weights[layer, head]``.

        Returns
        -------
        AttentionTrace
            Of the hidden states that the layer gets, ``encoded.states[layer]``; queries, keys and values of shape
            (n, 32), scores divided by √32.
        """
        states, block = encoded.states[layer].astype(np.float64), self.learned.blocks[layer]
        projected = states @ block.query_key_value + block.query_key_value_bias
        query, key, value = split_heads(projected, self.learned.sizes.heads)[:, head]
        return attend(states, query=query, key=key, value=value, scale=True, temperature=1.0)

    @property
    def means(self) -> NDArray[np.float32]:
        """Give the mean hidden state of many words, of each layer: shape (7, 384)."""
        return self.learned.means

    @property
    def parameters(self) -> int:
        """Count the learned numbers that a text is computed with."""
        return self.learned.parameters

    @property
    def bytes(self) -> int:
        """Say how large the files of the weights are."""
        return self.learned.bytes

    def _encode(self, text: str) -> Encoded:
        read = list(runs(text))
        pieces = [cut(run.text, self._rows) for run in read]
        lengths = self._lengths([len(of_run) for of_run in pieces])
        computed = [row for of_run, length in zip(pieces, lengths, strict=True) for row, _, _ in of_run[:length]]
        if not set(computed) - {self._rows[UNK]}:
            raise _nothing_to_compute(text, [text[run.start : run.end] for run in read])
        rows = [self._rows[CLS], *computed, self._rows[SEP]]
        passed = forward(rows, self.learned)
        for array in (passed.states, passed.weights):
            array.setflags(write=False)
        words = join_words(text, read[: sum(map(bool, lengths))], [length for length in lengths if length])
        tokens = tuple(self.learned.pieces[row] for row in rows)
        total = sum(len(of_run) for of_run in pieces)
        return Encoded(text, tokens, words, passed.states, passed.weights, total - len(computed))

    def _lengths(self, lengths: list[int]) -> list[int]:
        """Say how many pieces of each run there is room for, beside [CLS] and [SEP]."""
        room, ends = self.learned.sizes.positions - 2, accumulate(lengths, initial=0)
        return [max(0, min(length, room - start)) for start, length in zip(ends, lengths, strict=False)]


_loaded: dict[Path, Transformer] = {}
_loading = Lock()


def load(folder: Path = FOLDER) -> Transformer:
    """Load the transformer that ships with the app, once for all who ask: all-MiniLM-L6-v2, made of six layers.

    Raises
    ------
    TransformerError
        A file of its weights is missing, cut or altered; the message names it.
    """
    with _loading:
        if folder not in _loaded:
            _loaded[folder] = Transformer(read_weights(folder))
        return _loaded[folder]


def _nothing_to_compute(text: str, typed: list[str]) -> TextError:
    nothing = np.empty((0, 0), dtype=np.float32)
    sentence = Sentence(text, (), (), (), tuple(dict.fromkeys(typed)), nothing)
    if not typed:
        return TextError("There is no text yet: type a sentence such as “River bank flows”.", sentence)
    return TextError(
        f"The model, which is English, knows no piece of {quoted(sentence.unknown)}: try other words.", sentence
    )
