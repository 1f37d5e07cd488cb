"""The nearest words of a word, as bars of their cosines, each in the colour of its sense."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from selfattn.core.rounding import plain_fixed
from selfattn.figures.labels import text_width
from selfattn.figures.palette import bare_axis, figure, layout, palette, rows_axis
from selfattn.figures.text import label

GREY = "#8A929D"


def neighbour_bars(
    words: Sequence[str],
    cosines: Sequence[float],
    senses: Sequence[str | None],
    order: Sequence[str],
    *,
    height: int = 440,
    theme: str = "light",
) -> go.Figure:
    """Draw a bar for each near word, nearest on top, with its cosine and its sense beside it.

    Parameters
    ----------
    words, cosines, senses : sequences of length n
        A sense of None is drawn grey.
    order : sequence of str
        The senses: the first is orange, the second blue.
    height : int
        Pixels.
    theme : str
        "light" or "dark", or either for a "room".
    """
    colours = palette(theme)
    roles = [order.index(sense) if sense in order else None for sense in senses]
    said = [
        f"{plain_fixed(cosine, 2)}{f'  <b>{label(sense)}</b>' if sense else ''}"
        for cosine, sense in zip(cosines, senses, strict=True)
    ]
    room = max(text_width(f"0.00  {label(sense or '')}", colours.label) for sense in senses)
    bars = {
        "type": "bar", "orientation": "h", "x": list(cosines), "y": list(range(len(words))), "text": said,
        "textposition": "outside", "cliponaxis": False, "constraintext": "none",
        "textfont": {"size": colours.label, "color": [colours.ink if r is None else colours.inks[r] for r in roles]},
        "marker": {
            "color": [GREY if r is None else colours.fills[r] for r in roles],
            "pattern": {
                "shape": ["/" if r == 1 else "" for r in roles], "fillmode": "overlay", "solidity": 0.12,
                "fgcolor": colours.paper, "fgopacity": 0.7,
            },
        },
        "customdata": [label(word) for word in words],
        "hovertemplate": "%{customdata}: cosine %{x:.3f}<extra></extra>",
    }  # fmt: skip
    names = rows_axis([label(word) for word in words], colours)
    looks = layout(
        colours,
        height,
        margin={"l": 8, "r": round(room) + 12, "t": 4, "b": 4},
        xaxis=bare_axis(range=[min(0.0, *cosines), max(cosines)]),
        yaxis=names,
        bargap=0.22,
    )
    return figure([bars], looks)
