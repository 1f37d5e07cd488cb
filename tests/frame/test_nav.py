"""The way through the lessons without a browser: next and previous, what a screen begins with, and where links lead."""

import pytest
from streamlit.testing.v1 import AppTest

from selfattn import course
from selfattn.course import BY_KEY, LESSONS, PLACES
from selfattn.frame import nav
from selfattn.ui import fields
from tests.apps import HOME, MOTION, PAGES, SELF_ATTENTION, charts, opened, press, screen, sound, title, visit, widget

STEPS = BY_KEY["self_attention"].steps
NAMES = [f"{place.lesson.key} {place.step.key if place.step else ''}" for place in PLACES]


def link_of(step, **more):
    asks = {"hidden": "1"} if step.asks else {}
    return ({} if step.key == "weights" else {"step": step.key}) | asks | more


def test_next_goes_through_the_steps_and_previous_back():
    at = visit(SELF_ATTENTION, step="vectors", a="Fish swim near the bank")
    kept = {"a": "Fish swim near the bank"}
    for step in STEPS[1:]:
        press(at, nav.NEXT)
        assert at.query_params == link_of(step, **kept)
        assert widget(at, fields.STEP).value == step.key
    for step in STEPS[-2::-1]:
        press(at, nav.PREVIOUS)
        assert at.query_params == link_of(step, **kept)
    assert "Every word is a vector" in screen(at)


def test_next_leads_from_the_last_step_to_the_next_lesson_and_previous_back():
    at = visit(SELF_ATTENTION, step="summary", preset="sharper", pulls="1")
    press(at, nav.NEXT)
    assert title(at) == "Where “bank” goes"
    assert at.query_params == {"preset": "sharper", "pulls": "1"}
    assert at.toggle(key=fields.PULLS).value
    press(at, nav.PREVIOUS)
    assert title(at) == "Self-attention, step by step"
    assert at.query_params == {"step": "summary", "preset": "sharper", "pulls": "1"}
    assert set(charts(at)) == {"summary_1", "summary_2", "summary_3"}


def test_nothing_comes_before_home():
    at = visit()
    assert at.button(key=nav.PREVIOUS).disabled
    assert not at.button(key=nav.NEXT).disabled
    assert course.before(BY_KEY["home"], "") is None


@pytest.mark.parametrize("page", PAGES)
def test_the_keys_are_those_that_the_popover_lists(page):
    at = opened(visit(page, hidden="1"), "closer" if page == HOME else "keys")
    listed = [
        element.proto.body
        for element in at.get("html")
        if "sa-keys" in element.proto.body and "<dl" in element.proto.body
    ]
    shortcuts = {button.key: button.proto.shortcut for button in at.button if button.proto.shortcut}
    assert shortcuts == {"previous": "left", "next": "right", "room_switch": "f", "predict": "p", "reveal": "a"}
    for key in "→←PAF":
        assert f"<kbd>{key}</kbd>" in listed[0]


def test_a_button_says_its_name():
    at = visit()
    assert [at.button(key=key).label for key in (nav.PREVIOUS, nav.NEXT)] == ["Back", "Next"]


# a screen that asks


@pytest.mark.parametrize("way", [("scaled", nav.NEXT), ("sum", nav.PREVIOUS)])
def test_a_step_that_asks_begins_with_its_question_from_either_side(way):
    start, key = way
    at = visit(SELF_ATTENTION, step=start)
    press(at, key)
    assert at.query_params == {"hidden": "1"}
    assert not charts(at)
    assert at.button(key="reveal")
    press(at, nav.NEXT)
    assert at.query_params == {"step": "sum"}
    assert charts(at)


def test_a_step_that_is_chosen_begins_afresh():
    at = visit(SELF_ATTENTION, step="scores", view="code", guess="grows")
    assert at.code
    widget(at, fields.STEP).set_value("weights")
    sound(at.run())
    assert at.query_params == {"hidden": "1"}
    assert not at.code
    widget(at, fields.STEP).set_value("scores")
    sound(at.run())
    assert at.query_params == {"step": "scores"}


@pytest.mark.parametrize("key", [nav.NEXT, nav.PREVIOUS])
def test_what_lies_open_is_closed_on_the_way(key):
    at = visit(SELF_ATTENTION, step="scores", view="terms", hidden="1", guess="money")
    press(at, key)
    assert not {"view", "hidden", "guess"} & set(at.query_params)
    assert widget(at, fields.VIEW).value is None
    assert charts(at)


def test_a_link_without_a_question_shows_the_answer():
    assert charts(visit(SELF_ATTENTION))
    assert charts(visit(SELF_ATTENTION, step="weights"))
    assert not charts(visit(SELF_ATTENTION, hidden="1"))


@pytest.mark.parametrize("step", [one.key for place in LESSONS for one in place.steps if place.key != "self_attention"])
def test_a_step_of_another_lesson_opens_the_start(step):
    at = visit(SELF_ATTENTION, step=step)
    assert set(charts(at)) == {"weights", "bars_0"}
    assert at.query_params == {}


@pytest.mark.parametrize("page", [PAGES[0], MOTION])
def test_a_lesson_of_one_screen_has_no_step_in_its_link(page):
    assert visit(page, step="sum").query_params == {}


# links


def linking(place, values):
    import streamlit as st

    from selfattn.course import PLACES
    from selfattn.ui import state

    state.load("self_attention")
    state.put(**values)
    st.session_state["result"] = state.link_to(PLACES[place])


@pytest.mark.parametrize("place", range(len(PLACES)), ids=NAMES)
def test_a_link_to_a_screen_keeps_what_was_chosen_and_leaves_what_lies_open(place):
    values = {"a": "Fish & chips", "preset": "lesson", "row": 1, "projector": True, "step": "sum"}
    values |= {"view": "code", "hidden": True, "guess": "chips"}
    app = AppTest.from_function(linking, kwargs={"place": place, "values": values}).run()
    assert not app.exception
    kept = {"a": "Fish & chips", "preset": "lesson", "row": "1", "projector": "1"}
    lesson, step = PLACES[place].lesson, PLACES[place].step
    own = {"step": step.key} if step and step.key != lesson.start else {}
    asks = {"hidden": "1"} if step and step.asks else {}
    assert app.session_state["result"] == kept | own | asks


def test_next_walks_through_every_screen_of_every_lesson():
    at, seen = visit(projector="1"), []
    for place, following in zip(PLACES, [*PLACES[1:], None], strict=True):
        step = place.step
        own = {"step": step.key} if step and step.key != place.lesson.start else {}
        asks = {"hidden": "1"} if step and step.asks else {}
        assert at.query_params == {"projector": "1"} | own | asks
        seen.append(title(at))
        assert at.button(key=nav.NEXT).disabled == (following is None)
        if following:
            press(at, nav.NEXT)
    assert len(set(seen)) > len(LESSONS) - 1
