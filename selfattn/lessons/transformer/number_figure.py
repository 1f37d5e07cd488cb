"""The value of a token as a strip, and below it what of it is passed on."""

from collections.abc import Sequence

import plotly.graph_objects as go

from selfattn.core.attention import Array
from selfattn.figures import marks
from selfattn.figures.palette import bare_axis, draw, palette, rows_axis
from selfattn.figures.text import label

STRIP = 30  # pixels of a strip, on a laptop


def value_strips(vectors: Array, names: Sequence[str], *, narrow: bool = False, theme: str = "light") -> go.Figure:
    """Draw vectors as thin strips, on one scale.

    Parameters
    ----------
    vectors : ndarray of shape (n, d)
    names : sequence of str, of length n
    narrow : bool
        For a phone: smaller type.
    theme : str
        "light" or "dark", or either for a "room".
    """
    colours = palette(theme)
    cells = marks.strips(
        vectors, colours, z=vectors.tolist(), ygap=4, hovertemplate="%{y}, dimension %{x}: %{z:.2f}<extra></extra>"
    )
    font = colours.font(colours.small if narrow else colours.label)
    return draw(
        [cells], colours, round(len(vectors) * STRIP * colours.zoom) + 8, margin={"l": 8, "r": 8, "t": 4, "b": 4},
        xaxis=bare_axis(range=[-0.5, vectors.shape[1] - 0.5]),
        yaxis=rows_axis([label(name) for name in names], colours, tickfont=font),
    )  # fmt: skip
