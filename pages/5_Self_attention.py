"""Self-attention on one sentence, step by step: from static vectors to contextual ones."""

import streamlit as st

from selfattn.lessons import SELF_ATTENTION
from selfattn.ui import boxes, controls, panels, shell, state, steps


@st.fragment
def self_attention() -> None:
    top = st.container()
    sentence = boxes.sentence("a", "Sentence A")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        controls.step()
        row = controls.row(sentence) if sentence else None
        controls.preset()
    with top:
        shell.header("Self-attention, step by step")
    if sentence and row is not None:
        picture, settings = st.columns([4.2, 1], gap="medium")
        with picture:
            steps.show(state.get(state.STEP), panels.compute_row(sentence, row))
        with settings:
            controls.switches()


shell.open_page(SELF_ATTENTION)
self_attention()
