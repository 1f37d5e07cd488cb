"""What a picture shows, in plain words: the line under the sentences, and the text that stands in for a chart."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from selfattn.core.rounding import percent, plain_fixed
from selfattn.core.wording import first_of, numbered

HARDLY = 0.005  # a change of cosine that is not worth a word
TELLING = 0.05  # a share from which on a second word is named
BARS = 24  # bars that are read out

Array = NDArray[np.floating[Any]]


def heaviest(weights: Array, tokens: Sequence[str], row: int, most: int = 2) -> list[tuple[str, float]]:
    """Find the other words that give most: (word, weight) pairs, a repeated word counted as one."""
    total: dict[str, float] = {}
    for place, (token, weight) in enumerate(zip(tokens, weights, strict=True)):
        if place != row:
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
    (best, most), *others = givers
    second = "".join(f" and {percent(part)} “{other}”" for other, part in others if part >= TELLING)
    return f"{percent(most)} of the new “{word}” is “{best}”{second}"


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
    return f"Weights of “{tokens[row]}” in sentence {letter}: {first_of(numbered(tokens, weights), BARS)}."


def motion_alt(word: str, moves: Sequence[tuple[str, Array, Array]], senses: Sequence[str], explained: float) -> str:
    """Stand in for the motion plot: moves are (letter, static, contextual) with places of shape (2,)."""
    ways = "; ".join(f"in sentence {letter} {moved(*places)} on axis 1" for letter, *places in moves)
    return f"{map_of_words(senses, explained)}. The static “{word}” is a hollow ring: {ways}."


def map_of_words(senses: Sequence[str], explained: float) -> str:
    """Say what the axes of the motion plot are, and which share of the variance they explain."""
    ends = f" from {senses[0]} on the left to {senses[1]} on the right" if len(senses) == 2 else ""
    return f"Map of word vectors{ends}, keeping {explained:.0%} of their variance"


def moved(static: Array, contextual: Array) -> str:
    """Say where a word goes on axis 1, between places of shape (2,)."""
    return f"it goes from {plain_fixed(static[0], 1)} to {plain_fixed(contextual[0], 1)}"


def meter_alt(word: str, readings: Sequence[tuple[str, Mapping[str, float], Mapping[str, float]]]) -> str:
    """Stand in for the meaning meter: readings are (letter, before, after)."""
    cosines = "; ".join(
        f"sentence {letter}, {sense}: {plain_fixed(before[sense], 2)} before, {plain_fixed(after[sense], 2)} after"
        for letter, before, after in readings
        for sense in after
    )
    return f"How near “{word}” is to each sense, as a cosine: {cosines}."
