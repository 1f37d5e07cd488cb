"""The meaning meter: how near a word is to each sense, before and after attention."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from selfattn.core.rounding import plain_fixed
from selfattn.figures.marks import change, hollow, line, points, rule
from selfattn.figures.palette import LETTERS, SMALL, bare_axis, draw, palette, rows_axis
from selfattn.figures.text import bold, label

ROW = 34  # pixels a line, for type of the usual size
NUMBERS = 112  # pixels to the right of the lines, for type of the usual size: "0.00 → 0.00"


@dataclass(frozen=True, slots=True)
class MeterReading:
    """What the meter says of one sentence (`role` 0 is A): a cosine a sense, before and after."""

    role: int
    before: dict[str, float]
    after: dict[str, float]


def meaning_meter_figure(
    readings: Sequence[MeterReading], *, names: Sequence[str] = LETTERS, theme: str = "light"
) -> go.Figure:
    """Draw a line for each sense and sentence: hollow where the word was, full where it is.

    Parameters
    ----------
    readings : sequence of MeterReading
        At least one; all with the same senses, in the same order.
    names : sequence of str
        What the sentences are called: that of role 0, of role 1, …
    theme : str
        "light" or "dark".
    """
    colours = palette(theme)
    lines = [(sense, reading) for sense in readings[0].before for reading in readings]
    rows = list(range(len(lines)))
    before, after = ([getattr(reading, side)[sense] for sense, reading in lines] for side in ("before", "after"))
    lowest = min(0.0, *before, *after)
    fills = [colours.fills[reading.role] for _, reading in lines]
    full = {"size": 15 * colours.stroke, "color": fills}
    traces = [
        *(
            line([start, end], [row, row], colours.pen(fill, 5))
            for row, start, end, fill in zip(rows, before, after, fills, strict=True)
        ),
        points(before, rows, hollow(colours, 13, 2.5), hovertemplate="static %{x:.2f}<extra></extra>"),
        points(after, rows, full, hovertemplate="contextual %{x:.2f}<extra></extra>"),
    ]
    return draw(
        traces,
        colours,
        round(ROW * colours.zoom) * len(lines) + 16,
        margin={"l": 8, "r": round(NUMBERS * colours.small / SMALL), "t": 8, "b": 8},
        xaxis=bare_axis(range=[lowest - 0.02, 1.0]),
        yaxis=rows_axis([f"{label(sense)}  {bold(names[reading.role])}" for sense, reading in lines], colours),
        shapes=[rule((lowest, 1), (row, row), colours.pen(colours.line, 2), layer="below") for row in rows],
        annotations=[
            change(plain_fixed(start, 2), plain_fixed(end, 2), row, colours)
            for row, start, end in zip(rows, before, after, strict=True)
        ],
    )
