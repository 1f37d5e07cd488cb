"""One word, one vector: why a static embedding is not enough."""

import streamlit as st

from selfattn import Sentence
from selfattn.course import ONE_VECTOR
from selfattn.frame import page
from selfattn.lessons.one_vector import screen
from selfattn.ui import boxes, controls, panels, poles
from selfattn.ui.run import Run
from selfattn.views import choose


@st.fragment
def lesson() -> None:
    place = page.frame()
    with place.controls:
        sentences = boxes.pair(place.run)
        with controls.row_of_controls(place.run):
            step = controls.step(ONE_VECTOR)
            with st.container(width=200):
                word = controls.word(place.run, sentences)
            if step == "toy":
                screen.toy_box()
            if step == "wanted":
                controls.preset()
            boxes.examples(place.run)
    sense = poles.sense_of(place.run, word) if word else None
    asks = step == "wanted" and sense is not None if word else None
    page.header(place, ONE_VECTOR, "One word, one vector", asks=asks, looks_closer=word is not None)
    if word:
        story(place.run, step, word, sentences)
    else:
        choose.without_sentence(place.run, ONE_VECTOR)


def story(run: Run, step: str, word: str, sentences: list[Sentence | None]) -> None:
    sense = poles.sense_of(run, word)
    results = panels.compute(run, sentences, word, sense)
    looking = choose.Screen(ONE_VECTOR, results, sense, screen.source(run, step, results, sense))
    if not choose.show(run, looking):
        screen.STEPS[step](run, results, sense)


page.open_page(ONE_VECTOR)
lesson()
