"""Pictures of scores and weights: the heatmap of all pairs, and the bars of one word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from selfattn.figures.labels import text_width
from selfattn.figures.palette import Palette, Stops, bare_axis, figure, layout, palette, readable_on, scale
from selfattn.figures.text import label

NUMBERS_UP_TO = 16  # tokens: beyond, the numbers in the cells draw slowly
WORDS_UP_TO = 64  # tokens: beyond, only some words stand at the edges
ROOM_WORDS = 20  # the same on a projector, whose type is larger
CLICKS_UP_TO = 64  # tokens: beyond, a layer of clickable points is too heavy
VALUES_UP_TO = 20  # bars: beyond, only the highest carry their value
VALUES_BEYOND = 5  # bars that carry it then
TALL, WIDE = 520, 460  # pixels that the rows and the columns of a heatmap share, on a laptop
_NARROW = {False: (300, 260), True: (480, 420)}  # a phone, or a third of a projector
ROOM_TALL, ROOM_WIDE = 640, 800

Array = NDArray[np.floating[Any]]


def weights_heatmap(
    weights: Array, tokens: Sequence[str], *, row: int | None = None, narrow: bool = False, theme: str = "light"
) -> go.Figure:
    """Draw the weights: a row for every word that is rewritten, a column for every word that it looks at.

    Parameters
    ----------
    weights : ndarray of shape (n, n)
        Rows sum to one. The colour scale always runs from 0 to 1, so that two heatmaps can be compared; it goes
        with the square root of the weight, so that the small weights of a long sentence are seen.
    tokens : sequence of str, of length n
        Words may repeat: each has its place.
    row : int, optional
        The chosen word, whose row is framed.
    narrow : bool
        For a phone: smaller cells, no colour bar.
    theme : str
        "light" or "dark".

    Notes
    -----
    Up to 16 words carry their numbers, where they fit; up to 64 all words are named and every cell can be clicked
    (a layer of invisible points, whose customdata is [row, column], takes it); beyond, every few words are named.
    """
    return _heatmap(weights, tokens, row, theme, (0.0, 1.0), scale(palette(theme).weights, 2), "weight", narrow)


def scores_heatmap(
    scores: Array,
    tokens: Sequence[str],
    *,
    row: int | None = None,
    narrow: bool = False,
    theme: str = "light",
    name: str = "dot product",
) -> go.Figure:
    """Draw dot products, scaled or not, on a scale that is the same on both sides of zero.

    Parameters
    ----------
    scores : ndarray of shape (n, n)
        -inf marks a pair that may not attend; it is left empty.
    """
    shown = np.where(np.isfinite(scores), scores, np.nan)
    far = float(np.nanmax(np.abs(shown))) if np.isfinite(shown).any() else 0.0
    return _heatmap(
        shown, tokens, row, theme, (-(far or 1.0), far or 1.0), scale(palette(theme).diverging), name, narrow
    )


def vector_strips(
    matrix: Array, tokens: Sequence[str], *, row: int | None = None, tall: int = TALL // 2, theme: str = "light"
) -> go.Figure:
    """Draw each vector as a strip of colours, one cell a dimension.

    Parameters
    ----------
    matrix : ndarray of shape (n, d)
    tokens : sequence of str, of length n
    row : int, optional
        The vector that is framed.
    tall : int
        Pixels that few rows share.
    theme : str
        As `palette` knows it.
    """
    colours = palette(theme)
    n, width = matrix.shape
    far = float(np.abs(matrix).max()) or 1.0
    trace = {
        "type": "heatmap", "z": matrix.astype(np.float32), "zmin": -far, "zmax": far,
        "colorscale": scale(colours.diverging), "showscale": False, "ygap": 3 if n <= WORDS_UP_TO else 0,
        "hovertemplate": "%{y}, dimension %{x}: %{z:.2f}<extra></extra>",
    }  # fmt: skip
    axes = {
        "xaxis": bare_axis(range=[-0.5, width - 0.5]),
        "yaxis": _word_axis(tokens, colours, colours.quiet, autorange="reversed"),
    }
    return figure(
        [trace],
        layout(
            colours,
            _height(n, int(np.clip(tall / n, 22, tall / 4) * (1 if tall > TALL // 2 else colours.stroke)), 40),
            shapes=_frame(row, width, colours),
            **axes,
        ),
    )


def weight_bars(
    weights: Array, tokens: Sequence[str], *, row: int | None = None, role: int = 0, highest: float = 1.0,
    height: int = 190, theme: str = "light",
) -> go.Figure:  # fmt: skip
    """Draw what each word gives to one word, in the order of the sentence.

    Parameters
    ----------
    weights : ndarray of shape (n,)
    tokens : sequence of str, of length n
    row : int, optional
        The word itself: its name is set bold.
    role : int
        Which sentence this is (0 is A): its colour.
    highest : float
        Top of the scale, the same for every figure that is compared.
    """
    colours = palette(theme)
    names = [f"<b>{label(word)}</b>" if at == row else label(word) for at, word in enumerate(tokens)]
    few = len(tokens) <= VALUES_UP_TO
    named = set(np.argsort(-weights, kind="stable")[: None if few else VALUES_BEYOND].tolist())
    trace = {
        "type": "bar", "x": list(range(len(tokens))), "y": weights.tolist(),
        "text": [f"{weight:.2f}" if at in named else "" for at, weight in enumerate(weights)],
        "textposition": "outside", "cliponaxis": False, "constraintext": "none", "textangle": 0,
        "textfont": {"size": colours.label if few else colours.small, "color": colours.ink},
        "marker": {"color": colours.fills[role], "line": {"color": colours.inks[role], "width": 1}},
        "selected": {"marker": {"opacity": 1}}, "unselected": {"marker": {"opacity": 1}},
        "customdata": [label(word) for word in tokens], "hovertemplate": "%{customdata}: %{y:.3f}<extra></extra>",
    }  # fmt: skip
    shown = _every(len(tokens), 40)
    axis = bare_axis(
        showticklabels=True,
        tickmode="array",
        tickvals=shown,
        ticktext=[names[at] for at in shown],
        tickfont={"size": colours.label if few else colours.small, "color": colours.ink},
        showline=True,
        linecolor=colours.line,
        range=[-0.6, max(len(tokens), 3) - 0.4],
        automargin=True,
    )
    return figure(
        [trace],
        layout(
            colours, height, xaxis=axis, yaxis=bare_axis(range=[0, highest * _headroom(height, colours)]), bargap=0.35
        ),
    )


def _headroom(height: int, colours: Palette) -> float:
    """Leave room for the value above the highest bar: the scale's end, as a multiple of that bar."""
    inside = height - 16 - 1.6 * colours.label  # margins, and the words below
    return inside / max(inside - 1.5 * colours.label, 0.4 * inside)


def _heatmap(
    values: Array,
    tokens: Sequence[str],
    row: int | None,
    theme: str,
    limits: tuple[float, float],
    stops: Stops,
    name: str,
    narrow: bool,
) -> go.Figure:
    colours = palette(theme)
    n, room = len(tokens), colours.stroke > 1
    tall, wide = _NARROW[room] if narrow else (ROOM_TALL, ROOM_WIDE) if room else (TALL, WIDE)
    gap = 2 if n <= WORDS_UP_TO else 0
    bar = {
        "thickness": 12 * colours.stroke,
        "outlinewidth": 0,
        "len": 0.9,
        "tickfont": {"size": colours.small, "color": colours.quiet},
        "nticks": 4,
    }
    cells: dict[str, Any] = {
        "type": "heatmap", "z": values.astype(np.float32), "zmin": limits[0], "zmax": limits[1], "hoverongaps": False,
        "colorscale": stops, "colorbar": bar, "showscale": not narrow, "xgap": gap, "ygap": gap,
    }  # fmt: skip
    if n <= CLICKS_UP_TO:
        size = _number_size(values, wide, colours)
        numbers = _numbers(values, size, limits, stops) if size else []
        traces = [cells | {"hoverinfo": "skip"}, *numbers, _click_layer(values, tokens, name)]
    else:
        traces = [cells | {"hovertemplate": "%{y} looks at %{x}<br>" + name + " %{z:.3f}<extra></extra>"}]
    upright = all(text_width(token, colours.label) < wide / n for token in tokens)
    axes = {
        "xaxis": _word_axis(
            tokens, colours, colours.ink, side="top", tickangle=0 if upright else -60, range=[-0.5, n - 0.5]
        ),
        "yaxis": _word_axis(tokens, colours, colours.ink, range=[n - 0.5, -0.5]),
    }
    height = _height(n, int(np.clip(tall / n, 22, 200 if room else 120)), 90)
    frame = _frame(row, n, colours)
    return figure(traces, layout(colours, height, hoverdistance=-1, clickmode="event+select", shapes=frame, **axes))


def _number_size(values: Array, wide: int, colours: Palette) -> int | None:
    """Choose the largest type in which every number fits its cell; None where none does."""
    cell = wide / len(values)
    longest = max(f"{np.nanmin(values, initial=0.0):.2f}", f"{np.nanmax(values, initial=0.0):.2f}", key=len)
    fitting = [
        size
        for size in (colours.label + 6, colours.label, colours.small, colours.tiny)
        if text_width(longest, size) < 0.8 * cell
    ]
    return fitting[0] if fitting and len(values) <= NUMBERS_UP_TO else None


def _numbers(values: Array, size: int, limits: tuple[float, float], stops: Stops) -> list[dict[str, Any]]:
    """Write the numbers, dark on pale cells and pale on dark ones: Plotly's own choice is hard to read in between.

    A layer a colour, for only so can it be kept when a click selects a cell: the rest would fade.
    """
    places = (values - limits[0]) / (limits[1] - limits[0])
    layers: dict[str, list[tuple[int, int]]] = {}
    for row, column in np.argwhere(np.isfinite(values)).tolist():
        layers.setdefault(readable_on(stops, float(places[row, column])), []).append((row, column))
    return [_number_layer(values, cells, size, colour) for colour, cells in layers.items()]


def _number_layer(values: Array, cells: list[tuple[int, int]], size: int, colour: str) -> dict[str, Any]:
    kept = {"textfont": {"color": colour}}
    return {
        "type": "scatter",
        "mode": "text",
        "x": [column for _, column in cells],
        "y": [row for row, _ in cells],
        "text": [f"{values[cell]:.2f}" for cell in cells],
        "textfont": {"size": size, "color": colour},
        "hoverinfo": "skip",
        "selected": kept,
        "unselected": kept,
    }


def _click_layer(values: Array, tokens: Sequence[str], name: str) -> dict[str, Any]:
    rows, columns = np.indices(values.shape).reshape(2, -1)
    words = [label(token) for token in tokens]
    said = [
        f"{words[i]} looks at {words[j]}<br>{name} {values[i, j]:.3f}"
        if np.isfinite(values[i, j])
        else f"{words[i]} may not look at {words[j]}"
        for i, j in zip(rows, columns, strict=True)
    ]
    unseen = {"marker": {"opacity": 0}}
    return {
        "type": "scatter", "mode": "markers", "x": columns, "y": rows, "customdata": np.stack([rows, columns], axis=1),
        "hovertext": said, "hoverinfo": "text", "marker": {"size": 24, "symbol": "square", "opacity": 0},
        "selected": unseen, "unselected": unseen,
    }  # fmt: skip


def _word_axis(tokens: Sequence[str], colours: Palette, colour: str, **settings: Any) -> dict[str, Any]:
    """Name places, not categories: two equal words would otherwise fall together."""
    shown = _every(len(tokens), WORDS_UP_TO if colours.stroke == 1 else ROOM_WORDS)
    size = colours.label if len(tokens) <= 24 else colours.small if len(tokens) <= 40 else colours.tiny
    return bare_axis(
        showticklabels=True,
        tickmode="array",
        tickvals=shown,
        ticktext=[label(tokens[at]) for at in shown],
        tickfont={"size": size, "color": colour},
        automargin=True,
        fixedrange=len(tokens) <= WORDS_UP_TO,
        **settings,
    )


def _every(count: int, most: int) -> list[int]:
    return list(range(0, count, -(-count // most))) if count else []


def _height(n: int, cell: int, edge: int) -> int:
    return int(np.clip(n * cell, 3 * cell, 660)) + edge


def _frame(row: int | None, width: int, colours: Palette) -> list[dict[str, Any]]:
    if row is None:
        return []
    return [
        {
            "type": "rect",
            "x0": -0.5,
            "x1": width - 0.5,
            "y0": row - 0.5,
            "y1": row + 0.5,
            "line": {"color": colours.ink, "width": 3 * colours.stroke},
        }
    ]
