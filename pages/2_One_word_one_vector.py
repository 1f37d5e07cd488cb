"""One word, one vector: why a static embedding is not enough."""

from selfattn.course import ONE_VECTOR
from selfattn.frame import page
from selfattn.lessons.one_vector import screen
from selfattn.ui import boxes, controls, panels
from selfattn.views import choose


def one_vector(place: page.Frame) -> None:
    run = place.run
    with place.controls:
        sentences = boxes.pair(run)
        with controls.row_of_controls(run):
            step = controls.step(ONE_VECTOR)
            word = controls.word(run, sentences)
            if step == "toy":
                screen.toy_box()
            if step == "wanted":
                controls.preset()
            boxes.examples(run)
    results = panels.compute(run, sentences, word)
    asks = step == "wanted" and results[0].sense is not None if results else None
    page.header(place, "One word, one vector", looks_closer=bool(results), asks=asks)
    if not choose.stands_in(run, ONE_VECTOR, results, lambda: screen.source(run, step, results)):
        screen.STEPS[step](run, results)


page.show(ONE_VECTOR, one_vector)
