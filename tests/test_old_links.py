"""Links of the first version: they open the same screen for good."""

import pytest

import selfattn
from selfattn.core.rounding import percent
from selfattn.course import EXPLORE
from selfattn.ui import fields
from tests.apps import HOME, MOTION, PAGES, SELF_ATTENTION, charts, screen, title, visit, weights_of, widget

FISH = "Fish swim near the bank"
OLD = [
    (HOME, {}, {}),
    (HOME, {"a": FISH, "word": "bank", "preset": "sharper"}, {"preset": "sharper", "trained": False}),
    (SELF_ATTENTION, {}, {"step": "weights"}),
    (SELF_ATTENTION, {"a": FISH, "row": "2", "step": "sum"}, {"step": "sum", "row": 2}),
    (SELF_ATTENTION, {"preset": "own", "temperature": "3.5", "centre": "1"}, {"temperature": 3.5, "centre": True}),
    (SELF_ATTENTION, {"punctuation": "1", "step": "scores"}, {"punctuation": True}),
    (MOTION, {"n": "4", "pulls": "1", "c": FISH, "basis": "words"}, {"n": 4, "pulls": True, "basis": "words"}),
    (MOTION, {"left": "bank: money cash", "right": "bank: water lake"}, {"left": "bank: money cash"}),
]
TITLES = {
    HOME: "Why “bank” means two things", SELF_ATTENTION: "Self-attention, step by step", MOTION: "Where “bank” goes",
}  # fmt: skip


def value_of(at, name):
    return at.session_state[name] if name in at.session_state else fields.FIELDS[name].default


@pytest.mark.parametrize(("page", "link", "values"), OLD)
def test_a_link_of_the_first_version_opens_its_screen(page, link, values):
    at = visit(page, **link)
    assert title(at) == TITLES[page]
    assert "cannot be used" not in screen(at)
    assert charts(at)
    for name, value in ({key: link[key] for key in link if key in "abc"} | values).items():
        assert (widget(at, name).value if name == fields.STEP else value_of(at, name)) == value
    assert not value_of(at, fields.HIDDEN)
    assert not value_of(at, fields.PROJECTOR)


SHARES = {"lesson": "less than 1 %", "scaled": "11 %", "balanced": "24 %", "sharper": "61 %"}  # as they were then


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("preset", SHARES)
def test_a_link_that_names_a_preset_shows_what_it_showed(page, preset):
    at = visit(page, preset=preset)
    assert f"{SHARES[preset]} of the new “bank” is “money”" in screen(at).replace("Less", "less")
    assert widget(at, fields.PRESET).value == preset


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("link", "settings"),
    [
        ({"temperature": "3.5"}, selfattn.Settings(temperature=3.5)),
        ({"self": "0", "centre": "1"}, selfattn.Settings(attend_self=False, centre=True)),
    ],
)
def test_settings_of_ones_own_were_none_of_a_trained_head(page, link, settings, vectors):
    money = dict(weights_of("Money bank grows", "bank", vectors, settings))["money"]
    assert f"{percent(money)} of the new “bank” is “money”" in screen(visit(page, preset="own", **link))


@pytest.mark.parametrize(("page", "usual"), [(HOME, "trained"), (SELF_ATTENTION, "balanced"), (MOTION, "trained")])
def test_a_link_that_names_no_preset_shows_the_usual_one_of_its_lesson(page, usual, vectors):
    at = visit(page, a=FISH)
    others = [given for given in weights_of(FISH, "bank", vectors, usual) if given[0] != "bank"]
    word, share = max(others, key=lambda given: given[1])
    assert f"{percent(share)} of the new “bank” is “{word}”" in screen(at)
    assert widget(at, fields.PRESET).value == usual
    assert at.query_params == {"a": FISH}


@pytest.mark.parametrize("shows", ["lengths", "hubs", "attention"])
def test_a_link_to_a_picture_of_frequent_words_opens_their_lengths(shows):
    at = visit(EXPLORE.page, step="often", shows=shows)
    assert "Longest are, on average, the vectors of ranks" in screen(at)
    assert list(charts(at)) == ["lengths"]
    assert "cannot be used" not in screen(at)
    assert not at.warning


def test_no_name_of_the_first_version_has_gone():
    first = (
        "a b c d e f word n row step preset temperature scale self centre frequency distance punctuation pulls basis "
        "left right"
    )
    assert set(first.split()) <= set(fields.FIELDS)
