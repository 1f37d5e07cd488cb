"""What the width of vectors does to their dot products, and what dividing by √d undoes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from selfattn.figures.palette import LABEL, Palette, bare_axis, figure, layout, palette

FOOT = 64  # pixels under the chart, for type of the usual size
SPREADS, DIVIDED = 1, 2  # the colours: no sentence speaks here, so that neither is A


def spread_chart(
    widths: Sequence[int],
    before: Sequence[float],
    after: Sequence[float],
    *,
    words: tuple[int, float, float] | None = None,
    height: int = 320,
    theme: str = "light",
) -> go.Figure:
    """Draw the standard deviation of dot products against the width of the vectors.

    Parameters
    ----------
    widths : sequence of int
        At least two, growing by the same factor.
    before, after : sequence of float
        Undivided, and divided by √d.
    words : tuple of (int, float, float), optional
        Width, before and after of word vectors: two diamonds.
    height : int
    theme : str
    """
    colours = palette(theme)
    places = [_place(width, widths) for width in widths]
    shades = colours.inks[SPREADS], colours.inks[DIVIDED]
    traces = [
        _line(places, before, shades[0], "top left", colours, f"%{{customdata}} numbers{_hover()}", widths),
        _line(places, after, shades[1], "bottom center", colours, f"%{{customdata}} numbers, ÷ √d{_hover()}", widths),
    ]
    if words:
        traces.append(_words(words, _place(words[0], widths), shades, colours))
    bottom = bare_axis(
        range=[-0.5, len(widths) - 0.6],
        showticklabels=True,
        tickmode="array",
        tickvals=places,
        ticktext=[str(width) for width in widths],
        tickfont={"size": colours.small, "color": colours.ink},
        showline=True,
        linecolor=colours.line,
    )
    looks = layout(
        colours,
        height,
        margin={"l": 8, "r": 8, "t": 8, "b": round(FOOT * colours.label / LABEL)},
        xaxis=bottom,
        yaxis=bare_axis(range=[-max(before) / 5, max(before) * 1.2]),
        annotations=_names(before, places, shades, colours),
    )
    return figure(traces, looks)


def _hover() -> str:
    return ": %{y:.2f}<extra></extra>"


def _place(width: int, widths: Sequence[int]) -> float:
    """Count steps of the same factor: 0 for the first width."""
    factor = math.log(widths[1] / widths[0])
    return math.log(width / widths[0]) / factor


def _line(
    places: list[float],
    values: Sequence[float],
    shade: str,
    side: str,
    colours: Palette,
    hover: str,
    widths: Sequence[int],
) -> dict[str, Any]:
    return {
        "type": "scatter", "mode": "lines+markers+text", "x": places, "y": list(values), "customdata": list(widths),
        "line": {"color": shade, "width": 3 * colours.stroke}, "marker": {"size": 11 * colours.stroke, "color": shade},
        "text": [f"{value:.1f}" for value in values], "textposition": side, "cliponaxis": False,
        "textfont": {"size": colours.small, "color": shade}, "hovertemplate": hover,
    }  # fmt: skip


def _words(words: tuple[int, float, float], place: float, shades: tuple[str, str], colours: Palette) -> dict[str, Any]:
    width, before, after = words
    marker = {"size": 15 * colours.stroke, "symbol": "diamond", "color": list(shades)}
    said = [f"word vectors of {width} numbers: {before:.2f}", f"word vectors of {width} numbers, ÷ √d: {after:.2f}"]
    places = {"x": [place, place], "y": [before, after]}
    return {"type": "scatter", "mode": "markers", "hovertext": said, "hoverinfo": "text", "marker": marker, **places}


def _names(
    before: Sequence[float], places: list[float], shades: tuple[str, str], colours: Palette
) -> list[dict[str, Any]]:
    """Name the lines beside them, and the axis."""
    plain = {"showarrow": False, "font": {"size": colours.small}}
    top = {"x": places[-2], "y": before[-2], "xanchor": "right", "yanchor": "bottom", "yshift": 26 * colours.stroke}
    low = {"x": places[-1], "y": 1, "xanchor": "right", "yanchor": "bottom", "yshift": 8 * colours.stroke}
    foot = {"xref": "paper", "yref": "paper", "x": 0.5, "y": 0, "yanchor": "top", "yshift": -30 * colours.label / LABEL}
    return [
        plain | top | {"text": "<b>dot products</b>", "font": {"size": colours.label, "color": shades[0]}},
        plain | low | {"text": "<b>÷ √d</b>", "font": {"size": colours.label, "color": shades[1]}},
        plain | foot | {"text": "d: numbers in a vector", "font": {"size": colours.small, "color": colours.ink}},
    ]
