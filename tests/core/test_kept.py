"""What is found out about a set is kept with it, and only so much."""

import gc
import weakref

import numpy as np
import pytest

from selfattn.core.kept import kept
from selfattn.core.vectors import keyed_vectors


@pytest.fixture
def asked():
    return []


@pytest.fixture
def find(asked):
    @kept(2)
    def find(vectors, word, *others):
        asked.append(word)
        return vectors[word].sum() + len(others)

    return find


def a_set():
    return keyed_vectors(["bank", "river", "money"], np.eye(3) + 1)


def test_the_same_is_found_out_once_for_each_set(find, asked):
    first, second = a_set(), a_set()
    assert [find(each, "bank") for each in (first, first, second)] == [4.0] * 3
    assert asked == ["bank", "bank"]


def test_other_questions_have_other_answers(find):
    vectors = a_set()
    assert [find(vectors, "bank", *others) for others in ([], [1], [1, 2])] == [4.0, 5.0, 6.0]


def test_only_the_last_answers_are_kept(find, asked):
    vectors = a_set()
    for word in ("bank", "river", "money", "money", "river", "bank"):
        find(vectors, word)
    assert asked == ["bank", "river", "money", "bank"]


def test_what_was_kept_goes_with_its_set(find):
    vectors = a_set()
    find(vectors, "bank")
    gone = weakref.ref(vectors)
    del vectors
    gc.collect()
    assert gone() is None


def test_what_cannot_be_found_is_not_kept(find, asked):
    vectors = a_set()
    for _ in range(2):
        with pytest.raises(KeyError):
            find(vectors, "qwxzv")
    assert asked == ["qwxzv", "qwxzv"]
