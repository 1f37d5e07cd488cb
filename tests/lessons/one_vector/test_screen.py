"""One word, one vector, driven without a browser: every step, at its extremes, and the code of each."""

import contextlib
import io
import re

import numpy as np
import pytest

import selfattn
from selfattn import PRESETS, SENSES
from selfattn.core.neighbours import MOST, drowned, nearest
from selfattn.course import ONE_VECTOR
from selfattn.lessons.one_vector import code as snippets
from selfattn.ui import controls, fields
from selfattn.views.snippets import neighbours
from tests.apps import HOSTILE, HOSTILE_TOGETHER, charts, edit, read_html, screen, sound, title, visit, widget
from tests.covering import combined

PAGE = "pages/2_One_word_one_vector.py"
STEPS = [step.key for step in ONE_VECTOR.steps]
MANY = "bank " + " ".join(["river", "money", "flows", "the"] * 160)
CHARTS = {"toy": "toy_vectors", "real": "real_vectors", "neighbours": "neighbours", "wanted": "line"}


def run(code):
    room = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(code, room)
    return room


# What each step says


def test_the_lesson_begins_with_the_toy():
    at = visit(PAGE)
    assert title(at).startswith("One word, one vector")
    assert set(charts(at)) == {"toy_vectors"}
    assert "“bank” is [0.6, 0.2, 0.1, 0.7] in A and [0.6, 0.2, 0.1, 0.7] in B: " in screen(at)
    assert "in B: one word, one vector, whatever the sentence." in screen(at)
    assert "A static embedding does not capture the meaning that a word has in its context." in screen(at)
    assert "That is wrong: a technique is needed that captures the context." in screen(at)
    assert "0.6, 0.2, 0.1, 0.7. The largest difference between them is 0." in charts(at)["toy_vectors"]


def test_the_real_vector_is_the_same_in_both(vectors):
    at = visit(PAGE, step="real")
    assert "“bank” has 50 numbers in A and B, number for number the same: the largest difference is 0." in screen(at)
    first = ", ".join(f"{number:.3g}" for number in vectors["bank"][:8]).replace("-", "−")
    assert f"{first}, and 42 more." in charts(at)["real_vectors"]


def test_the_neighbours_drown_the_other_meaning(vectors):
    at = visit(PAGE, step="neighbours")
    found = nearest("bank", vectors, SENSES["bank"])
    financial = sum(one.sense == "finance" for one in found)
    assert financial == MOST == 12
    assert "All 12 nearest words of “bank” are nearer to finance: the other meaning, river, is drowned." in screen(at)
    assert all(f"{one.word} {one.cosine:.2f} (finance)" in charts(at)["neighbours"] for one in found)


@pytest.mark.parametrize("word", list(SENSES))
def test_every_ambiguous_word_has_its_neighbours(word, vectors):
    found = nearest(word, vectors, SENSES[word])
    counts = {name: sum(one.sense == name for one in found) for name in SENSES[word].poles}
    most = max(counts.values())
    finding = drowned(word, found)
    assert f"{'All 12' if most == 12 else most} " in finding
    assert f"nearest words of “{word}” are nearer to" in finding


@pytest.mark.parametrize("word", ["crane", "jam"])
def test_the_neighbours_of_other_words_are_shown(word, vectors):
    first, second = (sentences[0] for sentences in SENSES[word].examples.values())
    at = visit(PAGE, step="neighbours", a=first, b=second)
    assert drowned(word, nearest(word, vectors, SENSES[word])) in screen(at)


def test_a_word_without_poles_has_neighbours_in_one_colour(vectors):
    at = visit(PAGE, step="neighbours", a="the loan grows", b="the loan flows", word="loan")
    first = vectors.most_similar("loan", topn=1)[0]
    assert f"The nearest word of “loan” is “{first[0]}”, with a cosine of {first[1]:.2f}" in screen(at)
    assert "(" not in charts(at)["neighbours"]
    code = visit(PAGE, step="neighbours", a="the loan grows", b="the loan flows", word="loan", view="code").code
    assert "grows" not in code[0].value, "what the sentences say is no meaning of the word"


@pytest.mark.parametrize("link", [{}, {"hidden": "1"}])
def test_what_is_wanted_is_shown_at_once_as_home_has_shown_it_before(link):
    at = visit(PAGE, step="wanted", **link)
    assert at.query_params == {"step": "wanted"}
    assert not {"predict", "reveal"} & {button.key for button in at.button}
    assert (
        "In “Money bank grows” the meaning of “bank” comes most from “money”, in “River bank flows” from “flows”."
        in screen(at)
    )
    assert "The meaning of a word is derived from the words before and after it." in screen(at)
    assert set(charts(at)) == {"line"}
    assert "A: it stays with finance, at" in charts(at)["line"]
    assert "B: it crosses to river, at" in charts(at)["line"]


def test_of_a_single_sentence_without_poles_there_is_no_line():
    at = visit(PAGE, step="wanted", a="the loan grows", b="", word="loan")
    assert "“loan” has no poles here" in screen(at)
    assert not charts(at)


# The toy


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("1 2", "[1, 2]"),
        ("[−3, 0.125, 1000]", "[−3, 0.125, 1000]"),
        ("12.34 .0004", "[12.34, 0.0004]"),
        ("1,2,3,4,5,6,7,8", "[1, 2, 3, 4, 5, 6, 7, 8]"),
    ],
)
def test_the_class_can_type_its_own_vector(typed, shown):
    at = edit(visit(PAGE), toy=typed)
    assert f"“bank” is {shown} in A and {shown} in B" in screen(at)
    again = visit(PAGE, toy=typed)
    assert f"“bank” is {shown} in A" in screen(again), "it is in the link"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "There are no numbers yet"),
        ("5", "There is 1 number here"),
        ("1 2 3 4 5 6 7 8 9", "There are 9 numbers here"),
        ("1 nan", "“nan” is not a number"),
        ("1 1000.1", "“1000.1” is not between −1000 and 1000"),
        ("1 2 x", "“x” is not a number"),
        ("<img src=x onerror=alert(1)> 2", "“<img” is not a number"),
    ],
)
def test_bad_numbers_are_answered_and_the_default_stands_in(typed, said):
    at = edit(visit(PAGE), toy=typed)
    assert (
        f"{said}: type 2 to 8 numbers, such as 0.6, 0.2, 0.1, 0.7. Until then, [0.6, 0.2, 0.1, 0.7] stands in."
        in screen(at)
    )
    assert "“bank” is [0.6, 0.2, 0.1, 0.7] in A" in screen(at)
    assert at.text_input(key=fields.TOY).value == typed, "nothing that was typed is lost"
    assert not {tag for tag, _ in read_html(at).tags} & {"img", "script"}


def test_the_toy_is_kept_while_other_steps_are_shown():
    at = edit(visit(PAGE), toy="1 2 3")
    for step in ("real", "toy"):
        widget(at, fields.STEP).set_value(step)
        sound(at.run())
    assert "“bank” is [1, 2, 3] in A" in screen(at)


# Every step at its extremes


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("projector", ["0", "1"])
def test_every_step_draws_its_picture(step, projector):
    at = visit(PAGE, step=step, projector=projector)
    assert set(charts(at)) == {CHARTS[step]}
    assert all(len(alt) > 40 for alt in charts(at).values())
    assert any("numbers" in box.label or "table" in box.label for box in at.expander)


@pytest.mark.parametrize(("text", "step"), combined(HOSTILE, STEPS))
def test_hostile_text_is_only_text(text, step):
    at = visit(PAGE, step=step, a=f"bank {text} river", b=f"{text} bank")
    assert not {tag for tag, _ in read_html(at).tags} & {"img", "script"}
    assert set(charts(at)) == {CHARTS[step]}


ODD = [("bank", "bank"), (MANY, MANY), ("bank", MANY), ("river", "money"), ("bank bank bank", "“Bank”, he said")]


@pytest.mark.parametrize(("step", "texts"), [*combined(STEPS, ODD), *combined(STEPS, ODD[::-1])])
def test_odd_sentences_are_shown(step, texts):
    at = visit(PAGE, step=step, a=texts[0], b=texts[1])
    without_a_line = step == "wanted" and texts == ("river", "money")
    assert set(charts(at)) == ({CHARTS[step]} if not without_a_line else set())
    assert ("has no poles here" in screen(at)) == without_a_line


@pytest.mark.parametrize(("step", "lost"), combined(STEPS, ["", "?!", "qzxqzx"]))
def test_a_sentence_that_cannot_be_used_leaves_the_other(step, lost):
    at = visit(PAGE, step=step, b=lost)
    assert len(at.warning) == 1
    assert set(charts(at)) == {CHARTS[step]}
    nothing = visit(PAGE, step=step, a=lost, b=lost)
    assert len(nothing.warning) == 2
    assert not charts(nothing)


def test_a_single_sentence_has_nothing_to_compare_with():
    assert "The 50 numbers of “bank” in A; it would have the same in any other sentence." in screen(
        visit(PAGE, step="real", b="")
    )
    assert "from nowhere: the word stands alone" in screen(visit(PAGE, step="wanted", a="bank", b=""))


def test_a_word_that_keeps_itself_takes_its_meaning_from_nowhere_else():
    assert "comes from nowhere but itself" in screen(visit(PAGE, step="wanted", preset="lesson"))
    assert "comes most from “money”" in screen(visit(PAGE, step="wanted"))


@pytest.mark.parametrize(("preset", "step"), combined(PRESETS, STEPS))
def test_every_preset_draws_every_step(preset, step):
    assert set(charts(visit(PAGE, step=step, preset=preset))) == {CHARTS[step]}


@pytest.mark.parametrize("preset", PRESETS)
def test_every_preset_leaves_the_static_vector_as_it_is(preset, vectors):
    assert f"{vectors['bank'][0]:.3g}" in charts(visit(PAGE, step="real", preset=preset))["real_vectors"]


def test_punctuation_can_be_followed():
    at = visit(PAGE, step="real", punctuation="1", a="Money, money", b="River, bank", word=",")
    assert "“,” has 50 numbers in A and B" in screen(at)


@pytest.mark.parametrize(("step", "view"), [*combined(STEPS, fields.VIEWS), *combined(STEPS, fields.VIEWS[::-1])])
def test_every_view_opens_on_every_step(step, view):
    at = visit(PAGE, step=step, view=view)
    assert CHARTS[step] not in charts(at) or view == "whatif"
    assert screen(at)


def test_the_word_can_be_chosen():
    at = visit(PAGE, a="the bank of the river", b="the river")
    widget(at, controls.CHOSEN_WORD).set_value("river")
    sound(at.run())
    assert "“river” is [0.6" in screen(at)


def test_a_phone_has_its_own_sizes(monkeypatch):
    monkeypatch.setattr("selfattn.ui.run.on_phone", lambda: True)
    for step in STEPS:
        assert set(charts(visit(PAGE, step=step))) == {CHARTS[step]}


@pytest.mark.parametrize("link", [{"step": "weights"}, {"toy": "x" * 9000}, {"word": "nowhere"}, {"hidden": "7"}])
def test_a_bad_link_falls_back(link):
    assert charts(visit(PAGE, **link))


# The code


def code_of(step, **link):
    (shown,) = visit(PAGE, step=step, view="code", **link).code
    return run(shown.value)


def test_the_code_of_the_toy_looks_one_vector_up():
    found = code_of("toy", toy="1 2 3")["found"]
    assert list(found) == ["Money bank grows", "River bank flows"]
    for vector in found.values():
        np.testing.assert_array_equal(vector, [1, 2, 3])


def test_the_code_of_the_real_vector_finds_no_difference(vectors):
    room = code_of("real")
    assert room["difference"] == 0
    assert len(room["found"]) == 2
    for vector in room["found"]:
        np.testing.assert_array_equal(vector, vectors["bank"])


@pytest.mark.parametrize("word", ["bank", "crane", "jam"])
def test_the_code_of_the_neighbours_finds_the_same(word, vectors):
    first, second = (sentences[0] for sentences in SENSES[word].examples.values())
    room = code_of("neighbours", a=first, b=second, word=word)
    found = nearest(word, vectors, SENSES[word])
    assert [one for one, _ in room["nearest"]] == [one.word for one in found]
    np.testing.assert_allclose([cosine for _, cosine in room["nearest"]], [one.cosine for one in found], atol=1e-6)
    assert room["nearer"] == {one.word: one.sense for one in found}


def test_the_code_of_the_neighbours_without_poles(vectors):
    room = run(neighbours("loan", None, most=12))
    assert [one for one, _ in room["nearest"]] == [one.word for one in nearest("loan", vectors)]


@pytest.mark.parametrize("preset", PRESETS)
def test_the_code_of_what_is_wanted_gives_both_vectors(preset, vectors):
    room = code_of("wanted", preset=preset)
    for text in ("Money bank grows", "River bank flows"):
        sentence, trace = selfattn.contextualize(text, vectors, preset)
        np.testing.assert_allclose(room["new"][text][1], trace.output[sentence.index("bank")], atol=1e-5)


def test_what_was_typed_goes_into_the_code_as_text():
    for text in (*HOSTILE, 'it\'s a "bank"', "back\\slash bank"):
        assert next(iter(run(snippets.toy([1.0, 2.0], [f"bank {text}"], "bank"))["found"])) == f"bank {text}"
    typed = f"""bank it's a "bank" back\\slash {HOSTILE_TOGETHER}"""
    assert next(iter(code_of("toy", a=typed)["found"])) == typed
    assert code_of("real", a=typed)["difference"] == 0


def set_of(at):
    (found,) = re.findall(r'class="sa-set">(.*?)<', " ".join(element.proto.body for element in at.get("html")))
    return found


@pytest.mark.parametrize(
    ("page", "step", "said"),
    [
        (PAGE, "toy", "Invented numbers"),
        (PAGE, "real", "GloVe 6B"),
        ("pages/3_Dot_product.py", "plane", "Vectors of your own"),
        ("pages/3_Dot_product.py", "words", "GloVe 6B"),
        ("pages/8_Query_key_value.py", "parts", "Two numbers a word, by hand"),
        ("pages/8_Query_key_value.py", "learn", "GloVe 6B"),
    ],
)
def test_under_the_title_stands_what_the_numbers_are(page, step, said):
    assert set_of(visit(page, step=step)) == said
