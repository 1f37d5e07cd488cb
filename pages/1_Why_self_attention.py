"""Why self-attention: what it is the centre of, and a first look at it at work."""

import streamlit as st

from selfattn.course import WHY
from selfattn.frame import page
from selfattn.lessons.why import screen
from selfattn.ui import boxes, controls, panels, poles
from selfattn.views import choose, code


@st.fragment
def lesson() -> None:
    place = page.frame()
    with place.controls:
        text, choice = st.columns([5, 1])
        with text:
            sentence = boxes.sentence(place.run, "a", "Sentence A")
        with choice:
            row = controls.row(place.run, sentence) if sentence else None
    page.header(place, WHY, "Why self-attention", looks_closer=row is not None)
    if sentence and row is not None:
        sense = poles.sense_of(place.run, sentence.tokens[row])
        result = panels.compute_row(place.run, sentence, row, sense)
        if not choose.show(place.run, choose.Screen(WHY, [result], sense, code.of_row(place.run, result))):
            screen.show(place.run, result)
    else:
        choose.without_sentence(place.run, WHY)


page.open_page(WHY)
lesson()
