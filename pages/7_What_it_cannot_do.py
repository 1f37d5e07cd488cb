"""What self-attention without training cannot do, each failing live, and what the full transformer adds."""

from selfattn.course import LIMITS
from selfattn.frame import page
from selfattn.lessons.limits import screen as limits


def what_it_cannot_do(place: page.Frame) -> None:
    with place.controls:
        places = limits.places(place.run)
    page.typed(place, lambda place: typed(place, places))
    limits.preset(places)


def typed(place: page.Frame, places: limits.Places) -> None:
    chosen = limits.choose(place.run, places)
    case = chosen.compute(place.run)
    asks, looks_closer = (case.asks, bool(case.results)) if case else (None, False)
    page.header(place, chosen.title, looks_closer=looks_closer, asks=asks, code=case is not None)
    limits.show(place.run, chosen, case)


page.show(LIMITS, what_it_cannot_do)
