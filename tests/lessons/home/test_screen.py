"""The first screen, driven without a browser: its switches, its title, what does not fit (see test_app.py, too)."""

import json
from base64 import b64decode

import numpy as np
import pytest

import selfattn
from selfattn import PRESETS, SENSES
from selfattn.core import describe
from selfattn.lessons.home.screen import SHORTCUT
from selfattn.ui import controls, fields, session_sets
from tests.apps import HOME, SELF_ATTENTION, charts, edit, page_of, press, screen, sound, title, visit, widget
from tests.lessons.test_any_set import made_up
from tests.test_app import with_bars

TEXTS = ("Money bank grows", "River bank flows")
LONG = "The old bank near the river gave my brother a large loan for his new house"
TOO_LONG = "bank " + " ".join(["river", "money", "flows", "the"] * 160)
OTHER_PRESETS = {"lesson": "As in the lesson", "scaled": "Scaled", "sharper": "Sharper context"}


def drawn(at, key):
    (spec,) = (chart.proto.spec for chart in at.get("plotly_chart") if chart.proto.id.endswith(f"-{key}"))
    return json.loads(spec)


# Whom the word asks


@pytest.mark.parametrize("preset", PRESETS)
def test_the_shortcut_is_told_of_where_a_word_may_not_attend_to_itself(preset):
    at = visit(preset=preset)
    told = SHORTCUT.format("bank") in screen(at)
    assert told == (not PRESETS[preset].attend_self)
    assert told == all(shown.numbers[1] == "–" for shown in with_bars(at))
    assert told == all("bank)" not in shown.total and " bank" not in shown.total for shown in with_bars(at))
    assert "on the shortcut" not in screen(visit(preset=preset, every="1")), "there every word asks, with its own row"


def test_a_word_that_stands_alone_asks_itself_and_no_shortcut_is_told_of():
    alone = visit(a="bank", b="bank")
    assert [shown.total for shown in with_bars(alone)] == ["bank′ = 1.00 · v(bank)"] * 2
    assert "on the shortcut" not in screen(alone)
    assert SHORTCUT.format("bank") in screen(visit(a="bank"))


@pytest.mark.parametrize("preset", PRESETS)
def test_sums_and_bars_of_a_long_sentence_are_the_librarys(preset, vectors):
    sentence, trace = selfattn.contextualize(LONG, vectors, preset)
    weights = trace.weights[sentence.index("bank")]
    shown = with_bars(visit(a=LONG, preset=preset))[0]
    assert shown.words == LONG.split()
    assert shown.numbers == [f"{weight:.2f}" if weight else "–" for weight in weights]
    assert shown.total == f"bank′ = {describe.as_sum(weights, sentence.tokens, values=preset == 'trained')}"
    assert shown.total.endswith(" + …")
    assert max(shown.heights) <= 1


# Untrained or trained


@pytest.mark.parametrize("preset", OTHER_PRESETS)
def test_another_preset_of_the_link_is_a_third_choice_until_one_of_the_two_is_taken(preset):
    at = visit(preset=preset)
    assert widget(at, fields.PRESET).options == ["Untrained", "Trained", OTHER_PRESETS[preset]]
    assert widget(at, fields.PRESET).value == preset
    assert at.query_params == {"preset": preset}
    widget(at, fields.PRESET).set_value("balanced")
    assert widget(sound(at.run()), fields.PRESET).options == ["Untrained", "Trained"]
    assert at.query_params == {"preset": "balanced"}
    widget(at, fields.PRESET).set_value("trained")
    assert charts(sound(at.run())) == charts(visit())
    assert at.query_params == {}


def test_settings_of_ones_own_are_a_third_choice(vectors):
    link = {"preset": "own", "temperature": "1.3", "self": "0"}
    at = visit(**link)
    assert widget(at, fields.PRESET).options == ["Untrained", "Trained", "Your own"]
    assert at.query_params == link
    sentence, trace = selfattn.contextualize(TEXTS[0], vectors, selfattn.Settings(temperature=1.3, attend_self=False))
    total = describe.as_sum(trace.weights[sentence.index("bank")], sentence.tokens)
    assert with_bars(at)[0].total == f"bank′ = {total}"


# One word or every word


@pytest.mark.parametrize("preset", ["balanced", "trained"])
def test_every_word_is_a_row_of_the_librarys_weights(preset, vectors):
    at = visit(every="1", preset=preset)
    assert set(charts(at)) == {"every_0", "every_1", "motion"}
    assert not with_bars(at)
    for role, text in enumerate(TEXTS):
        sentence, trace = selfattn.contextualize(text, vectors, preset)
        (heatmap,) = (one for one in drawn(at, f"every_{role}")["data"] if one["type"] == "heatmap")
        shown = np.frombuffer(b64decode(heatmap["z"]["bdata"]), dtype=heatmap["z"]["dtype"])
        np.testing.assert_allclose(shown.reshape(trace.weights.shape), trace.weights, atol=1e-6)
        row = sentence.index("bank")
        assert charts(at)[f"every_{role}"] == describe.heatmap_alt(trace.weights, sentence.tokens, row)
    widget(at, fields.EVERY).set_value(False)
    assert len(with_bars(sound(at.run()))) == 2
    assert set(charts(at)) == {"motion"}
    assert "every" not in at.query_params


def test_the_heatmap_of_a_long_sentence_has_a_line_for_each_word():
    heights = [drawn(visit(a=text, every="1"), "every_0")["layout"]["height"] for text in (TEXTS[0], LONG)]
    assert heights[1] - heights[0] > 20 * (len(LONG.split()) - 10)
    assert "of 512 words" in charts(visit(a=TOO_LONG, every="1"))["every_0"]


def test_the_switches_are_kept_on_the_way_to_another_lesson_and_back():
    at = visit(every="1", preset="balanced")
    link = dict(at.query_params)
    at.switch_page("pages/6_Meaning_in_motion.py")
    sound(at.run()).switch_page(HOME)
    assert set(charts(sound(at.run()))) == {"every_0", "every_1", "motion"}
    assert dict(at.query_params) == link


# What it is about


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ({}, "Why “bank” means two things"),
        ({"a": "Bat hits ball", "b": "Bat eats insects"}, "Why “bat” means two things"),
        ({"a": "The cat sat down", "b": "A cat ran away"}, "Where “cat” goes"),
        ({"b": "More money"}, "Where “money” goes"),
        ({"a": "", "b": ""}, "Why a word means two things"),
    ],
)
def test_a_word_is_said_to_mean_two_things_where_two_senses_are_known(link, said):
    assert title(visit(**link)) == said


def test_in_a_set_without_the_words_of_a_pole_no_two_meanings_are_claimed():
    words = ["money", "bank", "grows", "river", "flows", *SENSES["bank"].poles["finance"]]
    at = page_of(HOME, set="mine-1", preset="balanced")
    known = [word for word in dict.fromkeys(words) if word not in SENSES["bank"].poles["river"]]
    at.session_state[session_sets._OWN] = {"mine-1": made_up(known, 8)}
    assert title(sound(at.run())) == "Where “bank” goes"


def test_a_word_without_known_senses_has_the_line_of_its_two_sentences():
    at = visit(a="The cat sat on the sofa", b="A cat and a mouse")
    assert "On the line from sofa (left) to mouse (right)" in charts(at)["motion"]
    alone = visit(a="The cat sat on the sofa", b="", word="cat")
    assert "On the line" not in charts(alone)["motion"]
    assert "of the new “cat” is" in screen(alone)


# What does not fit


@pytest.mark.parametrize("every", ["0", "1"])
def test_a_sentence_without_the_word_stays_as_it_was_typed_and_says_what_to_do(every):
    at = visit(b="Prices fell", word="money", every=every)
    assert "“money” is not in this sentence: choose a word that both have, or type it." in screen(at)
    assert "Prices fell" in screen(at)
    assert set(charts(at)) == ({"motion"} if every == "0" else {"every_0", "motion"})
    assert len(with_bars(at)) == (every == "0")
    assert "In A, " in screen(at)
    assert "In B, " not in screen(at)


def test_an_empty_box_leaves_the_other_sentence():
    at = edit(visit(), a="")
    assert [shown.words for shown in with_bars(at)] == [TEXTS[1].split()]
    assert "is not in this sentence" not in screen(at)
    assert widget(at, controls.CHOSEN_WORD).value == "bank"


# What is left out, and why nothing moves


@pytest.mark.parametrize("page", [HOME, "pages/6_Meaning_in_motion.py"])
def test_a_misspelt_telling_word_is_named_in_the_finding_of_its_sentence(page):
    words = screen(visit(page, b="The rivver bank"))
    assert "In B, without “rivver”, which has no vector, " in words
    assert "In A, without" not in words


@pytest.mark.parametrize(
    ("page", "link", "names"),
    [
        ("pages/1_Why_self_attention.py", {"a": "The rivver bank"}, ""),
        ("pages/2_One_word_one_vector.py", {"step": "wanted", "b": "The rivver bank"}, "In B w"),
        ("pages/4_Weighted_sum.py", {"step": "hand", "a": "The rivver bank"}, ""),
        ("pages/4_Weighted_sum.py", {"step": "every", "b": "The rivver bank"}, "In B w"),
        ("pages/4_Weighted_sum.py", {"step": "where", "a": "The rivver bank"}, ""),
        ("pages/5_Self_attention.py", {"step": "weights", "a": "The rivver bank"}, ""),
        ("pages/5_Self_attention.py", {"step": "contextual", "a": "The rivver bank"}, ""),
        ("pages/5_Self_attention.py", {"step": "summary", "a": "The rivver bank"}, ""),
        ("pages/7_What_it_cannot_do.py", {"step": "order", "a": "The rivver bank flows"}, "In A w"),
        ("pages/7_What_it_cannot_do.py", {"step": "frequent", "frequent": "The rivver bank"}, ""),
        ("pages/8_Query_key_value.py", {"step": "general", "b": "The rivver bank"}, "In B, w"),
        (HOME, {"view": "whatif", "a": "The rivver bank"}, ""),
    ],
)
def test_every_caption_that_concludes_about_a_sentence_names_what_it_does_not_count(page, link, names):
    words = screen(visit(page, **link))
    assert f"{names or 'W'}ithout “rivver”, which has no vector" in words


@pytest.mark.parametrize("page", [HOME, SELF_ATTENTION])
def test_where_one_word_has_all_the_weight_the_reason_is_told(page):
    assert "“bank” keeps all the weight: its dot product with itself" in screen(visit(page, preset="lesson"))
    assert "all the weight" not in screen(visit(page))


def test_short_vectors_are_named_as_the_reason_of_equal_weights():
    table = "money 0.012 0.016 / bank 0.016 0.012 / grows 0 0.02 / river 0.02 0 / flows 0.01 0.01"
    words = screen(visit(set="hand", handmade=table, preset="scaled"))
    assert "In A, all get the same, for the vectors are short (length 0.02 at most)" in words
    assert "No switch changes that" in words


# Predict, then reveal


@pytest.mark.parametrize("every", ["0", "1"])
def test_no_weight_is_shown_before_the_class_has_guessed(every):
    at = visit(hidden="1", every=every)
    assert not charts(at)
    assert not with_bars(at)
    assert "besides itself, which word will give the new “bank” most?" in screen(at)
    assert "shortcut" not in screen(at)
    assert charts(press(at, "reveal")) == charts(visit(every=every))


# On a phone


@pytest.mark.parametrize("projector", ["0", "1"])
def test_a_phone_shows_the_map_before_the_weights(projector, monkeypatch):
    monkeypatch.setattr("selfattn.ui.run.on_phone", lambda: True)
    at = visit(projector=projector)
    maps = [bool(column.get("plotly_chart")) for column in at.columns]
    bars = [any('class="sa-bars' in element.proto.body for element in column.get("html")) for column in at.columns]
    assert maps.index(True) < bars.index(True)
    assert [shown.words for shown in with_bars(at)] == [text.split() for text in TEXTS]
    widget(at, fields.EVERY).set_value(True)
    assert set(charts(sound(at.run()))) == {"every_0", "every_1", "motion"}
