"""Each word as a sum of its neighbours: by hand, for every word, and the question where the weights come from."""

import streamlit as st

from selfattn import Sentence
from selfattn.lessons import WEIGHTED_SUM
from selfattn.ui import boxes, controls, panels, poles, shell, state, views, weighted_sum


@st.fragment
def lesson() -> None:
    place = shell.frame()
    with place.controls:
        sentences = boxes_of(state.step(WEIGHTED_SUM))
        with controls.row_of_controls():
            step = controls.step(WEIGHTED_SUM)
            with st.container(width=200):
                word = controls.word(sentences)
            weighted_sum.choices(step)
            boxes.two_numbers()
            boxes.examples()
    title = f"“{word}” as a sum" if word else WEIGHTED_SUM.title
    shell.header(place, WEIGHTED_SUM, title, asks=step == "where" if word else None, looks_closer=word is not None)
    if word:
        story(step, word, sentences)
    else:
        views.without_sentence(WEIGHTED_SUM)


def boxes_of(step: str) -> list[Sentence | None]:
    """Draw one sentence, or both where both are written as sums."""
    if step != "every":
        return [boxes.sentence("a", "Sentence A")]
    return boxes.pair()


def story(step: str, word: str, sentences: list[Sentence | None]) -> None:
    sense = poles.sense_of(word)
    results = panels.compute(sentences, word, sense)
    if views.show(views.Screen(WEIGHTED_SUM, results, sense, weighted_sum.code(step, sentences, results, sense))):
        return
    if step == "every":
        weighted_sum.every_word(sentences, results, word)
    elif step == "hand":
        weighted_sum.by_hand(results[0], sense)
    elif not weighted_sum.ask(results[0]):
        weighted_sum.where_from(results[0])


shell.open_page(WEIGHTED_SUM)
lesson()
