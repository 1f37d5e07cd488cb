"""Home: two sentences, one word, and the two meanings that it takes."""

from selfattn.course import HOME
from selfattn.frame import page
from selfattn.lessons.home import screen
from selfattn.ui import panels
from selfattn.views import choose, code, predict


def home(place: page.Frame) -> None:
    run = place.run
    with place.controls:
        sentences, word = screen.choose(run)
    results = panels.compute(run, sentences, word)
    page.header(place, screen.title(run, word), looks_closer=bool(results), asks=predict.can_ask(results))
    if choose.stands_in(run, HOME, results, code.of_sentences(run, results)) or predict.heaviest(run, results):
        return
    screen.show(run, sentences, results)


page.show(HOME, home)
