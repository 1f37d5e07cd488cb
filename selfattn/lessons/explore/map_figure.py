"""A word and its neighbours as points, on two axes or on three."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from selfattn.figures.labels import text_width
from selfattn.figures.motion import NARROW
from selfattn.figures.named_points import Name, Plot, around, shortened, written
from selfattn.figures.palette import LABEL, Palette, Size, figure, layout, palette, scale, tint
from selfattn.figures.text import label
from selfattn.sets.explore.places import WordMap

FOOT = 34  # pixels under the plot, for type of the usual size: what the axes keep
NAMED = 12  # words that carry their name in three dimensions, where names do not keep apart when they are turned
CAMERA = {"eye": {"x": 1.25, "y": 1.25, "z": 1.25}}
HALF_CUBE = 0.33  # of the plot's height: half a side of the cube, as that camera sees it
PALEST = 0.3  # how deep in colour the farthest neighbour is

Points = NDArray[np.float64]


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
    foot = round(FOOT * colours.label / LABEL)
    plot = Plot.around(_taken_in(places), size.width - 8.0, size.height - foot - 4.0, equal=places.is_space)
    names = [
        Name(x, y, word, colours.label + (0 if at else 2), colours.ink, must=not at)
        for at, (word, (x, y)) in enumerate(zip(places.words, places.points.tolist(), strict=True))
    ]
    obstacles = around(places.points[1:], plot, 7 * colours.stroke) + around(
        places.points[:1], plot, 13 * colours.stroke
    )
    looks = layout(
        colours,
        size.height,
        margin={"l": 4, "r": 4, "t": 4, "b": foot},
        hovermode="closest",
        xaxis=_axis(plot.x, places, colours),
        yaxis=_axis(plot.y, places, colours) | ({"scaleanchor": "x"} if places.is_space else {}),
        annotations=[*written(names, plot, obstacles), _foot(places, size, colours)],
    )
    return figure(_dots(places, colours), looks)


def _solid(places: WordMap, size: Size, colours: Palette) -> go.Figure:
    foot = round(FOOT * colours.label / LABEL)
    nothing = dict.fromkeys(("showticklabels", "showspikes", "showbackground"), False) | {"title": {"text": ""}}
    lines = {"gridcolor": colours.line, "zerolinecolor": colours.quiet, "showline": True, "linecolor": colours.line}
    middle, reach = _cube(_taken_in(places))
    axes = {
        f"{name}axis": nothing | lines | {"range": [float(centre - reach), float(centre + reach)]}
        for name, centre in zip("xyz", middle, strict=True)
    }
    scene = {"dragmode": "turntable", "bgcolor": "rgba(0,0,0,0)", "aspectmode": "cube", "camera": CAMERA}
    looks = layout(
        colours,
        size.height,
        margin={"l": 0, "r": 0, "t": 0, "b": foot},
        scene=axes | scene | {"annotations": _names_in_space(places, size, size.height - foot, colours)},
        annotations=[_foot(places, size, colours)],
    )
    return figure(_dots(places, colours), looks)


def _taken_in(places: WordMap) -> Points:
    """Give the points that the plot must hold; where it is the space, zero too, from which vectors start."""
    start = np.zeros((int(places.is_space), places.points.shape[1]))
    return np.vstack([places.points, start])


def _cube(points: Points) -> tuple[Points, float]:
    """Give the middle of points of shape (n, 3) and half the side of a cube around them: no axis is stretched."""
    low, high = points.min(axis=0), points.max(axis=0)
    return (low + high) / 2, float((high - low).max()) * 0.55 or 1.0


def _seen(places: WordMap, width: float, height: float) -> Points:
    """Estimate where the words are seen by the first camera, in pixels from the upper left corner, of shape (n, 2)."""
    middle, reach = _cube(_taken_in(places))
    toward = np.full(3, 1 / np.sqrt(3))  # the camera stands on the cube's diagonal
    across = np.array([-1.0, 1.0, 0.0]) / np.sqrt(2)
    down = -np.cross(toward, across)
    sides = (places.points - middle) / reach @ np.stack([across, down], axis=1)
    return np.asarray(sides * HALF_CUBE * min(width, height) + np.array([width / 2, height / 2]))


def _names_in_space(places: WordMap, size: Size, height: float, colours: Palette) -> list[dict[str, Any]]:
    """Name the word and its nearest neighbours, as far as no name covers another before the map is turned."""
    kept: list[int] = []
    boxes = np.zeros((0, 4))
    for at, (x, y) in enumerate(_seen(places, size.width, height).tolist()):
        half = text_width(shortened(places.words[at]), colours.small if at else colours.label + 2) / 2
        box = np.array([x - half, y - 0.7 * colours.label, x + half, y + 0.7 * colours.label])
        covers = (np.minimum(boxes[:, 2:], box[2:]) > np.maximum(boxes[:, :2], box[:2])).all(axis=1).any()
        if not covers and len(kept) < NAMED:
            kept.append(at)
            boxes = np.vstack([boxes, box])
    return [
        dict(zip("xyz", places.points[at].tolist(), strict=True))
        | {
            "showarrow": False, "yshift": round((9 if at else 16) * colours.stroke + 0.55 * colours.small),
            "text": _name(places.words[at]) if at else f"<b>{_name(places.words[at])}</b>",
            "font": {"size": colours.small if at else colours.label, "color": colours.ink},
        }
        for at in kept
    ]  # fmt: skip


def _dots(places: WordMap, colours: Palette) -> list[dict[str, Any]]:
    """Draw the neighbours as dots, and the word itself as a ring: what is static is hollow."""
    near = places.cosines[1:]
    span = float(np.ptp(near)) if len(near) else 0.0
    depths = (near - near.min()) / span if span else np.ones(len(near))  # 0 for the farthest, 1 for the nearest
    large = colours.stroke * (0.5 if places.points.shape[1] > 2 else 1)
    dot = {
        "size": 11 * large, "color": (PALEST + (1 - PALEST) * depths).tolist(), "cmin": 0, "cmax": 1, "opacity": 1,
        "colorscale": scale(colours.weights), "showscale": False,
    }  # fmt: skip
    edge = {"width": 3 * colours.stroke, "color": colours.ink}
    ring = {"size": 20 * large, "symbol": "circle-open", "color": colours.ink, "line": edge}
    said = [f"{label(word)}: cosine {cosine:.3f}" for word, cosine in zip(places.words, places.cosines, strict=True)]
    return [
        _points(places.points[1:], said[1:], dot),
        _points(places.points[:1], [label(places.words[0])], ring),
    ]


def _points(rows: Points, said: list[str], marker: dict[str, Any]) -> dict[str, Any]:
    kind = "scatter3d" if rows.shape[1] > 2 else "scatter"
    places = dict(zip("xyz", rows.T.tolist(), strict=False))
    return {"type": kind, "mode": "markers", "hoverinfo": "text", "hovertext": said, "marker": marker, **places}


def _axis(limits: tuple[float, float], places: WordMap, colours: Palette) -> dict[str, Any]:
    zero = {"zeroline": True, "zerolinecolor": colours.line, "zerolinewidth": colours.stroke}
    bare = {"range": list(limits), "showgrid": False, "showticklabels": False, "ticks": "", "fixedrange": True} | zero
    numbers = {
        "showgrid": True, "gridcolor": tint(colours.line, 0.6), "showticklabels": True, "ticklabelposition": "inside",
        "tickfont": {"size": colours.small, "color": colours.quiet}, "nticks": 8, "zerolinecolor": colours.quiet,
    }  # fmt: skip
    return bare | numbers if places.is_space else bare


def _foot(places: WordMap, size: Size, colours: Palette) -> dict[str, Any]:
    """Say how much of the words' variance is seen."""
    count, kept = {2: "two", 3: "three"}[places.points.shape[1]], f"{sum(places.explained_variance):.0%}"
    narrow = size.width < NARROW
    if places.is_space:
        said = "the plot is the space" if narrow else f"{count} numbers a word: the plot is the space"
    else:
        said = f"axes keep {kept}" if narrow else f"the {count} axes keep {kept} of the variance"
    return {
        "text": said, "xref": "paper", "yref": "paper", "x": 0.5, "y": 0, "xanchor": "center", "yanchor": "top",
        "yshift": -6, "showarrow": False, "font": {"size": colours.small, "color": colours.quiet},
    }  # fmt: skip


def _name(word: str) -> str:
    return label(shortened(word))
