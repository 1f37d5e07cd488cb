"""The vector of one word under each of its sentences, as cells of colour that stand one under the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from selfattn.core.typed import written
from selfattn.figures.arcs import note
from selfattn.figures.labels import text_width
from selfattn.figures.palette import (
    LETTERS,
    LIGHT,
    Palette,
    Size,
    Stops,
    bare_axis,
    figure,
    layout,
    palette,
    readable_on,
    scale,
)  # fmt: skip
from selfattn.figures.text import label

NUMBERS_UP_TO = 12  # cells of one vector: beyond, they are too narrow for numbers
TALLEST, TALLEST_ROOM = 110, 210  # pixels of a cell
WIDEST_CELL = 3.2  # times its height

Array = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Spoken:
    """The word in one sentence: which sentence it is (0 is A), and what stands before and after the word."""

    role: int
    before: str
    word: str
    after: str

    @property
    def text(self) -> str:
        """Give the sentence."""
        return self.before + self.word + self.after

    def cut(self, letters: int) -> Spoken:
        """Keep as many whole words on both sides as there is place for, in turns, the nearest first."""
        sides = self.before.split()[::-1], self.after.split()
        kept: tuple[list[str], list[str]] = ([], [])
        left = letters - min(len(self.word), letters)
        for at in range(max(map(len, sides))):
            for side, words in zip(kept, sides, strict=True):
                if at == len(side) and at < len(words) and len(words[at]) + 1 <= left:
                    side.append(words[at])
                    left -= len(words[at]) + 1
        starts, ends = (["…"] * (len(side) < len(words)) for side, words in zip(kept, sides, strict=True))
        before, after = " ".join([*starts, *kept[0][::-1]]), " ".join([*kept[1], *ends])
        if before and not (kept[0] and not self.before[-1].isspace()):
            before += " "  # a quotation mark or a comma stays at its word
        if after and not (kept[1] and not self.after[0].isspace()):
            after = " " + after
        return Spoken(self.role, before, self.word, after)


def vector_under_sentences(
    spoken: Sequence[Spoken], matrix: Array, *, difference: bool = False, size: Size | None = None, theme: str = "light"
) -> go.Figure:
    """Draw each sentence with its word marked, and under it the word's vector, dimension under dimension.

    Parameters
    ----------
    spoken : sequence of Spoken, of length n
    matrix : ndarray of shape (n, d)
        The vector of the word in each sentence. Up to twelve numbers are written in their cells.
    difference : bool
        Draw, under two vectors, the first minus the second.
    size : Size, optional
        The smallest figure in which the sentences must fit; it may become wider.
    theme : str
        "light" or "dark", or either for a "room".
    """
    size, colours = size or Size(660, 420), palette(theme)
    far = float(np.abs(matrix).max()) or 1.0
    both = difference and len(matrix) == 2
    rows = np.vstack([matrix, matrix[0] - matrix[1]]) if both else np.asarray(matrix)
    block, letters = size.height / len(rows), colours.label + round(5 * colours.stroke)
    heading = 2.0 * letters
    tallest = (TALLEST_ROOM if colours.stroke > 1 else TALLEST) * (1 if rows.shape[1] <= NUMBERS_UP_TO else 0.75)
    cell = min(block - heading - 0.5 * letters, tallest)
    width = min(size.width / rows.shape[1], WIDEST_CELL * cell)
    tops = [size.height - at * block for at in range(len(rows))]
    strips = [
        _strip(row, top - heading - cell / 2, cell, width, far, colours) for row, top in zip(rows, tops, strict=True)
    ]
    notes: list[dict[str, Any]] = []
    for one, top in zip(spoken, tops, strict=False):
        notes += _sentence(one, top - heading / 2, size, letters, colours)
    if both:
        notes.append(_difference(spoken, rows[-1], tops[-1] - heading / 2, letters, colours))
    if rows.shape[1] <= NUMBERS_UP_TO:
        for row, top in zip(rows, tops, strict=True):
            notes += _numbers(row, top - heading - cell / 2, cell, width, far, colours)
    frames = [_frame(top - heading, cell, width * rows.shape[1], colours) for top in tops]
    looks = layout(
        colours,
        size.height,
        margin={"l": 2, "r": 2, "t": 0, "b": 0},
        xaxis=bare_axis(range=[0, size.width]),
        yaxis=bare_axis(range=[0, size.height]),
        shapes=frames,
        annotations=notes,
    )
    return figure(strips, looks)


def _stops(colours: Palette) -> Stops:
    return scale(colours.diverging)


def _strip(row: Array, middle: float, cell: float, width: float, far: float, colours: Palette) -> dict[str, Any]:
    gap = 0 if width < 10 else 1 if len(row) > NUMBERS_UP_TO else 4
    return {
        "type": "heatmap", "z": [row.astype(float).tolist()], "x0": width / 2, "dx": width, "y0": middle, "dy": cell,
        "zmin": -far, "zmax": far, "colorscale": _stops(colours), "showscale": False, "xgap": gap, "ygap": 0,
        "customdata": [list(range(1, len(row) + 1))],
        "hovertemplate": "dimension %{customdata}: %{z:.3f}<extra></extra>",
    }  # fmt: skip


def _frame(top: float, cell: float, across: float, colours: Palette) -> dict[str, Any]:
    corners = {"x0": 0, "x1": across, "y0": top, "y1": top - cell}
    return {"type": "rect", **corners, "line": {"color": colours.line, "width": 1.5 * colours.stroke}}


def _sentence(one: Spoken, middle: float, size: Size, letters: int, colours: Palette) -> list[dict[str, Any]]:
    """Write the sentence beside its letter, the word in its colour."""
    indent = 2.1 * letters
    cut = one.cut(int((size.width - indent) / text_width("n", letters)) - 2)
    word = f'<b><u><span style="color:{colours.inks[one.role]}">{label(cut.word)}</span></u></b>'
    text = _line(cut.before) + word + _line(cut.after)
    badge = note(
        f"<b>{LETTERS[one.role]}</b>", (0, middle), size=letters - 2, color="#FFFFFF", xanchor="left",
        bgcolor=LIGHT.inks[one.role], borderpad=round(4 * colours.stroke), width=0.9 * letters,
    )  # fmt: skip
    return [badge, note(text, (0, middle), size=letters, color=colours.ink, xanchor="left", xshift=indent)]


def _line(text: str) -> str:
    return " ".join(label(word) for word in text.split(" "))


def _difference(spoken: Sequence[Spoken], row: Array, middle: float, letters: int, colours: Palette) -> dict[str, Any]:
    names = " − ".join(LETTERS[one.role] for one in spoken)
    text = f"<b>{names}</b>: the largest difference is {written(float(np.abs(row).max()))}"
    return note(text, (0, middle), size=letters, color=colours.ink, xanchor="left")


def _numbers(
    row: Array, middle: float, cell: float, width: float, far: float, colours: Palette
) -> list[dict[str, Any]]:
    """Write each number in its cell, in the largest type in which all fit."""
    longest = max((written(float(number)) for number in row), key=len)
    size = min(int(0.45 * cell), int(0.75 * width / text_width(longest, 100) * 100))
    if size < colours.tiny:
        return []
    return [
        note(
            written(float(number)),
            ((at + 0.5) * width, middle),
            size=size,
            color=readable_on(_stops(colours), (float(number) / far + 1) / 2),
        )
        for at, number in enumerate(row)
    ]
