"""Where words lie: on the line between two words, and on the map of a neighbourhood."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from selfattn.figures.palette import PHONE, Size
from selfattn.lessons.explore import boxes
from selfattn.lessons.explore import code as snippets
from selfattn.lessons.explore import prose as said
from selfattn.lessons.explore.boxes import NO_CODE, Asked
from selfattn.lessons.explore.line_figure import axis_figure
from selfattn.lessons.explore.map_figure import map_figure
from selfattn.lessons.explore.words_screen import NUMBERS, answered
from selfattn.sets.explore import examples
from selfattn.sets.explore.places import AXES, SemanticAxis, WordMap, semantic_axis, word_map
from selfattn.ui import charts, fields, known_words, state, tables, write
from selfattn.ui.run import Run
from selfattn.views.choice import Choice

ON_MAP, IN_SPACE, ON_PHONE = 30, 18, 15  # neighbours on two axes, on three, and on a phone
ENDS = 2


def size(run: Run, laptop: int, room: int) -> Size:
    """Give the smallest size of a picture that has the width of the page."""
    return PHONE if run.phone else Size(1300 if run.room else 640, run.tall(laptop, room))


# A line


def line(run: Run) -> Choice:
    """Draw the box of the two ends, and that of the words along the line."""
    vectors, usual = run.vectors, boxes.usual(run)
    ends = boxes.words(run, fields.ENDS, "From one word to another", examples.ends(vectors, usual), width=230)
    named = ends if len(ends) == ENDS and not known_words.unknown(run, ends) else examples.ends(vectors, usual)
    default = examples.along(named[0], named[1], vectors, usual) if len(named) == ENDS else usual
    placed = boxes.words(run, fields.ALONG, "Words to place on the line", default, width=620)
    if len(ends) != ENDS:
        return _not_two(ends)
    if unknown := known_words.unknown(run, ends):
        return boxes.lacking(run, unknown)
    return answered(lambda: _of_line(run, ends, placed))


def _not_two(ends: Sequence[str]) -> Choice:
    count = f"here {'is' if len(ends) == 1 else 'are'} {len(ends)}"
    sentence = f"A line leads from one word to another, such as “money river”; {count}. Type two words."
    return Choice(lambda: known_words.warn(sentence), lambda: NO_CODE)


def _of_line(run: Run, ends: Sequence[str], placed: Sequence[str]) -> Choice:
    found = semantic_axis(ends[0], ends[1], placed, run.vectors)
    code = snippets.line(found.left, found.right, [word for word, _ in found.places])
    return Choice(lambda: _show_line(run, found), lambda: code)


def _show_line(run: Run, one: SemanticAxis) -> None:
    write.finding(said.axis(one))
    if left_out := said.left_out(one.given):
        write.quiet(left_out)
    picture = axis_figure(one, size=size(run, 420, 700), theme=run.theme)
    charts.show(picture, key="line", alt=said.axis_alt(one))
    write.prose(
        f"A word lies far to the right if its vector is more like that of “{one.right}” than like that of "
        f"“{one.left}”: the difference of the two cosines, so that the ends lie at −1 and 1."
    )
    tables.once_asked(NUMBERS, lambda: [pd.DataFrame(one.places, columns=["word", "place"]).style.format(precision=3)])


# A map


def map_(run: Run) -> Choice:
    """Draw the box of a word, and the choice of two axes or three."""
    with st.container(width="content"):
        st.segmented_control("Axes", AXES, key=fields.AXES, persist_state="session", required=True)
    asked = boxes.word(run)
    return answered(lambda: _of_map(run, asked)) if asked.known else boxes.lacking(run, [asked.word])


def _of_map(run: Run, asked: Asked) -> Choice:
    axes = int(state.get(fields.AXES))
    most = ON_PHONE if run.phone else IN_SPACE if axes == max(AXES) else ON_MAP
    vectors = run.vectors
    found = word_map(asked.word, vectors, most, axes)
    return Choice(
        lambda: _show_map(run, found),
        lambda: snippets.map_(asked.word, most=most, axes=axes, width=vectors.vector_size),
    )


def _show_map(run: Run, one: WordMap) -> None:
    write.finding(said.map_(one))
    picture = map_figure(one, size=size(run, 440, 760), theme=run.theme)
    charts.show(picture, key="map", alt=said.map_alt(one))
    turned = one.points.shape[1] == max(AXES)
    near = "brighter" if run.theme.startswith("dark") else "deeper"
    write.quiet(f"The {near} the colour, the nearer the word.{' Drag the map to turn it.' if turned else ''}")
    tables.once_asked(NUMBERS, lambda: [_table(one)])


def _table(one: WordMap) -> pd.DataFrame:
    axes = {f"axis {at + 1}": one.points[:, at] for at in range(one.points.shape[1])}
    return pd.DataFrame({"word": one.words, "cosine": one.cosines, **axes}).style.format(precision=3)
