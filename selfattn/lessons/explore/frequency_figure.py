"""How long the vectors of frequent words are, and those of rare ones."""

import math

import numpy as np
import plotly.graph_objects as go

from selfattn.figures.labels import Box
from selfattn.figures.marks import BELOW, PAPER, Mark, line, note, points
from selfattn.figures.named_points import Name, Plot, written
from selfattn.figures.palette import Palette, Size, bare_axis, draw, named_axis, palette, tint
from selfattn.figures.text import bold, label
from selfattn.sets.explore.frequency import Norms

WORDS, MEANS = 1, 2  # the colours: no sentence speaks here, so that neither is A
NAMED_APART = 2  # words at every tenfold rank are named, and so many of the shortest and of the longest
SIDE, FOOT, HEAD = 48, 58, 30  # pixels left of, below and above the lengths, for type of the usual size
TITLE = 30  # pixels from the lengths to what the ranks are, for type of the usual size
EDGE, LEAST = 0.12, 0.3  # of a tenfold of ranks: the room at both ends, and what is shown at least
OVER, UNDER, ACROSS = 26, 4, 40  # pixels that a mean takes with its number: no name stands there


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
    side, foot, head, title = (round(pixels * colours.zoom) for pixels in (SIDE, FOOT, HEAD, TITLE))
    ranks = np.log10(norms.ranks)  # a linear axis of logarithms: names are placed in pixels
    limits = (-EDGE, max(float(ranks[-1]), LEAST) + EDGE)
    highest = float(norms.lengths.max()) * 1.12 or 1.0
    plot = Plot(limits, (0.0, highest), size.width - side - 8, size.height - head - foot)
    each = zip(norms.words, norms.ranks, norms.lengths, strict=True)
    hovers = [f"{label(word)}, rank {rank:,}: {length:.2f}" for word, rank, length in each]
    dot = {"size": 8 * colours.stroke, "color": tint(colours.fills[WORDS], 0.5)}
    ends = [(math.log10(first), min(math.log10(last + 1), limits[1])) for first, last, _ in norms.bands]
    steps = [(left, right, *band) for (left, right), band in zip(ends, norms.bands, strict=True)]
    powers = [power for power in range(len(ends)) if 10**power <= norms.ranks[-1]] or [0]
    small, quiet = colours.font(colours.small), colours.font(colours.small, colours.quiet)
    line_below = {"showline": True, "linecolor": colours.line}
    grid = {"showticklabels": True, "nticks": 5, "showgrid": True, "gridcolor": tint(colours.line, 0.6)}
    dots = points(ranks.tolist(), norms.lengths.tolist(), dot, hovers, cliponaxis=False)
    return draw(
        [dots, *(_mean(*step, colours) for step in steps)],
        colours,
        size.height,
        margin={"l": side, "r": 8, "t": head, "b": foot},
        hovermode="closest",
        xaxis=named_axis(powers, [f"{10**power:,}" for power in powers], small, range=list(limits), **line_below),
        yaxis=bare_axis(range=[0, highest], tickfont=quiet, **grid),
        annotations=[
            *written(_names(norms, colours), plot, [_taken(*band, plot) for band in norms.bands]),
            *(_number(left, right, mean, colours) for left, right, _, _, mean in steps),
            note("length of the vector", small, x=0, xanchor="left", y=1, yanchor="bottom", yshift=2, **PAPER),
            note("rank: 1 is the most frequent word", small, x=0.5, xanchor="center", yshift=-title, **BELOW),
        ],
    )  # fmt: skip


def _names(norms: Norms, colours: Palette) -> list[Name]:
    """Name the words at the ranks 1, 10, 100, … and the shortest and longest vectors."""
    tenfold = [int(np.abs(norms.ranks - first).argmin()) for first, _, _ in norms.bands]
    order = np.argsort(norms.lengths, kind="stable").tolist()
    chosen = dict.fromkeys([*tenfold, *order[::-1][:NAMED_APART], *order[:NAMED_APART]])
    return [
        Name(math.log10(norms.ranks[row]), float(norms.lengths[row]), norms.words[row], colours.small, colours.ink)
        for row in chosen
    ]


def _taken(first: int, last: int, mean: float, plot: Plot) -> Box:
    """Keep names off the line of a mean and its number."""
    (left, y), (right, _) = plot.pixel(math.log10(first), mean), plot.pixel(math.log10(last), mean)
    return left, y - OVER, max(right, left + ACROSS), y + UNDER


def _mean(left: float, right: float, first: int, last: int, mean: float, colours: Palette) -> Mark:
    """Draw the mean of a band as a step."""
    hover = {"hoverinfo": "text", "hovertext": [f"mean of ranks {first:,} to {last:,}: {mean:.2f}"] * 3}
    pen = colours.pen(colours.inks[MEANS], 4)
    return line([left, (left + right) / 2, right], [mean] * 3, pen, cliponaxis=False, **hover)


def _number(left: float, right: float, mean: float, colours: Palette) -> Mark:
    """Write the mean of a band above the middle of its step, on paper: the dots behind it must not be read with it."""
    paper = {"bgcolor": tint(colours.paper, 0.8), "borderpad": 0}
    font = colours.font(colours.small, colours.inks[MEANS])
    return note(bold(f"{mean:.3g}"), font, x=(left + right) / 2, y=mean, yanchor="bottom", yshift=4, **paper)
