"""Layer by layer: one plane for all layers, what is drawn and what is said come from the same numbers, and the page."""

from itertools import combinations

import numpy as np
import plotly.graph_objects as go
import pytest
from numpy.testing import assert_allclose
from sklearn.decomposition import PCA

from selfattn.core import transformer as package
from selfattn.core.senses import SENSES
from selfattn.core.transformer.meanings import Way, meanings_of, states_of
from selfattn.figures.labels import text_width
from selfattn.figures.palette import PHONE, Size
from selfattn.lessons.transformer import layers_prose as prose
from selfattn.lessons.transformer.layers_figure import STEPS, layer_by_layer
from selfattn.lessons.transformer.layers_paths import Track, follow, nearest_examples, plane_of
from tests import apps
from tests.apps import HOSTILE_TOGETHER, charts, edit, press, screen, sound, widget

PAGE = "pages/10_A_real_transformer.py"
TEXTS = (
    "The bank lends", "Fish swim near the bank", "A bank of fog", "The bank of the pond", "My bank account",
    "He swam to the bank with his money",
)  # fmt: skip
MINT = ("The mint struck silver coins", "We drank mint tea", "Mint grows in the garden", "The mint made new coins")
SIX = {"n": "6", **dict(zip("abcdef", TEXTS, strict=True))}
TALL = Size(PHONE.width, 660)
LOOKS = [(Size(1000, 372), "light"), (TALL, "dark"), (Size(1200, 640), "dark room"), (Size(460, 660), "light")]


@pytest.fixture(scope="module")
def transformer():
    return package.load()


@pytest.fixture(scope="module")
def followed(transformer):
    """What becomes of a word in sentences; None stands for one that cannot be used."""

    def of(word, *texts):
        return follow(transformer, word, [None if text is None else transformer(text) for text in texts])

    return of


@pytest.fixture(scope="module")
def six(followed):
    return followed("bank", *TEXTS)


def visit(**link):
    return apps.visit(PAGE, step="layers", **link)


def by_letter(figure, axis):
    """The curves of sentences in the map (x) or the rows (x2), by what their points say."""
    return {
        trace.hovertext[0][0]: trace
        for trace in figure.data
        if (trace.xaxis or "x") == axis and trace.hovertext and trace.hovertext[0][1:8] == ", layer"
    }


# the numbers


@pytest.mark.parametrize("word", ["bank", "seal", "bass"])
def test_the_plane_is_that_of_principal_components(word, transformer):
    plane, known = plane_of(transformer, word), meanings_of(transformer, word)
    rows = known.states - known.states.mean(axis=0)  # a mean taken off per layer
    rows[:, 0] = 0  # the same vector in all, but for its position
    theirs = PCA(2).fit(rows.reshape(-1, 384).astype(float))
    assert_allclose(np.abs((theirs.components_ * plane.axes.components).sum(axis=1)), 1, rtol=1e-4)
    assert plane.kept == pytest.approx(theirs.explained_variance_ratio_.sum(), rel=1e-4)
    ends = plane(known.means)
    assert_allclose(ends[:, 0], 0, atol=1e-9)
    assert ends[0, -1, 0] < ends[1, -1, 0]
    assert plane_of(transformer, word) is plane


def test_a_word_goes_from_one_point_to_where_its_states_are(six, transformer):
    plane = plane_of(transformer, "bank")
    for track, path in zip(six.tracks, six.paths, strict=True):
        states = states_of(transformer, TEXTS[track.role], "bank")
        assert_allclose(path[0], 0, atol=1e-9)
        assert_allclose(path[1:], (states - plane.centres)[1:] @ plane.axes.components.T, atol=1e-4)
    assert len(six.ways) == 6


def test_what_cannot_be_used_and_what_lacks_the_word_is_left_out(followed):
    found = followed("bank", "My bank", None, "No such word", "River bank flows")
    assert [track.letter for track in found.tracks] == ["A", "D"]
    assert prose.note(found).startswith("“bank” is not in C. Layer 0")
    assert followed("bank", None, "No such word") is None


def test_a_word_without_two_senses_has_distances(followed):
    found = followed("mint", *MINT)
    assert (found.meanings, found.ends, found.ways) == (None, None, [])
    pairs = dict(found.pairs)
    assert set(pairs) == {f"{one} and {other}" for one, other in combinations("ABCD", 2)}
    nearest, least = found.pairs[-1]
    assert nearest == "A and D"  # coins in both
    assert least[-1] == min(apart[-1] for apart in pairs.values())
    assert_allclose(pairs["A and B"], found.apart[:, 0, 1])


def test_the_nearest_example_is_another_sentence(followed, transformer):
    text = SENSES["bank"].examples["river"][1]
    found = followed("bank", text, "She opened an account at the bank")
    (first, sense, apart), (_, other, _) = nearest_examples(found, transformer.means)
    assert (first != text, sense, other) == (True, "river", "finance")
    assert 0 < apart < 1


# the picture


@pytest.mark.parametrize(("size", "theme"), LOOKS)
@pytest.mark.parametrize(("word", "texts"), [("bank", TEXTS[:2]), ("bank", TEXTS), ("mint", MINT[:2]), ("mint", MINT)])
def test_the_picture_is_valid_and_ends_where_the_numbers_say(word, texts, size, theme, followed):
    found = followed(word, *texts)
    figure = go.Figure(layer_by_layer(found, 6, size=size, theme=theme).to_dict())
    for track, path in zip(found.tracks, found.paths, strict=True):
        drawn = by_letter(figure, "x")[track.letter]
        assert_allclose(np.column_stack([drawn.x, drawn.y]), [*path, path[-1]], atol=1e-3)
    for track, way in found.ways:
        drawn = by_letter(figure, "x2")[track.letter]
        assert_allclose(drawn.x, [*way.places, way.places[-1]], atol=1e-3)
        assert list(drawn.y) == [*range(7), 6]
    assert len({frame.name for frame in figure.frames}) == 6 * STEPS + 1
    for frame, layer in ((figure.frames[0], 0), (figure.frames[2 * STEPS], 2), (figure.frames[-1], 6)):
        stopped = layer_by_layer(found, layer, size=size, theme=theme, animated=False).to_dict()["data"]
        for place, moved in zip(frame.traces, frame.data, strict=True):
            if "text" not in stopped[place]:
                assert_allclose([moved.x, moved.y], [stopped[place]["x"], stopped[place]["y"]], atol=1e-3)


def boxes_of(figure, size, axis):
    """Each name of the map or the rows, and each tip, as boxes of pixels."""
    layout, ends = figure.layout, {"x": ("xaxis", "yaxis"), "x2": ("xaxis2", "yaxis2")}[axis]
    whole = size.width - layout.margin.l - layout.margin.r, size.height - layout.margin.t - layout.margin.b

    def pixel(value, name, across):
        (low, high), (start, end) = layout[name].range, layout[name].domain
        share = (value - low) / (high - low) if across else (high - value) / (high - low)
        return share * (end - start) * whole[not across]

    names, tips = [], []
    for trace in figure.data:
        if (trace.xaxis or "x") != axis or not trace.x:
            continue
        if trace.text is None:
            x, y = pixel(trace.x[-1], ends[0], True), pixel(trace.y[-1], ends[1], False)
            half = 0 if np.isscalar(trace.marker.size) else trace.marker.size[-1] / 2
            tips.append((x - half, y - half, x + half, y + half))
            continue
        texts = trace.text, trace.textfont.size, trace.textposition, trace.marker.size
        for place_x, place_y, text, points, side, marker in zip(trace.x, trace.y, *texts, strict=True):
            shown, gap = text.replace("<b>", "").replace("</b>", ""), marker / 2 / 0.8 + 1
            half = text_width(shown, points) / 2, 0.6 * points
            down, right = ({"top": -1, "left": -1, "bottom": 1, "right": 1}.get(word, 0) for word in side.split())
            x = pixel(place_x, ends[0], True) + right * (half[0] + gap)
            y = pixel(place_y, ends[1], False) + down * (half[1] + gap)
            names.append((x - half[0], y - half[1], x + half[0], y + half[1]))
    return names, tips


def shared(one, other):
    return max(0, min(one[2], other[2]) - max(one[0], other[0])) * max(0, min(one[3], other[3]) - max(one[1], other[1]))


@pytest.mark.parametrize(("size", "theme"), LOOKS)
@pytest.mark.parametrize("layer", [0, 3, 6])
def test_names_stand_apart_and_beside_the_dots(layer, size, theme, six, followed):
    for found in (six, followed("bank", *TEXTS[:2]), followed("mint", *MINT)):
        figure = go.Figure(layer_by_layer(found, layer, size=size, theme=theme).to_dict())
        for axis in ("x", "x2"):
            names, tips = boxes_of(figure, size, axis)
            assert len(names) >= (len(found.tracks) if axis == "x" or found.meanings else 1)
            crowded = (found is six and layer < 6) or layer == 0  # six names around one point
            assert crowded or not any(shared(*pair) > 12 for pair in combinations(names, 2)), (layer, axis)
            assert crowded or not any(shared(name, tip) > 40 for name in names for tip in tips), (layer, axis)


def test_what_moves_is_small(six):
    figure = layer_by_layer(six, 6).to_dict()
    assert sum(len(moved["x"]) for frame in figure["frames"] for moved in frame["data"]) < 25 * 14 * 8 + 25 * 16


# what is said


def way_of(*places):
    return Way(np.array([0, *places], dtype=float), ("finance", "river"))


def landed(*places, text="Any bank"):
    track = Track(1, text, np.zeros((len(places) + 1, 1), dtype=np.float32), way_of(*places))
    return prose._landed("bank", track, track.way)


def test_what_is_said_of_a_way_is_its_numbers():
    assert landed(0.4, 0.5, 0.84) == "In B “bank” is with river from layer 1 on (+0.84 at layer 3)."
    assert landed(0.05, 0.5, 0.84) == (
        "In B “bank” stays in the middle at first, then is with river from layer 2 on (+0.84 at layer 3)."
    )
    assert landed(-0.5, 0.5, 0.84).startswith("In B “bank” goes to finance first, then is with river from layer 2 on")
    assert landed(-0.5, 0.5, -0.3, 0.2).startswith("In B “bank” wavers, then is with river only at layer 4")
    assert landed(0.5, 0.05, 0.2).startswith("In B “bank” wavers, then is with river only at layer 3")
    assert landed(0.5, -0.3, 0.2).startswith("In B “bank” wavers, then is with river only at layer 3")
    assert landed(0.5, 0.09) == "In B “bank” goes to river first, then ends on neither side (+0.09 at layer 2)."
    assert (
        landed(0.0, 0.02) == "In B “bank” stays in the middle at first, then ends on neither side (+0.02 at layer 2)."
    )


def test_a_wrong_side_is_said_where_the_sense_is_known():
    right = SENSES["bank"].examples["river"][1]
    assert prose.meant("bank", f"{right.upper()}!") == "river"
    assert prose.meant("bank", "a sentence of one's own about a bank") is None
    assert landed(-0.4, -0.5, text=right).endswith("That is wrong: here it means river.")
    assert "wrong" not in landed(0.4, 0.5, text=right)
    assert "wrong" not in landed(0.4, 0.02, text=right)


def test_of_many_sentences_the_sides_are_told_together(six):
    said, *more = prose.finding(six, 6)
    for track, way in six.ways:
        assert f"{track.letter} ({way.lean.after:+.2f})".replace("-", "−") in said
    late = [f"{track.letter} at layer {way.lands}" for track, way in six.ways if way.lands and way.lands > 1]
    assert more == [f"It lands late in {late[0]} and {late[1]}."]
    assert prose.finding(six, 2)[0].startswith("At layer 2 “bank” is with finance in A (")
    assert "one point" in prose.finding(six, 0)[0]


def test_of_distances_the_nearest_and_the_farthest_are_named(followed):
    found = followed("mint", *MINT)
    (said,) = prose.finding(found, 6)
    assert said.startswith("At layer 6 “mint” is most alike in A and D (1 − cosine 0.04), and least in A and B (0.2")
    (said,) = prose.finding(followed("mint", *MINT[:2]), 6)
    assert said.startswith("In A and B “mint” parts: 1 − cosine is 0.01 at layer 0 and 0.2")
    (said,) = prose.finding(followed("mint", MINT[0], MINT[0]), 6)
    assert said == "In A and B “mint” is the same in all layers."
    (said,) = prose.finding(followed("riverbank", "riverbank", "The riverbank is wet"), 6)
    assert "hardly parts" in said


def test_the_alt_text_goes_as_far_as_the_picture(six):
    assert prose.alt(six, 6).count("A 0.00, ") == 1
    first = ", ".join(f"{place:.2f}" for place in six.ways[0][1].places[:3]).replace("-", "−")
    assert f"A {first};" in prose.alt(six, 2)
    assert f"{six.kept:.0%}".replace("%", " %") in prose.alt(six, 2)


def test_every_question_has_its_answer_among_the_guesses(six, followed):
    for found in (six, followed("mint", *MINT), followed("mint", *MINT[:2])):
        asked, options, truth, _ = prose.question(found)
        assert truth in options
        assert f"“{found.word}”" in asked
    assert prose.question(six)[2] == f"layer {six.ways[-1][1].lands}"
    assert prose.question(followed("mint", *MINT))[2] == "A and D"


# the page


def test_two_sentences_part():
    at = visit()
    said = screen(at)
    assert "In A “bank” is with finance from layer 1 on (−0.39 at layer 6)." in said
    assert "In B “bank” is with river from layer 1 on (+0.61 at layer 6)." in said
    assert "5 and 5 example sentences, A and B among them" in said
    assert charts(at)["layers"].startswith("Paths of “bank” in A and B")
    at.slider(key="upto").set_value(2)
    sound(at.run())
    assert "At layer 2 “bank” is with finance in A (−0.5" in screen(at)
    edit(at, b="The bank lends money")
    assert "with finance in A (−0.55) and B (" in screen(at)


def test_six_sentences_and_their_table():
    at = visit(**SIX, tables="numbers", hidden="0")
    assert "At layer 6 “bank” is with finance in A" in screen(at)
    layers, nearest = (table.value for table in at.dataframe)
    assert list(layers.columns) == ["layer", *"ABCDEF"]
    assert layers.shape == (7, 7)
    assert set(nearest["its sense"]) == {"finance", "river"}


def test_a_word_without_two_senses_is_compared():
    at = visit(n="4", **dict(zip("abcd", MINT, strict=True)), tables="numbers")
    assert "“mint” is most alike in A and D" in screen(at)
    assert "No two senses of “mint” are known here" in screen(at)
    (table,) = (table.value for table in at.dataframe)
    assert "A and D" in table.columns


def test_one_sentence_is_enough_for_a_word_with_two_senses_and_not_for_another():
    at = visit(b="李")
    assert "In A “bank” is with finance" in screen(at)
    at = visit(a="Green grass", b="李", word="green")
    assert "takes two sentences to compare" in screen(at)
    assert "layers" not in charts(at)


def test_it_asks_first_and_the_answer_is_the_number_drawn():
    at = visit(hidden="1")
    assert "from which layer on is “bank” on the side where it ends?" in screen(at)
    assert "layers" not in charts(at)
    widget(at, "chosen guess").set_value("layer 3")
    sound(at.run())
    press(at, "reveal")
    assert "You said “layer 3”. It is “layer 1”, with river, at +0.61 in the end." in screen(at)
    assert "layers" in charts(at)


def test_hostile_text_is_text():
    at = visit(a=f"{HOSTILE_TOGETHER} bank", b="River bank flows", n="3", c="<b>bank</b>")
    assert "“bank” is with" in screen(at)
    at = visit(a="<img src=x> rust", b="rust & <script>", word="<", hidden="1")
    assert "“<”" in screen(at)


@pytest.mark.parametrize(("word", "texts"), [("bank", TEXTS[:2]), ("mint", MINT)])
def test_the_code_computes_what_the_screen_shows(word, texts, followed):
    found, names = followed(word, *texts), {}
    at = visit(view="code", word=word, n=str(len(texts)), **dict(zip("abcd", texts, strict=False)))
    exec(at.code[0].value, names)
    assert names["kept"] == pytest.approx(found.kept, rel=1e-3)
    for text, path in zip(texts, found.paths, strict=True):
        assert_allclose(np.abs(names["paths"][text]), np.abs(path), atol=2e-3)
    for text, (_, way) in zip(texts, found.ways, strict=False):
        assert_allclose(names["places"][text], way.places, atol=1e-4)
    if not found.ways:
        assert_allclose(names["apart"], found.apart, atol=1e-5)
