"""Home: two sentences, one word, and the two meanings that it takes."""

from collections.abc import Sequence

from streamlit.delta_generator import DeltaGenerator

from selfattn.course import HOME
from selfattn.frame import page
from selfattn.lessons.home import screen
from selfattn.ui import boxes, controls, panels
from selfattn.views import choose, code, predict


def home(place: page.Frame) -> None:
    with place.controls:
        columns, line = screen.places(place.run)
    page.typed(place, lambda place: typed(place, columns, line))
    with line:
        screen.choices(place.run)


def typed(place: page.Frame, columns: Sequence[DeltaGenerator], line: DeltaGenerator) -> None:
    run = place.run
    sentences = boxes.beside(run, columns)
    with line:
        word = controls.word(run, sentences)
    results = panels.compute(run, sentences, word)
    page.header(place, screen.title(run, word), looks_closer=bool(results), asks=predict.can_ask(results))
    if choose.stands_in(run, HOME, results, code.of_sentences(run, results)) or predict.heaviest(run, results):
        return
    screen.show(run, sentences, results)


page.show(HOME, home)
