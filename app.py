"""Home: two sentences, one word, and the two meanings that it takes."""

import streamlit as st

from selfattn import Sentence
from selfattn.course import HOME
from selfattn.frame import page
from selfattn.ui import boxes, charts, controls, panels, poles, tables
from selfattn.views import choose, code, predict


@st.fragment
def home() -> None:
    place = page.frame()
    with place.controls:
        first, second = boxes.pair()
        with controls.row_of_controls():
            with st.container(width=240):
                word = controls.word([first, second])
            with st.container(width="content"):
                controls.preset()
            boxes.examples()
    title = f"Why “{word}” means two things" if word else "Why a word means two things"
    page.header(place, HOME, title, asks=predict.can_ask([first, second], word), looks_closer=word is not None)
    if word:
        story(word, first, second)
    else:
        choose.without_sentence(HOME)


def story(word: str, first: Sentence | None, second: Sentence | None) -> None:
    sense = poles.sense_of(word)
    results = panels.compute([first, second], word, sense)
    if choose.show(choose.Screen(HOME, results, sense, code.of_sentences(results, word))):
        return
    if predict.heaviest(results):
        return
    panels.finding(results)
    boxes.honest_note()
    left, right = st.columns([1, 1.15], gap="medium")
    with left:
        panels.sentence_panel(0, first, results, word)
        panels.sentence_panel(1, second, results, word)
    with right:
        drawn = panels.motion(word, results, sense, height=charts.tall(490, 580))
        panels.meter(word, results)
    with left if charts.in_room() else right:
        tables.behind(results, drawn)


page.open_page(HOME)
home()
