"""Three vectors in two dimensions: read from what was typed or dragged, written for a link, and compared."""

import math
from typing import NamedTuple

from selfattn.core import typed
from selfattn.core.similarity import angle
from selfattn.core.typed import dot, written

Vector = tuple[float, float]


class Plane(NamedTuple):
    """The three vectors."""

    A: Vector
    B: Vector
    C: Vector


PAIRS = ("BC", "AC", "AB")  # the finding compares the first two
START = Plane((1.0, 2.0), (2.0, 5.0), (3.0, 4.0))  # B·C = 26 and A·C = 11
FARTHEST = 9.0
WANTED = "two numbers from −9 to 9, such as 2 5"


def read_vector(text: str) -> Vector | None:
    """Read two numbers from -9 to 9, with spaces, commas or semicolons between them, in brackets or without.

    >>> read_vector("(2, −0.5)"), read_vector("2")
    ((2.0, -0.5), None)
    """
    try:
        return _placed(*typed.read_vector(text))
    except (ValueError, TypeError):  # not numbers, not two, or too large
        return None


def read_plane(text: str) -> Plane:
    """Read A, B and C as the link has them: "1 2, 2 5, 3 4"; what cannot be read stays where it starts.

    >>> read_plane("1 2, x, 3 -4.5")
    Plane(A=(1.0, 2.0), B=(2.0, 5.0), C=(3.0, -4.5))
    """
    pieces = [*text.split(","), "", "", ""]
    return Plane(*(read_vector(piece) or start for piece, start in zip(pieces, START, strict=False)))


def read_moved(moved: object) -> Plane | None:
    """Read what the picture sends: three pairs of numbers; None for anything else."""
    try:
        return Plane(*(_placed(*map(float, pair)) for pair in moved))  # type: ignore[attr-defined]
    except (TypeError, ValueError, OverflowError):
        return None


def write_vector(vector: Vector) -> str:
    """Write a vector as it is typed.

    >>> write_vector((2.0, -0.5))
    '2 -0.5'
    """
    return " ".join(f"{number:g}" for number in vector)


def write_plane(vectors: Plane) -> str:
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
    """Say which of A and B is more like C; where no dot product is above 0, neither is.

    >>> finding(START)
    'B and C are more alike than A and C: 26 against 11.'
    >>> finding(Plane((-1.0, 0.0), (0.0, 0.0), (2.0, 0.0)))
    'Neither A nor B is like C: their dot products with it are −2 and 0.'
    """
    a, b, c = vectors
    first, second = dot(b, c), dot(a, c)
    if max(first, second) <= 0:
        return f"Neither A nor B is like C: their dot products with it are {written(second)} and {written(first)}."
    if first == second:
        return f"B and C are just as alike as A and C: both dot products are {written(first)}."
    (low, less), (high, more) = sorted([(first, "B"), (second, "A")])
    return f"{more} and C are more alike than {less} and C: {written(high)} against {written(low)}."


def remark(vectors: Plane) -> str:
    """Say what is special about the three vectors as they stand; empty where nothing is.

    >>> remark(Plane((1.0, 2.0), (2.0, 5.0), (4.0, -2.0)))
    'A and C stand at a right angle: their dot product is 0.'
    """
    named = vectors._asdict()
    if zero := [name for name, vector in named.items() if not any(vector)]:
        return f"{zero[0]} is (0, 0): it points nowhere, and every dot product with it is 0."
    products = {f"{pair[0]} and {pair[1]}": dot(named[pair[0]], named[pair[1]]) for pair in PAIRS}
    if right := [pair for pair, product in products.items() if product == 0]:
        return f"{right[0]} stand at a right angle: their dot product is 0."
    if apart := [pair for pair, product in products.items() if product < 0]:
        return f"{apart[0]} point away from each other: their dot product is below 0."
    return _other_way_round(*vectors)


def _other_way_round(a: Vector, b: Vector, c: Vector) -> str:
    """Say why where the angles to C order A and B otherwise than the dot products do: the lengths."""
    of_b, of_a = angle(b, c) or 0.0, angle(a, c) or 0.0
    if (dot(b, c) - dot(a, c)) * (of_b - of_a) <= 0 or f"{of_a:.1f}" == f"{of_b:.1f}":
        return ""
    (small, near, short), (large, far, long) = sorted([(of_a, "A", math.hypot(*a)), (of_b, "B", math.hypot(*b))])
    return (
        f"Two things make a dot product large: a small angle, and length. {near} is at the smaller angle to C "
        f"({small:.1f}° against {large:.1f}°), {far} is longer ({long:.2f} against {short:.2f}): here length decides."
    )


def _placed(x: float, y: float) -> Vector:
    """Round a place to hundredths; what lies outside the plane is an error."""
    if not (abs(x) <= FARTHEST and abs(y) <= FARTHEST):  # neither nan nor an infinity
        raise ValueError(f"need {WANTED}, got {x:g} and {y:g}")
    return round(x, 2) + 0.0, round(y, 2) + 0.0  # −0 is 0
