"""What lies behind the button “Save”: all that can be taken away from a screen."""

from collections.abc import Callable

import streamlit as st

from selfattn.course import Lesson
from selfattn.frame.away import handout, notebook, pictures, worksheet
from selfattn.ui.run import Run

KINDS: dict[str, tuple[str, Callable[[Run, Lesson], None]]] = {
    "pictures": ("Pictures", pictures.show),
    "handout": ("Handout", handout.show),
    "worksheet": ("Worksheet", worksheet.show),
    "notebook": ("Notebook", notebook.show),
}


def show(run: Run, lesson: Lesson) -> None:
    """Draw the choice of what to take away, and what belongs to it; files are made when they are asked for."""
    chosen = st.segmented_control(
        "Take away", list(KINDS), format_func=lambda kind: KINDS[kind][0], default="pictures", required=True,
        key="taken", label_visibility="collapsed",
    )  # fmt: skip
    KINDS[chosen][1](run, lesson)
