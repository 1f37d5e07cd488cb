"""The line alone: words stand where they lean, as large as their weights, and their sum is where the dot stands."""

import html
import re
from dataclasses import replace
from itertools import combinations

import numpy as np
import plotly.graph_objects as go
import pytest

from selfattn.core.contextual import attend_sentence, space_of
from selfattn.core.presets import PRESETS
from selfattn.core.scene import Shown, build_scene
from selfattn.core.senses import SENSES, AmbiguousWord
from selfattn.core.sentences import embed
from selfattn.figures.labels import text_width
from selfattn.figures.line import NAMED, lean_line
from selfattn.figures.palette import LETTERS, PHONE, Size, palette
from tests.covering import combined

THEMES = ["light", "dark", "light room", "dark room"]
SIZES = {"light": Size(640, 300), "dark": PHONE, "light room": Size(1000, 520), "dark room": Size(1000, 560)}
TEXTS = ["Money bank grows", "River bank flows", "We walked along the bank of the river to fish"]


def scene_of(vectors, texts, word="bank", preset="balanced", sense=None):
    shown, settings = [], PRESETS[preset]
    for role, text in enumerate(texts):
        sentence = embed(text, vectors)
        shown.append(Shown(role, sentence, attend_sentence(sentence, vectors, settings), sentence.index(word)))
    return build_scene(word, shown, vectors, space_of(vectors, settings), sense=sense or SENSES[word])


def parts(figure, scene):
    """The words of each sentence, the rings, and the mark of each sentence."""
    count = len(scene.movers)
    return figure.data[:count], figure.data[count], figure.data[count + 1 :]


def bare(text):
    return html.unescape(re.sub(r"</?b>", "", text))


def boxes(figure, size):
    """Every name in the plot, and the pixels that it covers: left, top, right, bottom."""
    margin, layout = figure.layout.margin, figure.layout
    across, down = size.width - margin.l - margin.r, size.height - margin.t - margin.b
    (left, right), (bottom, top) = layout.xaxis.range, layout.yaxis.range
    for note in layout.annotations:
        if note.xref == "paper" or note.yref == "paper":
            continue
        text, x = bare(note.text), (note.x - left) / (right - left) * across
        y, wide, high = (
            (top - note.y) / (top - bottom) * down,
            text_width(bare(note.text), note.font.size),
            note.font.size,
        )
        if note.showarrow:
            x, y = x + note.ax + {"left": wide / 2, "right": -wide / 2, "center": 0}[note.xanchor], y + note.ay
        else:
            x, y = x + note.xshift, y - note.yshift
        yield text, (x - wide / 2, y - 0.6 * high, x + wide / 2, y + 0.6 * high)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("preset", ["balanced", "trained"])
def test_every_line_is_valid(vectors, preset, theme):
    for texts in (["bank"], TEXTS[:1], TEXTS, [*TEXTS, "a bank", "bank bank", " ".join(["the river bank"] * 170)]):
        figure = lean_line(scene_of(vectors, texts, preset=preset), size=SIZES[theme], theme=theme)
        go.Figure(figure.to_dict())
        assert figure.layout.height == SIZES[theme].height
        low, high = figure.layout.xaxis.range
        assert all(low < x < high for trace in figure.data for x in trace.x)


@pytest.mark.parametrize(("preset", "theme"), combined(PRESETS, THEMES))
def test_marks_stand_where_the_word_leans_static_hollow_contextual_full(vectors, preset, theme):
    scene, colours = scene_of(vectors, TEXTS, preset=preset), palette(theme)
    _, rings, marks = parts(lean_line(scene, theme=theme), scene)
    assert list(rings.x) == [mover.lean.before for mover in scene.movers]
    assert list(rings.y) == [0, 1, 2]
    assert (rings.marker.color, rings.marker.line.color) == (colours.paper, colours.quiet)
    for row, (mover, mark) in enumerate(zip(scene.movers, marks, strict=True)):
        np.testing.assert_allclose(mark.x, [mover.lean.before, mover.lean.after])
        assert list(mark.y) == [row, row]
        assert mark.marker.color == mark.line.color == colours.fills[row]
        assert mark.hovertext[1] == f"{LETTERS[row]}: {mover.lean.caption}"
        assert mark.mode == "lines+markers"  # its name stands beside it as an annotation


@pytest.mark.parametrize("preset", PRESETS)
def test_words_stand_where_they_lean_and_their_places_times_weights_add_up_to_the_dot(vectors, preset):
    scene = scene_of(vectors, TEXTS[:2], preset=preset)
    words, _, _ = parts(lean_line(scene), scene)
    for row, (mover, dots) in enumerate(zip(scene.movers, words, strict=True)):
        given = [place for place, weight in enumerate(mover.weights) if weight > 0]
        np.testing.assert_allclose(dots.x, mover.places[given, 0])
        assert list(dots.y) == [row] * len(given)
        assert mover.weights[given] @ dots.x == pytest.approx(mover.lean.after)
        assert list(dots.hovertext) == [f"{mover.tokens[at]}: weight {mover.weights[at]:.2f}" for at in given]
        assert np.argsort(dots.marker.size).tolist() == np.argsort(mover.weights[given]).tolist()


def test_of_many_words_the_heaviest_stand_on_the_line(vectors):
    scene = scene_of(vectors, ["The bank of the old river was wet and we sat there with our money and ate"])
    [[dots], _, _], [mover] = parts(lean_line(scene), scene), scene.movers
    assert len(dots.x) == NAMED < len(mover.tokens)
    shown = sorted(np.argsort(-mover.weights, kind="stable")[:NAMED])
    np.testing.assert_allclose(dots.x, mover.places[shown, 0])


def test_neither_is_in_the_middle_and_the_senses_are_at_their_ends(vectors):
    for size, theme in ((SIZES["light"], "light"), (PHONE, "light"), (SIZES["light room"], "light room")):
        for name in ("finance", "electricity", "e" * 60):
            sense = AmbiguousWord("bank", dict(zip((name, "river"), SENSES["bank"].poles.values(), strict=True)), {})
            layout = lean_line(scene_of(vectors, TEXTS, sense=sense), size=size, theme=theme).layout
            low, high = layout.xaxis.range
            assert low == -high
            notes = {(note.xref, note.x): note for note in layout.annotations if note.yref == "paper"}
            left, neither, right = (notes[place] for place in (("paper", 0), ("x", 0), ("paper", 1)))
            assert neither.text == "neither"
            assert bare(right.text) == "river →"
            assert bare(left.text).startswith(f"← {name[:5]}")
            room = (size.width - 8 - text_width("neither", neither.font.size)) / 2
            assert text_width(bare(left.text), left.font.size) < room
            (middle,) = (shape for shape in layout.shapes if shape.yref == "paper")
            assert (middle.x0, middle.x1, middle.y0, middle.y1) == (0, 0, 0, 1)


@pytest.mark.parametrize(("word", "theme", "count"), combined(SENSES, ["light", "dark", "light room"], [1, 2, 2, 1]))
def test_names_do_not_overlap_and_stay_inside(vectors, word, theme, count):
    size = SIZES[theme]
    texts = [texts[0] for texts in SENSES[word].examples.values()][:count]
    for preset in ("balanced", "trained"):
        figure = lean_line(scene_of(vectors, texts, word, preset), size=size, theme=theme)
        named = list(boxes(figure, size))
        assert {f"{letter}: {word}′" for letter in "AB"[:count]} <= {text for text, _ in named}
        for (one, a), (other, b) in combinations(named, 2):
            covered = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
            assert min(covered) < 1e-6, (one, other)
        across, down = size.width - 8, size.height - 4 - figure.layout.margin.b
        for text, (left, top, right, bottom) in named:
            assert left > -1 and top > -1 and right < across + 1 and bottom < down + 1, text  # noqa: PT018


def test_names_say_words_with_their_weights(vectors):
    scene = scene_of(vectors, TEXTS[:1])
    [mover] = scene.movers
    named = {text for text, _ in boxes(lean_line(scene), Size())}
    assert named == {
        "A: bank′",
        "bank, static",
        *(f"{t} {w:.2f}" for t, w in zip(mover.tokens, mover.weights, strict=True)),
    }


def test_words_are_escaped(vectors):
    typed = "<bank> & $river$"
    sentence = embed(["bank", typed, "river"], vectors)
    sense = AmbiguousWord("bank", dict(zip((typed, "b"), SENSES["bank"].poles.values(), strict=True)), {})
    trace, place = attend_sentence(sentence, vectors, PRESETS["balanced"]), space_of(vectors, PRESETS["balanced"])
    scene = build_scene("bank", [Shown(0, sentence, trace, 0)], vectors, place, sense=sense)
    scene = replace(
        scene, names=(typed,), movers=tuple(replace(mover, tokens=("bank", typed)) for mover in scene.movers)
    )
    figure = lean_line(scene, size=Size(1000, 400))
    shown = [note.text for note in figure.layout.annotations]
    shown += [text for trace in figure.data for text in (*(trace.hovertext or ()), *(trace.text or ()))]
    assert sum("&lt;bank&gt; &amp; &#36;river" in text for text in shown) >= 4
    assert not any("<bank>" in text or "$" in text for text in shown)
