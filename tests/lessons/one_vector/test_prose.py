"""From where a sentence takes the meaning of a word, in plain words."""

import numpy as np
import pytest

from selfattn import contextualize
from selfattn.lessons.one_vector import prose

TOKENS = ["money", "bank", "grows"]


@pytest.mark.parametrize(
    ("word", "texts"),
    [
        ("bank", ("Money bank grows", "River bank flows")),
        ("bass", ("She plays bass in a jazz band", "They grilled the bass")),
    ],
)
def test_as_in_the_lesson_no_meaning_comes_from_anywhere(vectors, word, texts):
    sources = []
    for text in texts:
        sentence, trace = contextualize(text, vectors, "lesson")
        row = sentence.index(word)
        sources.append((text, trace.weights[row], sentence.tokens, row))
    assert prose.meaning_from(word, sources).count("from nowhere but itself") == 2


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        ([0.005, 0.99, 0.005], "comes most from “money”, in “Bank” from nowhere: the word stands alone."),
        ([0.004, 0.992, 0.004], "comes from nowhere but itself, in “Bank” from nowhere: the word stands alone."),
        ([0.6, 0.0, 0.4], "comes most from “money”, in “Bank” from nowhere: the word stands alone."),
    ],
)
def test_a_weight_that_reads_as_nothing_gives_no_meaning(weights, said):
    alone = "Bank", np.array([1.0]), ["bank"], 0
    assert prose.meaning_from("bank", [("Money …", np.array(weights), TOKENS, 1), alone]) == (
        f"In “Money …” the meaning of “bank” {said}"
    )


def test_a_number_below_zero_has_a_real_minus():
    alt = prose.same_vector_alt("bank", ["A"], np.array([[-0.125, 12.34, 0.0004, 1000.0]]))
    assert "−0.125, 12.34, 0.0004" in alt
    assert "-" not in alt
