"""Home: two sentences, one word, and the two meanings that it takes."""

import streamlit as st

from selfattn.course import HOME
from selfattn.frame import page
from selfattn.ui import boxes, controls, panels, tables
from selfattn.views import choose, code, predict


def home(place: page.Frame) -> None:
    run = place.run
    with place.controls:
        sentences = boxes.pair(run)
        with controls.row_of_controls(run):
            word = controls.word(run, sentences, width=240)
            with st.container(width="content"):
                controls.preset()
            boxes.examples(run)
    results = panels.compute(run, sentences, word)
    title = f"Why “{word}” means two things" if word else "Why a word means two things"
    page.header(place, title, looks_closer=bool(results), asks=predict.can_ask(results))
    if choose.stands_in(run, HOME, results, code.of_sentences(run, results)) or predict.heaviest(run, results):
        return
    panels.finding(results)
    boxes.honest_note()
    left, right = st.columns([1, 1.15], gap="medium")
    with left:
        for role, sentence in enumerate(sentences):
            panels.sentence_panel(run, role, sentence, results)
    with right:
        drawn = panels.motion(run, results, size=run.size(490, 580))
        panels.meter(run, results)
    with left if run.room else right:
        tables.behind(results, drawn)


page.show(HOME, home)
