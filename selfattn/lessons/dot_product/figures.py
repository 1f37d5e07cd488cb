"""Pictures of dot products: the products that one is the sum of, two rankings side by side, and a table of words."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from selfattn.core.rounding import latex_fixed, plain_fixed
from selfattn.figures.marks import Array, Mark, hover, line, note, points
from selfattn.figures.palette import MOST, Palette, bare_axis, draw, named_axis, palette
from selfattn.figures.text import bold, label, labels, latex
from selfattn.figures.weights import BOTH_WAYS, NUMBERS_UP_TO, scores_heatmap

NAMED = 3  # products whose dimension and value are written, where there is room
LINE = 0.07  # of the picture's height that a line of type takes
UNDER, OVER = 0.14, 0.08  # of the picture's height that is free under and over the bars, for numbers


def strongest_first(products: Array) -> NDArray[np.intp]:
    """Order products from the largest to the most negative: what adds to the sum, then what takes away.

    >>> strongest_first(np.array([-1.0, 3.0, 0.5])).tolist()
    [1, 2, 0]
    """
    return np.argsort(-products, kind="stable")


def product_bars(products: Array, *, height: int = 400, narrow: bool = False, theme: str = "light") -> go.Figure:
    """Draw the products as bars, strongest first, and over them how their sum grows to the dot product.

    Parameters
    ----------
    products : ndarray of shape (d,)
        In the order of the dimensions; they are sorted here.
    narrow : bool
        For a phone: only the first product is named.
    """
    colours = palette(theme)
    values = products[order := strongest_first(products)]
    total = np.cumsum(values)
    end, top, bottom = float(total[-1]), float(max(total.max(), 0.0)), float(min(total.min(), values.min(), 0.0))
    reach = (top - bottom) or 1.0
    fills = [colours.diverging[-1 if value > 0 else 0] for value in values]
    places = list(range(1, len(values) + 1))
    names = [f"dimension {dimension + 1}" for dimension in order.tolist()]
    bars = {
        "type": "bar", "x": places, "y": values.tolist(), "marker": {"color": fills}, **hover(names, ": %{y:.2f}"),
    }  # fmt: skip
    steps = line(
        [0.5, *(place - 0.5 for place in places), len(values) + 0.5], [0.0, *total.tolist(), end],
        colours.pen(colours.quiet, 2, shape="hv"), customdata=["nothing yet", *names, names[-1]],
        hovertemplate="added up to %{customdata}: %{y:.2f}<extra></extra>",
    )  # fmt: skip
    dot = points(
        [len(values) + 0.6], [end], {"size": 13 * colours.stroke, "color": colours.ink}, mode="markers+text",
        text=[bold(plain_fixed(end, 2))], textposition="middle right", textfont=colours.font(colours.label + 8),
        cliponaxis=False, hoverinfo="skip",
    )  # fmt: skip
    room = (len(values) + 1) * (0.3 if narrow else 0.1 * (1 + 0.3 * (colours.stroke - 1)))  # for the sum
    return draw(
        [bars, steps, dot], colours, height, bargap=0.25,
        annotations=_named(values, order, 1 if narrow else NAMED, colours, reach),
        xaxis=bare_axis(range=[0, len(values) + 1 + room]),
        yaxis=bare_axis(range=[bottom - UNDER * reach, top + OVER * reach], zeroline=True, zerolinecolor=colours.ink),
    )  # fmt: skip


def _named(values: Array, order: NDArray[np.intp], count: int, colours: Palette, reach: float) -> list[Mark]:
    """Name the strongest products beside their bars, as far as a line of type fits between two, and the weakest."""
    free = -np.diff(values, append=values[-1]) > LINE * reach  # between the top of a bar and that of the next
    shown = [place for place in range(min(count, len(values))) if values[place] > 0 and free[place]]
    last = len(values) - 1
    sides = [(place, place + 1.55, "left") for place in shown] + [(last, last + 1.5, "right")] * bool(values[last] < 0)
    return [
        note(
            f"{plain_fixed(values[place], 2)} from dimension {order[place] + 1}", colours.font(colours.small),
            x=x, y=float(values[place]), xanchor=side, yanchor="top",
        )
        for place, x, side in sides
    ]  # fmt: skip


def equation_of_products(first: str, second: str, left: Array, right: Array) -> str:
    r"""Write a dot product as the sum of its two strongest products and the rest, in LaTeX.

    >>> equation_of_products("a", "b", np.array([1.0, 3.0]), np.array([-2.0, 3.0]))
    'e_{\\text{a}} \\cdot e_{\\text{b}} = 3.00 \\cdot 3.00 + 1.00 \\cdot (-2.00) = 7.00'
    """
    values = left * right
    shown = strongest_first(values)[:2].tolist()
    decimals = next((few for few in (2, 3) if _holds(left[shown], right[shown], values[shown], few)), 4)
    factors = ((_factor(float(side[place]), decimals) for side in (left, right)) for place in shown)
    terms = [r" \cdot ".join(pair) for pair in factors]
    if rest := len(values) - len(shown):
        others = round(float(values.sum()), 2) - float(values[shown].round(2).sum())
        terms.append(rf"\underbrace{{{_factor(others, 2)}}}_{{{rest}\ \text{{more}}}}")
    total = latex_fixed(values.sum(), 2)
    return rf"e_{{{latex(first)}}} \cdot e_{{{latex(second)}}} = {' + '.join(terms)} = {total}"


def cosine_equation(first: str, second: str, left: Array, right: Array) -> str:
    r"""Write a cosine as the dot product divided by both lengths, in LaTeX.

    >>> cosine_equation("a", "b", np.array([3.0, 4.0]), np.array([4.0, 3.0]))
    '\\cos(\\text{a}, \\text{b}) = 24.00 \\,/\\, (5.00 \\cdot 5.00) = 0.96'
    """
    dot, long, longer = (float(value) for value in (left @ right, np.linalg.norm(left), np.linalg.norm(right)))
    if not long * longer:  # a vector without length has no direction
        return rf"\cos({latex(first)}, {latex(second)}) = \text{{?}}"
    cosine = dot / (long * longer)
    for decimals in (2, 3, 4, 6, 8):  # as many as it takes until a calculator agrees
        below = round(long, decimals) * round(longer, decimals)
        if below and f"{round(dot, decimals) / below:.2f}" == f"{cosine:.2f}":
            break
    fraction = rf"{dot:.{decimals}f} \,/\, ({long:.{decimals}f} \cdot {longer:.{decimals}f})"
    return rf"\cos({latex(first)}, {latex(second)}) = {fraction} = {latex_fixed(cosine, 2)}"


def _holds(left: Array, right: Array, values: Array, decimals: int) -> bool:
    """Tell whether a calculator that is given the shown factors finds the products as they are shown."""
    return bool(((left.round(decimals) * right.round(decimals)).round(2) == values.round(2)).all())


def _factor(number: float, decimals: int) -> str:
    shown = latex_fixed(number, decimals)
    return f"({shown})" if shown.startswith("-") else shown


def rankings(
    words: Sequence[str], dots: Array, cosines: Array, *, lengths: Array, told: tuple[int, int] | None = None,
    narrow: bool = False, height: int = 440, theme: str = "light",
) -> go.Figure:  # fmt: skip
    """Draw the same words in the order of their dot products and in that of their cosines, a line from place to place.

    Parameters
    ----------
    words : sequence of str, of length n
    dots, cosines, lengths : ndarray of shape (n,)
    told : (int, int), optional
        The two words that the finding speaks of: their lines stand out.
    """
    colours, n = palette(theme), len(words)
    left, right = (places(values).tolist() for values in (dots, cosines))
    hovers = [
        f"{name}<br>dot product {plain_fixed(dot, 2)}<br>cosine {plain_fixed(cosine, 2)}<br>length {long:.2f}"
        for name, dot, cosine, long in zip(labels(words), dots, cosines, lengths, strict=True)
    ]
    marker = {"size": 11 * colours.stroke, "color": colours.ink}
    traces = [_path(word, ends, told, colours) for word, ends in enumerate(zip(left, right, strict=True))]
    traces.append(points([0] * n, left, marker, hovers, cliponaxis=False))
    traces.append(points([1] * n, right, marker, hovers, cliponaxis=False, yaxis="y2"))
    names = [bold(label(word), place in (told or ())) for place, word in enumerate(words)]
    left_names = [f"{name}  {plain_fixed(value, 2)}" for name, value in zip(names, dots, strict=True)]
    right_names = [f"{plain_fixed(value, 2)}  {name}" for value, name in zip(cosines, names, strict=True)]
    if not narrow:
        right_names = [f"{name}, {long:.2f} long" for name, long in zip(right_names, lengths, strict=True)]
    font = colours.font(colours.small if n > MOST / 2 else colours.label)
    axis: Mark = {"range": [n - 0.4, -0.6], "automargin": True}
    return draw(
        traces, colours, height, margin={"l": 8, "r": 8, "t": 1.6 * colours.label, "b": 8}, hovermode="closest",
        annotations=[
            note(
                bold(text), colours.font(colours.small, colours.quiet), x=x, xanchor=("left", "right")[x], y=1,
                yref="paper", yanchor="bottom",
            )
            for x, text in enumerate(("dot product", "cosine"))
        ],
        xaxis=bare_axis(range=[-0.03, 1.03]),
        yaxis=named_axis(left, left_names, font, **axis),
        yaxis2=named_axis(right, right_names, font, side="right", overlaying="y", anchor="x", **axis),
    )  # fmt: skip


def places(values: Array) -> NDArray[np.intp]:
    """Give the place of each value, 0 for the largest.

    >>> places(np.array([0.2, 0.9, 0.5])).tolist()
    [2, 0, 1]
    """
    return np.argsort(strongest_first(values))


def similarity_table(
    table: Array, words: Sequence[str], *, cosines: Array, height: int = 500, narrow: bool = False,
    theme: str = "light",
) -> go.Figure:  # fmt: skip
    """Draw the dot products of all words with all words; pointing at one shows the cosine, too.

    Parameters
    ----------
    table, cosines : ndarray of shape (n, n)
    height : int
        Pixels at most.
    """
    names = labels(words)
    hovers = [
        f"{word} · {other} = {plain_fixed(dot, 2)}<br>cosine {plain_fixed(cosine, 2)}"
        for word, dots, angles in zip(names, table, cosines, strict=True)
        for other, dot, cosine in zip(names, dots, angles, strict=True)
    ]
    letters = palette(theme).tiny if narrow and len(words) > MOST / 2 else None
    bar = len(words) > NUMBERS_UP_TO  # where cells have numbers, they say it
    return scores_heatmap(
        table,
        words,
        hovers=hovers,
        narrow=narrow,
        most=height,
        bar=bar,
        letters=letters,
        theme=theme,
        titles=BOTH_WAYS,
    )


def _path(word: int, ends: tuple[int, int], told: tuple[int, int] | None, colours: Palette) -> Mark:
    role = told.index(word) if told and word in told else None
    pen = colours.pen(colours.line, 2) if role is None else colours.pen(colours.fills[role], 6)
    return line([0, 1], ends, pen | {"dash": "dash" if role == 1 else "solid"})
