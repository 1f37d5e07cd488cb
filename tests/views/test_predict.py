"""Predict, then reveal: nothing gives the answer away before it is asked for, and nothing of it is kept after."""

import html
import re

import pytest

import selfattn
from selfattn.core import describe
from selfattn.core.rounding import percent
from selfattn.ui import fields
from selfattn.views import predict
from tests.apps import (  # fmt: skip
    HOME,
    MOTION,
    SELF_ATTENTION,
    charts,
    edit,
    formulas,
    keys,
    press,
    read_html,
    screen,
    sound,
    visit,
    weights_of,
    widget,
)

ASKING = (HOME, SELF_ATTENTION, MOTION)
QUESTIONS = {
    HOME: "In sentence A: besides itself, which word will give the new “bank” most?",
    SELF_ATTENTION: "In sentence A: besides itself, which word will give the new “bank” most?",
    MOTION: "Where will “bank” end in sentence B?",
}
OPTIONS = {HOME: ["money", "grows"], SELF_ATTENTION: ["money", "grows"],
           MOTION: ["with finance", "with river", "on neither side"]}  # fmt: skip


def said(at, kind):
    bodies = [element.proto.body for element in at.get("html") if f'class="{kind}"' in element.proto.body]
    return [html.unescape(re.sub("<.+?>", "", body)) for body in bodies]


def asked(at):
    return said(at, "sa-question")


def answered(at):
    return said(at, "sa-answer")


def guess(at, choice):
    widget(at, predict.CHOSEN).set_value(choice)
    return sound(at.run())


def hides(at):
    """Nothing on the screen that is computed from the attention: no figure, no formula, no table, no number."""
    assert not charts(at)
    assert not formulas(at)
    assert not at.dataframe
    assert not at.code
    assert not re.search(r"\d+ %|\d\.\d\d|\bit (moves|crosses|stays|hardly|is on)", screen(at))
    bodies = "".join(element.proto.body for element in at.get("html") if "<style" not in element.proto.body)
    assert set(re.findall(r"rgba\([\d,]+,([\d.]+)\)", bodies)) <= {"0.00"}, "the tint is an answer"
    assert not re.search(r'title="\d', bodies)
    assert "sa-bars" not in bodies
    assert not at.get("expander")


@pytest.mark.parametrize("projector", ["", "1"])
@pytest.mark.parametrize("page", ASKING)
def test_while_it_is_hidden_there_is_a_question_and_no_answer(page, projector):
    at = visit(page, hidden="1", **({"projector": "1"} if projector else {}))
    assert asked(at) == [QUESTIONS[page]]
    assert widget(at, predict.CHOSEN).options == OPTIONS[page]
    assert widget(at, predict.CHOSEN).value is None
    hides(at)
    assert not answered(at)
    assert at.button(key="predict").disabled


@pytest.mark.parametrize("page", ASKING)
def test_a_guess_does_not_show_the_answer(page):
    for choice in OPTIONS[page]:
        at = guess(visit(page, hidden="1"), choice)
        hides(at)
        assert not answered(at)
        assert at.query_params == {"hidden": "1", "guess": choice}


@pytest.mark.parametrize("page", ASKING)
def test_predict_first_hides_and_reveal_shows_the_same_screen_again(page):
    at = visit(page)
    before, words = charts(at), screen(at)
    hides(press(at, "predict"))
    assert at.query_params == {"hidden": "1"}
    press(at, "reveal")
    assert (charts(at), screen(at)) == (before, words)
    assert at.query_params == {}
    assert not answered(at), "without a guess there is nothing to compare"


@pytest.mark.parametrize("page", [HOME, SELF_ATTENTION])
def test_revealed_the_guess_stands_beside_the_truth(page, vectors):
    preset = "trained" if page == HOME else "balanced"
    money = dict(weights_of("money bank grows", "bank", vectors, preset))["money"]
    share = f"with {money * 100:.0f} %"
    at = press(guess(visit(page, hidden="1"), "grows"), "reveal")
    assert answered(at) == [f"→You said “grows”. It is “money”, {share}."]
    assert at.query_params == {"guess": "grows"}
    assert charts(at)
    at = press(guess(visit(page, hidden="1"), "money"), "reveal")
    assert answered(at) == [f"✓You said “money”, and so it is, {share}."]


@pytest.mark.parametrize("preset", selfattn.PRESETS)
def test_revealed_the_end_of_the_last_sentence_is_told_as_the_finding_tells_it(preset, vectors):
    lean = selfattn.lean("River bank flows", "bank", vectors, preset)
    at = press(guess(visit(MOTION, hidden="1", preset=preset), predict.NEITHER), "reveal")
    assert answered(at) == [f"→You said “on neither side”. It is “with {lean.side}”, as it {lean.caption}."]
    assert f": it {lean.caption}." in screen(at)[screen(at).index("In B, ") :]


@pytest.mark.parametrize("text", ["bank", "the river bank", "our bank is here"])
def test_the_truth_about_the_end_is_where_the_line_has_it(text, vectors):
    lean = selfattn.lean(text, "bank", vectors)
    truth = f"with {lean.side}" if lean.side else predict.NEITHER
    other = next(choice for choice in OPTIONS[MOTION] if choice != truth)
    for choice, said in ((truth, f"✓You said “{truth}”, and so it is"), (other, f"“{other}”. It is “{truth}”")):
        (answer,) = answered(press(guess(visit(MOTION, hidden="1", b=text), choice), "reveal"))
        assert said in answer


@pytest.mark.parametrize("preset", selfattn.PRESETS)
def test_the_truth_is_the_heaviest_other_word(preset, vectors):
    text = "the bank approved the loan of the man"
    weights, tokens = zip(*[(w, t) for t, w in weights_of(text, "bank", vectors, preset)], strict=True)
    best, share = describe.heaviest(weights, tokens, tokens.index("bank"))[0]
    at = visit(HOME, a=text, preset=preset, hidden="1")
    assert widget(at, predict.CHOSEN).options == ["the", "approved", "loan", "of", "man"], "each word once"
    at = press(guess(at, "man"), "reveal")
    assert answered(at) == [f"→You said “man”. It is “{best}”, with {percent(share)}."]


def test_a_guess_can_be_taken_back_and_changed():
    at = guess(guess(visit(HOME, hidden="1"), "money"), "grows")
    assert at.query_params["guess"] == "grows"
    assert guess(at, None).query_params == {"hidden": "1"}


@pytest.mark.parametrize("page", ASKING)
def test_asking_again_forgets_the_guess(page):
    at = press(guess(visit(page, hidden="1"), OPTIONS[page][0]), "reveal")
    assert answered(at)
    press(at, "predict")
    assert at.query_params == {"hidden": "1"}
    assert widget(at, predict.CHOSEN).value is None


def test_a_guess_that_the_sentence_no_longer_has_is_no_choice():
    at = visit(HOME, hidden="1", guess="money", a="The bank approved our loan")
    assert widget(at, predict.CHOSEN).value is None
    hides(at)
    at = edit(guess(visit(HOME, hidden="1"), "money"), a="Fish swim near the bank")
    assert widget(at, predict.CHOSEN).value is None
    hides(at)


@pytest.mark.parametrize("page", ASKING)
def test_nothing_is_kept_beyond_the_fields_of_the_link(page):
    at = visit(page)
    before = set(at.session_state._state.filtered_state)
    for choice in OPTIONS[page]:
        press(at, "predict")
        press(guess(at, choice), "reveal")
    new = {key for key in set(at.session_state._state.filtered_state) - before if not key.startswith("$$")}
    widgets = {re.sub(r" \d+$", "", key) for key in new} - fields.FIELDS.keys()
    assert not widgets - {"reveal", "predict", predict.CHOSEN}, "widgets, no score"
    values = {str(value) for key, value in at.session_state._state.filtered_state.items() if key not in fields.FIELDS}
    assert not set(OPTIONS[page]) & (values - {str(at.session_state["guess"])})


def test_only_a_step_that_asks_can_hide():
    at = visit(SELF_ATTENTION, step="scores", hidden="1")
    assert charts(at)
    assert not {"predict", "reveal"} & set(keys(at, "button"))
    assert "predict" in keys(visit(SELF_ATTENTION, step="weights"), "button")


@pytest.mark.parametrize("page", ASKING)
def test_a_question_stays_while_a_sentence_is_bad(page):
    at = visit(page, hidden="1", a="qwxzv", b="")
    assert not charts(at)
    assert len(at.warning) == (1 if page == SELF_ATTENTION else 2)
    assert not asked(at)


def test_the_sentences_stand_above_the_question_as_they_were_typed():
    assert said(visit(HOME, hidden="1"), "sa-sentence") == ["AMoney bank grows"]
    assert said(visit(MOTION, hidden="1"), "sa-sentence") == ["AMoney bank grows", "BRiver bank flows"]
    at = visit(MOTION, hidden="1", b="<b>bank</b> & river")
    assert said(at, "sa-sentence")[1] == "B<b>bank</b> & river"
    assert "b" not in {tag for tag, _ in read_html(at).tags}
