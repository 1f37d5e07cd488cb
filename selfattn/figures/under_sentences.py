"""The vector of one word under each of its sentences, as cells of colour that stand one under the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from selfattn.core.rounding import telling
from selfattn.core.sentences import Sentence
from selfattn.core.typed import written
from selfattn.figures.labels import text_width
from selfattn.figures.marks import Array, Mark, frame, note, strips
from selfattn.figures.palette import LETTERS, LIGHT, Palette, Size, bare_axis, draw, palette, readable_on, scale
from selfattn.figures.text import bold, label

NUMBERS_UP_TO = 12  # cells of one vector: beyond, they are too narrow for numbers
TALLEST, TALLEST_ROOM = 110, 210  # pixels of a cell
WITHOUT_NUMBERS = 0.75  # of that, where no number stands in it
WIDEST_CELL = 3.2  # times its height
GAPLESS, GAP, NUMBERED_GAP = 10, 1, 4  # pixels of a cell that has no gap beside it, and of the gaps of others


@dataclass(frozen=True, slots=True)
class Spoken:
    """The word in one sentence: which sentence it is (0 is A), and what stands before and after the word."""

    role: int
    before: str
    word: str
    after: str

    @classmethod
    def of(cls, role: int, sentence: Sentence, row: int) -> Spoken:
        """Split a sentence, as it was typed, at the word in a row."""
        piece, text = sentence.pieces[sentence.rows.index(row)], sentence.text
        return cls(role, text[: piece.start], text[piece.start : piece.end], text[piece.end :])

    @property
    def text(self) -> str:
        """Give the sentence."""
        return self.before + self.word + self.after

    def cut(self, letters: int) -> Spoken:
        """Keep as many whole words on both sides as there is place for, in turns, the nearest first."""
        sides = self.before.split()[::-1], self.after.split()
        kept: tuple[list[str], list[str]] = ([], [])
        left = letters - min(len(self.word), letters)
        for nth in range(max(map(len, sides))):
            for side, words in zip(kept, sides, strict=True):
                if nth == len(side) and nth < len(words) and len(words[nth]) + 1 <= left:
                    side.append(words[nth])
                    left -= len(words[nth]) + 1
        starts, ends = (["…"] * (len(side) < len(words)) for side, words in zip(kept, sides, strict=True))
        before, after = " ".join([*starts, *kept[0][::-1]]), " ".join([*kept[1], *ends])
        if before and not (kept[0] and not self.before[-1].isspace()):
            before += " "  # a quotation mark or a comma stays at its word
        if after and not (kept[1] and not self.after[0].isspace()):
            after = " " + after
        return Spoken(role=self.role, before=before, word=self.word, after=after)


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
    both = difference and len(matrix) == 2
    rows = np.vstack([matrix, matrix[0] - matrix[1]]) if both else np.asarray(matrix)
    count, numbered = rows.shape[1], rows.shape[1] <= NUMBERS_UP_TO
    block, letters = size.height / len(rows), colours.label + round(5 * colours.stroke)
    heading = 2.0 * letters
    tallest = (TALLEST_ROOM if colours.room else TALLEST) * (1 if numbered else WITHOUT_NUMBERS)
    high = min(block - heading - 0.5 * letters, tallest)
    cells = _Cells(
        wide=min(size.width / count, WIDEST_CELL * high), high=high, far=float(np.abs(matrix).max()) or 1.0,
        colours=colours,
    )  # fmt: skip
    tops = [size.height - row * block for row in range(len(rows))]
    middles = [top - heading - high / 2 for top in tops]
    notes: list[Mark] = []
    for sentence, top in zip(spoken, tops, strict=False):
        notes += _sentence(sentence, top - heading / 2, size, letters, colours)
    if both:
        names = bold(" − ".join(LETTERS[sentence.role] for sentence in spoken))
        text = f"{names}: the largest difference is {written(telling(float(np.abs(rows[-1]).max()), 2))}"
        notes.append(_line(text, 0, tops[-1] - heading / 2, letters, colours.ink, xanchor="left"))
    if numbered:
        notes += [number for row, middle in zip(rows, middles, strict=True) for number in cells.numbers(row, middle)]
    pen = colours.pen(colours.line, 1.5)
    return draw(
        [cells.strip(row, middle) for row, middle in zip(rows, middles, strict=True)], colours, size.height,
        margin={"l": 2, "r": 2, "t": 0, "b": 0}, annotations=notes,
        shapes=[frame((0, cells.wide * count), (top - heading, top - heading - high), pen) for top in tops],
        xaxis=bare_axis(range=[0, size.width]), yaxis=bare_axis(range=[0, size.height]),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of vectors: pixels of each, the number that is deepest in colour, and the colours."""

    wide: float
    high: float
    far: float
    colours: Palette

    def strip(self, row: Array, middle: float) -> Mark:
        """Draw a vector."""
        gap = 0 if self.wide < GAPLESS else GAP if len(row) > NUMBERS_UP_TO else NUMBERED_GAP
        return strips(
            row, self.colours, z=[row.astype(float).tolist()], zmin=-self.far, zmax=self.far, x0=self.wide / 2,
            dx=self.wide, y0=middle, dy=self.high, xgap=gap, ygap=0, customdata=[list(range(1, len(row) + 1))],
            hovertemplate="dimension %{customdata}: %{z:.3f}<extra></extra>",
        )  # fmt: skip

    def numbers(self, row: Array, middle: float) -> list[Mark]:
        """Write each number in its cell, in the largest type in which all fit."""
        numbers, stops = row.astype(float).tolist(), scale(self.colours.diverging)
        longest = max((written(number) for number in numbers), key=len)
        size = min(int(0.45 * self.high), int(0.75 * self.wide / text_width(longest, 100) * 100))
        if size < self.colours.tiny:
            return []
        inks = [readable_on(stops, (number / self.far + 1) / 2) for number in numbers]
        return [
            _line(written(number), (cell + 0.5) * self.wide, middle, size, ink)
            for cell, (number, ink) in enumerate(zip(numbers, inks, strict=True))
        ]


def _line(text: str, x: float, y: float, size: float, color: str, **settings: Any) -> Mark:
    return note(text, {"size": size, "color": color}, x=x, y=y, yanchor="middle", **settings)


def _sentence(sentence: Spoken, middle: float, size: Size, letters: int, colours: Palette) -> list[Mark]:
    """Write the sentence beside its letter, the word in its colour."""
    indent = 2.1 * letters
    cut = sentence.cut(int((size.width - indent) / text_width("n", letters)) - 2)
    word = bold(f'<u><span style="color:{colours.inks[cut.role]}">{label(cut.word)}</span></u>')
    before, after = (" ".join(label(piece) for piece in side.split(" ")) for side in (cut.before, cut.after))
    badge = {"bgcolor": LIGHT.inks[cut.role], "borderpad": round(4 * colours.stroke), "width": 0.9 * letters}
    return [
        _line(bold(LETTERS[cut.role]), 0, middle, letters - 2, "#FFFFFF", xanchor="left", **badge),
        _line(before + word + after, 0, middle, letters, colours.ink, xanchor="left", xshift=indent),
    ]
