"""Vectors of two numbers, drawn by hand: every arrow with its name, and no name on a line."""

from itertools import combinations

import numpy as np
import plotly.graph_objects as go
import pytest

from selfattn.figures.palette import PHONE, Size
from selfattn.lessons.word_vectors.by_hand_figure import MOST, points
from tests.figures.test_motion import labels, overlap, pixel

SIZES = [(Size(640, 460), "light"), (PHONE, "dark"), (Size(1000, 700), "light room")]
CIRCLE = np.array([[np.cos(angle), np.sin(angle)] for angle in np.linspace(0, 2 * np.pi, 30, endpoint=False)])


@pytest.mark.parametrize(("size", "theme"), SIZES)
@pytest.mark.parametrize(
    "rows", [CIRCLE, 3 + CIRCLE, np.arange(60.0).reshape(30, 2), np.tile(CIRCLE, (9, 1)), np.zeros((3, 2)), CIRCLE[:1]]
)
def test_every_arrow_has_its_name_and_no_name_lies_on_another_or_on_a_line(size, theme, rows):
    words = [f"word {number}" for number in range(len(rows))]
    figure, drawn = points(words, rows, size=size, theme=theme)
    go.Figure(figure.to_dict())
    assert 0 < len(drawn) <= MOST
    assert (
        [note.text for note in figure.layout.annotations]
        == drawn
        == [one.hovertext.split(" (")[0] for one in figure.data]
    )
    boxes = [box for _, _, box in labels(figure, size.width)]
    assert not [pair for pair in combinations(boxes, 2) if overlap(*pair)]
    (left, right), (bottom, top) = figure.layout.xaxis.range, figure.layout.yaxis.range
    lines = [((left, 0), (right, 0)), ((0, bottom), (0, top)), *(((0, 0), (one.x[1], one.y[1])) for one in figure.data)]
    for line in lines:
        for place in np.linspace(*line, 60):
            x, y = pixel(*place, figure, size.width)
            assert not [box for box in boxes if overlap(box, (x, y, x + 0.1, y + 0.1))]


def test_few_words_are_all_drawn():
    rows = np.array([[5, 1], [1, 5], [3, 3], [4, 1], [1, 4]])
    for size, theme in SIZES:
        assert points(list("abcde"), rows, size=size, theme=theme)[1] == list("abcde")
