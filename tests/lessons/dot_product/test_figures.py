"""The pictures of dot products: every number is that of the arrays, and Plotly accepts them in full."""

import re

import numpy as np
import plotly.graph_objects as go
import pytest

from selfattn.figures.palette import MOST, THEMES, palette
from selfattn.lessons.dot_product import figures as pictures

A, B = np.array([1.0, -2.0, 3.0, 0.5]), np.array([2.0, 1.0, 4.0, -1.0])  # products 2, -2, 12, -0.5: their sum is 11.5


def checked(figure):
    return go.Figure(figure.to_dict())


def sides(count):
    rng = np.random.default_rng(3)
    dots = rng.normal(size=count)
    return dots, rng.uniform(-1, 1, size=count), rng.uniform(3, 7, size=count)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("narrow", [False, True])
def test_plotly_accepts_every_picture(theme, narrow):
    names = ["money", "<b>bank</b>", "$x$", "a" * 90]
    dots, cosines, lengths = sides(4)
    table = np.outer(A, B)
    for figure in (
        pictures.product_bars(A * B, narrow=narrow, theme=theme),
        pictures.rankings(names, dots, cosines, lengths=lengths, told=(0, 2), narrow=narrow, theme=theme),
        pictures.similarity_table(table, names, cosines=table / 20, narrow=narrow, theme=theme),
    ):
        assert "<b>bank" not in checked(figure).to_json()


def test_bars_stand_strongest_first_and_the_line_adds_them_up():
    bars, line, dot = checked(pictures.product_bars(A * B)).data
    assert list(bars.y) == [12, 2, -0.5, -2]
    assert list(bars.customdata) == ["dimension 3", "dimension 1", "dimension 4", "dimension 2"]
    assert list(line.y) == [0, 12, 14, 13.5, 11.5, 11.5]
    assert dot.y == (11.5,)
    assert dot.text == ("<b>11.50</b>",)


def test_bars_tell_signs_by_side_and_by_colour():
    bars = checked(pictures.product_bars(A * B)).data[0]
    minus, plus = palette("light").diverging[0], palette("light").diverging[-1]
    assert list(bars.marker.color) == [plus, plus, minus, minus]


def test_the_strongest_and_the_weakest_are_named():
    notes = [note.text for note in checked(pictures.product_bars(A * B)).layout.annotations]
    assert notes == ["12.00 from dimension 3", "2.00 from dimension 1", "−2.00 from dimension 2"]


def test_names_of_bars_do_not_lie_on_the_next_bar():
    notes = checked(pictures.product_bars(np.array([9.0, 8.9, 8.8, 0.1]))).layout.annotations
    assert [note.text for note in notes] == ["8.80 from dimension 3"]


@pytest.mark.parametrize("values", [np.zeros(50), -np.ones(50), np.array([2.0]), np.full(300, 1e-9)])
def test_bars_of_anything(values):
    figure = checked(pictures.product_bars(values))
    low, high = figure.layout.yaxis.range
    assert low < high
    assert low <= values.sum() <= high


def test_bars_leave_room_for_the_line():
    low, high = checked(pictures.product_bars(A * B)).layout.yaxis.range
    assert low < -2
    assert high > 14


def test_rankings_put_each_word_at_its_two_places():
    dots, cosines, lengths = np.array([16.62, 14.64, 6.39]), np.array([0.41, 0.52, 0.22]), np.array([6.65, 4.67, 4.9])
    names = ["river", "and", "grows"]
    figure = checked(pictures.rankings(names, dots, cosines, lengths=lengths, told=(0, 1)))
    assert [tuple(path.y) for path in figure.data[:3]] == [(0, 1), (1, 0), (2, 2)]
    assert [path.line.dash for path in figure.data[:3]] == ["solid", "dash", "solid"]
    left, right = figure.layout.yaxis, figure.layout.yaxis2
    assert dict(zip(left.tickvals, left.ticktext, strict=True)) == {
        0: "<b>river</b>  16.62", 1: "<b>and</b>  14.64", 2: "grows  6.39",
    }  # fmt: skip
    assert dict(zip(right.tickvals, right.ticktext, strict=True)) == {
        0: "0.52  <b>and</b>, 4.67 long", 1: "0.41  <b>river</b>, 6.65 long", 2: "0.22  grows, 4.90 long",
    }  # fmt: skip


@pytest.mark.parametrize("count", [1, 2, MOST])
def test_rankings_of_few_and_many(count):
    dots, cosines, lengths = sides(count)
    figure = checked(pictures.rankings([f"w{at}" for at in range(count)], dots, cosines, lengths=lengths))
    assert sorted(figure.layout.yaxis.tickvals) == list(range(count))


def test_type_is_large_enough_for_a_room():
    dots, cosines, lengths = sides(MOST)
    names = [f"w{at}" for at in range(MOST)]
    figures = (
        pictures.product_bars(A * B, theme="light room"),
        pictures.rankings(names, dots, cosines, lengths=lengths, theme="light room"),
        pictures.similarity_table(np.outer(dots, dots), names, cosines=np.outer(dots, dots), theme="light room"),
    )
    for figure in figures:
        sizes = [int(size) for size in re.findall(r'"size":\s*(\d+)[,}]', checked(figure).to_json())]
        fonts = [size for size in sizes if size not in (17, 18, 20, 21, 24)]  # markers
        assert min(fonts) >= 27


def test_table_shows_the_dot_products_and_says_the_cosine():
    table = np.array([[5.0, -1.0], [-1.0, 4.0]])
    figure = checked(pictures.similarity_table(table, ["up", "down"], cosines=np.array([[1, -0.22], [-0.22, 1]])))
    assert {text for layer in figure.data[1:-1] for text in layer.text} == {"5.00", "-1.00", "4.00"}
    assert figure.data[-1].hovertext[1] == "up · down = −1.00<br>cosine −0.22"
    assert not figure.data[0].showscale


def test_table_is_not_taller_than_asked():
    table = np.eye(9)
    names = list("abcdefghi")
    assert pictures.similarity_table(table, names, cosines=table, height=300).to_dict()["layout"]["height"] == 300


# The formulas: what a calculator makes of their numbers is what they say


def value_of(formula):
    return float(formula.rsplit("= ", 1)[1])


def calculated(text):
    text = re.sub(r"\\underbrace\{\(?(-?[\d.]+)\)?\}_\{[^}]*\}?[^+]*", r"(\1)", text)
    for latex, python in ((r"\cdot", "*"), (r"\,", "")):
        text = text.replace(latex, python)
    return eval(text, {"__builtins__": {}})


@pytest.mark.parametrize(
    "pair", [("bank", "money"), ("river", "the"), ("cat", "loan"), ("grows", "grows"), (".", "zzz")]
)
def test_formulas_hold_for_a_calculator(pair, vectors):
    pair = [word if word in vectors.key_to_index else "of" for word in pair]
    one, other = (vectors[word].astype(float) for word in pair)
    formula = pictures.equation_of_products(*pair, one, other)
    assert value_of(formula) == pytest.approx(one @ other, abs=0.005001)
    body = formula.split(" = ")[1]
    assert calculated(body) == pytest.approx(value_of(formula), abs=0.011)
    cosine = pictures.cosine_equation(*pair, one, other)
    assert f"{calculated(cosine.split(' = ')[1]):.2f}" == f"{value_of(cosine):.2f}"


def test_words_in_formulas_are_text():
    formula = pictures.equation_of_products("$", "{x}", A, B)
    assert r"\text{\textdollar{}}" in formula
    assert r"\text{\{x\}}" in formula
