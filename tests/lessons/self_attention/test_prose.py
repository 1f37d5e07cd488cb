"""What stands in for the pictures of self-attention."""

import re

import numpy as np
import pytest

from selfattn.core import describe
from selfattn.lessons.self_attention import prose

TOKENS = ["money", "bank", "grows"]
WEIGHTS = np.array([0.24, 0.68, 0.08])


@pytest.mark.parametrize("row", [0, 1, 2])
def test_every_text_is_a_sentence_about_the_word(row):
    square, scores = np.stack([WEIGHTS] * 3), np.array([[1.0, 2, 3], [3, 2, 1], [1, 3, 2]])
    for alt in (
        describe.heatmap_alt(square, TOKENS, row),
        prose.scores_alt(scores, TOKENS, row, "Dot products"),
        prose.strips_alt(square, TOKENS),
    ):
        assert TOKENS[row] in alt
        assert alt.endswith(".")
        assert not re.search(r"\bnan\b", alt)


def test_the_heatmap_is_told_by_its_chosen_row():
    weights = np.array([[0.9, 0.1, 0.0], WEIGHTS, [0.1, 0.1, 0.8]])
    said = describe.heatmap_alt(weights, TOKENS, 1)
    assert describe.share(WEIGHTS, TOKENS, 1) in said
    assert "3 words" in said


def test_scores_are_told_by_the_highest_that_may_attend():
    scores = np.array([[-np.inf, 4.25, -1.0], [4.25, -np.inf, 2.0], [-1.0, 2.0, -np.inf]])
    assert "“money” scores highest with “bank”: 4.25" in prose.scores_alt(scores, TOKENS, 0, "Scaled scores")
    assert "“grows” scores highest with “bank”: 2.00" in prose.scores_alt(scores, TOKENS, 2, "Scaled scores")


def test_strips_are_told_with_their_range():
    said = prose.strips_alt(np.array([[-1.5, 0.25], [2.0, 0.0]]), ["a", "b"])
    assert said == "2 vectors of 2 numbers, from −1.50 to 2.00: a, b."


def test_a_score_below_zero_has_a_real_minus():
    alt = prose.scores_alt(np.full((2, 2), -3.0), TOKENS[:2], 0, "Scores")
    assert "with “money”: −3.00" in alt
    assert "-" not in alt


def test_scores_are_the_same_both_ways_and_weights_are_not():
    scores, weights = np.array([[9.0, 4.0], [4.0, 1.0]]), np.array([[0.99, 0.01], [0.95, 0.05]])
    said = prose.symmetry(scores, weights, ["bank", "money"], 0, 1)
    assert said.startswith("“bank” asks “money” 4.00, and “money” asks “bank” 4.00: the same.")
    assert said.endswith("they are 0.01 and 0.95: no longer the same.")
    scores[1, 0] = -2
    assert prose.symmetry(scores, weights, ["bank", "money"], 0, 1).endswith("“bank” −2.00: query and key differ.")
