"""What a person chose, kept in session state under one key a field, and in the link under the same name.

The link is read on every full run (a first visit, a page change, Back, Forward, reload) and written at the end of every
run of a page's fragment, so that typing never reads a link that lags behind. A field that has its default leaves the
link. The names are for the long run: links from older versions must keep working.
"""

import os
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import streamlit as st

from selfattn.core.presets import DEFAULT_PRESET, PRESETS, Settings, preset_of
from selfattn.course import BY_KEY, Lesson, Place
from selfattn.sets.training import Options
from selfattn.ui import fields, widgets

_IGNORED = "unusable parameters"
_SEEN = "page and link last read or written"
PROCESS = "process"  # in the address of an iframe, whose cookies a browser may block: deploy/haproxy.cfg reads it there
OF_A_PAGE = (_IGNORED, _SEEN, widgets.WIDGETS)  # kept in session state of the page that is shown alone


def load(page: str) -> None:
    """Take every field from the link, if it is not the one last seen; what cannot be used falls back, and is named."""
    link = st.query_params.to_dict()
    if st.session_state.get(_SEEN) == (page, link):
        return  # a widget has changed, not the link
    ignored = []
    values = {name: field.default for name, field in fields.FIELDS.items()}
    for name, field in fields.FIELDS.items():
        if name in link:
            try:
                values[name] = field.read(link[name])
            except (ValueError, OverflowError):
                ignored.append(name)
    named = values[fields.PRESET] or BY_KEY[page].preset
    base = _switches(PRESETS.get(named, PRESETS[DEFAULT_PRESET]))
    values |= {name: value for name, value in base.items() if name not in link or name in ignored}
    for name, field in fields.FIELDS.items():
        st.session_state.pop(name, None)  # Streamlit's boxes look through all that is kept: a default is not
        if values[name] != field.default:
            put(**{name: values[name]})
    st.session_state[_IGNORED], st.session_state[_SEEN] = ignored, (page, link)
    widgets.begin_again()
    follow_switches()


def ignored() -> list[str]:
    """Name the parameters of the link that could not be used."""
    return list(st.session_state.get(_IGNORED, []))


def save() -> None:
    """Write the link, if anything in it changed; parameters that are not ours stay."""
    now = st.query_params.to_dict()
    wanted = {name: value for name, value in now.items() if name not in fields.FIELDS} | link()
    if (process := os.environ.get("SELFATTN_PROCESS")) and st.context.is_embedded:
        wanted[PROCESS] = process
    if now != wanted:
        st.query_params.from_dict(wanted)
    page, _ = st.session_state[_SEEN]
    st.session_state[_SEEN] = (page, wanted)


def link() -> dict[str, str]:
    """Give what differs from the default, as link parameters."""
    kept = st.session_state.to_dict()
    values = {name: _value(name, kept.get(name)) for name in fields.FIELDS}
    values[fields.STEP] = _step_in_link(values[fields.STEP])
    own = values[fields.PRESET] == fields.OWN
    told = {
        name: _written(values[name])
        for name, field in fields.FIELDS.items()
        if values[name] != field.default and (own or name not in fields.SWITCHES)
    }
    return {name: raw for name, raw in told.items() if raw or fields.FIELDS[name].default}


def _step_in_link(chosen: str) -> str:
    lesson = BY_KEY.get(st.session_state[_SEEN][0]) if _SEEN in st.session_state else None
    return "" if lesson and (chosen == lesson.start or not lesson.step(chosen)) else chosen


def step(lesson: Lesson) -> str:
    """Give the step of a lesson that is on the screen; empty for a lesson of one screen."""
    return get(fields.STEP) if lesson.step(get(fields.STEP)) else lesson.start


def link_to(place: Place, *, answered: bool = False, come_from: Mapping[str, str] | None = None) -> dict[str, str]:
    """Give the link to a screen: what was typed and chosen goes along, what lies open or was guessed stays behind.

    A screen that asks begins with its question, unless it is reached with its answer. It is reached from the link of
    now, unless another one is given.
    """
    now = link() if come_from is None else come_from
    kept = {name: value for name, value in now.items() if name not in fields.OF_A_SCREEN}
    if place.step is None:
        return kept
    if place.step.key != place.lesson.start:
        kept[fields.STEP] = place.step.key
    return kept | ({fields.HIDDEN: "1"} if place.step.asks and not answered else {})


def projecting() -> bool:
    """Tell whether the page is laid out for a room."""
    return bool(get(fields.PROJECTOR))


def _written(value: Any) -> str:
    return str(int(value)) if isinstance(value, bool) else "" if value is None else str(value)


def get(name: str) -> Any:
    """Read a field; one whose widget has gone, or holds nothing, has its default; a long text is cut."""
    return _value(name, st.session_state.get(name))


def _value(name: str, value: Any) -> Any:
    if isinstance(value, str):
        return fields.cut(value)
    return fields.FIELDS[name].default if value is None else value


def put(**fields: Any) -> None:
    """Set fields; only before their widgets are drawn, as in a callback."""
    for name, value in fields.items():
        st.session_state[name] = value


def forget_places(*, row: bool = True) -> None:
    """Forget places in a sentence, and the guess: they mean nothing in another one."""
    names = (*((fields.ROW,) if row else ()), fields.COLUMN, fields.PLACE, fields.TO)
    put(**{name: fields.FIELDS[name].default for name in (*names, fields.GUESS)})


def preset() -> str:
    """Name the preset: that of the link, or the usual one of the lesson; a person's own settings are "own"."""
    return get(fields.PRESET) or _usual_preset()


def _usual_preset() -> str:
    page, _ = st.session_state[_SEEN]
    return BY_KEY[page].preset


def settings() -> Settings:
    """Gather the switches."""
    return Settings(**{name: get(key) for key, name in fields.SWITCHES.items()})


def training() -> Options:
    """Gather the settings of a training."""
    return Options(**{name: get(key) for key, name in fields.TRAINING.items()})


def choose_preset(name: str) -> None:
    """Take a preset, and let the switches follow it."""
    kept = "" if name == _usual_preset() else name  # what is usual goes along to no other lesson
    put(**{fields.PRESET: kept}, **(_switches(PRESETS[name]) if name in PRESETS else {}))


def choose_switch(**switch: Any) -> None:
    """Take a switch, and let the preset follow it."""
    put(**switch)
    follow_switches()


def follow_switches() -> None:
    """Let the preset follow the switches; one that a link names by name stays named."""
    if (name := preset_of(settings()) or fields.OWN) != preset():
        choose_preset(name)


def _switches(preset: Settings) -> dict[str, Any]:
    values = asdict(preset)
    return {key: values[name] for key, name in fields.SWITCHES.items()}
