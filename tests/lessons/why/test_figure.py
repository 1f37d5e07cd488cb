"""The frames and the sentence in their centre: what is shown, where, and how thick."""

import html
import re
from itertools import pairwise

import numpy as np
import plotly.graph_objects as go
import pytest

from selfattn.figures.arcs import MOST, THICKEST, THINNEST
from selfattn.figures.palette import Size, palette
from selfattn.lessons.why.figure import nested_frames

TYPES = ["light", "dark room"]  # both sizes of type and both sets of colours
NASTY = ["<img src=x onerror=alert(1)>", r"$\bank$", "| a |", "a" * 60]
SENTENCE = (np.array([0.24, 0.68, 0.08]), ["money", "bank", "grows"], 1)


def some(n, seed=0):
    weights = np.random.default_rng(seed).random(n) + 0.01
    return weights / weights.sum(), [f"word{at}" for at in range(n)]


def arcs(figure):
    return [trace for trace in figure.data if trace.type == "scatter"]


def texts(figure):
    return [note.text for note in figure.layout.annotations]


@pytest.mark.parametrize("theme", TYPES)
@pytest.mark.parametrize("upright", [False, True])
@pytest.mark.parametrize("n", [1, 2, 3, 7, 8, 64, 512])
def test_every_length_is_a_valid_figure(n, upright, theme):
    weights, tokens = some(n)
    size = Size(340, 420) if upright else Size(1300 if "room" in theme else 720, 680 if "room" in theme else 444)
    for row in {0, n // 2, n - 1}:
        figure = nested_frames(weights, tokens, row, size=size, upright=upright, theme=theme)
        go.Figure(figure.to_dict())
        said, shown = " ".join(texts(figure)), len(arcs(figure)) + 1
        assert min(n, MOST if upright or n <= MOST else 5) <= shown <= MOST
        assert f"<b>word{row}</b>" in texts(figure)
        assert (f"{shown} of {n} words" in said) == (shown < n)
        smallest = min(note.font.size for note in figure.layout.annotations)
        assert smallest >= palette(theme).small


def test_frames_lie_within_one_another():
    figure = nested_frames(*SENTENCE)
    bars = [trace for trace in figure.data if trace.type == "bar"]
    sides = [
        (bar.x[0] - bar.width[0] / 2, bar.base[0], bar.x[0] + bar.width[0] / 2, bar.base[0] + bar.y[0]) for bar in bars
    ]
    assert len(sides) == 3
    for outer, inner in pairwise(sides):
        assert outer[0] < inner[0]
        assert outer[1] < inner[1]
        assert inner[2] < outer[2]
        assert inner[3] < outer[3]
    assert texts(figure)[:3] == [
        "<b>Generative AI</b>: images, video, text",
        "<b>Transformer</b>",
        "<b>Self-attention</b>",
    ]
    assert all(sides[2][0] < x < sides[2][2] and sides[2][1] < y < sides[2][3] for arc in arcs(figure) for x, y in zip(arc.x, arc.y, strict=True))  # fmt: skip  # noqa: E501


def test_lines_are_as_thick_as_the_weights():
    figure = nested_frames(*SENTENCE)
    assert [arc.line.width for arc in arcs(figure)] == pytest.approx([0.24 * THICKEST, 0.08 * THICKEST])
    (bowl,) = figure.layout.shapes
    assert bowl.line.width == pytest.approx(0.68 * THICKEST)
    assert nested_frames(*SENTENCE, theme="light room").layout.shapes[0].line.width == pytest.approx(
        0.68 * THICKEST * 1.6
    )
    faint = nested_frames(np.array([0.999, 0.001]), ["a", "b"], 0)
    assert arcs(faint)[0].line.width == THINNEST


@pytest.mark.parametrize("upright", [False, True])
def test_arcs_go_from_the_word_to_each_other_word(upright):
    figure = nested_frames(*SENTENCE, upright=upright)
    words = {note.text: (note.x, note.y) for note in figure.layout.annotations}
    along = 1 if upright else 0
    for arc, other in zip(arcs(figure), ("money", "grows"), strict=True):
        line = arc.y if upright else arc.x
        assert line[0] == pytest.approx(words["<b>bank</b>"][along])
        assert line[-1] == pytest.approx(words[other][along])


def test_numbers_stand_at_their_arcs():
    assert {"0.24", "0.68", "0.08"} <= set(texts(nested_frames(*SENTENCE)))
    assert "bank looks at money: 0.24" in arcs(nested_frames(*SENTENCE))[0].hovertemplate


@pytest.mark.parametrize("own", [0.02, 0.3, 0.6, 0.7, 0.85, 0.96])
@pytest.mark.parametrize("row", [0, 1, 2])
@pytest.mark.parametrize("word", ["bank", "government", "internationalisation"])
def test_on_a_phone_the_words_own_number_stays_in_the_frame_and_off_the_words(word, row, own):
    weights, tokens = np.full(3, (1 - own) / 2), ["the", "washington", "grows"]
    weights[row], tokens[row] = own, word
    figure = nested_frames(weights, tokens, row, size=Size(340, 420), upright=True)
    frame = [trace for trace in figure.data if trace.type == "bar"][-1]
    (number,) = [note for note in figure.layout.annotations if note.text == f"{own:.2f}"]
    wide = len(number.text) * number.font.size * 0.56
    left = number.x + (number.xshift or 0) - (wide if number.xanchor == "right" else 0)
    assert left + wide <= frame.x[0] + frame.width[0] / 2
    assert frame.base[0] < number.y + (number.yshift or 0) < frame.base[0] + frame.y[0]
    others = [note for note in figure.layout.annotations if note.text in tokens]
    assert len(others) == 2
    here, high = number.y + (number.yshift or 0), number.font.size
    assert all(
        left >= note.x + len(note.text) * note.font.size * 0.56 or abs(note.y - here) >= 1.2 * high for note in others
    )
    (bowl,) = figure.layout.shapes
    (near, up), (far, _), *_ = (map(float, pair.split(",")) for pair in re.findall(r"\S+,\S+", bowl.path))
    edge = bowl.line.width / 2
    past = bowl.xanchor + near + 0.75 * (far - near) + edge  # a Bézier curve goes three quarters of the way
    assert left >= past or abs(number.yshift) >= abs(up) + edge + high / 2


def test_a_word_that_does_not_look_at_itself_has_no_bowl():
    figure = nested_frames(np.array([0.6, 0.0, 0.4]), ["money", "bank", "grows"], 1)
    assert not figure.layout.shapes
    assert "0.00" not in texts(figure)


def test_of_a_long_sentence_the_heaviest_words_are_shown_in_order():
    weights = np.full(20, 0.01)
    weights[[2, 3, 11, 19]] = 0.3, 0.2, 0.25, 0.15
    figure = nested_frames(weights, [f"w{at}" for at in range(20)], 5, size=Size(1000, 444))
    shown = [text for text in texts(figure) if text.startswith(("w", "<b>w", "…"))]
    assert shown == ["w0", "w1", "w2", "w3", "…", "<b>w5</b>", "…", "w11", "…", "w19"]
    assert "the heaviest 7 of 20 words" in texts(figure)


@pytest.mark.parametrize("n", [3, 8, 40])
def test_long_words_give_way_rather_than_overlap(n):
    weights, _ = some(n, 3)
    tokens = [f"{'abcdefghijklmnop'}{at}" for at in range(n)]
    figure = nested_frames(weights, tokens, 0, size=Size(720, 444))
    words = [note for note in figure.layout.annotations if "abc" in note.text or note.text == "…"]
    letters = words[0].font.size
    spans = sorted(
        (note.x - len(note.text.replace("<b>", "").replace("</b>", "")) * letters * 0.28,
         note.x + len(note.text.replace("<b>", "").replace("</b>", "")) * letters * 0.28)
        for note in words
    )  # fmt: skip
    assert all(end <= start + 1 for (_, end), (start, _) in pairwise(spans))
    assert spans[0][0] >= 0
    assert spans[-1][1] <= 720


@pytest.mark.parametrize("upright", [False, True])
def test_what_was_typed_is_never_markup(upright):
    weights, _ = some(4)
    figure = nested_frames(weights, NASTY, 0, upright=upright)
    go.Figure(figure.to_dict())
    said = " ".join([*texts(figure), *(arc.hovertemplate for arc in arcs(figure))])
    assert "<img" not in said
    assert "$" not in said
    assert "<img src=x" in html.unescape(arcs(figure)[0].hovertemplate)
