"""Why self-attention: what it is the centre of, and a first look at it at work."""

import streamlit as st

from selfattn.lessons import WHY
from selfattn.ui import boxes, code, controls, panels, poles, shell, views, why


@st.fragment
def lesson() -> None:
    place = shell.frame()
    with place.controls:
        text, choice = st.columns([5, 1])
        with text:
            sentence = boxes.sentence("a", "Sentence A")
        with choice:
            row = controls.row(sentence) if sentence else None
    shell.header(place, WHY, "Why self-attention", looks_closer=row is not None)
    if sentence and row is not None:
        sense = poles.sense_of(sentence.tokens[row])
        result = panels.compute_row(sentence, row, sense)
        if not views.show(views.Screen(WHY, [result], sense, code.of_row(result))):
            why.show(result)
    else:
        views.without_sentence(WHY)


shell.open_page(WHY)
lesson()
