"""A sentence with an arc from one word to each: as thick as the weight, and what it gives to itself as a bowl."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import plotly.graph_objects as go

from selfattn.figures.labels import text_width
from selfattn.figures.marks import Array, Mark, line, note
from selfattn.figures.palette import CLEAR, Palette, Size, bare_axis, draw, palette
from selfattn.figures.text import AT_A_POINT, bold, label, short

MOST = 7  # words of a long sentence: the chosen one and the heaviest others
LONGEST_UPRIGHT = 10  # letters of a word
THICKEST, THINNEST = 34, 1.5  # pixels of an arc with all the weight and with none, for strokes of the usual width
FLATTEST = 0.4  # of the reach: an arc to the very next word, were it that near
OPACITY = 0.85  # of arcs, which cross
GAP = "…"
BESIDE = 0.95  # from the line where the arcs end to the middle of a word, in sizes of type
BETWEEN, APART, DOWN = 0.6, 5.0, 4.5  # gaps between words at least and at most, and steps down, in sizes of type

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
        return short(word, LONGEST_UPRIGHT if self.upright else AT_A_POINT)

    def width(self, word: str) -> float:
        """Estimate the pixels of a word."""
        return text_width(self.write(word), self.type)


def arcs(
    weights: Array, tokens: Sequence[str], row: int, *, size: Size | None = None, theme: str = "light"
) -> go.Figure:
    """Draw one word's weights as arcs to each word; on a phone the words stand one under the other.

    Parameters
    ----------
    weights : ndarray of shape (n,)
    tokens : sequence of str, of length n
    row : int
        The word. What it gives to itself is a bowl under it.
    size : Size, optional
        The smallest figure in which words must not overlap; it may become wider.
    theme : str
        "light" or "dark", or either for a "room".

    Notes
    -----
    Of a long sentence, the seven heaviest words are shown, with an ellipsis where words are left out.
    """
    size, colours = size or Size(), palette(theme)
    top = size.height - 0.8 * colours.label  # a number stands over the highest arc
    stage = stage_of((0.0, 0.0, float(size.width), top), colours, upright=size.narrow)
    traces, shapes, notes, _ = sentence(weights, tokens, row, stage, colours)
    return draw(
        traces, colours, size.height, hovermode="closest", margin=dict.fromkeys("lrtb", 0), shapes=shapes,
        annotations=notes, xaxis=bare_axis(range=[0, size.width]), yaxis=bare_axis(range=[0, size.height]),
    )  # fmt: skip


def stage_of(frame: tuple[float, float, float, float], colours: Palette, *, upright: bool) -> Stage:
    """Give a sentence its place inside of a frame: left, bottom, right and top, in pixels."""
    left, bottom, right, top = frame
    start, end = left + 0.4 * colours.label, right - 0.4 * colours.label
    if upright:
        line, letters = 0.4 * (left + right), colours.label
        return Stage(
            start=top - letters, length=top - bottom - 2 * letters, line=line, type=letters, upright=True,
            reach=line - start - text_width("0.00", letters) - 8, beyond=end - line,
        )  # fmt: skip
    letters = colours.label + round(8 * colours.stroke)
    below = (BESIDE + 1.55) * letters + 0.7 * THICKEST * colours.stroke + 1.4 * colours.label  # word, bowl, its number
    line = bottom + below
    reach = top - 1.5 * colours.label - line
    return Stage(start=start + letters, length=end - start - 2 * letters, line=line, reach=reach, type=letters)


def sentence(
    weights: Array, tokens: Sequence[str], row: int, stage: Stage, colours: Palette
) -> tuple[list[Mark], list[Mark], list[Mark], int]:
    """Draw the sentence.

    Returns
    -------
    traces, shapes, annotations, count : lists of dict, and how many words are shown
    """
    stage, rows = _fitting(weights, tokens, row, stage, colours)
    words = _with_gaps(rows, tokens)
    along = _places(words, stage)
    places = {word: place for (word, _), place in zip(words, along, strict=True) if word is not None}
    arcs = _Arcs(weights=weights, tokens=tokens, row=row, places=places, stage=stage, colours=colours)
    traces = [arcs.arc(word) for word in arcs.heaviest_first() if word != row]
    names = [_name(word, text, place, row, stage, colours) for (word, text), place in zip(words, along, strict=True)]
    return traces, [arcs.bowl()] if weights[row] > 0 else [], [*names, *arcs.numbers()], len(rows)


def shown_rows(weights: Array, tokens: Sequence[str], row: int, stage: Stage) -> list[int]:
    """Choose the words to show: the chosen one, and the heaviest others as long as they fit, in sentence order."""
    rows = [row]
    for word in np.argsort(-weights, kind="stable").tolist():
        if word == row:
            continue
        wider = sorted([*rows, word])
        if len(rows) == MOST or not (stage.upright or _needed(_with_gaps(wider, tokens), stage) <= stage.length):
            break  # a lighter word may be shorter, but the heaviest are what is shown
        rows = wider
    return rows


def _fitting(
    weights: Array, tokens: Sequence[str], row: int, stage: Stage, colours: Palette
) -> tuple[Stage, list[int]]:
    """Set the words smaller where that makes more of them fit."""
    stages = [replace(stage, type=size) for size in (stage.type, (stage.type + colours.label) // 2, colours.label)]
    fitting = [(each, shown_rows(weights, tokens, row, each)) for each in stages]
    return max(fitting, key=lambda fit: len(fit[1]))  # the first, which is the largest, of those that show as many


def _needed(words: Words, stage: Stage) -> float:
    return sum(stage.width(word) for _, word in words) + BETWEEN * stage.type * (len(words) - 1)


def _with_gaps(rows: Sequence[int], tokens: Sequence[str]) -> list[tuple[int | None, str]]:
    """Write the words that are shown, with an ellipsis (of no row) wherever some are left out."""
    words: list[tuple[int | None, str]] = []
    last = -1
    for word in rows:
        words += [(None, GAP)] if word > last + 1 else []
        words.append((word, tokens[word]))
        last = word
    return [*words, (None, GAP)] if last < len(tokens) - 1 else words


def _places(words: Words, stage: Stage) -> list[float]:
    """Space the words evenly along their line: equal gaps between them, or equal steps down."""
    between = max(len(words) - 1, 1)
    if stage.upright:
        step = min(stage.length / between, DOWN * stage.type)
        first = (stage.length - step * (len(words) - 1)) / 2
        return [first + step * nth for nth in range(len(words))]
    widths = [stage.width(word) for _, word in words]
    gap = min((stage.length - sum(widths)) / between, APART * stage.type)
    starts = np.cumsum([0.0, *(width + gap for width in widths[:-1])]).tolist()
    shift = (stage.length - sum(widths) - gap * (len(words) - 1)) / 2
    return [shift + start + width / 2 for start, width in zip(starts, widths, strict=True)]


def _name(word: int | None, text: str, along: float, row: int, stage: Stage, colours: Palette) -> Mark:
    ink = colours.inks[0] if word == row else colours.quiet if word is None else colours.ink
    side = "left" if stage.upright else "center"
    name = bold(label(stage.write(text)), word == row)
    return _note(name, stage.at(along, -BESIDE * stage.type), colours.font(stage.type, ink), xanchor=side)


def _note(text: str, place: Point, font: Mark, **settings: str | float) -> Mark:
    return note(text, font, **{"x": place[0], "y": place[1], "yanchor": "middle"} | settings)


def _number(weight: float) -> str:
    return f"{weight:.2f}" if weight >= 0.01 else f"{weight:.3f}"


@dataclass(frozen=True, slots=True, eq=False)
class _Arcs:
    """What one word gives to each: weights of shape (n,), the words, and the places along the line of those shown."""

    weights: Array
    tokens: Sequence[str]
    row: int
    places: dict[int, float]
    stage: Stage
    colours: Palette

    def heaviest_first(self) -> list[int]:
        """List the words that are shown."""
        return sorted(self.places, key=lambda word: (-float(self.weights[word]), word))

    def rise(self, word: int) -> float:
        """Let an arc rise with the distance that it spans, in pixels."""
        here = self.places[self.row]
        farthest = max(abs(place - here) for place in self.places.values())
        return self.stage.reach * (FLATTEST + (1 - FLATTEST) * abs(self.places[word] - here) / farthest)

    def thick(self, word: int) -> float:
        """Give the pixels that a weight makes a line thick."""
        return float(max(THICKEST * self.weights[word], THINNEST) * self.colours.stroke)

    def arc(self, word: int) -> Mark:
        """Draw half an ellipse from the chosen word to another."""
        here, there = self.places[self.row], self.places[word]
        height, middle, half = self.rise(word), (here + there) / 2, (here - there) / 2
        turn = np.linspace(0, np.pi, 49).tolist()
        points = [self.stage.at(middle + half * math.cos(t), height * math.sin(t)) for t in turn]
        chosen, other = label(self.tokens[self.row]), label(self.tokens[word])
        hover = f"{chosen} looks at {other}: {_number(self.weights[word])}<extra></extra>"
        pen = {"color": self.colours.fills[0], "width": self.thick(word), "simplify": False}
        return line([x for x, _ in points], [y for _, y in points], pen, opacity=OPACITY, hovertemplate=hover)

    def bowl(self) -> Mark:
        """Draw what the word gives to itself on the other side, in pixels: it keeps its form in a wider figure."""
        x, y = self.stage.at(self.places[self.row], -BESIDE * self.stage.type)
        half, deep, beside = self.bowl_size()
        far = beside + deep * 4 / 3  # a Bézier curve reaches three quarters of the way to its two handles
        corners = [(-half, beside), (-half, far), (half, far), (half, beside)]
        pixels = [(away, -along) if self.stage.upright else (along, -away) for along, away in corners]
        start, *rest = (f"{dx:.1f},{dy:.1f}" for dx, dy in pixels)
        return {
            "type": "path", "path": f"M {start} C {' '.join(rest)}", "xsizemode": "pixel", "ysizemode": "pixel",
            "xanchor": x, "yanchor": y, "fillcolor": CLEAR, "opacity": OPACITY, 
            "line": {"color": self.colours.fills[0], "width": self.thick(self.row)},
        }  # fmt: skip

    def bowl_size(self) -> tuple[float, float, float]:
        """Give half the bowl's width, its depth, and how far it begins from the middle of the word."""
        width, thick, letters = self.stage.width(self.tokens[self.row]), self.thick(self.row), self.stage.type
        if self.stage.upright:
            return max(0.55 * letters, 0.9 * thick), max(0.7 * letters, 0.9 * thick), width + 8
        return max(0.5 * width, 1.2 * letters, thick), max(0.8 * letters, 0.8 * thick), 0.75 * letters

    def numbers(self) -> list[Mark]:
        """Write the weights over the tops of their arcs, the heaviest first, each where it covers no other."""
        notes: list[Mark] = []
        taken: list[Point] = []
        for word in self.heaviest_first():
            if (weight := float(self.weights[word])) <= 0:
                break
            if word == self.row:
                notes.append(self.own_number(weight))
                continue
            place = self.stage.at((self.places[word] + self.places[self.row]) / 2, self.rise(word))
            wide, high = text_width(_number(weight), self.colours.label) + 4, 1.2 * self.colours.label
            if all(abs(place[0] - x) >= wide or abs(place[1] - y) >= high for x, y in taken):
                taken.append(place)
                notes.append(_note(_number(weight), place, self.colours.font(), **self.above(word)))
        return notes

    def above(self, word: int) -> dict[str, str | float]:
        """Place a number past the top of an arc, on paper: no arc runs through it."""
        off, paper = self.thick(word) / 2 + 4, self.colours.paper
        if self.stage.upright:
            return {"xanchor": "right", "xshift": -off, "bgcolor": paper}
        return {"xanchor": "center", "yanchor": "bottom", "yshift": off - 2, "bgcolor": paper}

    def own_number(self, weight: float) -> Mark:
        """Write what the word gives to itself past its bowl, or at the bowl's side where there is no room past it."""
        half, deep, beside = self.bowl_size()
        edge, stage, colours = self.thick(self.row) / 2, self.stage, self.colours
        off = beside + deep + edge
        here, away = self.places[self.row], -BESIDE * stage.type
        side: Mark = {"xanchor": "left", "xshift": off + 6} if stage.upright else {"yanchor": "top", "yshift": -off}
        if BESIDE * stage.type + off + 6 + text_width(_number(weight), colours.label) > stage.beyond:
            up = 1 if here > stage.length / 2 else -1  # towards the middle of the line
            away = -stage.beyond
            side = {"xanchor": "right", "yshift": up * (half + edge + 0.6 * colours.label)}
        return _note(_number(weight), stage.at(here, away), colours.font(), **side)
