"""The whole glossary: a box to look a term up, and every entry with the way to the lessons that use it."""

import re
from collections.abc import Mapping, Sequence

import streamlit as st

from selfattn.course import LESSONS, Place
from selfattn.figures.text import short
from selfattn.glossary import GLOSSARY, GROUPS, Entry, near
from selfattn.ui import boxes, fields, state, terms
from selfattn.views import snippets

LONGEST = 100  # letters of what can be looked up


def box() -> str:
    """Draw the box in which a term is looked up."""
    with st.container(width=420):
        return boxes.box(fields.TERM, "Look a term up", "softmax, dot product, head …", longest=LONGEST)


def nothing(wanted: str) -> str:
    """Say that no entry has what was asked for, and which one may be meant."""
    close = near(wanted)
    hint = f"Did you mean “{close.term}”?" if close else "Try a shorter word, or empty the box to see every term."
    return f"No entry has “{short(wanted)}”. {hint}"


def everything() -> None:
    """Show every entry, by group."""
    entries = GLOSSARY.values()
    _show({group: (title, [entry for entry in entries if entry.group == group]) for group, title in GROUPS.items()})


def matches(entries: Sequence[Entry]) -> None:
    """Show what was looked up, the best match first."""
    _show({"found": ("One term" if len(entries) == 1 else f"{len(entries)} terms", entries)})


def _show(sections: Mapping[str, tuple[str, Sequence[Entry]]]) -> None:
    """Show entries under their titles, and what the examples begin with; links lead to the entries that are shown."""
    shown = {entry.key for _, entries in sections.values() for entry in entries}
    first_screens = {
        lesson.key: state.link_to(Place(lesson, lesson.steps[0] if lesson.steps else None)) for lesson in LESSONS
    }
    with st.container(key="glossary"):
        for name, (title, entries) in sections.items():
            st.markdown(f"## {title}")
            with st.container(key=f"glossary_{name}"):
                for entry in entries:
                    _entry(entry, shown, first_screens)
        st.markdown("## To try the examples\nThey are Python, and run after these lines.")
        st.code(snippets.START, language="python")


def _entry(entry: Entry, shown: set[str], first_screens: Mapping[str, dict[str, str]]) -> None:
    """Show an entry, and the lessons that use it; their links carry what was typed and chosen."""
    with st.container(gap=None):
        st.markdown(in_full(entry, shown))
        if lessons := terms.lessons_with(entry):
            with st.container(horizontal=True, gap="small"):
                for lesson in lessons:
                    query = first_screens[lesson.key]
                    st.page_link(lesson.page, label=lesson.title, icon=lesson.icon, query_params=query)


def in_full(entry: Entry, shown: set[str]) -> str:
    """Write an entry as Markdown; entries near to it are links where they are `shown`, too."""
    example = f"\n\n`{entry.example}` → `{entry.gives}`" if entry.example else ""
    near_to = ", ".join(_link(GLOSSARY[key], shown) for key in entry.see)
    return f"### {entry.title}\n{entry.meaning}{terms.formula(entry)}{example}" + (
        f"\n\nSee {near_to}." if near_to else ""
    )


def _link(entry: Entry, shown: set[str]) -> str:
    return f"[{entry.term}](#{anchor(entry)})" if entry.key in shown else entry.term


def anchor(entry: Entry) -> str:
    """Name the place of an entry on the page, as Streamlit names its heading: words apart, “GloVe” being two.

    >>> anchor(GLOSSARY["glove"]), anchor(GLOSSARY["zipf"])
    ('glo-ve', 'zipfs-law')
    """
    return "-".join(re.findall("[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])", entry.title.replace("’", ""))).lower()
