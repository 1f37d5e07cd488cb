"""Several attention heads: each looks at the sentence through narrow matrices of its own, and W_O adds them up.

Vaswani et al. (2017), "Attention Is All You Need", section 3.2.2: MultiHead(X) = Concat(head_1 … head_h) W_O, with
d_k = d_v = d / h. The product of a row of parts side by side with W_O is the sum of each part with its rows of W_O.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from weakref import WeakKeyDictionary

import numpy as np
from gensim.models import KeyedVectors

from selfattn.core.attention import AttentionTrace
from selfattn.core.contextual import attend_sentence
from selfattn.core.head import NOISE, SLOPE, Array, Head, Learner, read_array
from selfattn.core.heads import sentences_for
from selfattn.core.kept import kept
from selfattn.core.learn import SEED, STEPS, Moment, learn_from
from selfattn.core.presets import PRESETS, TRAINED
from selfattn.core.sentences import Sentence
from selfattn.core.space import Space, space
from selfattn.core.vectors import DATA, is_bundled

HEADS = 4
FILE = DATA / "heads.npy"


@dataclass(frozen=True, slots=True, eq=False)
class MultiHead(Learner):
    """What h heads have learned, or start from; k numbers are d / h, rounded up.

    Attributes
    ----------
    query : ndarray of shape (h, d, k)
        W_Q of each head: what a word asks for.
    query_bias : ndarray of shape (h, k)
        b_Q: what every word asks for.
    key : ndarray of shape (h, d, k)
        W_K: what a word answers to.
    value : ndarray of shape (h, d, k)
        W_V: what a word gives.
    output : ndarray of shape (h, k, d)
        W_O, the rows for each head: they take its k numbers back to d.
    slope : ndarray of shape (h,)
        What a score loses for every step between two words (after ALiBi, Press et al. 2022).
    """

    query: Array
    query_bias: Array
    key: Array
    value: Array
    output: Array
    slope: Array

    @classmethod
    def untrained(cls, width: int, *, heads: int = HEADS, seed: int | None = None) -> Self:
        """Give the heads from which training starts: each looks at its own share of the space, and gives that.

        Shares are made by a rotation drawn by lot, so that no head has the first numbers of a vector and another one
        the last. Together they give each vector as it is: Σ W_V W_O = I.

        Parameters
        ----------
        width : int
            Numbers a word, d; with fewer than there would be heads, there is one head for each.
        heads : int
        seed : int, optional
            Of a little noise on W_Q and W_K; without it there is none. The rotation is always the same.
        """
        count = min(heads, width)
        share = -(-width // count)  # k
        turned, _ = np.linalg.qr(np.random.default_rng(0).normal(size=(count * share, width)))  # orthonormal columns
        shares = turned.reshape(count, share, width)  # Σ sharesᵀ shares = I
        noise = np.random.default_rng(seed).normal(0, NOISE, (2, count, width, share)) if seed is not None else (0, 0)
        there = shares.transpose(0, 2, 1)
        sharp = there * (count * np.sqrt(share / width) / 2) ** 0.5  # the mean of all scores is that of balanced ones
        return cls(sharp + noise[0], np.zeros((count, share)), sharp + noise[1], there, shares, np.full(count, SLOPE))

    def each(self) -> Sequence[tuple[Head, Array]]:
        """Give every head, and its rows of W_O, of shape (k, d)."""
        heads = zip(self.query, self.query_bias, self.key, self.value, self.slope, strict=True)
        return [(Head(*arrays), merge) for arrays, merge in zip(heads, self.output, strict=True)]

    def joined(self, gradients: Sequence[dict[str, Array]]) -> dict[str, Array]:
        """Put the derivatives of all heads on one axis."""
        return {name: np.array([gradient[name] for gradient in gradients]) for name in self.arrays()}

    @property
    def whole(self) -> Array:
        """Give what becomes of a vector that all heads give on, Σ W_V W_O, of shape (d, d)."""
        return np.asarray(np.einsum("hdk,hke->de", self.value, self.output))

    def save(self, path: Path) -> None:
        """Write it as one array of shape (h, 4d + 2, k), float32: of each head W_Q, W_K, W_V, W_Oᵀ, b_Q, the slope."""
        last = np.broadcast_to(self.slope[:, None, None], self.query_bias[:, None].shape)
        rows = [self.query, self.key, self.value, self.output.transpose(0, 2, 1), self.query_bias[:, None], last]
        np.save(path, np.concatenate(rows, axis=1).astype(np.float32), allow_pickle=False)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what `save` wrote.

        Raises
        ------
        ValueError
            The file does not hold such an array.
        """
        rows = read_array(path)
        if rows.ndim != 3 or 0 in rows.shape or rows.shape[1] % 4 != 2 or rows.shape[1] < 6:
            raise ValueError(f"heads need an array of shape (h, 4d + 2, k), got {rows.shape} in {path.name}")
        query, key, value, turned = np.split(rows[:, :-2], 4, axis=1)
        return cls(query, rows[:, -2], key, value, turned.transpose(0, 2, 1), rows[:, -1, 0])


@dataclass(frozen=True, slots=True, eq=False)
class Joined:
    """What several heads make of a sentence of n words.

    Attributes
    ----------
    traces : tuple of AttentionTrace
        Of each head; its values and its output have k numbers a word.
    parts : ndarray of shape (h, n, d)
        What each head adds, after its rows of W_O.
    output : ndarray of shape (n, d)
        The sum of the parts of all heads that are not muted: the contextual vectors.
    """

    traces: tuple[AttentionTrace, ...]
    parts: Array
    output: Array


def attend_heads(sentence: Sentence, vectors: KeyedVectors, multi: MultiHead, *, muted: Collection[int] = ()) -> Joined:
    """Attend over a sentence with every head, as with the one head of the trained preset, and add up what they give.

    Parameters
    ----------
    sentence : Sentence
    vectors : KeyedVectors
    multi : MultiHead
    muted : collection of int
        Heads whose part is left out of the sum.
    """
    settings, heads = PRESETS[TRAINED], multi.each()
    traces = tuple(attend_sentence(sentence, vectors, settings, head=head) for head, _ in heads)
    parts = np.array([trace.output @ merge for trace, (_, merge) in zip(traces, heads, strict=True)])  # (n, k) @ (k, d)
    heard = [number for number in range(len(parts)) if number not in muted]
    return Joined(traces, parts, np.asarray(parts[heard].sum(axis=0)))


@kept(2)
def heads_space(vectors: KeyedVectors, multi: MultiHead) -> Space:
    """Give the space of what several heads give; the same object while it is kept."""
    return space(vectors, value=multi.whole)


_known: WeakKeyDictionary[Any, MultiHead] = WeakKeyDictionary()


def known_heads(vectors: KeyedVectors) -> MultiHead | None:
    """Give the heads of a set of vectors where there are some already: shipped, or trained before."""
    if vectors not in _known and is_bundled(vectors):
        _known[vectors] = MultiHead.load(FILE)
    return _known.get(vectors)


def heads_of(vectors: KeyedVectors) -> MultiHead:
    """Give the heads of a set of vectors; they are trained where there are none, which takes seconds.

    Raises
    ------
    TooFewError
        The set knows too few of the words that there are sentences for.
    """
    return known_heads(vectors) or train_heads(vectors)


def train_heads(
    vectors: KeyedVectors, *, tell: Callable[[Moment[MultiHead]], object] = lambda _: None, steps: int = STEPS
) -> MultiHead:
    """Train heads on the sentences that ship with the app, and keep them for this set of vectors.

    Parameters
    ----------
    vectors : KeyedVectors
    tell : function of a Moment
        Called at every step; may raise to stop it: then nothing is kept.
    steps : int

    Raises
    ------
    TooFewError
        The set knows too few of the words that there are sentences for.
    """
    train, held_out, _ = sentences_for(vectors)
    for moment in learn_from(MultiHead.untrained(vectors.vector_size, seed=SEED), train, held_out, steps=steps):
        tell(moment)
    return _known.setdefault(vectors, moment.head.compact())
