"""Vectors written by hand in a small table: with two numbers a word, the plot is the space."""

import streamlit as st

from selfattn import figures
from selfattn.core.typed import sum_of_products
from selfattn.figures.text import latex
from selfattn.lessons.word_vectors.by_hand_figure import points
from selfattn.sets.vector_set import HAND, MOST_NUMBERS, VectorSet
from selfattn.ui import charts, fields, session_sets, state, tables, widgets, write
from selfattn.ui.run import Run
from selfattn.views.choice import Choice

LINE = " / "
HELP = f"From 2 to {MOST_NUMBERS} numbers, the same for every word; two numbers a word can be drawn as they are."
STRIPS = 12  # words whose numbers are drawn


def choose(run: Run) -> Choice:
    """Show the table and its words; for a room the table is behind the button."""
    if run.projecting:
        _table(run)
    made = session_sets.by_hand()
    return Choice(lambda: _show(run, made), (lambda: _code(made)) if made else None)


def _show(run: Run, made: VectorSet | None) -> None:
    if made is None:
        write.finding("Write a word and its numbers a line, such as “money 5 1”.")
    else:
        using = " Every lesson works with them now." if run.chosen is made else ""
        write.finding(f"{made.facts}: few enough to check every number in the head.{using}")
    box, plot = (st.container(), st.container()) if run.projecting else st.columns([1, 2.2], gap="medium")
    with box:
        if not run.projecting:
            _table(run)
        if made:
            with st.container(horizontal=True, vertical_alignment="center") if run.projecting else st.container():
                if run.chosen is not made:
                    use = session_sets.use
                    st.button("Use in all lessons", key="use_table", type="primary", on_click=use, args=(made,))
                _product(made)
    if made:
        with plot:
            _picture(run, made)
        tables.vectors("The same as numbers", made.vectors.vectors, made.vectors.index_to_key)


def _table(run: Run) -> None:
    widget = widgets.widget("written table", state.get(fields.TABLE).replace(LINE, "\n"), _take)
    st.text_area("A word and its numbers a line", height=run.tall(200, 420), help=HELP, **widget)
    write.within(str(st.session_state.get(fields.TABLE, "")))
    if trouble := session_sets.table_trouble():
        write.warn(trouble)
    for remark in made.remarks if (made := session_sets.by_hand()) else ():
        write.quiet(remark)


def _take(typed: str | None) -> None:
    """Take the table, and use it: what is written is what one wants to see."""
    lines = (" ".join(line.split()) for line in (typed or "").splitlines())
    state.put(**{fields.TABLE: LINE.join(line for line in lines if line), fields.SET: HAND, fields.WORD: ""})
    state.forget_places()


def _two_words(made: VectorSet) -> tuple[str, str]:
    """Choose two words, those of the lesson if they are there."""
    first, second, *_ = made.vectors.index_to_key
    return ("bank", "money") if {"bank", "money"} <= set(made.vectors.key_to_index) else (first, second)


def _code(made: VectorSet) -> str:
    """Write the lines that make the table's vectors, `points` of all `words`, and the product of two of them, `dot`."""
    first, second = _two_words(made)
    points = "words = vectors.index_to_key\npoints = vectors[words]  # a row a word"
    return f"{made.code}\n{points}\ndot = vectors[{first!r}] @ vectors[{second!r}]\nprint(dot)"


def _product(made: VectorSet) -> None:
    """Write the dot product of two of its words, with all numbers."""
    words = _two_words(made)
    names = latex(words[0]), latex(words[1])
    write.formula("by_hand", sum_of_products(names, *(made.vectors[word].tolist() for word in words)))


def _picture(run: Run, made: VectorSet) -> None:
    words, rows = made.vectors.index_to_key, made.vectors.vectors
    if made.vectors.vector_size == 2:
        figure, drawn = points(words, rows, size=run.size(460, 700), theme=run.theme)
        where = ", ".join("{} at ({:g}, {:g})".format(word, *made.vectors[word]) for word in drawn)
        charts.show(figure, key="table_points", alt=f"The words where their two numbers put them: {where}.")
        if others := len(words) - len(drawn):
            write.quiet(f"{others} of {len(words)} words are not drawn: there is no room for their names.")
        return
    figure = figures.vector_strips(rows[:STRIPS], words[:STRIPS], theme=run.theme)
    charts.show(figure, key="table_strips", alt=f"The numbers of {', '.join(words[:STRIPS])}, a strip of colours each.")
