"""Vectors of two numbers as what they are: arrows from one point."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from selfattn.figures.marks import Array, Mark, line
from selfattn.figures.named_points import Name, Plot, Points, along, annotation, around, spots, zero_lines
from selfattn.figures.palette import Palette, Size, draw, palette, plane_axes
from selfattn.figures.text import label

MOST = 30  # words that are drawn
ARROW, TIP, ZERO = 3, 8, 2  # pixels around each that no name covers


def points(
    words: Sequence[str], rows: Array, *, size: Size | None = None, theme: str = "light"
) -> tuple[go.Figure, list[str]]:
    """Draw the first words as arrows to their two numbers, each with its name; angles are what they are.

    Parameters
    ----------
    words : sequence of str, of length n
    rows : ndarray of shape (n, 2)
    size : Size, optional
        The smallest figure in which names must not overlap.
    theme : str

    Returns
    -------
    figure, drawn : Figure, list of str
        The words that have room for their names: the others have no arrow.
    """
    colours, size, middle = palette(theme), size or Size(), np.zeros(2)
    ends: Points = np.asarray(rows[:MOST], dtype=np.float64)
    plot = Plot.around(np.vstack([ends, middle]), size.width - 16.0, size.height - 16.0, equal=True)
    shades = [colours.inks[place % 3] for place in range(len(ends))]
    each = list(zip(words, ends.tolist(), shades, strict=False))
    names = [Name(x=x, y=y, word=word, size=colours.label, colour=shade) for word, (x, y), shade in each]
    ways = [along(middle, end, plot, ARROW * colours.stroke) for end in ends]
    obstacles = np.vstack([zero_lines(plot, ZERO), around(ends, plot, TIP * colours.stroke), *ways])
    found = zip(each, names, spots(names, plot, obstacles), strict=True)
    drawn = [(word, name, spot) for word, name, spot in found if spot]
    figure = draw(
        [_arrow(*word, colours) for word, _, _ in drawn], colours, size.height,
        annotations=[annotation(name, spot) for _, name, spot in drawn],
        **plane_axes(plot.x, plot.y, colours, numbered=True, equal=True, color=colours.quiet, width=2),
    )  # fmt: skip
    return figure, [word for (word, _, _), _, _ in drawn]


def _arrow(word: str, row: list[float], shade: str, colours: Palette) -> Mark:
    x, y = row
    sizes = [0, 14 * colours.stroke]
    tip = {"symbol": "arrow", "angleref": "previous", "size": sizes, "color": shade, "opacity": 1}
    hover = {"hoverinfo": "text", "hovertext": f"{label(word)} ({x:g}, {y:g})"}
    return line([0, x], [0, y], colours.pen(shade, 3), mode="lines+markers", marker=tip, **hover)
