"""A training that the class watches: what is asked, what every step shows, and that the numbers are the library's."""

import numpy as np
import plotly.graph_objects as go
import pytest

import selfattn
from selfattn.core import heads
from selfattn.core.head import Head
from selfattn.core.learn import SEED, STEPS
from selfattn.core.rates import parts
from selfattn.figures.palette import PHONE, THEMES
from selfattn.lessons.query_key_value import train_prose as prose
from selfattn.lessons.query_key_value.train import LONGER
from selfattn.lessons.query_key_value.train_figure import course
from selfattn.ui import session_sets
from tests import apps
from tests.apps import HOSTILE_TOGETHER, charts, press, screen, sound, widget

PAGE = "pages/8_Query_key_value.py"
RIVER = "We sat on the bank of the river"


@pytest.fixture(scope="module")
def training():
    """Train once: the page shows at once what somebody has watched before."""
    known = session_sets.bundled().vectors
    return heads.known_training(known) or heads.train_head(known)


def visit(**link):
    return apps.visit(PAGE, step="learn", **link)


def trained(**link):
    return press(visit(**link), "begin_head")


def bars(at):
    return [element.proto.body for element in at.get("html") if 'class="sa-bars' in element.proto.body]


def test_before_it_begins_the_attention_of_step_0_stands_there_and_nothing_of_the_end(training):
    at = visit(a=RIVER)
    count = len(parts().train)
    assert f"learned, from {count:,} sentences" in screen(at)
    assert set(charts(at)) == set()
    vectors = selfattn.load_vectors()
    x = Head.untrained(50, seed=SEED).project(selfattn.embed(RIVER, vectors).matrix)
    row, far = 4, np.abs(np.arange(8) - 4)
    scaled = np.where(far > 0, (x["query"] @ x["key"].T)[row] / np.sqrt(50) - 0.05 * far, -np.inf)
    for weight in np.delete(selfattn.softmax(scaled), row):
        assert f"<i>{weight:.2f}</i>" in bars(at)[0]


def test_the_question_comes_first_and_its_answer_is_the_word_whose_weight_grows_most(training):
    at = visit(a=RIVER, hidden="1")
    assert "Whose weight in the new “bank” will grow most?" in screen(at)
    assert not [one for one in at.button if one.key == "begin_head"]
    at = visit(a=RIVER, guess="river")
    assert "You said “river”, and so it is." in screen(at)


def test_after_the_training_each_step_shows_its_own_numbers(training):
    at = trained(a=RIVER)
    sentence, end = selfattn.contextualize(RIVER, selfattn.load_vectors(), "trained")
    weights = end.weights[sentence.index("bank")]
    assert "“river” rises from 13 % to 42 %" in screen(at)
    assert f"{weights[sentence.index('river')]:.0%}".replace("%", " %") == "42 %"
    assert "“bank” crosses to river" in screen(at)
    assert f"the loss is {training.losses[-1]:.2f} (it was {training.losses[0]:.2f})" in screen(at)
    assert bars(at)[0].count('class="sa-before"') == len(sentence)
    widget(at, "moment").set_value(10)
    sound(at.run())
    assert f"After 10 steps the loss is {training.losses[10]:.2f}" in screen(at)
    assert "Hollow: step 0. Full: step 10." in screen(at)
    widget(at, "moment").set_value(0)
    sound(at.run())
    assert "at step 0 the weights are those of step 0" in screen(at)
    assert "After 0 steps" in charts(at)["course"]


def test_short_sentences_can_be_changed_for_longer_ones(training):
    at = press(trained(), "longer")
    assert (at.text_input(key="a").value, at.text_input(key="b").value) == LONGER
    assert not [one for one in at.button if one.key == "longer"]


def test_a_set_that_cannot_be_trained_says_why():
    at = visit(set="hand")
    assert "Nothing can be trained on these vectors: this set knows 1 of the 61 words" in screen(at)


@pytest.mark.parametrize(
    "link",
    [{"a": "bank", "b": ""}, {"a": HOSTILE_TOGETHER + " bank"}, {"a": "", "b": ""}, {"a": "the the the", "b": "of"}],
)
def test_odd_sentences_are_shown(training, link):
    at = visit(**link)
    assert not at.exception
    if [one for one in at.button if one.key == "begin_head"]:
        assert not press(at, "begin_head").exception


@pytest.mark.parametrize("theme", THEMES)
def test_the_course_is_valid_in_every_theme_and_its_last_point_is_where_the_word_ends(training, theme):
    places = {0: {step: step / 100 for step in training.heads}, 1: dict.fromkeys(training.heads, -0.5)}
    for size in (None, PHONE):
        figure = course(training, 10, places, ("<b>fin</b>", "$river$"), size=size, theme=theme)
        go.Figure(figure.to_dict())
        first, second, loss, rate = figure.data
        assert first.y[-1] == 1.0
        assert set(second.y) == {-0.5}
        assert loss.y[0] == 1.0
        assert list(rate.y) == training.rates.tolist()
        assert "<b>fin" not in " ".join(note.text.replace("<b>&lt;b&gt;", "") for note in figure.layout.annotations)


def test_the_course_without_a_line_has_loss_and_share_alone(training):
    figure = course(training, STEPS, {}, ())
    assert len(figure.data) == 2
    assert tuple(figure.layout.yaxis.domain) == (0, 1)
    assert "Between" not in prose.course_alt(training, STEPS, {}, ())


def test_the_code_computes_what_the_screen_shows(training):
    names = {}
    exec(prose.code(RIVER, "bank"), names)
    assert np.allclose(names["losses"], training.losses, atol=1e-6)
    assert np.allclose(names["rates"], training.rates)
    end = selfattn.contextualize(RIVER, selfattn.load_vectors(), "trained")[1]
    assert np.allclose(names["weights"][-1], end.weights[4], atol=1e-3)


@pytest.mark.parametrize("share", [0.2, 0.0, -0.2])
def test_changes_of_all_copies_of_a_word_count_together(share):
    before, after = np.array([0.25, 0.25, 0.0, 0.5]), np.array([0.25 + share / 2, 0.25 + share / 2, 0.0, 0.5 - share])
    found = prose.changes(before, after, ["the", "the", "bank", "river"], 2)
    assert found == pytest.approx({"the": share, "river": -share})
