"""Self-attention on one sentence, step by step: from static vectors to contextual ones."""

import streamlit as st

from selfattn.course import SELF_ATTENTION
from selfattn.frame import page
from selfattn.lessons.self_attention import screen
from selfattn.ui import boxes, controls, panels, poles
from selfattn.views import choose, code, predict


@st.fragment
def self_attention() -> None:
    place = page.frame()
    with place.controls:
        box, right, below = controls.beside_box(place.run)
        with box:
            sentence = boxes.sentence(place.run, "a", "Sentence A")
        with right:
            row = controls.row(place.run, sentence) if sentence else None
            boxes.examples(place.run)
            controls.more()
        with below:
            step = controls.step(SELF_ATTENTION)
            controls.preset()
    asks = None if sentence is None else step == "weights" and len(sentence) > 1
    page.header(place, SELF_ATTENTION, "Self-attention, step by step", asks=asks, looks_closer=row is not None)
    if sentence and row is not None:
        result = panels.compute_row(place.run, sentence, row, poles.sense_of(place.run, sentence.tokens[row]))
        looking = choose.Screen(
            SELF_ATTENTION, [result], poles.sense_of(place.run, result.word), code.of_row(place.run, result)
        )
        if not choose.show(place.run, looking) and not (step == "weights" and predict.heaviest(place.run, [result])):
            screen.STEPS[step](place.run, result)
    else:
        choose.without_sentence(place.run, SELF_ATTENTION)


page.open_page(SELF_ATTENTION)
self_attention()
