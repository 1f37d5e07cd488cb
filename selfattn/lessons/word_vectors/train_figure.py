"""Words on their way through a training: a map that does not move, and the loss under it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from selfattn.core.rounding import percent, plain_fixed
from selfattn.figures.labels import Anchor, place, text_width
from selfattn.figures.motion import NARROW
from selfattn.figures.named_points import Plot, around, shortened
from selfattn.figures.palette import LABEL, Palette, Size, bare_axis, figure, layout, palette, tint
from selfattn.figures.text import label
from selfattn.lessons.word_vectors.train_paths import Paths

FRAME_MS = 120  # of each epoch that is shown while it plays
FOOT, STRIP, BUTTONS = 34, 76, 150  # pixels, for type of the usual size: under the map, of the loss, of the player
HEAD, START = 13, 9  # pixels of a word's point, and of the ring where it started

GAP = "\u00a0\u00a0"  # between a number of the loss and the mark

Points = NDArray[np.float64]


def trail(
    paths: Paths,
    losses: Sequence[float],
    at: int,
    *,
    size: Size | None = None,
    animated: bool = False,
    theme: str = "light",
) -> go.Figure:
    """Draw where words have gone from their random start (rings) until an epoch (dots), and the loss until then.

    Parameters
    ----------
    paths : Paths
    losses : sequence of float
        After every epoch, the random start first.
    at : int
        Which of the snapshots of the paths is shown.
    size : Size, optional
        The smallest figure in which names must not overlap.
    animated : bool
        Add a play button and a pause button.
    theme : str
        "light" or "dark", or either for a "room".
    """
    colours, size = palette(theme), size or Size()
    scale = colours.label / LABEL
    foot, strip, buttons = (round(one * scale) for one in (FOOT, STRIP, BUTTONS * animated))
    tall, left = size.height - 8.0, min(buttons / (size.width - 16.0), 0.5)
    plot = Plot.around(paths.points.reshape(-1, 2), size.width - 16.0, tall - foot - strip)
    sides = _sides(paths, at, plot, colours)
    moving = _moving(paths, losses, at, sides, colours)
    still = [*_starts(paths, colours), _loss_line(losses, colours)]
    looks = layout(
        colours,
        size.height,
        margin={"l": 8, "r": 8, "t": 4, "b": 4},
        hovermode="closest",
        xaxis=bare_axis(range=list(plot.x), domain=[0, 1]),
        yaxis=bare_axis(range=list(plot.y), domain=[(foot + strip) / tall, 1]),
        xaxis2=bare_axis(range=_loss_range(losses, size, colours), domain=[left, 1], anchor="y2"),
        yaxis2=bare_axis(range=_loss_height(losses), domain=[0, strip / tall], anchor="x2"),
        annotations=_foot(paths, (foot + strip) / tall, size, colours),
    )
    if not animated:
        return figure([*still, *moving], looks)
    traces = list(range(len(still), len(still) + len(moving)))
    frames = [
        {"name": str(number), "traces": traces, "data": _moving(paths, losses, step, sides, colours)}
        for step, number in enumerate(paths.numbers)
    ]
    return figure([*still, *moving], looks | _player(strip / tall, colours), frames)


def _moving(paths: Paths, losses: Sequence[float], at: int, sides: list[str], colours: Palette) -> list[dict[str, Any]]:
    """Draw what changes with the epoch: the ways so far, the words at their ends, and where the loss is."""
    return [
        *_ways(paths, at, colours),
        _heads(paths, at, sides, colours),
        _loss_mark(losses, paths.numbers[at], colours),
    ]


def _fill(role: int | None, colours: Palette) -> str:
    return colours.quiet if role is None else colours.fills[role]


def _ink(at: int, role: int | None, colours: Palette) -> str:
    return colours.ink if not at or role is None else colours.inks[role]


def _ways(paths: Paths, at: int, colours: Palette) -> list[dict[str, Any]]:
    """Draw the ways of all words of a role as one broken line, that of the followed word by itself and on top."""
    groups = {role: [one for one, other in enumerate(paths.roles) if other == role and one] for role in (None, 0, 1)}
    drawn = [
        _line(paths, members, at, tint(_fill(role, colours), 0.45), 1.5 * colours.stroke)
        for role, members in groups.items()
    ]
    return [*drawn, _line(paths, [0], at, colours.ink, 3.5 * colours.stroke)]


def _line(paths: Paths, members: Sequence[int], at: int, colour: str, width: float) -> dict[str, Any]:
    x: list[float | None] = []
    y: list[float | None] = []
    for one in members:
        way = paths.points[: at + 1, one].round(3).tolist()
        x += [*(point[0] for point in way), None]
        y += [*(point[1] for point in way), None]
    return {
        "type": "scatter", "mode": "lines", "x": x, "y": y, "hoverinfo": "skip",
        "line": {"color": colour, "width": width},
    }  # fmt: skip


def _starts(paths: Paths, colours: Palette) -> list[dict[str, Any]]:
    """Draw the random start: hollow, as what is not yet anything."""
    rings = {
        "symbol": "circle-open", "size": [(START + 7 * (not one)) * colours.stroke for one in range(len(paths.words))],
        "color": [_ink(one, role, colours) for one, role in enumerate(paths.roles)],
        "line": {"width": 1.5 * colours.stroke},
    }  # fmt: skip
    said = [f"{label(word)}: the random start" for word in paths.words]
    return [_points(paths.points[0], said, rings, mode="markers")]


def _heads(paths: Paths, at: int, sides: list[str], colours: Palette) -> dict[str, Any]:
    number = paths.numbers[at]
    said = [f"{label(word)} after epoch {number}" for word in paths.words]
    shown = [f"<b>{_name(word)}</b>" if not one else _name(word) for one, word in enumerate(paths.words)]
    dots = {
        "size": [(HEAD + 5 * (not one)) * colours.stroke for one in range(len(paths.words))],
        "color": [colours.ink if not one else _fill(role, colours) for one, role in enumerate(paths.roles)],
        "line": {"color": colours.paper, "width": 1.5}, "opacity": 1,
    }  # fmt: skip
    inks = [_ink(one, role, colours) for one, role in enumerate(paths.roles)]
    sizes = [colours.label + 2 * (not one) for one in range(len(paths.words))]
    return _points(paths.points[at], said, dots, mode="markers+text") | {
        "text": [text if side else "" for text, side in zip(shown, sides, strict=True)],
        "textposition": [side or "top center" for side in sides],
        "textfont": {"size": sizes, "color": inks}, "cliponaxis": False,
    }  # fmt: skip


def _points(rows: Points, said: list[str], marker: dict[str, Any], *, mode: str) -> dict[str, Any]:
    places = {"x": rows[:, 0].round(3).tolist(), "y": rows[:, 1].round(3).tolist()}
    return {"type": "scatter", "mode": mode, "hoverinfo": "text", "hovertext": said, "marker": marker, **places}


def _name(word: str) -> str:
    return label(shortened(word))


def _sides(paths: Paths, at: int, plot: Plot, colours: Palette) -> list[str]:
    """Choose on which side of its point each name stands; empty for one that would cover another."""
    now = paths.points[at]
    anchors = [
        Anchor(*plot.pixel(float(x), float(y)), shortened(word), colours.label + 2 * (not one), not one, far=False)
        for one, (word, (x, y)) in enumerate(zip(paths.words, now, strict=True))
    ]
    obstacles = around(now, plot, HEAD / 2 * colours.stroke)
    spots = place(anchors, obstacles, (0.0, 0.0, plot.width, plot.height))
    return [spot.side if spot else "" for spot in spots]


def _foot(paths: Paths, top: float, size: Size, colours: Palette) -> list[dict[str, Any]]:
    """Say under the map what lies at its ends, and how much of the variance is seen."""
    kept = percent(paths.explained_variance)
    said = f"axes keep {kept}" if size.width < NARROW else f"the two axes keep {kept} of the variance"
    said = "the plot is the space" if paths.is_space else said
    place_ = {"xref": "paper", "yref": "paper", "y": top, "yanchor": "top", "yshift": -4, "showarrow": False}
    quiet = {"size": colours.small, "color": colours.quiet}
    notes = [place_ | {"text": said, "x": 0.5, "xanchor": "center", "font": quiet}]
    for at, name in enumerate(paths.ends):
        text = f"<b>← {label(name)}</b>" if not at else f"<b>{label(name)} →</b>"
        ink = {"size": colours.label, "color": colours.inks[at]}
        notes.append(place_ | {"text": text, "x": at, "xanchor": "right" if at else "left", "font": ink})
    return notes


# The loss


def _loss_range(losses: Sequence[float], size: Size, colours: Palette) -> list[float]:
    """Leave room at both ends, for the numbers."""
    last = len(losses) - 1
    room = min(text_width("loss 0.00  ", colours.small) / (size.width - BUTTONS * colours.label / LABEL), 0.3)
    unit = last / (1 - 1.7 * room)
    return [-room * unit, last + 0.7 * room * unit]


def _loss_height(losses: Sequence[float]) -> list[float]:
    low, high = min(losses), max(losses)
    room = (high - low) or 1.0
    return [low - 0.35 * room, high + 0.35 * room]


def _loss_line(losses: Sequence[float], colours: Palette) -> dict[str, Any]:
    said = [f"epoch {number}: loss {plain_fixed(loss, 2)}" for number, loss in enumerate(losses)]
    ends = [f"loss {plain_fixed(losses[0], 2)}{GAP}", *[""] * (len(losses) - 2), f"{GAP}{plain_fixed(losses[-1], 2)}"]
    return {
        "type": "scatter", "mode": "lines+text", "x": list(range(len(losses))), "y": list(losses), "xaxis": "x2",
        "yaxis": "y2", "text": ends, "textposition": ["middle left", *["middle right"] * (len(losses) - 1)],
        "textfont": {"size": colours.small, "color": colours.quiet}, "cliponaxis": False, "hoverinfo": "text",
        "hovertext": said, "line": {"color": colours.quiet, "width": 2 * colours.stroke},
    }  # fmt: skip


def _loss_mark(losses: Sequence[float], number: int, colours: Palette) -> dict[str, Any]:
    inside = 0 < number < len(losses) - 1
    return {
        "type": "scatter", "mode": "markers+text", "x": [number], "y": [losses[number]], "xaxis": "x2", "yaxis": "y2",
        "marker": {"size": 10 * colours.stroke, "color": colours.ink}, "cliponaxis": False, "hoverinfo": "skip",
        "text": [plain_fixed(losses[number], 2) if inside else ""], "textposition": "top right",
        "textfont": {"size": colours.small, "color": colours.ink},
    }  # fmt: skip


def _player(high: float, colours: Palette) -> dict[str, Any]:
    still = {"duration": 0, "redraw": False}
    at_once = {"mode": "immediate", "frame": still, "transition": {"duration": 0}}
    play = at_once | {"frame": {"duration": FRAME_MS, "redraw": False}}
    buttons = {
        "type": "buttons", "direction": "left", "showactive": False, "bgcolor": colours.line,
        "font": {"size": colours.small, "color": colours.ink},
        "x": 0, "y": high / 2, "yanchor": "middle", "xanchor": "left",
        "buttons": [
            {"method": "animate", "label": "▶ Play", "args": [None, play]},
            {"method": "animate", "label": "❚❚ Pause", "args": [[None], at_once]},
        ],
    }  # fmt: skip
    return {"updatemenus": [buttons]}
