"""The way through the lessons: the menu, previous and next (also by key), and the switch for the projector."""

from typing import Any

import streamlit as st

from selfattn import course
from selfattn.course import LESSONS, Lesson, Place
from selfattn.ui import fields, state
from selfattn.ui.controls import choose_step
from selfattn.ui.run import Run

PREVIOUS, NEXT = "previous", "next"
_KEYS = {  # whether a key leads on: its button and shortcut; the first is the one to be seen
    False: {PREVIOUS: "Left", "also_page_up": "PageUp"},
    True: {NEXT: "Right", "also_page_down": "PageDown", "also_space": "Space"},
}
_LEAVING, _MUTE = "screen to leave for", "screen that has nothing to ask now"


def menu() -> None:
    """List all lessons; the links carry everything that was typed and chosen."""
    for number, lesson in enumerate(LESSONS):
        first = lesson.steps[0] if lesson.steps else None
        title = f"{number} {lesson.title}" if 0 < number < len(LESSONS) - 1 else lesson.title
        link = state.link_to(Place(lesson, first))
        st.page_link(lesson.page, label=title, icon=lesson.icon, query_params=link)


def buttons(lesson: Lesson, *, asks: bool, room: bool) -> None:
    """Draw previous and next: through the steps of a lesson, then through the lessons; an answer is a step, too.

    A button has one shortcut only: the keys of a presenter's remote have buttons of their own, which nobody sees.
    """
    step = state.step(lesson)
    st.session_state[_MUTE] = None if asks else (lesson.key, step)
    answers = asks and state.get(fields.HIDDEN)
    looks = {False: ("Back", "arrow_back"), True: ("Answer", "visibility") if answers else ("Next", "arrow_forward")}
    for onward, keys in _KEYS.items():
        label, icon = looks[onward]
        nowhere = not answers and _beside(lesson, step, onward=onward) is None
        for key, shortcut in keys.items():
            if shortcut != "Space" or room:
                look: dict[str, Any] = {"icon": f":material/{icon}:", "shortcut": shortcut, "disabled": nowhere}
                st.button(label, key=key, on_click=_go, args=(lesson,), kwargs={"onward": onward}, **look)
    if leaving := st.session_state.pop(_LEAVING, None):
        goal, answered = leaving
        st.switch_page(goal.lesson.page, query_params=state.link_to(goal, answered=answered))


def _beside(lesson: Lesson, step: str, *, onward: bool) -> Place | None:
    return course.after(lesson, step) if onward else course.before(lesson, step)


def _go(here: Lesson, *, onward: bool) -> None:
    """Show the answer where it hides, else go on; back is the same way: from an answer to its question, then on.

    What is on the screen is asked for here, and not when the button was drawn: keys may come faster than screens.
    """
    key, hidden = state.step(here), state.get(fields.HIDDEN)
    step, there = here.step(key), _beside(here, key, onward=onward)
    asks = hidden if onward else not hidden and step is not None and step.asks
    if asks and st.session_state.get(_MUTE) != (here.key, key):
        state.put(hidden=not onward, view=None)
    elif there and there.lesson is here and there.step:
        choose_step(there.step.key, answered=not onward)
    elif there:
        st.session_state[_LEAVING] = there, not onward


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
