"""A number traced back to what it is made of: a weight, a coordinate of the contextual vector, a point of the plot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st

from selfattn.core import describe
from selfattn.core.heaviest import gathered, heaviest_and_rest
from selfattn.core.presets import Settings
from selfattn.core.scene import Scene
from selfattn.ui import charts, controls, fields, panels, state, tables, widgets, write
from selfattn.ui.panels import Result
from selfattn.ui.run import Run
from selfattn.views import pick
from selfattn.views.trace import decimals, figures, formulas, prose, steps
from selfattn.views.trace.decimals import Written
from selfattn.views.trace.steps import TracedWeight
from selfattn.views.whatif.change import heaviest_other

if TYPE_CHECKING:
    import pandas as pd

TITLES = {"weight": "A weight", "coordinate": "A coordinate", "point": "A point"}
TRACED_SENTENCE, TRACED_COLUMN, TRACED_DIMENSION = "traced sentence", "traced column", "traced dimension"
MOST_CHANGED = 0  # the coordinates count from 1
WIDTHS = 260, 440  # pixels of a choice, on a laptop and for a room


def show(run: Run, results: Sequence[Result], *, on_words: bool = False) -> None:
    """Show how a weight, a coordinate, or a point came about.

    Parameters
    ----------
    results : sequence of Result
        At least one.
    on_words : bool
        Whether the axes of the plot are fitted on the words of the sentences.
    """
    with controls.line():
        traced = _traced()
        result = pick.sentence("Sentence", TRACED_SENTENCE, results)
        column = _column(run, result) if traced == "weight" else 0
        dimension = _dimension(run, result) if traced == "coordinate" else 0
    if traced == "weight":
        _weight(run, result, column)
    elif traced == "coordinate":
        _coordinate(run, result, dimension)
    else:
        _point(run, result, results, on_words)


def _traced() -> str:
    widget = widgets.widget(fields.TRACE, state.get(fields.TRACE), lambda trace: state.put(trace=trace))
    widgets.choice("What is traced", TITLES, widget, label_visibility="collapsed")
    return str(state.get(fields.TRACE))


def _column(run: Run, result: Result) -> int:
    """Draw the choice of the word that is looked at; the heaviest other word, unless another is chosen."""
    usual = heaviest_other(result.weights, result.row)
    named = {place: f"{result.word} → {place + 1} {token}" for place, token in enumerate(result.tokens)}
    title = f"The word that “{result.word}” looks at"
    return pick.place(run, title, TRACED_COLUMN, named, usual, fields.COLUMN, WIDTHS)


def _dimension(run: Run, result: Result) -> int:
    """Draw the choice of the coordinate, counted from 1; the one that changed most, unless another is chosen."""
    most = steps.most_changed(result.trace, result.row)
    every = range(1, len(result.contextual) + 1)
    named = {MOST_CHANGED: f"changed most: {most + 1}"} | {number: f"coordinate {number}" for number in every}
    chosen = pick.place(run, "The coordinate", TRACED_DIMENSION, named, MOST_CHANGED, fields.DIMENSION, WIDTHS)
    return most if chosen == MOST_CHANGED else chosen - 1


def _weight(run: Run, result: Result, column: int) -> None:
    traced = steps.trace_weight(result.trace, result.row, column)
    shown = heaviest_and_rest(traced.weights, most_lines(run, 5), always=(column, result.row))
    written = decimals.write_weight(traced, result.tokens, shown)
    write.finding(prose.weight_finding(traced, written))
    strips(run, traced, written, run.settings)
    row(run, traced, written, lambda place: panels.open_weight(result.letter, place), role=result.role)
    weight_table(traced, result.tokens)


def strips(run: Run, traced: TracedWeight, written: Written, settings: Settings, *, half: bool = False) -> None:
    """Show query, key and their products, and how the weight is made of them, perhaps beside others."""
    figure = figures.product_strips(traced, written, narrow=run.phone, half=half, theme=run.theme)
    charts.show(figure, key="traced_strips", alt=prose.strips_alt(traced, written))
    _formula(formulas.weight_chain(traced, written, settings))


def row(run: Run, traced: TracedWeight, written: Written, on_word: Callable[[int], None], **looks: Any) -> None:
    """Show the row in which the weight is a share; a click on a line gives the place of its word.

    `looks` are `role` and `half`, as `figures.weight_row` takes them.
    """

    def clicked(line: int, _: int) -> None:  # the rest and the sum are not words
        if line in range(len(written.shown)):
            on_word(written.shown[line])

    figure = figures.weight_row(traced, written, narrow=run.phone, theme=run.theme, **looks)
    charts.show_clickable(figure, key="traced_row", alt=prose.row_alt(traced, written), on_cell=clicked)


def weight_table(traced: TracedWeight, tokens: Sequence[str], **others: np.ndarray) -> None:
    """Show all numbers of a weight, once asked for, and other vectors by their names."""
    columns = {
        "dot product": traced.scores,
        "scaled": traced.scaled,
        "exp": traced.exponentials,
        "share": traced.weights,
    }
    names = [tokens[traced.i], tokens[traced.j], "products", *others]
    vectors = np.vstack([traced.query, traced.key, traced.products, *others.values()])
    _numbers(tokens, columns, lambda: [tables.rows(names, vectors)])


def _coordinate(run: Run, result: Result, dimension: int) -> None:
    traced = steps.trace_coordinate(result.trace, result.row, dimension)
    shown = heaviest_and_rest(np.abs(traced.parts), most_lines(run, 7), always=(result.row,))
    written = decimals.write_coordinate(traced, result.tokens, shown)
    write.finding(prose.coordinate_finding(traced, written))
    _formula([*formulas.coordinate_formula(traced, written), formulas.static_formula(traced, written)])
    whole = figures.Sum(
        parts=gathered(traced.parts, shown),
        end=traced.contextual,
        decimals=written.part,
        beside=traced.static,
        rest=bool(written.rest),
    )
    names = [*figures.part_names(traced, written), f"{result.word}′, contextual", f"{result.word}, static"]
    drawn = figures.sum_bars([whole], names, role=result.role, narrow=run.phone, theme=run.theme)
    charts.show(drawn, key="traced_sum", alt=prose.coordinate_alt(traced, written))
    _numbers(result.tokens, {"weight": traced.weights, "value": traced.values, "weight · value": traced.parts})


def _point(run: Run, result: Result, results: Sequence[Result], on_words: bool) -> None:
    scene = panels.scene(run, results, on_words=on_words)
    mover = next(mover for mover in scene.movers if mover.role == result.role)
    shown = heaviest_and_rest(np.abs(mover.steps).max(axis=1), most_lines(run, 6))
    written = decimals.write_point(mover, shown)
    write.finding(prose.point_finding(mover, written, result.row))
    _formula(*(formulas.point_formula(mover, written, axis) for axis in (0, 1)))
    names = [f"{result.word}, static", *written.names, f"{result.word}′, contextual"]
    sums = [
        figures.Sum(
            title=title,
            start=mover.static[axis],
            parts=gathered(mover.steps[:, axis], shown),
            end=mover.contextual[axis],
            decimals=written.place,
            rest=bool(written.rest),
        )
        for axis, title in enumerate(_axis_titles(scene))
    ]
    for axes in ((0,), (1,)) if run.phone else ((0, 1),):
        beside = [sums[axis] for axis in axes]
        drawn = figures.sum_bars(beside, names, role=result.role, narrow=run.phone, theme=run.theme)
        alt = prose.point_alt(mover, written, result.row, axes)
        charts.show(drawn, key=f"traced_axes_{axes[0] + 1}", alt=alt)
    if not run.room:  # there the finding says it with numbers
        write.quiet("A pull is the weight of a word times its distance from the static point, along the axis.")
    if near := panels.cosines(run, result):
        write.quiet(describe.cosines(result.word, *near))
    columns = {"weight": mover.weights}
    for axis, name in enumerate(decimals.AXES):
        columns |= {f"place, {name}": mover.places[:, axis], f"pull, {name}": mover.steps[:, axis]}
    _numbers(result.tokens, columns)


def _axis_titles(scene: Scene) -> tuple[str, str]:
    """Name the axes; where there is a line between two senses, the first is that line."""
    first, second = (name.capitalize() for name in decimals.AXES)
    ends = f", {scene.poles[0].name} ← → {scene.poles[1].name}" if scene.line and not scene.plain else ""
    return first + ends, second


def most_lines(run: Run, room: int) -> int:
    """Choose how many words get a line; for a room that depends on what else stands there."""
    return 8 if run.phone else run.tall(12, room)


def _formula(*rows: Sequence[str]) -> None:
    """Write formulas below one another; each may be broken between its pieces."""
    with st.container(key="equation_traced", gap="small"):
        for pieces in rows:
            st.markdown(" ".join(f"${piece}$" for piece in pieces))


def _numbers(
    tokens: Sequence[str], columns: dict[str, np.ndarray], others: Callable[[], Sequence[pd.DataFrame]] = tuple
) -> None:
    """Show all numbers of each word as a table, and other tables below it, once asked for."""
    words = {"word": list(tokens)}
    tables.once_asked("The same as numbers", lambda: [tables.frame(words | columns), *others()])
