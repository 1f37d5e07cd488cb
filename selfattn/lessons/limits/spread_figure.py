"""What the width of vectors does to their dot products, and what dividing by √d undoes."""

import math
from collections.abc import Sequence

import plotly.graph_objects as go

from selfattn.figures.marks import Mark, foot, hover, note, points
from selfattn.figures.palette import Palette, bare_axis, draw, named_axis, palette

FOOT = 64  # pixels under the chart, for type of the usual size
SPREADS, DIVIDED = 1, 2  # the colours: no sentence speaks here, so that neither is A


def spread_chart(
    widths: Sequence[int],
    before: Sequence[float],
    after: Sequence[float],
    *,
    words: tuple[int, float, float] | None = None,
    height: int = 320,
    theme: str = "light",
) -> go.Figure:
    """Draw the standard deviation of dot products against the width of the vectors.

    Parameters
    ----------
    widths : sequence of int
        At least two, growing by the same factor.
    before, after : sequence of float
        Undivided, and divided by √d.
    words : tuple of (int, float, float), optional
        Width, before and after of word vectors: two diamonds.
    height : int
    theme : str
    """
    colours = palette(theme)
    places = [_place(width, widths) for width in widths]
    shades = colours.inks[SPREADS], colours.inks[DIVIDED]
    traces = [
        _line(places, before, widths, shades[0], "", colours) | {"textposition": "top left"},
        _line(places, after, widths, shades[1], ", ÷ √d", colours) | {"textposition": "bottom center"},
    ]
    if words:
        traces.append(_words(*words, _place(words[0], widths), shades, colours))
    ground = {"range": [-0.5, len(widths) - 0.6], "showline": True, "linecolor": colours.line}
    return draw(
        traces,
        colours,
        height,
        margin={"l": 8, "r": 8, "t": 8, "b": round(FOOT * colours.zoom)},
        xaxis=named_axis(places, list(map(str, widths)), colours.font(colours.small), **ground),
        yaxis=bare_axis(range=[-max(before) / 5, max(before) * 1.2]),  # room for the numbers under and over the lines
        annotations=_names(before, places, shades, colours),
    )


def _place(width: int, widths: Sequence[int]) -> float:
    """Count steps of the same factor: 0 for the first width."""
    return math.log(width / widths[0]) / math.log(widths[1] / widths[0])


def _line(
    places: list[float], values: Sequence[float], widths: Sequence[int], shade: str, divided: str, colours: Palette
) -> Mark:
    return points(
        places, list(values), {"size": 11 * colours.stroke, "color": shade}, mode="lines+markers+text",
        line=colours.pen(shade, 3), text=[f"{value:.1f}" for value in values], cliponaxis=False,
        textfont=colours.font(colours.small, shade), **hover(list(widths), f" numbers{divided}: %{{y:.2f}}"),
    )  # fmt: skip


def _words(width: int, before: float, after: float, place: float, shades: tuple[str, str], colours: Palette) -> Mark:
    marker = {"size": 15 * colours.stroke, "symbol": "diamond", "color": list(shades)}
    hovers = [f"word vectors of {width} numbers: {before:.2f}", f"word vectors of {width} numbers, ÷ √d: {after:.2f}"]
    return points([place, place], [before, after], marker, hovers)


def _names(before: Sequence[float], places: list[float], shades: tuple[str, str], colours: Palette) -> list[Mark]:
    """Name the lines beside them, and the axis."""
    end = {"xanchor": "right", "yanchor": "bottom"}
    dots, divided = (colours.font(color=shade) for shade in shades)
    return [
        note("<b>dot products</b>", dots, x=places[-2], y=before[-2], yshift=26 * colours.stroke, **end),
        note("<b>÷ √d</b>", divided, x=places[-1], y=1, yshift=8 * colours.stroke, **end),
        foot("d: numbers in a vector", colours, yshift=-30 * colours.zoom, font=colours.font(colours.small)),
    ]
