"""What a class does between two screens: rewrites a sentence, empties a box, opens a link that asks for nothing."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from selfattn import PRESETS, SENSES, course, lean
from selfattn.core.contextual import space_of
from selfattn.core.lean import line_between
from selfattn.core.presets import PRESET_TITLES
from selfattn.ui import controls, fields, tables
from selfattn.ui.boxes import EXAMPLES
from selfattn.views import predict
from selfattn.views.trace import screen as trace
from selfattn.views.whatif import screen as whatif
from tests.apps import HOME, MOTION, SELF_ATTENTION, charts, edit, keys, opened, press, screen, sound, visit, widget

LIMITS, DOT_PRODUCT = course.LIMITS.page, course.DOT_PRODUCT.page


def key_of(at, name):
    return widget(at, name).key


@pytest.mark.parametrize(
    ("page", "link", "name"),
    [
        (SELF_ATTENTION, {}, controls.CHOSEN_ROW),
        (HOME, {"view": "trace"}, trace.TRACED_COLUMN),
        (HOME, {"view": "whatif"}, whatif.CHOSEN_PLACE),
    ],
)
def test_a_choice_with_other_names_is_a_new_one(page, link, name):
    """A browser answers with the name of what is chosen: the old name must not be taken for a choice."""
    at = visit(page, **link)
    before, value = key_of(at, name), widget(at, name).value
    at = edit(at, a="Cash bank shrinks" if name != controls.CHOSEN_ROW else "Money bats grow")
    assert widget(at, name).value == value
    assert key_of(at, name) != before
    assert not {"row", "column", "place", "to"} & set(at.query_params)


def test_a_choice_made_in_its_widget_keeps_it():
    at = visit(SELF_ATTENTION)
    before = key_of(at, controls.CHOSEN_ROW)
    widget(at, controls.CHOSEN_ROW).set_value(2)
    sound(at.run())
    assert key_of(at, controls.CHOSEN_ROW) == before
    assert at.query_params == {"row": "2"}


@pytest.mark.parametrize(
    ("page", "link"),
    [
        (HOME, {"a": "bank", "b": "bank"}),
        (SELF_ATTENTION, {"a": "bank"}),
        (LIMITS, {"step": "mixed", "mixed": "River bank flows"}),
        (LIMITS, {"step": "still", "word": "peter"}),
        (LIMITS, {"step": "frequent", "frequent": "bank"}),
    ],
)
def test_where_there_is_nothing_to_ask_nothing_is_hidden(page, link):
    at = visit(page, hidden="1", **link)
    assert "predict" not in keys(at, "button")
    assert "hidden" not in at.query_params
    assert not at.get("pills") or predict.CHOSEN not in keys(at, "pills")


def test_a_question_waits_for_a_box_that_is_emptied_for_a_moment():
    at = edit(visit(HOME, hidden="1"), a="", b="")
    assert not charts(at)
    at = edit(at, a="The bank approved our loan")
    assert not charts(at), "still hidden"
    assert charts(press(at, "reveal"))


@pytest.mark.parametrize("guess", ["grows", "<b>anything</b>", "somebody said so"])
def test_only_a_guess_that_could_be_made_is_told(guess):
    at = visit(HOME, guess=guess)
    assert ("You said" in screen(at)) is (guess == "grows")


def test_a_guess_about_one_sentence_is_not_held_against_another():
    at = visit(HOME, guess="money")
    assert "You said" in screen(at)
    assert "You said" not in screen(edit(at, a="River bank flows"))
    widget(opened(at, EXAMPLES), "example").set_value("bat")
    assert "You said" not in screen(sound(at.run()))


@pytest.mark.parametrize("view", ["trace", "whatif"])
@pytest.mark.parametrize(
    ("page", "link"),
    [
        (DOT_PRODUCT, {"a": "", "b": ""}),
        (LIMITS, {"step": "mixed", "mixed": ""}),
        (LIMITS, {"step": "beyond", "a": ""}),
    ],
)
def test_what_cannot_be_looked_at_is_not_offered(page, link, view):
    at = visit(page, view=view, **link)
    assert widget(at, fields.VIEW).value is None
    assert not [option for option in widget(at, fields.VIEW).options if "Trace" in option or "What if" in option]


def test_an_open_view_comes_back_when_there_is_a_sentence_again():
    at = edit(visit(SELF_ATTENTION, view="trace"), a="")
    assert widget(at, fields.VIEW).value is None
    at = edit(at, a="River bank flows")
    assert widget(at, fields.VIEW).value == "trace"
    assert "traced_strips" in charts(at)


@pytest.mark.parametrize("to", [1, 4])
def test_a_moved_word_can_go_to_either_of_two_like_places(to):
    at = visit(HOME, view="whatif", change="move", a="the mill the bank near the river", place="0")
    options = widget(at, whatif.CHOSEN_TO).options
    assert len(set(options)) == len(options)
    widget(at, whatif.CHOSEN_TO).set_value(to)
    assert sound(at.run()).query_params["to"] == str(to)


@pytest.mark.parametrize(
    "view", [{"view": "trace", "of": "b", "column": "2"}, {"view": "whatif", "of": "b", "place": "2"}]
)
def test_places_are_forgotten_with_their_sentence(view):
    at = edit(visit(HOME, **view), b="We sat on the bank")
    assert not {"column", "place", "to", "row"} & set(at.query_params)
    at = visit(HOME, **view, to="0")
    widget(opened(at, EXAMPLES), "example").set_value("bat")
    assert not {"column", "place", "to", "row"} & set(sound(at.run()).query_params)


@pytest.mark.parametrize(
    ("page", "names"), [(SELF_ATTENTION, "numbers"), (MOTION, "numbers switches"), (MOTION, "switches")]
)
def test_open_tables_are_in_the_link(page, names):
    at = visit(page, tables=names)
    assert len(at.dataframe) == len(names.split())
    assert at.query_params == {"tables": names}
    assert "tables" not in press(at, "next").query_params


def table_of_switches():
    import streamlit as st

    import selfattn
    from selfattn.ui import panels, run, state, tables

    state.load("home")
    now = run.begin()
    sentences = [selfattn.embed(text, now.vectors) for text in ("Hello there", "River bank flows")]
    table = tables.switch_table(now, panels.compute(now, sentences, "bank"))
    st.session_state["columns"], st.session_state["lines"] = list(table.columns), dict(table.to_numpy())


@pytest.fixture(scope="module")
def switch_table():
    return sound(AppTest.from_function(table_of_switches, default_timeout=60).run()).session_state


def test_the_table_of_switches_names_sentences_as_the_plot_does(switch_table):
    """A has no bank: the only column of numbers is B's."""
    assert switch_table["columns"] == ["finance −1 … river 1", "B: River bank flows"]


def test_the_table_of_switches_says_where_the_word_ends_with_each(switch_table, vectors):
    lines = switch_table["lines"]
    assert list(lines)[-2:] == [PRESET_TITLES["sharper"], PRESET_TITLES["trained"]]
    for preset, title in PRESET_TITLES.items():
        unit = line_between(SENSES["bank"], vectors, space_of(vectors, PRESETS[preset])).unit
        assert lines[title] * unit == pytest.approx(lean("River bank flows", "bank", vectors, preset).after)


def test_a_row_of_the_table_is_not_lost_to_its_name():
    frame = tables.rows(["products", "money", "products"], np.array([[1.0], [2.0], [3.0]]))
    assert frame["vector"].tolist() == ["products", "money", "products"]
    assert frame["1"].tolist() == [1.0, 2.0, 3.0]
