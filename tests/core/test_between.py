"""Poles out of two sentences, and a plot that no edit of a word turns round."""

import numpy as np
import pytest

from selfattn.core.between import POLE, RARE, sense_between
from selfattn.core.contextual import attend_sentence, space_of
from selfattn.core.presets import PRESETS
from selfattn.core.scene import Shown, build_scene
from selfattn.core.senses import SENSES
from selfattn.core.sentences import embed
from selfattn.core.vectors import keyed_vectors, zipf_probabilities

FIRST = "The quiet doctor saw a patient in the hospital".lower().split()
SECOND = "The quiet lawyer saw a judge in the courtroom".lower().split()


@pytest.fixture(scope="module")
def edits(vectors):
    """500 pairs of sentences that share a word, and the same with one other word replaced; each with its poles."""
    rng, made = np.random.default_rng(2017), []
    known = [word for word in vectors.index_to_key if word.isalpha() and word not in SENSES]
    for vocabulary in (known[:3000], known):
        for _ in range(250):
            first, second = rng.integers(2, 8, size=2)  # other words
            word, new, *others = rng.choice(vocabulary, first + second + 2, replace=False).tolist()
            pair = [rng.permutation([word, *some]).tolist() for some in (others[:first], others[first:])]
            edited = [list(sentence) for sentence in pair]
            sentence = edited[rng.integers(2)]
            sentence[rng.choice([place for place, token in enumerate(sentence) if token != word])] = new
            made.append((word, *((texts, sense_between(word, *texts, vectors)) for texts in (pair, edited))))
    return made


# the poles


def test_poles_are_the_telling_words_of_each_sentence_and_what_lies_near_them(vectors):
    sense = sense_between("saw", FIRST, SECOND, vectors)
    assert sense.word == "saw"
    (first, doctors), (second, lawyers) = sense.poles.items()
    assert set(doctors[:3]) == {"doctor", "patient", "hospital"}
    assert set(lawyers[:3]) == {"lawyer", "judge", "courtroom"}
    assert (first, second) == (doctors[0], lawyers[0])
    assert "nurse" in doctors
    assert "attorney" in lawyers


def test_the_rarest_words_come_first_and_four_of_them_tell(vectors):
    rarest_first = sorted(["creek", "pebble", "moss", "lantern", "forest"], key=vectors.key_to_index.get, reverse=True)
    sentence = ["the", *sorted(rarest_first), "bank"]
    [pole, _] = sense_between("bank", sentence, ["the", "bank", "pays"], vectors).poles.values()
    assert pole[:4] == tuple(rarest_first[:4])
    assert rarest_first[4] not in pole


def test_every_pole_is_what_was_promised(edits, vectors):
    for word, *both in edits:
        for sentences, sense in both:
            poles = list(sense.poles.values())
            assert len(poles) == 2
            for name, pole, own, other in zip(sense.poles, poles, sentences, reversed(sentences), strict=True):
                assert name == pole[0]
                assert name in set(own) - set(other) - {word}
                assert not set(pole) & set(other)
                assert len(set(pole)) == len(pole) <= POLE
                assert all(one in vectors for one in pole)
            assert not set(poles[0]) & set(poles[1])
            assert word not in {*poles[0], *poles[1]}


def test_the_first_sentence_is_always_the_first_sense(edits, vectors):
    for word, ((first, second), there), _ in edits[::10]:
        back = sense_between(word, second, first, vectors)
        assert list(there.poles.items()) == list(reversed(back.poles.items()))


@pytest.mark.parametrize(
    ("first", "second"),
    [("river bank", "river bank"), ("bank", "river bank"), ("bank bank", "bank"), ("the river bank", "bank river")],
)
def test_a_sentence_that_adds_nothing_gives_no_poles(first, second, vectors):
    assert sense_between("bank", first.split(), second.split(), vectors) is None
    assert sense_between("bank", second.split(), first.split(), vectors) is None


def test_frequent_words_will_do_where_there_are_no_others(vectors):
    first, second = ["he", "has", "it"], ["who", "has", "their"]
    assert (zipf_probabilities(vectors, [*first, *second]) > RARE).all()
    sense = sense_between("has", first, second, vectors)
    assert [name in own for name, own in zip(sense.poles, (first, second), strict=True)] == [True, True]


def test_a_word_that_only_one_sentence_has_is_in_neither_pole(vectors):
    sense = sense_between("creek", ["creek", "pebble"], ["money", "loan"], vectors)
    assert list(sense.poles) == ["pebble", "loan"]
    assert all("creek" not in pole for pole in sense.poles.values())


def test_a_small_set_has_small_poles(rng):
    vectors = keyed_vectors(["bank", "river", "money", "water"], rng.normal(size=(4, 3)))
    sense = sense_between("bank", ["bank", "river"], ["bank", "money"], vectors)
    assert [pole[0] for pole in sense.poles.values()] == ["river", "money"]
    assert all(set(pole) <= {"river", "money", "water"} for pole in sense.poles.values())


# the plot


def axes_of(word, sentences, sense, vectors, preset):
    """Find both axes of the plot, of shape (2, d), by where it puts sixty words of a third sentence."""
    space = space_of(vectors, PRESETS[preset])
    looked_up = [embed(tokens, vectors) for tokens in (*sentences, [word, *vectors.index_to_key[1000:1060]])]
    shown = [
        Shown(role, sentence, attend_sentence(sentence, vectors, PRESETS[preset]), sentence.index(word))
        for role, sentence in enumerate(looked_up)
    ]
    scene = build_scene(word, shown, vectors, space, sense=sense)
    axes, _, rank, _ = np.linalg.lstsq(shown[2].trace.value - scene.line.middle, scene.movers[2].places, rcond=None)
    assert rank == 50
    return axes.T


@pytest.mark.parametrize("preset", ["balanced", "trained"])
def test_no_edit_of_a_word_mirrors_an_axis(preset, edits, vectors):
    mirrored = {1: [], 2: []}
    for word, before, after in edits:
        there, here = (axes_of(word, *each, vectors, preset) for each in (before, after))
        for axis, along in zip(mirrored, (there * here).sum(axis=1), strict=True):
            if along <= 0:
                mirrored[axis].append((before[0], after[0]))
    assert mirrored == {1: [], 2: []}, {axis: len(found) for axis, found in mirrored.items()}
