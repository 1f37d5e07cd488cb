"""Order: a vector of its place is added to each word, and the same words in another order are no longer the same."""

from collections.abc import Sequence

import streamlit as st

from selfattn.core.attention import AttentionTrace, attend
from selfattn.core.positions import placed, positions, word_length
from selfattn.core.sentences import Sentence
from selfattn.figures.palette import Size
from selfattn.figures.under_sentences import Spoken, vector_under_sentences
from selfattn.lessons.heads_order_mask import positions_prose as prose
from selfattn.lessons.heads_order_mask.positions_figure import places_chart
from selfattn.lessons.heads_order_mask.positions_prose import Ordered
from selfattn.ui import charts, fields, panels, state, tables, widgets, write
from selfattn.ui.panels import Result
from selfattn.ui.run import Run
from selfattn.ui.step import Shown
from selfattn.views import predict
from selfattn.views.snippets import START

BOXES = ((fields.ORDER_A, "Sentence A"), (fields.ORDER_B, "Sentence B: the same words, in another order"))


def show(run: Run, sentences: Sequence[Sentence | None], results: Sequence[Result]) -> Shown:
    """Ask what positions do to a word in two orders; then show it, and let the class turn them on."""
    ordered = _order(run, results) if len(results) == len(BOXES) else None
    return Shown(
        draw=lambda: _draw(run, results, ordered) if ordered else _missing(sentences),
        source=lambda: prose.code(ordered, drop_punctuation=run.drops) if ordered else START,
        asks=True if ordered else None,
        code=True,
    )


def _order(run: Run, results: Sequence[Result]) -> Ordered:
    """Attend without position vectors, with those that are chosen, and with all of them: Balanced, for its 0 is 0."""
    amount, length = float(state.get(fields.ADDED)), word_length(run.vectors)
    sentences = [result.sentence for result in results]

    def attended(share: float) -> list[AttentionTrace]:
        return [attend(placed(sentence.matrix, share, length)) for sentence in sentences]

    traces = {share: attended(share) for share in sorted({0.0, amount, 1.0})}
    return Ordered(sentences, [result.row for result in results], amount, length, traces)


def _missing(sentences: Sequence[Sentence | None]) -> None:
    write.finding(prose.ONE_EACH if all(sentences) else "Type two sentences that share a word.")


def _draw(run: Run, results: Sequence[Result], ordered: Ordered) -> None:
    right_answer = prose.truth(ordered)
    if predict.waiting(run, prose.question(ordered), prose.OPTIONS, right_answer, because=prose.because(ordered)):
        return
    write.finding(*_with_left_out(results, prose.finding(ordered)))
    left, right = st.columns([1, 1.15], gap="medium")
    with left:
        _places(run, ordered)
    with right:
        _difference(run, ordered)


def _with_left_out(results: Sequence[Result], said: Sequence[str]) -> list[str]:
    first, *rest = said
    return [panels.left_out(results, first), *rest]


def _places(run: Run, ordered: Ordered) -> None:
    """Draw the slider, and what is added at each place."""
    label = "How much of the position vectors is added"
    st.slider(label, 0.0, 1.0, step=0.1, format="%.1f", **widgets.of_field(fields.ADDED))
    rows = positions(max(map(len, ordered.sentences)), run.vectors.vector_size)
    figure = places_chart(
        ordered.amount * rows, [sentence.tokens for sentence in ordered.sentences], ordered.rows,
        height=run.tall(300, 480), theme=run.theme,
    )  # fmt: skip
    charts.show(figure, key="places", alt=prose.picture_alt(ordered, rows.shape))
    write.quiet(prose.how(ordered.length))


def _difference(run: Run, ordered: Ordered) -> None:
    """Draw the new vector of the word in both sentences, and the difference."""
    vectors = ordered.new(ordered.amount)
    size = Size(340, 300) if run.phone else Size(900 if run.room else 600, run.tall(300, 430))
    spoken = [Spoken.of(at, *pair) for at, pair in enumerate(zip(ordered.sentences, ordered.rows, strict=True))]
    figure = vector_under_sentences(spoken, vectors, difference=True, size=size, theme=run.theme)
    charts.show(figure, key="order_difference", alt=prose.difference_alt(ordered))
    write.prose(*filter(None, (prose.looks(ordered), prose.why(vectors.shape[1]))))
    tables.vectors("Both vectors as numbers", vectors, [f"{ordered.word}′ in {letter}" for letter in "AB"])
