"""Does it generalise: what is said of the class's sentences, the chart of all presets, and where it fails."""

from dataclasses import replace

import numpy as np
import plotly.graph_objects as go
import pytest

import selfattn
from selfattn.core import heads
from selfattn.core.labelled import Labelled
from selfattn.core.presets import PRESET_TITLES, PRESETS
from selfattn.core.rates import Landing, parts, rates
from selfattn.core.rounding import percent
from selfattn.core.senses import SENSES
from selfattn.core.vectors import keyed_vectors
from selfattn.figures.palette import PHONE, Size
from selfattn.lessons.query_key_value import general
from selfattn.lessons.query_key_value import general_prose as prose
from selfattn.lessons.query_key_value.general_figure import rates_chart
from selfattn.sets.vector_set import VectorSet, examples_of
from selfattn.ui import session_sets
from tests import apps
from tests.apps import HOSTILE, HOSTILE_TOGETHER, charts, press, read_html, screen, sound

PAGE = "pages/8_Query_key_value.py"
THEMES = ["light", "dark", "light room", "dark room"]
KEY = ("sentences of words trained on", "of others")


def visit(**link):
    return apps.visit(PAGE, step="general", **link)


@pytest.fixture(scope="module")
def measured(vectors):
    return rates(vectors)


@pytest.fixture(scope="module")
def trained(measured):
    return next(each for each in measured if each.preset == "trained")


def held_out_of(word):
    return next(each for each in parts().held_out + parts().other_words if each.word == word)


# Said


def test_truth_is_the_range_of_the_count(trained):
    right = len(trained.every) - len(trained.wrong)
    share = round(100 * right / len(trained.every))
    first, last = next(pair for pair in prose.RANGES if pair[0] <= share <= pair[1])
    assert prose.truth(trained) == f"{first} to {last}"
    assert prose.because(trained) == f"it gets {right} of {len(trained.every)} right"


@pytest.mark.parametrize(("right", "guess"), [(0, 0), (50, 0), (51, 1), (70, 1), (71, 2), (98, 3), (99, 4), (100, 4)])
def test_every_count_has_a_range(right, guess, trained):
    example = parts().held_out[0]
    landed = tuple(Landing(example, 1.0 if place < right else -1.0) for place in range(100))
    assert prose.truth(replace(trained, landed=landed, landed_others=())) == prose.GUESSES[guess]


def test_the_ranges_leave_no_gap():
    assert prose.RANGES[0][0] == 0
    assert prose.RANGES[-1][1] == 100
    assert all(after[0] == before[1] + 1 for before, after in zip(prose.RANGES, prose.RANGES[1:], strict=False))


@pytest.mark.parametrize("word", HOSTILE)
def test_hostile_sentences_stay_text(word):
    wrong = Landing(Labelled("bank", "river", f"The {word} bank"), -0.5)
    written = prose.failure(wrong, "finance", [word])
    assert "<b>bank</b>" in written
    assert "<img" not in written
    assert "<script" not in written


def test_the_word_is_bold_however_it_is_written():
    wrong = Landing(Labelled("pitcher", "sport", "Pitcher throws"), -0.1)
    assert "<b>Pitcher</b> throws" in prose.failure(wrong, "jug", [])
    assert "drawn" not in prose.failure(wrong, "jug", [])


# Drawn


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", [None, PHONE, Size(1000, 560)])
def test_the_chart_is_valid_and_has_the_rates(theme, size, measured):
    names = [PRESET_TITLES[each.preset] for each in measured]
    pairs = [(each.held_out, each.other_words) for each in measured]
    figure = rates_chart(names, pairs, KEY, row=4, size=size, theme=theme)
    go.Figure(figure.to_dict())
    full, hollow = figure.data[-2:]
    assert list(zip(full.x, hollow.x, strict=True)) == pairs
    assert full.marker.symbol != hollow.marker.symbol
    written = [note.text for note in figure.layout.annotations]
    assert "<b>95 % · 95 %</b>" in written
    assert figure.layout.yaxis.ticktext[4] == "<b>Trained</b>"
    assert any(KEY[0] in text for text in written)


def test_what_was_not_measured_has_no_mark():
    figure = go.Figure(rates_chart(["a", "b"], [(0.75, None), (None, None)], KEY).to_dict())
    full, hollow = figure.data[-2:]
    assert (list(full.x), list(full.y)) == ([0.75], [0])
    assert not hollow.x
    assert {"75 % · –", "– · –"} < {note.text for note in figure.layout.annotations}


def test_what_is_worse_than_a_coin_is_on_the_chart():
    figure = rates_chart(["a"], [(0.2, 1.0)], KEY)
    assert figure.layout.xaxis.range[0] < 0.2
    assert figure.layout.xaxis.range[1] > 1


@pytest.mark.parametrize("word", HOSTILE)
def test_hostile_names_stay_text(word):
    figure = rates_chart([word], [(0.5, 0.6)], (word, word))
    texts = [*figure.layout.yaxis.ticktext, *(note.text for note in figure.layout.annotations)]
    texts += [text for trace in figure.data for text in trace.hovertext or ()]
    assert not any("<img" in text or "<script" in text or "$" in text for text in texts)


# The screen


def test_the_screen_has_the_numbers_of_the_measurement(measured, trained):
    at = visit()
    every, wrong = len(trained.every), len(trained.wrong)
    assert f"Of {every} sentences that it never trained on, it gets {every - wrong} right." in screen(at)
    assert f"It still gets {wrong} sentences wrong." in screen(at)
    assert set(charts(at)) == {"rates", "line"}
    for each in measured:
        said = f"{PRESET_TITLES[each.preset]} {percent(each.held_out)} and {percent(each.other_words)}"
        assert said in charts(at)["rates"]
    words = [len({one.word for one in part}) for part in (parts().held_out, parts().other_words)]
    assert f"{len(parts().held_out)} held-out sentences of {words[0]} words" in charts(at)["rates"]
    assert f"{len(parts().other_words)} sentences of {words[1]} words" in charts(at)["rates"]


def test_the_class_is_told_whether_its_word_was_trained_on(vectors):
    count = len({each.word for each in parts().train})
    assert f"“bank” is one of the {count} words that it was trained on." in screen(visit())
    at = visit(a="The star of the film", b="A star in the sky", word="star")
    assert "“star” is one of 10 words that were kept out of the training altogether." in screen(at)
    lean = selfattn.lean("A star in the sky", "star", vectors)
    assert f"it {lean.caption}" in screen(at)
    at = visit(a="The cat sleeps", b="A cat eats fish", word="cat")
    assert "“cat” has no labelled sentence at all; its line comes from your two sentences." in screen(at)
    at = visit(a="The cat sleeps", b="", word="cat")
    assert "“cat” has no labelled sentence and no poles" in screen(at)
    assert "line" not in charts(at)


def test_the_class_is_told_whether_its_sentences_were_trained_on():
    seen = next(each for each in parts().train if each.word == "bank").text
    new = "Nobody ever wrote this purple bank"
    at = visit(a=f"  {seen.upper()}!", b=new, word="bank")
    assert "A is among the sentences that it was trained on, so that proves nothing." in screen(at)
    assert "B is in no list of ours: it has never seen it." in screen(at)
    at = visit(a=held_out_of("bank").text, b=held_out_of("bank").text, word="bank")
    assert "A and B are among the held-out sentences: never trained on." in screen(at)


def test_the_question_comes_first(trained):
    at = visit(hidden="1")
    assert prose.QUESTION in screen(at)
    assert not charts(at)
    assert "wrong" not in screen(at)
    press(at, "reveal")
    assert charts(at)
    truth = prose.truth(trained)
    assert f"You said “{truth}”, and so it is, {prose.because(trained)}." in screen(visit(guess=truth))


def test_what_it_gets_most_wrong_is_shown_and_goes_into_the_box(trained, vectors):
    at = visit(b="Money bank grows")
    for wrong in trained.wrong[: general.SHOWN]:
        assert wrong.example.text in screen(at)
        assert f"means {wrong.example.sense}, ended {percent(-wrong.margin)} of the way to" in screen(at)
    example = trained.wrong[0].example
    press(at, general.TRY.format(0))
    assert at.text_input(key="a").value == example.text
    other = prose.other_sense(example, list(SENSES[example.word].poles))
    assert at.text_input(key="b").value == SENSES[example.word].examples[other][0]
    assert at.query_params["word"] == example.word
    lean = selfattn.lean(example.text, example.word, vectors)
    assert f"it {lean.caption}" in screen(at)
    assert "A is among the held-out sentences" in screen(at)


def test_a_sentence_of_the_class_that_has_the_word_stays(trained):
    mine = f"My own {trained.wrong[0].example.word} here"
    at = press(visit(b=mine), general.TRY.format(0))
    assert at.text_input(key="b").value == mine


def test_who_draws_it_there_is_named(trained, vectors):
    wrong = trained.wrong[0]
    example = wrong.example
    sentence, trace = selfattn.contextualize(example.text, vectors, "trained")
    row, pulls = sentence.index(example.word), {}
    lean = selfattn.lean(example.text, example.word, vectors)
    for place, token in enumerate(sentence.tokens):
        alone = selfattn.lean([example.word, token], example.word, vectors).after if token != example.word else 0.0
        pulls[token] = trace.weights[row, place] * alone * np.sign(lean.after)
    best = max(pulls, key=pulls.get)
    assert f"drawn there by “{best}”" in screen(visit())


def test_every_sentence_that_it_gets_wrong_is_in_the_table(trained):
    (table,) = visit(tables="numbers").dataframe
    assert list(table.value["sentence"]) == [each.example.text for each in trained.wrong]


def test_the_preset_of_the_link_changes_nothing():
    assert screen(visit(preset="balanced")) == screen(visit())


def with_set(vectors, **link):
    one = VectorSet("mine-1", "made up", "Uploaded.", vectors, "vectors = …", None, examples_of(vectors))
    at = apps.page_of(PAGE, step="general", set="mine-1", **link)
    at.session_state[session_sets._OWN] = {"mine-1": one}
    return sound(at.run())


def test_a_set_that_cannot_be_trained_says_why_and_shows_the_others(vectors):
    words = ["money", "bank", "grows", "river", "flows", "loan", "shore", "water", "we", "sat", "on", "the", "of"]
    at = with_set(keyed_vectors(words, vectors[words]), hidden="1")
    assert "Nothing can be trained on these vectors: this set knows 1 of the" in screen(at)
    assert "Trained" not in charts(at)["rates"]
    assert "Balanced" in charts(at)["rates"]
    assert "trained on." not in screen(at)


def test_two_numbers_a_word_say_what_they_can():
    at = visit(set="hand")
    assert set(charts(at)) == {"rates", "line"}
    assert "Balanced 75 % and –" in charts(at)["rates"]
    assert "it moves to river" in screen(at)


def test_a_set_that_knows_nothing_labelled_says_so():
    at = with_set(keyed_vectors(["up", "down"], np.eye(2)), a="up down", b="down up")
    assert prose.NONE in screen(at)
    assert "rates" not in charts(at)


def test_without_a_mistake_none_is_shown(trained, monkeypatch):
    landed = tuple(replace(each, margin=1.0) for each in trained.landed)
    perfect = replace(trained, landed=landed, landed_others=())
    monkeypatch.setattr(general, "rates", lambda _: [perfect])
    at = visit()
    assert f"it gets {len(landed)} right" in screen(at)
    assert "wrong" not in screen(at)
    assert not [button for button in at.button if button.label == "Into A"]


@pytest.mark.parametrize(
    "link",
    [{"a": "bank", "b": ""}, {"a": HOSTILE_TOGETHER + " bank"}, {"a": "", "b": ""}, {"a": "the the the", "b": "of"},
     {"projector": "1"}, {"a": "qwzx vvkk"}, {"left": "bank: money cash"}],
)  # fmt: skip
def test_odd_sentences_are_taken(link):
    at = visit(**link)
    assert not {"img", "script"} & {tag for tag, _ in read_html(at).tags}


def test_with_nothing_to_compute_there_is_still_code():
    exec(visit(view="code", a="银行 在 河边", b="").code[0].value, {})


@pytest.mark.parametrize(
    "link",
    [{}, {"a": "The cat sleeps", "b": "", "word": "cat"}, {"a": HOSTILE[0] + " bank", "punctuation": "1"}],
)
def test_the_code_computes_what_the_screen_shows(link, measured, vectors, capsys):
    names = {}
    exec(visit(view="code", **link).code[0].value, names)
    assert names["right"] == {each.preset: (each.held_out, each.other_words) for each in measured}
    if not link:
        for text, place in names["leans"].items():
            assert place == pytest.approx(selfattn.lean(text, "bank", vectors).after)
    assert capsys.readouterr().out


def test_all_presets_are_there_once_a_head_is_known(vectors):
    assert heads.known_head(vectors)
    assert [each.preset for each in rates(vectors)] == list(PRESETS)
