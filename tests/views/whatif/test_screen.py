"""“What if”, in the place of the picture: every control at its ends, and what stands on the screen."""

import html
import re

import pytest

import selfattn
from selfattn import PRESETS, SENSES, Lean
from selfattn.core.contextual import space_of
from selfattn.core.lean import line_between
from selfattn.core.rounding import plain_fixed
from selfattn.ui import fields
from selfattn.ui.panels import Result
from selfattn.views.whatif import screen
from selfattn.views.whatif.change import BeforeAfter, changed
from tests import apps
from tests.apps import HOME, HOSTILE, MOTION, PAGES, SELF_ATTENTION, charts, offers, sound, widget

MOVED = "each weight comes from the dot product of two words"
FULL = " ".join(["bank", *["river"] * 511])


def visit(page=HOME, **link):
    return apps.visit(page, **{"view": "whatif"} | link)


def finding(at):
    found = [one.proto.body for one in at.get("html") if one.proto.body.startswith('<p class="sa-finding')]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", found[0])).split()) if found else ""


def sentences(at):
    """The tinted sentences, badge first."""
    found = [one.proto.body for one in at.get("html") if 'class="sa-sentence"' in one.proto.body]
    return [html.unescape(re.sub(r"<[^>]*>", "", re.sub("</span>", " ", body, count=1))) for body in found]


def quiet(at):
    found = [one.proto.body for one in at.get("html") if one.proto.body.startswith('<p class="sa-quiet')]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", body)) for body in found)


def choose(at, change):
    at.segmented_control(key=fields.CHANGE).set_value(change)
    return sound(at.run())


def take(at, key, value):
    widget(at, key).set_value(value)
    return sound(at.run())


# What a first look shows


@pytest.mark.parametrize("page", PAGES)
def test_at_once_the_heaviest_other_word_is_left_out(page):
    at = visit(page, preset="balanced")
    assert widget(at, screen.CHOSEN_PLACE).value == 0
    assert finding(at) == "Without “money”, “grows” rises from 8 % to 11 %, and “bank” hardly moves."
    assert sentences(at) == ["before Money bank grows", "after bank grows"]
    assert set(charts(at)) == {"before_after", "motion_changed"}
    assert "money (gone): 0.24 to none, bank: 0.68 to 0.89, grows: 0.08 to 0.11" in charts(at)["before_after"]


@pytest.mark.parametrize(("page", "preset"), [(HOME, "trained"), (SELF_ATTENTION, "balanced"), (MOTION, "trained")])
def test_without_a_link_the_numbers_are_those_of_the_page(page, preset):
    at, named = visit(page), visit(page, preset=preset)
    assert (finding(at), charts(at)) == (finding(named), charts(named))


def test_the_followed_word_is_not_offered_where_it_must_stay():
    at = visit(SELF_ATTENTION)
    assert widget(at, screen.CHOSEN_PLACE).options == ["1  money", "3  grows"]
    for change in ("repeat", "move"):
        assert widget(choose(at, change), screen.CHOSEN_PLACE).options == ["1  money", "2  bank", "3  grows"]


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("change", fields.CHANGES)
@pytest.mark.parametrize("page", PAGES)
def test_every_change_with_every_preset(page, change, preset):
    at = visit(page, change=change, preset=preset)
    assert finding(at).endswith(".")
    assert len(charts(at)) == 2
    assert (MOVED in finding(at)) == (change == "move" and not PRESETS[preset].distance)


@pytest.mark.parametrize("preset", PRESETS)
def test_the_numbers_are_those_of_the_library(preset, vectors):
    at, texts = (
        visit(SELF_ATTENTION, change="swap", by="river", preset=preset),
        ("money bank grows", "river bank grows"),
    )
    (_, before), (_, after) = (selfattn.contextualize(text, vectors, preset) for text in texts)
    pairs = [("bank", 1), ("grows", 2)]
    for word, row in pairs:
        assert f"{word}: {before.weights[1, row]:.2f} to {after.weights[1, row]:.2f}" in charts(at)["before_after"]
    leans = [selfattn.lean(text, "bank", vectors, preset) for text in texts]
    for name, lean in zip(screen.NAMES, leans, strict=True):
        said = f"{name}: it {lean.caption}, at {plain_fixed(lean.after, 1)}, on "
        assert said in charts(at)["motion_changed"]
        assert (
            f"{name} the change it goes from {plain_fixed(lean.before, 1)} to {plain_fixed(lean.after, 1)}"
            in (charts(at)["motion_changed"])
        ), "the dot is where the mark is"
    change = Lean(leans[0].after, leans[1].after, leans[0].senses, leans[0].noticed)
    assert finding(at).endswith(f", and “bank” {change.caption}.") or "hardly anything changes" in finding(at)


# The controls


def test_leaving_out_another_word():
    at = take(visit(SELF_ATTENTION), screen.CHOSEN_PLACE, 2)
    assert sentences(at)[1] == "after money bank"
    assert at.query_params["place"] == "2"


def test_the_swap_suggests_the_other_pole_and_takes_what_is_typed():
    at = visit(SELF_ATTENTION, change="swap")
    assert at.text_input(key=fields.BY).placeholder == "river"
    assert sentences(at)[1] == "after river bank grows"
    at.text_input(key=fields.BY).set_value("The old Loan")
    assert sentences(sound(at.run()))[1] == "after the old loan bank grows"
    assert "“the old loan” gives together" in finding(at)
    at.text_input(key=fields.BY).set_value("")
    assert sentences(sound(at.run()))[1] == "after river bank grows"


@pytest.mark.parametrize("preset", PRESETS)
def test_a_word_of_a_river_sentence_is_swapped_for_money(preset):
    assert sentences(visit(HOME, change="swap", of="b", place="0", preset=preset))[1] == "after money bank flows"
    assert sentences(visit(HOME, change="swap", of="b", place="2", preset=preset))[1] == "after river bank money"
    assert sentences(visit(HOME, change="swap", of="a", place="0", preset=preset))[1] == "after river bank grows"


@pytest.mark.parametrize("typed", ["lown", "xqzzyv", "!!!", "🙂🙃", *HOSTILE[2:6], "a" * 4000])
def test_words_that_are_not_known_get_one_sentence_and_stay(typed):
    at = visit(SELF_ATTENTION, change="swap", by=typed)
    said = [one.value for one in at.warning]
    assert (len(said) == 1) != bool(finding(at))
    assert at.text_input(key=fields.BY).value == typed


def test_a_misspelt_word_gets_near_spellings():
    at = visit(SELF_ATTENTION, change="swap", by="moeny lona")
    assert "None of these words is in the vocabulary" in at.warning[0].value
    assert "Did you mean" in at.warning[0].value
    assert offers(at)[0].options == [r"moeny → money", r"lona → long"]
    at = visit(SELF_ATTENTION, change="swap", by="loan moeny")
    assert "Not in the vocabulary, so left out: “moeny”." in quiet(at)
    assert sentences(at)[1] == "after loan bank grows"


def test_the_same_word_is_no_swap():
    assert "is there already" in visit(SELF_ATTENTION, change="swap", by="Money").warning[0].value


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_and_not_run(page, text):
    at = visit(page, change="swap", by=text, a=f"{text} money bank grows")
    assert "<img" not in " ".join(one.proto.body for one in at.get("html"))
    assert "<b>" not in " ".join(one.proto.body for one in at.get("html") if "sa-finding" in one.proto.body)


def test_a_moved_word_goes_where_it_is_sent():
    at = choose(visit(SELF_ATTENTION, preset="sharper"), "move")
    assert widget(at, screen.CHOSEN_TO).options == ["2  after “bank”", "3  at the end"]
    assert sentences(at)[1] == "after bank grows money"
    at = take(at, screen.CHOSEN_TO, 1)
    assert sentences(at)[1] == "after bank money grows"
    at = take(at, screen.CHOSEN_PLACE, 1)
    assert widget(at, screen.CHOSEN_TO).options == ["1  at the start", "3  at the end"]
    assert sentences(at)[1] == "after money grows bank", "a place that it has already falls back to the far end"


def test_moving_changes_nothing_and_says_why_until_distance_counts():
    at = visit(SELF_ATTENTION, change="move")
    assert "nothing changes" in finding(at)
    widget(at, fields.DISTANCE).set_value(True)
    assert finding(sound(at.run())).startswith("With “money” at the end, it falls from")


def test_each_sentence_can_be_changed():
    at = visit(HOME, preset="balanced")
    widget(at, screen.CHOSEN_OF).set_value("b")
    assert sentences(sound(at.run())) == ["before River bank flows", "after bank flows"]
    six = visit(
        MOTION, n="6", of="f", **dict(zip("cdef", ["bank loan", "bank one", "bank two", "the bank"], strict=True))
    )
    assert widget(six, screen.CHOSEN_OF).options == list("ABCDEF")
    assert sentences(six)[0] == "before the bank"


def test_another_sentence_forgets_the_place():
    at = take(visit(HOME, preset="balanced"), screen.CHOSEN_PLACE, 2)
    widget(at, screen.CHOSEN_OF).set_value("b")
    assert widget(sound(at.run()), screen.CHOSEN_PLACE).value == 0


@pytest.mark.parametrize(
    "link",
    [
        {"place": "511"},
        {"place": "1"},
        {"to": "400", "change": "move"},
        {"of": "f"},
        {"place": "x"},
        {"change": "burn"},
    ],
)
@pytest.mark.parametrize("page", PAGES)
def test_places_out_of_range_fall_back(page, link):
    at = visit(page, **link)
    assert "“money”" in finding(at)
    assert not at.warning


def test_everything_is_in_the_link():
    first = visit(HOME, change="swap", of="b", place="2", by="loan", preset="scaled")
    again = visit(HOME, **first.query_params)
    assert (finding(again), charts(again)) == (finding(first), charts(first))
    assert sentences(again)[1] == "after river bank loan"


# Sentences at their ends


@pytest.mark.parametrize(
    ("change", "said"), [("leave", "to leave out"), ("swap", "to swap"), ("move", "change places")]
)
def test_a_word_alone_says_so(change, said):
    at = visit(SELF_ATTENTION, a="bank", change=change)
    assert len(at.warning) == 1
    assert at.warning[0].value.startswith("“bank” stands alone")
    assert said in at.warning[0].value
    assert not charts(at)


def test_a_word_alone_can_be_repeated():
    at = visit(SELF_ATTENTION, a="bank", change="repeat")
    assert finding(at) == "With “bank” twice, it stays at 100 % in all, and “bank” hardly moves."


@pytest.mark.parametrize("change", fields.CHANGES)
@pytest.mark.parametrize("page", [SELF_ATTENTION, MOTION])
def test_a_full_sentence(page, change):
    at = visit(page, a=FULL, word="bank", change=change, by="money", projector="1")
    if change == "repeat":
        assert "512 words and would have 513" in at.warning[0].value
    else:
        assert not at.warning
        assert "more: " in charts(at)["before_after"]
    if change == "swap":
        at.text_input(key=fields.BY).set_value("money loan")
        assert "no more than 512 are computed" in sound(at.run()).warning[0].value


@pytest.mark.parametrize("change", fields.CHANGES)
@pytest.mark.parametrize("text", ["bank bank", "the bank of the bank of the bank", "Bank, money; bank!"])
def test_repeated_words(text, change):
    for page in PAGES:
        assert finding(visit(page, a=text, change=change, punctuation="1"))


CAT = {"a": "The cat eats fish", "b": "The cat sleeps", "word": "cat"}


@pytest.mark.parametrize("change", fields.CHANGES)
def test_in_one_sentence_a_word_without_poles_has_no_line(change):
    at = visit(SELF_ATTENTION, **CAT, change=change)
    assert set(charts(at)) == {"before_after", "motion_changed"}
    assert "it goes from" in charts(at)["motion_changed"]
    assert "the line" not in charts(at)["motion_changed"]
    assert MOVED in finding(at) or "the new “cat” has a cosine of" in finding(at)


@pytest.mark.parametrize("change", fields.CHANGES)
def test_between_two_sentences_the_line_of_a_word_without_poles_stays_through_a_change(change):
    plot = charts(visit(MOTION, view="", **CAT))["motion"]
    at = visit(MOTION, **CAT, change=change, tables="numbers")
    said = r"On the line from eats \(left\) to sleeps \(right\), (static “cat” stands at \S+), .*?: \w+: (it .*?);"
    assert re.search(said, plot).groups() == re.search(said, charts(at)["motion_changed"]).groups()
    assert list(at.dataframe[0].value[""])[-1] == "eats – sleeps"


def test_axes_from_words_on_the_page_of_motion():
    poles, words = (charts(visit(MOTION, basis=basis))["motion_changed"] for basis in fields.BASES)
    assert poles != words


@pytest.mark.parametrize("text", ["", "   ", "xqzzyv", "..."])
@pytest.mark.parametrize("page", PAGES)
def test_nothing_to_compute_is_no_crash(page, text):
    visit(page, a=text)
    visit(page, a=text, b=text)


@pytest.mark.parametrize("page", PAGES)
def test_in_a_room(page):
    at = visit(page, projector="1")
    assert finding(at).startswith("Without “money”")
    assert len(charts(at)) == 2


def test_the_table_is_computed_when_it_is_opened():
    at = visit(SELF_ATTENTION)
    assert [box.label for box in at.expander] == ["The table behind it"]
    assert not at.dataframe


@pytest.mark.parametrize("preset", PRESETS)
def test_the_table_has_every_weight_and_the_places_on_the_line(preset, vectors):
    texts, sense, settings = ("money bank grows", "bank grows"), SENSES["bank"], PRESETS[preset]
    line, sides = line_between(sense, vectors, space_of(vectors, settings)), []
    for role, text in enumerate(texts):
        sentence, trace = selfattn.contextualize(text, vectors, preset)
        row = sentence.index("bank")
        sides.append(Result(role=role, sentence=sentence, trace=trace, row=row, sense=sense, line=line))
    before, after = sides
    made = changed(before.sentence.tokens, "leave", 0, row=1)
    seen = BeforeAfter("leave", 0, before.sentence.tokens, 1, before.trace.weights[1], made, after.trace.weights[0])
    names, first, second = zip(*screen.table_of(seen, before, after), strict=True)
    start, end = (selfattn.lean(text, "bank", vectors, preset).after for text in texts)
    assert list(names) == ["− money", "bank", "grows", "finance – river"]
    assert list(first) == pytest.approx([*before.trace.weights[1], start])
    assert list(second[1:]) == pytest.approx([*after.trace.weights[0], end])
    assert second[0] is None
