"""Home: two sentences, one word, and the two meanings that it takes."""

import streamlit as st

from selfattn import Sentence
from selfattn.course import HOME
from selfattn.frame import page
from selfattn.ui import boxes, controls, panels, poles, tables
from selfattn.ui.run import Run
from selfattn.views import choose, code, predict


@st.fragment
def home() -> None:
    place = page.frame()
    with place.controls:
        first, second = boxes.pair(place.run)
        with controls.row_of_controls(place.run):
            with st.container(width=240):
                word = controls.word(place.run, [first, second])
            with st.container(width="content"):
                controls.preset()
            boxes.examples(place.run)
    title = f"Why “{word}” means two things" if word else "Why a word means two things"
    page.header(place, HOME, title, asks=predict.can_ask([first, second], word), looks_closer=word is not None)
    if word:
        story(place.run, word, first, second)
    else:
        choose.without_sentence(place.run, HOME)


def story(run: Run, word: str, first: Sentence | None, second: Sentence | None) -> None:
    sense = poles.sense_of(run, word)
    results = panels.compute(run, [first, second], word, sense)
    if choose.show(run, choose.Screen(HOME, results, sense, code.of_sentences(run, results, word))):
        return
    if predict.heaviest(run, results):
        return
    panels.finding(results)
    boxes.honest_note()
    left, right = st.columns([1, 1.15], gap="medium")
    with left:
        panels.sentence_panel(run, 0, first, results, word)
        panels.sentence_panel(run, 1, second, results, word)
    with right:
        drawn = panels.motion(run, word, results, sense, height=run.tall(490, 580))
        panels.meter(run, word, results)
    with left if run.room else right:
        tables.behind(results, drawn)


page.open_page(HOME)
home()
