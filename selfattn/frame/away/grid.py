"""Words of two numbers as arrows on squared paper, as SVG that needs no program to be drawn."""

import html
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from selfattn.figures.named_points import Name, Plot, along, around, spots
from selfattn.figures.palette import LIGHT
from selfattn.figures.text import AT_A_POINT, short

Points = NDArray[np.float64]
SIDE, TYPE, NUMBER = 420.0, 17, 14  # units of the picture, of the names in it, and of the numbers at its lines
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML 1.0, section 2.2
FEWEST, SMALL = 3, 5  # lines between numbers that an axis has at least, and parts of each
WHOLE = "#9AA3AE"  # lines at numbers
MARGIN = 0.16  # of the whole, for names


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow from zero: where it ends, its name, its colour, and whether it is what the sheet is about."""

    x: float
    y: float
    name: str
    colour: str = LIGHT.ink
    strong: bool = False
    dashed: bool = False


def grid(arrows: Sequence[Arrow], alt: str, *, axes: Sequence[str] = ()) -> str:
    """Draw arrows on a grid whose small squares are a fifth of what is numbered; both axes have one scale.

    Parameters
    ----------
    arrows : sequence of Arrow
    alt : str
        What there is to be seen.
    axes : sequence of str
        What both axes measure; nothing where they have no name.
    """
    ends = np.array([(arrow.x, arrow.y) for arrow in arrows])
    low, high = min(0.0, float(ends.min())), max(0.0, float(ends.max()))
    unit = _unit(high - low)
    low, high = math.floor(low / unit) * unit, math.ceil(high / unit) * unit
    room = MARGIN * (high - low)
    limits = (low - room, high + room)
    plot = Plot(x=limits, y=limits, width=SIDE, height=SIDE)
    lines = _lines(plot, low, high, unit) + "".join(_arrow(arrow, plot) for arrow in arrows)
    names = _names(arrows, ends, plot, low) + _titles(axes, plot, low, high)
    return (
        f'<svg viewBox="0 0 {SIDE:g} {SIDE:g}" role="img" xmlns="http://www.w3.org/2000/svg" font-size="{TYPE}">'
        f"<title>{_escaped(alt)}</title>{lines}{names}</svg>"
    )


def _unit(span: float) -> float:
    """Choose what is between two numbers of an axis: 1, 2 or 5 times a power of ten.

    >>> _unit(3), _unit(8), _unit(100), _unit(0.5)
    (1.0, 2.0, 20.0, 0.1)
    """
    power = 10.0 ** math.floor(math.log10((span or 1) / FEWEST))
    return float(next(power * size for size in (5, 2, 1) if power * size * FEWEST <= (span or 1)))


def _lines(plot: Plot, low: float, high: float, unit: float) -> str:
    """Draw the squares, and the numbers at their left and lower edges."""
    parts = []
    (left, top), (right, bottom) = plot.pixel(low, high), plot.pixel(high, low)
    for step in range(round((high - low) / unit * SMALL) + 1):
        place = low + step * unit / SMALL
        x, y = plot.pixel(place, place)
        whole, zero = step % SMALL == 0, abs(place) < unit / SMALL / 2
        colour, width = (LIGHT.ink, 1.4) if zero else (WHOLE if whole else LIGHT.line, 0.7)
        parts.append(_line(f"M{x:.1f} {top:.1f}V{bottom:.1f}M{left:.1f} {y:.1f}H{right:.1f}", colour, width))
        if whole:
            text = f"{0 if zero else place:g}".replace("-", "−")
            parts.append(_text(x, bottom + NUMBER + 4, text, size=NUMBER, anchor="middle"))
            parts.append(_text(left - 5, y + NUMBER / 3, text, size=NUMBER, anchor="end"))
    return "".join(parts)


def _arrow(arrow: Arrow, plot: Plot) -> str:
    """Draw a line to the tip, and a head; nothing where it has no length."""
    start, end = np.array(plot.pixel(0.0, 0.0)), np.array(plot.pixel(arrow.x, arrow.y))
    length = float(np.linalg.norm(end - start))
    if not length:
        return ""
    width, head = (3.2, 15.0) if arrow.strong else (1.6, 10.0)
    along_it = (end - start) / length
    back, side = end - head * along_it, 0.38 * head * np.array([-along_it[1], along_it[0]])
    tip = "L".join("{:.1f} {:.1f}".format(*corner) for corner in (end, back + side, back - side))
    shaft = _line("M{:.1f} {:.1f}L{:.1f} {:.1f}".format(*start, *back), arrow.colour, width, dashed=arrow.dashed)
    return f'{shaft}<path d="M{tip}Z" fill="{arrow.colour}"/>'


def _names(arrows: Sequence[Arrow], ends: Points, plot: Plot, low: float) -> str:
    """Write each name at the tip of its arrow, so that none covers another; those that matter most first."""
    ordered = sorted(arrows, key=lambda arrow: not arrow.strong)
    named = [
        Name(x=arrow.x, y=arrow.y, word=arrow.name, size=TYPE, colour=arrow.colour, must=True) for arrow in ordered
    ]
    ways = [along(np.zeros(2), end, plot, 2.0) for end in ends]
    left, bottom = plot.pixel(low, low)
    numbers = [(0.0, 0.0, left, SIDE), (0.0, bottom, SIDE, SIDE)]
    found = spots(named, plot, np.vstack([around(ends, plot, 4.0), *ways, numbers]))
    written = []
    for arrow, spot in zip(ordered, found, strict=True):
        if spot:
            tip = plot.pixel(arrow.x, arrow.y)
            x, y = tip[0] + spot.dx, tip[1] + spot.dy
            leader = "M{:.1f} {:.1f}L{:.1f} {:.1f}".format(*tip, x, y)
            written.append(_line(leader, arrow.colour, 0.6) if spot.far else "")
            text = short(arrow.name, AT_A_POINT)
            written.append(_text(x, y + TYPE / 3, text, colour=arrow.colour, anchor="middle", bold=arrow.strong))
    return "".join(written)


def _titles(axes: Sequence[str], plot: Plot, low: float, high: float) -> str:
    """Write what the axes measure at their ends."""
    if not axes:
        return ""
    (left, top), (right, bottom) = plot.pixel(low, high), plot.pixel(high, low)
    across, up = (short(name, AT_A_POINT) for name in axes)
    lower = _text(right, bottom + 2 * NUMBER + 10, f"{across} →", anchor="end", bold=True)
    return lower + _text(left - 24, top - 16, f"↑ {up}", anchor="start", bold=True)


def _line(path: str, colour: str, width: float, *, dashed: bool = False) -> str:
    dashes = ' stroke-dasharray="7 4"' if dashed else ""
    return f'<path d="{path}" stroke="{colour}" stroke-width="{width}"{dashes} fill="none"/>'


def _escaped(text: str) -> str:
    """Write text for SVG, without the characters that no XML may hold."""
    return html.escape(NO_XML.sub("", text))


def _text(
    x: float, y: float, text: str, *, anchor: str, size: int = TYPE, colour: str = LIGHT.ink, bold: bool = False
) -> str:
    """Write text: with a white edge, so that it can be read on the lines."""
    looks = f'font-size="{size}" text-anchor="{anchor}" fill="{colour}" font-weight="{700 if bold else 400}"'
    edge = 'stroke="#fff" stroke-width="3.5" paint-order="stroke" unicode-bidi="plaintext"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {looks} {edge}>{_escaped(text)}</text>'
