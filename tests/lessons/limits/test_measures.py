"""What each failing measures, by hand, by outside oracles, and on the sentences that the lesson starts with."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfattn import FAILURES, PRESETS, SENSES, contextualize, meaning_meter, space
from selfattn.core.similarity import cosine
from selfattn.lessons.limits import measures, prose
from selfattn.lessons.limits.measures import ALIKE, EXAMPLES, LEANS, MOVED
from selfattn.lessons.limits.prose import STAYS, TO_NEITHER

WORDS = st.lists(st.sampled_from(["money", "bank", "grows", "the", "a"]), min_size=1, max_size=8)


def word_of(text):
    return next(word for word in SENSES if word in text.lower().split())


def after(text, vectors, preset="balanced"):
    word = word_of(text)
    sentence, trace = contextualize(text, vectors, preset)
    row = sentence.index(word)
    place = space(vectors, centred=PRESETS[preset].centre)
    sides = [meaning_meter(side[row], SENSES[word], vectors, space=place) for side in (trace.matrix, trace.output)]
    return sentence, trace, row, *sides


@given(WORDS, st.integers(0, 9999))
def test_a_shuffle_keeps_the_words_and_changes_how_they_read(tokens, seed):
    order = measures.shuffled(tokens, seed)
    assert sorted(order) == list(range(len(tokens)))
    assert order == measures.shuffled(tokens, seed)
    moved = [tokens[at] for at in order]
    assert (moved != tokens) == (len(set(tokens)) > 1)


def test_the_first_shuffle_turns_the_sentence_round_unless_it_reads_the_same_both_ways():
    assert measures.shuffled(["money", "bank", "grows"], 0) == (2, 1, 0)
    assert measures.shuffled(["bank", "money", "bank"], 0) == (1, 2, 0)


def test_cues_lean_by_a_quarter_and_the_word_is_no_cue_for_itself():
    assert LEANS == 0.25
    assert measures.cues([0.25, -0.9, -0.26, 0.24], 1) == ((2,), (0,))
    assert measures.lean({"finance": 0.8, "river": 0.5}) == pytest.approx(-0.3)


def test_the_share_of_the_way_by_hand():
    assert measures.share_of_way(-0.44, -0.20, -0.30) == pytest.approx(14 / 24)
    assert measures.share_of_way(0.3, 0.31, 0.3) is None


def test_shares_by_hand():
    found = measures.shares(np.array([0.1, 0.5, 0.3, 0.1]), 1, [True, True, False, True])
    assert (found.itself, found.frequent, found.telling) == pytest.approx((0.5, 0.2, 0.3))
    assert found.of_others == pytest.approx(0.4)
    assert measures.shares(np.array([1.0]), 0, [False]).of_others == 0


def test_frequent_words_are_the_first_two_hundred(vectors):
    words = [vectors.index_to_key[0], vectors.index_to_key[199], vectors.index_to_key[200]]
    assert measures.are_frequent(words, vectors.key_to_index) == (True, True, False)


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("riverwalk", ("river", "walk")),
        ("microloans", ("micro", "loans")),
        ("neobank", ("neo", "bank")),
        ("ωψ", ("ω", "ψ")),
        ("x漢", ()),
    ],
)
def test_pieces_of_unknown_words(vectors, word, pieces):
    assert word not in vectors.key_to_index
    assert measures.pieces(word, vectors.key_to_index) == pieces


def test_pieces_are_the_cheapest_of_all_cuts():
    rank = {"ab": 3, "a": 0, "b": 1, "c": 2, "bc": 9, "abcd": 50}

    def every(word):
        return [(), *[]] if not word else [
            (word[:at], *rest) for at in range(1, len(word) + 1) if word[:at] in rank for rest in every(word[at:])
        ]  # fmt: skip

    def cost(cut):
        return sum(math.log(rank[piece] + 1 + measures.ZIPF_SHIFT) + math.log(len(rank) + 1) for piece in cut)

    assert measures.pieces("abc", rank) == min(every("abc"), key=cost)
    assert measures.pieces("abx", rank) == ()
    assert measures.pieces("a" * 41, rank) == ()


def test_the_price_of_a_piece_is_chosen_so_that_few_long_ones_win():
    """With the constant of Zipf's law in its place the cut would be the likeliest, and that may have more pieces."""
    rank = {word: at for at, word in enumerate(["a", "b", *(f"x{at}" for at in range(97)), "ab"])}
    chances = {word: 1 / (at + 1 + measures.ZIPF_SHIFT) for word, at in rank.items()}
    total = sum(chances.values())
    assert chances["a"] / total * chances["b"] / total > chances["ab"] / total
    assert measures.pieces("ab", rank) == ("ab",)


def test_dot_products_spread_like_the_root_of_the_width():
    for one in measures.spreads():
        assert one.before == pytest.approx(math.sqrt(one.width), rel=0.08)
        assert one.after == pytest.approx(one.before / math.sqrt(one.width))
        assert one.highest > one.highest_after
    assert measures.spreads()[-1].highest > 0.95


def test_the_spread_of_the_word_vectors_themselves(vectors):
    found = measures.spread_of(vectors.vectors[:20_000])
    assert found.width == 50
    assert found.after == pytest.approx(found.before / math.sqrt(50))


# The sentences that the lesson starts with, and its examples, show what they are to show


@pytest.mark.parametrize("text", [one for (one,) in EXAMPLES["order"]])
@pytest.mark.parametrize("preset", ["lesson", "scaled", "balanced"])
def test_the_order_makes_no_difference_without_distance(vectors, text, preset):
    sentence, trace = contextualize(text, vectors, preset)
    row = sentence.index("bank")
    for seed in range(4):
        order = measures.shuffled(sentence.tokens, seed)
        _, other = contextualize([sentence.tokens[at] for at in order], vectors, preset)
        assert measures.largest_difference(trace.output[row], other.output[order.index(row)]) < measures.EQUAL


def test_with_distance_the_order_matters_a_little(vectors):
    sentence, trace = contextualize("The bank robbed the man", vectors, "sharper")
    order = measures.shuffled(sentence.tokens, 1)
    _, other = contextualize([sentence.tokens[at] for at in order], vectors, "sharper")
    row = sentence.index("bank")
    assert measures.largest_difference(trace.output[row], other.output[order.index(row)]) > measures.EQUAL
    assert cosine(trace.output[row], other.output[order.index(row)]) > ALIKE


@pytest.mark.parametrize("text", [one for (one,) in EXAMPLES["mixed"]])
@pytest.mark.parametrize("preset", ["scaled", "balanced", "sharper"])
def test_mixed_cues_leave_the_word_between(vectors, text, preset):
    word = word_of(text)
    sentence, trace, row, _, both = after(text, vectors, preset)
    place = space(vectors, centred=PRESETS[preset].centre)
    leans = [measures.lean(meaning_meter(one, SENSES[word], vectors, space=place)) for one in trace.matrix]
    sides = measures.cues(leans, row)
    assert all(sides)
    ends = []
    for gone in reversed(sides):
        kept = [token for at, token in enumerate(sentence.tokens) if at not in gone]
        ends.append(measures.lean(after(" ".join(kept), vectors, preset)[4]))
    assert 0.1 <= measures.share_of_way(ends[0], ends[1], measures.lean(both)) <= 0.9


@pytest.mark.parametrize(("plain", "negated"), EXAMPLES["negation"])
def test_negation_leaves_the_word_almost_where_it_was(vectors, plain, negated):
    for preset, alike in (("balanced", ALIKE), ("sharper", 0.9)):
        _, one, row, _, _ = after(plain, vectors, preset)
        _, other, at, _, _ = after(negated, vectors, preset)
        assert cosine(one.output[row], other.output[at]) > alike


@pytest.mark.parametrize("text", [one for (one,) in EXAMPLES["unknown"]])
@pytest.mark.parametrize("preset", ["balanced", "sharper"])
def test_the_unknown_word_would_have_told_the_sense(vectors, text, preset):
    sentence, *_, before = after(text, vectors, preset)
    (unknown,) = sentence.unknown
    whole = text.lower().replace(unknown, " ".join(measures.pieces(unknown, vectors.key_to_index)))
    *_, pieces = after(whole, vectors, preset)
    assert max(abs(pieces[sense] - before[sense]) for sense in before) > 0.05


@pytest.mark.parametrize("text", [one for (one,) in EXAMPLES["frequent"]])
@pytest.mark.parametrize("preset", ["balanced", "sharper"])
def test_frequent_words_take_the_weight_and_the_switch_takes_some_of_it_back(vectors, text, preset):
    found = []
    for lowered in (False, True):
        sentence, trace = contextualize(text, vectors, replace(PRESETS[preset], frequency=lowered))
        row = sentence.index("bank")
        frequent = measures.are_frequent(sentence.tokens, vectors.key_to_index)
        found.append(measures.shares(trace.weights[row], row, frequent).of_others)
    assert found[0] > 0.75
    assert found[1] < found[0] - 0.15


@pytest.mark.parametrize("text", [one for (one,) in EXAMPLES["still"]])
def test_without_a_cue_the_word_hardly_moves(vectors, text):
    sentence, trace, row, before, now = after(text, vectors)
    assert max(abs(now[sense] - before[sense]) for sense in before) < MOVED
    sense = SENSES[sentence.tokens[row]]
    leans = [measures.lean(meaning_meter(one, sense, vectors)) for one in trace.matrix]
    assert measures.cues(leans, row) == ((), ())


def test_some_examples_are_failures_that_are_told_of_elsewhere():
    told = {text for failure in FAILURES for text in (failure.a, failure.b)}
    for step in ("order", "mixed", "negation", "frequent"):
        assert any(text in told for example in EXAMPLES[step] for text in example)


# What is said of it


GAINS = {"music": 0.0021, "fish": -0.3315}  # “She plays bass in a jazz band”, sharper


def moved(**gains):
    before = dict.fromkeys(gains, 0.5)
    return before, {sense: 0.5 + gain for sense, gain in gains.items()}


@pytest.mark.parametrize(
    ("gains", "truth"),
    [
        ({"music": 0.05, "fish": -0.05}, STAYS),
        ({"music": 0.01, "fish": -0.3}, "towards music"),
        (GAINS, "away from one or both"),
        ({"music": -0.2, "fish": -0.3}, "away from one or both"),
    ],
)
def test_where_a_word_goes_is_one_of_what_may_be_guessed(gains, truth):
    assert prose.still_truth(*moved(**gains)) == truth
    assert truth in prose.still_options(tuple(gains))


@pytest.mark.parametrize(
    ("truth", "cues", "own", "frequent", "said"),
    [
        (STAYS, ["river"], 0.8, True, "“river” would tell, but 80 % of the weight stays with “bank” itself."),
        (STAYS, ["river"], 0.0, True, "“river” pulls “bank”, but not far enough to be seen."),
        (STAYS, ["a", "b"], 0.2, False, "“a” and “b” pull “bank”, but not far enough to be seen."),
        (STAYS, [], 0.8, True, ", so nothing pulls “bank” far to either: 80 % of its weight stays with itself."),
        (STAYS, [], 0.0, True, ": the words around “bank” pull it, but not far enough to be seen."),
        (TO_NEITHER, [], 0.2, True, "slide to where all frequent words lie: a drift, not a meaning."),
        (TO_NEITHER, [], 0.2, False, "slide to the mean of the words around it: a drift, not a meaning."),
        (TO_NEITHER, [], 0.0, False, "“bank” becomes the mean of words that tell little."),
        ("towards river", ["river"], 0.0, False, "something speaks for a sense: “river”. Try a sentence without it."),
    ],
)  # fmt: skip
def test_why_it_stays_or_moves_is_true(truth, cues, own, frequent, said):
    why = prose.still_why("bank", truth, cues, own, frequent=frequent)
    assert why.endswith(said)
    assert cues or why.startswith("No word of this sentence is clearly nearer to one sense than to the other")
    assert "0 % of" not in why.replace("80 % of", "")


def test_that_frequent_words_are_more_is_said_where_they_are():
    often, rare = ("the", 15.01), ("fish", -0.04)
    said = prose.frequent_why("bank", often, rare, more=True)
    assert said.endswith("“bank” · “the” is 15.0, and “bank” · “fish” is 0.0. There are also more of them.")
    assert prose.frequent_why("bank", often, rare, more=False) == said.removesuffix(" There are also more of them.")


def test_numbers_below_zero_have_a_real_minus():
    before, after = {"finance": -0.25, "river": 0.5}, {"finance": 0.5, "river": -0.001}
    for said, wanted in (
        (prose.reading(before), "finance −0.25, river 0.50"),
        (prose.negation_finding("bank", -0.5, []), "is −0.500."),
        (prose.still_finding("bank", -0.5, before, after), "of −0.50; finance −0.25 → 0.50, river 0.50 → 0.00."),
        (prose.leanings_alt("bank", before, after, [("a", -0.5), ("b", -0.001)]), "a −0.50, b +0.00. “bank”"),
        (prose.leanings_alt("bank", before, after, []), "goes from +0.75 to −0.50."),
    ):
        assert wanted in said
        assert "-" not in said
