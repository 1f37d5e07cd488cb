"""What stands beside the paths, a row a layer: places between two senses, or the distances of any two sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from selfattn.core.rounding import plain_fixed
from selfattn.figures.marks import Mark, end_names, foot, rule
from selfattn.figures.named_points import Limits
from selfattn.figures.palette import Palette, named_axis, tint
from selfattn.lessons.transformer.layers_paths import Layers

Array = NDArray[np.float64]
ABOVE, BELOW = 0.5, 0.95  # of a row: room over the first and under the last one, where names stand
REACH = 1.16  # times as far as the farthest place
LEAST = 0.05  # the shortest line of distances
TICKS = (0.02, 0.05, 0.1, 0.2, 0.5)  # from number to number of distances
APART = "1 − cosine"


@dataclass(frozen=True, slots=True)
class Look:
    """How a curve is drawn: pixels of its dots, of its tip and of its line, and whether its name must be shown."""

    dot: float
    tip: float
    line: float
    must: bool


SENTENCE, PAIR, MEAN = Look(7, 16, 3.5, True), Look(4, 7, 1.5, False), Look(0, 28, 7, True)


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """What grows with the layers.

    Attributes
    ----------
    points : ndarray of shape (layers + 1, 2)
    name : str
        Stands at the tip.
    fill, ink : str
        Colours of the line and of the name.
    hovers : sequence of str
        What each point says.
    look : Look
    """

    points: Array
    name: str
    fill: str
    ink: str
    hovers: Sequence[str]
    look: Look = SENTENCE


def curves(found: Layers, colours: Palette) -> list[Curve]:
    """Give what stands in the rows: a curve for each sentence, or for each pair of them."""
    return _places(found, colours) if found.meanings else _distances(found, colours)


def _places(found: Layers, colours: Palette) -> list[Curve]:
    return [
        _curve(
            way.places, track.letter, (colours.fills[track.role], colours.inks[track.role]),
            [plain_fixed(float(place), 2, signed=True) for place in way.places],
        )
        for track, way in found.ways
    ]  # fmt: skip


def _distances(found: Layers, colours: Palette) -> list[Curve]:
    """Draw the pair that ends nearest last, and it alone in the colour of ink."""
    nearest = len(found.pairs) - 1
    return [
        _curve(
            apart, name.replace(" and ", "–"), (colours.quiet if place < nearest else colours.ink, colours.ink),
            [plain_fixed(float(number), 2) for number in apart], look=PAIR if place < nearest else SENTENCE,
        )
        for place, (name, apart) in enumerate(found.pairs)
    ]  # fmt: skip


def _curve(numbers: Array, name: str, shades: tuple[str, str], texts: Sequence[str], *, look: Look = SENTENCE) -> Curve:
    hovers = [f"{name}, layer {layer}: {text}" for layer, text in enumerate(texts)]
    return Curve(np.column_stack([numbers, np.arange(len(numbers))]), name, *shades, hovers, look)


def limits(found: Layers) -> tuple[Limits, Limits]:
    """Give what is shown across and down: both ends and all places, or the distances; the first layer on top."""
    down = found.paths.shape[1] - 1 + BELOW, -ABOVE
    if found.meanings:
        far = REACH * max(1.0, *(float(np.abs(way.places).max()) for _, way in found.ways))
        return (-far, far), down
    most = max([LEAST, *(float(apart.max()) for _, apart in found.pairs)])
    return (-0.05 * most, REACH * most), down


def axes(x: Limits, y: Limits, domains: Sequence[Sequence[float]], colours: Palette) -> dict[str, Any]:
    """Name the layers down the side, and numbers along the foot."""
    quiet = colours.font(colours.small, colours.quiet)
    step = 1.0 if x[0] < -1 else next((step for step in TICKS if x[1] / step < 5), 1.0)
    numbers = [round(step * count, 2) for count in range(-1 if step == 1 else 0, int(x[1] / step) + 1)]
    texts = [f"{number:g}".replace("-", "−") for number in numbers]
    layers = range(int(y[0]) + 1)
    names = ["layer 0", *map(str, layers[1:])]
    return {
        "xaxis2": named_axis(numbers, texts, quiet, range=list(x), domain=domains[0], anchor="y2"),
        "yaxis2": named_axis(layers, names, quiet, range=list(y), domain=domains[1], anchor="x2"),
    }


def across(found: Layers) -> list[float]:
    """Give where lines run down across the rows: where no place or distance is, and at both ends of the line."""
    return [0.0, -1.0, 1.0] if found.meanings else [0.0]


def ground(found: Layers, y: Limits, colours: Palette) -> list[Mark]:
    """Draw a line for each layer, and those across them."""
    down = {"xref": "x2", "yref": "y2", "layer": "below"}
    pen = colours.pen(colours.line, 1.5)
    rows = [rule((0, 1), (row, row), pen, **down | {"xref": "x2 domain"}) for row in range(int(y[0]) + 1)]
    pens = [
        colours.pen(colours.quiet, 1.5, dash="dot"),
        *(colours.pen(tint(fill, 0.55), 6) for fill in colours.fills[:2]),
    ]
    return [*rows, *(rule((x, x), y, pen, **down) for x, pen in zip(across(found), pens, strict=False))]


def heads(found: Layers, colours: Palette) -> list[Mark]:
    """Say over the rows what lies at both ends, or what the distance is."""
    over = {"xref": "x2 domain", "yref": "y2 domain", "y": 1, "yanchor": "bottom", "yshift": 2}
    if found.meanings:
        return end_names(found.meanings.senses, colours, **over)
    return [foot(APART, colours, **over)] if found.pairs else []
