"""Words on their way through a training: a map that does not move, and the loss under it."""

from collections.abc import Sequence
from dataclasses import replace

import plotly.graph_objects as go

from selfattn.core.rounding import percent, plain_fixed
from selfattn.figures.labels import text_width
from selfattn.figures.marks import Mark, end_names, foot, line, player, points, variance
from selfattn.figures.named_points import Name, Plot, Points, around, spots
from selfattn.figures.palette import Palette, Size, bare_axis, draw, palette, tint
from selfattn.figures.text import label
from selfattn.lessons.word_vectors.train_paths import Paths

FRAME_MS = 120  # of each epoch that is shown while it plays
FOOT, STRIP = 34, 76  # pixels, for type of the usual size: under the map, of the loss
HEAD, START = 13, 9  # pixels of a word's point, and of the ring where it started
HEAD_OF_FOLLOWED, START_OF_FOLLOWED = 18, 16  # the same of the word that is followed
GAP = "\u00a0\u00a0"  # between a number of the loss and the mark


def trail(
    paths: Paths, losses: Sequence[float], snapshot: int, *, size: Size | None = None, animated: bool = False,
    theme: str = "light",
) -> go.Figure:  # fmt: skip
    """Draw where words have gone from their random start (rings) until an epoch (dots), and the loss until then.

    Parameters
    ----------
    paths : Paths
    losses : sequence of float
        After every epoch, the random start first.
    snapshot : int
        Which of the snapshots of the paths is shown.
    size : Size, optional
        The smallest figure in which names must not overlap.
    animated : bool
        Add a play button and a pause button.
    theme : str
        "light" or "dark", or either for a "room".
    """
    colours, size = palette(theme), size or Size()
    under, strip = (round(pixels * colours.zoom) for pixels in (FOOT, STRIP))
    tall = size.height - 8.0
    plot = _plot(paths, size, colours)
    sides = _sides(paths, snapshot, plot, colours)
    still = [_starts(paths, colours), _loss_line(losses, colours)]
    moving = _moving(paths, losses, snapshot, sides, colours)
    traces = list(range(len(still), len(still) + len(moving)))
    frames = [
        {"name": str(number), "traces": traces, "data": _moving(paths, losses, nth, sides, colours)}
        for nth, number in enumerate(paths.numbers if animated else ())
    ]
    return draw(
        [*still, *moving], colours, size.height, frames, margin={"l": 8, "r": 8, "t": 4, "b": 4}, hovermode="closest",
        xaxis=bare_axis(range=list(plot.x), domain=[0, 1]),
        yaxis=bare_axis(range=list(plot.y), domain=[(under + strip) / tall, 1]),
        xaxis2=bare_axis(range=_loss_range(losses, size, colours), domain=[0, 1], anchor="y2"),
        yaxis2=bare_axis(range=_loss_height(losses), domain=[0, strip / tall], anchor="x2"),
        annotations=_foot(paths, (under + strip) / tall, size, colours),
        **({"updatemenus": [player(FRAME_MS)]} if animated else {}),
    )  # fmt: skip


def with_room(paths: Paths, *, size: Size | None = None, theme: str = "light") -> Paths:
    """Keep the words whose names have room where the last epoch has them: only these are drawn, in every epoch."""
    colours = palette(theme)
    sides = _sides(paths, -1, _plot(paths, size or Size(), colours), colours)
    kept = [word for word, side in enumerate(sides) if side]
    words, roles = tuple(paths.words[word] for word in kept), tuple(paths.roles[word] for word in kept)
    return replace(paths, words=words, roles=roles, points=paths.points[:, kept])


def _plot(paths: Paths, size: Size, colours: Palette) -> Plot:
    """Take in all ways, above the foot and the loss."""
    high = size.height - 8.0 - round(FOOT * colours.zoom) - round(STRIP * colours.zoom)
    return Plot.around(paths.points.reshape(-1, 2), size.width - 16.0, high)


def _moving(paths: Paths, losses: Sequence[float], snapshot: int, sides: list[str], colours: Palette) -> list[Mark]:
    """Draw what changes with the epoch: the ways so far, the words at their ends, and where the loss is."""
    mark = _loss_mark(losses, paths.numbers[snapshot], colours)
    return [*_ways(paths, snapshot, colours), _heads(paths, snapshot, sides, colours), mark]


def _fill(role: int | None, colours: Palette) -> str:
    return colours.quiet if role is None else colours.fills[role]


def _inks(paths: Paths, colours: Palette) -> list[str]:
    roles = (None, *paths.roles[1:])  # the followed word has no sense's colour
    return [colours.ink if role is None else colours.inks[role] for role in roles]


def _ways(paths: Paths, snapshot: int, colours: Palette) -> list[Mark]:
    """Draw the ways of all words of a role as one broken line, that of the followed word by itself and on top."""
    pens = {role: colours.pen(tint(_fill(role, colours), 0.45), 1.5) for role in (None, 0, 1)}
    members = {role: [word for word, other in enumerate(paths.roles) if other == role and word] for role in pens}
    drawn = [_way(paths, members[role], snapshot, pen) for role, pen in pens.items()]
    return [*drawn, _way(paths, [0], snapshot, colours.pen(colours.ink, 3.5))]


def _way(paths: Paths, members: Sequence[int], snapshot: int, pen: Mark) -> Mark:
    ways = paths.points[: snapshot + 1].round(3)
    x, y = ([place for word in members for place in [*ways[:, word, axis].tolist(), None]] for axis in (0, 1))
    return line(x, y, pen)


def _starts(paths: Paths, colours: Palette) -> Mark:
    """Draw the random start: hollow, as what is not yet anything."""
    sizes = [pixels * colours.stroke for pixels in (START_OF_FOLLOWED, *[START] * (len(paths.words) - 1))]
    rings = {"symbol": "circle-open", "size": sizes, "color": _inks(paths, colours)}
    edge = {"line": {"width": 1.5 * colours.stroke}}
    return _points(paths.points[0], [f"{label(word)}: the random start" for word in paths.words], rings | edge)


def _heads(paths: Paths, snapshot: int, sides: list[str], colours: Palette) -> Mark:
    sizes = [pixels * colours.stroke for pixels in (HEAD_OF_FOLLOWED, *[HEAD] * (len(paths.words) - 1))]
    hovers = [f"{label(word)} after epoch {paths.numbers[snapshot]}" for word in paths.words]
    fills = [colours.ink, *(_fill(role, colours) for role in paths.roles[1:])]
    dots = {"size": sizes, "color": fills, "line": {"color": colours.paper, "width": 1.5}, "opacity": 1}
    names = _names(paths, snapshot, colours)
    return _points(paths.points[snapshot], hovers, dots) | {
        "mode": "markers+text", "text": [name.text if side else "" for name, side in zip(names, sides, strict=True)],
        "textposition": [side or "top center" for side in sides], "cliponaxis": False,
        "textfont": {"size": [name.size for name in names], "color": [name.colour for name in names]},
    }  # fmt: skip


def _points(places: Points, hovers: list[str], marker: Mark) -> Mark:
    x, y = places.round(3).T.tolist()
    return points(x, y, marker, hovers)


def _names(paths: Paths, snapshot: int, colours: Palette) -> list[Name]:
    each = zip(paths.words, paths.points[snapshot].tolist(), _inks(paths, colours), strict=True)
    return [
        Name(x=x, y=y, word=word, size=colours.label + (0 if row else 2), colour=ink, must=not row, far=False)
        for row, (word, (x, y), ink) in enumerate(each)
    ]


def _sides(paths: Paths, snapshot: int, plot: Plot, colours: Palette) -> list[str]:
    """Choose on which side of its point each name stands; empty for one that would cover another."""
    obstacles = around(paths.points[snapshot], plot, HEAD / 2 * colours.stroke)
    return [spot.side if spot else "" for spot in spots(_names(paths, snapshot, colours), plot, obstacles)]


def _foot(paths: Paths, top: float, size: Size, colours: Palette) -> list[Mark]:
    """Say under the map what lies at its ends, and how much of the variance is seen."""
    under: Mark = {"y": top, "yshift": -4}
    ends = end_names(paths.ends, colours, **under)
    if paths.is_space:
        return [foot("the plot is the space", colours, **under), *ends]
    return [variance(percent(paths.explained_variance), colours, narrow=size.narrow, **under), *ends]


# The loss


def _loss_range(losses: Sequence[float], size: Size, colours: Palette) -> list[float]:
    """Leave room at both ends, for the numbers: the left one has the word "loss" before it."""
    last = len(losses) - 1
    room = min(text_width("loss 0.00  ", colours.small) / size.width, 0.3)
    unit = last / (1 - 1.7 * room)
    return [-room * unit, last + 0.7 * room * unit]


def _loss_height(losses: Sequence[float]) -> list[float]:
    low, high = min(losses), max(losses)
    room = 0.35 * ((high - low) or 1.0)  # for the number over the mark
    return [low - room, high + room]


def _loss_line(losses: Sequence[float], colours: Palette) -> Mark:
    hovers = [f"epoch {number}: loss {plain_fixed(loss, 2)}" for number, loss in enumerate(losses)]
    ends = [f"loss {plain_fixed(losses[0], 2)}{GAP}", *[""] * (len(losses) - 2), f"{GAP}{plain_fixed(losses[-1], 2)}"]
    return line(
        list(range(len(losses))), list(losses), colours.pen(colours.quiet, 2), mode="lines+text", xaxis="x2",
        yaxis="y2", text=ends, textposition=["middle left", *["middle right"] * (len(losses) - 1)], cliponaxis=False,
        textfont=colours.font(colours.small, colours.quiet), hoverinfo="text", hovertext=hovers,
    )  # fmt: skip


def _loss_mark(losses: Sequence[float], number: int, colours: Palette) -> Mark:
    inside = 0 < number < len(losses) - 1
    return points(
        [number], [losses[number]], {"size": 10 * colours.stroke, "color": colours.ink}, mode="markers+text",
        xaxis="x2", yaxis="y2", text=[plain_fixed(losses[number], 2) if inside else ""], textposition="top right",
        textfont=colours.font(colours.small), cliponaxis=False, hoverinfo="skip",
    )  # fmt: skip
