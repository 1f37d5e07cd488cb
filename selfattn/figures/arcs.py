"""A sentence with an arc from one word to each: as thick as the weight, and what it gives to itself as a bowl."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from selfattn.figures.labels import text_width
from selfattn.figures.palette import Palette
from selfattn.figures.text import label

MOST = 7  # words of a long sentence: the chosen one and the heaviest others
LONGEST, LONGEST_UPRIGHT = 16, 10  # letters of a word
THICKEST, THINNEST = 34, 1.5  # pixels of an arc with all the weight and with none, for strokes of the usual width
GAP = "…"
BESIDE = 0.95  # from the line where the arcs end to the middle of a word, in sizes of type

Array = NDArray[np.floating[Any]]
Point = tuple[float, float]
Words = Sequence[tuple[int | None, str]]


@dataclass(frozen=True, slots=True)
class Stage:
    """The place of the sentence, in pixels of the smallest figure.

    A place is (along, away): words go to the right and arcs up, or, `upright` on a phone, words go down and arcs to
    the left.

    Attributes
    ----------
    start, length : float
        Where the line of words begins, and how long it may be.
    line, reach : float
        Where the arcs end, and how far they may go away from there.
    type : int
        Pixels of type.
    upright : bool
    beyond : float
        How far there is room on the side of the words, from the line; known where it is `upright`.
    """

    start: float
    length: float
    line: float
    reach: float
    type: int
    upright: bool = False
    beyond: float = math.inf

    def at(self, along: float, away: float) -> Point:
        """Turn a place on the stage into x and y."""
        return (self.line - away, self.start - along) if self.upright else (self.start + along, self.line + away)

    def write(self, word: str) -> str:
        """Keep the first letters of a long word."""
        longest = LONGEST_UPRIGHT if self.upright else LONGEST
        return word if len(word) <= longest else word[: longest - 1] + GAP

    def width(self, word: str) -> float:
        """Estimate the pixels of a word."""
        return text_width(self.write(word), self.type)


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """What one word gives to each: weights of shape (n,), the words, and the places along the line of those shown."""

    weights: Array
    tokens: Sequence[str]
    row: int
    places: dict[int, float]

    def heaviest_first(self) -> list[int]:
        """List the words that are shown."""
        return sorted(self.places, key=lambda at: (-float(self.weights[at]), at))

    def rise(self, at: int) -> float:
        """Let an arc rise with the distance that it spans: a share of the stage's reach, from 0.4 to 1."""
        here = self.places[self.row]
        farthest = max(abs(place - here) for place in self.places.values())
        return 0.4 + 0.6 * abs(self.places[at] - here) / farthest

    def thick(self, at: int, colours: Palette) -> float:
        """Give the pixels that a weight makes a line thick."""
        return float(max(THICKEST * self.weights[at], THINNEST) * colours.stroke)


def shown_rows(weights: Array, tokens: Sequence[str], row: int, stage: Stage) -> list[int]:
    """Choose the words to show: the chosen one, and the heaviest others as long as they fit, in sentence order."""
    rows = [row]
    for at in np.argsort(-weights, kind="stable").tolist():
        if at == row:
            continue
        wider = sorted([*rows, at])
        if len(rows) == MOST or not (stage.upright or _needed(_with_gaps(wider, tokens), stage) <= stage.length):
            break  # a lighter word may be shorter, but the heaviest are what is shown
        rows = wider
    return rows


def _fitting(
    weights: Array, tokens: Sequence[str], row: int, stage: Stage, colours: Palette
) -> tuple[Stage, list[int]]:
    """Set the words smaller where that makes more of them fit."""
    best, rows = stage, shown_rows(weights, tokens, row, stage)
    for letters in ((stage.type + colours.label) // 2, colours.label):
        if len(rows) == min(MOST, len(tokens)):
            break
        smaller = replace(stage, type=letters)
        if len(more := shown_rows(weights, tokens, row, smaller)) > len(rows):
            best, rows = smaller, more
    return best, rows


def draw(
    weights: Array, tokens: Sequence[str], row: int, stage: Stage, colours: Palette
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]], int]:
    """Draw the sentence.

    Returns
    -------
    traces, shapes, annotations, count : lists of dict, and how many words are shown
    """
    stage, rows = _fitting(weights, tokens, row, stage, colours)
    words = _with_gaps(rows, tokens)
    along = _places(words, stage)
    places = {at: place for (at, _), place in zip(words, along, strict=True) if at is not None}
    shown = Row(weights, tokens, row, places)
    arcs = [_arc(at, shown, stage, colours) for at in shown.heaviest_first() if at != row]
    bowl = [_bowl(shown, stage, colours)] if weights[row] > 0 else []
    notes = [*_written(words, along, row, stage, colours), *_numbers(shown, stage, colours)]
    return arcs, bowl, notes, len(rows)


def note(text: str, place: Point, *, size: int, color: str, **settings: Any) -> dict[str, Any]:
    """Write at a place, as an annotation."""
    font = {"size": size, "color": color}
    return {
        "text": text, "x": place[0], "y": place[1], "font": font, "yanchor": "middle", "showarrow": False, **settings
    }  # fmt: skip


def _needed(words: Words, stage: Stage) -> float:
    return sum(stage.width(word) for _, word in words) + 0.6 * stage.type * (len(words) - 1)


def _with_gaps(rows: Sequence[int], tokens: Sequence[str]) -> list[tuple[int | None, str]]:
    """Write the words that are shown, with an ellipsis (of no row) wherever some are left out."""
    words: list[tuple[int | None, str]] = []
    last = -1
    for at in rows:
        words += [(None, GAP)] if at > last + 1 else []
        words.append((at, tokens[at]))
        last = at
    return [*words, (None, GAP)] if last < len(tokens) - 1 else words


def _places(words: Words, stage: Stage) -> list[float]:
    """Space the words evenly along their line: equal gaps between them, or equal steps down."""
    between = max(len(words) - 1, 1)
    if stage.upright:
        step = min(stage.length / between, 4.5 * stage.type)
        first = (stage.length - step * (len(words) - 1)) / 2
        return [first + step * at for at in range(len(words))]
    widths = [stage.width(word) for _, word in words]
    gap = min((stage.length - sum(widths)) / between, 5.0 * stage.type)
    starts = np.cumsum([0.0, *(width + gap for width in widths[:-1])]).tolist()
    shift = (stage.length - sum(widths) - gap * (len(words) - 1)) / 2
    return [shift + start + width / 2 for start, width in zip(starts, widths, strict=True)]


def _written(words: Words, along: Sequence[float], row: int, stage: Stage, colours: Palette) -> list[dict[str, Any]]:
    notes = []
    for (at, word), place in zip(words, along, strict=True):
        text = label(stage.write(word))
        colour = colours.inks[0] if at == row else colours.quiet if at is None else colours.ink
        notes.append(
            note(
                f"<b>{text}</b>" if at == row else text,
                stage.at(place, -BESIDE * stage.type),
                size=stage.type,
                color=colour,
                xanchor="left" if stage.upright else "center",
            )
        )
    return notes


def _arc(at: int, shown: Row, stage: Stage, colours: Palette) -> dict[str, Any]:
    """Draw half an ellipse from the chosen word to another."""
    here, there = shown.places[shown.row], shown.places[at]
    height, middle, half = stage.reach * shown.rise(at), (here + there) / 2, (here - there) / 2
    turn = np.linspace(0, np.pi, 49).tolist()
    points = [stage.at(middle + half * math.cos(t), height * math.sin(t)) for t in turn]
    said = f"{label(shown.tokens[shown.row])} looks at {label(shown.tokens[at])}: {_number(shown.weights[at])}"
    line = {"color": colours.fills[0], "width": shown.thick(at, colours), "simplify": False}
    return {
        "type": "scatter", "mode": "lines", "x": [x for x, _ in points], "y": [y for _, y in points],
        "line": line, "opacity": 0.85, "hovertemplate": f"{said}<extra></extra>",
    }  # fmt: skip


def _bowl(shown: Row, stage: Stage, colours: Palette) -> dict[str, Any]:
    """Draw what the word gives to itself on the other side, in pixels: it keeps its form in a wider figure."""
    x, y = stage.at(shown.places[shown.row], -BESIDE * stage.type)
    half, deep, beside = _bowl_size(shown, stage, colours)
    corners = [(-half, beside), (-half, beside + deep * 4 / 3), (half, beside + deep * 4 / 3), (half, beside)]
    pixels = [(away, -along) if stage.upright else (along, -away) for along, away in corners]
    start, *rest = (f"{dx:.1f},{dy:.1f}" for dx, dy in pixels)
    return {
        "type": "path", "path": f"M {start} C {' '.join(rest)}", "xsizemode": "pixel", "ysizemode": "pixel",
        "xanchor": x, "yanchor": y, "fillcolor": "rgba(0,0,0,0)", "opacity": 0.85,
        "line": {"color": colours.fills[0], "width": shown.thick(shown.row, colours)},
    }  # fmt: skip


def _bowl_size(shown: Row, stage: Stage, colours: Palette) -> tuple[float, float, float]:
    """Give half the bowl's width, its depth, and how far it begins from the middle of the word."""
    width = stage.width(shown.tokens[shown.row])
    thick = shown.thick(shown.row, colours)
    if stage.upright:
        return max(0.55 * stage.type, 0.9 * thick), max(0.7 * stage.type, 0.9 * thick), width + 8
    return max(0.5 * width, 1.2 * stage.type, thick), max(0.8 * stage.type, 0.8 * thick), 0.75 * stage.type


def _number(weight: float) -> str:
    return f"{weight:.2f}" if weight >= 0.01 else f"{weight:.3f}"


def _numbers(shown: Row, stage: Stage, colours: Palette) -> list[dict[str, Any]]:
    """Write the weights over the tops of their arcs, the heaviest first, each where it covers no other."""
    notes: list[dict[str, Any]] = []
    taken: list[Point] = []
    for at in shown.heaviest_first():
        weight = float(shown.weights[at])
        if weight <= 0:
            continue
        if at == shown.row:
            notes.append(_own_number(weight, shown, stage, colours))
            continue
        place = stage.at((shown.places[at] + shown.places[shown.row]) / 2, stage.reach * shown.rise(at))
        wide, high = text_width(_number(weight), colours.label) + 4, 1.2 * colours.label
        if all(abs(place[0] - x) >= wide or abs(place[1] - y) >= high for x, y in taken):
            taken.append(place)
            off = shown.thick(at, colours) / 2 + 4
            side = (
                {"xanchor": "right", "xshift": -off}
                if stage.upright
                else {"xanchor": "center", "yanchor": "bottom", "yshift": off - 2}
            )
            notes.append(
                note(_number(weight), place, size=colours.label, color=colours.ink, bgcolor=colours.paper, **side)
            )
    return notes


def _own_number(weight: float, shown: Row, stage: Stage, colours: Palette) -> dict[str, Any]:
    """Write what the word gives to itself past its bowl, or at the bowl's side where there is no room past it."""
    half, deep, beside = _bowl_size(shown, stage, colours)
    edge = shown.thick(shown.row, colours) / 2
    off = beside + deep + edge
    here, away = shown.places[shown.row], -BESIDE * stage.type
    side: dict[str, Any] = {"yanchor": "top", "yshift": -off}
    if stage.upright:
        side = {"xanchor": "left", "xshift": off + 6}
    if BESIDE * stage.type + off + 6 + text_width(_number(weight), colours.label) > stage.beyond:
        up = 1 if here > stage.length / 2 else -1  # towards the middle of the line
        away = -stage.beyond
        side = {"xanchor": "right", "yshift": up * (half + edge + 0.6 * colours.label)}
    return note(_number(weight), stage.at(here, away), size=colours.label, color=colours.ink, **side)
