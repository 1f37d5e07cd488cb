"""Thumbnails of every head: a small picture of its weights, a row a layer, all in one image."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from selfattn.core.attention import Array
from selfattn.figures.marks import Mark, frame, steady
from selfattn.figures.palette import Palette, Size, draw, named_axis, palette, rows_axis, scale

MOST = 16  # cells along a side of a thumbnail: of more, each stands for the largest of several
GAP = 255  # what stands between two thumbnails, in numbers from 0 to 254


def thumbnails(
    weights: Array, opened: tuple[int, int], hovers: Sequence[str], *, size: Size | None = None, theme: str = "light"
) -> go.Figure:
    """Draw all heads: layers from top to bottom, heads from left to right, on one scale from 0 to 1.

    Parameters
    ----------
    weights : ndarray of shape (layers, heads, n, n)
    opened : (int, int)
        The layer and the head that are framed, counted from 0.
    hovers : sequence of str
        What is said of each head where it is pointed at, layer by layer; escaped already.
    size : Size, optional
    theme : str
        "light" or "dark", or either for a "room".

    Notes
    -----
    A thumbnail of more than 16 words has 16 cells along a side, each of them the largest weight of several. An
    invisible point in the middle of each takes a click, at (head, layer).
    """
    size, colours = size or Size(), palette(theme)
    n_layers, n_heads, *_ = weights.shape
    small = pooled(weights)
    font = colours.font(colours.small, colours.quiet)
    layer, head = opened
    titles = [{"text": text, "font": font, "standoff": 10} for text in ("head", "layer")]
    columns = named_axis(
        range(n_heads), [str(place + 1) for place in range(n_heads)], font, side="top", automargin=True,
        range=[-0.52, n_heads - 0.48], title=titles[0],
    )  # fmt: skip
    rows = rows_axis(
        [str(place + 1) for place in range(n_layers)], colours, tickfont=font, title=titles[1],
        range=[n_layers - 0.48, -0.52],
    )  # fmt: skip
    edge = frame((head - 0.5, head + 0.5), (layer - 0.5, layer + 0.5), colours.pen(colours.fills[0], 3))
    return draw(
        [_image(small, colours), _points((n_layers, n_heads), hovers)], colours, size.height, xaxis=columns,
        yaxis=rows, shapes=[edge], hoverdistance=-1, clickmode="event+select", margin={"l": 4, "r": 4, "t": 4, "b": 4},
    )  # fmt: skip


def pooled(weights: Array, most: int = MOST) -> Array:
    """Make matrices small: each cell of at most `most` along a side is the largest of a block; small ones stay.

    >>> pooled(np.array([[0.1, 0.9], [0.6, 0.4]]), 1)
    array([[0.9]])
    """
    n = weights.shape[-1]
    starts = np.unique(np.linspace(0, n, min(n, most), endpoint=False).astype(int))
    return np.asarray(np.maximum.reduceat(np.maximum.reduceat(weights, starts, axis=-1), starts, axis=-2))


def _image(small: Array, colours: Palette) -> Mark:
    """Lay all thumbnails into one image: one byte a cell, for 72 pictures are many numbers."""
    n_layers, n_heads, k, _ = small.shape
    cells = np.full((n_layers, k + 1, n_heads, k + 1), GAP, dtype=np.uint8)
    cells[:, :k, :, :k] = np.round(np.clip(small, 0, 1) * (GAP - 1)).astype(np.uint8).transpose(0, 2, 1, 3)
    image = cells.reshape(n_layers * (k + 1), n_heads * (k + 1))[:-1, :-1]
    step = 1 / (k + 1)
    stops = [(place * (GAP - 1) / GAP, colour) for place, colour in scale(colours.weights)]
    return {
        "type": "heatmap", "z": image, "zmin": 0, "zmax": GAP, "showscale": False, "hoverinfo": "skip",
        "colorscale": [*stops, (1 - 1e-6, stops[-1][1]), (1, colours.paper)],
        "x0": -(k - 1) / 2 * step, "dx": step, "y0": -(k - 1) / 2 * step, "dy": step,
    }  # fmt: skip


def _points(shape: tuple[int, int], hovers: Sequence[str]) -> Mark:
    rows, columns = np.indices(shape).reshape(2, -1)
    return {
        "type": "scatter", "mode": "markers", "x": columns.tolist(), "y": rows.tolist(), "hovertext": list(hovers),
        "hoverinfo": "text", "marker": {"size": 34, "symbol": "square", "opacity": 0},
        **steady(marker={"opacity": 0}),
    }  # fmt: skip
