"""The part of the plane that the motion plot shows, and the labels in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from selfattn.core.heaviest import gathered, telling, with_rest
from selfattn.core.scene import Mover, Scene
from selfattn.figures.labels import Placed
from selfattn.figures.marks import Mark, points, unseen
from selfattn.figures.named_points import Name, Plot, Points, along, annotation, around, spots, zero_lines
from selfattn.figures.palette import NARROW, Palette
from selfattn.figures.text import AT_A_POINT, LONGEST, short

WORDS_LABELLED = 14  # of the sentences, the heaviest
STEPS_LABELLED = 3  # pulls of a sentence that carry their word
FEW = 2  # sentences: with more, a pull is named only where there is room beside it
SEEN = 8  # times as long is a part of a sum that is named in any case
STANDING = 0.1  # of what limits are rounded to: a shorter pull has no direction to point in
Place = tuple[float, float]
Labels = list[tuple[Name, Placed]]
GHOST, ARRIVAL, WORD, WAY, POLE, DOWN = 11, 9, 6, 4, 3, 2  # pixels around each that no label covers


def view(scene: Scene, width: float, height: float, *, show_pulls: bool) -> tuple[Plot, float]:
    """Take in every point, rounded outwards to half a unit (of sets of another scale, to their own): no jitter.

    Returns
    -------
    plot, standing : Plot, float
        What is shown, and the length below which a pull has no direction to point in.
    """
    every = np.vstack(list(_points(scene, show_pulls)))
    grain = _grain(float(np.ptp(every, axis=0).max()))
    low = grain * np.floor(every.min(axis=0) / grain - 1)
    high = grain * np.ceil(every.max(axis=0) / grain + 1)
    x, y = ((float(least), float(most)) for least, most in zip(low, high, strict=True))
    return Plot(x=x, y=y, width=width, height=height), STANDING * grain


def _grain(span: float) -> float:
    """Choose what limits are rounded to: half a unit for vectors of the usual length, else a power of two."""
    return 0.5 if 2 <= span <= 40 else float(2.0 ** np.floor(np.log2((span or 1.0) / 12)))


@dataclass(frozen=True, slots=True, eq=False)
class Chain:
    """The pulls on a word, of a long sentence the telling ones and last the sum of the rest: n names, weights, steps.

    `corners`, of shape (n + 1, 2), are where they begin and end, tip to tail, from static to contextual.
    """

    names: list[str]
    weights: Points
    steps: Points
    corners: Points


def chain(mover: Mover) -> Chain:
    """Put the pulls of a sentence one after the other."""
    places = telling(mover.weights, int(mover.weights.argmax())) if mover.weights.size else []
    steps = gathered(mover.steps.T, places).T
    corners = np.vstack([mover.static, mover.static + steps.cumsum(axis=0)])
    return Chain(with_rest(mover.tokens, places), gathered(mover.weights, places), steps, corners)


def labels(
    scene: Scene, plot: Plot, standing: float, colours: Palette, *, show_pulls: bool
) -> tuple[Labels, list[Mark], Labels, set[Place]]:
    """Name the points: arrivals first, then the ghost, the pulls, the sentences' words, poles as far as they fit.

    Returns
    -------
    near, annotations, arrivals, named : list of (name, place), list of dict, list of (name, place), set of (x, y)
        The labels close to their points, for a trace, and one annotation for each that is bold or has a leader line:
        a trace costs a tenth of as many annotations. And the
        names of the arrivals, which move with them, and the points that have a name: the others are not drawn.
    """
    names = [*_important(scene, plot, colours), *(_pull_names(scene, standing, colours) if show_pulls else ())]
    names += _background(scene, colours)
    places = spots(names, plot, _obstacles(scene, plot, show_pulls))
    placed = [(name, spot) for name, spot in zip(names, places, strict=True) if spot]
    arrivals, others = placed[: len(scene.movers)], placed[len(scene.movers) :]
    near = [(name, spot) for name, spot in others if not (name.must or spot.far)]
    written = [annotation(name, spot) for name, spot in others if name.must or spot.far]
    return near, written, arrivals, {(name.x, name.y) for name, _ in placed}


def word_colour(roles: tuple[int, ...], shades: tuple[str, ...], shared: str) -> str:
    """Colour a word by its sentence, or neutrally where several have it."""
    return shades[roles[0]] if len(roles) == 1 else shared


def _points(scene: Scene, show_pulls: bool) -> Iterator[Points]:
    yield scene.static[None]
    yield from (pole.points for pole in scene.poles)
    yield from (point[None] for _, point, _ in scene.words)
    yield from (chain(mover).corners if show_pulls else mover.contextual[None] for mover in scene.movers)


def _name(point: Points, text: str, size: int, colour: str, *, must: bool = False, far: bool = True) -> Name:
    x, y = point.tolist()
    return Name(x=x, y=y, word=text, size=size, colour=colour, must=must, far=far, longest=LONGEST)


def _important(scene: Scene, plot: Plot, colours: Palette) -> Iterator[Name]:
    """Name where the word arrives, in many sentences on a phone by these alone, and where it comes from."""
    word, crowded = short(scene.word, AT_A_POINT), plot.width < NARROW and len(scene.movers) > FEW
    for mover in scene.movers:
        name = scene.names[mover.role] if crowded else f"{scene.names[mover.role]}: {word}′"
        yield _name(mover.contextual, name, colours.label + 3, colours.inks[mover.role], must=True)
    yield _name(scene.static, scene.start or f"{word}, static", colours.label - 1, colours.quiet, must=True)


def _pull_names(scene: Scene, standing: float, colours: Palette) -> Iterator[Name]:
    """Name the longest pulls, each at the middle of its arrow: of few sentences the very longest in any case."""
    few = len(scene.movers) <= FEW
    for mover in scene.movers:
        pulls = chain(mover)
        middles = (pulls.corners[:-1] + pulls.corners[1:]) / 2
        lengths = np.hypot(*pulls.steps.T)
        for rank, step in enumerate(np.argsort(-lengths, kind="stable")[: None if scene.start else STEPS_LABELLED]):
            if lengths[step] > standing:
                name = short(pulls.names[step], AT_A_POINT)
                text = name if scene.start else f"+ {pulls.weights[step]:.2f} {name}"
                must = few and (rank == 0 or (bool(scene.start) and lengths[step] > SEEN * standing))
                looks = {"must": must, "far": few}
                yield _name(middles[step], text, colours.small, colours.inks[mover.role], **looks)


def _background(scene: Scene, colours: Palette) -> Iterator[Name]:
    for word, point, roles in scene.words[:WORDS_LABELLED]:
        colour = word_colour(roles, colours.inks, colours.ink)
        yield _name(point, short(word, AT_A_POINT), colours.label - 1, colour)
    in_sentences = {word for word, _, _ in scene.words} | {scene.word}
    for pole in scene.poles:
        for word, point in zip(pole.words, pole.points, strict=True):
            if word not in in_sentences:
                yield _name(point, short(word, AT_A_POINT), colours.small, colours.quiet, far=False)


def _obstacles(scene: Scene, plot: Plot, show_pulls: bool) -> Points:
    """Keep labels off the markers, the arrows, the middle of the line, and the ways down to the strip."""
    words = np.array([point for _, point, _ in scene.words[:WORDS_LABELLED]]).reshape(-1, 2)
    boxes = [around(scene.static[None], plot, GHOST), around(words, plot, WORD)]
    boxes += [around(pole.points, plot, POLE) for pole in scene.poles]
    if scene.plain:
        boxes.append(np.array(zero_lines(plot, DOWN)))
    elif has_strip(scene):
        boxes.append(_down(plot.pixel(0, 0)[0], 0, plot))
    for mover in scene.movers:
        if has_strip(scene):
            boxes.append(_down(*plot.pixel(*mover.contextual.tolist()), plot))
        corners = [mover.static, mover.contextual]
        for tail, tip in [*pairwise(corners), *(pairwise(chain(mover).corners) if show_pulls else ())]:
            boxes.append(along(tail, tip, plot, WAY))
        boxes.append(around(mover.contextual[None], plot, ARRIVAL))
    return np.concatenate(boxes)


def has_strip(scene: Scene) -> bool:
    """Tell whether places on axis 1 are places on the line between two senses, which is drawn under the map."""
    return scene.line is not None and not scene.plain


def _down(x: float, top: float, plot: Plot) -> Points:
    """Give the box of a line from so many pixels down to the foot of the map: (1, 4)."""
    return np.array([[x - DOWN, top, x + DOWN, plot.height]])


def texts_at(placed: Labels) -> Mark:
    """Write labels as one trace."""
    names = [name for name, _ in placed]
    font = {"size": [name.size for name in names], "color": [name.colour for name in names]}
    marker = {"size": [unseen(spot.gap) for _, spot in placed], "opacity": 0}
    return points(
        [name.x for name in names], [name.y for name in names], marker, mode="markers+text", textfont=font,
        text=[name.text for name in names], textposition=[spot.side for _, spot in placed], hoverinfo="skip",
        cliponaxis=False,
    )  # fmt: skip
