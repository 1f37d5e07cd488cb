"""The frame of every page: configuration, state, style, the row with the title and the tools, and safe text.

For a room the same row stays, with everything that is chosen behind one button, and the picture fills the rest.
"""

import html
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from selfattn.course import HOME, VECTORS, Lesson
from selfattn.frame import nav, paper, share
from selfattn.frame.away import panel
from selfattn.sets.vector_set import BUNDLED
from selfattn.ui import arrivals, controls, fields, jobs, session_sets, state, trained, widgets, width
from selfattn.ui.run import Run, begin, on_phone
from selfattn.ui.write import quiet
from selfattn.views import choose, predict

ON_TOP = (fields.STEP, fields.VIEW, fields.HIDDEN)  # what the row on top shows of what is chosen
STYLE = Path(__file__).parent / "style.css"
ROOM_STYLE = f"<style>{(Path(__file__).parent / 'room.css').read_text(encoding='utf-8')}</style>"
ICON = Path(__file__).parent / "icon.png"
COMES_BACK = timedelta(days=1)  # what runs by itself, however seldom, also does when its connection is there again


@dataclass(frozen=True, slots=True)
class Top:
    """What the row on top is drawn of: what changes it, and not every text that is typed."""

    title: str
    numbers: str
    offered: dict[str, bool]
    asks: bool
    chosen: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """A page in this run: its lesson, and the places of its title, the tools beside it, and the lesson's controls.

    `top` holds what the row on top is drawn of, once that is known.
    """

    lesson: Lesson
    title: DeltaGenerator
    tools: DeltaGenerator
    controls: DeltaGenerator
    run: Run
    top: list[Top] = field(default_factory=list)


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

    @st.fragment(run_every=COMES_BACK)
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
        paper.ready(run.theme)
    with tools:
        controls = st.popover("Change", icon=":material/tune:", key="controls") if run.projecting else None
        run = replace(run, choices=st.container(width="content")) if run.phone else run
    return Frame(
        lesson=lesson, title=title, tools=tools, controls=controls or st.container(key="around"), run=run
    )  # fmt: skip


def typed(place: Frame, draw: Callable[[Frame], None]) -> None:
    """Draw what depends on what is typed, which alone runs anew while somebody types; then the row on top.

    Parameters
    ----------
    place : Frame
    draw : function of the frame
        Calls `header` once it knows the title. It may write to containers that were made before; what depends on no
        text is drawn outside of it, before or after.
    """

    @st.fragment
    def body() -> None:
        draw(replace(place, run=replace(begin(), choices=place.run.choices)))

    body()
    _row(place, *place.top)


def header(
    place: Frame,
    title: str,
    *,
    looks_closer: bool,
    asks: bool | None = False,
    code: bool | None = None,
    numbers: str = "",
) -> None:
    """Say what stands in the row on top, write the page's link, and say what the page lacks.

    Comes after all that is typed has been read: the link carries it. The row itself is drawn by `typed`.

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
    state.save()
    top = Top(title, numbers or run.chosen.title, offered, bool(asks), tuple(map(state.get, ON_TOP)))
    if not place.top:
        place.top.append(top)
    elif place.top != [top]:
        st.rerun()
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


def _row(place: Frame, top: Top) -> None:
    """Draw the row on top: the title and the tools."""
    where = _where(place.lesson) if place.run.projecting else ""
    set_ = f'<p class="sa-set">{html.escape(top.numbers)}</p>'
    look = ROOM_STYLE if place.run.projecting else ""  # alone, Streamlit would keep it when the room is left
    place.title.html(f"<h1>{html.escape(top.title)}{where}</h1>{set_}{look}", width="content")
    with place.tools:
        (_few_tools if place.run.phone else _tools)(place, top)


def _tools(place: Frame, top: Top) -> None:
    """Draw the tools in a row; on home fewer: the first screen has three things only."""
    lesson, run = place.lesson, place.run
    if lesson is HOME:
        widgets.behind("Look closer", "zoom_in", "closer", lambda: _closer(top))
        _close()
    else:
        with place.controls if run.projecting else place.tools:
            choose.choose(**top.offered)
    if top.asks:
        predict.button()
    nav.buttons(lesson, asks=top.asks, room=run.projecting)
    widgets.behind("Lessons", "menu", "menu", _lessons)
    if lesson is not HOME:
        widgets.behind("Link", "qr_code_2", "link", lambda: share.link(state.link()))
    widgets.behind("Save", "download", "save", lambda: panel.show(run, lesson))
    nav.projector(run)


def _lessons() -> None:
    """List the lessons, and the keys that lead through them."""
    nav.menu()
    share.keys()


def _closer(top: Top) -> None:
    """Draw all that looks closer: the views, and the link."""
    choose.choose(**top.offered)
    share.link(state.link())


def _few_tools(place: Frame, top: Top) -> None:
    """Draw the tools of a phone: one row, in which a menu holds most; it closes once one of them is taken."""

    def menu() -> None:
        if top.asks:
            predict.button(menu=False)
        choose.choose(**top.offered, menu=False)
        nav.menu()
        share.link(state.link())

    nav.buttons(place.lesson, asks=top.asks, room=False)
    widgets.behind("Menu", "menu", "menu", menu)
    widgets.behind("Save", "download", "save", lambda: panel.show(place.run, place.lesson))
    _close()


def _close() -> None:
    """Draw the way back from a view, where one is open that was chosen behind a button."""
    if state.get(fields.VIEW):
        st.button("Close", icon=":material/close:", key="close_view", on_click=state.put, kwargs={"view": None})


def _where(lesson: Lesson) -> str:
    """Say which screen of the lesson this is, where the control that says so is out of sight."""
    keys = [step.key for step in lesson.steps]
    if not keys:
        return ""
    return f' <span class="sa-where">{keys.index(state.step(lesson)) + 1} of {len(keys)}</span>'
