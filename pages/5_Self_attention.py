"""Self-attention on one sentence, step by step: from static vectors to contextual ones."""

from streamlit.delta_generator import DeltaGenerator

from selfattn.course import SELF_ATTENTION
from selfattn.frame import page
from selfattn.lessons.self_attention import screen
from selfattn.ui import boxes, controls, panels, state
from selfattn.views import choose, code, predict


def self_attention(place: page.Frame) -> None:
    with place.controls:
        box, right, below = controls.beside_box(place.run)
    page.typed(place, lambda place: typed(place, box, right))
    with right:
        boxes.examples(place.run)
        controls.more(place.run)
    with below:
        controls.step(SELF_ATTENTION)
        controls.preset()


def typed(place: page.Frame, box: DeltaGenerator, right: DeltaGenerator) -> None:
    run, step = place.run, state.step(SELF_ATTENTION)
    with box:
        sentence = boxes.sentence(run, "a", "Sentence A")
    with right:
        row = controls.row(run, sentence)
    results = [panels.compute_row(run, sentence, row)] if sentence else []
    asks = step == "weights" and predict.can_ask(results) if results else None
    page.header(place, "Self-attention, step by step", looks_closer=bool(results), asks=asks)
    if choose.stands_in(run, SELF_ATTENTION, results, code.of_row(run, results)):
        return
    if not (step == "weights" and predict.heaviest(run, results)):
        screen.STEPS[step](run, results[0])


page.show(SELF_ATTENTION, self_attention)
