"""Vectors of two numbers as what they are: arrows from one point."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from selfattn.figures.palette import Palette, bare_axis, figure, layout, palette, tint
from selfattn.figures.text import label, short

NAMED = 30  # words that are named: beyond, hovering names them


def points(
    words: Sequence[str], rows: NDArray[np.floating[Any]], *, height: int = 460, theme: str = "light"
) -> go.Figure:
    """Draw every word as an arrow to its two numbers.

    Parameters
    ----------
    words : sequence of str, of length n
    rows : ndarray of shape (n, 2)
    height : int
        Pixels.
    theme : str
    """
    colours = palette(theme)
    reach = [float(np.abs(rows[:, axis]).max()) * 1.2 or 1.0 for axis in (0, 1)]
    low = [0.0 if (rows[:, axis] >= 0).all() else -reach[axis] for axis in (0, 1)]
    shades = [colours.inks[at % 3] for at in range(len(words))]
    arrows = [
        {
            "type": "scatter", "mode": "lines+markers", "x": [0, float(x)], "y": [0, float(y)], "hoverinfo": "text",
            "hovertext": f"{label(word)} ({x:g}, {y:g})", "line": {"color": shade, "width": 3 * colours.stroke},
            "marker": {
                "symbol": "arrow", "angleref": "previous", "size": [0, 14 * colours.stroke], "color": shade,
                "opacity": 1,
            },
        }
        for word, (x, y), shade in zip(words, rows, shades, strict=True)
    ]  # fmt: skip
    looks = layout(
        colours,
        height,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        xaxis=_axis(low[0] - 0.05 * reach[0], reach[0], colours),
        yaxis=_axis(low[1] - 0.05 * reach[1], reach[1], colours) | {"scaleanchor": "x"},  # angles are as they are
        annotations=[
            _name(word, row, shade, colours) for word, row, shade in zip(words[:NAMED], rows, shades, strict=False)
        ],
    )
    return figure(arrows, looks)


def _axis(low: float, high: float, colours: Palette) -> dict[str, Any]:
    return bare_axis(
        range=[low, high], showgrid=True, gridcolor=tint(colours.line, 0.6), zeroline=True, zerolinewidth=2,
        zerolinecolor=colours.quiet, showticklabels=True, ticklabelposition="inside", nticks=8,
        tickfont={"size": colours.small, "color": colours.quiet},
    )  # fmt: skip


def _name(word: str, row: NDArray[np.floating[Any]], shade: str, colours: Palette) -> dict[str, Any]:
    return {
        "text": f"<b>{label(short(word))}</b>", "x": float(row[0]), "y": float(row[1]), "showarrow": False,
        "xanchor": "left" if row[0] >= 0 else "right", "yanchor": "bottom", "xshift": 6 if row[0] >= 0 else -6,
        "font": {"size": colours.label, "color": shade},
    }  # fmt: skip
