"""Every page, driven without a browser: what stands on the screen after a click, an edit, or a link."""

import itertools
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

import selfattn
from selfattn import FAILURES, PRESETS, SENSES, Settings
from selfattn.ui import controls, state

APP = Path(__file__).resolve().parents[1] / "app.py"
HOME, SELF_ATTENTION, MOTION = "app.py", "pages/5_Self_attention.py", "pages/6_Meaning_in_motion.py"
PAGES = (HOME, SELF_ATTENTION, MOTION)
HOSTILE = (
    "<img src=x onerror=alert(1)>", r"$\bank$", "[x](javascript:1)", "| a | b |", "**bold**", ":red[x]",
    ":material/home:", "<script>alert(1)</script>", "`code` # head", "$$x$$ \\href{javascript:1}{x}",
)  # fmt: skip
WRITTEN_AS_MARKDOWN = ("markdown", "warning", "info", "caption", "error", "success")
TAGS = {"p", "span", "h1", "style", "a", "b", "strong", "em", "ul", "ol", "li", "div", "br"}
ATTRIBUTES = {"class", "style", "title", "role", "tabindex"}


def visit(page=HOME, **link):
    """Open a page by its link, as the first thing that happens in a session."""
    at = AppTest.from_file(str(APP), default_timeout=60)
    at.query_params.update(link)
    if page != HOME:
        at.switch_page(page)
    return sound(at.run())


def sound(at):
    assert not at.exception, at.exception
    return at


def edit(at, **texts):
    for key, text in texts.items():
        at.text_input(key=key).set_value(text)
    return sound(at.run())


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.words, self.tags, self._hidden = [], [], False

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, {name for name, _ in attrs}))
        self._hidden = tag == "style"

    def handle_endtag(self, _tag):
        self._hidden = False

    def handle_data(self, data):
        self.words += [] if self._hidden else [data]


def read_html(at):
    reader = _Reader()
    for element in at.get("html"):
        reader.feed(element.proto.body)
    return reader


def screen(at):
    """All words on the screen, but for those in widgets and charts."""
    shown = ["".join(read_html(at).words)]
    for kind in WRITTEN_AS_MARKDOWN:
        written = [element.value for element in getattr(at, kind)]
        shown += [re.sub(r"\\(?=[^\w\s])", "", text) for text in written if not text.startswith("$")]
    return " ".join(" ".join(shown).split())


def title(at):
    return re.search(r"<h1>(.*?)</h1>", " ".join(element.proto.body for element in at.get("html"))).group(1)


def formulas(at):
    return [element.value for element in at.markdown if element.value.startswith("$")]


def terms(formula):
    """Read the terms of a weighted sum: (word, weight) pairs, as written."""
    found = re.findall(r"(\d\.\d\d)\s*(?:\\,|\\cdot)\s*\\text\{(.+?)\}", formula)
    return [(word, weight) for weight, word in found]


def charts(at):
    return {chart.proto.id.rsplit("-", 1)[-1]: chart.proto.alt for chart in at.get("plotly_chart")}


def settings_of(at):
    names = {state.SCALE: "scale", state.SELF: "attend_self", state.CENTRE: "centre", state.FREQUENCY: "frequency"}
    switches = {name: at.toggle(key=key).value for key, name in (names | {state.DISTANCE: "distance"}).items()}
    return Settings(temperature=at.slider(key=state.TEMPERATURE).value, **switches)


def weights_of(text, word, vectors, preset="balanced"):
    sentence, trace = selfattn.contextualize(text, vectors, preset)
    return list(zip(sentence.tokens, trace.weights[sentence.index(word)], strict=True))


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
    ],
)
def test_every_step_says_and_draws_its_own(step, said, drawn):
    at = visit(SELF_ATTENTION)
    at.segmented_control(key=state.STEP).set_value(step)
    sound(at.run())
    assert said in screen(at)
    assert set(charts(at)) == drawn


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
    at.segmented_control(key=state.PRESET).set_value(preset)
    sound(at.run())
    money = dict(weights_of("money bank grows", "bank", vectors, preset))["money"]
    assert f"{money:.0%}".replace("%", " % of the new “bank” is “money”") in screen(at)


@pytest.mark.parametrize("temperature", [state.COLDEST, state.HOTTEST])
def test_temperature_reaches_both_ends(temperature, vectors):
    at = visit(SELF_ATTENTION)
    at.slider(key=state.TEMPERATURE).set_value(temperature)
    sound(at.run())
    weights = weights_of("money bank grows", "bank", vectors, Settings(temperature=temperature))
    assert ", ".join(f"{token} {weight:.2f}" for token, weight in weights) in charts(at)["bars_0"]
    assert at.segmented_control(key=state.PRESET).value == state.OWN


@pytest.mark.parametrize("key", list(state.SWITCHES)[1:])
def test_every_switch_changes_the_weights(key):
    at = visit(SELF_ATTENTION)
    before = charts(at)["bars_0"]
    at.toggle(key=key).set_value(not at.toggle(key=key).value)
    sound(at.run())
    assert charts(at)["bars_0"] != before
    at.toggle(key=key).set_value(not at.toggle(key=key).value)
    sound(at.run())
    assert charts(at)["bars_0"] == before
    assert at.segmented_control(key=state.PRESET).value == "balanced"


def test_punctuation_counts_when_it_is_let():
    at = visit(SELF_ATTENTION, a="Money, bank!")
    assert at.selectbox(key=controls.CHOSEN_ROW).options == ["1  money", "2  bank"]
    at.toggle(key=state.PUNCTUATION).set_value(True)
    sound(at.run())
    assert [option.split()[1] for option in at.selectbox(key=controls.CHOSEN_ROW).options] == [
        "money",
        ",",
        "bank",
        "!",
    ]


@pytest.mark.parametrize("row", [0, 2])
def test_first_and_last_row(row):
    at = visit(SELF_ATTENTION)
    at.selectbox(key=controls.CHOSEN_ROW).set_value(row)
    sound(at.run())
    word = ("money", "bank", "grows")[row]
    assert f"of the new “{word}” is" in screen(at)
    assert f"Weights of “{word}”" in charts(at)["bars_0"]


@pytest.mark.parametrize("count", range(2, 7))
def test_two_to_six_sentences(count):
    at = visit(MOTION)
    at.segmented_control(key=state.COUNT).set_value(count)
    sound(at.run())
    assert [box.key for box in at.text_input] == list("abcdef"[:count])
    assert all(box.value for box in at.text_input), "a new box comes with an example"
    assert charts(at)["meter"].count("finance:") == count
    for letter in "ABCDEF"[:count]:
        assert f"in sentence {letter} it goes" in charts(at)["motion"]


def test_boxes_that_go_away_keep_their_text():
    at = visit(MOTION, n="3", c="The bank approved our loan")
    at.segmented_control(key=state.COUNT).set_value(2)
    sound(at.run())
    at.segmented_control(key=state.COUNT).set_value(3)
    assert sound(at.run()).text_input(key="c").value == "The bank approved our loan"


def test_axes_from_the_words():
    at = visit(MOTION)
    before = charts(at)["motion"]
    at.segmented_control(key=state.BASIS).set_value("words")
    assert charts(sound(at.run()))["motion"] != before


def test_pulls_name_the_words_that_pull():
    at = visit(MOTION)
    spec = at.get("plotly_chart")[0].proto.spec
    assert "+ 0.24 money" not in spec
    at.toggle(key=state.PULLS).set_value(True)
    assert "+ 0.24 money" in sound(at.run()).get("plotly_chart")[0].proto.spec


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
    at.pills(key="example").set_value(word)
    sound(at.run())
    first, second = (texts[0] for texts in SENSES[word].examples.values())
    assert [box.value for box in at.text_input] == [first, second]
    assert at.selectbox(key=controls.CHOSEN_WORD).value == word
    one, other = SENSES[word].poles
    assert f"it moves towards {one}." in screen(at)
    assert f"it moves towards {other}." in screen(at)
    assert title(at) == f"Why “{word}” means two things"
    assert set(charts(at)) == {"bars_0", "bars_1", "motion", "meter"}


@pytest.mark.parametrize("at_failure", range(len(FAILURES)))
def test_every_failure_is_labelled(at_failure):
    at, failure = visit(), FAILURES[at_failure]
    at.pills(key="failure").set_value(at_failure)
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
        ("step", "../.."), ("scale", "yes"), ("self", "2"), ("basis", "none"), ("punctuation", "true"), ("pulls", ""),
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
    assert len(at.text_input(key="a").value) <= state.MAX_CHARACTERS
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
    at.segmented_control(key=state.PRESET).set_value("sharper")
    at.toggle(key=state.PULLS).set_value(True)
    sound(at.run())
    assert at.query_params == {"a": "The bank approved our loan", "preset": "sharper", "pulls": "1"}
    at.segmented_control(key=state.PRESET).set_value("balanced")
    at.toggle(key=state.PULLS).set_value(False)
    edit(at, a="Money bank grows")
    assert at.query_params == {}


def test_menu_and_link_popover_carry_the_screen():
    at = edit(visit(), a="The cat sat down", b="A cat ran away")
    assert at.selectbox(key=controls.CHOSEN_WORD).value == "cat"
    assert title(at) == "Why “cat” means two things"
    at.session_state["link"] = True  # as a click on it does
    sound(at.run())
    assert dict(parse_qsl(urlsplit(at.code[0].value).query)) == at.query_params
    for entry in at.page_link:
        assert dict(parse_qsl(entry.proto.query_string)) == at.query_params


SWITCHES = list(itertools.product([0.1, 2.0, 7.3], *[[False, True]] * 5))


@pytest.mark.parametrize("part", range(4))
def test_settings_survive_their_link(part):
    at = visit(SELF_ATTENTION)
    for temperature, *flags in SWITCHES[part::4]:
        at.slider(key=state.TEMPERATURE).set_value(temperature)
        for key, flag in zip(list(state.SWITCHES)[1:], flags, strict=True):
            at.toggle(key=key).set_value(flag)
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
    at.segmented_control(key=state.PRESET).set_value("sharper")
    link = dict(sound(at.run()).query_params)
    at.switch_page(MOTION)
    texts = [box.value for box in sound(at.run()).text_input]
    assert texts == ["The bank approved our loan", "Fish swim near the bank"]
    assert at.segmented_control(key=state.PRESET).value == "sharper"
    at.switch_page(HOME)
    assert sound(at.run()).query_params == link


def test_switches_survive_an_emptied_box():
    at = visit(SELF_ATTENTION, preset="own", temperature="3.5", centre="1", step="scaled")
    edit(at, a="")
    edit(at, a="Money bank grows")
    assert settings_of(at) == Settings(temperature=3.5, centre=True)
    assert at.segmented_control(key=state.STEP).value == "scaled"


def test_chosen_row_follows_the_word_when_the_sentence_changes():
    at = visit(SELF_ATTENTION)
    edit(at, a="We sat on the bank of the river")
    assert at.selectbox(key=controls.CHOSEN_ROW).value == 4
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


@pytest.mark.parametrize("step", state.STEPS)
def test_every_step_of_a_lone_word(step):
    assert charts(visit(SELF_ATTENTION, a="bank", preset="sharper", step=step))


@pytest.mark.parametrize("page", [HOME, MOTION])
def test_sentences_that_share_no_word(page):
    at = edit(visit(page), a="Dogs bark", b="Prices fell")
    assert sorted(at.selectbox(key=controls.CHOSEN_WORD).options) == ["bark", "dogs", "fell", "prices"]
    assert charts(at)
    if page == HOME:
        assert "is not in this sentence" in screen(at)


@pytest.mark.parametrize("step", state.STEPS)
def test_repeated_words_stay_apart(step):
    at = visit(SELF_ATTENTION, a="bank bank bank", step=step)
    assert at.selectbox(key=controls.CHOSEN_ROW).options == ["1  bank", "2  bank", "3  bank"]
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


# Text that would be markup


def shown_as_typed(at, text):
    """No element of the page is made of the text: it stands in HTML only escaped, and in Markdown only escaped."""
    reader = read_html(at)
    assert {tag for tag, _ in reader.tags} <= TAGS - {"a"}
    assert set().union(*(attributes for _, attributes in reader.tags)) <= ATTRIBUTES
    written = [element.value for kind in WRITTEN_AS_MARKDOWN for element in getattr(at, kind)]
    written += [widget.label for kind in ("text_input", "text_area", "toggle", "slider") for widget in at.get(kind)]
    written += [box.label for box in at.expander]
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
def test_hostile_word_poles_and_settings_are_text(page, text):
    at = visit(page, word=text, left=f"bank: {text}", right=f"bank: money {text}", preset=text, step=text, n=text)
    shown_as_typed(at, text)
    assert charts(at)
