"""Each word as a sum of its neighbours: what the page says, draws and computes, whatever is typed or moved."""

import re

import numpy as np
import pytest

import selfattn
from selfattn import FAILURES, PRESETS, SENSES
from selfattn.core import describe
from selfattn.core.contextual import space_of
from selfattn.core.lean import line_between
from selfattn.core.presets import Settings
from selfattn.lessons.weighted_sum import code as snippets
from selfattn.lessons.weighted_sum import prose
from selfattn.lessons.weighted_sum import screen as weighted_sum
from selfattn.ui import controls, fields
from tests import apps
from tests.apps import charts, edit, formulas, press, screen, sound, widget
from tests.covering import combined

PAGE = "pages/4_Weighted_sum.py"
STEPS = ("hand", "every", "where")
LONG = "The old bank near the river gave my brother a large loan for his new house"


def visit(step="hand", **link):
    return apps.visit(PAGE, **({"step": step} if step != "hand" else {}), **link)


def equation(at):
    body = next(element.proto.body for element in at.get("html") if 'class="sa-sum"' in element.proto.body)
    return re.sub(r"<.*?>", "", body)


def slider(at, number):
    return widget(at, weighted_sum.SLIDER.format(number))


def sliders(at):
    return [one for one in at.slider if one.key.startswith(weighted_sum.SLIDER.format(""))]


def bank(text="Money bank grows", preset="balanced"):
    sentence, trace = selfattn.contextualize(text, selfattn.load_vectors(), preset)
    return sentence, trace, sentence.index("bank")


def line_of_bank(settings=PRESETS["balanced"]):
    vectors = selfattn.load_vectors()
    return line_between(SENSES["bank"], vectors, space_of(vectors, settings))


# By hand


def test_starts_with_the_textbook():
    at = visit()
    assert equation(at) == "bank′ = 0.20 money + 0.70 bank + 0.10 grows"
    assert [(one.label, one.value) for one in sliders(at)] == [("money", 0.2), ("bank", 0.7), ("grows", 0.1)]
    assert "The numbers are shares, made of similarities: “bank” gives “money” a share of 0.20." in screen(at)
    assert "takes account of all of them" in screen(at)
    assert set(charts(at)) == {"line"}
    assert "hand" not in at.query_params
    _, trace, row = bank()
    found = line_of_bank().lean(trace.matrix[row], np.array([0.2, 0.7, 0.1]) @ trace.matrix)
    way = f"from {found.before:.1f} to {found.after:.1f} on the line, where 0 is neither".replace("-", "−")
    assert f"With these weights “bank” {found.caption}: {way}." in screen(at)
    assert f"A: it {found.caption}, at {found.after:.1f}".replace("-", "−") in charts(at)["line"]


def test_moving_one_slider_moves_the_others_and_start_again_forgets():
    at = visit()
    for number, share, wanted, finding in (
        (0, 1.0, "1.00 money + 0.00 bank + 0.00 grows", "“bank” stays with finance"),
        (1, 0.0, "0.67 money + 0.00 bank + 0.33 grows", "“bank” stays with finance"),
        (1, 1.0, "0.00 money + 1.00 bank + 0.00 grows", "“bank” hardly moves"),
        (2, 0.9, "0.02 money + 0.08 bank + 0.90 grows", "“bank” crosses to river"),
        (0, 0.6, "0.60 money + 0.35 bank + 0.05 grows", "“bank” stays with finance"),
    ):
        slider(at, number).set_value(share)
        sound(at.run())
        assert equation(at) == f"bank′ = {wanted}"
        assert sum(one.value for one in sliders(at)) == pytest.approx(1)
        assert finding in screen(at)
        assert at.query_params["hand"] == " ".join(f"{one.value:g}" for one in sliders(at))
        moved, link = screen(at), at.query_params["hand"]
        next(one for one in at.button if one.label == "Start again").click()
        assert equation(sound(at.run())) == "bank′ = 0.20 money + 0.70 bank + 0.10 grows"
        assert "hand" not in at.query_params
    again = visit(hand=link)
    assert screen(again) == moved
    assert equation(again) == f"bank′ = {wanted}"


def test_others_come_back_equally():
    at = visit(hand="0 1 0")
    slider(at, 1).set_value(0.5)
    assert equation(sound(at.run())) == "bank′ = 0.25 money + 0.50 bank + 0.25 grows"


@pytest.mark.parametrize("hand", ["<b>1</b> 0 0", "9" * 4000])
def test_weights_that_do_not_fit_are_replaced_and_named(hand):
    at = visit(hand=hand)
    assert equation(at) == "bank′ = 0.20 money + 0.70 bank + 0.10 grows"
    assert "do not fit these 3 words" in screen(at)


def test_weights_stay_while_a_sentence_is_typed():
    at = visit(hand="0.5 0.4 0.1")
    edit(at, a="Money bank")
    assert equation(at) == "bank′ = 0.30 money + 0.70 bank"
    edit(at, a="Old bank grows")
    assert equation(at) == "bank′ = 0.50 old + 0.40 bank + 0.10 grows"


def test_of_a_long_sentence_eight_words_are_weighed():
    at = visit(a=LONG)
    sentence, trace, row = bank(LONG)
    heaviest = {row, *np.argsort(-trace.weights[row])[:8].tolist()}
    assert [one.label for one in sliders(at)] == [sentence.tokens[place] for place in sorted(heaviest)]
    assert f"Of {len(sentence)} words the 8" in screen(at)
    assert f"the other {len(sentence) - 8} have 0" in screen(at)
    assert sum(one.value for one in sliders(at)) == pytest.approx(1)


def test_a_word_alone_stays_what_it_is():
    at = visit(a="bank")
    assert slider(at, 0).disabled
    assert "stays what it is" in screen(at)
    assert "“bank” hardly moves" in screen(at)


def test_a_word_without_poles_is_compared_with_itself():
    at = visit(a="The cat sleeps", word="cat")
    _, trace = selfattn.contextualize("The cat sleeps", selfattn.load_vectors())
    new = np.array([0.2, 0.7, 0.1]) @ trace.matrix
    alike = trace.matrix[1] @ new / np.linalg.norm(trace.matrix[1]) / np.linalg.norm(new)
    assert f"the new “cat” has a cosine of {alike:.2f} with the static one" in screen(at)
    assert "“cat” has no poles here" in screen(at)
    assert not charts(at)


# Every word


def test_every_word_of_both_sentences_is_a_sum():
    at = visit("every")
    for key, text in (("sums_0", "Money bank grows"), ("sums_1", "River bank flows")):
        sentence, trace, _ = bank(text)
        for token, weights in zip(sentence.tokens, trace.weights, strict=True):
            assert f"{token}′ = {describe.as_sum(weights, sentence.tokens)}" in charts(at)[key]
    assert "bank′ = 0.24 money + 0.68 bank + 0.08 grows" in screen(at)
    assert "The left side is the same word, the right side differs" in screen(at)
    assert "so its meaning hardly changes" in screen(visit("every", preset="lesson"))
    assert "different, by itself, from the context" in screen(at)
    assert "A computer does not understand words, so each of them is a vector." in screen(at)
    assert "“bank” gives “money” a share of 0.24" in screen(at)
    assert "similar to" not in screen(at)


def test_what_is_added_up_with_a_trained_head_are_values():
    at = visit("every", preset="trained")
    sentence, trace, row = bank(preset="trained")
    added = describe.as_sum(trace.weights[row], sentence.tokens, values=True)
    assert re.fullmatch(r"0\.\d\d · v\(money\) \+ 0\.\d\d · v\(grows\)", added)
    assert f"bank′ = {added}" in screen(at)
    assert f"bank′ = {added}" in charts(at)["sums_0"]


def test_the_same_words_have_the_same_meaning_in_any_order():
    at = visit("every", b="Grows money bank")
    assert "Both sides are the same, and so is the meaning." in screen(at)


def test_a_sentence_without_the_word_is_written_out_all_the_same():
    at = visit("every", b="Cats sleep", word="bank", a="Money bank grows")
    assert set(charts(at)) == {"sums_0", "sums_1"}


def test_of_many_words_twelve_are_written_out():
    at = visit("every", a=LONG)
    assert "Of 16 words the 12 with most weight" in screen(at)
    assert "others" in charts(at)["sums_0"]


def test_the_numbers_stand_behind():
    at = visit("every")
    assert not at.dataframe
    assert [one.label for one in at.expander] == ["The numbers of sentence A", "The numbers of sentence B"]


# Where from


def test_the_answer_waits_and_is_then_compared():
    at = visit("where", hidden="1")
    assert "“bank′ = 0.20 money + 0.70 bank + 0.10 grows” was set by hand" in screen(at)
    assert not charts(at)
    assert not formulas(at)
    at.get("button_group")[-1].set_value([weighted_sum.GUESSES[0]])
    sound(at.run())
    press(at, "reveal")
    assert f"It is “{weighted_sum.TRUTH}”" in screen(at)
    assert set(charts(at)) == {"hand_and_computed"}


def test_hand_and_computed_stand_side_by_side():
    _, trace, row = bank()
    at = visit("where", hand="0.5 0.4 0.1")
    away = np.abs(np.array([0.5, 0.4, 0.1]) - trace.weights[row])
    assert away.argmax() == 1
    said = (
        f"at most {away[1]:.2f} from the computed ones: “bank” has 0.40 by hand, {trace.weights[row, 1]:.2f} computed."
    )
    assert said in screen(at)
    assert "money 0.50 by hand, 0.24 computed" in charts(at)["hand_and_computed"]


@pytest.mark.parametrize("preset", PRESETS)
def test_the_formula_has_the_numbers_of_the_library(preset):
    sentence, trace, row = bank("Old money bank grows", preset)
    at = visit("where", a="Old money bank grows", preset=preset)
    formula, trained = formulas(at)[0], preset == "trained"
    assert ("How well does a key answer a query?" if trained else "How similar are two words?") in screen(at)
    asks, answers, gives = "qkv" if trained else "eee"
    over = "" if trace.divisor == 1 else rf"\,/\,{trace.divisor:.2f}"
    assert rf"s_j = & {asks}_{{\text{{bank}}}} \cdot {answers}_j{over} \quad \text{{for each word }} j" in formula
    name = r"\{\\text\{(\w+)\}\}"
    terms = re.findall(rf"\(s\)_{name} \\cdot {gives}_{name} & (\S+) \\to \\mathbf\{{(\S+)\}}", formula)
    finite = np.isfinite(trace.scaled[row])
    assert terms == [
        (token, token, f"{score:.2f}", f"{weight:.2f}")
        for token, score, weight, kept in zip(
            sentence.tokens, trace.scaled[row], trace.weights[row], finite, strict=True
        )
        if kept
    ]
    shares = np.exp([float(score) for _, _, score, _ in terms])
    np.testing.assert_allclose(shares / shares.sum(), [float(weight) for *_, weight in terms], atol=0.01)


def test_what_is_done_before_the_softmax_is_said():
    assert "divided by 14.14 first" in screen(visit("where"))
    assert "divided" not in screen(visit("where", preset="lesson"))
    sharper = screen(visit("where", preset="sharper"))
    assert "taken off the scores of frequent and distant words" in sharper
    assert "No word looks at itself" in sharper


# Anything typed


ANY_TEXT = ("", "   ", "?!", "qwzx vvkk", "bank", "bank bank bank", "bank " * 600, apps.HOSTILE_TOGETHER)


@pytest.mark.parametrize(("text", "step"), combined(ANY_TEXT, STEPS))
def test_any_text_is_taken(text, step):
    at = visit(step)
    edit(at, a=text)
    if step == "every":
        edit(at, b=text)
    assert at.text_input(key="a").value == text
    for body in (element.proto.body for element in at.get("html")):
        assert "<img" not in body
        assert "<script" not in body


@pytest.mark.parametrize("step", STEPS)
def test_nothing_to_compute_is_said(step):
    at = visit(step, a="", **({"b": ""} if step == "every" else {}))
    assert "There is no text yet" in screen(at)
    assert not charts(at)


@pytest.mark.parametrize(("preset", "step"), combined([*PRESETS, fields.OWN], STEPS))
def test_every_preset_and_the_ends_of_the_temperature(preset, step):
    link = {"preset": preset} | (
        {"temperature": "0.1", "self": "0", "punctuation": "1"} if preset == fields.OWN else {}
    )
    at = visit(step, a="Fish swim near the bank, and bank.", **link)
    assert charts(at)
    assert all(len(alt) > 40 for alt in charts(at).values())


@pytest.mark.parametrize(("failure", "step"), combined(FAILURES, STEPS))
def test_the_failures_work_here_too(failure, step):
    assert charts(visit(step, a=failure.a, b=failure.b, word=failure.word))


def test_every_word_of_the_sentence_can_be_chosen():
    at = visit()
    for word in widget(at, controls.CHOSEN_WORD).options:
        widget(at, controls.CHOSEN_WORD).set_value(word)
        assert equation(sound(at.run())).startswith(f"{word}′ = ")


@pytest.mark.parametrize("step", STEPS)
def test_it_works_for_a_room(step):
    at = visit(step, projector="1", a=LONG)
    assert charts(at)


def test_the_question_comes_first_and_its_guesses_hold_the_truth():
    assert weighted_sum.TRUTH in weighted_sum.GUESSES
    assert len(set(weighted_sum.GUESSES)) == len(weighted_sum.GUESSES) >= 3


# The code of each step


def run(source):
    names = {}
    exec(source, names)
    return names


@pytest.mark.parametrize("step", STEPS)
def test_the_code_is_shown_and_runs(step, capsys):
    at = visit(step, view="code", a=apps.HOSTILE[0] + " bank", word="bank")
    run(at.code[0].value)
    assert capsys.readouterr().out


@pytest.mark.parametrize("settings", [Settings(), PRESETS["sharper"], PRESETS["trained"]])
@pytest.mark.parametrize("text", ["Money bank grows", LONG])
def test_the_code_by_hand(settings, text, vectors, capsys):
    sentence, trace = selfattn.contextualize(text, vectors, settings)
    row, hand = sentence.index("bank"), np.zeros(len(sentence))
    hand[[0, sentence.index("bank")]] = 0.3, 0.7
    poles = {name: list(words) for name, words in SENSES["bank"].poles.items()}
    got = run(snippets.by_hand(text, row, hand, settings, poles))
    np.testing.assert_allclose(got["new"], hand @ trace.matrix, atol=1e-12)
    found = line_of_bank(settings).lean(trace.matrix[row], hand @ trace.matrix)
    assert got["before"] == pytest.approx(found.before, abs=1e-5)
    assert got["after"] == pytest.approx(found.after, abs=1e-5)
    got = run(snippets.by_hand(text, row, hand, settings))
    assert got["alike"] == pytest.approx(
        trace.matrix[row] @ got["new"] / np.linalg.norm(trace.matrix[row]) / np.linalg.norm(got["new"])
    )


@pytest.mark.parametrize("preset", PRESETS)
def test_the_code_of_every_word_and_of_the_comparison(preset, vectors, capsys):
    texts, settings = ["Money bank grows", "River bank flows"], PRESETS[preset]
    new = run(snippets.every_word(texts, settings))["new"]
    for text in texts:
        _, trace = selfattn.contextualize(text, vectors, settings)
        np.testing.assert_allclose(new[text][0], trace.weights, atol=1e-12)
        np.testing.assert_allclose(new[text][1], trace.output, atol=1e-12)
    _, trace = selfattn.contextualize(texts[0], vectors, settings)
    got = run(snippets.compared(texts[0], 1, [0.2, 0.7, 0.1], settings))
    np.testing.assert_allclose(got["away"], np.abs(trace.weights[1] - [0.2, 0.7, 0.1]), atol=1e-12)
    assert "bank′ =" in capsys.readouterr().out


# Words


def test_weights_that_are_the_computed_ones_are_said_to_be():
    same = np.array([0.25, 0.75])
    assert prose.hand_and_computed("b", ["a", "b"], same, same) == "The weights of “b” by hand are the computed ones."
