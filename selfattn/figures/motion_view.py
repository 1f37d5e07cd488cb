"""The part of the plane that the motion plot shows, and the labels in it."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from selfattn.core.scene import Mover, Scene
from selfattn.figures.labels import Box, Placed
from selfattn.figures.marks import Mark, points, unseen
from selfattn.figures.named_points import Name, Plot, Points, annotation, around, spots
from selfattn.figures.palette import Palette
from selfattn.figures.text import AT_A_POINT, LONGEST, short

WORDS_LABELLED = 14  # of the sentences, the heaviest
STEPS_LABELLED = 3  # pulls of a sentence that carry their word
FEW = 2  # sentences: with more, a pull is named only where there is room beside it
STANDING = 0.1  # of what limits are rounded to: a shorter pull has no direction to point in
GHOST, ARRIVAL, WORD, WAY, POLE = 11, 9, 6, 4, 3  # pixels around each that no label covers


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


def corners(mover: Mover) -> Points:
    """Follow the pulls tip to tail: an ndarray of shape (n_tokens + 1, 2), from static to contextual."""
    return np.vstack([mover.static, mover.static + mover.steps.cumsum(axis=0)])


def labels(scene: Scene, plot: Plot, standing: float, colours: Palette, *, show_pulls: bool) -> tuple[Mark, list[Mark]]:
    """Name the points: arrivals first, then the ghost, the pulls, the sentences' words, poles as far as they fit.

    Returns
    -------
    texts, annotations : dict, list of dict
        A trace with the labels close to their points, and one annotation for each that is bold or has a leader line.
        A trace costs a tenth of as many annotations.
    """
    names = [*_important(scene, colours), *(_pull_names(scene, standing, colours) if show_pulls else ())]
    names += _background(scene, colours)
    places = spots(names, plot, _obstacles(scene, plot, show_pulls))
    placed = [(name, spot) for name, spot in zip(names, places, strict=True) if spot]
    near = [(name, spot) for name, spot in placed if not (name.must or spot.far)]
    return _texts(near), [annotation(name, spot) for name, spot in placed if name.must or spot.far]


def word_colour(roles: tuple[int, ...], shades: tuple[str, ...], shared: str) -> str:
    """Colour a word by its sentence, or neutrally where several have it."""
    return shades[roles[0]] if len(roles) == 1 else shared


def _points(scene: Scene, show_pulls: bool) -> Iterator[Points]:
    yield scene.static[None]
    yield from (pole.points for pole in scene.poles)
    yield from (point[None] for _, point, _ in scene.words)
    yield from (corners(mover) if show_pulls else mover.contextual[None] for mover in scene.movers)


def _name(point: Points, text: str, size: int, colour: str, *, must: bool = False, far: bool = True) -> Name:
    x, y = point.tolist()
    return Name(x=x, y=y, word=text, size=size, colour=colour, must=must, far=far, longest=LONGEST)


def _important(scene: Scene, colours: Palette) -> Iterator[Name]:
    word = short(scene.word, AT_A_POINT)
    for mover in scene.movers:
        name = f"{scene.names[mover.role]}: {word}′"
        yield _name(mover.contextual, name, colours.label + 3, colours.inks[mover.role], must=True)
    yield _name(scene.static, f"{word}, static", colours.label - 1, colours.quiet, must=True)


def _pull_names(scene: Scene, standing: float, colours: Palette) -> Iterator[Name]:
    """Name the longest pulls, each at the middle of its arrow."""
    few = len(scene.movers) <= FEW
    for mover in scene.movers:
        middles = (corners(mover)[:-1] + corners(mover)[1:]) / 2
        lengths = np.hypot(*mover.steps.T)
        for step in np.argsort(-lengths, kind="stable")[:STEPS_LABELLED]:
            if lengths[step] > standing:
                text = f"+ {mover.weights[step]:.2f} {short(mover.tokens[step], AT_A_POINT)}"
                yield _name(middles[step], text, colours.small, colours.inks[mover.role], far=few)


def _background(scene: Scene, colours: Palette) -> Iterator[Name]:
    for word, point, roles in scene.words[:WORDS_LABELLED]:
        colour = word_colour(roles, colours.inks, colours.ink)
        yield _name(point, short(word, AT_A_POINT), colours.label - 1, colour)
    in_sentences = {word for word, _, _ in scene.words} | {scene.word}
    for pole in scene.poles:
        for word, point in zip(pole.words, pole.points, strict=True):
            if word not in in_sentences:
                yield _name(point, short(word, AT_A_POINT), colours.small, colours.quiet, far=False)


def _obstacles(scene: Scene, plot: Plot, show_pulls: bool) -> list[Box]:
    """Keep labels off the markers and the arrows."""
    words = np.array([point for _, point, _ in scene.words]).reshape(-1, 2)
    boxes = [*around(scene.static[None], plot, GHOST), *around(words, plot, WORD)]
    for pole in scene.poles:
        boxes += around(pole.points, plot, POLE)
    for mover in scene.movers:
        way = np.linspace(mover.static, mover.contextual, 12)
        way = np.vstack([way, *_along(corners(mover))]) if show_pulls else way
        boxes += [*around(way, plot, WAY), *around(mover.contextual[None], plot, ARRIVAL)]
    return boxes


def _along(chain: Points) -> Iterator[Points]:
    """Sample a chain of arrows closely enough that no label slips between two samples."""
    yield from (np.linspace(tail, tip, 10) for tail, tip in pairwise(chain))


def _texts(placed: list[tuple[Name, Placed]]) -> Mark:
    """Write labels as one trace."""
    font = {"size": [name.size for name, _ in placed], "color": [name.colour for name, _ in placed]}
    marker = {"size": [unseen(spot.gap) for _, spot in placed], "opacity": 0}
    return points(
        [name.x for name, _ in placed], [name.y for name, _ in placed], marker, mode="markers+text", textfont=font,
        text=[name.text for name, _ in placed], textposition=[spot.side for _, spot in placed], hoverinfo="skip",
        cliponaxis=False,
    )  # fmt: skip
