"""The teacher's page, printed: plans, questions, and what goes wrong in people's heads, with links into this app."""

from html import escape
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st

from selfattn.course import LESSONS

PRINTED = Path(__file__).parents[3] / "docs" / "teaching.html"
ELSEWHERE = "http://localhost:8501"  # where its links lead, as the README starts the app


def offer() -> None:
    """Draw the button that saves it, where it came with the app."""
    if PRINTED.is_file():
        address = (st.context.url or ELSEWHERE).partition("?")[0]
        st.download_button(
            "For the teacher", lambda: leading_to(address), "teaching-with-selfattn.html", "text/html",
            icon=":material/school:", key="teaching",
        )  # fmt: skip


def leading_to(address: str) -> str:
    """Give the page with links into the app of which this is the address of a screen.

    >>> leading_to("https://host.org/app/Self_attention").count("localhost")
    0
    """
    parts = urlsplit(address)
    paths = (lesson.path for lesson in LESSONS if lesson.path != "/" and parts.path.endswith(lesson.path))
    root = parts.path.removesuffix(next(paths, "")).rstrip("/")
    return PRINTED.read_text(encoding="utf-8").replace(ELSEWHERE, escape(f"{parts.scheme}://{parts.netloc}{root}"))
