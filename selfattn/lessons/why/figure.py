"""Frames within frames: generative AI, the transformer, self-attention, and in the centre the sentence at work."""

from collections.abc import Sequence

import plotly.graph_objects as go

from selfattn.figures.arcs import sentence, stage_of
from selfattn.figures.marks import Array, Mark, note
from selfattn.figures.palette import Palette, Size, bare_axis, draw, palette, tint

FRAMES = ("<b>Generative AI</b>: images, video, text", "<b>Transformer</b>", "<b>Self-attention</b>")
SHADES = (0.07, 0.12)  # how deep the colour of the two outer frames is; the centre is paper


def nested_frames(
    weights: Array, tokens: Sequence[str], row: int, *, size: Size | None = None, upright: bool = False,
    theme: str = "light",
) -> go.Figure:  # fmt: skip
    """Draw the frames, and in the centre the sentence: an arc from the chosen word to each, as thick as its weight.

    Parameters
    ----------
    weights : ndarray of shape (n,)
        What each word gives to the chosen one; they sum to one.
    tokens : sequence of str, of length n
    row : int
        The chosen word. What it gives to itself is a bowl under it.
    size : Size, optional
        The smallest figure in which words must not overlap; it may become wider.
    upright : bool
        For a phone: the words stand one under the other.
    theme : str
        "light" or "dark", or either for a "room".

    Notes
    -----
    Of a long sentence, the seven heaviest words are shown, with an ellipsis where words are left out.
    """
    size, colours = size or Size(720, 470), palette(theme)
    edge, band = 0.75 * colours.label, 1.9 * colours.label  # around each frame, and for its name
    innermost = (2 * edge, (3 if upright else 2) * edge, size.width - 2 * edge, size.height - 3 * band)
    stage = stage_of(innermost, colours, upright=upright)
    arcs, bowl, notes, shown = sentence(weights, tokens, row, stage, colours)
    if shown < len(tokens):
        text = f"{shown} of {len(tokens)} words"
        notes.append(
            note(
                text if size.narrow else f"the heaviest {text}", colours.font(colours.small, colours.quiet),
                x=size.width - 3 * edge, y=size.height - 2.5 * band, xanchor="right", yanchor="middle",
            )
        )  # fmt: skip
    names = [
        note(
            name, colours.font(), x=(depth + 1) * edge, y=size.height - (depth + 0.5) * band, xanchor="left",
            yanchor="middle",
        )
        for depth, name in enumerate(FRAMES)
    ]  # fmt: skip
    return draw(
        [*_frames(size, edge, band, colours), *arcs], colours, size.height, barmode="overlay", hovermode="closest",
        margin=dict.fromkeys("lrtb", 0), xaxis=bare_axis(range=[0, size.width]),
        yaxis=bare_axis(range=[0, size.height]), shapes=bowl, annotations=[*names, *notes],
    )  # fmt: skip


def _frames(size: Size, edge: float, band: float, colours: Palette) -> list[Mark]:
    """Draw the frames as bars: unlike shapes, they have round corners in a figure of any width."""
    looks = {"line": colours.pen(colours.weights[2], 1.5), "cornerradius": 14 * colours.stroke}
    fills = [*(tint(colours.weights[3], share) for share in SHADES), colours.paper]
    drawn = []
    for depth, fill in enumerate(fills):
        low, high = max(depth * edge, 1.0), size.height - max(depth * band, 1.0)
        box = {"x": [size.width / 2], "width": [size.width - 2 * low], "base": [low], "y": [high - low]}
        drawn.append({"type": "bar", "marker": looks | {"color": fill}, "hoverinfo": "skip", **box})
    return drawn
