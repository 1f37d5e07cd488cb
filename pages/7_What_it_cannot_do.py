"""What self-attention without training cannot do, each failing live, and what the full transformer adds."""

import streamlit as st

from selfattn.lessons import LIMITS
from selfattn.ui import limits, shell


@st.fragment
def what_it_cannot_do() -> None:
    place = shell.frame()
    with place.controls:
        chosen = limits.choose()
    screen = limits.prepare(chosen)
    shell.header(place, LIMITS, chosen.title, asks=screen.asks, looks_closer=bool(screen.results), code=screen.has_code)
    limits.show(chosen, screen)


shell.open_page(LIMITS)
what_it_cannot_do()
