"""A traced number in plain words: the finding above the picture, and the texts that stand in for it."""

from collections.abc import Sequence

from selfattn.core.heaviest import gathered
from selfattn.core.rounding import percent, plain, plain_fixed
from selfattn.core.scene import Mover
from selfattn.core.wording import numbered
from selfattn.views.trace.decimals import AXES, PRODUCT, Written
from selfattn.views.trace.steps import TracedCoordinate, TracedWeight, strongest_pull


def weight_finding(traced: TracedWeight, written: Written) -> str:
    """Say how a weight is made."""
    word, giver = written.quoted(traced.i), written.quoted(traced.j)
    score = plain_fixed(float(traced.scores[traced.j]), written.score)
    if not traced.allowed:
        whom = "itself" if traced.i == traced.j else giver
        return f"{word} may not look at {whom}: {score} does not count, the weight is 0."
    part = plain(float(traced.exponentials[traced.j]), written.exponential)
    exponent = plain_fixed(float(traced.scaled[traced.j]) - traced.shift, written.score)
    made = f"exp({exponent}) {written.equals('exp')} {part} of {plain(traced.total, written.exponential)}"
    share = percent(traced.weight)
    first = f"{word} keeps {share} of itself" if traced.i == traced.j else f"{giver} gives the new {word} {share}"
    shifted = (
        f" The highest score of the row, {plain_fixed(traced.shift, written.score)}, is taken off every score before: "
        "the softmax stays the same."
    )
    return f"{first}: {made}.{shifted if traced.shift else ''}"


def coordinate_finding(traced: TracedCoordinate, written: Written) -> str:
    """Say what one coordinate becomes, and who adds most."""
    before, after = (plain_fixed(number, written.part) for number in (traced.static, traced.contextual))
    goes = f"stays at {after}" if before == after else f"goes from {before} to {after}"
    adds = [
        f"{written.quoted(place)}{' itself' if place == traced.i else ''} adds {plain_fixed(part, written.part)}"
        for place, part in sorted(enumerate(traced.parts.tolist()), key=lambda item: -abs(item[1]))[:2]
    ]
    return f"Coordinate {traced.dimension + 1} of “{written.tokens[traced.i]}” {goes}: {', '.join(adds)}."


def pull_words(mover: Mover, written: Written) -> str:
    """Write the longest pull as what it is made of: weight times distance."""
    place, axis = strongest_pull(mover)
    static = plain_fixed(mover.static[axis], written.place)
    away = f"− {static}" if not static.startswith("−") else f"+ {static[1:]}"
    far = f"({plain_fixed(mover.places[place, axis], written.place)} {away})"
    step = plain_fixed(mover.steps[place, axis], written.place)
    return f"{plain(mover.weights[place], written.weight)} · {far} {written.equals('pull')} {step}"


def point_finding(mover: Mover, written: Written, row: int) -> str:
    """Say how the point is reached, by the longest pull."""
    word = written.quoted(row)
    place, axis = strongest_pull(mover)
    before, after = (plain_fixed(end[axis], written.place) for end in (mover.static, mover.contextual))
    if not mover.steps[place, axis]:
        places = ", ".join(plain_fixed(static, written.place) for static in mover.static)
        return f"Nothing pulls {word}: it stays at ({places})."
    return (
        f"On {AXES[axis]} {written.quoted(place)} pulls {word} most: {pull_words(mover, written)}. "
        f"With all pulls it goes from {before} to {after}."
    )


def strips_alt(traced: TracedWeight, written: Written) -> str:
    """Stand in for two vectors and their products."""
    place, total = traced.largest, plain_fixed(traced.scores[traced.j], written.score)
    first, second = (part + written.quoted(each) for part, each in zip(traced.parts, (traced.i, traced.j), strict=True))
    sides = f"The {first} and the {second}" if traced.projected else f"The vectors of {first} and {second}"
    factors = " · ".join(plain_fixed(side[place], written.factors) for side in (traced.query, traced.key))
    return (
        f"{sides}, and below them their "
        f"{len(traced.products)} products. The largest is {factors} {written.equals('product')} "
        f"{plain_fixed(traced.products[place], PRODUCT)}; all add up to {total}."
    )


def row_alt(traced: TracedWeight, written: Written) -> str:
    """Stand in for the row of one word."""
    lines = [
        f"{written.named(place)} {plain_fixed(traced.scores[place], written.score)}, "
        f"{plain_fixed(traced.scaled[place], written.score)}, "
        f"{plain(traced.exponentials[place], written.exponential)}, {plain(traced.weights[place], written.share)}"
        for place in written.shown
    ]
    rest = plain(gathered(traced.weights, written.shown)[-1], written.share)
    more = f"; {written.rest} more words {rest}" if written.rest else ""
    return (
        f"The row of {written.quoted(traced.i)}: dot product, scaled score, exponential and share of each word. "
        f"{'; '.join(lines)}{more}. The exponentials add up to "
        f"{plain(traced.total, written.exponential)}, the shares to {plain(1.0, written.share)}."
    )


def coordinate_alt(traced: TracedCoordinate, written: Written) -> str:
    """Stand in for the parts of a coordinate."""
    parts = numbered(written.names, gathered(traced.parts, written.shown), written.part, signed=True)
    static, contextual = (plain_fixed(end, written.part) for end in (traced.static, traced.contextual))
    return (
        f"What each word adds to coordinate {traced.dimension + 1} of “{written.tokens[traced.i]}”: "
        f"{', '.join(parts)}. Together {contextual}; the static vector has {static} there."
    )


def point_alt(mover: Mover, written: Written, row: int, axes: Sequence[int]) -> str:
    """Stand in for the pulls along one axis, or both."""
    sums = []
    for axis in axes:
        pulls = numbered(written.names, gathered(mover.steps[:, axis], written.shown), written.place, signed=True)
        before, after = (plain_fixed(end[axis], written.place) for end in (mover.static, mover.contextual))
        sums.append(f"{AXES[axis]}: from {before} by {', '.join(pulls)} to {after}")
    return f"The pulls on {written.quoted(row)}, tip to tail. {'; '.join(sums).capitalize()}."
