"""Self-attention step by step: what each step says and draws, its controls at their ends, and its links."""

import itertools
import json

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

import selfattn
from selfattn import PRESETS, Settings
from selfattn.core import neighbours
from selfattn.course import SELF_ATTENTION as LESSON
from selfattn.ui import controls, fields
from tests.apps import SELF_ATTENTION, charts, edit, formulas, screen, sound, visit, weights_of, widget
from tests.covering import NIGHTLY

STEPS = [step.key for step in LESSON.steps]
SWITCHES = list(itertools.product([0.1, 2.0, 7.3], *[[False, True]] * 6))


def settings_of(at):
    names = {fields.SCALE: "scale", fields.SELF: "attend_self", fields.CENTRE: "centre", fields.FREQUENCY: "frequency"}
    names |= {fields.DISTANCE: "distance", fields.TRAINED: "trained"}
    switches = {name: widget(at, key).value for key, name in names.items()}
    return Settings(temperature=widget(at, fields.TEMPERATURE).value, **switches)


@pytest.mark.parametrize(
    ("step", "said", "drawn"),
    [
        ("vectors", "Every word is a vector of 50 numbers", {"vectors"}),
        ("scores", "The dot product of “bank” with “money” is", {"scores"}),
        ("scaled", "The dot products are divided by", {"scaled"}),
        ("weights", "of the new “bank” is “money”", {"weights", "bars_0"}),
        ("sum", "is a weighted sum", {"sum"}),
        ("contextual", "Before and after", {"contextual"}),
        ("summary", "In three steps “bank” gets a vector", {"summary_1", "summary_2", "summary_3"}),
    ],
)
def test_every_step_says_and_draws_its_own(step, said, drawn):
    at = visit(SELF_ATTENTION)
    widget(at, fields.STEP).set_value(step)
    sound(at.run())
    assert said in screen(at)
    assert set(charts(at)) == drawn


def test_the_summary_says_the_three_steps_of_the_lesson(vectors):
    at = visit(SELF_ATTENTION, step="summary")
    said = screen(at)
    stages = ("Static embeddings, from Word2Vec or GloVe", "They pass through self-attention", "Out come the dynamic")
    places = [said.index(stage) for stage in stages]
    assert places == sorted(places)
    (_, money), _, _ = weights_of("money bank grows", "bank", vectors)
    assert f"{money:.0%} of the new “bank” is “money”".replace("%", " %") in said
    for part, word in (("summary_1", "money, bank, grows"), ("summary_3", "money′, bank′, grows′")):
        assert charts(at)[part].endswith(f": {word}.")


@pytest.mark.parametrize("step", ["scores", "scaled", "weights", "summary"])
def test_a_heatmap_takes_clicks(step):
    at = visit(SELF_ATTENTION, step=step)
    key = "summary_2" if step == "summary" else step
    (heatmap,) = (chart.proto for chart in at.get("plotly_chart") if chart.proto.id.endswith(f"-{key}"))
    assert len(heatmap.selection_mode) == 1
    assert "Click a weight to see how it is made" in screen(at) or step != "weights"


def clicking(row, column):
    from selfattn.lessons.self_attention import screen
    from selfattn.ui import state

    state.load("self_attention")
    screen._open(row, column)


def test_a_clicked_cell_is_traced():
    app = AppTest.from_function(clicking, kwargs={"row": 2, "column": 0}).run()
    assert not app.exception
    assert [app.session_state[name] for name in ("view", "trace", "row", "column")] == ["trace", "weight", 2, 0]


@pytest.mark.parametrize("preset", PRESETS)
def test_steps_agree_with_the_library(preset, vectors):
    sentence, trace = selfattn.contextualize("Money bank grows", vectors, preset)
    row = sentence.index("bank")
    asks, answers = ("q", "k") if preset == "trained" else ("e", "e")
    at = visit(SELF_ATTENTION, preset=preset, step="scores")
    assert ("Whom does “bank” ask?" if preset == "trained" else "How alike are two words?") in screen(at)
    assert f"is {trace.scores[row, 0]:.2f}".replace("-", "−") in screen(at)
    product = rf"{asks}_{{\text{{bank}}}} \cdot {answers}_{{\text{{money}}}} = {trace.scores[row, 0]:.2f}"
    assert product in formulas(at)[0]
    at = visit(SELF_ATTENTION, preset=preset, step="scaled")
    assert f"= {trace.scaled[row, 0]:.2f}" in formulas(at)[0]
    at = visit(SELF_ATTENTION, preset=preset, step="contextual")
    static, contextual = trace.matrix[row], trace.output[row]
    cosine = static @ contextual / np.linalg.norm(static) / np.linalg.norm(contextual)
    assert f"a cosine of {cosine:.2f}" in screen(at)


def test_the_vectors_of_a_trained_head_are_the_static_ones_before_it_and_its_values_are_not():
    plain, trained = (visit(SELF_ATTENTION, preset=preset, step="vectors") for preset in ("balanced", "trained"))
    assert charts(trained) == charts(plain)
    assert screen(trained) == screen(plain)
    texts = [charts(visit(SELF_ATTENTION, preset=preset, step="sum"))["sum"] for preset in ("balanced", "trained")]
    assert texts[0] != texts[1]


@pytest.mark.parametrize("temperature", [fields.COLDEST, fields.HOTTEST])
def test_temperature_reaches_both_ends(temperature, vectors):
    at = visit(SELF_ATTENTION)
    widget(at, fields.TEMPERATURE).set_value(temperature)
    sound(at.run())
    weights = weights_of("money bank grows", "bank", vectors, Settings(temperature=temperature))
    assert ", ".join(f"{token} {weight:.2f}" for token, weight in weights) in charts(at)["bars_0"]
    assert widget(at, fields.PRESET).value == fields.OWN


@pytest.mark.parametrize("key", list(fields.SWITCHES)[1:])
def test_every_switch_changes_the_weights(key):
    at = visit(SELF_ATTENTION)
    before = charts(at)["bars_0"]
    widget(at, key).set_value(not widget(at, key).value)
    sound(at.run())
    assert charts(at)["bars_0"] != before
    widget(at, key).set_value(not widget(at, key).value)
    sound(at.run())
    assert charts(at)["bars_0"] == before
    assert widget(at, fields.PRESET).value == "balanced"


def test_punctuation_counts_when_it_is_let():
    at = visit(SELF_ATTENTION, a="Money, bank!")
    assert widget(at, controls.CHOSEN_ROW).options == ["1  money", "2  bank"]
    at.toggle(key=fields.PUNCTUATION).set_value(True)
    sound(at.run())
    assert [option.split()[1] for option in widget(at, controls.CHOSEN_ROW).options] == [
        "money",
        ",",
        "bank",
        "!",
    ]


@pytest.mark.parametrize("row", [0, 2])
def test_first_and_last_row(row):
    at = visit(SELF_ATTENTION)
    widget(at, controls.CHOSEN_ROW).set_value(row)
    sound(at.run())
    word = ("money", "bank", "grows")[row]
    assert f"of the new “{word}” is" in screen(at)
    assert f"Weights of “{word}”" in charts(at)["bars_0"]


def test_settings_survive_their_link():
    at = visit(SELF_ATTENTION)
    for temperature, *flags in SWITCHES if NIGHTLY else SWITCHES[::13]:
        widget(at, fields.TEMPERATURE).set_value(temperature)
        for key, flag in zip(list(fields.SWITCHES)[1:], flags, strict=True):
            widget(at, key).set_value(flag)
        wanted = settings_of(sound(at.run()))
        assert wanted == Settings(flags[0], temperature, *flags[1:])
        again = visit(SELF_ATTENTION, **at.query_params)
        assert settings_of(again) == wanted
        assert charts(again) == charts(at)
        assert again.query_params == at.query_params


def test_switches_survive_an_emptied_box():
    at = visit(SELF_ATTENTION, preset="own", temperature="3.5", centre="1", step="scaled")
    edit(at, a="")
    edit(at, a="Money bank grows")
    assert settings_of(at) == Settings(temperature=3.5, centre=True)
    assert widget(at, fields.STEP).value == "scaled"


def test_chosen_row_follows_the_word_when_the_sentence_changes():
    at = visit(SELF_ATTENTION)
    edit(at, a="We sat on the bank of the river")
    assert widget(at, controls.CHOSEN_ROW).value == 4
    assert "of the new “bank” is" in screen(at)


@pytest.mark.parametrize("step", STEPS)
def test_every_step_of_a_lone_word(step):
    assert charts(visit(SELF_ATTENTION, a="bank", preset="sharper", step=step))


@pytest.mark.parametrize("step", STEPS)
def test_repeated_words_stay_apart(step):
    at = visit(SELF_ATTENTION, a="bank bank bank", step=step)
    assert widget(at, controls.CHOSEN_ROW).options == ["1  bank", "2  bank", "3  bank"]
    assert charts(at)


@pytest.mark.parametrize("step", STEPS)
def test_every_step_in_a_room(step):
    at = visit(SELF_ATTENTION, projector="1", step=step)
    assert charts(at) == charts(visit(SELF_ATTENTION, step=step))
    for chart in at.get("plotly_chart"):
        assert json.loads(chart.proto.spec)["layout"]["font"]["size"] >= 20 * 96 / 72


# What stands under the line, and why


@pytest.mark.parametrize(
    ("link", "said"),
    [
        (
            {"preset": "balanced"},
            "Under the line: √50, for vectors of 50 numbers, times 2, the temperature: above 1 it",
        ),
        ({"preset": "scaled"}, "Under the line: √50, for vectors of 50 numbers."),
        ({"preset": "own", "scale": "0", "temperature": "0.5"}, "Under the line: 0.5, the temperature: below 1 it"),
    ],
)
def test_what_stands_under_the_line_is_explained(link, said):
    assert said in screen(visit(SELF_ATTENTION, step="scaled", **link))


def test_why_the_root_is_told_with_the_weight_that_dividing_by_d_would_give(vectors):
    _, trace = selfattn.contextualize("Money bank grows", vectors)
    by_d = selfattn.softmax(trace.scores[1] / (2 * 50))
    said = screen(visit(SELF_ATTENTION, step="scaled"))
    assert "the sum spreads like √50 = 7.1, not like 50" in said
    assert (
        f"Divided by d, the largest weight would be {by_d.max():.2f}, now it is {trace.weights[1].max():.2f}." in said
    )


def test_undivided_scores_are_told_with_their_weight_and_no_root():
    said = screen(visit(SELF_ATTENTION, step="scaled", preset="lesson"))
    assert "the highest gets more than 99 % of the weight" in said
    assert "Why √d" not in said
    short = "money 0.1 0.1 / bank 0.1 0.1 / grows 0.1 0.2"
    said = screen(visit(SELF_ATTENTION, step="scaled", preset="lesson", set="hand", handmade=short))
    assert "the highest gets 34 % of the weight" in said  # exp(0.03) / (2 exp(0.02) + exp(0.03)) = 0.336


def test_what_changed_among_the_neighbours_is_marked_and_what_left_is_named(vectors):
    sentence, trace = selfattn.contextualize("River bank flows", vectors)
    static, after = (
        [word for word, _ in vectors.similar_by_vector(row.astype(np.float32), topn=8)]
        for row in (sentence.matrix[1], trace.output[1])
    )
    at = visit(SELF_ATTENTION, a="River bank flows", step="contextual")
    now = [word if word in static else f"{word} (new)" for word in after]
    rows = "".join(f"<tr><td>{one}</td><td>{two}</td></tr>" for one, two in zip(static, now, strict=True))
    assert any(f"{rows}</table>" in each.body for each in at.get("html"))
    assert set(after) - set(static), "something is new here"
    assert neighbours.came_and_left(static, after) in screen(at)
