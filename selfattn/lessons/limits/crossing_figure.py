"""One sentence in two orders: what each word gives stays with the word, wherever it goes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from selfattn.figures.labels import text_width
from selfattn.figures.palette import Palette, bare_axis, figure, layout, palette
from selfattn.figures.text import label

UP, GAP = 0.72, 0.16  # the highest bar, and the room of a line of words, where 1 is the way between the two lines
NAMED = 5  # words, besides the chosen one, that carry their name where there is no room for all
RIBBONS_UP_TO = 24  # words: beyond, all ways are one thin trace
STEPS = 16  # points of a curve

Array = NDArray[np.floating[Any]]


def crossing(
    tokens: Sequence[str],
    order: Sequence[int],
    before: Array,
    after: Array,
    *,
    row: int,
    width: int = 640,
    height: int = 480,
    theme: str = "light",
) -> go.Figure:
    """Draw a sentence above and the same words in another order below, each with its weight, and ways between them.

    Parameters
    ----------
    tokens : sequence of str, of length n
    order : sequence of int, of length n
        The word at place k below is the word at place ``order[k]`` above.
    before, after : ndarray of shape (n,)
        The weights above and below, each in its own order.
    row : int
        The chosen word, by its place above.
    width, height : int
        Pixels; words are named as far as there is room in this width.
    theme : str
    """
    colours = palette(theme)
    n = len(tokens)
    below = [tokens[at] for at in order]
    highest = max(float(before.max()), float(after.max())) or 1.0
    size = _size(tokens, width, colours)
    lines = ((tokens, before, 0, 1.0, 1), (below, after, 1, 0.0, -1))
    bars = [_bars(words, weights / highest, role, y, sign, colours) for words, weights, role, y, sign in lines]
    texts = []
    for words, weights, _, y, sign in lines:
        chosen = row if sign > 0 else list(order).index(row)
        named = list(range(n)) if size else _named(words, weights, chosen, width, colours)
        texts.append(_texts(words, weights, weights / highest, y, sign, size, colours, chosen, named))
    ways = _ribbons(order, before, row, colours) if n <= RIBBONS_UP_TO else [_threads(order, colours)]
    edge = UP + GAP + 0.16
    axes = {
        "xaxis": bare_axis(range=[-0.6, max(n, 3) - 0.4]),
        "yaxis": bare_axis(range=[-edge, 1 + edge]),
    }
    return figure([*ways, *bars, *(one for pair in texts for one in pair)], layout(colours, height, bargap=0.3, **axes))


def _size(tokens: Sequence[str], width: int, colours: Palette) -> int | None:
    """Choose the largest type in which every word fits its place; None where none does."""
    room = width / max(len(tokens), 3)
    sizes = (colours.label, colours.small, colours.tiny)
    return next((size for size in sizes if all(text_width(token, size) < room - 4 for token in tokens)), None)


def _named(words: Sequence[str], weights: Array, chosen: int, width: int, colours: Palette) -> list[int]:
    """Choose the words that are named where not all can be: the heaviest of those that touch no heavier one."""
    room = (width - 16) / (max(len(words), 3) + 0.2)  # pixels of a place: the margins and the axis leave so much
    half = [text_width(max(word, "0.00", key=len), colours.small) / 2 for word in words]
    named: list[int] = []
    for at in dict.fromkeys([chosen, *np.argsort(-weights, kind="stable").tolist()]):
        if all(abs(at - other) * room >= half[at] + half[other] for other in named):
            named.append(at)
        if len(named) > NAMED:
            break
    return sorted(named)


def _bars(words: Sequence[str], heights: Array, role: int, y: float, sign: int, colours: Palette) -> dict[str, Any]:
    places = {"x": list(range(len(words))), "y": (sign * UP * heights).tolist(), "base": y + sign * GAP}
    marker = {"color": colours.fills[role], "line": {"color": colours.inks[role], "width": colours.stroke}}
    return {"type": "bar", "width": 0.42, "marker": marker, "hoverinfo": "skip", **places}


def _texts(
    words: Sequence[str],
    weights: Array,
    heights: Array,
    y: float,
    sign: int,
    size: int | None,
    colours: Palette,
    chosen: int,
    shown: Sequence[int],
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Write the words shown on their line, and each weight at the end of its bar."""
    names = [f"<b>{label(words[at])}</b>" if at == chosen else label(words[at]) for at in shown]
    text = {"type": "scatter", "mode": "text", "x": list(shown), "cliponaxis": False}
    said = [f"{label(words[at])}: {weights[at]:.3f}" for at in shown]
    font = {"size": size or colours.small, "color": colours.ink}
    line = text | {"y": [y] * len(shown), "text": names, "textfont": font, "hovertext": said, "hoverinfo": "text"}
    ends = [y + sign * (GAP + UP * float(heights[at]) + 0.03) for at in shown]
    side = "top center" if sign > 0 else "bottom center"
    values = {"y": ends, "text": [f"{weights[at]:.2f}" for at in shown], "textposition": side, "hoverinfo": "skip"}
    return line, text | values | {"textfont": font}


def _ribbons(order: Sequence[int], weights: Array, row: int, colours: Palette) -> list[dict[str, Any]]:
    """Draw the way of each word, as wide as its weight says; the chosen word's way is dark."""
    drawn = []
    for below, above in enumerate(order):
        x, y = _curve(above, below)
        wide = (2 + 16 * float(weights[above]) ** 0.5) * colours.stroke
        line = {"color": colours.quiet if above == row else colours.line, "width": wide}
        drawn.append({"type": "scatter", "mode": "lines", "hoverinfo": "skip", "line": line, "x": x, "y": y})
    return drawn


def _threads(order: Sequence[int], colours: Palette) -> dict[str, Any]:
    xs: list[float | None] = []
    ys: list[float | None] = []
    for below, above in enumerate(order):
        x, y = _curve(above, below)
        xs += [*x, None]
        ys += [*y, None]
    return {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "line": {"color": colours.line}, "x": xs, "y": ys}


def _curve(above: int, below: int) -> tuple[list[float], list[float]]:
    """Go from one line to the other, level at both ends (smoothstep)."""
    at = np.linspace(0, 1, STEPS)
    return (above + (below - above) * at**2 * (3 - 2 * at)).tolist(), (1 - GAP / 1.4 - at * (1 - GAP / 0.7)).tolist()
