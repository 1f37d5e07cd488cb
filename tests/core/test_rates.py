"""How often a word lands on the right side: counted by hand, for every preset, and measured once a set."""

import numpy as np
import pytest

import selfattn
from selfattn.core import heads, rates
from selfattn.core.head import Head
from selfattn.core.labelled import Labelled, Split
from selfattn.core.presets import PRESETS
from selfattn.core.rates import Landing, landings, looked_up, parts, rate
from selfattn.core.senses import SENSES
from selfattn.core.vectors import keyed_vectors

RIVER = Labelled("bank", "river", "We sat on the bank of the river")
MONEY = Labelled("bank", "finance", "The bank approved our loan")


@pytest.fixture(scope="module")
def measured(vectors):
    return {each.preset: each for each in rates.rates(vectors)}


def test_what_is_held_out_is_not_trained_on():
    texts = [{each.text for each in part} for part in (parts().train, parts().held_out, parts().other_words)]
    assert not texts[0] & (texts[1] | texts[2])
    assert not {each.word for each in parts().train} & {each.word for each in parts().other_words}


@pytest.mark.parametrize("preset", PRESETS)
def test_a_landing_is_the_lean_in_units_of_the_poles_positive_on_the_right_side(preset, vectors):
    for example in (RIVER, MONEY):
        (landed,) = landings([example], vectors, PRESETS[preset])
        lean = selfattn.lean(example.text, "bank", vectors, preset)
        sign = 1 if example.sense == lean.senses[1] else -1
        assert landed.margin == pytest.approx(sign * lean.after / (lean.noticed / 0.05))


def test_sentences_that_cannot_be_used_are_left_out(vectors):
    odd = [Labelled("bank", "river", text) for text in ("bank", "qwzx", "We sat on the shore")]
    assert [example for example, _ in looked_up([*odd, RIVER], vectors)] == [RIVER]


def test_a_rate_is_the_mean_over_senses():
    landed = [Landing(RIVER, 0.5), Landing(RIVER, -0.1), Landing(MONEY, 0.2)]
    assert rate(landed) == 0.75


def test_every_preset_is_measured_on_all_held_out_sentences(measured):
    assert list(measured) == list(PRESETS)
    for each in measured.values():
        assert [one.example for one in each.landed] == list(parts().held_out)
        assert [one.example for one in each.landed_others] == list(parts().other_words)
        assert each.held_out == rate(each.landed)
        assert each.other_words == rate(each.landed_others)


def test_the_trained_head_reaches_what_was_asked_of_it(measured):
    assert measured["trained"].held_out >= 0.95
    assert measured["trained"].other_words >= 0.88
    assert measured["lesson"].held_out < measured["balanced"].held_out < measured["sharper"].held_out


def test_what_is_wrong_is_sorted_and_complete(measured):
    trained = measured["trained"]
    margins = [each.margin for each in trained.wrong]
    assert margins == sorted(margins)
    assert len(margins) == sum(each.margin <= 0 for each in trained.every)
    for each in trained.wrong[:3]:
        lean = selfattn.lean(each.example.text, each.example.word, selfattn.load_vectors())
        assert (lean.after > 0) == (each.example.sense == lean.senses[0])


def test_a_set_is_measured_once(vectors, measured, monkeypatch):
    monkeypatch.setattr(rates, "landed", lambda *_: pytest.fail("it was measured again"))
    assert rates.rates(vectors) == list(measured.values())


def test_a_head_is_measured_once_there_is_one_and_none_is_trained(rng, monkeypatch):
    few = Split((), parts().held_out[:5], parts().other_words[:5])
    monkeypatch.setattr(rates, "parts", lambda: few)
    monkeypatch.setattr(heads, "learn", lambda *_: pytest.fail("it was trained"))
    words = list(dict.fromkeys(["river", "money", "the", *SENSES, *(w for s in SENSES.values() for p in s.poles.values()
                                                                    for w in p)]))  # fmt: skip
    small = keyed_vectors(words, rng.normal(size=(len(words), 4)))
    assert "trained" not in [each.preset for each in rates.rates(small)]
    monkeypatch.setitem(heads._heads, small, Head.untrained(4))
    assert [each.preset for each in rates.rates(small)] == list(PRESETS)


def test_a_set_that_knows_no_such_word_is_measured_on_nothing():
    few = keyed_vectors(["up", "down"], np.eye(2))
    for each in rates.rates(few):
        assert not each.every
        assert each.held_out == each.other_words == 0.5
