"""Every page, driven without a browser: what stands on the screen after a click, an edit, or a link."""

import ast
import itertools
import json
import re
from contextlib import redirect_stdout
from io import StringIO
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pytest

import selfattn
from selfattn import FAILURES, PRESETS, SENSES, Settings
from selfattn.core.rounding import percent
from selfattn.course import LESSONS
from selfattn.course import SELF_ATTENTION as SELF_ATTENTION_LESSON
from selfattn.glossary import GLOSSARY
from selfattn.ui import controls, fields
from selfattn.views import predict
from tests.apps import (
    HOME,
    HOSTILE,
    MOTION,
    PAGES,
    SELF_ATTENTION,
    WRITTEN_AS_MARKDOWN,
    charts,
    edit,
    formulas,
    keys,
    opened,
    press,
    read_html,
    screen,
    sound,
    terms,
    title,
    visit,
    weights_of,
    widget,
)  # fmt: skip

STEPS = [step.key for step in SELF_ATTENTION_LESSON.steps]
TAGS = {"p", "span", "h1", "style", "a", "b", "strong", "em", "ul", "ol", "li", "div", "br"}
ATTRIBUTES = {"class", "style", "title", "role", "tabindex", "aria-description"}


def settings_of(at):
    names = {fields.SCALE: "scale", fields.SELF: "attend_self", fields.CENTRE: "centre", fields.FREQUENCY: "frequency"}
    switches = {name: widget(at, key).value for key, name in (names | {fields.DISTANCE: "distance"}).items()}
    return Settings(temperature=widget(at, fields.TEMPERATURE).value, **switches)


# What a first visit shows


@pytest.mark.parametrize("page", PAGES)
def test_first_visit_is_complete(page):
    at = visit(page)
    assert not at.warning
    assert charts(at)
    assert all(len(alt) > 40 for alt in charts(at).values()), "every chart says what it shows"


def test_home_computes_the_numbers_of_the_lesson(vectors):
    at = visit()
    for formula, text in zip(formulas(at), ("money bank grows", "river bank flows"), strict=True):
        assert formula.startswith(r"$\text{bank}' = ")
        assert terms(formula) == [(token, f"{weight:.2f}") for token, weight in weights_of(text, "bank", vectors)]
    assert terms(formulas(at)[0]) == [("money", "0.24"), ("bank", "0.68"), ("grows", "0.08")]


def test_home_says_what_happened(vectors):
    at = visit()
    (_, money), _, (_, grows) = weights_of("money bank grows", "bank", vectors)
    said = f"In A, {money:.0%} of the new “bank” is “money” and {grows:.0%} “grows”: it moves towards finance."
    assert said.replace("%", " %") in screen(at)
    assert "“flows”: it moves towards river." in screen(at)
    assert title(at) == "Why “bank” means two things"


def test_home_draws_two_bars_the_motion_and_the_meter(vectors):
    alts = charts(visit())
    assert set(alts) == {"bars_0", "bars_1", "motion", "meter"}
    values = ", ".join(f"{token} {weight:.2f}" for token, weight in weights_of("river bank flows", "bank", vectors))
    assert values in alts["bars_1"]
    sentence, trace = selfattn.contextualize("money bank grows", vectors)
    meter = selfattn.meaning_meter(trace.output[sentence.index("bank")], SENSES["bank"], vectors)
    assert f"sentence A, finance: 0.82 before, {meter['finance']:.2f} after" in alts["meter"]


@pytest.mark.parametrize(
    ("step", "said", "drawn"),
    [
        ("vectors", "Every word is a vector of 50 numbers", {"vectors"}),
        ("scores", "The dot product of “bank” with “money” is", {"scores"}),
        ("scaled", "The dot products are divided by", {"scaled"}),
        ("weights", "of the new “bank” is “money”", {"weights", "bars_0"}),
        ("sum", "is a weighted sum", {"sum"}),
        ("contextual", "Before and after", {"contextual"}),
        ("summary", "In three steps “bank” gets a vector", {"summary_1", "summary_2", "summary_3"}),
    ],
)
def test_every_step_says_and_draws_its_own(step, said, drawn):
    at = visit(SELF_ATTENTION)
    widget(at, fields.STEP).set_value(step)
    sound(at.run())
    assert said in screen(at)
    assert set(charts(at)) == drawn


def test_the_summary_says_the_three_steps_of_the_lesson(vectors):
    at = visit(SELF_ATTENTION, step="summary")
    said = screen(at)
    stages = ("Static embeddings, from Word2Vec or GloVe", "They pass through self-attention", "Out come the dynamic")
    places = [said.index(stage) for stage in stages]
    assert places == sorted(places)
    (_, money), _, _ = weights_of("money bank grows", "bank", vectors)
    assert f"{money:.0%} of the new “bank” is “money”".replace("%", " %") in said
    for part, word in (("summary_1", "money, bank, grows"), ("summary_3", "money′, bank′, grows′")):
        assert charts(at)[part].endswith(f": {word}.")


@pytest.mark.parametrize("step", ["scores", "scaled", "weights", "summary"])
def test_a_heatmap_takes_clicks(step):
    at = visit(SELF_ATTENTION, step=step)
    key = "summary_2" if step == "summary" else step
    (heatmap,) = (chart.proto for chart in at.get("plotly_chart") if chart.proto.id.endswith(f"-{key}"))
    assert len(heatmap.selection_mode) == 1
    assert "Click a weight to see how it is made" in screen(at) or step != "weights"


@pytest.mark.parametrize("preset", PRESETS)
def test_steps_agree_with_the_library(preset, vectors):
    sentence, trace = selfattn.contextualize("Money bank grows", vectors, preset)
    row = sentence.index("bank")
    at = visit(SELF_ATTENTION, preset=preset, step="scores")
    assert f"is {trace.scores[row, 0]:.2f}" in screen(at)
    assert f"= {trace.scores[row, 0]:.2f}" in formulas(at)[0]
    at = visit(SELF_ATTENTION, preset=preset, step="scaled")
    assert f"= {trace.scaled[row, 0]:.2f}" in formulas(at)[0]
    at = visit(SELF_ATTENTION, preset=preset, step="contextual")
    static, contextual = trace.matrix[row], trace.output[row]
    cosine = static @ contextual / np.linalg.norm(static) / np.linalg.norm(contextual)
    assert f"a cosine of {cosine:.2f}" in screen(at)


# Every control, at its ends


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("preset", PRESETS)
def test_preset_works_at_once(page, preset, vectors):
    at = visit(page)
    widget(at, fields.PRESET).set_value(preset)
    sound(at.run())
    money = dict(weights_of("money bank grows", "bank", vectors, preset))["money"]
    made = f"{percent(money)} of the new “bank” is “money”"
    said = screen(at)
    assert made in said or f"{made[0].upper()}{made[1:]}" in said
    assert ("Less than 1 %" in said) == (preset == "lesson" and page == SELF_ATTENTION)


@pytest.mark.parametrize("temperature", [fields.COLDEST, fields.HOTTEST])
def test_temperature_reaches_both_ends(temperature, vectors):
    at = visit(SELF_ATTENTION)
    widget(at, fields.TEMPERATURE).set_value(temperature)
    sound(at.run())
    weights = weights_of("money bank grows", "bank", vectors, Settings(temperature=temperature))
    assert ", ".join(f"{token} {weight:.2f}" for token, weight in weights) in charts(at)["bars_0"]
    assert widget(at, fields.PRESET).value == fields.OWN


@pytest.mark.parametrize("key", list(fields.SWITCHES)[1:])
def test_every_switch_changes_the_weights(key):
    at = visit(SELF_ATTENTION)
    before = charts(at)["bars_0"]
    widget(at, key).set_value(not widget(at, key).value)
    sound(at.run())
    assert charts(at)["bars_0"] != before
    widget(at, key).set_value(not widget(at, key).value)
    sound(at.run())
    assert charts(at)["bars_0"] == before
    assert widget(at, fields.PRESET).value == "balanced"


def test_punctuation_counts_when_it_is_let():
    at = visit(SELF_ATTENTION, a="Money, bank!")
    assert widget(at, controls.CHOSEN_ROW).options == ["1  money", "2  bank"]
    at.toggle(key=fields.PUNCTUATION).set_value(True)
    sound(at.run())
    assert [option.split()[1] for option in widget(at, controls.CHOSEN_ROW).options] == [
        "money",
        ",",
        "bank",
        "!",
    ]


@pytest.mark.parametrize("row", [0, 2])
def test_first_and_last_row(row):
    at = visit(SELF_ATTENTION)
    widget(at, controls.CHOSEN_ROW).set_value(row)
    sound(at.run())
    word = ("money", "bank", "grows")[row]
    assert f"of the new “{word}” is" in screen(at)
    assert f"Weights of “{word}”" in charts(at)["bars_0"]


@pytest.mark.parametrize("count", range(2, 7))
def test_two_to_six_sentences(count):
    at = visit(MOTION)
    at.segmented_control(key=fields.COUNT).set_value(count)
    sound(at.run())
    assert [box.key for box in at.text_input] == list("abcdef"[:count])
    assert all(box.value for box in at.text_input), "a new box comes with an example"
    assert charts(at)["meter"].count("finance:") == count
    for letter in "ABCDEF"[:count]:
        assert f"in sentence {letter} it goes" in charts(at)["motion"]


def test_boxes_that_go_away_keep_their_text():
    at = visit(MOTION, n="3", c="The bank approved our loan")
    at.segmented_control(key=fields.COUNT).set_value(2)
    sound(at.run())
    at.segmented_control(key=fields.COUNT).set_value(3)
    assert sound(at.run()).text_input(key="c").value == "The bank approved our loan"


def test_axes_from_the_words():
    at = visit(MOTION)
    before = charts(at)["motion"]
    at.segmented_control(key=fields.BASIS).set_value("words")
    assert charts(sound(at.run()))["motion"] != before


def test_pulls_name_the_words_that_pull():
    at = visit(MOTION)
    spec = at.get("plotly_chart")[0].proto.spec
    assert "+ 0.24 money" not in spec
    at.toggle(key=fields.PULLS).set_value(True)
    assert "+ 0.24 money" in sound(at.run()).get("plotly_chart")[0].proto.spec


def tips(at):
    """Where the arrows of the motion plot end."""
    spec = json.loads(at.get("plotly_chart")[0].proto.spec)
    return [(one["x"][-1], one["y"][-1]) for one in spec["data"] if one.get("mode") == "lines+markers"]


@pytest.mark.parametrize("percent", [0, 35, 100])
def test_the_way_can_be_stopped_anywhere(percent):
    at = visit(MOTION)
    starts = [(one["x"][0], one["y"][0]) for one in json.loads(at.get("plotly_chart")[0].proto.spec)["data"]
              if one.get("mode") == "lines+markers"]  # fmt: skip
    goals, alt = tips(at), charts(at)["motion"]
    at.slider(key=fields.WAY).set_value(percent)
    sound(at.run())
    share = percent / 100
    wanted = [np.add(np.multiply(1 - share, start), np.multiply(share, goal))
              for start, goal in zip(starts, goals, strict=True)]  # fmt: skip
    np.testing.assert_allclose(tips(at), wanted, atol=1e-9)
    assert at.query_params == ({} if percent == 100 else {"way": str(percent)})
    assert tips(visit(MOTION, **at.query_params)) == tips(at)
    assert charts(at)["motion"] == alt, "what the plot says is where the word goes"


def test_poles_of_ones_own_move_the_meter():
    at = visit(MOTION)
    before = charts(at)["meter"]
    at.text_area[0].set_value("blood donor qwxzv")
    sound(at.run())
    assert charts(at)["meter"] != before
    assert "Not in the vocabulary, so left out: qwxzv." in screen(at)
    assert charts(visit(MOTION, **at.query_params)) == charts(at)
    at.text_area[0].set_value("")
    assert charts(sound(at.run()))["meter"] == before
    assert at.query_params == {}


def test_poles_give_a_meter_to_any_word():
    at = edit(visit(MOTION), a="The cat sat down", b="A cat ran away")
    assert "meter" not in charts(at)
    at.text_area[0].set_value("sofa chair")
    at.text_area[1].set_value("race speed")
    assert "sofa: " in charts(sound(at.run()))["meter"]


def test_tables_wait_to_be_asked_for():
    at = visit(MOTION)
    assert not at.dataframe
    assert [box.label for box in at.expander] == ["The table behind it", "What each switch does"]


# Examples


@pytest.mark.parametrize("word", SENSES)
def test_every_word_of_the_senses_loads(word):
    at = visit()
    widget(at, "example").set_value(word)
    sound(at.run())
    first, second = (texts[0] for texts in SENSES[word].examples.values())
    assert [box.value for box in at.text_input] == [first, second]
    assert widget(at, controls.CHOSEN_WORD).value == word
    one, other = SENSES[word].poles
    assert f"it moves towards {one}." in screen(at)
    assert f"it moves towards {other}." in screen(at)
    assert title(at) == f"Why “{word}” means two things"
    assert set(charts(at)) == {"bars_0", "bars_1", "motion", "meter"}


@pytest.mark.parametrize("at_failure", range(len(FAILURES)))
def test_every_failure_is_labelled(at_failure):
    at, failure = visit(), FAILURES[at_failure]
    widget(at, "failure").set_value(at_failure)
    sound(at.run())
    assert [box.value for box in at.text_input] == [failure.a, failure.b]
    assert len(at.info) == 1
    assert f"**Where it fails.** {failure.why}" in screen(at)
    edit(at, a="Money bank grows")
    assert not at.info, "the note goes when the sentences change"


# Links


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("temperature", value) for value in ("nan", "inf", "-1", "0", "1e400", "", "2,0")),
        *(("n", value) for value in ("99", "1", "2.5", "9" * 5000)),
        *(("row", value) for value in ("-5", "512", "x")),
        *(("preset", value) for value in ("<script>", "")),
        *((name, value) for name in ("way", "place", "to", "column", "shuffle") for value in ("-1", "10000", "x", "")),
        ("view", "edit"), ("hidden", "yes"), ("projector", "on"), ("trace", "../.."), ("dimension", "0"),
        ("change", "drop"), ("of", "g"), ("step", "../.."), ("scale", "yes"), ("self", "2"), ("basis", "none"),
        ("punctuation", "true"), ("pulls", ""),
    ],
)  # fmt: skip
def test_bad_link_falls_back_and_says_so(page, name, value):
    at = visit(page, **{name: value})
    lines = [caption.value for caption in at.caption if "cannot be used" in caption.value]
    assert len(lines) == 1
    assert lines[0].endswith(f": {name}.")
    assert charts(at) == charts(visit(page))
    assert name not in at.query_params or at.query_params[name] != value
    assert "script" not in "".join(caption.value for caption in at.caption)


def test_several_bad_settings_are_one_line():
    at = visit(temperature="nan", n="99", preset="<script>")
    assert len([caption for caption in at.caption if "cannot be used" in caption.value]) == 1


def test_repeated_parameters_take_one():
    at = visit(a=["Money bank grows", "The bank approved our loan"])
    assert at.text_input(key="a").value in ("Money bank grows", "The bank approved our loan")


@pytest.mark.parametrize("page", PAGES)
def test_very_long_text_in_a_link(page):
    at = visit(page, a="bank " * 5000, word="w" * 20_000, left="bank: " + "money " * 5000)
    assert len(at.text_input(key="a").value) <= fields.MAX_CHARACTERS
    assert charts(at)


@pytest.mark.parametrize("page", PAGES)
def test_control_characters_and_surrogates_in_a_link(page):
    at = visit(page, a="bank\x00\x1b[31m\u202e bank\r\nbank", b="bank \ufffe 🏦")
    assert charts(at)


def test_unknown_parameters_stay():
    at = visit(embed="true", utm_source="mail")
    assert at.query_params == {"embed": "true", "utm_source": "mail"}


@pytest.mark.parametrize("page", [HOME, MOTION])
def test_default_screen_has_an_empty_link(page):
    assert visit(page).query_params == {}


def test_link_has_what_differs_and_nothing_else():
    at = visit(MOTION)
    edit(at, a="The bank approved our loan")
    widget(at, fields.PRESET).set_value("sharper")
    at.toggle(key=fields.PULLS).set_value(True)
    sound(at.run())
    assert at.query_params == {"a": "The bank approved our loan", "preset": "sharper", "pulls": "1"}
    widget(at, fields.PRESET).set_value("balanced")
    at.toggle(key=fields.PULLS).set_value(False)
    edit(at, a="Money bank grows")
    assert at.query_params == {}


def link_of(entry):
    return dict(parse_qsl(entry.proto.query_string))


def test_menu_and_link_popover_carry_the_screen():
    at = edit(visit(projector="1"), a="The cat sat down", b="A cat ran away")
    assert widget(at, controls.CHOSEN_WORD).value == "cat"
    assert title(at) == "Why “cat” means two things"
    assert not at.page_link, "the menu is drawn once it is opened"
    opened(opened(at, "link"), "menu")
    assert dict(parse_qsl(urlsplit(at.code[0].value).query)) == at.query_params
    assert at.query_params == {"a": "The cat sat down", "b": "A cat ran away", "projector": "1"}
    assert len(at.page_link) == len(LESSONS)
    for entry, lesson in zip(at.page_link, LESSONS, strict=True):
        first = lesson.steps[0] if lesson.steps else None
        own = {"step": first.key} if first and first.key != lesson.start else {}
        own |= {"hidden": "1"} if first and first.asks else {}
        assert link_of(entry) == at.query_params | own
        assert not entry.proto.disabled, "the one that is open is marked by Streamlit; pale it could not be read"


@pytest.mark.parametrize("page", PAGES)
def test_what_lies_open_and_what_was_guessed_stays_behind(page):
    at = opened(visit(page, view="code", hidden="1", guess="money", way="35"), "menu")
    for entry in at.page_link:
        assert not {"view", "guess"} & set(link_of(entry))
        assert link_of(entry)["way"] == "35"


SWITCHES = list(itertools.product([0.1, 2.0, 7.3], *[[False, True]] * 5))


@pytest.mark.parametrize("part", range(4))
def test_settings_survive_their_link(part):
    at = visit(SELF_ATTENTION)
    for temperature, *flags in SWITCHES[part::4]:
        widget(at, fields.TEMPERATURE).set_value(temperature)
        for key, flag in zip(list(fields.SWITCHES)[1:], flags, strict=True):
            widget(at, key).set_value(flag)
        wanted = settings_of(sound(at.run()))
        assert wanted == Settings(flags[0], temperature, *flags[1:])
        again = visit(SELF_ATTENTION, **at.query_params)
        assert settings_of(again) == wanted
        assert charts(again) == charts(at)
        assert again.query_params == at.query_params


@pytest.mark.parametrize("preset", PRESETS)
def test_preset_link_is_only_its_name(preset):
    at = visit(preset=preset)
    assert at.query_params == ({} if preset == "balanced" else {"preset": preset})


# Pages and what lasts


def test_text_and_settings_survive_the_pages():
    at = edit(visit(), a="The bank approved our loan", b="Fish swim near the bank")
    widget(at, fields.PRESET).set_value("sharper")
    link = dict(sound(at.run()).query_params)
    at.switch_page(MOTION)
    texts = [box.value for box in sound(at.run()).text_input]
    assert texts == ["The bank approved our loan", "Fish swim near the bank"]
    assert widget(at, fields.PRESET).value == "sharper"
    at.switch_page(HOME)
    assert sound(at.run()).query_params == link


def test_switches_survive_an_emptied_box():
    at = visit(SELF_ATTENTION, preset="own", temperature="3.5", centre="1", step="scaled")
    edit(at, a="")
    edit(at, a="Money bank grows")
    assert settings_of(at) == Settings(temperature=3.5, centre=True)
    assert widget(at, fields.STEP).value == "scaled"


def test_chosen_row_follows_the_word_when_the_sentence_changes():
    at = visit(SELF_ATTENTION)
    edit(at, a="We sat on the bank of the river")
    assert widget(at, controls.CHOSEN_ROW).value == 4
    assert "of the new “bank” is" in screen(at)


# Sentences that do not fit


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "There is no text yet"),
        ("   ", "There is no text yet"),
        ("?!… ,", "There is only punctuation here"),
        ("qwxzv blorptang", "None of these words is in the vocabulary: “qwxzv”"),
        ("बैंक में पैसा", "None of these words is in the vocabulary: “बैंक”"),
        ("🏦🌊", "None of these words is in the vocabulary"),
    ],
)
def test_nothing_to_compute_says_why(page, text, said):
    at = edit(visit(page), a=text)
    assert len(at.warning) == 1
    assert said in screen(at)
    assert at.text_input(key="a").value == text, "what was typed stays"
    if page != SELF_ATTENTION:
        assert "bars_1" in charts(at) or "motion" in charts(at), "the other sentence is still shown"


@pytest.mark.parametrize("page", [HOME, MOTION])
def test_all_boxes_empty(page):
    at = edit(visit(page), a="", b="")
    assert len(at.warning) == 2
    assert not charts(at)


def test_six_hundred_words_say_what_is_cut():
    at = edit(visit(), a="bank " * 600)
    assert re.search(r"Only the first 512 \w+ are computed.*\b88\b", screen(at))
    assert "and 488 more" in charts(at)["bars_0"]


@pytest.mark.parametrize("page", PAGES)
def test_six_hundred_words_on_every_page(page):
    assert charts(visit(page, a="bank " * 600))


@pytest.mark.parametrize("page", PAGES)
def test_a_lone_word_attends_to_itself(page):
    at = visit(page, a="bank", preset="sharper")
    assert "“bank” stands alone and stays what it is" in screen(at)


@pytest.mark.parametrize("page", [HOME, SELF_ATTENTION])
def test_a_lone_word_is_not_asked_about(page):
    at = visit(page, a="bank", b="bank", hidden="1")
    assert charts(at), "no other word gives anything: there is nothing to guess"


@pytest.mark.parametrize("step", STEPS)
def test_every_step_of_a_lone_word(step):
    assert charts(visit(SELF_ATTENTION, a="bank", preset="sharper", step=step))


@pytest.mark.parametrize("page", [HOME, MOTION])
def test_sentences_that_share_no_word(page):
    at = edit(visit(page), a="Dogs bark", b="Prices fell")
    assert sorted(widget(at, controls.CHOSEN_WORD).options) == ["bark", "dogs", "fell", "prices"]
    assert charts(at)
    if page == HOME:
        assert "is not in this sentence" in screen(at)


@pytest.mark.parametrize("step", STEPS)
def test_repeated_words_stay_apart(step):
    at = visit(SELF_ATTENTION, a="bank bank bank", step=step)
    assert widget(at, controls.CHOSEN_ROW).options == ["1  bank", "2  bank", "3  bank"]
    assert charts(at)


def test_repeated_word_on_home():
    assert terms(formulas(visit(a="bank bank bank"))[0]) == [("bank", "0.33")] * 3


def test_unknown_words_are_named_with_spellings():
    at = edit(visit(), a="Monney bank grows")
    assert "Not in the vocabulary, so left out: “monney” (did you mean " in screen(at)
    at = edit(visit(), a="Money bank qwxzv")
    assert "Not in the vocabulary, so left out: “qwxzv”" in screen(at)
    assert r"\text{money}" in formulas(at)[0]


def test_hindi_and_emoji_beside_known_words():
    at = edit(visit(), a="बैंक bank 🏦 grows")
    assert "“बैंक”" in screen(at)
    assert "बैंक" in "".join(read_html(at).words)
    assert len(formulas(at)) == 2


# For a room


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("page", PAGES)
def test_a_room_shows_the_same_words_numbers_and_charts(page, preset):
    room, laptop = visit(page, projector="1", preset=preset), visit(page, preset=preset)
    assert charts(room) == charts(laptop)
    assert formulas(room) == formulas(laptop)
    step = f" {STEPS.index('weights') + 1} of {len(STEPS)}" if page == SELF_ATTENTION else ""
    heading = re.sub("<.+?>", "", title(room))
    assert heading == title(laptop) + step, "what is chosen behind a button is named"
    assert screen(room).replace(heading, title(laptop), 1) == screen(laptop)
    widgets = {kind: keys(laptop, kind) for kind in ("text_input", "selectbox", "slider", "toggle", "text_area")}
    assert {kind: sorted(keys(room, kind), key=str) for kind in widgets} == {
        kind: sorted(found, key=str) for kind, found in widgets.items()
    }


@pytest.mark.parametrize("step", STEPS)
def test_every_step_in_a_room(step):
    at = visit(SELF_ATTENTION, projector="1", step=step)
    assert charts(at) == charts(visit(SELF_ATTENTION, step=step))
    for chart in at.get("plotly_chart"):
        assert json.loads(chart.proto.spec)["layout"]["font"]["size"] >= 20 * 96 / 72


@pytest.mark.parametrize("page", PAGES)
def test_the_projector_goes_on_and_off_and_is_in_the_link(page):
    at = visit(page)
    before = charts(at)
    assert at.query_params == {}
    press(at, "room_switch")
    assert at.query_params == {"projector": "1"}
    assert at.button(key="room_switch").label == "Laptop"
    assert charts(at) == before
    press(at, "room_switch")
    assert at.query_params == {}
    assert at.button(key="room_switch").label == "Projector"


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("text", "said"), [("", "There is no text yet"), ("qwxzv", "None of these words is in")])
def test_a_room_says_what_cannot_be_used(page, text, said):
    at = visit(page, projector="1", a=text)
    assert said in screen(at)
    assert len(at.warning) == 1


# Looking closer: the code and the terms


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("page", PAGES)
def test_the_code_of_a_screen_computes_its_numbers(page, preset, vectors):
    at = visit(page, view="code", preset=preset, a="The bank, approved our loan", punctuation="1")
    assert not charts(at), "it stands in the place of the picture"
    (source,) = (block.value for block in at.code)
    names = {}
    with redirect_stdout(StringIO()) as printed:
        exec(source, names)
    sentence, trace = selfattn.contextualize("The bank, approved our loan", vectors, preset, drop_punctuation=False)
    row = sentence.index("bank")
    if page == SELF_ATTENTION:
        np.testing.assert_allclose(names["weights"], trace.weights, atol=1e-9)
        np.testing.assert_allclose(names["output"], trace.output, atol=1e-9)
        assert names["row"] == row
    else:
        weights, vector = names["new"]["The bank, approved our loan"]
        np.testing.assert_allclose(weights, trace.weights[row], atol=1e-9)
        np.testing.assert_allclose(vector, trace.output[row], atol=1e-9)
        assert list(names["new"]) == ["The bank, approved our loan", "River bank flows"]
    assert "'loan'" in printed.getvalue()


@pytest.mark.parametrize("lesson", [at for at in LESSONS if at.page in PAGES], ids=lambda lesson: lesson.key)
def test_the_terms_of_a_lesson_are_explained(lesson):
    at = visit(lesson.page, view="terms")
    assert not charts(at)
    (shown,) = (text.value for text in at.markdown if text.value.startswith("- **"))
    for term, line in zip(lesson.terms, shown.splitlines(), strict=True):
        assert line.startswith(f"- **{GLOSSARY[term].title}**: {GLOSSARY[term].meaning}")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("view", ["code", "terms"])
def test_looking_closer_is_in_the_link_and_can_be_closed(page, view):
    at = visit(page)
    before = charts(at)
    widget(at, fields.VIEW).set_value(view)
    sound(at.run())
    assert at.query_params == {"view": view}
    assert not charts(at)
    widget(at, fields.VIEW).set_value(None)
    sound(at.run())
    assert at.query_params == {}
    assert charts(at) == before


# Text that would be markup


def shown_as_typed(at, text):
    """No element of the page is made of the text: it stands in HTML only escaped, and in Markdown only escaped."""
    reader = read_html(at)
    assert {tag for tag, _ in reader.tags} <= TAGS - {"a"}
    assert set().union(*(attributes for _, attributes in reader.tags)) <= ATTRIBUTES
    written = [element.value for kind in WRITTEN_AS_MARKDOWN for element in getattr(at, kind)]
    written += [widget.label for kind in ("text_input", "text_area", "toggle", "slider") for widget in at.get(kind)]
    written += [box.label for box in at.expander] + [button.label for button in at.button]
    written += [option for kind in ("segmented_control", "pills") for group in at.get(kind) for option in group.options]
    for element in written:
        assert text not in element
        assert not re.search(r"(?<!\\)(?:<img|<script|\]\(javascript|:red\[|:material/home:)", element)
    for formula in formulas(at):
        assert not re.search(r"\\(?:href|url|includegraphics|html)", formula)
        assert formula.count("$") == 2
    for chart in at.get("plotly_chart"):
        assert not re.search(r"<(?:img|script|a )", chart.proto.spec)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("page", PAGES)
def test_hostile_sentence_is_text(page, text):
    for typed in (text, f"bank {text} money"):
        at = visit(page, a=typed, b=typed, punctuation="1")
        shown_as_typed(at, text)
        assert at.text_input(key="a").value == typed
    if page == HOME:
        assert " ".join(typed.split()) in " ".join("".join(read_html(at).words).split())


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("page", PAGES)
def test_hostile_sentence_is_text_while_the_class_predicts_and_after(page, text):
    typed = f"{text} bank {text} money"
    at = visit(page, a=typed, b=typed, hidden="1", guess=text, punctuation="1", projector="1")
    assert widget(at, predict.CHOSEN)
    shown_as_typed(at, text)
    shown_as_typed(press(at, "reveal"), text)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("page", PAGES)
def test_hostile_code_is_a_string(page, text):
    at = visit(page, a=f"bank {text} money", view="code", punctuation="1")
    tree = ast.parse(at.code[0].value)
    strings = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    assert " ".join(f"bank {text} money".split()) in [" ".join(string.split()) for string in strings]
    shown_as_typed(at, text)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("page", PAGES)
def test_hostile_word_poles_and_settings_are_text(page, text):
    at = visit(page, word=text, left=f"bank: {text}", right=f"bank: money {text}", preset=text, step=text, n=text)
    shown_as_typed(at, text)
    assert charts(at)
