"""A word and its neighbours as points, on two axes or on three."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import plotly.graph_objects as go

from selfattn.figures.labels import text_width
from selfattn.figures.marks import Mark, foot, note, points, variance
from selfattn.figures.named_points import Name, Plot, Points, annotation, around, spots, zero_lines
from selfattn.figures.palette import CLEAR, Palette, Size, draw, palette, plane_axes, scale
from selfattn.figures.text import AT_A_POINT, bold, label, short
from selfattn.sets.explore.places import WordMap

FOOT = 34  # pixels under the plot, for type of the usual size: what the axes keep
NAMED = 12  # words that carry their name in three dimensions, where names do not keep apart when they are turned
CAMERA = {"eye": {"x": 1.25, "y": 1.25, "z": 1.25}}
HALF_CUBE = 0.33  # of the plot's height: half a side of the cube, as that camera sees it
PALEST = 0.3  # how deep in colour the farthest neighbour is
DOT, RING, ZERO = 7, 13, 2  # pixels around a neighbour, the word itself and the lines at zero that no name covers


def map_figure(places: WordMap, *, size: Size | None = None, theme: str = "light") -> go.Figure:
    """Draw the neighbourhood of a word: deeper in colour what is nearer, and the word itself as a ring.

    Parameters
    ----------
    places : WordMap
        Of two axes or three: three can be turned with the mouse.
    size : Size, optional
        The smallest figure in which names must not overlap.
    theme : str
        "light" or "dark", or either for a "room".
    """
    colours, size = palette(theme), size or Size()
    return _solid(places, size, colours) if places.points.shape[1] > 2 else _flat(places, size, colours)


def _flat(places: WordMap, size: Size, colours: Palette) -> go.Figure:
    under = round(FOOT * colours.zoom)
    plot = Plot.around(_taken_in(places), size.width - 8.0, size.height - under - 4.0, equal=places.is_space)
    each = zip(places.words, places.points.tolist(), strict=True)
    names = [Name(x=x, y=y, word=word, size=colours.label, colour=colours.ink) for word, (x, y) in each]
    names[0] = replace(names[0], size=colours.label + 2, must=True, room=1)  # bold is wider by a letter
    dots = around(places.points[1:], plot, DOT * colours.stroke)
    ring = around(places.points[:1], plot, RING * colours.stroke)
    zero = {"color": colours.quiet, "width": colours.stroke}
    found = spots(names, plot, [*dots, *ring, *(zero_lines(plot, ZERO) if places.is_space else [])])
    shown = [row for row, spot in enumerate(found) if spot]  # no dot without a name
    return draw(
        _dots(places, shown, colours),
        colours,
        size.height,
        margin={"l": 4, "r": 4, "t": 4, "b": under},
        hovermode="closest",
        **plane_axes(plot.x, plot.y, colours, numbered=places.is_space, equal=places.is_space, **zero),
        annotations=[
            *(annotation(name, spot) for name, spot in zip(names, found, strict=True) if spot),
            _foot(places, len(shown), size, colours),
        ],
    )


def _solid(places: WordMap, size: Size, colours: Palette) -> go.Figure:
    under = round(FOOT * colours.zoom)
    nothing = dict.fromkeys(("showticklabels", "showspikes", "showbackground"), False) | {"title": {"text": ""}}
    lines = {"gridcolor": colours.line, "zerolinecolor": colours.quiet, "showline": True, "linecolor": colours.line}
    middle, reach = _cube(places)
    ranges = [[centre - reach, centre + reach] for centre in middle.tolist()]
    axes = {f"{name}axis": nothing | lines | {"range": shown} for name, shown in zip("xyz", ranges, strict=True)}
    scene = {"dragmode": "turntable", "bgcolor": CLEAR, "aspectmode": "cube", "camera": CAMERA}
    named = _named_in_space(places, size.width, size.height - under, colours)
    return draw(
        _dots(places, named, colours),
        colours,
        size.height,
        margin={"l": 0, "r": 0, "t": 0, "b": under},
        scene=axes | scene | {"annotations": _names_in_space(places, named, colours)},
        annotations=[_foot(places, len(named), size, colours)],
    )


def _taken_in(places: WordMap) -> Points:
    """Give the points that the plot must hold; where it is the space, zero too, from which vectors start."""
    return np.vstack([places.points, np.zeros((int(places.is_space), places.points.shape[1]))])


def _cube(places: WordMap) -> tuple[Points, float]:
    """Give the middle of points, of shape (3,), and half the side of a cube around them: no axis is stretched."""
    points = _taken_in(places)
    low, high = points.min(axis=0), points.max(axis=0)
    return (low + high) / 2, float((high - low).max()) * 0.55 or 1.0


def _seen(places: WordMap, width: float, height: float) -> Points:
    """Estimate where the words are seen by the first camera, in pixels from the upper left corner, of shape (n, 2)."""
    middle, reach = _cube(places)
    across = np.array([-1.0, 1.0, 0.0]) / np.sqrt(2)
    down = -np.cross(np.full(3, 1 / np.sqrt(3)), across)  # the camera stands on the cube's diagonal
    sides = (places.points - middle) / reach @ np.stack([across, down], axis=1)
    return np.asarray(sides * HALF_CUBE * min(width, height) + np.array([width / 2, height / 2]))


def _named_in_space(places: WordMap, width: float, height: float, colours: Palette) -> list[int]:
    """Choose the word and its nearest neighbours, as far as no name covers another before the map is turned."""
    named: list[int] = []
    boxes = np.zeros((0, 4))
    for row, (x, y) in enumerate(_seen(places, width, height).tolist()):
        half = text_width(short(places.words[row], AT_A_POINT), colours.small if row else colours.label + 2) / 2
        box = np.array([x - half, y - 0.7 * colours.label, x + half, y + 0.7 * colours.label])
        covers = (np.minimum(boxes[:, 2:], box[2:]) > np.maximum(boxes[:, :2], box[:2])).all(axis=1).any()
        if not covers and len(named) < NAMED:
            named.append(row)
            boxes = np.vstack([boxes, box])
    return named


def _names_in_space(places: WordMap, named: Sequence[int], colours: Palette) -> list[Mark]:
    return [
        note(
            bold(label(places.words[row], AT_A_POINT), not row), colours.font(colours.small if row else colours.label),
            yshift=round((9 if row else 16) * colours.stroke + 0.55 * colours.small),
            **dict(zip("xyz", places.points[row].tolist(), strict=True)),
        )
        for row in named
    ]  # fmt: skip


def _dots(places: WordMap, shown: Sequence[int], colours: Palette) -> list[Mark]:
    """Draw the neighbours that have a name as dots, and the word itself as a ring: what is static is hollow."""
    near = places.cosines[1:]
    span = float(np.ptp(near)) if len(near) else 0.0
    depths = (near - near.min()) / span if span else np.ones(len(near))  # 0 for the farthest, 1 for the nearest
    others = [row for row in shown if row]
    depths = PALEST + (1 - PALEST) * depths[[row - 1 for row in others]]
    large = colours.stroke * (0.5 if places.points.shape[1] > 2 else 1)
    dot = {
        "size": 11 * large, "color": depths.tolist(), "cmin": 0, "cmax": 1, "opacity": 1,
        "colorscale": scale(colours.weights), "showscale": False,
    }  # fmt: skip
    ring = {"size": 20 * large, "symbol": "circle-open", "color": colours.ink, "line": colours.pen(colours.ink, 3)}
    hovers = [f"{label(word)}: cosine {cosine:.3f}" for word, cosine in zip(places.words, places.cosines, strict=True)]
    return [
        _points(places.points[others], [hovers[row] for row in others], dot),
        _points(places.points[:1], [label(places.words[0])], ring),
    ]


def _points(rows: Points, hovers: list[str], marker: Mark) -> Mark:
    x, y, *z = rows.T.tolist()
    return points(x, y, marker, hovers) | ({"type": "scatter3d", "z": z[0]} if z else {})


def _foot(places: WordMap, shown: int, size: Size, colours: Palette) -> Mark:
    """Say how much of the words' variance is seen, and how many words have no room for their names."""
    count, without = {2: "two", 3: "three"}[places.points.shape[1]], len(places.words) - shown
    if not places.is_space:
        kept = variance(f"{sum(places.explained_variance):.0%}", colours, narrow=size.narrow, axes=count)
        return kept | {"text": f"{kept['text']}; {without} more without room"} if without else kept
    return foot("the plot is the space" if size.narrow else f"{count} numbers a word: the plot is the space", colours)
