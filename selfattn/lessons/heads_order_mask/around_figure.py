"""A word's vector on its way around attention: a row for each step, with the mean and the variance of its numbers."""

from collections.abc import Sequence

import plotly.graph_objects as go

from selfattn.figures.labels import text_width
from selfattn.figures.marks import BESIDE, Array, note, strips
from selfattn.figures.palette import bare_axis, draw, palette, rows_axis
from selfattn.figures.text import escaped


def way_chart(
    rows: Array, names: Sequence[str], numbers: Sequence[str], head: str, *, height: int, theme: str = "light"
) -> go.Figure:
    """Draw the vector at each step.

    Parameters
    ----------
    rows : ndarray of shape (m, d)
    names : sequence of str, of length m
        What each row is.
    numbers : sequence of str, of length m
        What stands behind each row, and over all of them `head`.
    height : int
    theme : str
    """
    colours = palette(theme)
    width = rows.shape[1]
    top = round(1.9 * colours.small)
    right = round(max(text_width(head, colours.small), *(text_width(each, colours.label) for each in numbers))) + 16
    over = note(head, colours.font(colours.small, colours.quiet), y=-0.5, yanchor="bottom", **BESIDE)
    behind = [note(each, colours.font(), y=row, **BESIDE) for row, each in enumerate(numbers)]
    cells = strips(
        rows.round(3), colours, x0=1, dx=1, ygap=8 * colours.stroke,
        hovertemplate="dimension %{x}: %{z:.2f}<extra></extra>",
    )  # fmt: skip
    return draw(
        [cells], colours, height, margin={"l": 8, "r": right, "t": top, "b": 8}, annotations=[over, *behind],
        xaxis=bare_axis(range=[0.5, width + 0.5]), yaxis=rows_axis([escaped(name) for name in names], colours),
    )  # fmt: skip
