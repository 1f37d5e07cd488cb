"""Meaning in motion: two to six sentences, axes, pulls, the way between static and contextual, poles of one's own."""

import json

import numpy as np
import pytest

from selfattn.ui import fields
from selfattn.ui.poles import POLES
from tests.apps import MOTION, charts, edit, opened, screen, sound, visit, widget


@pytest.mark.parametrize("count", range(2, 7))
def test_two_to_six_sentences(count):
    at = visit(MOTION)
    at.segmented_control(key=fields.COUNT).set_value(count)
    sound(at.run())
    assert [box.key for box in at.text_input] == list("abcdef"[:count])
    assert all(box.value for box in at.text_input), "a new box comes with an example"
    assert set(charts(at)) == {"motion"}
    for letter in "ABCDEF"[:count]:
        assert f"in sentence {letter} it goes" in charts(at)["motion"]
        assert charts(at)["motion"].count(f"{letter}: it ") == 1, "the line has a row for each"


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
    at = visit(MOTION, preset="balanced")
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


def test_poles_of_ones_own_move_the_line():
    at = visit(MOTION)
    before = charts(at)["motion"]
    opened(at, POLES).text_area[0].set_value("blood donor qwxzv")
    sound(at.run())
    assert charts(at)["motion"] != before
    assert "Not in the vocabulary, so left out: qwxzv." in screen(at)
    assert charts(visit(MOTION, **at.query_params)) == charts(at)
    at.text_area[0].set_value("")
    assert charts(sound(at.run()))["motion"] == before
    assert at.query_params == {}


def test_any_word_has_a_line_of_its_two_sentences_or_of_poles_of_ones_own():
    at = edit(visit(MOTION), a="The cat sat on the sofa", b="A cat and a mouse")
    of_sentences = charts(at)["motion"]
    assert "On the line from sofa (left) to mouse (right)" in of_sentences
    assert [area.label for area in opened(at, POLES).text_area] == ["Sofa", "Mouse"]
    at.text_area[0].set_value("hat shoe")
    at.text_area[1].set_value("race speed")
    assert charts(sound(at.run()))["motion"] != of_sentences
    assert at.query_params["left"] == "cat: hat shoe"
    assert charts(visit(MOTION, **at.query_params)) == charts(at)


def test_of_a_single_sentence_a_word_without_poles_has_no_line_until_it_gets_some():
    at = edit(visit(MOTION), a="The cat sat down", b="")
    assert "On the line" not in charts(at)["motion"]
    opened(at, POLES).text_area[0].set_value("sofa chair")
    at.text_area[1].set_value("race speed")
    assert "On the line from sofa (left) to race (right)" in charts(sound(at.run()))["motion"]


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
    at.toggle(key=fields.PULLS).set_value(False)
    edit(at, a="Money bank grows")
    for preset, link in (("balanced", {"preset": "balanced"}), ("trained", {})):
        widget(at, fields.PRESET).set_value(preset)
        assert sound(at.run()).query_params == link
