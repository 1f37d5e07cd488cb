"""Meaning in motion: what is drawn ends where the numbers say, and labels stay apart."""

import html
import re
from dataclasses import replace
from itertools import combinations

import numpy as np
import plotly.graph_objects as go
import pytest

from selfattn.core.contextual import attend_sentence, space_of
from selfattn.core.heaviest import SHOWN as LINES
from selfattn.core.presets import PRESETS
from selfattn.core.scene import Shown, build_scene
from selfattn.core.senses import SENSES, AmbiguousWord
from selfattn.core.sentences import embed
from selfattn.core.space import space
from selfattn.core.vectors import keyed_vectors
from selfattn.figures.labels import RINGS, text_width
from selfattn.figures.line import row_height
from selfattn.figures.marks import unseen
from selfattn.figures.motion import DOTS, meaning_in_motion
from selfattn.figures.motion_view import view
from selfattn.figures.palette import LETTERS, PHONE, Size, palette
from tests.covering import combined

HOME, ROOM = Size(640, 470), Size(1000, 730)
THEMES = ["light", "dark", "light room", "dark room"]
SCREENS = [  # the smallest sizes that pages ask for
    (HOME, "light"), (PHONE, "light"), (Size(600, 450), "light"), (Size(900, 640), "light room"), (ROOM, "dark room"),
]  # fmt: skip
SHOWN = [  # a screen, how many sentences, and whether their pulls are drawn
    *((screen, 2, False) for screen in SCREENS), ((Size(640, 420), "light"), 3, False),
    *((screen, 4, True) for screen in ((Size(640, 545), "light"), (Size(1000, 700), "light room"))),
    ((Size(640, 545), "dark"), 1, True), ((PHONE, "light"), 2, True), ((Size(1000, 700), "light room"), 4, False),
]  # fmt: skip
TEXTS = ["Money bank grows", "River bank flows", "The bank approved our loan", "Fish swim near the bank"]


def scene_of(vectors, texts, word="bank", preset="balanced", sense=..., on_words=False):
    settings = PRESETS[preset]
    shown = []
    for role, text in enumerate(texts):
        sentence = embed(text, vectors)
        shown.append(Shown(role, sentence, attend_sentence(sentence, vectors, settings), sentence.index(word)))
    place, sense = space_of(vectors, settings), SENSES[word] if sense is ... else sense
    return build_scene(word, shown, vectors, place, sense=sense, on_words=on_words)


def examples(word, count):
    """The first example sentences, the senses by turns."""
    first, second = SENSES[word].examples.values()
    return [text for pair in zip(first, second, strict=False) for text in pair][:count]


def on_map(figure):
    return [trace for trace in figure.data if trace.yaxis != "y2"]


def on_strip(figure):
    """The rings on the line under the map, and the mark of each sentence."""
    rings, *marks = (trace for trace in figure.data if trace.yaxis == "y2")
    return rings, marks


def dots(figure, said):
    return [trace for trace in on_map(figure) if any(said in text for text in trace.hovertext or ())]


def notes(figure, foot):
    return [note for note in figure.layout.annotations if (note.xref == "paper") == foot]


def texts(figure):
    """The traces that write: the names of the arrivals, which move with these, and those that stay."""
    return [trace for trace in on_map(figure) if trace.text is not None]


def bold_texts(figure):
    every = [note.text for note in notes(figure, foot=False)] + [text for trace in texts(figure) for text in trace.text]
    return {bare(text) for text in every if text.startswith("<b>")}


def bare(text):
    return html.unescape(re.sub(r"</?b>", "", text))


def ends(trace):
    return np.array([trace.x[0], trace.y[0]]), np.array([trace.x[-1], trace.y[-1]])


# labels in pixels, as Plotly places them


def plot_size(figure, width):
    margin = figure.layout.margin
    return width - margin.l - margin.r, figure.layout.height - margin.t - margin.b


def map_size(figure, width):
    across, down = plot_size(figure, width)
    low, high = figure.layout.yaxis.domain or (0, 1)
    return across, (high - low) * down


def pixel(x, y, figure, width):
    across, down = map_size(figure, width)
    (left, right), (bottom, top) = figure.layout.xaxis.range, figure.layout.yaxis.range
    return (x - left) / (right - left) * across, (top - y) / (top - bottom) * down


def around(x, y, text, size):
    wide, high = text_width(text, size), 1.2 * size
    return x - wide / 2, y - high / 2, x + wide / 2, y + high / 2


def annotated(figure, width):
    for note in notes(figure, foot=False):
        (x, y), text = pixel(note.x, note.y, figure, width), bare(note.text)
        if note.showarrow:  # pixels from the point, at one edge of the text
            half = text_width(text, note.font.size) / 2
            x, y = x + note.ax + {"left": half, "right": -half, "center": 0}[note.xanchor], y + note.ay
        else:
            x, y = x + note.xshift, y - note.yshift
        yield text, note.text.startswith("<b>"), around(x, y, text, note.font.size)


def written(figure, width):
    each = [
        label
        for trace in texts(figure)
        for label in zip(
            trace.x, trace.y, trace.text, trace.textfont.size, trace.textposition, trace.marker.size, strict=True
        )
    ]
    for point_x, point_y, shown, size, position, marker in each:
        text, gap = bare(shown), marker / 2 / 0.8 + 1  # Plotly's own distance from a marker
        x, y = pixel(point_x, point_y, figure, width)
        down, right = ({"top": -1, "left": -1, "bottom": 1, "right": 1}.get(side, 0) for side in position.split())
        x, y = x + right * (gap + text_width(text, size) / 2), y + down * (gap + 0.6 * size)
        yield text, shown.startswith("<b>"), around(x, y, text, size)


def labels(figure, width):
    """Every label in the plot: (text, whether it is important, left, top, right, bottom)."""
    return [*annotated(figure, width), *written(figure, width)]


def overlap(one, other):
    return min(one[2], other[2]) - max(one[0], other[0]) > 1e-6 and min(one[3], other[3]) - max(one[1], other[1]) > 1e-6


def overlapping(figure, width, important=False):
    drawn = [(text, box) for text, must, box in labels(figure, width) if must or not important]
    return [(one, other) for (one, a), (other, b) in combinations(drawn, 2) if overlap(a, b)]


# every figure


@pytest.mark.parametrize(("n", "theme"), combined([1, 3, 16, 17, 64, 65, 512], THEMES))
def test_every_figure_is_valid(vectors, n, theme):
    filling = [word for word in vectors.index_to_key if word.isalpha() and word != "bank"][: n - 1]
    for sense in (SENSES["bank"], None):
        scene = scene_of(vectors, [" ".join([*filling, "bank"]), "river bank"], sense=sense)
        for pulls, animated, size in ((False, False, PHONE), (True, True, HOME)):
            figure = meaning_in_motion(scene, size=size, show_pulls=pulls, animated=animated, theme=theme)
            go.Figure(figure.to_dict())  # raises where anything is not Plotly's
            assert figure.layout.height == size.height
            assert plot_size(figure, size.width)[1] > size.height / 2, "the plot, not its foot, fills the figure"
            assert len(figure.layout.annotations) < 60


@pytest.mark.parametrize(
    ("texts", "preset"), combined([["bank"], ["bank", "bank bank"], TEXTS, [*TEXTS, "bank", "a bank"]], PRESETS)
)
def test_every_number_of_sentences_is_drawn(vectors, texts, preset):
    for sense in (SENSES["bank"], None):
        figure = meaning_in_motion(scene_of(vectors, texts, preset=preset, sense=sense), show_pulls=True, animated=True)
        go.Figure(figure.to_dict())
        assert len(dots(figure, "the contextual vector")) == len(dots(figure, "pulls with")) == len(texts)


# places


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("on_words", [False, True])
def test_arrows_and_pulls_run_from_the_static_to_the_contextual_point(vectors, preset, on_words):
    scene = scene_of(vectors, TEXTS, preset=preset, on_words=on_words)
    figure = meaning_in_motion(scene, show_pulls=True)
    arrows, chains = dots(figure, "the contextual vector"), dots(figure, "pulls with")
    for mover, arrow, chain in zip(scene.movers, arrows, chains, strict=True):
        for drawn in (arrow, chain):
            start, end = ends(drawn)
            np.testing.assert_allclose(start, mover.static, rtol=0, atol=1e-9)
            np.testing.assert_allclose(end, mover.contextual, rtol=0, atol=1e-9)
        corners = np.stack([chain.x, chain.y], axis=1)
        np.testing.assert_allclose(np.diff(corners, axis=0), mover.steps, rtol=0, atol=1e-9)


def test_each_pull_says_its_word_and_weight(vectors):
    scene = scene_of(vectors, TEXTS[:2])
    chains = dots(meaning_in_motion(scene, show_pulls=True), "pulls with")
    for mover, chain in zip(scene.movers, chains, strict=True):
        pulls = zip(mover.tokens, mover.weights, strict=True)
        assert list(chain.hovertext) == ["", *(f"{token} pulls with {weight:.2f}" for token, weight in pulls)]


def test_pulls_are_drawn_on_request_only(vectors):
    assert not dots(meaning_in_motion(scene_of(vectors, TEXTS)), "pulls with")


def test_the_static_word_is_one_hollow_ring_at_its_point(vectors):
    scene = scene_of(vectors, TEXTS)
    (ghost,) = dots(meaning_in_motion(scene), "the static vector")
    (at,) = [place for place, symbol in enumerate(ghost.marker.symbol) if symbol == "circle-open"]
    assert "the static vector" in ghost.hovertext[at]
    np.testing.assert_allclose([ghost.x[at], ghost.y[at]], scene.static)


def test_arrows_have_the_colour_and_the_letter_of_their_sentence(vectors):
    figure = meaning_in_motion(scene_of(vectors, TEXTS))
    for role, arrow in enumerate(dots(figure, "the contextual vector")):
        assert arrow.line.color == arrow.marker.color == palette("light").fills[role]
        assert arrow.hovertext[1].startswith(LETTERS[role])
    assert bold_texts(figure) == {
        "bank, static", "A: bank′", "B: bank′", "C: bank′", "D: bank′",
    }  # fmt: skip


def test_sentences_may_be_named_otherwise(vectors):
    scene = replace(scene_of(vectors, ["Money <b> bank", "river bank"]), names=("before", "after"))
    figure = meaning_in_motion(scene, show_pulls=True)
    arrows = dots(figure, "the contextual vector")
    assert [arrow.hovertext[1] for arrow in arrows] == [f"{name}: the contextual vector" for name in scene.names]
    assert {"before: bank′", "after: bank′"} <= bold_texts(figure)
    assert any("(in before)" in text for trace in figure.data for text in trace.hovertext or ())


@pytest.mark.parametrize("show_pulls", [False, True])
def test_every_point_is_inside_the_plot(vectors, show_pulls):
    figure = meaning_in_motion(scene_of(vectors, TEXTS), show_pulls=show_pulls)
    (left, right), (bottom, top) = figure.layout.xaxis.range, figure.layout.yaxis.range
    for trace in figure.data:
        assert len(trace.x) == len(trace.y)
        assert all(left < x < right for x in trace.x)
        assert all(bottom <= y < top for y in trace.y), "the way down to the line ends at the edge"


# the line under the map


@pytest.mark.parametrize(("preset", "theme"), combined(PRESETS, THEMES))
@pytest.mark.parametrize("on_words", [False, True])
def test_a_mark_stands_straight_under_its_dot_and_says_where_the_word_is(vectors, preset, theme, on_words):
    scene = scene_of(vectors, TEXTS, preset=preset, on_words=on_words)
    for way in (0.0, 0.4, 1.0):
        figure = meaning_in_motion(scene, way=way, theme=theme)
        rings, marks = on_strip(figure)
        assert list(rings.x) == [mover.lean.before for mover in scene.movers]
        assert list(rings.y) == list(range(len(TEXTS)))
        for row, (mover, mark, arrow) in enumerate(
            zip(scene.movers, marks, dots(figure, "the contextual vector"), strict=True)
        ):
            assert mark.xaxis == arrow.xaxis
            np.testing.assert_allclose(mark.x, arrow.x, rtol=0, atol=1e-9)
            assert list(mark.y) == [row, row]
            assert mark.hovertext[1] == f"{LETTERS[row]}: {mover.lean.caption}"
            assert mark.line.color == mark.marker.color == palette(theme).fills[row]


def test_static_is_hollow_on_the_line_and_contextual_full(vectors):
    rings, marks = on_strip(meaning_in_motion(scene_of(vectors, TEXTS)))
    colours = palette("light")
    assert (rings.marker.color, rings.marker.line.color) == (colours.paper, colours.quiet)
    assert rings.marker.line.width > 0
    assert all(mark.marker.opacity == 1 and mark.marker.size[1] > 0 == mark.marker.size[0] for mark in marks)


@pytest.mark.parametrize(("size", "theme"), SCREENS)
def test_the_line_lies_under_the_map_with_its_rows_and_the_middle(vectors, size, theme):
    scene = scene_of(vectors, TEXTS)
    figure = meaning_in_motion(scene, size=size, theme=theme)
    layout = figure.layout
    assert layout.xaxis.anchor == "y2"
    assert (layout.yaxis2.domain[0], layout.yaxis2.domain[1]) == (0, layout.yaxis.domain[0])
    high = plot_size(meaning_in_motion(scene, size=size, theme=theme), size.width)[1] * layout.yaxis2.domain[1]
    assert high >= len(TEXTS) * 1.2 * palette(theme).label, "a row takes a line of type"
    rows = [shape for shape in layout.shapes if shape.yref == "y2"]
    assert [(row.y0, row.y1) for row in rows] == [(at, at) for at in range(len(TEXTS))]
    assert {(row.x0, row.x1) for row in rows} == {tuple(layout.xaxis.range)}
    assert layout.yaxis2.range[0] > len(TEXTS) - 1 > 0 > layout.yaxis2.range[1], "the first row is on top"
    (middle,) = (shape for shape in layout.shapes if shape.yref == "paper")
    assert (middle.x0, middle.x1, middle.y0, middle.y1) == (0, 0, 0, 1)
    drops = [trace for trace in figure.data if trace.line.dash == DOTS]
    for drop, mover in zip(drops, scene.movers, strict=True):
        x, y = mover.contextual
        np.testing.assert_allclose((*drop.x, *drop.y), (x, x, layout.yaxis.range[0], y))


@pytest.mark.parametrize(("size", "theme"), SCREENS)
def test_a_mark_is_named_where_its_name_fits_on_the_side_to_which_it_moves(vectors, size, theme):
    named = {}
    for names in ("AB", ("before", "after"), ("interest + money", "water + shore")):
        for word in ("bank", "spring", "jam"):
            scene = replace(scene_of(vectors, examples(word, 2), word, "trained"), names=tuple(names))
            figure = meaning_in_motion(scene, size=size, theme=theme)
            across = plot_size(figure, size.width)[0]
            for name, mover, mark in zip(names, scene.movers, on_strip(figure)[1], strict=True):
                wide = text_width(name, palette(theme).label) + mark.marker.size[1] / 2
                x = pixel(mover.lean.after, 0, figure, size.width)[0]
                right = mover.lean.after > mover.lean.before
                room = across - x if right else x
                named[len(name), room] = "text" in mark.mode
                if "text" in mark.mode:
                    assert bare(mark.text[1]).strip() == name
                    assert mark.textposition[1] == f"middle {'right' if right else 'left'}"
                    assert wide < room
                else:
                    assert room < wide + 0.6 * palette(theme).label, "a space more"
    assert all(shown for (letters, _), shown in named.items() if letters == 1)


@pytest.mark.parametrize("sense", [None, SENSES["bank"].with_poles(["money"], ["money"])])
def test_without_a_line_there_is_no_strip(vectors, sense):
    figure = meaning_in_motion(scene_of(vectors, TEXTS, sense=sense), animated=True)
    go.Figure(figure.to_dict())
    assert not [trace for trace in figure.data if trace.yaxis == "y2"]
    assert not figure.layout.shapes
    assert len(figure.frames[0].data) == len(TEXTS) + 1, "and their names"


@pytest.fixture(scope="module")
def plain():
    """A scene of vectors of two numbers."""
    rows = {"bank": (3, 2), "money": (4, 1), "loan": (5, 1), "river": (1, 4), "water": (1, 5)}
    small = keyed_vectors(list(rows), np.array(list(rows.values()), dtype=float))
    shown = [
        Shown(role, sentence, attend_sentence(sentence, small, PRESETS["balanced"]), sentence.index("bank"))
        for role, sentence in enumerate(embed(text, small) for text in ("money bank", "river bank"))
    ]
    sense = AmbiguousWord("bank", {"finance": ("money", "loan"), "river": ("river", "water")}, {})
    return build_scene("bank", shown, small, space(small), sense=sense)


@pytest.mark.parametrize("theme", THEMES)
def test_two_numbers_have_no_strip_but_the_border_between_the_senses(plain, theme):
    figure = meaning_in_motion(plain, theme=theme, animated=True)
    go.Figure(figure.to_dict())
    assert not [trace for trace in figure.data if trace.yaxis == "y2"]
    assert len(figure.frames[0].data) == len(plain.movers) + 1
    (border,) = figure.layout.shapes
    ends = np.array([[border.x0, border.y0], [border.x1, border.y1]])
    np.testing.assert_allclose(plain.line(ends), 0, atol=1e-9)  # neither sense is nearer anywhere on it
    corners = np.array([[x, y] for x in figure.layout.xaxis.range for y in figure.layout.yaxis.range])
    across = (ends[1] - ends[0]) / np.linalg.norm(ends[1] - ends[0])
    assert ((corners - ends[0]) @ across).min() > 0 > ((corners - ends[1]) @ across).max(), "it crosses the whole plot"


# the animation


@pytest.mark.parametrize("show_pulls", [False, True])
def test_the_animation_runs_from_the_static_point_to_the_still_figure(vectors, show_pulls):
    scene = scene_of(vectors, TEXTS)
    still = meaning_in_motion(scene, show_pulls=show_pulls)
    figure = meaning_in_motion(scene, show_pulls=show_pulls, animated=True)
    first, last = figure.frames[0], figure.frames[-1]
    arrows = [figure.data.index(arrow) for arrow in dots(figure, "the contextual vector")]
    marks = [figure.data.index(mark) for mark in on_strip(figure)[1]]
    assert list(first.traces[: len(arrows + marks)]) == arrows + marks
    for frame, places in ((first, "static"), (last, "contextual")):
        *drops, names = frame.data[len(arrows + marks) :]
        for at, (mover, drop) in enumerate(zip(scene.movers, drops, strict=True)):
            for moved in ((drop.x[1], drop.y[1]), (names.x[at], names.y[at])):
                np.testing.assert_allclose(moved, getattr(mover, places), err_msg="line and name move with the dot")
    for at, mover in enumerate([*scene.movers, *scene.movers]):
        start = mover.static if at < len(arrows) else (mover.lean.before, at - len(arrows))
        for end in ends(first.data[at]):
            np.testing.assert_array_equal(end, start)
        end = last.data[at].to_plotly_json()
        assert end.keys() == {"x", "y", "type"}, "all else is the trace's own, and need not be sent 25 times"
        for drawn in (figure, still):
            shown = drawn.data[last.traces[at]].to_plotly_json()
            np.testing.assert_array_equal([end["x"], end["y"]], [shown["x"], shown["y"]])
    assert len(figure.data) == len(still.data) + 1, "names that do not move are not in every frame"


def test_the_way_is_straight_and_even(vectors):
    figure = meaning_in_motion(scene_of(vectors, TEXTS[:1]), animated=True)
    tips = np.array([ends(frame.data[0])[1] for frame in figure.frames])
    steps = np.diff(tips, axis=0)
    np.testing.assert_allclose(steps, np.broadcast_to(steps[0], steps.shape), atol=1e-9)


@pytest.mark.parametrize("animated", [False, True])
@pytest.mark.parametrize("way", [0.0, 0.05, 0.5, 1.0])
def test_on_the_way_every_arrow_has_gone_the_same_share(vectors, way, animated):
    scene = scene_of(vectors, TEXTS)
    figure, whole = (meaning_in_motion(scene, way=share, animated=animated) for share in (way, 1.0))
    for mover, arrow in zip(scene.movers, dots(figure, "the contextual vector"), strict=True):
        start, end = ends(arrow)
        np.testing.assert_array_equal(start, mover.static)
        np.testing.assert_allclose(end, (1 - way) * mover.static + way * mover.contextual, atol=1e-12)
    assert len(figure.data) == len(whole.data)
    assert figure.layout == whole.layout, "labels and axes stay where they are"
    for frame, other in zip(figure.frames, whole.frames, strict=True):
        assert frame == other, "Play always runs the whole way"


def test_play_and_pause_name_the_frames(vectors):
    figure = meaning_in_motion(scene_of(vectors, TEXTS), animated=True)
    frames = [frame.name for frame in figure.frames]
    assert len(set(frames)) == len(frames)
    assert (frames[0], frames[-1]) == ("0%", "100%")
    (menu,) = figure.layout.updatemenus
    assert not figure.layout.sliders, "the way is chosen with a slider of the page, which the keyboard reaches"
    play, pause = menu.buttons
    assert "Play" in play.label
    assert play.args[0] is None  # all frames
    seconds = play.args[1]["frame"]["duration"] * len(frames) / 1000
    assert 0.8 < seconds < 2
    assert "Pause" in pause.label
    assert list(pause.args[0]) == [None]  # Plotly's way to say: stop
    assert pause.args[1]["mode"] == "immediate"
    assert {play.method, pause.method} == {"animate"}
    anchors = menu.x, menu.xanchor, menu.y, menu.yanchor
    assert anchors == (0, "left", 0, "bottom"), "else Plotly takes their width from the plot"


def test_without_animation_there_are_no_frames_and_no_controls(vectors):
    figure = meaning_in_motion(scene_of(vectors, TEXTS))
    assert not figure.frames
    assert not figure.layout.updatemenus
    assert not figure.layout.sliders


# words


@pytest.mark.parametrize("word", SENSES)
def test_the_senses_are_named_at_their_ends_and_the_variance_is_stated(vectors, word):
    scene = scene_of(vectors, examples(word, 2), word)
    first, second = scene.poles
    assert first.points[:, 0].mean() < second.points[:, 0].mean()
    for size, theme in SCREENS:
        figure = meaning_in_motion(scene, size=size, theme=theme)
        left, middle, right = sorted(notes(figure, foot=True), key=lambda note: note.x)
        assert (left.x, bare(left.text)) == (0, f"← {first.name}")
        assert (right.x, bare(right.text)) == (1, f"{second.name} →")
        assert (left.font.color, right.font.color) == palette(theme).inks[:2]
        assert f"{scene.explained_variance[0] + scene.explained_variance[1]:.0%}" in middle.text
        assert room_at_the_foot(figure, size.width) > 0


def room_at_the_foot(figure, width):
    """Pixels between the text in the middle and the longer of the names at the ends."""
    left, middle, right = (
        text_width(bare(note.text), note.font.size)
        for note in sorted(notes(figure, foot=True), key=lambda note: note.x)
    )
    return (plot_size(figure, width)[0] - middle) / 2 - max(left, right)


@pytest.mark.parametrize(("size", "theme"), SCREENS)
def test_long_names_of_senses_get_the_room_of_the_middle_and_are_cut_only_then(vectors, size, theme):
    for name in ("electrotechnics", "e" * 60, "电" * 60):
        sense = AmbiguousWord(
            "bank", {name: SENSES["bank"].poles["finance"], "river": SENSES["bank"].poles["river"]}, {}
        )
        scene = scene_of(vectors, TEXTS[:2], sense=sense)
        figure = meaning_in_motion(scene, size=size, theme=theme)
        left, middle, _ = (bare(note.text) for note in sorted(notes(figure, foot=True), key=lambda note: note.x))
        assert room_at_the_foot(figure, size.width) > 0
        shown = left.removeprefix("← ")
        assert shown == name or (shown.endswith("…") and name.startswith(shown[:-1]))
        assert f"{sum(scene.explained_variance):.0%}" in middle
        if shown != name and len(shown) < 24:
            assert len(middle) < len("keep 48% of the variance"), "first the text in the middle gives way"


def test_without_poles_no_end_is_named(vectors):
    (note,) = notes(meaning_in_motion(scene_of(vectors, TEXTS, sense=None)), foot=True)
    assert "%" in note.text


def test_words_are_escaped(vectors):
    typed = "<bank> & <river>"
    sentence = embed(["bank", typed, "river"], vectors)
    trace, place = attend_sentence(sentence, vectors, PRESETS["balanced"]), space_of(vectors, PRESETS["balanced"])
    renamed = AmbiguousWord("bank", dict(zip((typed, "b"), SENSES["bank"].poles.values(), strict=True)), {})
    scene = build_scene("bank", [Shown(0, sentence, trace, 0)], vectors, place, sense=renamed)
    figure = meaning_in_motion(replace(scene, names=(typed,)), size=ROOM)
    hovers = [text for trace in figure.data for text in (*(trace.hovertext or ()), *(trace.text or ()))]
    shown = [note.text for note in figure.layout.annotations] + hovers
    assert any("&lt;bank&gt;" in text for text in shown)
    assert not any("<bank>" in text for text in shown)


# labels


@pytest.mark.parametrize(("word", "shown"), combined(SENSES, SHOWN))
def test_labels_do_not_overlap_and_stay_inside(vectors, word, shown):
    (size, theme), count, pulls = shown
    for preset in ("balanced", "trained"):
        scene = scene_of(vectors, examples(word, count), word, preset)
        figure = meaning_in_motion(scene, size=size, show_pulls=pulls, animated=pulls, theme=theme)
        assert overlapping(figure, size.width) == []
        across, down = map_size(figure, size.width)
        for text, _, (left, top, right, bottom) in labels(figure, size.width):
            assert left > -1 and top > -1 and right < across + 1 and bottom < down + 1, text  # noqa: PT018


@pytest.mark.parametrize("preset", ["balanced", "trained", "scaled"])
def test_where_the_word_arrives_its_name_stands_near_its_dot(vectors, preset):
    for word, said in {"bank": TEXTS[:2], **{word: examples(word, 2) for word in ("spring", "bat")}}.items():
        for size in (PHONE, HOME):
            figure = meaning_in_motion(scene_of(vectors, said, word, preset), size=size)
            (names,) = (trace for trace in texts(figure) if any("′" in text for text in trace.text))
            assert max(names.marker.size) <= unseen(RINGS[2])


@pytest.mark.parametrize(("word", "preset"), combined(SENSES, PRESETS))
@pytest.mark.parametrize("pulls", [False, True])
def test_six_sentences_have_room_on_a_phone(vectors, word, preset, pulls):
    (first, second), poles = SENSES[word].examples.values(), list(SENSES[word].poles.values())
    own = [f"{a} {word} {b}" for a, b in (poles[0][:2], poles[1][:2], (poles[0][2], poles[1][2]))]
    texts = [text for pair in zip(first, second, own, strict=False) for text in pair] + own
    size = Size(PHONE.width, PHONE.height + 4 * row_height(palette("light")))  # as `panels.motion` has it
    figure = meaning_in_motion(scene_of(vectors, texts[:6], word, preset), size=size, show_pulls=pulls)
    assert {width: overlapping(figure, width) for width in (340, 364, 404)} == {340: [], 364: [], 404: []}
    across, down = map_size(figure, size.width)
    for text, _, (left, top, right, bottom) in labels(figure, size.width):
        assert left > -1 and top > -1 and right < across + 1 and bottom < down + 1, text  # noqa: PT018
    assert bold_texts(figure) == {*LETTERS, f"{word}, static"}, "the letters alone"


@pytest.mark.parametrize(("word", "preset"), combined(SENSES, ["scaled", "sharper"]))
def test_important_labels_do_not_overlap_in_other_presets(vectors, word, preset):
    scene = scene_of(vectors, examples(word, 4), word, preset)
    assert overlapping(meaning_in_motion(scene, size=HOME), HOME.width, important=True) == []


@pytest.mark.parametrize(
    ("word", "preset", "shown"), combined(SENSES, ["balanced", "trained"], [(2, False), (4, True), (2, True)])
)
def test_labels_do_not_overlap_in_a_wider_plot(vectors, word, preset, shown):
    count, pulls = shown
    scene = scene_of(vectors, examples(word, count), word, preset)
    figure = meaning_in_motion(scene, size=HOME, show_pulls=pulls, animated=pulls)
    assert {width: overlapping(figure, width) for width in (800, 1130)} == {800: [], 1130: []}


@pytest.mark.parametrize(("word", "shown"), combined(SENSES, SHOWN))
def test_names_that_may_give_way_keep_off_the_arrows_and_the_lines(vectors, word, shown):
    (size, theme), count, pulls = shown
    scene = scene_of(vectors, examples(word, count), word, "trained")
    figure = meaning_in_motion(scene, size=size, show_pulls=pulls, theme=theme)
    (bottom, top), lines = figure.layout.yaxis.range, []
    for mover in scene.movers:
        x, y = mover.contextual
        lines += [(mover.static, mover.contextual), ((x, y), (x, bottom))]
    lines.append(((0, bottom), (0, top)))
    for width in (size.width, 2 * size.width):
        points = [pixel(*point, figure, width) for line in lines for point in np.linspace(*line, 60)]
        for text, must, box in labels(figure, width):
            assert must or not [at for at in points if overlap(box, (*at, *(part + 0.1 for part in at)))], text


def test_the_heaviest_words_and_the_poles_are_named(vectors):
    named = {text for text, _, _ in labels(meaning_in_motion(scene_of(vectors, TEXTS[:2]), size=HOME), HOME.width)}
    assert {"money", "grows", "river", "flows"} <= named
    assert len(named & {word for words in SENSES["bank"].poles.values() for word in words}) >= 12


# the axes


def test_editing_a_sentence_among_the_poles_words_does_not_move_the_axes(vectors):
    words = [word for pole in SENSES["bank"].poles.values() for word in pole]
    ranges = set()
    for first, second in combinations(words, 2):
        plot, _ = view(scene_of(vectors, [f"{first} bank {second}", "bank"]), 632, 480, show_pulls=False)
        ranges.add((plot.x, plot.y))
    layout = meaning_in_motion(scene_of(vectors, [f"{words[0]} bank {words[1]}", "bank"])).layout
    assert ranges == {(tuple(layout.xaxis.range), tuple(layout.yaxis.range))}


def test_a_word_outside_widens_the_axes_and_its_removal_takes_them_back(vectors):
    usual, wide, again = (
        meaning_in_motion(scene_of(vectors, [text])).layout.yaxis.range
        for text in ("money bank", "money bank animals", "money bank")
    )
    assert usual == again
    assert wide[0] < usual[0]
    assert wide[1] == usual[1]


def test_no_dot_is_without_its_name_and_of_a_long_sentence_the_rest_pulls_as_one(vectors):
    words = [word for word in vectors.index_to_key[100:900] if word.isalpha()][:499]
    scene = scene_of(vectors, [f"{' '.join(words)} bank"])
    figure = meaning_in_motion(scene, show_pulls=True)
    written_at = [place for trace in texts(figure) for place in zip(trace.x, trace.y, strict=True)]
    named = {*written_at, *((note.x, note.y) for note in figure.layout.annotations)}
    dots = [*zip(figure.data[0].x, figure.data[0].y, strict=True)]
    assert dots
    assert set(dots) <= named
    (pulls,) = (trace for trace in figure.data if trace.line.dash == "dot")
    assert len(pulls.x) == LINES + 1, "where it starts, and the end of each pull"
    assert pulls.hovertext[-1].startswith(f"{501 - LINES} more pulls with")
    (mover,) = scene.movers
    np.testing.assert_allclose((pulls.x[-1], pulls.y[-1]), mover.contextual, atol=1e-9)
