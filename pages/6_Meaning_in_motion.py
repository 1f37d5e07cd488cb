"""Meaning in motion: one word in two to six sentences, the whole plot, and the table behind it."""

import streamlit as st

from selfattn import Sentence
from selfattn.course import MOTION
from selfattn.frame import page
from selfattn.ui import boxes, charts, controls, fields, panels, poles, state, tables
from selfattn.views import choose, code, predict


@st.fragment
def motion() -> None:
    place = page.frame()
    with place.controls:
        sentences = boxes.sentence_grid()
        with controls.row_of_controls():
            with st.container(width=200):
                word = controls.word(sentences)
            boxes.count()
            controls.preset()
            controls.basis(word)
            controls.pulls()
            poles.edit(word)
    sense = poles.sense_of(word) if word else None
    title = f"Where “{word}” goes" if word else "Meaning in motion"
    page.header(place, MOTION, title, asks=sense is not None if word else None, looks_closer=word is not None)
    if word:
        story(word, sentences)
    else:
        choose.without_sentence(MOTION)


def story(word: str, sentences: list[Sentence | None]) -> None:
    sense = poles.sense_of(word)
    results = panels.compute(sentences, word, sense)
    if choose.show(choose.Screen(MOTION, results, sense, code.of_sentences(results, word))) or not results:
        return
    if predict.direction(results):
        return
    left, right = st.columns([1.7, 1], gap="medium")
    with left:
        drawn = panels.motion(
            word,
            results,
            sense,
            height=charts.tall(620, 700),
            pulls=state.get(fields.PULLS),
            animated=True,
            on_words=state.get(fields.BASIS) == "words",
        )
        controls.way()
    with right:
        panels.finding(results)
        panels.meter(word, results)
    with right if charts.in_room() else st.container():
        tables.behind(results, drawn)
        tables.switches(results, sense)


page.open_page(MOTION)
motion()
