"""The terms of a lesson, and the terms of any text: they explain themselves where one points at them."""

import html

import streamlit as st

from selfattn.course import LESSONS, Lesson
from selfattn.glossary import GLOSSARY, Entry, mentions


def marked(*lines: str) -> list[str]:
    """Write lines as HTML, all of it escaped; the first of each term explains itself on hover, focus and touch."""
    seen: set[str] = set()
    return [_marked(line, seen) for line in lines]


def _marked(line: str, seen: set[str]) -> str:
    parts, last = [], 0
    for start, end, entry in mentions(line):
        if entry.key not in seen:
            seen.add(entry.key)
            parts += [html.escape(line[last:start]), _OPENED[entry.key], html.escape(line[start:end]), "</span>"]
            last = end
    return "".join([*parts, html.escape(line[last:])]).replace(" %", "\N{NO-BREAK SPACE}%")


def _opened(entry: Entry) -> str:
    meaning = html.escape(entry.meaning)
    return f'<span class="sa-term" role="term" tabindex="0" aria-description="{meaning}">'


_OPENED = {key: _opened(entry) for key, entry in GLOSSARY.items()}


def of_lesson(lesson: Lesson) -> None:
    """Show the terms that a lesson uses, side by side."""
    shown = [GLOSSARY[term] for term in lesson.terms]
    with st.container(key="terms"):
        st.markdown("\n".join(f"- **{entry.title}**: {entry.meaning}{formula(entry)}" for entry in shown))


def formula(entry: Entry) -> str:
    """Write the formula of an entry for Streamlit's Markdown; nothing where it has none."""
    return f" ${entry.formula}$" if entry.formula else ""


def lessons_with(entry: Entry) -> list[Lesson]:
    """List the lessons that use a term, in order."""
    return [lesson for lesson in LESSONS if entry.key in lesson.terms]
