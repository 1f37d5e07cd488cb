"""What is said of words as sums of their neighbours."""

import numpy as np
import pytest

from selfattn import contextualize
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
    less, nothing = {"finance": -0.25, "river": -0.5}, {"finance": -0.001, "river": 0.5}
    for sentence, wanted in (
        (prose.by_hand("bank", None, -0.25), "a cosine of −0.25"),
        (prose.by_hand("bank", (less, nothing), 0.5), "is 0.00 to finance (it was −0.25)"),
    ):
        assert wanted in sentence
        assert "-" not in sentence
