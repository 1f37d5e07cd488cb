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
    case = chosen.compute(place.run)
    asks, looks_closer = (case.asks, bool(case.results)) if case else (None, False)
    page.header(place, LIMITS, chosen.title, asks=asks, looks_closer=looks_closer, code=case is not None)
    limits.show(place.run, chosen, case)


page.open_page(LIMITS)
what_it_cannot_do()
