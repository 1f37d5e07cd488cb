"""What self-attention without training cannot do, each failing live, and what the full transformer adds."""

import streamlit as st

from selfattn.course import LIMITS
from selfattn.frame import page
from selfattn.lessons.limits import screen as limits


@st.fragment
def what_it_cannot_do() -> None:
    place = page.frame()
    with place.controls:
        chosen = limits.choose(place.run)
    screen = limits.prepare(place.run, chosen)
    page.header(place, LIMITS, chosen.title, asks=screen.asks, looks_closer=bool(screen.results), code=screen.has_code)
    limits.show(place.run, chosen, screen)


page.open_page(LIMITS)
what_it_cannot_do()
