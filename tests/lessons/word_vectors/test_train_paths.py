"""Where words go while they are trained: what is kept of the epochs, and the axes that do not move."""

import numpy as np
import pytest

from selfattn.core import neighbours
from selfattn.core.projection import pole_basis
from selfattn.core.senses import known_sense
from selfattn.lessons.word_vectors.train_paths import paths, word_to_follow
from selfattn.sets.training import MODELS, Options, shipped_text, train
from selfattn.sets.training import course as training_course
from selfattn.sets.training.course import kept_epochs

QUICK = {"size": 8, "epochs": 6}


@pytest.fixture(scope="module", params=MODELS)
def trained(request):
    return train(shipped_text("two-banks"), Options(model=request.param, **QUICK), snapshots=4, watch=("bank",))


def test_snapshots_go_from_the_random_start_to_what_was_trained(trained):
    assert [snapshot.number for snapshot in trained.snapshots] == [0, 2, 4, 6]
    row = trained.vectors.key_to_index["bank"]
    for snapshot in trained.snapshots:
        assert not snapshot.rows.flags.writeable
        np.testing.assert_allclose(snapshot.rows[row], trained.history[snapshot.number].watched["bank"], rtol=1e-5)
    np.testing.assert_allclose(trained.snapshots[-1].rows, trained.vectors.vectors, rtol=1e-4, atol=1e-6)


def test_snapshots_change_nothing_of_the_training(trained):
    plain = train(shipped_text("two-banks"), trained.options)
    assert plain.snapshots == ()
    np.testing.assert_array_equal(plain.vectors.vectors, trained.vectors.vectors)


def test_memory_of_snapshots_is_bounded(monkeypatch):
    monkeypatch.setattr(training_course, "MOST_KEPT", 4 * 8 * 3 * 10)
    trained = train(shipped_text("two-banks"), Options(**QUICK), snapshots=3)
    assert [snapshot.rows.shape for snapshot in trained.snapshots] == [(10, 8)] * 3
    rare = trained.vectors.index_to_key[50]
    assert paths(rare, neighbours.nearest(rare, trained.vectors), None, trained.snapshots, trained.vectors) is None


@pytest.mark.parametrize(("epochs", "most"), [(1, 21), (20, 21), (500, 21), (7, 2)])
def test_the_first_and_the_last_epoch_are_among_the_kept(epochs, most):
    kept = kept_epochs(epochs, most)
    assert (kept[0], kept[-1]) == (0, epochs)
    assert len(kept) == min(epochs + 1, most)


def test_axes_are_those_of_the_poles_after_the_last_epoch(trained):
    vectors, sense = trained.vectors, known_sense("bank", trained.vectors)
    found = paths("bank", neighbours.nearest("bank", vectors, sense), sense, trained.snapshots, vectors)
    assert found.words[0] == "bank"
    assert found.ends == ("finance", "river")
    poles = [[vectors.key_to_index[word] for word in pole] for pole in sense.poles.values()]
    last = trained.snapshots[-1].rows
    basis = pole_basis(last[poles[0]], last[poles[1]])
    places = [vectors.key_to_index[word] for word in found.words]
    for snapshot, points in zip(trained.snapshots, found.points, strict=True):
        np.testing.assert_allclose(points, basis.transform(snapshot.rows[places]))


def test_a_word_without_senses_goes_with_its_neighbours_and_frequent_words(trained):
    near = neighbours.nearest("town", trained.vectors)
    found = paths("town", near, None, trained.snapshots, trained.vectors)
    assert found.ends == ()
    assert set(found.roles) == {None}
    assert found.words[:2] == ("town", near[0].word)


def test_two_numbers_a_word_are_the_plot():
    trained = train(shipped_text("two-banks"), Options(size=2, epochs=2), snapshots=3)
    sense = known_sense("bank", trained.vectors)
    near = neighbours.nearest("bank", trained.vectors, sense)
    found = paths("bank", near, sense, trained.snapshots, trained.vectors)
    assert found.is_space
    np.testing.assert_allclose(found.points[-1, 0], trained.vectors["bank"], rtol=1e-6)


def test_only_known_words_of_the_poles_count(trained):
    sense = known_sense("bank", trained.vectors)
    assert all(word in trained.vectors.key_to_index for pole in sense.poles.values() for word in pole)
    assert known_sense("town", trained.vectors) is None


def test_bank_is_followed_where_it_is_known(trained, vectors):
    assert word_to_follow(trained.vectors) == word_to_follow(vectors) == "bank"
    other = train("Der Fluss ist breit. Der Fluss ist lang.", Options(min_count=1, size=4, epochs=1))
    assert word_to_follow(other.vectors) == "fluss"
