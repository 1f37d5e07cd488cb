"""Points with their names beside them, which do not cover one another in the smallest plot nor in any wider one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from selfattn.figures.labels import Anchor, Box, Placed, place, text_width
from selfattn.figures.text import label

LONGEST = 16  # letters of a word beside its point

Points = NDArray[np.float64]
Limits = tuple[float, float]


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
        return cls(x, y, width, height)

    def pixel(self, x: float, y: float) -> tuple[float, float]:
        """Place a point in the smallest plot, from its upper left corner."""
        across = (x - self.x[0]) / (self.x[1] - self.x[0])
        return across * self.width, (self.y[1] - y) / (self.y[1] - self.y[0]) * self.height


@dataclass(frozen=True, slots=True)
class Name:
    """A word that is written beside its point; one that `must` be shown is, in bold."""

    x: float
    y: float
    word: str
    size: int
    colour: str
    must: bool = False


def shortened(word: str, longest: int = LONGEST) -> str:
    """Keep the first letters of a word that is too long to stand beside its point."""
    return word if len(word) <= longest else word[: longest - 1] + "…"


def written(names: Sequence[Name], plot: Plot, obstacles: Sequence[Box]) -> list[dict[str, Any]]:
    """Write names as annotations, most important first; those for which there is no place are left out."""
    shown = [shortened(name.word) for name in names]
    anchors = [
        Anchor(*plot.pixel(name.x, name.y), text + " " * name.must, name.size, name.must)  # bold is wider
        for name, text in zip(names, shown, strict=True)
    ]
    spots = place(anchors, obstacles, (0.0, 0.0, plot.width, plot.height))
    each = zip(names, shown, spots, strict=True)
    return [_annotation(name, text, spot) for name, text, spot in each if spot]


def around(points: Points, plot: Plot, reach: float) -> list[Box]:
    """Give the boxes of markers at points of shape (n, 2), which reach so many pixels to each side."""
    middles = [plot.pixel(float(x), float(y)) for x, y in points]
    return [(x - reach, y - reach, x + reach, y + reach) for x, y in middles]


def _annotation(name: Name, text: str, spot: Placed) -> dict[str, Any]:
    said = f"<b>{label(text)}</b>" if name.must else label(text)
    shown = {"x": name.x, "y": name.y, "text": said, "font": {"size": name.size, "color": name.colour}}
    if not spot.far:
        return shown | {"showarrow": False, "xshift": spot.dx, "yshift": -spot.dy}
    near_edge = spot.dx - np.sign(spot.dx) * text_width(text, name.size) / 2
    side = "left" if spot.dx > 0 else "right" if spot.dx < 0 else "center"
    leader = {"showarrow": True, "arrowhead": 0, "arrowwidth": 1, "arrowcolor": name.colour, "standoff": 5}
    return shown | leader | {"ax": float(near_edge), "ay": spot.dy, "xanchor": side}
