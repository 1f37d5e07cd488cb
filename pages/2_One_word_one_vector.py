"""One word, one vector: why a static embedding is not enough."""

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from selfattn.course import ONE_VECTOR
from selfattn.frame import page
from selfattn.lessons.one_vector import screen
from selfattn.ui import boxes, controls, panels, state
from selfattn.views import choose


def one_vector(place: page.Frame) -> None:
    with place.controls:
        columns, row = st.columns(2), controls.row_of_controls(place.run)
    with row:
        step = controls.step(ONE_VECTOR)
    page.typed(place, lambda place: typed(place, columns, row))
    with row:
        if step == "wanted":
            controls.preset()
        boxes.examples(place.run)


def typed(place: page.Frame, columns: Sequence[DeltaGenerator], row: DeltaGenerator) -> None:
    run, step = place.run, state.step(ONE_VECTOR)
    sentences = boxes.beside(run, columns)
    with row:
        word = controls.word(run, sentences)
        if step == "toy":
            screen.toy_box()
    results = panels.compute(run, sentences, word)
    numbers = screen.INVENTED if step == "toy" else ""
    page.header(place, "One word, one vector", looks_closer=bool(results), numbers=numbers)
    if not choose.stands_in(run, ONE_VECTOR, results, lambda: screen.source(run, step, results)):
        screen.STEPS[step](run, results)


page.show(ONE_VECTOR, one_vector)
