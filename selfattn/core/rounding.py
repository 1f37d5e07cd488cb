"""Numbers as they are shown, and how many decimals it takes until the arithmetic on the screen holds as shown.

Whoever types the numbers of the screen into a calculator shall get the numbers of the screen.
"""

import math
from collections.abc import Callable, Iterable
from typing import TypeVar

Choice = TypeVar("Choice")

SMALLEST = -4  # the power of ten below which a number is written as 3.6 · 10⁻⁷
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def fixed(number: float, decimals: int) -> float:
    """Give a number as it is after rounding, never −0.

    >>> fixed(1.52533, 2)
    1.53
    """
    return float(f"{number:.{decimals}f}") + 0.0


def telling(number: float, decimals: int) -> float:
    """Give a number as shown where it may not be shown as zero: with two digits at least, if need be.

    >>> telling(0.2384, 2), telling(0.000364, 2)
    (0.24, 0.00036)
    """
    mantissa, power = _digits(number, decimals)
    return float(f"{mantissa}e{power}")


def plain(number: float, decimals: int, *, signed: bool = False) -> str:
    """Write a number for people, with a real minus.

    >>> plain(-1.525, 2), plain(3.645e-7, 2), plain(0.294, 2, signed=True)
    ('−1.52', '3.6 · 10⁻⁷', '+0.29')
    """
    if math.isinf(number):
        return "−∞" if number < 0 else "∞"
    mantissa, power = _digits(number, decimals)
    written = mantissa if not power else f"{mantissa} · 10{str(power).translate(RAISED)}"
    sign = "+" if signed and not written.startswith("-") else ""
    return sign + written.replace("-", "−")


def plain_fixed(number: float, decimals: int, *, signed: bool = False) -> str:
    """Write a number for people with so many decimals, even if that is zero: a term of a sum.

    >>> plain_fixed(-0.001, 2), plain_fixed(0.294, 2, signed=True)
    ('0.00', '+0.29')
    """
    if math.isinf(number):
        return plain(number, decimals)
    return f"{fixed(number, decimals):{'+' if signed else ''}.{decimals}f}".replace("-", "−")


def percent(share: float) -> str:
    """Write a share in percent, never as nothing or as all of it unless it is.

    >>> percent(0.238), percent(0.0), percent(3e-7), percent(0.9999), percent(1.0)
    ('24 %', '0 %', 'less than 1 %', 'more than 99 %', '100 %')
    """
    if 0 < share < 0.005:
        return "less than 1 %"
    return "more than 99 %" if 0.995 <= share < 1 else f"{share * 100:.0f} %"


def latex(number: float, decimals: int) -> str:
    r"""Write a number for a formula.

    >>> latex(3.645e-7, 2)
    '3.6 \\cdot 10^{-7}'
    """
    if math.isinf(number):
        return r"-\infty" if number < 0 else r"\infty"
    mantissa, power = _digits(number, decimals)
    return mantissa if not power else rf"{mantissa} \cdot 10^{{{power}}}"


def latex_fixed(number: float, decimals: int) -> str:
    """Write a number for a formula with so many decimals, even if that is zero.

    >>> latex_fixed(-0.001, 2)
    '0.00'
    """
    return f"{fixed(number, decimals):.{decimals}f}"


def adds_up(parts: Iterable[float], total: float, decimals: int) -> bool:
    """Tell whether parts, as shown, add up to their sum, as shown.

    >>> adds_up([4.597, 13.113, 1.572], 19.281, 1)
    True
    >>> adds_up([0.14, 0.14, 0.14], 0.42, 1)
    False
    """
    return abs(math.fsum(fixed(part, decimals) for part in parts) - fixed(total, decimals)) < 0.5 * 10.0**-decimals


def same(result: float, number: float, decimals: int) -> bool:
    """Tell whether what a calculator finds reads like the number that is shown and that may not be shown as zero.

    >>> same(4.6 / 19.3, 0.23840, 2)
    True
    """
    return telling(result, decimals) == telling(number, decimals)


def same_fixed(result: float, number: float, decimals: int) -> bool:
    """Tell whether what a calculator finds reads like the number that is shown with so many decimals.

    >>> same_fixed(21.57 / 14.142, 1.52533, 2)
    True
    """
    return fixed(result, decimals) == fixed(number, decimals)


def fewest(choices: Iterable[Choice], *tests: Callable[[Choice], bool]) -> Choice | None:
    """Find the first choice of decimals with which a test holds; the next test, which asks less, where none does.

    >>> fewest(range(2, 5), lambda decimals: decimals > 9, lambda decimals: decimals > 2)
    3
    """
    every = list(choices)
    return next((choice for test in tests for choice in every if test(choice)), None)


def _digits(number: float, decimals: int) -> tuple[str, int]:
    """Split a number into its digits as written and a power of ten (0 for none)."""
    rounded = f"{number:.{decimals}f}"
    if float(rounded):
        return rounded, 0
    if not number:
        return f"{0:.{decimals}f}", 0
    size = math.floor(math.log10(abs(number)))
    if size >= SMALLEST:
        return f"{number:.{1 - size}f}", 0
    mantissa, power = f"{number:.1e}".split("e")
    return mantissa, int(power)
