"""Meaning in motion: what is drawn ends where the numbers say, and labels stay apart."""

import html
import re
from dataclasses import replace
from itertools import combinations

import numpy as np
import plotly.graph_objects as go
import pytest

from selfattn.core.contextual import attend_sentence, space
from selfattn.core.presets import PRESETS
from selfattn.core.scene import Shown, build_scene
from selfattn.core.senses import SENSES
from selfattn.core.sentences import embed
from selfattn.figures.labels import text_width
from selfattn.figures.motion import meaning_in_motion
from selfattn.figures.motion_view import view
from selfattn.figures.palette import LETTERS, PHONE, Size, palette
from tests.covering import combined

HOME, ROOM = Size(640, 560), Size(1000, 820)
THEMES = ["light", "dark", "light room", "dark room"]
TEXTS = ["Money bank grows", "River bank flows", "The bank approved our loan", "Fish swim near the bank"]


def scene_of(vectors, texts, word="bank", preset="balanced", poles=True, on_words=False):
    settings = PRESETS[preset]
    shown = []
    for role, text in enumerate(texts):
        sentence = embed(text, vectors)
        shown.append(Shown(role, sentence, attend_sentence(sentence, vectors, settings), sentence.index(word)))
    place, sense = space(vectors, centred=settings.centre), SENSES[word] if poles else None
    return build_scene(word, shown, vectors, place, sense=sense, on_words=on_words)


def examples(word):
    """The first four example sentences, the senses by turns."""
    first, second = SENSES[word].examples.values()
    return [text for pair in zip(first, second, strict=False) for text in pair][:4]


def dots(figure, said):
    return [trace for trace in figure.data if any(said in text for text in trace.hovertext or ())]


def notes(figure, foot):
    return [note for note in figure.layout.annotations if (note.xref == "paper") == foot]


def bare(text):
    return html.unescape(re.sub(r"</?b>", "", text))


def ends(trace):
    return np.array([trace.x[0], trace.y[0]]), np.array([trace.x[-1], trace.y[-1]])


# labels in pixels, as Plotly places them


def plot_size(figure, width):
    margin = figure.layout.margin
    return width - margin.l - margin.r, figure.layout.height - margin.t - margin.b


def pixel(x, y, figure, width):
    across, down = plot_size(figure, width)
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
    (texts,) = (trace for trace in figure.data if trace.text is not None)
    sizes, positions = texts.textfont.size, texts.textposition
    each = zip(texts.x, texts.y, texts.text, sizes, positions, texts.marker.size, strict=True)
    for point_x, point_y, text, size, position, marker in each:
        text, gap = bare(text), marker / 2 / 0.8 + 1  # Plotly's own distance from a marker
        x, y = pixel(point_x, point_y, figure, width)
        down, right = ({"top": -1, "left": -1, "bottom": 1, "right": 1}.get(side, 0) for side in position.split())
        x, y = x + right * (gap + text_width(text, size) / 2), y + down * (gap + 0.6 * size)
        yield text, False, around(x, y, text, size)


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
    for poles in (True, False):
        scene = scene_of(vectors, [" ".join([*filling, "bank"]), "river bank"], poles=poles)
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
    for poles in (True, False):
        figure = meaning_in_motion(scene_of(vectors, texts, preset=preset, poles=poles), show_pulls=True, animated=True)
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
    assert ghost.marker.symbol == "circle-open"
    np.testing.assert_allclose([ghost.x[0], ghost.y[0]], scene.static)


def test_arrows_have_the_colour_and_the_letter_of_their_sentence(vectors):
    figure = meaning_in_motion(scene_of(vectors, TEXTS))
    for role, arrow in enumerate(dots(figure, "the contextual vector")):
        assert arrow.line.color == arrow.marker.color == palette("light").fills[role]
        assert arrow.hovertext[1].startswith(LETTERS[role])
    assert {bare(n.text) for n in notes(figure, foot=False) if n.text.startswith("<b>")} == {
        "bank, static", "A: bank′", "B: bank′", "C: bank′", "D: bank′",
    }  # fmt: skip


def test_sentences_may_be_named_otherwise(vectors):
    scene = replace(scene_of(vectors, ["Money <b> bank", "river bank"]), names=("before", "after"))
    figure = meaning_in_motion(scene, show_pulls=True)
    arrows = dots(figure, "the contextual vector")
    assert [arrow.hovertext[1] for arrow in arrows] == [f"{name}: the contextual vector" for name in scene.names]
    assert {"before: bank′", "after: bank′"} <= {bare(note.text) for note in notes(figure, foot=False)}
    assert any("(in before)" in text for trace in figure.data for text in trace.hovertext or ())


@pytest.mark.parametrize("show_pulls", [False, True])
def test_every_point_is_inside_the_plot(vectors, show_pulls):
    figure = meaning_in_motion(scene_of(vectors, TEXTS), show_pulls=show_pulls)
    (left, right), (bottom, top) = figure.layout.xaxis.range, figure.layout.yaxis.range
    for trace in figure.data:
        assert len(trace.x) == len(trace.y)
        assert all(left < x < right for x in trace.x)
        assert all(bottom < y < top for y in trace.y)


# the animation


@pytest.mark.parametrize("show_pulls", [False, True])
def test_the_animation_runs_from_the_static_point_to_the_still_figure(vectors, show_pulls):
    scene = scene_of(vectors, TEXTS)
    still = meaning_in_motion(scene, show_pulls=show_pulls)
    figure = meaning_in_motion(scene, show_pulls=show_pulls, animated=True)
    first, last = figure.frames[0], figure.frames[-1]
    for at, mover in enumerate(scene.movers):
        assert "the contextual vector" in figure.data[first.traces[at]].hovertext[1]
        for end in ends(first.data[at]):
            np.testing.assert_array_equal(end, mover.static)
        end = last.data[at].to_plotly_json()
        for drawn in (figure, still):
            shown = drawn.data[last.traces[at]].to_plotly_json()
            assert end.keys() == shown.keys()
            np.testing.assert_array_equal([end["x"], end["y"]], [shown["x"], shown["y"]])
            assert (end["marker"], end["line"]) == (shown["marker"], shown["line"])
    assert len(figure.data) == len(still.data)


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


def test_without_animation_there_are_no_frames_and_no_controls(vectors):
    figure = meaning_in_motion(scene_of(vectors, TEXTS))
    assert not figure.frames
    assert not figure.layout.updatemenus
    assert not figure.layout.sliders


# words


@pytest.mark.parametrize("word", SENSES)
def test_the_senses_are_named_at_their_ends_and_the_variance_is_stated(vectors, word):
    scene = scene_of(vectors, examples(word)[:2], word)
    first, second = scene.poles
    assert first.points[:, 0].mean() < second.points[:, 0].mean()
    for size in (HOME, PHONE):
        figure = meaning_in_motion(scene, size=size)
        left, middle, right = sorted(notes(figure, foot=True), key=lambda note: note.x)
        assert (left.x, bare(left.text)) == (0, f"← {first.name}")
        assert (right.x, bare(right.text)) == (1, f"{second.name} →")
        assert (left.font.color, right.font.color) == palette("light").inks[:2]
        assert f"{scene.explained_variance[0] + scene.explained_variance[1]:.0%}" in middle.text
        room = plot_size(figure, size.width)[0] - text_width(bare(middle.text), middle.font.size)
        assert all(text_width(bare(end.text), end.font.size) < room / 2 for end in (left, right))


def test_without_poles_no_end_is_named(vectors):
    (note,) = notes(meaning_in_motion(scene_of(vectors, TEXTS, poles=False)), foot=True)
    assert "%" in note.text


def test_words_are_escaped(vectors):
    typed = "<bank> & <river>"
    sentence = embed(["bank", typed, "river"], vectors)
    trace = attend_sentence(sentence, vectors, PRESETS["balanced"])
    sense = SENSES["bank"]
    renamed = type(sense)("bank", dict(zip((typed, "b"), sense.poles.values(), strict=True)), {})
    scene = build_scene("bank", [Shown(0, sentence, trace, 0)], vectors, space(vectors), sense=renamed)
    figure = meaning_in_motion(scene)
    hovers = [text for trace in figure.data for text in (*(trace.hovertext or ()), *(trace.text or ()))]
    shown = [note.text for note in figure.layout.annotations] + hovers
    assert any("&lt;bank&gt;" in text for text in shown)
    assert not any("<bank>" in text for text in shown)


# labels


@pytest.mark.parametrize("show_pulls", [False, True])
@pytest.mark.parametrize("word", SENSES)
def test_labels_do_not_overlap_and_stay_inside_with_one_to_four_sentences(vectors, word, show_pulls):
    for count in (1, 2, 3, 4):
        scene = scene_of(vectors, examples(word)[:count], word)
        figure = meaning_in_motion(scene, size=HOME, show_pulls=show_pulls, animated=show_pulls)
        assert overlapping(figure, HOME.width) == []
        across, down = plot_size(figure, HOME.width)
        for text, _, (left, top, right, bottom) in labels(figure, HOME.width):
            assert left > -1 and top > -1 and right < across + 1 and bottom < down + 1, text  # noqa: PT018


@pytest.mark.parametrize("word", SENSES)
def test_labels_do_not_overlap_in_a_room(vectors, word):
    for count, show_pulls in ((2, False), (2, True), (4, False)):
        scene = scene_of(vectors, examples(word)[:count], word)
        figure = meaning_in_motion(scene, size=ROOM, show_pulls=show_pulls, animated=show_pulls, theme="light room")
        assert overlapping(figure, ROOM.width) == []


@pytest.mark.parametrize("preset", ["scaled", "sharper"])
@pytest.mark.parametrize("word", SENSES)
def test_important_labels_do_not_overlap_in_other_presets(vectors, word, preset):
    scene = scene_of(vectors, examples(word), word, preset)
    assert overlapping(meaning_in_motion(scene, size=HOME), HOME.width, important=True) == []


def test_labels_do_not_overlap_in_a_wider_plot(vectors):
    covered = {}
    for word in SENSES:
        for count, show_pulls in ((2, False), (4, True)):
            scene = scene_of(vectors, examples(word)[:count], word)
            figure = meaning_in_motion(scene, size=HOME, show_pulls=show_pulls, animated=show_pulls)
            covered |= {(word, count, width): overlapping(figure, width) for width in (800, 1130)}
    assert {case: pairs for case, pairs in covered.items() if pairs} == {}


def test_labels_keep_off_the_arrows(vectors):
    scene = scene_of(vectors, TEXTS[:2])
    figure = meaning_in_motion(scene, size=HOME)
    for mover in scene.movers:
        for point in np.linspace(mover.static, mover.contextual, 12):
            x, y = pixel(*point, figure, HOME.width)
            assert not [t for t, _, b in labels(figure, HOME.width) if overlap(b, (x - 1, y - 1, x + 1, y + 1))]


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
