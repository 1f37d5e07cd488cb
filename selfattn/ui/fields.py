"""Everything that is kept in a link: one field each, with its default and how it is read.

The names are for the long run: links from older versions must keep working.
"""

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
PRESET, TEMPERATURE, SCALE, SELF = "preset", "temperature", "scale", "self"
TRAINED = "trained"
CENTRE, FREQUENCY, DISTANCE = "centre", "frequency", "distance"
PUNCTUATION, PULLS, BASIS, LEFT, RIGHT = "punctuation", "pulls", "basis", "left", "right"
PROJECTOR, VIEW, HIDDEN, GUESS, WAY = "projector", "view", "hidden", "guess", "way"
TRACE, COLUMN, DIMENSION = "trace", "column", "dimension"
CHANGE, OF, PLACE, BY, TO = "change", "of", "place", "by", "to"
TOY, PLANE, FIRST, SECOND, LIST, HAND = "toy", "plane", "first", "second", "list", "hand"
SHUFFLE, MIXED, PLAIN, NEGATED = "shuffle", "mixed", "plain", "negated"
STRANGE, FREQUENT, STILL = "strange", "frequent", "still"
ORDER_A, ORDER_B, ADDED = "ordera", "orderb", "added"
TERM, TABLES = "term", "tables"
EVERY = "every"
OPENED, FIND, SPECIALS, DRAWN = "opened", "find", "specials", "drawn"
MATRICES, MOMENT, LABELLED = "matrices", "moment", "labelled"
UPTO = "upto"
HEAD, MUTED = "head", "muted"
SET, TABLE, OTHER = "set", "handmade", "other"
LOOK, PLUS, MINUS, ODD, THESE, THOSE = "look", "plus", "minus", "odd", "these", "those"
ENDS, ALONG, AXES, SHOWS = "ends", "along", "axes", "shows"
MINE = "mine-"  # begins the key of a set that a session keeps to itself
TEXT, MODEL, SKIP_GRAM, SIZE, WINDOW = "text", "model", "skipgram", "size", "window"
EPOCHS, LEAST, SEED, WATCH = "epochs", "least", "seed", "watch"
TRAINING = {  # field of the link: option of a training
    MODEL: "model", SKIP_GRAM: "skip_gram", SIZE: "size", WINDOW: "window", EPOCHS: "epochs", LEAST: "min_count",
    SEED: "seed",
}  # fmt: skip
ALL_TEXTS, OWN_TEXT = "all", "own"
OWN = "own"
BASES = ("poles", "words")
VIEWS = ("trace", "whatif", "code", "terms")
TRACES = ("weight", "coordinate", "point")
CHANGES = ("leave", "swap", "repeat", "move")
PICTURES = ("odd", "two", "lengths", "hubs", "attention")  # the last three only in old links
OF_A_SCREEN = (STEP, VIEW, HIDDEN, GUESS, TERM, TABLES)  # what no link to another screen takes along
FINDS = ("word", "before", "after", "sep", "cls")  # what a head is looked for by
DRAWINGS = ("heatmap", "arcs")
MAX_CHARACTERS = 4000
HOTTEST, COLDEST = 10.0, 0.1
LAST_PLACE = 511  # of a word in a sentence
LAST_SEED = 9999  # of a shuffle
SWITCHES = {  # field of the link: setting of the attention
    TEMPERATURE: "temperature", SCALE: "scale", SELF: "attend_self", CENTRE: "centre", FREQUENCY: "frequency",
    DISTANCE: "distance", TRAINED: "trained",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """One thing in the link: its default, and how it is read; a reader raises ValueError on what it cannot use."""

    default: Any
    read: Callable[[str], Any]


def cut(typed: str, longest: int = MAX_CHARACTERS) -> str:
    """Cut what is longer than can be read, between two words where there are any.

    >>> cut("river bank", 7), cut("river bank", 5), cut("riverbank", 5), cut("bank", 5)
    ('river', 'river', 'river', 'bank')
    """
    if len(typed) <= longest:
        return typed
    *words, _ = re.split(r"(?<=\S)(?=\s)", typed[: longest + 1])  # the last one may be part of a word
    return "".join(words) or typed[:longest]


def _text(raw: str) -> str:
    return " ".join(raw.splitlines())


def _lines(raw: str) -> str:
    return raw.replace("\r\n", "\n")


def _checked(convert: Callable[[str], Any], allowed: Callable[[Any], object]) -> Callable[[str], Any]:
    """Make a reader that converts what stands in the link, and refuses what is not allowed."""

    def read(raw: str) -> Any:
        if not allowed(value := convert(raw)):
            raise ValueError(raw)
        return value

    return read


def _one_of(*allowed: str) -> Callable[[str], Any]:
    return _checked(str, allowed.__contains__)


def _whole(low: int, high: int) -> Callable[[str], Any]:
    return _checked(int, range(low, high + 1).__contains__)


def _temperature(raw: str) -> Any:
    return round(_in_range(raw), 1)


def _share(raw: str) -> Any:
    return round(_checked(float, lambda share: 0 <= share <= 1)(raw), 1)


_in_range = _checked(float, lambda temperature: COLDEST <= temperature <= HOTTEST)  # NaN is not
_flag = _checked({"0": False, "1": True}.get, lambda flag: flag is not None)
_head = _checked(str, re.compile(r"([1-6][.]([1-9]|1[0-2]))?").fullmatch)  # a layer and one of its heads
_numbers = _checked(str, re.compile(r"(\d(,\d)*)?").fullmatch)
_set_name = _checked(str, re.compile(r"[\w.-]{0,80}").fullmatch)

_PRESET, _TRAINING = PRESETS[DEFAULT_PRESET], Options()
_EMPTY = (  # texts that stand for something else while nothing is typed
    *SENTENCES[2:], WORD, LEFT, RIGHT, GUESS, BY, FIRST, SECOND, LIST, HAND, TERM, TABLES, LOOK, PLUS, MINUS, ODD,
    THESE, THOSE, ENDS, ALONG, WATCH, MATRICES,
)  # fmt: skip
_TYPED = {
    "a": "Money bank grows",
    "b": "River bank flows",
    TOY: "0.6 0.2 0.1 0.7",
    PLANE: "1 2, 2 5, 3 4",
    MIXED: "River bank loan",
    PLAIN: "This is a river bank",
    NEGATED: "This is not a river bank",
    STRANGE: "The riverwalk follows the bank",
    FREQUENT: "She came back to the bank with some of the fish",
    STILL: "Peter remembers every bank",
    ORDER_A: "The bank robbed the man",
    ORDER_B: "The man robbed the bank",
    TABLE: EXAMPLE,
}
FIELDS: dict[str, Field] = {
    **{name: Field(text, _text) for name, text in _TYPED.items()},
    **{name: Field("", _text) for name in _EMPTY},
    **{name: Field(False, _flag) for name in (PUNCTUATION, PULLS, PROJECTOR, HIDDEN, EVERY)},
    **{name: Field(-1, _whole(0, LAST_PLACE)) for name in (ROW, COLUMN, PLACE, TO)},
    **{name: Field("", _set_name) for name in (SET, OTHER)},
    COUNT: Field(2, _whole(2, len(SENTENCES))),
    STEP: Field("", _one_of("", *ALL_STEPS)),  # empty: where the lesson starts
    PRESET: Field("", _one_of("", *PRESETS, OWN)),
    **{key: Field(getattr(_PRESET, name), _flag) for key, name in SWITCHES.items()},
    TEMPERATURE: Field(_PRESET.temperature, _temperature),
    BASIS: Field("poles", _one_of(*BASES)),
    VIEW: Field("", _one_of("", *VIEWS)),
    WAY: Field(100, _whole(0, 100)),
    ADDED: Field(1.0, _share),
    MOMENT: Field(100, _whole(0, 100)),
    UPTO: Field(6, _whole(0, 6)),
    LABELLED: Field("", _lines),
    HEAD: Field(1, _whole(1, 9)),
    MUTED: Field("", _numbers),
    TRACE: Field("weight", _one_of(*TRACES)),
    DIMENSION: Field(0, _whole(1, 1000)),
    OPENED: Field("", _head),
    FIND: Field("", _one_of("", *FINDS)),  # empty: by the first that there is, unless a head is opened
    SPECIALS: Field(True, _flag),
    DRAWN: Field("heatmap", _one_of(*DRAWINGS)),
    CHANGE: Field("leave", _one_of(*CHANGES)),
    OF: Field("a", _one_of(*SENTENCES)),
    SHUFFLE: Field(0, _whole(0, LAST_SEED)),
    AXES: Field(2, _whole(2, 3)),
    SHOWS: Field("", _one_of("", *PICTURES)),  # empty: the first of the screen
    TEXT: Field(ALL_TEXTS, _one_of(ALL_TEXTS, *TEXTS, OWN_TEXT)),
    MODEL: Field(_TRAINING.model, _one_of(*MODELS)),
    SKIP_GRAM: Field(_TRAINING.skip_gram, _flag),
    **{key: Field(getattr(_TRAINING, name), _whole(*RANGES[name])) for key, name in TRAINING.items() if name in RANGES},
}
