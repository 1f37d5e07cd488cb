"""Meaning in motion: two to six sentences, axes, pulls, the way between static and contextual, poles of one's own."""

import json

import numpy as np
import pytest

from selfattn.ui import fields
from tests.apps import MOTION, charts, edit, screen, sound, visit, widget


@pytest.mark.parametrize("count", range(2, 7))
def test_two_to_six_sentences(count):
    at = visit(MOTION)
    at.segmented_control(key=fields.COUNT).set_value(count)
    sound(at.run())
    assert [box.key for box in at.text_input] == list("abcdef"[:count])
    assert all(box.value for box in at.text_input), "a new box comes with an example"
    assert charts(at)["meter"].count("finance:") == count
    for letter in "ABCDEF"[:count]:
        assert f"in sentence {letter} it goes" in charts(at)["motion"]


def test_boxes_that_go_away_keep_their_text():
    at = visit(MOTION, n="3", c="The bank approved our loan")
    at.segmented_control(key=fields.COUNT).set_value(2)
    sound(at.run())
    at.segmented_control(key=fields.COUNT).set_value(3)
    assert sound(at.run()).text_input(key="c").value == "The bank approved our loan"


def test_axes_from_the_words():
    at = visit(MOTION)
    before = charts(at)["motion"]
    at.segmented_control(key=fields.BASIS).set_value("words")
    assert charts(sound(at.run()))["motion"] != before


def test_pulls_name_the_words_that_pull():
    at = visit(MOTION)
    spec = at.get("plotly_chart")[0].proto.spec
    assert "+ 0.24 money" not in spec
    at.toggle(key=fields.PULLS).set_value(True)
    assert "+ 0.24 money" in sound(at.run()).get("plotly_chart")[0].proto.spec


def tips(at):
    """Where the arrows of the motion plot end."""
    spec = json.loads(at.get("plotly_chart")[0].proto.spec)
    return [(one["x"][-1], one["y"][-1]) for one in spec["data"] if one.get("mode") == "lines+markers"]


@pytest.mark.parametrize("percent", [0, 35, 100])
def test_the_way_can_be_stopped_anywhere(percent):
    at = visit(MOTION)
    starts = [(one["x"][0], one["y"][0]) for one in json.loads(at.get("plotly_chart")[0].proto.spec)["data"]
              if one.get("mode") == "lines+markers"]  # fmt: skip
    goals, alt = tips(at), charts(at)["motion"]
    at.slider(key=fields.WAY).set_value(percent)
    sound(at.run())
    share = percent / 100
    wanted = [np.add(np.multiply(1 - share, start), np.multiply(share, goal))
              for start, goal in zip(starts, goals, strict=True)]  # fmt: skip
    np.testing.assert_allclose(tips(at), wanted, atol=1e-9)
    assert at.query_params == ({} if percent == 100 else {"way": str(percent)})
    assert tips(visit(MOTION, **at.query_params)) == tips(at)
    assert charts(at)["motion"] == alt, "what the plot says is where the word goes"


def test_poles_of_ones_own_move_the_meter():
    at = visit(MOTION)
    before = charts(at)["meter"]
    at.text_area[0].set_value("blood donor qwxzv")
    sound(at.run())
    assert charts(at)["meter"] != before
    assert "Not in the vocabulary, so left out: qwxzv." in screen(at)
    assert charts(visit(MOTION, **at.query_params)) == charts(at)
    at.text_area[0].set_value("")
    assert charts(sound(at.run()))["meter"] == before
    assert at.query_params == {}


def test_poles_give_a_meter_to_any_word():
    at = edit(visit(MOTION), a="The cat sat down", b="A cat ran away")
    assert "meter" not in charts(at)
    at.text_area[0].set_value("sofa chair")
    at.text_area[1].set_value("race speed")
    assert "sofa: " in charts(sound(at.run()))["meter"]


def test_tables_wait_to_be_asked_for():
    at = visit(MOTION)
    assert not at.dataframe
    assert [box.label for box in at.expander] == ["The table behind it", "What each switch does"]


def test_link_has_what_differs_and_nothing_else():
    at = visit(MOTION)
    edit(at, a="The bank approved our loan")
    widget(at, fields.PRESET).set_value("sharper")
    at.toggle(key=fields.PULLS).set_value(True)
    sound(at.run())
    assert at.query_params == {"a": "The bank approved our loan", "preset": "sharper", "pulls": "1"}
    widget(at, fields.PRESET).set_value("balanced")
    at.toggle(key=fields.PULLS).set_value(False)
    edit(at, a="Money bank grows")
    assert at.query_params == {}
