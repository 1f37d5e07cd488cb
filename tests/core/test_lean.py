"""The lean: its formula from the vectors up, its words, and that the plot's dot stands where the lean says."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.spatial import distance
from scipy.special import softmax

from selfattn.core.attention import pulls
from selfattn.core.contextual import attend_sentence, contextualize, settings_of, space_of
from selfattn.core.head import Head
from selfattn.core.heads import FILE
from selfattn.core.lean import NEITHER, NOTICED, STILL, Lean, lean, line_between
from selfattn.core.presets import PRESETS
from selfattn.core.scene import Shown, build_scene
from selfattn.core.senses import FAILURES, SENSES, AmbiguousWord
from selfattn.core.sentences import embed

BANK = SENSES["bank"]
TEXT = "We sat on the bank of the river"
EXAMPLES = [(word, name, text) for word in SENSES for name, texts in SENSES[word].examples.items() for text in texts]
AB = ("finance", "river")


def line_of(vectors, preset, word="bank"):
    return line_between(SENSES[word], vectors, space_of(vectors, settings_of(preset)))


# the number


def by_hand(text, word, vectors, value, weights_of):
    """(output − m) · u, before and after, with m the middle and u the way from one unit pole to the other."""
    tokens = embed(text, vectors).tokens
    rows, own = np.array([vectors[token] for token in tokens], dtype=float), tokens.index(word)
    m = vectors.vectors[:20_000].mean(axis=0, dtype=float) @ value
    poles = [np.mean([vectors[one] for one in words], axis=0, dtype=float) @ value - m for words in BANK.poles.values()]
    first, second = (pole / np.sqrt(pole @ pole) for pole in poles)
    u = (second - first) / np.sqrt((second - first) @ (second - first))
    after = weights_of(rows, own) @ rows @ value
    return (rows[own] @ value - m) @ u, (after - m) @ u, NOTICED * (poles[1] - poles[0]) @ u / 2


def trained_weights(rows, own):
    head, places = Head.load(FILE), np.arange(len(rows))
    query = rows[own] @ head.query + head.query_bias
    scores = (rows @ head.key) @ query / np.sqrt(50) - head.slope * np.abs(places - own)
    return softmax(np.where(places == own, -np.inf, scores))


@pytest.mark.parametrize("text", [TEXT, "Money bank grows", "The bank approved our loan for the house"])
def test_the_lean_is_its_formula(text, vectors):
    for preset, value, weights_of in (
        ("balanced", np.eye(50), lambda rows, own: softmax(rows @ rows[own] / 2 / np.sqrt(50))),
        ("trained", Head.load(FILE).value, trained_weights),
    ):
        found = lean(text, "bank", vectors, preset)
        expected = by_hand(text, "bank", vectors, value, weights_of)
        assert_allclose((found.before, found.after, found.noticed), expected, rtol=1e-5)
        assert found.senses == AB


@pytest.mark.parametrize("preset", PRESETS)
def test_its_sign_is_that_of_the_difference_of_two_cosines(preset, vectors):
    space, line = space_of(vectors, settings_of(preset)), line_of(vectors, preset)
    middle = space(vectors.vectors[:20_000].mean(axis=0, dtype=float)[None])[0]
    poles = [space(vectors[list(words)]).mean(axis=0) - middle for words in BANK.poles.values()]
    rows = space(vectors.vectors[:3000:10])
    to_first, to_second = (np.array([1 - distance.cosine(row - middle, pole) for row in rows]) for pole in poles)
    assert 0.1 < (line(rows) > 0).mean() < 0.9
    assert ((line(rows) > 0) == (to_second > to_first)).all()


@pytest.mark.parametrize("preset", PRESETS)
def test_pulls_laid_tip_to_tail_lead_from_before_to_after(preset, vectors):
    sentence, trace = contextualize(TEXT, vectors, preset)
    row, line, found = sentence.index("bank"), line_of(vectors, preset), lean(TEXT, "bank", vectors, preset)
    steps = pulls(trace, row) @ line.direction
    assert found.before + steps.sum() == pytest.approx(found.after, abs=1e-9)
    assert trace.weights[row] @ line(trace.value) == pytest.approx(found.after, abs=1e-9)
    assert np.linalg.norm(line.direction) == pytest.approx(1)


@pytest.mark.parametrize("preset", PRESETS)
def test_the_middle_is_on_neither_side_and_each_pole_on_its_own(preset, vectors):
    space, line = space_of(vectors, settings_of(preset)), line_of(vectors, preset)
    nothing = line.lean(space(vectors["bank"][None])[0], line.middle)
    assert nothing.after == 0
    assert nothing.side is None
    finance, river = (space(vectors[list(words)]).mean(axis=0) for words in BANK.poles.values())
    assert [line.lean(line.middle, pole).side for pole in (finance, river)] == list(AB)
    assert line.unit == pytest.approx((line(river) - line(finance)) / 2)


def test_poles_change_sides_when_they_are_swapped(vectors):
    swapped = AmbiguousWord("bank", dict(reversed(BANK.poles.items())), {})
    there, back = lean(TEXT, "bank", vectors), lean(TEXT, "bank", vectors, sense=swapped)
    assert (back.before, back.after) == pytest.approx((-there.before, -there.after))
    assert back.side == there.side


# the words


@pytest.mark.parametrize(
    ("before", "after", "caption"),
    [
        (-2.0, 3.0, "crosses to river"),
        (3.0, -2.0, "crosses to finance"),
        (-0.25, 0.25, "crosses to river"),  # at the boundary a place is on its side
        (-2.0, -1.0, "stays with finance"),
        (0.5, 0.25, "stays with river"),
        (1.0, 2.0, "moves further towards river"),
        (-0.25, -0.5, "moves further towards finance"),
        (-2.0, 0.0, NEITHER),
        (0.25, 0.0, NEITHER),
        (-0.125, 0.125, NEITHER),
        (0.0, 3.0, "moves to river"),
        (0.0, -0.25, "moves to finance"),
        (2.0, 2.125, STILL),
        (-0.125, 0.0, STILL),
        (0.125, 0.25, STILL),  # though only the end is on a side
        (0.0, 0.0, STILL),
    ],
)
def test_captions_by_hand(before, after, caption):
    assert Lean(before, after, AB, noticed=0.25).caption == caption


@given(before=st.floats(-9, 9), after=st.floats(-9, 9), noticed=st.floats(0.01, 1))
@example(before=-0.25, after=0.25, noticed=0.25)
@example(before=0.0, after=-0.25, noticed=0.25)
def test_a_caption_claims_what_is_so_and_no_more(before, after, noticed):
    found = Lean(before, after, AB, noticed)
    start, end = found.side_of(before), found.side
    assert end == (None if -noticed < after < noticed else "finance" if after < 0 else "river")
    assert (found.caption == STILL) == (abs(after - before) < noticed)
    if found.caption == STILL:
        return
    assert (found.caption == NEITHER) == (end is None)
    claim, _, sense = found.caption.rpartition(" ")
    if end:
        assert sense == end
        assert (claim == "crosses to") == (start is not None and start != end)
        assert (claim == "moves to") == (start is None)
        assert (claim == "moves further towards") == (start == end and abs(after) > abs(before))
        assert (claim == "stays with") == (start == end and abs(after) < abs(before))


# which word


def test_each_occurrence_has_its_own_lean(vectors):
    text = "The bank of the river lent money to another bank"
    sentence, trace = contextualize(text, vectors, "trained")
    line, rows = line_of(vectors, "trained"), [i for i, token in enumerate(sentence.tokens) if token == "bank"]
    for occurrence, row in enumerate(rows, 1):
        found = lean(text, "bank", vectors, occurrence=occurrence)
        assert found.after == pytest.approx(float(line(trace.output[row])))
    assert lean(text, "bank", vectors).after != pytest.approx(lean(text, "bank", vectors, occurrence=2).after, abs=0.1)


def test_tokens_and_capitals_do_as_well(vectors):
    expected = lean("money bank grows", "bank", vectors)
    assert lean("MONEY Bank grows!", "Bank", vectors) == expected == lean(["money", "bank", "grows"], "bank", vectors)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"word": "water"}, "“water” is not in this sentence, which has: we, sat, on, the, bank"),
        ({"word": "river"}, "“river” has no poles"),
        ({"word": "bank", "occurrence": 2}, "“bank” stands 1 times in this sentence, so there is no occurrence 2"),
        ({"word": "the", "occurrence": 0}, "“the” stands 2 times in this sentence, so there is no occurrence 0"),
        ({"word": "bank", "preset": "sharpest"}, "no preset 'sharpest': choose one of lesson, .*trained"),
        (
            {"word": "bank", "sense": BANK.with_poles(("money",), ("money",))},
            "the poles of “bank” lie in one direction",
        ),
        ({"word": "bank", "sense": BANK.with_poles(("xqzvw",), ("money",))}, "xqzvw"),
    ],
)
def test_an_error_says_what_is_wrong(given, message, vectors):
    with pytest.raises(ValueError, match=message):
        lean(TEXT, vectors=vectors, **given)


def test_any_word_has_a_lean_between_poles_of_ones_own(vectors):
    own = AmbiguousWord("river", {"dry": ("desert", "sand"), "wet": ("water", "lake")}, {})
    assert lean("The river flows into the sea", "river", vectors, sense=own).side == "wet"


# what is shown is what is said


def made_up(vectors, count=200):
    """Frequent words at random, with an ambiguous one among them."""
    rng = np.random.default_rng(11)
    frequent = [word for word in vectors.index_to_key[:3000] if word.isalpha()]
    for _ in range(count):
        word, others = str(rng.choice(list(SENSES))), rng.choice(frequent, rng.integers(1, 12)).tolist()
        others.insert(int(rng.integers(len(others) + 1)), word)
        yield word, " ".join(others)


@pytest.mark.parametrize("preset", PRESETS)
def test_the_dot_the_mark_and_the_words_are_one_number(preset, vectors):
    settings = settings_of(preset)
    space = space_of(vectors, settings)
    texts = [(word, text) for word, _, text in EXAMPLES]
    texts += [(failure.word, text) for failure in FAILURES for text in (failure.a, failure.b)]
    for word, text in [*texts, *made_up(vectors)]:
        sentence, found = embed(text, vectors), lean(text, word, vectors, preset)
        shown = Shown(0, sentence, attend_sentence(sentence, vectors, settings), sentence.index(word))
        [mover] = build_scene(word, [shown], vectors, space, sense=SENSES[word]).movers
        assert mover.contextual[0] == pytest.approx(found.after, abs=1e-9), text
        assert mover.static[0] == pytest.approx(found.before, abs=1e-9), text
        assert (mover.lean.caption, mover.lean.side) == (found.caption, found.side), text


# what the trained head says


def test_the_examples_end_on_the_side_of_their_sense(vectors):
    ends = [(name, lean(text, word, vectors)) for word, name, text in EXAMPLES]
    assert np.mean([found.senses[found.after > 0] == name for name, found in ends]) >= 0.97
    assert np.mean([found.side == name for name, found in ends]) >= 0.97  # and not just off the middle


@pytest.mark.parametrize(
    ("text", "side", "caption"),
    [
        ("I went to the bank to ask for a loan to buy a new house for my family", "finance", None),
        ("Money bank grows", "finance", "stays with finance"),
        ("River bank flows", "river", "crosses to river"),
        (TEXT, "river", "crosses to river"),
    ],
)
def test_the_sentences_of_the_home_page(text, side, caption, vectors):
    found = lean(text, "bank", vectors)
    assert found.side == side
    assert caption in (None, found.caption)
