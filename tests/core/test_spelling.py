"""Known words near an unknown spelling: the word meant comes first, nonsense has none."""

import numpy as np
import pytest
from gensim.models import KeyedVectors

from selfattn.core.spelling import near_spellings
from selfattn.core.vectors import keyed_vectors


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bannk", "bank"),
        ("bnak", "bank"),
        ("recieve", "receive"),
        ("Kolkatta", "kolkata"),
        ("seperate", "separate"),
        ("goverment", "government"),
        ("embarass", "embarrass"),
        ("teh", "the"),
        ("wrod", "word"),
        ("monney", "money"),
        ("vectorss", "vectors"),
        ("accoomodattion", "accommodation"),  # two edits
    ],
)
def test_near_spellings_lead_with_the_word_meant(vectors: KeyedVectors, typed: str, meant: str) -> None:
    assert near_spellings(typed, vectors)[0] == meant


@pytest.mark.parametrize("typed", ["", "12345", "!?", "xqzvvkjw", "z" * 10_000, "नमस्ते"])
def test_near_spellings_of_nonsense_are_none(vectors: KeyedVectors, typed: str) -> None:
    assert near_spellings(typed, vectors) == ()


@pytest.mark.parametrize("count", [-1, 0, 1, 2, 5])
def test_near_spellings_gives_as_many_as_asked(vectors: KeyedVectors, count: int) -> None:
    near = near_spellings("bankk", vectors, count)
    assert len(near) == len(set(near)) == max(count, 0)
    assert all(word in vectors for word in near)


def test_near_spellings_ties_go_to_the_more_frequent() -> None:
    tiny = keyed_vectors(["car", "cat", "carts", "cart"], np.eye(4))
    assert near_spellings("cat", tiny) == ("car", "cart")
    assert near_spellings("cartss", tiny) == ("carts", "cart")


def test_near_spellings_know_a_word_that_was_added_to_the_set() -> None:
    tiny = keyed_vectors(["car", "river"], np.eye(2))
    assert near_spellings("cartt", tiny) == ("car",)
    tiny.add_vectors(["cart"], np.ones((1, 2)))
    assert near_spellings("cartt", tiny) == ("cart", "car")
