"""Points with their names beside them, which do not cover one another in the smallest plot nor in any wider one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from selfattn.figures.labels import Anchor, Box, Placed, place, text_width
from selfattn.figures.marks import Mark, note
from selfattn.figures.text import AT_A_POINT, bold, label, short

Points = NDArray[np.float64]
Number = TypeVar("Number", float, NDArray[np.float64])
Limits = tuple[float, float]
STEP = 8.0  # pixels from one box of a line to the next


@dataclass(frozen=True, slots=True)
class Plot:
    """What is shown of each axis, and the pixels of the smallest plot."""

    x: Limits
    y: Limits
    width: float
    height: float

    @classmethod
    def around(cls, points: Points, width: float, height: float, *, equal: bool = False) -> Plot:
        """Take in points of shape (n, 2), with room around them; `equal` gives both axes the same scale."""
        low, high = points.min(axis=0), points.max(axis=0)
        spans = high - low
        spans = np.where(spans > 0, spans, spans.max() or 1.0)  # points on a line, or a single one
        middle, spans = (low + high) / 2, spans * 1.24
        if equal:
            unit = max(spans[0] / width, spans[1] / height)
            spans = np.array([unit * width, unit * height])
        x, y = ((float(m - s / 2), float(m + s / 2)) for m, s in zip(middle, spans, strict=True))
        return cls(x=x, y=y, width=width, height=height)

    def pixel(self, x: Number, y: Number) -> tuple[Number, Number]:
        """Place a point, or many, in the smallest plot, from its upper left corner."""
        across = (x - self.x[0]) / (self.x[1] - self.x[0])
        return across * self.width, (self.y[1] - y) / (self.y[1] - self.y[0]) * self.height


@dataclass(frozen=True, slots=True)
class Name:
    """A word that is written beside its point.

    One that `must` be shown is, in bold; only one that may be `far` gets a leader line. It may be of several words,
    `longest` letters of which are shown; so many letters of `room` are kept free besides.
    """

    x: float
    y: float
    word: str
    size: int
    colour: str
    must: bool = False
    far: bool = True
    longest: int = AT_A_POINT
    room: int = 0

    @property
    def text(self) -> str:
        """Give what is shown, as a label."""
        return bold(label(self.word, self.longest), self.must)


def written(names: Sequence[Name], plot: Plot, obstacles: ArrayLike) -> list[Mark]:
    """Write names as annotations, most important first; those for which there is no place are left out.

    Where points lie on a line, leaders may have to run through other names.
    """
    found = spots(names, plot, obstacles, crossing=True)
    return [annotation(name, spot) for name, spot in zip(names, found, strict=True) if spot]


def spots(names: Sequence[Name], plot: Plot, obstacles: ArrayLike, *, crossing: bool = False) -> list[Placed | None]:
    """Choose a place for every name, most important first, as `labels.place` does."""
    anchors = []
    for name in names:
        x, y = plot.pixel(name.x, name.y)
        text = _shown(name) + " " * name.room
        anchors.append(Anchor(x=x, y=y, text=text, size=name.size, must=name.must, far=name.far))
    return place(anchors, obstacles, (0.0, 0.0, plot.width, plot.height), crossing=crossing)


def around(points: Points, plot: Plot, reach: float) -> Points:
    """Give the boxes of markers at points of shape (n, 2), which reach so many pixels to each side: (n, 4)."""
    x, y = plot.pixel(*points.T)
    return np.column_stack([x - reach, y - reach, x + reach, y + reach])


def along(start: Points, end: Points, plot: Plot, reach: float) -> Points:
    """Give the boxes of a line, (n, 4), so close to one another that no label slips between two of them."""
    (left, top), (right, bottom) = plot.pixel(*start.tolist()), plot.pixel(*end.tolist())
    count = 2 + int(np.hypot(right - left, bottom - top) / STEP)
    return around(np.linspace(start, end, count), plot, reach)


def zero_lines(plot: Plot, reach: float) -> list[Box]:
    """Give the boxes of the lines at zero of both axes."""
    across, down = plot.pixel(0, 0)
    return [(across - reach, 0.0, across + reach, plot.height), (0.0, down - reach, plot.width, down + reach)]


def annotation(name: Name, spot: Placed) -> Mark:
    """Write a name at its place, with a leader line where it is far."""
    shown = note(name.text, {"size": name.size, "color": name.colour}, x=name.x, y=name.y)
    if not spot.far:
        return shown | {"xshift": spot.dx, "yshift": -spot.dy}
    near_edge = spot.dx - np.sign(spot.dx) * text_width(_shown(name), name.size) / 2
    side = "left" if spot.dx > 0 else "right" if spot.dx < 0 else "center"
    leader = {"showarrow": True, "arrowhead": 0, "arrowwidth": 1, "arrowcolor": name.colour, "standoff": 5}
    return shown | leader | {"ax": float(near_edge), "ay": spot.dy, "xanchor": side}


def _shown(name: Name) -> str:
    return short(name.word, name.longest)
