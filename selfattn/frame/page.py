"""The frame of every page: configuration, state, style, the row with the title and the tools, and safe text.

For a room the same row stays, with everything that is chosen behind one button, and the picture fills the rest.
"""

import html
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from selfattn.course import HOME, VECTORS, Lesson, Place
from selfattn.frame import nav, share
from selfattn.sets.vector_set import BUNDLED
from selfattn.ui import arrivals, fields, jobs, session_sets, state, trained
from selfattn.ui.run import Run, begin
from selfattn.ui.write import quiet
from selfattn.views import choose, predict

STYLE = Path(__file__).parent / "style.css"
ICON = Path(__file__).parent / "icon.png"


@dataclass(frozen=True, slots=True)
class Frame:
    """A page in this run: its lesson, and the places of its title, the tools beside it, and the lesson's controls."""

    lesson: Lesson
    title: DeltaGenerator
    tools: DeltaGenerator
    controls: DeltaGenerator
    run: Run


def show(lesson: Lesson, draw: Callable[[Frame], None], *, arrive: Callable[[], None] | None = None) -> None:
    """Show the page of a lesson: its frame, and in it what the lesson draws, which alone runs anew when it changes.

    Parameters
    ----------
    lesson : Lesson
    draw : function of the frame
    arrive : function, optional
        Takes what the jobs of this page have brought, before anything is drawn with it.
    """
    title = f"{lesson.title} · selfattn"
    st.set_page_config(page_title=title, page_icon=ICON, layout="wide", initial_sidebar_state="collapsed")
    st.html(STYLE)
    state.load(lesson.key)

    @st.fragment
    def page() -> None:
        if arrive:
            arrive()
        arrivals.arrive()
        draw(_frame(lesson))

    page()


def _frame(lesson: Lesson) -> Frame:
    """Lay the page out: one row on top, the controls under it, or, for a room, behind a button in the row."""
    room = state.projecting()
    with st.container(
        key="room" if room else "header",
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
        gap="small",
    ):
        title = st.container(width="content")  # st.empty() would take the old title away until the new one is drawn
        tools = st.container(horizontal=True, width="content", gap="small", vertical_alignment="center")
    with tools:
        controls = st.popover("Change", icon=":material/tune:", key="controls") if room else None
    return Frame(lesson=lesson, title=title, tools=tools, controls=controls or st.container(), run=begin())


def header(
    place: Frame, title: str, *, looks_closer: bool, asks: bool | None = False, code: bool | None = None
) -> None:
    """Draw the title and the tools, and write the page's link.

    Comes after every choice on the page has been drawn: the links carry them.

    Parameters
    ----------
    place : Frame
    title : str
        In plain words; it may hold what the user typed.
    looks_closer : bool
        Whether there is something to trace and to change.
    asks : bool, or None
        Whether this screen can ask before it answers; None where there is nothing to compute yet, so that what is
        hidden stays so.
    code : bool, optional
        Whether there are lines of code for it; where there is something to trace, unless said otherwise.
    """
    lesson, projecting = place.lesson, place.run.projecting
    if asks is False:
        state.put(hidden=False)
    offered = {"closer": looks_closer, "code": looks_closer if code is None else code, "terms": bool(lesson.terms)}
    gathered = lesson is HOME  # its tools are behind one button: the first screen has three things only
    if not gathered:
        with place.controls if projecting else place.tools:
            choose.choose(**offered)
    parameters = state.save()
    where = _where(lesson) if projecting else ""
    set_ = f'<p class="sa-set">{html.escape(place.run.chosen.title)}</p>'  # the vectors that the screen computes with
    place.title.html(f"<h1>{html.escape(title)}{where}</h1>{set_}", width="content")
    with place.tools:
        if gathered:
            _closer(offered, parameters)
        if asks:
            predict.button()
        nav.buttons(lesson)
        _popover("Lessons", "menu", "menu", nav.menu)
        if not gathered:
            _popover("Link", "qr_code_2", "link", lambda: share.link(parameters))
            _popover("Keys", "keyboard", "keys", share.keys)
        nav.projector(place.run)
    if ignored := state.ignored():
        st.caption(f"This link had settings that cannot be used; the defaults stand in for: {', '.join(ignored)}.")
    if note := place.run.note:
        jobs.show(trained.JOB)
        quiet(note)
    if (missing := session_sets.missing()) and lesson is not VECTORS:
        if jobs.running(arrivals.FETCH):
            jobs.show(arrivals.FETCH)
            return
        with st.container(horizontal=True, gap="small", vertical_alignment="center", key="missing_set"):
            quiet(f"{missing} {BUNDLED} stands in.")
            goal = Place(VECTORS, VECTORS.steps[0])
            st.page_link(VECTORS.page, label=VECTORS.title, icon=VECTORS.icon, query_params=state.link_to(goal))


def _closer(offered: dict[str, bool], parameters: dict[str, str]) -> None:
    """Draw one button for all that looks closer: the views, the link, the keys."""
    box = st.popover("Look closer", icon=":material/zoom_in:", key="closer", on_change="rerun")
    if box.open:
        with box:
            choose.choose(**offered)
            share.link(parameters)
            share.keys()
    if state.get(fields.VIEW):
        st.button("Close", icon=":material/close:", key="close_view", on_click=state.put, kwargs={"view": None})


def _popover(label: str, icon: str, key: str, draw: Callable[[], None]) -> None:
    """Draw a button, and once it is pressed what lies behind it."""
    box = st.popover(label, icon=f":material/{icon}:", key=key, on_change="rerun")
    if box.open:
        with box:
            draw()


def _where(lesson: Lesson) -> str:
    """Say which screen of the lesson this is, where the control that says so is out of sight."""
    keys = [step.key for step in lesson.steps]
    if not keys:
        return ""
    return f' <span class="sa-where">{keys.index(state.step(lesson)) + 1} of {len(keys)}</span>'
