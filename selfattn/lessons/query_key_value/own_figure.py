"""The line between two senses, with the word of every sentence of the class on it: before training, and after."""

from collections.abc import Sequence

import plotly.graph_objects as go

from selfattn.core.own import Trial
from selfattn.core.rounding import plain_fixed
from selfattn.figures.marks import Mark, end_names, foot, frame, line, note, points, rule
from selfattn.figures.palette import MOST, Palette, Size, bare_axis, draw, palette, rows_axis, tint
from selfattn.figures.text import escaped, short

ROW, FOOT = 31, 34  # pixels of a sentence, and of the names of the ends, for type of the usual size
NAME, HOVER = 30, 100  # letters of a sentence before its row, and where one points at it
SYMBOLS = ("circle", "diamond")
RIGHT, WRONG = "✓", "✗"
HOW = ("without", "with")


def compared(
    tested: Sequence[Trial], senses: Sequence[str], *, numbers_only: bool = False, size: Size | None = None,
    theme: str = "light",
) -> go.Figure:  # fmt: skip
    """Draw a row a sentence, those of the first sense on top: hollow before, full after, the colour is its true sense.

    Parameters
    ----------
    tested : sequence of Trial
        At least one; the first twenty of them, as `shown` gives them, are drawn.
    senses : sequence of str
        Of both ends.
    numbers_only : bool
        Name the rows by the number of the line alone, as on a phone.
    size : Size, optional
    theme : str
        "light" or "dark", or either for a "room".
    """
    size, colours = size or Size(), palette(theme)
    rows = shown(tested)
    reach = 1.12 * max(1.0, *(abs(place or 0.0) for each in rows for place in (each.before, each.after)))
    under = round(FOOT * colours.zoom)
    traces = [draw_one(rows, side, colours) for draw_one in (_ways, _marks) for side in (0, 1)]
    names = [_name(each, colours, numbers_only) for each in rows]
    return draw(
        traces, colours, max(size.height, round(ROW * colours.zoom) * len(rows) + under + 8),
        margin={"l": 8, "r": round(70 * colours.zoom), "t": 4, "b": under},
        xaxis=bare_axis(range=[-reach, reach]),
        yaxis=rows_axis(names, colours, tickfont=colours.font(colours.small), range=[len(rows) - 0.4, -0.6]),
        shapes=_ground(reach, colours),
        annotations=[
            *(_verdict(each, row, colours) for row, each in enumerate(rows)),
            *end_names(senses, colours), foot("neither", colours, x=0, xref="x"),
        ],
        hovermode="closest",
    )  # fmt: skip


def shown(tested: Sequence[Trial]) -> list[Trial]:
    """Choose the sentences that are drawn, in the order of their rows: no more than can be read from the last row."""
    return sorted(sorted(tested, key=lambda each: each.number)[:MOST], key=lambda each: (each.side, each.number))


def _name(each: Trial, colours: Palette, number_only: bool) -> str:
    text = f"{each.number}" if number_only else f"{each.number}  {short(each.example.text, NAME)}"
    return f'<span style="color:{colours.inks[each.side]}">{escaped(text)}</span>'


def _ways(rows: Sequence[Trial], side: int, colours: Palette) -> Mark:
    """Draw the way from before to after of all sentences of one sense."""
    x: list[float | None] = []
    y: list[float | None] = []
    for row, each in enumerate(rows):
        if each.side == side and each.after is not None:
            x += [each.before, each.after, None]
            y += [row, row, None]
    return line(x, y, colours.pen(tint(colours.fills[side], 0.6), 4))


def _marks(rows: Sequence[Trial], side: int, colours: Palette) -> Mark:
    """Draw where the word stands before, hollow, and after, full, in all sentences of one sense."""
    own = [(row, each) for row, each in enumerate(rows) if each.side == side]
    hollow = [(row, each, each.before, False) for row, each in own]
    full = [(row, each, each.after, True) for row, each in own if each.after is not None]
    every = [*hollow, *full]
    marker = {
        "size": [(15 if trained else 12) * colours.stroke for *_, trained in every],
        "color": [colours.fills[side] if trained else colours.paper for *_, trained in every],
        "line": colours.pen(colours.fills[side], 2.5), "symbol": SYMBOLS[side], "opacity": 1,
    }  # fmt: skip
    hovers = [
        f"{escaped(short(each.example.text, HOVER))}<br>{HOW[trained]} your sentences: {plain_fixed(place, 2)}"
        for _, each, place, trained in every
    ]
    return points([place for _, _, place, _ in every], [row for row, *_ in every], marker, hovers, cliponaxis=False)


def _verdict(each: Trial, row: int, colours: Palette) -> Mark:
    """Say beside a row whether it is on the side of its sense, before and after."""
    signs = [RIGHT if each.right(place) else WRONG for place in (each.before, each.after) if place is not None]
    font = colours.font(colours.small + 1, colours.ink)
    return note(" → ".join(signs), font, xref="paper", x=1, xanchor="left", xshift=8, y=row)


def _ground(reach: float, colours: Palette) -> list[Mark]:
    """Tint each side in the colour of its sense: a mark of the other colour is on the wrong one."""
    below = {"yref": "paper", "layer": "below"}
    sides = [
        frame(span, (0, 1), {"width": 0}, fillcolor=tint(colours.fills[side], 0.12), **below)
        for side, span in enumerate(((-reach, 0.0), (0.0, reach)))
    ]
    return [*sides, rule((0, 0), (0, 1), colours.pen(colours.quiet, 1.5, dash="dot"), **below)]
