"""Why self-attention, driven without a browser."""

import contextlib
import io

import numpy as np
import pytest

import selfattn
from selfattn import PRESETS
from selfattn.ui import controls, fields
from tests.apps import HOSTILE, charts, edit, read_html, screen, sound, title, visit, widget
from tests.covering import combined

WHY = "pages/1_Why_self_attention.py"
MANY = "bank " + " ".join(["river", "money", "flows", "the"] * 160)


def weights_of(text, row, preset="trained"):
    sentence, trace = selfattn.contextualize(text, selfattn.load_vectors(), preset)
    return sentence.tokens, trace.weights[row]


def test_the_statements_of_the_lesson_are_there():
    said = screen(visit(WHY))
    assert "Generative AI makes images, video and text. At its centre is the transformer" in said
    assert "at the centre of the transformer is self-attention: who understands it understands the rest." in said


def test_the_numbers_are_those_of_the_sentence():
    at = visit(WHY)
    _, (money, bank, grows) = weights_of("Money bank grows", 1)
    assert (
        f"In your sentence, {money * 100:.0f} % of the new “bank” is “money” and {grows * 100:.0f} % “grows”"
        in screen(at)
    )
    alt = charts(at)["nested"]
    assert "generative AI (images, video, text), the transformer, self-attention" in alt
    assert f"money {money:.2f}, bank {bank:.2f}, grows {grows:.2f}." in alt
    assert title(at) == "Why self-attention"


def test_it_follows_what_is_typed_and_chosen():
    at = edit(visit(WHY), a="River bank flows")
    assert "“river”" in screen(at)
    widget(at, controls.CHOSEN_ROW).set_value(2)
    sound(at.run())
    _, (river, bank, _) = weights_of("River bank flows", 2)
    assert (
        f"In your sentence, {river * 100:.0f} % of the new “flows” is “river” and {bank * 100:.0f} % “bank”"
        in screen(at)
    )
    assert "from “flows” to each word" in charts(at)["nested"]


@pytest.mark.parametrize(("preset", "projector"), combined(PRESETS, "01"))
def test_every_preset_shows_its_own_weights(preset, projector):
    at = visit(WHY, preset=preset, projector=projector)
    tokens, weights = weights_of("Money bank grows", 1, preset)
    assert (
        ", ".join(f"{token} {weight:.2f}" for token, weight in zip(tokens, weights, strict=True))
        in charts(at)["nested"]
    )


def test_hostile_text_is_only_text():
    at = visit(WHY)
    for text in HOSTILE:
        edit(at, a=f"bank {text} river")
        assert not {tag for tag, _ in read_html(at).tags} & {"img", "script"}
        assert "nested" in charts(at)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "There is no text yet"),
        ("?!", "There is only punctuation"),
        ("qzxqzx", "None of these words is in the vocabulary"),
    ],
)
def test_nothing_to_compute_is_said_in_a_sentence(text, said):
    at = edit(visit(WHY), a=text)
    assert said in at.warning[0].value
    assert not charts(at)


def test_one_word_stands_alone():
    assert "“bank” stands alone and stays what it is" in screen(edit(visit(WHY), a="bank"))


@pytest.mark.parametrize("row", [0, 300, 511])
def test_a_long_sentence_shows_the_heaviest(row):
    at = visit(WHY, a=MANY, row=str(row))
    assert "the heaviest of 512" in charts(at)["nested"]
    assert "of the new “" in screen(at)


@pytest.mark.parametrize("view", fields.VIEWS)
def test_every_view_opens(view):
    at = visit(WHY, view=view)
    assert "nested" not in charts(at)
    assert screen(at)


def test_the_terms_need_no_sentence():
    at = visit(WHY, view="terms", a="")
    assert "transformer" in screen(at).lower()


def test_the_code_computes_the_weights():
    at = visit(WHY, view="code", a="River bank flows", word="bank")
    room = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(at.code[0].value, room)
    np.testing.assert_allclose(room["weights"][room["row"]], weights_of("River bank flows", 1)[1], atol=1e-6)


def test_a_phone_stands_the_words_upright(monkeypatch):
    monkeypatch.setattr("selfattn.ui.run.on_phone", lambda: True)
    assert "nested" in charts(visit(WHY))
    assert "nested" in charts(visit(WHY, a=MANY))


def test_the_numbers_behind_the_picture_are_a_table_once_asked_for():
    at = visit(WHY)
    assert not at.dataframe
    assert [box.label for box in at.expander] == ["The same as numbers"]


@pytest.mark.parametrize(
    "link", [{"row": "9999"}, {"row": "-3"}, {"a": "x" * 5000}, {"step": "toy"}, {"view": "nothing"}]
)
def test_a_bad_link_falls_back(link):
    sound(visit(WHY, **link))
