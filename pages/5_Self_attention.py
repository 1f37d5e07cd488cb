"""Self-attention on one sentence, step by step: from static vectors to contextual ones."""

from selfattn.course import SELF_ATTENTION
from selfattn.frame import page
from selfattn.lessons.self_attention import screen
from selfattn.ui import boxes, controls, panels
from selfattn.views import choose, code, predict


def self_attention(place: page.Frame) -> None:
    run = place.run
    with place.controls:
        box, right, below = controls.beside_box(run)
        with box:
            sentence = boxes.sentence(run, "a", "Sentence A")
        with right:
            row = controls.row(run, sentence) if sentence else 0
            boxes.examples(run)
            controls.more(run)
        with below:
            step = controls.step(SELF_ATTENTION)
            controls.preset()
    results = [panels.compute_row(run, sentence, row)] if sentence else []
    asks = step == "weights" and predict.can_ask(results) if results else None
    page.header(place, "Self-attention, step by step", looks_closer=bool(results), asks=asks)
    if choose.stands_in(run, SELF_ATTENTION, results, code.of_row(run, results)):
        return
    if not (step == "weights" and predict.heaviest(run, results)):
        screen.STEPS[step](run, results[0])


page.show(SELF_ATTENTION, self_attention)
