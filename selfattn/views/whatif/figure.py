"""What a change does to the weights of one word: two bars a word, hollow before, full after."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from selfattn.figures.palette import SMALL, Palette, bare_axis, figure, layout, palette, rows_axis
from selfattn.figures.text import label

NARROW_LETTERS = 11  # of a word, on a phone
THICK, GAP = 0.36, 0.02  # of the place that a word has: a bar, and half the gap between two
NONE = "–"

Array = NDArray[np.floating[Any]]


def before_after_bars(
    words: Sequence[str],
    before: Array,
    after: Array,
    *,
    signs: Sequence[str] | None = None,
    row: int | None = None,
    rest: bool = False,
    height: int = 300,
    narrow: bool = False,
    theme: str = "light",
) -> go.Figure:
    """Draw what each word gives before a change and after it.

    Parameters
    ----------
    words : sequence of str, of length n
        From the top.
    before, after : ndarray of shape (n,)
        Weights; NaN where the word is not there.
    signs : sequence of str, of length n, optional
        What became of each word, such as "+" or "−": stands before its name, since colour alone does not tell.
    row : int, optional
        The followed word, whose name is set bold.
    rest : bool
        Whether the last line sums up all other words: it has its numbers and no bars, which would dwarf the others.
    height : int
        Of the figure, in pixels.
    narrow : bool
        For a phone: long words are cut.
    theme : str
    """
    colours = palette(theme)
    names = [_name(word, sign, narrow) for word, sign in zip(words, signs or [""] * len(words), strict=True)]
    drawn = len(words) - rest
    traces = [
        _bars("before", before[:drawn], words, -THICK - GAP, "rgba(0,0,0,0)", colours.inks[0], colours),
        _bars("after", after[:drawn], words, GAP, colours.fills[1], colours.inks[1], colours),
    ]
    top = float(np.nanmax([0.0, *before[:drawn], *after[:drawn]])) or 1.0
    left = rows_axis([f"<b>{name}</b>" if line == row else name for line, name in enumerate(names)], colours)
    looks = layout(
        colours,
        height,
        margin={"l": 8, "r": round(112 * colours.small / SMALL), "t": 4, "b": 4},
        barmode="overlay",
        xaxis=bare_axis(range=[0, top * 1.02]),
        yaxis=left,
        annotations=[_values(*both, line, colours) for line, both in enumerate(zip(before, after, strict=True))],
    )
    return figure(traces, looks)


def _name(word: str, sign: str, narrow: bool) -> str:
    shown = word if not narrow or len(word) <= NARROW_LETTERS else word[: NARROW_LETTERS - 1] + "…"
    return f"{sign} {label(shown)}" if sign else label(shown)


def _bars(
    name: str, weights: Array, words: Sequence[str], offset: float, fill: str, edge: str, colours: Palette
) -> dict[str, Any]:
    there = np.flatnonzero(~np.isnan(weights)).tolist()
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "x": weights[there].tolist(),
        "y": there,
        "offset": offset,
        "width": THICK,
        "marker": {"color": fill, "line": {"color": edge, "width": 2 * colours.stroke}},
        "customdata": [label(words[line]) for line in there],
        "hovertemplate": f"%{{customdata}}, {name}: %{{x:.3f}}<extra></extra>",
    }


def _values(before: float, after: float, line: int, colours: Palette) -> dict[str, Any]:
    text = f"{_number(before)} → <b>{_number(after)}</b>"
    beside = {"xref": "paper", "x": 1, "xanchor": "left", "xshift": 8, "y": line, "showarrow": False}
    return beside | {"text": text, "font": {"size": colours.small + 1, "color": colours.ink}}


def _number(weight: float) -> str:
    return NONE if math.isnan(weight) else f"{weight:.2f}"
