"""One weight of the transformer, opened: query, key, value, the dot product, √32, the share."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import streamlit as st

from selfattn.core import transformer
from selfattn.core.heaviest import heaviest_and_rest
from selfattn.core.presets import Settings
from selfattn.core.rounding import plain
from selfattn.core.transformer import Encoded
from selfattn.lessons.transformer import heads_code
from selfattn.lessons.transformer import number_prose as prose
from selfattn.lessons.transformer.number_figure import value_strips
from selfattn.lessons.transformer.opened import Opened, opened, pair
from selfattn.lessons.transformer.sentences import MODEL
from selfattn.ui import charts, state, write
from selfattn.ui.run import Run
from selfattn.ui.step import Shown
from selfattn.views.trace import decimals, screen, steps
from selfattn.views.trace.decimals import Written
from selfattn.views.trace.steps import TracedWeight

AS_PUBLISHED = Settings(temperature=1.0, trained=True)  # Vaswani et al. (2017), equation 1


def show(run: Run, sentences: Sequence[Encoded | None], word: str) -> Shown:
    """Take one weight apart."""
    encoded = next(each for each in sentences if each)
    shown, (i, j) = opened(run, encoded, word), pair(run, encoded, word)
    return Shown(
        draw=lambda: _draw(run, shown, i, j),
        source=lambda: heads_code.number(encoded, shown.layer, shown.head, i, j),
        asks=False,
        code=True,
        numbers=MODEL,
    )


def _draw(run: Run, shown: Opened, i: int, j: int) -> None:
    encoded = shown.encoded
    trace = transformer.load().head(encoded, shown.layer, shown.head)
    traced = steps.trace_weight(trace, i, j)
    lines = heaviest_and_rest(traced.weights, screen.most_lines(run, 10), always=(i, j))
    written = replace(decimals.write_weight(traced, encoded.tokens, lines), unit="token")
    write.finding(*prose.finding(traced, written, shown.layer, shown.head))
    left, right = st.columns([1.2, 1], gap="medium")
    with left:
        screen.strips(run, traced, written, AS_PUBLISHED, half=True)
        _value(run, traced, written, trace.value[j])
    with right:
        screen.row(run, traced, written, lambda place: state.put(column=place), half=True)
        write.quiet(prose.made_of(trace.matrix.shape[1], len(traced.query), shown.layer))
        if cut := prose.piece(encoded, i, j):
            write.quiet(cut)
    screen.weight_table(traced, encoded.tokens, **{f"value of {encoded.tokens[j]}": trace.value[j]})


def _value(run: Run, traced: TracedWeight, written: Written, value: np.ndarray) -> None:
    """Show the value of the token that is asked, and what of it is passed on."""
    names = [f"value of {written.named(traced.j)}", f"{plain(traced.weight, written.share)} · value"]
    both = np.vstack([value, traced.weight * value])
    figure = value_strips(both, names, narrow=run.phone, theme=run.theme)
    charts.show(figure, key="number_value", alt=prose.value_alt(traced, written, value))
