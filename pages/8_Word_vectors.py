"""Where word vectors come from: chosen by name, uploaded, trained, or written by hand."""

import streamlit as st

from selfattn.lessons import VECTORS
from selfattn.ui import choice, controls, shell, sources


@st.fragment
def word_vectors() -> None:
    sources.arrive()
    place = shell.frame()
    with place.controls:
        with controls.row_of_controls():
            step = controls.step(VECTORS)
        chosen = sources.STEPS[step]()
    shell.header(place, VECTORS, sources.TITLES[step], looks_closer=False, code=chosen.code is not None)
    choice.show(VECTORS, chosen)


shell.open_page(VECTORS)
word_vectors()
