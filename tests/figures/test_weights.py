"""Heatmaps, bars and strips: what stands where, what is written, and how large it may get."""

import html

import numpy as np
import plotly.graph_objects as go
import pytest

from selfattn.core.attention import attend
from selfattn.core.heaviest import gathered
from selfattn.figures.palette import palette
from selfattn.figures.weights import (
    ASKING,
    VALUES_UP_TO,
    WORDS_UP_TO,
    scores_heatmap,
    vector_strips,
    weight_bars,
    weights_heatmap,
)

SIZES = [1, 3, 16, 17, 64, 65, 512]
THEMES = ["light", "dark", "light room", "dark room"]
TYPES = ["light", "dark room"]  # both sizes of type and both sets of colours
NASTY = ["<img src=x onerror=alert(1)>", r"$\bank$", "| a |", "a" * 60]


def weights_of(n):
    parts = np.random.default_rng(n).random((n, n)) + 0.01
    return parts / parts.sum(axis=1, keepdims=True)


def words(n):
    return [f"word{at % 5}" for at in range(n)]  # repeated on purpose


def layers(figure):
    """The numbers over the cells, one trace a colour."""
    return [trace for trace in figure.data if trace.type == "scatter" and trace.mode == "text"]


def points(figure):
    """For each clickable point (x, y, customdata, hovertext)."""
    (layer,) = (trace for trace in figure.data if trace.type == "scatter" and trace.mode == "markers")
    return [
        (x, y, tuple(place), said)
        for x, y, place, said in zip(layer.x, layer.y, layer.customdata, layer.hovertext, strict=True)
    ]


def numbers(figure):
    """The numbers in the cells, by row and column: (text, size, colour)."""
    return {
        (row, column): (text, layer.textfont.size, layer.textfont.color)
        for layer in layers(figure)
        for row, column, text in zip(layer.y, layer.x, layer.text, strict=True)
    }


# every figure


@pytest.mark.parametrize("theme", TYPES)
@pytest.mark.parametrize("n", SIZES)
def test_every_figure_is_valid_and_bounded(n, theme):
    weights, tokens, row = weights_of(n), [*NASTY, *words(n)][:n], n - 1
    masked = np.where(np.eye(n, dtype=bool) & (n > 1), -np.inf, np.log(weights) * 20)
    for narrow in (False, True):
        for figure in (
            weights_heatmap(weights, tokens, row=row, narrow=narrow, theme=theme),
            scores_heatmap(masked, tokens, row=row, narrow=narrow, theme=theme, name="scaled score"),
            vector_strips(weights, tokens, row=row, theme=theme),
            weight_bars(weights[row], tokens, row=row, role=n % 6, theme=theme),
        ):
            go.Figure(figure.to_dict())  # raises where anything is not Plotly's
            assert 100 < figure.layout.height <= 900
            for axis in (figure.layout.xaxis, figure.layout.yaxis):
                assert len(axis.ticktext or ()) == len(axis.tickvals or ()) <= WORDS_UP_TO
                assert not any("<img" in text or "$" in text or len(text) > 99 for text in axis.ticktext or ())


@pytest.mark.parametrize("make", [weights_heatmap, scores_heatmap, vector_strips])
@pytest.mark.parametrize("row", [0, 2])
def test_the_frame_is_around_the_chosen_row(make, row):
    (frame,) = make(weights_of(3), words(3), row=row).layout.shapes
    assert (frame.type, frame.x0, frame.x1, frame.y0, frame.y1) == ("rect", -0.5, 2.5, row - 0.5, row + 0.5)
    assert not make(weights_of(3), words(3)).layout.shapes


# heatmaps


@pytest.mark.parametrize("make", [weights_heatmap, scores_heatmap])
def test_rows_and_columns_are_the_words_in_typed_order_from_the_top_left(make):
    tokens = ["money", "bank", "grows"]
    layout = make(weights_of(3), tokens).layout
    for axis in (layout.xaxis, layout.yaxis):
        assert list(axis.tickvals) == [0, 1, 2]
        assert list(axis.ticktext) == tokens
    assert list(layout.yaxis.range) == [2.5, -0.5]
    assert list(layout.xaxis.range) == [-0.5, 2.5]
    assert layout.xaxis.side == "top"


@pytest.mark.parametrize("theme", TYPES)
def test_the_axes_of_weights_say_who_asks_and_who_is_asked(theme):
    layout = weights_heatmap(weights_of(3), words(3), theme=theme, narrow=True).layout
    assert [axis.title.text for axis in (layout.xaxis, layout.yaxis)] == ["is asked →", "← asks"] == list(ASKING)
    assert {axis.title.font.size for axis in (layout.xaxis, layout.yaxis)} == {palette(theme).small}
    for axis in ("xaxis", "yaxis"):
        assert scores_heatmap(weights_of(3), words(3)).layout[axis].title.text is None
    titled = scores_heatmap(weights_of(3), words(3), titles=("columns", "rows")).layout
    assert (titled.xaxis.title.text, titled.yaxis.title.text) == ("columns", "rows")


def test_a_heatmap_may_be_given_its_height():
    natural, given = (weights_heatmap(weights_of(3), words(3), height=height).layout.height for height in (0, 215))
    assert given == 215 != natural


@pytest.mark.parametrize("n", SIZES)
def test_cells_are_the_weights_on_a_scale_from_0_to_1(n):
    cells = weights_heatmap(weights_of(n), words(n)).data[0]
    np.testing.assert_allclose(cells.z, weights_of(n), rtol=1e-6)
    assert (cells.zmin, cells.zmax) == (0, 1)


def test_repeated_words_stay_apart():
    layout = weights_heatmap(weights_of(4), ["the", "bank", "the", "bank"]).layout
    assert list(layout.yaxis.ticktext) == ["the", "bank", "the", "bank"]
    assert list(layout.yaxis.tickvals) == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("n", "narrow", "written"), [(1, 0, 1), (3, 0, 1), (12, 0, 1), (17, 0, 0), (3, 1, 1), (12, 1, 0), (17, 1, 0)]
)
def test_numbers_stand_in_the_cells_only_while_they_fit(n, narrow, written):
    weights = weights_of(n)
    found = numbers(weights_heatmap(weights, words(n), narrow=bool(narrow)))
    expected = {(i, j): f"{weights[i, j]:.2f}" for i in range(n) for j in range(n)} if written else {}
    assert {place: text for place, (text, _, _) in found.items()} == expected


def test_long_numbers_need_larger_cells():
    short, long = (numbers(scores_heatmap(np.full((12, 12), score), words(12))) for score in (1.0, -1000.0))
    assert len(short) == 144
    assert not long


def test_numbers_are_larger_where_there_is_room():
    large, small = (numbers(weights_heatmap(weights_of(n), words(n)))[0, 0][1] for n in (3, 12))
    assert large > small


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("make", [weights_heatmap, scores_heatmap])
def test_every_number_is_readable_on_its_cell(make, theme):
    steps = np.linspace(0 if make is weights_heatmap else -1, 1, 64).reshape(8, 8)
    figure = make(steps, words(8), theme=theme)
    cells, found = figure.data[0], numbers(figure)
    stops = np.array([[int(c[i : i + 2], 16) / 255 for i in (1, 3, 5)] for _, c in cells.colorscale])
    share, at = (steps - cells.zmin) / (cells.zmax - cells.zmin), [place for place, _ in cells.colorscale]
    under = np.stack([np.interp(share, at, channel) for channel in stops.T], axis=-1)
    linear = np.where(under <= 0.04045, under / 12.92, ((under + 0.055) / 1.055) ** 2.4)
    behind = linear @ [0.2126, 0.7152, 0.0722]
    assert len(found) == steps.size
    for place, (_, _, colour) in found.items():
        dark, light = sorted([behind[place], {"#000000": 0.0, "#FFFFFF": 1.0}[colour]])
        assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_numbers_do_not_fade_when_a_cell_is_clicked():
    for layer in layers(weights_heatmap(weights_of(3), words(3))):
        # Plotly fades what has no colour of its own for the unselected
        assert layer.textfont.color == layer.unselected.textfont.color == layer.selected.textfont.color


@pytest.mark.parametrize("make", [weights_heatmap, scores_heatmap])
@pytest.mark.parametrize("n", [1, 3, 64])
def test_a_click_on_any_cell_tells_its_row_and_column(make, n):
    figure = make(weights_of(n), words(n))
    assert all((y, x) == place for x, y, place, _ in points(figure))
    assert sorted(place for _, _, place, _ in points(figure)) == [(i, j) for i in range(n) for j in range(n)]
    unseen = figure.data[-1]
    assert unseen.marker.opacity == unseen.selected.marker.opacity == unseen.unselected.marker.opacity == 0


def test_hovering_a_cell_says_who_looks_at_whom_and_how_much():
    weights, tokens = weights_of(3), ["money", "<b>", "grows"]
    for _, _, (i, j), said in points(weights_heatmap(weights, tokens)):
        expected = f"{html.escape(tokens[i])} looks at {html.escape(tokens[j])}<br>weight {weights[i, j]:.3f}"
        assert said == expected


@pytest.mark.parametrize("n", [65, 512])
def test_many_words_have_no_click_layer_and_few_names(n):
    figure = weights_heatmap(weights_of(n), words(n))
    assert not layers(figure)
    assert 20 <= len(figure.layout.yaxis.tickvals) <= WORDS_UP_TO
    assert figure.data[0].hovertemplate


@pytest.mark.parametrize("n", [3, 64])
def test_up_to_64_words_every_word_is_named(n):
    assert list(weights_heatmap(weights_of(n), words(n)).layout.yaxis.ticktext) == words(n)


def test_words_stand_upright_until_they_do_not_fit():
    assert weights_heatmap(weights_of(3), ["a", "b", "c"]).layout.xaxis.tickangle == 0
    assert weights_heatmap(weights_of(16), ["incomprehensible"] * 16).layout.xaxis.tickangle == -60


@pytest.mark.parametrize("theme", THEMES)
def test_the_colour_scale_is_the_themes(theme):
    for make, shades in (
        (weights_heatmap, palette(theme).weights),
        (scores_heatmap, palette(theme).diverging),
        (vector_strips, palette(theme).diverging),
    ):
        assert [colour for _, colour in make(weights_of(3), words(3), theme=theme).data[0].colorscale] == list(shades)


def test_the_scale_is_even_and_that_of_all_weights():
    cells = weights_heatmap(weights_of(3), words(3)).data[0]
    places = np.array([place for place, _ in cells.colorscale])
    np.testing.assert_allclose(places, np.linspace(0, 1, len(places)))
    assert (cells.zmin, cells.zmax) == (0, 1)


def test_a_masked_pair_is_empty_and_says_so(rng):
    trace = attend(rng.normal(size=(3, 4)), mask=~np.eye(3, dtype=bool))
    figure = scores_heatmap(trace.scaled, ["a", "b", "c"])
    np.testing.assert_array_equal(np.isnan(figure.data[0].z), np.eye(3, dtype=bool))
    assert not figure.data[0].hoverongaps
    for _, _, (i, j), said in points(figure):
        assert (said == f"{'abc'[i]} may not look at {'abc'[j]}") == (i == j)
        assert "nan" not in said
        assert "inf" not in said
    assert set(numbers(figure)) == {(i, j) for i in range(3) for j in range(3) if i != j}


@pytest.mark.parametrize(
    "scores", [[[3.0, -8.0], [0.5, 1.0]], [[0.0, 0.0], [0.0, 0.0]], [[-np.inf, 2.0], [2.0, -np.inf]]]
)
def test_zero_is_the_middle_of_the_scores_scale(scores):
    cells = scores_heatmap(np.array(scores), ["a", "b"]).data[0]
    assert cells.zmin == -cells.zmax < 0
    assert cells.zmax >= np.nanmax(np.abs(cells.z))


# bars


@pytest.mark.parametrize("n", [1, 3, VALUES_UP_TO])
def test_bars_stand_in_the_order_of_the_sentence_with_their_values(n):
    weights = weights_of(n)[0]
    figure = weight_bars(weights, words(n))
    (bars,) = figure.data
    np.testing.assert_array_equal(bars.x, np.arange(n))
    np.testing.assert_allclose(bars.y, weights, rtol=1e-6)
    assert list(bars.text) == [f"{weight:.2f}" for weight in weights]
    assert list(figure.layout.xaxis.ticktext) == words(n)


@pytest.mark.parametrize("n", [VALUES_UP_TO + 1, 36, 512])
def test_of_many_bars_only_the_highest_carry_their_value(n):
    weights = weights_of(n)[0]
    text = weight_bars(weights, words(n)).data[0].text
    named = {at for at in range(n) if text[at]}
    assert named == set(np.argsort(-weights)[:5].tolist())
    assert all(text[at] == f"{weights[at]:.2f}" for at in named)


def test_only_the_word_itself_is_bold():
    names = weight_bars(weights_of(3)[1], ["bank", "bank", "grows"], row=1).layout.xaxis.ticktext
    assert list(names) == ["bank", "<b>bank</b>", "grows"]


def test_bars_that_are_compared_share_a_scale_with_room_for_the_values():
    ranges = [
        tuple(weight_bars(np.array(weights), words(3), highest=0.7).layout.yaxis.range)
        for weights in ([0.2, 0.7, 0.1], [0.4, 0.3, 0.3])
    ]
    assert ranges[0] == ranges[1]
    assert ranges[0][0] == 0
    assert ranges[0][1] > 0.7 * 1.1


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("role", [0, 1, 5])
def test_bars_have_the_colour_of_their_sentence(theme, role):
    (bars,) = weight_bars(weights_of(3)[0], words(3), role=role, theme=theme).data
    assert bars.marker.color == palette(theme).fills[role]


# strips


def test_strips_are_the_vectors_the_first_on_top_zero_in_the_middle(rng):
    matrix = rng.normal(size=(3, 50))
    figure = vector_strips(matrix, ["money", "bank", "grows"])
    np.testing.assert_allclose(figure.data[0].z, matrix, rtol=1e-6)
    assert figure.data[0].zmax == -figure.data[0].zmin == np.abs(matrix).max()
    assert figure.layout.yaxis.autorange == "reversed"
    assert list(figure.layout.yaxis.ticktext) == ["money", "bank", "grows"]


def test_strips_of_zeros_have_a_scale():
    assert vector_strips(np.zeros((2, 4)), ["a", "b"]).data[0].zmax > 0


def test_the_rest_of_a_long_sentence_has_a_number_and_no_bar():
    figure = weight_bars(np.array([0.1, 0.3, 0.6]), ["bank", "grows", "14 more"], row=0, rest=True)
    (bars,) = figure.data
    assert list(bars.y) == [0.1, 0.3, 0]
    assert list(bars.text) == ["0.10", "0.30", "0.60"]
    assert bars.customdata[2] == "14 more: 0.600"


@pytest.mark.parametrize("theme", TYPES)
def test_bars_lie_where_there_is_no_room_beside_one_another(theme):
    figure = weight_bars(weights_of(6)[0], words(6), row=1, flat=True, height=100, theme=theme)
    go.Figure(figure.to_dict())
    (bars,) = figure.data
    assert bars.orientation == "h"
    np.testing.assert_allclose(bars.x, weights_of(6)[0])
    assert figure.layout.yaxis.ticktext[1] == f"<b>{words(6)[1]}</b>"
    assert figure.layout.height >= 6 * 1.3 * bars.textfont.size, "no number touches the next one"


def test_a_heatmap_ends_with_the_sum_of_the_words_that_have_no_column():
    whole = weights_of(5)
    figure = weights_heatmap(gathered(whole[:2], [0, 1]), words(2), row=1, rest="3 more")
    go.Figure(figure.to_dict())
    assert list(figure.layout.xaxis.ticktext) == [*words(2), "3 more"]
    assert list(figure.layout.yaxis.ticktext) == words(2)
    np.testing.assert_allclose(figure.data[0].z.sum(axis=1), 1, rtol=1e-6)
    np.testing.assert_allclose(figure.data[0].z[:, 2], whole[:2, 2:].sum(axis=1), rtol=1e-6)
