"""Labels that do not cover one another: what is promised holds for any points."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfattn.figures.labels import NEAR, RINGS, SIDES, Anchor, place, text_width

BOUNDS = (0.0, 0.0, 600.0, 400.0)


@st.composite
def anchors(draw):
    x, y = draw(st.floats(0, 600)), draw(st.floats(0, 400))
    text, size = draw(st.text("abcdefghij", min_size=1, max_size=12)), draw(st.sampled_from([11, 15, 18]))
    return Anchor(x, y, text, size, must=draw(st.booleans()), far=draw(st.booleans()))


@st.composite
def boxes(draw):
    x, y = draw(st.floats(0, 580)), draw(st.floats(0, 380))
    return x, y, x + draw(st.floats(1, 20)), y + draw(st.floats(1, 20))


def box(anchor, placed):
    half_width, half_height = text_width(anchor.text, anchor.size) / 2, anchor.size * 0.6
    x, y = anchor.x + placed.dx, anchor.y + placed.dy
    return x - half_width, y - half_height, x + half_width, y + half_height


def overlap(one, other):
    return min(one[2], other[2]) - max(one[0], other[0]) > 1e-6 and min(one[3], other[3]) - max(one[1], other[1]) > 1e-6


@given(st.lists(anchors(), max_size=12), st.lists(boxes(), max_size=8))
def test_what_may_give_way_covers_nothing_and_leaves_the_plot_nowhere(wanted, obstacles):
    taken = list(obstacles)
    for anchor, placed in zip(wanted, place(wanted, obstacles, BOUNDS), strict=True):
        if placed is None:
            continue
        drawn = box(anchor, placed)
        if not anchor.must:
            assert not any(overlap(drawn, other) for other in taken)
            assert drawn[0] >= -1e-6
            assert drawn[1] >= -1e-6
            assert drawn[2] <= BOUNDS[2] + 1e-6
            assert drawn[3] <= BOUNDS[3] + 1e-6
        taken.append(drawn)


@given(st.lists(anchors(), max_size=12), st.lists(boxes(), max_size=8))
def test_what_must_be_shown_is_and_only_what_may_be_far_is(wanted, obstacles):
    for anchor, placed in zip(wanted, place(wanted, obstacles, BOUNDS), strict=True):
        assert placed or not anchor.must
        assert not (placed and placed.far and not anchor.far)


def test_no_leader_runs_through_another_label_unless_it_may():
    wall = [(0.0, 0.0, 600.0, 195.0), (0.0, 245.0, 600.0, 340.0)]  # the way to room leads along the others
    names = [Anchor(x, 220, "wide enough", 18) for x in range(60, 600, 60)]
    free, strict = (place(names, wall, BOUNDS, crossing=crossing) for crossing in (True, False))
    assert [any(spot.far for spot in placed if spot) for placed in (free, strict)] == [True, False]


@given(st.lists(anchors(), min_size=1, max_size=8), anchors())
def test_a_later_label_does_not_move_an_earlier_one(wanted, later):
    assert place([*wanted, later], [], BOUNDS)[:-1] == place(wanted, [], BOUNDS)


def test_with_room_a_label_stands_to_the_right_without_a_leader():
    (placed,) = place([Anchor(300, 200, "bank", 18)], [], BOUNDS)
    assert placed.dx == pytest.approx(RINGS[0] + text_width("bank", 18) / 2 + 1)
    assert (placed.dy, placed.far) == (0, False)


def test_at_the_right_edge_a_label_stands_to_the_left():
    (placed,) = place([Anchor(595, 200, "bank", 18)], [], BOUNDS)
    assert placed.dx < 0
    assert not placed.far


def test_crowded_points_have_their_labels_apart_the_far_ones_with_a_leader():
    crowd = [Anchor(300, 200 + step, "contextual", 18, must=True) for step in range(4)]
    wall = [(270.0, 170.0, 330.0, 230.0)]
    placed = place(crowd, wall, BOUNDS)
    drawn = [box(anchor, spot) for anchor, spot in zip(crowd, placed, strict=True)]
    assert not any(overlap(one, other) for one, other in combinations([*drawn, *wall], 2))
    assert all(spot.far for spot in placed)


def test_without_room_what_must_be_shown_is_and_what_may_is_left_out():
    everywhere = [(0.0, 0.0, 600.0, 400.0)]
    must, may = place([Anchor(300, 200, "a", 18, must=True), Anchor(300, 200, "b", 18)], everywhere, BOUNDS)
    assert must
    assert may is None


def test_no_anchors_no_labels():
    assert place([], [], BOUNDS) == []


@pytest.mark.parametrize(("wide", "narrow"), [("銀行", "ab"), ("ＡＢ", "AB"), ("🏦🏦", "ab"), ("abc", "ab")])
def test_wide_letters_take_more_room(wide, narrow):
    assert text_width(wide, 18) > text_width(narrow, 18)


def test_width_grows_with_the_size_and_nothing_has_none():
    assert text_width("bank", 36) == pytest.approx(2 * text_width("bank", 18))
    assert text_width("", 18) == 0


def test_the_near_candidates_are_the_two_inner_rings():
    assert len(SIDES) * 2 == NEAR
    assert list(RINGS) == sorted(RINGS)
