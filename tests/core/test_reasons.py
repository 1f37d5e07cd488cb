"""Why all weight stays on one word, or is spread evenly: the number that causes it, and what changes it."""

import re

import numpy as np
import pytest
from gensim.models import KeyedVectors

from selfattn.core.contextual import attend_sentence, contextualize
from selfattn.core.presets import PRESETS, Settings
from selfattn.core.reasons import reason

PLAIN = Settings(scale=False, temperature=1.0)


def set_of(**rows):
    vectors = KeyedVectors(2)
    vectors.add_vectors(list(rows), np.array(list(rows.values()), dtype=np.float32))
    return vectors


LONG = set_of(money=[3, 4], bank=[8, 6], grows=[4, 3])
SHORT = set_of(money=[0.012, 0.016], bank=[0.016, 0.012], grows=[0.0, 0.02])


def said(vectors, settings, text="money bank grows", word="bank"):
    sentence, trace = contextualize(text, vectors, settings)
    return reason(sentence, trace, sentence.index(word), vectors, settings)


def test_a_long_word_keeps_all_the_weight_for_its_length():
    """bank · bank = 64 + 36 = 100, bank · grows = 32 + 18 = 50, bank · money = 24 + 24 = 48."""
    told = said(LONG, PLAIN)
    assert told.startswith(
        "“bank” keeps all the weight: its dot product with itself (its length of 10.0, squared) is 100"
    )
    assert "with “grows”, the next, 50. That is a lead of 50.0, and the softmax makes it e⁵⁰ times the weight." in told


def test_what_was_divided_and_taken_off_is_said():
    assert "Divided by 1.41, that is a lead of 35.4" in said(LONG, Settings(temperature=1.0))  # 50 / √2
    told = said(LONG, Settings(scale=False, temperature=2.0, distance=True), "bank grows")  # 25 + 1/20
    assert "Divided by 2.00 and with what the switches take off, that is a lead of 25.1" in told


def test_another_word_may_have_it_all():
    """grows · bank = 50, grows · grows = 25, grows · money = 24."""
    told = said(LONG, PLAIN, word="grows")
    assert told.startswith(
        "“bank” has all the weight: the dot product of “grows” with it is 50, with itself, the next, 25."
    )


def test_short_vectors_make_equal_shares():
    """bank · bank = 0.0004, bank · money = 0.00038, bank · grows = 0.00024: no temperature makes shares of these."""
    told = said(SHORT, PLAIN)
    assert told.startswith("all get the same, for the vectors are short (length 0.02 at most)")
    assert "lie between 0.00024 and 0.0004" in told
    assert told.endswith("No switch changes that: other vectors would.")


def test_vectors_that_are_alike_are_not_called_short():
    alike = set_of(money=[10, 0.0], bank=[10, 0.02], grows=[10.002, 0.0])
    told = said(alike, PLAIN)
    assert told.startswith(
        "all get the same, for the scores hardly differ: the dot products lie between 100.00 and 100.02"
    )
    assert "short" not in told


WAYS = {
    "“Divide by √d” on": {"scale": True},
    "“Divide by √d” off": {"scale": False},
    "“Attend to itself” off": {"attend_self": False},
}


@pytest.mark.parametrize("settings", [PLAIN, PRESETS["scaled"], PRESETS["balanced"], Settings(temperature=10.0)])
@pytest.mark.parametrize("length", [0.05, 0.3, 1.0, 4.0, 8.0, 20.0])
def test_what_is_said_to_help_does(settings, length):
    angles = np.radians([0, 40, 100, 200])
    rows = length * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    vectors = set_of(money=rows[0], bank=rows[1], grows=rows[2], the=rows[3])
    sentence, trace = contextualize("money bank the grows", vectors, settings)
    row, told = sentence.index("bank"), said(vectors, settings, "money bank the grows")
    weights = trace.weights[row]
    assert bool(told) == (weights.max() >= 0.995 or np.ptp(weights) < 0.01)
    for helps in re.split(r", or ", told.partition("What helps: ")[2].rstrip(".")):
        if not helps:
            continue
        changes = {name: each for words, way in WAYS.items() if words in helps for name, each in way.items()}
        if found := re.search(r"a temperature of ([\d.]+)", helps):
            changes["temperature"] = float(found[1])
        ways = (
            PRESETS["sharper"]
            if "Sharper" in helps
            else Settings(
                **{name: changes.get(name, getattr(settings, name)) for name in Settings.__dataclass_fields__}
            )
        )
        after = attend_sentence(sentence, vectors, ways).weights[row]
        assert np.abs(after - weights).max() > 0.02, helps  # spread 0.01 before, 0.05 after: each end at least 0.02


@pytest.mark.parametrize(
    ("vectors", "text", "word"),
    [(LONG, "bank bank", "bank"), (LONG, "bank", "bank"), (SHORT, "bank", "bank"), (SHORT, "bank bank", "bank")],
)
def test_where_there_is_nobody_else_there_is_nothing_to_explain(vectors, text, word):
    assert not said(vectors, PRESETS["balanced"], text, word)


def test_who_has_only_one_other_to_ask_gives_it_all_and_that_is_no_riddle():
    assert not said(LONG, Settings(attend_self=False), "money bank", "bank")


def test_copies_count_together():
    """With two “bank”, each copy has half of the weight: together it is all of it."""
    told = said(LONG, PLAIN, "bank bank money")
    assert "“bank” keeps all the weight" in told
    assert "with “money”, the next, 48" in told


def test_the_lesson_is_explained_and_what_is_seen_is_not(vectors):
    assert "“Divide by √d” on" in said(vectors, PRESETS["lesson"], "Money bank grows")
    for preset in ("scaled", "balanced", "sharper", "trained"):
        assert not said(vectors, PRESETS[preset], "Money bank grows")


def test_a_long_sentence_has_small_weights_that_differ(vectors):
    text = "the " * 3 + "money river bank loan water cash stream flows grows lends fish credit " * 12
    sentence, trace = contextualize(text, vectors, "balanced")
    row = sentence.index("bank")
    assert trace.weights[row].max() < 0.1
    assert not reason(sentence, trace, row, vectors, PRESETS["balanced"])
