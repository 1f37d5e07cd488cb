"""How often each way to attend is right, on sentences that nothing was trained on."""

from collections.abc import Sequence

import plotly.graph_objects as go

from selfattn.core.rounding import percent
from selfattn.figures.marks import BESIDE as MARGIN
from selfattn.figures.marks import Mark, line, note, points, rule
from selfattn.figures.palette import Palette, Size, bare_axis, draw, palette, rows_axis
from selfattn.figures.text import bold, label

COIN = 0.5
FULL, HOLLOW, SIGNS = "circle", "diamond-open", ("●", "◇")
Pair = tuple[float | None, float | None]
WHOLE = 80  # letters of what a mark stands for
HEAD, FOOT, BESIDE = 66, 30, 112  # pixels over the rows, under them, and of the numbers, for type of the usual size
ROOM = 0.03  # of the line, left of a coin and right of all
LINE = 26  # pixels from one line of the key to the other


def rates_chart(
    names: Sequence[str], rates: Sequence[Pair], key: tuple[str, str], *, row: int | None = None,
    size: Size | None = None, theme: str = "light",
) -> go.Figure:  # fmt: skip
    """Draw for each way to attend how often it is right, from a coin to always: two marks and their numbers.

    Parameters
    ----------
    names : sequence of str
        Of the ways.
    rates : sequence of (float or None, float or None)
        Shares of sentences of words trained on, and of words never trained on; None where there were none.
    key : tuple of str
        What both marks stand for.
    row : int, optional
        The way that the screen is about.
    size : Size, optional
    theme : str
        "light" or "dark", or either for a "room".
    """
    size, colours = size or Size(), palette(theme)
    head, foot, numbers = (round(pixels * colours.zoom) for pixels in (HEAD, FOOT, BESIDE))
    written = [bold(label(name), place == row) for place, name in enumerate(names)]
    traces = [_reach(place, max(_measured(pair)), place == row, colours) for place, pair in enumerate(rates)]
    traces += [_marks(names, [pair[group] for pair in rates], group, key[group], colours) for group in (0, 1)]
    lowest = min([COIN, *(share for pair in rates for share in _measured(pair))])
    named = {"tickfont": colours.font(colours.small)} if size.narrow else {}
    pen = colours.pen(colours.line, 2)
    return draw(
        traces, colours, size.height, margin={"l": 8, "r": numbers, "t": head, "b": foot}, hovermode="closest",
        xaxis=bare_axis(range=[lowest - ROOM, 1 + ROOM]), yaxis=rows_axis(written, colours, **named),
        shapes=[rule((end, end), (0, 1), pen, yref="paper", layer="below") for end in (COIN, 1)],
        annotations=[
            *_numbers(rates, row, colours), *_ends(colours), *_key(key, colours, numbers if size.narrow else None),
        ],
    )  # fmt: skip


def _measured(pair: Pair) -> list[float]:
    return [share for share in pair if share is not None] or [COIN]


def _numbers(rates: Sequence[Pair], row: int | None, colours: Palette) -> list[Mark]:
    font = colours.font(colours.small + 1)
    texts = [" · ".join("–" if share is None else percent(share) for share in pair) for pair in rates]
    return [note(bold(text, place == row), font, y=place, **MARGIN) for place, text in enumerate(texts)]


def _reach(row: int, end: float, chosen: bool, colours: Palette) -> Mark:
    colour = colours.weights[3 if chosen else 1]
    return line([COIN, end], [row, row], colours.pen(colour, 7 if chosen else 5))


def _marks(names: Sequence[str], shares: Sequence[float | None], group: int, what: str, colours: Palette) -> Mark:
    marker = {
        "size": (13, 19)[group] * colours.stroke, "symbol": (FULL, HOLLOW)[group], "color": colours.ink, "opacity": 1,
        "line": colours.pen(colours.ink, (0, 3)[group]),
    }  # fmt: skip
    shown = {row: share for row, share in enumerate(shares) if share is not None}
    hovers = [f"{label(names[row])}, {label(what, WHOLE)}: {percent(share)}" for row, share in shown.items()]
    return points(list(shown.values()), list(shown), marker, hovers, cliponaxis=False)


def _ends(colours: Palette) -> list[Mark]:
    quiet, under = colours.font(colours.small, colours.quiet), {"yref": "paper", "y": 0, "yanchor": "top", "yshift": -4}
    return [
        note("a coin", quiet, x=COIN, xanchor="left", **under),
        note("all right", quiet, x=1, xanchor="right", **under),
    ]


def _key(key: tuple[str, str], colours: Palette, margin: int | None) -> list[Mark]:
    """Say over the rows what both marks are: from the line's start, or, on a phone, up to the end of the margin."""
    over = {"xref": "paper", "x": 0, "xanchor": "left", "yref": "paper", "y": 1, "yanchor": "bottom"}
    over |= {} if margin is None else {"x": 1, "xanchor": "right", "xshift": margin - 4}
    font, texts = colours.font(colours.small), [label(what, WHOLE) for what in key]
    return [
        note(f"{bold(sign)} {text}", font, yshift=round(line * LINE * colours.zoom) + 6, **over)
        for sign, text, line in zip(SIGNS, texts, (1, 0), strict=True)
    ]
