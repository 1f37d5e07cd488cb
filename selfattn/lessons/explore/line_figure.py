"""Words on the line from one word to another, each with a flag above the line or below it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import plotly.graph_objects as go

from selfattn.figures.labels import text_width
from selfattn.figures.marks import BELOW, Mark, line, note, points, rule
from selfattn.figures.palette import Palette, Size, bare_axis, draw, palette
from selfattn.figures.text import AT_A_POINT, bold, label, short
from selfattn.sets.explore.places import SemanticAxis

STEM, LANE = 20, 27  # pixels from the line to the first row of flags, and of a row, for type of the usual size
MOST_LANES = 7  # rows of flags on a side: words that find no place keep their dots, and hovering names them
NEUTRAL = 0.1  # of the way from the middle to an end: up to here a word leans to neither
BESIDE = 5  # pixels from a pole to its flag
EDGE = 16  # pixels left and right of the line
BARE = 14  # pixels of a side without flags: the size of a dot
FOOT, MORE = 26, 24  # pixels under the line, and for how many words hang nowhere
BOLD = 1.08  # times the width of plain type
TICK = 9  # pixels of the middle's tick, up and down


@dataclass(frozen=True, slots=True)
class _Flag:
    """A word, its place on the line, and where its flag hangs: `side` 1 is above, `lane` counts away from the line."""

    word: str
    place: float
    colour: str
    is_end: bool = False
    side: int = 1
    lane: int = 0


def axis_figure(axis: SemanticAxis, *, size: Size | None = None, theme: str = "light") -> go.Figure:
    """Draw the line with its ends in the colours of the first and of the second sense, and the words along it.

    Parameters
    ----------
    axis : SemanticAxis
    size : Size, optional
        The width in which flags must not overlap; they do not in a wider figure either. The height is what they need.
    theme : str
        "light" or "dark", or either for a "room".
    """
    colours, width = palette(theme), (size or Size()).width
    words = _words(axis, colours)
    low, high = (limit(flag.place for flag in words) for limit in (min, max))
    right = _right_margin(words, low, high, width, colours)
    inside = width - EDGE - right
    flags, left_out = _hung(words, [(flag.place - low) / (high - low) * inside for flag in words], colours)
    above, below = (_reach(flags, side, colours) for side in (1, -1))
    under = round((FOOT + MORE * bool(left_out)) * colours.zoom)
    foot = "│ as near to the one as to the other" + f"<br>{left_out} more: hover over the dots" * bool(left_out)
    tick = rule((0, 0), (-TICK * colours.stroke, TICK * colours.stroke), colours.pen(colours.quiet, 2))
    return draw(
        [line([low, high], [0, 0], colours.pen(colours.line, 4)), _dots(words, colours)],
        colours,
        round(above + below) + under,
        margin={"l": EDGE, "r": round(right), "t": 0, "b": under},
        hovermode="closest",
        xaxis=bare_axis(range=[low, high]),
        yaxis=bare_axis(range=[-below, above]),  # in pixels
        shapes=[tick, *(_pole(flag, colours) for flag in flags)],
        annotations=[
            *(_text(flag, colours) for flag in flags),
            note(foot, colours.font(colours.small, colours.quiet), x=0, xanchor="left", align="left", **BELOW),
        ],
    )


def _words(axis: SemanticAxis, colours: Palette) -> list[_Flag]:
    """Give the ends and the words, from left to right."""
    ends = [_Flag(axis.left, -1.0, colours.inks[0], is_end=True), _Flag(axis.right, 1.0, colours.inks[1], is_end=True)]
    words = [_Flag(word, place, colours.ink) for word, place in axis.places]
    return sorted([*ends, *words], key=lambda flag: flag.place)


def _wide(flag: _Flag, colours: Palette) -> float:
    return BESIDE + text_width(short(flag.word, AT_A_POINT), colours.label) * (BOLD if flag.is_end else 1)


def _right_margin(words: Sequence[_Flag], low: float, high: float, width: float, colours: Palette) -> float:
    """Leave room for the flags that hang over the right end of the line, in pixels."""
    right = float(EDGE)
    for flag in words:
        share = (flag.place - low) / (high - low)
        if share > 0:  # the margin also moves the pole to the left: share · (width − margin) + flag = width
            right = max(right, (_wide(flag, colours) + EDGE - (1 - share) * (width - EDGE)) / share)
    return min(right, 0.6 * width)


def _hung(words: Sequence[_Flag], pixels: Sequence[float], colours: Palette) -> tuple[list[_Flag], int]:
    """Hang up the flags from right to left, each on the side where it gets nearer to the line.

    All flags blow to the right, so the poles to their right are the only ones they can cover: a flag hangs higher than
    all of those. Its own pole is then crossed by none.
    """
    hung: list[_Flag] = []
    taken: dict[int, list[tuple[float, int]]] = {1: [], -1: []}  # of each side: where poles stand, and their lanes
    for flag, pixel in sorted(zip(words, pixels, strict=True), key=lambda each: -each[1]):
        reach = pixel + _wide(flag, colours) + BESIDE
        crossed = {side: [lane + 1 for pole, lane in poles if pole < reach] for side, poles in taken.items()}
        lane, side = min((max(lanes, default=0), -side) for side, lanes in crossed.items())
        if lane < MOST_LANES or flag.is_end:
            taken[-side].append((pixel, lane))
            hung.append(replace(flag, side=-side, lane=lane))
    return hung, len(words) - len(hung)


def _reach(flags: Sequence[_Flag], side: int, colours: Palette) -> float:
    """Give the pixels that a side needs."""
    lanes = [flag.lane + 1 for flag in flags if flag.side == side]
    return (STEM + LANE * max(lanes) if lanes else BARE) * colours.zoom


def _middle(flag: _Flag, colours: Palette) -> float:
    return flag.side * (STEM + LANE * (flag.lane + 0.5)) * colours.zoom


def _text(flag: _Flag, colours: Palette) -> Mark:
    return note(
        bold(label(flag.word, AT_A_POINT), flag.is_end), colours.font(color=flag.colour), x=flag.place,
        y=_middle(flag, colours), xanchor="left", yanchor="middle", xshift=BESIDE, borderpad=0,
    )  # fmt: skip


def _pole(flag: _Flag, colours: Palette) -> Mark:
    """Draw a thin line from the dot to the far edge of the flag."""
    end = _middle(flag, colours) + flag.side * 0.3 * LANE * colours.zoom
    pen = colours.pen(flag.colour if flag.is_end else colours.quiet)
    return rule((flag.place, flag.place), (0, end), pen, layer="below")


def _dots(words: Sequence[_Flag], colours: Palette) -> Mark:
    places = [flag.place for flag in words]
    marker = {
        "size": [(17 if flag.is_end else 11) * colours.stroke for flag in words], "opacity": 1,
        "color": [colours.quiet if abs(place) < NEUTRAL else colours.fills[int(place > 0)] for place in places],
        "symbol": ["diamond" if flag.is_end else "circle" for flag in words],
    }  # fmt: skip
    hovers = [f"{label(flag.word)}: {flag.place:+.2f}".replace("-", "−") for flag in words]
    return points(places, [0] * len(words), marker, hovers, cliponaxis=False)
