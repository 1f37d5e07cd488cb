"""The meaning meter: how near a word is to each sense, before and after attention."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from selfattn.core.rounding import plain_fixed
from selfattn.figures.palette import LABEL, LETTERS, SMALL, Palette, bare_axis, figure, layout, palette, rows_axis
from selfattn.figures.text import label

ROW = 34  # pixels a line, for type of the usual size


@dataclass(frozen=True, slots=True)
class MeterReading:
    """What the meter says of one sentence (`role` 0 is A): a cosine a sense, before and after."""

    role: int
    before: dict[str, float]
    after: dict[str, float]


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the meter."""

    sense: str
    role: int
    before: float
    after: float


def meaning_meter_figure(
    readings: Sequence[MeterReading], *, names: Sequence[str] = LETTERS, theme: str = "light"
) -> go.Figure:
    """Draw a line for each sense and sentence: hollow where the word was, full where it is.

    Parameters
    ----------
    readings : sequence of MeterReading
        At least one; all with the same senses, in the same order.
    names : sequence of str
        What the sentences are called: that of role 0, of role 1, …
    theme : str
        "light" or "dark".
    """
    colours = palette(theme)
    lines = [_Line(s, one.role, one.before[s], one.after[s]) for s in readings[0].before for one in readings]
    lowest = min(0.0, *(min(line.before, line.after) for line in lines))
    fills = [colours.fills[line.role] for line in lines]
    static = {
        "size": 13 * colours.stroke,
        "color": colours.paper,
        "line": {"color": colours.quiet, "width": 2.5 * colours.stroke},
    }
    traces = [
        *(_way(line, row, fill, 5 * colours.stroke) for row, (line, fill) in enumerate(zip(lines, fills, strict=True))),
        _dots("static", [line.before for line in lines], static),
        _dots("contextual", [line.after for line in lines], {"size": 15 * colours.stroke, "color": fills}),
    ]
    named = [f"{label(line.sense)}  <b>{names[line.role]}</b>" for line in lines]
    left = rows_axis(named, colours)
    looks = layout(
        colours,
        round(ROW * colours.label / LABEL) * len(lines) + 16,
        margin={"l": 8, "r": round(112 * colours.small / SMALL), "t": 8, "b": 8},
        xaxis=bare_axis(range=[lowest - 0.02, 1.0]),
        yaxis=left,
        shapes=[_track(lowest, row, colours) for row in range(len(lines))],
        annotations=[_value(line, row, colours) for row, line in enumerate(lines)],
    )
    return figure(traces, looks)


def _way(line: _Line, row: int, fill: str, width: float) -> dict[str, Any]:
    places = {"x": [line.before, line.after], "y": [row, row]}
    return {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "line": {"color": fill, "width": width}, **places}


def _dots(name: str, cosines: list[float], marker: dict[str, Any]) -> dict[str, Any]:
    places = {"x": cosines, "y": list(range(len(cosines)))}
    said = name + " %{x:.2f}<extra></extra>"
    return {"type": "scatter", "mode": "markers", "marker": marker, "hovertemplate": said, **places}


def _track(lowest: float, row: int, colours: Palette) -> dict[str, Any]:
    places = {"x0": lowest, "x1": 1, "y0": row, "y1": row}
    line = {"color": colours.line, "width": 2 * colours.stroke}
    return {"type": "line", "layer": "below", "line": line, **places}


def _value(line: _Line, row: int, colours: Palette) -> dict[str, Any]:
    text = f"{plain_fixed(line.before, 2)} → <b>{plain_fixed(line.after, 2)}</b>"
    beside = {"xref": "paper", "x": 1, "xanchor": "left", "xshift": 8, "y": row, "showarrow": False}
    return beside | {"text": text, "font": {"size": colours.small + 1, "color": colours.ink}}
