"""Pictures: every chart, HTML picture, equation and plane of the screen, saved as files that the browser makes."""

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

import streamlit as st
from streamlit.proto.Element_pb2 import Element

from selfattn.course import Lesson, Place
from selfattn.figures.palette import palette
from selfattn.frame.away import drawing, record
from selfattn.frame.away.naming import file_name
from selfattn.ui import controls, state, widgets
from selfattn.ui.run import LAPTOP, Run
from selfattn.ui.write import quiet

COLOURS = {"shown": "As shown", "print": "For print"}
TEXT = re.compile(r'<p class="sa-(finding|prose|quiet|stage|answer|question)|<style')  # what is read, not looked at
FORMULA = re.compile(r"(?<!\\)\$((?:[^$\\]|\\.)+)\$", re.DOTALL)
HTML = {"sa-bar": "Bars", "sa-sentence": "Sentence", "sa-sum": "Sum", "sa-table": "Table", 'role="figure"': "Diagram"}
CHOSEN = "colours_of_pictures"
LOOKS: dict[str, Any] = {"default": "shown", "label_visibility": "collapsed"}
NEW_WORD = re.compile("new “(.+?)”")  # in a finding: its word
WORD = re.compile("“(.+?)”")  # in one that tells of nothing new
SAID = (
    "A PNG looks the same everywhere. An SVG is sharp at any size; its fonts are in the file, and a program that "
    "leaves them aside takes others."
)
_gallery = drawing.component("pictures", '<div class="pictures"></div>', "walk")


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture of a screen: what it is, what it is called, what it shows, and what the browser makes it of.

    `content` is the JSON of a figure, HTML, formulas in LaTeX, or what makes a component; `key` is that of a chart
    or a component.
    """

    kind: str
    name: str
    alt: str
    content: Any
    key: str = ""


def show(run: Run, lesson: Lesson) -> None:
    """Show every picture of the screen, with the actions that save it."""
    dark, place = run.theme.startswith("dark"), Place(lesson, lesson.step(state.step(lesson)))
    choices = st.container(horizontal=True, vertical_alignment="center")
    if dark:
        with choices:
            widgets.choice("Colours", COLOURS, {"key": CHOSEN, "persist_state": "session"}, **LOOKS)
        dark = st.session_state[CHOSEN] == "shown"
    try:
        recorded = record.begin(place).screen(theme="dark" if dark else "light")
    except record.RecordError:
        quiet("The pictures of this screen could not be drawn. Close “Save” and open it again.")
        return
    if not (found := pictures(recorded)):
        quiet("There is no picture on this screen now.")
        return
    caption = bool(recorded.finding) and choices.toggle(
        "With the caption", key="caption_of_pictures", persist_state="session"
    )
    drawing.ready()
    drawing.formulas([picture.content for picture in found if picture.kind == "equation"])
    colours = palette("dark" if dark else "light")
    finding = _words(recorded.finding)
    word = controls.followed() or (NEW_WORD.search(finding) or WORD.search(finding) or [""] * 2)[1]
    looks = {
        "pictures": [asdict(picture) | {"files": _files(place, word, picture)} for picture in found],
        "caption": recorded.finding if caption else "",
        "title": _words(recorded.title),
        "scheme": "dark" if dark else "light",
        "paper": colours.paper,
        "ink": colours.ink,
        "least": LAPTOP,
    }
    _gallery(key="gallery", data=[looks])
    quiet(SAID, explained=False)


def pictures(recorded: record.Recorded) -> list[Picture]:
    """List what of a screen is looked at, from top to bottom; what is only read, typed or pressed is left out."""
    found = [picture for element in recorded.drawn.elements() for picture in _pictures(element)]
    most, count = Counter(picture.name for picture in found), Counter[str]()
    for at, picture in enumerate(found):
        count[picture.name] += 1
        if most[picture.name] > 1:
            found[at] = replace(picture, name=f"{picture.name} {count[picture.name]}")
    return found


def _pictures(element: Element) -> Iterator[Picture]:
    """Give the pictures of an element: a text may have several formulas, all else is one or none."""
    kind = record.kind(element)
    if kind == "plotly_chart":
        chart = element.plotly_chart
        yield Picture("chart", "Chart", chart.alt, chart.spec, key=record.key(chart.id))
    elif kind == "html" and not TEXT.match(body := element.html.body):
        yield Picture("html", next((name for mark, name in HTML.items() if mark in body), "Words"), _alt(body), body)
    elif kind == "markdown":
        for formulas in _equations(element.markdown.body):
            yield Picture("equation", "Equation", " ".join(formulas), formulas)
    elif kind == "bidi_component" and element.bidi_component.component_name == drawing.ARROWS:
        content = drawing.plane(plane := element.bidi_component)
        yield Picture("arrows", "Arrows", content["data"][0]["alt"], content, record.key(plane.id))


def _equations(body: str) -> list[list[str]]:
    r"""Find the formulas of a text: all together where there is nothing else, so that they stand in one picture.

    >>> _equations("$a$ $b$"), _equations(r"one is $a$, of 3 \$")
    ([['a', 'b']], [['a']])
    """
    found = FORMULA.findall(body)
    return [[formula] for formula in found] if FORMULA.sub("", body).strip() else [found] if found else []


def _alt(body: str) -> str:
    """Say what HTML shows: as it says itself, else its words."""
    labels = re.findall(r'aria-label="([^"]*)"', body)
    return html.unescape(" ".join(labels)) if labels else _words(body)


def _words(body: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", body)).split())


def _files(place: Place, word: str, picture: Picture) -> dict[str, str]:
    return {ending: file_name(place, ending, word, picture.name) for ending in ("png", "svg")}
