"""The mask: rows that look back only, what they sum to in both ways, what is said of it, and its code."""

import numpy as np
import plotly.graph_objects as go
import pytest

import selfattn
from selfattn.lessons.heads_order_mask import masked, masked_figure, masked_prose
from selfattn.ui import fields
from selfattn.views import predict
from tests import apps
from tests.apps import HOSTILE, HOSTILE_TOGETHER, charts, edit, keys, press, read_html, screen, sound, widget
from tests.lessons.limits.test_cases import ODD, run

PAGE = "pages/9_Heads_order_mask.py"
SENTENCE = "We sat on the bank of the river"


def visit(**link):
    return apps.visit(PAGE, step="masked", **link)


def both(text):
    """Mask a sentence in both ways, one word at a time and written out."""
    x = selfattn.embed(text, selfattn.load_vectors()).matrix.astype(float)
    exponentials = np.exp(x @ x.T / (2 * np.sqrt(x.shape[1])))
    before, after = np.zeros_like(exponentials), np.zeros_like(exponentials)
    for row in range(len(x)):
        seen = exponentials[row, : row + 1]
        before[row, : row + 1], after[row, : row + 1] = seen / seen.sum(), seen / exponentials[row].sum()
    return before, after


@pytest.mark.parametrize("text", ["Money bank grows", SENTENCE, "bank"])
def test_no_word_looks_ahead_and_only_one_way_sums_to_one(text, vectors):
    before, after = masked.both_ways(selfattn.embed(text, vectors).matrix)
    for made, wanted in zip((before, after), both(text), strict=True):
        np.testing.assert_allclose(made, wanted, atol=1e-12)
        assert not np.triu(made, 1).any()
    np.testing.assert_allclose(before.sum(axis=1), 1)
    assert (after.sum(axis=1)[:-1] < 1).all()
    assert before[0, 0] == 1


def test_with_minus_infinity_what_comes_later_cannot_leak_in(vectors):
    ends = [masked.both_ways(selfattn.embed(f"Money bank {end}", vectors).matrix) for end in ("grows", "river")]
    np.testing.assert_array_equal(ends[0][0][:2], ends[1][0][:2])
    assert np.abs(ends[0][1][:2] - ends[1][1][:2]).max() > 0.01


def test_the_finding_has_the_sums_of_both_pictures():
    at = visit(a=SENTENCE)
    before, after = both(SENTENCE)
    assert f"its weights sum to 1, with 0 after it to {after[4].sum():.2f}." in screen(at)
    assert "“bank” sees itself and the 4 words before it." in screen(at)
    assert f"With 0 after it, {1 - after[4].sum():.2f} of the weight has gone" in screen(at)
    assert set(charts(at)) == {"masked_before", "masked_after"}
    assert f"“bank” gives we {before[4, 0]:.2f}" in charts(at)["masked_before"]
    assert charts(at)["masked_before"].endswith("sum 1.")
    assert charts(at)["masked_after"].endswith(f"sum {after[4].sum():.2f}.")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (0, "“we” stands first and sees only itself. With −∞ before the softmax its weights sum to 1, with 0 after"),
        (1, "“sat” sees itself and the word before it."),
        (7, "“river” stands last and sees all 8 words: nothing is hidden from it, and its row sums to 1 either way."),
    ],
)
def test_the_slider_goes_from_word_to_word(row, said):
    at = visit(a=SENTENCE)
    widget(at, masked.LOOKING).set_value(row)
    sound(at.run())
    assert said in screen(at)
    assert at.query_params[fields.ROW] == str(row)
    again = visit(a=SENTENCE, row=str(row))
    assert screen(again) == screen(at)
    assert charts(again) == charts(at)


def test_there_is_no_other_choice_of_a_word():
    assert "chosen word" not in " ".join(key or "" for key in keys(visit(), "selectbox"))


def test_a_word_alone_has_no_slider_and_no_question():
    at = visit(a="bank", hidden="1")
    assert "“bank” stands first and sees only itself: nothing is hidden from it" in screen(at)
    assert not at.get("select_slider")


def test_of_a_long_sentence_the_first_words_are_drawn():
    at = visit(a=f"{SENTENCE} " * 8, row="50")
    assert f"Of 64 words the first {masked.DRAWN} are drawn" in screen(at)
    assert len(widget(at, masked.LOOKING).options) == masked.DRAWN
    first = " ".join((f"{SENTENCE} " * 8).split()[: masked.DRAWN])
    assert charts(visit(a=first, row=str(masked.DRAWN - 1)))["masked_before"] == charts(at)["masked_before"]


@pytest.mark.parametrize(("value", "said"), [(1 - 1e-15, "1"), (0.999, "> 0.99"), (1e-4, "< 0.01"), (0.4, "0.40")])
def test_a_sum_is_never_one_unless_it_is(value, said):
    assert masked_prose.total(value) == said


# Predict, then reveal


def test_the_question_comes_first_and_its_truth_is_computed():
    at = visit(hidden="1")
    assert not charts(at)
    assert "what will the row of the first word, “money”, sum to?" in screen(at)
    widget(at, predict.CHOSEN).set_value(masked_prose.LESS)
    press(sound(at.run()), "reveal")
    assert f"and so it is, namely {both('Money bank grows')[1][0].sum():.2f}" in screen(at)


# Whatever is typed


@pytest.mark.parametrize("text", ODD)
def test_whatever_is_typed_there_is_no_error(text):
    at = edit(visit(), a=text)
    assert at.text_input(key="a").value == text
    assert charts(at) or masked.NOTHING in screen(at)
    assert not {tag for tag, _ in read_html(at).tags} & {"img", "script"}


@pytest.mark.parametrize("theme", ["light", "dark room"])
@pytest.mark.parametrize("count", [1, 4, 20])
def test_the_picture_is_sound(theme, count):
    words, weights = [HOSTILE[place % len(HOSTILE)] for place in range(count)], np.full((count, count), 1 / count)
    for row in {0, count // 2, count - 1}:
        figure = masked_figure.masked_heatmap(weights, words, row, ["1"] * count, "−∞", height=320, theme=theme)
        go.Figure(figure.to_dict())
        shown = np.isfinite(figure.data[0].z)
        np.testing.assert_array_equal(shown, np.tri(count, dtype=bool) & (np.arange(count) <= row)[:, None])
        grey = [shape for shape in figure.layout.shapes if shape.layer == "below"]
        assert [shape.x0 for shape in grey] == [each + 0.5 for each in range(count - 1)]
        assert not any("<script" in name or "<img" in name for name in figure.data[-1].hovertext)


# The code


@pytest.mark.parametrize("text", ["Money bank grows", SENTENCE, HOSTILE_TOGETHER + " bank"])
def test_the_code_computes_the_numbers_of_the_screen(text):
    made = run(visit(view="code", a=text).code[0].value)
    for name, wanted in zip(("before", "after"), both(text), strict=True):
        np.testing.assert_allclose(made[name], wanted, atol=1e-12)
    np.testing.assert_allclose(made["again"], made["before"])
