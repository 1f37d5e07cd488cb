"""Pictures of vectors: of one word, of the dot product of two, of neighbours and analogies, lines and maps."""

from typing import Any

import numpy as np

from selfattn.frame.away.plots.cells import Names, are_arrays, axes, cell, high, one, side, tables_of


def same_vector(names: Names) -> list[str]:
    """Draw the vector of a word as several sentences find it: a row each."""
    found: Any = names.get("found")
    if not _vectors(found):
        return []
    rows, values = len(found), "list(found.values())" if isinstance(found, dict) else "found"
    return [
        cell(
            f"figure, axis = plt.subplots(figsize=(10, {1.3 + 0.6 * rows:.1f}))",
            f"found_in_each = np.array({values})  # a row a sentence",
            'names, dimensions_counted = list("ABCDEF"[: len(found)]), range(1, found_in_each.shape[1] + 1)',
            'draw_table(axis, found_in_each, names, dimensions_counted, "The vector in each sentence")',
        )
    ]


def _vectors(found: Any) -> bool:
    rows = list(found.values()) if isinstance(found, dict) else found
    return isinstance(rows, list) and bool(rows) and all(isinstance(row, np.ndarray) and row.ndim == 1 for row in rows)


def neighbours(names: Names) -> list[str]:
    """Draw the cosines of the nearest words, in the colour of the sense that each is nearer to."""
    nearest: Any = names.get("nearest")
    if not _ranked(nearest):
        return []
    senses = "nearer" in names and "poles" in names
    colours = ["order = list(poles)", "colours = [COLOURS[order.index(nearer[word])] for word, _ in nearest]"]
    title = '"Cosine: " + ", ".join(f"{colour} {name}" for colour, name in zip(("orange", "blue"), order)), colours'
    title = title if senses else '"Cosine"'
    return [
        cell(
            *(colours if senses else ()),
            one(len(nearest)),
            f"draw_bars(axis, *zip(*nearest), {title})",
        )
    ]


def _ranked(value: Any) -> bool:
    """Tell whether this is a list of words with a number each."""
    return isinstance(value, list) and bool(value) and all(_is_pair(each) for each in value)


def _is_pair(each: Any) -> bool:
    return isinstance(each, tuple) and len(each) == 2 and isinstance(each[0], str) and not isinstance(each[1], str)


def one_word(names: Names) -> list[str]:
    """Draw the numbers of a word."""
    if not (are_arrays(names, vector=1) and "length" in names):
        return []
    return [
        cell(
            "figure, axis = plt.subplots(figsize=(10, 3))",
            "axis.bar(range(1, len(vector) + 1), vector, color=QUIET)",
            'axis.set_title(f"The {len(vector)} numbers of “{word}”")',
        )
    ]


def analogy(names: Names) -> list[str]:
    """Draw the words nearest to a sum of words, and the words put in, which are left out of the answer."""
    if not (_ranked(names.get("found")) and isinstance(names.get("own"), dict)):
        return []
    return [
        cell(
            one(len(names["found"]) + len(names["own"])),
            "rows = [*found, *own.items()]",
            "colours = COLOURS[:1] * len(found) + [QUIET] * len(own)",
            'draw_bars(axis, *zip(*rows), "Cosine with the sum; grey: the words put in", colours)',
        )
    ]


def products(names: Names) -> list[str]:
    """Draw the products of two words, number by number, strongest first."""
    if not are_arrays(names, products=1, dimensions=1):
        return []
    return [
        cell(
            one(min(20, len(names["products"]))),
            'title = f"Products by dimension; all add up to {dot:.2f}"',
            "draw_bars(axis, dimensions, products, title, COLOURS[0], most=20)",
        )
    ]


def cosines(names: Names) -> list[str]:
    """Draw the dot products and the cosines of one word with others, each ranked."""
    if not are_arrays(names, dots=1, cosines=1):
        return []
    return [
        cell(
            axes(2, 5, high(len(names["dots"]))),
            'for axis, numbers, title in zip(axes[0], (dots, cosines), ("Dot product", "Cosine")):',
            "    order = np.argsort(-numbers)",
            "    draw_bars(axis, [words[place] for place in order], numbers[order], title)",
        )
    ]


def table(names: Names) -> list[str]:
    """Draw every word with every word: dot products, or cosines."""
    if not are_arrays(names, table=2):
        return []
    width = side(len(names["words"]))
    title = "Cosines" if "alike" in names else "Dot products"
    return [
        cell(
            f"figure, axis = plt.subplots(figsize=({min(width, 13):.1f}, {min(width, 13):.1f}))",
            f'draw_table(axis, table, words, words, "{title}")',
        )
    ]


def plane(names: Names) -> list[str]:
    """Draw vectors of two numbers as arrows, with the dot products of each two."""
    if not (tables_of(names.get("v"), 1) and isinstance(names.get("dots"), dict)):
        return []
    return [
        cell(
            "figure, axis = plt.subplots(figsize=(6, 6))",
            "for colour, (name, vector) in zip(COLOURS, v.items()):",
            '    axis.annotate("", vector, (0, 0), arrowprops={"arrowstyle": "->", "color": colour, "linewidth": 2})',
            "    axis.annotate(name, vector, color=colour, size=14)",
            "most = 1.2 * max(1, *(np.abs(vector).max() for vector in v.values()))",
            'axis.set(xlim=(-most, most), ylim=(-most, most), aspect="equal")',
            "axis.axhline(0, color=QUIET, linewidth=0.8)",
            "axis.axvline(0, color=QUIET, linewidth=0.8)",
            'axis.set_title(", ".join(f"{pair[0]} · {pair[1]} = {number:g}" for pair, number in dots.items()))',
        )
    ]


def odd_one(names: Names) -> list[str]:
    """Draw the cosine of each word with the mean of all, the odd one out in another colour."""
    if not (isinstance(names.get("ranked"), list) and "odd" in names):
        return []
    return [
        cell(
            one(len(names["ranked"])),
            "colours = [COLOURS[0] if word == odd else QUIET for _, word in ranked]",
            "names, numbers = [word for _, word in ranked], [cosine for cosine, _ in ranked]",
            'draw_bars(axis, names, numbers, f"Cosine with the mean of all; the odd one out: {odd}", colours)',
        )
    ]


def between(names: Names) -> list[str]:
    """Draw words on the line between two words."""
    if not (isinstance(names.get("places"), dict) and "left" in names and "right" in names and names["places"]):
        return []
    return [
        cell(
            one(len(names["places"])),
            "order = sorted(places, key=places.get)",
            'draw_line(axis, order, [places[word] for word in order], f"Between {left} and {right}", (left, right))',
        )
    ]


def map_of_words(names: Names) -> list[str]:
    """Draw words in a plane: a word and its neighbours where they differ most, or all words of two numbers."""
    if not (are_arrays(names, points=2) and names["points"].shape[1] > 1 and "words" in names):
        return []
    title, colours = '"The words, as they are"', "QUIET"
    if "word" in names:
        more = " (the first two of three axes)" if names["points"].shape[1] > 2 else ""
        title, colours = f'f"“{{word}}” and its neighbours{more}"', "[COLOURS[0]] + [QUIET] * (len(words) - 1)"
    return [
        cell(
            "figure, axis = plt.subplots(figsize=(9, 7))",
            f"draw_points(axis, points[:, :2], words, {title}, {colours})",
        )
    ]


def two_sets(names: Names) -> list[str]:
    """Draw the neighbours of a word in two sets as two columns; what both have is tied together."""
    if not (isinstance(names.get("here"), list) and isinstance(names.get("there"), list) and "shared" in names):
        return []
    rows = max(len(names["here"]), len(names["there"]))
    if not rows:
        return []
    return [
        cell(
            one(rows),
            'for side, words, align in ((0, here, "right"), (1, there, "left")):',
            "    for rank, near in enumerate(words):",
            '        axis.text(side, rank, near, ha=align, va="center", color=COLOURS[0] if near in shared else QUIET)',
            "for near in shared:",
            "    axis.plot([0.02, 0.98], [here.index(near), there.index(near)], color=COLOURS[0])",
            f"axis.set(xlim=(-0.6, 1.6), ylim=({rows - 0.5}, -0.5), xticks=[], yticks=[])",
            'axis.set_title(f"Neighbours of “{word}” in both sets: {len(shared)} of them the same")',
        )
    ]


def lengths(names: Names) -> list[str]:
    """Draw the mean length of vectors by rank."""
    means: Any = names.get("means")
    if not (isinstance(means, dict) and means and all(isinstance(first, int) for first in means)):
        return []
    return [
        cell(
            one(len(means)),
            'ranks = [f"from rank {first:,}" for first in means]',
            'draw_bars(axis, ranks, list(means.values()), "Mean length of a vector")',
        )
    ]


PICTURES = (
    same_vector, one_word, neighbours, analogy, products, cosines, table, plane, odd_one, between, map_of_words,
    two_sets, lengths,
)  # fmt: skip
