"""Why self-attention: what it is the centre of, and a first look at it at work."""

from streamlit.delta_generator import DeltaGenerator

from selfattn.course import WHY
from selfattn.frame import page
from selfattn.lessons.why import screen
from selfattn.ui import boxes, controls, panels
from selfattn.views import choose, code


def why(place: page.Frame) -> None:
    with place.controls:
        box, right, _ = controls.beside_box(place.run)
    page.typed(place, lambda place: typed(place, box, right))


def typed(place: page.Frame, box: DeltaGenerator, right: DeltaGenerator) -> None:
    run = place.run
    with box:
        sentence = boxes.sentence(run, "a", "Sentence A")
    with right:
        row = controls.row(run, sentence)
    results = [panels.compute_row(run, sentence, row)] if sentence else []
    page.header(place, "Why self-attention", looks_closer=bool(results))
    if not choose.stands_in(run, WHY, results, code.of_row(run, results)):
        screen.show(run, results[0])


page.show(WHY, why)
