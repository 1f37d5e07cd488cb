"""Query, key, value: three matrices make three vectors of one, and they are learned in front of the class."""

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from selfattn.course import QUERY_KEY_VALUE
from selfattn.frame import page
from selfattn.lessons.query_key_value import screen
from selfattn.ui import boxes, controls, panels, state
from selfattn.views import choose


def query_key_value(place: page.Frame) -> None:
    with place.controls:
        columns, row = st.columns(2), controls.row_of_controls(place.run)
    with row:
        controls.step(QUERY_KEY_VALUE)
    page.typed(place, lambda place: typed(place, columns, row))
    with row:
        boxes.examples(place.run)


def typed(place: page.Frame, columns: Sequence[DeltaGenerator], row: DeltaGenerator) -> None:
    run, step = place.run, state.step(QUERY_KEY_VALUE)
    sentences = boxes.beside(run, columns)
    with row:
        word = controls.word(run, sentences)
    results = panels.compute(run, sentences, word)
    lesson = screen.of(run, step, sentences, results)
    numbers = "Two numbers a word, by hand" if step == "parts" else ""
    page.header(place, screen.TITLES[step], looks_closer=bool(lesson.results), asks=lesson.asks, numbers=numbers)
    if not choose.show(run, QUERY_KEY_VALUE, lesson.results, lesson.source):
        lesson.draw()


page.show(QUERY_KEY_VALUE, query_key_value, arrive=screen.arrive)
