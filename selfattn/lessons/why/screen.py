"""Why self-attention: the frames around it, and the class's own sentence at work in the centre."""

from selfattn.core import describe
from selfattn.figures.palette import Size
from selfattn.lessons.why import prose
from selfattn.lessons.why.figure import nested_frames
from selfattn.ui import charts, panels, tables, write
from selfattn.ui.panels import Result
from selfattn.ui.run import Run

REASON = (
    "Generative AI makes images, video and text. At its centre is the transformer, and at the centre of the "
    "transformer is self-attention: who understands it understands the rest."
)
FEW = 7  # words that a phone shows without an ellipsis between them


def show(run: Run, result: Result) -> None:
    """Say why, and show the weights of the chosen word where they belong."""
    weights, tokens, row = result.weights, result.tokens, result.row
    write.prose(REASON)
    figure = nested_frames(weights, tokens, row, size=_size(run, len(tokens)), upright=run.phone, theme=run.theme)
    charts.show(figure, key="nested", alt=prose.nested_alt(weights, tokens, row))
    shared = f"In your sentence, {describe.share(weights, tokens, row)}: the thicker the arc, the more."
    write.finding(panels.left_out([result], shared))
    panels.why(run, [result])
    places = range(1, len(tokens) + 1)
    tables.once_asked(
        "The same as numbers",
        lambda: [tables.listing(zip(places, tokens, weights, strict=True), "place", "word", "weight")],
    )


def _size(run: Run, words: int) -> Size:
    if run.phone:
        return Size(340, 420 if words <= FEW else 540)
    return Size(1300 if run.room else 720, run.tall(444, 668))
