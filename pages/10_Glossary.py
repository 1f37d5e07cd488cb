"""Every term of the lessons, to be looked up."""

import streamlit as st

from selfattn import glossary
from selfattn.lessons import GLOSSARY
from selfattn.ui import lookup, shell


@st.fragment
def page() -> None:
    place = shell.frame()
    with place.controls:
        wanted = lookup.box()
    shell.header(place, GLOSSARY, "Glossary", looks_closer=False)
    if not wanted.strip():
        lookup.everything()
    elif found := glossary.search(wanted):
        lookup.found(found)
    else:
        shell.quiet(lookup.nothing(wanted))


shell.open_page(GLOSSARY)
page()
