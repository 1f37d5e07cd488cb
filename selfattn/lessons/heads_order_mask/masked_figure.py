"""Weights under a causal mask: rows that appear word by word, the grey triangle, and what each row sums to."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from selfattn import figures
from selfattn.figures.labels import text_width
from selfattn.figures.marks import BESIDE, Array, Mark, frame, note
from selfattn.figures.palette import CLEAR, Palette, palette, tint
from selfattn.figures.text import bold, label, labels
from selfattn.figures.weights import NUMBERS_UP_TO

SUM = "sum"


def masked_heatmap(
    weights: Array, tokens: Sequence[str], row: int, sums: Sequence[str], hidden: str, *, height: int,
    theme: str = "light",
) -> go.Figure:  # fmt: skip
    """Draw the rows up to a word, and beside each what it sums to.

    Parameters
    ----------
    weights : ndarray of shape (n, n)
    tokens : sequence of str, of length n
    row : int
        The word that looks back: its row is framed, later ones are empty.
    sums : sequence of str
        What stands beside each row up to that one.
    hidden : str
        What stands in the cells that may not be seen.
    height : int
    theme : str
    """
    colours, n = palette(theme), len(tokens)
    here, there = np.indices((n, n))
    seen = (there <= here) & (here <= row)
    wide = round(max(text_width(max(sums, key=len), colours.label), text_width(SUM, colours.small))) + 16
    return figures.weights_heatmap(
        np.where(seen, weights, np.nan), tokens, row=row, narrow=True, height=height, theme=theme,
        hovers=_hovers(weights, tokens, row), shapes=_triangle(n, colours),
        annotations=[*_hidden(n, row, hidden, colours), *_sums(sums, row, n, colours)],
        margin={"l": 8, "r": wide, "t": 8, "b": 8},
    )  # fmt: skip


def _triangle(n: int, colours: Palette) -> list[Mark]:
    """Draw what no word may look at: in each row all that comes after it."""
    pen = {"color": CLEAR, "width": 0}
    looks = {"fillcolor": tint(colours.line, 0.6), "layer": "below"}
    return [frame((row + 0.5, n - 0.5), (row - 0.5, row + 0.5), pen, **looks) for row in range(n - 1)]


def _hidden(n: int, row: int, hidden: str, colours: Palette) -> list[Mark]:
    if n > NUMBERS_UP_TO:
        return []
    font = colours.font(colours.small, colours.ink)
    return [note(hidden, font, x=after, y=each) for each in range(row + 1) for after in range(each + 1, n)]


def _sums(sums: Sequence[str], row: int, n: int, colours: Palette) -> list[Mark]:
    rows = range(row + 1) if n <= NUMBERS_UP_TO else [row]
    head = note(SUM, colours.font(colours.small, colours.quiet), y=-0.5, yanchor="bottom", **BESIDE)
    return [head, *(note(bold(sums[each], each == row), colours.font(), y=each, **BESIDE) for each in rows)]


def _hovers(weights: Array, tokens: Sequence[str], row: int) -> list[str]:
    names = labels(tokens)

    def said(here: int, there: int) -> str:
        if here > row:
            return f"{names[here]} has not looked back yet"
        looks = f"looks at {names[there]}<br>weight {weights[here, there]:.3f}"
        return f"{names[here]} {looks if there <= here else f'may not look at {label(tokens[there])}'}"

    return [said(here, there) for here in range(len(names)) for there in range(len(names))]
