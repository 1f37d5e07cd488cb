"""The pictures of failings: crossing ways, pairs of bars, leanings, the spread of dot products."""

import re
from itertools import pairwise

import numpy as np
import plotly.graph_objects as go
import pytest

from selfattn.figures.block import Part, block
from selfattn.figures.labels import text_width
from selfattn.figures.palette import palette
from selfattn.lessons.limits.crossing_figure import crossing
from selfattn.lessons.limits.leanings_figure import leanings
from selfattn.lessons.limits.paired_figure import ROWS_UP_TO, paired_bars
from selfattn.lessons.limits.spread_figure import spread_chart

THEMES = ["light", "dark", "light room", "dark room"]
TYPES = ["light", "dark room"]  # both sizes of type and both sets of colours
HOSTILE = "<img src=x onerror=alert(1)>"


def written(figure):
    texts = [str(text) for trace in figure.data for text in (getattr(trace, "text", None) or ())]
    axes = [str(text) for axis in (figure.layout.xaxis, figure.layout.yaxis) for text in axis.ticktext or ()]
    return texts + axes + [note.text for note in figure.layout.annotations]


def sizes(figure):
    fonts = [trace.textfont.size for trace in figure.data if getattr(trace, "text", None) is not None]
    fonts += [axis.tickfont.size for axis in (figure.layout.xaxis, figure.layout.yaxis) if axis.ticktext]
    return [size for size in [*fonts, *(note.font.size for note in figure.layout.annotations)] if size]


def crossed(n, theme="light", **settings):
    rng = np.random.default_rng(n)
    weights = rng.dirichlet(np.ones(n))
    order = rng.permutation(n).tolist()
    tokens = [f"w{at}" for at in range(n)]
    return crossing(tokens, order, weights, weights[order], row=0, theme=theme, **settings), weights, order


@pytest.mark.parametrize("theme", TYPES)
@pytest.mark.parametrize("n", [1, 2, 5, 24, 25, 512])
def test_crossing_is_valid_for_any_length(n, theme):
    go.Figure(crossed(n, theme)[0].to_dict())


def test_each_way_leads_from_a_word_to_itself():
    figure, weights, order = crossed(5)
    ways = [trace for trace in figure.data if trace.type == "scatter" and trace.mode == "lines"]
    for below, way in enumerate(ways):
        assert (way.x[0], way.x[-1]) == (order[below], below)
    above, under = (trace for trace in figure.data if trace.type == "bar")
    np.testing.assert_allclose(np.abs(under.y), np.array(above.y)[order])
    np.testing.assert_allclose(np.array(above.y) / weights, above.y[0] / weights[0])
    assert ways[order.index(0)].line.color == palette("light").quiet


def test_the_chosen_word_is_bold_above_and_below():
    words = [text for text in written(crossed(5)[0]) if text.startswith("<b>")]
    assert words == ["<b>w0</b>", "<b>w0</b>"]


def test_long_sentences_name_their_heaviest_words_only():
    figure = crossed(200)[0]
    names = [text for text in written(figure) if text.strip("<b>/").startswith("w")]
    assert 5 <= len(names) <= 12


@pytest.mark.parametrize(
    ("text", "width", "theme"),
    [
        ("the national bank approved another commercial mortgage", 340, "light"),
        ("the national bank approved another commercial mortgage for the old town by the river", 700, "light"),
        ("the national bank approved another commercial mortgage for the old town by the river", 1000, "light room"),
    ],
)
@pytest.mark.parametrize("row", [0, 2, 6])
def test_names_never_touch_where_there_is_no_room_for_all(text, width, theme, row):
    tokens, rng = text.split(), np.random.default_rng(row)
    weights, order = rng.dirichlet(np.ones(len(tokens))), rng.permutation(len(tokens))
    figure = crossing(tokens, order, weights, weights[order], row=row, width=width, theme=theme)
    place = (width - 16) / (figure.layout.xaxis.range[1] - figure.layout.xaxis.range[0])
    lines = [trace for trace in figure.data if trace.type == "scatter" and trace.mode == "text"]
    assert len(lines) == 4
    for line in lines:
        assert 2 <= len(line.x) < len(tokens)
        bare = [text.removeprefix("<b>").removesuffix("</b>") for text in line.text]
        half = [text_width(text, line.textfont.size) / 2 for text in bare]
        for (left, one), (right, other) in pairwise(zip(line.x, half, strict=True)):
            assert (right - left) * place >= one + other
    assert f"<b>{tokens[row]}</b>" in lines[0].text


@pytest.mark.parametrize("n", [1, 3, 30])
def test_every_bar_stands_on_its_word(n):
    figure, *_ = crossed(n)
    bars = [trace for trace in figure.data if trace.type == "bar"]
    assert len(bars) == 2
    for bar in bars:
        middles = [x + bar.offset + bar.width / 2 for x in bar.x]
        assert middles == pytest.approx(list(range(n)))


def test_the_block_names_its_parts_in_order_and_points_at_what_each_mends():
    parts = [
        Part("Text", "as typed", beside=HOSTILE, below="1 < 2"),
        Part("Heads", "side by side", inside=True, core=True, beside="Mixed cues"),
        Part("Network", "between", inside=True),
        Part("Vectors", "new"),
    ]
    drawn = block(parts, repeats="again", shortcuts=[(1, 1), (2, 2)], alt="The parts", colours=palette("light"))
    assert drawn.count("→") == 2, "an arrow for each failing"
    assert HOSTILE not in drawn
    assert "1 &lt; 2" in drawn
    assert 'role="figure" aria-label="The parts"' in drawn
    places = [drawn.index(word) for word in ("Text", "Heads", "Network", "Vectors")]
    assert places == sorted(places)
    rows = re.findall(r"grid-area:(\d+) / 3;z-index:2", drawn)
    assert rows == ["1", "3", "4", "5"], "line 2 is for what is said of the layer"


def test_figures_never_take_text_for_markup():
    weights = np.array([0.5, 0.5])
    figures = [
        crossing([HOSTILE, "bank"], [1, 0], weights, weights, row=0),
        paired_bars([HOSTILE, "bank"], weights, weights, sides=("a", "b")),
        leanings([(HOSTILE, 0.1)], HOSTILE, (0.1, 0.2), (HOSTILE, "b"), neutral=1, poles=(-2.3, 2.2)),
    ]
    for figure in figures:
        assert not any("<img" in text for text in written(go.Figure(figure.to_dict())))


@pytest.mark.parametrize("theme", TYPES)
@pytest.mark.parametrize("n", [1, 3, ROWS_UP_TO, ROWS_UP_TO + 1, 512])
def test_pairs_are_valid_and_lose_no_weight(n, theme):
    weights = np.full(n, 1 / n)
    grey = [at % 2 == 0 for at in range(n)]
    kinds = ("rarer", "frequent")
    figure = paired_bars(["w"] * n, weights, weights, sides=("a", "b"), grey=grey, kinds=kinds, row=0, theme=theme)
    go.Figure(figure.to_dict())
    for side in figure.data:
        assert len(side.x) == min(n, ROWS_UP_TO)
        assert sum(side.x) == pytest.approx(1)


def test_what_is_not_there_is_written_as_left_out():
    figure = paired_bars(["a", "b"], np.array([np.nan, 1.0]), np.array([0.4, 0.6]), sides=("as typed", "in pieces"))
    before, after = figure.data
    assert list(before.text) == ["left out", "1.00"]
    assert list(after.text) == ["0.40", "0.60"]


def test_the_sum_of_the_rest_counts_what_was_left_out_as_nothing():
    before = np.full(20, 0.05)
    before[-1] = np.nan
    figure = paired_bars(["w"] * 20, before, np.full(20, 0.05), sides=("a", "b"))
    assert sum(figure.data[0].x) == pytest.approx(0.95)
    assert figure.layout.yaxis.ticktext[-1] == "9 more"


def test_the_word_itself_and_what_one_side_lacks_are_never_summed_up():
    weights = np.full(20, 1 / 18)
    before, after = weights.copy(), weights.copy()
    before[[17, 19]], before[3], after[3] = np.nan, 0.0, 0.0
    figure = paired_bars([f"w{at}" for at in range(20)], before, after, sides=("a", "b"), row=3)
    names = figure.layout.yaxis.ticktext
    assert {"<b>w3</b>", "w17", "w19"} <= set(names)
    assert names[-1] == "9 more"
    assert list(figure.data[0].text).count("left out") == 2


@pytest.mark.parametrize("often", [True, False])
def test_the_rest_is_of_neither_kind(often):
    weights, colours = np.full(20, 0.05), palette("light")
    figure = paired_bars(["w"] * 20, weights, weights, sides=("a", "b"), grey=[often] * 20, kinds=("rarer", "frequent"))
    full = figure.data[1].marker
    assert full.pattern.shape == ("/" if often else "",) * 11 + ("",)
    assert full.color[0] == (colours.quiet if often else colours.fills[0])
    assert full.color[-1] not in (colours.quiet, colours.fills[0])


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("n", [0, 1, 4, 30])
def test_leanings_are_valid_and_show_who_leans_most(n, theme):
    words = [(f"w{at}", at / 10) for at in range(n)]
    figure = leanings(words, "bank", (-2.2, -1.5), ("finance", "river"), neutral=1, poles=(-2.3, 2.2), theme=theme)
    go.Figure(figure.to_dict())
    names = figure.layout.yaxis.ticktext
    assert names[0] == "<b>bank</b>"
    assert list(names[1:]) == [name for name, _ in words[-10:]]
    if n > 10:
        assert any(f"{n - 10} more words" in note.text for note in figure.layout.annotations)


def test_words_that_lean_have_the_colour_of_their_sense():
    words = [("loan", -2.9), ("the", 0.3), ("river", 3.5)]
    figure = leanings(words, "bank", (-2.2, -1.5), ("finance", "river"), neutral=1, poles=(-2.3, 2.2))
    colours = palette("light")
    assert list(figure.data[0].marker.color) == [colours.fills[0], colours.quiet, colours.fills[1]]
    assert list(figure.data[0].text) == ["−2.9", "+0.3", "+3.5"]
    assert list(figure.data[2].x) == [-2.2, -1.5]
    ends = {note.text.strip("<b>/"): note.x for note in figure.layout.annotations}
    assert ends == {"finance": -2.3, "river": 2.2, "neither": 0}
    nearly = leanings([("a", -0.001)], "bank", (-0.002, -0.3), ("c", "d"), neutral=1, poles=(-2.3, 2.2))
    assert list(nearly.data[0].text) == ["+0.0"]
    assert [text.strip() for text in nearly.data[2].text] == ["+0.0", "−0.3"]


@pytest.mark.parametrize("far", [0.05, 3.5, 9.9])
def test_beside_the_longest_bar_there_is_room_for_its_number_on_a_phone(far):
    figure = leanings([("river", far)], "bank", (-0.02, 0.01), ("finance", "river"), neutral=0.01, poles=(-0.02, 0.02))
    low, high = figure.layout.xaxis.range
    phone = 250  # pixels beside the names of the words
    assert (high - far) / (high - low) * phone >= text_width(figure.data[0].text[0], palette("light").small) - 8


@pytest.mark.parametrize("theme", THEMES)
def test_the_spread_stands_at_its_width(theme):
    figure = spread_chart([4, 16, 64], [2.0, 4.0, 8.0], [1.0, 1.0, 1.0], words=(32, 4.3, 0.6), theme=theme)
    go.Figure(figure.to_dict())
    assert list(figure.data[0].x) == [0, 1, 2]
    assert list(figure.data[0].text) == ["2.0", "4.0", "8.0"]
    assert list(figure.data[2].x) == [1.5, 1.5]


@pytest.mark.parametrize("theme", ["light room", "dark room"])
def test_for_a_room_nothing_is_smaller_than_20_points(theme):
    weights = np.array([0.25, 0.75])
    figures = [
        crossed(5, theme, width=1000)[0],
        crossed(40, theme, width=1000)[0],
        paired_bars(["a", "b"], weights, weights, sides=("a", "b"), kinds=("c", "d"), grey=[True, False], theme=theme),
        leanings([("a", 0.1)] * 12, "b", (0.1, 0.2), ("c", "d"), neutral=1, poles=(-2.3, 2.2), theme=theme),
        spread_chart([4, 16], [2.0, 4.0], [1.0, 1.0], words=(8, 3, 1), theme=theme),
    ]
    for figure in figures:
        assert min(sizes(go.Figure(figure.to_dict()))) >= 26.7
