"""Pictures of exploring: everything is where the numbers say, in the plot, and covers nothing else."""

import html
import re
from itertools import combinations

import numpy as np
import plotly.graph_objects as go
import pytest

from selfattn.core.vectors import keyed_vectors
from selfattn.figures.labels import text_width
from selfattn.figures.named_points import Plot
from selfattn.figures.palette import PHONE, Size, palette
from selfattn.lessons.explore.compare_figure import comparison_figure, cut
from selfattn.lessons.explore.frequency_figure import norms_figure
from selfattn.lessons.explore.line_figure import axis_figure
from selfattn.lessons.explore.map_figure import map_figure
from selfattn.lessons.explore.words_figure import ODD, cosine_heatmap, odd_bars, word_bars
from selfattn.sets.explore import Comparison, Given, compare, neighbours
from selfattn.sets.explore.frequency import norms_by_rank
from selfattn.sets.explore.lists import cosines, odd_one_out
from selfattn.sets.explore.places import SemanticAxis, semantic_axis, word_map
from tests.covering import combined

THEMES = ["light", "dark", "light room", "dark room"]
TYPES = ["light", "dark room"]  # both sizes of type and both sets of colours
HOME, ROOM = Size(640, 520), Size(1000, 820)
POINTS_20 = 20 * 96 / 72  # pixels
HOSTILE = ["<img src=x onerror=alert(1)>", "<b>bold</b>", "$\\alpha$", "%{x}", "a" * 300, "&lt;", "銀行"]
MARKUP = re.compile(r"</?b>|</?span[^>]*>|<br>")


def random_set(count, dimensions, seed=0, words=None):
    rows = np.random.default_rng(seed).normal(size=(count, dimensions))
    return keyed_vectors(words or [f"word{at}" for at in range(count)], rows)


def fitting(theme):
    """Sizes that a theme is drawn in."""
    return [ROOM] if "room" in theme else [HOME, PHONE]


def texts(spec):
    """Every text of a figure's dictionaries that Plotly takes for markup."""
    if isinstance(spec, dict):
        for name, inside in spec.items():
            if name in ("text", "ticktext", "hovertext", "hovertemplate", "customdata"):
                yield from (str(text) for text in ([inside] if isinstance(inside, str) else inside) if text is not None)
            if not isinstance(inside, str):
                yield from texts(inside)
    elif isinstance(spec, list | tuple):
        for inside in spec:
            yield from texts(inside)


def type_sizes(spec):
    if isinstance(spec, dict):
        for name, inside in spec.items():
            if name.endswith("font") and "size" in inside:
                yield from np.atleast_1d(inside["size"]).tolist()
            yield from type_sizes(inside)
    elif isinstance(spec, list | tuple):
        for inside in spec:
            yield from type_sizes(inside)


def checked(figure):
    """Have Plotly check all of a figure."""
    return go.Figure(figure.to_dict())


def bare(text):
    return html.unescape(MARKUP.sub("", text))


def inside(figure, size):
    """Pixels of the plot, without its margins."""
    margin = figure.layout.margin
    return size.width - margin.l - margin.r, figure.layout.height - margin.t - margin.b


def pixel(x, y, figure, size):
    wide, high = inside(figure, size)
    (left, right), (bottom, top) = figure.layout.xaxis.range, figure.layout.yaxis.range
    return (x - left) / (right - left) * wide, (top - y) / (top - bottom) * high


def boxes(figure, size):
    """Names at points, as (text, left, top, right, bottom) in pixels of the plot."""
    for note in figure.layout.annotations:
        if note.xref == "paper":
            continue
        (x, y), text = pixel(note.x, note.y, figure, size), bare(note.text)
        half, high = text_width(text, note.font.size) / 2, 0.55 * note.font.size
        shift = {"left": half, "right": -half}.get(note.xanchor, 0)
        dx, dy = (note.ax, note.ay) if note.showarrow else (note.xshift or 0, -(note.yshift or 0))
        middle = x + dx + shift, y + dy
        yield text, (middle[0] - half, middle[1] - high, middle[0] + half, middle[1] + high)


def overlap(one, other):
    return min(one[2], other[2]) - max(one[0], other[0]) > 1e-6 and min(one[3], other[3]) - max(one[1], other[1]) > 1e-6


def overlapping(figure, size):
    return [(one, other) for (one, a), (other, b) in combinations(boxes(figure, size), 2) if overlap(a, b)]


def outside(figure, size, right=0.0):
    wide, high = inside(figure, size)
    return [
        text
        for text, (x0, y0, x1, y1) in boxes(figure, size)
        if x0 < -1 or y0 < -1 or x1 > wide + right + 1 or y1 > high + 1
    ]


# what holds for all


def every_figure(vectors, size, theme):
    """One of each kind, of any set."""
    words = vectors.index_to_key
    found = neighbours(words[0], vectors)
    yield map_figure(word_map(words[0], vectors), size=size, theme=theme)
    yield map_figure(word_map(words[0], vectors, axes=3), size=size, theme=theme)
    yield axis_figure(semantic_axis(words[0], words[1], words[2:30], vectors), size=size, theme=theme)
    yield comparison_figure(compare(words[0], vectors, vectors), (words[0], words[-1]), size=size, theme=theme)
    yield norms_figure(norms_by_rank(vectors), size=size, theme=theme)
    yield word_bars(found, theme=theme)
    yield cosine_heatmap(cosines(words[:70], words[:70], vectors), words[:70], narrow=size is PHONE, theme=theme)
    if len(words) > 2:
        yield odd_bars(odd_one_out(words[:9], vectors), theme=theme)


@pytest.mark.parametrize(("shape", "theme"), combined([(2, 2), (2, 1000), (3, 3), (12, 2), (100, 50)], THEMES))
def test_every_figure_of_every_set_is_valid_and_large_enough(shape, theme):
    for size in fitting(theme):
        for figure in every_figure(random_set(*shape), size, theme):
            drawn = checked(figure)
            assert min(type_sizes(drawn.to_dict())) >= (POINTS_20 if "room" in theme else 12)
            assert drawn.layout.height <= 2000
            assert drawn.layout.font.color == palette(theme).ink


@pytest.mark.parametrize(("dimensions", "theme"), combined([2, 3, 8], ["light", "dark room"]))
def test_no_figure_takes_a_word_for_markup(dimensions, theme):
    vectors = random_set(len(HOSTILE), dimensions, words=list(HOSTILE))
    for first in range(len(HOSTILE)):
        turned = keyed_vectors(HOSTILE[first:] + HOSTILE[:first], vectors.vectors)
        for figure in every_figure(turned, fitting(theme)[0], theme):
            spec = checked(figure).to_dict()
            said = list(texts(spec))
            assert not any("<" in MARKUP.sub("", text).replace("<extra></extra>", "") for text in said)
            assert not any("$" in text for text in said)


def test_hover_templates_hold_no_word():
    vectors = random_set(len(HOSTILE), 8, words=list(HOSTILE))
    templates = {
        trace.hovertemplate
        for figure in every_figure(vectors, HOME, "light")
        for trace in figure.data
        if trace.hovertemplate
    }
    assert templates == {"%{customdata}: cosine %{x:.3f}<extra></extra>"}


# the map


@pytest.mark.parametrize(("word", "theme"), combined(["bank", "the", "creek", "mouse"], THEMES))
def test_names_on_the_map_keep_apart_and_inside(vectors, word, theme):
    for size in fitting(theme):
        figure = map_figure(word_map(word, vectors), size=size, theme=theme)
        wider = Size(size.width + 500, size.height)
        assert overlapping(figure, size) == overlapping(figure, wider) == []
        assert outside(figure, size) == outside(figure, wider) == []
        names = [bare(note.text) for note in figure.layout.annotations]
        assert len(names) >= 15
        assert f"<b>{word}</b>" in [note.text for note in figure.layout.annotations]
        assert figure.layout.height == size.height


def test_points_stand_where_the_map_says(vectors):
    places = word_map("bank", vectors)
    near, ring = map_figure(places).data
    np.testing.assert_allclose(np.column_stack([near.x, near.y]), places.points[1:])
    assert (ring.x[0], ring.y[0]) == pytest.approx(places.points[0])
    assert ring.marker.symbol == "circle-open"
    assert near.hovertext[0].startswith("banks: cosine 0.87")
    shades = near.marker.color
    assert shades[0] == 1
    assert list(shades) == sorted(shades, reverse=True)


def test_the_foot_says_what_is_kept(vectors):
    hand = keyed_vectors(["money", "river", "bank"], np.array([[5, 1], [1, 5], [3, 3]]))
    wide, narrow = (map_figure(word_map("bank", vectors), size=size) for size in (HOME, PHONE))
    assert re.fullmatch(r"the two axes keep \d\d% of the variance", wide.layout.annotations[-1].text)
    *named, foot = narrow.layout.annotations
    kept, without = re.fullmatch(r"axes keep (\d\d)%; (\d+) more without room", foot.text).groups()
    assert f" {kept}% " in wide.layout.annotations[-1].text
    assert int(without) == 31 - len(named) == 30 - len(narrow.data[0].x)
    assert text_width(foot.text, foot.font.size) < PHONE.width - 8, "the foot fits"
    space = map_figure(word_map("bank", hand, axes=3))
    assert space.layout.annotations[-1].text == "two numbers a word: the plot is the space"
    solid = map_figure(word_map("bank", vectors, axes=3))
    text, drawn = solid.layout.annotations[-1].text, len(solid.layout.scene.annotations)
    assert text.startswith("the three axes keep")
    assert text.endswith(f"; {31 - drawn} more without room")


def test_a_map_that_is_the_space_shows_zero_and_angles_as_they_are():
    hand = keyed_vectors(["money", "river", "bank"], np.array([[5, 1], [1, 5], [3, 3]]))
    for size in (HOME, PHONE, ROOM):
        figure = map_figure(word_map("bank", hand), size=size)
        right, up = (pixel(*place, figure, size) for place in ((1, 0), (0, 1)))
        zero = pixel(0, 0, figure, size)
        assert right[0] - zero[0] == pytest.approx(zero[1] - up[1])
        assert 0 < zero[0] < inside(figure, size)[0]
        assert 0 < zero[1] < inside(figure, size)[1]
        assert figure.layout.yaxis.scaleanchor == "x"
        assert figure.layout.xaxis.showticklabels


@pytest.mark.parametrize("size", [HOME, PHONE, ROOM])
@pytest.mark.parametrize("dimensions", [3, 50])
def test_the_map_of_three_axes_can_be_turned_and_is_not_stretched(dimensions, size):
    places = word_map("word0", random_set(60, dimensions), axes=3)
    figure = map_figure(places, size=size)
    near, ring = figure.data
    named = [places.words.index(bare(note.text)) for note in figure.layout.scene.annotations]
    np.testing.assert_allclose(np.column_stack([near.x, near.y, near.z]), places.points[named[1:]])
    assert ring.type == "scatter3d"
    scene = figure.layout.scene
    assert scene.dragmode == "turntable"
    spans = [axis.range[1] - axis.range[0] for axis in (scene.xaxis, scene.yaxis, scene.zaxis)]
    assert spans == pytest.approx([spans[0]] * 3)
    for axis, values in zip((scene.xaxis, scene.yaxis, scene.zaxis), places.points.T, strict=True):
        assert axis.range[0] < min(values)
        assert max(values) < axis.range[1]
        if dimensions == 3:
            assert axis.range[0] < 0 < axis.range[1]
    names = [bare(note.text) for note in scene.annotations]
    assert names[0] == "word0"
    assert 3 <= len(names) <= 12


@pytest.mark.parametrize("points", [np.zeros((1, 2)), np.ones((5, 2)), np.array([[0, 1], [0, 5]]), np.eye(2) * 1e-9])
@pytest.mark.parametrize("equal", [False, True])
def test_every_plot_has_room_around_its_points(points, equal):
    plot = Plot.around(points, 600, 400, equal=equal)
    for x, y in points:
        across, down = plot.pixel(x, y)
        assert 0 < across < 600
        assert 0 < down < 400


# the line between two words

ALL = (
    "loan bank stream boat tree credit cash fish water finance shore account investment lake deposit flood the and dog"
)


def lines(figure):
    """The poles of flags in pixels: (x, top, bottom)."""
    return [shape for shape in figure.layout.shapes if shape.y0 == 0]


@pytest.mark.parametrize(
    ("words", "theme"), combined([[], ["bank"], ALL.split()[:6], ALL.split(), ["bank", "unknown-word"]], THEMES)
)
def test_flags_keep_apart_and_inside(vectors, words, theme):
    axis = semantic_axis("money", "river", words, vectors)
    for size in fitting(theme):
        figure = axis_figure(axis, size=size, theme=theme)
        checked(figure)
        for width in (size, Size(size.width + 700, size.height)):
            assert overlapping(figure, width) == []
            assert outside(figure, width, right=figure.layout.margin.r) == []
            poles = [pixel(shape.x0, 0, figure, width)[0] for shape in lines(figure)]
            ends = [pixel(0, shape.y1, figure, width)[1] for shape in lines(figure)]
            zero = pixel(0, 0, figure, width)[1]
            for text, box in boxes(figure, width):
                crossing = [
                    at
                    for at, end in zip(poles, ends, strict=True)
                    if box[0] < at < box[2] and min(zero, end) < (box[1] + box[3]) / 2 < max(zero, end)
                ]
                assert not crossing, f"a pole crosses {text}"


def test_every_flag_is_at_its_place_and_no_word_is_lost(vectors):
    axis = semantic_axis("money", "river", ALL.split(), vectors)
    figure = axis_figure(axis, size=HOME)
    places = dict(axis.places) | {"money": -1, "river": 1}
    flags = {bare(note.text): note.x for note in figure.layout.annotations if note.xref != "paper"}
    assert flags == places
    (_, dots) = figure.data
    assert sorted(dots.x) == sorted(places.values())
    narrow = axis_figure(axis, size=PHONE)
    named = [note for note in narrow.layout.annotations if note.xref != "paper"]
    assert f"{len(places) - len(named)} more: hover over the dots" in narrow.layout.annotations[-1].text


def test_the_ends_have_the_two_colours(vectors):
    colours = palette("light")
    figure = axis_figure(semantic_axis("money", "river", ["loan", "lake"], vectors))
    ends = {note.text: note.font.color for note in figure.layout.annotations if note.text.startswith("<b>")}
    assert ends == {"<b>money</b>": colours.inks[0], "<b>river</b>": colours.inks[1]}
    (_, dots) = figure.data
    at = dict(zip(dots.hovertext, dots.marker.color, strict=True))
    assert at["money: −1.00"] == at["loan: −0.60"] == colours.fills[0]
    assert at["river: +1.00"] == colours.fills[1]
    assert list(dots.marker.symbol) == ["diamond", "circle", "circle", "diamond"]


def test_sides_of_the_line_are_used_by_turns():
    places = tuple((f"word{at}", at / 100) for at in range(8))
    figure = axis_figure(SemanticAxis("left", "right", places, 0.1, Given(())))
    sides = [note.y > 0 for note in figure.layout.annotations if "word" in note.text]
    assert sides.count(True) == sides.count(False) == 4


def test_words_at_one_place_hang_in_a_stack_and_words_beyond_the_ends_are_shown():
    places = tuple((f"word{at}", 1.4) for at in range(30))
    figure = axis_figure(SemanticAxis("left", "right", places, 0.1, Given(())), size=HOME)
    assert overlapping(figure, HOME) == []
    assert figure.layout.xaxis.range == (-1, 1.4)
    assert "16 more: hover over the dots" in figure.layout.annotations[-1].text


# two sets


def both(vectors, other, word="bank", **settings):
    return comparison_figure(compare(word, vectors, other), ("GloVe", "mine"), **settings)


def columns(figure):
    return [trace for trace in figure.data if trace.mode == "markers+text"]


def test_a_line_joins_each_shared_word_with_itself(vectors):
    other = keyed_vectors(vectors.index_to_key[:20000], vectors.vectors[:20000][:, :25])
    comparison = compare("bank", vectors, other)
    figure = checked(comparison_figure(comparison, ("GloVe", "half of it")))
    joined = [trace for trace in figure.data if trace.mode == "lines"]
    lists = [[word for word, _ in found] for found in (comparison.first, comparison.second)]
    assert 0 < len(joined) < 10
    assert (
        [lists[0][line.y[0]] for line in joined] == [lists[1][line.y[1]] for line in joined] == list(comparison.shared)
    )
    for side, (column, words) in enumerate(zip(columns(figure), lists, strict=True)):
        assert list(column.x) == [side] * 10
        assert all(word in bare(text) for word, text in zip(words, column.text, strict=True))
        assert [word for word, text in zip(words, column.text, strict=True) if "<b>" in text] == [
            word for word in words if word in comparison.shared
        ]


def test_shared_words_have_full_dots_others_hollow_ones():
    colours = palette("light")
    comparison = Comparison("a", (("b", 0.9), ("c", 0.8)), (("c", 0.7),), ("c",), 0.5, ((), ()))
    figure = comparison_figure(comparison, ("one", "two"))
    left, right = (trace for trace in figure.data if trace.mode == "markers")
    assert list(left.marker.color) == [colours.paper, colours.fills[2]]
    assert list(right.marker.color) == [colours.fills[3]]
    assert [note.text for note in figure.layout.annotations] == ["<b>one</b>", "<b>two</b>"]


@pytest.mark.parametrize("theme", TYPES)
def test_words_of_a_column_fit_beside_it(theme):
    words = ["w" * 200, *HOSTILE, "bank"]
    vectors = random_set(len(words), 3, words=words)
    for size in fitting(theme):
        figure = checked(
            comparison_figure(compare("bank", vectors, vectors), ("n" * 90, "銀" * 90), size=size, theme=theme)
        )
        room = figure.layout.margin.l
        assert room == figure.layout.margin.r < size.width / 2
        for text in columns(figure)[0].text:
            assert text_width(bare(text), palette(theme).label) <= room
        for note in figure.layout.annotations:
            assert text_width(bare(note.text), note.font.size) <= room


def test_numbers_are_written_where_there_is_room(vectors):
    wide, narrow = (both(vectors, vectors, size=size) for size in (HOME, PHONE))
    assert "0.87" in columns(wide)[0].text[0]
    assert "0.87" not in columns(narrow)[0].text[0]
    assert "0.870" in next(trace for trace in narrow.data if trace.mode == "markers").hovertext[0]


@pytest.mark.parametrize("theme", THEMES)
def test_an_empty_column_says_why(vectors, theme):
    alone = keyed_vectors(["bank"], np.ones((1, 2)))
    other = keyed_vectors(["x", "y"], np.eye(2))
    assert "no other word" in [note.text for note in checked(both(vectors, alone, theme=theme)).layout.annotations]
    assert "not in this set" in [note.text for note in checked(both(vectors, other, theme=theme)).layout.annotations]


@pytest.mark.parametrize(("text", "pixels"), [("bank", 1), ("bank", 0), ("", 10), ("銀行銀行", 40), ("i" * 500, 90)])
def test_cut_texts_fit(text, pixels):
    assert text_width(cut(text, pixels, 18), 18) <= max(pixels, text_width("…", 18))


# being frequent


@pytest.mark.parametrize("theme", TYPES)
def test_lengths_stand_at_their_ranks_with_names_apart(vectors, theme):
    norms = norms_by_rank(vectors)
    for size in fitting(theme):
        figure = norms_figure(norms, size=size, theme=theme)
        dots, *means = figure.data
        np.testing.assert_allclose(10 ** np.array(dots.x), norms.ranks)
        np.testing.assert_allclose(dots.y, norms.lengths)
        assert [(mean.y[0], mean.x[0]) for mean in means] == [
            (value, pytest.approx(np.log10(first))) for first, _, value in norms.bands
        ]
        assert overlapping(figure, size) == outside(figure, size) == []
        assert list(figure.layout.xaxis.ticktext) == ["1", "10", "100", "1,000", "10,000"]
        low, high = figure.layout.yaxis.range
        assert low == 0
        assert high > max(dots.y)


@pytest.mark.parametrize("count", [1, 2, 11])
def test_lengths_of_few_words(count):
    figure = checked(norms_figure(norms_by_rank(random_set(count, 3))))
    left, right = figure.layout.xaxis.range
    assert left < 0 <= np.log10(count) < right
    checked(norms_figure(norms_by_rank(keyed_vectors(["a"], np.zeros((1, 2))))))


# bars and heatmap


def test_bars_are_as_long_as_cosines(vectors):
    found = neighbours("bank", vectors)
    figure = checked(word_bars(found))
    (bars,) = figure.data
    assert list(bars.x) == [cosine for _, cosine in found]
    assert list(figure.layout.yaxis.ticktext) == [word for word, _ in found]
    assert figure.layout.xaxis.range == (0, found[0][1])


def test_bars_of_negative_cosines_leave_room_for_their_numbers():
    figure = checked(word_bars((("a", 0.2), ("b", -0.6))))
    low, high = figure.layout.xaxis.range
    assert low < -0.6 - 0.2
    assert high == 0.2
    assert list(figure.data[0].text) == ["0.20", "−0.60"]
    for alone in (0.0, -0.4, 0.4):
        low, high = word_bars((("a", alone),)).layout.xaxis.range
        assert low < high


def test_the_odd_one_out_is_marked(vectors):
    one = odd_one_out(["loan", "money", "cash", "creek"], vectors)
    (bars,) = checked(odd_bars(one)).data
    assert [ODD in text for text in bars.text] == [False, False, False, True]
    assert bars.marker.color[-1] == palette("light").fills[0]
    assert len(set(bars.marker.color)) == 2


@pytest.mark.parametrize("count", [1, 6, 64, 65])
def test_the_heatmap_speaks_of_cosines(count):
    vectors = random_set(count, 8)
    words = vectors.index_to_key
    matrix = cosines(words, words, vectors)
    figure = cosine_heatmap(matrix, words)
    checked(figure)
    said = [text for trace in figure.data for text in [*(trace.hovertext or ()), trace.hovertemplate or ""]]
    assert not any("looks at" in text for text in said)
    assert any("cosine" in text for text in said)
    cells = figure.data[0]
    np.testing.assert_allclose(cells.z, matrix, atol=1e-6)
    assert cells.zmin == -cells.zmax
    if count == 6:
        points = figure.data[-1]
        at = list(zip(points.y, points.x, strict=True)).index((1, 3))
        assert points.hovertext[at] == f"word1 and word3<br>cosine {matrix[1, 3]:.3f}"
