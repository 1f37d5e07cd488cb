"""Query, key, value: three matrices make three vectors of one, and they are learned in front of the class."""

from selfattn.course import QUERY_KEY_VALUE
from selfattn.frame import page
from selfattn.lessons.query_key_value import screen
from selfattn.ui import boxes, controls, panels
from selfattn.views import choose


def query_key_value(place: page.Frame) -> None:
    run = place.run
    with place.controls:
        sentences = boxes.pair(run)
        with controls.row_of_controls(run):
            step = controls.step(QUERY_KEY_VALUE)
            word = controls.word(run, sentences)
            boxes.examples(run)
    results = panels.compute(run, sentences, word)
    lesson = screen.of(run, step, sentences, results)
    numbers = "Two numbers a word, by hand" if step == "parts" else ""
    page.header(place, screen.TITLES[step], looks_closer=bool(lesson.results), asks=lesson.asks, numbers=numbers)
    if not choose.show(run, QUERY_KEY_VALUE, lesson.results, lesson.source):
        lesson.draw()


page.show(QUERY_KEY_VALUE, query_key_value, arrive=screen.arrive)
