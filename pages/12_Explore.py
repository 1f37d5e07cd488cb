"""What a set of word vectors knows: a word and its neighbours, analogies, lists, a line, a map, and another set."""

from streamlit.delta_generator import DeltaGenerator

from selfattn.course import EXPLORE
from selfattn.frame import page
from selfattn.lessons.explore import screen
from selfattn.ui import controls, state
from selfattn.views import choice


def explore(place: page.Frame) -> None:
    with place.controls:
        row = controls.row_of_controls(place.run)
        with row:
            controls.step(EXPLORE)
        line = controls.line() if place.run.small else row  # on a phone the box stands on the page
    page.typed(place, lambda place: typed(place, line))


def typed(place: page.Frame, line: DeltaGenerator) -> None:
    step = state.step(EXPLORE)
    with line:
        chosen = screen.STEPS[step](place.run)
    page.header(place, screen.TITLES[step], looks_closer=False, code=chosen.code is not None)
    choice.show(place.run, EXPLORE, chosen)


page.show(EXPLORE, explore)
