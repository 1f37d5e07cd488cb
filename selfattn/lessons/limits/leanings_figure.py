"""Which words of a sentence speak for a sense, and how far the chosen word goes."""

from collections.abc import Sequence

import plotly.graph_objects as go

from selfattn.core.rounding import plain_fixed
from selfattn.figures.marks import BELOW, Mark, bars, beside, foot, frame, line, note, points, rule
from selfattn.figures.palette import Palette, bare_axis, draw, palette, rows_axis, tint
from selfattn.figures.text import bold, label

ROW, FOOT = 40, 44  # pixels of a word, and of the names of the senses, for type of the usual size
MORE = 22  # pixels of the line that says how many words are left out
NUMBER = 0.26  # of the way to either side: the room of a number beside the longest bar, on a phone, too
ROWS_UP_TO = 10  # words: beyond, those that lean least are left out of the picture


def leanings(
    words: Sequence[tuple[str, float]],
    word: str,
    way: tuple[float, float],
    senses: Sequence[str],
    *,
    neutral: float,
    poles: Sequence[float],
    role: int = 0,
    height: int = 380,
    theme: str = "light",
) -> go.Figure:
    """Draw where each word stands between two senses, and where the chosen word comes to lie.

    Parameters
    ----------
    words : sequence of (str, float)
        The other words, each with its place on the line between the senses.
    word : str
        The chosen word.
    way : tuple of float
        Its own place, before and after.
    senses : tuple of str
        The first sense lies to the left, the second to the right.
    neutral : float
        Up to here a word speaks for neither.
    poles : tuple of float
        The places of the two senses themselves: a dotted line for each.
    role : int
        Which sentence this is (0 is A): its colour.
    height : int
        Pixels, unless the words need more.
    theme : str
    """
    colours = palette(theme)
    shown = sorted(range(len(words)), key=lambda row: -abs(words[row][1]))[:ROWS_UP_TO]
    rows = [words[row] for row in sorted(shown)]
    left_out = len(words) - len(rows)
    names = [bold(label(word)), *(label(name) for name, _ in rows)]
    reach = max(abs(lean) for lean in (*way, *poles, *(lean for _, lean in rows))) / (1 - NUMBER)
    under = round((FOOT + (MORE if left_out else 0)) * colours.zoom)
    more = foot(f"{left_out} more words lean less than these", colours, yshift=-round(30 * colours.zoom))
    return draw(
        [_bars(rows, neutral, colours), line(list(way), [0, 0], colours.pen(colours.fills[role], 6)),
         _dots(way, role, colours)],
        colours,
        max(height, round(ROW * colours.zoom * len(names)) + under + 8),
        margin={"l": 8, "r": 8, "t": 8, "b": under},
        xaxis=bare_axis(range=[-reach, reach]),
        yaxis=rows_axis(names, colours, range=[len(names) - 0.4, -0.6]),
        shapes=_ground(neutral, poles, colours),
        annotations=[*_ends(senses, poles, colours), *([more] if left_out else [])],
    )  # fmt: skip


def _ground(neutral: float, poles: Sequence[float], colours: Palette) -> list[Mark]:
    """Shade where words speak for neither sense, and mark the middle and both senses."""
    high, below = (0, 1), {"yref": "paper", "layer": "below"}
    dotted = (colours.pen(ink, 2.5, dash="dot") for ink in colours.inks[:2])
    return [
        frame((-neutral, neutral), high, {"width": 0}, fillcolor=tint(colours.quiet, 0.12), **below),
        rule((0, 0), high, colours.pen(colours.quiet, 1.5), **below),
        *(rule((lean, lean), high, pen, **below) for lean, pen in zip(poles, dotted, strict=True)),
    ]


def _bars(rows: list[tuple[str, float]], neutral: float, colours: Palette) -> Mark:
    leans = [lean for _, lean in rows]
    shades = [colours.quiet if abs(lean) < neutral else colours.fills[int(lean > 0)] for lean in leans]
    numbers = [plain_fixed(lean, 1, signed=True) for lean in leans]
    drawn = bars(leans, list(range(1, len(rows) + 1)), {"color": shades}, width=0.5, hoverinfo="skip")
    return drawn | beside(numbers, colours.font(colours.small))


def _dots(way: tuple[float, float], role: int, colours: Palette) -> Mark:
    """Draw a ring where the word was and a dot where it is, each with its number on the far side of the other."""
    before, after = (plain_fixed(lean, 1, signed=True) for lean in way)
    right = way[0] <= way[1]
    marker = {
        "size": 19 * colours.stroke, "color": [colours.paper, colours.fills[role]],
        "line": {"color": [colours.quiet, colours.fills[role]], "width": 3 * colours.stroke},
    }  # fmt: skip
    sides = ["middle left", "middle right"]
    looks = {"textposition": sides if right else sides[::-1], "textfont": colours.font(colours.small)}
    text = [f"{before} ", f" {after}"] if right else [f" {before}", f"{after} "]
    ends = ["static", "contextual"]
    return points(list(way), [0, 0], marker, ends, mode="markers+text", text=text, **looks, cliponaxis=False)


def _ends(senses: Sequence[str], poles: Sequence[float], colours: Palette) -> list[Mark]:
    under = {key: value for key, value in BELOW.items() if key != "xref"} | {"xanchor": "center", "yshift": -6}
    ends = [(bold(label(sense)), colours.font(color=ink)) for sense, ink in zip(senses, colours.inks, strict=False)]
    texts = [*ends, ("neither", colours.font(colours.small, colours.quiet))]
    return [note(text, font, x=lean, **under) for (text, font), lean in zip(texts, (*poles, 0), strict=True)]
