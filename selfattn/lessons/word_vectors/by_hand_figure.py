"""Vectors of two numbers as what they are: arrows from one point."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from selfattn.figures.marks import Array, Mark, line, note
from selfattn.figures.palette import Palette, draw, palette, plane_axes
from selfattn.figures.text import bold, label

NAMED = 30  # words that are named: beyond, hovering names them


def points(words: Sequence[str], rows: Array, *, height: int = 460, theme: str = "light") -> go.Figure:
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
    x, y = ((least - 0.05 * most, most) for least, most in zip(low, reach, strict=True))
    shades = [colours.inks[place % 3] for place in range(len(words))]
    each = list(zip(words, rows.tolist(), shades, strict=True))
    names = [_name(*word, colours) for word in each[:NAMED]]
    axes = plane_axes(x, y, colours, numbered=True, equal=True, color=colours.quiet, width=2)  # angles as they are
    return draw([_arrow(*word, colours) for word in each], colours, height, annotations=names, **axes)


def _arrow(word: str, row: list[float], shade: str, colours: Palette) -> Mark:
    x, y = row
    sizes = [0, 14 * colours.stroke]
    tip = {"symbol": "arrow", "angleref": "previous", "size": sizes, "color": shade, "opacity": 1}
    hover = {"hoverinfo": "text", "hovertext": f"{label(word)} ({x:g}, {y:g})"}
    return line([0, x], [0, y], colours.pen(shade, 3), mode="lines+markers", marker=tip, **hover)


def _name(word: str, row: list[float], shade: str, colours: Palette) -> Mark:
    x, y = row
    side = {"xanchor": "left", "xshift": 6} if x >= 0 else {"xanchor": "right", "xshift": -6}
    return note(bold(label(word)), colours.font(color=shade), x=x, y=y, yanchor="bottom", **side)
