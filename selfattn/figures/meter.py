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
    """What the meter says of one sentence: a cosine a sense, before and after."""

    role: int
    before: dict[str, float]
    after: dict[str, float]


def meaning_meter_figure(readings: Sequence[Reading], *, theme: str = "light") -> go.Figure:
    """Draw a line for each sense and sentence: hollow where the word was, full where it is.

    Parameters
    ----------
    readings : sequence of Reading
        All with the same senses, in the same order.
    """
    colours = palette(theme)
    lines = [(sense, reading) for sense in readings[0].before for reading in readings]
    lowest = min(
        [0.0, *(cosine for reading in readings for cosine in (*reading.before.values(), *reading.after.values()))]
    )
    rows = range(len(lines))
    before, after = ([side[sense] for sense, side in pairs] for pairs in _sides(lines))
    fills = [colours.fills[reading.role] for _, reading in lines]
    way: dict[str, Any] = {"type": "scatter", "mode": "lines", "hoverinfo": "skip"}
    ways = [
        way | {"x": [a, b], "y": [row, row], "line": {"color": fill, "width": 5}}
        for a, b, row, fill in zip(before, after, rows, fills, strict=True)
    ]
    dot: dict[str, Any] = {"type": "scatter", "mode": "markers", "y": list(rows)}
    ghosts = dot | {
        "x": before,
        "marker": {
            "size": 13,
            "symbol": "circle",
            "color": colours.paper,
            "line": {"color": colours.quiet, "width": 2.5},
        },
        "hovertemplate": "static %{x:.2f}<extra></extra>",
    }
    points = dot | {
        "x": after,
        "marker": {"size": 15, "color": fills},
        "hovertemplate": "contextual %{x:.2f}<extra></extra>",
    }
    names = [f"{label(sense)}  <b>{LETTERS[reading.role]}</b>" for sense, reading in lines]
    values = [_value(a, b, row, colours.ink) for a, b, row in zip(before, after, rows, strict=True)]
    tracks = [
        {
            "type": "line",
            "x0": lowest,
            "x1": 1,
            "y0": row,
            "y1": row,
            "layer": "below",
            "line": {"color": colours.line, "width": 2},
        }
        for row in rows
    ]
    left = bare_axis(range=[len(lines) - 0.5, -0.5], showticklabels=True, tickmode="array", tickvals=list(rows), ticktext=names,
                     automargin=True, tickfont={"size": LABEL, "color": colours.ink})  # fmt: skip
    looks = layout(colours, ROW * len(lines) + 16, xaxis=bare_axis(range=[lowest - 0.02, 1.0]), yaxis=left, shapes=tracks, annotations=values,
                    margin={"l": 8, "r": 112, "t": 8, "b": 8})  # fmt: skip
    return figure([*ways, ghosts, points], looks)


def _sides(
    lines: list[tuple[str, Reading]],
) -> tuple[list[tuple[str, dict[str, float]]], list[tuple[str, dict[str, float]]]]:
    return [(sense, reading.before) for sense, reading in lines], [(sense, reading.after) for sense, reading in lines]


def _value(before: float, after: float, row: int, colour: str) -> dict[str, Any]:
    return {
        "xref": "paper", "x": 1, "xanchor": "left", "xshift": 8, "y": row, "showarrow": False, "align": "left",
        "text": f"{before:.2f} → <b>{after:.2f}</b>", "font": {"size": SMALL + 1, "color": colour},
    }  # fmt: skip
