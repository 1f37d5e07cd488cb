"""What self-attention without training cannot do, each failing live, and what the full transformer adds."""

from selfattn.course import LIMITS
from selfattn.frame import page
from selfattn.lessons.limits import screen as limits


def what_it_cannot_do(place: page.Frame) -> None:
    with place.controls:
        chosen = limits.choose(place.run)
    screen = limits.prepare(place.run, chosen)
    page.header(place, chosen.title, looks_closer=bool(screen.results), asks=screen.asks, code=screen.has_code)
    limits.show(place.run, chosen, screen)


page.show(LIMITS, what_it_cannot_do)
