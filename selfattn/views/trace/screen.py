"""A number traced back to what it is made of: a weight, a coordinate of the contextual vector, a point of the plot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
import pandas as pd
import streamlit as st

from selfattn.core.scene import Scene
from selfattn.ui import charts, controls, fields, panels, state, tables, widgets, write
from selfattn.ui.panels import Result
from selfattn.ui.poles import sense_of
from selfattn.ui.run import Run
from selfattn.views.trace import decimals as trace_decimals
from selfattn.views.trace import figures, prose, steps
from selfattn.views.whatif.change import heaviest_other

TITLES = {"weight": "A weight", "coordinate": "A coordinate", "point": "A point"}
TRACED_SENTENCE, TRACED_COLUMN, TRACED_DIMENSION = "traced sentence", "traced column", "traced dimension"
MOST_CHANGED = 0


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
        result = _sentence(results)
        place = {"weight": _column, "coordinate": _dimension}.get(traced, _row)(run, result)
    if traced == "weight":
        _weight(run, result, place)
    elif traced == "coordinate":
        _coordinate(run, result, place)
    else:
        _point(run, result, results, on_words)


def _traced() -> str:
    st.segmented_control(
        "What is traced",
        fields.TRACES,
        required=True,
        format_func=TITLES.__getitem__,
        label_visibility="collapsed",
        **widgets.widget(fields.TRACE, state.get(fields.TRACE), lambda trace: state.put(trace=trace)),
    )
    return str(state.get(fields.TRACE))


def _sentence(results: Sequence[Result]) -> Result:
    """Draw the choice of the sentence, where there are several; one that is not there falls back to the first."""
    by_letter = {one.letter: one for one in results}
    wanted = state.get(fields.OF).upper()
    chosen = wanted if wanted in by_letter else next(iter(by_letter))
    if len(by_letter) > 1:
        st.segmented_control(
            "Sentence",
            list(by_letter),
            required=True,
            label_visibility="collapsed",
            **widgets.widget(TRACED_SENTENCE, chosen, _take_sentence),
        )
    return by_letter[chosen]


def _take_sentence(letter: str) -> None:
    state.forget_places(row=False)
    state.put(of=letter.lower())


def _column(run: Run, result: Result) -> int:
    """Draw the choice of the word that is looked at; the heaviest other word, unless another is chosen."""
    tokens, wanted = result.sentence.tokens, state.get(fields.COLUMN)
    heaviest = heaviest_other(result.trace.weights[result.row], result.row)
    usual = result.row if heaviest is None else heaviest  # a word that is alone looks at itself
    chosen = wanted if wanted in range(len(tokens)) else usual
    named = [f"{result.word} → {at} {token}" for at, token in enumerate(tokens, 1)]
    widget = widgets.widget(TRACED_COLUMN, chosen, lambda column: state.put(column=column), labels=named)
    _select(run, f"The word that “{result.word}” looks at", named, widget)
    return chosen


def _dimension(run: Run, result: Result) -> int:
    """Draw the choice of the coordinate, counted from 1; the one that changed most, unless another is chosen."""
    width, wanted = result.trace.output.shape[1], state.get(fields.DIMENSION)
    usual = steps.most_changed(result.trace, result.row)
    chosen = wanted if wanted in range(1, width + 1) else MOST_CHANGED
    named = [f"changed most: {usual + 1}", *(f"coordinate {at}" for at in range(1, width + 1))]
    widget = widgets.widget(TRACED_DIMENSION, chosen, lambda at: state.put(dimension=at), labels=named[:1])
    _select(run, "The coordinate", named, widget)
    return chosen - 1 if chosen else usual


def _row(_run: Run, result: Result) -> int:
    return result.row


def _select(run: Run, title: str, named: Sequence[str], widget: widgets.Widget) -> None:
    with st.container(width=run.tall(260, 440)):
        options = range(len(named))
        st.selectbox(title, options, format_func=named.__getitem__, label_visibility="collapsed", **widget)


def _weight(run: Run, result: Result, column: int) -> None:
    tokens = result.sentence.tokens
    one = steps.trace_weight(result.trace, result.row, column)
    shown = steps.lines(one.weights, _most(run, 12, 5), always=(column, result.row))
    decimals = trace_decimals.weight_decimals(one, shown)
    write.finding(prose.weight_finding(one, decimals, tokens))
    narrow, theme = run.phone, run.theme
    charts.show(
        figures.product_strips(one, decimals, tokens, narrow=narrow, theme=theme),
        key="traced_strips",
        alt=prose.strips_alt(one, decimals, tokens),
    )
    settings = run.settings
    _formula(
        figures.weight_chain(
            one, decimals, tokens, scale=settings.scale, temperature=settings.temperature, because=_because(run)
        )
    )
    charts.show_clickable(
        figures.weight_row(one, decimals, tokens, shown, role=result.role, narrow=narrow, theme=theme),
        key="traced_row",
        alt=prose.row_alt(one, decimals, tokens, shown),
        on_cell=partial(_take_line, result.letter, shown.shown),
    )
    _numbers(
        lambda: [
            _frame(
                tokens, {"dot product": one.scores, "scaled": one.scaled, "exp": one.exponentials, "share": one.weights}
            ),
            tables.rows([tokens[one.i], tokens[one.j], "products"], np.vstack([one.query, one.key, one.products])),
        ]
    )


def _take_line(letter: str, shown: Sequence[int], line: int, _: int) -> None:
    """Trace the weight of the line that was clicked; the rest and the sum are not words."""
    if line in range(len(shown)):
        panels.open_weight(letter, shown[line])


def _because(run: Run) -> str:
    settings = run.settings
    said = [("frequent", settings.frequency), ("distant", settings.distance)]
    return f"{' or '.join(name for name, on in said if on)}: lower"


def _coordinate(run: Run, result: Result, dimension: int) -> None:
    tokens = result.sentence.tokens
    one = steps.trace_coordinate(result.trace, result.row, dimension)
    shown = steps.lines(one.parts, _most(run, 12, 7), always=(result.row,))
    decimals = trace_decimals.coordinate_decimals(one, shown)
    write.finding(prose.coordinate_finding(one, decimals, tokens))
    _formula([*figures.coordinate_formula(one, decimals, tokens, shown), figures.static_formula(one, decimals, tokens)])
    whole = figures.Sum(
        "",
        0.0,
        shown.gathered(one.parts),
        one.contextual,
        decimals.part,
        starts=False,
        beside=one.static,
        rest=bool(shown.rest),
    )
    names = [*figures.part_names(one, decimals, tokens, shown), f"{result.word}′, contextual", f"{result.word}, static"]
    charts.show(
        figures.sum_bars([whole], names, role=result.role, narrow=run.phone, theme=run.theme),
        key="traced_sum",
        alt=prose.coordinate_alt(one, decimals, tokens, shown),
    )
    _numbers(lambda: [_frame(tokens, {"weight": one.weights, "value": one.values, "weight · value": one.parts})])


def _point(run: Run, result: Result, results: Sequence[Result], on_words: bool) -> None:
    tokens = result.sentence.tokens
    drawn = panels.scene(run, result.word, results, sense_of(run, result.word), on_words=on_words)
    one = _traced_point(drawn, result)
    shown = steps.lines(np.abs(one.steps).max(axis=1), _most(run, 12, 6))
    decimals = trace_decimals.point_decimals(one, shown, steps.strongest_pull(one))
    write.finding(prose.point_finding(one, decimals, tokens, result.row))
    _formula(*(figures.point_formula(one, decimals, tokens, shown, axis) for axis in (0, 1)))
    names = [f"{result.word}, static", *prose.row_names(tokens, shown), f"{result.word}′, contextual"]
    titles = _axis_titles(drawn, on_words)
    sums = [
        figures.Sum(
            titles[axis],
            one.static[axis],
            shown.gathered(one.steps[:, axis]),
            one.contextual[axis],
            decimals.places[axis],
            rest=bool(shown.rest),
        )
        for axis in (0, 1)
    ]
    for axes in ((0,), (1,)) if run.phone else ((0, 1),):
        charts.show(
            figures.sum_bars([sums[axis] for axis in axes], names, role=result.role, narrow=run.phone, theme=run.theme),
            key=f"traced_axes_{axes[0] + 1}",
            alt=prose.point_alt(one, decimals, tokens, result.row, shown, axes),
        )
    if not run.room:  # there the finding says it with numbers
        write.quiet("A pull is the weight of a word times its distance from the static point, along the axis.")
    columns = {"weight": one.weights}
    for axis, name in enumerate(prose.AXES):
        columns |= {f"place, {name}": one.places[:, axis], f"pull, {name}": one.steps[:, axis]}
    _numbers(lambda: [_frame(tokens, columns)])


def _axis_titles(drawn: Scene, on_words: bool) -> tuple[str, str]:
    """Name the axes; where they come from the poles, the first runs from one to the other."""
    first, second = (name.capitalize() for name in prose.AXES)
    ends = f", {drawn.poles[0].name} ← → {drawn.poles[1].name}" if drawn.poles and not on_words else ""
    return first + ends, second


def _traced_point(drawn: Scene, result: Result) -> steps.TracedPoint:
    """Take the numbers from the scene of the plot."""
    mover = next(one for one in drawn.movers if one.role == result.role)
    at = {word: place for word, place, _ in drawn.words} | {result.word: mover.static}
    places = [at[token] for token in mover.tokens]
    return steps.trace_point(mover.static, mover.contextual, mover.steps, mover.weights, places)


def _most(run: Run, laptop: int, room: int) -> int:
    """Choose how many words get a line."""
    return run.tall(laptop, room) if not run.phone else 8


def _formula(*rows: Sequence[str]) -> None:
    """Write formulas below one another; each may be broken between its pieces."""
    with st.container(key="equation_traced", gap="small"):
        for pieces in rows:
            st.markdown(" ".join(f"${piece}$" for piece in pieces))


def _numbers(frames: Callable[[], list[pd.DataFrame]]) -> None:
    """Show all numbers as tables, once asked for."""
    tables.once_asked("The same as numbers", frames)


def _frame(tokens: Sequence[str], columns: dict[str, np.ndarray]) -> pd.DataFrame:
    return pd.DataFrame({"word": list(tokens), **columns})
