"""The way through the lessons: the menu, previous and next (also by key), and the switch for the projector."""

from collections.abc import Callable

import streamlit as st

from selfattn import course
from selfattn.course import LESSONS, Lesson, Place
from selfattn.ui import fields, state
from selfattn.ui.controls import choose_step
from selfattn.ui.run import Run

PREVIOUS, NEXT = "previous", "next"
_LEAVING = "screen to leave for"


def menu() -> None:
    """List all lessons; the links carry everything that was typed and chosen."""
    for number, lesson in enumerate(LESSONS):
        first = lesson.steps[0] if lesson.steps else None
        title = f"{number} {lesson.title}" if 0 < number < len(LESSONS) - 1 else lesson.title
        link = state.link_to(Place(lesson, first))
        st.page_link(lesson.page, label=title, icon=lesson.icon, query_params=link)


def buttons(lesson: Lesson) -> None:
    """Draw previous and next: through the steps of a lesson, then through the lessons."""
    ways = (
        (course.before, "Back", PREVIOUS, "Left", ":material/arrow_back:"),
        (course.after, "Next", NEXT, "Right", ":material/arrow_forward:"),
    )
    for way, label, key, shortcut, icon in ways:
        nowhere = way(lesson, state.step(lesson)) is None
        st.button(label, key=key, shortcut=shortcut, icon=icon, disabled=nowhere, on_click=_go, args=(lesson, way))
    if goal := st.session_state.pop(_LEAVING, None):
        st.switch_page(goal.lesson.page, query_params=state.link_to(goal))


def _go(here: Lesson, way: Callable[[Lesson, str], Place | None]) -> None:
    """Go to the screen beside this one: nothing lies open there, and a question comes before its answer."""
    there = way(here, state.step(here))
    if there and there.lesson is here and there.step:
        choose_step(there.step.key)
    elif there:
        st.session_state[_LEAVING] = there


def projector(run: Run) -> None:
    """Draw the switch that lays the page out for a room."""
    st.button(
        "Laptop" if run.projecting else "Projector",
        key="room_switch",
        shortcut="F",
        icon=":material/laptop:" if run.projecting else ":material/cast_for_education:",
        on_click=state.put,
        kwargs={fields.PROJECTOR: not run.projecting},
    )
