"""The line between two senses: a row for each sentence, hollow where the word was, full where it is."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from selfattn.core.heaviest import heaviest
from selfattn.core.lean import Lean
from selfattn.core.scene import Mover, Scene
from selfattn.figures.labels import text_width
from selfattn.figures.marks import Mark, feet, hollow, points, rule
from selfattn.figures.named_points import Name, Plot, around, written
from selfattn.figures.palette import Palette, Size, bare_axis, draw, palette
from selfattn.figures.text import AT_A_POINT, LONGEST, bold, escaped, label, short

ROW = 28  # pixels of a row under the map, for type of the usual size
FOOT = 34  # pixels for the names of the ends
ALONG = 12  # pixels of the line that no name covers, to both sides of it together
NAMED = 8  # words of a sentence that stand on a line of their own


def row_height(colours: Palette) -> int:
    """Give the pixels of a row under a map."""
    return round(ROW * colours.zoom)


def rings(movers: Sequence[Mover], colours: Palette, **axis: str) -> Mark:
    """Draw where the word was, a row for each sentence."""
    places = [mover.lean.before if mover.lean else 0.0 for mover in movers]
    rows = list(range(len(movers)))
    return points(places, rows, hollow(colours, 12, 2.5), ["static"] * len(movers), **axis)


def mark(
    mover: Mover, name: str, row: int, colours: Palette, way: float, plot: Plot | None = None, **axis: str
) -> Mark:
    """Draw the way of one sentence so far, and where it has come to; in a plot with its name, where it fits beside."""
    assert mover.lean is not None
    start, end = mover.lean.before, mover.lean.before + way * (mover.lean.after - mover.lean.before)
    fill, ink = colours.fills[mover.role], colours.inks[mover.role]
    sizes = {"size": [0, 15 * colours.stroke], "color": fill, "opacity": 1}
    named = {}
    if plot and _fits(name, mover.lean, plot, colours):
        sides = ["middle center", "middle right" if mover.lean.after >= start else "middle left"]
        named = {"text": ["", f" {bold(label(name))} "], "textposition": sides, "textfont": colours.font(color=ink)}
    return points(
        [start, end], [row, row], sizes, ["", f"{label(name)}: {escaped(mover.lean.caption)}"], cliponaxis=False,
        line=colours.pen(fill, 4), **{"mode": "lines+markers+text" if named else "lines+markers"} | named, **axis,
    )  # fmt: skip


def _fits(name: str, lean: Lean, plot: Plot, colours: Palette) -> bool:
    """Tell whether there is room for a name beside a mark, on the side that it moves to."""
    x, _ = plot.pixel(lean.after, 0)
    room = plot.width - x if lean.after >= lean.before else x
    return text_width(f" {short(name)}", colours.label) + 8 * colours.stroke < room


def ground(rows: int, x: tuple[float, float], colours: Palette, **axis: str) -> list[Mark]:
    """Draw the line of each row, and across all of them the middle, where a word is on neither side."""
    pen = colours.pen(colours.line, 2)
    lines = [rule(x, (row, row), pen, layer="below", **axis) for row in range(rows)]
    middle = rule((0, 0), (0, 1), colours.pen(colours.quiet, 1.5, dash="dot"), yref="paper", layer="below")
    return [*lines, middle]


def rows_range(rows: int) -> list[float]:
    """Give the range of the axis of rows, the first on top."""
    return [rows - 0.4, -0.6]


def lean_line(scene: Scene, *, size: Size | None = None, theme: str = "light") -> go.Figure:
    """Draw the line alone, with the words of each sentence standing on it, as large as their weights.

    A word's place on the line times its weight, added up, is where the contextual dot stands.

    Parameters
    ----------
    scene : Scene
        With a line.
    size : Size, optional
        The smallest figure in which names must not overlap.
    theme : str
        "light" or "dark", or either for a "room".
    """
    size, colours = size or Size(), palette(theme)
    under, rows = round(FOOT * colours.zoom), len(scene.movers)
    reach = 1.12 * max(abs(place) for mover in scene.movers for place in _shown_places(mover))
    x = (-reach, reach)
    height = rows_range(rows)
    plot = Plot(x=x, y=(height[0], height[1]), width=size.width - 8.0, height=size.height - under - 4.0)
    names = [name for row, mover in enumerate(scene.movers) for name in _names(scene, mover, row, colours)]
    every = np.linspace(*x, 2 * round(size.width / ALONG))
    obstacles = around(np.array([[place, row] for row in range(rows) for place in every]), plot, ALONG / 2)
    traces = [*(_words(mover, row, colours) for row, mover in enumerate(scene.movers)), rings(scene.movers, colours)]
    traces += [mark(mover, scene.names[mover.role], row, colours, 1.0) for row, mover in enumerate(scene.movers)]
    under_it = feet(["neither"], [pole.name for pole in scene.poles], colours, plot.width, x=0, xref="x")
    return draw(
        traces,
        colours,
        size.height,
        margin={"l": 4, "r": 4, "t": 4, "b": under},
        xaxis=bare_axis(range=list(x)),
        yaxis=bare_axis(range=height),
        shapes=ground(rows, x, colours),
        annotations=[*written(names, plot, obstacles), *under_it],
        hovermode="closest",
    )


def _names(scene: Scene, mover: Mover, row: int, colours: Palette) -> list[Name]:
    """Name what stands in a row: where the word is now, the words that give, where it was."""
    word = short(scene.word, AT_A_POINT)
    written = [(float(mover.contextual[0]), f"{scene.names[mover.role]}: {word}′", 3, colours.inks[mover.role])]
    for place in _shown(mover):
        text = f"{short(mover.tokens[place], AT_A_POINT)} {mover.weights[place]:.2f}"
        written.append((float(mover.places[place, 0]), text, -1, colours.ink))
    written.append((float(mover.static[0]), f"{word}, static", -2, colours.quiet))
    return [
        Name(x=x, y=row, word=text, size=colours.label + larger, colour=colour, must=not place, longest=LONGEST)
        for place, (x, text, larger, colour) in enumerate(written)
    ]


def _shown(mover: Mover) -> list[int]:
    """Choose the words of a sentence that stand on the line: the heaviest."""
    return [place for place in heaviest(mover.weights, NAMED) if mover.weights[place] > 0]


def _shown_places(mover: Mover) -> list[float]:
    return [mover.static[0], mover.contextual[0], *(mover.places[place, 0] for place in _shown(mover))]


def _words(mover: Mover, row: int, colours: Palette) -> Mark:
    shown = _shown(mover)
    sizes = [(6 + 20 * float(mover.weights[place]) ** 0.5) * colours.stroke for place in shown]
    hovers = [f"{label(mover.tokens[place])}: weight {mover.weights[place]:.2f}" for place in shown]
    look = {"size": sizes, "symbol": "diamond", "color": colours.fills[mover.role], "opacity": 0.45}
    return points([float(mover.places[place, 0]) for place in shown], [row] * len(shown), look, hovers)
