"""A traced number: every intermediate is that of the trace, and what is read can be computed again."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import softmax

from selfattn.core import rounding
from selfattn.core.attention import attend
from selfattn.core.contextual import attend_sentence, contextualize, space_of
from selfattn.core.heaviest import gathered, heaviest_and_rest
from selfattn.core.lean import lean
from selfattn.core.presets import PRESETS, Settings
from selfattn.core.scene import Shown, build_scene
from selfattn.core.senses import SENSES
from selfattn.core.sentences import embed
from selfattn.views.trace import prose
from selfattn.views.trace import steps as tracing
from selfattn.views.trace.decimals import Written, write_coordinate, write_point, write_weight
from selfattn.views.whatif.change import heaviest_other

TEXTS = ["Money bank grows", "River bank flows", "bank", "bank bank bank", "The bank by the river and the bank in town"]
LONG = (
    "The people of the old river town said that money in the bank grows when fish swim near the green water and a loan"
)


def by_hand():
    """Two words in two dimensions: 3 · 1 + 4 · 2 = 11, 3 · 3 + 4 · 4 = 25; nothing is divided but by 10."""
    return attend([[3.0, 4.0], [1.0, 2.0]], scale=False, temperature=10.0)


def traced(text, vectors, preset="balanced", row=None, column=None, most=12):
    sentence, trace = contextualize(text, vectors, preset)
    row = sentence.index("bank") if row is None else row
    column = heaviest_other(trace.weights[row], row) if column is None else column
    one = tracing.trace_weight(trace, row, column)
    shown = heaviest_and_rest(one.weights, most, always=(column, row))
    return sentence, trace, one, shown, write_weight(one, sentence.tokens, shown)


# the numbers


def test_a_weight_by_hand():
    one = tracing.trace_weight(by_hand(), 0, 1)
    np.testing.assert_array_equal(one.products, [3, 8])
    assert (one.scores[1], one.divisor, one.scaled[1], one.shift) == (11, 10, 1.1, 0)
    assert one.exponentials == pytest.approx([np.e**2.5, np.e**1.1])
    assert one.total == pytest.approx(np.e**2.5 + np.e**1.1)
    assert one.weight == pytest.approx(np.e**1.1 / (np.e**2.5 + np.e**1.1))
    assert (one.allowed, one.biased, one.largest) == (True, False, 1)


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("text", [*TEXTS, LONG])
def test_every_number_is_that_of_the_trace(vectors, text, preset):
    sentence, trace = contextualize(text, vectors, preset)
    row = sentence.index("bank")
    for column in range(len(sentence)):
        one = tracing.trace_weight(trace, row, column)
        assert one.products.sum() == pytest.approx(trace.scores[row, column])
        np.testing.assert_allclose(
            (one.scores / one.divisor + one.added)[np.isfinite(one.scaled)], one.scaled[np.isfinite(one.scaled)]
        )
        np.testing.assert_allclose(one.exponentials / one.total, trace.weights[row], atol=1e-15)
        np.testing.assert_allclose(softmax(one.scaled), trace.weights[row], atol=1e-12)  # an outside oracle
        assert one.weight == trace.weights[row, column]


@pytest.mark.parametrize(("temperature", "shifts"), [(0.5, True), (5.0, False), (10.0, False), (0.1, True)])
def test_only_a_row_that_cannot_be_written_down_is_shifted(temperature, shifts):
    one = tracing.trace_weight(attend([[3.0, 4.0], [1.0, 2.0]], scale=False, temperature=temperature), 0, 1)
    assert bool(one.shift) is shifts
    assert one.exponentials.max() == 1 if shifts else one.exponentials.max() <= tracing.HIGHEST


def test_very_low_scores_are_shifted_too():
    one = tracing.trace_weight(attend([[1.0], [2.0]], bias=np.array([-40.0, -50.0])), 0, 0)
    assert one.biased
    assert one.shift == one.scaled.max()
    assert one.exponentials.max() == 1


def test_a_pair_that_may_not_attend_has_no_share(vectors):
    *_, one, _, _ = traced("Money bank grows", vectors, Settings(attend_self=False), column=1)
    assert not one.allowed
    assert (one.weight, one.exponentials[1], one.scaled[1]) == (0, 0, -np.inf)
    assert not one.biased, "a mask is not a bias"


def test_a_coordinate_by_hand():
    trace = by_hand()
    one = tracing.trace_coordinate(trace, 0, 1)
    np.testing.assert_allclose(one.parts, trace.weights[0] * [4, 2])
    assert one.parts.sum() == pytest.approx(one.contextual)
    assert (one.contextual, one.static) == (trace.output[0, 1], 4.0)


def test_the_coordinate_that_changes_most(vectors):
    _, trace = contextualize("Money bank grows", vectors)
    change = np.abs(trace.output[1] - trace.matrix[1])
    assert change[tracing.most_changed(trace, 1)] == change.max()


@pytest.mark.parametrize("on_words", [False, True])
@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("text", [*TEXTS, LONG])
def test_a_point_is_weight_times_distance(vectors, text, preset, on_words):
    one, *_ = point(text, vectors, preset, on_words=on_words)
    np.testing.assert_allclose(one.steps, one.weights[:, None] * (one.places - one.static), atol=1e-9)
    np.testing.assert_allclose(one.static + one.steps.sum(axis=0), one.contextual, atol=1e-9)


def point(text, vectors, preset="balanced", on_words=False, most=12):
    settings = PRESETS[preset]
    sentence = embed(text, vectors)
    trace, row = attend_sentence(sentence, vectors, settings), sentence.index("bank")
    scene = build_scene(
        "bank", [Shown(0, sentence, trace, row)], vectors, space_of(vectors, settings),
        sense=SENSES["bank"], on_words=on_words,
    )  # fmt: skip
    (mover,) = scene.movers
    at = {word: place for word, place, _ in scene.words} | {"bank": mover.static}
    np.testing.assert_allclose(mover.places, [at[token] for token in mover.tokens])  # where the plot has them
    shown = heaviest_and_rest(np.abs(mover.steps).max(axis=1), most)
    return mover, shown, write_point(mover, shown), sentence


@pytest.mark.parametrize(("i", "j"), [(-1, 0), (0, -1), (2, 0), (0, 2)])
def test_a_weight_that_is_not_there(i, j):
    with pytest.raises(IndexError, match=r"no weight"):
        tracing.trace_weight(by_hand(), i, j)


@pytest.mark.parametrize(("i", "dimension"), [(0, 2), (0, -1), (2, 0)])
def test_a_coordinate_that_is_not_there(i, dimension):
    with pytest.raises(IndexError, match=r"no coordinate"):
        tracing.trace_coordinate(by_hand(), i, dimension)


# which lines are shown


@given(st.lists(st.floats(-10, 10), min_size=1, max_size=40), st.integers(2, 12), st.data())
def test_lines_cover_every_part_once(sizes, most, data):
    must = data.draw(st.integers(0, len(sizes) - 1))
    shown = heaviest_and_rest(np.abs(sizes), most, always=(must,))
    assert set(shown) <= set(range(len(sizes)))
    assert must in shown
    assert list(shown) == sorted(set(shown))
    rest = len(sizes) - len(shown)
    assert rest != 1
    assert len(shown) + bool(rest) <= most
    assert sum(gathered(sizes, shown)) == pytest.approx(sum(sizes), abs=1e-9)
    others = set(range(len(sizes))) - {*shown, must}
    assert all(abs(sizes[place]) >= abs(sizes[other]) for place in shown if place != must for other in others)


# what is read can be computed again


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("text", TEXTS)
def test_a_short_row_holds_as_it_is_read(vectors, text, preset):
    sentence = embed(text, vectors)
    row = sentence.index("bank")
    for column in range(len(sentence)):
        _, _, one, shown, found = traced(text, vectors, preset, row, column)
        if one.allowed:
            assert {"scaled", "bias", "shift", "exp", "product"} <= found.holds
            assert "share" in found.holds or one.weight < 1e-4, "two digits of a tiny number may not divide to two"
        read_again(one, shown, found)


def read_again(one, shown, found):
    """Compute from rounded numbers alone, as a pupil with a calculator does."""
    fixed, telling = rounding.fixed, rounding.telling
    total = fixed(one.total, found.exponential)
    for at in [one.j] if one.allowed else []:
        divided = fixed(fixed(one.scores[at], found.score) / one.divisor, found.score)
        scaled = fixed(divided + fixed(one.added[at], found.score), found.score)
        assert scaled == fixed(one.scaled[at], found.score)
        shifted = fixed(scaled - fixed(one.shift, found.score), found.score)
        part = telling(np.exp(shifted), found.exponential)
        assert part == telling(one.exponentials[at], found.exponential)
        divides = telling(part / total, found.share) == telling(one.weights[at], found.share)
        assert divides == ("share" in found.holds)
    if "total" in found.holds:
        parts = [fixed(part, found.exponential) for part in gathered(one.exponentials, shown)]
        assert sum(parts) == pytest.approx(total, abs=0.4 * 10**-found.exponential)
    if "whole" in found.holds:
        parts = [fixed(part, found.share) for part in gathered(one.weights, shown)]
        assert sum(parts) == pytest.approx(1, abs=0.4 * 10**-found.share)


def test_the_lesson_of_the_first_screen(vectors):
    *_, one, _, found = traced("Money bank grows", vectors)
    assert {"total", "whole"} <= found.holds
    assert (found.score, found.exponential, found.share) == (2, 1, 2)
    said = prose.weight_finding(one, found)
    assert said == "“money” gives the new “bank” 24 %: exp(1.53) = 4.6 of 19.3."
    assert round(np.exp(1.53), 1) == 4.6
    assert round(4.6 / 19.3, 2) == 0.24


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("n", [24, 200, 512])
def test_a_long_row_holds_for_the_word_that_is_traced(vectors, n, preset):
    words = [word for word in vectors.index_to_key if word.isalpha() and word != "bank"][: n - 1]
    for column in (0, n // 2, n - 2):
        _, _, one, shown, found = traced([*words, "bank"], vectors, preset, n - 1, column)
        assert {"scaled", "bias", "shift", "exp"} <= found.holds
        assert "share" in found.holds or one.weight < 1e-4
        assert found.score <= 6
        read_again(one, shown, found)


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("text", [*TEXTS, LONG])
def test_coordinates_hold_as_they_are_read(vectors, text, preset):
    sentence, trace = contextualize(text, vectors, preset)
    row, held = sentence.index("bank"), 0
    for dimension in range(50):
        one = tracing.trace_coordinate(trace, row, dimension)
        shown = heaviest_and_rest(np.abs(one.parts), 12, always=(row,))
        found = write_coordinate(one, sentence.tokens, shown)
        held += {"products", "sum"} <= found.holds
        parts = [rounding.fixed(part, found.part) for part in gathered(one.parts, shown)]
        agrees = sum(parts) == pytest.approx(rounding.fixed(one.contextual, found.part), abs=0.4 * 10**-found.part)
        assert agrees == ("sum" in found.holds)
    assert held >= (30 if len(sentence) <= 6 else 20)


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("text", [*TEXTS, LONG])
def test_points_hold_as_they_are_read(vectors, text, preset):
    one, shown, found, _ = point(text, vectors, preset)
    places = found.place
    for axis in (0, 1):
        parts = [rounding.fixed(part, places) for part in (one.static[axis], *gathered(one.steps[:, axis], shown))]
        agrees = abs(sum(parts) - rounding.fixed(one.contextual[axis], places)) < 0.4 * 10**-places
        assert agrees == (f"axis {axis + 1}" in found.holds)


@given(st.floats(-1e6, 1e6), st.integers(0, 6))
def test_what_is_written_is_what_is_computed_with(number, decimals):
    read = rounding.plain_fixed(number, decimals).replace("−", "-")
    assert float(read) == rounding.fixed(number, decimals)
    assert "-0" not in read or float(read) < 0
    assert rounding.latex_fixed(number, decimals) == read


@given(st.floats(1e-300, 1e6), st.integers(0, 6))
def test_a_small_number_is_never_shown_as_nothing(number, decimals):
    assert rounding.telling(number, decimals) > 0
    assert rounding.telling(number, decimals) == pytest.approx(number, rel=1.0 if number < 1e3 else 0.01)


# in words


def test_the_highest_score_is_taken_off_and_this_is_said(vectors):
    *_, one, _, found = traced("Money bank grows", vectors, "lesson")
    said = prose.weight_finding(one, found)
    assert "less than 1 %" in said
    assert re.search(r"exp\(−14\.8\d*\) = 3\.\d · 10⁻⁷ of 1\.0", said)
    assert "the softmax stays the same" in said


def test_itself_a_mask_and_a_repeated_word(vectors):
    def said(text, preset, row, column):
        *_, one, _, found = traced(text, vectors, preset, row, column)
        return prose.weight_finding(one, found)

    assert said("Money bank grows", "balanced", 1, 1).startswith("“bank” keeps 68 % of itself: exp(")
    assert said("Money bank grows", "sharper", 1, 1).startswith("“bank” may not look at itself: ")
    assert said("bank or bank", "balanced", 0, 2).startswith("“bank” (word 3) gives the new “bank” (word 1) ")
    assert said("bank", "sharper", 0, 0).startswith("“bank” keeps 100 % of itself")


def test_a_coordinate_in_words(vectors):
    sentence, trace = contextualize("Money bank grows", vectors)
    one = tracing.trace_coordinate(trace, 1, 28)
    found = write_coordinate(one, sentence.tokens, heaviest_and_rest(np.abs(one.parts), 12))
    said = prose.coordinate_finding(one, found)
    assert said.startswith("Coordinate 29 of “bank” goes from −1.0371 to −0.5339")
    assert "“bank” itself adds −0.7" in said
    assert said.endswith("“money” adds 0.0998.")


def test_a_point_in_words(vectors):
    one, _, found, _ = point("Money bank grows", vectors)
    said = prose.point_finding(one, found, 1)
    weight, place, static, step = (
        float(number.replace("−", "-"))
        for number in re.search(r"([\d.]+) · \((\S+) − (\S+)\) = (−?[\d.]+\d)", said).groups()
    )
    assert said.startswith("On axis 2 “money” pulls “bank” most")
    assert rounding.fixed(weight * (place - static), found.place) == step
    alone, _, found, _ = point("bank", vectors)
    assert prose.point_finding(alone, found, 0).startswith("Nothing pulls “bank”")


def test_every_chart_can_be_read_out(vectors):
    sentence, trace, one, _, found = traced(LONG, vectors)
    row = prose.row_alt(one, found)
    assert "13 more words" in row
    assert f"loan {rounding.plain_fixed(one.scores[-1], found.score)}" in row
    assert f"add up to {rounding.plain_fixed(one.scores[one.j], found.score)}" in prose.strips_alt(one, found)
    coordinate = tracing.trace_coordinate(trace, one.i, 20)
    parts = heaviest_and_rest(np.abs(coordinate.parts), 12)
    decimals = write_coordinate(coordinate, sentence.tokens, parts)
    assert "the static vector has 1.91" in prose.coordinate_alt(coordinate, decimals)
    place, _, decimals, sentence = point("Money bank grows", vectors)
    said = prose.point_alt(place, decimals, 1, (0, 1))
    ends = lean("Money bank grows", "bank", vectors, "balanced")
    start, end = (rounding.plain_fixed(each, decimals.place) for each in (ends.before, ends.after))
    assert re.search(rf"Axis 1: from {start} by money \+0.0\d+, bank \+0.0+, grows \+0.2\d* to {end};", said)
    assert f"; axis 2: from {rounding.plain_fixed(place.static[1], decimals.place)} by money" in said


def test_names_of_lines():
    written = Written(tokens=["a", "b", "a", "c", "d"], shown=(0, 2), holds=frozenset())
    assert written.names == ["a (1)", "a (3)", "3 more"]
    assert (written.named(2), written.named(1), written.rest) == ("a (3)", "b", 3)
    assert (written.quoted(2), written.quoted(1)) == ("“a” (word 3)", "“b”")
