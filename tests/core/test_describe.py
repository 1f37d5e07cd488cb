"""Plain words about numbers: what is said equals what was computed."""

import re
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfattn.core import describe
from selfattn.core.contextual import contextualize
from selfattn.core.heaviest import SHOWN
from selfattn.core.lean import Lean

TOKENS = ["money", "bank", "grows"]
WEIGHTS = np.array([0.24, 0.68, 0.08])
CROSSES, STAYS, NEITHER = (Lean(-2.4, after, ("finance", "river"), 0.2) for after in (3.1, -1.5, 0.1))
SAID = re.compile(r"((?:less|more) than \d+|\d+) %")
LESSON = np.array([3.6e-7, 1 - 3.7e-7, 1e-8])


@st.composite
def weighted(draw):
    """Tokens that may repeat, weights that sum to one, and a row."""
    tokens = draw(st.lists(st.sampled_from(["money", "bank", "grows", "the", "river"]), min_size=1, max_size=9))
    parts = draw(st.lists(st.floats(0.001, 1), min_size=len(tokens), max_size=len(tokens)))
    return tokens, np.array(parts) / np.sum(parts), draw(st.integers(0, len(tokens) - 1))


def given_by_others(tokens, weights, row):
    total = Counter()
    for token, weight in zip(tokens, weights, strict=True):
        total[token] += weight
    del total[tokens[row]]  # with all its copies
    return total


@given(weighted())
def test_the_heaviest_others_come_first_repeated_words_added_up(case):
    tokens, weights, row = case
    total = given_by_others(tokens, weights, row)
    found = describe.heaviest(weights, tokens, row)
    assert len(found) == min(2, len(total))
    assert [share for _, share in found] == pytest.approx(sorted(total.values(), reverse=True)[:2])
    assert all(total[token] == pytest.approx(share) for token, share in found)


@given(weighted())
def test_the_percentages_said_are_the_weights(case):
    tokens, weights, row = case
    said, total = describe.share(weights, tokens, row), given_by_others(tokens, weights, row)
    own = [weight for token, weight in zip(tokens, weights, strict=True) if token == tokens[row]]
    shares = [*([sum(own)] if len(own) > 1 else []), *sorted(total.values(), reverse=True)[:2]]
    expected = [share for at, share in enumerate(shares) if at == 0 or share >= 0.05]
    assert len(SAID.findall(said)) == len(expected)
    for percent, share in zip(SAID.findall(said), expected, strict=True):
        if not percent.isdigit():
            assert {"less than 1": 0 < share < 0.005, "more than 99": 0.995 <= share < 1}[percent]
        else:
            assert float(percent) == pytest.approx(100 * share, abs=0.5 + 1e-9)
    assert f"“{tokens[row]}”" in said


@pytest.mark.parametrize(
    ("weights", "tokens", "row", "said"),
    [
        (WEIGHTS, TOKENS, 1, "24 % of the new “bank” is “money” and 8 % “grows”"),
        ([0.3, 0.66, 0.04], TOKENS, 1, "30 % of the new “bank” is “money”"),
        ([0.4, 0.6], ["money", "bank"], 0, "60 % of the new “money” is “bank”"),
        ([0.2, 0.5, 0.3], ["the", "bank", "the"], 1, "50 % of the new “bank” is “the”"),
        ([0.2, 0.3, 0.5], ["bank", "money", "bank"], 0, "70 % of the new “bank” is “bank” (2 places) and 30 % “money”"),
        ([1.0], ["bank"], 0, "“bank” stands alone and stays what it is"),
        ([0.4, 0.6], ["bank", "bank"], 1, "100 % of the new “bank” is “bank” (2 places)"),
        (LESSON, TOKENS, 1, "less than 1 % of the new “bank” is “money”"),
    ],
)
def test_shares_in_words(weights, tokens, row, said):
    assert describe.share(np.array(weights), tokens, row) == said


@pytest.mark.parametrize(
    ("weights", "tokens", "most", "values", "said"),
    [
        (WEIGHTS, TOKENS, 4, False, "0.24 money + 0.68 bank + 0.08 grows"),
        (WEIGHTS, TOKENS, 2, False, "0.24 money + 0.68 bank + …"),
        ([0.25, 0.25, 0.5], TOKENS, 1, False, "0.50 grows + …"),
        ([0.77, 0.0, 0.23], TOKENS, 4, True, "0.77 · v(money) + 0.23 · v(grows)"),
        ([0.77, 0.0, 0.23], TOKENS, 2, True, "0.77 · v(money) + 0.23 · v(grows)"),  # nothing is left out
        ([1.0], ["bank"], 4, False, "1.00 bank"),
    ],
)
def test_a_sum_in_words(weights, tokens, most, values, said):
    assert describe.as_sum(np.array(weights), tokens, most, values=values) == said


def test_the_finding_names_the_sentence_and_both_facts():
    made = describe.share(WEIGHTS, TOKENS, 1)
    assert describe.finding("A", WEIGHTS, TOKENS, 1, CROSSES) == f"In A, {made}: it crosses to river."
    assert describe.finding("B", WEIGHTS, TOKENS, 1, None) == f"In B, {made}."


@pytest.mark.parametrize(
    ("unknown", "said"),
    [
        ([], "In B, "),
        (["?", "🙂"], "In B, "),  # punctuation never counts
        (["rivver", "!"], "In B, without “rivver”, which has no vector, "),
        (["rivver", "flwos", "bnak"], "In B, without “rivver”, “flwos” and 1 more, which have no vector, "),
    ],
)
def test_a_finding_names_the_words_that_it_does_not_count(unknown, said):
    made = describe.share(WEIGHTS, TOKENS, 1)
    assert describe.finding("B", WEIGHTS, TOKENS, 1, CROSSES, unknown) == f"{said}{made}: it crosses to river."


def test_the_words_about_the_lesson_are_those_of_the_trace(vectors):
    sentence, trace = contextualize("Money bank grows", vectors)
    said = describe.share(trace.weights[1], sentence.tokens, 1)
    assert SAID.findall(said) == [f"{trace.weights[1][at] * 100:.0f}" for at in (0, 2)]


# what stands in for a chart


@pytest.mark.parametrize("row", [0, 1, 2])
def test_every_alternative_text_is_a_sentence_about_the_word(row):
    spots = np.array([-2.2, 0.1]), np.array([-1.9, 0.2])
    for alt in (
        describe.bars_alt("A", WEIGHTS, TOKENS, row),
        describe.motion_alt(TOKENS[row], [("A", *spots)], ["finance", "river"], 0.48),
        describe.heatmap_alt(np.tile(WEIGHTS, (3, 1)), TOKENS, row),
        describe.line_alt(TOKENS[row], [("A", CROSSES)]),
        describe.cosines(TOKENS[row], {"finance": 0.8}, {"finance": 0.7}),
    ):
        assert TOKENS[row] in alt
        assert alt.endswith(".")
        assert not re.search(r"\bnan\b", alt)


@pytest.mark.parametrize("n", [1, SHOWN, SHOWN + 1, 512])
def test_the_bars_are_read_out_and_of_a_long_sentence_the_sum_of_the_rest(n):
    weights = np.linspace(2, 1, n) / np.linspace(2, 1, n).sum()  # the last words give least
    said = describe.bars_alt("B", weights, [f"w{at}" for at in range(n)], 0)
    alone = n if n <= SHOWN else SHOWN - 1
    assert re.findall(r"w\d+ (\d\.\d\d)", said) == [f"{weight:.2f}" for weight in weights[:alone]]
    rest = re.findall(r"(\d+) more (\d\.\d\d)", said)
    assert rest == ([(str(n - alone), f"{weights[alone:].sum():.2f}")] if n > alone else [])


def test_the_motion_is_told_with_its_places_ends_and_variance():
    moves = [(letter, np.array([-2.2, 0.0]), np.array([goal, 0.0])) for letter, goal in (("A", -1.9), ("B", -0.6))]
    said = describe.motion_alt("bank", moves, ["finance", "river"], 0.476)
    assert "from finance on the left to river on the right" in said
    assert "48%" in said
    assert "sentence A it goes from −2.2 to −1.9" in said
    assert "sentence B it goes from −2.2 to −0.6" in said
    assert "left" not in describe.motion_alt("bank", moves, [], 0.476)


def test_the_line_is_told_under_the_map():
    line, moves = describe.line_alt("bank", [("A", STAYS)]), [("A", np.zeros(2), np.ones(2))]
    said, bare = (describe.motion_alt("bank", moves, ["finance", "river"], 0.5, under) for under in (line, ""))
    assert said == f"{bare} Under it the line: {line}"


def test_the_line_is_told_from_end_to_end_with_every_place_its_side_and_its_caption():
    said = describe.line_alt("bank", [("A", STAYS), ("B", CROSSES), ("C", NEITHER)])
    assert said == (
        "On the line from finance (left) to river (right), static “bank” stands at −2.4, on the side of finance: "
        "A: it stays with finance, at −1.5, on the side of finance; "
        "B: it crosses to river, at 3.1, on the side of river; "
        "C: it is on neither side, at 0.1, on neither side."
    )


def test_without_a_sentence_on_the_line_nothing_is_told():
    assert describe.line_alt("bank", []) == ""


def test_the_heatmap_is_told_by_the_row_of_the_word():
    weights = np.array([[0.5, 0.5, 0.0], WEIGHTS, [0.0, 0.9, 0.1]])
    said = describe.heatmap_alt(weights, TOKENS, 1)
    assert "3 words" in said
    assert said.endswith(f"{describe.share(WEIGHTS, TOKENS, 1)}.")


def test_the_cosines_are_told_with_every_number():
    said = describe.cosines("bank", {"finance": 0.8, "river": 0.4}, {"finance": 0.7, "river": 0.55})
    assert re.findall(r"(\w+) (\S+) → ([\d.−]+\d)", said) == [("finance", "0.80", "0.70"), ("river", "0.40", "0.55")]


def test_a_number_below_zero_has_a_real_minus_and_nothing_has_none():
    alt = describe.cosines("bank", {"finance": -0.25}, {"finance": -0.001})
    assert "finance −0.25 → 0.00" in alt
    line = describe.line_alt("bank", [("A", Lean(-0.3, -0.04, ("finance", "river"), 0.1))])
    assert "−0.3" in line
    assert "at 0.0," in line
    assert "-" not in alt + line


def test_all_copies_of_a_word_count_together():
    tokens = ["the", "bank", "by", "the", "river", "is", "a", "bank"]
    weights = np.array([0.04, 0.285, 0.03, 0.05, 0.25, 0.03, 0.03, 0.285])
    assert (
        describe.share(weights, tokens, 1) == "57 % of the new “bank” is “bank” (2 places), 25 % “river” and 9 % “the”"
    )
    assert describe.share(np.full(3, 1 / 3), ["bank"] * 3, 1) == "100 % of the new “bank” is “bank” (3 places)"
    assert describe.heaviest(weights, tokens, 4)[0] == ("bank", pytest.approx(0.57))
