"""How alike are two words: the dot product, of three vectors in the plane and of words."""

from streamlit.delta_generator import DeltaGenerator

from selfattn.course import DOT_PRODUCT
from selfattn.frame import page
from selfattn.lessons.dot_product import plane_screen, screen
from selfattn.ui import boxes, controls, fields, state, topic
from selfattn.views import choose


def dot_product(place: page.Frame) -> None:
    with place.controls:
        row = controls.row_of_controls(place.run)
    with row:
        step = controls.step(DOT_PRODUCT)
    page.typed(place, lambda place: typed(place, row))
    if step != DOT_PRODUCT.start:
        with row:
            boxes.two_numbers(place.run)


def typed(place: page.Frame, row: DeltaGenerator) -> None:
    run, step = place.run, state.step(DOT_PRODUCT)
    shared = topic.of_lessons(run)
    with row:
        choice = screen.STEPS[step](run, shared)
    closer = shared.word is not None
    title, numbers = "How alike are two words? The dot product", plane_screen.NUMBERS if step == "plane" else ""
    page.header(place, title, looks_closer=closer, code=True, numbers=numbers)
    if not state.get(fields.VIEW) or not choose.show(run, DOT_PRODUCT, shared.results, choice.code or str):
        choice.draw()


page.show(DOT_PRODUCT, dot_product)
