"""One word, one vector: why a static embedding is not enough."""

import streamlit as st

from selfattn import Sentence
from selfattn.lessons import ONE_VECTOR
from selfattn.ui import boxes, controls, one_vector, panels, poles, shell, views


@st.fragment
def lesson() -> None:
    place = shell.frame()
    with place.controls:
        sentences = boxes.pair()
        with controls.row_of_controls():
            step = controls.step(ONE_VECTOR)
            with st.container(width=200):
                word = controls.word(sentences)
            if step == "toy":
                one_vector.toy_box()
            if step == "wanted":
                controls.preset()
            boxes.examples()
    sense = poles.sense_of(word) if word else None
    asks = step == "wanted" and sense is not None if word else None
    shell.header(place, ONE_VECTOR, "One word, one vector", asks=asks, looks_closer=word is not None)
    if word:
        story(step, word, sentences)
    else:
        views.without_sentence(ONE_VECTOR)


def story(step: str, word: str, sentences: list[Sentence | None]) -> None:
    sense = poles.sense_of(word)
    results = panels.compute(sentences, word, sense)
    looking = views.Screen(ONE_VECTOR, results, sense, one_vector.source(step, word, results, sense))
    if not views.show(looking):
        one_vector.show(step, word, results, sense)


shell.open_page(ONE_VECTOR)
lesson()
