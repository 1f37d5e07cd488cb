"""Words on their way through a training: rings at the start, dots where they are, and the loss under it."""

import numpy as np
import plotly.graph_objects as go
import pytest

from selfattn.figures.palette import PHONE, Size, palette
from selfattn.lessons.word_vectors.train_figure import trail, with_room
from selfattn.lessons.word_vectors.train_paths import Paths

THEMES = ["light", "dark", "light room", "dark room"]
POINTS = np.array(
    [
        [[0.0, 0.0], [0.0, 0.1], [0.1, 0.0]],
        [[0.5, 0.2], [-1.0, 0.5], [1.0, -0.5]],
        [[0.6, 0.3], [-3.0, 1.0], [3.0, -1.0]],
    ]
)
PATHS = Paths(("bank", "money", "river"), (None, 0, 1), (0, 5, 10), POINTS, 0.5, ("finance", "river"))
LOSSES = [4.0 - 0.2 * at for at in range(11)]
HOSTILE = Paths(("<b>x</b>", "$y$", "z" * 60), (None, None, None), (0, 5, 10), POINTS, 0.5)


def heads(figure):
    (found,) = [one for one in figure.data if one.mode == "markers+text" and not one.yaxis]
    return found


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("at", [0, 1, 2])
def test_every_theme_is_valid_and_large_enough(theme, at):
    figure = go.Figure(trail(PATHS, LOSSES, at, animated=True, theme=theme).to_dict())
    assert min(heads(figure).textfont.size) >= palette(theme).label
    assert all(note.font.size >= palette(theme).small for note in figure.layout.annotations)
    assert figure.layout.height == Size().height


@pytest.mark.parametrize("at", [0, 1, 2])
def test_words_stand_where_the_epoch_has_them_and_rings_where_they_began(at):
    figure = trail(PATHS, LOSSES, at)
    np.testing.assert_allclose(np.column_stack([heads(figure).x, heads(figure).y]), POINTS[at])
    rings = figure.data[0]
    np.testing.assert_allclose(np.column_stack([rings.x, rings.y]), POINTS[0])
    assert rings.marker.symbol == "circle-open"
    followed = [one for one in figure.data if one.mode == "lines" and one.line.color == palette("light").ink]
    np.testing.assert_allclose([x for x in followed[-1].x if x is not None], POINTS[: at + 1, 0, 0])


def test_axes_do_not_move_from_epoch_to_epoch():
    ranges = {
        (*one.layout.xaxis.range, *one.layout.yaxis.range) for one in (trail(PATHS, LOSSES, at) for at in range(3))
    }
    assert len(ranges) == 1


def test_the_player_goes_through_every_epoch_and_ends_where_the_numbers_say():
    figure = go.Figure(trail(PATHS, LOSSES, 0, animated=True).to_dict())
    assert [frame.name for frame in figure.frames] == ["0", "5", "10"]
    last = trail(PATHS, LOSSES, 2, animated=True)
    assert [list(one.x) for one in figure.frames[-1].data] == [list(one.x) for one in last.data[2:]]
    assert not trail(PATHS, LOSSES, 0).frames


def test_the_loss_is_a_line_with_its_ends_and_a_mark_at_the_epoch():
    figure = trail(PATHS, LOSSES, 1)
    line, mark = (one for one in figure.data if one.yaxis == "y2")
    assert list(line.y) == LOSSES
    assert "4.00" in line.text[0]
    assert "2.00" in line.text[-1]
    assert (list(mark.x), list(mark.y), list(mark.text)) == ([5], [3.0], ["3.00"])


def test_the_ends_are_named_and_how_much_is_kept():
    said = [note.text for note in trail(PATHS, LOSSES, 2).layout.annotations]
    assert said == ["the two axes keep 50 % of the variance", "<b>← finance</b>", "<b>river →</b>"]
    assert trail(PATHS, LOSSES, 2, size=PHONE).layout.annotations[0].text == "axes keep 50 %"


@pytest.mark.parametrize("losses", [[1.0] * 11, LOSSES[::-1], [0.0, *[9.0] * 10]])
def test_hostile_words_flat_and_rising_losses_are_drawn(losses):
    figure = go.Figure(trail(HOSTILE, losses, 2, animated=True).to_dict())
    text = " ".join(heads(figure).text)
    assert "&lt;b&gt;x" in text
    assert "<b>x" not in text.replace("<b>&lt;", "")
    low, high = figure.layout.yaxis2.range
    assert low < min(losses) <= max(losses) < high


def test_points_in_one_place_are_drawn():
    still = Paths(("a", "b"), (None, None), (0, 1), np.zeros((2, 2, 2)), 0.0)
    go.Figure(trail(still, [1.0, 1.0], 1, animated=True).to_dict())


@pytest.mark.parametrize("size", [Size(640, 350), PHONE])
def test_after_the_last_epoch_no_word_is_without_its_name(size):
    crowded = Paths(
        tuple(f"crowded{at}" for at in range(40)), (None,) * 40, (0, 5),
        np.random.default_rng(0).normal(size=(2, 40, 2)), 0.5,
    )  # fmt: skip
    drawn = with_room(crowded, size=size)
    assert drawn.words[0] == "crowded0", "the word that is followed"
    assert 3 < len(drawn.words) < 40
    assert drawn.points.shape == (2, len(drawn.words), 2)
    assert all(heads(trail(drawn, LOSSES, 1, size=size)).text)
    assert with_room(PATHS, size=size).words == PATHS.words
