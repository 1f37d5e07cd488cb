"""The presets on real sentences: the facts of the lesson, and the four switches against plain loops."""

import math
from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from sklearn import decomposition

from selfattn.core.attention import attend
from selfattn.core.contextual import attend_sentence, contextualize, space_of
from selfattn.core.heads import head_of
from selfattn.core.presets import PRESETS, Settings
from selfattn.core.projection import pole_basis
from selfattn.core.senses import SENSES, pole_vectors
from selfattn.core.sentences import TextError, embed
from selfattn.core.space import space
from selfattn.core.vectors import keyed_vectors

PLAIN, TRAINED = PRESETS["balanced"], PRESETS["trained"]
SWITCHES = {
    "none": PLAIN,
    "attend_self": replace(PLAIN, attend_self=False),
    "centre": replace(PLAIN, centre=True),
    "frequency": replace(PLAIN, frequency=True),
    "distance": replace(PLAIN, distance=True),
    "all, which is sharper": PRESETS["sharper"],
    "all, unscaled and cooler": replace(PRESETS["sharper"], scale=False, temperature=0.9),
}
TEXT = "The old bank of the river grows money"


@pytest.fixture(scope="module")
def centred_by_hand(vectors):
    """All-but-the-top (Mu & Viswanath 2018, algorithm 1), its directions found by scikit-learn."""
    common = vectors.vectors[:20_000].astype(float)
    mean, strongest = common.mean(axis=0), decomposition.PCA(2, svd_solver="full").fit(common).components_

    def centre(row):
        left = [float(x) - m for x, m in zip(row, mean, strict=True)]
        for direction in strongest:
            share = sum(x * u for x, u in zip(left, direction, strict=True))
            left = [x - share * u for x, u in zip(left, direction, strict=True)]
        return left

    return centre


def attention_by_loops(tokens, vectors, settings, centre):
    """Compute static vectors, weights and output word by word, from the formulas of the papers."""
    rows = [[float(x) for x in vectors[token]] for token in tokens]
    if settings.centre:
        rows = [centre(row) for row in rows]
    harmonic = math.fsum(1 / (rank + 2.7) for rank in range(1, len(vectors) + 1))  # Zipf: p = 1 / (rank + 2.7) / sum
    weights, output = [], []
    for i, asking in enumerate(rows):
        shares = []
        for j, asked in enumerate(rows):
            score = math.fsum(x * y for x, y in zip(asking, asked, strict=True))
            score /= settings.temperature * (math.sqrt(50) if settings.scale else 1)
            if settings.frequency:  # SIF: log(a / (a + p))
                p = 1 / (vectors.key_to_index[tokens[j]] + 1 + 2.7) / harmonic
                score += math.log(0.001 / (0.001 + p))
            if settings.distance:
                score -= abs(i - j) / 20
            forbidden = i == j and not settings.attend_self
            shares.append(0.0 if forbidden else math.exp(score))
        weights.append([share / math.fsum(shares) for share in shares])
        output.append([math.fsum(w * row[k] for w, row in zip(weights[-1], rows, strict=True)) for k in range(50)])
    return rows, weights, output


# the facts of the lesson


@pytest.mark.parametrize(
    ("text", "weights"), [("Money bank grows", [0.24, 0.68, 0.08]), ("River bank flows", [0.17, 0.68, 0.15])]
)
def test_balanced_weights_of_bank(text, weights, vectors):
    sentence, trace = contextualize(text, vectors)
    assert_array_equal(trace.weights[sentence.index("bank")].round(2), weights)


def test_balanced_is_the_textbooks_two_seven_and_one_tenth(vectors):
    _, trace = contextualize("Money bank grows", vectors, preset="balanced")
    assert_allclose(trace.weights[1], [0.2, 0.7, 0.1], atol=0.05)


@pytest.mark.parametrize("text", ["Money bank grows", "River bank flows"])
def test_without_scaling_bank_looks_only_at_itself(text, vectors):
    _, trace = contextualize(text, vectors, preset="lesson")
    assert trace.divisor == 1.0
    assert trace.weights[1, 1] >= 0.995


def test_scaled_leaves_bank_most_of_its_weight(vectors):
    _, trace = contextualize("Money bank grows", vectors, preset="scaled")
    assert trace.divisor == pytest.approx(math.sqrt(50))
    assert round(trace.weights[1, 1], 2) == 0.88


def test_bank_starts_at_the_finance_end_and_moves_towards_the_river(vectors):
    basis = pole_basis(*(pole_vectors(words, vectors) for words in SENSES["bank"].poles.values()))
    in_context = [contextualize(text, vectors)[1].output[1] for text in ("Money bank grows", "River bank flows")]
    static, money, river = basis.transform([vectors["bank"], *in_context])[:, 0]
    assert (round(static, 1), round(money, 1), round(river, 1)) == (-2.2, -1.9, -0.6)


# the switches


@pytest.mark.parametrize("settings", SWITCHES.values(), ids=SWITCHES)
def test_the_switches_agree_with_plain_loops(settings, vectors, centred_by_hand):
    sentence, trace = contextualize(TEXT, vectors, preset=settings)
    rows, weights, output = attention_by_loops(sentence.tokens, vectors, settings, centred_by_hand)
    assert_allclose(trace.matrix, rows, atol=1e-6)
    assert_allclose(trace.weights, weights, atol=1e-6)
    assert_allclose(trace.output, output, atol=1e-6)


@pytest.mark.parametrize("name", [name for name in SWITCHES if name != "none"])
def test_a_switch_changes_the_weights(name, vectors):
    before, after = (contextualize(TEXT, vectors, preset=SWITCHES[key])[1].weights for key in ("none", name))
    assert np.abs(after - before).max() > 0.01


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_is_asked_for_by_name_or_by_settings(preset, vectors):
    named, given = (contextualize(TEXT, vectors, preset=asked)[1] for asked in (preset, PRESETS[preset]))
    assert_array_equal(named.weights, given.weights)


def test_a_word_that_may_not_attend_to_itself_has_no_weight_on_itself(vectors):
    _, trace = contextualize(TEXT, vectors, preset=SWITCHES["attend_self"])
    assert_array_equal(np.diag(trace.weights), np.zeros(8))
    assert_allclose(trace.weights.sum(axis=1), 1.0)


@pytest.mark.parametrize("preset", PRESETS)
def test_a_lone_word_attends_to_itself(preset, vectors):
    _, trace = contextualize("Bank!", vectors, preset=preset)
    assert_array_equal(trace.weights, [[1.0]])
    assert_array_equal(trace.output, trace.matrix)


def test_frequency_and_distance_are_biases_by_hand(vectors):
    sentence = embed("bank bank bank", vectors)
    near = attend_sentence(sentence, vectors, replace(PLAIN, distance=True))
    # three equal scores, less 0, 1/20 and 2/20
    assert_allclose(near.weights[0], np.exp([0, -0.05, -0.1]) / np.exp([0, -0.05, -0.1]).sum(), rtol=1e-12)
    rare = attend_sentence(sentence, vectors, replace(PLAIN, frequency=True))
    assert_allclose(rare.weights, np.full((3, 3), 1 / 3), rtol=1e-12)  # the same for every key: no change
    assert (rare.scaled < near.scaled[0, 0]).all()


def test_frequency_takes_weight_from_the_and_gives_it_to_river(vectors):
    sentence, before = contextualize(TEXT, vectors)
    _, after = contextualize(TEXT, vectors, preset=SWITCHES["frequency"])
    bank, the, river = map(sentence.index, ("bank", "the", "river"))
    assert after.weights[bank, the] < 0.5 * before.weights[bank, the]
    assert after.weights[bank, river] > before.weights[bank, river]


# the trained head


def test_trained_attends_with_the_heads_queries_keys_and_values_and_loses_its_slope_for_each_step(vectors):
    head, (sentence, trace) = head_of(vectors), contextualize(TEXT, vectors, preset="trained")
    rows = [vectors[token].astype(float) for token in sentence.tokens]
    made = [(row @ head.query + head.query_bias, row @ head.key, row @ head.value) for row in rows]
    values = [value for _, _, value in made]
    for i, (query, _, _) in enumerate(made):
        scores = [float(query @ key) / math.sqrt(50) - abs(i - j) * head.slope for j, (_, key, _) in enumerate(made)]
        shares = [0.0 if i == j else math.exp(score) for j, score in enumerate(scores)]
        weights = [share / math.fsum(shares) for share in shares]
        assert_allclose(trace.weights[i], weights, rtol=1e-6)
        assert_allclose(trace.output[i], sum(w * value for w, value in zip(weights, values, strict=True)), rtol=1e-6)
    assert_allclose(trace.matrix, values, rtol=1e-6)
    assert_allclose(trace.query, [query for query, _, _ in made], rtol=1e-6)
    assert_allclose(trace.key, [key for _, key, _ in made], rtol=1e-6)


@pytest.mark.parametrize(
    "changed", [{"temperature": 2.0}, {"attend_self": True}, {"frequency": True}, {"distance": False}]
)
def test_the_other_switches_work_with_a_trained_head(changed, vectors):
    before, after = (contextualize(TEXT, vectors, replace(TRAINED, **each))[1] for each in ({}, changed))
    assert np.abs(after.weights - before.weights).max() > 0.01
    assert_array_equal(after.matrix, before.matrix)


def test_centring_changes_nothing_for_a_trained_head(vectors):
    plain, centred = (contextualize(TEXT, vectors, replace(TRAINED, centre=centre))[1] for centre in (False, True))
    assert_array_equal(centred.output, plain.output)
    assert_array_equal(centred.matrix, plain.matrix)


# the space


@pytest.mark.parametrize("settings", [*PRESETS.values(), replace(TRAINED, centre=True)])
def test_the_space_of_settings_is_that_of_the_trace(settings, vectors):
    sentence, trace = contextualize(TEXT, vectors, settings)
    assert_allclose(space_of(vectors, settings)(sentence.matrix), trace.matrix, atol=1e-12)


def test_the_space_of_values_is_a_product_and_nothing_else(vectors, rng):
    rows, value = vectors[["bank", "river"]].astype(float), rng.normal(size=(50, 3))
    for centred in (False, True):
        assert_allclose(space(vectors, centred=centred, value=value)(rows), rows @ value, rtol=1e-12)


def test_the_plain_space_leaves_vectors_as_they_are(vectors):
    rows = vectors[["bank", "river"]]
    assert_array_equal(space(vectors)(rows), rows)


def test_the_centred_space_takes_out_the_mean_and_the_two_strongest_directions(vectors):
    centred, common = space(vectors, centred=True), vectors.vectors[:20_000].astype(float)
    moved = centred(common)
    assert_allclose(moved.mean(axis=0), 0.0, atol=1e-9)
    theirs = decomposition.PCA(svd_solver="full").fit(common)
    spread = np.linalg.eigvalsh(np.cov(moved.T))[::-1]
    assert_allclose(spread, [*theirs.explained_variance_[2:], 0, 0], atol=1e-6)  # the rest is as it was
    assert_allclose(centred.directions @ centred.directions.T, np.eye(2), atol=1e-12)
    assert_allclose(moved @ theirs.components_[:2].T, 0.0, atol=1e-6)


def test_each_set_of_vectors_has_its_own_centre(vectors, rng):
    small = keyed_vectors(["money", "bank", "grows"], rng.normal(size=(3, 2)) + 100)
    assert_allclose(space(small, centred=True).mean, small.vectors.mean(axis=0), rtol=1e-6)
    assert space(small, centred=True).directions.shape == (1, 2)  # one of two dimensions is left
    assert space(vectors, centred=True).directions.shape == (2, 50)


# text in, trace out


def test_the_trace_is_that_of_the_sentence(vectors):
    sentence, trace = contextualize("Money bank grows", vectors, preset="scaled")
    assert sentence.tokens == ("money", "bank", "grows")
    assert_array_equal(trace.matrix, sentence.matrix)
    assert_array_equal(trace.output, attend(sentence.matrix, temperature=1.0).output)


def test_tokens_and_punctuation_are_passed_on(vectors):
    assert contextualize(["money", ",", "bank"], vectors)[0].tokens == ("money", ",", "bank")
    assert contextualize("Money, bank", vectors)[1].weights.shape == (2, 2)
    assert contextualize("Money, bank", vectors, drop_punctuation=False)[1].weights.shape == (3, 3)


@pytest.mark.parametrize("preset", PRESETS)
def test_the_longest_sentence_is_computed_under_every_preset(preset, vectors):
    _, trace = contextualize(["the", "river", "bank"] * 200, vectors, preset=preset)
    assert trace.weights.shape == (512, 512)
    assert_allclose(trace.weights.sum(axis=1), 1.0)


def test_errors_are_those_of_the_parts(vectors):
    with pytest.raises(ValueError, match=r"no preset 'sharpest': choose one of lesson, .*, trained"):
        contextualize("Money bank grows", vectors, preset="sharpest")
    with pytest.raises(TextError, match="There is no text yet"):
        contextualize("", vectors)
    with pytest.raises(ValueError, match="temperature must be a finite number above zero, got 0"):
        contextualize("Money bank grows", vectors, preset=Settings(temperature=0))
    few = keyed_vectors(["money", "bank", "grows"], np.eye(3))
    with pytest.raises(ValueError, match=r"this set knows 0 of the \d+ words that there are sentences for"):
        contextualize("Money bank grows", few, preset="trained")
