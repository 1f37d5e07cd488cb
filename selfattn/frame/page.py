"""The frame of every page: configuration, state, style, the row with the title and the tools, and safe text.

For a room the same row stays, with everything that is chosen behind one button, and the picture fills the rest.
"""

import html
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from selfattn.course import HOME, VECTORS, Lesson
from selfattn.frame import nav, share
from selfattn.sets.vector_set import BUNDLED
from selfattn.ui import arrivals, controls, fields, jobs, session_sets, state, trained, width
from selfattn.ui.run import Run, begin, on_phone
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
    run = begin()
    with st.container(
        key="room" if run.projecting else "header",
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
        gap="small",
    ):
        title = st.container(width="content")  # st.empty() would take the old title away until the new one is drawn
        few = "few_tools" if run.phone else None
        tools = st.container(horizontal=True, width="content", gap="small", vertical_alignment="center", key=few)
        if not on_phone():  # a phone needs no measuring, however it is held
            width.measure()
    with tools:
        controls = st.popover("Change", icon=":material/tune:", key="controls") if run.projecting else None
        run = replace(run, choices=st.container(width="content")) if run.phone else run
    return Frame(lesson=lesson, title=title, tools=tools, controls=controls or st.container(), run=run)


def header(
    place: Frame,
    title: str,
    *,
    looks_closer: bool,
    asks: bool | None = False,
    code: bool | None = None,
    numbers: str = "",
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
    numbers : str
        What the screen computes with, where it is not the chosen set.
    """
    lesson, run = place.lesson, place.run
    if asks is False:
        state.put(hidden=False)
    offered = {"closer": looks_closer, "code": looks_closer if code is None else code, "terms": bool(lesson.terms)}
    parameters = state.save()
    where = _where(lesson) if run.projecting else ""
    set_ = f'<p class="sa-set">{html.escape(numbers or run.chosen.title)}</p>'  # what the screen computes with
    place.title.html(f"<h1>{html.escape(title)}{where}</h1>{set_}", width="content")
    with place.tools:
        (_few_tools if run.phone else _tools)(place, offered, parameters, asks=bool(asks))
    if ignored := state.ignored():
        st.caption(f"This link had settings that cannot be used; the defaults stand in for: {', '.join(ignored)}.")
    if note := run.note:
        trained.show(run.chosen)
        quiet(note)
    if (missing := session_sets.missing()) and lesson is not VECTORS:
        if jobs.running(arrivals.FETCH):
            jobs.show(arrivals.FETCH)
            return
        with st.container(horizontal=True, gap="small", vertical_alignment="center", key="missing_set"):
            quiet(f"{missing} {BUNDLED} stands in.")
            controls.to_word_vectors()


def _tools(place: Frame, offered: dict[str, bool], parameters: dict[str, str], *, asks: bool) -> None:
    """Draw the tools in a row; on home fewer: the first screen has three things only."""
    lesson, run = place.lesson, place.run
    if lesson is HOME:
        _popover("Look closer", "zoom_in", "closer", lambda: _closer(offered, parameters))
        _close()
    else:
        with place.controls if run.projecting else place.tools:
            choose.choose(**offered)
    if asks:
        predict.button()
    nav.buttons(lesson, asks=asks, room=run.projecting)
    _popover("Lessons", "menu", "menu", nav.menu)
    if lesson is not HOME:
        _popover("Link", "qr_code_2", "link", lambda: share.link(parameters))
        _popover("Keys", "keyboard", "keys", share.keys)
    nav.projector(run)


def _closer(offered: dict[str, bool], parameters: dict[str, str]) -> None:
    """Draw all that looks closer: the views, the link, the keys."""
    choose.choose(**offered)
    share.link(parameters)
    share.keys()


def _few_tools(place: Frame, offered: dict[str, bool], parameters: dict[str, str], *, asks: bool) -> None:
    """Draw the tools of a phone: one row, in which a menu holds most; it closes once one of them is taken."""

    def menu() -> None:
        if asks:
            predict.button(menu=False)
        choose.choose(**offered, menu=False)
        nav.menu()
        share.link(parameters)

    nav.buttons(place.lesson, asks=asks, room=False)
    _popover("Menu", "menu", "menu", menu)
    _close()


def _close() -> None:
    """Draw the way back from a view, where one is open that was chosen behind a button."""
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
