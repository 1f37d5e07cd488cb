"""Every page, driven without a browser: what stands on the screen after a click, an edit, or a link."""

import ast
import html
import re
from contextlib import redirect_stdout
from io import StringIO
from types import SimpleNamespace
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pytest

import selfattn
from selfattn import FAILURES, PRESETS, SENSES
from selfattn.core.heaviest import SHOWN
from selfattn.core.rounding import percent, plain_fixed
from selfattn.course import LESSONS
from selfattn.course import SELF_ATTENTION as SELF_ATTENTION_LESSON
from selfattn.glossary import GLOSSARY
from selfattn.ui import controls, fields
from selfattn.ui.boxes import EXAMPLES
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
    offers,
    opened,
    press,
    read_html,
    screen,
    sound,
    title,
    visit,
    weights_of,
    widget,
)  # fmt: skip

STEPS = [step.key for step in SELF_ATTENTION_LESSON.steps]
TAGS = {"p", "span", "h1", "style", "a", "b", "strong", "em", "ul", "ol", "li", "div", "br", "i", "s", "bdi"}
ATTRIBUTES = {"class", "style", "title", "role", "tabindex", "aria-description", "aria-label"}
USUAL = {lesson.page: lesson.preset for lesson in LESSONS}  # where the link does not say otherwise
BAR = r'<span class="sa-bar"><i>([^<]*)</i><s style="--share:([\d.]+);[^>]*"></s>(.*?)</span>'
REST = r'<span class="sa-bar"><i>([^<]*)</i><span>([^<]*)</span></span>'
TEXTS = ("Money bank grows", "River bank flows")


def with_bars(at):
    """The sentences of home: of each the alt text, the words, the numbers and heights of the bars, and the sum."""
    found = []
    for body in (part for element in at.get("html") for part in element.proto.body.split('<div class="sa-panel">')):
        if 'class="sa-bars' in body:
            said = html.unescape(re.search('aria-label="(.*?)"', body)[1])
            bars = re.findall(BAR, body)
            words = [html.unescape(re.sub("<.*?>", "", word)) for _, _, word in bars]
            total = html.unescape(re.search('<p class="sa-total">(.*?)</p>', body)[1])
            numbers, heights = [number for number, _, _ in bars], [float(height) for _, height, _ in bars]
            found.append(SimpleNamespace(said=said, words=words, numbers=numbers, heights=heights, total=total))
            found[-1].rest = re.findall(REST, body)
    return found


def choose(page, preset):
    """Choose a preset on a page, by its widget; home offers two, and shows others by link."""
    if page == HOME and preset not in ("balanced", "trained"):
        return visit(page, preset=preset)
    at = visit(page)
    widget(at, fields.PRESET).set_value(preset)
    return sound(at.run())


# What a first visit shows


@pytest.mark.parametrize("page", PAGES)
def test_first_visit_is_complete(page):
    at = visit(page)
    assert not at.warning
    assert charts(at)
    assert all(len(alt) > 40 for alt in charts(at).values()), "every chart says what it shows"


@pytest.mark.parametrize("preset", PRESETS)
def test_home_writes_the_weights_on_the_words_and_their_sum_below(preset, vectors):
    every = [weights_of(text, "bank", vectors, preset) for text in TEXTS]
    highest = max(weight for weights in every for _, weight in weights)
    for shown, text, weights in zip(with_bars(visit(preset=preset)), TEXTS, every, strict=True):
        assert shown.words == text.split()
        assert shown.numbers == [f"{weight:.2f}" if weight else "–" for _, weight in weights]
        assert shown.heights == pytest.approx([weight / highest for _, weight in weights], abs=0.001)
        assert ", ".join(f"{token} {weight:.2f}" for token, weight in weights) in shown.said
        named = "· v({})" if preset == "trained" else "{}"
        assert shown.total.startswith("bank′ = ")
        assert set(shown.total.removeprefix("bank′ = ").split(" + ")) == {
            f"{weight:.2f} {named.format(token)}" for token, weight in weights if weight
        }


def test_the_numbers_of_the_textbook_are_one_click_away():
    at = visit()
    assert widget(at, fields.PRESET).options == ["Untrained", "Trained"]
    assert widget(at, fields.PRESET).value == "trained"
    assert "0.68" not in screen(at)
    widget(at, fields.PRESET).set_value("balanced")
    assert with_bars(sound(at.run()))[0].total == "bank′ = 0.24 money + 0.68 bank + 0.08 grows"
    assert widget(visit(preset="sharper"), fields.PRESET).options == ["Untrained", "Trained", "Sharper context"]


def test_home_says_what_happened(vectors):
    at = visit()
    (_, money), _, (_, grows) = weights_of(TEXTS[0], "bank", vectors, "trained")
    said = f"In A, {money:.0%} of the new “bank” is “money” and {grows:.0%} “grows”: it stays with finance."
    assert said.replace("%", " %") in screen(at)
    assert "“river”: it crosses to river." in screen(at)
    assert "“bank” asks only the others here" in screen(at)
    assert "asks only the others" not in screen(visit(preset="balanced")), "there it asks itself, too"
    assert title(at) == "Why “bank” means two things"


def test_home_draws_the_map_and_under_it_the_line(vectors):
    alts = charts(visit())
    assert set(alts) == {"motion"}
    _, line = alts["motion"].split(" Under it the line: ")
    for letter, text in zip("AB", TEXTS, strict=True):
        lean = selfattn.lean(text, "bank", vectors)
        assert f"static “bank” stands at {plain_fixed(lean.before, 1)}, on the side of finance" in line
        assert f"{letter}: it {lean.caption}, at {plain_fixed(lean.after, 1)}, on the side of {lean.side}" in line


def test_home_shows_the_weights_of_every_word_in_the_place_of_the_bars():
    at = visit()
    widget(at, fields.EVERY).set_value(True)
    alts = charts(sound(at.run()))
    assert set(alts) == {"every_0", "every_1", "motion"}
    assert "Attention weights of 3 words, one row each" in alts["every_0"]
    assert not with_bars(at)
    assert at.query_params == {"every": "1"}
    assert charts(visit(every="1")) == alts


# Every control, at its ends


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("preset", PRESETS)
def test_preset_works_at_once(page, preset, vectors):
    at = choose(page, preset)
    money = dict(weights_of("money bank grows", "bank", vectors, preset))["money"]
    made = f"{percent(money)} of the new “bank” is “money”"
    said = screen(at)
    assert made in said or f"{made[0].upper()}{made[1:]}" in said
    assert ("Less than 1 %" in said) == (preset == "lesson" and page == SELF_ATTENTION)


# Examples


@pytest.mark.parametrize("start", "abc")
def test_every_word_of_the_senses_loads(start, vectors):
    """All in three sessions, one after the other: what the screen says is what the library says, and mostly right."""
    at, right = visit(), []
    words = list(SENSES)["abc".index(start) :: 3]
    for word in words:
        widget(opened(at, EXAMPLES), "example").set_value(word)
        sound(at.run())
        pair = [texts[0] for texts in SENSES[word].examples.values()]
        assert [box.value for box in at.text_input] == pair
        assert widget(at, controls.CHOSEN_WORD).value == word
        leans = [selfattn.lean(text, word, vectors) for text in pair]
        said = screen(at)
        for letter, lean in zip("AB", leans, strict=True):
            assert re.search(rf"In {letter}, [^.:]*: it {lean.caption}\.", said), (word, letter, said)
        right += [lean.side == sense for lean, sense in zip(leans, SENSES[word].poles, strict=True)]
        assert title(at) == f"Why “{word}” means two things"
        assert set(charts(at)) == {"motion"}
        assert len(with_bars(at)) == 2
    assert np.mean(right) >= 0.9


@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: failure.word)
def test_every_failure_is_labelled(failure):
    at = visit()
    widget(opened(at, EXAMPLES), "failure").set_value(f"{failure.a} / {failure.b}")
    sound(at.run())
    assert [box.value for box in at.text_input] == [failure.a, failure.b]
    assert len(at.info) == 1
    assert f"**Where it fails.** {failure.why}" in screen(at)
    assert "This is said of" not in screen(at), "it is what one sees: the example came untrained"
    widget(at, fields.PRESET).set_value("trained")
    assert f"{failure.why} This is said of “Balanced”." in screen(sound(at.run()))
    edit(at, a="Money bank grows")
    assert not at.info, "the note goes when the sentences change"


# Links


BAD = {
    "temperature": "nan", "n": "99", "row": "-5", "preset": "<script>", "way": "x", "place": "-1", "to": "10000",
    "column": "", "shuffle": "-1", "view": "edit", "hidden": "yes", "projector": "on", "trace": "../..",
    "dimension": "0", "change": "drop", "of": "g", "step": "../..", "scale": "yes", "self": "2", "basis": "none",
    "punctuation": "true", "pulls": "",
}  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_a_bad_link_falls_back_and_says_so_in_one_line(page):
    """Which values are bad, and that each is named: tests/ui/test_state.py."""
    at = visit(page, **BAD)
    (line,) = (caption.value for caption in at.caption if "cannot be used" in caption.value)
    names = line.removesuffix(".").split(": ")[-1].split(", ")
    assert names == [name for name in fields.FIELDS if name in BAD]
    assert charts(at) == charts(visit(page))
    assert at.query_params == {}
    assert "script" not in "".join(caption.value for caption in at.caption)


def test_repeated_parameters_take_one():
    at = visit(a=["Money bank grows", "The bank approved our loan"])
    assert at.text_input(key="a").value in ("Money bank grows", "The bank approved our loan")


@pytest.mark.parametrize("page", PAGES)
def test_very_long_text_in_a_link(page):
    at = visit(page, a="bank " * 5000, word="w" * 20_000, left="bank: " + "money " * 5000)
    assert at.text_input(key="a").value == "bank " * 5000, "nothing that arrived is lost"
    assert "There is room for 4,000 characters, and 25,000 arrived: what comes after “bank” is not read." in screen(at)
    assert at.query_params["a"] == ("bank " * 5000)[:3999], "between two words"
    assert charts(at)


@pytest.mark.parametrize("unreadable", ["", "河边的银行", "qzxvq", "!!"])
@pytest.mark.parametrize("page", [HOME, MOTION])
def test_a_sentence_that_cannot_be_read_leaves_the_picture_of_the_other_one(page, unreadable):
    for texts, letter in (({"a": unreadable}, "B"), ({"b": unreadable}, "A")):
        at = visit(page, **texts)
        assert charts(at)
        assert len(at.warning) == 1
        assert f"In {letter}, " in screen(at)
    page_links = [link.proto.page for link in at.get("page_link")]
    assert bool(page_links) == (unreadable == "河边的银行"), "another language needs another set"


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


def link_of(entry):
    return dict(parse_qsl(entry.proto.query_string))


def test_menu_and_link_popover_carry_the_screen():
    at = edit(visit(projector="1"), a="The cat sat down", b="A cat ran away")
    assert widget(at, controls.CHOSEN_WORD).value == "cat"
    assert title(at) == "Where “cat” goes", "nobody knows two senses of it"
    assert not at.page_link, "the menu is drawn once it is opened"
    opened(opened(at, "closer"), "menu")
    assert at.query_params == {"a": "The cat sat down", "b": "A cat ran away", "projector": "1"}
    assert dict(parse_qsl(urlsplit(at.code[0].value).query)) | {"projector": "1"} == at.query_params, "for laptops, too"
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


@pytest.mark.parametrize("preset", PRESETS)
def test_preset_link_is_only_its_name(preset):
    at = visit(preset=preset)
    assert at.query_params == {"preset": preset}, "also the usual one: another lesson has another"


# Pages and what lasts


def test_text_and_settings_survive_the_pages():
    at = edit(visit(), a="The bank approved our loan", b="Fish swim near the bank")
    widget(at, fields.PRESET).set_value("balanced")
    link = dict(sound(at.run()).query_params)
    assert link["preset"] == "balanced"
    at.switch_page(MOTION)
    texts = [box.value for box in sound(at.run()).text_input]
    assert texts == ["The bank approved our loan", "Fish swim near the bank"]
    assert widget(at, fields.PRESET).value == "balanced"
    at.switch_page(HOME)
    assert sound(at.run()).query_params == link


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
        assert "motion" in charts(at), "the other sentence is still shown"
        assert page != HOME or [shown.words for shown in with_bars(at)] == [TEXTS[1].split()]


@pytest.mark.parametrize("page", [HOME, MOTION])
def test_all_boxes_empty(page):
    at = edit(visit(page), a="", b="")
    assert len(at.warning) == 2
    assert not charts(at)


def test_six_hundred_words_say_what_is_cut():
    at = edit(visit(), a="bank " * 600)
    assert re.search(r"Only the first 512 \w+ are computed.*\b88\b", screen(at))
    left = 513 - SHOWN  # 512 words, and a line for the rest
    drawn = with_bars(at)[0]
    assert drawn.words == ["bank"] * (SHOWN - 1)
    ((share, rest),) = drawn.rest
    assert rest == f"{left} more"
    spoken = [f"bank {number}" for number in drawn.numbers]
    assert drawn.said.endswith(": " + ", ".join([*spoken, f"{rest} {share}"]).replace("–", "0.00") + ".")


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


@pytest.mark.parametrize("page", [HOME, MOTION])
def test_sentences_that_share_no_word(page):
    at = edit(visit(page), a="Dogs bark", b="Prices fell")
    assert sorted(widget(at, controls.CHOSEN_WORD).options) == ["bark", "dogs", "fell", "prices"]
    assert charts(at)
    if page == HOME:
        assert "is not in this sentence" in screen(at)


def test_repeated_word_on_home():
    assert with_bars(visit(a="bank bank bank", preset="balanced"))[0].numbers == ["0.33"] * 3
    assert with_bars(visit(a="bank bank bank"))[0].numbers[0] == "–", "the others only"


def test_unknown_words_are_named_with_spellings():
    at = edit(visit(), a="Monney bank grows")
    assert "Not in the vocabulary, so left out: “monney”." in screen(at)
    (pills,) = offers(at)
    at = sound(pills.set_value("money").run())
    assert at.text_input(key="a").value == "money bank grows"
    assert not offers(at)
    at = edit(visit(), a="Money bank qwxzv")
    assert "Not in the vocabulary, so left out: “qwxzv”" in screen(at)
    assert with_bars(at)[0].words == ["Money", "bank", "qwxzv"], "it stands there, without a number"
    assert [bool(number) for number in with_bars(at)[0].numbers] == [True, True, False]


def test_hindi_and_emoji_beside_known_words():
    at = edit(visit(), a="बैंक bank 🏦 grows")
    assert "“बैंक”" in screen(at)
    assert "बैंक" in "".join(read_html(at).words)
    assert [bool(number) for number in with_bars(at)[0].numbers] == [False, True, False, True]


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
    at = opened(at, "closer") if page == HOME else at
    widget(at, fields.VIEW).set_value(view)
    sound(at.run())
    assert at.query_params == {"view": view}
    assert not charts(at)
    if page == HOME:
        press(at, "close_view")
    else:
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
        assert ["".join(shown.words) for shown in with_bars(at)] == ["".join(typed.split())] * 2


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
