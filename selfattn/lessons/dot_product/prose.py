"""What the pictures of dot products show, in plain words: findings, and texts that stand in for a picture."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from selfattn.core.rounding import plain_fixed
from selfattn.core.similarity import extremes
from selfattn.core.wording import counted

Array = NDArray[np.floating[Any]]


def products(first: str, second: str, values: Array) -> str:
    """Say what the dot product of two words is made of.

    Parameters
    ----------
    values : ndarray of shape (d,)
        The products, in the order of the dimensions.

    Examples
    --------
    >>> products("bank", "money", np.array([1.0, 3.0, -0.5]))
    '“bank” · “money” = 3.50: 3 products, added up to one number. The largest, from dimension 2, is 3.00.'
    """
    best = int(values.argmax())
    return (
        f"“{first}” · “{second}” = {plain_fixed(values.sum(), 2)}: {len(values)} products, added up to one number. "
        f"The largest, from dimension {best + 1}, is {plain_fixed(values[best], 2)}."
    )


def products_alt(first: str, second: str, values: Array) -> str:
    """Stand in for the bars of the products."""
    above, below = values[values > 0], values[values < 0]
    order = np.argsort(-values, kind="stable")[:3].tolist()
    best = ", ".join(f"{plain_fixed(values[place], 2)} from dimension {place + 1}" for place in order)
    return (
        f"The {len(values)} products of “{first}” and “{second}”, strongest first: {best}, and so on. "
        f"{len(above)} above zero add {plain_fixed(above.sum(), 2)}, {len(below)} below zero take "
        f"{plain_fixed(-below.sum(), 2)} away; the sum is {plain_fixed(values.sum(), 2)}."
    )


def signs(values: Array) -> str:
    """Say what stands on the left and on the right of the bars.

    >>> signs(np.array([1.0, 3.0, -0.5]))
    'Where both vectors lean the same way the product is above 0: 2 such products add 4.00. 1 below 0 takes away 0.50.'
    """
    above, below = values[values > 0], values[values < 0]
    add, take = "adds" if len(above) == 1 else "add", "takes" if len(below) == 1 else "take"
    lost = f"{len(below)} below 0 {take} away {plain_fixed(-below.sum(), 2)}." if len(below) else "None is below 0."
    return (
        "Where both vectors lean the same way the product is above 0: "
        f"{counted(len(above), 'such product')} {add} {plain_fixed(above.sum(), 2)}. {lost}"
    )


def overtaken(word: str, names: Sequence[str], told: tuple[int, int] | None, dots: Array, cosines: Array) -> str:
    """Say where the cosine turns the order of the dot products round; `told` is what `similarity.overtaking` finds.

    >>> overtaken("x", ["y", "z"], (0, 1), np.array([16.62, 14.64]), np.array([0.41, 0.52]))
    'By the dot product “y” is more like “x” than “z” is: 16.62 against 14.64. By the cosine, less: 0.41 against 0.52.'
    """
    if len(names) == 1:
        both = f"the dot product is {plain_fixed(dots[0], 2)}, the cosine {plain_fixed(cosines[0], 2)}"
        return f"Of “{word}” and “{names[0]}” {both}. Type more words to compare."
    if told is None:
        return f"Like “{word}”, both ways in {_order(dots, cosines)}."
    more, less = told
    by_dot, by_cosine = (_against(values, told) for values in (dots, cosines))
    return (
        f"By the dot product “{names[more]}” is more like “{word}” than “{names[less]}” is: {by_dot}. "
        f"By the cosine, less: {by_cosine}."
    )


def _against(values: Array, pair: tuple[int, int]) -> str:
    return " against ".join(plain_fixed(values[place], 2) for place in pair)


def _order(dots: Array, cosines: Array) -> str:
    """Say why no word overtakes another: the order is the same, or what changes places reads the same."""
    first, second = (np.argsort(-values, kind="stable").tolist() for values in (dots, cosines))
    if first == second:
        return "the same order: no vector here is long enough to change places"
    return "almost the same order: where two words change places, their dot products or their cosines read the same"


def why_overtaken(names: Sequence[str], told: tuple[int, int] | None, lengths: Array) -> str:
    """Say why: the lengths of the two vectors.

    >>> why_overtaken(["river", "and"], (0, 1), np.array([6.65, 4.67]))
    '“river” has the longer vector, 6.65 against 4.67: that lifts its dot product, and the cosine takes it out again.'
    """
    if told is None:
        return ""
    more, less = told
    longer = lengths[more] >= lengths[less]
    effect = "that lifts its dot product" if longer else "below zero, that keeps its dot product up"
    return (
        f"“{names[more]}” has the {'longer' if longer else 'shorter'} vector, {_against(lengths, told)}: {effect}, "
        "and the cosine takes it out again."
    )


def common(names: Sequence[str], ranks: Sequence[int], dots: Array, cosines: Array, most: int = 30) -> str:
    """Say where a frequent word stands; empty where none stands before any rarer one.

    Parameters
    ----------
    names : sequence of str, of length n
    ranks : sequence of int, of length n
        Places in the vocabulary, the most frequent word first.
    dots, cosines : ndarray of shape (n,)
    most : int
        Up to which rank a word counts as frequent.

    Examples
    --------
    >>> dots, cosines = np.array([21.6, 18.1, 9.3]), np.array([0.64, 0.60, 0.31])
    >>> print(common(["money", "the", "flows"], [200, 0, 9000], dots, cosines).split(":")[0])
    “the” says little, and yet stands in place 2 by the dot product and 2 by the cosine
    """
    frequent = [place for place, rank in enumerate(ranks) if rank < most]
    rarer = [place for place, rank in enumerate(ranks) if rank >= most]
    if not frequent or not rarer:
        return ""
    best = max(frequent, key=lambda place: float(dots[place]))
    if not any(values[best] > values[rarer].min() for values in (dots, cosines)):
        return ""
    by_dot, by_cosine = (1 + int((values > values[best]).sum()) for values in (dots, cosines))
    return (
        f"“{names[best]}” says little, and yet stands in place {by_dot} by the dot product and {by_cosine} by the "
        "cosine: what stands beside every word is a little like every word."
    )


def rankings_alt(word: str, names: Sequence[str], dots: Array, cosines: Array, lengths: Array) -> str:
    """Stand in for the two rankings."""
    ranked = "; ".join(
        f"{names[place]} {plain_fixed(dots[place], 2)}, cosine {plain_fixed(cosines[place], 2)}, "
        f"length {lengths[place]:.2f}"
        for place in np.argsort(-dots, kind="stable")
    )
    return f"Dot products with “{word}”, largest first: {ranked}."


def table(values: Array, names: Sequence[str]) -> str:
    """Say which two words of a list are most alike.

    >>> table(np.array([[9.0, 2.0, 1.0], [2.0, 9.0, 5.0], [1.0, 5.0, 9.0]]), ["money", "river", "flows"])
    'Most alike are “river” and “flows”: 5.00. Least alike are “money” and “flows”: 1.00.'
    """
    pairs = extremes(values)
    if pairs is None:
        return f"“{names[0]}” is the only word here: type one more."
    (a, b), (c, d) = pairs
    most = f"“{names[a]}” and “{names[b]}”"
    if len(names) == 2:
        return f"The dot product of {most} is {plain_fixed(values[a, b], 2)}."
    return (
        f"Most alike are {most}: {plain_fixed(values[a, b], 2)}. "
        f"Least alike are “{names[c]}” and “{names[d]}”: {plain_fixed(values[c, d], 2)}."
    )


def table_alt(values: Array, names: Sequence[str]) -> str:
    """Stand in for the table of dot products."""
    return f"Dot products of {len(names)} words, each with each: {', '.join(names)}. {table(values, names)}"
