"""The neighbours of a word in two sets of vectors, side by side; a line joins a word that is on both lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from selfattn.figures.labels import text_width
from selfattn.figures.motion import NARROW
from selfattn.figures.palette import LABEL, Palette, Size, bare_axis, figure, layout, palette
from selfattn.figures.text import escaped, label
from selfattn.sets.explore import Comparison, Pairs

ROW, HEAD = 34, 40  # pixels of a word, and of the names of the sets, for type of the usual size
COLUMN = 0.42  # of the width, at most, for the words of a set
GAP = 12  # pixels between a dot and its word
SETS = (2, 3)  # the colours: no sentence speaks here, so that neither is A
BOLD = 1.08  # times the width of plain type


def comparison_figure(
    comparison: Comparison, names: tuple[str, str], *, size: Size | None = None, theme: str = "light"
) -> go.Figure:
    """Draw two columns of words with their cosines, nearest on top; a shared word is bold, and its dot full.

    Parameters
    ----------
    comparison : Comparison
    names : tuple of str
        What the sets are called.
    size : Size, optional
        The width in which nothing may overlap; the height is what the words need.
    theme : str
        "light" or "dark", or either for a "room".
    """
    colours, size = palette(theme), size or Size()
    room = COLUMN * size.width
    lists = comparison.first, comparison.second
    rows = max(1, *(len(one or ()) for one in lists))
    scale = colours.label / LABEL
    looks = layout(
        colours,
        round((HEAD + ROW * rows) * scale) + 4,
        margin={"l": round(room), "r": round(room), "t": round(HEAD * scale), "b": 4},
        hovermode="closest",
        xaxis=bare_axis(range=[-0.06, 1.06]),
        yaxis=bare_axis(range=[rows - 0.5, -0.5]),
        annotations=[*_heads(names, room, colours), *_nothing(lists, colours)],
    )
    traces = [_joined(word, lists, colours) for word in comparison.shared]
    for side, found in enumerate(lists):
        texts = _texts(found or (), side, comparison.shared, room, colours, numbers=size.width >= NARROW)
        traces += [_dots(found or (), side, comparison.shared, colours), _written(texts, side, colours)]
    return figure(traces, looks)


def cut(text: str, pixels: float, size: int) -> str:
    """Keep the first letters of a text that is wider than its place.

    >>> cut("banking", 60, 18), cut("bank", 60, 18)
    ('bank…', 'bank')
    """
    if text_width(text, size) <= pixels:
        return text
    kept = text[: int(pixels / (0.5 * size))]  # a start that is never too short
    while kept and text_width(f"{kept}…", size) > pixels:
        kept = kept[:-1]
    return f"{kept}…"


def _texts(
    found: Pairs, side: int, shared: Sequence[str], room: float, colours: Palette, *, numbers: bool
) -> list[str]:
    """Write the words of a list, cut to their place, with their cosines on the far side of the dots."""
    letters = room - GAP - (text_width("−0.00   ", colours.small) if numbers else 0)
    texts = []
    for word, cosine in found:
        text = escaped(cut(word, letters / BOLD, colours.label))
        text = f"<b>{text}</b>" if word in shared else text
        number = f"{cosine:.2f}".replace("-", "−")
        parts = [text, f'<span style="color:{colours.quiet};font-size:{colours.small}px">{number}</span>'][
            : 1 + numbers
        ]
        texts.append("  ".join(parts if side else parts[::-1]))
    return texts


def _written(texts: list[str], side: int, colours: Palette) -> dict[str, Any]:
    """Set texts beside unseen markers: Plotly sets a text 1 + radius / 0.8 pixels away from its point."""
    return {
        "type": "scatter", "mode": "markers+text", "x": [side] * len(texts), "y": list(range(len(texts))),
        "text": texts, "textposition": ("middle left", "middle right")[side], "cliponaxis": False,
        "textfont": {"size": colours.label, "color": colours.ink}, "hoverinfo": "skip",
        "marker": {"size": 2 * 0.8 * (GAP * colours.stroke - 1), "opacity": 0},
    }  # fmt: skip


def _dots(found: Pairs, side: int, shared: Sequence[str], colours: Palette) -> dict[str, Any]:
    shade = colours.fills[SETS[side]]
    dot = {
        "size": 12 * colours.stroke, "line": {"color": shade, "width": 2.5 * colours.stroke}, "opacity": 1,
        "color": [shade if word in shared else colours.paper for word, _ in found],
    }  # fmt: skip
    said = [f"{label(word)}: cosine {cosine:.3f}" for word, cosine in found]
    return {
        "type": "scatter", "mode": "markers", "x": [side] * len(found), "y": list(range(len(found))), "marker": dot,
        "hovertext": said, "hoverinfo": "text", "cliponaxis": False,
    }  # fmt: skip


def _joined(word: str, lists: tuple[Pairs | None, Pairs | None], colours: Palette) -> dict[str, Any]:
    """Join a word on the one list with the same on the other."""
    rows = [[name for name, _ in one or ()].index(word) for one in lists]
    line = {"color": colours.quiet, "width": 2 * colours.stroke}
    return {"type": "scatter", "mode": "lines", "x": [0, 1], "y": rows, "line": line, "hoverinfo": "skip"}


def _heads(names: tuple[str, str], room: float, colours: Palette) -> list[dict[str, Any]]:
    """Write the name of each set above its column."""
    return [
        {
            "text": f"<b>{escaped(cut(name, (room - GAP) / BOLD, colours.label))}</b>", "showarrow": False,
            "xref": "paper", "yref": "paper", "x": side, "y": 1, "yanchor": "bottom", "yshift": 4,
            "xanchor": ("right", "left")[side], "xshift": (-GAP, GAP)[side],
            "font": {"size": colours.label, "color": colours.inks[SETS[side]]},
        }
        for side, name in enumerate(names)
    ]  # fmt: skip


def _nothing(lists: tuple[Pairs | None, Pairs | None], colours: Palette) -> list[dict[str, Any]]:
    """Say of an empty column why it is empty."""
    return [
        {
            "text": "not in this set" if found is None else "no other word", "showarrow": False, "y": 0,
            "xref": "paper", "x": side, "xanchor": ("right", "left")[side], "xshift": (-GAP, GAP)[side],
            "font": {"size": colours.small, "color": colours.quiet},
        }
        for side, found in enumerate(lists)
        if not found
    ]  # fmt: skip
