"""The bars of the neighbours: strongest first, in the colour of the sense, and its name beside."""

import plotly.graph_objects as go
import pytest

from selfattn.figures.near import GREY, neighbour_bars
from selfattn.figures.palette import palette

THEMES = ["light", "dark", "light room", "dark room"]
ORDER = ["finance", "river"]


@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_is_valid_and_large_enough(theme):
    figure = neighbour_bars(["banks", "shore"], [0.87, 0.5], ["finance", "river"], ORDER, theme=theme)
    go.Figure(figure.to_dict())
    (bars,) = figure.data
    assert bars.textfont.size == palette(theme).label
    assert figure.layout.yaxis.tickfont.size == palette(theme).label


def test_a_bar_says_its_cosine_and_its_sense_in_words_colour_and_hatching():
    (bars,) = neighbour_bars(["banks", "shore"], [0.87, 0.5], ["finance", "river"], ORDER).data
    colours = palette("light")
    assert list(bars.x) == [0.87, 0.5]
    assert list(bars.text) == ["0.87  <b>finance</b>", "0.50  <b>river</b>"]
    assert list(bars.marker.color) == [colours.fills[0], colours.fills[1]]
    assert list(bars.marker.pattern.shape) == ["", "/"]


def test_the_nearest_is_on_top():
    figure = neighbour_bars(["a", "b", "c"], [0.9, 0.8, 0.7], [None] * 3, [])
    low, high = figure.layout.yaxis.range
    assert low > high
    assert list(figure.layout.yaxis.ticktext) == ["a", "b", "c"]


def test_without_senses_all_are_grey():
    (bars,) = neighbour_bars(["loans", "debt"], [0.9, 0.8], [None, None], []).data
    assert set(bars.marker.color) == {GREY}
    assert list(bars.text) == ["0.90", "0.80"]


def test_negative_cosines_and_nasty_words_are_drawn():
    figure = neighbour_bars(["<img src=x>", r"$\b$"], [0.1, -0.2], ["<b>", "x"], ["<b>", "x"])
    go.Figure(figure.to_dict())
    assert "<img" not in " ".join([*figure.layout.yaxis.ticktext, *figure.data[0].customdata])
    assert "<b><b>" not in figure.data[0].text[0]
    assert figure.layout.xaxis.range[0] == -0.2
