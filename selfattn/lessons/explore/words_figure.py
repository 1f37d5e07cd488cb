"""Pictures of what a set is asked: bars of near words and of the odd one out, and the cosines of a list of words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from selfattn.figures.near import neighbour_bars
from selfattn.figures.palette import LABEL, Palette, bare_axis, figure, palette
from selfattn.figures.text import label
from selfattn.figures.weights import scores_heatmap
from selfattn.sets.explore import Pairs
from selfattn.sets.explore.lists import OddOneOut

ROW = 36  # pixels of a bar, for type of the usual size
ODD = "odd one out"


def word_bars(found: Pairs, *, height: int = 0, theme: str = "light", marked: Sequence[str | None] = ()) -> go.Figure:
    """Draw a bar for each word, as long as its cosine: the answer to a question for near words.

    Parameters
    ----------
    found : tuple of (str, float)
        At least one; the first is on top.
    height : int
        Pixels, unless the bars need more.
    theme : str
        "light" or "dark", or either for a "room".
    marked : sequence of str or None, of the same length, optional
        What is said of a word, which is then orange.
    """
    words, cosines = [word for word, _ in found], [cosine for _, cosine in found]
    notes = list(marked) or [None] * len(words)
    order = [note for note in dict.fromkeys(notes) if note]
    tall = max(height, round(ROW * palette(theme).label / LABEL * len(words)) + 8)
    drawn = neighbour_bars(words, cosines, notes, order, height=tall, theme=theme).to_dict()
    low, high = min(0.0, *cosines, 0.0), max(0.0, *cosines, 0.0)
    reach = (high - low) or 1.0
    left = low - 0.3 * reach if low < 0 else 0.0  # the numbers of bars to the left stand to their left
    axis = bare_axis(range=[left, high or 0.3 * reach], zeroline=True, zerolinecolor=palette(theme).line)
    bars = drawn["data"][0]
    shades = [palette(theme).weights[2] if note is None else shade for note, shade in _shades(notes, bars)]
    bars["marker"] |= {"color": shades}  # what has no note is as purple as a neighbour on the map
    bars |= {"text": [text.replace("-", "−", 1) if text.startswith("-") else text for text in bars["text"]]}
    return figure([bars], drawn["layout"] | {"xaxis": axis})


def _shades(notes: Sequence[str | None], bars: dict[str, Any]) -> zip[tuple[str | None, str]]:
    return zip(notes, bars["marker"]["color"], strict=True)


def odd_bars(odd: OddOneOut, *, height: int = 0, theme: str = "light") -> go.Figure:
    """Draw the cosine of each word with the mean of all, nearest first; the odd one out is orange and says so."""
    marked = [ODD if word == odd.word else None for word, _ in odd.cosines]
    return word_bars(odd.cosines, height=height, theme=theme, marked=marked)


def cosine_heatmap(
    matrix: NDArray[np.floating[Any]],
    words: Sequence[str],
    *,
    first: int = 0,
    height: int = 0,
    narrow: bool = False,
    theme: str = "light",
) -> go.Figure:
    """Draw the cosine of each word with each, on a scale that is the same on both sides of zero.

    Parameters
    ----------
    matrix : ndarray of shape (n, n)
    words : sequence of str, of length n
        Words may repeat: each has its place.
    first : int
        How many of the words are of a first list, which lines part from the second.
    height : int
        Pixels; without it, the height of the other heatmaps.
    narrow : bool
        For a phone.
    theme : str
    """
    drawn = scores_heatmap(matrix, words, narrow=narrow, theme=theme, name="cosine")
    names = [label(word) for word in words]
    for trace in drawn.data:
        if trace.hovertext is not None:  # the layer of points over the cells
            rows = zip(names, matrix, strict=True)
            trace.hovertext = [
                f"{one} and {other}<br>cosine {value:.3f}"
                for one, row in rows
                for other, value in zip(names, row, strict=True)
            ]
        elif trace.hovertemplate:
            trace.hovertemplate = "%{y} and %{x}<br>cosine %{z:.3f}<extra></extra>"
    drawn.layout.height = height or drawn.layout.height
    drawn.layout.shapes = _parting(first, len(words), palette(theme)) if 0 < first < len(words) else ()
    return drawn


def _parting(first: int, count: int, colours: Palette) -> list[dict[str, Any]]:
    """Draw lines between the words of two lists, across and down."""
    line = {"color": colours.ink, "width": 4 * colours.stroke}
    edge, far = first - 0.5, (-0.5, count - 0.5)
    sides = ({"x0": edge, "x1": edge, "y0": far[0], "y1": far[1]}, {"y0": edge, "y1": edge, "x0": far[0], "x1": far[1]})
    return [{"type": "line", "line": line} | side for side in sides]
