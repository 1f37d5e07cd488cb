"""What a picture shows, in plain words: the line under the sentences, and the text that stands in for a chart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

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
    first = f"{givers[0][1] * 100:.0f} % of the new “{word}” is “{givers[0][0]}”"
    return (
        first if len(givers) == 1 or givers[1][1] < 0.05 else f"{first} and {givers[1][1] * 100:.0f} % “{givers[1][0]}”"
    )


def direction(before: Mapping[str, float], after: Mapping[str, float]) -> str:
    """Say to which sense a word moves: the one whose cosine gains most.

    >>> direction({"finance": 0.82, "river": 0.44}, {"finance": 0.80, "river": 0.67})
    'it moves towards river'
    """
    gains = {sense: after[sense] - before[sense] for sense in after}
    if max(abs(gain) for gain in gains.values()) < HARDLY:
        return "it hardly moves"
    best = max(gains, key=lambda sense: gains[sense])
    if gains[best] >= HARDLY:
        return f"it moves towards {best}"
    return f"it moves away from both senses and is nearer to {max(after, key=lambda sense: after[sense])}"


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


def heatmap_alt(weights: Array, tokens: Sequence[str], row: int) -> str:
    """Stand in for the weights heatmap."""
    said = share(weights[row], tokens, row)
    return f"Attention weights of {len(tokens)} words, one row each. In the row of “{tokens[row]}”: {said}."


def scores_alt(scores: Array, tokens: Sequence[str], row: int, name: str) -> str:
    """Stand in for a heatmap of scores."""
    finite = np.where(np.isfinite(scores[row]), scores[row], -np.inf)
    best = int(finite.argmax())
    highest = f"“{tokens[row]}” scores highest with “{tokens[best]}”: {scores[row, best]:.2f}"
    return f"{name} of {len(tokens)} words with one another. {highest}."


def motion_alt(word: str, sentences: Sequence[tuple[str, Array, Array]], senses: Sequence[str], kept: float) -> str:
    """Stand in for the motion plot: sentences are (letter, static, contextual) with places of shape (2,)."""
    ends = f" from {senses[0]} on the left to {senses[1]} on the right" if len(senses) == 2 else ""
    moves = "; ".join(
        f"in sentence {letter} it goes from {static[0]:.1f} to {goal[0]:.1f} on axis 1"
        for letter, static, goal in sentences
    )
    map_ = f"Map of word vectors{ends}, keeping {kept:.0%} of their variance"
    return f"{map_}. The static “{word}” is a hollow ring: {moves}."


def meter_alt(word: str, readings: Sequence[tuple[str, Mapping[str, float], Mapping[str, float]]]) -> str:
    """Stand in for the meaning meter: readings are (letter, before, after)."""
    said = [
        f"sentence {letter}, {sense}: {before[sense]:.2f} before, {after[sense]:.2f} after"
        for letter, before, after in readings
        for sense in after
    ]
    return f"How near “{word}” is to each sense, as a cosine: {'; '.join(said)}."


def strips_alt(matrix: Array, tokens: Sequence[str]) -> str:
    """Stand in for vectors drawn as strips of colour."""
    reach = f"from {matrix.min():.2f} to {matrix.max():.2f}"
    return f"{len(tokens)} vectors of {matrix.shape[1]} numbers, {reach}: {', '.join(tokens[:12])}."
