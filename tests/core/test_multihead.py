"""Several heads: their gradient, the sum of their parts, muting, their file, and what they know at the end."""

import gc
import re
import weakref
from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from selfattn.core import multihead
from selfattn.core.attention import attend, softmax
from selfattn.core.contextual import attend_sentence
from selfattn.core.heads import why_not
from selfattn.core.lean import line_between
from selfattn.core.learn import TooFewError, batches, learn_from, loss_and_gradient, right_side
from selfattn.core.multihead import FILE, MultiHead, attend_heads, heads_of, known_heads, train_heads
from selfattn.core.presets import PRESETS
from selfattn.core.rates import heads_rate, parts
from selfattn.core.senses import SENSES
from selfattn.core.sentences import embed
from selfattn.core.space import space
from selfattn.core.vectors import keyed_vectors
from tests.core.test_heads import small_vocabulary
from tests.core.test_learn import random_batch, random_head, small_set


def random_heads(rng, width=5, heads=4):
    """Heads in which every number counts."""
    start = MultiHead.untrained(width, heads=heads)
    return MultiHead(**{name: rng.normal(0, 0.6, array.shape) for name, array in start.arrays().items()})


@pytest.fixture(scope="module")
def trained(vectors):
    train, held_out, other_words = batches(vectors)
    *_, last = learn_from(MultiHead.untrained(50, seed=0), train, held_out)
    return last, held_out, other_words


# where they start


@pytest.mark.parametrize(("width", "shape"), [(2, (2, 1)), (3, (3, 1)), (4, (4, 1)), (50, (4, 13)), (1000, (4, 250))])
def test_every_width_has_heads_that_share_the_space(width, shape, rng):
    start = MultiHead.untrained(width)
    assert start.query.shape == start.key.shape == start.value.shape == (shape[0], width, shape[1])
    assert start.output.shape == (shape[0], shape[1], width)
    assert_allclose(start.whole, np.eye(width), atol=1e-12)  # together they give each vector as it is
    if width < 1000:
        rows = rng.normal(size=(5, width))
        scores = [
            (rows @ query) @ (rows @ key).T / shape[1] ** 0.5 for query, key in zip(start.query, start.key, strict=True)
        ]
        assert_allclose(np.mean(scores, axis=0), rows @ rows.T / (2 * width**0.5), atol=1e-12)  # as balanced attention


def test_a_seed_adds_noise_and_leaves_the_shares_as_they_are():
    plain, first, again, other = (MultiHead.untrained(50, seed=seed) for seed in (None, 3, 3, 4))
    assert_array_equal(first.query, again.query)
    assert_array_equal(first.value, plain.value)
    assert not np.allclose(first.query, other.query, atol=1e-3)
    assert np.std(first.query - plain.query) == pytest.approx(0.01, rel=0.1)


# one code for one head and for several


@pytest.mark.parametrize("name", MultiHead.untrained(1).arrays())
def test_the_gradient_of_four_heads_is_that_of_finite_differences(name, rng):
    multi, batch = random_heads(rng), random_batch(rng, width=5)
    array, step = multi.arrays()[name], 1e-6
    slopes = np.zeros(array.shape)
    for place in np.ndindex(array.shape):
        there, back = (array.copy() for _ in range(2))
        there[place] += step
        back[place] -= step
        above, below = (loss_and_gradient(replace(multi, **{name: moved}), batch)[0] for moved in (there, back))
        slopes[place] = (above - below) / (2 * step)
    gradient = loss_and_gradient(multi, batch)[1][name]
    assert gradient.shape == array.shape
    assert all(np.abs(slopes[head]).max() > 1e-4 for head in range(4))
    assert_allclose(gradient, slopes, rtol=1e-5, atol=1e-8)


def test_one_of_several_that_keeps_all_numbers_is_the_single_head(rng):
    head, batch = random_head(rng), random_batch(rng)
    one = MultiHead(
        head.query[None], head.query_bias[None], head.key[None], head.value[None], np.eye(3)[None], head.slope[None]
    )
    loss, gradient = loss_and_gradient(head, batch)
    of_several = loss_and_gradient(one, batch)
    assert of_several[0] == pytest.approx(loss, rel=1e-12)
    for name, slope in gradient.items():
        assert_allclose(of_several[1][name][0], slope, rtol=1e-10, atol=1e-14)


def test_training_several_heads_moves_every_one(rng):
    start, batch = random_heads(rng), random_batch(rng, width=5)
    first, *_, last = learn_from(start, batch, steps=3)
    assert last.loss < first.loss
    for name, array in last.head.arrays().items():
        assert all(np.abs(array[head] - start.arrays()[name][head]).max() > 1e-3 for head in range(4))


@pytest.mark.parametrize(("width", "steps"), [(2, 10), (1000, 1)])
def test_narrow_sets_and_wide_ones_train_several_heads(width, steps, rng):
    train, held_out, _ = batches(small_set(list(SENSES)[:14], width, rng))
    moments = list(learn_from(MultiHead.untrained(width, seed=0), train, held_out, steps=steps))
    assert all(np.isfinite(array).all() for array in moments[-1].head.arrays().values())
    assert moments[-1].loss < moments[0].loss


# what they make of a sentence


def test_two_heads_of_one_number_each_by_hand():
    vectors = keyed_vectors(["bank", "money", "river"], np.array([[0.0, 1.0], [2.0, 0.0], [0.0, 3.0]]))
    multi = MultiHead(
        query=np.array([[[0.0], [1.0]], [[0.0], [0.0]]]),  # head 1 asks by the second number, head 2 not at all
        query_bias=np.zeros((2, 1)),
        key=np.array([[[1.0], [0.0]], [[1.0], [1.0]]]),  # and is answered by the first
        value=np.array([[[1.0], [0.0]], [[0.0], [1.0]]]),  # head 1 gives the first number, head 2 the second
        output=np.array([[[1.0, 0.0]], [[1.0, -1.0]]]),
        slope=np.array([0.0, 0.5]),
    )
    joined = attend_heads(embed("bank money river", vectors), vectors, multi)
    to_money = 1 / (1 + np.exp(-2))  # scores 2 and 0
    assert_allclose(joined.traces[0].weights[0], [0, to_money, 1 - to_money])
    assert_allclose(joined.parts[0, 0], [2 * to_money, 0])
    near = 1 / (1 + np.exp(-0.5))  # scores −0.5 and −1: river stands a step farther
    assert_allclose(joined.traces[1].weights[0], [0, near, 1 - near])
    assert_allclose(joined.parts[1, 0], [3 * (1 - near), -3 * (1 - near)])
    assert_allclose(joined.output[0], [2 * to_money + 3 * (1 - near), -3 * (1 - near)])


def test_parts_sum_to_the_output_and_to_parts_side_by_side_times_w_o(vectors):
    sentence = embed("We sat on the bank of the river", vectors)
    multi = known_heads(vectors)
    joined = attend_heads(sentence, vectors, multi)
    assert joined.parts.shape == (4, len(sentence), 50)
    assert_allclose(joined.parts.sum(axis=0), joined.output, atol=1e-12)
    beside = np.concatenate([trace.output for trace in joined.traces], axis=1)  # (n, h · k)
    assert_allclose(beside @ multi.output.reshape(-1, 50), joined.output, atol=1e-10)


def test_a_muted_head_is_left_out_and_the_others_stay_as_they_are(vectors):
    sentence, multi = embed("River bank flows", vectors), known_heads(vectors)
    every = attend_heads(sentence, vectors, multi)
    without = attend_heads(sentence, vectors, multi, muted=[2])
    assert_allclose(without.output, every.output - every.parts[2], atol=1e-12)
    assert_array_equal(without.parts, every.parts)
    alone = attend_heads(sentence, vectors, multi, muted=[0, 1, 3])
    assert_allclose(alone.output, every.parts[2])
    assert_array_equal(attend_heads(sentence, vectors, multi, muted=range(4)).output, np.zeros((3, 50)))


def test_each_head_attends_as_the_one_head_does_with_its_own_matrices(vectors):
    sentence = embed("The bank approved our loan", vectors)
    multi = known_heads(vectors)
    trace = attend_heads(sentence, vectors, multi).traces[1]
    x, row = sentence.matrix.astype(float), 1
    scores = (x[row] @ multi.query[1] + multi.query_bias[1]) @ (x @ multi.key[1]).T / 13**0.5
    others = [place for place in range(5) if place != row]
    expected = softmax((scores - multi.slope[1] * np.abs(np.arange(5) - row))[others])
    assert_allclose(trace.weights[row, others], expected)
    assert trace.weights[row, row] == 0
    single = attend_sentence(sentence, vectors, PRESETS["trained"], head=multi.each()[1][0])
    assert_array_equal(single.output, trace.output)
    assert attend(x).divisor != trace.divisor == 13**0.5


def test_a_word_on_its_own_looks_at_itself(vectors):
    joined = attend_heads(embed("bank", vectors), vectors, known_heads(vectors))
    assert_allclose(joined.output[0], vectors["bank"].astype(float) @ known_heads(vectors).whole, atol=1e-10)


# the file, and which set has which heads


def test_saved_heads_come_back_in_the_precision_of_their_file(rng, tmp_path):
    multi, path = random_heads(rng, width=7, heads=3), tmp_path / "heads.npy"
    multi.save(path)
    assert np.load(path).dtype == np.float32
    assert np.load(path).shape == (3, 4 * 7 + 2, 3)
    for name, array in MultiHead.load(path).arrays().items():
        assert_array_equal(array, multi.arrays()[name].astype(np.float32))


@pytest.mark.parametrize("shape", [(), (8,), (4, 30), (4, 29, 7), (4, 2, 1), (4, 0, 2)])
def test_a_file_of_another_shape_is_refused_with_the_shape_and_the_name(shape, tmp_path):
    np.save(tmp_path / "other.npy", np.zeros(shape))
    with pytest.raises(ValueError, match=re.escape(f"(h, 4d + 2, k), got {shape} in other.npy")):
        MultiHead.load(tmp_path / "other.npy")


def test_the_file_is_small_and_is_what_training_gives(trained):
    assert FILE.stat().st_size <= 100_000
    shipped = MultiHead.load(FILE).arrays()
    for name, array in trained[0].head.arrays().items():
        assert_allclose(shipped[name], array, atol=2e-3)


def stop(_moment):
    raise InterruptedError


def test_other_sets_are_trained_once_and_their_heads_go_with_them(rng, monkeypatch):
    """What is stopped is not kept."""
    begun = []

    def counted(*given, steps):
        begun.append(steps)
        return learn_from(*given, steps=2)

    monkeypatch.setattr(multihead, "learn_from", counted)
    words = small_vocabulary()
    vectors = keyed_vectors(words, rng.normal(size=(len(words), 4)))
    with pytest.raises(InterruptedError):
        train_heads(vectors, tell=stop)
    assert known_heads(vectors) is None
    multi = heads_of(vectors)
    assert heads_of(vectors) is known_heads(vectors) is multi
    assert begun == [100, 100]
    gone = weakref.ref(vectors)
    del vectors
    gc.collect()
    assert gone() is None


def test_a_set_that_knows_too_few_words_says_so_and_is_remembered(rng):
    few = keyed_vectors(["money", "bank", "river", "grows"], rng.normal(size=(4, 3)))
    with pytest.raises(TooFewError, match=r"this set knows 1 of .* training needs 8"):
        heads_of(few)
    assert "knows 1 of" in why_not(few)


# what they know


def test_held_out_sentences_land_on_the_right_side_about_as_often_as_with_one_head(trained, vectors):
    last, held_out, other_words = trained
    assert right_side(last.head, held_out) >= 0.93
    assert right_side(last.head, other_words) >= 0.93
    measured = heads_rate(vectors)
    assert measured.held_out == pytest.approx(right_side(last.head, held_out), abs=0.005)
    assert measured.other_words == pytest.approx(right_side(last.head, other_words), abs=0.005)
    assert [each.example for each in measured.every] == [*parts().held_out, *parts().other_words]


def test_margins_in_training_are_places_on_the_line(vectors):
    multi = known_heads(vectors)
    line = line_between(SENSES["bank"], vectors, space(vectors, value=multi.whole))
    for landing in [each for each in heads_rate(vectors).every if each.example.word == "bank"][:6]:
        sentence = embed(landing.example.text, vectors)
        place = float(line(attend_heads(sentence, vectors, multi).output[sentence.index("bank")])) / line.unit
        assert landing.margin == pytest.approx(place if landing.example.sense == line.senses[1] else -place)


def test_no_heads_are_no_rate(rng):
    words = small_vocabulary()
    assert heads_rate(keyed_vectors(words, rng.normal(size=(len(words), 4)))) is None
