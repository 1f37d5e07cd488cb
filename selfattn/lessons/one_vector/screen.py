"""One word, one vector: the problem with static embeddings, and what is wanted instead."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from selfattn.core import neighbours as near
from selfattn.core.attention import Array
from selfattn.core.typed import bracketed, read_vector
from selfattn.figures.near import neighbour_bars
from selfattn.figures.palette import Size
from selfattn.figures.under_sentences import Spoken, vector_under_sentences
from selfattn.lessons.one_vector import code as snippets
from selfattn.lessons.one_vector import prose
from selfattn.ui import boxes, charts, fields, panels, state, tables, write
from selfattn.ui.panels import Result
from selfattn.ui.poles import sense_of
from selfattn.ui.run import Run
from selfattn.views import code
from selfattn.views.snippets import neighbours

WRONG = (
    "A static embedding does not capture the meaning that a word has in its context. "
    "That is wrong: a technique is needed that captures the context."
)
INVENTED = "Invented numbers"
DERIVED = "The meaning of a word is derived from the words before and after it."
EXCERPT = 48  # letters of a sentence that a finding quotes


def toy_box() -> None:
    """Draw the box for a vector of the class's own."""
    with st.container(width=300):
        text = boxes.box(
            fields.TOY, "A vector of a few numbers", "", help="What the dictionary says of the word, in 2 to 8 numbers."
        )
        if trouble := _read(text)[1]:
            write.quiet(f"{trouble} Until then, {bracketed(toy_vector())} stands in.")


def toy_vector() -> tuple[float, ...]:
    """Give the vector that was typed; the one of the lesson stands in for what cannot be read."""
    return _read(state.get(fields.TOY))[0]


def _read(text: str) -> tuple[tuple[float, ...], str]:
    try:
        return read_vector(text), ""
    except ValueError as error:
        return read_vector(fields.FIELDS[fields.TOY].default), str(error)


def source(run: Run, step: str, results: Sequence[Result]) -> str:
    """Write the code of a step."""
    texts, word = [result.sentence.text for result in results], results[0].word
    if step == "toy":
        return snippets.toy(toy_vector(), texts, word)
    if step == "real":
        return snippets.real(texts, word, drop_punctuation=run.drops)
    if step == "neighbours":
        return neighbours(word, sense_of(run, word), most=near.MOST)
    return code.of_sentences(run, results)()


def _toy(run: Run, results: Sequence[Result]) -> None:
    word, vector = results[0].word, toy_vector()
    write.finding(prose.same_vector(word, [result.letter for result in results], bracketed(vector)))
    _vectors(run, "toy_vectors", results, np.array([vector] * len(results)), WRONG)


def _real(run: Run, results: Sequence[Result]) -> None:
    word, matrix = results[0].word, np.vstack([result.sentence.matrix[result.row] for result in results])
    write.finding(prose.same_numbers(word, [result.letter for result in results], matrix))
    remark = (
        f"These are the numbers that the set “{run.chosen.title}” has for “{word}”, once and for all. "
        "Whatever is typed around it, the dictionary gives the same ones."
    )
    _vectors(run, "real_vectors", results, matrix, remark, difference=True)


def _vectors(
    run: Run, key: str, results: Sequence[Result], matrix: Array, remark: str, *, difference: bool = False
) -> None:
    """Show the vector of the word under each sentence, of shape (n, d), and the table behind it."""
    word, letters = results[0].word, [result.letter for result in results]
    size = Size(340, 340) if run.phone else Size(1300 if run.room else 660, run.tall(380, 650))
    figure = vector_under_sentences(_spoken(results), matrix, difference=difference, size=size, theme=run.theme)
    charts.show(figure, key=key, alt=prose.same_vector_alt(word, letters, matrix))
    write.prose(remark)
    tables.vectors("The same as numbers", matrix, [f"{letter}: {word}" for letter in letters])


def _spoken(results: Sequence[Result]) -> list[Spoken]:
    return [Spoken.of(result.role, result.sentence, result.row) for result in results]


def _neighbours(run: Run, results: Sequence[Result]) -> None:
    word = results[0].word
    sense = sense_of(run, word)  # poles that are made of the sentences are no meanings of the word
    senses = list(sense.poles) if sense else []
    nearest = near.nearest(word, run.vectors, sense)
    write.finding(near.one_way(run.vectors, word) or near.drowned(word, nearest))
    figure = neighbour_bars(
        [neighbour.word for neighbour in nearest],
        [neighbour.cosine for neighbour in nearest],
        [neighbour.sense for neighbour in nearest],
        senses,
        height=run.tall(410, 780),
        theme=run.theme,
    )
    charts.show(figure, key="neighbours", alt=near.neighbours_alt(word, nearest))
    lines = [(neighbour.word, neighbour.cosine, *neighbour.near.values()) for neighbour in nearest]
    columns = ["neighbour", "cosine", *(f"cosine to {name}" for name in senses)]
    tables.once_asked("The same as numbers", lambda: [tables.listing(lines, *columns)])


def _wanted(run: Run, results: Sequence[Result]) -> None:
    word = results[0].word
    sources = [
        (spoken.cut(EXCERPT).text, result.weights, result.tokens, result.row)
        for result, spoken in zip(results, _spoken(results), strict=True)
    ]
    write.finding(panels.left_out(results, prose.meaning_from(word, sources)))
    panels.why(run, results)
    drawn = panels.line(run, results, size=run.size(330, 560))
    write.prose(f"{DERIVED} A contextual embedding gives “{word}” a vector of its own in every sentence.")
    if drawn:
        tables.behind(results, drawn)


STEPS = {"toy": _toy, "real": _real, "neighbours": _neighbours, "wanted": _wanted}
