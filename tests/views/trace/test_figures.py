"""Pictures and formulas of a traced number: what stands where, what is written, and that it is Plotly's."""

import html
import re

import numpy as np
import plotly.graph_objects as go
import pytest

from selfattn.core.attention import attend
from selfattn.core.contextual import contextualize
from selfattn.core.heaviest import gathered, heaviest_and_rest
from selfattn.core.presets import PRESETS
from selfattn.core.scene import Mover
from selfattn.figures.palette import palette
from selfattn.views.trace import steps
from selfattn.views.trace.decimals import write_coordinate, write_point, write_weight
from selfattn.views.trace.figures import (
    Sum,
    part_names,
    product_strips,
    sum_bars,
    weight_row,
)
from selfattn.views.trace.formulas import coordinate_formula, point_formula, static_formula, weight_chain

THEMES = ["light", "dark", "light room", "dark room"]
NASTY = ["<img src=x onerror=alert(1)>", r"$\bank$", "| a |", "a" * 60]


def traced(vectors, text="Money bank grows", preset="balanced", row=1, column=0, most=12):
    sentence, trace = contextualize(text, vectors, preset)
    one = steps.trace_weight(trace, row, column)
    shown = heaviest_and_rest(one.weights, most, always=(column, row))
    return one, write_weight(one, sentence.tokens, shown)


def many(n, tokens=None, width=50):
    matrix = np.random.default_rng(n).normal(size=(n, width))
    trace = attend(matrix)
    one = steps.trace_weight(trace, n // 2, n - 1)
    shown = heaviest_and_rest(one.weights, 12, always=(n - 1, n // 2))
    return trace, one, write_weight(one, tokens or ["word"] * n, shown)


def bare(text):
    return re.sub(r"</?b>", "", html.unescape(text))


def cells(figure):
    """The texts of the table, column by column, heads first."""
    return [[bare(text) for text in trace.text] for trace in figure.data if trace.type == "scatter"]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("n", [1, 2, 13, 512])
def test_every_figure_is_valid(n, narrow, theme):
    tokens = [NASTY[place % 4] for place in range(n)]
    trace, one, found = many(n, tokens)
    coordinate = steps.trace_coordinate(trace, one.i, 0)
    parts = heaviest_and_rest(np.abs(coordinate.parts), 12)
    decimals = write_coordinate(coordinate, tokens, parts)
    names = [*part_names(coordinate, decimals), "new", "old"]
    bit = Sum(parts=gathered(coordinate.parts, parts), end=coordinate.contextual, decimals=2, beside=1.0)
    for figure in (
        product_strips(one, found, narrow=narrow, theme=theme),
        weight_row(one, found, narrow=narrow, theme=theme),
        sum_bars([bit], names, narrow=narrow, theme=theme),
    ):
        go.Figure(figure.to_dict())  # raises where anything is not Plotly's
        assert 60 < figure.layout.height < 900
        assert "<img" not in str(figure.to_dict())


def test_three_strips_with_the_colours_even_about_zero(vectors):
    one, found = traced(vectors)
    both, products = product_strips(one, found).data
    np.testing.assert_array_equal(np.array(both.z), [one.query, one.key])
    np.testing.assert_array_equal(np.array(products.z), [one.products])
    for strips in (both, products):
        assert strips.zmin == -strips.zmax == -np.abs(strips.z).max()
    assert list(both.x) == list(products.x) == list(range(50))


@pytest.mark.parametrize("preset", PRESETS)
def test_the_strips_are_named_for_what_is_multiplied(vectors, preset):
    names = [bare(name) for name in product_strips(*traced(vectors, preset=preset)).layout.yaxis.ticktext]
    head = preset == "trained"
    assert names == ["query of bank" if head else "bank", "key of money" if head else "money", "products"]


def test_the_largest_product_is_worked_out_and_the_sum_is_written(vectors):
    one, found = traced(vectors)
    made, total = (bare(note.text) for note in product_strips(one, found).layout.annotations)
    a, b, c = map(float, re.fullmatch(r"(\S+) · (\S+) = (\S+) ↑", made).groups())
    assert round(a * b, 2) == c == round(np.abs(one.products).max(), 2)
    assert total == f"all 50 products add up to {one.scores[0]:.2f}"


def test_the_row_is_a_table_with_its_sum(vectors):
    one, found = traced(vectors)
    figure = weight_row(one, found)
    dots, scaled, exps = cells(figure)
    assert dots == ["dot product", *(f"{score:.2f}" for score in one.scores), ""]
    assert scaled == ["scaled", *(f"{score:.2f}" for score in one.scaled), ""]
    assert exps == ["exp", "4.6", "13.1", "1.6", "19.3"]
    (bars,) = (trace for trace in figure.data if trace.type == "bar")
    assert [bare(text) for text in bars.text] == ["0.24", "0.68", "0.08"]
    assert list(bars.x) == one.weights.tolist()
    assert [bare(note.text) for note in figure.layout.annotations] == ["share", "1.00"]
    assert [bare(name) for name in figure.layout.yaxis.ticktext] == ["money", "bank", "grows", "sum"]
    assert bars.marker.color[0] == palette("light").fills[0]
    assert "rgba" in bars.marker.color[1], "only the traced one is full"


def test_a_click_takes_the_bar_under_the_pointer(vectors):
    looks = weight_row(*traced(vectors)).layout
    assert looks.clickmode == "event+select"
    assert looks.hoverdistance is None, "without a limit, a click takes a bar far away"


def test_the_rest_of_a_long_row_is_one_line():
    _, one, found = many(512)
    figure = weight_row(one, found)
    names = [bare(name) for name in figure.layout.yaxis.ticktext]
    assert names[-2:-1] == ["501 more"]
    assert names[-1].startswith("sum")
    assert len(names) == 13
    assert len(figure.data[0].x) == 11, "the rest has no bar, which would dwarf the others"


@pytest.mark.parametrize(("preset", "narrow", "heads"), [
    ("lesson", False, ["dot product", "− 36.396", "exp"]),
    ("lesson", True, ["− 36.396", "exp"]),
    ("balanced", True, ["dot", "scaled", "exp"]),
    ("sharper", False, ["dot product", "scaled", "exp"]),
])  # fmt: skip
def test_columns_follow_the_preset(vectors, preset, narrow, heads):
    one, found = traced(vectors, preset=preset)
    assert [column[0] for column in cells(weight_row(one, found, narrow=narrow))] == heads


def test_a_masked_word_has_no_share(vectors):
    one, found = traced(vectors, preset="sharper", column=1)
    figure = weight_row(one, found)
    _, scaled, exps = cells(figure)
    assert (scaled[2], exps[2], bare(figure.data[0].text[1])) == ("−∞", "0.00", "0.00")
    chain = " ".join(weight_chain(one, found, PRESETS["sharper"]))
    assert r"-\infty" in chain
    assert r"\exp(-\infty) = 0" in chain


def numbers(formula):
    """The numbers of a formula, in order, without those of its layout."""
    plain = re.sub(r"\\rule(\[.*?\])?\{.*?\}\{.*?\}|\\sqrt\{50\}|_\{\d+\}", "", formula)
    return [float(found.replace(" ", "")) for found in re.findall(r"-?\s?\d+\.\d+", plain)]


def test_the_chain_of_the_first_screen(vectors):
    one, found = traced(vectors)
    dot, scaled, exponential, share = weight_chain(one, found, PRESETS["balanced"])
    assert r"e_{\text{bank}} \cdot e_{\text{money}} = 21.57" in dot
    assert r"21.57}{\sqrt{50} \cdot 2} = 1.53" in scaled
    assert r"\exp(1.53) = 4.6" in exponential
    assert r"4.6}{19.3} = \boldsymbol{0.24}" in share
    for name, piece in zip(
        ["dot product", "scaled", "exponential", "share"], (dot, scaled, exponential, share), strict=True
    ):
        assert name in piece


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("column", [0, 2])
def test_a_chain_can_be_followed_with_a_calculator(vectors, preset, column):
    one, found = traced(vectors, preset=preset, column=column)
    settings = PRESETS[preset]
    pieces = weight_chain(one, found, settings)
    assert not any(r"\approx" in piece for piece in pieces)
    below = (np.sqrt(50) if settings.scale else 1) * settings.temperature
    for piece in pieces:
        if r"\sqrt" in piece:
            score, divided = numbers(piece)[0], numbers(piece)[-1]
            assert round(score / below, found.score) == pytest.approx(divided)
        if "lower" in piece or "less the highest" in piece:
            first, second, third = numbers(piece)
            assert first + second == pytest.approx(third)
        if r"\exp" in piece and "10^" not in piece:
            inside, part = numbers(piece)
            assert round(np.exp(inside), found.exponential) == pytest.approx(part)
    assert ("frequent or distant: lower" in " ".join(pieces)) is (settings.frequency and settings.distance)
    assert ("less the highest" in " ".join(pieces)) is (preset == "lesson")


def test_a_short_coordinate_is_written_out(vectors):
    sentence, trace = contextualize("Money bank grows", vectors)
    one = steps.trace_coordinate(trace, 1, 28)
    shown = heaviest_and_rest(np.abs(one.parts), 12)
    found = write_coordinate(one, sentence.tokens, shown)
    left, pairs, series, total = coordinate_formula(one, found)
    assert r"\text{bank}'_{29}" in left
    written = numbers(pairs)
    assert [round(a * b, found.part) for a, b in zip(written[::2], written[1::2], strict=True)] == numbers(series)
    assert sum(numbers(series)) == pytest.approx(numbers(total)[0])
    assert numbers(static_formula(one, found)) == [round(one.static, found.part)]
    assert part_names(one, found)[0].startswith("money  0.2384 · 0.41")


def test_a_long_coordinate_only_as_its_sum():
    trace, one, *_ = many(512)
    coordinate = steps.trace_coordinate(trace, one.i, 0)
    shown = heaviest_and_rest(np.abs(coordinate.parts), 12)
    found = write_coordinate(coordinate, ["word"] * 512, shown)
    pieces = coordinate_formula(coordinate, found)
    assert len(pieces) == 3
    assert len(numbers(pieces[1])) == 12
    assert part_names(coordinate, found)[-1] == "501 more"


def a_point():
    places, pulls = np.array([[2, -1.5], [1, -3]]), np.array([[0.5, 0.25], [0, -0.5]])
    weights, tokens = np.array([0.5, 0.5]), ("$a$", "b")
    return Mover(0, np.array([1.0, -2.0]), np.array([1.5, -2.25]), tokens, weights, places, pulls)


def test_the_formula_of_a_point():
    one = a_point()
    found = write_point(one, (0, 1))
    assert numbers(" ".join(point_formula(one, found, 0))) == [1.0, 0.5, 0.0, 1.5]
    assert numbers(" ".join(point_formula(one, found, 1))) == [-2.0, 0.25, -0.5, -2.25]
    assert r"\textdollar{}a\textdollar{}" in " ".join(point_formula(one, found, 0))


@pytest.mark.parametrize("starts", [True, False])
def test_each_bar_begins_where_the_one_above_ended(starts):
    one = Sum(
        title="Axis <1>",
        start=1.0 if starts else None,
        parts=[0.5, -2.0, 0.25],
        end=-0.25 if starts else -1.25,
        decimals=2,
        beside=None if starts else 3.0,
    )
    names = ["s", "a", "b", "c", "e"] if starts else ["a", "b", "c", "e", "beside"]
    figure = sum_bars([one, one], names)
    go.Figure(figure.to_dict())
    bars = [trace for trace in figure.data if trace.type == "bar"]
    assert [bar.xaxis for bar in bars] == ["x", "x2"]
    assert (
        list(bars[0].base)
        == [one.tails[0], one.tails[0] + 0.5, one.tails[0] - 1.5]
        == ([1, 1.5, -0.5] if starts else [0, 0.5, -1.5])
    )
    assert [bare(text) for text in bars[0].text] == ["+0.50", "−2.00", "+0.25"]
    assert list(bars[0].y) == ([1, 2, 3] if starts else [0, 1, 2])
    dots = [trace for trace in figure.data if trace.type == "scatter" and trace.mode == "markers+text"]
    places = {trace.y[0]: trace.x[0] for trace in dots if trace.xaxis == "x"}
    assert places == ({4: -0.25, 0: 1.0} if starts else {3: -1.25, 4: 3.0})
    assert [bare(note.text) for note in figure.layout.annotations] == ["Axis <1>"] * 2


def test_type_is_large_in_a_room(vectors):
    one, found = traced(vectors)
    figure = weight_row(one, found, theme="light room")
    assert all(trace.textfont.size >= 27 for trace in figure.data)
    assert figure.layout.yaxis.tickfont.size >= 27
    strips = product_strips(one, found, theme="light room")
    assert all(note.font.size >= 27 for note in strips.layout.annotations)
