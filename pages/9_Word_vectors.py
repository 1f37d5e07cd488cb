"""Where word vectors come from: chosen by name, uploaded, trained, or written by hand."""

from selfattn.course import VECTORS
from selfattn.frame import page
from selfattn.lessons.word_vectors import screen
from selfattn.ui import controls
from selfattn.views import choice


def word_vectors(place: page.Frame) -> None:
    with place.controls:
        with controls.row_of_controls(place.run):
            step = controls.step(VECTORS)
        chosen = screen.STEPS[step](place.run)
    page.header(place, screen.TITLES[step], looks_closer=False, code=chosen.code is not None)
    choice.show(place.run, VECTORS, chosen)


page.show(VECTORS, word_vectors, arrive=screen.arrive)
