"""The position vectors of two sentences that share their places: a row a place, the words of both beside it."""

from collections.abc import Sequence

import plotly.graph_objects as go

from selfattn.figures.labels import text_width
from selfattn.figures.marks import Array, Mark, foot, frame, note, strips
from selfattn.figures.palette import LETTERS, Palette, bare_axis, draw, named_axis, palette
from selfattn.figures.text import bold, label

LONGEST = 10  # letters of a word beside its row
ROW = 1.3  # pixels of a row that is named, for each of its type


def places_chart(
    vectors: Array, sentences: Sequence[Sequence[str]], chosen: Sequence[int], *, height: int = 340,
    theme: str = "light",
) -> go.Figure:  # fmt: skip
    """Draw what is added at each place: a row a place, a column a dimension.

    Parameters
    ----------
    vectors : ndarray of shape (n, d)
        From −1 to 1, for the longer of both sentences.
    sentences : sequence of two sequences of str
        The words of A, named at the left, and those of B, at the right.
    chosen : sequence of two int
        Where the word that is followed stands in each: its rows are framed.
    height : int
    theme : str
    """
    colours = palette(theme)
    n, width = vectors.shape
    top, below = round(1.9 * colours.label), round(2 * colours.small)
    shown = _named(n, chosen, int((height - top - below) / (ROW * colours.label)))
    names = [_names(words, shown, row) for words, row in zip(sentences, chosen, strict=True)]
    letters = [max((text_width(label(words[place], LONGEST), colours.label) for place in shown if place < len(words)),
                   default=0.0) for words in sentences]  # fmt: skip
    cells = strips(
        vectors.round(3), colours, zmin=-1, zmax=1, xgap=0, ygap=2 if n <= 12 else 0,
        hovertemplate="place %{y}, dimension %{x}: %{z:.2f}<extra></extra>", x0=1, dx=1,
    )  # fmt: skip
    beside = [
        note(name, colours.font(color=colours.inks[1]), x=1, xref="paper", xanchor="left", xshift=6, y=place)
        for place, name in zip(shown, names[1], strict=True)
    ]
    return draw(
        [cells], colours, height,
        margin={"l": round(letters[0]) + 16, "r": round(letters[1]) + 16, "t": top, "b": below},
        shapes=_frames(chosen, width, colours), annotations=[*beside, *_heads(colours), _foot(width, colours)],
        xaxis=bare_axis(range=[0.5, width + 0.5]),
        yaxis=named_axis(shown, names[0], colours.font(color=colours.inks[0]), range=[n - 0.5, -0.5]),
    )  # fmt: skip


def _named(count: int, chosen: Sequence[int], most: int) -> list[int]:
    """Choose the rows that are named: evenly, the chosen ones in any case and none that touches them."""
    step = -(-count // max(most, 1))
    apart = (step + 1) // 2
    others = [place for place in range(0, count, step) if all(abs(place - row) >= apart for row in chosen)]
    return sorted({*others, *chosen})


def _names(words: Sequence[str], shown: Sequence[int], row: int) -> list[str]:
    return [bold(label(words[place], LONGEST), place == row) if place < len(words) else "" for place in shown]


def _heads(colours: Palette) -> list[Mark]:
    """Write the letter of each sentence over its words."""
    return [
        note(
            bold(LETTERS[side]), colours.font(color=colours.inks[side]), x=side, xref="paper", y=1, yref="paper",
            yanchor="bottom", xanchor=("right", "left")[side], xshift=(-6, 6)[side],
        )
        for side in (0, 1)
    ]  # fmt: skip


def _foot(width: int, colours: Palette) -> Mark:
    return foot(f"dimensions 1 to {width}: waves, ever slower →" if width > 1 else "dimension 1", colours)


def _frames(chosen: Sequence[int], width: int, colours: Palette) -> list[Mark]:
    """Frame the rows of the word, in the colour of its sentence; one row of both is framed in ink."""
    inks = colours.inks if chosen[0] != chosen[1] else (colours.ink,)
    across = (0.5, width + 0.5)
    return [frame(across, (row - 0.5, row + 0.5), colours.pen(ink, 3)) for row, ink in zip(chosen, inks, strict=False)]
