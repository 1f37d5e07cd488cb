"""Meaning in motion: one word leaves its static vector and arrives at a contextual one, in every sentence another."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import plotly.graph_objects as go

from selfattn.core.lean import Line
from selfattn.core.scene import Mover, Scene
from selfattn.figures import line as lines
from selfattn.figures.marks import Mark, feet, foot, line, player, points, rule
from selfattn.figures.motion_view import Labels, Place, chain, has_strip, labels, texts_at, view, word_colour
from selfattn.figures.named_points import Plot, Points
from selfattn.figures.palette import Palette, Size, bare_axis, draw, palette, plane_axes, tint
from selfattn.figures.text import label

FRAMES = 24
DOTS = "2px,3px"  # of the way down to the line
FRAME_MS = 50  # 24 frames of 50 ms: a bit more than a second
FOOT = 34  # pixels under the plot, for type of the usual size: the names of the axes


def meaning_in_motion(
    scene: Scene,
    *,
    size: Size | None = None,
    show_pulls: bool = False,
    animated: bool = False,
    way: float = 1.0,
    theme: str = "light",
) -> go.Figure:
    """Draw the scene: poles behind, the static word as a ghost, an arrow to each contextual point.

    Parameters
    ----------
    scene : Scene
    size : Size, optional
        The smallest figure in which labels must not overlap.
    show_pulls : bool
        Draw what each word adds, tip to tail, from the static to the contextual point.
    animated : bool
        Add a play button and a pause button.
    way : float
        How much of the way from static to contextual has been gone, from 0 to 1.
    theme : str
        "light" or "dark".
    """
    size, colours = size or Size(), palette(theme)
    under = round(FOOT * colours.zoom)
    whole = size.height - under - 4.0
    strip = lines.row_height(colours) * len(scene.movers) if has_strip(scene) else 0
    plot, standing = view(scene, size.width - 8.0, whole - strip, show_pulls=show_pulls)
    near, annotations, arrivals, named = labels(scene, plot, standing, colours, show_pulls=show_pulls)
    behind = [_still(scene, named, colours)]
    behind += [_chain(mover, standing, colours, scene.start) for mover in scene.movers] if show_pulls else []
    behind += [lines.rings(scene.movers, colours, yaxis="y2")] if strip else []
    movers = _moving(scene, arrivals, colours, plot, way, () if animated else near)
    axes = plane_axes(plot.x, plot.y, colours, numbered=scene.plain, color=colours.line, width=1)
    settings = _with_strip(scene, axes, plot, strip / whole, colours) if strip else axes
    if scene.plain and scene.line:
        settings = axes | {"shapes": [_border(scene.line, plot, colours)]}
    return draw(
        [*behind, *movers, *([texts_at(near)] if animated else [])],
        colours,
        size.height,
        _frames([_moving(scene, arrivals, colours, plot, share) for share in (0, 1)], len(behind))
        if animated
        else None,
        margin={"l": 4, "r": 4, "t": 4, "b": under},
        hovermode="closest",
        annotations=[*annotations, *_axis_names(scene, colours, plot.width)],
        **settings,
        **({"updatemenus": [player(FRAME_MS)]} if animated else {}),
    )


def _with_strip(scene: Scene, axes: dict[str, Any], plot: Plot, share: float, colours: Palette) -> dict[str, Any]:
    """Put the line under the map, on the same x axis: a mark for each sentence, straight under its dot."""
    rows = len(scene.movers)
    return {
        "xaxis": axes["xaxis"] | {"anchor": "y2"},
        "yaxis": axes["yaxis"] | {"domain": [share, 1]},
        "yaxis2": bare_axis(range=lines.rows_range(rows), domain=[0, share], anchor="x"),
        "shapes": lines.ground(rows, plot.x, colours, yref="y2"),
    }


def _border(line: Line, plot: Plot, colours: Palette) -> Mark:
    """Draw where a word of two numbers is on neither side: across the line, through its middle."""
    far = np.hypot(*np.ptp([plot.x, plot.y], axis=1)) + np.hypot(*line.middle)
    ends = line.middle + np.outer([-far, far], [-line.direction[1], line.direction[0]])
    pen = colours.pen(colours.quiet, 1.5, dash="dot")
    return rule((ends[0, 0], ends[1, 0]), (ends[0, 1], ends[1, 1]), pen, layer="below")


def _axis_names(scene: Scene, colours: Palette, width: float) -> list[Mark]:
    """Say at the foot what lies to the left and right, and how much of the variance the plot keeps."""
    if scene.plain:
        return [foot("two numbers a word: the plot is the space", colours)]
    kept = f"{sum(scene.explained_variance):.0%}"
    texts = (f"the two axes keep {kept} of the variance", f"axes keep {kept}", f"{kept} kept")
    return feet(texts, [pole.name for pole in scene.poles], colours, width)


def _dots(places: Points, hovers: Sequence[str], **marker: Any) -> Mark:
    return points(places[:, 0].tolist(), places[:, 1].tolist(), marker, hovers)


def _still(scene: Scene, named: set[Place], colours: Palette) -> Mark:
    """Draw the words of the poles and of the sentences that have a name in the plot, and where the word comes from.

    All in one trace: in a browser, a trace costs more than its points.
    """
    dots: list[tuple[Any, ...]] = []
    for role, pole in enumerate(scene.poles):
        shade, side = tint(colours.fills[role], 0.55), label(pole.name)
        for word, point in zip(pole.words, pole.points, strict=True):
            if _place(point) in named:
                dots.append((point, f"{label(word)} ({side})", 7, shade, "circle", 0))
    names = [label(name) for name in scene.names]
    for word, point, roles in scene.words:
        if _place(point) in named:
            hover = f"{label(word)} (in {', '.join(names[role] for role in roles)})"
            dots.append((point, hover, 10, word_colour(roles, colours.fills, colours.quiet), "diamond", 0))
    dots.append(
        (
            scene.static,
            label(scene.start) or f"{label(scene.word)}: the static vector",
            20,
            colours.quiet,
            "circle-open",
            3,
        )
    )
    places, hovers, sizes, shades, symbols, edges = zip(*dots, strict=True)
    return _dots(
        np.array(places), hovers, size=[size * colours.stroke for size in sizes], color=shades, symbol=symbols,
        opacity=1, line={"width": [edge * colours.stroke for edge in edges]},
    )  # fmt: skip


def _place(point: Points) -> Place:
    return float(point[0]), float(point[1])


def _moving(
    scene: Scene, arrivals: Labels, colours: Palette, plot: Plot, way: float, others: Labels | tuple[()] = ()
) -> list[Mark]:
    """Draw what moves: the arrow of each sentence and its name, its mark on the line, and the way down to that.

    Names of `others`, which stay, are written along.
    """
    arrows = [_arrow(mover, scene.names[mover.role], colours, way, direct=not scene.start) for mover in scene.movers]
    ends = [mover.static + way * (mover.contextual - mover.static) for mover in scene.movers]
    moved = [(replace(name, x=x, y=y), spot) for (name, spot), (x, y) in zip(arrivals, ends, strict=True)]
    names = texts_at([*moved, *others])
    if not has_strip(scene):
        return [*arrows, names]
    drops = [
        line([x, x], [plot.y[0], y], colours.pen(colours.fills[mover.role], 1, dash=DOTS))
        for mover, (x, y) in zip(scene.movers, ends, strict=True)
    ]
    marks = [
        lines.mark(mover, scene.names[mover.role], row, colours, way, plot, yaxis="y2")
        for row, mover in enumerate(scene.movers)
    ]
    return [*arrows, *marks, *drops, names]


def _arrow(mover: Mover, name: str, colours: Palette, share: float, *, direct: bool) -> Mark:
    """Draw the way travelled so far, and the point at its end; the way only where it is not made of parts of a sum."""
    ends = np.vstack([mover.static, mover.static + share * (mover.contextual - mover.static)])
    fill, edge = colours.fills[mover.role], {"color": colours.paper, "width": 1.5}
    hovers, sizes = ["", f"{label(name)}: the contextual vector"], [0, 17 * colours.stroke]
    dots = _dots(ends, hovers, size=sizes, color=fill, opacity=1, line=edge)
    return dots | {"mode": "lines+markers" if direct else "markers", "line": colours.pen(fill, 4)}


def _chain(mover: Mover, standing: float, colours: Palette, start: str) -> Mark:
    """Draw the pulls tip to tail; the last one ends at the contextual point. Parts of a sum have no weight to say."""
    ink, drawn = colours.inks[mover.role], chain(mover)
    shares = ["" if start else f" pulls with {share:.2f}" for share in drawn.weights]
    pulls = [label(name) + share for name, share in zip(drawn.names, shares, strict=True)]
    tips = [0, *(12 * colours.stroke if np.hypot(*step) > standing else 0 for step in drawn.steps)]
    dots = _dots(drawn.corners, ["", *pulls], symbol="arrow", angleref="previous", size=tips, color=ink, opacity=1)
    pen = colours.pen(ink, 3) if start else colours.pen(ink, 2, dash="dot")
    return dots | {"mode": "lines+markers", "line": pen}


def _frames(ends: Sequence[list[Mark]], first: int) -> list[Mark]:
    """Give the places of what moves, trace by trace, from one end to the other; all else stays as it is drawn."""
    ways = [
        {axis: np.linspace(one[axis], other[axis], FRAMES + 1).tolist() for axis in "xy"}
        for one, other in zip(*ends, strict=True)
    ]
    traces = list(range(first, first + len(ways)))
    return [
        {
            "name": f"{step / FRAMES:.0%}",
            "traces": traces,
            "data": [{axis: places[step] for axis, places in way.items()} for way in ways],
        }
        for step in range(FRAMES + 1)
    ]
