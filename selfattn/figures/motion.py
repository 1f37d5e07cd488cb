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
    texts, annotations, arrivals, named = labels(scene, plot, standing, colours, show_pulls=show_pulls)
    behind = [*_pole_dots(scene, named, colours), _word_dots(scene, named, colours), _ghost(scene, colours)]
    behind += [_chain(mover, standing, colours) for mover in scene.movers] if show_pulls else []
    behind += [lines.rings(scene.movers, colours, yaxis="y2")] if strip else []
    movers = _moving(scene, arrivals, colours, plot, way)
    axes = plane_axes(plot.x, plot.y, colours, numbered=scene.plain, color=colours.line, width=1)
    settings = _with_strip(scene, axes, plot, strip / whole, colours) if strip else axes
    if scene.plain and scene.line:
        settings = axes | {"shapes": [_border(scene.line, plot, colours)]}
    return draw(
        [*behind, *movers, texts],
        colours,
        size.height,
        _frames(scene, arrivals, colours, plot, len(behind)) if animated else None,
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


def _pole_dots(scene: Scene, named: set[Place], colours: Palette) -> list[Mark]:
    """Draw the words of each pole that have a name in the plot."""
    dots = []
    for role, pole in enumerate(scene.poles):
        shown = [(word, point) for word, point in zip(pole.words, pole.points, strict=True) if _place(point) in named]
        places = np.array([point for _, point in shown]).reshape(-1, 2)
        hovers = [f"{label(word)} ({label(pole.name)})" for word, _ in shown]
        dots.append(_dots(places, hovers, size=7 * colours.stroke, color=tint(colours.fills[role], 0.55)))
    return dots


def _place(point: Points) -> Place:
    return float(point[0]), float(point[1])


def _word_dots(scene: Scene, named: set[Place], colours: Palette) -> Mark:
    """Draw the words of the sentences that have a name in the plot."""
    shown = [each for each in scene.words if _place(each[1]) in named]
    places = np.array([point for _, point, _ in shown]).reshape(-1, 2)
    names = [label(name) for name in scene.names]
    hovers = [f"{label(word)} (in {', '.join(names[role] for role in roles)})" for word, _, roles in shown]
    shades = [word_colour(roles, colours.fills, colours.quiet) for _, _, roles in shown]
    return _dots(places, hovers, size=10 * colours.stroke, symbol="diamond", color=shades)


def _ghost(scene: Scene, colours: Palette) -> Mark:
    ring = {"size": 20 * colours.stroke, "symbol": "circle-open", "color": colours.quiet}
    edge = {"width": 3 * colours.stroke}
    return _dots(scene.static[None], [f"{label(scene.word)}: the static vector"], line=edge, **ring)


def _moving(scene: Scene, arrivals: Labels, colours: Palette, plot: Plot, way: float) -> list[Mark]:
    """Draw what moves: the arrow of each sentence and its name, its mark on the line, and the way down to that."""
    arrows = [_arrow(mover, scene.names[mover.role], colours, way) for mover in scene.movers]
    ends = [mover.static + way * (mover.contextual - mover.static) for mover in scene.movers]
    names = texts_at([replace(name, x=x, y=y) for (name, _), (x, y) in zip(arrivals, ends, strict=True)], arrivals)
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


def _arrow(mover: Mover, name: str, colours: Palette, share: float) -> Mark:
    """Draw the way travelled so far, and the point at its end."""
    ends = np.vstack([mover.static, mover.static + share * (mover.contextual - mover.static)])
    fill, edge = colours.fills[mover.role], {"color": colours.paper, "width": 1.5}
    hovers, sizes = ["", f"{label(name)}: the contextual vector"], [0, 17 * colours.stroke]
    dots = _dots(ends, hovers, size=sizes, color=fill, opacity=1, line=edge)
    return dots | {"mode": "lines+markers", "line": colours.pen(fill, 4)}


def _chain(mover: Mover, standing: float, colours: Palette) -> Mark:
    """Draw the pulls tip to tail; the last one ends at the contextual point."""
    ink, drawn = colours.inks[mover.role], chain(mover)
    pulls = [f"{label(word)} pulls with {share:.2f}" for word, share in zip(drawn.names, drawn.weights, strict=True)]
    tips = [0, *(12 * colours.stroke if np.hypot(*step) > standing else 0 for step in drawn.steps)]
    dots = _dots(drawn.corners, ["", *pulls], symbol="arrow", angleref="previous", size=tips, color=ink)
    return dots | {"mode": "lines+markers", "line": colours.pen(ink, 2, dash="dot")}


def _frames(scene: Scene, arrivals: Labels, colours: Palette, plot: Plot, first: int) -> list[Mark]:
    frames = []
    for step in range(FRAMES + 1):
        moving = _moving(scene, arrivals, colours, plot, step / FRAMES)
        traces = list(range(first, first + len(moving)))
        frames.append({"name": f"{step / FRAMES:.0%}", "traces": traces, "data": moving})
    return frames
