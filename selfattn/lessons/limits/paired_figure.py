"""Weights before and after a change, a pair of bars for each word, coloured by kind."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from selfattn.figures.marks import PAPER, Array, Mark, bars, beside, hatched, hover, note
from selfattn.figures.palette import Palette, bare_axis, draw, palette, rows_axis, tint
from selfattn.figures.text import label, labels

ROW = 38  # pixels of a pair, for type of the usual size
ROWS_UP_TO = 12  # pairs: beyond, the lightest are added up
HEAD, KINDS = 34, 24  # pixels above the bars, for what is hollow and what is full, and for what is grey
NUMBER = 0.18  # of the longest bar: the room of a number beside it


def paired_bars(
    tokens: Sequence[str],
    before: Array,
    after: Array,
    *,
    sides: tuple[str, str],
    grey: Sequence[bool] = (),
    kinds: tuple[str, str] | None = None,
    row: int | None = None,
    role: int = 0,
    height: int = 0,
    theme: str = "light",
) -> go.Figure:
    """Draw two weights a word: hollow before, full after.

    Parameters
    ----------
    tokens : sequence of str, of length n
        At most 12 are drawn, the word itself, those that one side lacks, and the heaviest; the rest is added up in a
        pair of its own, neither coloured nor hatched, for it may be of both kinds.
    before, after : ndarray of shape (n,)
        NaN where the word is not there.
    sides : tuple of str
        What is hollow, and what is full, in words.
    grey : sequence of bool, of length n, optional
        Words of the other kind: their bars are grey and hatched.
    kinds : tuple of str, optional
        What the coloured words are, and what the grey ones are.
    row : int, optional
        The word itself, whose name is bold.
    role : int
        Which sentence this is (0 is A): its colour.
    height : int
        Pixels, unless the words need more.
    theme : str
    """
    colours = palette(theme)
    greys: list[bool | None] = [*grey] or [False] * len(tokens)
    names, before, after, greys = _fewer(labels(tokens, row), before, after, greys, row)
    shade = {True: colours.quiet, False: colours.fills[role], None: tint(colours.quiet, 0.5)}
    shades = list(map(shade.__getitem__, greys))
    edge = {"color": shades, "width": 2.5 * colours.stroke}
    full = {"color": shades, "pattern": hatched([bool(is_grey) for is_grey in greys], colours)}
    highest = float(np.nanmax(np.concatenate([before, after]), initial=0.0)) or 1.0
    head = round((HEAD + (KINDS if kinds else 0)) * colours.zoom)
    hollow = _side(sides[0], before, names, colours, marker={"color": colours.paper, "line": edge}, offset=-0.4)
    return draw(
        [hollow, _side(sides[1], after, names, colours, marker=full, offset=0.02)],
        colours,
        max(height, round(ROW * colours.zoom * len(names)) + head),
        margin={"l": 8, "r": 8, "t": head, "b": 2},
        barmode="overlay",
        xaxis=bare_axis(range=[0, highest * (1 + NUMBER)]),
        yaxis=rows_axis(names, colours, range=[len(names) - 0.45, -0.55]),
        annotations=[_head(sides, kinds, colours, role)],
    )


def _fewer(
    names: list[str], before: Array, after: Array, grey: list[bool | None], row: int | None
) -> tuple[list[str], Array, Array, list[bool | None]]:
    """Add up what there is no room for; the sum is of neither kind."""
    if len(names) <= ROWS_UP_TO:
        return names, before, after, grey
    lacking, heavy = np.isnan(before) | np.isnan(after), np.fmax(np.nan_to_num(before), np.nan_to_num(after))
    first = np.lexsort((-heavy, ~lacking, np.arange(len(names)) != row))  # the last key counts most
    kept = sorted(first[: ROWS_UP_TO - 1].tolist())
    rest = np.setdiff1d(np.arange(len(names)), kept)
    less, more = (np.append(side[kept], np.nansum(side[rest])) for side in (before, after))
    names, grey = [*(names[place] for place in kept), f"{len(rest)} more"], [*(grey[place] for place in kept), None]
    return names, less, more, grey


def _side(name: str, weights: Array, names: list[str], colours: Palette, **looks: Any) -> Mark:
    lengths, rows = np.nan_to_num(weights).tolist(), list(range(len(names)))
    texts = ["left out" if np.isnan(weight) else f"{weight:.2f}" for weight in weights]
    drawn = bars(lengths, rows, width=0.36, **hover(names, f", {label(name)}: %{{x:.3f}}"), **looks)
    return drawn | beside(texts, colours.font(colours.small))


def _head(sides: tuple[str, str], kinds: tuple[str, str] | None, colours: Palette, role: int) -> Mark:
    text = f"□ {label(sides[0])}   ■ {label(sides[1])}"
    if kinds:
        telling, other = kinds
        fill, quiet = colours.fills[role], colours.quiet
        text += f'<br><span style="color:{fill}">■</span> {telling}   <span style="color:{quiet}">▨</span> {other}'
    corner = {"x": 0, "y": 1, "xanchor": "left", "yanchor": "bottom", "align": "left"}
    return note(text, colours.font(colours.small), **PAPER, **corner)
