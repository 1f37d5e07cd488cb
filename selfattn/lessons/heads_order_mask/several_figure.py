"""Thumbnails of what several heads look at: a row for each sentence, a column for each head."""

from collections.abc import Collection, Sequence

import numpy as np
import plotly.graph_objects as go

from selfattn.figures.marks import CLICKABLE, Array, Mark, frame, note, points
from selfattn.figures.palette import LETTERS, Size, bare_axis, draw, palette, scale
from selfattn.figures.text import bold

PART = 0.86  # of the room for a thumbnail: the rest lies between two
HEAD = 26  # pixels above the thumbnails, for type of the usual size
UNSEEN = 50  # pixels of a thumbnail that can be clicked


def thumbnails(
    weights: Sequence[Array],
    roles: Sequence[int],
    names: Sequence[str],
    *,
    opened: int,
    muted: Collection[int] = (),
    size: Size | None = None,
    theme: str = "light",
) -> go.Figure:
    """Draw the weights of all words in every head, small, on one scale from 0 to 1; the opened head is framed.

    A point that is not seen stands in the middle of each at (head, sentence), to be clicked.

    Parameters
    ----------
    weights : sequence of ndarray of shape (h, n, m)
        One for each sentence; rows of n words, each looking at m.
    roles : sequence of int
        Which sentence each is: 0 is A.
    names : sequence of str, of length h
    opened : int
    muted : collection of int
        Heads whose name says that they are muted.
    size : Size, optional
    theme : str
        As `palette` knows it.
    """
    size, colours = size or Size(), palette(theme)
    count, rows, head = len(names), len(weights), round(HEAD * colours.zoom)
    traces = [_row(every, row, theme) for row, every in enumerate(weights)]
    across, down = zip(*((column, row) for row in range(rows) for column in range(count)), strict=True)
    hovers = [f"{names[column]}, sentence {LETTERS[roles[row]]}" for column, row in zip(across, down, strict=True)]
    clicks = points(across, down, {"size": UNSEEN, "opacity": 0, "symbol": "square"}, hovers)
    titles = [
        note(
            f"<s>{name}</s>" if column in muted else bold(name, column == opened),
            colours.font(color=colours.quiet if column in muted else colours.ink),
            x=column, xref="x", y=1, yref="paper", yanchor="bottom",
        )
        for column, name in enumerate(names)
    ]  # fmt: skip
    letters = [
        note(
            bold(LETTERS[role]), colours.font(color=colours.inks[role]), x=0, xref="paper", xanchor="right", xshift=-6,
            y=row,
        )
        for row, role in enumerate(roles)
    ]  # fmt: skip
    around = frame((opened - 0.5, opened + 0.5), (-0.5, rows - 0.5), colours.pen(colours.ink, 2.5))
    return draw(
        [*traces, clicks | CLICKABLE], colours, size.height,
        margin={"l": round(24 * colours.zoom), "r": 4, "t": head, "b": 4}, annotations=[*titles, *letters],
        shapes=[around], hovermode="closest",
        xaxis=bare_axis(range=[-0.52, count - 0.48]), yaxis=bare_axis(range=[rows - 0.48, -0.52]),
    )  # fmt: skip


def _row(every: Array, row: int, theme: str) -> Mark:
    """Draw the thumbnails of one sentence as one heatmap, with an empty column between two heads."""
    count, n, width = every.shape
    cells = np.full((n, count * (width + 1) - 1), np.nan)
    edges = []
    for head, weights in enumerate(every):
        cells[:, head * (width + 1) : head * (width + 1) + width] = weights
        edges += np.linspace(head - PART / 2, head + PART / 2, width + 1).tolist()
    return {
        "type": "heatmap", "z": cells.astype(np.float32), "x": edges,
        "y": np.linspace(row - PART / 2, row + PART / 2, n + 1).tolist(), "zmin": 0.0, "zmax": 1.0,
        "colorscale": scale(palette(theme).weights), "showscale": False, "hoverinfo": "skip", "hoverongaps": False,
    }  # fmt: skip
