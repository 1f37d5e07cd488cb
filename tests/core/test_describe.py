"""Plain words about numbers: what is said equals what was computed."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfattn.core import describe
from selfattn.core.contextual import contextualize

TOKENS = ["money", "bank", "grows"]
WEIGHTS = np.array([0.24, 0.68, 0.08])
BEFORE = {"finance": 0.8, "river": 0.4}
SAID = re.compile(r"((?:less|more) than \d+|\d+) %")
LESSON = np.array([3.6e-7, 1 - 3.7e-7, 1e-8])


@st.composite
def weighted(draw):
    """Tokens that may repeat, weights that sum to one, and a row."""
    tokens = draw(st.lists(st.sampled_from(["money", "bank", "grows", "the", "river"]), min_size=1, max_size=9))
    parts = draw(st.lists(st.floats(0.001, 1), min_size=len(tokens), max_size=len(tokens)))
    return tokens, np.array(parts) / np.sum(parts), draw(st.integers(0, len(tokens) - 1))


def given_by_others(tokens, weights, row):
    total = {}
    for at, token in enumerate(tokens):
        if at != row:
            total[token] = total.get(token, 0) + weights[at]
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
    shares = sorted(total.values(), reverse=True)[:2]
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
        ([1.0], ["bank"], 0, "“bank” stands alone and stays what it is"),
        (LESSON, TOKENS, 1, "less than 1 % of the new “bank” is “money”"),
    ],
)
def test_shares_in_words(weights, tokens, row, said):
    assert describe.share(np.array(weights), tokens, row) == said


@pytest.mark.parametrize(
    ("after", "said"),
    [
        ({"finance": 0.9, "river": 0.5}, "it moves towards finance"),  # gains 0.10 and 0.10: the first
        ({"finance": 0.9, "river": 0.35}, "it moves towards finance"),
        ({"finance": 0.78, "river": 0.67}, "it moves towards river"),
        ({"finance": 0.8, "river": 0.4}, "it hardly moves"),
        ({"finance": 0.804, "river": 0.396}, "it hardly moves"),
        ({"finance": 0.806, "river": 0.396}, "it moves towards finance"),
        ({"finance": 0.5, "river": 0.3}, "it moves away from both senses and is nearer to finance"),
        ({"finance": 0.7, "river": 0.1}, "it moves away from both senses and is nearer to finance"),
        ({"finance": 0.8021, "river": 0.0685}, "it moves away from river"),
        ({"finance": 0.5, "river": 0.397}, "it moves away from finance"),
    ],
)
def test_the_direction_is_the_sense_that_gains_most(after, said):
    assert describe.direction(BEFORE, after) == said


@pytest.mark.parametrize(
    ("after", "goal"),
    [
        ({"finance": 0.9, "river": 0.45}, "finance"),
        ({"finance": 0.9, "river": 0.51}, "river"),  # the gain counts, not the height
        ({"finance": 0.9, "river": 0.5}, "finance"),  # equal gains: the first
        ({"finance": 0.805, "river": 0.4}, "finance"),  # a gain of HARDLY is one
        ({"finance": 0.8, "river": 0.4}, None),
        ({"finance": 0.804, "river": 0.4}, None),
        ({"finance": 0.3, "river": 0.1}, None),
    ],
)
def test_the_goal_is_the_sense_that_gains_most_if_any_does(after, goal):
    assert describe.goal(BEFORE, after) == goal


@given(st.lists(st.floats(-1, 1), min_size=4, max_size=4))
def test_the_goal_and_the_direction_never_disagree(cosines):
    before, after = (dict(zip(BEFORE, side, strict=True)) for side in (cosines[:2], cosines[2:]))
    goal, said = describe.goal(before, after), describe.direction(before, after)
    assert (said == f"it moves towards {goal}") == (goal is not None)
    assert goal is None or after[goal] > before[goal]


def test_the_finding_names_the_sentence_and_both_facts():
    made, after = describe.share(WEIGHTS, TOKENS, 1), {"finance": 0.9, "river": 0.4}
    assert describe.finding("A", WEIGHTS, TOKENS, 1, (BEFORE, after)) == f"In A, {made}: it moves towards finance."
    assert describe.finding("B", WEIGHTS, TOKENS, 1, None) == f"In B, {made}."


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
        describe.meter_alt(TOKENS[row], [("A", BEFORE, BEFORE)]),
    ):
        assert TOKENS[row] in alt
        assert alt.endswith(".")
        assert not re.search(r"\bnan\b", alt)


@pytest.mark.parametrize("n", [1, 24, 25, 512])
def test_the_bars_are_read_out_up_to_24(n):
    said = describe.bars_alt("B", np.full(n, 1 / n), [f"w{at}" for at in range(n)], 0)
    assert re.findall(r"w\d+ (\d\.\d\d)", said) == [f"{1 / n:.2f}"] * min(n, 24)
    assert (f"and {n - 24} more" in said) == (n > 24)
    assert "sentence B" in said


def test_the_motion_is_told_with_its_places_ends_and_variance():
    moves = [(letter, np.array([-2.2, 0.0]), np.array([goal, 0.0])) for letter, goal in (("A", -1.9), ("B", -0.6))]
    said = describe.motion_alt("bank", moves, ["finance", "river"], 0.476)
    assert "from finance on the left to river on the right" in said
    assert "48%" in said
    assert "sentence A it goes from −2.2 to −1.9" in said
    assert "sentence B it goes from −2.2 to −0.6" in said
    assert "left" not in describe.motion_alt("bank", moves, [], 0.476)


def test_the_meter_is_told_with_every_number():
    after = {"finance": 0.7, "river": 0.55}
    said = describe.meter_alt("bank", [("A", BEFORE, after), ("B", after, BEFORE)])
    assert re.findall(r"sentence (\w), (\w+): (\S+) before, (\S+) after", said) == [
        ("A", "finance", "0.80", "0.70"), ("A", "river", "0.40", "0.55"),
        ("B", "finance", "0.70", "0.80"), ("B", "river", "0.55", "0.40"),
    ]  # fmt: skip


def test_a_number_below_zero_has_a_real_minus_and_nothing_has_none():
    less, nothing = {"finance": -0.25, "river": -0.5}, {"finance": -0.001, "river": 0.5}
    alt = describe.meter_alt("bank", [("A", less, nothing)])
    assert "finance: −0.25 before, 0.00 after" in alt
    assert "-" not in alt
