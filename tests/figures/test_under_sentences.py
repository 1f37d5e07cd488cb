"""A word's vector under its sentences: the cells, the numbers in them, and the sentences cut to fit."""

import html

import numpy as np
import plotly.graph_objects as go
import pytest

from selfattn.figures.palette import Size, palette
from selfattn.figures.under_sentences import Spoken, vector_under_sentences

TYPES = ["light", "dark room"]  # both sizes of type and both sets of colours
MONEY, RIVER = Spoken(0, "Money ", "bank", " grows"), Spoken(1, "River ", "bank", " flows")
TOY = np.array([[0.6, 0.2, 0.1, 0.7]] * 2)


def strips(figure):
    return [trace for trace in figure.data if trace.type == "heatmap"]


def texts(figure):
    return [note.text for note in figure.layout.annotations]


@pytest.mark.parametrize("theme", TYPES)
@pytest.mark.parametrize("width", [2, 4, 8, 50])
@pytest.mark.parametrize("size", [Size(340, 340), Size(660, 380), Size(1300, 650)])
def test_every_width_is_a_valid_figure(theme, width, size):
    matrix = np.tile(np.linspace(-1, 1, width), (2, 1))
    for count, difference in ((1, True), (2, True), (2, False)):
        figure = vector_under_sentences(
            [MONEY, RIVER][:count], matrix[:count], difference=difference, size=size, theme=theme
        )
        go.Figure(figure.to_dict())
        assert len(strips(figure)) == count + (difference and count == 2)
        assert min(note.font.size for note in figure.layout.annotations) >= palette(theme).tiny
        for strip in strips(figure):
            assert strip.dy > 0
            assert strip.y0 - strip.dy / 2 >= 0
            assert strip.dx * width <= size.width + 1e-9


def test_the_numbers_of_the_lesson_stand_in_the_cells_of_both():
    figure = vector_under_sentences([MONEY, RIVER], TOY)
    for strip in strips(figure):
        assert strip.z[0] == pytest.approx((0.6, 0.2, 0.1, 0.7))
    numbers = [note for note in figure.layout.annotations if note.text in ("0.6", "0.2", "0.1", "0.7")]
    assert [note.text for note in numbers] == ["0.6", "0.2", "0.1", "0.7"] * 2
    assert [note.x for note in numbers[:4]] == pytest.approx([note.x for note in numbers[4:]]), "cell under cell"


def test_the_strips_share_one_scale_and_their_difference_is_nothing():
    row = np.linspace(-2, 3, 50)
    first, second, apart = strips(vector_under_sentences([MONEY, RIVER], np.vstack([row, row]), difference=True))
    assert first.z == second.z
    assert not any(apart.z[0])
    assert (first.zmin, first.zmax) == (-3, 3)
    assert (apart.zmin, apart.zmax) == (-3, 3)


def test_the_difference_is_computed():
    figure = vector_under_sentences([MONEY, RIVER], np.array([[1.0, 2.0], [1.0, 1.5]]), difference=True)
    assert strips(figure)[2].z[0] == [0.0, 0.5]
    assert "<b>A − B</b>: the largest difference is 0.5" in texts(figure)


def test_a_vector_of_nothing_is_drawn():
    go.Figure(vector_under_sentences([MONEY], np.zeros((1, 3))).to_dict())


def test_the_word_is_marked_in_the_colour_of_its_sentence():
    said = texts(vector_under_sentences([MONEY, RIVER], TOY))
    assert f'Money <b><u><span style="color:{palette("light").inks[0]}">bank</span></u></b> grows' in said
    assert f'River <b><u><span style="color:{palette("light").inks[1]}">bank</span></u></b> flows' in said
    assert {"<b>A</b>", "<b>B</b>"} <= set(said)


@pytest.mark.parametrize(
    ("before", "after", "letters", "said"),
    [
        ("Money ", " grows", 40, "Money bank grows"),
        ("Money ", " grows", 12, "Money bank …"),
        ("“", "”, he said", 12, "“bank”, he …"),
        ("a b c d e f ", " g h i j", 12, "… e f bank g h …"),
        ("", "", 3, "bank"),
        ("Supercalifragilistic ", " x", 12, "… bank x"),
        ("word " * 500, " word" * 500, 30, "… word word word bank word word …"),
    ],
)
def test_a_long_sentence_keeps_the_words_around(before, after, letters, said):
    assert Spoken(0, before, "bank", after).cut(letters).text == said


def test_a_word_that_is_too_long_leaves_the_others_out():
    assert Spoken(0, "one ", "x" * 50, " two").cut(20).text == f"… {'x' * 50} …"


@pytest.mark.parametrize("nasty", ["<img src=x onerror=alert(1)>", r"$\bank$", "<b>x</b>"])
def test_what_was_typed_is_never_markup(nasty):
    figure = vector_under_sentences([Spoken(0, nasty + " ", nasty, " " + nasty)], TOY[:1], size=Size(1300, 400))
    go.Figure(figure.to_dict())
    (line,) = (text for text in texts(figure) if "<u>" in text)
    assert "<img" not in line
    assert "<b>x" not in line
    assert "$" not in line
    assert nasty.split()[0] in html.unescape(line)
