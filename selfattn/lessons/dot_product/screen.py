"""The screens of the lesson on the dot product: each draws its controls, and gives what it shows and its code."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import numpy as np
import streamlit as st

from selfattn.core.attention import Array
from selfattn.core.similarity import cosines, overtaking
from selfattn.core.typed import sum_of_products
from selfattn.figures.text import latex, short
from selfattn.lessons.dot_product import code as snippets
from selfattn.lessons.dot_product import figures as pictures
from selfattn.lessons.dot_product import plane_screen, prose
from selfattn.sets.vector_set import HAND
from selfattn.ui import charts, fields, state, tables, word_boxes, write
from selfattn.ui.panels import Result
from selfattn.ui.run import Run
from selfattn.ui.topic import Topic
from selfattn.views.choice import Choice

FREQUENT = ("the", "of", "and")
LENGTHS_OUT = "The cosine is the dot product divided by both lengths: what is left is direction."
NO_CODE = "# There is nothing to compute yet: type words that the vocabulary has."
WRITTEN_OUT = 4  # numbers a word, up to which every product of a table by hand is written
SHOWN_TERMS = 3  # terms of the new embedding before the rest is left to dots
NUMBERS = "The same as numbers"


def _plane(run: Run, _: Topic) -> Choice:
    plane_screen.type_them()
    return Choice(lambda: plane_screen.show(run), lambda: snippets.plane(plane_screen.vectors()))


def _of_known(run: Run, words: Sequence[str], draw: Callable[[], None], code: Callable[[], str]) -> Choice:
    """Say which words are unknown, if any is; else show."""
    if unknown := word_boxes.unknown(run, words):
        return Choice(lambda: word_boxes.complain(run, unknown, fields.FIRST, fields.SECOND), lambda: NO_CODE)
    return Choice(draw, code)


def _words(run: Run, topic: Topic) -> Choice:
    usual, neighbour = topic.pair
    first = word_boxes.word(run, fields.FIRST, "First word", usual)
    second = word_boxes.word(run, fields.SECOND, "Second word", usual if first == neighbour else neighbour)
    pair = first, second
    return _of_known(run, pair, lambda: _show_words(run, *pair), lambda: snippets.words(*pair))


def _show_words(run: Run, first: str, second: str) -> None:
    row, other = _rows(run, [first, second])
    values = row * other  # (d,): number by number
    write.finding(prose.products(first, second, values))
    write.formula("words", _equation(run, first, second, row, other))
    figure = pictures.product_bars(values, height=run.tall(400, 580), narrow=run.phone, theme=run.theme)
    charts.show(figure, key="products", alt=prose.products_alt(first, second, values))
    write.quiet(f"{prose.signs(values)} The line adds them up, from the strongest on.")
    tables.vectors(NUMBERS, np.vstack([row, other, values]), [first, second, "product"])


def _equation(run: Run, first: str, second: str, row: Array, other: Array) -> str:
    """Write the dot product with its strongest products; of vectors written by hand, with all, as they were written."""
    if run.chosen.key == HAND and len(row) <= WRITTEN_OUT:
        names = [rf"e_{{{latex(word)}}}" for word in (first, second)]
        return sum_of_products(names, row.tolist(), other.tolist())
    return pictures.equation_of_products(first, second, row, other)


def _cosine(run: Run, topic: Topic) -> Choice:
    word, known = word_boxes.word(run, fields.FIRST, "Word", topic.pair[0]), run.vectors.key_to_index
    usual = [other for other in dict.fromkeys([*topic.words, *FREQUENT]) if other != word and other in known]
    listed = word_boxes.words(run, usual)
    others = [other for other in listed.words if other != word]
    code = snippets.cosine(word, others) if others else NO_CODE
    return _of_known(run, [word], lambda: _show_cosine(run, word, others, listed), lambda: code)


def _show_cosine(run: Run, word: str, names: Sequence[str], listed: word_boxes.WordList) -> None:
    listed.say()
    if not names:
        write.warn(f"There is nothing to compare “{short(word)}” with: type other words into the list.")
        return
    vector, rows = _rows(run, [word])[0], _rows(run, names)
    dots, cosine, lengths = rows @ vector, cosines(vector, rows), np.linalg.norm(rows, axis=1)
    told = overtaking(dots, cosine)
    write.finding(prose.overtaken(word, names, told, dots, cosine))
    left, right = st.columns([1.35, 1], gap="medium", vertical_alignment="center")
    with left:
        height = run.tall(max(400, 26 * len(names)), 720)
        figure = pictures.rankings(
            names, dots, cosine, lengths=lengths, told=told, narrow=run.phone, height=height, theme=run.theme
        )
        charts.show(figure, key="rankings", alt=prose.rankings_alt(word, names, dots, cosine, lengths))
        _table_behind({"word": names, "dot product": dots, "cosine": cosine, "length": lengths})
    with right:
        frequent = prose.common(names, [run.vectors.key_to_index[name] for name in names], dots, cosine)
        write.prose(*filter(None, (LENGTHS_OUT, prose.why_overtaken(names, told, lengths), frequent)))
        lines = [pictures.cosine_equation(word, names[index], vector, rows[index]) for index in told or (0,)]
        write.formula("cosine", r"\small \begin{aligned} & " + r" \\[0.4em] & ".join(lines) + r" \end{aligned}")


def _table(run: Run, topic: Topic) -> Choice:
    listed = word_boxes.words(run, topic.words)
    code = snippets.table(listed.words) if listed.words else NO_CODE
    return Choice(lambda: _show_table(run, listed, topic), lambda: code)


def _show_table(run: Run, listed: word_boxes.WordList, topic: Topic) -> None:
    listed.say()
    if not (names := listed.words):
        return
    rows = _rows(run, names)
    table = rows @ rows.T  # (n, n)
    write.finding(prose.table(table, names))
    left, right = st.columns([1.4, 1], gap="medium", vertical_alignment="center")
    with left:
        angles = np.array([cosines(row, rows) for row in rows])
        figure = pictures.similarity_table(
            table, names, cosines=angles, height=run.tall(500, 740), narrow=run.phone, theme=run.theme
        )
        open_pair = partial(_open, names)
        charts.show_clickable(figure, key="table", alt=prose.table_alt(table, names), on_cell=open_pair)
        _table_behind({"": names} | {name: table[:, column] for column, name in enumerate(names)})
    with right:
        write.prose(
            "Every word with every word of a list, itself included.",
            here="Click a number to see the products it is made of.",
        )
        write.prose(
            "Self-attention does this with the words of a sentence. Its weights are the dot products, put through a "
            "softmax, so that they sum to one; the new embedding is the sum of all words, each times its weight:"
        )
        if topic.results:
            write.formula("new", _new_embedding(topic.results[0]))


def _new_embedding(result: Result) -> str:
    """Write the new embedding of the word as the lesson does, in LaTeX."""
    word, tokens = latex(result.word), [latex(token) for token in result.tokens]
    shown = tokens[:SHOWN_TERMS]
    terms = [rf"\mathrm{{softmax}}(s)_{{{token}}} \cdot e_{{{token}}}" for token in shown]
    terms += [r"\dots"] * (len(tokens) > SHOWN_TERMS)
    scores = rf"s_j =\ & e_{{{word}}} \cdot e_j \quad \text{{for each word }} j"
    return rf"\begin{{aligned}} {scores} \\ e_{{{word}}}' =\ & " + r" \\ + \ & ".join(terms) + r" \end{aligned}"


def _open(names: Sequence[str], row: int, column: int) -> None:
    """Show the products that a number of the table is the sum of."""
    state.put(first=names[row], second=names[column], step="words")


def _rows(run: Run, words: Sequence[str]) -> Array:
    """Look vectors up: (n,) words -> (n, d)."""
    known = run.vectors
    return np.asarray(known.vectors[[known.key_to_index[word] for word in words]], dtype=np.float64)


def _table_behind(columns: Mapping[str, object]) -> None:
    """Show the table behind a picture, once asked for."""
    tables.once_asked(NUMBERS, lambda: [tables.styled(columns)])


STEPS = {"plane": _plane, "words": _words, "cosine": _cosine, "table": _table}
