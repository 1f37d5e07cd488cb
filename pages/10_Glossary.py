"""Every term of the lessons, to be looked up."""

import streamlit as st

from selfattn import glossary
from selfattn.course import GLOSSARY
from selfattn.frame import page as shell
from selfattn.lessons.glossary import screen
from selfattn.ui import write


@st.fragment
def page() -> None:
    place = shell.frame()
    with place.controls:
        wanted = screen.box()
    shell.header(place, GLOSSARY, "Glossary", looks_closer=False)
    if not wanted.strip():
        screen.everything()
    elif entries := glossary.search(wanted):
        screen.matches(entries)
    else:
        write.quiet(screen.nothing(wanted))


shell.open_page(GLOSSARY)
page()
