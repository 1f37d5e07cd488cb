"""Numbers that a class types: a vector of a few, read from whatever separates them."""

import math
import re
from collections.abc import Sequence

from selfattn.core.wording import shortened

FEWEST, MOST = 2, 8
FURTHEST = 1000.0
QUOTED = 24  # letters of what cannot be read
DECIMALS = 6  # more are rounded where they are read, so that what is shown is what is meant
EXAMPLE = "0.6, 0.2, 0.1, 0.7"
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")  # float() takes 1_0, too
_BETWEEN = re.compile(r"[\s,;\[\]()]+")


def read_vector(text: str) -> tuple[float, ...]:
    """Read a vector as it is typed: with spaces, commas or semicolons, in brackets or without.

    Raises
    ------
    ValueError
        Something is not a number, or is too large, or there are too few or too many; the message says what to type.

    Examples
    --------
    >>> read_vector("[0.6, 0.2; 0.1 0.7]")
    (0.6, 0.2, 0.1, 0.7)
    """
    parts = parted(text)
    ask = f"type {FEWEST} to {MOST} numbers, such as {EXAMPLE}"
    if not parts:
        raise ValueError(f"There are no numbers yet: {ask}.")
    numbers = [_number(part, ask) for part in parts[: MOST + 1]]
    if not FEWEST <= len(parts) <= MOST:
        raise ValueError(f"There {'is 1 number' if len(parts) == 1 else f'are {len(parts)} numbers'} here: {ask}.")
    return tuple(numbers)


def parted(text: str) -> list[str]:
    """Cut a vector as it is typed into its numbers, as text."""
    return [part for part in _BETWEEN.split(text.replace("−", "-")) if part]


def _number(part: str, ask: str) -> float:
    shown = shortened(part, QUOTED)
    if not _NUMBER.fullmatch(part):
        raise ValueError(f"“{shown}” is not a number: {ask}.")
    number = float(part)
    if abs(number) > FURTHEST:
        raise ValueError(f"“{shown}” is not between −{FURTHEST:g} and {FURTHEST:g}: {ask}.")
    return round(number, DECIMALS) + 0.0  # −0 is 0


def written(number: float) -> str:
    """Write a number as it is typed: with as many decimals as it has, at most six.

    >>> [written(number) for number in (0.6, -0.125, 12.34, 0.0004, 1000.0)]
    ['0.6', '−0.125', '12.34', '0.0004', '1000']
    """
    return f"{round(number, DECIMALS) + 0.0:.{DECIMALS}f}".rstrip("0").rstrip(".").replace("-", "−")


def bracketed(vector: Sequence[float]) -> str:
    """Write a vector as the lesson does.

    >>> bracketed((0.6, 0.2, 0.1, 0.7))
    '[0.6, 0.2, 0.1, 0.7]'
    """
    return f"[{', '.join(written(number) for number in vector)}]"


def dot(first: Sequence[float], second: Sequence[float]) -> float:
    """Multiply number by number and add up; to four decimals, which is exact for numbers of two.

    >>> dot((2.0, 5.0), (3.0, 4.0))
    26.0
    """
    return round(math.fsum(x * y for x, y in zip(first, second, strict=True)), 4) + 0.0


def sum_of_products(names: Sequence[str], first: Sequence[float], second: Sequence[float]) -> str:
    r"""Write a dot product as the sum that it is, in LaTeX.

    >>> sum_of_products("BC", (2.0, 5.0), (3.0, -4.0))
    'B \\cdot C = 2 \\cdot 3 + 5 \\cdot (-4) = -14'
    """
    terms = " + ".join(rf"{_factor(x)} \cdot {_factor(y)}" for x, y in zip(first, second, strict=True))
    return rf"{names[0]} \cdot {names[1]} = {terms} = {written(dot(first, second)).replace('−', '-')}"


def _factor(number: float) -> str:
    return f"({number:g})" if number < 0 else f"{number:g}"
