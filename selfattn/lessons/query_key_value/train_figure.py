"""The course of a training: where the word stands at each step; under it the loss, and the share on the right side."""

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go

from selfattn.core.heads import Training
from selfattn.core.rounding import percent
from selfattn.figures.marks import Mark, line, note, points, rule
from selfattn.figures.palette import LETTERS, Palette, Size, bare_axis, draw, named_axis, palette
from selfattn.figures.text import bold, label

TICKS = (0, 1, 3, 10, 30, 100)
SHARE = 0.55  # of the height: the word; the rest is for loss and share
GAP = 0.08
RIGHT, UNDER = 96, 44  # pixels for the names of the curves and for the steps, for type of the usual size


def course(
    training: Training, step: int, places: Mapping[int, Mapping[int, float | None]], senses: Sequence[str], *,
    size: Size | None = None, theme: str = "light",
) -> go.Figure:  # fmt: skip
    """Draw a training from left to right.

    Parameters
    ----------
    training : Training
    step : int
        The one that is looked at.
    places : mapping of role to mapping of step to float
        For each sentence, where its word stands: −1 and 1 are the poles.
    senses : sequence of str
        The names of the poles; empty without them.
    size : Size, optional
    theme : str
        "light" or "dark", or either for a "room".
    """
    size, colours = size or Size(), palette(theme)
    split = 1 - SHARE if places else 1.0
    steps = np.arange(len(training.losses))
    traces = [_way(role, at, step, colours) for role, at in places.items()]
    traces += [
        _curve(
            steps,
            training.losses / training.losses[0],
            colours.quiet,
            "loss %{customdata:.2f}",
            training.losses,
            colours,
        ),
        _curve(steps, training.rates, colours.ink, "right side %{y:.0%}", training.rates, colours),
    ]
    here = float(_across(step))
    shapes = [rule((here, here), (0, 1), colours.pen(colours.quiet, 1.5, dash="dot"), yref="paper")]
    if places:
        shapes.append(
            rule((0, float(_across(steps[-1]))), (0, 0), colours.pen(colours.line, 2), yref="y2", layer="below")
        )
    reach = 1.15 * max([1.0, *(abs(place or 0.0) for at in places.values() for place in at.values())])
    right, under = round(RIGHT * colours.zoom), round(UNDER * colours.zoom)
    quiet, ticks = colours.font(colours.small, colours.quiet), [str(tick) for tick in TICKS]
    return draw(
        traces, colours, size.height, margin={"l": 8, "r": right, "t": 8, "b": under},
        xaxis=named_axis(
            _across(np.array(TICKS)).tolist(), ticks, quiet,
            range=[-0.1, float(_across(steps[-1])) + 0.1], title=_title("step", colours), anchor="y",
        ),
        yaxis=bare_axis(range=[-0.04, 1.06], domain=[0, split - (GAP if places else 0)]),
        yaxis2=bare_axis(range=[-reach, reach], domain=[split, 1]),
        shapes=shapes, annotations=[*_names(training, colours), *(_ends(senses, colours) if places else [])],
        hovermode="closest",
    )  # fmt: skip


def _across(step: int | np.ndarray) -> np.ndarray:
    """Place a step: the first ones change most, so they have the room."""
    return np.asarray(np.log1p(step))


def _way(role: int, places: Mapping[int, float | None], step: int, colours: Palette) -> Mark:
    """Draw where the word of one sentence stands at each kept step, full at the one that is looked at."""
    steps, heights = list(places), [place or 0.0 for place in places.values()]
    full = [each == step for each in steps]
    marker = {
        "size": [(15 if on else 7) * colours.stroke for on in full], "color": colours.fills[role],
        "symbol": ["circle" if on or number else "circle-open" for number, on in enumerate(full)],
    }  # fmt: skip
    hovers = [f"{LETTERS[role]}, step {each}: {height:.2f}" for each, height in zip(steps, heights, strict=True)]
    names = ["" for _ in steps[:-1]] + [f" {bold(LETTERS[role])}"]
    return points(
        _across(np.array(steps)).tolist(), heights, marker, hovers, mode="lines+markers+text", text=names, yaxis="y2",
        line=colours.pen(colours.fills[role], 4), textposition="middle right", cliponaxis=False,
        textfont=colours.font(colours.label + 2, colours.inks[role]),
    )  # fmt: skip


def _curve(
    steps: np.ndarray, heights: np.ndarray, colour: str, says: str, numbers: np.ndarray, colours: Palette
) -> Mark:
    hover = f"step %{{text}}: {says}<extra></extra>"
    return line(
        _across(steps).tolist(), heights.tolist(), colours.pen(colour, 3), hovertemplate=hover,
        customdata=numbers.tolist(), text=[str(step) for step in steps.tolist()],
    )  # fmt: skip


def _names(training: Training, colours: Palette) -> list[Mark]:
    """Name both curves at their ends, with their last numbers."""
    ends = (
        (f"right side<br>{percent(float(training.rates[-1]))}", float(training.rates[-1]), colours.ink),
        (f"loss {training.losses[-1]:.2f}", float(training.losses[-1] / training.losses[0]), colours.quiet),
    )
    return [
        note(
            text, colours.font(colours.small, ink), x=1, xref="paper", xanchor="left", xshift=6, y=height, align="left"
        )
        for text, height, ink in ends
    ]


def _ends(senses: Sequence[str], colours: Palette) -> list[Mark]:
    """Name the poles at their heights."""
    return [
        note(
            bold(label(sense)),
            colours.font(color=colours.inks[role]),
            x=0,
            xref="paper",
            xanchor="left",
            y=height,
            yref="y2",
        )
        for role, (sense, height) in enumerate(zip(senses, (-1, 1), strict=False))
    ]


def _title(text: str, colours: Palette) -> Mark:
    return {"text": text, "font": colours.font(colours.small, colours.quiet), "standoff": 4}
