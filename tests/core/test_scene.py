"""The points of the motion plot: every one of them is a projection, and the pulls lead where they should."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from selfattn.core.contextual import attend_sentence, space_of
from selfattn.core.lean import line_between
from selfattn.core.presets import PRESETS
from selfattn.core.projection import PCA, line_basis
from selfattn.core.scene import Shown, build_scene
from selfattn.core.senses import SENSES, AmbiguousWord, pole_vectors
from selfattn.core.sentences import embed
from selfattn.core.space import space
from selfattn.core.vectors import keyed_vectors

TEXTS = ["Money bank grows", "River bank flows", "The bank of the river"]
BANK = SENSES["bank"]


def shown_of(vectors, texts, word="bank", preset="balanced"):
    sentences = [embed(text, vectors) for text in texts]
    traces = [attend_sentence(sentence, vectors, PRESETS[preset]) for sentence in sentences]
    return [
        Shown(role, sentence, trace, sentence.index(word))
        for role, (sentence, trace) in enumerate(zip(sentences, traces, strict=True))
    ]


def scene_of(vectors, texts=TEXTS, preset="balanced", sense=BANK, **options):
    place = space_of(vectors, PRESETS[preset])
    return build_scene("bank", shown_of(vectors, texts, preset=preset), vectors, place, sense=sense, **options)


def axes_of(vectors, preset="balanced", sense=BANK):
    place = space_of(vectors, PRESETS[preset])
    line = line_between(sense, vectors, place)
    fitted = np.vstack([place(pole_vectors(words, vectors)) for words in sense.poles.values()])
    return line_basis(line.direction, line.middle, fitted)


@pytest.mark.parametrize("preset", PRESETS)
def test_every_point_is_the_projection_of_its_vector(vectors, preset):
    scene, axes = scene_of(vectors, preset=preset), axes_of(vectors, preset)
    shown = shown_of(vectors, TEXTS, preset=preset)
    place = space_of(vectors, PRESETS[preset])
    for mover, one in zip(scene.movers, shown, strict=True):
        assert_allclose(mover.static, axes.transform(one.trace.matrix[one.row]), atol=1e-9)
        assert_allclose(mover.contextual, axes.transform(one.trace.output[one.row]), atol=1e-9)
    for pole, words in zip(scene.poles, BANK.poles.values(), strict=True):
        assert_allclose(pole.points, axes.transform(place(pole_vectors(words, vectors))), atol=1e-9)
    for word, point, _ in scene.words:
        assert_allclose(point, axes.transform(place(vectors[word][None]))[0], atol=1e-9)
    assert_allclose(scene.explained_variance, axes.explained_variance_ratio)


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("on_words", [False, True])
def test_axis_1_is_the_line_between_the_senses(vectors, preset, on_words):
    scene, place = scene_of(vectors, preset=preset, on_words=on_words), space_of(vectors, PRESETS[preset])
    for pole, words in zip(scene.poles, BANK.poles.values(), strict=True):
        assert_allclose(pole.points[:, 0], scene.line(place(pole_vectors(words, vectors))), atol=1e-9)
    for mover in scene.movers:
        assert_allclose([mover.static[0], mover.contextual[0]], [mover.lean.before, mover.lean.after], atol=1e-9)
        assert mover.lean.senses == ("finance", "river")


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("options", [{}, {"on_words": True}, {"sense": None}])
def test_the_pulls_lead_from_the_static_to_the_contextual_point(vectors, preset, options):
    for mover in scene_of(vectors, preset=preset, **options).movers:
        assert_allclose(mover.static + mover.steps.sum(axis=0), mover.contextual, atol=1e-9)
        assert len(mover.steps) == len(mover.tokens) == len(mover.weights)
        assert mover.weights.sum() == pytest.approx(1)


@pytest.mark.parametrize("options", [{}, {"on_words": True}, {"sense": None}])
def test_the_static_point_is_the_same_in_every_sentence(vectors, options):
    scene = scene_of(vectors, **options)
    for mover in scene.movers:
        assert_allclose(mover.static, scene.static, atol=1e-12)
    assert not any(np.allclose(a.contextual, b.contextual) for a, b in pairwise(scene.movers))


def test_the_words_pull_itself_goes_nowhere(vectors):
    for mover, one in zip(scene_of(vectors).movers, shown_of(vectors, TEXTS), strict=True):
        assert_allclose(mover.steps[one.row], 0, atol=1e-12)


def test_roles_tokens_and_weights_are_those_of_the_sentences(vectors):
    shown = shown_of(vectors, TEXTS)[1:]
    scene = build_scene("bank", shown, vectors, space(vectors), sense=BANK)
    assert [mover.role for mover in scene.movers] == [1, 2]
    for mover, one in zip(scene.movers, shown, strict=True):
        assert mover.tokens == one.sentence.tokens
        assert_array_equal(mover.weights, one.trace.weights[one.row])


def test_sentences_are_called_by_their_letters_unless_named(vectors):
    assert scene_of(vectors).names == tuple("ABCDEF")
    named = replace(scene_of(vectors, TEXTS[:2]), names=("before", "after"))
    assert [named.names[mover.role] for mover in named.movers] == ["before", "after"]


def test_context_words_come_once_heaviest_first_with_their_sentences(vectors):
    scene, heaviest, roles = scene_of(vectors), {}, {}
    for one in shown_of(vectors, TEXTS):
        for token, weight in zip(one.sentence.tokens, one.trace.weights[one.row], strict=True):
            heaviest[token] = max(weight, heaviest.get(token, 0))
            roles.setdefault(token, set()).add(one.role)
    names = [word for word, _, _ in scene.words]
    assert "bank" not in names
    assert len(names) == len(set(names))
    assert set(names) == set(heaviest) - {"bank"}
    assert [heaviest[name] for name in names] == sorted((heaviest[name] for name in names), reverse=True)
    assert {word: set(its) for word, _, its in scene.words} == {name: roles[name] for name in names}
    assert {word: its for word, _, its in scene.words}["river"] == (1, 2)


def test_a_word_that_stands_alone_has_no_context_and_does_not_move(vectors):
    scene = scene_of(vectors, ["bank"])
    assert scene.words == ()
    assert_allclose(scene.movers[0].contextual, scene.static)


# the axes


def test_on_the_poles_axes_no_sentence_moves_anything(vectors):
    before, after = scene_of(vectors), scene_of(vectors, ["A bank", "bank holiday", "we bank on you"])
    assert_array_equal(before.static, after.static)
    assert before.explained_variance == after.explained_variance
    for one, other in zip(before.poles, after.poles, strict=True):
        assert_array_equal(one.points, other.points)


@pytest.mark.parametrize("preset", ["balanced", "sharper"])
def test_the_first_sense_is_on_the_left(vectors, preset):
    finance, river = scene_of(vectors, preset=preset).poles
    assert (finance.name, river.name) == ("finance", "river")
    assert finance.points[:, 0].mean() < 0 < river.points[:, 0].mean()


def test_on_words_the_second_axis_is_that_of_the_sentences_distinct_words(vectors):
    scene = scene_of(vectors, on_words=True)
    rows = np.unique(np.vstack([one.trace.matrix for one in shown_of(vectors, TEXTS)]), axis=0)
    axes = line_basis(scene.line.direction, scene.line.middle, rows)
    first, second = axes.transform(vectors["bank"])
    assert_allclose([scene.static[0], abs(scene.static[1])], [first, abs(second)], atol=1e-9)
    assert_allclose(scene.explained_variance, axes.explained_variance_ratio)
    assert not np.allclose(scene.static, scene_of(vectors).static)


@pytest.mark.parametrize("sense", [BANK, None])
def test_repeating_a_word_does_not_change_the_axes_of_the_words(vectors, sense):
    texts = "the bank of money", "the the the bank of money"
    once, often = (scene_of(vectors, [text], on_words=True, sense=sense) for text in texts)
    assert_allclose(once.static, often.static, atol=1e-9)
    assert_allclose(once.explained_variance, often.explained_variance)


def test_without_a_sense_there_are_no_poles_and_the_words_give_the_axes(vectors):
    scene = scene_of(vectors, sense=None)
    rows = np.unique(np.vstack([one.trace.matrix for one in shown_of(vectors, TEXTS)]), axis=0)
    assert scene.poles == ()
    assert scene.line is None
    assert [mover.lean for mover in scene.movers] == [None] * len(TEXTS)
    assert sum(scene.explained_variance) == pytest.approx(sum(PCA.fit(rows).explained_variance_ratio))
    points = np.array([scene.static, *(point for _, point, _ in scene.words)])
    assert_allclose(points.mean(axis=0), 0, atol=1e-9)  # the mean of the words is the origin


def test_without_a_sense_one_word_is_no_error(vectors):
    scene = scene_of(vectors, ["bank"], sense=None)
    assert_allclose([*scene.static, *scene.explained_variance], 0)


def test_poles_that_lie_in_one_direction_have_no_line_and_the_words_give_the_axes(vectors):
    alike = AmbiguousWord("bank", {"one": ("loan", "creek"), "other": ("creek", "loan")}, {})
    scene, without = (scene_of(vectors, sense=sense) for sense in (alike, None))
    assert scene.line is None
    assert len(scene.poles) == 2
    assert_allclose(scene.static, without.static)


@pytest.fixture
def two_numbers():
    """A set of vectors of two numbers, poles in it, and two sentences."""
    rows = {"bank": (3, 2), "money": (4, 1), "loan": (5, 1), "river": (1, 4), "water": (1, 5)}
    small = keyed_vectors(list(rows), np.array(list(rows.values()), dtype=float))
    sense = AmbiguousWord("bank", {"finance": ("money", "loan"), "river": ("river", "water")}, {})
    return rows, small, sense, shown_of(small, ["money bank", "river bank"])


def test_vectors_of_two_numbers_are_shown_as_they_are_and_lean_all_the_same(two_numbers):
    rows, small, sense, shown = two_numbers
    scene = build_scene("bank", shown, small, space(small), sense=sense)
    assert scene.plain
    assert_allclose(scene.static, rows["bank"])
    assert_allclose([point for _, point, _ in scene.words], [rows[word] for word, _, _ in scene.words])
    assert_allclose(scene.poles[1].points, [rows["river"], rows["water"]])
    for mover, one in zip(scene.movers, shown, strict=True):
        assert_allclose(mover.contextual, one.trace.output[one.row])
        assert mover.lean.after == pytest.approx(float(scene.line(mover.contextual)))
    money, river = scene.movers
    assert money.lean.after < money.lean.before < river.lean.after


def test_as_a_line_two_numbers_stand_on_it_as_any_others_do(two_numbers):
    _, small, sense, shown = two_numbers
    scene = build_scene("bank", shown, small, space(small), sense=sense, as_line=True)
    assert not scene.plain
    for mover in scene.movers:
        assert_allclose([mover.static[0], mover.contextual[0]], [mover.lean.before, mover.lean.after], atol=1e-9)
        assert_allclose(mover.weights @ mover.places[:, 0], mover.lean.after, atol=1e-9)


# the poles


def test_unknown_words_of_a_pole_are_left_out(vectors):
    own = BANK.with_poles(("money", "xqzvw", "cash"), ("river",))
    first, second = scene_of(vectors, sense=own).poles
    assert (first.words, second.words) == (("money", "cash"), ("river",))
    assert first.points.shape == (2, 2)


def test_a_pole_without_a_known_word_says_so(vectors):
    with pytest.raises(ValueError, match="xqzvw"):
        scene_of(vectors, sense=BANK.with_poles(("xqzvw",), ("river",)))
