"""The mask: each word sees only itself and those before it, and −∞ comes before the softmax."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import ArrayLike

from selfattn.core.attention import Array, attend
from selfattn.core.describe import with_left_out
from selfattn.core.sentences import Sentence
from selfattn.lessons.heads_order_mask import masked_prose as prose
from selfattn.lessons.heads_order_mask.masked_figure import masked_heatmap
from selfattn.lessons.heads_order_mask.masked_prose import Masked
from selfattn.ui import charts, controls, fields, state, tables, widgets, write
from selfattn.ui.run import Run
from selfattn.ui.step import Shown
from selfattn.views import predict
from selfattn.views.snippets import START

BOXES = (("a", "Sentence A"),)
LOOKING = "word that looks back"
DRAWN = 20  # words: more cannot be named in a room
NOTHING = "Type a sentence with at least one known word."


def show(run: Run, sentences: Sequence[Sentence | None], _: Any) -> Shown:
    """Ask what rows sum to; then go through the sentence word by word."""
    (sentence,) = sentences
    masked = _mask(run, sentence) if sentence else None
    return Shown(
        draw=lambda: _draw(run, sentence, masked) if sentence and masked else write.finding(NOTHING),
        source=lambda: (
            prose.code(sentence.text, masked.row, drop_punctuation=run.drops) if sentence and masked else START
        ),
        asks=len(sentence) > 1 if sentence else None,
        code=True,
    )


def _mask(run: Run, sentence: Sentence) -> Masked:
    """Attend with −∞ before the softmax, and with 0 after it; of a long sentence, keep the first words."""
    before, after = both_ways(sentence.matrix)
    tokens = sentence.tokens[:DRAWN]
    row, kept = min(_row(run, sentence), len(tokens) - 1), slice(len(tokens))
    return Masked(tokens, row, before[kept, kept], after[kept, kept])


def both_ways(matrix: ArrayLike) -> tuple[Array, Array]:
    """Give the weights of words that look back only: with −∞ before the softmax, and with 0 after it.

    Parameters
    ----------
    matrix : array_like of shape (n, d)

    Returns
    -------
    before, after : ndarray of shape (n, n)
    """
    whole = attend(matrix).weights
    may = np.tril(np.ones(whole.shape, dtype=bool))
    return attend(matrix, mask=may).weights, np.where(may, whole, 0.0)


def _row(run: Run, sentence: Sentence) -> int:
    wanted = int(state.get(fields.ROW))
    return wanted if 0 <= wanted < len(sentence) else controls.telling_row(run, sentence)


def _draw(run: Run, sentence: Sentence, masked: Masked) -> None:
    right_answer = prose.truth(masked)
    if len(masked.tokens) > 1 and predict.waiting(
        run, prose.question(masked), prose.OPTIONS, right_answer, because=prose.because(masked)
    ):
        return
    write.finding(with_left_out(prose.finding(masked), [("A", sentence.unknown)]))
    if len(masked.tokens) > 1:
        _slider(masked)
    places = st.columns([1, 1, 0.9], gap="medium")
    for place, key, title in zip(places, ("before", "after"), (prose.BEFORE, prose.AFTER), strict=False):
        with place:
            _heatmap(run, masked, key, title)
    with places[-1]:
        write.prose(*prose.why(masked))
        write.quiet(" ".join(filter(None, (prose.HOW, prose.drawn(len(sentence), DRAWN)))))
        _table(masked)


def _slider(masked: Masked) -> None:
    names = tables.places(masked.tokens)
    widget = widgets.widget(LOOKING, masked.row, lambda row: state.put(row=row), labels=names)
    st.select_slider("The word that looks back", range(len(names)), format_func=names.__getitem__, **widget)


def _heatmap(run: Run, masked: Masked, key: str, title: str) -> None:
    weights: Array = getattr(masked, key)
    write.prose(title)
    figure = masked_heatmap(
        weights, masked.tokens, masked.row, masked.sums(weights), "−∞" if key == "before" else "0",
        height=run.tall(320, 560), theme=run.theme,
    )  # fmt: skip
    charts.show(figure, key=f"masked_{key}", alt=prose.alt(masked, weights, title))


def _table(masked: Masked) -> None:
    """Show the row of the word in both ways, once asked for."""
    both = np.vstack([masked.before[masked.row], masked.after[masked.row]])
    tables.vectors("This row as numbers", both, [prose.BEFORE, prose.AFTER], tables.places(masked.tokens), heading="")
