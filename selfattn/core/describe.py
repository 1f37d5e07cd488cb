"""What a picture shows, in plain words: the line under the sentences, and the text that stands in for a chart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from selfattn.core.rounding import percent, plain_fixed
from selfattn.core.typed import MOST, written

HARDLY = 0.005  # a change of cosine that is not worth a word
UNSEEN = 0.005  # a weight that reads as 0.00
KEPT = 0.99  # a share of itself from which on a word has hardly room for another meaning
ALIKE = 0.02  # two changes of cosine that are as good as one

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


def heatmap_alt(weights: Array, tokens: Sequence[str], row: int) -> str:
    """Stand in for the weights heatmap."""
    said = share(weights[row], tokens, row)
    return f"Attention weights of {len(tokens)} words, one row each. In the row of “{tokens[row]}”: {said}."


def scores_alt(scores: Array, tokens: Sequence[str], row: int, name: str) -> str:
    """Stand in for a heatmap of scores."""
    finite = np.where(np.isfinite(scores[row]), scores[row], -np.inf)
    best = int(finite.argmax())
    highest = f"“{tokens[row]}” scores highest with “{tokens[best]}”: {plain_fixed(scores[row, best], 2)}"
    return f"{name} of {len(tokens)} words with one another. {highest}."


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


def strips_alt(matrix: Array, tokens: Sequence[str]) -> str:
    """Stand in for vectors drawn as strips of colour."""
    reach = f"from {plain_fixed(matrix.min(), 2)} to {plain_fixed(matrix.max(), 2)}"
    return f"{len(tokens)} vectors of {matrix.shape[1]} numbers, {reach}: {', '.join(tokens[:12])}."


def nested_alt(weights: Array, tokens: Sequence[str], row: int) -> str:
    """Stand in for the nested frames with the sentence in their centre."""
    order = np.argsort(-weights, kind="stable")[:7]
    values = ", ".join(f"{tokens[at]} {weights[at]:.2f}" for at in sorted(order.tolist()))
    more = f", the heaviest of {len(tokens)}" if len(tokens) > 7 else ""
    return (
        "Frames within frames: generative AI (images, video, text), the transformer, self-attention. "
        f"In the centre an arc runs from “{tokens[row]}” to each word, as thick as its weight: {values}{more}."
    )


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


def same_vector(word: str, vectors: Sequence[tuple[str, str]]) -> str:
    """Say that the dictionary gives one vector: (letter of the sentence, the vector as it is written).

    >>> same_vector("bank", [("A", "[0.6, 0.2]"), ("B", "[0.6, 0.2]")])
    '“bank” is [0.6, 0.2] in A and [0.6, 0.2] in B: one word, one vector, whatever the sentence.'
    """
    said = " and ".join(f"{vector} in {letter}" for letter, vector in vectors)
    return f"“{word}” is {said}: one word, one vector, whatever the sentence."


def same_numbers(word: str, letters: Sequence[str], matrix: Array) -> str:
    """Say by how much the vectors of a word, of shape (n, d), differ among its sentences."""
    count = matrix.shape[1]
    if len(letters) < 2:
        return f"The {count} numbers of “{word}” in {letters[0]}; it would have the same in any other sentence."
    apart = float(np.ptp(matrix, axis=0).max())
    return (
        f"“{word}” has {count} numbers in {' and '.join(letters)}, number for number the same: "
        f"the largest difference is {apart:g}."
    )


def same_vector_alt(word: str, letters: Sequence[str], matrix: Array) -> str:
    """Stand in for a word's vector drawn under its sentences."""
    shown, rest = matrix[0, :MOST].tolist(), matrix.shape[1] - MOST
    numbers = ", ".join(written(float(f"{number:.3g}") if rest > 0 else number) for number in shown)
    more = f", and {rest} more" if rest > 0 else ""
    apart = f" The largest difference between them is {np.ptp(matrix, axis=0).max():g}." if len(letters) > 1 else ""
    return f"The vector of “{word}” under sentence {' and '.join(letters)}: {numbers}{more}.{apart}"


def meaning_from(word: str, sentences: Sequence[tuple[str, Array, Sequence[str], int]]) -> str:
    """Say from which word each sentence takes the meaning: sentences are (text, weights, tokens, row of the word).

    >>> money = "Money bank grows", np.array([0.24, 0.68, 0.08]), ["money", "bank", "grows"], 1
    >>> river = "River bank flows", np.array([0.17, 0.68, 0.15]), ["river", "bank", "flows"], 1
    >>> meaning_from("bank", [money, river])
    'In “Money bank grows” the meaning of “bank” comes most from “money”, in “River bank flows” from “river”.'
    """
    said = [_source(weights, tokens, row) for _, weights, tokens, row in sentences]
    lines = [f"“{text}” {one}" for (text, *_), one in zip(sentences, said, strict=True)]
    most = "" if said[0].startswith("from nowhere") else "most "
    lines[0] = f"“{sentences[0][0]}” the meaning of “{word}” comes {most}{said[0]}"
    return f"In {', in '.join(lines)}."


def _source(weights: Array, tokens: Sequence[str], row: int) -> str:
    givers = heaviest(weights, tokens, row, most=1)
    if not givers:
        return "from nowhere: the word stands alone"
    return f"from “{givers[0][0]}”" if givers[0][1] >= UNSEEN else "from nowhere but itself"
