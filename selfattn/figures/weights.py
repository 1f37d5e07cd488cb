"""Pictures of scores and weights: the heatmap of all pairs, and the bars of one word."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from selfattn.core.heaviest import FEW
from selfattn.figures.labels import text_width
from selfattn.figures.marks import CLICKABLE, Array, Mark, bars, beside, frame, hover, steady, strips
from selfattn.figures.palette import Palette, Stops, bare_axis, draw, named_axis, palette, readable_on, rows_axis, scale
from selfattn.figures.text import LONGEST, label, labels

NUMBERS_UP_TO = 16  # tokens: beyond, the numbers in the cells draw slowly
WORDS_UP_TO = 64  # tokens: beyond, only some words stand at the edges
ROOM_WORDS = 20  # the same on a projector, whose type is larger
LARGE_UP_TO, SMALL_UP_TO = 24, 40  # tokens: beyond, words at the edges are set smaller, and smaller still
CLICKS_UP_TO = 64  # tokens: beyond, a layer of clickable points is too heavy
VALUES_UP_TO = 20  # bars: beyond, only the highest carry their value
VALUES_BEYOND = 5  # bars that carry it then
BARS_NAMED = 40  # bars: beyond, only some are named
BESIDE = 12  # bars: beyond, values beside one another touch, and the bars lie
FLAT = 1.7  # pixels of a bar that lies, for each of its type
TALL, WIDE = 520, 460  # pixels that the rows and the columns of a heatmap share, on a laptop
ROOM_TALL, ROOM_WIDE = 640, 800
_NARROW = {False: (300, 260), True: (480, 420)}  # a phone, or a third of a projector
LEAST, MOST, ROOM_MOST = 22, 120, 200  # pixels of a row: where it can still be hit, and where it looks no better
HIGHEST = 660  # pixels of all rows: what a screen shows without scrolling
HEAD, FOOT = 90, 40  # pixels of the words above a heatmap, and under strips
ASKING = ("is asked →", "← asks")  # what stands along a heatmap of weights
BOTH_WAYS = ("a word →", "← with a word")  # and along one that is the same both ways


def weights_heatmap(
    weights: Array, tokens: Sequence[str], *, row: int | None = None, narrow: bool = False, height: int = 0,
    theme: str = "light", rest: str = "", **looks: Any,
) -> go.Figure:  # fmt: skip
    """Draw the weights: a row for every word that is rewritten, a column for every word that it looks at.

    Parameters
    ----------
    weights : ndarray of shape (n, n), or (n, n + 1) with the `rest` in the last column
        Rows sum to one. The colour scale always runs from 0 to 1, so that two heatmaps can be compared; its
        lightness falls evenly with the weight, so that a weight of 0.08 looks small.
    tokens : sequence of str, of length n
        Words may repeat: each has its place.
    row : int, optional
        The chosen word, whose row is framed.
    narrow : bool
        For a phone: smaller cells, no colour bar.
    height : int
        Pixels; 0 leaves it to the number of words.
    theme : str
        "light" or "dark".
    rest : str
        What the last column is called, where it is the sum of words that have no column.
    **looks
        `shapes` and `hovers` as `scores_heatmap` takes them; `wide`: pixels of all columns, where there are fewer than
        usual, so that what is written in a cell fits it; `annotations` and `margin` of the layout.

    Notes
    -----
    Up to 16 words carry their numbers, where they fit; up to 64 all words are named and every cell can be clicked
    (a layer of invisible points, whose customdata is [row, column], takes it); beyond, every few words are named.
    """
    stops = scale(palette(theme).weights)
    looks |= {"row": row, "narrow": narrow, "height": height, "theme": theme, "titles": ASKING}
    columns = [*tokens, *([rest] if rest else [])]
    return _heatmap(weights, tokens, (0.0, 1.0), stops, name="weight", columns=columns, **looks)


def scores_heatmap(
    scores: Array, tokens: Sequence[str], *, name: str = "dot product", theme: str = "light", **looks: Any
) -> go.Figure:
    """Draw dot products, scaled or not, on a scale that is the same on both sides of zero.

    Parameters
    ----------
    scores : ndarray of shape (n, n)
        -inf marks a pair that may not attend; it is left empty.
    tokens, theme
        As `weights_heatmap` takes them.
    name : str
        What the numbers are.
    **looks
        `row`, `narrow` as `weights_heatmap` takes them; and

        - `joined`: what stands between two words where they are pointed at ("looks at"), or `hovers`: all that is
          said there, row by row;
        - `height`: pixels, or `most`: pixels at most;
        - `titles`: what the columns and the rows are;
        - `bar`: whether there is a colour bar; `letters`: pixels of the words' type; `shapes`: what is drawn on top.
    """
    shown = np.where(np.isfinite(scores), scores, np.nan)
    far = float(np.nanmax(np.abs(shown), initial=0.0)) or 1.0
    return _heatmap(shown, tokens, (-far, far), scale(palette(theme).diverging), name=name, theme=theme, **looks)


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
    cells = strips(
        matrix, colours, z=matrix.astype(np.float32), ygap=3 if n <= WORDS_UP_TO else 0,
        hovertemplate="%{y}, dimension %{x}: %{z:.2f}<extra></extra>",
    )  # fmt: skip
    enlarged = 1 if tall > TALL // 2 else colours.stroke  # what is tall has been made so for a projector already
    height = _height(n, int(np.clip(tall / n, LEAST, tall / 4) * enlarged), FOOT)
    return draw(
        [cells], colours, height, shapes=_chosen(row, width, colours), xaxis=bare_axis(range=[-0.5, width - 0.5]),
        yaxis=_word_axis(tokens, colours, color=colours.quiet, autorange="reversed"),
    )  # fmt: skip


def weight_bars(
    weights: Array, tokens: Sequence[str], *, row: int | None = None, role: int = 0, highest: float = 1.0,
    height: int = 190, rest: bool = False, flat: bool = False, theme: str = "light",
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
    rest : bool
        Whether the last is the sum of all other words: it has a number and no bar, which would dwarf the others.
    flat : bool
        Whether the bars lie, one under the other, as there is no room beside one another.
    """
    colours = palette(theme)
    names, n = labels(tokens, row), len(tokens)
    few = n <= VALUES_UP_TO
    font = colours.font(colours.label if few else colours.small)
    valued = {*np.argsort(-weights, kind="stable")[: None if few else VALUES_BEYOND].tolist(), *([n - 1] * rest)}
    values = [f"{weight:.2f}" if place in valued else "" for place, weight in enumerate(weights)]
    lengths = [*weights[: n - rest].tolist(), *([0.0] * rest)]
    looks = {
        "textangle": 0, **beside(values, font), **CLICKABLE,
        "marker": {"color": colours.fills[role], "line": {"color": colours.inks[role], "width": 1}},
        **hover([f"{name}: {weight:.3f}" for name, weight in zip(labels(tokens), weights, strict=True)], ""),
    }  # fmt: skip
    if flat:
        return draw(
            [bars(lengths, list(range(n)), **looks)], colours, max(height, round(FLAT * colours.label * n)),
            margin={"l": 8, "r": 4 * colours.label, "t": 4, "b": 4}, bargap=0.3, yaxis=rows_axis(names, colours),
            xaxis=bare_axis(range=[0, highest]),
        )  # fmt: skip
    upright = {"type": "bar", "x": list(range(n)), "y": lengths, **looks}
    shown = _every(n, BARS_NAMED)
    axis = named_axis(
        shown, [names[place] for place in shown], font, showline=True, linecolor=colours.line,
        range=[-0.6, max(n, 3) - 0.4], automargin=True,
    )  # fmt: skip
    top = highest * _headroom(height, colours)
    return draw([upright], colours, height, xaxis=axis, yaxis=bare_axis(range=[0, top]), bargap=0.35)


def bars_that_fit(words: int, height: int, *, narrow: bool = False, theme: str = "light") -> tuple[int, bool]:
    """Choose for a sentence how many bars there are, the last of which sums up the rest, and whether they lie.

    >>> bars_that_fit(3, 280), bars_that_fit(40, 280), bars_that_fit(40, 280, narrow=True)
    ((12, False), (9, True), (6, True))
    """
    if words < FEW if narrow else words <= BESIDE:
        return BESIDE, False
    return FEW if narrow else max(FEW, int(height / (FLAT * palette(theme).label))), True


def _headroom(height: int, colours: Palette) -> float:
    """Leave room for the value above the highest bar: the scale's end, as a multiple of that bar."""
    inside = height - 16 - 1.6 * colours.label  # margins, and the words below
    return inside / max(inside - 1.5 * colours.label, 0.4 * inside)


def _heatmap(
    values: Array, tokens: Sequence[str], limits: tuple[float, float], stops: Stops, *, name: str, theme: str,
    row: int | None = None, narrow: bool = False, joined: str = "looks at", hovers: Sequence[str] = (),
    height: int = 0, most: int = 2**15, bar: bool = True, letters: int | None = None, shapes: Sequence[Mark] = (),
    titles: tuple[str, str] | None = None, columns: Sequence[str] = (), wide: int = 0, **layout: Any,
) -> go.Figure:  # fmt: skip
    colours, n, columns = palette(theme), len(tokens), columns or tokens
    tall, usual = _NARROW[colours.room] if narrow else (ROOM_TALL, ROOM_WIDE) if colours.room else (TALL, WIDE)
    wide = wide or usual
    gap = 2 if n <= WORDS_UP_TO else 0
    ticks = {"tickfont": colours.font(colours.small, colours.quiet), "nticks": 4}
    cells: Mark = {
        "type": "heatmap", "z": values.astype(np.float32), "zmin": limits[0], "zmax": limits[1], "hoverongaps": False,
        "colorscale": stops, "showscale": bar and not narrow, "xgap": gap, "ygap": gap,
        "colorbar": {"thickness": 12 * colours.stroke, "outlinewidth": 0, "len": 0.9, **ticks},
    }  # fmt: skip
    if n <= CLICKS_UP_TO:
        size = _number_size(values, wide, colours)
        numbers = _numbers(values, size, limits, stops) if size else []
        clicks = _click_layer(values, hovers or _hovers(values, labels(tokens), labels(columns), name, joined))
        traces = [cells | {"hoverinfo": "skip"}, *numbers, clicks]
    else:
        traces = [cells | {"hovertemplate": f"%{{y}} {joined} %{{x}}<br>{name} %{{z:.3f}}<extra></extra>"}]
    upright = all(text_width(token, colours.label) < wide / len(columns) for token in columns)
    overhang = 0 if upright or (bar and not narrow) else round(text_width(columns[-1][:LONGEST], colours.label) / 2)
    natural = _height(n, int(np.clip(tall / n, LEAST, ROOM_MOST if colours.room else MOST)), HEAD)
    across, down = ({"title": _title(text, colours)} for text in titles) if titles else ({}, {})
    return draw(
        traces, colours, height or min(natural, most), hoverdistance=-1, clickmode="event+select",
        shapes=[*_chosen(row, len(columns), colours), *shapes],
        xaxis=_word_axis(
            columns, colours, letters, side="top", tickangle=0 if upright else -60, range=[-0.5, len(columns) - 0.5]
        )
        | across,
        yaxis=_word_axis(tokens, colours, letters, range=[n - 0.5, -0.5]) | down,
        **{"margin": {"l": 8, "r": 8 + overhang, "t": 8, "b": 8}} | layout,
    )  # fmt: skip


def _title(text: str, colours: Palette) -> Mark:
    return {"text": text, "font": colours.font(colours.small, colours.quiet), "standoff": 6}


def _number_size(values: Array, wide: int, colours: Palette) -> int | None:
    """Choose the largest type in which every number fits its cell; None where none does."""
    cell = wide / values.shape[1]
    longest = max(f"{np.nanmin(values, initial=0.0):.2f}", f"{np.nanmax(values, initial=0.0):.2f}", key=len)
    sizes = (colours.label + 6, colours.label, colours.small, colours.tiny)
    fitting = (size for size in sizes if text_width(longest, size) < 0.8 * cell)
    return next(fitting, None) if len(values) <= NUMBERS_UP_TO else None


def _numbers(values: Array, size: int, limits: tuple[float, float], stops: Stops) -> list[Mark]:
    """Write the numbers, dark on pale cells and pale on dark ones: Plotly's own choice is hard to read in between.

    A layer a colour, for only so can it be kept when a click selects a cell: the rest would fade.
    """
    places = (values - limits[0]) / (limits[1] - limits[0])
    layers: dict[str, list[tuple[int, int]]] = {}
    for row, column in np.argwhere(np.isfinite(values)).tolist():
        layers.setdefault(readable_on(stops, float(places[row, column])), []).append((row, column))
    return [
        {
            "type": "scatter", "mode": "text", "hoverinfo": "skip", "textfont": {"size": size, "color": colour},
            **steady(textfont={"color": colour}), "x": [column for _, column in cells],
            "y": [row for row, _ in cells], "text": [f"{values[cell]:.2f}" for cell in cells],
        }
        for colour, cells in layers.items()
    ]  # fmt: skip


def _hovers(values: Array, words: list[str], others: list[str], name: str, joined: str) -> list[str]:
    return [
        f"{word} {joined} {other}<br>{name} {value:.3f}" if np.isfinite(value) else f"{word} may not look at {other}"
        for word, row in zip(words, values, strict=True)
        for other, value in zip(others, row, strict=True)
    ]


def _click_layer(values: Array, hovers: Sequence[str]) -> Mark:
    rows, columns = np.indices(values.shape).reshape(2, -1)
    return {
        "type": "scatter", "mode": "markers", "x": columns, "y": rows, "customdata": np.stack([rows, columns], axis=1),
        "hovertext": hovers, "hoverinfo": "text", "marker": {"size": 24, "symbol": "square", "opacity": 0},
        **steady(marker={"opacity": 0}),
    }  # fmt: skip


def _word_axis(
    tokens: Sequence[str], colours: Palette, size: int | None = None, color: str | None = None, **settings: Any
) -> Mark:
    """Name places, not categories: two equal words would otherwise fall together."""
    n = len(tokens)
    shown = _every(n, ROOM_WORDS if colours.room else WORDS_UP_TO)
    fitting = colours.label if n <= LARGE_UP_TO else colours.small if n <= SMALL_UP_TO else colours.tiny
    names, font = [label(tokens[place]) for place in shown], colours.font(size or fitting, color)
    return named_axis(shown, names, font, automargin=True, fixedrange=n <= WORDS_UP_TO, **settings)


def _every(count: int, most: int) -> list[int]:
    return list(range(0, count, -(-count // most))) if count else []


def _height(n: int, cell: int, edge: int) -> int:
    return int(np.clip(n * cell, 3 * cell, HIGHEST)) + edge


def _chosen(row: int | None, width: int, colours: Palette) -> list[Mark]:
    return [] if row is None else [frame((-0.5, width - 0.5), (row - 0.5, row + 0.5), colours.pen(colours.ink, 3))]
