"""Meaning in motion: one word leaves its static vector and arrives at a contextual one, in every sentence another."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from selfattn.core.scene import Mover, Scene
from selfattn.figures.marks import Mark, end_names, foot, player, points, variance
from selfattn.figures.motion_view import corners, labels, view, word_colour
from selfattn.figures.named_points import Points
from selfattn.figures.palette import Palette, Size, draw, palette, plane_axes, tint
from selfattn.figures.text import label

FRAMES = 24
FRAME_MS = 50  # 24 frames of 50 ms: a bit more than a second
FOOT, CONTROLS = 34, 48  # pixels under the plot, for type of the usual size: the names of the axes, and the player


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
    under = round((FOOT + (CONTROLS if animated else 0)) * colours.zoom)
    plot, standing = view(scene, size.width - 8.0, size.height - under - 4.0, show_pulls=show_pulls)
    behind = [*_pole_dots(scene, colours), _word_dots(scene, colours), _ghost(scene, colours)]
    behind += [_chain(mover, standing, colours) for mover in scene.movers] if show_pulls else []
    movers = _arrows(scene, colours, way)
    texts, annotations = labels(scene, plot, standing, colours, show_pulls=show_pulls)
    controls = player(FRAME_MS, colours, y=0, yanchor="top", pad={"t": round(FOOT * colours.zoom), "l": 0})
    return draw(
        [*behind, *movers, texts],
        colours,
        size.height,
        _frames(scene, colours, len(behind)) if animated else None,
        margin={"l": 4, "r": 4, "t": 4, "b": under},
        hovermode="closest",
        annotations=[*annotations, *_axis_names(scene, colours, narrow=size.narrow)],
        **plane_axes(plot.x, plot.y, colours, numbered=scene.plain, color=colours.line, width=1),
        **({"updatemenus": [controls]} if animated else {}),
    )


def _axis_names(scene: Scene, colours: Palette, *, narrow: bool) -> list[Mark]:
    """Say at the foot what lies to the left and right, and how much of the variance the plot keeps."""
    if scene.plain:
        return [foot("two numbers a word: the plot is the space", colours)]
    ends = end_names([pole.name for pole in scene.poles], colours)
    return [variance(f"{sum(scene.explained_variance):.0%}", colours, narrow=narrow), *ends]


def _dots(places: Points, hovers: Sequence[str], **marker: Any) -> Mark:
    return points(places[:, 0].tolist(), places[:, 1].tolist(), marker, hovers)


def _pole_dots(scene: Scene, colours: Palette) -> list[Mark]:
    return [
        _dots(
            pole.points, [f"{label(word)} ({label(pole.name)})" for word in pole.words],
            size=7 * colours.stroke, color=tint(colours.fills[role], 0.55),
        )
        for role, pole in enumerate(scene.poles)
    ]  # fmt: skip


def _word_dots(scene: Scene, colours: Palette) -> Mark:
    places = np.array([point for _, point, _ in scene.words]).reshape(-1, 2)
    hovers = [f"{label(word)} (in {', '.join(scene.names[role] for role in roles)})" for word, _, roles in scene.words]
    shades = [word_colour(roles, colours.fills, colours.quiet) for _, _, roles in scene.words]
    return _dots(places, hovers, size=10 * colours.stroke, symbol="diamond", color=shades)


def _ghost(scene: Scene, colours: Palette) -> Mark:
    ring = {"size": 20 * colours.stroke, "symbol": "circle-open", "color": colours.quiet}
    edge = {"width": 3 * colours.stroke}
    return _dots(scene.static[None], [f"{label(scene.word)}: the static vector"], line=edge, **ring)


def _arrows(scene: Scene, colours: Palette, way: float) -> list[Mark]:
    return [_arrow(mover, scene.names[mover.role], colours, way) for mover in scene.movers]


def _arrow(mover: Mover, name: str, colours: Palette, share: float) -> Mark:
    """Draw the way travelled so far, and the point at its end."""
    ends = np.vstack([mover.static, mover.static + share * (mover.contextual - mover.static)])
    fill, edge = colours.fills[mover.role], {"color": colours.paper, "width": 1.5}
    hovers, sizes = ["", f"{name}: the contextual vector"], [0, 17 * colours.stroke]
    dots = _dots(ends, hovers, size=sizes, color=fill, opacity=1, line=edge)
    return dots | {"mode": "lines+markers", "line": colours.pen(fill, 4)}


def _chain(mover: Mover, standing: float, colours: Palette) -> Mark:
    """Draw the pulls tip to tail; the last one ends at the contextual point."""
    ink = colours.inks[mover.role]
    pulls = [f"{label(word)} pulls with {share:.2f}" for word, share in zip(mover.tokens, mover.weights, strict=True)]
    tips = [0, *(12 * colours.stroke if np.hypot(*step) > standing else 0 for step in mover.steps)]
    dots = _dots(corners(mover), ["", *pulls], symbol="arrow", angleref="previous", size=tips, color=ink)
    return dots | {"mode": "lines+markers", "line": colours.pen(ink, 2, dash="dot")}


def _frames(scene: Scene, colours: Palette, first: int) -> list[Mark]:
    traces = list(range(first, first + len(scene.movers)))
    return [
        {"name": f"{step / FRAMES:.0%}", "traces": traces, "data": _arrows(scene, colours, step / FRAMES)}
        for step in range(FRAMES + 1)
    ]
