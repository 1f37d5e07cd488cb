"""Each word as a sum of its neighbours: by hand, for every word, and the question where the weights come from."""

from selfattn.course import WEIGHTED_SUM
from selfattn.frame import page
from selfattn.lessons.weighted_sum import screen
from selfattn.ui import boxes, controls, panels, state
from selfattn.views import choose


def weighted_sum(place: page.Frame) -> None:
    run = place.run
    with place.controls:
        both = state.step(WEIGHTED_SUM) == "every"
        sentences = boxes.pair(run) if both else [boxes.sentence(run, "a", "Sentence A")]
        with controls.row_of_controls(run):
            step = controls.step(WEIGHTED_SUM)
            word = controls.word(run, sentences)
            screen.choices(step)
            boxes.two_numbers(run)
            boxes.examples(run)
    results = panels.compute(run, sentences, word)
    title = f"“{word}” as a sum" if word else WEIGHTED_SUM.title
    page.header(place, title, looks_closer=bool(results), asks=step == "where" if results else None)
    if not choose.stands_in(run, WEIGHTED_SUM, results, lambda: screen.source(run, step, sentences, results)):
        screen.STEPS[step](run, sentences, results)


page.show(WEIGHTED_SUM, weighted_sum)
