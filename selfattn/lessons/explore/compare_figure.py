"""The neighbours of a word in two sets of vectors, side by side; a line joins a word that is on both lists."""

from collections.abc import Sequence

import plotly.graph_objects as go

from selfattn.figures.labels import text_width
from selfattn.figures.marks import PAPER, Mark, line, note, points, unseen
from selfattn.figures.palette import Palette, Size, bare_axis, draw, palette
from selfattn.figures.text import bold, escaped, label
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
    rows = max(1, *(len(pairs or ()) for pairs in lists))
    ranks = [{word: row for row, (word, _) in enumerate(pairs or ())} for pairs in lists]
    pen = colours.pen(colours.quiet, 2)
    traces = [line([0, 1], [rows_of[word] for rows_of in ranks], pen) for word in comparison.shared]
    for side, pairs in enumerate(lists):
        traces += _list(pairs or (), side, comparison.shared, room, colours, numbers=not size.narrow)
    return draw(
        traces,
        colours,
        round((HEAD + ROW * rows) * colours.zoom) + 4,
        margin={"l": round(room), "r": round(room), "t": round(HEAD * colours.zoom), "b": 4},
        hovermode="closest",
        xaxis=bare_axis(range=[-0.06, 1.06]),
        yaxis=bare_axis(range=[rows - 0.5, -0.5]),
        annotations=[*_heads(names, room, colours), *_nothing(lists, colours)],
    )


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


def _list(
    pairs: Pairs, side: int, shared: Sequence[str], room: float, colours: Palette, *, numbers: bool
) -> list[Mark]:
    """Draw the dots of a list, and set its words beside them, cut to their place, with their cosines farther out."""
    letters = room - GAP - (text_width("−0.00   ", colours.small) if numbers else 0)
    texts = []
    for word, cosine in pairs:
        parts = [bold(escaped(cut(word, letters / BOLD, colours.label)), word in shared)]
        if numbers:
            number = f"{cosine:.2f}".replace("-", "−")
            parts.append(f'<span style="color:{colours.quiet};font-size:{colours.small}px">{number}</span>')
        texts.append("  ".join(parts if side else parts[::-1]))
    shade, x, y = colours.fills[SETS[side]], [side] * len(pairs), list(range(len(pairs)))
    dot = {
        "size": 12 * colours.stroke, "line": colours.pen(shade, 2.5), "opacity": 1,
        "color": [shade if word in shared else colours.paper for word, _ in pairs],
    }  # fmt: skip
    hidden = {"size": unseen(GAP * colours.stroke), "opacity": 0}
    hovers = [f"{label(word)}: cosine {cosine:.3f}" for word, cosine in pairs]
    written = points(
        x, y, hidden, mode="markers+text", text=texts, cliponaxis=False, textfont=colours.font(), hoverinfo="skip",
        textposition=("middle left", "middle right")[side],
    )  # fmt: skip
    return [points(x, y, dot, hovers, cliponaxis=False), written]


def _heads(names: tuple[str, str], room: float, colours: Palette) -> list[Mark]:
    """Write the name of each set above its column."""
    above = PAPER | {"y": 1, "yanchor": "bottom", "yshift": 4}
    return [
        note(
            bold(escaped(cut(name, (room - GAP) / BOLD, colours.label))),
            colours.font(color=colours.inks[SETS[side]]), **above | _column(side),
        )
        for side, name in enumerate(names)
    ]  # fmt: skip


def _nothing(lists: tuple[Pairs | None, Pairs | None], colours: Palette) -> list[Mark]:
    """Say of an empty column why it is empty."""
    font = colours.font(colours.small, colours.quiet)
    return [
        note("not in this set" if pairs is None else "no other word", font, y=0, xref="paper", **_column(side))
        for side, pairs in enumerate(lists)
        if not pairs
    ]


def _column(side: int) -> Mark:
    """Place a text at the outer side of a column's dots."""
    return {"x": side, "xanchor": ("right", "left")[side], "xshift": (-GAP, GAP)[side]}
