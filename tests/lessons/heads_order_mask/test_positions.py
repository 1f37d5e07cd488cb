"""Order: the difference of a word in two orders, without positions and with them, what is said of it, and its code."""

import numpy as np
import plotly.graph_objects as go
import pytest

import selfattn
from selfattn.core.positions import positions
from selfattn.lessons.heads_order_mask import positions_figure, positions_prose
from selfattn.ui import fields
from selfattn.views import predict
from tests import apps
from tests.apps import HOSTILE, HOSTILE_TOGETHER, charts, edit, press, read_html, screen, sound, widget
from tests.lessons.limits.test_cases import ODD, run

PAGE = "pages/9_Heads_order_mask.py"
ROBBED, TURNED = "The bank robbed the man", "The man robbed the bank"


def visit(**link):
    return apps.visit(PAGE, step="positions", **link)


def new_bank(text, amount, word="bank"):
    """Attend to words with their places added, written out."""
    vectors = selfattn.load_vectors()
    sentence = selfattn.embed(text, vectors)
    n, d = sentence.matrix.shape
    length = np.linalg.norm(vectors.vectors[:20_000].astype(float), axis=1).mean()
    x = sentence.matrix + amount * length / np.sqrt(d / 2) * positions(n, d)
    scores = np.exp(x @ x.T / (2 * np.sqrt(d)))
    return ((scores / scores.sum(axis=1, keepdims=True)) @ x)[sentence.index(word)]


def apart(amount, one=ROBBED, other=TURNED, word="bank"):
    return np.abs(new_bank(one, amount, word) - new_bank(other, amount, word)).max()


def test_the_difference_grows_from_nothing():
    at = visit()
    assert apart(0) < 1e-12
    assert apart(1) > 0.5
    said = screen(at)
    assert "“bank” is word 2 of A and word 5 of B. Without positions the new “bank” is the same in both" in said
    assert f"With the position vectors added: 0 → {apart(1):.2f}. Now the order counts." in said
    assert set(charts(at)) == {"places", "order_difference"}
    assert f"their difference, {apart(1):.2f} at most" in charts(at)["order_difference"]
    assert "Row 2 belongs to “bank” in A, row 5 in B. 1.0 of them" in charts(at)["places"]


@pytest.mark.parametrize("amount", [0.0, 0.3])
def test_the_slider_takes_a_share_of_them_and_is_in_the_link(amount):
    at = visit()
    at.slider(key=fields.ADDED).set_value(amount)
    sound(at.run())
    assert at.query_params[fields.ADDED] == str(amount)
    if amount:
        assert f"With 0.3 of the position vectors added: 0 → {apart(0.3):.2f}." in screen(at)
    else:
        assert "→" not in screen(at)
        assert "their difference, 0 at most" in charts(at)["order_difference"]
    again = visit(added=str(amount))
    assert screen(again) == screen(at)
    assert charts(again) == charts(at)


@pytest.mark.parametrize("share", ["1.5", "-0.1", "nan", "much"])
def test_a_share_that_cannot_be_is_left_aside(share):
    assert "0 → 0.85" in screen(visit(added=share))


def test_what_the_word_looks_at_is_said_with_its_weights():
    vectors = selfattn.load_vectors()
    weights = []
    for text in (ROBBED, TURNED):
        sentence = selfattn.embed(text, vectors)
        x = sentence.matrix + vectors_length(vectors) / 5 * positions(5, 50)
        trace = selfattn.attend(x)
        weights.append(dict(zip(sentence.tokens, trace.weights[sentence.index("bank")], strict=True)))
    assert (
        f"gives “man” {weights[0]['man']:.2f} in A and {weights[1]['man']:.2f} in B; without positions alike."
        in screen(visit())
    )


def vectors_length(vectors):
    return np.linalg.norm(vectors.vectors[:20_000].astype(float), axis=1).mean()


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ((ROBBED, ROBBED), "A and B are the same sentence, so both new “bank” are the same, with positions or without"),
        (("Money bank grows", "River bank flows"), "so the new “bank” differ without positions, too: by "),
        (("Money bank grows", "Grows bank money"), "“bank” is word 2 of both"),
    ],
)
def test_what_is_typed_is_told_as_it_is(texts, said):
    assert said in screen(visit(ordera=texts[0], orderb=texts[1]))


def test_added_and_appended_are_the_same_sum(rng):
    x, p, own, place = rng.normal(size=(4, 5)), rng.normal(size=(4, 5)), *rng.normal(size=(2, 5, 3))
    np.testing.assert_allclose((x + p) @ own, x @ own + p @ own)
    np.testing.assert_allclose(np.hstack([x, p]) @ np.vstack([own, place]), x @ own + p @ place)
    assert "100 numbers a word instead of 50" in screen(visit())


# Predict, then reveal


@pytest.mark.parametrize(
    ("texts", "truth"),
    [((ROBBED, TURNED), positions_prose.GROWS), ((ROBBED, ROBBED), positions_prose.STAYS)],
)
def test_the_truth_is_computed(texts, truth):
    at = visit(hidden="1", ordera=texts[0], orderb=texts[1])
    assert not charts(at)
    assert "differ by 0. Now each word gets a vector of its place" in screen(at)
    widget(at, predict.CHOSEN).set_value(truth)
    press(sound(at.run()), "reveal")
    assert "and so it is, from 0 to" in screen(at)


# Whatever is typed


@pytest.mark.parametrize("text", ODD)
def test_whatever_is_typed_there_is_no_error(text):
    at = edit(visit(), ordera=text, orderb=f"{text} bank")
    assert at.text_input(key=fields.ORDER_A).value == text
    assert charts(at) or "share a word" in screen(at) or positions_prose.ONE_EACH in screen(at)
    assert not {tag for tag, _ in read_html(at).tags} & {"img", "script"}


def test_sentences_without_a_word_in_common_are_told_so():
    assert positions_prose.ONE_EACH in screen(visit(ordera="Money grows", orderb="River flows"))


@pytest.mark.parametrize("theme", ["light", "dark room"])
@pytest.mark.parametrize("count", [1, 5, 200])
def test_the_picture_is_sound(theme, count):
    words = [HOSTILE[place % len(HOSTILE)] for place in range(count)]
    figure = positions_figure.places_chart(
        positions(count, 50), [words, words[::-1][: max(count // 2, 1)]], [count - 1, 0], theme=theme
    )
    go.Figure(figure.to_dict())
    assert len(figure.layout.yaxis.tickvals) < 16
    assert {0, count - 1} <= set(figure.layout.yaxis.tickvals)
    assert not any("<script" in name or "<img" in name for name in figure.layout.yaxis.ticktext)


# The code


@pytest.mark.parametrize("link", [{}, {"added": "0.3"}, {"added": "0.0"}, {"ordera": HOSTILE_TOGETHER + " bank"}])
def test_the_code_computes_the_numbers_of_the_screen(link):
    at = visit(view="code", **link)
    made = run(at.code[0].value)
    amount = float(link.get("added", 1.0))
    assert made["difference"][amount] == pytest.approx(apart(amount, link.get("ordera", ROBBED)))
    assert set(made["difference"]) == {0.0, amount}
