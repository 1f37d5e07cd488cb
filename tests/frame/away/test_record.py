"""Screens that are drawn for nobody: the same as on the page, in print colours, and nothing on the page changes."""

import json

import numpy as np
import pytest

from selfattn.core.vectors import keyed_vectors
from selfattn.course import PLACES, Place
from selfattn.figures.palette import DARK, LIGHT
from selfattn.frame.away import record
from selfattn.sets.vector_set import VectorSet, examples_of
from selfattn.ui import session_sets
from tests.apps import HOSTILE_TOGETHER, MOTION, SELF_ATTENTION, charts, edit, visit
from tests.frame.away.recording import place_of, with_recorder


def keys_of(recorded):
    charts = [element.plotly_chart for element in recorded.drawn.elements() if record.kind(element) == "plotly_chart"]
    return {chart.id.rsplit("-", 1)[-1]: chart.alt for chart in charts}


def specs_of(recorded):
    elements = recorded.drawn.elements()
    return " ".join(element.plotly_chart.spec for element in elements if record.kind(element) == "plotly_chart")


@pytest.mark.parametrize(
    ("page", "link"),
    [
        (SELF_ATTENTION, {"a": "The river bank was steep", "row": "2"}),
        (MOTION, {"n": "3", "c": "The bank lends money"}),
        ("pages/8_Query_key_value.py", {"step": "parts"}),
    ],
)
def test_the_screen_that_is_seen_is_recorded_as_it_is(page, link):
    recorded = with_recorder(lambda recorder: recorder.screen(), page, **link)
    at = visit(page, **link)
    assert keys_of(recorded) == charts(at)
    shown = [element.proto.body for element in at.get("html") if record.FINDING in element.proto.body]
    assert recorded.finding == (shown[0] if shown else "")
    assert recorded.title in [element.proto.body for element in at.get("html")]


def test_every_screen_of_the_course_is_recorded_with_its_answer():
    recorded = with_recorder(lambda recorder: [recorder.screen(place) for place in PLACES], a="Money bank", hidden="1")
    for screen in recorded:
        assert screen.title, screen.place
        assert list(screen.drawn.elements()), screen.place
        assert not [one for one in screen.drawn.elements() if record.kind(one) in ("exception", "text_input")]
        assert "hidden" not in screen.link
    asked = [screen for screen in recorded if screen.place.step and screen.place.step.asks]
    without = [screen.place.step.key for screen in asked if not keys_of(screen)]
    assert without == ["learn"], "nobody has trained yet"
    assert recorded[0].link == {"a": "Money bank"}


def test_print_is_light_and_a_screen_may_be_dark():
    light, dark = with_recorder(lambda recorder: [recorder.screen(theme=theme) for theme in ("light", "dark")])
    for recorded, colours, others in ((light, LIGHT, DARK), (dark, DARK, LIGHT)):
        assert colours.ink in specs_of(recorded)
        assert others.ink not in specs_of(recorded)


def test_what_lies_open_is_recorded_and_can_be_left_out():
    seen, picture, code = with_recorder(
        lambda recorder: [recorder.screen(), recorder.screen(view=""), recorder.screen(view="code")], view="trace"
    )
    assert keys_of(seen) != keys_of(picture)
    assert "motion" in keys_of(picture)
    assert [record.kind(element) for element in code.drawn.elements()] == ["html", "html", "code"]


def test_the_page_keeps_what_it_has():
    def before(at):
        edit(at, a="A loan from the bank")
        at.session_state["word"] = "bank"
        at.run()

    def use(recorder):
        recorder.screen(place_of("heads", "several"), a="Something else", theme="dark")
        return recorder.screen()

    assert "loan" in with_recorder(use, before=before).finding


def test_a_set_of_ones_own_is_that_of_every_screen():
    vectors = keyed_vectors(["money", "river", "bank", "flows"], np.eye(4, 3) + 0.1)
    one = VectorSet("mine-1", "made up", "Uploaded.", vectors, "vectors = …", None, examples_of(vectors))

    def before(at):
        at.session_state[session_sets._OWN] = {"mine-1": one}
        at.session_state["set"] = "mine-1"
        at.run()

    vectors_of = with_recorder(lambda recorder: recorder.screen(place_of("self_attention", "vectors")), before=before)
    assert "made up" in vectors_of.title
    assert "of 3 numbers, the same in every sentence" in vectors_of.finding


def test_a_table_that_is_open_is_recorded():
    recorded = with_recorder(lambda recorder: recorder.screen(), SELF_ATTENTION, tables="numbers")
    (table,) = [child for child in groups(recorded.drawn) if child.label]
    assert table.label == "The same as numbers"
    assert [record.kind(element) for element in table.elements()] == ["dataframe"]


def groups(group):
    inner = [child for child in group.children if isinstance(child, record.Group)]
    return [*inner, *(deeper for child in inner for deeper in groups(child))]


def test_what_stands_side_by_side_is_known():
    recorded = with_recorder(lambda recorder: recorder.screen(), SELF_ATTENTION)
    assert any(group.beside and len(group.children) == 2 for group in groups(recorded.drawn))


def test_hostile_text_is_recorded_escaped():
    recorded = with_recorder(lambda recorder: recorder.screen(), a=HOSTILE_TOGETHER, b="River bank")
    assert "<script" not in "".join(one.html.body for one in recorded.drawn.elements())
    assert all(json.loads(one.plotly_chart.spec) for one in recorded.drawn.elements() if one.plotly_chart.spec)


def test_a_page_that_fails_is_told(monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("on purpose")

    def use(recorder):
        monkeypatch.setattr("selfattn.lessons.why.screen.show", broken)
        with pytest.raises(record.RecordError, match="Why self-attention") as told:
            recorder.screen(place_of("why"))
        return told.value

    assert isinstance(with_recorder(use).__cause__, ZeroDivisionError)


def test_a_place_without_steps_has_no_step_in_its_link():
    assert with_recorder(lambda recorder: recorder.screen(Place(PLACES[1].lesson)), step="scores").link == {}
