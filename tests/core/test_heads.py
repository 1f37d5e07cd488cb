"""Which head a set of vectors has: the shipped one, one that is trained once, or none."""

import gc
import weakref

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from selfattn.core import heads
from selfattn.core.head import Head
from selfattn.core.heads import FILE, head_of, known_head, known_training, train_head, why_not
from selfattn.core.labelled import labelled
from selfattn.core.learn import TooFewError, learn
from selfattn.core.senses import SENSES
from selfattn.core.vectors import keyed_vectors

STEPS = 3


def small_vocabulary():
    """All that is said about fourteen words, and their poles."""
    words = list(SENSES)[:14]
    said = {token for one in labelled() if one.word in words for token in one.text.lower().split()}
    return sorted(said.union(words, *(pole for word in words for pole in SENSES[word].poles.values())))


@pytest.fixture
def small(rng):
    """Random vectors, four numbers a word."""
    words = small_vocabulary()
    return keyed_vectors(words, rng.normal(size=(len(words), 4)))


@pytest.fixture
def trainings(monkeypatch):
    """Every training that is begun, cut down to three steps."""
    begun = []

    def counted(train, held_out, steps):
        begun.append(steps)
        return learn(train, held_out, steps=min(steps, STEPS))

    monkeypatch.setattr(heads, "learn", counted)
    return begun


def test_the_file_is_small():
    assert FILE.stat().st_size <= 100_000


def test_the_bundled_set_has_the_shipped_head_and_trains_none(vectors, trainings):
    for name, array in Head.load(FILE).arrays().items():
        assert_array_equal(head_of(vectors).arrays()[name], array)
    assert known_head(vectors) is head_of(vectors)
    assert trainings == []


def test_a_set_is_trained_once_and_its_head_kept(small, trainings):
    assert known_head(small) is None
    head = head_of(small)
    assert head_of(small) is known_head(small) is head
    assert trainings == [100]
    assert head.value.shape == (4, 4)
    assert not np.allclose(head.value, np.eye(4), atol=0.01)


def test_two_sets_have_two_heads(small, vectors, trainings):
    assert head_of(small) is not head_of(vectors)
    other = keyed_vectors(list(small.index_to_key), -small.vectors)
    assert known_head(other) is None
    assert head_of(other) is not head_of(small)


def test_every_moment_is_seen_and_the_last_one_has_the_head(small):
    moments = []
    training = train_head(small, seen=lambda moment: moments.append(moment) or True, steps=STEPS)
    assert [moment.step for moment in moments] == [0, 1, 2, 3]
    assert moments[-1].head is known_head(small)
    assert training is known_training(small)
    assert training.losses.tolist() == [moment.loss for moment in moments]
    assert training.rates.tolist() == [moment.held_out for moment in moments]


def test_the_heads_of_some_steps_are_kept_in_half_the_room(small):
    heads_of = train_head(small, steps=STEPS + 3).heads
    assert list(heads_of) == [0, 1, 2, 3, 5, 6]
    assert {array.dtype for head in heads_of.values() for array in head.arrays().values()} == {np.dtype("float32")}
    assert_allclose(heads_of[6].value, known_head(small).value, atol=1e-6)
    wide = keyed_vectors(list(small.index_to_key), np.tile(small.vectors, (1, 80)))
    assert list(train_head(wide, steps=2).heads) == [0, 2], "of 320 numbers a word, the first and the last"


def test_what_is_given_up_is_not_kept(small):
    moments = []
    given_up = train_head(small, seen=lambda moment: moments.append(moment) or moment.step < 1, steps=STEPS)
    assert [moment.step for moment in moments] == [0, 1]
    assert given_up is known_training(small) is known_head(small) is None


def test_giving_up_leaves_the_head_that_there_was(small):
    before = train_head(small, steps=1)
    train_head(small, seen=lambda _: False, steps=1)
    assert known_training(small) is before


def test_a_set_that_knows_too_few_words_has_no_head_and_says_why(rng):
    few = keyed_vectors(["money", "bank", "river", "grows"], rng.normal(size=(4, 3)))
    with pytest.raises(TooFewError, match=r"this set knows 1 of .* training needs 8"):
        head_of(few)
    assert known_head(few) is None
    assert "knows 1 of" in why_not(few)


def test_nothing_is_in_the_way_of_a_set_that_knows_enough(small, vectors):
    assert why_not(small) == why_not(vectors) == ""


def test_a_head_goes_with_its_set(rng, trainings):
    vectors = keyed_vectors(words := small_vocabulary(), rng.normal(size=(len(words), 4)))
    head_of(vectors)
    gone = weakref.ref(vectors)
    del vectors
    gc.collect()
    assert gone() is None
