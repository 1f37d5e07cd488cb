"""What of a screen is a picture, and how its file is called; the browser tests open the files."""

import json

import pytest

from selfattn.course import PLACES
from selfattn.frame.away import pictures, record
from tests.apps import HOME, HOSTILE_TOGETHER, SELF_ATTENTION, opened, visit
from tests.covering import NIGHTLY
from tests.frame.away.recording import place_of, with_recorder

SOME = ("home", "dot_product", "weighted_sum", "self_attention", "limits", "glossary")
WEIGHTED_SUM = "pages/4_Weighted_sum.py"


def pictures_of(page=HOME, **link):
    return with_recorder(lambda recorder: pictures.pictures(recorder.screen()), page, **link)


def told(at):
    """What the browser is told of the pictures of an open panel."""
    [gallery] = [one.proto for one in at.get("bidi_component") if one.proto.component_name == "selfattn_pictures"]
    return json.loads(gallery.json)[0]


def test_every_chart_plane_and_formula_of_the_course_is_a_picture_with_words_for_it():
    places = [place for place in PLACES if NIGHTLY or place.lesson.key in SOME]
    screens, traced = with_recorder(
        lambda recorder: (
            [recorder.screen(place) for place in places],
            recorder.screen(place_of("self_attention"), view="trace"),
        )
    )
    for screen in screens:
        found = pictures.pictures(screen)
        elements = list(screen.drawn.elements())
        charts = [one.plotly_chart.alt for one in elements if record.kind(one) == "plotly_chart"]
        planes = [one for one in elements if "arrows" in one.bidi_component.component_name]
        assert [one.alt for one in found if one.kind == "chart"] == charts, screen.place
        assert len([one for one in found if one.kind == "arrows"]) == len(planes), screen.place
        assert all(one.alt.strip() for one in found), screen.place
        assert len({one.name for one in found}) == len(found), "two files of one name"
    names = {screen.place.key: [one.name for one in pictures.pictures(screen)] for screen in screens}
    assert names["home", ""] == ["Bars", "Chart"]
    assert names["dot_product", "plane"] == ["Arrows", "Equation 1", "Equation 2", "Equation 3"]
    assert names["self_attention", "contextual"] == ["Chart", "Table"]
    assert names["limits", "beyond"] == ["Diagram", "Chart"]
    assert names["weighted_sum", "every"] == ["Sentence 1", "Chart 1", "Sentence 2", "Chart 2"]
    assert [one.name for one in pictures.pictures(traced)] == ["Chart 1", "Equation", "Chart 2"], "of five formulas"
    assert len(names["glossary", ""]) > 30


def test_what_is_hidden_is_no_picture_and_any_words_give_some():
    assert [one.name for one in pictures_of(hidden="1")] == ["Sentence"], "the question has no answer yet"
    assert [one.name for one in pictures_of(a="שלום bank 🏦", b="bank")] == ["Bars", "Chart"]
    assert len(pictures_of(a="river bank " * 100)) == 2


def test_the_files_say_lesson_screen_and_word_and_the_caption_comes_when_it_is_asked_for():
    at = opened(visit(SELF_ATTENTION, step="sum"), "save")
    looks = told(at)
    assert [one["files"]["svg"] for one in looks["pictures"]] == [
        f"self-attention-weighted-sum-bank-{kind}.svg" for kind in ("sentence", "equation", "chart")
    ]
    assert looks["pictures"][0]["files"]["png"].endswith("-sentence.png")
    parts = told(opened(visit("pages/8_Query_key_value.py"), "save"))["pictures"][0]["files"]["svg"]
    assert parts == "query-key-value-three-parts-bank-arrows-1.svg", "the word that is chosen, whichever is said first"
    assert looks["caption"] == ""
    assert looks["paper"] == "#FFFFFF"
    looks = told(at.toggle(key="caption_of_pictures").set_value(True).run())
    assert "The new “bank” is a" in looks["caption"]
    hidden = [one.proto.body for one in at.get("markdown") if one.proto.body.startswith("$")]
    assert any(looks["pictures"][1]["content"][0] in body for body in hidden), "KaTeX has drawn the equation"


@pytest.mark.parametrize("page", [HOME, SELF_ATTENTION, WEIGHTED_SUM])
def test_what_was_typed_is_text_in_every_picture_and_harmless_in_its_name(page):
    looks = told(opened(visit(page, a=f"bank {HOSTILE_TOGETHER}", b="bank", punctuation="1"), "save"))
    for picture in looks["pictures"]:
        assert picture["kind"] != "html" or not any(
            tag in picture["content"] for tag in ("<script", "<img", "<a ", "<b>bold")
        )
        assert not set(picture["files"]["svg"]) & set("<>/\\:*?\"|'$ ")
    assert "<script" not in looks["caption"]


def test_a_screen_without_pictures_says_so():
    at = opened(visit("pages/11_Word_vectors.py"), "save")
    assert any("no picture on this screen" in one.proto.body for one in at.get("html"))
