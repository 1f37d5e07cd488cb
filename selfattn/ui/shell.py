"""The frame of every page: configuration, state, style, the row with the title and the menu, and safe text."""

from __future__ import annotations

import html
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from selfattn.lessons import LESSONS, Lesson
from selfattn.ui import state

STYLE = Path(__file__).parent / "style.css"
ICON = Path(__file__).parent / "icon.png"
MARKDOWN = r"\`*_{}[]()<>#+-.!|$:~&@^=/" + '"'


def open_page(lesson: Lesson) -> None:
    """Begin a page; called once, outside of its fragment."""
    st.set_page_config(
        page_title=f"{lesson.title} · selfattn",
        page_icon=ICON,
        layout="wide",
        initial_sidebar_state="collapsed",
    )
    st.html(STYLE)
    state.load(lesson.key)


def header(title: str) -> None:
    """Draw the title and the menu, whose links carry everything that is on the screen; write the page's own link.

    Comes after every choice on the page has been drawn, into a container at its top.
    """
    parameters = state.save()
    with st.container(
        key="header", horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="small"
    ):
        st.html(f"<h1>{html.escape(title)}</h1>", width="content")
        with st.container(horizontal=True, width="content", gap="small", vertical_alignment="center"):
            for lesson in LESSONS:
                st.page_link(lesson.page, label=lesson.title, icon=lesson.icon, query_params=parameters)
            box = st.popover("Link", icon=":material/link:", key="link", on_change="rerun")
            if box.open:
                with box:
                    st.caption("Everything on this screen is in its address. Copy it for the class:")
                    st.code(_address(parameters), language=None, wrap_lines=True)
    if ignored := state.ignored():
        st.caption(f"This link had settings that cannot be used; the defaults stand in for: {', '.join(ignored)}.")


def plain(text: str) -> str:
    """Escape text for Streamlit's Markdown, in which a label or a message is written.

    >>> plain("[x](javascript:1)")
    '\\\\[x\\\\]\\\\(javascript\\\\:1\\\\)'
    """
    return "".join("\\" + character if character in MARKDOWN else character for character in text)


def quiet(text: str) -> None:
    """Write a small line of plain words, whatever they are."""
    st.html(f'<p class="sa-quiet">{html.escape(text)}</p>')


def finding(*lines: str) -> None:
    """Write what happened, in large type; screen readers are told when it changes."""
    inside = "".join(f"<span>{html.escape(line)}</span> " for line in lines)
    st.html(f'<p class="sa-finding{" sa-lines" if len(lines) > 2 else ""}" role="status">{inside}</p>')


def _address(parameters: dict[str, str]) -> str:
    address = (st.context.url or "").split("?")[0]
    return f"{address}?{urlencode(parameters)}" if parameters else address
