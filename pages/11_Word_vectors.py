"""Where word vectors come from: chosen by name, uploaded, trained, or written by hand."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from selfattn.course import VECTORS
from selfattn.frame import page
from selfattn.lessons.word_vectors import screen
from selfattn.ui import controls, state
from selfattn.views import choice


def word_vectors(place: page.Frame) -> None:
    with place.controls:
        with controls.row_of_controls(place.run):
            controls.step(VECTORS)
        choices = st.container()
    page.typed(place, lambda place: typed(place, choices))


def typed(place: page.Frame, choices: DeltaGenerator) -> None:
    step = state.step(VECTORS)
    with choices:
        chosen = screen.STEPS[step](place.run)
    page.header(place, screen.TITLES[step], looks_closer=False, code=chosen.code is not None)
    choice.show(place.run, VECTORS, chosen)


page.show(VECTORS, word_vectors, arrive=screen.arrive)
