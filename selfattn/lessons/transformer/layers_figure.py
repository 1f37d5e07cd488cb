"""One word in several sentences: its paths through the layers in one plane, and beside them a row for each layer.

Both grow together, from layer 0 on.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from selfattn.figures.labels import Placed
from selfattn.figures.marks import Mark, hollow, player, points, variance
from selfattn.figures.motion_view import texts_at
from selfattn.figures.named_points import Name, Plot, along, around, spots
from selfattn.figures.palette import Palette, Size, bare_axis, draw, palette, tint
from selfattn.figures.text import label
from selfattn.lessons.transformer import layers_rows as rows
from selfattn.lessons.transformer.layers_paths import Layers
from selfattn.lessons.transformer.layers_rows import MEAN, SENTENCE, Curve, Look

Array = NDArray[np.float64]
Named = list[tuple[int, Name, Placed]]  # which curve, its name, and where that stands
STEPS, FRAME_MS = 4, 75  # frames from one layer to the next, and how long each is seen
HEAD, UNDER, LEFT = 30, 32, 74  # pixels above, below, and left of the rows, for type of the usual size
MAP = 0.56  # of the width, or on a phone of the height
PALE = 0.3  # how deep the colour of a mean is
RING, KEPT_FREE, FRAME = 20, 4, 44  # pixels: the start, around a way, and around all
DECIMALS = 3
ROWS = {"xaxis": "x2", "yaxis": "y2"}


def layer_by_layer(
    found: Layers, layer: float, *, size: Size | None = None, theme: str = "light", animated: bool = True
) -> go.Figure:
    """Draw the paths as far as a layer.

    Parameters
    ----------
    found : Layers
    layer : float
        From 0 to the last one.
    size : Size, optional
        The smallest figure in which names must not overlap; a narrow one has the rows below the map.
    theme : str
        "light" or "dark", or either for a "room".
    animated : bool
        Add a play button and a pause button.
    """
    size, colours = size or Size(), palette(theme)
    plots, domains = _plots(found, size, colours)
    groups = (_paths(found, colours), rows.curves(found, colours))
    placed = [
        _placed(curves, plot, layer, colours, across)
        for curves, plot, across in zip(groups, plots, ([], rows.across(found)), strict=True)
    ]
    moving = [
        trace | axes
        for curves, names, axes in zip(groups, placed, ({}, ROWS), strict=True)
        for trace in (*(_grown(curve, layer, colours) for curve in curves), _names(curves, names, layer))
    ]
    under_map = {"xref": "x domain", "yref": "y domain"}
    return draw(
        [_start(colours), *moving],
        colours,
        size.height,
        _frames(groups, placed, found.paths.shape[1] - 1) if animated else None,
        margin={"l": 4, "r": 4, "t": round(HEAD * colours.zoom), "b": round(UNDER * colours.zoom)},
        hovermode="closest",
        xaxis=bare_axis(range=list(plots[0].x), domain=domains[0], anchor="y"),
        yaxis=bare_axis(range=list(plots[0].y), domain=domains[1], anchor="x"),
        shapes=rows.ground(found, plots[1].y, colours),
        annotations=[
            *rows.heads(found, colours),
            variance(f"{found.kept:.0%}", colours, narrow=size.narrow, **under_map),
        ],
        **rows.axes(plots[1].x, plots[1].y, domains[2:], colours),
        **({"updatemenus": [player(FRAME_MS)]} if animated else {}),
    )  # fmt: skip


def grown(path: Array, until: ArrayLike) -> Array:
    """Give a path of shape (layers + 1, 2) as far as a layer, or as many: an ndarray of shape (…, layers + 2, 2).

    What lies ahead waits at the tip, which is added as the last point.

    >>> grown(np.array([[0.0, 0.0], [1.0, 2.0]]), 0.5).tolist()
    [[0.0, 0.0], [0.5, 1.0], [0.5, 1.0]]
    """
    layers = np.arange(len(path))
    reached = np.minimum([*layers, len(path)], np.asarray(until)[..., None])
    return np.stack([np.interp(reached, layers, path[:, axis]) for axis in (0, 1)], axis=-1).round(DECIMALS)


def _plots(found: Layers, size: Size, colours: Palette) -> tuple[tuple[Plot, Plot], list[list[float]]]:
    """Give the map and the rows in pixels, and the domains of the axes x, y, x2, y2."""
    width, height = size.width - 8.0, size.height - (HEAD + UNDER) * colours.zoom
    ticks = LEFT * colours.zoom / width
    if size.narrow:
        between = (HEAD + UNDER) * colours.zoom / height / 2
        domains = [[0.0, 1.0], [1 - MAP + between, 1.0], [ticks, 1.0], [0.0, 1 - MAP - between]]
    else:
        domains = [[0.0, MAP], [0.0, 1.0], [MAP + ticks, 1.0], [0.0, 1.0]]
    x, y, x2, y2 = (end - start for start, end in domains)
    drawn = [found.paths] if found.ends is None else [found.paths, found.ends]
    every = np.concatenate([paths.reshape(-1, 2) for paths in drawn])
    return (
        _framed(every, width * x, height * y, FRAME * colours.zoom),
        Plot(*rows.limits(found), width * x2, height * y2),
    ), domains


def _framed(every: Array, width: float, height: float, frame: float) -> Plot:
    """Take in points of shape (n, 2), with so many pixels around them: names stand there."""
    low, high = every.min(axis=0), every.max(axis=0)
    spans = np.where(high > low, high - low, 1.0)
    edge = frame * spans / (np.array([width, height]) - 2 * frame)
    (x0, y0), (x1, y1) = (low - edge).tolist(), (high + edge).tolist()
    return Plot((x0, x1), (y0, y1), width, height)


def _paths(found: Layers, colours: Palette) -> list[Curve]:
    """Give the means of both senses, broad and pale, and the word in each sentence."""
    means = [] if found.ends is None or not found.meanings else zip(found.meanings.senses, found.ends, strict=True)
    return [
        *(
            _path(way, sense, f"mean of {sense}", tint(colours.fills[role], PALE), colours.inks[role], MEAN)
            for role, (sense, way) in enumerate(means)
        ),
        *(
            _path(path, track.letter, track.letter, colours.fills[track.role], colours.inks[track.role], SENTENCE)
            for track, path in zip(found.tracks, found.paths, strict=True)
        ),
    ]


def _path(way: Array, name: str, what: str, fill: str, ink: str, look: Look) -> Curve:
    return Curve(way, name, fill, ink, [f"{label(what)}, layer {layer}" for layer in range(len(way))], look)


def _grown(curve: Curve, until: float, colours: Palette) -> Mark:
    """Draw a curve as far as a layer, a dot for every layer that it has passed."""
    way, look = grown(curve.points, until), curve.look
    sizes = [*[look.dot * colours.stroke] * (len(way) - 1), look.tip * colours.stroke]
    edge = {"color": colours.paper, "width": 0 if look is MEAN else 1.5}
    marker = {"size": sizes, "color": curve.fill, "opacity": 1, "line": edge}
    return points(
        way[:, 0].tolist(), way[:, 1].tolist(), marker, [*curve.hovers, curve.hovers[round(until)]],
        mode="lines+markers", line=colours.pen(curve.fill, look.line), cliponaxis=False,
    )  # fmt: skip


def _placed(curves: Sequence[Curve], plot: Plot, layer: float, colours: Palette, across: Sequence[float]) -> Named:
    """Choose the places of the names, beside the tips of now; what is drawn last has the first choice."""
    order = list(reversed(range(len(curves))))
    names = [_name(curves[place], layer, colours) for place in order]
    found = spots(names, plot, _obstacles(curves, plot, layer, colours, across))
    return [(place, name, spot) for place, name, spot in zip(order, names, found, strict=True) if spot]


def _name(curve: Curve, layer: float, colours: Palette) -> Name:
    x, y = grown(curve.points, layer)[-1].tolist()
    size = colours.label + (2 if curve.look is SENTENCE else -1)
    return Name(x=x, y=y, word=curve.name, size=size, colour=curve.ink, must=curve.look.must, far=False)


def _names(curves: Sequence[Curve], placed: Named, until: float) -> Mark:
    """Write the names beside the tips, wherever these are."""
    x, y = _tips(curves, placed, until).T.tolist()
    return texts_at([(name, spot) for _, name, spot in placed]) | {"x": x, "y": y}


def _tips(curves: Sequence[Curve], placed: Named, until: ArrayLike) -> Array:
    """Give where the named curves end, (…, n, 2)."""
    tips = [grown(curves[place].points, until)[..., -1, :] for place, _, _ in placed]
    return np.stack(tips, axis=-2) if tips else np.empty((*np.shape(until), 0, 2))


def _obstacles(curves: Sequence[Curve], plot: Plot, layer: float, colours: Palette, across: Sequence[float]) -> Array:
    """Keep names off the ways, the tips, and what runs down across the rows."""
    boxes = [np.empty((0, 4))]
    boxes += [along(np.array([x, plot.y[0]]), np.array([x, plot.y[1]]), plot, KEPT_FREE) for x in across]
    for curve in curves:
        way = grown(curve.points, layer)
        boxes += [along(start, end, plot, KEPT_FREE * colours.stroke) for start, end in pairwise(way)]
        boxes.append(around(way[-1:], plot, curve.look.tip / 2 * colours.stroke))
    return np.concatenate(boxes)


def _start(colours: Palette) -> Mark:
    """Draw the word as it is before the first layer: hollow, as all that is static."""
    return points([0], [0], hollow(colours, RING, 3), ["layer 0"])


def _frames(groups: Sequence[Sequence[Curve]], placed: Sequence[Named], last: int) -> list[Mark]:
    """Give the places of what moves, trace by trace, from layer 0 to the last; all else stays as it is drawn."""
    steps = np.arange(STEPS * last + 1) / STEPS
    ways = []  # of each trace, (steps, points, 2)
    for curves, names in zip(groups, placed, strict=True):
        ways += [*(grown(curve.points, steps) for curve in curves), _tips(curves, names, steps)]
    x, y = ([way[..., axis].tolist() for way in ways] for axis in (0, 1))
    return [
        {
            "name": f"{step:.2f}",
            "traces": list(range(1, 1 + len(ways))),
            "data": [{"x": across[at], "y": down[at]} for across, down in zip(x, y, strict=True)],
        }
        for at, step in enumerate(steps.tolist())
    ]
