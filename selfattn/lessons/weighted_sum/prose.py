"""A word as a weighted sum, in plain words: findings, and texts that stand in for a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from selfattn.core.describe import HARDLY, direction
from selfattn.core.rounding import plain_fixed

KEPT = 0.99  # a share of itself from which on a word has hardly room for another meaning
ALIKE = 0.02  # two changes of cosine that are as good as one

Array = NDArray[np.floating[Any]]


def as_sum(weights: Array, tokens: Sequence[str], most: int = 4) -> str:
    """Write a weighted sum in words: in sentence order, the heaviest terms where there are many.

    >>> as_sum(np.array([0.24, 0.68, 0.08]), ["money", "bank", "grows"])
    '0.24 money + 0.68 bank + 0.08 grows'
    """
    shown = sorted(np.argsort(-weights, kind="stable")[:most].tolist())
    said = " + ".join(f"{weights[at]:.2f} {tokens[at]}" for at in shown)
    return said if len(shown) == len(tokens) else f"{said} + …"


def by_hand(word: str, meter: tuple[Mapping[str, float], Mapping[str, float]] | None, alike: float) -> str:
    """Say where a word is with weights set by hand: `alike` is its cosine with the static one, said without poles.

    >>> by_hand("bank", ({"finance": 0.82, "river": 0.44}, {"finance": 0.8, "river": 0.5}), 0.9)
    'Now the cosine of “bank” is 0.80 to finance (it was 0.82), 0.50 to river (it was 0.44): it moves towards river.'
    """
    if meter is None:
        return f"With these weights the new “{word}” has a cosine of {plain_fixed(alike, 2)} with the static one."
    before, after = meter
    now = ", ".join(f"{plain_fixed(after[one], 2)} to {one} (it was {plain_fixed(before[one], 2)})" for one in after)
    return f"Now the cosine of “{word}” is {now}: {_where(before, after)}."


def _where(before: Mapping[str, float], after: Mapping[str, float]) -> str:
    """Say where a word goes; where it comes as much nearer to one sense as to the other, say so."""
    gains = [after[sense] - before[sense] for sense in after]
    if min(gains) >= HARDLY and max(gains) - min(gains) < ALIKE:
        return f"it comes nearer to both, and is nearest to {max(after, key=lambda sense: after[sense])}"
    return direction(before, after)


def two_sums(word: str, sums: Sequence[tuple[str, Array, Sequence[str]]]) -> str:
    """Say of one word what differs between sentences: sums are (letter, weights, tokens)."""
    written = [as_sum(weights, tokens) for _, weights, tokens in sums]
    equations = "; ".join(f"in {sum_[0]}, {word}′ = {said}" for sum_, said in zip(sums, written, strict=True))
    equations = equations[0].upper() + equations[1:]
    equations = equations if equations.endswith("…") else f"{equations}."
    if len(sums) == 1:
        return equations
    if len({tuple(sorted(zip(tokens, weights.round(4), strict=True))) for _, weights, tokens in sums}) == 1:
        return f"{equations} Both sides are the same, and so is the meaning."
    if all(_kept(word, weights, tokens) >= KEPT for _, weights, tokens in sums):
        return f"{equations} The word keeps almost all of itself in every sentence, so its meaning hardly changes."
    return (
        f"{equations} The left side is the same word, the right side differs: "
        "so its meaning comes out different, by itself, from the context."
    )


def _kept(word: str, weights: Array, tokens: Sequence[str]) -> float:
    """Add up what a word, which may stand in several places, keeps of itself."""
    return sum(float(weight) for weight, token in zip(weights, tokens, strict=True) if token == word)


def sums_alt(letter: str, weights: Array, tokens: Sequence[str], names: Sequence[str]) -> str:
    """Stand in for the bars of all words of a sentence, of shape (n, k): names are those of the k that give."""
    said = "; ".join(f"{token}′ = {as_sum(row, names)}" for token, row in zip(tokens, weights, strict=True))
    return f"The words of sentence {letter} as sums of one another: {said}."


def hand_and_computed(word: str, names: Sequence[str], hand: Array, computed: Array) -> str:
    """Say how far weights set by hand are from the computed ones.

    >>> hand_and_computed("bank", ["money", "bank", "grows"], np.array([0.3, 0.6, 0.1]), np.array([0.2, 0.65, 0.15]))
    'The weights of “bank” by hand are at most 0.10 from the computed ones: “money” has 0.30 by hand, 0.20 computed.'
    """
    away = np.abs(hand - computed)
    at = int(away.argmax())
    if away[at] < HARDLY:
        return f"The weights of “{word}” by hand are the computed ones."
    said = f"“{names[at]}” has {hand[at]:.2f} by hand, {computed[at]:.2f} computed"
    return f"The weights of “{word}” by hand are at most {away[at]:.2f} from the computed ones: {said}."


def hand_and_computed_alt(names: Sequence[str], hand: Array, computed: Array) -> str:
    """Stand in for the bars of weights by hand beside the computed ones."""
    pairs = zip(names, hand, computed, strict=True)
    said = [f"{name} {first:.2f} by hand, {second:.2f} computed" for name, first, second in pairs]
    return f"Weights: {'; '.join(said)}."
