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


def link_of(step, *, answered=False, **more):
    asks = {"hidden": "1"} if step.asks and not answered else {}
    return ({} if step.key == "weights" else {"step": step.key}) | asks | more


def test_next_goes_through_the_steps_and_previous_back():
    at = visit(SELF_ATTENTION, step="vectors", a="Fish swim near the bank")
    kept = {"a": "Fish swim near the bank"}
    states = [(step, answered) for step in STEPS for answered in ((False, True) if step.asks else (False,))]
    for step, answered in states[1:]:
        press(at, nav.NEXT)
        assert at.query_params == link_of(step, answered=answered, **kept)
        assert widget(at, fields.STEP).value == step.key
        assert bool(charts(at)) == (answered or not step.asks)
    for step, answered in states[-2::-1]:
        press(at, nav.PREVIOUS)
        assert at.query_params == link_of(step, answered=answered, **kept)
        assert bool(charts(at)) == (answered or not step.asks)
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
    at = opened(visit(page, hidden="1"), "menu")
    listed = [
        element.proto.body
        for element in at.get("html")
        if "sa-keys" in element.proto.body and "<dl" in element.proto.body
    ]
    shortcuts = {button.key: button.proto.shortcut for button in at.button if button.proto.shortcut}
    walk = {"previous": "left", "also_page_up": "pageup", "next": "right", "also_page_down": "pagedown"}
    assert shortcuts == walk | {"room_switch": "f", "predict": "p", "reveal": "a"}
    at = visit(page, projector="1")
    assert at.button(key="also_space").proto.shortcut == "space", "on a laptop it presses what has the focus"
    for key in ("→", "←", "Page Down", "Page Up", "Space", "P", "A", "F"):
        assert f"<kbd>{key}</kbd>" in listed[0]


def test_a_button_says_its_name():
    at = visit()
    assert [at.button(key=key).label for key in (nav.PREVIOUS, nav.NEXT)] == ["Back", "Next"]


# a screen that asks


def test_a_step_that_asks_is_reached_with_its_question_and_on_the_way_back_with_its_answer():
    at = press(visit(SELF_ATTENTION, step="scaled"), nav.NEXT)
    assert at.query_params == {"hidden": "1"}
    assert not charts(at)
    assert at.button(key="reveal")
    assert charts(press(visit(SELF_ATTENTION, step="sum"), nav.PREVIOUS))


def test_next_says_what_it_does_and_stays_the_same_button():
    at = visit(SELF_ATTENTION, hidden="1")
    assert at.button(key=nav.NEXT).label == "Answer"
    before = at.button(key=nav.NEXT).proto.id
    assert press(at, nav.NEXT).button(key=nav.NEXT).label == "Next"
    assert at.button(key=nav.NEXT).proto.id == before


def test_a_guess_stays_on_the_way_to_its_answer_and_back():
    at = press(visit(SELF_ATTENTION, hidden="1", guess="grows"), nav.NEXT)
    assert at.query_params == {"guess": "grows"}
    assert "You said “grows”" in screen(at)
    assert press(at, nav.PREVIOUS).query_params == {"hidden": "1", "guess": "grows"}
    assert press(at, nav.PREVIOUS).query_params == {"step": "scaled"}


def test_a_view_that_lies_open_closes_when_the_answer_is_shown():
    at = press(visit(SELF_ATTENTION, hidden="1", view="terms"), nav.NEXT)
    assert at.query_params == {}
    assert charts(at)


@pytest.mark.parametrize("key", ["also_page_down", "also_space"])
def test_a_screen_that_was_made_to_ask_answers_first_and_is_left_backwards_at_once(key):
    at = visit(HOME, hidden="1", projector="1")
    assert charts(press(at, key))
    assert title(press(at, key)) == "Why self-attention"
    at = press(visit(MOTION, hidden="1"), "also_page_up")
    assert title(at) == "Self-attention, step by step"
    at = press(visit(MOTION), nav.PREVIOUS)
    assert title(at) == "Self-attention, step by step", "it does not ask by itself"


@pytest.mark.parametrize(("key", "step"), [(nav.NEXT, "sum"), (nav.PREVIOUS, "scaled")])
@pytest.mark.parametrize("link", [{"a": "qwxzv", "hidden": "1"}, {"a": "qwxzv"}, {"a": "bank", "hidden": "1"}])
def test_where_nothing_can_be_asked_a_key_leads_on_at_once(key, step, link):
    at = press(visit(SELF_ATTENTION, **link), key)
    assert at.query_params == {"a": link["a"], "step": step}


def test_from_the_next_lesson_one_comes_back_to_an_answer():
    at = press(visit("pages/5_Self_attention.py", step="vectors"), nav.PREVIOUS)
    assert at.query_params == {"step": "where"}
    assert charts(at)


def test_two_keys_may_come_before_one_screen_is_drawn():
    """What was drawn last says nothing of the screen that the first key has led to."""
    app = AppTest.from_function(pressing, kwargs={"ways": [True, True]}).run()
    assert not app.exception
    assert app.session_state["result"] == [("weights", True), ("weights", False)]
    app = AppTest.from_function(pressing, kwargs={"ways": [True, True, True, False, False]}).run()
    assert app.session_state["result"][2:] == [("sum", False), ("weights", False), ("weights", True)]


def pressing(ways):
    import streamlit as st

    from selfattn.course import SELF_ATTENTION
    from selfattn.frame import nav
    from selfattn.ui import state

    state.load("self_attention")
    state.put(step="scaled")
    nav.buttons(SELF_ATTENTION, asks=False, room=False)
    states = []
    for onward in ways:
        nav._go(SELF_ATTENTION, onward=onward)
        states.append((state.step(SELF_ATTENTION), state.get("hidden")))
    st.session_state["result"] = states


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
    at = visit(SELF_ATTENTION, step="contextual", view="terms", hidden="1", guess="money")
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


@pytest.mark.parametrize(("onward", "back"), [("also_page_down", "also_page_up")])
def test_a_walk_visits_every_question_and_its_answer_and_the_way_back_is_the_same(onward, back):
    at, seen = visit(projector="1"), []
    for place, following in zip(PLACES, [*PLACES[1:], None], strict=True):
        step = place.step
        own = {"step": step.key} if step and step.key != place.lesson.start else {}
        for asks in ({"hidden": "1"}, {}) if step and step.asks else ({},):
            assert at.query_params == {"projector": "1"} | own | asks
            assert bool("sa-question" in read_bodies(at)) == bool(asks)
            seen.append((title(at), at.query_params))
            assert at.button(key=onward).disabled == (following is None)
            if following:
                press(at, onward)
    for before in seen[-2::-1]:
        press(at, back)
        assert (title(at), at.query_params) == before
    assert at.button(key=back).disabled


def read_bodies(at):
    return "".join(element.proto.body for element in at.get("html") if "<style" not in element.proto.body)
