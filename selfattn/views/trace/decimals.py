"""How many decimals a traced number takes, so that its arithmetic holds as it is read: fewest first.

Where none that can still be read will do, the relation is missing from `holds`, and the screen writes ≈.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product

import numpy as np

from selfattn.core.rounding import adds_up, fewest, fixed, same, same_fixed, telling
from selfattn.views.trace.steps import Lines, TracedCoordinate, TracedPoint, TracedWeight

MOST_DECIMALS = 6  # of the traced number
READABLE = 4  # of a table
FEW = 4  # lines whose sum is worth so many; a longer sum gets one more than its parts need


@dataclass(frozen=True, slots=True)
class WeightDecimals:
    """How many decimals each number of a weight takes, and which of the relations then hold as they are read.

    `factors` and `product` are those of one product of two coordinates. `holds` has names of: "product", "scaled",
    "bias", "shift", "exp", "share" (of the traced weight), "total" (the exponentials add up), "whole" (the shares do).
    """

    factors: int
    product: int
    score: int
    scaled: int
    exponential: int
    share: int
    holds: frozenset[str]


@dataclass(frozen=True, slots=True)
class CoordinateDecimals:
    """How many decimals weights, values and parts take; `holds` may have "products" and "sum"."""

    weight: int
    value: int
    part: int
    holds: frozenset[str]


@dataclass(frozen=True, slots=True)
class PointDecimals:
    """How many decimals the places on each axis and the weights take; `holds` may have "axis 1", "axis 2", "pull"."""

    places: tuple[int, int]
    weight: int
    holds: frozenset[str]


def weight_decimals(one: TracedWeight, shown: Lines) -> WeightDecimals:
    """Find the fewest decimals with which the arithmetic of a weight, and of its row, holds as it is read.

    Where none do, the traced weight comes first, then the row, then the sums.
    """
    share, exponential = _share_decimals(one, shown)
    finite = [at for at in shown.shown if np.isfinite(one.scaled[at])]
    own = [one.j] if one.allowed else []

    def steps(decimals: int, places: Sequence[int]) -> bool:
        return all(len(_steps(one, at, decimals, exponential)) == 3 for at in places)

    finest = range(2, MOST_DECIMALS + 1)
    scaled = fewest(finest, lambda k: k <= READABLE and steps(k, finite), lambda k: steps(k, own)) or 3

    def dividing(decimals: int, places: Sequence[int]) -> bool:
        return all(
            same_fixed(fixed(one.scores[at], decimals) / one.divisor, _divided(one, at), scaled) for at in places
        )

    undivided = one.divisor == 1
    choices = [scaled] if undivided else finest
    score = fewest(choices, lambda k: k <= READABLE and dividing(k, finite), lambda k: dividing(k, own)) or scaled
    factors, digits = _product_decimals(one)
    holds = set(_steps(one, one.j, scaled, exponential)) if own else set()
    holds |= {"scaled"} if dividing(score, own) else set()
    holds |= {"share"} if _is_share(one, one.j, share, exponential) else set()
    holds |= {"total"} if adds_up(shown.gathered(one.exponentials), one.total, exponential) else set()
    holds |= {"whole"} if adds_up(shown.gathered(one.weights), 1.0, share) else set()
    holds |= {"product"} if _is_product(one, factors, digits) else set()
    return WeightDecimals(factors, digits, score, scaled, exponential, share, frozenset(holds))


def _share_decimals(one: TracedWeight, shown: Lines) -> tuple[int, int]:
    """Find decimals of the shares and of the exponentials, together: one is divided to get the other."""
    low = 0 if one.total >= 1000 else 1
    finest = 3 if 0.0005 <= one.weight < 0.01 else 2
    choices = list(product(range(finest, READABLE + 1), range(low, MOST_DECIMALS + 1)))
    worth = READABLE if _few(shown) else low + 1

    def divides(both: tuple[int, int]) -> bool:
        return all(_is_share(one, at, *both) for at in shown.shown)

    def adds(both: tuple[int, int]) -> bool:
        share, exponential = both
        return adds_up(shown.gathered(one.weights), 1.0, share) and adds_up(
            shown.gathered(one.exponentials), one.total, exponential
        )

    both = fewest(
        choices,
        lambda k: k[1] <= worth and divides(k) and adds(k),
        lambda k: k[1] <= READABLE and divides(k),
        lambda k: _is_share(one, one.j, *k),
    )
    return both or (finest, 2)


def _few(shown: Lines) -> bool:
    return len(shown.shown) <= FEW


def _is_share(one: TracedWeight, at: int, share: int, exponential: int) -> bool:
    total = fixed(one.total, exponential)
    part = telling(float(one.exponentials[at]), exponential)
    return total > 0 and same(part / total, float(one.weights[at]), share)


def _divided(one: TracedWeight, at: int) -> float:
    return float(one.scores[at] / one.divisor)


def _steps(one: TracedWeight, at: int, decimals: int, exponential: int) -> frozenset[str]:
    """Name the steps from the divided score to the exponential that hold as they are read."""
    before, after = fixed(_divided(one, at), decimals), fixed(float(one.scaled[at]), decimals)
    shift, shifted = fixed(one.shift, decimals), fixed(float(one.scaled[at]) - one.shift, decimals)
    holds = {
        "bias": same_fixed(before + fixed(float(one.added[at]), decimals), after, decimals),
        "shift": same_fixed(after - shift, shifted, decimals),
        "exp": same(float(np.exp(shifted)), float(one.exponentials[at]), exponential),
    }
    return frozenset(name for name, held in holds.items() if held)


def _product_decimals(one: TracedWeight) -> tuple[int, int]:
    """Find decimals of two coordinates and of their product."""
    choices = [(factors, digits) for factors in range(2, MOST_DECIMALS) for digits in (2, 3) if digits <= factors]
    return fewest(choices, lambda both: _is_product(one, *both)) or (2, 2)


def _is_product(one: TracedWeight, factors: int, digits: int) -> bool:
    at = one.largest
    found = fixed(float(one.query[at]), factors) * fixed(float(one.key[at]), factors)
    return same_fixed(found, float(one.products[at]), digits)


def coordinate_decimals(one: TracedCoordinate, *shown: Lines) -> CoordinateDecimals:
    """Find the fewest decimals with which weight · value is the part, and the parts add up, as they are read.

    Parameters
    ----------
    one : TracedCoordinate
    *shown : Lines
        Every way in which the sum is written on the screen.
    """

    def adds(decimals: int) -> bool:
        return all(adds_up(each.gathered(one.parts), one.contextual, decimals) for each in shown)

    part = fewest(range(2, READABLE + 1 if all(map(_few, shown)) else READABLE), adds) or 2
    places = sorted({at for each in shown for at in each.shown})

    def multiplies(both: tuple[int, int]) -> bool:
        return all(
            same_fixed(telling(one.weights[at], both[0]) * fixed(one.values[at], both[1]), one.parts[at], part)
            for at in places
        )

    choices = [(weight, total - weight) for total in range(4, 2 * MOST_DECIMALS) for weight in range(2, total - 1)]
    found = fewest([both for both in choices if max(both) <= MOST_DECIMALS - 1], multiplies)
    weight, value = found or (3, 3)
    names = {"products": found is not None, "sum": adds(part)}
    return CoordinateDecimals(weight, value, part, frozenset(name for name, held in names.items() if held))


def point_decimals(one: TracedPoint, shown: Lines, pull: tuple[int, int]) -> PointDecimals:
    """Find the fewest decimals with which the steps add up on both axes, as they are read.

    Parameters
    ----------
    one : TracedPoint
    shown : Lines
    pull : tuple of int
        The (word, axis) whose pull is written as weight · distance.
    """

    def adds(axis: int, decimals: int) -> bool:
        parts = [float(one.static[axis]), *shown.gathered(one.steps[:, axis])]
        return adds_up(parts, float(one.contextual[axis]), decimals)

    finest = READABLE if _few(shown) else READABLE - 1
    places = [fewest(range(2, finest + 1), partial(adds, axis)) or 2 for axis in (0, 1)]

    def pulls(weight: int) -> bool:
        at, axis = pull
        place = places[axis]
        far = fixed(one.places[at, axis], place) - fixed(one.static[axis], place)
        return same_fixed(telling(one.weights[at], weight) * far, one.steps[at, axis], place)

    found = fewest(range(2, MOST_DECIMALS + 1), pulls)
    names = {"axis 1": adds(0, places[0]), "axis 2": adds(1, places[1]), "pull": found is not None}
    return PointDecimals((places[0], places[1]), found or 3, frozenset(name for name, held in names.items() if held))
