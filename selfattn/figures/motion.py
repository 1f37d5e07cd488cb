"""Meaning in motion: one word leaves its static vector and arrives at a contextual one, in every sentence another."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from selfattn.core.scene import Mover, Scene
from selfattn.figures.motion_view import View, corners, labels, word_colour
from selfattn.figures.palette import LABEL, Palette, Size, figure, layout, palette, tint
from selfattn.figures.text import label

FRAMES = 24
FRAME_MS = 50  # 24 frames of 50 ms: a bit more than a second
FOOT, CONTROLS = 34, 48  # pixels under the plot, for type of the usual size: the names of the axes, and the player
NARROW = 500  # pixels: a phone

Points = NDArray[np.float64]


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
    foot = round((FOOT + (CONTROLS if animated else 0)) * colours.label / LABEL)
    view = View.around(scene, size.width - 8.0, size.height - foot - 4.0, show_pulls=show_pulls)
    behind = [*_pole_dots(scene, colours), _word_dots(scene, colours), _ghost(scene, colours)]
    behind += [_chain(mover, view.standing, colours) for mover in scene.movers] if show_pulls else []
    movers = _arrows(scene, colours, way)
    texts, annotations = labels(scene, view, colours, show_pulls=show_pulls)
    annotations += _axis_names(scene, colours, narrow=size.width < NARROW)
    looks = layout(
        colours,
        size.height,
        margin={"l": 4, "r": 4, "t": 4, "b": foot},
        hovermode="closest",
        annotations=annotations,
        xaxis=_axis(view.x, colours, numbered=scene.plain),
        yaxis=_axis(view.y, colours, numbered=scene.plain),
    )
    if not animated:
        return figure([*behind, *movers, texts], looks)
    places = list(range(len(behind), len(behind) + len(movers)))
    return figure([*behind, *movers, texts], looks | _controls(colours), _frames(scene, colours, places))


def _axis(limits: tuple[float, float], colours: Palette, *, numbered: bool) -> dict[str, Any]:
    zero = {"zeroline": True, "zerolinecolor": colours.line, "zerolinewidth": 1}
    bare = {"range": list(limits), "showgrid": False, "showticklabels": False, "ticks": "", "fixedrange": True} | zero
    numbers = {
        "showgrid": True, "gridcolor": tint(colours.line, 0.6), "showticklabels": True, "ticklabelposition": "inside",
        "tickfont": {"size": colours.small, "color": colours.quiet}, "nticks": 8,
    }  # fmt: skip
    return bare | numbers if numbered else bare


def _axis_names(scene: Scene, colours: Palette, *, narrow: bool) -> list[dict[str, Any]]:
    """Say at the foot what lies to the left and right, and how much of the variance the plot keeps."""
    kept = f"{sum(scene.explained_variance):.0%}"
    said = f"axes keep {kept}" if narrow else f"the two axes keep {kept} of the variance"
    if scene.plain:
        said = "two numbers a word: the plot is the space"
    parts = [{"text": said, "x": 0.5, "xanchor": "center", "font": {"size": colours.small, "color": colours.quiet}}]
    if scene.poles and not scene.plain:
        first, second = (label(pole.name) for pole in scene.poles)
        ends = [(f"← {first}", 0, "left"), (f"{second} →", 1, "right")]
        parts += [
            {
                "text": f"<b>{text}</b>",
                "x": at,
                "xanchor": side,
                "font": {"size": colours.label, "color": colours.inks[at]},
            }
            for text, at, side in ends
        ]
    foot = {"xref": "paper", "yref": "paper", "y": 0, "yanchor": "top", "yshift": -6, "showarrow": False}
    return [foot | part for part in parts]


def _dots(points: Points, said: list[str], **marker: Any) -> dict[str, Any]:
    places = {"x": points[:, 0].tolist(), "y": points[:, 1].tolist()}
    return {"type": "scatter", "mode": "markers", "hoverinfo": "text", "hovertext": said, "marker": marker, **places}


def _pole_dots(scene: Scene, colours: Palette) -> list[dict[str, Any]]:
    return [
        _dots(
            pole.points,
            [f"{label(word)} ({label(pole.name)})" for word in pole.words],
            size=7 * colours.stroke,
            color=tint(colours.fills[role], 0.55),
        )
        for role, pole in enumerate(scene.poles)
    ]


def _word_dots(scene: Scene, colours: Palette) -> dict[str, Any]:
    points = np.array([point for _, point, _ in scene.words]).reshape(-1, 2)
    said = [f"{label(word)} (in {', '.join(scene.names[role] for role in roles)})" for word, _, roles in scene.words]
    shades = [word_colour(roles, colours.fills, colours.quiet) for _, _, roles in scene.words]
    return _dots(points, said, size=10 * colours.stroke, symbol="diamond", color=shades)


def _ghost(scene: Scene, colours: Palette) -> dict[str, Any]:
    said = [f"{label(scene.word)}: the static vector"]
    return _dots(
        scene.static[None],
        said,
        size=20 * colours.stroke,
        symbol="circle-open",
        color=colours.quiet,
        line={"width": 3 * colours.stroke},
    )


def _arrows(scene: Scene, colours: Palette, way: float) -> list[dict[str, Any]]:
    return [_arrow(mover, scene.names[mover.role], colours, way) for mover in scene.movers]


def _arrow(mover: Mover, name: str, colours: Palette, share: float = 1.0) -> dict[str, Any]:
    """Draw the way travelled so far, and the point at its end."""
    ends = np.vstack([mover.static, mover.static + share * (mover.contextual - mover.static)])
    fill = colours.fills[mover.role]
    said = ["", f"{name}: the contextual vector"]
    dots = _dots(
        ends, said, size=[0, 17 * colours.stroke], color=fill, opacity=1, line={"color": colours.paper, "width": 1.5}
    )
    return dots | {"mode": "lines+markers", "line": {"color": fill, "width": 4 * colours.stroke}}


def _chain(mover: Mover, standing: float, colours: Palette) -> dict[str, Any]:
    """Draw the pulls tip to tail; the last one ends at the contextual point."""
    ink = colours.inks[mover.role]
    said = [f"{label(word)} pulls with {share:.2f}" for word, share in zip(mover.tokens, mover.weights, strict=True)]
    tips = [0, *(12 * colours.stroke if np.hypot(*step) > standing else 0 for step in mover.steps)]
    dots = _dots(corners(mover), ["", *said], symbol="arrow", angleref="previous", size=tips, color=ink)
    return dots | {"mode": "lines+markers", "line": {"color": ink, "width": 2 * colours.stroke, "dash": "dot"}}


def _frames(scene: Scene, colours: Palette, places: list[int]) -> list[dict[str, Any]]:
    return [
        {"name": f"{step / FRAMES:.0%}", "traces": places, "data": _arrows(scene, colours, step / FRAMES)}
        for step in range(FRAMES + 1)
    ]


def _controls(colours: Palette) -> dict[str, Any]:
    """Give the play button and the pause button: nothing moves before it is asked to."""
    still = {"duration": 0, "redraw": False}
    at_once = {"mode": "immediate", "frame": still, "transition": {"duration": 0}}
    play = at_once | {"frame": {"duration": FRAME_MS, "redraw": False}}
    buttons = {
        "type": "buttons",
        "direction": "left",
        "showactive": False,
        "buttons": [
            {"method": "animate", "label": "▶ Play", "args": [None, play]},
            {"method": "animate", "label": "❚❚ Pause", "args": [[None], at_once]},
        ],
        "pad": {"t": round(FOOT * colours.label / LABEL), "l": 0},
        "bgcolor": colours.line,
        "font": {"size": colours.small, "color": colours.ink},
    }
    return {"updatemenus": [buttons | {"x": 0, "y": 0, "yanchor": "top", "xanchor": "left"}]}
