"""How alike are two words: the dot product, of three vectors in the plane and of words."""

import streamlit as st

from selfattn.course import DOT_PRODUCT
from selfattn.frame import page
from selfattn.lessons.dot_product import screen
from selfattn.ui import boxes, controls, fields, poles, state, usual
from selfattn.ui.run import Run
from selfattn.views import choose
from selfattn.views.choice import Choice


@st.fragment
def lesson() -> None:
    place = page.frame()
    base = usual.ground(place.run)
    with place.controls, controls.row_of_controls(place.run):
        step = controls.step(DOT_PRODUCT)
        choice = screen.STEPS[step](place.run, base)
        if step != DOT_PRODUCT.start:
            boxes.two_numbers(place.run)
    closer = base.word is not None
    page.header(place, DOT_PRODUCT, "How alike are two words? The dot product", looks_closer=closer, code=True)
    if not state.get(fields.VIEW) or not choose.show(place.run, looking(place.run, base, choice)):
        choice.draw()


def looking(run: Run, base: usual.Ground, choice: Choice) -> choose.Screen:
    """Give what a closer look is taken at."""
    sense = poles.sense_of(run, base.word) if base.word else None
    return choose.Screen(DOT_PRODUCT, base.results, sense, choice.code or str)


page.open_page(DOT_PRODUCT)
lesson()
