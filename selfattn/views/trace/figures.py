"""Pictures of one traced number: two vectors and their products, a row of weights, a sum bit by bit."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import numpy as np
import plotly.graph_objects as go

from selfattn.core.heaviest import gathered
from selfattn.core.rounding import plain, plain_fixed
from selfattn.figures import marks
from selfattn.figures.marks import Array, Mark, bars, frame, note
from selfattn.figures.palette import CLEAR, Palette, bare_axis, draw, palette, rows_axis, tint
from selfattn.figures.text import bold, escaped, label, labels, short
from selfattn.views.trace.decimals import PRODUCT, SUMS, Written
from selfattn.views.trace.steps import TracedCoordinate, TracedWeight

ROOM_TALL = 380  # pixels that the lines of a sum share on a projector
STRIP, LINE = 30, 28  # pixels of a strip and of a line of a table, on a laptop


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Sum:
    """A sum drawn bit by bit: from `start` (0 where it is None, and not drawn) by `parts` to `end`.

    `beside` is set beside the end, to compare. With `rest` the last part stands for many.
    """

    parts: Sequence[float] | Array
    end: float
    decimals: int
    title: str = ""
    start: float | None = None
    beside: float | None = None
    rest: bool = False

    @property
    def tails(self) -> list[float]:
        """Give where each part begins, and where the last one ends."""
        return list(accumulate(map(float, self.parts), initial=float(self.start or 0.0)))


def product_strips(
    traced: TracedWeight, written: Written, *, narrow: bool = False, half: bool = False, theme: str = "light"
) -> go.Figure:
    """Draw two vectors and, coordinate by coordinate, their products; the largest is worked out under its cell.

    Both vectors share a colour scale; the products, much larger, have their own, also even on both sides of zero.
    `half` says that there is room for half of a screen's width.
    """
    colours = palette(theme)
    font, width = _font(colours, narrow), len(traced.products)
    below = 1.3 * font["size"] if narrow or half else 0.0  # there is no room for the sum beside the product
    foot = round(1.7 * font["size"] + below)
    cells = [
        marks.strips(
            rows, colours, z=rows.tolist(), x=list(range(width)), y=list(range(first, first + len(rows))), ygap=4,
            customdata=[list(range(1, width + 1))] * len(rows),
            hovertemplate="%{y}, dimension %{customdata}: %{z:.2f}<extra></extra>",
        )
        for first, rows in ((0, np.vstack([traced.query, traced.key])), (2, traced.products[None]))
    ]  # fmt: skip
    cell = (traced.largest - 0.5, traced.largest + 0.5)
    sides = zip(traced.parts, (traced.i, traced.j), strict=True)
    names = [*(part + label(written.named(place)) for part, place in sides), "products"]
    return draw(
        cells, colours, round(3 * STRIP * _larger(colours) + foot + 4), margin={"l": 8, "r": 8, "t": 4, "b": foot},
        xaxis=bare_axis(range=[-0.5, width - 0.5]), yaxis=rows_axis(names, colours, tickfont=font),
        shapes=[frame(cell, (-0.5, 2.5), colours.pen(colours.ink, 2))],
        annotations=_under_strips(traced, written, cell, font, below),
    )  # fmt: skip


def _font(colours: Palette, narrow: bool) -> Mark:
    return colours.font(colours.small if narrow else colours.label)


def _larger(colours: Palette) -> float:
    """Tell how much more room a line takes than on a laptop."""
    return colours.zoom * (0.92 if colours.room else 1.0)


def _under_strips(
    traced: TracedWeight, written: Written, cell: tuple[float, float], font: Mark, below: float
) -> list[Mark]:
    """Work out the largest product under its cell, and write the sum at the other end."""
    count, largest = len(traced.products), traced.largest
    factors = " · ".join(_in_brackets(side[largest], written.factors) for side in (traced.query, traced.key))
    made = f"{factors} {written.equals('product')} {plain_fixed(traced.products[largest], PRODUCT)}"
    sum_ = bold(f"all {count} products add up to {plain_fixed(traced.scores[traced.j], written.score)}")
    under: Mark = {"yref": "paper", "y": 0, "yanchor": "top"}
    first = largest < count / 2  # in the left half: the sum stands to the right
    sides = ("left", "right") if first else ("right", "left")
    text, start = (f"↑ {made}", cell[0]) if first else (f"{made} ↑", cell[1])
    return [
        note(text, font, x=start, xanchor=sides[0], **under),
        note(sum_, font, xref="paper", x=int(first), xanchor=sides[1], yshift=-below, **under),
    ]


def _in_brackets(number: float, decimals: int) -> str:
    text = plain_fixed(number, decimals)
    return f"({text})" if text.startswith("−") else text


def weight_row(
    traced: TracedWeight, written: Written, *, role: int = 0, narrow: bool = False, half: bool = False,
    theme: str = "light",
) -> go.Figure:  # fmt: skip
    """Draw the row of one word as a table whose last column is bars: each share stands beside what it is made of.

    Line k of the table is ``written.shown[k]``, at y = k, where it can be clicked; the rest and the sum follow.
    `half` says that there is room for half of a screen's width.
    """
    colours = palette(theme)
    font, full = _font(colours, narrow), colours.fills[role]
    *columns, (share_head, shares) = _columns(traced, written, narrow)
    names, words, last = labels(written.names), len(written.shown), len(shares) - 1
    line = list(written.shown).index(traced.j)
    heights = traced.weights[list(written.shown)].tolist()
    fills = [full if place == line else tint(full, 0.4) for place in range(words)]
    shares = [bold(share, place in (line, last)) for place, share in enumerate(shares)]
    table = [
        _column(column, head, [bold(text, place in (line, last)) for place, text in enumerate(texts)], font, colours)
        for column, (head, texts) in enumerate(columns, 1)
    ]
    width = (0.28 if narrow and traced.shift else 0.19 if narrow or half else 0.15) * len(columns)
    left: Mark = {"xref": "x", "yref": "y", "x": 0, "xanchor": "left"}
    share_bars = bars(
        heights, list(range(words)), {"color": fills}, **marks.beside(shares[:words], font), **marks.CLICKABLE,
        **marks.hover(names[:words], ": %{x:.4f}"),
    )  # fmt: skip
    rows = [*labels(written.names, line), "sum" if written.holds >= SUMS else "sum ≈"]
    return draw(
        [share_bars, *table], colours, round((last + 2) * LINE * _larger(colours)) + 8,
        margin={"l": 8, "r": 8, "t": 8, "b": 2}, bargap=0.3, clickmode="event+select",
        xaxis=bare_axis(domain=[width + 0.04, 1], range=[0, max(heights) * (1.9 if half else 1.3)]),
        xaxis2=bare_axis(domain=[0, width], range=[0, len(columns)], anchor="y"),
        yaxis=rows_axis(rows, colours, tickfont=font, range=[last + 0.5, -1.5], anchor="x2"),
        shapes=[
            frame((0, 1), (line - 0.5, line + 0.5), {"width": 0}, xref="paper", layer="below",
                  fillcolor=tint(colours.weights[2], 0.22)),
            *(marks.rule((0, 1), (y, y), colours.pen(colours.quiet), xref="paper") for y in (-0.5, last - 0.5)),
        ],
        annotations=[
            note(share_head, font | {"color": colours.quiet}, y=-1, yshift=0.1 * font["size"], **left),
            *(note(shares[place], font, y=place, **left) for place in range(words, last + 1)),
        ],
    )  # fmt: skip


def _columns(traced: TracedWeight, written: Written, narrow: bool) -> list[tuple[str, list[str]]]:
    """Write the table column by column: its head, its lines, the rest, the sum."""

    def each(numbers: Array) -> list[str]:
        return [*(plain_fixed(numbers[place], written.score) for place in written.shown), *rest, ""]

    def summed(parts: Array, total: float, digits: int) -> list[str]:
        return [plain(number, digits) for number in (*gathered(parts, written.shown), total)]

    rest = [""] * bool(written.rest)
    columns = []
    if not (narrow and traced.shift):
        columns = [("dot" if narrow else "dot product", each(traced.scores))]
        columns += [("scaled", each(traced.scaled))] if traced.divisor != 1 or traced.biased else []
    if traced.shift:
        less = f"− {plain_fixed(traced.shift, written.score)}".replace("− −", "+ ")
        columns += [(less, each(traced.scaled - traced.shift))]
    columns += [("exp", summed(traced.exponentials, traced.total, written.exponential))]
    return [*columns, ("share", summed(traced.weights, 1.0, written.share))]


def _column(place: int, head: str, texts: Sequence[str], font: Mark, colours: Palette) -> Mark:
    rows = range(-1, len(texts))
    return {
        "type": "scatter", "mode": "text", "xaxis": "x2", "yaxis": "y", "hoverinfo": "skip", "cliponaxis": False,
        "x": [place] * len(rows), "y": list(rows), "text": [head, *texts], "textposition": "middle left",
        "textfont": font | {"color": [colours.quiet, *[colours.ink] * len(texts)]},
        **marks.steady(textfont={"color": colours.ink}),
    }  # fmt: skip


def sum_bars(
    sums: Sequence[Sum], names: Sequence[str], *, role: int = 0, narrow: bool = False, theme: str = "light"
) -> go.Figure:
    """Draw sums bit by bit, side by side: each bar begins where the one above it ended.

    Parameters
    ----------
    sums : sequence of Sum
    names : sequence of str
        A name a line: the start where it is drawn, every part, the end, and what is set beside it.
    """
    colours = palette(theme)
    font = _font(colours, narrow)
    gap = 0.06  # of the width, between two sums
    share = (1 - gap * (len(sums) - 1)) / len(sums)
    traces: list[Mark] = []
    axes: dict[str, Any] = {}
    titles: list[Mark] = []
    for place, sum_ in enumerate(sums):
        axis = f"x{place + 1}" if place else "x"
        traces += _sum_traces(sum_, axis, colours, colours.fills[role], font)
        stops = [stop for stop in (*sum_.tails, sum_.end, sum_.beside) if stop is not None]
        room = (max(stops) - min(stops) or 1.0) * (0.3 if narrow else 0.14 * len(sums))
        left = place * (share + gap)
        axes[f"xaxis{axis[1:]}"] = bare_axis(domain=[left, left + share], range=[min(stops) - room, max(stops) + room])
        if sum_.title:
            titles.append(
                note(escaped(sum_.title), font | {"color": colours.quiet}, xref=f"{axis} domain", x=0.5, y=-1)
            )
    line = LINE * (1.0 if colours.room else 1.1) * _larger(colours)
    if colours.room:
        line = float(np.clip(ROOM_TALL / len(names), line, 1.6 * line))  # a short sum fills the screen, too
    first = -1.5 if titles else -0.5
    return draw(
        traces, colours, round((len(names) + bool(titles)) * line) + 14, margin={"l": 8, "r": 8, "t": 8, "b": 6},
        yaxis=rows_axis([escaped(name) for name in names], colours, tickfont=font, range=[len(names) - 0.5, first]),
        bargap=0.3, annotations=titles, **axes,
    )  # fmt: skip


def _sum_traces(sum_: Sum, axis: str, colours: Palette, fill: str, font: Mark) -> list[Mark]:
    first, count, tails = int(sum_.start is not None), len(sum_.parts), sum_.tails
    steps = marks.line(
        [end for tail in tails for end in (tail, tail, None)],
        [end for row in range(first - 1, first + count) for end in (max(row, -0.5), row + 1, None)],
        colours.pen(colours.quiet, dash="dot"),
    )
    fills = {"color": [fill] * (count - sum_.rest) + [tint(fill, 0.4)] * sum_.rest}
    texts = marks.beside([plain_fixed(part, sum_.decimals, signed=True) for part in sum_.parts], font)
    parts = bars(list(sum_.parts), list(range(first, first + count)), fills, base=tails[:-1], **texts)
    ring = {"color": CLEAR, "line": colours.pen(colours.quiet, 2.5)}  # what is static; what is contextual is full
    dots: list[tuple[int, float, Mark]] = [(first + count, sum_.end, {"color": fill, "line": {"width": 0}})]
    hollow = ((0, sum_.start), (first + count + 1, sum_.beside))
    dots += [(row, place, ring) for row, place in hollow if place is not None]
    ends = [
        marks.points([place], [row], {"size": 15 * colours.stroke} | looks, mode="markers+text", textfont=font,
               text=[bold(plain_fixed(place, sum_.decimals))], textposition="middle right")
        for row, place, looks in dots
    ]  # fmt: skip
    on_axis = {"xaxis": axis, "yaxis": "y", "hoverinfo": "skip", "cliponaxis": False}
    return [trace | on_axis for trace in (steps, parts, *ends)]


def part_names(traced: TracedCoordinate, written: Written) -> list[str]:
    """Name each part of a coordinate with what it is made of: the weight times the word's own coordinate."""
    made = [
        f"{short(written.named(place))}  {plain(traced.weights[place], written.weight)} · "
        f"{_in_brackets(traced.values[place], written.value)}"
        for place in written.shown
    ]
    return [*made, *written.names[len(made) :]]
