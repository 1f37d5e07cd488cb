"""Home: two sentences, one word, and the two meanings that it takes."""

import streamlit as st

from selfattn import Sentence
from selfattn.lessons import HOME
from selfattn.ui import boxes, controls, panels, poles, shell


@st.fragment
def home() -> None:
    top = st.container()
    left, right = st.columns(2)
    with left:
        first = boxes.sentence("a", "Sentence A")
    with right:
        second = boxes.sentence("b", "Sentence B")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        with st.container(width=240):
            word = controls.word([first, second])
        with st.container(width="content"):
            controls.preset()
        boxes.examples()
    with top:
        shell.header(f"Why “{word}” means two things" if word else "Why a word means two things")
    if word:
        story(word, first, second)


def story(word: str, first: Sentence | None, second: Sentence | None) -> None:
    sense = poles.sense_of(word)
    results = panels.compute([first, second], word, sense)
    panels.finding(results)
    boxes.honest_note()
    left, right = st.columns([1, 1.15], gap="medium")
    with left:
        panels.sentence_panel(0, first, results, word)
        panels.sentence_panel(1, second, results, word)
    with right:
        panels.motion(word, results, sense, height=560)
        panels.meter(word, results)


shell.open_page(HOME)
home()
