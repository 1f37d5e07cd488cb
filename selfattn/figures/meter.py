"""The meaning meter: how near a word is to each sense, before and after attention."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from selfattn.figures.palette import LABEL, LETTERS, SMALL, bare_axis, figure, layout, palette
from selfattn.figures.text import label

ROW = 34  # pixels a line


@dataclass(frozen=True, slots=True)
class Reading:
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


def meaning_meter_figure(readings: Sequence[Reading], *, theme: str = "light") -> go.Figure:
    """Draw a line for each sense and sentence: hollow where the word was, full where it is.

    Parameters
    ----------
    readings : sequence of Reading
        At least one; all with the same senses, in the same order.
    theme : str
        "light" or "dark".
    """
    colours = palette(theme)
    lines = [_Line(s, one.role, one.before[s], one.after[s]) for s in readings[0].before for one in readings]
    lowest = min(0.0, *(min(line.before, line.after) for line in lines))
    fills = [colours.fills[line.role] for line in lines]
    static = {"size": 13, "color": colours.paper, "line": {"color": colours.quiet, "width": 2.5}}
    traces = [
        *(_way(line, row, fill) for row, (line, fill) in enumerate(zip(lines, fills, strict=True))),
        _dots("static", [line.before for line in lines], static),
        _dots("contextual", [line.after for line in lines], {"size": 15, "color": fills}),
    ]
    names = [f"{label(line.sense)}  <b>{LETTERS[line.role]}</b>" for line in lines]
    left = bare_axis(
        range=[len(lines) - 0.5, -0.5],
        showticklabels=True,
        tickmode="array",
        tickvals=list(range(len(lines))),
        ticktext=names,
        tickfont={"size": LABEL, "color": colours.ink},
        automargin=True,
    )
    looks = layout(
        colours,
        ROW * len(lines) + 16,
        margin={"l": 8, "r": 112, "t": 8, "b": 8},
        xaxis=bare_axis(range=[lowest - 0.02, 1.0]),
        yaxis=left,
        shapes=[_track(lowest, row, colours.line) for row in range(len(lines))],
        annotations=[_value(line, row, colours.ink) for row, line in enumerate(lines)],
    )
    return figure(traces, looks)


def _way(line: _Line, row: int, fill: str) -> dict[str, Any]:
    places = {"x": [line.before, line.after], "y": [row, row]}
    return {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "line": {"color": fill, "width": 5}, **places}


def _dots(name: str, cosines: list[float], marker: dict[str, Any]) -> dict[str, Any]:
    places = {"x": cosines, "y": list(range(len(cosines)))}
    said = name + " %{x:.2f}<extra></extra>"
    return {"type": "scatter", "mode": "markers", "marker": marker, "hovertemplate": said, **places}


def _track(lowest: float, row: int, colour: str) -> dict[str, Any]:
    places = {"x0": lowest, "x1": 1, "y0": row, "y1": row}
    return {"type": "line", "layer": "below", "line": {"color": colour, "width": 2}, **places}


def _value(line: _Line, row: int, colour: str) -> dict[str, Any]:
    text = f"{line.before:.2f} → <b>{line.after:.2f}</b>"
    beside = {"xref": "paper", "x": 1, "xanchor": "left", "xshift": 8, "y": row, "showarrow": False}
    return beside | {"text": text, "font": {"size": SMALL + 1, "color": colour}}
