"""Words written as sums of their neighbours: as words, as bars, as a formula, and beside weights set by hand."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from selfattn.figures.labels import text_width
from selfattn.figures.palette import (
    LABEL,
    Palette,
    bare_axis,
    figure,
    layout,
    palette,
    readable_on,
    rows_axis,
    scale,
    tint,
)
from selfattn.figures.text import label, latex, short

SHADES = (1.0, 0.5, 0.75, 0.3)  # of the sentence's colour, for its words in turn: neighbours differ
SHARED, OTHERS = 0.35, 0.15  # of the neutral colour: for a word that both sentences have, and for all that is not named
ROW, FEWEST = 96, 150  # pixels a line and of a figure, for type of the usual size
TWO_LINES = 2.7  # a bar must be that many times as high as its type
BAR = 0.86  # of a line's height

Array = NDArray[np.float64]


def sum_in_words(word: str, weights: Array, tokens: Sequence[str], *, role: int = 0, theme: str = "light") -> str:
    """Write a word as a sum of its neighbours, as HTML with everything that was typed escaped.

    >>> sum_in_words("bank", np.array([0.2, 0.8]), ["money", "bank"]).count("<b")
    2
    """
    ink = palette(theme).inks[role]
    terms = [
        f'<span style="white-space:nowrap"><b style="color:{ink}">{weight:.2f}</b> {html.escape(short(token))}</span>'
        for weight, token in zip(weights, tokens, strict=True)
    ]
    return f'<p class="sa-sum">{html.escape(short(word))}′ = {" + ".join(terms)}</p>'


def sums(
    weights: Array,
    tokens: Sequence[str],
    *,
    names: Sequence[str],
    row: int | None = None,
    role: int = 0,
    neutral: str | None = None,
    wide: int = 560,
    tall: int = 420,
    theme: str = "light",
) -> go.Figure:
    """Draw every word as a sum: a line a word, a bar whose parts are what each word gives.

    Parameters
    ----------
    weights : ndarray of shape (n, k)
        Rows sum to one; k is n, or n + 1 where the last column is what all other words give together.
    tokens : sequence of str, of length n
        The words that are written as sums.
    names : sequence of str, of length k
        What gives: the words again, and a name for the others.
    row : int, optional
        The chosen word, whose line is framed.
    role : int
        Which sentence this is (0 is A): its colour.
    neutral : str
        A word that several sentences have: drawn in no sentence's colour.
    wide, tall : int
        Pixels: the narrowest that the figure is shown, and the highest that it may be.
    theme : str
        "light" or "dark".

    Notes
    -----
    A part carries its weight and its word where both fit, else its weight, else nothing: all are in the hover text.
    """
    colours = palette(theme)
    count = len(tokens)
    height = int(np.clip(count * ROW * colours.label / LABEL, min(FEWEST, tall), tall))
    left = [f"<b>{label(token)}′ =</b>" if at == row else f"{label(token)}′ =" for at, token in enumerate(tokens)]
    room = (wide - max(text_width(short(token) + "′ = ", colours.label) for token in tokens) - 24, height / count)
    looks = _shades(names, count, role, neutral, colours)
    parts = [_part(at, weights, tokens, names, look, room, colours) for at, look in enumerate(looks)]
    upright = [_upright(at, weights, names, look, room, colours) for at, look in enumerate(looks)]
    size = min(colours.label, int(height / count / 1.25))
    words = rows_axis(left, colours, tickfont={"size": size, "color": colours.ink})
    drawn = layout(
        colours,
        height,
        margin={"l": 8, "r": 6, "t": 2, "b": 2},
        barmode="stack",
        bargap=1 - BAR,
        xaxis=bare_axis(range=[0, 1.002]),
        yaxis=words,
        shapes=_frame(row, colours),
        annotations=[one for column in upright for one in column],
    )
    return figure(parts, drawn)


def _shades(
    names: Sequence[str], count: int, role: int, neutral: str | None, colours: Palette
) -> list[tuple[str, float]]:
    """Choose for each giver a colour and how much of it: its sentence's, or a neutral one."""
    own = list(dict.fromkeys(name for name in names[:count] if name != neutral))
    return [
        (colours.quiet, OTHERS)
        if at >= count
        else (colours.quiet, SHARED)
        if name == neutral
        else (colours.fills[role], SHADES[own.index(name) % len(SHADES)])
        for at, name in enumerate(names)
    ]


def _part(
    at: int,
    weights: Array,
    tokens: Sequence[str],
    names: Sequence[str],
    look: tuple[str, float],
    room: tuple[float, float],
    colours: Palette,
) -> dict[str, Any]:
    """Draw what one word gives to all."""
    colour, share = look
    name = label(names[at])
    given = weights[:, at].tolist()
    return {
        "type": "bar",
        "orientation": "h",
        "y": list(range(len(tokens))),
        "x": given,
        "text": [_inside(weight, names[at], room, colours) for weight in given],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"size": _size(room[1], colours), "color": _ink(look, colours)},
        "marker": {"color": tint(colour, share), "line": {"color": colours.paper, "width": 2 * colours.stroke}},
        "hovertext": [f"{label(token)}′: {weight:.3f} {name}" for token, weight in zip(tokens, given, strict=True)],
        "hoverinfo": "text",
        "hoverlabel": {"align": "left"},
    }


def _ink(look: tuple[str, float], colours: Palette) -> str:
    return readable_on(scale((colours.paper, look[0])), look[1])


def _size(row: float, colours: Palette) -> int:
    return int(min(colours.label, row * BAR / 1.2))


def _inside(weight: float, name: str, room: tuple[float, float], colours: Palette) -> str:
    """Write in a part what fits: the weight and the word, the weight, or nothing."""
    size = _size(room[1], colours)
    within = weight * room[0] - 8
    number = f"{weight:.2f}"
    if text_width(f"{number} {short(name)}", size) < within:
        return f"{number} {label(name)}"
    if room[1] * BAR > TWO_LINES * size and text_width(max(number, short(name), key=len), size) < within:
        return f"{number}<br>{label(name)}"
    return number if text_width(number, size) < within else ""


def _upright(
    at: int,
    weights: Array,
    names: Sequence[str],
    look: tuple[str, float],
    room: tuple[float, float],
    colours: Palette,
) -> list[dict[str, Any]]:
    """Turn what does not fit across a narrow part by a quarter, where it fits then."""
    size = min(_size(room[1], colours), colours.small)
    starts = weights[:, :at].sum(axis=1)
    turned = []
    for line, (weight, start) in enumerate(zip(weights[:, at].tolist(), starts.tolist(), strict=True)):
        if _inside(weight, names[at], room, colours) or weight * room[0] - 4 < 1.2 * size:
            continue
        number, high = f"{weight:.2f}", room[1] * BAR - 6
        text = f"{number} {label(names[at])}" if text_width(f"{number} {short(names[at])}", size) < high else number
        if text_width(text, size) < high or text != number:
            middle = {"x": start + weight / 2, "y": line, "showarrow": False, "textangle": -90}
            turned.append(middle | {"text": text, "font": {"size": size, "color": _ink(look, colours)}})
    return turned


def _frame(row: int | None, colours: Palette) -> list[dict[str, Any]]:
    if row is None:
        return []
    line = {"color": colours.ink, "width": 2.5 * colours.stroke}
    return [{"type": "rect", "x0": 0, "x1": 1, "y0": row - BAR / 2, "y1": row + BAR / 2, "line": line}]


def hand_and_computed(
    hand: Array,
    computed: Array,
    names: Sequence[str],
    *,
    row: int | None = None,
    role: int = 0,
    height: int = 420,
    theme: str = "light",
) -> go.Figure:
    """Draw the weights that were set by hand (hollow) beside those that attention computes (full).

    Parameters
    ----------
    hand, computed : ndarray of shape (n,)
    names : sequence of str, of length n
    row : int, optional
        The word itself: its name is set bold.
    role : int
        Which sentence this is (0 is A): its colour.
    """
    colours = palette(theme)
    places = list(range(len(names)))
    top = 2 * colours.label
    size = int(min(colours.label, (height - top) / len(names) * 0.45))
    styles = (
        ("by hand", hand, {"color": tint(colours.quiet, 0.08), "line": {"color": colours.quiet, "width": 3}}),
        ("computed", computed, {"color": colours.fills[role], "line": {"color": colours.inks[role], "width": 1}}),
    )
    bars = [
        {
            "type": "bar",
            "orientation": "h",
            "name": name,
            "x": weights.tolist(),
            "y": places,
            "text": [f"{weight:.2f}" for weight in weights],
            "textposition": "outside",
            "textangle": 0,
            "constraintext": "none",
            "cliponaxis": False,
            "textfont": {"size": size, "color": colours.ink},
            "marker": marker,
            "customdata": [label(one) for one in names],
            "hovertemplate": f"%{{customdata}}, {name}: %{{x:.3f}}<extra></extra>",
        }
        for name, weights, marker in styles
    ]
    words = rows_axis(
        [f"<b>{label(name)}</b> " if at == row else f"{label(name)} " for at, name in enumerate(names)], colours
    )
    highest = float(max(hand.max(), computed.max()))
    named = {"orientation": "h", "x": 0, "xanchor": "left", "y": 1, "yanchor": "bottom", "traceorder": "normal"}
    named |= {"itemclick": False, "itemdoubleclick": False, "font": {"size": colours.label, "color": colours.ink}}
    looks = layout(
        colours,
        height,
        margin={"l": 8, "r": 4 * size, "t": top, "b": 8},
        bargap=0.2,
        bargroupgap=0.06,
        xaxis=bare_axis(range=[0, highest]),
        yaxis=words,
    )
    return figure(bars, looks | {"showlegend": True, "legend": named})


def softmax_sum(
    word: str,
    tokens: Sequence[str],
    scaled: Array,
    weights: Array,
    *,
    divisor: float,
    others: int = 0,
    narrow: bool = False,
) -> str:
    r"""Write the weighted sum with where its weights come from, a line a word, as LaTeX.

    Parameters
    ----------
    word : str
        The word that is rewritten.
    tokens : sequence of str, of length n
        The words that are written out.
    scaled : ndarray of shape (n,)
        The score of each as it goes into the softmax; a line is left out where it is -inf.
    weights : ndarray of shape (n,)
        What comes out of it.
    divisor : float
        What the dot products are divided by; 1 is not written.
    others : int
        How many words are not written out: the rest of the weight is theirs.
    narrow : bool
        For a phone: the numbers stand under the words.
    """
    own, over = latex(word), "" if divisor == 1 else rf"\,/\,{divisor:.2f}"
    gap = r" \\ & \quad" if narrow else " &"
    lines = [
        rf"\mathrm{{softmax}}(e_{{{own}}} \cdot e_{{{latex(token)}}}{over}) \cdot e_{{{latex(token)}}}"
        rf"{gap} {score:.2f} \to \mathbf{{{weight:.2f}}}"
        for token, score, weight in zip(tokens, scaled, weights, strict=True)
        if np.isfinite(score)
    ]
    if others:
        lines.append(rf"\text{{{others} more}}{gap} \mathbf{{{max(0.0, 1 - float(weights.sum())):.2f}}}")
    starts = [f"e_{{{own}}}' =", *["+"] * len(lines)]
    body = r" \\[0.35em] ".join(f"{start} & {line}" for start, line in zip(starts, lines, strict=False))
    return rf"\begin{{array}}{{rll}} {body} \end{{array}}"
