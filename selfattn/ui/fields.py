"""Everything that is kept in a link: one field each, with its default and how it is read.

The names are for the long run: links from older versions must keep working.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from selfattn.core.presets import DEFAULT_PRESET, PRESETS
from selfattn.course import ALL_STEPS
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
PICTURES = ("odd", "two", "lengths", "hubs", "attention")  # the last three only in old links
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
