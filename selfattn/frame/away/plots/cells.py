"""What the pictures of a notebook share: what is looked for among the variables, and how lines are written."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from pprint import pformat
from typing import Any

import numpy as np

Names = Mapping[str, Any]
START = Path(__file__).with_name("drawing.py").read_text(encoding="utf-8").partition('"""\n\n')[2].rstrip()
MOST_ROWS = 40  # bars of one picture


def are_arrays(names: Names, **axes: int) -> bool:
    """Tell whether variables are arrays of so many axes, with something in them."""
    return all(_is_array(names.get(name), count) for name, count in axes.items())


def _is_array(value: Any, axes: int) -> bool:
    return isinstance(value, np.ndarray) and value.ndim == axes and value.size > 0


def tables_of(value: Any, axes: int) -> bool:
    """Tell whether a dictionary has, for each text, an array of so many axes, or a pair that begins with one."""
    if not (isinstance(value, dict) and value and all(isinstance(text, str) for text in value)):
        return False
    first = [each[0] if isinstance(each, tuple) else each for each in value.values()]
    return all(_is_array(array, axes) for array in first)


def words_of(names: Names) -> list[str]:
    """Find the words of the one sentence; none where there is none."""
    tokens: Sequence[str] = getattr(names.get("sentence"), "tokens", None) or names.get("tokens") or ()
    return list(tokens)


def cell(*lines: str) -> str:
    """Put the lines of a cell together, which ends with what shows its figure."""
    return "\n".join((*lines, "plt.show()"))


def named(words: Sequence[str]) -> str:
    """Write the list of words that the lines below know as `names`, in as many lines as it needs."""
    return "names = " + pformat(list(words), width=100, compact=True).replace("\n", "\n        ")


def axes(count: int, width: float, height: float) -> str:
    """Write a figure of so many axes side by side: inches of each, no larger than a page of a notebook takes."""
    inches = f"figsize=({min(count * width, 16):.1f}, {min(height, 13):.1f})"
    return f"figure, axes = plt.subplots(1, {count}, {inches}, squeeze=False)"


def one(rows: int) -> str:
    """Write a figure of one axis, with room for so many bars."""
    return f"figure, axis = plt.subplots(figsize=(8, {high(rows):.1f}))"


def side(words: int) -> float:
    """Give the inches that a table of so many words needs on either side."""
    return 2.5 + 0.4 * words


def high(rows: int) -> float:
    """Give the inches that so many bars need."""
    return 1.2 + 0.3 * min(rows, MOST_ROWS)
