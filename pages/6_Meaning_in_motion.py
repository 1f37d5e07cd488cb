"""Meaning in motion: one word in two to six sentences, the whole plot, and the table behind it."""

import streamlit as st

from selfattn import Sentence
from selfattn.course import MOTION
from selfattn.frame import page
from selfattn.ui import boxes, controls, fields, panels, poles, state, tables
from selfattn.ui.run import Run
from selfattn.views import choose, code, predict


@st.fragment
def motion() -> None:
    place = page.frame()
    with place.controls:
        sentences = boxes.sentence_grid(place.run)
        with controls.row_of_controls(place.run):
            with st.container(width=200):
                word = controls.word(place.run, sentences)
            boxes.count()
            controls.preset()
            controls.basis(place.run, word)
            controls.pulls()
            poles.edit(place.run, word)
    sense = poles.sense_of(place.run, word) if word else None
    title = f"Where “{word}” goes" if word else "Meaning in motion"
    page.header(place, MOTION, title, asks=sense is not None if word else None, looks_closer=word is not None)
    if word:
        story(place.run, word, sentences)
    else:
        choose.without_sentence(place.run, MOTION)


def story(run: Run, word: str, sentences: list[Sentence | None]) -> None:
    sense = poles.sense_of(run, word)
    results = panels.compute(run, sentences, word, sense)
    if choose.show(run, choose.Screen(MOTION, results, sense, code.of_sentences(run, results, word))) or not results:
        return
    if predict.direction(run, results):
        return
    left, right = st.columns([1.7, 1], gap="medium")
    with left:
        drawn = panels.motion(
            run,
            word,
            results,
            sense,
            height=run.tall(620, 700),
            pulls=state.get(fields.PULLS),
            animated=True,
            on_words=state.get(fields.BASIS) == "words",
        )
        controls.way()
    with right:
        panels.finding(results)
        panels.meter(run, word, results)
    with right if run.room else st.container():
        tables.behind(results, drawn)
        tables.switches(run, results, sense)


page.open_page(MOTION)
motion()
