"""A traced number in plain words: the finding above the picture, and the texts that stand in for it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from selfattn.core.rounding import percent, plain, plain_fixed
from selfattn.views.trace.decimals import CoordinateDecimals, PointDecimals, WeightDecimals
from selfattn.views.trace.steps import Lines, TracedCoordinate, TracedPoint, TracedWeight, strongest_pull

AXES = ("axis 1", "axis 2")


def named(tokens: Sequence[str], at: int) -> str:
    """Name a word of a sentence, with its place where it stands there more than once.

    >>> named(["bank", "or", "bank"], 2)
    'bank (3)'
    """
    return f"{tokens[at]} ({at + 1})" if tokens.count(tokens[at]) > 1 else tokens[at]


def quoted(tokens: Sequence[str], at: int) -> str:
    """Name a word in a sentence of ours.

    >>> quoted(["bank", "or", "bank"], 2)
    '“bank” (word 3)'
    """
    return f"“{tokens[at]}”" + (f" (word {at + 1})" if tokens.count(tokens[at]) > 1 else "")


def row_names(tokens: Sequence[str], shown: Lines) -> list[str]:
    """Name the lines of a sum, the last one for those that have none of their own."""
    return [*(named(tokens, at) for at in shown.shown), *([f"{len(shown.rest)} more"] if shown.rest else [])]


def equals(holds: bool) -> str:
    """Choose the sign between two numbers as they are read."""
    return "=" if holds else "≈"


def weight_finding(one: TracedWeight, decimals: WeightDecimals, tokens: Sequence[str]) -> str:
    """Say how a weight is made."""
    word, giver = quoted(tokens, one.i), quoted(tokens, one.j)
    score = plain_fixed(float(one.scores[one.j]), decimals.score)
    if not one.allowed:
        return (
            f"{word} may not look at {'itself' if one.i == one.j else giver}: {score} does not count, the weight is 0."
        )
    part = plain(float(one.exponentials[one.j]), decimals.exponential)
    exponent = plain_fixed(float(one.scaled[one.j]) - one.shift, decimals.scaled)
    made = f"exp({exponent}) {equals('exp' in decimals.holds)} {part} of {plain(one.total, decimals.exponential)}"
    share = percent(one.weight)
    first = f"{word} keeps {share} of itself" if one.i == one.j else f"{giver} gives the new {word} {share}"
    shifted = (
        f" The highest score of the row, {plain_fixed(one.shift, decimals.scaled)}, is taken off every score before: "
        "the softmax stays the same."
    )
    return f"{first}: {made}.{shifted if one.shift else ''}"


def coordinate_finding(one: TracedCoordinate, decimals: CoordinateDecimals, tokens: Sequence[str]) -> str:
    """Say what one coordinate becomes, and who adds most."""
    before, after = (plain_fixed(number, decimals.part) for number in (one.static, one.contextual))
    goes = f"stays at {after}" if before == after else f"goes from {before} to {after}"
    best = np.argsort(-np.abs(one.parts), kind="stable")[:2].tolist()
    adds = [
        f"{quoted(tokens, at)}{' itself' if at == one.i else ''} adds {plain_fixed(one.parts[at], decimals.part)}"
        for at in best
    ]
    return f"Coordinate {one.dimension + 1} of “{tokens[one.i]}” {goes}: {', '.join(adds)}."


def pull_words(one: TracedPoint, decimals: PointDecimals) -> str:
    """Write the longest pull as what it is made of: weight times distance."""
    at, axis = strongest_pull(one)
    static = plain_fixed(one.static[axis], decimals.places[axis])
    away = f"− {static}" if not static.startswith("−") else f"+ {static[1:]}"
    far = f"({plain_fixed(one.places[at, axis], decimals.places[axis])} {away})"
    step = plain_fixed(one.steps[at, axis], decimals.places[axis])
    return f"{plain(one.weights[at], decimals.weight)} · {far} {equals('pull' in decimals.holds)} {step}"


def point_finding(one: TracedPoint, decimals: PointDecimals, tokens: Sequence[str], row: int) -> str:
    """Say how the point is reached, by the longest pull."""
    word = quoted(tokens, row)
    at, axis = strongest_pull(one)
    before, after = (plain_fixed(place[axis], decimals.places[axis]) for place in (one.static, one.contextual))
    if not one.steps[at, axis]:
        places = ", ".join(plain_fixed(one.static[which], decimals.places[which]) for which in (0, 1))
        return f"Nothing pulls {word}: it stays at ({places})."
    return (
        f"On {AXES[axis]} {quoted(tokens, at)} pulls {word} most: {pull_words(one, decimals)}. "
        f"With all pulls it goes from {before} to {after}."
    )


def strips_alt(one: TracedWeight, decimals: WeightDecimals, tokens: Sequence[str]) -> str:
    """Stand in for two vectors and their products."""
    at, total = one.largest, plain_fixed(one.scores[one.j], decimals.score)
    factors = " · ".join(plain_fixed(side[at], decimals.factors) for side in (one.query, one.key))
    return (
        f"The vectors of {quoted(tokens, one.i)} and {quoted(tokens, one.j)}, and below them their "
        f"{len(one.products)} products. The largest is {factors} {equals('product' in decimals.holds)} "
        f"{plain_fixed(one.products[at], decimals.product)}; all add up to {total}."
    )


def row_alt(one: TracedWeight, decimals: WeightDecimals, tokens: Sequence[str], shown: Lines) -> str:
    """Stand in for the row of one word."""
    said = [
        f"{named(tokens, at)} {plain_fixed(one.scores[at], decimals.score)}, "
        f"{plain_fixed(one.scaled[at], decimals.scaled)}, {plain(one.exponentials[at], decimals.exponential)}, "
        f"{plain(one.weights[at], decimals.share)}"
        for at in shown.shown
    ]
    rest = f"; {len(shown.rest)} more words {plain(shown.gathered(one.weights)[-1], decimals.share)}"
    return (
        f"The row of {quoted(tokens, one.i)}: dot product, scaled score, exponential and share of each word. "
        f"{'; '.join(said)}{rest if shown.rest else ''}. The exponentials add up to "
        f"{plain(one.total, decimals.exponential)}, the shares to {plain(1.0, decimals.share)}."
    )


def coordinate_alt(one: TracedCoordinate, decimals: CoordinateDecimals, tokens: Sequence[str], shown: Lines) -> str:
    """Stand in for the parts of a coordinate."""
    parts = zip(row_names(tokens, shown), shown.gathered(one.parts), strict=True)
    said = ", ".join(f"{name} {plain_fixed(part, decimals.part, signed=True)}" for name, part in parts)
    return (
        f"What each word adds to coordinate {one.dimension + 1} of “{tokens[one.i]}”: {said}. Together "
        f"{plain_fixed(one.contextual, decimals.part)}; the static vector has "
        f"{plain_fixed(one.static, decimals.part)} there."
    )


def point_alt(
    one: TracedPoint, decimals: PointDecimals, tokens: Sequence[str], row: int, shown: Lines, axes: Sequence[int]
) -> str:
    """Stand in for the pulls along one axis, or both."""
    said = []
    for axis in axes:
        pairs = zip(row_names(tokens, shown), shown.gathered(one.steps[:, axis]), strict=True)
        parts = ", ".join(f"{name} {plain_fixed(part, decimals.places[axis], signed=True)}" for name, part in pairs)
        before, after = (plain_fixed(place[axis], decimals.places[axis]) for place in (one.static, one.contextual))
        said.append(f"{AXES[axis]}: from {before} by {parts} to {after}")
    return f"The pulls on {quoted(tokens, row)}, tip to tail. {'; '.join(said).capitalize()}."
