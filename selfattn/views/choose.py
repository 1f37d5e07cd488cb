"""Looking closer, in the place of the picture: a number traced, a sentence changed, the code, the terms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from selfattn.core.senses import AmbiguousWord
from selfattn.course import MOTION, Lesson
from selfattn.ui import fields, state, terms, widgets, write
from selfattn.ui.panels import Result
from selfattn.ui.run import Run
from selfattn.views import code
from selfattn.views.trace import screen as trace
from selfattn.views.whatif import screen as whatif

TITLES = {"trace": "Trace a number", "whatif": "What if", "code": "Code", "terms": "Terms"}
ICONS = {
    "trace": ":material/query_stats:",
    "whatif": ":material/edit_note:",
    "code": ":material/code:",
    "terms": ":material/menu_book:",
}


@dataclass(frozen=True, slots=True, eq=False)
class Screen:
    """What the page shows: its lesson, the computed sentences, the poles of the word, and the code of the screen."""

    lesson: Lesson
    results: Sequence[Result]
    sense: AmbiguousWord | None
    code: Callable[[], str]


def choose(*, closer: bool, code: bool, terms: bool) -> None:
    """Draw the choice of the view; what cannot be shown now is not offered, and opens again once it can."""
    offered = {"trace": closer, "whatif": closer, "code": code, "terms": terms}
    names = [name for name in fields.VIEWS if offered[name]]
    view = state.get(fields.VIEW)
    if names:
        st.segmented_control(
            "Look closer",
            names,
            format_func=lambda name: f"{ICONS[name]} {TITLES[name]}",
            label_visibility="collapsed",
            **widgets.widget(fields.VIEW, view if view in names else None, lambda view: state.put(view=view)),
        )


def without_sentence(run: Run, lesson: Lesson) -> None:
    """Show the terms, which need no sentence; else say, in a room, that there is nothing to compute."""
    if not show(run, Screen(lesson, [], None, str)):
        write.nothing_yet()


def show(run: Run, screen: Screen) -> bool:
    """Show the view that is open, in the place of the picture; tell whether there is one."""
    view = state.get(fields.VIEW)
    if view == "terms":
        terms.of_lesson(screen.lesson)
    elif view == "code":
        code.show(run, screen.code())
    elif view == "trace" and screen.results:
        trace.show(run, screen.results, on_words=screen.lesson is MOTION and state.get(fields.BASIS) == "words")
    elif view == "whatif" and screen.results:
        whatif.show(run, screen.results, screen.sense)
    else:
        return False
    return True
