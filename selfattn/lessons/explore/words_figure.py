"""Pictures of what a set is asked: bars of near words and of the odd one out, and the cosines of a list of words."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from selfattn.figures.marks import rule
from selfattn.figures.near import neighbour_bars
from selfattn.figures.palette import palette
from selfattn.figures.weights import BOTH_WAYS, scores_heatmap
from selfattn.sets.explore import Pairs
from selfattn.sets.explore.lists import OddOneOut

ROW = 36  # pixels of a bar, for type of the usual size
NUMBER = 0.3  # of the bars' reach: the room of a number to the left of its bar
ODD = "odd one out"


def word_bars(pairs: Pairs, *, height: int = 0, theme: str = "light", marked: Sequence[str | None] = ()) -> go.Figure:
    """Draw a bar for each word, as long as its cosine: the answer to a question for near words.

    Parameters
    ----------
    pairs : tuple of (str, float)
        At least one; the first is on top.
    height : int
        Pixels, unless the bars need more.
    theme : str
        "light" or "dark", or either for a "room".
    marked : sequence of str or None, of the same length, optional
        What is said of a word, which is then orange.
    """
    colours = palette(theme)
    words, cosines = zip(*pairs, strict=True)
    notes = list(marked) or [None] * len(words)
    low, high = min(0.0, *cosines), max(0.0, *cosines)
    room = NUMBER * ((high - low) or 1.0)
    return neighbour_bars(
        words,
        cosines,
        notes,
        [note for note in dict.fromkeys(notes) if note],
        plain=colours.weights[2],  # as purple as a neighbour on the map
        limits=(low - room if low < 0 else 0.0, high or room),
        height=max(height, round(ROW * colours.zoom * len(words)) + 8),
        theme=theme,
    )


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
    edge, far, pen = (first - 0.5, first - 0.5), (-0.5, len(words) - 0.5), palette(theme).pen(palette(theme).ink, 4)
    parting = [rule(edge, far, pen), rule(far, edge, pen)] if 0 < first < len(words) else []
    return scores_heatmap(
        matrix,
        words,
        name="cosine",
        joined="and",
        narrow=narrow,
        height=height,
        shapes=parting,
        theme=theme,
        titles=BOTH_WAYS,
    )
