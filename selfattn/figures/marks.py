"""What figures are made of: notes, frames, points, lines, strips and bars, as the dictionaries that Plotly takes."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from selfattn.figures.labels import text_width
from selfattn.figures.palette import Palette, scale
from selfattn.figures.text import LONGEST, bold, label, short

Array = NDArray[np.floating[Any]]
Mark = dict[str, Any]

PAPER: Mark = {"xref": "paper", "yref": "paper"}  # the whole plot is 1 wide and 1 high
BELOW: Mark = PAPER | {"y": 0, "yanchor": "top"}  # under the plot
BESIDE: Mark = {"xref": "paper", "x": 1, "xanchor": "left", "xshift": 8}  # in the right margin, at a row


def steady(**looks: Mark) -> Mark:
    """Give what looks the same after a click on it or beside it: Plotly would make the others paler."""
    return {"selected": looks, "unselected": looks}


CLICKABLE = steady(marker={"opacity": 1})


def note(text: str, font: Mark, **place: Any) -> Mark:
    """Write at a place, as an annotation."""
    return {"text": text, "font": font, "showarrow": False, **place}


def foot(text: str, colours: Palette, **place: Any) -> Mark:
    """Write small and quietly under the plot, in the middle."""
    middle = {"x": 0.5, "xanchor": "center", "yshift": -6, "font": colours.font(colours.small, colours.quiet)}
    return note(text, **BELOW | middle | place)


def change(before: str, after: str, row: int, colours: Palette) -> Mark:
    """Write two numbers beside a row: what was, and what is."""
    return note(f"{before} → <b>{after}</b>", colours.font(colours.small + 1), y=row, **BESIDE)


def frame(x: tuple[float, float], y: tuple[float, float], pen: Mark, **settings: Any) -> Mark:
    """Draw a rectangle from the first to the second of each."""
    return {"type": "rect", "x0": x[0], "x1": x[1], "y0": y[0], "y1": y[1], "line": pen, **settings}


def rule(x: tuple[float, float], y: tuple[float, float], pen: Mark, **settings: Any) -> Mark:
    """Draw a straight line, as a part of the layout."""
    return frame(x, y, pen, **settings) | {"type": "line"}


def points(
    x: Sequence[float], y: Sequence[float], marker: Mark, hovers: Sequence[str] | None = None, **settings: Any
) -> Mark:
    """Draw points; each may have a text that is shown when it is pointed at."""
    hover = {"hoverinfo": "text", "hovertext": list(hovers)} if hovers is not None else {}
    return {"type": "scatter", "mode": "markers", "x": x, "y": y, "marker": marker, **hover, **settings}


def unseen(gap: float) -> float:
    """Give the size of an unseen marker that keeps a text so many pixels away: Plotly leaves 1 + radius / 0.8."""
    return 2 * 0.8 * (gap - 1)


def variance(shown: str, colours: Palette, *, narrow: bool, axes: str = "two", **place: Any) -> Mark:
    """Say under a map how much of the variance its axes keep."""
    return foot(f"axes keep {shown}" if narrow else f"the {axes} axes keep {shown} of the variance", colours, **place)


def end_names(names: Sequence[str], colours: Palette, **place: Any) -> list[Mark]:
    """Say under a map what lies at its left and its right end; nothing where there are no names."""
    texts = [bold(f"← {label(name)}" if not end else f"{label(name)} →") for end, name in enumerate(names)]
    return [
        foot(text, colours, x=end, xanchor=("left", "right")[end], font=colours.font(color=colours.inks[end]), **place)
        for end, text in enumerate(texts)
    ]


def feet(texts: Sequence[str], names: Sequence[str], colours: Palette, width: float, **middle: Any) -> list[Mark]:
    """Name both ends under a plot of so many pixels, and between them write the first of `texts` that leaves them room.

    Where none does, it is the last, and the names are cut.
    """
    longest = max((text_width(f"← {short(name)}", colours.label) for name in names), default=0.0)
    rooms = [(width - text_width(text, colours.small)) / 2 for text in texts]
    text, room = next((pair for pair in zip(texts, rooms, strict=True) if longest < pair[1]), (texts[-1], rooms[-1]))
    cuts = ([short(name, letters) for letters in range(LONGEST, 1, -1)] for name in names)
    fitting = [next((cut for cut in each if text_width(f"← {cut}", colours.label) < room), "…") for each in cuts]
    return [foot(text, colours, **middle), *end_names(fitting, colours)]


def line(x: Sequence[float | None], y: Sequence[float | None], pen: Mark, **settings: Any) -> Mark:
    """Draw a line from point to point, of which nothing is said unless a setting says it."""
    silent = {} if "hovertemplate" in settings else {"hoverinfo": "skip"}
    return {"type": "scatter", "mode": "lines", "x": x, "y": y, "line": pen, **silent, **settings}


def strips(rows: Array, colours: Palette, **settings: Any) -> Mark:
    """Draw vectors as rows of cells, on a scale that is the same on both sides of zero."""
    far = float(np.abs(rows).max()) or 1.0
    shades = {"zmin": -far, "zmax": far, "colorscale": scale(colours.diverging), "showscale": False}
    return {"type": "heatmap", "z": rows, **shades, **settings}


def bars(lengths: Sequence[float], rows: Sequence[float], marker: Mark, **settings: Any) -> Mark:
    """Draw bars to the right, a row each."""
    return {"type": "bar", "orientation": "h", "x": lengths, "y": rows, "marker": marker, **settings}


def beside(texts: Sequence[str], font: Mark) -> Mark:
    """Give bars their texts, beside their ends and upright, however narrow the bars are."""
    looks = {"textposition": "outside", "cliponaxis": False, "constraintext": "none"}
    return {"text": texts, "textfont": font, **looks}


def hover(names: Sequence[str | int], what: str) -> Mark:
    """Say the name of each bar, and `what` its number is, when it is pointed at."""
    return {"customdata": names, "hovertemplate": f"%{{customdata}}{what}<extra></extra>"}


def hatched(yes: Sequence[bool], colours: Palette, **settings: Any) -> Mark:
    """Hatch some bars, so that colour alone does not tell."""
    shapes = ["/" if stripes else "" for stripes in yes]
    return {"shape": shapes, "fillmode": "overlay", "fgcolor": colours.paper, **settings}


def hollow(colours: Palette, size: float, edge: float) -> Mark:
    """Give the marker of what is static: a ring."""
    return {"size": size * colours.stroke, "color": colours.paper, "line": colours.pen(colours.quiet, edge)}


def player(frame_ms: int) -> Mark:
    """Give the play button and the pause button: nothing moves before it is asked to.

    They are not seen (`frame/style.css`): buttons of the page press them (`ui/player.py`), for these have no focus.
    Anchored inside the lower left corner, they push no margin: Plotly would make the plot narrower by their width.
    """
    at_once = {"mode": "immediate", "frame": {"duration": 0, "redraw": False}, "transition": {"duration": 0}}
    play = at_once | {"frame": {"duration": frame_ms, "redraw": False}}
    buttons = [
        {"method": "animate", "label": "▶ Play", "args": [None, play]},
        {"method": "animate", "label": "❚❚ Pause", "args": [[None], at_once]},  # [None] tells Plotly to stop
    ]
    corner = {"x": 0, "xanchor": "left", "y": 0, "yanchor": "bottom"}
    return {"type": "buttons", "direction": "left", "showactive": False, "buttons": buttons, **corner}
