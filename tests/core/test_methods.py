"""All ways to a contextual vector on one line: each is what the library says elsewhere, and what was measured holds."""

import numpy as np
import pytest

import selfattn
from selfattn.core import methods, transformer
from selfattn.core.labelled import Labelled
from selfattn.core.rates import looked_up, parts, rate
from selfattn.core.senses import SENSES
from selfattn.core.similarity import cosine
from selfattn.core.transformer.meanings import meanings_of
from tools import measure_rates

RIVER = "We sat on the bank of the river"
SAMPLED = ("bank", "mercury", "mouse")  # words whose sentences the transformer reads anew


@pytest.fixture(scope="module")
def model():
    return transformer.load()


@pytest.fixture(scope="module")
def pairs(vectors):
    return {name: looked_up(methods.apart(getattr(parts(), name)), vectors) for name in ("held_out", "other_words")}


@pytest.mark.parametrize("preset", methods.BY_PRESET)
def test_a_preset_stands_where_its_lean_is(preset, vectors):
    standing = methods.standings(selfattn.embed(RIVER, vectors), "Bank", vectors)[preset]
    lean, unit = selfattn.lean(RIVER, "bank", vectors, preset), 20.0
    assert standing.lean.after == pytest.approx(lean.after / (unit * lean.noticed))
    assert standing.lean.before == pytest.approx(lean.before / (unit * lean.noticed))
    assert standing.lean.side == lean.side


def test_the_static_word_stays_and_is_the_same_in_every_sentence(vectors):
    texts = ("Money bank grows", RIVER)
    static = [methods.standings(selfattn.embed(text, vectors), "bank", vectors)["static"] for text in texts]
    assert static[0].lean == static[1].lean
    assert static[0].lean.before == static[0].lean.after
    assert cosine(static[0].vector, static[1].vector) == pytest.approx(1)


def test_the_transformer_stands_on_the_line_of_its_last_layer(model):
    encoded = model(RIVER)
    standing = methods.transformed(model, encoded, "Bank")
    states = encoded.state(encoded.index("bank"))
    assert standing.lean.after == pytest.approx(meanings_of(model, "bank").places(states)[-1])
    np.testing.assert_allclose(standing.vector, states[-1] - model.means[-1], rtol=1e-6)
    assert not standing.from_static
    assert methods.transformed(model, encoded, "river").lean is None


def test_a_word_that_is_not_there_is_refused(model, vectors):
    with pytest.raises(ValueError, match="not in this sentence"):
        methods.standings(selfattn.embed(RIVER, vectors), "money", vectors)
    with pytest.raises(ValueError, match="not in this sentence"):
        methods.transformed(model, model(RIVER), "money")


def test_what_draws_the_line_does_not_test_it():
    text = SENSES["bank"].examples["river"][0]
    assert methods.apart(
        [Labelled("bank", "river", f" {text.upper()}!"), Labelled("bank", "river", RIVER + " bed")]
    ) == [Labelled("bank", "river", RIVER + " bed")]
    every = parts().held_out + parts().other_words
    sentences = methods.measured().sentences
    assert sentences["left_out"] == len(every) - len(methods.apart(every))
    assert sum(sentences.values()) == len(every)


def test_the_rates_in_the_file_are_those_of_today(pairs, vectors):
    for name, group in pairs.items():
        assert methods.measured().sentences[name] == len(group)
        for way, landed in methods.landings(group, vectors).items():
            stored = getattr(methods.measured().methods[way], name)
            assert stored.right == sum(each.margin > 0 for each in landed), way
            assert stored.share == pytest.approx(rate(landed), abs=5e-5), way


def test_the_transformer_is_right_as_often_as_the_file_says(pairs, model, vectors):
    measured = methods.measured()
    large = measured.methods[methods.LARGE]
    assert sum(measured.by_word.values()) == large.held_out.right + large.other_words.right
    for word in SAMPLED:
        sample = [pair for group in pairs.values() for pair in group if pair[0].word == word]
        landed = methods.landings(sample, vectors, model)[methods.TRANSFORMER]
        assert sum(each.margin > 0 for each in landed) == measured.by_word[word], word


def test_who_is_right_alone_adds_up():
    measured = methods.measured()
    total = measured.sentences["held_out"] + measured.sentences["other_words"]
    small, large = (measured.methods[way] for way in (methods.SMALL, methods.LARGE))
    counts = [row.held_out.right + row.other_words.right for row in (small, large)]
    assert counts[0] - measured.only["small"] == counts[1] - measured.only["large"]
    assert counts[0] + measured.only["large"] + measured.only["neither"] == total


def test_parameters_and_bytes_are_counted_anew(model, vectors):
    stored = methods.measured().methods
    for way, sizes in measure_rates.sizes(vectors, model).items():
        for name, value in sizes.items():
            assert getattr(stored[way], name) == value, (way, name)
    assert stored["trained"].parameters == 3 * 50 * 50 + 50 + 1
    assert stored["heads"].parameters == 4 * (4 * 50 * 13 + 13 + 1)
    assert stored["transformer"].parameters + stored["transformer"].vectors == model.parameters


def test_times_are_a_sentence_s(vectors):
    measured = methods.measured().methods
    assert measured["balanced"].times == 1
    assert measured["transformer"].times == pytest.approx(
        measured["transformer"].milliseconds / measured["balanced"].milliseconds, rel=0.1
    )


def test_what_is_written_is_what_is_read():
    parts = {"sentences": {"held_out": 1}, "only": {}, "unsure": {"right": 2}, "by_word": {}}
    written = measure_rates.written(parts | {"methods": {"a": {"held_out": {"share": 0.5}}}})
    assert "[unsure]\nright = 2" in written
    assert "[methods.a]\nheld_out = { share = 0.5 }" in written
