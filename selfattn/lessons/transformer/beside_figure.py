"""All ways to a contextual vector, a row each: where the word ends in both sentences, and beside it what that takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import plotly.graph_objects as go

from selfattn.core.rounding import plain_fixed
from selfattn.figures.labels import text_width
from selfattn.figures.marks import BESIDE, PAPER, Mark, feet, foot, hollow, line, note, points, rule
from selfattn.figures.palette import Palette, Size, bare_axis, draw, palette, readable_on, rows_axis
from selfattn.figures.text import bold, escaped, label

FOOT, LINE, GAP = 34, 1.3, 20  # pixels under the rows; of a line of type, times its size; between two columns
MARK, RING = 26, 13  # pixels of a full mark and of a hollow one
APART, NEAR = 0.25, 0.14  # of a row, from its line up to the mark of A and down to that of B; on a phone
NAMED = 0.42  # of a row, from its line up to its name, on a phone
BEYOND = 1.14  # times the farthest mark, or the ends: how far a line reaches
SAME = "A = B"


@dataclass(frozen=True, slots=True)
class Ends:
    """What a line stands for: what its ends and its middle are called, and where these are; whether they are senses."""

    names: tuple[str, str]
    places: tuple[float, float]
    middle: tuple[str, float] | None = None
    senses: bool = True


@dataclass(frozen=True, slots=True)
class Track:
    """One way: its name, where the word was, and where it ends.

    Attributes
    ----------
    title : str
    static : float or None
        None where the word has no place of its own on this line.
    marks : sequence of (str, int, float)
        A letter, whose colour it has (0 is A), and its place.
    note : str
        What is said in place of the marks.
    """

    title: str
    static: float | None
    marks: Sequence[tuple[str, int, float]]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """What is written beside every row: two lines over it, and of each cell the number and what is small under it."""

    head: tuple[str, str]
    cells: Sequence[tuple[str, str]]


def beside_chart(
    rows: Sequence[Track], ends: Ends, columns: Sequence[Column] = (), *, over: str = "", size: Size | None = None,
    theme: str = "light",
) -> go.Figure:  # fmt: skip
    """Draw a line for every way, and the columns of a table beside them.

    Parameters
    ----------
    rows : sequence of Track
    ends : Ends
    columns : sequence of Column
        Left out on a phone.
    over : str
        What stands over the first two columns.
    size : Size, optional
    theme : str
        "light" or "dark", or either for a "room".
    """
    size, colours = size or Size(), palette(theme)
    shown = () if size.narrow else columns
    edges = list(accumulate((_width(column, colours) for column in shown), initial=0.0))
    head = round((3 if shown else 0) * LINE * colours.small) + 8
    reach = _reach(rows, ends)
    names = 0.0 if size.narrow else max(text_width(row.title, colours.label) for row in rows)
    plot = size.width - names - edges[-1] - 24
    apart = NEAR if size.narrow else APART
    titles = [bold(label(row.title)) for row in rows]
    down = bare_axis(range=[len(rows) - 0.6, -0.6]) if size.narrow else rows_axis(titles, colours)
    named = [
        *_ends(ends, colours, plot, over=bool(shown)),
        *_notes(rows, sum(ends.places) / 2, colours),
        *(_names(rows, colours) if size.narrow else []),
        *(each for column, edge in zip(shown, edges[1:], strict=True) for each in _column(column, edge, colours)),
        *([_over(over, edges[:3], colours)] if over and len(shown) > 1 else []),
    ]
    return draw(
        [mark for place, row in enumerate(rows) for mark in _row(row, place, colours, apart)],
        colours,
        size.height,
        margin={"l": 8, "r": round(edges[-1]) + 8, "t": head, "b": round(FOOT * colours.zoom)},
        hovermode="closest",
        xaxis=bare_axis(range=list(reach)),
        yaxis=down,
        shapes=_ground(rows, ends, reach, colours),
        annotations=named,
    )


def _reach(rows: Sequence[Track], ends: Ends) -> tuple[float, float]:
    """Choose how far the lines reach: all marks and both ends are on them, with their edges."""
    places = [place for row in rows for *_, place in row.marks] + [row.static for row in rows if row.static is not None]
    low, high = min([ends.places[0], *places]), max([ends.places[1], *places])
    middle, half = (low + high) / 2, (high - low) / 2
    return middle - BEYOND * half, middle + BEYOND * half


def _row(row: Track, place: int, colours: Palette, apart: float) -> list[Mark]:
    """Draw one way: strokes from where the word was to where it ends, or from A to B; then the marks."""
    steps = [0.0] if len(row.marks) < 2 else [-apart, apart]
    ends = [(at, place + step, role) for (_, role, at), step in zip(row.marks, steps, strict=False)]
    full = [_full(row, mark, y, colours) for mark, (_, y, _) in zip(row.marks, ends, strict=True)]
    if row.static is None:
        pen = colours.pen(colours.quiet, 2, dash="dot")
        return [line([at for at, *_ in ends], [y for _, y, _ in ends], pen), *full]
    strokes = [line([row.static, at], [place, y], colours.pen(_fill(role, colours), 3)) for at, y, role in ends]
    return [*strokes, _ring(row, place, colours), *full]


def _ring(row: Track, place: int, colours: Palette) -> Mark:
    hover = [f"{label(row.title)}: static, {plain_fixed(row.static or 0, 2)}"]
    return points([row.static or 0], [place], hollow(colours, RING, 2.5), hover, cliponaxis=False)


def _full(row: Track, mark: tuple[str, int, float], y: float, colours: Palette) -> Mark:
    letter, role, at = mark
    fill = _fill(role, colours)
    pixels = max(MARK * colours.stroke, text_width(letter, colours.small) + 10)
    ink = readable_on([(0, fill), (1, fill)], 0)
    looks = {"size": pixels, "color": fill, "opacity": 1, "line": colours.pen(colours.paper, 1.5)}
    written = {"mode": "markers+text", "text": [bold(letter)], "textposition": "middle center"}
    font = colours.font(colours.small, ink)
    hover = [f"{label(row.title)}, {letter}: {plain_fixed(at, 2)}"]
    return points([at], [y], looks, hover, cliponaxis=False, textfont=font, **written)


def _fill(role: int, colours: Palette) -> str:
    return colours.fills[role] if role >= 0 else colours.weights[3]


def _ground(rows: Sequence[Track], ends: Ends, reach: tuple[float, float], colours: Palette) -> list[Mark]:
    pen, low = colours.pen(colours.line, 2), {"layer": "below"}
    lines = [rule(reach, (place, place), pen, **low) for place in range(len(rows))]
    inks = colours.inks if ends.senses else (colours.quiet, colours.quiet)
    across = [(end, colours.pen(inks[side], 1.5)) for side, end in enumerate(ends.places)]
    across += [(ends.middle[1], colours.pen(colours.quiet, 1.5, dash="dot"))] if ends.middle else []
    return [*lines, *(rule((at, at), (0, 1), stroke, yref="paper", **low) for at, stroke in across)]


def _ends(ends: Ends, colours: Palette, plot: float, *, over: bool) -> list[Mark]:
    """Name the ends under the plot, and the middle between them, or, where heads stand over the plot, beside these."""
    name, at = ends.middle or ("", sum(ends.places) / 2)
    names = feet(["" if over else name, ""], ends.names, colours, plot, x=at, xref="x")
    if over:
        names[0] = foot(name, colours, x=at, xref="x", y=1, yanchor="bottom", yshift=2)
    return names if ends.senses else [name | {"font": colours.font(color=colours.quiet)} for name in names]


def _notes(rows: Sequence[Track], middle: float, colours: Palette) -> list[Mark]:
    """Write what stands in place of marks; and beside a ring alone, towards the middle, what it stands for."""
    font, found = colours.font(colours.small, colours.quiet), []
    for place, row in enumerate(rows):
        where = PAPER | {"x": 0.5, "yref": "y"}
        if row.static is not None:
            side, way = ("left", 1) if row.static < middle else ("right", -1)
            where = {"x": row.static, "xanchor": side, "xshift": way * round(RING * colours.stroke)}
        found += [note(escaped(row.note), font, y=place, bgcolor=colours.paper, **where)] if row.note else []
    return found


def _names(rows: Sequence[Track], colours: Palette) -> list[Mark]:
    """Write the names over their rows, on a phone."""
    left = {"xref": "paper", "x": 0, "xanchor": "left"}
    font = colours.font(colours.small)
    return [note(bold(label(row.title)), font, y=place - NAMED, **left) for place, row in enumerate(rows)]


def _width(column: Column, colours: Palette) -> float:
    small = max(text_width(text, colours.small) for text in (*column.head, *(under for _, under in column.cells)))
    return max(small, *(text_width(text, colours.label) for text, _ in column.cells)) + GAP * colours.zoom


def _column(column: Column, edge: float, colours: Palette) -> list[Mark]:
    """Write a column, whose right edge is so many pixels right of the plot."""
    right, quiet = {**BESIDE, "xanchor": "right", "xshift": edge}, colours.font(colours.small, colours.quiet)
    over = right | {"yref": "paper", "y": 1, "yanchor": "bottom", "align": "right"}
    head = note("<br>".join(column.head), quiet, **over)
    written = []
    for row, (text, under) in enumerate(column.cells):
        down = round(0.62 * colours.small) if under else 0
        written.append(note(bold(text), colours.font(), y=row, yshift=down, **right))
        written += [note(under, quiet, y=row, yshift=-down - 3, **right)] if under else []
    return [head, *written]


def _over(text: str, edges: Sequence[float], colours: Palette) -> Mark:
    """Write over two columns what both are."""
    up = round(2 * LINE * colours.small) + 2
    where = {"xref": "paper", "x": 1, "yref": "paper", "y": 1, "yanchor": "bottom", "yshift": up}
    return note(bold(text), colours.font(colours.small), xanchor="right", xshift=edges[2], **where)
