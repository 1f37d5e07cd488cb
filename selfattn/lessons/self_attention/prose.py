"""Texts that stand in for the pictures of self-attention, step by step."""

from collections.abc import Sequence

import numpy as np

from selfattn.core.describe import Array
from selfattn.core.presets import Settings
from selfattn.core.rounding import plain_fixed
from selfattn.core.spread import Spread

STRIPS = 12  # vectors that are named


def scores_alt(scores: Array, tokens: Sequence[str], row: int, name: str) -> str:
    """Stand in for a heatmap of scores."""
    finite = np.where(np.isfinite(scores[row]), scores[row], -np.inf)
    best = int(finite.argmax())
    highest = f"“{tokens[row]}” scores highest with “{tokens[best]}”: {plain_fixed(scores[row, best], 2)}"
    return f"{name} of {len(tokens)} words with one another. {highest}."


def below_the_line(settings: Settings, width: int) -> str:
    """Say what the scores are divided by: the root of the width, and the temperature; nothing where they are not.

    >>> print(below_the_line(Settings(), 50))
    Under the line: √50, for vectors of 50 numbers, times 2, the temperature: above 1 it evens the weights out.
    >>> below_the_line(Settings(scale=False, temperature=0.5), 50)
    'Under the line: 0.5, the temperature: below 1 it sharpens the weights.'
    """
    heat = settings.temperature
    does = "above 1 it evens the weights out" if heat > 1 else "below 1 it sharpens the weights"
    root = [f"√{width}, for vectors of {width} numbers"] * settings.scale
    parts = ", times ".join([*root, *([f"{heat:g}, the temperature: {does}"] if heat != 1 else [])])
    return f"Under the line: {parts}." if parts else ""


def why_root(random: Spread, own: Spread | None, now: float, by_d: float) -> str:
    """Say why √d and not d.

    Parameters
    ----------
    random, own : Spread
        Of the dot products of random vectors, and of words of the set; None where the scores are no such products.
    now, by_d : float
        The largest weight of the row as it is, and if d divided.
    """
    width, root = random.width, plain_fixed(random.width**0.5, 1)
    words = f", those of random words of this set {plain_fixed(own.before, 1)}" if own else ""
    return (
        f"Why √d and not d? A dot product adds {width} products. Where they are independent they partly cancel, and "
        f"the sum spreads like √{width} = {root}, not like {width}: dot products of random vectors have a standard "
        f"deviation of {plain_fixed(random.before, 1)}{words}. Divided by d, the largest weight would be "
        f"{plain_fixed(by_d, 2)}, now it is {plain_fixed(now, 2)}."
    )


def symmetry(scores: Array, weights: Array, tokens: Sequence[str], row: int, other: int) -> str:
    """Say whether two words score the same both ways, and what the softmax makes of that."""
    word, asked = tokens[row], tokens[other]
    there, back = (plain_fixed(scores[pair], 2) for pair in ((row, other), (other, row)))
    gives, takes = (plain_fixed(weights[pair], 2) for pair in ((row, other), (other, row)))
    if there != back:
        return f"“{word}” asks “{asked}” {there}, and “{asked}” asks “{word}” {back}: query and key differ."
    after = "here still the same" if gives == takes else "no longer the same"
    return (
        f"“{word}” asks “{asked}” {there}, and “{asked}” asks “{word}” {back}: the same. "
        f"After the softmax, row by row, they are {gives} and {takes}: {after}."
    )


def strips_alt(matrix: Array, tokens: Sequence[str]) -> str:
    """Stand in for vectors drawn as strips of colour."""
    reach = f"from {plain_fixed(matrix.min(), 2)} to {plain_fixed(matrix.max(), 2)}"
    return f"{len(tokens)} vectors of {matrix.shape[1]} numbers, {reach}: {', '.join(tokens[:STRIPS])}."
