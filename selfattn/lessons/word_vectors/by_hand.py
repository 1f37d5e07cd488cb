"""Vectors written by hand in a small table: with two numbers a word, the plot is the space."""

from __future__ import annotations

import streamlit as st

from selfattn import figures
from selfattn.core.typed import sum_of_products
from selfattn.figures.text import latex
from selfattn.lessons.word_vectors.by_hand_figure import points
from selfattn.sets.vector_set import HAND, MOST_NUMBERS, VectorSet
from selfattn.ui import charts, fields, loaders, state, tables, widgets, write
from selfattn.ui.run import Run
from selfattn.views.choice import Choice

LINE = " / "


def choose(run: Run) -> Choice:
    """Show the table and its words; for a room the table is behind the button."""
    if state.projecting():
        _table(run)
    one = loaders.by_hand()
    return Choice(lambda: _show(run), (lambda: _code(one)) if one else None)


def _show(run: Run) -> None:
    one = loaders.by_hand()
    if one is None:
        write.finding("Write a word and its numbers a line, such as “money 5 1”.")
    else:
        using = " Every lesson works with them now." if run.chosen is one else ""
        write.finding(f"{one.facts}: few enough to check every number in the head.{using}")
    box, plot = (st.container(), st.container()) if state.projecting() else st.columns([1, 2.2], gap="medium")
    with box:
        if not state.projecting():
            _table(run)
        if one:
            with st.container(horizontal=True, vertical_alignment="center") if state.projecting() else st.container():
                if run.chosen is not one:
                    st.button("Use in all lessons", key="use_table", type="primary", on_click=loaders.use, args=(one,))
                _product(one)
    if one:
        with plot:
            _picture(run, one)
        tables.vectors("The same as numbers", one.vectors.vectors, one.vectors.index_to_key)


def _table(run: Run) -> None:
    st.text_area(
        "A word and its numbers a line",
        height=run.tall(200, 420),
        max_chars=2000,
        help=f"From 2 to {MOST_NUMBERS} numbers, the same for every word; two numbers a word can be drawn as they are.",
        **widgets.widget("written table", state.get(fields.TABLE).replace(LINE, "\n"), _take),
    )
    if trouble := loaders.table_trouble():
        st.warning(write.plain(trouble), icon=":material/info:")


def _take(typed: str | None) -> None:
    """Take the table, and use it: what is written is what one wants to see."""
    lines = (" ".join(line.split()) for line in (typed or "").splitlines())
    state.put(**{fields.TABLE: LINE.join(line for line in lines if line), fields.SET: HAND, fields.WORD: ""})
    state.forget_places()


def _pair(one: VectorSet) -> tuple[str, str]:
    """Choose two words, those of the lesson if they are there."""
    first, second, *_ = one.vectors.index_to_key
    return ("bank", "money") if {"bank", "money"} <= set(one.vectors.key_to_index) else (first, second)


def _code(one: VectorSet) -> str:
    """Write the lines that make the table's vectors, and the dot product of two of them: `dot`."""
    first, second = _pair(one)
    return f"{one.code}\ndot = vectors[{first!r}] @ vectors[{second!r}]\nprint(dot)"


def _product(one: VectorSet) -> None:
    """Write the dot product of two of its words, with all numbers."""
    first, second = _pair(one)
    rows = [[float(number) for number in one.vectors[word]] for word in (first, second)]
    with st.container(key="equation_by_hand"):
        st.markdown(f"${sum_of_products((latex(first), latex(second)), *rows)}$")


def _picture(run: Run, one: VectorSet) -> None:
    words, rows = one.vectors.index_to_key, one.vectors.vectors
    if one.vectors.vector_size == 2:
        figure = points(words, rows, height=run.tall(460, 700), theme=run.theme)
        where = ", ".join(f"{word} at ({x:g}, {y:g})" for word, (x, y) in zip(words, rows, strict=True))
        charts.show(figure, key="table_points", alt=f"The words where their two numbers put them: {where}.")
        return
    figure = figures.vector_strips(rows[:12], words[:12], theme=run.theme)
    charts.show(figure, key="table_strips", alt=f"The numbers of {', '.join(words[:12])}, a strip of colours each.")
