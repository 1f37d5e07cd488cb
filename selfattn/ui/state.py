"""What a person chose, kept in session state under one key a field, and in the link under the same name.

The link is read on every full run (a first visit, a page change, Back, Forward, reload) and written at the end of every
run of a page's fragment, so that typing never reads a link that lags behind. A field that has its default leaves the
link. The names are for the long run: links from older versions must keep working.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, TypedDict

import streamlit as st

from selfattn.core.presets import DEFAULT_PRESET, PRESETS, Settings, preset_of
from selfattn.course import ALL_STEPS, BY_KEY, Lesson
from selfattn.course import Place as Screen
from selfattn.sets.training import MODELS, RANGES, TEXTS, Options
from selfattn.sets.vector_set import EXAMPLE

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
PROJECTOR, VIEW, HIDDEN, GUESS, WAY = "projector", "view", "hidden", "guess", "way"
TRACE, COLUMN, DIMENSION = "trace", "column", "dimension"
CHANGE, OF, PLACE, BY, TO = "change", "of", "place", "by", "to"
TOY, PLANE, FIRST, SECOND, LIST, HAND = "toy", "plane", "first", "second", "list", "hand"
SHUFFLE, MIXED, PLAIN, NEGATED, STRANGE, FREQUENT, STILL = (
    "shuffle",
    "mixed",
    "plain",
    "negated",
    "strange",
    "frequent",
    "still",
)
TERM, TABLES = "term", "tables"
SET, TABLE, OTHER = "set", "handmade", "other"
LOOK, PLUS, MINUS, ODD, THESE, THOSE, ENDS, ALONG, AXES, SHOWS = (
    "look",
    "plus",
    "minus",
    "odd",
    "these",
    "those",
    "ends",
    "along",
    "axes",
    "shows",
)
MINE = "mine-"  # begins the key of a set that a session keeps to itself
TEXT, MODEL, SKIP_GRAM, SIZE, WINDOW, EPOCHS, LEAST, SEED, WATCH = (
    "text",
    "model",
    "skipgram",
    "size",
    "window",
    "epochs",
    "least",
    "seed",
    "watch",
)
TRAINING = {
    MODEL: "model",
    SKIP_GRAM: "skip_gram",
    SIZE: "size",
    WINDOW: "window",
    EPOCHS: "epochs",
    LEAST: "min_count",
    SEED: "seed",
}  # field of the link: option of a training
ALL_TEXTS, OWN_TEXT = "all", "own"
OWN = "own"
BASES = ("poles", "words")
VIEWS = ("trace", "whatif", "code", "terms")
TRACES = ("weight", "coordinate", "point")
CHANGES = ("leave", "swap", "repeat", "move")
PICTURES = ("odd", "two", "lengths", "hubs", "attention")
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


def _set_name(raw: str) -> str:
    if not re.fullmatch(r"[\w.-]{0,80}", raw):
        raise ValueError(raw)
    return raw


_DEFAULT = PRESETS[DEFAULT_PRESET]
_TRAINING = Options()
FIELDS: dict[str, Field] = {
    "a": Field("Money bank grows", _text),
    "b": Field("River bank flows", _text),
    **{name: Field("", _text) for name in SENTENCES[2:]},
    WORD: Field("", _text),
    COUNT: Field(2, _whole(2, len(SENTENCES))),
    ROW: Field(-1, _whole(0, 511)),
    STEP: Field("", _one_of("", *ALL_STEPS)),  # empty: where the lesson starts
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
    PROJECTOR: Field(False, _flag),
    VIEW: Field("", _one_of("", *VIEWS)),
    HIDDEN: Field(False, _flag),
    GUESS: Field("", _text),
    WAY: Field(100, _whole(0, 100)),
    TRACE: Field("weight", _one_of(*TRACES)),
    COLUMN: Field(-1, _whole(0, 511)),
    DIMENSION: Field(0, _whole(1, 1000)),
    CHANGE: Field("leave", _one_of(*CHANGES)),
    OF: Field("a", _one_of(*SENTENCES)),
    PLACE: Field(-1, _whole(0, 511)),
    BY: Field("", _text),
    TO: Field(-1, _whole(0, 511)),
    TOY: Field("0.6 0.2 0.1 0.7", _text),
    PLANE: Field("1 2, 2 5, 3 4", _text),
    FIRST: Field("", _text),
    SECOND: Field("", _text),
    LIST: Field("", _text),
    HAND: Field("", _text),
    SHUFFLE: Field(0, _whole(0, 9999)),
    MIXED: Field("River bank loan", _text),
    PLAIN: Field("This is a river bank", _text),
    NEGATED: Field("This is not a river bank", _text),
    STRANGE: Field("The riverwalk follows the bank", _text),
    FREQUENT: Field("She came back to the bank with some of the fish", _text),
    STILL: Field("Peter remembers every bank", _text),
    TERM: Field("", _text),
    TABLES: Field("", _text),
    SET: Field("", _set_name),
    TABLE: Field(EXAMPLE, _text),
    OTHER: Field("", _set_name),
    LOOK: Field("", _text),
    PLUS: Field("", _text),
    MINUS: Field("", _text),
    ODD: Field("", _text),
    THESE: Field("", _text),
    THOSE: Field("", _text),
    ENDS: Field("", _text),
    ALONG: Field("", _text),
    AXES: Field(2, _whole(2, 3)),
    SHOWS: Field("", _one_of("", *PICTURES)),  # empty: the first of the screen
    TEXT: Field(ALL_TEXTS, _one_of(ALL_TEXTS, *TEXTS, OWN_TEXT)),
    MODEL: Field(_TRAINING.model, _one_of(*MODELS)),
    SKIP_GRAM: Field(_TRAINING.skip_gram, _flag),
    **{key: Field(getattr(_TRAINING, name), _whole(*RANGES[name])) for key, name in TRAINING.items() if name in RANGES},
    WATCH: Field("", _text),
}
_IGNORED = "unusable parameters"
_WIDGETS = "version and value of widgets"
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
    put(**values)
    st.session_state[_IGNORED], st.session_state[_SEEN] = ignored, (page, link)
    seen = st.session_state.get(_WIDGETS, {})
    for name, (version, *_) in seen.items():
        st.session_state.pop(f"{name} {version}", None)
    st.session_state[_WIDGETS] = {name: (version + 1, *rest) for name, (version, *rest) in seen.items()}
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
    values[STEP] = _step_in_link(values[STEP])
    own = values[PRESET] == OWN
    kept = {
        name: _written(values[name])
        for name, field in FIELDS.items()
        if values[name] != field.default and (own or name not in SWITCHES)
    }
    return {name: raw for name, raw in kept.items() if raw or FIELDS[name].default}


def _step_in_link(chosen: str) -> str:
    lesson = BY_KEY.get(st.session_state[_SEEN][0]) if _SEEN in st.session_state else None
    return "" if lesson and (chosen == lesson.start or not lesson.step(chosen)) else chosen


def step(lesson: Lesson) -> str:
    """Give the step of a lesson that is on the screen; empty for a lesson of one screen."""
    return get(STEP) if lesson.step(get(STEP)) else lesson.start


def link_to(place: Screen) -> dict[str, str]:
    """Give the link to a screen: what was typed and chosen goes along, what lies open or was guessed stays behind."""
    kept = {name: value for name, value in link().items() if name not in (STEP, VIEW, HIDDEN, GUESS, TERM, TABLES)}
    if place.step is None:
        return kept
    if place.step.key != place.lesson.start:
        kept[STEP] = place.step.key
    return kept | ({HIDDEN: "1"} if place.step.asks else {})


def projecting() -> bool:
    """Tell whether the page is laid out for a room."""
    return bool(get(PROJECTOR))


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


class Widget(TypedDict):
    """What a widget is called with, besides what it looks like.

    It persists: one in a closed popover is told its value anew with every run, until a browser has drawn it.
    """

    key: str
    on_change: Callable[..., None]
    args: tuple[Any, ...]
    persist_state: Literal["session"]


def widget(name: str, value: Any, take: Callable[[Any], None], *, labels: Sequence[str] = ()) -> Widget:
    """Give key and callback for a widget whose value the page sets, too.

    A browser sends what every widget holds along with each event. Until it hears of a value that the page has set, it
    sends the old one, which looks like a choice: a slider that is moved on would jump back. So a value that the page
    sets makes a new widget, and what is still said of the old one is not heard. A text box cannot be made anew while
    someone types in it: boxes have keys of their own.

    Parameters
    ----------
    name : str
        What the widget stands for.
    value : any
        What it shows.
    take : function of one value
        Takes what was chosen.
    labels : sequence of str
        What the options are called, where that changes while the value may not: a browser answers with a label.
    """
    version, *before = st.session_state.setdefault(_WIDGETS, {}).get(name, (0, value, tuple(labels)))
    if tuple(before) != (value, tuple(labels)):
        st.session_state.pop(f"{name} {version}", None)  # nothing is kept of what was chosen before
        version += 1
    st.session_state[_WIDGETS][name] = (version, value, tuple(labels))
    if (key := f"{name} {version}") not in st.session_state:
        st.session_state[key] = value
    return {"key": key, "on_change": _heard, "args": (name, version, take), "persist_state": "session"}


def _heard(name: str, version: int, take: Callable[[Any], None]) -> None:
    now, _, labels = st.session_state[_WIDGETS][name]
    if version == now:
        value = st.session_state[f"{name} {version}"]
        st.session_state[_WIDGETS][name] = (version, value, labels)
        take(value)


def shown(name: str) -> Any:
    """Give what the widget of a name showed last; None where there was none."""
    return st.session_state.get(_WIDGETS, {}).get(name, (0, None))[1]


def forget_places(*, row: bool = True) -> None:
    """Forget places in a sentence, and the guess: they mean nothing in another one."""
    names = (*((ROW,) if row else ()), COLUMN, PLACE, TO)
    put(**{name: FIELDS[name].default for name in (*names, GUESS)})


def settings() -> Settings:
    """Gather the switches."""
    return Settings(**{name: get(key) for key, name in SWITCHES.items()})


def training() -> Options:
    """Gather the settings of a training."""
    return Options(**{name: get(key) for key, name in TRAINING.items()})


def choose_preset(name: str) -> None:
    """Take a preset, and let the switches follow it."""
    put(**{PRESET: name}, **(_switches(PRESETS[name]) if name in PRESETS else {}))


def choose_switch(**switch: Any) -> None:
    """Take a switch, and let the preset follow it."""
    put(**switch)
    follow_switches()


def follow_switches() -> None:
    """Let the preset follow the switches."""
    put(**{PRESET: preset_of(settings()) or OWN})


def _switches(preset: Settings) -> dict[str, Any]:
    values = asdict(preset)
    return {key: values[name] for key, name in SWITCHES.items()}
