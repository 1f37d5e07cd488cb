"""The nearest words, their senses, and what is said of them."""

import numpy as np
import pytest
from scipy.spatial.distance import cosine
from sklearn.neighbors import NearestNeighbors

from selfattn import SENSES
from selfattn.core.neighbours import Neighbour, drowned, nearest, neighbours_alt


@pytest.mark.parametrize("word", ["bank", "mouse", "loan"])
def test_neighbours_are_those_that_scikit_learn_finds(vectors, word):
    search = NearestNeighbors(n_neighbors=13, metric="cosine").fit(vectors.vectors)
    distances, rows = search.kneighbors(vectors[[word]])
    found = nearest(word, vectors)
    assert {one.word for one in found} == {vectors.index_to_key[row] for row in rows[0]} - {word}
    np.testing.assert_allclose([one.cosine for one in found], 1 - distances[0, 1:], atol=1e-5)
    assert all(one.sense is None for one in found)


@pytest.mark.parametrize("word", list(SENSES))
def test_each_is_given_to_the_sense_whose_centre_is_nearer(vectors, word):
    sense = SENSES[word]
    centres = {name: vectors[list(words)].mean(axis=0) for name, words in sense.poles.items()}
    for one in nearest(word, vectors, sense):
        said = {name: 1 - cosine(vectors[one.word], centre) for name, centre in centres.items()}
        assert one.near == pytest.approx(said, abs=1e-5)
        assert one.sense == max(said, key=said.get)


def neighbours(**counts):
    """So many neighbours of each sense."""
    senses = [sense for sense, count in counts.items() for _ in range(count)]
    return [
        Neighbour(f"w{at}", 0.5, {name: float(name == sense) for name in counts}) for at, sense in enumerate(senses)
    ]


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (
            {"finance": 12, "river": 0},
            "All 12 nearest words of “bank” are nearer to finance: the other meaning, river,",
        ),
        ({"finance": 10, "river": 2}, "10 of the 12 nearest words of “bank” are nearer to finance: the other meaning"),
        (
            {"finance": 3, "river": 9},
            "9 of the 12 nearest words of “bank” are nearer to river: the other meaning, finance",
        ),
        (
            {"finance": 4, "river": 8},
            "8 of the 12 nearest words of “bank” are nearer to river, 4 to finance: one vector",
        ),
        (
            {"finance": 6, "river": 6},
            "6 of the 12 nearest words of “bank” are nearer to finance, 6 to river: one vector",
        ),
    ],
)
def test_the_finding_counts_the_senses(counts, said):
    assert drowned("bank", neighbours(**counts)).startswith(said)


def test_without_senses_the_nearest_is_named(vectors):
    found = nearest("loan", vectors)
    assert drowned("loan", found).startswith(f"The nearest word of “loan” is “{found[0].word}”, with a cosine of 0.")
    assert drowned("loan", []) == "“loan” has no neighbours."


def test_the_alt_text_names_all(vectors):
    said = neighbours_alt("bank", nearest("bank", vectors, SENSES["bank"]))
    assert said.startswith("The 12 nearest words of “bank” by cosine, nearest first: banks 0.87 (finance), ")
    assert said.count("(") == 12
