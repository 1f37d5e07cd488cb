"""Pictures of what a set is asked: bars of near words and of the odd one out, and the cosines of a list of words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from selfattn.explore import Pairs
from selfattn.explore.lists import OddOneOut
from selfattn.figures.near import neighbour_bars
from selfattn.figures.palette import LABEL, bare_axis, figure, palette
from selfattn.figures.text import label
from selfattn.figures.weights import scores_heatmap

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
    bars |= {"text": [text.replace("-", "−", 1) if text.startswith("-") else text for text in bars["text"]]}
    return figure([bars], drawn["layout"] | {"xaxis": axis})


def odd_bars(odd: OddOneOut, *, height: int = 0, theme: str = "light") -> go.Figure:
    """Draw the cosine of each word with the mean of all, nearest first; the odd one out is orange and says so."""
    marked = [ODD if word == odd.word else None for word, _ in odd.cosines]
    return word_bars(odd.cosines, height=height, theme=theme, marked=marked)


def cosine_heatmap(
    matrix: NDArray[np.floating[Any]], words: Sequence[str], *, narrow: bool = False, theme: str = "light"
) -> go.Figure:
    """Draw the cosine of each word with each, on a scale that is the same on both sides of zero.

    Parameters
    ----------
    matrix : ndarray of shape (n, n)
    words : sequence of str, of length n
        Words may repeat: each has its place.
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
    return drawn
