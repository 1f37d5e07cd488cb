"""Weights before and after a change, a pair of bars for each word, coloured by kind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from selfattn.figures.palette import LABEL, Palette, bare_axis, figure, layout, palette, rows_axis, tint
from selfattn.figures.text import label

ROW = 38  # pixels of a pair, for type of the usual size
ROWS_UP_TO = 12  # pairs: beyond, the lightest are added up
HEAD = 34  # pixels above the bars, for what is hollow and what is full

Array = NDArray[np.floating[Any]]


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
    names = [f"<b>{label(word)}</b>" if at == row else label(word) for at, word in enumerate(tokens)]
    greys: list[bool | None] = [*grey] or [False] * len(names)
    names, before, after, greys = _fewer(names, before, after, greys, row)
    kind = {True: colours.quiet, False: colours.fills[role], None: tint(colours.quiet, 0.5)}
    shades = [kind[one] for one in greys]
    hatched = {"shape": ["/" if one else "" for one in greys], "fillmode": "overlay", "fgcolor": colours.paper}
    edge = {"color": shades, "width": 2.5 * colours.stroke}
    traces = [
        _side(before, -0.4, colours, {"color": colours.paper, "line": edge}, sides[0], names),
        _side(after, 0.02, colours, {"color": shades, "pattern": hatched}, sides[1], names),
    ]
    highest = float(np.nanmax(np.concatenate([before, after]), initial=0.0)) or 1.0
    left = rows_axis(names, colours, range=[len(names) - 0.45, -0.55])
    scale = colours.label / LABEL
    head = round((HEAD + (24 if kinds else 0)) * scale)
    looks = layout(
        colours,
        max(height, round(ROW * scale * len(names)) + head),
        margin={"l": 8, "r": 8, "t": head, "b": 2},
        barmode="overlay",
        xaxis=bare_axis(range=[0, highest * 1.18]),
        yaxis=left,
        annotations=[_head(sides, kinds, colours, role)],
    )
    return figure(traces, looks)


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
    return [*(names[at] for at in kept), f"{len(rest)} more"], less, more, [*(grey[at] for at in kept), None]


def _side(
    weights: Array, offset: float, colours: Palette, marker: dict[str, Any], name: str, names: list[str]
) -> dict[str, Any]:
    there = ~np.isnan(weights)
    return {
        "type": "bar", "orientation": "h", "y": list(range(len(names))), "x": np.where(there, weights, 0).tolist(),
        "offset": offset, "width": 0.36, "marker": marker, "customdata": names,
        "text": [f"{weight:.2f}" if known else "left out" for weight, known in zip(weights, there, strict=True)],
        "textposition": "outside", "cliponaxis": False, "constraintext": "none",
        "textfont": {"size": colours.small, "color": colours.ink},
        "hovertemplate": f"%{{customdata}}, {label(name)}: %{{x:.3f}}<extra></extra>",
    }  # fmt: skip


def _head(sides: tuple[str, str], kinds: tuple[str, str] | None, colours: Palette, role: int) -> dict[str, Any]:
    text = f"□ {label(sides[0])}   ■ {label(sides[1])}"
    if kinds:
        telling, other = kinds
        fill, quiet = colours.fills[role], colours.quiet
        text += f'<br><span style="color:{fill}">■</span> {telling}   <span style="color:{quiet}">▨</span> {other}'
    return {
        "text": text, "xref": "paper", "yref": "paper", "x": 0, "y": 1, "xanchor": "left", "yanchor": "bottom",
        "align": "left", "showarrow": False, "font": {"size": colours.small, "color": colours.ink},
    }  # fmt: skip
