"""Words written as sums of their neighbours: as words, as bars, as a formula, and beside weights set by hand."""

import html
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from selfattn.figures.labels import text_width
from selfattn.figures.marks import Array, Mark, bars, beside, frame, hover, note
from selfattn.figures.palette import Palette, bare_axis, draw, palette, readable_on, rows_axis, scale, tint
from selfattn.figures.text import bold, label, labels, latex, short

SHADES = (1.0, 0.5, 0.75, 0.3)  # of the sentence's colour, for its words in turn: neighbours differ
SHARED, OTHERS = 0.35, 0.15  # of the neutral colour: for a word that both sentences have, and for all that is not named
ROW, FEWEST = 96, 150  # pixels a line and of a figure, for type of the usual size
TWO_LINES = 2.7  # a bar must be that many times as high as its type
BAR = 0.86  # of a line's height
UPRIGHT = 1.2  # pixels that a line of type takes, for each of its size


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """What one word gives to all: a part of every bar, in a colour of which there is a `share`.

    `across` are the pixels of a whole bar, `high` those of a line.
    """

    name: str
    weights: list[float]
    starts: list[float]
    colour: str
    share: float
    across: float
    high: float
    colours: Palette

    @property
    def size(self) -> int:
        """Give the pixels of type across."""
        return int(min(self.colours.label, self.high * BAR / UPRIGHT))

    @property
    def ink(self) -> str:
        """Give the colour of type."""
        return readable_on(scale((self.colours.paper, self.colour)), self.share)

    def inside(self, weight: float) -> str:
        """Write in a part what fits: the weight and the word, the weight, or nothing."""
        within, number = weight * self.across - 8, f"{weight:.2f}"
        if text_width(f"{number} {short(self.name)}", self.size) < within:
            return f"{number} {label(self.name)}"
        widest = text_width(max(number, short(self.name), key=len), self.size)
        if self.high * BAR > TWO_LINES * self.size and widest < within:
            return f"{number}<br>{label(self.name)}"
        return number if text_width(number, self.size) < within else ""

    def bars(self, tokens: Sequence[str]) -> Mark:
        """Draw the part of every bar."""
        marker = {"color": tint(self.colour, self.share), "line": self.colours.pen(self.colours.paper, 2)}
        texts = [self.inside(weight) for weight in self.weights]
        words, name = labels(tokens), label(self.name)
        return bars(
            self.weights, list(range(len(tokens))), marker, text=texts, textposition="inside", textangle=0,
            insidetextanchor="middle", constraintext="none", textfont=self.colours.font(self.size, self.ink),
            hovertext=[f"{word}′: {weight:.3f} {name}" for word, weight in zip(words, self.weights, strict=True)],
            hoverinfo="text", hoverlabel={"align": "left"},
        )  # fmt: skip

    def upright(self) -> list[Mark]:
        """Turn what does not fit across a narrow part by a quarter, where it fits then."""
        size, high = min(self.size, self.colours.small), self.high * BAR - 6
        turned = []
        for line, (weight, start) in enumerate(zip(self.weights, self.starts, strict=True)):
            if self.inside(weight) or weight * self.across - 4 < UPRIGHT * size:
                continue
            number = f"{weight:.2f}"
            named = text_width(f"{number} {short(self.name)}", size) < high
            if named or text_width(number, size) < high:
                text, font = f"{number} {label(self.name)}" if named else number, self.colours.font(size, self.ink)
                turned.append(note(text, font, x=start + weight / 2, y=line, textangle=-90))
        return turned


def sum_in_words(word: str, weights: Array, tokens: Sequence[str], *, role: int = 0, theme: str = "light") -> str:
    """Write a word as a sum of its neighbours, as HTML with everything that was typed escaped.

    >>> sum_in_words("bank", np.array([0.2, 0.8]), ["money", "bank"]).count("<b")
    2
    """
    ink = palette(theme).inks[role]
    terms = [
        f'<span style="white-space:nowrap"><b style="color:{ink}">{weight:.2f}</b> {html.escape(short(token))}</span>'
        for weight, token in zip(weights, tokens, strict=True)
    ]
    return f'<p class="sa-sum">{html.escape(short(word))}′ = {" + ".join(terms)}</p>'


def sums(
    weights: Array, tokens: Sequence[str], *, names: Sequence[str], row: int | None = None, role: int = 0,
    neutral: str | None = None, wide: int = 560, tall: int = 420, theme: str = "light",
) -> go.Figure:  # fmt: skip
    """Draw every word as a sum: a line a word, a bar whose parts are what each word gives.

    Parameters
    ----------
    weights : ndarray of shape (n, k)
        Rows sum to one; k is n, or n + 1 where the last column is what all other words give together.
    tokens : sequence of str, of length n
        The words that are written as sums.
    names : sequence of str, of length k
        What gives: the words again, and a name for the others.
    row : int, optional
        The chosen word, whose line is framed.
    role : int
        Which sentence this is (0 is A): its colour.
    neutral : str
        A word that several sentences have: drawn in no sentence's colour.
    wide, tall : int
        Pixels: the narrowest that the figure is shown, and the highest that it may be.
    theme : str
        "light" or "dark".

    Notes
    -----
    A part carries its weight and its word where both fit, else its weight, else nothing: all are in the hover text.
    """
    colours = palette(theme)
    count = len(tokens)
    height = int(np.clip(count * ROW * colours.zoom, min(FEWEST, tall), tall))
    longest = max(text_width(short(token) + "′ = ", colours.label) for token in tokens)
    starts = np.cumsum(weights, axis=1) - weights
    shades = _shades(names, count, role, neutral, colours)
    parts = [
        _Part(
            name=name, weights=given.tolist(), starts=start.tolist(), colour=colour, share=share,
            across=wide - longest - 24, high=height / count, colours=colours,
        )
        for name, given, start, (colour, share) in zip(names, weights.T, starts.T, shades, strict=True)
    ]  # fmt: skip
    left = [bold(f"{label(token)}′ =", place == row) for place, token in enumerate(tokens)]
    chosen = [] if row is None else [frame((0, 1), (row - BAR / 2, row + BAR / 2), colours.pen(colours.ink, 2.5))]
    return draw(
        [part.bars(tokens) for part in parts], colours, height, margin={"l": 8, "r": 6, "t": 2, "b": 2},
        barmode="stack", bargap=1 - BAR, shapes=chosen,
        xaxis=bare_axis(range=[0, 1.002]),  # the edge of the last part is seen
        yaxis=rows_axis(left, colours, tickfont=colours.font(min(colours.label, int(height / count / 1.25)))),
        annotations=[turned for part in parts for turned in part.upright()],
    )  # fmt: skip


def _shades(
    names: Sequence[str], count: int, role: int, neutral: str | None, colours: Palette
) -> list[tuple[str, float]]:
    """Choose for each giver a colour and how much of it: its sentence's, or a neutral one."""
    own = list(dict.fromkeys(name for name in names[:count] if name != neutral))
    shades = [
        (colours.quiet, SHARED) if name == neutral else (colours.fills[role], SHADES[own.index(name) % len(SHADES)])
        for name in names[:count]
    ]
    return [*shades, *[(colours.quiet, OTHERS)] * (len(names) - count)]


def hand_and_computed(
    hand: Array, computed: Array, names: Sequence[str], *, row: int | None = None, role: int = 0, height: int = 420,
    theme: str = "light",
) -> go.Figure:  # fmt: skip
    """Draw the weights that were set by hand (hollow) beside those that attention computes (full).

    Parameters
    ----------
    hand, computed : ndarray of shape (n,)
    names : sequence of str, of length n
    row : int, optional
        The word itself: its name is set bold.
    role : int
        Which sentence this is (0 is A): its colour.
    """
    colours = palette(theme)
    top = 2 * colours.label
    size = int(min(colours.label, (height - top) / len(names) * 0.45))  # two bars share a row
    by_hand = {"color": tint(colours.quiet, 0.08), "line": {"color": colours.quiet, "width": 3}}
    by_attention = {"color": colours.fills[role], "line": {"color": colours.inks[role], "width": 1}}
    traces = [
        bars(weights.tolist(), list(range(len(names))), marker, name=name, textangle=0)
        | beside([f"{weight:.2f}" for weight in weights], colours.font(size))
        | hover(labels(names), f", {name}: %{{x:.3f}}")
        for name, weights, marker in (("by hand", hand, by_hand), ("computed", computed, by_attention))
    ]
    legend = {
        "orientation": "h", "x": 0, "xanchor": "left", "xref": "container", "y": 1, "yanchor": "bottom",
        "traceorder": "normal", "itemclick": False, "itemdoubleclick": False, "font": colours.font(),
    }  # fmt: skip
    return draw(
        traces, colours, height, margin={"l": 8, "r": 4 * size, "t": top, "b": 8}, bargap=0.14, bargroupgap=0.04,
        xaxis=bare_axis(range=[0, float(max(hand.max(), computed.max()))]),
        yaxis=rows_axis([f"{name} " for name in labels(names, row)], colours), showlegend=True, legend=legend,
    )  # fmt: skip


def softmax_sum(
    word: str, tokens: Sequence[str], scaled: Array, weights: Array, *, divisor: float, others: int = 0,
    narrow: bool = False, trained: bool = False,
) -> str:  # fmt: skip
    r"""Write the weighted sum with where its weights come from, a line a word, as LaTeX: a softmax over the whole row.

    Parameters
    ----------
    word : str
        The word that is rewritten.
    tokens : sequence of str, of length n
        The words that are written out.
    scaled : ndarray of shape (n,)
        The score of each as it goes into the softmax; a line is left out where it is -inf.
    weights : ndarray of shape (n,)
        What comes out of it.
    divisor : float
        What the dot products are divided by; 1 is not written.
    others : int
        How many words are not written out: the rest of the weight is theirs.
    narrow : bool
        For a phone: the numbers stand under the words.
    trained : bool
        A trained head makes a query, a key and a value of each vector.
    """
    asks, answers, gives = ("q", "k", "v") if trained else ("e", "e", "e")
    own, over = latex(word), "" if divisor == 1 else rf"\,/\,{divisor:.2f}"
    gap = r" \\ & \quad" if narrow else " &"
    lines = [
        rf"\mathrm{{softmax}}(s)_{{{latex(token)}}} \cdot {gives}_{{{latex(token)}}}"
        rf"{gap} {score:.2f} \to \mathbf{{{weight:.2f}}}"
        for token, score, weight in zip(tokens, scaled, weights, strict=True)
        if np.isfinite(score)
    ]
    if others:
        lines.append(rf"\text{{{others} more}}{gap} \mathbf{{{max(0.0, 1 - float(weights.sum())):.2f}}}")
    starts = [f"e_{{{own}}}' =", *["+"] * len(lines)]
    scores = rf"s_j = & {asks}_{{{own}}} \cdot {answers}_j{over} \quad \text{{for each word }} j"
    body = r" \\[0.35em] ".join([scores, *(f"{start} & {line}" for start, line in zip(starts, lines, strict=False))])
    return rf"\begin{{array}}{{rll}} {body} \end{{array}}"
