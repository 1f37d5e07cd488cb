"""One sentence in two orders: what each word gives stays with the word, wherever it goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import plotly.graph_objects as go

from selfattn.figures.labels import text_width
from selfattn.figures.marks import Array, Mark, line
from selfattn.figures.palette import Palette, bare_axis, draw, palette
from selfattn.figures.text import bold, label

UP, GAP = 0.72, 0.16  # the highest bar, and the room of a line of words, where 1 is the way between the two lines
NUMBER = 0.16  # the room of a number over the highest bar
NAMED = 5  # words, besides the chosen one, that carry their name where there is no room for all
RIBBONS_UP_TO = 24  # words: beyond, all ways are one thin trace
THINNEST, THICKEST = 2, 18  # pixels of a way with no weight and with all of it
BAR = 0.42  # how wide a bar is, where 1 is the way from word to word; two traces would stand side by side
STEPS = 16  # points of a curve
FEWEST = 3  # places that a line has at least: a sentence of one word is no wider


@dataclass(frozen=True, slots=True, eq=False)
class _Line:
    """A sentence with its weights, at a height y; its bars grow away from the other: `sign` 1 is up."""

    words: Sequence[str]
    weights: Array
    chosen: int
    role: int
    y: float
    sign: int


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
    colours, n = palette(theme), len(tokens)
    highest = max(float(before.max()), float(after.max())) or 1.0
    size = _size(tokens, width, colours)
    below = [tokens[place] for place in order]
    lines = (
        _Line(words=tokens, weights=before, chosen=row, role=0, y=1.0, sign=1),
        _Line(words=below, weights=after, chosen=list(order).index(row), role=1, y=0.0, sign=-1),
    )
    ways = _ribbons(order, before, row, colours) if n <= RIBBONS_UP_TO else [_threads(order, colours)]
    bars = [_bars(sentence, highest, colours) for sentence in lines]
    named = [range(n) if size else _named(sentence, width, colours) for sentence in lines]
    texts = [_texts(*drawn, highest, size or colours.small, colours) for drawn in zip(lines, named, strict=True)]
    edge = UP + GAP + NUMBER
    axes = {"xaxis": [-0.6, max(n, FEWEST) - 0.4], "yaxis": [-edge, 1 + edge]}
    looks: dict[str, Any] = {name: bare_axis(range=reach) for name, reach in axes.items()}
    return draw([*ways, *bars, *chain.from_iterable(texts)], colours, height, bargap=0.3, **looks)


def _size(tokens: Sequence[str], width: int, colours: Palette) -> int | None:
    """Choose the largest type in which every word fits its place; None where none does."""
    room = width / max(len(tokens), FEWEST)
    sizes = (colours.label, colours.small, colours.tiny)
    return next((size for size in sizes if all(text_width(token, size) < room - 4 for token in tokens)), None)


def _named(sentence: _Line, width: int, colours: Palette) -> list[int]:
    """Choose the words that are named where not all can be: the heaviest of those that touch no heavier one."""
    room = (width - 16) / (max(len(sentence.words), FEWEST) + 0.2)  # pixels of a place: margins and axis leave so much
    half = [text_width(max(word, "0.00", key=len), colours.small) / 2 for word in sentence.words]
    named: list[int] = []
    for place in dict.fromkeys([sentence.chosen, *np.argsort(-sentence.weights, kind="stable").tolist()]):
        if all(abs(place - other) * room >= half[place] + half[other] for other in named):
            named.append(place)
        if len(named) > NAMED:
            break
    return sorted(named)


def _bars(sentence: _Line, highest: float, colours: Palette) -> Mark:
    heights = sentence.sign * UP * (sentence.weights / highest)
    marker = {"color": colours.fills[sentence.role], "line": colours.pen(colours.inks[sentence.role])}
    return {
        "type": "bar", "width": BAR, "offset": -BAR / 2, "marker": marker,
        "hoverinfo": "skip", "x": list(range(len(heights))), "y": heights.tolist(),
        "base": sentence.y + sentence.sign * GAP,
    }  # fmt: skip


def _texts(sentence: _Line, shown: Sequence[int], highest: float, size: int, colours: Palette) -> list[Mark]:
    """Write the words shown on their line, and each weight at the end of its bar."""
    names, weights = [label(sentence.words[place]) for place in shown], sentence.weights[list(shown)].tolist()
    text = {"type": "scatter", "mode": "text", "x": list(shown), "cliponaxis": False, "textfont": colours.font(size)}
    words = {
        "y": [sentence.y] * len(shown), "hoverinfo": "text",
        "text": [bold(name, place == sentence.chosen) for name, place in zip(names, shown, strict=True)],
        "hovertext": [f"{name}: {weight:.3f}" for name, weight in zip(names, weights, strict=True)],
    }  # fmt: skip
    numbers = {
        "y": [sentence.y + sentence.sign * (GAP + UP * (weight / highest) + 0.03) for weight in weights],
        "text": [f"{weight:.2f}" for weight in weights], "hoverinfo": "skip",
        "textposition": "top center" if sentence.sign > 0 else "bottom center",
    }  # fmt: skip
    return [text | words, text | numbers]


def _ribbons(order: Sequence[int], weights: Array, row: int, colours: Palette) -> list[Mark]:
    """Draw the way of each word, as wide as its weight says; the chosen word's way is dark."""
    wide = (THINNEST + (THICKEST - THINNEST) * weights**0.5).tolist()
    shades = [colours.quiet if place == row else colours.line for place in range(len(order))]
    pens = [colours.pen(shade, width) for shade, width in zip(shades, wide, strict=True)]
    return [line(*_curve(above, below), pens[above]) for below, above in enumerate(order)]


def _threads(order: Sequence[int], colours: Palette) -> Mark:
    curves = [_curve(above, below) for below, above in enumerate(order)]
    xs, ys = ([place for curve in curves for place in (*curve[axis], None)] for axis in (0, 1))
    return line(xs, ys, {"color": colours.line})


def _curve(above: int, below: int) -> tuple[list[float], list[float]]:
    """Go from one line to the other, level at both ends (smoothstep)."""
    way = np.linspace(0, 1, STEPS)
    x = above + (below - above) * way**2 * (3 - 2 * way)
    return x.tolist(), (1 - GAP / 1.4 - way * (1 - GAP / 0.7)).tolist()
