"""One word in several sentences, layer by layer: from one point to two meanings."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from selfattn.core import transformer
from selfattn.core.transformer import Encoded
from selfattn.figures.palette import PHONE, Size
from selfattn.lessons.transformer import layers_code as code
from selfattn.lessons.transformer import layers_prose as prose
from selfattn.lessons.transformer.layers_figure import layer_by_layer
from selfattn.lessons.transformer.layers_paths import Layers, follow, nearest_examples
from selfattn.lessons.transformer.sentences import MODEL
from selfattn.ui import charts, controls, fields, player, state, tables, widgets, write
from selfattn.ui.run import Run
from selfattn.ui.step import Shown
from selfattn.views import predict

CHART = "layers"
TALL, BOXES, TWO_PARTS = 372, 79, 660  # pixels: on a laptop, what a second row of boxes takes, on a phone
IN_A_ROW = 3  # boxes


def show(run: Run, sentences: Sequence[Encoded | None], word: str) -> Shown:
    """Ask from which layer on the word is where it ends; then show how it gets there."""
    found = follow(transformer.load(), word, sentences)
    if found is None or not (found.meanings or found.pairs):
        return Shown(draw=lambda: write.finding(prose.alone(word)), source=str, code=False, numbers=MODEL)
    return Shown(draw=lambda: _draw(run, found), source=lambda: code.source(found), asks=True, code=True, numbers=MODEL)


def _draw(run: Run, found: Layers) -> None:
    asked, options, truth, because = prose.question(found)
    if predict.waiting(run, asked, options, truth, because=because):
        return
    layer = state.get(fields.UPTO)
    write.finding(*prose.finding(found, layer))
    charts.show(layer_by_layer(found, layer, size=_size(run), theme=run.theme), key=CHART, alt=prose.alt(found, layer))
    left, right = st.columns([1, 1.1], gap="medium")
    with left, controls.line():
        player.player(run, CHART)
        last = found.paths.shape[1] - 1
        st.slider("As far as layer", 0, last, width=run.tall(240, 380), **widgets.of_field(fields.UPTO))
    with right:
        write.quiet(prose.note(found))
    tables.once_asked("The numbers behind it", lambda: _tables(found))


def _size(run: Run) -> Size:
    """Choose the size of the figure, so that it fits on the screen with the boxes; on a phone it has two parts."""
    if run.phone:
        return replace(PHONE, height=TWO_PARTS)
    return run.size(TALL - (BOXES if state.get(fields.COUNT) > IN_A_ROW else 0), 640, laptop=1000, wide=1200)


def _tables(found: Layers) -> list[object]:
    """List the places, or distances, layer by layer; and the example that each sentence ends nearest to."""
    columns = [(track.letter, way.places) for track, way in found.ways] or found.pairs
    numbers = zip(*(values.tolist() for _, values in columns), strict=True)
    layers = tables.listing(
        [(layer, *row) for layer, row in enumerate(numbers)], "layer", *(name for name, _ in columns)
    )
    if not found.meanings:
        return [layers]
    nearest = nearest_examples(found, transformer.load().means)
    examples = [(track.letter, *example) for track, example in zip(found.tracks, nearest, strict=True)]
    return [layers, tables.listing(examples, "", "nearest example at the end", "its sense", "1 − cosine")]
