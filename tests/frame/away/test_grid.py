"""Arrows on squared paper: each ends where its numbers say, and no name covers another."""

import re
from itertools import combinations
from xml.etree import ElementTree

import pytest

from selfattn.figures.labels import text_width
from selfattn.frame.away.grid import SIDE, TYPE, Arrow, grid

SVG = "{http://www.w3.org/2000/svg}"


def read(arrows, **looks):
    return ElementTree.fromstring(grid(arrows, "What there is", **looks))


def texts(root):
    return [
        (text.text, float(text.get("x")), float(text.get("y")), text.get("text-anchor"))
        for text in root.iter(f"{SVG}text")
    ]


def tips(root):
    """Where the heads of arrows end: (x, y) in units of the picture."""
    heads = [path.get("d") for path in root.iter(f"{SVG}path") if path.get("fill") != "none"]
    return [tuple(map(float, re.findall(r"[-\d.]+", head)[:2])) for head in heads]


def units(root, low, high):
    """The numbers of an axis, by where they stand across: what a place of the picture means."""
    numbers = {text: x for text, x, _, anchor in texts(root) if anchor == "middle" and re.fullmatch(r"[−\d.]+", text)}
    return numbers[str(low).replace("-", "−")], numbers[str(high).replace("-", "−")]


@pytest.mark.parametrize(("arrows", "low", "high"), [
    ([(2, 0), (1, 3), (1, 1)], 0, 3),
    ([(-3, 3), (2, 40), (0.6, -2.25)], -10, 40),
    ([(1, 0)], 0, 1),
])  # fmt: skip
def test_an_arrow_ends_where_the_axes_have_its_numbers(arrows, low, high):
    root = read([Arrow(x, y, f"word {x}") for x, y in arrows])
    left, right = units(root, low, high)
    unit = (right - left) / (high - low)
    for (x, y), (across, down) in zip(arrows, tips(root), strict=True):
        assert across == pytest.approx(left + (x - low) * unit, abs=0.2)
        assert SIDE - down == pytest.approx(left + (y - low) * unit, abs=0.2)  # both axes alike


def test_names_cover_neither_one_another_nor_the_edge():
    words = ["money", "bank", "grows", "river", "flows", "near", "swim"]
    places = [(2, 0), (1, 1), (0, 1), (0, 3), (1, 3), (0, 2), (1, 2)]
    root = read([Arrow(x, y, word) for word, (x, y) in zip(words, places, strict=True)], axes=("finance", "river side"))
    boxes = {}
    for text, x, y, _ in texts(root):
        if text in words:
            half = text_width(text, TYPE) / 2
            boxes[text] = (x - half, y - TYPE, x + half, y)
    assert set(boxes) == set(words)
    for one, other in combinations(boxes.values(), 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    assert all(left >= 0 and right <= SIDE for left, _, right, _ in boxes.values())


def test_without_a_length_there_is_no_arrow_but_a_name():
    root = read([Arrow(0, 0, "nothing"), Arrow(1, 1, "something")])
    assert len(tips(root)) == 1
    assert "nothing" in [text for text, *_ in texts(root)]


def test_what_it_shows_is_told_and_names_are_text():
    root = read([Arrow(1, 1, "<b>&\x00\x0b\ufffe")], axes=("</svg>", "$x$"))
    assert root.find(f"{SVG}title").text == "What there is"
    shown = [text for text, *_ in texts(root)]
    assert {"<b>&", "</svg> →", "↑ $x$"} <= set(shown)
