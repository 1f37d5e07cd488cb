"""Pictures of one traced number: two vectors and their products, a row of weights, a sum bit by bit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from selfattn.core.heaviest import gathered
from selfattn.core.rounding import plain, plain_fixed
from selfattn.figures.palette import LABEL, Palette, bare_axis, figure, layout, palette, rows_axis, scale, tint
from selfattn.figures.text import escaped, label, short
from selfattn.views.trace.decimals import PRODUCT, SUMS, Written
from selfattn.views.trace.steps import TracedCoordinate, TracedWeight

Array = NDArray[np.float64]

ROOM_TALL = 380  # pixels that the lines of a sum share on a projector
STRIP, LINE = 30, 28  # pixels of a strip and of a line of a table, on a laptop
RIGHT = "middle left"  # a text that ends at its point


@dataclass(frozen=True, slots=True, eq=False)
class Sum:
    """A sum drawn bit by bit: from `start` (0 where it is None, and not drawn) by `parts` to `end`.

    `beside` is set beside the end, to compare. With `rest` the last part stands for many.
    """

    title: str
    start: float | None
    parts: Sequence[float] | Array
    end: float
    decimals: int
    beside: float | None = None
    rest: bool = False

    @property
    def tails(self) -> list[float]:
        """Give where each part begins, and where the last one ends."""
        return list(accumulate(map(float, self.parts), initial=float(self.start or 0.0)))


def product_strips(traced: TracedWeight, written: Written, *, narrow: bool = False, theme: str = "light") -> go.Figure:
    """Draw two vectors and, coordinate by coordinate, their products; the largest is worked out under its cell.

    Both vectors share a colour scale; the products, much larger, have their own, also even on both sides of zero.
    """
    colours = palette(theme)
    size, largest = _type(colours, narrow), traced.largest
    names = [label(written.named(traced.i)), label(written.named(traced.j)), "products"]
    foot = round((3.2 if narrow else 1.7) * size)  # one line of text, or two
    frame = {"type": "rect", "x0": largest - 0.5, "x1": largest + 0.5, "y0": -0.5, "y1": 2.5}
    looks = layout(
        colours,
        round(3 * STRIP * _larger(colours) + foot + 4),
        margin={"l": 8, "r": 8, "t": 4, "b": foot},
        xaxis=bare_axis(range=[-0.5, len(traced.products) - 0.5]),
        yaxis=rows_axis(names, colours, tickfont={"size": size, "color": colours.ink}),
        shapes=[frame | {"line": {"color": colours.ink, "width": 2 * colours.stroke}}],
        annotations=_under_strips(traced, written, size, narrow),
    )
    cells = [
        _strips(np.vstack([traced.query, traced.key]), 0, colours),
        _strips(traced.products[None], 2, colours),
    ]
    return figure(cells, looks)


def _type(colours: Palette, narrow: bool) -> int:
    return colours.small if narrow else colours.label


def _larger(colours: Palette) -> float:
    """Tell how much more room a line takes than on a laptop."""
    return colours.label / LABEL * (1.0 if colours.stroke == 1 else 0.92)


def _strips(rows: Array, first: int, colours: Palette) -> dict[str, Any]:
    far = float(np.abs(rows).max()) or 1.0
    count, width = rows.shape
    return {
        "type": "heatmap", "z": rows.tolist(), "y": list(range(first, first + count)), "x": list(range(width)),
        "zmin": -far, "zmax": far, "colorscale": scale(colours.diverging), "showscale": False, "ygap": 4,
        "customdata": [list(range(1, width + 1))] * count,
        "hovertemplate": "%{y}, dimension %{customdata}: %{z:.2f}<extra></extra>",
    }  # fmt: skip


def _under_strips(traced: TracedWeight, written: Written, size: int, narrow: bool) -> list[dict[str, Any]]:
    """Work out the largest product under its cell, and write the sum at the other end."""
    count, largest = len(traced.products), traced.largest
    factors = " · ".join(_in_brackets(side[largest], written.factors) for side in (traced.query, traced.key))
    made = f"{factors} {written.equals('product')} {plain_fixed(traced.products[largest], PRODUCT)}"
    all_ = f"<b>all {count} products add up to {plain_fixed(traced.scores[traced.j], written.score)}</b>"
    under = {"yref": "paper", "y": 0, "yanchor": "top", "showarrow": False, "font": {"size": size}}
    below = {"yshift": -1.3 * size} if narrow else {}  # on a phone there is no room beside one another
    if largest < count / 2:
        made, cell, cell_side, end, end_side = f"↑ {made}", largest - 0.5, "left", 1, "right"
    else:
        made, cell, cell_side, end, end_side = f"{made} ↑", largest + 0.5, "right", 0, "left"
    return [
        under | {"x": cell, "xanchor": cell_side, "text": made},
        under | below | {"xref": "paper", "x": end, "xanchor": end_side, "text": all_},
    ]


def _in_brackets(number: float, decimals: int) -> str:
    text = plain_fixed(number, decimals)
    return f"({text})" if text.startswith("−") else text


def weight_row(
    traced: TracedWeight,
    written: Written,
    *,
    role: int = 0,
    narrow: bool = False,
    theme: str = "light",
) -> go.Figure:
    """Draw the row of one word as a table whose last column is bars: each share stands beside what it is made of.

    Line k of the table is ``written.shown[k]``, at y = k, where it can be clicked; the rest and the sum follow.
    """
    colours = palette(theme)
    size = _type(colours, narrow)
    *columns, (share_head, shares) = _columns(traced, written, narrow)
    count, words, line = len(shares), len(written.shown), list(written.shown).index(traced.j)
    names = [label(name) for name in written.names]
    heights = traced.weights[list(written.shown)].tolist()
    fills = [tint(colours.fills[role], 0.4)] * words
    fills[line] = colours.fills[role]
    bars = {
        "type": "bar", "orientation": "h", "y": list(range(words)), "x": heights,
        "text": _bold(shares[:words], line), "textposition": "outside", "cliponaxis": False, "constraintext": "none",
        "textfont": {"size": size, "color": colours.ink}, "marker": {"color": fills},
        "selected": {"marker": {"opacity": 1}}, "unselected": {"marker": {"opacity": 1}},
        "customdata": names[:words], "hovertemplate": "%{customdata}: %{x:.4f}<extra></extra>",
    }  # fmt: skip
    numbers = [
        _column(column, head, _bold(texts, line, count - 1), size, colours)
        for column, (head, texts) in enumerate(columns, 1)
    ]
    width = (0.28 if narrow and traced.shift else 0.19 if narrow else 0.15) * len(columns)
    sum_name = "sum" if written.holds >= SUMS else "sum ≈"
    head: dict[str, Any] = {
        "y": -1,
        "text": share_head,
        "yshift": 0.1 * size,
        "font": {"size": size, "color": colours.quiet},
    }
    below = enumerate(_bold(shares[words:], count - 1 - words), words)  # the share of the rest, and the sum
    notes = [head, *({"y": y, "text": text, "font": {"size": size}} for y, text in below)]
    beside_bars = {"xref": "x", "yref": "y", "x": 0, "showarrow": False, "xanchor": "left"}
    looks = layout(
        colours,
        round((count + 1) * LINE * _larger(colours)) + 8,
        margin={"l": 8, "r": 8, "t": 8, "b": 2},
        xaxis=bare_axis(domain=[width + 0.04, 1], range=[0, max(heights) * 1.3]),
        xaxis2=bare_axis(domain=[0, width], range=[0, len(columns)], anchor="y"),
        yaxis=rows_axis(
            [*_bold(names, line), sum_name],
            colours,
            tickfont={"size": size, "color": colours.ink},
            range=[count - 0.5, -1.5],
            anchor="x2",
        ),
        bargap=0.3,
        clickmode="event+select",
        shapes=_rules(line, count, colours),
        annotations=[beside_bars | note for note in notes],
    )
    return figure([bars, *numbers], looks)


def _bold(texts: Sequence[str], *lines: int) -> list[str]:
    return [f"<b>{text}</b>" if line in lines else text for line, text in enumerate(texts)]


def _columns(traced: TracedWeight, written: Written, narrow: bool) -> list[tuple[str, list[str]]]:
    """Write the table column by column: its head, its lines, the rest, the sum."""

    def each(numbers: Array) -> list[str]:
        return [*(plain_fixed(numbers[place], written.score) for place in written.shown), *rest, ""]

    def summed(parts: Array, total: float, digits: int) -> list[str]:
        return [*(plain(part, digits) for part in gathered(parts, written.shown)), plain(total, digits)]

    rest = [""] * bool(written.rest)
    columns = []
    if not (narrow and traced.shift):
        columns = [("dot" if narrow else "dot product", each(traced.scores))]
        columns += [("scaled", each(traced.scaled))] if traced.divisor != 1 or traced.biased else []
    if traced.shift:
        less = f"− {plain_fixed(traced.shift, written.score)}".replace("− −", "+ ")
        columns += [(less, each(traced.scaled - traced.shift))]
    return [
        *columns,
        ("exp", summed(traced.exponentials, traced.total, written.exponential)),
        ("share", summed(traced.weights, 1.0, written.share)),
    ]


def _column(place: int, head: str, texts: Sequence[str], size: int, colours: Palette) -> dict[str, Any]:
    return {
        "type": "scatter", "mode": "text", "xaxis": "x2", "yaxis": "y", "hoverinfo": "skip", "cliponaxis": False,
        "x": [place] * (len(texts) + 1), "y": list(range(-1, len(texts))), "textposition": RIGHT,
        "text": [head, *texts],
        "textfont": {"size": size, "color": [colours.quiet, *[colours.ink] * len(texts)]},
        "selected": {"textfont": {"color": colours.ink}}, "unselected": {"textfont": {"color": colours.ink}},
    }  # fmt: skip


def _rules(line: int, count: int, colours: Palette) -> list[dict[str, Any]]:
    """Shade the line that is traced, and rule the table under its head and above its sum."""
    across: dict[str, Any] = {"xref": "paper", "x0": 0, "x1": 1}
    rule = across | {"type": "line", "line": {"color": colours.quiet, "width": colours.stroke}}
    shade = across | {"type": "rect", "y0": line - 0.5, "y1": line + 0.5, "layer": "below", "line": {"width": 0}}
    shade["fillcolor"] = tint(colours.weights[2], 0.22)
    return [shade, *(rule | {"y0": y, "y1": y} for y in (-0.5, count - 1.5))]


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
    size = _type(colours, narrow)
    gap = 0.06  # of the width, between two sums
    share = (1 - gap * (len(sums) - 1)) / len(sums)
    traces: list[dict[str, Any]] = []
    axes: dict[str, Any] = {}
    notes: list[dict[str, Any]] = []
    quiet = {"size": size, "color": colours.quiet}
    for place, sum_ in enumerate(sums):
        suffix = str(place + 1) if place else ""
        traces += _sum_traces(sum_, f"x{suffix}", colours, colours.fills[role], size)
        stops = [*sum_.tails, sum_.end, *([] if sum_.beside is None else [sum_.beside])]
        room = (max(stops) - min(stops) or 1.0) * (0.3 if narrow else 0.14 * len(sums))
        left = place * (share + gap)
        axes[f"xaxis{suffix}"] = bare_axis(domain=[left, left + share], range=[min(stops) - room, max(stops) + room])
        if sum_.title:
            note = {"xref": f"x{suffix} domain", "x": 0.5, "y": -1, "showarrow": False, "font": quiet}
            notes.append(note | {"text": escaped(sum_.title)})
    line = LINE * (1.1 if colours.stroke == 1 else 1.0) * _larger(colours)
    if colours.stroke > 1:
        line = float(np.clip(ROOM_TALL / len(names), line, 1.6 * line))  # a short sum fills the screen, too
    axis = rows_axis(
        [escaped(name) for name in names],
        colours,
        tickfont={"size": size, "color": colours.ink},
        range=[len(names) - 0.5, -1.5 if notes else -0.5],
    )
    looks = layout(
        colours,
        round((len(names) + bool(notes)) * line) + 14,
        margin={"l": 8, "r": 8, "t": 8, "b": 6},
        yaxis=axis,
        bargap=0.3,
        annotations=notes,
        **axes,
    )
    return figure(traces, looks)


def _sum_traces(sum_: Sum, axis: str, colours: Palette, fill: str, size: int) -> list[dict[str, Any]]:
    first, count, tails = int(sum_.start is not None), len(sum_.parts), sum_.tails
    on_axis: dict[str, Any] = {"xaxis": axis, "yaxis": "y", "hoverinfo": "skip", "cliponaxis": False}
    steps: dict[str, Any] = {
        "type": "scatter", "mode": "lines", "connectgaps": False,
        "x": [end for tail in tails for end in (tail, tail, None)],
        "y": [end for line in range(first - 1, first + count) for end in (max(line, -0.5), line + 1, None)],
        "line": {"color": colours.quiet, "width": colours.stroke, "dash": "dot"},
    }  # fmt: skip
    bars = {
        "type": "bar", "orientation": "h", "base": tails[:-1], "x": list(sum_.parts),
        "y": list(range(first, first + count)),
        "marker": {"color": [fill] * (count - sum_.rest) + [tint(fill, 0.4)] * sum_.rest},
        "text": [plain_fixed(part, sum_.decimals, signed=True) for part in sum_.parts],
        "textposition": "outside", "constraintext": "none", "textfont": {"size": size, "color": colours.ink},
    }  # fmt: skip
    ring: dict[str, Any] = {"color": "rgba(0,0,0,0)", "line": {"color": colours.quiet, "width": 2.5 * colours.stroke}}
    full = {"color": fill, "line": {"width": 0}}  # what is contextual; what is static is a ring
    dots: list[tuple[int, float, dict[str, Any]]] = [(first + count, sum_.end, full)]
    dots += [] if sum_.start is None else [(0, sum_.start, ring)]
    dots += [] if sum_.beside is None else [(first + count + 1, sum_.beside, ring)]
    marks = [
        {
            "type": "scatter", "mode": "markers+text", "x": [place], "y": [line],
            "text": [f"<b>{plain_fixed(place, sum_.decimals)}</b>"], "textposition": "middle right",
            "textfont": {"size": size, "color": colours.ink}, "marker": {"size": 15 * colours.stroke} | looks,
        }
        for line, place, looks in dots
    ]  # fmt: skip
    return [on_axis | trace for trace in (steps, bars, *marks)]


def part_names(traced: TracedCoordinate, written: Written) -> list[str]:
    """Name each part of a coordinate with what it is made of: the weight times the word's own coordinate."""
    names = written.names
    made = [
        f"{short(name)}  {plain(traced.weights[place], written.weight)} · "
        f"{_in_brackets(traced.values[place], written.value)}"
        for name, place in zip(names, written.shown, strict=False)
    ]
    return [*made, *names[len(made) :]]
