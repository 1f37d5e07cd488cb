"""Which words of a sentence speak for a sense, and how far the chosen word goes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from selfattn.core.rounding import plain_fixed
from selfattn.figures.palette import LABEL, Palette, bare_axis, figure, layout, palette, rows_axis, tint
from selfattn.figures.text import label

ROW, FOOT = 40, 44  # pixels of a word, and of the names of the senses, for type of the usual size
ROWS_UP_TO = 10  # words: beyond, those that lean least are left out of the picture


def leanings(
    words: Sequence[tuple[str, float]],
    word: str,
    way: tuple[float, float],
    senses: tuple[str, str],
    *,
    neutral: float,
    poles: Sequence[float],
    role: int = 0,
    height: int = 380,
    theme: str = "light",
) -> go.Figure:
    """Draw how much nearer each word is to one sense than to the other, and where the chosen word comes to lie.

    Parameters
    ----------
    words : sequence of (str, float)
        The other words, each with its lean: the cosine to the second sense less the cosine to the first.
    word : str
        The chosen word.
    way : tuple of float
        Its own lean, before and after.
    senses : tuple of str
        The first sense lies to the left, the second to the right.
    neutral : float
        Up to here a word speaks for neither.
    poles : sequence of float
        How far the two senses themselves lean: a dotted line for each.
    role : int
        Which sentence this is (0 is A): its colour.
    height : int
        Pixels, unless the words need more.
    theme : str
    """
    colours = palette(theme)
    shown = sorted(range(len(words)), key=lambda at: -abs(words[at][1]))[:ROWS_UP_TO]
    rows = [words[at] for at in sorted(shown)]
    left_out = len(words) - len(rows)
    names = [f"<b>{label(word)}</b>", *(label(name) for name, _ in rows)]
    reach = max(abs(lean) + 0.14 for lean in (*way, *poles, *(lean for _, lean in rows)))
    scale = colours.label / LABEL
    left = rows_axis(names, colours, range=[len(names) - 0.4, -0.6])
    foot = round((FOOT + (22 if left_out else 0)) * scale)
    looks = layout(
        colours,
        max(height, round(ROW * scale * len(names)) + foot + 8),
        margin={"l": 8, "r": 8, "t": 8, "b": foot},
        xaxis=bare_axis(range=[-reach, reach]),
        yaxis=left,
        shapes=_ground(neutral, poles, colours),
        annotations=[*_ends(senses, poles, colours), *_more(left_out, colours)],
    )
    return figure([_bars(rows, neutral, colours), _path(way, role, colours), _dots(way, role, colours)], looks)


def _ground(neutral: float, poles: Sequence[float], colours: Palette) -> list[dict[str, Any]]:
    """Shade where words speak for neither sense, and mark the middle and both senses."""
    whole = {"yref": "paper", "y0": 0, "y1": 1, "layer": "below"}
    band = {"type": "rect", "x0": -neutral, "x1": neutral, "fillcolor": tint(colours.quiet, 0.12), "line": {"width": 0}}
    middle = {"type": "line", "x0": 0, "x1": 0, "line": {"color": colours.quiet, "width": 1.5 * colours.stroke}}
    dotted = [
        whole
        | {"type": "line", "x0": lean, "x1": lean}
        | {"line": {"color": colours.inks[role], "width": 2.5 * colours.stroke, "dash": "dot"}}
        for role, lean in enumerate(poles)
    ]
    return [whole | band, whole | middle, *dotted]


def _bars(rows: list[tuple[str, float]], neutral: float, colours: Palette) -> dict[str, Any]:
    shades = [colours.quiet if abs(lean) < neutral else colours.fills[int(lean > 0)] for _, lean in rows]
    return {
        "type": "bar", "orientation": "h", "y": list(range(1, len(rows) + 1)), "x": [lean for _, lean in rows],
        "width": 0.5, "marker": {"color": shades}, "text": [plain_fixed(lean, 2, signed=True) for _, lean in rows],
        "textposition": "outside", "cliponaxis": False, "constraintext": "none",
        "textfont": {"size": colours.small, "color": colours.ink}, "hoverinfo": "skip",
    }  # fmt: skip


def _path(way: tuple[float, float], role: int, colours: Palette) -> dict[str, Any]:
    line = {"color": colours.fills[role], "width": 6 * colours.stroke}
    return {"type": "scatter", "mode": "lines", "x": list(way), "y": [0, 0], "line": line, "hoverinfo": "skip"}


def _dots(way: tuple[float, float], role: int, colours: Palette) -> dict[str, Any]:
    edge = {"color": [colours.quiet, colours.fills[role]], "width": 3 * colours.stroke}
    marker = {"size": 19 * colours.stroke, "color": [colours.paper, colours.fills[role]], "line": edge}
    said = [plain_fixed(lean, 2, signed=True) for lean in way]
    ends = ("middle left", "middle right") if way[0] <= way[1] else ("middle right", "middle left")
    return {
        "type": "scatter", "mode": "markers+text", "x": list(way), "y": [0, 0], "marker": marker,
        "text": [f"{one} " if side.endswith("left") else f" {one}" for one, side in zip(said, ends, strict=True)],
        "textposition": list(ends), "cliponaxis": False,
        "textfont": {"size": colours.small, "color": colours.ink},
        "hovertext": ["static", "contextual"], "hoverinfo": "text",
    }  # fmt: skip


def _ends(senses: tuple[str, str], poles: Sequence[float], colours: Palette) -> list[dict[str, Any]]:
    foot = {"yref": "paper", "y": 0, "yanchor": "top", "yshift": -6, "showarrow": False, "xanchor": "center"}
    named = [
        foot
        | {"text": f"<b>{label(sense)}</b>", "x": lean}
        | {"font": {"size": colours.label, "color": colours.inks[role]}}
        for role, (sense, lean) in enumerate(zip(senses, poles, strict=True))
    ]
    return [*named, foot | {"text": "neither", "x": 0, "font": {"size": colours.small, "color": colours.quiet}}]


def _more(left_out: int, colours: Palette) -> list[dict[str, Any]]:
    if not left_out:
        return []
    text = f"{left_out} more words lean less than these"
    font = {"size": colours.small, "color": colours.quiet}
    at = {"x": 0.5, "xanchor": "center", "y": 0, "yanchor": "top", "yshift": -round(30 * colours.label / LABEL)}
    return [{"text": text, "xref": "paper", "yref": "paper", "showarrow": False, "font": font} | at]
