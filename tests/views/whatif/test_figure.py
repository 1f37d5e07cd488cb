"""The paired bars: every weight before and after, and what came or went told by more than colour."""

import re

import plotly.graph_objects as go
import pytest

from selfattn.figures.palette import palette
from selfattn.views.whatif.change import REST, WeightChange
from selfattn.views.whatif.figure import before_after_bars

PAIRS = [
    WeightChange("money", 0.24, None, "−"),
    WeightChange("the", None, 0.1, "+"),
    WeightChange("bank", 0.68, 0.8, followed=True),
    WeightChange("grows", 0.08, 0.1),
]
HOSTILE = ["<b>bank</b>", "<img src=x onerror=alert(1)>", r"$\bank$", "a" * 200]
THEMES = ["light", "dark", "light room", "dark room"]


def drawn(**settings):
    return before_after_bars(PAIRS, **settings)


def written(figure):
    return [re.sub(r"</?b>", "", note.text) for note in figure.layout.annotations]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    "pairs",
    [
        PAIRS,
        [WeightChange("bank", 1.0, 1.0)],
        [WeightChange("bank", 0.0, 0.0)],
        [WeightChange(word, 0.25, None) for word in HOSTILE],
        [WeightChange(str(place), 1 / 513, 1 / 513) for place in range(513)],
    ],
)
def test_every_figure_is_valid(pairs, theme):
    figure = before_after_bars(pairs, theme=theme)
    go.Figure(figure.to_dict())
    assert figure.layout.xaxis.range[1] > 0


def test_bars_are_the_weights_of_the_words_that_are_there():
    before, after = drawn().data
    assert (list(before.x), list(before.y)) == ([0.24, 0.68, 0.08], [0, 2, 3])
    assert (list(after.x), list(after.y)) == ([0.1, 0.8, 0.1], [1, 2, 3])
    assert (before.name, after.name) == ("before", "after")
    assert drawn().layout.xaxis.range[1] >= 0.8
    assert drawn().layout.yaxis.range[0] > drawn().layout.yaxis.range[1], "the first word is on top"


@pytest.mark.parametrize("theme", THEMES)
def test_before_is_hollow_and_after_is_full(theme):
    colours = palette(theme)
    before, after = drawn(theme=theme).data
    assert (before.marker.color, before.marker.line.color) == ("rgba(0,0,0,0)", colours.inks[0])
    assert after.marker.color == colours.fills[1]


def test_the_two_bars_of_a_word_do_not_overlap_nor_reach_the_next():
    before, after = drawn().data
    assert before.offset + before.width < after.offset
    assert after.offset + after.width < 0.5
    assert before.offset > -0.5


def test_what_came_and_went_has_a_sign():
    assert list(drawn().layout.yaxis.ticktext) == ["− money", "+ the", "<b>bank</b>", "grows"]


def test_values_are_written():
    assert written(drawn()) == ["0.24 → –", "– → 0.10", "0.68 → 0.80", "0.08 → 0.10"]


def test_the_rest_has_numbers_and_no_bars():
    figure = before_after_bars([*PAIRS, WeightChange("9 more", 5.0, 6.0, REST)])
    assert [list(trace.y) for trace in figure.data] == [[0, 2, 3], [1, 2, 3]]
    assert written(figure)[-1] == "5.00 → 6.00"
    assert figure.layout.xaxis.range[1] < 1, "the rest does not dwarf the words"


def test_words_are_text_and_no_markup():
    figure = before_after_bars([WeightChange(word, 0.25, 0.25) for word in HOSTILE])
    for text in [*figure.layout.yaxis.ticktext, *figure.data[0].customdata]:
        assert "<" not in text
        assert "$" not in text


def test_a_phone_cuts_long_words():
    long = before_after_bars([WeightChange("internationalisation", 1.0, 1.0)], narrow=True)
    assert list(long.layout.yaxis.ticktext) == ["internatio…"]


@pytest.mark.parametrize("theme", ["light room", "dark room"])
def test_nothing_is_small_in_a_room(theme):
    figure = drawn(theme=theme)
    assert figure.layout.yaxis.tickfont.size >= 26.7
    assert all(note.font.size >= 26.7 for note in figure.layout.annotations)


def test_the_height_is_what_was_asked_for():
    assert drawn(height=333).layout.height == 333
