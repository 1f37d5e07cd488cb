"""How long the vectors of frequent words are, and those of rare ones."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import plotly.graph_objects as go

from selfattn.figures.labels import Box
from selfattn.figures.named_points import Name, Plot, written
from selfattn.figures.palette import LABEL, Palette, Size, bare_axis, figure, layout, palette, tint
from selfattn.figures.text import label
from selfattn.sets.explore.frequency import Norms

WORDS, MEANS = 1, 2  # the colours: no sentence speaks here, so that neither is A
NAMED_APART = 2  # words at every tenfold rank are named, and so many of the shortest and of the longest
SIDE, FOOT, HEAD = 48, 58, 30  # pixels left of, below and above the lengths, for type of the usual size


def norms_figure(norms: Norms, *, size: Size | None = None, theme: str = "light") -> go.Figure:
    """Draw the length of each vector against the word's rank, and the mean of every tenfold of ranks.

    Parameters
    ----------
    norms : Norms
        Of at least one word.
    size : Size, optional
        The smallest figure in which names must not overlap.
    theme : str
        "light" or "dark", or either for a "room".
    """
    colours, size = palette(theme), size or Size()
    scale = colours.label / LABEL
    margin = {"l": round(SIDE * scale), "r": 8, "t": round(HEAD * scale), "b": round(FOOT * scale)}
    ranks = np.log10(norms.ranks)  # a linear axis of logarithms: names are placed in pixels
    highest = float(norms.lengths.max()) * 1.12 or 1.0
    limits = (-0.12, max(float(ranks[-1]), 0.3) + 0.12)
    width, height = size.width - margin["l"] - margin["r"], size.height - margin["t"] - margin["b"]
    plot = Plot(limits, (0.0, highest), width, height)
    dots = {
        "type": "scatter", "mode": "markers", "x": ranks.tolist(), "y": norms.lengths.tolist(), "hoverinfo": "text",
        "hovertext": [f"{label(word)}, rank {rank:,}: {length:.2f}" for word, rank, length in _each(norms)],
        "marker": {"size": 8 * colours.stroke, "color": tint(colours.fills[WORDS], 0.5)}, "cliponaxis": False,
    }  # fmt: skip
    looks = layout(
        colours,
        size.height,
        margin=margin,
        hovermode="closest",
        xaxis=_rank_axis(limits, int(norms.ranks[-1]), colours),
        yaxis=_length_axis(highest, colours),
        annotations=[
            *written(_names(norms, colours), plot, _steps(norms, plot)),
            *(_number(*band, limits, colours) for band in norms.bands),
            *_titles(scale, colours),
        ],
    )
    return figure([dots, *(_mean(*band, limits, colours) for band in norms.bands)], looks)


def _each(norms: Norms) -> zip[tuple[str, int, float]]:
    return zip(norms.words, norms.ranks.tolist(), norms.lengths.tolist(), strict=True)


def _names(norms: Norms, colours: Palette) -> list[Name]:
    """Name the words at the ranks 1, 10, 100, … and the shortest and longest vectors."""
    tenfold = [int(np.abs(norms.ranks - first).argmin()) for first, _, _ in norms.bands]
    order = np.argsort(norms.lengths, kind="stable").tolist()
    chosen = dict.fromkeys([*tenfold, *order[::-1][:NAMED_APART], *order[:NAMED_APART]])
    return [
        Name(math.log10(norms.ranks[at]), float(norms.lengths[at]), norms.words[at], colours.small, colours.ink)
        for at in chosen
    ]


def _steps(norms: Norms, plot: Plot) -> list[Box]:
    """Keep names off the lines of the means and their numbers."""
    boxes = []
    for first, last, mean in norms.bands:
        (left, y), (right, _) = plot.pixel(math.log10(first), mean), plot.pixel(math.log10(last), mean)
        boxes.append((left, y - 26, max(right, left + 40), y + 4))
    return boxes


def _mean(first: int, last: int, mean: float, limits: tuple[float, float], colours: Palette) -> dict[str, Any]:
    """Draw the mean of a band as a step."""
    left, right = math.log10(first), min(math.log10(last + 1), limits[1])
    line = {"color": colours.inks[MEANS], "width": 4 * colours.stroke}
    said = f"mean of ranks {first:,} to {last:,}: {mean:.2f}"
    return {
        "type": "scatter", "mode": "lines", "x": [left, (left + right) / 2, right], "y": [mean] * 3, "line": line,
        "cliponaxis": False, "hoverinfo": "text", "hovertext": [said] * 3,
    }  # fmt: skip


def _number(first: int, last: int, mean: float, limits: tuple[float, float], colours: Palette) -> dict[str, Any]:
    """Write the mean of a band above the middle of its step, on paper: the dots behind it must not be read with it."""
    left, right = math.log10(first), min(math.log10(last + 1), limits[1])
    return {
        "text": f"<b>{mean:.3g}</b>", "x": (left + right) / 2, "y": mean, "yanchor": "bottom", "yshift": 4,
        "showarrow": False, "bgcolor": tint(colours.paper, 0.8), "borderpad": 0,
        "font": {"size": colours.small, "color": colours.inks[MEANS]},
    }  # fmt: skip


def _rank_axis(limits: tuple[float, float], last: int, colours: Palette) -> dict[str, Any]:
    powers = [power for power in range(8) if 10**power <= last] or [0]
    return bare_axis(
        range=list(limits), showticklabels=True, tickmode="array", tickvals=powers, showline=True,
        ticktext=[f"{10**power:,}" for power in powers], linecolor=colours.line,
        tickfont={"size": colours.small, "color": colours.ink},
    )  # fmt: skip


def _length_axis(highest: float, colours: Palette) -> dict[str, Any]:
    return bare_axis(
        range=[0, highest], showticklabels=True, nticks=5, showgrid=True, gridcolor=tint(colours.line, 0.6),
        tickfont={"size": colours.small, "color": colours.quiet},
    )  # fmt: skip


def _titles(scale: float, colours: Palette) -> list[dict[str, Any]]:
    plain = {
        "xref": "paper",
        "yref": "paper",
        "showarrow": False,
        "font": {"size": colours.small, "color": colours.ink},
    }
    high = {"text": "length of the vector", "x": 0, "xanchor": "left", "y": 1, "yanchor": "bottom", "yshift": 2}
    foot = {"text": "rank: 1 is the most frequent word", "x": 0.5, "xanchor": "center", "y": 0, "yanchor": "top"}
    return [plain | high, plain | foot | {"yshift": -round(30 * scale)}]
