"""Each failing, computed without a page: what may be guessed and what holds, and the code that computes it again."""

import contextlib
import io
import re
from itertools import product
from types import SimpleNamespace

import numpy as np
import pytest

import selfattn
from selfattn import PRESETS, SENSES, lean
from selfattn.core.lean import NOTICED
from selfattn.core.rounding import percent
from selfattn.lessons.limits import cases, measures, prose
from selfattn.lessons.limits.screen import BOXES, Choices
from selfattn.ui import state
from selfattn.ui.run import Run
from tests.apps import HOSTILE_TOGETHER

ODD = (
    "",
    "   ",
    ",.!",
    "zzqqxx wwqqzz",
    "bank",
    "bank bank bank",
    "bank " * 600,
    "the of to and in",
    "日本語 bank 🙂",
    HOSTILE_TOGETHER,
)


def word_of(texts):
    return next(word for word in SENSES if word in texts[0].lower().split())


def case_of(step, texts, preset="balanced", word=None):
    """Compute the case of a step, as the page does; None where there is nothing to compute."""
    chosen = SimpleNamespace(vectors=selfattn.load_vectors(), grow=None)
    run = Run(chosen, settings=PRESETS[preset], drops=True, theme="light", projecting=False, phone=False)
    return Choices(step, [run.sentence(text) for text in texts], word or word_of(texts)).compute(run)


def computed(text, word="bank", preset="balanced"):
    sentence, trace = selfattn.contextualize(text, selfattn.load_vectors(), preset)
    return sentence, trace, sentence.index(word), lean(text, word, selfattn.load_vectors(), preset)


def run(source):
    """Run the code of a screen, as in a notebook."""
    space = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(source, space)
    return space


@pytest.mark.parametrize("step", BOXES)
def test_every_example_is_computed_with_every_preset_and_what_holds_may_be_guessed(step):
    for texts, preset in product(measures.EXAMPLES[step], PRESETS):
        case = case_of(step, texts, preset)
        assert case.finding
        assert case.because
        assert case.results
        assert all(case.why[:1])
        assert case.asks == (step != "unknown")
        if case.asks:
            question, options, truth = case.question
            assert question
            assert truth in options
            assert len(options) == len(set(options)) >= 2


FAILS = {
    "order": prose.NOT_AT_ALL,
    "mixed": prose.IN_BETWEEN,
    "negation": prose.SAME_PLACE,
    "frequent": prose.FREQUENT,
    "still": "still with",
}


@pytest.mark.parametrize("step", FAILS)
def test_every_example_shows_the_failing_that_its_step_is_about(step):
    for texts in measures.EXAMPLES[step]:
        assert case_of(step, texts).question[2].startswith(FAILS[step]), texts


def test_a_finding_is_a_sentence_of_words_and_numbers():
    for step in BOXES:
        for texts, preset in product(measures.EXAMPLES[step], PRESETS):
            case = case_of(step, texts, preset)
            for said in (case.finding, *filter(None, case.why)):
                assert said[0].isupper() or said[0] == "“", said
                assert said.endswith("."), said
                assert said.count("“") == said.count("”")
                assert not re.search(r"None|\bnan\b|\(\)|  |\.\.|-", said), said


def test_the_numbers_of_the_picture_are_those_of_the_finding(monkeypatch):
    seen = {}
    monkeypatch.setattr(cases.charts, "show", lambda figure, **given: seen.update(figure=figure, **given))
    for preset in PRESETS:
        case = case_of("still", ["Peter remembers every bank"], preset)
        case.picture()
        start, end = re.search(r"from (\S+) to (\S+) on the line", case.finding).groups()
        assert [text.strip().lstrip("+") for text in seen["figure"]["data"][2]["text"]] == [start, end]
        assert re.search(r"goes from (\S+) to (\S+)\.$", seen["alt"]).groups() == tuple(
            number if number.startswith("−") else f"+{number}" for number in (start, end)
        )


@pytest.mark.parametrize("step", BOXES)
def test_whatever_is_typed_there_is_a_case_or_nothing(step):
    for text in ODD:
        case = case_of(step, [text] * len(BOXES[step]), word="bank")
        assert (case is not None) == ("bank" in text), text
        if case:
            run(case.source())


def test_no_weight_of_nothing_is_given_as_a_reason():
    for texts, preset in product(measures.EXAMPLES["still"], PRESETS):
        assert not re.search(r"\b0 % of (its|the) weight", " ".join(case_of("still", texts, preset).why))


# The code of each screen computes the numbers of the screen


@pytest.mark.parametrize("preset", PRESETS)
def test_the_code_of_the_order(preset, monkeypatch):
    monkeypatch.setattr(state, "get", lambda name: 1 if name == "shuffle" else "")
    difference = run(case_of("order", ["The bank robbed the man"], preset).source())["difference"]
    sentence, trace, row, _ = computed("The bank robbed the man", preset=preset)
    order = measures.shuffled(sentence.tokens, 1)
    other = selfattn.contextualize([sentence.tokens[at] for at in order], selfattn.load_vectors(), preset)[1]
    assert difference == pytest.approx(np.abs(trace.output[row] - other.output[order.index(row)]).max(), abs=1e-9)


@pytest.mark.parametrize("preset", PRESETS)
def test_the_code_of_mixed_cues(preset):
    leans = run(case_of("mixed", ["River bank loan"], preset).source())["leans"]
    for text in ("River bank loan", "bank loan", "river bank"):
        assert leans[text] == pytest.approx(computed(text, preset=preset)[3].after, abs=1e-5)


@pytest.mark.parametrize("preset", PRESETS)
def test_the_code_of_negation(preset):
    case = case_of("negation", measures.EXAMPLES["negation"][0], preset)
    assert f"is {run(case.source())['alike']:.3f}." in case.finding


def test_the_code_of_an_unknown_word():
    result = run(case_of("unknown", measures.EXAMPLES["unknown"][0]).source())
    weights, output = result["new"]["the river walk follows the bank"]
    _, trace, row, _ = computed("the river walk follows the bank")
    np.testing.assert_allclose(weights, trace.weights[row], atol=1e-6)
    np.testing.assert_allclose(output, trace.output[row], atol=1e-5)
    assert "The riverwalk follows the bank" in result["new"]


@pytest.mark.parametrize("preset", PRESETS)
def test_the_code_of_frequent_words(preset):
    case = case_of("frequent", measures.EXAMPLES["frequent"][0], preset)
    result = run(case.source())
    assert f"take {percent(result['off'])} of the weight" in case.finding
    assert f"they take {percent(result['on'])}" in case.finding


@pytest.mark.filterwarnings("error")
def test_the_code_of_a_word_alone_gives_nothing_to_others():
    result = run(case_of("frequent", ["bank"]).source())
    assert (result["off"], result["on"]) == (0, 0)


@pytest.mark.parametrize("preset", PRESETS)
def test_the_code_of_a_sentence_without_a_cue(preset):
    case = case_of("still", ["Peter remembers every bank"], preset)
    result = run(case.source())
    found = computed("Peter remembers every bank", preset=preset)[3]
    assert result["before"] == pytest.approx(found.before, abs=1e-5)
    assert result["after"] == pytest.approx(found.after, abs=1e-5)
    assert f"cosine of {result['alike']:.2f}" in case.finding
    cue = measures.LEANS / NOTICED * found.noticed
    assert all(abs(place) < cue for token, place in result["leans"].items() if token != "bank")


@pytest.mark.parametrize("step", BOXES)
def test_the_code_carries_what_was_typed_as_a_literal(step):
    run(case_of(step, ["bank');print('x"] * len(BOXES[step]), word="bank").source())
