"""The meaning meter: every number on it is one of the cosines."""

import re

import plotly.graph_objects as go
import pytest

from selfattn.core.contextual import contextualize
from selfattn.core.senses import SENSES, meaning_meter
from selfattn.figures.meter import MeterReading, meaning_meter_figure
from selfattn.figures.palette import LETTERS, palette

BANK = [
    MeterReading(0, {"finance": 0.824, "river": 0.441}, {"finance": 0.896, "river": 0.502}),
    MeterReading(1, {"finance": 0.824, "river": 0.441}, {"finance": 0.798, "river": 0.671}),
]
SIX = [MeterReading(role, {"<b>": 0.1}, {"<b>": 0.2}) for role in range(6)]
NEGATIVE = [MeterReading(2, {"finance": -0.25, "river": 0.1}, {"finance": -0.4, "river": 0.3})]
ROWS = [("finance", 0), ("finance", 1), ("river", 0), ("river", 1)]


def parts(figure):
    *ways, ghosts, points = figure.data
    return ways, ghosts, points


@pytest.mark.parametrize("theme", ["light", "dark", "light room", "dark room"])
@pytest.mark.parametrize("readings", [BANK[:1], BANK, NEGATIVE, SIX])
def test_every_meter_is_valid(readings, theme):
    figure = meaning_meter_figure(readings, theme=theme)
    go.Figure(figure.to_dict())
    assert not any(text.startswith("<b>") for text in figure.layout.yaxis.ticktext)


def test_there_is_a_row_for_each_sense_and_sentence_from_the_top():
    axis = meaning_meter_figure(BANK).layout.yaxis
    assert [re.sub(r"</?b>", "", text).split() for text in axis.ticktext] == [[s, LETTERS[r]] for s, r in ROWS]
    assert list(axis.tickvals) == [0, 1, 2, 3]
    assert axis.range[0] > axis.range[1]


@pytest.mark.parametrize("readings", [BANK, NEGATIVE])
def test_points_stand_at_the_cosines_and_are_joined(readings):
    lines = [(sense, one) for sense in readings[0].before for one in readings]
    ways, ghosts, points = parts(meaning_meter_figure(readings))
    assert list(ghosts.x) == [one.before[sense] for sense, one in lines]
    assert list(points.x) == [one.after[sense] for sense, one in lines]
    assert list(ghosts.y) == list(points.y) == list(range(len(lines)))
    for at, (way, (sense, one)) in enumerate(zip(ways, lines, strict=True)):
        assert (list(way.x), list(way.y)) == ([one.before[sense], one.after[sense]], [at, at])


def test_values_are_written_before_and_after():
    figure = meaning_meter_figure(BANK)
    assert [re.sub(r"</?b>", "", note.text) for note in figure.layout.annotations] == [
        "0.82 → 0.90", "0.82 → 0.80", "0.44 → 0.50", "0.44 → 0.67",
    ]  # fmt: skip
    assert [note.y for note in figure.layout.annotations] == [0, 1, 2, 3]


@pytest.mark.parametrize(("readings", "low"), [(BANK, 0.0), (NEGATIVE, -0.4)])
def test_the_track_reaches_from_the_lowest_cosine_to_1(readings, low):
    figure = meaning_meter_figure(readings)
    assert {(track.x0, track.x1) for track in figure.layout.shapes} == {(low, 1)}
    assert [track.y0 for track in figure.layout.shapes] == list(range(2 * len(readings)))
    assert figure.layout.xaxis.range[0] < low
    assert figure.layout.xaxis.range[1] >= 1


def test_static_is_hollow_and_grey_contextual_full_and_in_the_colour_of_its_sentence():
    colours = palette("light")
    ways, ghosts, points = parts(meaning_meter_figure(BANK))
    assert (ghosts.marker.color, ghosts.marker.line.color) == (colours.paper, colours.quiet)
    assert list(points.marker.color) == [colours.fills[role] for _, role in ROWS]
    assert [way.line.color for way in ways] == [colours.fills[role] for _, role in ROWS]


def test_more_rows_make_it_taller():
    assert meaning_meter_figure(BANK).layout.height > meaning_meter_figure(BANK[:1]).layout.height


def test_the_meter_of_the_lesson(vectors):
    sentence, trace = contextualize("River bank flows", vectors)
    row, sense = sentence.index("bank"), SENSES["bank"]
    before, after = (meaning_meter(side[row], sense, vectors) for side in (trace.matrix, trace.output))
    figure = meaning_meter_figure([MeterReading(1, before, after)])
    written = [re.sub(r"</?b>", "", note.text) for note in figure.layout.annotations]
    assert written == [f"{before[name]:.2f} → {after[name]:.2f}" for name in sense.poles]
    assert after["river"] > before["river"]
