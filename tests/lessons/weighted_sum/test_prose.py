"""What is said of words as sums of their neighbours."""

import numpy as np
import pytest

from selfattn import contextualize
from selfattn.core.lean import Lean
from selfattn.lessons.weighted_sum import prose

TOKENS = ["money", "bank", "grows"]
WEIGHTS = np.array([0.24, 0.68, 0.08])
LESSON = np.array([3.6e-7, 1 - 3.7e-7, 1e-8])


def test_two_sums_that_differ_make_the_meaning_differ():
    flows = np.array([0.17, 0.68, 0.15]), ["river", "bank", "flows"]
    said = prose.two_sums("bank", [("A", WEIGHTS, TOKENS), ("B", *flows)])
    assert said.startswith("In A, bank′ = 0.24 money + 0.68 bank + 0.08 grows; in B, bank′ = 0.17 river + ")
    assert said.endswith("so its meaning comes out different, by itself, from the context.")
    assert prose.two_sums("bank", [("A", WEIGHTS, TOKENS)]).endswith("+ 0.08 grows.")
    assert "Both sides are the same" in prose.two_sums("bank", [("A", WEIGHTS, TOKENS), ("B", WEIGHTS, TOKENS)])


def test_what_is_added_up_are_values_where_a_head_makes_them():
    said = prose.two_sums("bank", [("A", WEIGHTS, TOKENS)], values=True)
    assert said == "In A, bank′ = 0.24 · v(money) + 0.68 · v(bank) + 0.08 · v(grows)."
    alt = prose.sums_alt("A", WEIGHTS[None], ["bank"], TOKENS, values=True)
    assert alt.endswith("bank′ = 0.24 · v(money) + 0.68 · v(bank) + 0.08 · v(grows).")


def test_shares_are_said_to_be_shares_and_all_copies_count():
    said = prose.shares(np.array([0.2, 0.3, 0.2, 0.3]), ["the", "bank", "the", "river"], "bank")
    assert said == "The numbers are shares, made of similarities: “bank” gives “the” a share of 0.40."
    assert prose.shares(np.array([0.5, 0.5]), ["bank", "bank"], "bank").endswith("made of similarities.")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (-2.2, -1.9, "“bank” stays with finance: from −2.2 to −1.9 on the line"),
        (-2.2, -2.2, "“bank” hardly moves: from −2.2 to −2.2 on the line"),
        (-2.2, 1.0, "“bank” crosses to river: from −2.2 to 1.0 on the line"),
    ],
)
def test_with_weights_by_hand_the_caption_is_that_of_the_line(before, after, said):
    assert said in prose.by_hand("bank", Lean(before, after, ("finance", "river"), 0.1), 1.0)


def test_a_word_that_keeps_itself_hardly_changes_its_meaning():
    river = LESSON, ["river", "bank", "flows"]
    said = prose.two_sums("bank", [("A", LESSON, TOKENS), ("B", *river)])
    assert said.endswith("The word keeps almost all of itself in every sentence, so its meaning hardly changes.")
    assert "different" not in said
    assert "comes out different" in prose.two_sums("bank", [("A", WEIGHTS, TOKENS), ("B", *river)])
    twice = np.array([0.5, 0.5]), ["bank", "bank"]
    assert "hardly changes" in prose.two_sums("bank", [("A", LESSON, TOKENS), ("B", *twice)])


@pytest.mark.parametrize(
    ("word", "texts"),
    [
        ("bank", ("Money bank grows", "River bank flows")),
        ("bass", ("She plays bass in a jazz band", "They grilled the bass")),
    ],
)
def test_nothing_is_said_to_change_as_in_the_lesson(vectors, word, texts):
    sums = []
    for letter, text in zip("AB", texts, strict=True):
        sentence, trace = contextualize(text, vectors, "lesson")
        sums.append((letter, trace.weights[sentence.index(word)], sentence.tokens))
    assert "hardly changes" in prose.two_sums(word, sums)


def test_a_number_below_zero_has_a_real_minus_and_nothing_has_none():
    for sentence, wanted in (
        (prose.by_hand("bank", None, -0.25), "a cosine of −0.25"),
        (prose.by_hand("bank", Lean(-0.25, -0.001, ("finance", "river"), 0.1), 0.5), "from −0.2 to 0.0 on the line"),
    ):
        assert wanted in sentence
        assert "-" not in sentence
