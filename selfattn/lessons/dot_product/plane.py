"""Three vectors in two dimensions: read from what was typed or dragged, written for a link, and compared."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeVar

from selfattn.core import typed
from selfattn.core.similarity import angle
from selfattn.core.typed import dot, written

Vector = tuple[float, float]
Plane = tuple[Vector, Vector, Vector]
Otherwise = TypeVar("Otherwise")

NAMES = "ABC"
START: Plane = ((1.0, 2.0), (2.0, 5.0), (3.0, 4.0))  # B·C = 26 and A·C = 11
FARTHEST = 9.0
WANTED = "two numbers from −9 to 9, such as 2 5"


def read_vector(text: str) -> Vector:
    """Read two numbers, with spaces, commas or semicolons between them, in brackets or without.

    Raises
    ------
    ValueError
        There are not two numbers from -9 to 9.

    Examples
    --------
    >>> read_vector("(2, −0.5)")
    (2.0, -0.5)
    """
    try:
        x, y = typed.read_vector(text)
    except ValueError as error:  # not numbers, or not two
        raise ValueError(f"need {WANTED}, got {text!r}") from error
    return _placed(x, y)


def read_or(text: str, otherwise: Otherwise) -> Vector | Otherwise:
    """Read two numbers as `read_vector` does; what cannot be read gives something else."""
    try:
        return read_vector(text)
    except ValueError:
        return otherwise


def read_plane(text: str) -> Plane:
    """Read A, B and C as the link has them: "1 2, 2 5, 3 4"; what cannot be read stays where it starts.

    >>> read_plane("1 2, x, 3 -4.5")
    ((1.0, 2.0), (2.0, 5.0), (3.0, -4.5))
    """
    pieces = [*text.split(","), "", "", ""]
    first, second, third = (read_or(piece, start) for piece, start in zip(pieces, START, strict=False))
    return first, second, third


def read_moved(moved: object) -> Plane:
    """Read what the picture sends: three pairs of numbers.

    Raises
    ------
    ValueError
        It is anything else.
    """
    try:
        (a, b), (c, d), (e, f) = ((float(x), float(y)) for x, y in moved)  # type: ignore[attr-defined]
    except (TypeError, ValueError, OverflowError) as error:
        raise ValueError(f"need three pairs of numbers, got {moved!r}") from error
    return _placed(a, b), _placed(c, d), _placed(e, f)


def write_vector(vector: Vector) -> str:
    """Write a vector as it is typed.

    >>> write_vector((2.0, -0.5))
    '2 -0.5'
    """
    return " ".join(f"{number:g}" for number in vector)


def write_plane(vectors: Sequence[Vector]) -> str:
    """Write A, B and C as the link has them.

    >>> write_plane(START)
    '1 2, 2 5, 3 4'
    """
    return ", ".join(write_vector(vector) for vector in vectors)


def apart(names: str, first: Vector, second: Vector) -> str:
    """Say how far two vectors point apart, and how long they are.

    >>> apart("BC", (2.0, 5.0), (3.0, 4.0))
    '15.1° between B, 5.39 long, and C, 5.00 long'
    """
    degrees = angle(first, second)
    between = "No angle" if degrees is None else f"{degrees:.1f}°"
    return (
        f"{between} between {names[0]}, {math.hypot(*first):.2f} long, and {names[1]}, {math.hypot(*second):.2f} long"
    )


def finding(vectors: Plane) -> str:
    """Say which of A and B is more like C.

    >>> finding(START)
    'B and C are more alike than A and C: 26 against 11.'
    """
    a, b, c = vectors
    first, second = dot(b, c), dot(a, c)
    if first == second:
        return f"B and C are just as alike as A and C: both dot products are {written(first)}."
    more, less = ("B", "A") if first > second else ("A", "B")
    high, low = max(first, second), min(first, second)
    return f"{more} and C are more alike than {less} and C: {written(high)} against {written(low)}."


def remark(vectors: Plane) -> str:
    """Say what is special about the three vectors as they stand; empty where nothing is.

    >>> remark(((1.0, 2.0), (2.0, 5.0), (4.0, -2.0)))
    'A and C stand at a right angle: their dot product is 0.'
    """
    named = dict(zip(NAMES, vectors, strict=True))
    if zero := [name for name, vector in named.items() if not any(vector)]:
        return f"{zero[0]} is (0, 0): it points nowhere, and every dot product with it is 0."
    products = {(first, second): dot(named[first], named[second]) for first, second in ("BC", "AC", "AB")}
    for (first, second), product in products.items():
        if product == 0:
            return f"{first} and {second} stand at a right angle: their dot product is 0."
    for (first, second), product in products.items():
        if product < 0:
            return f"{first} and {second} point away from each other: their dot product is below 0."
    return _other_way_round(named)


def _other_way_round(named: dict[str, Vector]) -> str:
    a, b, c = named.values()
    of_b, of_a = angle(b, c) or 0.0, angle(a, c) or 0.0
    if (dot(b, c) - dot(a, c)) * (of_b - of_a) <= 0 or f"{of_a:.1f}" == f"{of_b:.1f}":
        return ""
    near, far = ("A", "B") if of_a < of_b else ("B", "A")
    small, large = sorted((of_a, of_b))
    return (
        f"By the angle alone it is the other way round: {near} is {small:.1f}° from C, {far} {large:.1f}°. "
        f"But {far} is longer, and in a dot product length counts, too."
    )


def _placed(x: float, y: float) -> Vector:
    if not (abs(x) <= FARTHEST and abs(y) <= FARTHEST):  # neither nan nor an infinity
        raise ValueError(f"need {WANTED}, got {x:g} and {y:g}")
    return round(x, 2) + 0.0, round(y, 2) + 0.0  # −0 is 0
