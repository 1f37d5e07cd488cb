"""What was learned: how two matrices changed, and the weight of frequent words before and after."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from selfattn.core.rounding import percent, plain_fixed
from selfattn.figures.marks import Array, Mark, bars, beside, hatched, note
from selfattn.figures.palette import Palette, Size, bare_axis, draw, palette, rows_axis, scale
from selfattn.figures.text import bold, escaped

DARKEST = 0.99  # of all numbers are paler than the ends of the scale: one large number would make all others pale
GAP = 0.06  # of the width, or on a phone of the height: between both matrices
HEAD, FOOT, SCALE = 62, 30, 74  # pixels above a matrix, under it, and beside both, for type of the usual size
BAR, UNDER = 44, 8  # pixels of a bar, and around both


def changes(
    matrices: Sequence[Array], titles: Sequence[tuple[str, str]], axes: Sequence[tuple[str, str]], *,
    size: Size | None = None, theme: str = "light",
) -> go.Figure:  # fmt: skip
    """Draw how matrices changed, on one scale that is the same on both sides of zero; on a phone one below the other.

    Parameters
    ----------
    matrices : sequence of ndarray of shape (k, k)
    titles : sequence of (str, str)
        Two lines over each; escaped already.
    axes : sequence of (str, str)
        What the rows and the columns of each are.
    size : Size, optional
    theme : str
        "light" or "dark", or either for a "room".
    """
    size, colours = size or Size(), palette(theme)
    head, foot, beside_all = (round(pixels * colours.zoom) for pixels in (HEAD, FOOT, SCALE))
    far = float(np.quantile(np.abs(np.concatenate([matrix.ravel() for matrix in matrices])), DARKEST)) or 1.0
    gap = (head + foot) / (size.height * 2 - head - foot) if size.narrow else GAP
    share = (1 - gap * (len(matrices) - 1)) / len(matrices)
    traces: list[Mark] = []
    notes: list[Mark] = []
    frames: dict[str, Any] = {}
    for number, (matrix, title, ends) in enumerate(zip(matrices, titles, axes, strict=True)):
        start = number * (share + gap)
        across, down = ((0.0, 1.0), (1 - start - share, 1 - start)) if size.narrow else ((start, start + share), (0, 1))
        name = str(number + 1) if number else ""
        traces.append(_cells(matrix, far, name, number, colours))
        frames[f"xaxis{name}"] = bare_axis(domain=list(across), anchor=f"y{name}", constrain="domain")
        frames[f"yaxis{name}"] = bare_axis(domain=list(down), anchor=f"x{name}", autorange="reversed")
        notes += _named(title, ends, (across[0], down[1], down[0]), colours)
    height = size.height * 2 if size.narrow else size.height
    margin = {"l": 8, "r": beside_all, "t": head, "b": foot}
    return draw(traces, colours, height, margin=margin, annotations=notes, **frames)


def _cells(matrix: Array, far: float, name: str, number: int, colours: Palette) -> Mark:
    ends = [-far, 0.0, far]
    legend = {
        "thickness": 14 * colours.stroke, "outlinewidth": 0, "tickvals": ends, "len": 0.9,
        "ticktext": [plain_fixed(end, 2, signed=bool(end)) if end else "0" for end in ends],
        "tickfont": colours.font(colours.small, colours.quiet),
    }  # fmt: skip
    return {
        "type": "heatmap", "z": matrix.round(3).astype(np.float32), "zmin": -far, "zmax": far,
        "colorscale": scale(colours.diverging),
        "showscale": not number, "colorbar": legend, "xaxis": f"x{name}", "yaxis": f"y{name}",
        "hovertemplate": "row %{y}, column %{x}: %{z:.3f}<extra></extra>",
    }  # fmt: skip


def _named(
    title: tuple[str, str], ends: tuple[str, str], place: tuple[float, float, float], colours: Palette
) -> list[Mark]:
    """Write two lines over a matrix, and under it what its rows and its columns are."""
    left, top, bottom = place
    over = {"xref": "paper", "yref": "paper", "x": left, "xanchor": "left", "align": "left"}
    quiet = colours.font(colours.small, colours.quiet)
    both = f"{bold(title[0])}<br><span style='font-size:{colours.small}px'>{title[1]}</span>"
    return [
        note(both, colours.font(), y=top, yanchor="bottom", yshift=4, **over),
        note(escaped(f"↓ {ends[0]}   → {ends[1]}"), quiet, y=bottom, yanchor="top", yshift=-4, **over),
    ]


def often_bars(before: float, after: float, *, theme: str = "light") -> go.Figure:
    """Draw which share of the weight frequent words get, before training and after."""
    colours = palette(theme)
    shares, names = [before, after], ["before", "now"]
    shape = hatched([True, False], colours)
    drawn = bars(shares, [0, 1], {"color": colours.weights[2], "pattern": shape}, width=0.6, hoverinfo="skip")
    drawn |= beside([bold(percent(share)) for share in shares], colours.font())
    return draw(
        [drawn], colours, round((2 * BAR + UNDER) * colours.zoom), margin={"l": 8, "r": 8, "t": 4, "b": 4},
        xaxis=bare_axis(range=[0, 1.3 * max(*shares, 0.05)]), yaxis=rows_axis(names, colours),
    )  # fmt: skip
