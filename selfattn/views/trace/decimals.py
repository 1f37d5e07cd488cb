"""How many decimals a traced number takes, so that its arithmetic holds as it is read: fewest first.

Where none that can still be read will do, the relation is missing from `holds`, and the screen writes ≈.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any

import numpy as np

from selfattn.core.heaviest import gathered
from selfattn.core.rounding import adds_up, fewest, fixed, same, same_fixed, telling
from selfattn.core.scene import Mover
from selfattn.views.trace.steps import TracedCoordinate, TracedWeight, strongest_pull

FINEST = 6  # decimals of the traced number
READABLE = 4  # of a table
FEW = 4  # lines whose sum is worth so many
AXES = ("axis 1", "axis 2")
PRODUCT = 2  # decimals of a product of two coordinates
TRACED = {"scaled", "bias", "shift", "exp", "share"}
SUMS = {"total", "whole"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """How a traced number is written: which words get a line, how many decimals each number takes, and what then holds.

    Attributes
    ----------
    tokens : sequence of str
    shown : sequence of int
        The words that have a line of their own; the others are one line together.
    holds : frozenset of str
        The relations that hold as they are read. Of a weight: "product" (of the two largest coordinates), "scaled",
        "bias", "shift", "exp", "share" (of the traced weight), "row" (all of these in every line), "total" (the
        exponentials add up), "whole" (the shares do). Of a coordinate: "products", "sum". Of a point: "axis 1",
        "axis 2", "pull".
    factors, score, exponential, share : int
        Decimals of a weight: of the coordinates of a product, and of scores, before and after they are divided.
    weight, value, part : int
        Of a coordinate.
    place : int
        Of a point, whose weights have `weight` decimals.
    unit : str
        What the tokens are called.
    """

    tokens: Sequence[str]
    shown: Sequence[int]
    holds: frozenset[str]
    factors: int = 2
    score: int = 2
    exponential: int = 2
    share: int = 2
    weight: int = 3
    value: int = 3
    part: int = 2
    place: int = 2
    unit: str = "word"

    @property
    def rest(self) -> int:
        """Count the words that have no line of their own."""
        return len(self.tokens) - len(self.shown)

    @property
    def names(self) -> list[str]:
        """Name the lines of a sum, the last one for those that have none of their own."""
        return [*map(self.named, self.shown), *([f"{self.rest} more"] if self.rest else [])]

    def named(self, place: int) -> str:
        """Name a word of the sentence, with its place where it stands there more than once."""
        word = self.tokens[place]
        return f"{word} ({place + 1})" if self.tokens.count(word) > 1 else word

    def quoted(self, place: int) -> str:
        """Name a word in a sentence of ours."""
        word = self.tokens[place]
        return f"“{word}”" + (f" ({self.unit} {place + 1})" if self.tokens.count(word) > 1 else "")

    def equals(self, relation: str) -> str:
        """Choose the sign between two numbers as they are read."""
        return "=" if relation in self.holds else "≈"


def write_weight(traced: TracedWeight, tokens: Sequence[str], shown: Sequence[int]) -> Written:
    """Find the fewest decimals with which the arithmetic of a weight, and of its row, holds as it is read.

    Where none do, the traced weight comes first, then the row, then the sums.
    """
    coarsest = 0 if traced.total >= 1000 else 1  # of exponentials
    least = 3 if 0.0005 <= traced.weight < 0.01 else 2  # of shares
    choices = product(range(2, FINEST + 1), range(coarsest, FINEST + 1), range(least, READABLE + 1))
    held = cache(lambda choice: _holding(traced, shown, *choice))
    every = sorted(choices, key=sum)
    readable = [choice for choice in every if max(choice) <= READABLE]
    wanted = [
        (readable, TRACED | {"row"} | SUMS),
        (readable, TRACED | {"row"}),
        (every, TRACED),
        (every, TRACED - {"share"}),
        (every, set()),
    ]
    choice = next(choice for choices, names in wanted for choice in choices if names <= held(choice))
    factors = fewest(range(2, FINEST), lambda decimals: _multiplies(traced, decimals))
    holds = frozenset(held(choice) | ({"product"} if factors else set()))
    decimals: dict[str, Any] = dict(zip(("score", "exponential", "share"), choice, strict=True))
    return Written(tokens=tokens, shown=shown, holds=holds, factors=factors or 2, **decimals)


def _holding(traced: TracedWeight, shown: Sequence[int], score: int, exponential: int, share: int) -> set[str]:
    """Name the relations of the weight and of its row that hold with so many decimals."""
    holds = _steps(traced, traced.j, score, exponential, share)
    if holds == TRACED and all(_steps(traced, place, score, exponential, share) == TRACED for place in shown):
        holds.add("row")
    if adds_up(gathered(traced.exponentials, shown), traced.total, exponential):
        holds.add("total")
    if adds_up(gathered(traced.weights, shown), 1.0, share):
        holds.add("whole")
    return holds


def _steps(traced: TracedWeight, place: int, score: int, exponential: int, share: int) -> set[str]:
    """Name the steps from a dot product to its share that hold as they are read; those of a masked word all do."""
    divided, scaled = float(traced.scores[place] / traced.divisor), float(traced.scaled[place])
    before, after, shifted = (fixed(number, score) for number in (divided, scaled, scaled - traced.shift))
    part, total = telling(float(traced.exponentials[place]), exponential), fixed(traced.total, exponential)
    relations = {
        "scaled": same_fixed(fixed(traced.scores[place], score) / traced.divisor, divided, score),
        "bias": same_fixed(before + fixed(traced.added[place], score), scaled, score),
        "shift": same_fixed(after - fixed(traced.shift, score), shifted, score),
        "exp": same(float(np.exp(shifted)), part, exponential),
        "share": total > 0 and same(part / total, float(traced.weights[place]), share),
    }
    return {name for name, holds in relations.items() if holds}


def _multiplies(traced: TracedWeight, decimals: int) -> bool:
    query, key, result = (float(row[traced.largest]) for row in (traced.query, traced.key, traced.products))
    return same_fixed(fixed(query, decimals) * fixed(key, decimals), result, PRODUCT)


def write_coordinate(traced: TracedCoordinate, tokens: Sequence[str], shown: Sequence[int]) -> Written:
    """Find the fewest decimals with which weight · value is the part, and the parts add up, as they are read."""
    part, holds = _adding({"sum": (gathered(traced.parts, shown), traced.contextual)}, shown)
    rows = [(traced.weights[place], traced.values[place], traced.parts[place]) for place in shown]

    def multiplies(decimals: tuple[int, int]) -> bool:
        of_weight, of_value = decimals
        made = [telling(weight, of_weight) * fixed(value, of_value) for weight, value, _ in rows]
        return all(same_fixed(read, result, part) for read, (_, _, result) in zip(made, rows, strict=True))

    factors = fewest(sorted(product(range(2, FINEST), range(2, FINEST)), key=sum), multiplies)
    weight, value = factors or (3, 3)
    holds |= {"products"} if factors else set()
    return Written(tokens=tokens, shown=shown, holds=frozenset(holds), weight=weight, value=value, part=part)


def write_point(traced: Mover, shown: Sequence[int]) -> Written:
    """Find the fewest decimals with which the steps add up on both axes, as they are read.

    The strongest pull is written as weight · distance.
    """
    steps = ([traced.static[axis], *gathered(traced.steps[:, axis], shown)] for axis in (0, 1))
    place, holds = _adding(dict(zip(AXES, zip(steps, traced.contextual, strict=True), strict=True)), shown)
    pull = strongest_pull(traced)
    far = fixed(traced.places[pull], place) - fixed(traced.static[pull[1]], place)

    def pulls(decimals: int) -> bool:
        return same_fixed(telling(traced.weights[pull[0]], decimals) * far, traced.steps[pull], place)

    weight = fewest(range(2, FINEST + 1), pulls)
    holds |= {"pull"} if weight else set()
    return Written(tokens=traced.tokens, shown=shown, holds=frozenset(holds), weight=weight or 3, place=place)


def _adding(sums: Mapping[str, tuple[Iterable[float], float]], shown: Sequence[int]) -> tuple[int, set[str]]:
    """Find the fewest decimals with which most sums (parts and end) add up, and name those; a longer one gets fewer."""
    readable = range(2, READABLE + (len(shown) <= FEW))
    holds = {
        decimals: {name for name, (parts, end) in sums.items() if adds_up(parts, end, decimals)}
        for decimals in readable
    }
    best = max(readable, key=lambda decimals: len(holds[decimals]))  # of equals the first
    return best, holds[best]
