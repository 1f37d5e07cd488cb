"""What a picture shows, in plain words: the line under the sentences, and the text that stands in for a chart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from selfattn.core.rounding import percent, plain_fixed

HARDLY = 0.005  # a change of cosine that is not worth a word

Array = NDArray[np.floating[Any]]


def heaviest(weights: Array, tokens: Sequence[str], row: int, most: int = 2) -> list[tuple[str, float]]:
    """Find the other words that give most: (word, weight) pairs, a repeated word counted as one."""
    total: dict[str, float] = {}
    for at, (token, weight) in enumerate(zip(tokens, weights, strict=True)):
        if at != row:
            total[token] = total.get(token, 0.0) + float(weight)
    return sorted(total.items(), key=lambda item: -item[1])[:most]


def share(weights: Array, tokens: Sequence[str], row: int) -> str:
    """Say what the new vector of a word is made of.

    >>> share(np.array([0.24, 0.68, 0.08]), ["money", "bank", "grows"], 1)
    '24 % of the new “bank” is “money” and 8 % “grows”'
    """
    word, givers = tokens[row], heaviest(weights, tokens, row)
    if not givers:
        return f"“{word}” stands alone and stays what it is"
    first = f"{percent(givers[0][1])} of the new “{word}” is “{givers[0][0]}”"
    return first if len(givers) == 1 or givers[1][1] < 0.05 else f"{first} and {percent(givers[1][1])} “{givers[1][0]}”"


def direction(before: Mapping[str, float], after: Mapping[str, float]) -> str:
    """Say to which sense a word moves: the one whose cosine gains most.

    >>> direction({"finance": 0.82, "river": 0.44}, {"finance": 0.80, "river": 0.67})
    'it moves towards river'
    """
    gains = {sense: after[sense] - before[sense] for sense in after}
    if max(abs(gain) for gain in gains.values()) < HARDLY:
        return "it hardly moves"
    if best := goal(before, after):
        return f"it moves towards {best}"
    left = [sense for sense, gain in gains.items() if gain <= -HARDLY]
    if len(left) == 1:
        return f"it moves away from {left[0]}"
    return f"it moves away from both senses and is nearer to {max(after, key=lambda sense: after[sense])}"


def goal(before: Mapping[str, float], after: Mapping[str, float]) -> str | None:
    """Find the sense whose cosine gains most; None where none gains."""
    best = max(after, key=lambda sense: after[sense] - before[sense])
    return best if after[best] - before[best] >= HARDLY else None


def finding(
    letter: str,
    weights: Array,
    tokens: Sequence[str],
    row: int,
    meter: tuple[Mapping[str, float], Mapping[str, float]] | None,
) -> str:
    """Say in one sentence what happened to the word in one sentence."""
    made = share(weights, tokens, row)
    return f"In {letter}, {made}." if meter is None else f"In {letter}, {made}: {direction(*meter)}."


def bars_alt(letter: str, weights: Array, tokens: Sequence[str], row: int) -> str:
    """Stand in for the weight bars."""
    values = ", ".join(f"{token} {weight:.2f}" for token, weight in list(zip(tokens, weights, strict=True))[:24])
    more = f", and {len(tokens) - 24} more" if len(tokens) > 24 else ""
    return f"Weights of “{tokens[row]}” in sentence {letter}: {values}{more}."


def motion_alt(word: str, sentences: Sequence[tuple[str, Array, Array]], senses: Sequence[str], kept: float) -> str:
    """Stand in for the motion plot: sentences are (letter, static, contextual) with places of shape (2,)."""
    ends = f" from {senses[0]} on the left to {senses[1]} on the right" if len(senses) == 2 else ""
    moves = "; ".join(
        f"in sentence {letter} it goes from {plain_fixed(static[0], 1)} to {plain_fixed(goal[0], 1)} on axis 1"
        for letter, static, goal in sentences
    )
    map_ = f"Map of word vectors{ends}, keeping {kept:.0%} of their variance"
    return f"{map_}. The static “{word}” is a hollow ring: {moves}."


def meter_alt(word: str, readings: Sequence[tuple[str, Mapping[str, float], Mapping[str, float]]]) -> str:
    """Stand in for the meaning meter: readings are (letter, before, after)."""
    said = [
        f"sentence {letter}, {sense}: {plain_fixed(before[sense], 2)} before, {plain_fixed(after[sense], 2)} after"
        for letter, before, after in readings
        for sense in after
    ]
    return f"How near “{word}” is to each sense, as a cosine: {'; '.join(said)}."
