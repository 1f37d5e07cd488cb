"""The frame of a page: what was typed is text there, too; where its tools are; and what it says of the settings."""

import pytest

from selfattn.core.learn import FEWEST_WORDS
from selfattn.course import LESSONS
from selfattn.ui import fields
from tests.apps import HOME, MOTION, SELF_ATTENTION, charts, keys, opened, press, screen, sound, title, visit, widget


def test_a_title_is_text_and_no_markup():
    at = visit(a="a < bank", b="< bank", word="<", punctuation="1")
    assert title(at) == "Where “&lt;” goes"


@pytest.mark.parametrize("link", [{}, {"projector": "1"}])
def test_home_has_its_tools_behind_one_button(link):
    at = visit(**link)
    assert not [key for key in keys(at, "button_group") if key.startswith(fields.VIEW)]
    assert not at.code, "no address"
    assert {"predict", "room_switch"} <= set(keys(at, "button")), "these stay in sight"
    at = opened(at, "closer")
    assert widget(at, fields.VIEW).options == ["Trace a number", "What if", "Code", "Terms"]
    assert len(at.code) == (1 if "projector" in link else 2), "the address; the lines for another page, but in a room"


@pytest.mark.parametrize("page", [SELF_ATTENTION, MOTION])
def test_other_lessons_have_them_in_sight(page):
    assert widget(visit(page), fields.VIEW)


@pytest.mark.parametrize("link", [{}, {"projector": "1"}])
@pytest.mark.parametrize("page", [HOME, SELF_ATTENTION])
def test_a_phone_has_its_boxes_in_sight_and_one_row_of_tools_whatever_its_link_says(page, link, monkeypatch):
    monkeypatch.setattr("selfattn.ui.run.on_phone", lambda: True)
    at = visit(page, **link)
    assert at.text_input(key="a").value == "Money bank grows"
    assert not {"predict", "room_switch"} & set(keys(at, "button"))
    at = opened(at, "menu")
    assert len(at.page_link) == len(LESSONS)
    assert len(at.code) == (1 if "projector" in link else 2), "the address; the lines for another page, but in a room"
    press(at, "predict")
    assert not charts(at)
    assert not at.page_link, "the menu closes: the question is behind it"
    widget(opened(at, "menu"), fields.VIEW).set_value("terms")
    sound(at.run())
    assert not at.page_link
    assert charts(press(press(at, "close_view"), "reveal"))


@pytest.mark.parametrize("page", [HOME, MOTION])
def test_why_a_set_cannot_have_trained_attention_is_said(page):
    """Two numbers a word, written by hand: few words, and none of the others that there are sentences for."""
    at = visit(page, set="hand")
    assert "“Trained” is not possible here: this set knows " in screen(at)
    assert f", and training needs {FEWEST_WORDS}. “Balanced” stands in." in screen(at)
    assert charts(at), "something is shown all the same"
    assert "not possible" not in screen(visit(page, set="hand", preset="balanced"))
    assert "not possible" not in screen(visit(page))
