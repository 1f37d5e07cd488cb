"""Each word as a sum of its neighbours: by hand, for every word, and the question where the weights come from."""

import streamlit as st

from selfattn import Sentence
from selfattn.course import WEIGHTED_SUM
from selfattn.frame import page
from selfattn.lessons.weighted_sum import screen
from selfattn.ui import boxes, controls, panels, poles, state
from selfattn.ui.run import Run
from selfattn.views import choose


@st.fragment
def lesson() -> None:
    place = page.frame()
    with place.controls:
        sentences = boxes_of(place.run, state.step(WEIGHTED_SUM))
        with controls.row_of_controls(place.run):
            step = controls.step(WEIGHTED_SUM)
            with st.container(width=200):
                word = controls.word(place.run, sentences)
            screen.choices(step)
            boxes.two_numbers(place.run)
            boxes.examples(place.run)
    title = f"“{word}” as a sum" if word else WEIGHTED_SUM.title
    page.header(place, WEIGHTED_SUM, title, asks=step == "where" if word else None, looks_closer=word is not None)
    if word:
        story(place.run, step, word, sentences)
    else:
        choose.without_sentence(place.run, WEIGHTED_SUM)


def boxes_of(run: Run, step: str) -> list[Sentence | None]:
    """Draw one sentence, or both where both are written as sums."""
    if step != "every":
        return [boxes.sentence(run, "a", "Sentence A")]
    return boxes.pair(run)


def story(run: Run, step: str, word: str, sentences: list[Sentence | None]) -> None:
    sense = poles.sense_of(run, word)
    results = panels.compute(run, sentences, word, sense)
    choice = screen.STEPS[step](run, sentences, results, sense)
    if not choose.show(run, choose.Screen(WEIGHTED_SUM, results, sense, choice.code or str)):
        choice.draw()


page.open_page(WEIGHTED_SUM)
lesson()
