"""How alike are two words: the dot product, of three vectors in the plane and of words."""

import streamlit as st

from selfattn.lessons import DOT_PRODUCT
from selfattn.ui import boxes, controls, dot_product, shell, state, views


@st.fragment
def lesson() -> None:
    place, base = shell.frame(), dot_product.ground()
    with place.controls, controls.row_of_controls():
        step = controls.step(DOT_PRODUCT)
        choice = dot_product.choose(step, base)
        if step != DOT_PRODUCT.start:
            boxes.two_numbers()
    closer = base.word is not None
    shell.header(place, DOT_PRODUCT, "How alike are two words? The dot product", looks_closer=closer, code=True)
    if not state.get(state.VIEW) or not views.show(dot_product.closer(base, choice)):
        choice.draw()


shell.open_page(DOT_PRODUCT)
lesson()
