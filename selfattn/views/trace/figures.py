"""Pictures and formulas of one traced number: two vectors and their products, a row of weights, a sum bit by bit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from selfattn.core.rounding import latex as latex_number
from selfattn.core.rounding import latex_fixed, plain, plain_fixed
from selfattn.figures.palette import LABEL, Palette, bare_axis, figure, layout, palette, rows_axis, scale, tint
from selfattn.figures.text import escaped, label, latex, short
from selfattn.views.trace.decimals import CoordinateDecimals, PointDecimals, WeightDecimals
from selfattn.views.trace.prose import AXES, equals, named, row_names
from selfattn.views.trace.steps import Lines, TracedCoordinate, TracedPoint, TracedWeight

Array = NDArray[np.float64]

ROOM_TALL = 380  # pixels that the lines of a sum share on a projector
LARGE = r"\Large"
SIZES = ((40, LARGE), (62, r"\large"))  # letters of a chain that stands on one line of a projector
COMMANDS = re.compile(r"\\[a-z]+|[{}\s]")
ABOVE = r"\rule{0em}{0.95em}"  # and cuts the top of a fraction off
BELOW = r"\rule[-0.5em]{0em}{0.5em}"  # KaTeX takes a name below a term for smaller than it is
STRIP, LINE = 30, 28  # pixels of a strip and of a line of a table, on a laptop
WRITTEN_OUT = 4  # terms up to which a formula shows what each is made of
DOT = r"\cdot"
RIGHT = "middle left"  # a text that ends at its point


@dataclass(frozen=True, slots=True, eq=False)
class Sum:
    """A sum drawn bit by bit: from `start` by `parts` to `end`; `beside` is set beside the end, to compare.

    With `rest` the last part stands for many.
    """

    title: str
    start: float
    parts: Sequence[float]
    end: float
    decimals: int
    starts: bool = True
    beside: float | None = None
    rest: bool = False


def product_strips(
    one: TracedWeight, decimals: WeightDecimals, tokens: Sequence[str], *, narrow: bool = False, theme: str = "light"
) -> go.Figure:
    """Draw two vectors and, coordinate by coordinate, their products; the largest is worked out under its cell.

    Both vectors share a colour scale; the products, much larger, have their own, also even on both sides of zero.
    """
    colours = palette(theme)
    width, at = len(one.products), one.largest
    cells = [
        _strips(np.vstack([one.query, one.key]), 0, colours),
        _strips(one.products[None], 2, colours),
    ]
    size = colours.small if narrow else colours.label
    names = [label(named(tokens, one.i)), label(named(tokens, one.j)), "products"]
    axis = rows_axis(names, colours, tickfont={"size": size, "color": colours.ink})
    foot = round((3.2 if narrow else 1.7) * size)
    frame = {"type": "rect", "x0": at - 0.5, "x1": at + 0.5, "y0": -0.5, "y1": 2.5}
    looks = layout(
        colours,
        round(3 * STRIP * _larger(colours) + foot + 4),
        margin={"l": 8, "r": 8, "t": 4, "b": foot},
        xaxis=bare_axis(range=[-0.5, width - 0.5]),
        yaxis=axis,
        shapes=[frame | {"line": {"color": colours.ink, "width": 2 * colours.stroke}}],
        annotations=_under_strips(one, decimals, size, narrow),
    )
    return figure(cells, looks)


def _strips(rows: Array, first: int, colours: Palette) -> dict[str, Any]:
    far = float(np.abs(rows).max()) or 1.0
    return {
        "type": "heatmap", "z": rows.tolist(), "y": [first + at for at in range(len(rows))],
        "x": list(range(rows.shape[1])), "zmin": -far, "zmax": far, "colorscale": scale(colours.diverging),
        "showscale": False, "ygap": 4, "customdata": [[at + 1 for at in range(rows.shape[1])]] * len(rows),
        "hovertemplate": "%{y}, dimension %{customdata}: %{z:.2f}<extra></extra>",
    }  # fmt: skip


def _under_strips(one: TracedWeight, decimals: WeightDecimals, size: int, narrow: bool) -> list[dict[str, Any]]:
    """Work out the largest product under its cell, and write the sum at the other end."""
    at = one.largest
    left = at < len(one.products) / 2
    factors = " · ".join(_in_brackets(side[at], decimals.factors) for side in (one.query, one.key))
    made = f"{factors} {equals('product' in decimals.holds)} {plain_fixed(one.products[at], decimals.product)}"
    total = plain_fixed(float(one.scores[one.j]), decimals.score)
    all_ = f"all {len(one.products)} products add up to {total}"
    common = {"yref": "paper", "y": 0, "yanchor": "top", "showarrow": False, "font": {"size": size}}
    second = {"yshift": -1.3 * size} if narrow else {}  # on a phone there is no room beside one another
    cell = at - 0.5 if left else at + 0.5
    return [
        common | {"x": cell, "xanchor": "left" if left else "right", "text": f"↑ {made}" if left else f"{made} ↑"},
        common
        | second
        | {"xref": "paper", "x": int(left), "xanchor": "right" if left else "left", "text": f"<b>{all_}</b>"},
    ]


def _larger(colours: Palette) -> float:
    """Tell how much more room a line takes than on a laptop."""
    return colours.label / LABEL * (1.0 if colours.stroke == 1 else 0.92)


def _in_brackets(number: float, decimals: int) -> str:
    written = plain_fixed(number, decimals)
    return f"({written})" if written.startswith("−") else written


def weight_row(
    one: TracedWeight,
    decimals: WeightDecimals,
    tokens: Sequence[str],
    shown: Lines,
    *,
    role: int = 0,
    narrow: bool = False,
    theme: str = "light",
) -> go.Figure:
    """Draw the row of one word as a table whose last column is bars: each share stands beside what it is made of.

    Line k of the table is ``shown.shown[k]``, at y = k, where it can be clicked; the rest and the sum follow.
    """
    colours = palette(theme)
    size = colours.small if narrow else colours.label
    columns = _columns(one, decimals, shown, narrow)
    count, words, traced = len(columns[-1][1]), len(shown.shown), shown.shown.index(one.j)
    names = [label(name) for name in row_names(tokens, shown)]
    heights, shares = [float(one.weights[at]) for at in shown.shown], columns[-1][1]
    fill = colours.fills[role]
    texts = [f"<b>{text}</b>" if at == traced else text for at, text in enumerate(shares[:words])]
    bars = {
        "type": "bar", "orientation": "h", "y": list(range(words)), "x": heights,
        "text": texts, "textposition": "outside", "cliponaxis": False, "constraintext": "none",
        "textfont": {"size": size, "color": colours.ink},
        "marker": {"color": [fill if at == traced else tint(fill, 0.4) for at in range(words)]},
        "selected": {"marker": {"opacity": 1}}, "unselected": {"marker": {"opacity": 1}},
        "customdata": names[:words], "hovertemplate": "%{customdata}: %{x:.4f}<extra></extra>",
    }  # fmt: skip
    numbers = [_column(at + 1, head, texts, traced, size, colours) for at, (head, texts) in enumerate(columns[:-1])]
    start = (0.28 if narrow and one.shift else 0.19 if narrow else 0.15) * len(numbers)
    ends = [*(f"<b>{name}</b>" if at == traced else name for at, name in enumerate(names))]
    axis = rows_axis(
        [*ends, f"sum{'' if {'total', 'whole'} <= decimals.holds else ' ≈'}"],
        colours,
        tickfont={"size": size, "color": colours.ink},
        range=[count - 0.5, -1.5],
        anchor="x2",
    )
    share = {"xref": "x", "yref": "y", "x": 0, "showarrow": False, "xanchor": "left"}
    looks = layout(
        colours,
        round((count + 1) * LINE * _larger(colours)) + 8,
        margin={"l": 8, "r": 8, "t": 8, "b": 2},
        xaxis=bare_axis(domain=[start + 0.04, 1], range=[0, max(heights) * 1.3]),
        xaxis2=bare_axis(domain=[0, start], range=[0, len(numbers)], anchor="y"),
        yaxis=axis,
        bargap=0.3,
        clickmode="event+select",
        shapes=_rules(traced, count, colours),
        annotations=[
            share
            | {"y": -1, "text": columns[-1][0], "yshift": 0.1 * size, "font": {"size": size, "color": colours.quiet}},
            *(share | {"y": words, "text": text, "font": {"size": size}} for text in shares[words:-1]),
            share | {"y": count - 1, "text": f"<b>{shares[-1]}</b>", "font": {"size": size}},
        ],
    )
    return figure([bars, *numbers], looks)


def _columns(one: TracedWeight, decimals: WeightDecimals, shown: Lines, narrow: bool) -> list[tuple[str, list[str]]]:
    """Write the table column by column: its head, its lines, the rest, the sum."""
    places, rest = list(shown.shown), [""] * bool(shown.rest)
    scores = [plain_fixed(one.scores[at], decimals.score) for at in places]
    scaled = [plain_fixed(one.scaled[at], decimals.scaled) for at in places]
    shifted = [plain_fixed(one.scaled[at] - one.shift, decimals.scaled) for at in places]
    parts = [plain(number, decimals.exponential) for number in shown.gathered(one.exponentials)]
    shares = [plain(number, decimals.share) for number in shown.gathered(one.weights)]
    divides, moved = one.divisor != 1 or one.biased, bool(one.shift)
    columns = [] if narrow and moved else [("dot product" if not narrow else "dot", [*scores, *rest, ""])]
    columns += [("scaled", [*scaled, *rest, ""])] if divides and not (narrow and moved) else []
    columns += (
        [(f"− {plain_fixed(one.shift, decimals.scaled)}".replace("− −", "+ "), [*shifted, *rest, ""])] if moved else []
    )
    columns += [("exp", [*parts, plain(one.total, decimals.exponential)])]
    return [*columns, ("share", [*shares, plain(1.0, decimals.share)])]


def _column(at: int, head: str, texts: Sequence[str], traced: int, size: int, colours: Palette) -> dict[str, Any]:
    last = len(texts) - 1
    return {
        "type": "scatter", "mode": "text", "xaxis": "x2", "yaxis": "y", "hoverinfo": "skip", "cliponaxis": False,
        "x": [at] * (len(texts) + 1), "y": list(range(-1, len(texts))), "textposition": RIGHT,
        "text": [head, *(f"<b>{text}</b>" if line in (traced, last) else text for line, text in enumerate(texts))],
        "textfont": {"size": size, "color": [colours.quiet, *[colours.ink] * len(texts)]},
        "selected": {"textfont": {"color": colours.ink}}, "unselected": {"textfont": {"color": colours.ink}},
    }  # fmt: skip


def _rules(traced: int, count: int, colours: Palette) -> list[dict[str, Any]]:
    across: dict[str, Any] = {"xref": "paper", "x0": 0, "x1": 1}
    thin = {"type": "line", "line": {"color": colours.quiet, "width": colours.stroke}}
    frame = {"type": "rect", "y0": traced - 0.5, "y1": traced + 0.5, "layer": "below", "line": {"width": 0}}
    return [
        across | frame | {"fillcolor": tint(colours.weights[2], 0.22)},
        *(across | thin | {"y0": y, "y1": y} for y in (-0.5, count - 1.5)),
    ]


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
    size = colours.small if narrow else colours.label
    gap = 0.06
    share = (1 - gap * (len(sums) - 1)) / len(sums)
    traces: list[dict[str, Any]] = []
    axes: dict[str, Any] = {}
    notes: list[dict[str, Any]] = []
    for at, one in enumerate(sums):
        suffix = "" if at == 0 else str(at + 1)
        traces += _sum_traces(one, f"x{suffix}", colours, colours.fills[role], size)
        low, high = _reach(one)
        room = (high - low or 1.0) * (0.3 if narrow else 0.14 * len(sums))
        axes[f"xaxis{suffix}"] = bare_axis(
            domain=[at * (share + gap), at * (share + gap) + share], range=[low - room, high + room]
        )
        if one.title:
            notes.append(
                {"xref": f"x{suffix} domain", "x": 0.5, "y": -1, "text": escaped(one.title), "showarrow": False,
                 "font": {"size": size, "color": colours.quiet}}
            )  # fmt: skip
    titled = any(one.title for one in sums)
    axis = rows_axis(
        [escaped(name) for name in names],
        colours,
        tickfont={"size": size, "color": colours.ink},
        range=[len(names) - 0.5, -1.5 if titled else -0.5],
    )
    line = LINE * (1.1 if colours.stroke == 1 else 1.0) * _larger(colours)
    if colours.stroke > 1:
        line = float(np.clip(ROOM_TALL / len(names), line, 1.6 * line))  # a short sum fills the screen, too
    height = round((len(names) + titled) * line) + 14
    looks = layout(
        colours, height, margin={"l": 8, "r": 8, "t": 8, "b": 6}, yaxis=axis, bargap=0.3, annotations=notes, **axes
    )
    return figure(traces, looks)


def _reach(one: Sum) -> tuple[float, float]:
    stops = [one.start, *(one.start + np.cumsum(one.parts)).tolist(), one.end]
    stops += [one.beside] if one.beside is not None else []
    return min(stops), max(stops)


def _sum_traces(one: Sum, axis: str, colours: Palette, fill: str, size: int) -> list[dict[str, Any]]:
    first, count = int(one.starts), len(one.parts)
    tails = one.start + np.concatenate([[0.0], np.cumsum(one.parts)])
    there: dict[str, Any] = {"xaxis": axis, "yaxis": "y", "hoverinfo": "skip", "cliponaxis": False}
    font = {"size": size, "color": colours.ink}
    hand_over = [(tail, at) for at, tail in enumerate(tails.tolist(), first - 1) if at >= 0]
    way = there | {
        "type": "scatter", "mode": "lines", "connectgaps": False,
        "x": [place for tail, _ in hand_over for place in (tail, tail, None)],
        "y": [line for _, at in hand_over for line in (at, at + 1, None)],
        "line": {"color": colours.quiet, "width": colours.stroke, "dash": "dot"},
    }  # fmt: skip
    bars = there | {
        "type": "bar", "orientation": "h", "base": tails[:-1].tolist(), "x": list(one.parts),
        "y": [first + at for at in range(count)],
        "marker": {"color": [*[fill] * (count - one.rest), *[tint(fill, 0.4)] * one.rest]},
        "text": [plain_fixed(part, one.decimals, signed=True) for part in one.parts],
        "textposition": "outside", "constraintext": "none", "textfont": font,
    }  # fmt: skip
    if not one.starts:  # then the first part begins at nothing
        way["x"], way["y"] = [0.0, 0.0, None, *way["x"]], [-0.5, 0.0, None, *way["y"]]
    dots = [(first + count, one.end, True)]
    dots += [(0, one.start, False)] if one.starts else []
    dots += [(first + count + 1, one.beside, False)] if one.beside is not None else []
    return [way, bars, *(_dot(*dot, one.decimals, colours, fill, size) | there for dot in dots)]


def _dot(line: int, place: float, full: bool, decimals: int, colours: Palette, fill: str, size: int) -> dict[str, Any]:
    """Mark a place as the plot does: what is static a hollow ring, what is contextual a full dot."""
    looks = (
        {"color": fill, "line": {"width": 0}}
        if full
        else {"color": "rgba(0,0,0,0)", "line": {"color": colours.quiet, "width": 2.5 * colours.stroke}}
    )
    return {
        "type": "scatter", "mode": "markers+text", "x": [place], "y": [line],
        "text": [f"<b>{plain_fixed(place, decimals)}</b>"], "textposition": "middle right",
        "textfont": {"size": size, "color": colours.ink}, "marker": {"size": 15 * colours.stroke} | looks,
    }  # fmt: skip


def weight_chain(
    one: TracedWeight,
    decimals: WeightDecimals,
    tokens: Sequence[str],
    *,
    scale: bool = True,
    temperature: float = 1.0,
    because: str = "",
) -> list[str]:
    r"""Write how a weight is made, as pieces of LaTeX that may stand on lines of their own.

    Parameters
    ----------
    one, decimals : TracedWeight, WeightDecimals
    tokens : sequence of str
    scale, temperature : bool, float
        What the divisor is made of: √d, where scaled, times the temperature.
    because : str
        Why something is added to the divided score, in words of ours.
    """
    query, key = (f"e_{{{latex(tokens[at])}}}" for at in (one.i, one.j))
    score = latex_fixed(float(one.scores[one.j]), decimals.score)
    steps = [(rf"{query} \cdot {key} = {score}", "dot product")]
    if not one.allowed:
        return [
            *_captioned([*steps, (r"-\infty", "may not look"), (r"\exp(-\infty) = 0", "exponential")]),
            *_captioned([(r"0", "share")], after=True),
        ]
    divided = latex_fixed(float(one.scores[one.j] / one.divisor), decimals.scaled)
    after = latex_fixed(float(one.scaled[one.j]), decimals.scaled)
    shifted = latex_fixed(float(one.scaled[one.j]) - one.shift, decimals.scaled)
    part = latex_number(float(one.exponentials[one.j]), decimals.exponential)
    total = latex_number(one.total, decimals.exponential)

    def sign(name: str) -> str:
        return "=" if name in decimals.holds else r"\approx"

    if below := _divisor(len(one.query), scale, temperature):
        steps.append((rf"\dfrac{{{ABOVE}{score}}}{{{below}}} {sign('scaled')} {divided}", "scaled"))
    if one.biased:
        added = _signed(latex_fixed(float(one.added[one.j]), decimals.scaled))
        steps.append((rf"{divided} {added} {sign('bias')} {after}", because or "lowered"))
    if one.shift:
        less = _signed(latex_fixed(-one.shift, decimals.scaled))
        steps.append((rf"{after} {less} {sign('shift')} {shifted}", "less the highest"))
    steps.append((rf"\exp({shifted}) {sign('exp')} {part}", "exponential"))
    share = latex_number(one.weight, decimals.share)
    steps.append((rf"\dfrac{{{ABOVE}{part}}}{{{total}}} {sign('share')} \boldsymbol{{{share}}}", "share of the row"))
    return _captioned(steps)


def _captioned(steps: Sequence[tuple[str, str]], *, after: bool = False) -> list[str]:
    """Set each step over its name, in one piece that is not broken; arrows lead on, a long chain is smaller."""
    letters = sum(len(COMMANDS.sub("", step.replace(ABOVE, ""))) for step, _ in steps)
    size = next((size for most, size in SIZES if letters <= most), r"\normalsize")
    return [
        rf"{{{size} {'' if at == 0 and not after else chr(92) + ';' + chr(92) + 'to' + chr(92) + ';'}"
        rf"{_named(name, step)}}}"
        for at, (step, name) in enumerate(steps)
    ]


def _divisor(width: int, scale: bool, temperature: float) -> str:
    root = rf"\sqrt{{{width}}}" if scale else ""
    heat = f"{temperature:g}" if temperature != 1 else ""
    return r" \cdot ".join(part for part in (root, heat) if part)


def _signed(written: str) -> str:
    return f"- {written[1:]}" if written.startswith("-") else f"+ {written}"


def coordinate_formula(
    one: TracedCoordinate, decimals: CoordinateDecimals, tokens: Sequence[str], shown: Lines
) -> list[str]:
    """Write a coordinate as a sum, as pieces of LaTeX; a short sum shows what each part is made of."""
    word, place = latex(tokens[one.i]), one.dimension + 1
    pieces = [f"{word}'_{{{place}}}"]
    if len(one.weights) <= WRITTEN_OUT:
        pairs = [
            f"{latex_number(one.weights[at], decimals.weight)} {DOT} {_latex_bracketed(one.values[at], decimals.value)}"
            for at in shown.shown
        ]
        pieces.append("= " + " + ".join(pairs))
    sign = r"\approx" if len(one.weights) <= WRITTEN_OUT and "products" not in decimals.holds else "="
    pieces.append(f"{sign} {_series(shown.gathered(one.parts), decimals.part)}")
    equal = "=" if "sum" in decimals.holds else r"\approx"
    pieces.append(rf"{equal} \boldsymbol{{{latex_fixed(one.contextual, decimals.part)}}}")
    return [rf"{{{LARGE} {piece}}}" for piece in pieces]


def static_formula(one: TracedCoordinate, decimals: CoordinateDecimals, tokens: Sequence[str]) -> str:
    """Write the same coordinate of the static vector."""
    word = f"{latex(tokens[one.i])}_{{{one.dimension + 1}}}"
    return rf"{{\Large \text{{(static: }} {word} = {latex_fixed(one.static, decimals.part)}\text{{)}}}}"


def part_names(one: TracedCoordinate, decimals: CoordinateDecimals, tokens: Sequence[str], shown: Lines) -> list[str]:
    """Name each part of a coordinate with what it is made of: the weight times the word's own coordinate."""
    made = [
        f"{plain(one.weights[at], decimals.weight)} · {_in_brackets(one.values[at], decimals.value)}"
        for at in shown.shown
    ]
    names = row_names(tokens, shown)
    return [*(f"{short(name)}  {one}" for name, one in zip(names, made, strict=False)), *names[len(made) :]]


def point_formula(
    one: TracedPoint, decimals: PointDecimals, tokens: Sequence[str], shown: Lines, axis: int
) -> list[str]:
    """Write a place on one axis as the static place and every pull, as pieces of LaTeX, each over its word."""
    parts = shown.gathered(one.steps[:, axis])
    names = row_names(tokens, shown)
    pieces = [rf"\text{{{AXES[axis]}:}}\;", _named("static", latex_fixed(one.static[axis], decimals.places[axis]))]
    pieces += [
        _over(name, "{} " + _signed(latex_fixed(part, decimals.places[axis])))
        for name, part in zip(names, parts, strict=True)
    ]
    equal = "=" if AXES[axis] in decimals.holds else r"\approx"
    end = rf"\boldsymbol{{{latex_fixed(one.contextual[axis], decimals.places[axis])}}}"
    pieces.append(f"{equal} {_named('contextual', end)}")
    return [rf"{{{LARGE} {piece}}}" for piece in pieces]


def _named(name: str, term: str) -> str:
    """Set a term over a word of ours."""
    return rf"\underset{{\textsf{{\small {name}}}{BELOW}}}{{{term}}}"


def _over(name: str, term: str) -> str:
    """Set a term over a word that was typed."""
    return rf"\underset{{{{\small {latex(name)}}}{BELOW}}}{{{term}}}"


def _latex_bracketed(number: float, decimals: int) -> str:
    written = latex_fixed(number, decimals)
    return f"({written})" if written.startswith("-") else written


def _series(parts: Sequence[float], decimals: int) -> str:
    first, *others = (latex_fixed(part, decimals) for part in parts)
    return " ".join([first, *(_signed(other) for other in others)])
