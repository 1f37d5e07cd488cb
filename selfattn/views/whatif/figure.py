"""What a change does to the weights of one word: two bars a word, hollow before, full after."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from selfattn.figures.marks import Array, Mark, bars, change, hover
from selfattn.figures.meter import NUMBERS
from selfattn.figures.palette import CLEAR, SMALL, bare_axis, draw, palette, rows_axis
from selfattn.figures.text import LONGEST, bold, label

NARROW_LETTERS = 11  # of a word, on a phone
THICK, GAP = 0.36, 0.02  # of the place that a word has: a bar, and half the gap between two
NONE = "–"


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
    longest = NARROW_LETTERS if narrow else LONGEST
    names = [
        bold(f"{sign} " * bool(sign) + label(word, longest), place == row)
        for place, (word, sign) in enumerate(zip(words, signs or [""] * len(words), strict=True))
    ]
    drawn = len(words) - rest
    hollow = {"color": CLEAR, "line": colours.pen(colours.inks[0], 2)}
    full = {"color": colours.fills[1], "line": colours.pen(colours.inks[1], 2)}
    top = float(np.nanmax([0.0, *before[:drawn], *after[:drawn]])) or 1.0
    return draw(
        [
            _side("before", before[:drawn], words, marker=hollow, offset=-THICK - GAP),
            _side("after", after[:drawn], words, marker=full, offset=GAP),
        ],
        colours,
        height,
        margin={"l": 8, "r": round(NUMBERS * colours.small / SMALL), "t": 4, "b": 4},
        barmode="overlay",
        xaxis=bare_axis(range=[0, top * 1.02]),
        yaxis=rows_axis(names, colours),
        annotations=[
            change(_number(less), _number(more), place, colours)
            for place, (less, more) in enumerate(zip(before, after, strict=True))
        ],
    )


def _side(name: str, weights: Array, words: Sequence[str], **looks: Any) -> Mark:
    there = np.flatnonzero(~np.isnan(weights)).tolist()
    names = hover([label(words[place]) for place in there], f", {name}: %{{x:.3f}}")
    return bars(weights[there].tolist(), there, name=name, width=THICK, **names, **looks)


def _number(weight: float) -> str:
    return NONE if math.isnan(weight) else f"{weight:.2f}"
