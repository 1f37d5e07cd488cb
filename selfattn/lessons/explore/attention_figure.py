"""What attention meets in frequent words and in rare ones: pairs of bars, a pair for each quantity."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from selfattn.core.rounding import plain_fixed
from selfattn.figures.labels import text_width
from selfattn.figures.palette import LABEL, Palette, bare_axis, figure, layout, palette, rows_axis
from selfattn.lessons.explore.frequency_figure import MEANS, WORDS
from selfattn.sets.explore.frequency import Favour

ROW = 28  # pixels of a bar or of a title, for type of the usual size
NAMES = ("frequent", "rare")
QUANTITIES = ("length of the vector", "cosine with other words", "dot product with other words", "weight by attention")


def favour_bars(favour: Favour, *, height: int = 0, theme: str = "light") -> go.Figure:
    """Draw length, cosine, dot product and weight, each on its own scale, of a frequent word and of a rare one.

    Parameters
    ----------
    favour : Favour
    height : int
        Pixels, unless the bars need more.
    theme : str
        "light" or "dark", or either for a "room".
    """
    colours = palette(theme)
    scale, pairs = colours.label / LABEL, _pairs(favour)
    places = [3 * at + place for at in range(len(pairs)) for place in (1, 2)]
    shares = [value / (max(map(abs, pair)) or 1.0) for pair in pairs for value in pair]
    low = min(0.0, *shares)
    room = text_width("−00.00", colours.label)
    bars = {
        "type": "bar", "orientation": "h", "x": shares, "y": places, "width": 0.72, "cliponaxis": False,
        "text": [plain_fixed(value, 2) for pair in pairs for value in pair], "textposition": "outside",
        "constraintext": "none", "textfont": {"size": colours.label, "color": colours.ink}, "hoverinfo": "skip",
        "marker": {
            "color": [colours.fills[kind] for _ in pairs for kind in (WORDS, MEANS)],
            "pattern": {"shape": ["", "/"] * len(pairs), "fillmode": "overlay", "solidity": 0.12,
                        "fgcolor": colours.paper, "fgopacity": 0.7},
        },
    }  # fmt: skip
    looks = layout(
        colours,
        max(height, round(ROW * scale * 3 * len(pairs)) + 8),
        margin={"l": 8, "r": round(room) + 12, "t": 4, "b": 4},
        # a number that stands to the left of a bar must not reach its name, on a phone either
        xaxis=bare_axis(range=[low - (0.45 if low else 0), 1], zeroline=True, zerolinecolor=colours.line),
        yaxis=rows_axis(["", *NAMES] * len(pairs), colours),
        annotations=[_title(3 * at, text, colours) for at, text in enumerate(QUANTITIES)],
    )
    return figure([bars], looks)


def _pairs(favour: Favour) -> list[tuple[float, float]]:
    often, rare = favour.frequent, favour.rare
    return [
        (often.length, rare.length), (often.cosine, rare.cosine), (often.dot, rare.dot),
        (favour.weight, 1 - favour.weight),
    ]  # fmt: skip


def _title(row: int, text: str, colours: Palette) -> dict[str, Any]:
    return {
        "text": f"<b>{text}</b>", "xref": "paper", "x": 0, "xanchor": "left", "y": row, "yanchor": "middle",
        "showarrow": False, "font": {"size": colours.small, "color": colours.ink},
    }  # fmt: skip
