"""What a change does to the weights of one word: two bars a word, hollow before, full after."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from selfattn.figures.marks import Mark, bars, change, hover
from selfattn.figures.palette import CLEAR, SMALL, bare_axis, draw, palette, rows_axis
from selfattn.figures.text import LONGEST, bold, label
from selfattn.views.whatif.change import REST, WeightChange

NARROW_LETTERS = 11  # of a word, on a phone
THICK, GAP = 0.36, 0.02  # of the place that a word has: a bar, and half the gap between two
NUMBERS = 112  # pixels to the right of the bars, for type of the usual size: "0.00 → 0.00"
NONE = "–"


def before_after_bars(
    pairs: Sequence[WeightChange], *, height: int = 300, narrow: bool = False, theme: str = "light"
) -> go.Figure:
    """Draw what each word gives before a change and after it.

    Parameters
    ----------
    pairs : sequence of WeightChange
        From the top. What became of a word stands as its sign before its name, since colour alone does not tell; the
        name of the followed word is bold. One that sums up the rest has its numbers and no bars, which would dwarf the
        others.
    height : int
        Of the figure, in pixels.
    narrow : bool
        For a phone: long words are cut.
    theme : str
    """
    colours = palette(theme)
    longest = NARROW_LETTERS if narrow else LONGEST
    names = [bold(f"{pair.sign} " * bool(pair.sign) + label(pair.word, longest), pair.followed) for pair in pairs]
    drawn = [pair for pair in pairs if pair.sign != REST]
    hollow = {"color": CLEAR, "line": colours.pen(colours.inks[0], 2)}
    full = {"color": colours.fills[1], "line": colours.pen(colours.inks[1], 2)}
    top = max(weight or 0.0 for pair in drawn for weight in (pair.before, pair.after)) or 1.0
    return draw(
        [_side("before", drawn, marker=hollow, offset=-THICK - GAP), _side("after", drawn, marker=full, offset=GAP)],
        colours,
        height,
        margin={"l": 8, "r": round(NUMBERS * colours.small / SMALL), "t": 4, "b": 4},
        barmode="overlay",
        xaxis=bare_axis(range=[0, top * 1.02]),
        yaxis=rows_axis(names, colours),
        annotations=[
            change(_number(pair.before), _number(pair.after), place, colours) for place, pair in enumerate(pairs)
        ],
    )


def _side(name: str, pairs: Sequence[WeightChange], **looks: Any) -> Mark:
    weights = {place: getattr(pair, name) for place, pair in enumerate(pairs) if getattr(pair, name) is not None}
    names = hover([label(pairs[place].word) for place in weights], f", {name}: %{{x:.3f}}")
    return bars(list(weights.values()), list(weights), name=name, width=THICK, **names, **looks)


def _number(weight: float | None) -> str:
    return NONE if weight is None else f"{weight:.2f}"
