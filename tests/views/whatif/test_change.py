"""A change of a sentence: where every word goes, the weights before and after, and what is said of it."""

import typing

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfattn import PRESETS, SENSES, Lean, Settings, contextualize, lean
from selfattn.core.contextual import space_of
from selfattn.core.lean import line_between
from selfattn.core.similarity import cosine
from selfattn.ui import fields
from selfattn.views.whatif import change as whatif
from selfattn.views.whatif import prose
from selfattn.views.whatif.change import (
    BeforeAfter,
    Changed,
    WeightChange,
    changed,
    heaviest_other,
    suggestion,
    telling,
)

CHANGES = typing.get_args(whatif.Change)
MONEY = ("money", "bank", "grows")


@st.composite
def edits(draw):
    tokens = draw(st.lists(st.sampled_from(["the", "bank", "of", "river", "money"]), min_size=1, max_size=9))
    places = st.integers(0, len(tokens) - 1)
    row, place, change = draw(places), draw(places), draw(st.sampled_from(CHANGES))
    by = draw(st.lists(st.sampled_from(["loan", "the", "bank"]), min_size=1, max_size=3))
    return tokens, change, place, {"by": by, "to": draw(places), "row": row}


def allowed(edit):
    _, change, place, rest = edit
    return not (change in ("leave", "swap") and place == rest["row"])


def test_the_link_names_the_same_changes():
    assert fields.CHANGES == CHANGES


# The change


@given(edits().filter(allowed))
def test_every_word_is_the_old_one_that_it_came_from(edit):
    tokens, change, place, rest = edit
    made = changed(tokens, change, place, **rest)
    new = [token for token, old in zip(made.tokens, made.came_from, strict=True) if old is None]
    assert all(tokens[old] == token for token, old in zip(made.tokens, made.came_from, strict=True) if old is not None)
    assert new == {"swap": rest["by"], "repeat": [tokens[place]]}.get(change, [])


@given(edits().filter(allowed))
def test_the_followed_word_is_followed(edit):
    made = changed(*edit[:3], **edit[3])
    assert made.came_from[made.row] == edit[3]["row"]


@given(edits().filter(allowed))
def test_only_what_is_left_out_or_swapped_goes(edit):
    tokens, change, place, rest = edit
    stayed = [old for old in changed(tokens, change, place, **rest).came_from if old is not None]
    gone = set(range(len(tokens))) - set(stayed)
    assert gone == ({place} if change in ("leave", "swap") else set())
    assert len(stayed) == len(set(stayed))


@given(edits().filter(allowed))
def test_words_that_are_not_touched_keep_their_order(edit):
    tokens, change, place, rest = edit
    stayed = [old for old in changed(tokens, change, place, **rest).came_from if old not in (None, place)]
    assert stayed == sorted(stayed)


@given(edits().filter(lambda edit: edit[1] == "move"))
def test_a_moved_word_stands_where_it_was_sent_and_can_be_sent_back(edit):
    tokens, change, place, rest = edit
    made = changed(tokens, change, place, **rest)
    assert made.came_from[rest["to"]] == place
    back = changed(made.tokens, "move", rest["to"], to=place, row=made.row)
    assert (back.tokens, back.row) == (tuple(tokens), rest["row"])


@given(edits().filter(lambda edit: edit[1] == "repeat"))
def test_a_repeated_word_is_one_word_too_many(edit):
    tokens, change, place, rest = edit
    made = changed(tokens, change, place, **rest)
    assert made.tokens[place] == made.tokens[place + 1]
    back = changed(made.tokens, "leave", place + 1, row=made.row)
    assert (back.tokens, back.row) == (tuple(tokens), rest["row"])


@pytest.mark.parametrize(
    ("change", "rest", "wanted"),
    [
        ("leave", {}, Changed(("bank", "grows"), 0, (1, 2))),
        ("swap", {"by": ["the", "river"]}, Changed(("the", "river", "bank", "grows"), 2, (None, None, 1, 2))),
        ("repeat", {}, Changed(("money", "money", "bank", "grows"), 2, (0, None, 1, 2))),
        ("move", {"to": 2}, Changed(("bank", "grows", "money"), 0, (1, 2, 0))),
    ],
)
def test_changes_by_hand(change, rest, wanted):
    assert changed(MONEY, change, 0, row=1, **rest) == wanted


@pytest.mark.parametrize(
    ("change", "place", "rest", "said"),
    [
        ("leave", 1, {}, "“bank” is the word that is followed"),
        ("swap", 1, {"by": ["the"]}, "“bank” is the word that is followed"),
        ("swap", 0, {}, "“money” is to be swapped, but by names no word"),
        ("move", 0, {}, "got None"),
        ("move", 0, {"to": 3}, "from 0 to 2, got 3"),
        ("move", 0, {"to": -1}, "got -1"),
        ("leave", 3, {}, "got place 3 and row 1"),
        ("leave", -1, {}, "got place -1"),
    ],
)
def test_what_cannot_be_done_is_refused_by_name(change, place, rest, said):
    with pytest.raises(ValueError, match=said):
        changed(MONEY, change, place, row=1, **rest)


# What is offered


@pytest.mark.parametrize(
    ("weights", "row", "wanted"),
    [([0.2, 0.7, 0.1], 1, 0), ([0.2, 0.1, 0.7], 2, 0), ([0.3, 0.4, 0.3], 1, 0), ([1.0], 0, 0)],
)
def test_the_heaviest_other_word(weights, row, wanted):
    assert heaviest_other(np.array(weights), row) == wanted


def test_the_suggestion_is_the_first_word_of_the_other_pole_that_is_not_there(vectors):
    known, poles = vectors.key_to_index, SENSES["bank"].poles
    assert suggestion(MONEY, known, poles, "finance") == "river"
    assert suggestion(("river", "bank"), known, poles, "finance") == "water"
    assert suggestion(("river", "bank"), known, poles, "river") == "money"
    assert suggestion(("cat",), known, {}, None) == "the"
    assert suggestion(("the", "cat"), known, {}, None) == "a"
    assert suggestion(("the", "a"), known, {}, None) == "the"


# Before and after


def seen_of(vectors, text, word, change, word_changed, preset="balanced", **rest):
    """Compute a change as the page does; give it, what is said of it, and both contextual vectors."""
    settings = preset if isinstance(preset, Settings) else PRESETS[preset]
    sentence, trace = contextualize(text, vectors, settings)
    row, place = sentence.index(word), sentence.index(word_changed)
    if place == row and change in ("leave", "swap"):  # the followed word stays: its last twin goes
        place = max(at for at, token in enumerate(sentence.tokens) if token == word_changed)
    made = changed(sentence.tokens, change, place, row=row, **rest)
    _, after = contextualize(list(made.tokens), vectors, settings)
    seen = BeforeAfter(change, place, sentence.tokens, row, trace.weights[row], made, after.weights[made.row])
    ends = trace.output[row], after.output[made.row]
    line = line_between(SENSES[word], vectors, space_of(vectors, settings))
    said = prose.finding(seen, lean=line.lean(*ends), alike=cosine(*ends), distance=settings.distance)
    return seen, said, ends


def hand(change, place=0, weights=(0.2, 0.7, 0.1), new=(0.9, 0.1), **rest):
    made = changed(MONEY, change, place, row=1, **rest)
    return BeforeAfter(change, place, MONEY, 1, np.array(weights), made, np.array(new))


def test_pairs_by_hand():
    assert hand("leave").pairs() == [
        WeightChange("money", 0.2, None, "−"), WeightChange("bank", 0.7, 0.9, "", True),
        WeightChange("grows", 0.1, 0.1),
    ]  # fmt: skip
    assert hand("swap", by=["a", "b"], new=(0.1, 0.2, 0.6, 0.1)).pairs() == [
        WeightChange("money", 0.2, None, "−"), WeightChange("a", None, 0.1, "+"), WeightChange("b", None, 0.2, "+"),
        WeightChange("bank", 0.7, 0.6, "", True), WeightChange("grows", 0.1, 0.1),
    ]  # fmt: skip
    assert [pair.sign for pair in hand("repeat", new=(0.1, 0.1, 0.7, 0.1)).pairs()] == ["", "+", "", ""]
    assert [pair.sign for pair in hand("move", to=2, new=(0.7, 0.1, 0.2)).pairs()] == ["", "", "→"]
    assert [pair.sign for pair in hand("move", 2, to=0, new=(0.1, 0.2, 0.7)).pairs()] == ["←", "", ""]


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("change", CHANGES)
def test_both_sides_sum_to_one(change, preset, vectors):
    seen, _, _ = seen_of(vectors, "the money bank of the river", "bank", change, "the", preset, by=["loan"], to=4)
    for side in ("before", "after"):
        assert sum(getattr(pair, side) or 0.0 for pair in seen.pairs()) == pytest.approx(1)


@given(edits().filter(allowed), st.integers(3, 6), st.randoms(use_true_random=False))
def test_what_is_told_keeps_the_sums_and_the_words_that_matter(edit, most, random):
    tokens, change, place, rest = edit
    made = changed(tokens, change, place, **rest)
    before, after = (np.array([random.random() for _ in range(n)]) for n in (len(tokens), len(made.tokens)))
    pairs = BeforeAfter(change, place, tokens, rest["row"], before, made, after).pairs()
    told = telling(pairs, most)
    assert len(told) == min(len(pairs), most)
    assert sum(pair.followed for pair in told) == 1
    assert sum(pair.before or 0 for pair in told) == pytest.approx(before.sum())
    assert sum(pair.after or 0 for pair in told) == pytest.approx(after.sum())
    if len(told) < len(pairs):
        assert (told[-1].word, told[-1].sign) == (f"{len(pairs) - most + 1} more", "…")
        places = [next(at for at, pair in enumerate(pairs) if pair is one) for one in told[:-1]]
        assert places == sorted(places), "in the order of the sentence"


@pytest.mark.parametrize("preset", ["lesson", "scaled", "balanced"])
@pytest.mark.parametrize("word", ["money", "bank"])
def test_without_distance_moving_changes_nothing(preset, word, vectors):
    seen, said, ends = seen_of(vectors, "Money bank grows", "bank", "move", word, preset, to=2)
    np.testing.assert_allclose(*ends, atol=1e-12)
    assert seen.stays()
    assert said == (
        f"With “{word}” at the end, nothing changes: each weight comes from the dot product of two words, wherever "
        "they stand, and a sum has no order. Only the switch “Lower distant words” looks at places."
    )


def test_with_distance_moving_changes_something(vectors):
    seen, said, ends = seen_of(vectors, "Money bank grows", "bank", "move", "money", Settings(distance=True), to=2)
    assert not seen.stays()
    assert np.abs(ends[0] - ends[1]).max() > 1e-3
    assert said.startswith(f"With “money” at the end, it falls from {seen.weights[0] * 100:.0f} % to ")


def test_with_distance_a_mirror_changes_nothing_and_says_why(vectors):
    _, said, _ = seen_of(vectors, "Money bank", "bank", "move", "money", Settings(distance=True), to=1)
    assert said == "With “money” at the end, nothing changes: every word stands as far from “bank” as before."


# What is said


@pytest.mark.parametrize("preset", ["balanced", "trained"])
def test_the_finding_of_the_lesson_has_the_numbers_of_the_library(preset, vectors):
    _, said, _ = seen_of(vectors, "Money bank grows", "bank", "leave", "money", preset)
    texts = ("money bank grows", "bank grows")
    (_, before), (_, after) = (contextualize(text, vectors, preset) for text in texts)
    start, end = (lean(text, "bank", vectors, preset) for text in texts)
    goes = Lean(start.after, end.after, start.senses, start.noticed).caption
    assert said == (
        f"Without “money”, “grows” rises from {before.weights[1, 2] * 100:.0f} % to {after.weights[0, 1] * 100:.0f} %, "
        f"and “bank” {goes}."
    )
    assert ("from 8 % to 11 %" in said) is (preset == "balanced")


STAYS = Lean(-1.0, -1.0, ("finance", "river"), 0.1)


@pytest.mark.parametrize(
    ("seen", "said"),
    [
        (hand("leave", new=(0.7, 0.3)), "Without “money”, “grows” rises from 10 % to 30 %"),
        (hand("leave", new=(0.9, 0.1)), "Without “money”, “bank” itself rises from 70 % to 90 %"),
        (hand("swap", by=["the"], new=(0.3, 0.6, 0.1)), "In place of “money”, “the” gives 30 % rather than 20 %"),
        (
            hand("swap", by=["the", "old", "red", "big", "bad"], new=(0.1, 0.1, 0.1, 0.1, 0.1, 0.4, 0.1)),
            "In place of “money”, “the old red big …” gives together 50 % rather than 20 %",
        ),
        (hand("repeat", new=(0.2, 0.2, 0.5, 0.1)), "With “money” twice, it rises from 20 % to 40 % in all"),
        (hand("repeat", 1, new=(0.1, 0.45, 0.4, 0.05)), "With “bank” twice, it rises from 70 % to 85 % in all"),
        (hand("move", to=1, new=(0.3, 0.6, 0.1), weights=(0.2, 0.7, 0.1)), "With “money” after “bank”, it rises from"),
        (hand("move", 1, to=0, new=(0.7, 0.1, 0.2)), "With “bank” at the start, “money” falls from 20 % to 10 %"),
    ],
)
def test_findings_by_hand(seen, said):
    whole = prose.finding(seen, lean=STAYS, distance=True)
    assert whole.startswith(said)
    assert whole.endswith(", and “bank” hardly moves.")


@pytest.mark.parametrize(
    ("before", "after", "goes"),
    [
        (-1.0, -0.95, "hardly moves"),
        (-1.0, -0.5, "stays with finance"),
        (-1.0, -2.0, "moves further towards finance"),
        (-1.0, 0.05, "is on neither side"),
        (-1.0, 0.5, "crosses to river"),
        (0.0, 0.5, "moves to river"),
    ],
)
def test_where_the_word_goes_is_measured_from_where_it_was_before_the_change(before, after, goes):
    said = prose.finding(hand("leave"), lean=Lean(before, after, ("finance", "river"), 0.1))
    assert said.endswith(f", and “bank” {goes}.")


def test_a_word_without_poles_is_told_by_its_cosine():
    assert prose.finding(hand("leave"), alike=0.978).endswith(
        "the new “bank” has a cosine of 0.98 with the one before."
    )


def test_twins_are_told_apart(vectors):
    text = "the bank, the bank and the bank"
    assert seen_of(vectors, text, "bank", "leave", "the")[1].startswith("Without one “the”, “the” falls from ")
    assert seen_of(vectors, text, "bank", "leave", "bank")[1].startswith("Without one “bank”, ")
    assert seen_of(vectors, text, "bank", "repeat", "the")[1].startswith("With “the” 4 times, it rises from ")
    assert seen_of(vectors, "bank and bank", "bank", "leave", "bank")[1].startswith("Without the other “bank”, ")


def test_where_a_word_takes_all_hardly_anything_changes(vectors):
    said = seen_of(vectors, "Money bank grows", "bank", "leave", "money", "lesson")[1]
    assert said == "Without “money”, hardly anything changes: “bank” gives itself more than 99 % either way."
    said = seen_of(vectors, "Money bank grows", "bank", "swap", "money", "lesson", by=["river"])[1]
    assert said.startswith("In place of “money”, “river” gives as little, and hardly anything changes")


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize(
    "text", ["money bank", "bank bank", "the bank of the river of the money", "bank " * 30 + "money"]
)
def test_every_finding_is_one_clean_text(text, change, preset, vectors):
    words = text.split()
    other = words[1 if words[0] == "bank" else 0]
    _, said, _ = seen_of(vectors, text, "bank", change, other, preset, by=["loan"], to=1)
    assert said.endswith(".")
    assert "nan" not in said.split()
    assert "  " not in said


# What stands in for the charts


def test_alts_state_the_numbers():
    seen = hand("swap", by=["the"], new=(0.25, 0.65, 0.1))
    assert prose.weights_alt(seen) == (
        "Weights of “bank” before and after: money (gone): 0.20 to none, the (new): none to 0.25, bank: 0.70 to 0.65, "
        "grows: 0.10 to 0.10."
    )
    moved = hand("move", to=2, new=(0.7, 0.1, 0.2))
    assert "money (moved): 0.20 to 0.20" in prose.weights_alt(moved)
    places = [("before", np.array([0.0, 1.0]), np.array([-1.25, 0.0])), ("after", np.zeros(2), np.array([2.0, 0.0]))]
    assert prose.places_alt("bank", places, ["finance", "river"], 0.48) == (
        "Map of word vectors from finance on the left to river on the right, keeping 48% of their variance. "
        "Where “bank” goes on axis 1: before the change it goes from 0.0 to −1.2; "
        "after the change it goes from 0.0 to 2.0."
    )
    assert "on the left" not in prose.places_alt("cat", places, [], 0.48)


def test_the_line_under_the_map_is_told_with_it():
    places = [("before", np.zeros(2), np.zeros(2))]
    assert prose.places_alt("bank", places, ["finance", "river"], 0.48, "From here to there.").endswith(
        "before the change it goes from 0.0 to 0.0. Under it the line: From here to there."
    )


def test_numbers_below_zero_have_a_real_minus_and_a_share_is_never_wrongly_nothing():
    seen = hand("leave", weights=(0.2, 0.797, 0.003), new=(0.997, 0.003))
    said = prose.finding(seen, alike=-0.5)
    assert said == (
        "Without “money”, “bank” itself rises from 80 % to more than 99 %, and the new “bank” has a cosine of −0.50 "
        "with the one before."
    )
