"""Self-attention on one sentence, step by step: from static vectors to contextual ones."""

import streamlit as st

from selfattn.lessons import SELF_ATTENTION
from selfattn.ui import boxes, code, controls, panels, poles, predict, shell, steps, views


@st.fragment
def self_attention() -> None:
    place = shell.frame()
    with place.controls:
        box, right, below = controls.beside_box()
        with box:
            sentence = boxes.sentence("a", "Sentence A")
        with right:
            row = controls.row(sentence) if sentence else None
            boxes.examples()
            controls.more()
        with below:
            step = controls.step(SELF_ATTENTION)
            controls.preset()
    asks = None if sentence is None else step == "weights" and len(sentence) > 1
    shell.header(place, SELF_ATTENTION, "Self-attention, step by step", asks=asks, looks_closer=row is not None)
    if sentence and row is not None:
        result = panels.compute_row(sentence, row, poles.sense_of(sentence.tokens[row]))
        looking = views.Screen(SELF_ATTENTION, [result], poles.sense_of(result.word), code.of_row(result))
        if not views.show(looking) and not (step == "weights" and predict.heaviest([result])):
            steps.show(step, result)
    else:
        views.without_sentence(SELF_ATTENTION)


shell.open_page(SELF_ATTENTION)
self_attention()
