"""The nearest words, their senses, and what is said of them."""

import numpy as np
import pytest
from scipy.spatial.distance import cosine
from sklearn.neighbors import NearestNeighbors

from selfattn import SENSES
from selfattn.core.neighbours import Neighbour, drowned, nearest, nearest_finding, neighbours_alt, one_way
from selfattn.core.vectors import keyed_vectors
from selfattn.sets.training import Options, shipped_text, train


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
        apart = abs(float(np.subtract(*said.values())))
        if abs(apart - 0.005) > 1e-5:  # nearer than what two decimals show is nearer to neither
            assert one.sense == (max(said, key=said.get) if apart >= 0.005 else None)


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


def of_senses(*differences):
    return [
        Neighbour(f"w{at}", 0.999, {"finance": 0.998 + each, "river": 0.998}) for at, each in enumerate(differences)
    ]


def test_nothing_is_found_in_differences_below_what_is_shown():
    assert drowned("bank", of_senses(*[0.004] * 12)) == (
        "The 12 nearest words of “bank” are as near to finance as to river: one vector has to stand for both."
    )
    some = drowned("bank", of_senses(*[0.02] * 4, *[0.001] * 7, -0.01))
    assert some == (
        "4 of the 12 nearest words of “bank” are nearer to finance, 1 to river, 7 to neither: "
        "one vector has to stand for both."
    )
    assert "river, is drowned" in drowned("bank", of_senses(*[0.02] * 7, *[0.001] * 5))


def test_equally_near_words_are_named_together():
    pair = [Neighbour("grows", 0.951), Neighbour("flows", 0.949), Neighbour("river", 0.83)]
    assert drowned("bank", pair).startswith(
        "The nearest words of “bank” are “grows” and “flows”, equally near with a cosine of 0.95"
    )
    assert nearest_finding("bank", [("a", 0.999), ("b", 0.998)]) == (
        "Nearest to “bank”: a (1.00), b (1.00). All 2 are equally near."
    )


def circle(*degrees):
    """A set of words that point in these directions."""
    angles = np.radians(degrees)
    return keyed_vectors([f"w{at}" for at in range(len(degrees))], np.stack([np.cos(angles), np.sin(angles)], axis=1))


def test_words_that_point_nearly_the_same_way_are_said_to_with_the_spread_of_their_cosines():
    """Of directions of 0, 2 and 10 degrees the cosines are cos 10° = 0.985, cos 8° = 0.990 and cos 2° = 0.999."""
    said = one_way(circle(0, 2, 10))
    assert "of its 3 most frequent, the cosines lie between 0.98 and 1.00, half of them at 0.99 or above" in said
    assert not one_way(circle(0, 30, 60))  # cos 30° = 0.87, twice, and cos 60° = 0.5
    assert not one_way(keyed_vectors(["alone", "nothing"], np.array([[1.0, 0.0], [0.0, 0.0]])))


def test_the_shipped_vectors_point_many_ways(vectors):
    assert not one_way(vectors)


def test_training_that_has_hardly_begun_is_seen_in_the_vectors_and_ends():
    alike = {epochs: one_way(train(shipped_text(), Options(epochs=epochs)).vectors) for epochs in (1, 12)}
    assert "half of them at 0.99 or above" in alike[1]
    assert not alike[12]


def test_without_senses_the_nearest_is_named(vectors):
    found = nearest("loan", vectors)
    assert drowned("loan", found).startswith(f"The nearest word of “loan” is “{found[0].word}”, with a cosine of 0.")
    assert drowned("loan", []) == "“loan” has no neighbours."


def test_the_alt_text_names_all(vectors):
    said = neighbours_alt("bank", nearest("bank", vectors, SENSES["bank"]))
    assert said.startswith("The 12 nearest words of “bank” by cosine, nearest first: banks 0.87 (finance), ")
    assert said.count("(") == 12
