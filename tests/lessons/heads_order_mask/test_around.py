"""Around attention: shapes of the block, what shortcut and norm make of a sentence, and the code."""

import numpy as np
import plotly.graph_objects as go
import pytest

import selfattn
from selfattn.core.similarity import cosine
from selfattn.lessons.heads_order_mask import around_figure, around_prose
from tests import apps
from tests.apps import HOSTILE_TOGETHER, charts, edit, read_html, screen
from tests.lessons.limits.test_cases import ODD, run

PAGE = "pages/9_Heads_order_mask.py"
SENTENCE = "We sat on the bank of the river"


def visit(**link):
    return apps.visit(PAGE, step="around", **link)


def steps(text, preset="trained"):
    sentence, trace = selfattn.contextualize(text, selfattn.load_vectors(), preset)
    words = sentence.matrix.astype(float)
    added = words + trace.output
    return words, trace.output, added, (added - added.mean(axis=1)[:, None]) / added.std(axis=1)[:, None]


def plain(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_norm_of_numbers_by_hand():
    np.testing.assert_allclose(around_prose.layer_norm(np.array([[1.0, 5.0], [2, -2]])), [[-1, 1], [1, -1]], atol=1e-5)
    np.testing.assert_array_equal(around_prose.layer_norm(np.array([[3.0, 3.0, 3.0]])), [[0, 0, 0]])


def test_the_norm_gives_every_row_mean_0_and_variance_1(rng):
    normed = around_prose.layer_norm(rng.normal(3, 5, (7, 50)))
    np.testing.assert_allclose(normed.mean(axis=1), 0, atol=1e-12)
    np.testing.assert_allclose(normed.var(axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(normed, axis=1), np.sqrt(50), atol=1e-4)


@pytest.mark.parametrize("preset", ["trained", "balanced", "sharper"])
def test_what_is_said_is_computed_on_the_sentence(preset):
    at = visit(a=SENTENCE, preset=preset)
    words, attended, added, _ = steps(SENTENCE, preset)
    alone, kept = (cosine(each[4], words[4]) for each in (attended, added))
    assert f"its cosine with what it was is {kept:.2f}, not {alone:.2f}." in screen(at)
    lengths = np.linalg.norm(added, axis=1)
    assert f"all are √d = 7.1 long, and were {lengths.min():.1f} to {lengths.max():.1f}." in screen(at)
    assert f"x + attention {added[4].mean():.2f}, {added[4].var():.2f}".replace("-", "−") in charts(at)["way"]
    assert "norm 0.00, 1.00" in charts(at)["way"]
    assert f"Attention here: {selfattn.core.presets.PRESET_TITLES[preset]}." in screen(at)


def test_the_block_has_the_shapes_of_this_sentence():
    at = visit(a=SENTENCE)
    (drawn,) = [plain(one.proto.body) for one in at.get("html") if 'role="figure"' in one.proto.body]
    for shape in ("8 × 50", "8 × 8", "8 × 200"):
        assert shape in drawn
    assert drawn.count("→") == len(around_prose.IN_LAYER)
    assert "50 × 200 and 200 × 50 weights, 20,000 in all. None are trained in this lesson" in plain(screen(at))


def test_where_all_numbers_are_alike_the_norm_is_said_to_give_zero():
    ones = np.ones((2, 4))
    same = around_prose.Around("bank", 0, ones, ones, ones + ones, around_prose.layer_norm(ones + ones))
    (said,) = around_prose.finding(same)
    assert said.startswith("“bank” has a cosine of 1.00 with what it was, with the shortcut as without. ")
    assert said.endswith("a row whose numbers are all equal becomes 0.")


@pytest.mark.parametrize("text", ODD)
def test_whatever_is_typed_there_is_no_error(text):
    at = edit(visit(), a=text)
    assert charts(at) or around_prose.NOTHING in screen(at)
    assert not {tag for tag, _ in read_html(at).tags} & {"img", "script"}


@pytest.mark.parametrize("theme", ["light", "dark room"])
def test_the_picture_is_sound(theme, rng):
    figure = around_figure.way_chart(
        rng.normal(size=(4, 50)), ["<b>x</b>", "a", "b", "c"], ["0"] * 4, "mean", height=230, theme=theme
    )
    go.Figure(figure.to_dict())
    assert figure.layout.yaxis.ticktext[0] == "&lt;b&gt;x&lt;/b&gt;"


@pytest.mark.parametrize(("text", "preset"), [(SENTENCE, "trained"), (HOSTILE_TOGETHER + " bank", "sharper")])
def test_the_code_computes_the_numbers_of_the_screen(text, preset):
    made = run(visit(view="code", a=text, preset=preset).code[0].value)
    np.testing.assert_allclose(made["normed"], steps(text, preset)[3], atol=1e-4)
    np.testing.assert_allclose(made["variance"], 1, atol=1e-4)
