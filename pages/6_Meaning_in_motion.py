"""Meaning in motion: one word in two to six sentences, the whole plot, and the table behind it."""

import streamlit as st

from selfattn import Sentence
from selfattn.lessons import MOTION
from selfattn.ui import boxes, controls, panels, poles, shell, state, tables


@st.fragment
def motion() -> None:
    top = st.container()
    sentences = boxes.sentence_grid()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        with st.container(width=200):
            word = controls.word(sentences)
        boxes.count()
        controls.preset()
        controls.basis(word)
        controls.pulls()
        poles.edit(word)
    with top:
        shell.header(f"Where “{word}” goes" if word else "Meaning in motion")
    if word:
        story(word, sentences)


def story(word: str, sentences: list[Sentence | None]) -> None:
    sense = poles.sense_of(word)
    results = panels.compute(sentences, word, sense)
    if not results:
        return
    left, right = st.columns([1.7, 1], gap="medium")
    with left:
        drawn = panels.motion(
            word,
            results,
            sense,
            height=620,
            pulls=state.get(state.PULLS),
            animated=True,
            on_words=state.get(state.BASIS) == "words",
        )
    with right:
        panels.finding(results)
        panels.meter(word, results)
    tables.behind(results, drawn)
    tables.switches(word, [sentence for sentence in sentences if sentence and word in sentence.tokens], sense)


shell.open_page(MOTION)
motion()
