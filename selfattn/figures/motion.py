"""Meaning in motion: one word leaves its static vector and arrives at a contextual one, in every sentence another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from selfattn.figures.labels import Anchor, Box, place, text_width
from selfattn.figures.palette import LABEL, LETTERS, SMALL, Palette, figure, layout, palette, tint
from selfattn.figures.text import label
from selfattn.scene import Mover, Scene

NARROW = 500  # pixels: a phone
FRAMES = 24
FRAME_MS = 50  # 24 frames of 50 ms: a bit more than a second
WORDS_LABELLED = 14  # of the sentences, the heaviest
STEPS_LABELLED = 3  # pulls of a sentence that carry their word

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Size:
    """Pixels that the plot has at least: labels placed for it fit any larger one."""

    width: int = 640
    height: int = 520


PHONE = Size(340, 440)


def meaning_in_motion(
    scene: Scene, *, size: Size | None = None, show_pulls: bool = False, animated: bool = False, theme: str = "light"
) -> go.Figure:
    """Draw the scene: poles behind, the static word as a ghost, an arrow to each contextual point.

    Parameters
    ----------
    scene : Scene
    size : Size, optional
        The smallest plot in which labels must not overlap; its height is the figure's.
    show_pulls : bool
        Draw what each word adds, tip to tail, from the static to the contextual point.
    animated : bool
        Add a play button, a pause button and a slider from static to contextual.
    theme : str
    """
    size, colours = size or Size(), palette(theme)
    view = _View.around(scene, show_pulls, size, foot=92 if animated else 34)
    movers = [_arrow(mover, colours) for mover in scene.movers]
    chains = [_chain(mover, colours) for mover in scene.movers] if show_pulls else []
    still = [*_pole_dots(scene, colours), _word_dots(scene, colours), _ghost(scene, colours)]
    spec: dict[str, Any] = {
        "data": [*still, *chains, *movers],
        "layout": layout(
            colours, size.height, margin={"l": 4, "r": 4, "t": 4, "b": view.foot}, hovermode="closest",
            annotations=[*_labels(scene, view, show_pulls, colours), *_axis_names(scene, colours, size.width < NARROW)],
            xaxis=_axis(view.x, colours), yaxis=_axis(view.y, colours),
        ),
    }  # fmt: skip
    if animated:
        first = len(still) + len(chains)
        spec["frames"] = _frames(scene, colours, list(range(first, first + len(movers))))
        spec["layout"] |= _controls(colours)
    return figure(**spec)


@dataclass(frozen=True, slots=True)
class _View:
    """The part of the plane that is shown, and how many pixels a unit of each axis has in the smallest plot."""

    x: tuple[float, float]
    y: tuple[float, float]
    unit: tuple[float, float]
    width: float
    height: float
    foot: int

    @classmethod
    def around(cls, scene: Scene, show_pulls: bool, size: Size, foot: int) -> _View:
        points = [
            scene.static[None],
            *(pole.points for pole in scene.poles),
            *(mover.contextual[None] for mover in scene.movers),
        ]
        points += [place[None] for _, place, _ in scene.words]
        points += [mover.static + mover.steps.cumsum(axis=0) for mover in scene.movers] if show_pulls else []
        every = np.vstack(points)
        low, high = (
            np.floor(every.min(axis=0) * 2 - 1) / 2,
            np.ceil(every.max(axis=0) * 2 + 1) / 2,
        )  # half units: no jitter while typing
        width, height = float(size.width - 8), float(size.height - foot - 4)
        unit = (width / float(high[0] - low[0]), height / float(high[1] - low[1]))
        return cls((float(low[0]), float(high[0])), (float(low[1]), float(high[1])), unit, width, height, foot)

    def pixel(self, point: Points) -> tuple[float, float]:
        return (float(point[0]) - self.x[0]) * self.unit[0], (self.y[1] - float(point[1])) * self.unit[1]


def _axis(limits: tuple[float, float], colours: Palette) -> dict[str, Any]:
    return {
        "range": list(limits), "showgrid": False, "zeroline": True, "zerolinecolor": colours.line, "zerolinewidth": 1, "showticklabels": False,
        "ticks": "", "fixedrange": True,
    }  # fmt: skip


def _axis_names(scene: Scene, colours: Palette, narrow: bool) -> list[dict[str, Any]]:
    """Say at the foot what lies to the left and right, and how much of the variance the plot keeps."""
    both = sum(scene.kept)
    foot = {"xref": "paper", "yref": "paper", "y": 0, "yanchor": "top", "yshift": -6, "showarrow": False}
    kept = {
        "text": f"both axes keep {both:.0%}" if narrow else f"the two axes keep {both:.0%} of the variance",
        "x": 0.5,
        "font": {"size": SMALL, "color": colours.quiet},
    }
    ends = [
        {"text": f"<b>{arrow}</b>", "x": at, "xanchor": side, "font": {"size": LABEL, "color": colours.inks[at]}}
        for at, side, arrow in _end_names(scene)
    ]
    return [foot | part for part in [kept, *ends]]


def _end_names(scene: Scene) -> list[tuple[int, str, str]]:
    if not scene.poles:
        return []
    first, second = (label(pole.name) for pole in scene.poles)
    return [(0, "left", f"← {first}"), (1, "right", f"{second} →")]


def _pole_dots(scene: Scene, colours: Palette) -> list[dict[str, Any]]:
    return [
        {
            "type": "scatter", "mode": "markers", "x": pole.points[:, 0], "y": pole.points[:, 1], "hoverinfo": "text",
            "hovertext": [f"{label(word)} ({label(pole.name)})" for word in pole.words],
            "marker": {"size": 7, "color": tint(colours.fills[role], 0.55)},
        }
        for role, pole in enumerate(scene.poles)
    ]  # fmt: skip


def _word_dots(scene: Scene, colours: Palette) -> dict[str, Any]:
    places = np.array([place for _, place, _ in scene.words]).reshape(-1, 2)
    return {
        "type": "scatter", "mode": "markers", "x": places[:, 0], "y": places[:, 1], "hoverinfo": "text",
        "hovertext": [f"{label(word)} (in {', '.join(LETTERS[role] for role in roles)})" for word, _, roles in scene.words],
        "marker": {"size": 10, "symbol": "diamond", "color": [_word_colour(roles, colours.fills, colours.quiet) for _, _, roles in scene.words]},
    }  # fmt: skip


def _word_colour(roles: tuple[int, ...], shades: tuple[str, ...], shared: str) -> str:
    return shades[roles[0]] if len(roles) == 1 else shared


def _ghost(scene: Scene, colours: Palette) -> dict[str, Any]:
    return {
        "type": "scatter", "mode": "markers", "x": [scene.static[0]], "y": [scene.static[1]], "hoverinfo": "text",
        "hovertext": [f"{label(scene.word)}: the static vector"],
        "marker": {"size": 20, "symbol": "circle-open", "color": colours.quiet, "line": {"width": 3}},
    }  # fmt: skip


def _arrow(mover: Mover, colours: Palette, share: float = 1.0) -> dict[str, Any]:
    """Draw the way travelled so far, and the point at its end."""
    point = mover.static + share * (mover.contextual - mover.static)
    return {
        "type": "scatter", "mode": "lines+markers", "x": [mover.static[0], point[0]], "y": [mover.static[1], point[1]],
        "line": {"color": colours.fills[mover.role], "width": 4}, "hoverinfo": "text",
        "hovertext": ["", f"{LETTERS[mover.role]}: the contextual vector"],
        "marker": {"size": [0, 17], "color": colours.fills[mover.role], "opacity": 1, "line": {"color": colours.paper, "width": 1.5}},
    }  # fmt: skip


def _chain(mover: Mover, colours: Palette) -> dict[str, Any]:
    """Draw the pulls tip to tail; the last one ends at the contextual point."""
    corners = np.vstack([mover.static, mover.static + mover.steps.cumsum(axis=0)])
    said = [f"{label(word)} pulls with {weight:.2f}" for word, weight in zip(mover.tokens, mover.weights, strict=True)]
    return {
        "type": "scatter", "mode": "lines+markers", "x": corners[:, 0], "y": corners[:, 1], "hoverinfo": "text", "hovertext": ["", *said],
        "line": {"color": colours.inks[mover.role], "width": 2, "dash": "dot"},
        "marker": {"symbol": "arrow", "angleref": "previous", "size": [0, *(_tip(step) for step in mover.steps)], "color": colours.inks[mover.role]},
    }  # fmt: skip


def _tip(step: Points) -> int:
    return 12 if np.hypot(*step) > 0.05 else 0  # a pull of no length (the word's own) has no direction to point in


def _labels(scene: Scene, view: _View, show_pulls: bool, colours: Palette) -> list[dict[str, Any]]:
    """Name the points: arrivals first, then the ghost, the sentences' words, and the poles' as far as they fit."""
    wanted = [
        *_important(scene, colours),
        *(_step_names(scene, colours) if show_pulls else []),
        *_background(scene, colours),
    ]
    anchors = [Anchor(*view.pixel(point), text, size, must, far=size > SMALL) for point, text, size, _, must in wanted]
    spots = place(anchors, _obstacles(scene, view, show_pulls), (0.0, 0.0, view.width, view.height))
    return [
        _annotation(point, text, size, colour, spot.dx, spot.dy, spot.far, bold=must)
        for (point, text, size, colour, must), spot in zip(wanted, spots, strict=True)
        if spot
    ]


Wanted = tuple[Points, str, int, str, bool]


def _important(scene: Scene, colours: Palette) -> list[Wanted]:
    arrivals = [
        (m.contextual, f"{LETTERS[m.role]}: {_shown(scene.word)}′", LABEL + 3, colours.inks[m.role], True)
        for m in scene.movers
    ]
    return [*arrivals, (scene.static, f"{_shown(scene.word)}, static", LABEL - 1, colours.quiet, True)]


def _step_names(scene: Scene, colours: Palette) -> list[Wanted]:
    """Name the longest pulls, each at the middle of its arrow."""
    names: list[Wanted] = []
    for mover in scene.movers:
        tips = mover.static + mover.steps.cumsum(axis=0)
        lengths = np.hypot(*mover.steps.T)
        for at in np.argsort(-lengths, kind="stable")[:STEPS_LABELLED]:
            if lengths[at] > 0.05:
                name = f"+ {mover.weights[at]:.2f} {_shown(mover.tokens[at])}"
                names.append((tips[at] - mover.steps[at] / 2, name, SMALL, colours.inks[mover.role], False))
    return names


def _background(scene: Scene, colours: Palette) -> list[Wanted]:
    words = [
        (point, _shown(word), LABEL - 1, _word_colour(roles, colours.inks, colours.ink), False)
        for word, point, roles in scene.words[:WORDS_LABELLED]
    ]
    in_sentences = {word for word, _, _ in scene.words} | {scene.word}
    poles = [
        (point, _shown(word), SMALL, colours.quiet, False)
        for pole in scene.poles
        for word, point in zip(pole.words, pole.points, strict=True)
        if word not in in_sentences
    ]
    return words + poles


def _shown(word: str) -> str:
    return word if len(word) <= 16 else word[:15] + "…"


def _obstacles(scene: Scene, view: _View, show_pulls: bool) -> list[Box]:
    """Keep labels off the markers and the arrows."""
    boxes = [_around(view.pixel(scene.static), 11)]
    boxes += [_around(view.pixel(point), 6) for _, point, _ in scene.words]
    boxes += [_around(view.pixel(point), 3) for pole in scene.poles for point in pole.points]
    for mover in scene.movers:
        way = np.linspace(mover.static, mover.contextual, 12)
        if show_pulls:
            way = np.vstack([way, mover.static + mover.steps.cumsum(axis=0)])
        boxes += [_around(view.pixel(point), 4) for point in way] + [_around(view.pixel(mover.contextual), 9)]
    return boxes


def _around(centre: tuple[float, float], reach: float) -> Box:
    return centre[0] - reach, centre[1] - reach, centre[0] + reach, centre[1] + reach


def _annotation(
    point: Points, text: str, size: int, colour: str, dx: float, dy: float, far: bool, *, bold: bool
) -> dict[str, Any]:
    shown = {
        "x": point[0],
        "y": point[1],
        "text": f"<b>{label(text)}</b>" if bold else label(text),
        "font": {"size": size, "color": colour},
    }
    if far:  # Plotly's arrow, without a head, is the leader line
        near_edge = dx - np.sign(dx) * text_width(text, size) / 2
        return shown | {"showarrow": True, "arrowhead": 0, "arrowwidth": 1, "arrowcolor": colour, "ax": near_edge, "ay": dy, "standoff": 5,
                        "xanchor": "left" if dx > 0 else "right" if dx < 0 else "center", "borderpad": 0}  # fmt: skip
    return shown | {"showarrow": False, "xshift": dx, "yshift": -dy}


def _frames(scene: Scene, colours: Palette, traces: list[int]) -> list[dict[str, Any]]:
    return [
        {
            "name": f"{step / FRAMES:.0%}",
            "traces": traces,
            "data": [_arrow(mover, colours, step / FRAMES) for mover in scene.movers],
        }
        for step in range(FRAMES + 1)
    ]


def _controls(colours: Palette) -> dict[str, Any]:
    names = [f"{step / FRAMES:.0%}" for step in range(FRAMES + 1)]
    at_once = {"mode": "immediate", "frame": {"duration": 0, "redraw": False}, "transition": {"duration": 0}}
    play = {
        "frame": {"duration": FRAME_MS, "redraw": False},
        "transition": {"duration": 0},
        "fromcurrent": True,
        "mode": "immediate",
    }
    button = {"method": "animate"}
    return {
        "updatemenus": [{
            "type": "buttons", "direction": "left", "showactive": False, "x": 0, "xanchor": "left", "y": 0, "yanchor": "top",
            "pad": {"t": 36, "l": 0}, "bgcolor": colours.line, "font": {"size": SMALL, "color": colours.ink},
            "buttons": [button | {"label": "▶ Play", "args": [None, play]}, button | {"label": "❚❚ Pause", "args": [[None], at_once]}],
        }],
        "sliders": [{
            "active": FRAMES, "x": 0.28, "len": 0.72, "y": 0, "pad": {"t": 34, "b": 0, "l": 8, "r": 12}, "ticklen": 0, "minorticklen": 0,
            "font": {"size": 1, "color": "rgba(0,0,0,0)"}, "bgcolor": colours.line, "activebgcolor": colours.quiet,
            "currentvalue": {"prefix": "way to the contextual point: ", "font": {"size": SMALL, "color": colours.ink}, "offset": 6},
            "steps": [{"label": name, "method": "animate", "args": [[name], at_once]} for name in names],
        }],
    }  # fmt: skip
