"""The part of the plane that the motion plot shows, and the labels in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from selfattn.core.scene import Mover, Scene
from selfattn.figures.labels import Anchor, Box, Placed, place, text_width
from selfattn.figures.palette import Palette
from selfattn.figures.text import label

WORDS_LABELLED = 14  # of the sentences, the heaviest
STEPS_LABELLED = 3  # pulls of a sentence that carry their word
FEW = 2  # sentences: with more, a pull is named only where there is room beside it
LONGEST = 16  # letters of a word beside its point
STANDING = 0.1  # of what limits are rounded to: a shorter pull has no direction to point in

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class View:
    """What is shown of each axis, and in the smallest plot the pixels of a unit of each and of the whole.

    Limits are rounded to the `grain`.
    """

    x: tuple[float, float]
    y: tuple[float, float]
    unit: tuple[float, float]
    width: float
    height: float
    grain: float = 0.5

    @property
    def standing(self) -> float:
        """Give the length below which a pull has no direction to point in."""
        return STANDING * self.grain

    @classmethod
    def around(cls, scene: Scene, width: float, height: float, *, show_pulls: bool) -> View:
        """Take in every point, rounded outwards to half a unit (of sets of another scale, to their own): no jitter."""
        every = np.vstack(list(_points(scene, show_pulls)))
        grain = _grain(float(np.ptp(every, axis=0).max()))
        low = grain * np.floor(every.min(axis=0) / grain - 1)
        high = grain * np.ceil(every.max(axis=0) / grain + 1)
        unit = (width / float(high[0] - low[0]), height / float(high[1] - low[1]))
        return cls((float(low[0]), float(high[0])), (float(low[1]), float(high[1])), unit, width, height, grain)

    def pixel(self, point: Points) -> tuple[float, float]:
        """Place a point in the smallest plot, from its upper left corner."""
        return (float(point[0]) - self.x[0]) * self.unit[0], (self.y[1] - float(point[1])) * self.unit[1]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A label that wants a place; one that may be `far` gets a leader line there, other ones give way."""

    point: Points
    text: str
    size: int
    colour: str
    must: bool = False
    far: bool = True


def _grain(span: float) -> float:
    """Choose what limits are rounded to: half a unit for vectors of the usual length, else a power of two."""
    return 0.5 if 2 <= span <= 40 else float(2.0 ** np.floor(np.log2((span or 1.0) / 12)))


def corners(mover: Mover) -> Points:
    """Follow the pulls tip to tail: an ndarray of shape (n_tokens + 1, 2), from static to contextual."""
    return np.vstack([mover.static, mover.static + mover.steps.cumsum(axis=0)])


def labels(
    scene: Scene, view: View, colours: Palette, *, show_pulls: bool
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Name the points: arrivals first, then the ghost, the pulls, the sentences' words, poles as far as they fit.

    Returns
    -------
    texts, annotations : dict, list of dict
        A trace with the labels close to their points, and one annotation for each that is bold or has a leader line.
        A trace costs a tenth of as many annotations.
    """
    wanted = [*_important(scene, colours), *(_pull_names(scene, view.standing, colours) if show_pulls else ())]
    wanted += _background(scene, colours)
    anchors = [Anchor(*view.pixel(one.point), one.text, one.size, one.must, one.far) for one in wanted]
    spots = place(anchors, _obstacles(scene, view, show_pulls), (0.0, 0.0, view.width, view.height))
    placed = [(one, spot) for one, spot in zip(wanted, spots, strict=True) if spot]
    near = [(one, spot) for one, spot in placed if not (one.must or spot.far)]
    return _texts(near), [_annotation(one, spot) for one, spot in placed if one.must or spot.far]


def word_colour(roles: tuple[int, ...], shades: tuple[str, ...], shared: str) -> str:
    """Colour a word by its sentence, or neutrally where several have it."""
    return shades[roles[0]] if len(roles) == 1 else shared


def _points(scene: Scene, show_pulls: bool) -> Iterator[Points]:
    yield scene.static[None]
    yield from (pole.points for pole in scene.poles)
    yield from (point[None] for _, point, _ in scene.words)
    yield from (corners(mover) if show_pulls else mover.contextual[None] for mover in scene.movers)


def _important(scene: Scene, colours: Palette) -> Iterator[_Wanted]:
    word = _shown(scene.word)
    for mover in scene.movers:
        name = f"{scene.names[mover.role]}: {word}′"
        yield _Wanted(mover.contextual, name, colours.label + 3, colours.inks[mover.role], must=True)
    yield _Wanted(scene.static, f"{word}, static", colours.label - 1, colours.quiet, must=True)


def _pull_names(scene: Scene, standing: float, colours: Palette) -> Iterator[_Wanted]:
    """Name the longest pulls, each at the middle of its arrow."""
    for mover in scene.movers:
        middles = (corners(mover)[:-1] + corners(mover)[1:]) / 2
        lengths = np.hypot(*mover.steps.T)
        for at in np.argsort(-lengths, kind="stable")[:STEPS_LABELLED]:
            if lengths[at] > standing:
                name = f"+ {mover.weights[at]:.2f} {_shown(mover.tokens[at])}"
                yield _Wanted(middles[at], name, colours.small, colours.inks[mover.role], far=len(scene.movers) <= FEW)


def _background(scene: Scene, colours: Palette) -> Iterator[_Wanted]:
    for word, point, roles in scene.words[:WORDS_LABELLED]:
        yield _Wanted(point, _shown(word), colours.label - 1, word_colour(roles, colours.inks, colours.ink))
    in_sentences = {word for word, _, _ in scene.words} | {scene.word}
    for pole in scene.poles:
        for word, point in zip(pole.words, pole.points, strict=True):
            if word not in in_sentences:
                yield _Wanted(point, _shown(word), colours.small, colours.quiet, far=False)


def _shown(word: str) -> str:
    return word if len(word) <= LONGEST else word[: LONGEST - 1] + "…"


def _obstacles(scene: Scene, view: View, show_pulls: bool) -> list[Box]:
    """Keep labels off the markers and the arrows."""
    boxes = [_around(view.pixel(scene.static), 11)]
    boxes += [_around(view.pixel(point), 6) for _, point, _ in scene.words]
    boxes += [_around(view.pixel(point), 3) for pole in scene.poles for point in pole.points]
    for mover in scene.movers:
        way = np.linspace(mover.static, mover.contextual, 12)
        way = np.vstack([way, *_along(corners(mover))]) if show_pulls else way
        boxes += [_around(view.pixel(point), 4) for point in way] + [_around(view.pixel(mover.contextual), 9)]
    return boxes


def _along(points: Points) -> Iterator[Points]:
    """Sample a chain of arrows closely enough that no label slips between two samples."""
    yield from (np.linspace(tail, tip, 10) for tail, tip in pairwise(points))


def _around(centre: tuple[float, float], reach: float) -> Box:
    return centre[0] - reach, centre[1] - reach, centre[0] + reach, centre[1] + reach


def _texts(placed: list[tuple[_Wanted, Placed]]) -> dict[str, Any]:
    """Write labels as one trace, whose unseen markers are as large as the gap between point and label asks for.

    Plotly sets a text 1 + radius / 0.8 pixels away from its point.
    """
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [one.point[0] for one, _ in placed],
        "y": [one.point[1] for one, _ in placed],
        "text": [label(one.text) for one, _ in placed],
        "textposition": [spot.side for _, spot in placed],
        "textfont": {"size": [one.size for one, _ in placed], "color": [one.colour for one, _ in placed]},
        "marker": {"size": [2 * 0.8 * (spot.gap - 1) for _, spot in placed], "opacity": 0},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _annotation(one: _Wanted, spot: Placed) -> dict[str, Any]:
    text = f"<b>{label(one.text)}</b>" if one.must else label(one.text)
    shown = {"x": one.point[0], "y": one.point[1], "text": text, "font": {"size": one.size, "color": one.colour}}
    if not spot.far:
        return shown | {"showarrow": False, "xshift": spot.dx, "yshift": -spot.dy}
    near_edge = spot.dx - np.sign(spot.dx) * text_width(one.text, one.size) / 2
    side = "left" if spot.dx > 0 else "right" if spot.dx < 0 else "center"
    leader = {"showarrow": True, "arrowhead": 0, "arrowwidth": 1, "arrowcolor": one.colour, "standoff": 5}
    return shown | leader | {"ax": near_edge, "ay": spot.dy, "xanchor": side}
