"""What the heads of the transformer look at in one sentence: measured for all of them, and found by what they do."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from selfattn.core.attention import Array
from selfattn.core.transformer import Encoded, Transformer

CLS, SEP = "[CLS]", "[SEP]"
WORD, BEFORE, AFTER, TO_SEP, TO_CLS = "word", "before", "after", "sep", "cls"
ITSELF, NEAR, FAR, SPECIAL = "itself", "near", "far", "special"


@dataclass(frozen=True, slots=True)
class Found:
    """One head, counted from 0, and the mean share of the weight with which it does what was asked for."""

    layer: int
    head: int
    share: float


@dataclass(frozen=True, eq=False)
class Heads:
    """All heads of one sentence, word pieces joined into words, n of them.

    Attributes
    ----------
    weights : ndarray of shape (layers, heads, n + 2, n + 2)
        [CLS] first, [SEP] last; rows sum to one.
    names : tuple of str
        Of the rows: [CLS], the words as they were typed, [SEP].
    """

    weights: Array
    names: tuple[str, ...]

    @cached_property
    def words(self) -> int:
        """Count the words."""
        return len(self.names) - 2

    @cached_property
    def profiles(self) -> Mapping[str, Array]:
        """Give what each head looks at: (layers, heads) each, the mean share over the words that have such a place.

        Where no word has a word before it, there is neither before nor after.
        """
        rows = self.weights[:, :, 1:-1]  # (layers, heads, n, n + 2)
        inner = rows[..., 1:-1]
        profiles = {ITSELF: _diagonal(inner, 0)}
        if self.words > 1:
            profiles |= {BEFORE: _diagonal(inner, -1), AFTER: _diagonal(inner, 1)}
        if self.words > 2:
            near = sum(np.trace(inner, away, axis1=-2, axis2=-1) for away in (-1, 0, 1))
            profiles |= {FAR: (inner.sum(axis=(-2, -1)) - near) / self.words}
        return profiles | {TO_SEP: rows[..., -1].mean(axis=-1), TO_CLS: rows[..., 0].mean(axis=-1)}

    @cached_property
    def shares(self) -> Mapping[str, float]:
        """Give where the weight of all heads lands, from the words: on themselves, beside them, farther, on specials.

        The four sum to one.
        """
        inner = self.weights[:, :, 1:-1, 1:-1].mean(axis=(0, 1))  # (n, n)
        own, near = np.trace(inner), np.trace(inner, -1) + np.trace(inner, 1)
        shares = {ITSELF: own, NEAR: near, FAR: inner.sum() - own - near}
        possible = list(shares)[: min(self.words, 3)]
        special = {SPECIAL: float((self.profiles[TO_CLS] + self.profiles[TO_SEP]).mean())}
        return {name: float(shares[name]) / self.words for name in possible} | special

    def best(self, what: str, row: int = 0, other: int = 0) -> Found | None:
        """Find the head that does something most: by the name of a profile, or WORD: one word looks at another.

        `row` and `other` are words, counted from 0. None where no word can do that.
        """
        of_all = self.weights[:, :, row + 1, other + 1] if what == WORD else self.profiles.get(what)
        if of_all is None or (what == WORD and row == other):
            return None
        layer, head = np.unravel_index(int(of_all.argmax()), of_all.shape)
        return Found(int(layer), int(head), float(of_all[layer, head]))


def heads_of(encoded: Encoded) -> Heads:
    """Join the word pieces of all heads, as `Encoded.with_specials` does."""
    joined = encoded.with_specials(slice(None), slice(None)).astype(np.float64)
    return Heads(joined, (CLS, *(word.text for word in encoded.words), SEP))


def passed_on(transformer: Transformer, encoded: Encoded) -> float:
    """Tell which share of what all heads pass on comes from [CLS] and [SEP]: of the lengths of weight · value.

    Kobayashi et al. (2020), "Attention is Not Only a Weight: Analyzing Transformers with Vector Norms", take the
    length of weight · value for what a token contributes.
    """
    special = every = 0.0
    for states, block, weights in zip(encoded.states[:-1], transformer.learned.blocks, encoded.weights, strict=True):
        width, (heads, n, _) = states.shape[-1], weights.shape
        value = states @ block.query_key_value[:, -width:] + block.query_key_value_bias[-width:]
        lengths = np.linalg.norm(value.reshape(n, heads, -1), axis=-1).T  # (heads, n)
        passed = weights[:, 1:-1].sum(axis=1) * lengths  # (heads, n): by each token, to all words
        special += float(passed[:, [0, -1]].sum())
        every += float(passed.sum())
    return special / every


def _diagonal(inner: Array, away: int) -> Array:
    """Average a diagonal of each head: what each word gives to the one so many places on."""
    return np.asarray(np.diagonal(inner, away, axis1=-2, axis2=-1).mean(axis=-1))
