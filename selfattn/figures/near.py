"""The nearest words of a word, as bars of their cosines, each in the colour of its sense."""

from collections.abc import Sequence

import plotly.graph_objects as go

from selfattn.core.rounding import plain_fixed
from selfattn.figures.labels import text_width
from selfattn.figures.marks import bars, beside, hatched, hover
from selfattn.figures.palette import bare_axis, draw, palette, rows_axis
from selfattn.figures.text import label, labels

GREY = "#8A929D"
HATCH = {"solidity": 0.12, "fgopacity": 0.7}  # thin enough that the colour is still seen


def neighbour_bars(
    words: Sequence[str],
    cosines: Sequence[float],
    senses: Sequence[str | None],
    order: Sequence[str],
    *,
    plain: str = GREY,
    limits: tuple[float, float] | None = None,
    height: int = 440,
    theme: str = "light",
) -> go.Figure:
    """Draw a bar for each near word, nearest on top, with its cosine and its sense beside it.

    Parameters
    ----------
    words, cosines, senses : sequences of length n
        A sense of None is drawn grey.
    order : sequence of str
        The senses: the first is orange, the second blue.
    plain : str
        The colour of words without a sense.
    limits : (float, float), optional
        What the axis shows, with a line at zero; without them, from zero or the least to the largest cosine.
    height : int
        Pixels.
    theme : str
        "light" or "dark", or either for a "room".
    """
    colours = palette(theme)
    roles = [order.index(sense) if sense in order else None for sense in senses]
    numbers = [
        f"{plain_fixed(cosine, 2)}{f'  <b>{label(sense)}</b>' if sense else ''}"
        for cosine, sense in zip(cosines, senses, strict=True)
    ]
    room = max(text_width(f"0.00  {label(sense or '')}", colours.label) for sense in senses)
    inks = [colours.ink if role is None else colours.inks[role] for role in roles]
    marker = {
        "color": [plain if role is None else colours.fills[role] for role in roles],
        "pattern": hatched([role == 1 for role in roles], colours, **HATCH),
    }
    drawn = bars(list(cosines), list(range(len(words))), marker, **hover(labels(words), ": cosine %{x:.3f}"))
    zero = {"range": list(limits), "zeroline": True, "zerolinecolor": colours.line} if limits else {}
    return draw(
        [drawn | beside(numbers, {"size": colours.label, "color": inks})],
        colours,
        height,
        margin={"l": 8, "r": round(room) + 12, "t": 4, "b": 4},
        xaxis=bare_axis(**{"range": [min(0.0, *cosines), max(cosines)]} | zero),
        yaxis=rows_axis(labels(words), colours),
        bargap=0.22,
    )
