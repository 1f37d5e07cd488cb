"""What a person chose, kept in session state under one key a field, and in the link under the same name.

The link is read on every full run (a first visit, a page change, Back, Forward, reload) and written at the end of every
run of a page's fragment, so that typing never reads a link that lags behind. A field that has its default leaves the
link. The names are for the long run: links from older versions must keep working.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import streamlit as st

from selfattn.presets import DEFAULT_PRESET, PRESETS, Settings, preset_of

SENTENCES = ("a", "b", "c", "d", "e", "f")
WORD, COUNT, ROW, STEP = "word", "n", "row", "step"
PRESET, TEMPERATURE, SCALE, SELF, CENTRE, FREQUENCY, DISTANCE = (
    "preset",
    "temperature",
    "scale",
    "self",
    "centre",
    "frequency",
    "distance",
)
PUNCTUATION, PULLS, BASIS, LEFT, RIGHT = "punctuation", "pulls", "basis", "left", "right"
OWN = "own"
STEPS = ("vectors", "scores", "scaled", "weights", "sum", "contextual")
BASES = ("poles", "words")
MAX_CHARACTERS = 4000
HOTTEST, COLDEST = 10.0, 0.1

SWITCHES = {
    TEMPERATURE: "temperature",
    SCALE: "scale",
    SELF: "attend_self",
    CENTRE: "centre",
    FREQUENCY: "frequency",
    DISTANCE: "distance",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One thing in the link: its default, and how it is read; a reader raises ValueError on what it cannot use."""

    default: Any
    read: Callable[[str], Any]


def _text(raw: str) -> str:
    return " ".join(raw[:MAX_CHARACTERS].splitlines())


def _flag(raw: str) -> bool:
    if raw not in ("0", "1"):
        raise ValueError(raw)
    return raw == "1"


def _one_of(*allowed: str) -> Callable[[str], str]:
    def read(raw: str) -> str:
        if raw not in allowed:
            raise ValueError(raw)
        return raw

    return read


def _whole(low: int, high: int) -> Callable[[str], int]:
    def read(raw: str) -> int:
        if not low <= (number := int(raw)) <= high:
            raise ValueError(raw)
        return number

    return read


def _temperature(raw: str) -> float:
    if not COLDEST <= (number := float(raw)) <= HOTTEST or math.isnan(number):
        raise ValueError(raw)
    return round(number, 1)


_DEFAULT = PRESETS[DEFAULT_PRESET]
FIELDS: dict[str, Field] = {
    "a": Field("Money bank grows", _text),
    "b": Field("River bank flows", _text),
    **{name: Field("", _text) for name in SENTENCES[2:]},
    WORD: Field("", _text),
    COUNT: Field(2, _whole(2, len(SENTENCES))),
    ROW: Field(-1, _whole(0, 511)),
    STEP: Field("weights", _one_of(*STEPS)),
    PRESET: Field(DEFAULT_PRESET, _one_of(*PRESETS, OWN)),
    **{
        key: Field(getattr(_DEFAULT, name), _temperature if key == TEMPERATURE else _flag)
        for key, name in SWITCHES.items()
    },
    PUNCTUATION: Field(False, _flag),
    PULLS: Field(False, _flag),
    BASIS: Field("poles", _one_of(*BASES)),
    LEFT: Field("", _text),
    RIGHT: Field("", _text),
}
_IGNORED = "unusable parameters"
_SEEN = "page and link last read or written"


def load(page: str) -> None:
    """Take every field from the link, if it is not the one last seen; what cannot be used falls back, and is named."""
    link = st.query_params.to_dict()
    if st.session_state.get(_SEEN) == (page, link):
        return  # a widget has changed, not the link
    ignored = []
    values = {name: field.default for name, field in FIELDS.items()}
    for name, field in FIELDS.items():
        if name in link:
            try:
                values[name] = field.read(link[name])
            except (ValueError, OverflowError):
                ignored.append(name)
    base = _switches(PRESETS.get(values[PRESET], _DEFAULT))
    values |= {name: value for name, value in base.items() if name not in link or name in ignored}
    for name, value in values.items():
        st.session_state[name] = value
    st.session_state[_IGNORED], st.session_state[_SEEN] = ignored, (page, link)
    follow_switches()


def ignored() -> list[str]:
    """Name the parameters of the link that could not be used."""
    return list(st.session_state.get(_IGNORED, []))


def save() -> dict[str, str]:
    """Write the link, if anything in it changed, and give our part of it; parameters that are not ours stay."""
    now, ours = st.query_params.to_dict(), link()
    wanted = {name: value for name, value in now.items() if name not in FIELDS} | ours
    if now != wanted:
        st.query_params.from_dict(wanted)
    page, _ = st.session_state[_SEEN]
    st.session_state[_SEEN] = (page, wanted)
    return ours


def link() -> dict[str, str]:
    """Give what differs from the default, as link parameters."""
    values = {name: get(name) for name in FIELDS}
    own = values[PRESET] == OWN
    kept = {
        name: _written(values[name])
        for name, field in FIELDS.items()
        if values[name] != field.default and (own or name not in SWITCHES)
    }
    return {name: raw for name, raw in kept.items() if raw or FIELDS[name].default}


def _written(value: Any) -> str:
    return str(int(value)) if isinstance(value, bool) else "" if value is None else str(value)


def get(name: str) -> Any:
    """Read a field; one whose widget has gone, or holds nothing, has its default."""
    value = st.session_state.get(name)
    return FIELDS[name].default if value is None else value


def put(**fields: Any) -> None:
    """Set fields; only before their widgets are drawn, as in a callback."""
    for name, value in fields.items():
        st.session_state[name] = value


def settings() -> Settings:
    """Gather the switches."""
    return Settings(**{name: get(key) for key, name in SWITCHES.items()})


def choose_preset() -> None:
    """Let the switches follow the preset: the callback of its control."""
    if get(PRESET) in PRESETS:
        put(**_switches(PRESETS[get(PRESET)]))


def follow_switches() -> None:
    """Let the preset follow the switches: the callback of theirs."""
    put(**{PRESET: preset_of(settings()) or OWN})


def _switches(preset: Settings) -> dict[str, Any]:
    values = asdict(preset)
    return {key: values[name] for key, name in SWITCHES.items()}
