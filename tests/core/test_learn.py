"""Training: the gradient against finite differences, one pass against loops, and what the head knows at the end."""

from dataclasses import replace
from itertools import islice

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy.spatial import distance
from scipy.special import expit, softmax

from selfattn.core import learn as learning
from selfattn.core.attention import attend
from selfattn.core.head import Head
from selfattn.core.heads import FILE
from selfattn.core.labelled import Labelled, labelled, split
from selfattn.core.learn import (
    NUMBERS,
    STEPS,
    Batch,
    TooFewError,
    batches,
    forward,
    learn,
    loss_and_gradient,
    prepare,
    right_side,
)
from selfattn.core.senses import SENSES, AmbiguousWord, pole_vectors
from selfattn.core.sentences import embed
from selfattn.core.vectors import keyed_vectors

TINY = {"bank": AmbiguousWord("bank", {"finance": ("money", "cash"), "river": ("water",)}, {})}
WORDS = ["the", "bank", "money", "water", "flows", "cash"]
RIVER = Labelled("bank", "river", "We sat on the bank of the river")


def random_batch(rng, width=3, lengths=(1, 4, 2, 7)):
    """Sentences of random words, one with a single other word, and four poles."""
    right = rng.integers(4, size=len(lengths))
    return Batch(
        examples=(RIVER,) * len(lengths),
        asking=rng.normal(size=(len(lengths), width)),
        asked=rng.normal(size=(sum(lengths), width)),
        sentence=np.repeat(np.arange(len(lengths)), lengths),
        first=np.cumsum(lengths) - lengths,
        distance=rng.integers(1, 9, size=sum(lengths)).astype(float),
        poles=rng.normal(size=(4, width)),
        right=right,
        wrong=right ^ 1,
        middle=rng.normal(size=width) / 5,
    )


def random_head(rng, width=3):
    """A head in which every number counts."""
    shapes = {name: array.shape for name, array in Head.untrained(width).arrays().items()}
    return Head(**{name: np.asarray(rng.normal(size=shape)) for name, shape in shapes.items()})


def small_set(words, width, rng):
    """Random vectors for all that is said about some words, and for their poles."""
    said = {token for one in labelled() if one.word in words for token in one.text.lower().split()}
    known = sorted(said.union(words, *(pole for word in words for pole in SENSES[word].poles.values())))
    return keyed_vectors(known, rng.normal(size=(len(known), width)))


def poles_of(words, rng):
    """Random vectors for some words and their poles, and for nothing else."""
    known = sorted({*words}.union(*(pole for word in words for pole in SENSES[word].poles.values())))
    return keyed_vectors(known, rng.normal(size=(len(known), 4)))


@pytest.fixture(scope="module")
def trained(vectors):
    """All moments of the training that ships, and its held-out sentences: of known words, and of other ones."""
    train, held_out, other_words = batches(vectors)
    return list(learn(train, held_out)), held_out, other_words


# sentences made ready


def test_two_tiny_sentences_made_ready_by_hand():
    vectors = keyed_vectors(WORDS, np.arange(12).reshape(6, 2) ** 2)
    texts = [("finance", "Cash bank"), ("river", "the water, the bank FLOWS")]
    batch = prepare([Labelled("bank", *one) for one in texts], vectors, TINY)
    the, bank, money, water, flows, cash = (np.array([(2 * n) ** 2, (2 * n + 1) ** 2]) for n in range(6))
    assert_array_equal(batch.asking, [bank, bank])
    assert_array_equal(batch.asked, [cash, the, water, the, flows])
    assert_array_equal(batch.sentence, [0, 1, 1, 1, 1])
    assert_array_equal(batch.first, [0, 1])
    assert_array_equal(batch.distance, [1, 3, 2, 1, 1])
    middle = (the + bank + money + water + flows + cash) / 6
    assert_allclose(batch.middle, middle)
    assert_allclose(batch.poles, [(money + cash) / 2 - middle, water - middle])
    assert_array_equal(batch.right, [0, 1])
    assert_array_equal(batch.wrong, [1, 0])


def test_the_word_asks_once_and_its_second_occurrence_is_asked():
    vectors = keyed_vectors(WORDS, np.eye(6))
    batch = prepare([Labelled("bank", "river", "bank the bank")], vectors, TINY)
    assert_array_equal(batch.asked, vectors[["the", "bank"]])
    assert_array_equal(batch.distance, [1, 2])


def test_sentences_that_a_set_does_not_know_are_left_out():
    vectors = keyed_vectors(WORDS, np.eye(6))
    texts = ["the bank", "nobody knows this", "the water flows", "bank", "my bank", "my bank flows"]
    batch = prepare([Labelled("bank", "river", text) for text in texts], vectors, TINY)
    assert [one.text for one in batch.examples] == ["the bank", "my bank flows"]
    assert_array_equal(batch.asked, vectors[["the", "flows"]])


@pytest.mark.parametrize("missing", [{"water"}, {"money", "cash"}, {"bank"}])
def test_a_set_without_the_word_or_without_a_pole_has_nothing_to_train_on(missing):
    words = [word for word in WORDS if word not in missing]
    assert (
        prepare([Labelled("bank", "finance", "the bank flows")], keyed_vectors(words, np.eye(len(words))), TINY) is None
    )


def test_one_word_of_a_pole_will_do():
    words = [word for word in WORDS if word != "cash"]
    vectors = keyed_vectors(words, np.eye(5))
    batch = prepare([Labelled("bank", "finance", "the bank flows")], vectors, TINY)
    assert_allclose(batch.poles[0] + batch.middle, vectors["money"])


# one pass


@pytest.mark.parametrize("name", Head.untrained(1).arrays())
def test_the_gradient_is_that_of_finite_differences(name, rng):
    head, batch = random_head(rng), random_batch(rng)
    array, step = head.arrays()[name], 1e-6
    slopes = np.zeros(array.shape)
    for place in np.ndindex(array.shape):
        there, back = (array.copy() for _ in range(2))
        there[place] += step
        back[place] -= step
        above, below = (loss_and_gradient(replace(head, **{name: moved}), batch)[0] for moved in (there, back))
        slopes[place] = (above - below) / (2 * step)
    gradient = loss_and_gradient(head, batch)[1][name]
    assert gradient.shape == array.shape
    assert np.abs(slopes).max() > 1e-3
    assert_allclose(gradient, slopes, rtol=1e-6, atol=1e-8)


def pass_by_loops(head, example, vectors):
    """Give margin and weights of one sentence, from single words up; and the same weights by `attend`."""
    tokens = embed(example.text, vectors).tokens
    rows = vectors[list(tokens)].astype(float)
    own, places = tokens.index(example.word), np.arange(len(tokens))
    query = vectors[example.word].astype(float) @ head.query + head.query_bias
    others = [place for place in places if place != own]
    weights = softmax([query @ (rows[j] @ head.key) / 50**0.5 - head.slope * abs(j - own) for j in others])
    output = sum(weight * (rows[j] @ head.value) for weight, j in zip(weights, others, strict=True))
    trace = attend(
        rows,
        **head.project(rows),
        temperature=1.0,
        mask=~np.eye(len(rows), dtype=bool),
        bias=-head.slope * np.abs(places[:, None] - places),
    )
    middle = vectors.vectors[:20_000].mean(axis=0, dtype=float) @ head.value
    near = {
        name: 1
        - distance.cosine(output - middle, pole_vectors(words, vectors).mean(axis=0, dtype=float) @ head.value - middle)
        for name, words in SENSES[example.word].poles.items()
    }
    [other] = set(near) - {example.sense}
    return near[example.sense] - near[other], weights, np.delete(trace.weights[own], own)


def test_a_pass_is_that_of_every_sentence_for_itself(vectors, rng):
    examples = labelled()[::90]
    start = Head.untrained(50, seed=1)
    noisy = {name: array + rng.normal(0, 0.03, array.shape) for name, array in start.arrays().items()}
    head, batch = Head(**noisy), prepare(examples, vectors)
    margins, weights, by_attend = zip(*(pass_by_loops(head, example, vectors) for example in examples), strict=True)
    found_margins, found_weights = forward(head, batch)
    assert_allclose(found_margins, margins, atol=1e-10)
    assert_allclose(found_weights, np.concatenate(weights), atol=1e-12)
    assert_allclose(found_weights, np.concatenate(by_attend), atol=1e-12)
    assert loss_and_gradient(head, batch)[0] == pytest.approx(-np.log(expit(8 * np.array(margins))).mean(), rel=1e-10)


def test_weights_of_a_sentence_sum_to_one_however_large_the_scores(rng):
    batch, head = random_batch(rng), random_head(rng)
    large = replace(head, query=head.query * 1e4)
    margins, weights = forward(large, batch)
    assert_allclose(np.add.reduceat(weights, batch.first), 1)
    assert np.isfinite(margins).all()
    assert all(np.isfinite(array).all() for array in loss_and_gradient(large, batch)[1].values())


def test_the_share_on_the_right_side_counts_margins_above_zero(vectors):
    batch = prepare([RIVER, replace(RIVER, sense="finance"), Labelled("bank", "finance", "Money bank")], vectors)
    head = Head.untrained(50)
    assert_array_equal(forward(head, batch)[0] > 0, [True, False, True])
    assert right_side(head, batch) == 0.75  # river 1 of 1, finance 1 of 2
    assert right_side(head, None) == 0.5


# the steps


def adam(flat, slope_at, steps):
    """Algorithm 1 of Kingma & Ba (2015), number by number."""
    alpha, beta_1, beta_2, epsilon = 0.01, 0.9, 0.999, 1e-8
    theta, m, v = list(flat), [0.0] * len(flat), [0.0] * len(flat)
    for t in range(1, steps + 1):
        for i, g in enumerate(slope_at(theta)):
            m[i] = beta_1 * m[i] + (1 - beta_1) * g
            v[i] = beta_2 * v[i] + (1 - beta_2) * g**2
            m_hat, v_hat = m[i] / (1 - beta_1**t), v[i] / (1 - beta_2**t)
            theta[i] -= alpha * m_hat / (v_hat**0.5 + epsilon)
    return theta


def test_steps_are_those_of_adam_with_decay_towards_the_start(rng):
    start, batch = random_head(rng), random_batch(rng)
    sizes = {name: array.shape for name, array in start.arrays().items()}
    decay = {"query": 0.002, "key": 0.002, "value": 0.05}

    def flat(arrays):
        return np.concatenate([np.ravel(array) for array in arrays.values()])

    def slope_at(theta):
        cuts = np.cumsum([int(np.prod(shape)) for shape in sizes.values()])[:-1]
        head = Head(*(p.reshape(s) for p, s in zip(np.split(np.array(theta), cuts), sizes.values(), strict=True)))
        gradient = loss_and_gradient(head, batch)[1]
        # of decay · ‖W − W_start‖²
        held = {n: 2 * decay.get(n, 0) * (head.arrays()[n] - start.arrays()[n]) for n in sizes}
        return flat({name: gradient[name] + held[name] for name in sizes})

    *_, last = learn(batch, start=start, steps=7)
    assert_allclose(flat(last.head.arrays()), adam(flat(start.arrays()), slope_at, 7), rtol=1e-9, atol=1e-12)


def test_the_first_step_moves_every_number_by_the_rate(rng):
    start, batch = random_head(rng), random_batch(rng)
    first, second = learn(batch, start=start, steps=1)
    for name, gradient in loss_and_gradient(start, batch)[1].items():
        moved = second.head.arrays()[name] - first.head.arrays()[name]
        assert_allclose(moved, -0.01 * gradient / (np.abs(gradient) + 1e-8), atol=1e-12)


def test_moments_are_counted_from_the_start_and_say_the_loss_of_their_head(rng):
    train, held_out = random_batch(rng), random_batch(rng)
    moments = list(learn(train, held_out, steps=3))
    assert [moment.step for moment in moments] == [0, 1, 2, 3]
    for moment in moments:
        assert moment.loss == loss_and_gradient(moment.head, train)[0]
        assert moment.held_out == right_side(moment.head, held_out)
    assert next(learn(train, steps=0)).held_out == 0.5


def test_one_seed_gives_one_head_and_another_seed_another(rng):
    batch = random_batch(rng)
    first, again, other = (list(learn(batch, seed=seed, steps=5))[-1].head for seed in (1, 1, 2))
    for name, array in first.arrays().items():
        assert_array_equal(array, again.arrays()[name])
    assert not np.allclose(first.query, other.query, atol=1e-4)


def test_the_given_start_stays_as_it_was(rng):
    start, batch = random_head(rng), random_batch(rng)
    before = {name: array.copy() for name, array in start.arrays().items()}
    list(learn(batch, start=start, steps=3))
    for name, array in start.arrays().items():
        assert_array_equal(array, before[name])


def test_who_stops_asking_cancels(rng, monkeypatch):
    computed = []
    monkeypatch.setattr(learning, "loss_and_gradient", lambda *given: computed.append(1) or loss_and_gradient(*given))
    assert [moment.step for moment in islice(learn(random_batch(rng)), 3)] == [0, 1, 2]
    assert len(computed) == 3


@pytest.mark.parametrize(("width", "steps"), [(2, 30), (1000, 2)])
def test_narrow_sets_and_wide_ones_train(width, steps, rng):
    vectors = small_set(list(SENSES)[:14], width, rng)
    train, held_out, _ = batches(vectors)
    moments = list(learn(train, held_out, steps=steps))
    assert all(np.isfinite(array).all() for array in moments[-1].head.arrays().values())
    assert moments[-1].loss < moments[0].loss


# which sentences


def test_a_set_that_knows_too_few_words_says_so(rng):
    with pytest.raises(TooFewError, match=r"this set knows 3 of .* training needs 8"):
        batches(poles_of(["bank", "bat", "crane"], rng))


def test_a_set_that_knows_too_few_sentences_says_so(rng):
    words = list(SENSES)[:20]
    examples = [
        Labelled(word, name, f"{word} {pole[0]}") for word in words for name, pole in SENSES[word].poles.items()
    ]
    with pytest.raises(TooFewError, match=r"3\d of the sentences .* training needs 80"):
        batches(poles_of(words, rng), [*examples, *examples[:2]])


def test_parts_are_those_of_the_split(vectors):
    parts = split(labelled())
    for batch, part in zip(batches(vectors), (parts.train, parts.held_out, parts.other_words), strict=True):
        assert batch.examples == part


@pytest.mark.parametrize("width", [2, 50, 149, 150, 300, 512, 768, 1000])
def test_all_sentences_are_taken_that_can_be_afforded_and_no_word_goes(width):
    train = split(labelled()).train
    words = sum(len(example.text.split()) - 1 for example in train)
    taken = learning._affordable(train, width)
    numbers = sum(len(example.text.split()) - 1 for example in taken) * width
    assert numbers <= NUMBERS
    assert numbers > NUMBERS / 2 or len(taken) == len(train)
    assert (len(taken) == len(train)) == (words * width <= NUMBERS)
    assert {(one.word, one.sense) for one in taken} == {(one.word, one.sense) for one in train}


@given(count=st.integers(1, 400), others=st.integers(1, 20), width=st.integers(1, 5000))
def test_of_sentences_of_one_length_every_kth_is_taken(count, others, width):
    examples = [replace(RIVER, text="bank" + " word" * others + f"{n}") for n in range(count)]
    taken = learning._affordable(examples, width)
    assert len(taken) * others * width <= NUMBERS + others * width  # rounding up takes one more at most
    assert taken == examples[:: examples.index(taken[1]) if len(taken) > 1 else count]


# what is learned from the shipped sentences


def test_the_loss_falls_and_the_held_out_share_rises(trained):
    moments, _, _ = trained
    assert len(moments) == STEPS + 1
    losses = [moment.loss for moment in moments]
    assert losses[-1] < losses[0] / 4
    assert all(later < earlier for earlier, later in zip(losses[::20], losses[20::20], strict=False))
    assert moments[-1].held_out > moments[0].held_out + 0.1


def test_held_out_sentences_land_on_the_right_side(trained):
    moments, held_out, other_words = trained
    assert right_side(moments[-1].head, held_out) >= 0.95
    assert right_side(moments[-1].head, other_words) >= 0.88
    assert right_side(moments[-1].head, other_words) > right_side(moments[0].head, other_words)


def test_training_takes_weight_from_the_and_gives_it_to_river(trained, vectors):
    batch, moments = prepare([RIVER], vectors), trained[0]
    before, after = (
        dict(zip(("we", "sat", "on", "the", "of", "the ", "river"), forward(moment.head, batch)[1], strict=True))
        for moment in (moments[0], moments[-1])
    )
    assert after["the"] < before["the"]
    assert after["the "] < before["the "]
    assert after["river"] > before["river"]
    assert max(after, key=after.get) == "river"


def test_the_head_that_ships_is_what_training_gives(trained):
    shipped = Head.load(FILE).arrays()
    for name, array in trained[0][-1].head.arrays().items():
        assert_allclose(shipped[name], array, atol=2e-3)
