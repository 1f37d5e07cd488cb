"""Around attention: one block with the shapes of its arrays, and what shortcut and norm do with the numbers."""

from collections.abc import Sequence

import streamlit as st

from selfattn.core.presets import PRESET_TITLES, preset_of
from selfattn.core.sentences import Sentence
from selfattn.course import TRANSFORMER, Place
from selfattn.figures.block import Part, block
from selfattn.figures.palette import palette
from selfattn.lessons.heads_order_mask import around_prose as prose
from selfattn.lessons.heads_order_mask.around_figure import way_chart
from selfattn.lessons.heads_order_mask.around_prose import Around
from selfattn.ui import charts, panels, state, tables, write
from selfattn.ui.panels import Result
from selfattn.ui.run import Run
from selfattn.ui.step import Shown
from selfattn.views.snippets import START

BOXES = (("a", "Sentence A"),)
OWN = "your own settings"


def show(run: Run, _: Sequence[Sentence | None], results: Sequence[Result]) -> Shown:
    """Draw the block, and the word on its way through the first half of it."""
    around = _around(results[0]) if results else None
    return Shown(
        draw=lambda: _draw(run, results, around) if around else write.finding(prose.NOTHING),
        source=lambda: (
            prose.code(results[0].sentence.text, run.settings, drop_punctuation=run.drops) if results else START
        ),
        results=results,
        code=True,
    )


def _around(result: Result) -> Around:
    """Add what attention gives to the words themselves, whatever space the settings attend in, and norm the rows."""
    words = result.sentence.matrix.astype(float)
    added = words + result.trace.output
    return Around(result.word, result.row, words, result.trace.output, added, prose.layer_norm(added))


def _draw(run: Run, results: Sequence[Result], around: Around) -> None:
    first, *rest = prose.finding(around)
    write.finding(panels.left_out(results, first), *rest)
    left, right = st.columns([1, 1.1], gap="medium")
    with left:
        _block(run, *around.words.shape)
    with right:
        figure = way_chart(
            around.rows, prose.names(around.word), prose.numbers(around), prose.HEAD, height=run.tall(230, 350),
            theme=run.theme,
        )  # fmt: skip
        charts.show(figure, key="way", alt=prose.way_alt(around))
        write.prose(
            prose.why(PRESET_TITLES.get(preset_of(run.settings) or "", OWN)), prose.missing(around.words.shape[1])
        )
        goal = Place(TRANSFORMER, TRANSFORMER.steps[0])
        st.page_link(TRANSFORMER.page, label=prose.REAL, icon=TRANSFORMER.icon, query_params=state.link_to(goal))
        tables.vectors("These rows as numbers", around.rows, prose.names(around.word), heading="")


def _block(run: Run, count: int, width: int) -> None:
    drawn = [
        Part(f"{name}:", does, inside=place in prose.IN_LAYER, core=place == prose.SEEN, beside=shape)
        for place, (shape, name, does) in enumerate(prose.parts(count, width))
    ]
    colours, alt = palette(run.theme), prose.block_alt(count, width)
    st.html(block(drawn, repeats=prose.REPEATS, shortcuts=prose.SHORTCUTS, alt=alt, colours=colours))
