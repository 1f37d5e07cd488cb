"""Words as sums: every part is a weight, every bar is one, and what was typed stays text."""

import re

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfattn.figures.labels import text_width
from selfattn.figures.palette import palette
from selfattn.lessons.weighted_sum.figures import hand_and_computed, softmax_sum, sum_in_words, sums

THEMES = ["light", "dark", "light room", "dark room"]
TYPES = ["light", "dark room"]  # both sizes of type and both sets of colours
WEIGHTS = np.array([[0.59, 0.29, 0.12], [0.24, 0.68, 0.08], [0.21, 0.18, 0.61]])
TOKENS = ("money", "bank", "grows")
HOSTILE = ("<img src=x onerror=alert(1)>", r"$\bank$", "<b>", "a&b")


def rows(count, seed=7, wide=None):
    drawn = np.random.default_rng(seed).random((count, wide or count)) ** 3
    return drawn / drawn.sum(axis=1, keepdims=True)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("count", [1, 2, 3, 6, 12])
@pytest.mark.parametrize("wide", [330, 600, 880])
def test_every_size_is_valid_and_sums_to_one(theme, count, wide):
    tokens, weights = [f"word{at}" for at in range(count)], rows(count)
    figure = go.Figure(sums(weights, tokens, names=tokens, row=0, neutral="word0", wide=wide, theme=theme).to_dict())
    np.testing.assert_allclose(sum(np.array(part.x) for part in figure.data), 1)
    assert [list(part.x) for part in figure.data] == weights.T.tolist()


def test_a_part_carries_its_weight_and_its_word_where_they_fit():
    figure = sums(WEIGHTS, TOKENS, names=TOKENS, row=1, wide=800)
    assert figure.data[0].text[0] == "0.59 money"
    assert figure.data[1].text[1] == "0.68 bank"
    written = [text for part in figure.data for text in part.text if text]
    turned = [note.text for note in figure.layout.annotations]
    assert len(written) + len(turned) == 9
    for text in (*written, *turned):
        assert re.fullmatch(r"0\.\d\d((<br>| )(money|bank|grows))?", text)


@given(st.integers(1, 12), st.integers(0, 99), st.sampled_from([330, 600, 880]), st.sampled_from(TYPES))
def test_no_label_is_wider_than_its_part(count, seed, wide, theme):
    tokens, weights = [f"word{at}" for at in range(count)], rows(count, seed)
    figure = sums(weights, tokens, names=tokens, wide=wide, tall=540, theme=theme)
    for part in figure.data:
        for share, text in zip(part.x, part.text, strict=True):
            longest = max(text.split("<br>"), key=len)
            assert not text or text_width(longest, part.textfont.size) <= share * wide


def test_the_word_of_both_sentences_is_neutral_and_the_other_parts_have_the_sentences_colour():
    colours = palette("light")
    for role in (0, 1):
        money, bank, grows = (
            part.marker.color for part in sums(WEIGHTS, TOKENS, names=TOKENS, role=role, neutral="bank").data
        )
        own = tuple(int(colours.fills[role][at : at + 2], 16) for at in (1, 3, 5))
        assert money.startswith(f"rgba({','.join(map(str, own))}")
        assert grows.startswith(f"rgba({','.join(map(str, own))}")
        assert money != grows
        assert bank.startswith("rgba(91,100,112")  # the quiet colour


def test_equal_words_have_equal_colours_and_others_come_last():
    names = ["the", "cat", "the", "others"]
    figure = sums(rows(3, wide=4), names[:3], names=names)
    colours = [part.marker.color for part in figure.data]
    assert colours[0] == colours[2] != colours[1]
    assert "others" in figure.data[3].hovertext[0]


def test_the_chosen_word_is_framed_and_bold():
    figure = sums(WEIGHTS, TOKENS, names=TOKENS, row=1)
    assert [tick.startswith("<b>") for tick in figure.layout.yaxis.ticktext] == [False, True, False]
    (frame,) = figure.layout.shapes
    assert frame.y0 < 1 < frame.y1
    assert not sums(WEIGHTS, TOKENS, names=TOKENS).layout.shapes


def test_hostile_words_stay_text():
    figure = sums(rows(4), HOSTILE, names=HOSTILE, row=0)
    everything = str(figure.to_dict()) + str(
        hand_and_computed(rows(1, wide=4)[0], rows(1, wide=4)[0], HOSTILE).to_dict()
    )
    assert "<img" not in everything
    assert "<b>a" not in everything
    written = sum_in_words(HOSTILE[0], np.array([0.2, 0.3, 0.4, 0.1]), HOSTILE)
    assert "<img" not in written
    assert "&lt;img" in written
    formula = softmax_sum(HOSTILE[1], HOSTILE, np.ones(4), np.ones(4) / 4, divisor=1)
    assert "$" not in formula
    assert r"\bank" not in formula


def test_the_sum_in_words():
    written = re.sub("<.*?>", "", sum_in_words("bank", np.array([0.2, 0.7, 0.1]), TOKENS))
    assert written == "bank′ = 0.20 money + 0.70 bank + 0.10 grows"


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("count", [1, 3, 9])
def test_both_weights_stand_side_by_side(theme, count):
    hand, computed = rows(2, wide=count)
    names = [f"word{at}" for at in range(count)]
    height = 640 if "room" in theme else 400
    figure = go.Figure(hand_and_computed(hand, computed, names, row=0, height=height, theme=theme).to_dict())
    first, second = figure.data
    assert (first.name, second.name) == ("by hand", "computed")
    assert list(first.x) == hand.tolist()
    assert list(second.x) == computed.tolist()
    assert list(second.text) == [f"{weight:.2f}" for weight in computed]
    assert figure.layout.yaxis.ticktext[0].startswith("<b>")
    assert first.textfont.size >= (26.7 if "room" in theme else 12)


def test_the_formula_of_the_lesson():
    formula = softmax_sum("bank", ["money", "bank"], np.array([1.53, 2.57]), np.array([0.26, 0.74]), divisor=1)
    money, bank = r"e_{\text{money}}", r"e_{\text{bank}}"
    assert formula == (
        r"\begin{array}{rll} "
        rf"s_j = & {bank} \cdot e_j \quad \text{{for each word }} j"
        r" \\[0.35em] "
        rf"{bank}' = & \mathrm{{softmax}}(s)_{{\text{{money}}}} \cdot {money} & 1.53 \to \mathbf{{0.26}}"
        r" \\[0.35em] "
        rf"+ & \mathrm{{softmax}}(s)_{{\text{{bank}}}} \cdot {bank} & 2.57 \to \mathbf{{0.74}}"
        r" \end{array}"
    )


def test_the_formula_of_a_trained_head_has_queries_keys_and_values():
    given = "bank", ["money", "bank"], np.array([1.53, 2.57]), np.array([0.26, 0.74])
    plain, trained = (softmax_sum(*given, divisor=7.07, trained=trained) for trained in (False, True))
    assert r"s_j = & q_{\text{bank}} \cdot k_j\,/\,7.07 \quad" in trained
    assert r"\mathrm{softmax}(s)_{\text{money}} \cdot v_{\text{money}} & 1.53" in trained
    as_one = trained.replace("q_", "e_").replace("k_", "e_").replace("v_", "e_")
    assert as_one == plain


def test_the_formula_leaves_out_what_may_not_attend_and_sums_the_rest_up():
    formula = softmax_sum(
        "bank", ["money", "bank"], np.array([1.0, -np.inf]), np.array([0.4, 0.0]), divisor=14.142, others=3
    )
    assert r"\cdot e_{\text{bank}} &" not in formula
    assert "14.14" in formula
    assert r"\text{3 more} & \mathbf{0.60}" in formula
    assert formula.count("+ &") == 1
    narrow = softmax_sum("bank", ["bank"], np.array([1.0]), np.array([1.0]), divisor=1, narrow=True)
    assert r"\\ & \quad 1.00 \to" in narrow
