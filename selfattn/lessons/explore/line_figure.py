"""Words on the line from one word to another, each with a flag above the line or below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from selfattn.figures.labels import text_width
from selfattn.figures.named_points import shortened
from selfattn.figures.palette import LABEL, Palette, Size, bare_axis, figure, layout, palette
from selfattn.figures.text import label
from selfattn.sets.explore.places import SemanticAxis

STEM, LANE = 20, 27  # pixels from the line to the first row of flags, and of a row, for type of the usual size
MOST_LANES = 7  # rows of flags on a side: words that find no place keep their dots, and hovering names them
NEUTRAL = 0.1  # of the way from the middle to an end: up to here a word leans to neither
BESIDE = 5  # pixels from a pole to its flag
EDGE = 16  # pixels left and right of the line


@dataclass(frozen=True, slots=True)
class _Flag:
    """A word, its place on the line, and where its flag hangs: `side` 1 is above, `lane` counts away from the line."""

    word: str
    place: float
    colour: str
    is_end: bool = False
    side: int = 1
    lane: int = 0


def axis_figure(axis: SemanticAxis, *, size: Size | None = None, theme: str = "light") -> go.Figure:
    """Draw the line with its ends in the colours of the first and of the second sense, and the words along it.

    Parameters
    ----------
    axis : SemanticAxis
    size : Size, optional
        The width in which flags must not overlap; they do not in a wider figure either. The height is what they need.
    theme : str
        "light" or "dark", or either for a "room".
    """
    colours, width = palette(theme), (size or Size()).width
    words = _words(axis, colours)
    low, high = min(one.place for one in words), max(one.place for one in words)
    right = _right_margin(words, low, high, width, colours)
    inside = width - EDGE - right
    flags, left_out = _hung(words, [(one.place - low) / (high - low) * inside for one in words], colours)
    scale = colours.label / LABEL
    above, below = (_reach(flags, side, scale) for side in (1, -1))
    foot = round((26 + 24 * bool(left_out)) * scale)
    looks = layout(
        colours,
        round(above + below) + foot,
        margin={"l": EDGE, "r": round(right), "t": 0, "b": foot},
        hovermode="closest",
        xaxis=bare_axis(range=[low, high]),
        yaxis=bare_axis(range=[-below, above]),  # in pixels
        shapes=[_tick(colours), *(_pole(flag, scale, colours) for flag in flags)],
        annotations=[*(_text(flag, scale, colours) for flag in flags), *_foot(left_out, colours)],
    )
    return figure([_line(low, high, colours), _dots(words, colours)], looks)


def _words(axis: SemanticAxis, colours: Palette) -> list[_Flag]:
    """Give the ends and the words, from left to right."""
    ends = [
        _Flag(word, place, colours.inks[role], is_end=True)
        for role, (word, place) in enumerate(((axis.left, -1.0), (axis.right, 1.0)))
    ]
    words = [_Flag(word, place, colours.ink) for word, place in axis.places]
    return sorted([*ends, *words], key=lambda one: one.place)


def _wide(flag: _Flag, colours: Palette) -> float:
    return BESIDE + text_width(shortened(flag.word), colours.label) * (1.08 if flag.is_end else 1)  # bold is wider


def _right_margin(words: Sequence[_Flag], low: float, high: float, width: float, colours: Palette) -> float:
    """Leave room for the flags that hang over the right end of the line, in pixels."""
    right = float(EDGE)
    for one in words:
        share = (one.place - low) / (high - low)
        if share > 0:  # the margin also moves the pole to the left: share · (width − margin) + flag = width
            right = max(right, (_wide(one, colours) + EDGE - (1 - share) * (width - EDGE)) / share)
    return min(right, 0.6 * width)


def _hung(words: Sequence[_Flag], pixels: Sequence[float], colours: Palette) -> tuple[list[_Flag], int]:
    """Hang up the flags from right to left, each on the side where it gets nearer to the line.

    All flags blow to the right, so the poles to their right are the only ones they can cover: a flag hangs higher than
    all of those. Its own pole is then crossed by none.
    """
    hung: list[_Flag] = []
    taken: dict[int, list[tuple[float, int]]] = {1: [], -1: []}  # of each side: where poles stand, and their lanes
    left_out = 0
    for one, at in sorted(zip(words, pixels, strict=True), key=lambda each: -each[1]):
        reach = at + _wide(one, colours) + BESIDE
        lanes = {
            side: max((lane + 1 for pole, lane in poles if pole < reach), default=0) for side, poles in taken.items()
        }
        side = 1 if lanes[1] <= lanes[-1] else -1
        if lanes[side] >= MOST_LANES and not one.is_end:
            left_out += 1
            continue
        taken[side].append((at, lanes[side]))
        hung.append(_Flag(one.word, one.place, one.colour, one.is_end, side, lanes[side]))
    return hung, left_out


def _reach(flags: Sequence[_Flag], side: int, scale: float) -> float:
    """Give the pixels that a side needs; without flags, the size of a dot."""
    lanes = [flag.lane + 1 for flag in flags if flag.side == side]
    return (STEM + LANE * max(lanes) if lanes else 14) * scale


def _middle(flag: _Flag, scale: float) -> float:
    return flag.side * (STEM + LANE * (flag.lane + 0.5)) * scale


def _text(flag: _Flag, scale: float, colours: Palette) -> dict[str, Any]:
    word = label(shortened(flag.word))
    return {
        "x": flag.place, "y": _middle(flag, scale), "xanchor": "left", "yanchor": "middle", "showarrow": False,
        "xshift": BESIDE, "text": f"<b>{word}</b>" if flag.is_end else word, "borderpad": 0,
        "font": {"size": colours.label, "color": flag.colour},
    }  # fmt: skip


def _pole(flag: _Flag, scale: float, colours: Palette) -> dict[str, Any]:
    """Draw a thin line from the dot to the far edge of the flag."""
    end = _middle(flag, scale) + flag.side * 0.3 * LANE * scale
    line = {"color": flag.colour if flag.is_end else colours.quiet, "width": colours.stroke}
    return {"type": "line", "x0": flag.place, "x1": flag.place, "y0": 0, "y1": end, "layer": "below", "line": line}


def _tick(colours: Palette) -> dict[str, Any]:
    """Mark the middle."""
    line = {"color": colours.quiet, "width": 2 * colours.stroke}
    return {"type": "line", "x0": 0, "x1": 0, "y0": -9 * colours.stroke, "y1": 9 * colours.stroke, "line": line}


def _line(low: float, high: float, colours: Palette) -> dict[str, Any]:
    line = {"color": colours.line, "width": 4 * colours.stroke}
    return {"type": "scatter", "mode": "lines", "x": [low, high], "y": [0, 0], "line": line, "hoverinfo": "skip"}


def _dots(words: Sequence[_Flag], colours: Palette) -> dict[str, Any]:
    shades = [colours.quiet if abs(one.place) < NEUTRAL else colours.fills[int(one.place > 0)] for one in words]
    marker = {"size": [(17 if one.is_end else 11) * colours.stroke for one in words], "color": shades, "opacity": 1}
    marker |= {"symbol": ["diamond" if one.is_end else "circle" for one in words]}
    said = [f"{label(one.word)}: {one.place:+.2f}".replace("-", "−") for one in words]
    places = {"x": [one.place for one in words], "y": [0] * len(words)}
    return {
        "type": "scatter", "mode": "markers", "marker": marker, "hovertext": said, "hoverinfo": "text",
        "cliponaxis": False, **places,
    }  # fmt: skip


def _foot(left_out: int, colours: Palette) -> list[dict[str, Any]]:
    said = ["│ as near to the one as to the other"]
    said += [f"{left_out} more: hover over the dots"] if left_out else []
    font = {"size": colours.small, "color": colours.quiet}
    foot = {"xref": "paper", "yref": "paper", "x": 0, "xanchor": "left", "y": 0, "yanchor": "top", "align": "left"}
    return [foot | {"text": "<br>".join(said), "font": font, "showarrow": False}]
