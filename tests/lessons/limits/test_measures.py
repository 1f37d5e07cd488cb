"""What each failing measures, by hand, by outside oracles, and on the sentences that the lesson starts with."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfattn import FAILURES, PRESETS, SENSES, contextualize, embed, labelled, lean, space
from selfattn.core.lean import Lean, line_between
from selfattn.core.similarity import cosine
from selfattn.core.spread import spread_of, spreads
from selfattn.lessons.limits import measures, prose
from selfattn.lessons.limits.measures import ALIKE, EXAMPLES, LEANS

WORDS = st.lists(st.sampled_from(["money", "bank", "grows", "the", "a"]), min_size=1, max_size=8)


def word_of(text):
    return next(word for word in SENSES if word in text.lower().split())


def attended(text, vectors, preset="balanced"):
    sentence, trace = contextualize(text, vectors, preset)
    return trace.output[sentence.index(word_of(text))]


def cues(text, vectors, preset="balanced"):
    """The words that speak for each sense, as the screens find them."""
    word, sentence = word_of(text), embed(text, vectors)
    place = space(vectors, centred=PRESETS[preset].centre)
    line = line_between(SENSES[word], vectors, place)
    found = measures.cues((line(place(sentence.matrix)) / line.unit).tolist(), sentence.index(word))
    return tuple(tuple(sentence.tokens[at] for at in side) for side in found)


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


def test_cues_go_almost_half_of_the_way_and_the_word_is_no_cue_for_itself():
    assert measures.cues([LEANS, -0.9, -LEANS - 0.01, LEANS - 0.01], 1) == ((2,), (0,))


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("River bank loan", ("loan",), ("river",)),
        ("The bank near the river lends money", ("lends", "money"), ("near", "river")),
        ("Cash flows into the bank", ("cash",), ("flows",)),
        ("Money bank grows", ("money",), ()),
        ("She came back to the bank with some of the fish", (), ("fish",)),
        ("She came back to the bank with some of the cash", ("cash",), ()),
        ("A crane is not a bird", ("bird",), ()),
        *((text, (), ()) for (text,) in EXAMPLES["still"]),
    ],
)
def test_cues_are_what_a_reader_would_name(text, first, second, vectors):
    assert cues(text, vectors) == (first, second)


def test_cues_mostly_tell_the_sense_of_a_sentence_and_most_sentences_have_one(vectors):
    """What LEANS was chosen by: above it fewer sentences have a cue, below it more cues are on the wrong side."""
    right, lines = [], {}
    for one in labelled()[::3]:
        sense, sentence = SENSES[one.word], embed(one.text, vectors)
        line = lines.setdefault(one.word, line_between(sense, vectors, space(vectors)))
        found = measures.cues((line(sentence.matrix) / line.unit).tolist(), sentence.index(one.word))
        sides = found if one.sense == next(iter(sense.poles)) else found[::-1]
        right.append([len(side) for side in sides])
    told, misled = np.transpose(right)
    assert told.sum() / (told.sum() + misled.sum()) > 0.85
    assert (told > 0).mean() > 0.88


def test_the_share_of_the_way_by_hand():
    assert measures.share_of_way(-0.44, -0.20, -0.30) == pytest.approx(14 / 24)
    assert measures.share_of_way(0.3, 0.31, 0.3) is None


def test_shares_by_hand():
    found = measures.shares(np.array([0.1, 0.5, 0.3, 0.1]), [False, True, False, False], [True, True, False, True])
    assert (found.itself, found.frequent, found.telling) == pytest.approx((0.5, 0.2, 0.3))
    assert found.of_others == pytest.approx(0.4)
    assert measures.shares(np.array([1.0]), [True], [False]).of_others == 0


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
    for one in spreads():
        assert one.before == pytest.approx(math.sqrt(one.width), rel=0.08)
        assert one.after == pytest.approx(one.before / math.sqrt(one.width))
        assert one.highest > one.highest_after
    assert spreads()[-1].highest > 0.95


def test_the_spread_of_the_word_vectors_themselves(vectors):
    found = spread_of(vectors.vectors[:20_000])
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
    tokens, word, sides = embed(text, vectors).tokens, word_of(text), cues(text, vectors, preset)
    assert all(sides)
    left = [" ".join(token for token in tokens if token not in gone) for gone in (*sides[::-1], ())]
    first, second, both = (lean(kept, word, vectors, preset).after for kept in left)
    assert first < both < second
    assert 0.1 <= measures.share_of_way(first, second, both) <= 0.9


@pytest.mark.parametrize(("plain", "negated"), EXAMPLES["negation"])
def test_negation_leaves_the_word_almost_where_it_was(vectors, plain, negated):
    for preset, alike in (("balanced", ALIKE), ("sharper", 0.9), ("trained", ALIKE)):
        assert cosine(*(attended(text, vectors, preset) for text in (plain, negated))) > alike
        one, other = (lean(text, word_of(text), vectors, preset) for text in (plain, negated))
        assert one.side == other.side is not None


@pytest.mark.parametrize("text", [one for (one,) in EXAMPLES["unknown"]])
@pytest.mark.parametrize("preset", ["balanced", "sharper", "trained"])
def test_the_unknown_word_would_have_told_the_sense(vectors, text, preset):
    (unknown,) = embed(text, vectors).unknown
    whole = text.lower().replace(unknown, " ".join(measures.pieces(unknown, vectors.key_to_index)))
    without, pieces = (lean(words, "bank", vectors, preset) for words in (text, whole))
    assert abs(pieces.after - without.after) > without.noticed
    assert pieces.after > without.after or "loan" in unknown or "near" in text  # which told of the river before
    assert pieces.after < without.after or "loan" not in unknown


@pytest.mark.parametrize("text", [one for (one,) in EXAMPLES["frequent"]])
@pytest.mark.parametrize("preset", ["balanced", "sharper"])
def test_frequent_words_take_the_weight_and_the_switch_takes_some_of_it_back(vectors, text, preset):
    found = []
    for lowered in (False, True):
        sentence, trace = contextualize(text, vectors, replace(PRESETS[preset], frequency=lowered))
        row = sentence.index("bank")
        frequent = measures.are_frequent(sentence.tokens, vectors.key_to_index)
        found.append(measures.shares(trace.weights[row], np.arange(len(frequent)) == row, frequent).of_others)
    assert found[0] > 0.75
    assert found[1] < found[0] - 0.15


@pytest.mark.parametrize("text", [one for (one,) in EXAMPLES["still"]])
def test_without_a_cue_the_word_stays_on_its_side(vectors, text):
    found = lean(text, word_of(text), vectors, "balanced")
    assert prose.still_truth(found).startswith("still with ")
    assert abs(found.after) < abs(found.before), "what it does is slide towards the middle"


def test_some_examples_are_failures_that_are_told_of_elsewhere():
    told = {text for failure in FAILURES for text in (failure.a, failure.b)}
    for step in ("order", "mixed", "negation", "frequent"):
        assert any(text in told for example in EXAMPLES[step] for text in example)


# What is said of it


SIDES = ("music", "fish")


@pytest.mark.parametrize(
    ("before", "after", "truth", "said"),
    [
        (-1.6, -1.65, "still with music", "hardly moves"),
        (-1.6, -0.9, "still with music", "stays with music"),
        (-1.6, -2.1, "further towards music", "moves further towards music"),
        (-1.6, 0.3, "with fish", "crosses to fish"),
        (-1.6, 0.05, "on neither side", "is on neither side"),
        (0.05, 0.0, "still on neither side", "hardly moves"),
        (-0.09, 0.09, "still on neither side", "is on neither side"),
        (0.05, -0.9, "with music", "moves to music"),
        (0.11, 0.09, "still with fish", "hardly moves"),
    ],
)
def test_where_a_word_ends_is_one_of_what_may_be_guessed(before, after, truth, said):
    found = Lean(before, after, SIDES, 0.1)
    options = prose.still_options(found)
    assert prose.still_truth(found) == truth
    assert truth in options
    assert len(options) == len(set(options)) == (4 if abs(before) > 0.1 else 3)
    start, end = (f"{place:.1f}".replace("-", "−").replace("−0.0", "0.0") for place in (before, after))
    assert f"“bass” {said}: from {start} to {end} on the line" in prose.still_finding("bass", 0.9, found)


@pytest.mark.parametrize(
    ("moves", "cues", "own", "frequent", "said"),
    [
        (False, ["river"], 0.8, True, "“river” would tell, but 80 % of the weight stays with “bank” itself."),
        (False, ["river"], 0.0, True, "“river” pulls “bank”, but not far enough to be seen."),
        (False, ["a", "b"], 0.2, False, "“a” and “b” pull “bank”, but not far enough to be seen."),
        (False, [], 0.8, True, ", so nothing pulls “bank” far to either: 80 % of its weight stays with itself."),
        (False, [], 0.0, True, ": the words around “bank” pull it, but not far enough to be seen."),
        (True, [], 0.2, True, "slide towards where all frequent words lie: a drift, not a meaning."),
        (True, [], 0.2, False, "slide towards the mean of the words around it: a drift, not a meaning."),
        (True, [], 0.0, False, "“bank” becomes the mean of words that tell little."),
        (True, ["river"], 0.0, False, "something speaks for a sense: “river”. Try a sentence without it."),
    ],
)  # fmt: skip
def test_why_it_stays_or_moves_is_true(moves, cues, own, frequent, said):
    why = prose.still_why("bank", cues, own, moves=moves, frequent=frequent)
    assert why.endswith(said)
    assert cues or why.startswith("No word of this sentence is clearly nearer to one sense than to the other")
    assert "0 % of" not in why.replace("80 % of", "")


def test_that_frequent_words_are_more_is_said_where_they_are():
    often, rare = ("the", 15.01), ("fish", -0.04)
    said = prose.frequent_why("bank", often, rare, more=True)
    assert said.endswith("“bank” · “the” is 15.0, and “bank” · “fish” is 0.0. There are also more of them.")
    assert prose.frequent_why("bank", often, rare, more=False) == said.removesuffix(" There are also more of them.")


def test_of_a_trained_head_the_scores_are_said_and_nothing_of_near_vectors():
    said = prose.frequent_why("bank", ("some", -19.2), ("fish", -9.8), more=True, trained=True)
    assert said == (
        "How much each gets has been learned: the query of “bank” scores −19.2 with “some” and −9.8 with “fish”. "
        "There are also more of them."
    )
    assert prose.frequent_why("bank", None, ("fish", -9.8), trained=True).endswith("scores −9.8 with “fish”.")


def test_mixed_cues_end_with_a_cue_whatever_the_side_of_the_line():
    """With “river” alone the word may still be on the side of finance: no sense is said, but the cue."""
    first, second = (Lean(-2.2, place, ("finance", "river"), 0.1) for place in (-2.4, -1.1))
    for share, truth in ((0.04, "with “loan”"), (0.5, "in between"), (0.97, "with “river”"), (None, "with neither")):
        assert prose.mixed_truth(share, ["“loan”", "“river”"]) == truth
        said = prose.mixed_finding("bank", share, [first, second, second], ["“loan”", "“river”"])
        assert said.endswith(
            f"With both it ends {truth}, at −1.1 (finance)."
            if share
            else "ends at −1.1 (finance): here the cues hardly count."
        )


def test_numbers_below_zero_have_a_real_minus():
    found, senses = Lean(-0.25, -0.001, ("finance", "river"), 0.1), ("finance", "river")
    for said, wanted in (
        (prose.reading(Lean(0, -0.25, senses, 0.1)), "−0.2 (finance)"),
        (prose.negation_finding("bank", -0.5, []), "is −0.500."),
        (prose.still_finding("bank", -0.5, found), "from −0.2 to 0.0 on the line, where 0 is neither; "),
        (prose.still_finding("bank", -0.5, found), "a cosine of −0.50."),
        (prose.leanings_alt("bank", senses, (-2.3, 2.2), (-0.25, 0.5), [("a", -0.5), ("b", -0.001)]), "a −0.5, b +0.0"),
        (prose.leanings_alt("bank", senses, (-2.3, 2.2), (0.75, -0.5), []), "goes from +0.8 to −0.5."),
        (prose.leanings_alt("bank", senses, (-2.3, 2.2), (0.75, -0.5), []), "between finance −2.3 and river +2.2: no"),
    ):
        assert wanted in said
        assert "-" not in said
