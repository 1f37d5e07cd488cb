"""Each word as a sum of its neighbours: by hand, for every word, and the question where the weights come from."""

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from selfattn.course import WEIGHTED_SUM
from selfattn.frame import page
from selfattn.lessons.weighted_sum import screen
from selfattn.ui import boxes, controls, panels, state
from selfattn.views import choose


def weighted_sum(place: page.Frame) -> None:
    with place.controls:
        columns = st.columns(2 if state.step(WEIGHTED_SUM) == "every" else 1)
        row = controls.row_of_controls(place.run)
    with row:
        step = controls.step(WEIGHTED_SUM)
    page.typed(place, lambda place: typed(place, columns, row))
    with row:
        screen.choices(step)
        boxes.two_numbers(place.run)
        boxes.examples(place.run)


def typed(place: page.Frame, columns: Sequence[DeltaGenerator], row: DeltaGenerator) -> None:
    run, step = place.run, state.step(WEIGHTED_SUM)
    sentences = boxes.beside(run, columns)
    with row:
        word = controls.word(run, sentences)
    results = panels.compute(run, sentences, word)
    title = f"“{word}” as a sum" if word else WEIGHTED_SUM.title
    page.header(place, title, looks_closer=bool(results), asks=step == "where" if results else None)
    if not choose.stands_in(run, WEIGHTED_SUM, results, lambda: screen.source(run, step, sentences, results)):
        screen.STEPS[step](run, sentences, results)


page.show(WEIGHTED_SUM, weighted_sum)
