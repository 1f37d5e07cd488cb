"""What a set of word vectors knows: a word and its neighbours, analogies, lists, a line, a map, and another set."""

import streamlit as st

from selfattn.lessons import EXPLORE
from selfattn.ui import choice, controls, explore, shell


@st.fragment
def explore_the_vectors() -> None:
    place = shell.frame()
    with place.controls:
        row = controls.row_of_controls()
        with row:
            step = controls.step(EXPLORE)
        with controls.line() if controls.on_small_screen() else row:  # on a phone the box stands on the page
            chosen = explore.STEPS[step]()
    shell.header(place, EXPLORE, explore.TITLES[step], looks_closer=False, code=chosen.code is not None)
    choice.show(EXPLORE, chosen)


shell.open_page(EXPLORE)
explore_the_vectors()
