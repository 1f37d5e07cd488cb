"""Trace a number, driven without a browser: what is said, what is chosen, and that it comes back from the link."""

import html
import json
import re

import pytest

import selfattn
from selfattn.core.contextual import space_of
from selfattn.core.presets import PRESETS
from selfattn.core.rounding import plain_fixed
from selfattn.core.senses import SENSES
from selfattn.ui import fields
from selfattn.views.trace import screen
from tests import apps
from tests.apps import HOME, HOSTILE, MOTION, PAGES, SELF_ATTENTION, read_html, sound, widget


def visit(page=HOME, **link):
    return apps.visit(page, **{"view": "trace", "preset": "balanced"} | link)


def finding(at):
    """The large line, and no other."""
    (body,) = (one.proto.body for one in at.get("html") if 'class="sa-finding' in one.proto.body)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", body)).split())


def formula(at):
    return " ".join(one.value for one in at.markdown if one.value.startswith("$"))


def charts(at):
    return {chart.proto.id.rsplit("-", 1)[-1]: chart.proto for chart in at.get("plotly_chart")}


def column(at):
    return widget(at, screen.TRACED_COLUMN)


# a weight


@pytest.mark.parametrize("page", PAGES)
def test_the_heaviest_other_word_is_traced_at_first(page):
    at = visit(page)
    assert finding(at) == "“money” gives the new “bank” 24 %: exp(1.53) = 4.6 of 19.3."
    assert r"\exp(1.53) = 4.6" in formula(at)
    assert set(charts(at)) == {"traced_strips", "traced_row"}
    assert all(len(chart.alt) > 60 for chart in charts(at).values())
    assert column(at).value == 0


@pytest.mark.parametrize("page", PAGES)
def test_another_word_is_chosen_and_comes_back_from_the_link(page):
    at = visit(page)
    column(at).set_value(2)
    sound(at.run())
    said = finding(at)
    assert said.startswith("“grows” gives the new “bank” 8 %")
    link = dict(at.query_params)
    assert link["column"] in ("2", ["2"])
    again = visit(page, **{name: one[0] if isinstance(one, list) else one for name, one in link.items()})
    assert finding(again) == said


def test_a_click_on_a_line_of_the_row_traces_it():
    at = visit(SELF_ATTENTION)
    (spec,) = (json.loads(chart.spec) for name, chart in charts(at).items() if name == "traced_row")
    (bars,) = (one for one in spec["data"] if one["type"] == "bar")
    assert bars["y"] == [0, 1, 2]


def test_numbers_on_every_preset(vectors):
    for preset in PRESETS:
        at = visit(SELF_ATTENTION, preset=preset)
        weight = selfattn.contextualize("Money bank grows", vectors, preset)[1].weights[1, 0]
        query, key = ("query of ", "key of ") if preset == "trained" else ("", "")
        assert f"{query}“bank” and " in charts(at)["traced_strips"].alt
        assert f"{key}“money”, and below" in charts(at)["traced_strips"].alt
        assert (r"q_{\text{bank}} \cdot k_{\text{money}}" in formula(at)) is (preset == "trained")
        shown = "less than 1 %" if weight < 0.005 else f"{weight * 100:.0f} %"
        assert finding(at).startswith(f"“money” gives the new “bank” {shown}: exp(")
        assert ("less the highest" in formula(at)) is (preset == "lesson")
        assert ("frequent or distant: lower" in formula(at)) is (preset == "sharper")
        assert ("{distant: lower}" in formula(at).replace(r"\small ", "")) is (preset == "trained")


@pytest.mark.parametrize(("page", "preset"), [(HOME, "trained"), (SELF_ATTENTION, "balanced"), (MOTION, "trained")])
def test_without_a_link_the_numbers_are_those_of_the_page(page, preset):
    for what in fields.TRACES:
        assert finding(apps.visit(page, view="trace", trace=what)) == finding(visit(page, trace=what, preset=preset))


def test_switches_are_named():
    at = visit(SELF_ATTENTION, preset="own", frequency="1", temperature="3")
    assert "frequent: lower" in formula(at)
    assert r"\sqrt{50} \cdot 3" in formula(at)
    at = visit(SELF_ATTENTION, preset="own", distance="1", scale="0", temperature="1")
    assert "distant: lower" in formula(at)
    assert "sqrt" not in formula(at)


def test_a_word_may_not_look_at_itself():
    at = visit(SELF_ATTENTION, preset="sharper", column="1")
    assert finding(at).startswith("“bank” may not look at itself")
    assert r"-\infty" in formula(at)


def test_the_row_of_the_page_is_the_word_that_is_rewritten():
    at = visit(SELF_ATTENTION, row="0", column="1")
    assert "gives the new “money”" in finding(at)
    assert finding(at).startswith("“bank”")


def test_a_sentence_is_chosen_and_the_word_falls_back():
    at = visit(HOME, column="2")
    widget(at, screen.TRACED_SENTENCE).set_value("b")
    sound(at.run())
    assert finding(at).startswith("“river” gives the new “bank”")
    assert at.session_state[fields.COLUMN] == -1
    assert at.session_state[fields.OF] == "b"
    assert finding(visit(HOME, of="b")) == finding(at)


@pytest.mark.parametrize("link", [{"column": "400"}, {"of": "f"}, {"of": "f", "column": "17"}])
@pytest.mark.parametrize("page", PAGES)
def test_a_place_out_of_range_falls_back_quietly(page, link):
    at = visit(page, **link)
    assert finding(at).startswith("“money” gives the new “bank” 24 %")
    assert not at.warning


# a coordinate


@pytest.mark.parametrize("page", PAGES)
def test_the_coordinate_that_changes_most(page):
    at = visit(page, trace="coordinate")
    assert finding(at).startswith("Coordinate 29 of “bank” goes from −1.0371 to −0.5339")
    assert set(charts(at)) == {"traced_sum"}
    assert r"\text{bank}'_{29}" in formula(at)


def test_another_coordinate_counts_from_one(vectors):
    at = visit(SELF_ATTENTION, trace="coordinate")
    widget(at, screen.TRACED_DIMENSION).set_value(50)
    sound(at.run())
    output = selfattn.contextualize("Money bank grows", vectors)[1].output[1, 49]
    said = re.search(r"Coordinate 50 of “bank” (?:goes from \S+ to|stays at) (\S+):", finding(at)).group(1)
    assert float(said.replace("−", "-")) == pytest.approx(output, abs=0.005)
    assert finding(visit(SELF_ATTENTION, trace="coordinate", dimension="50")) == finding(at)


def test_a_coordinate_that_is_not_there_falls_back():
    at = visit(SELF_ATTENTION, trace="coordinate", dimension="999")
    assert finding(at).startswith("Coordinate 29 ")


# a point


@pytest.mark.parametrize("page", PAGES)
def test_a_point_on_both_axes(page):
    at = visit(page, trace="point")
    assert finding(at).startswith("On axis 2 “money” pulls “bank” most: 0.2384 · (−0.679 − 1.845) = −0.602.")
    assert set(charts(at)) == {"traced_axes_1"}
    assert formula(at).count("axis") == 2


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("page", PAGES)
def test_axis_1_is_the_line_and_the_cosines_stand_below(page, preset, vectors):
    at, lean = visit(page, trace="point", preset=preset), selfattn.lean("Money bank grows", "bank", vectors, preset)
    said = re.search(r"Axis 1: from (\S+) by .*? to (\S+);", charts(at)["traced_axes_1"].alt).groups()
    assert [float(one.replace("−", "-")) for one in said] == pytest.approx([lean.before, lean.after], abs=0.006)
    trace, place = selfattn.contextualize("Money bank grows", vectors, preset)[1], space_of(vectors, PRESETS[preset])
    before, after = (
        selfattn.meaning_meter(side[1], SENSES["bank"], vectors, space=place) for side in (trace.matrix, trace.output)
    )
    near = ", ".join(f"{sense} {before[sense]:.2f} → {after[sense]:.2f}" for sense in before)
    assert f"Cosines of “bank” to the poles, static → contextual: {near}." in apps.screen(at)


def test_the_point_is_that_of_the_plot():
    plot = charts(visit(MOTION, view=""))["motion"].alt
    place = re.search(r"in sentence A it goes from (\S+) to (\S+) on axis 1", plot).groups()
    said = re.search(r"Axis 1: from (\S+) by .*? to (\S+);", charts(visit(MOTION, trace="point"))["traced_axes_1"].alt)
    assert [plain_fixed(float(one.replace("−", "-")), 1) for one in said.groups()] == list(place)


@pytest.mark.parametrize(("b", "title"), [("The cat sleeps", "Axis 1, eats ← → sleeps"), ("A dog sleeps", "Axis 1")])
def test_an_axis_between_two_senses_is_titled_so(b, title):
    """Of a word without known poles the two sentences give them, if both have it."""
    at = visit(MOTION, trace="point", a="The cat eats fish", b=b, word="cat")
    assert json.loads(charts(at)["traced_axes_1"].spec)["layout"]["annotations"][0]["text"] == title
    assert ("Cosines of “cat” to the poles" in apps.screen(at)) is ("eats" in title)


def test_axes_from_the_words_only_where_the_plot_has_them():
    poles, words = visit(MOTION, trace="point"), visit(MOTION, trace="point", basis="words")
    assert formula(poles) != formula(words)
    assert formula(visit(HOME, trace="point", basis="words")) == formula(poles)


# extremes


@pytest.mark.parametrize("what", fields.TRACES)
@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize(
    "text", ["bank", "bank bank", "The bank, the bank and the bank", "word " * 600, "Money " * 300 + "bank"]
)
def test_sentences_of_any_length(text, what, preset):
    at = visit(SELF_ATTENTION, a=text, trace=what, preset=preset)
    assert finding(at)
    assert charts(at)


@pytest.mark.parametrize("what", fields.TRACES)
@pytest.mark.parametrize("text", [*HOSTILE, "$ $ bank \\ { } % # & _ ^ ~"])
def test_what_was_typed_is_never_markup(text, what):
    at = visit(SELF_ATTENTION, a=f"{text} bank", trace=what, punctuation="1")
    assert finding(at)
    assert not {tag for tag, _ in read_html(at).tags} & {"img", "script"}
    for piece in formula(at).split("$ $"):
        assert "$" not in piece.strip("$")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("text", ["", "?!", "qqqqzzzz"])
def test_without_words_there_is_nothing_to_trace(page, text):
    at = visit(page, a=text, b=text)
    assert not [one for one in charts(at) if one.startswith("traced")]
    assert at.warning


@pytest.mark.parametrize("what", fields.TRACES)
def test_for_a_room_and_for_a_phone(what):
    at = visit(SELF_ATTENTION, trace=what, projector="1")
    assert finding(at)
    assert all(json.loads(chart.spec)["layout"]["font"]["size"] >= 27 for chart in charts(at).values())


def test_the_tables_behind_it_are_computed_when_opened():
    at = visit(SELF_ATTENTION)
    assert not at.dataframe


def test_what_is_traced_is_kept_in_the_link():
    at = visit(HOME)
    widget(at, fields.TRACE).set_value("point")
    sound(at.run())
    assert finding(at).startswith("On axis")
    assert at.query_params["trace"] in ("point", ["point"])
