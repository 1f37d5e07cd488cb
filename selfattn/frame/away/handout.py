"""The handout: a job records the screens, and the browser draws the pictures and saves the file."""

from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from typing import Any

import streamlit as st

from selfattn.course import PLACES, Lesson, Place
from selfattn.frame import share
from selfattn.frame.away import document, drawing, naming, record, teaching
from selfattn.frame.away.document import About, Handout, Screen
from selfattn.ui import fields, jobs, state, write
from selfattn.ui.run import Run

JOB, MADE, PART = "handout", "handout made", "part of the course"
PARTS = {"lesson": "This lesson", "course": "All lessons"}
SAYS = "Every screen on your sentences, in one file: opens offline, prints on A4 and Letter."
_browser = drawing.component("handout", '<div class="handout" role="status"></div>', "walk")


def show(run: Run, lesson: Lesson) -> None:  # noqa: ARG001
    """Draw the choice between this lesson and all, the button, and how far the file is."""
    if (job := jobs.take(JOB)) and jobs.done_well(job):
        st.session_state[MADE] = job.result
    write.quiet(SAYS)
    part = st.segmented_control(
        "What it holds", list(PARTS), format_func=PARTS.__getitem__, default="lesson", required=True, key=PART,
        label_visibility="collapsed",
    )  # fmt: skip
    begin = partial(_begin, lesson, part)
    st.button("Make the handout", icon=":material/description:", key="make_handout", on_click=begin)
    jobs.say(JOB)
    jobs.show(JOB)
    drawing.ready()
    made = st.session_state.get(MADE)
    _browser(key="handout", data=[_sent(made)], on_saved_change=_forget)
    teaching.offer()


def _sent(made: Handout | None) -> dict[str, Any] | None:
    return asdict(made) if made else None


def _forget() -> None:
    """Let a file go that the browser has, or that nobody wants any more."""
    st.session_state.pop(MADE, None)


def _begin(lesson: Lesson, part: str) -> None:
    """Record the screens in a job."""
    _forget()
    here = Place(lesson, lesson.step(state.step(lesson)))
    places = [place for place in PLACES if part == "course" or place.lesson is lesson]
    recorder = record.begin(here)
    about = _about(recorder, lesson.title if part == "lesson" else "Self-attention made visible", part)
    jobs.start(JOB, "Recording the screens", partial(make, recorder, about, places), ())


def _about(recorder: record.Recorder, title: str, part: str) -> About:
    """Say what stands on top: what the class has typed, and where others reach the app."""
    here = recorder.here
    url = recorder.url.split("?")[0].rstrip("/").removesuffix(here.lesson.path.rstrip("/"))
    reached = share.in_network(url)
    sentences = [str(state.get(name)) for name in fields.SENTENCES[: state.get(fields.COUNT)]]
    name = naming.file_name(Place(here.lesson), "html", "handout") if part == "lesson" else "selfattn-handout.html"
    return About(title, name, sentences, url if reached is None else reached, reached is not None)


def make(recorder: record.Recorder, about: About, places: Sequence[Place], job: jobs.Job) -> Handout:
    """Record screens and write the handout; says how far it is."""
    screens = []
    for number, place in enumerate(places):
        job.tell(number / len(places), f"{number + 1} of {len(places)}")
        screens.append(_screen(recorder, place))
    return document.handout(about, screens)


def _screen(recorder: record.Recorder, place: Place) -> Screen:
    opened = recorder.link.get(fields.TABLES, "") if place == recorder.here else ""
    try:
        return Screen(place, recorder.screen(place, **{fields.PROJECTOR: "", fields.TABLES: opened}))
    except record.RecordError as error:
        return Screen(place, None, str(error))
