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
    numbers = screen.INVENTED if step == "toy" else ""
    page.header(place, "One word, one vector", looks_closer=bool(results), numbers=numbers)
    if not choose.stands_in(run, ONE_VECTOR, results, lambda: screen.source(run, step, results)):
        screen.STEPS[step](run, results)


page.show(ONE_VECTOR, one_vector)
