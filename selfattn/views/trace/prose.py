"""A traced number in plain words: the finding above the picture, and the texts that stand in for it."""

from __future__ import annotations

from collections.abc import Sequence

from selfattn.core.heaviest import gathered
from selfattn.core.rounding import percent, plain, plain_fixed
from selfattn.core.scene import Mover
from selfattn.views.trace.decimals import AXES, PRODUCT, CoordinateDecimals, PointDecimals, WeightDecimals
from selfattn.views.trace.steps import TracedCoordinate, TracedWeight, strongest_pull


def named(tokens: Sequence[str], place: int) -> str:
    """Name a word of a sentence, with its place where it stands there more than once.

    >>> named(["bank", "or", "bank"], 2)
    'bank (3)'
    """
    return f"{tokens[place]} ({place + 1})" if tokens.count(tokens[place]) > 1 else tokens[place]


def quoted(tokens: Sequence[str], place: int) -> str:
    """Name a word in a sentence of ours.

    >>> quoted(["bank", "or", "bank"], 2)
    '“bank” (word 3)'
    """
    return f"“{tokens[place]}”" + (f" (word {place + 1})" if tokens.count(tokens[place]) > 1 else "")


def row_names(tokens: Sequence[str], shown: Sequence[int]) -> list[str]:
    """Name the lines of a sum, the last one for those that have none of their own."""
    rest = len(tokens) - len(shown)
    return [*(named(tokens, place) for place in shown), *([f"{rest} more"] if rest else [])]


def equals(holds: bool) -> str:
    """Choose the sign between two numbers as they are read."""
    return "=" if holds else "≈"


def weight_finding(traced: TracedWeight, decimals: WeightDecimals, tokens: Sequence[str]) -> str:
    """Say how a weight is made."""
    word, giver = quoted(tokens, traced.i), quoted(tokens, traced.j)
    score = plain_fixed(float(traced.scores[traced.j]), decimals.score)
    if not traced.allowed:
        whom = "itself" if traced.i == traced.j else giver
        return f"{word} may not look at {whom}: {score} does not count, the weight is 0."
    part = plain(float(traced.exponentials[traced.j]), decimals.exponential)
    exponent = plain_fixed(float(traced.scaled[traced.j]) - traced.shift, decimals.score)
    made = f"exp({exponent}) {equals('exp' in decimals.holds)} {part} of {plain(traced.total, decimals.exponential)}"
    share = percent(traced.weight)
    first = f"{word} keeps {share} of itself" if traced.i == traced.j else f"{giver} gives the new {word} {share}"
    shifted = (
        f" The highest score of the row, {plain_fixed(traced.shift, decimals.score)}, is taken off every score before: "
        "the softmax stays the same."
    )
    return f"{first}: {made}.{shifted if traced.shift else ''}"


def coordinate_finding(traced: TracedCoordinate, decimals: CoordinateDecimals, tokens: Sequence[str]) -> str:
    """Say what one coordinate becomes, and who adds most."""
    before, after = (plain_fixed(number, decimals.part) for number in (traced.static, traced.contextual))
    goes = f"stays at {after}" if before == after else f"goes from {before} to {after}"
    adds = [
        f"{quoted(tokens, place)}{' itself' if place == traced.i else ''} adds {plain_fixed(part, decimals.part)}"
        for place, part in sorted(enumerate(traced.parts.tolist()), key=lambda item: -abs(item[1]))[:2]
    ]
    return f"Coordinate {traced.dimension + 1} of “{tokens[traced.i]}” {goes}: {', '.join(adds)}."


def pull_words(mover: Mover, decimals: PointDecimals) -> str:
    """Write the longest pull as what it is made of: weight times distance."""
    place, axis = strongest_pull(mover)
    static = plain_fixed(mover.static[axis], decimals.place)
    away = f"− {static}" if not static.startswith("−") else f"+ {static[1:]}"
    far = f"({plain_fixed(mover.places[place, axis], decimals.place)} {away})"
    step = plain_fixed(mover.steps[place, axis], decimals.place)
    return f"{plain(mover.weights[place], decimals.weight)} · {far} {equals('pull' in decimals.holds)} {step}"


def point_finding(mover: Mover, decimals: PointDecimals, tokens: Sequence[str], row: int) -> str:
    """Say how the point is reached, by the longest pull."""
    word = quoted(tokens, row)
    place, axis = strongest_pull(mover)
    before, after = (plain_fixed(end[axis], decimals.place) for end in (mover.static, mover.contextual))
    if not mover.steps[place, axis]:
        places = ", ".join(plain_fixed(mover.static[which], decimals.place) for which in (0, 1))
        return f"Nothing pulls {word}: it stays at ({places})."
    return (
        f"On {AXES[axis]} {quoted(tokens, place)} pulls {word} most: {pull_words(mover, decimals)}. "
        f"With all pulls it goes from {before} to {after}."
    )


def strips_alt(traced: TracedWeight, decimals: WeightDecimals, tokens: Sequence[str]) -> str:
    """Stand in for two vectors and their products."""
    place, total = traced.largest, plain_fixed(traced.scores[traced.j], decimals.score)
    factors = " · ".join(plain_fixed(side[place], decimals.factors) for side in (traced.query, traced.key))
    return (
        f"The vectors of {quoted(tokens, traced.i)} and {quoted(tokens, traced.j)}, and below them their "
        f"{len(traced.products)} products. The largest is {factors} {equals('product' in decimals.holds)} "
        f"{plain_fixed(traced.products[place], PRODUCT)}; all add up to {total}."
    )


def row_alt(traced: TracedWeight, decimals: WeightDecimals, tokens: Sequence[str], shown: Sequence[int]) -> str:
    """Stand in for the row of one word."""
    lines = [
        f"{named(tokens, place)} {plain_fixed(traced.scores[place], decimals.score)}, "
        f"{plain_fixed(traced.scaled[place], decimals.score)}, "
        f"{plain(traced.exponentials[place], decimals.exponential)}, {plain(traced.weights[place], decimals.share)}"
        for place in shown
    ]
    rest = len(tokens) - len(shown)
    more = f"; {rest} more words {plain(gathered(traced.weights, shown)[-1], decimals.share)}" if rest else ""
    return (
        f"The row of {quoted(tokens, traced.i)}: dot product, scaled score, exponential and share of each word. "
        f"{'; '.join(lines)}{more}. The exponentials add up to "
        f"{plain(traced.total, decimals.exponential)}, the shares to {plain(1.0, decimals.share)}."
    )


def coordinate_alt(
    traced: TracedCoordinate, decimals: CoordinateDecimals, tokens: Sequence[str], shown: Sequence[int]
) -> str:
    """Stand in for the parts of a coordinate."""
    parts = zip(row_names(tokens, shown), gathered(traced.parts, shown), strict=True)
    sum_ = ", ".join(f"{name} {plain_fixed(part, decimals.part, signed=True)}" for name, part in parts)
    return (
        f"What each word adds to coordinate {traced.dimension + 1} of “{tokens[traced.i]}”: {sum_}. Together "
        f"{plain_fixed(traced.contextual, decimals.part)}; the static vector has "
        f"{plain_fixed(traced.static, decimals.part)} there."
    )


def point_alt(
    mover: Mover, decimals: PointDecimals, tokens: Sequence[str], row: int, shown: Sequence[int], axes: Sequence[int]
) -> str:
    """Stand in for the pulls along one axis, or both."""
    sums = []
    for axis in axes:
        pairs = zip(row_names(tokens, shown), gathered(mover.steps[:, axis], shown), strict=True)
        parts = ", ".join(f"{name} {plain_fixed(part, decimals.place, signed=True)}" for name, part in pairs)
        before, after = (plain_fixed(end[axis], decimals.place) for end in (mover.static, mover.contextual))
        sums.append(f"{AXES[axis]}: from {before} by {parts} to {after}")
    return f"The pulls on {quoted(tokens, row)}, tip to tail. {'; '.join(sums).capitalize()}."
