"""Colours that can be read and told apart, also by the colour-blind; computed from the published definitions."""

from itertools import combinations, pairwise

import numpy as np
import plotly.graph_objects as go
import pytest

from selfattn.figures.palette import DARK, LETTERS, LIGHT, draw, palette, scale, tint

THEMES, ROOMS = ["light", "dark"], ["light room", "dark room"]
POINTS_20 = 20 * 96 / 72  # pixels (CSS Values 4, 5.2): the least that is read from the last row
# Machado, Oliveira & Fernandes (2009), severity 1.0, applied to linear RGB
SIGHT = {
    "full": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
}
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
D65 = TO_XYZ.sum(axis=1)


def linear(colour):
    """From "#RRGGBB" to linear RGB (IEC 61966-2-1)."""
    share = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


def luminance(colour):
    return float(TO_XYZ[1] @ linear(colour))


def contrast(one, other):
    """WCAG 2.2, 1.4.3."""
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


def lab(rgb):
    """From linear RGB to CIELAB (CIE 15:2004)."""
    ratio = TO_XYZ @ np.clip(rgb, 0, 1) / D65
    x, y, z = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def test_the_yardsticks_give_published_values():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21, abs=1e-3)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)
    np.testing.assert_allclose(lab(linear("#FF0000")), [53.24, 80.09, 67.20], atol=0.02)
    for seen in SIGHT.values():
        np.testing.assert_allclose(seen.sum(axis=1), 1, atol=1e-5)  # grey stays grey


@pytest.mark.parametrize("theme", ROOMS)
def test_in_a_room_type_has_20_points_and_words_stand_out_more(theme):
    room, usual = palette(theme), palette(theme.removesuffix(" room"))
    assert min(room.label, room.small, room.tiny) >= POINTS_20
    assert room.label > room.small
    assert room.stroke > usual.stroke == 1
    assert contrast(room.ink, room.paper) >= 7  # WCAG 2.2, 1.4.6
    assert contrast(room.quiet, room.paper) >= 7
    assert contrast(room.line, room.paper) > contrast(usual.line, usual.paper)


@pytest.mark.parametrize("theme", ROOMS)
def test_in_a_room_colours_keep_their_roles(theme):
    room, usual = palette(theme), palette(theme.removesuffix(" room"))
    for name in ("fills", "inks", "weights", "diverging", "paper"):
        assert getattr(room, name) == getattr(usual, name)


@pytest.mark.parametrize("theme", [*THEMES, *ROOMS])
def test_words_stand_out_from_the_page(theme):
    colours = palette(theme)
    for colour in (colours.ink, colours.quiet, *colours.inks):
        assert contrast(colour, colours.paper) >= 4.5, colour


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("theme", THEMES)
def test_sentence_colours_are_told_apart(theme, sight):
    seen = [lab(SIGHT[sight] @ linear(colour)) for colour in palette(theme).fills]
    for (one, first), (other, second) in combinations(zip(LETTERS, seen, strict=True), 2):
        assert np.linalg.norm(first - second) > 10, (one, other)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("sight", SIGHT)
def test_a_deeper_weight_is_further_from_the_page(theme, sight):
    colours = palette(theme)
    light = [lab(SIGHT[sight] @ linear(colour))[0] for colour in colours.weights]
    page = lab(linear(colours.paper))[0]
    assert all(abs(after - page) > abs(before - page) + 5 for before, after in pairwise(light))


@pytest.mark.parametrize("theme", THEMES)
def test_scores_are_nearest_to_the_page_at_zero_and_their_ends_differ(theme):
    colours = palette(theme)
    away = [abs(luminance(colour) - luminance(colours.paper)) for colour in colours.diverging]
    assert away[0] > away[1] > away[2] < away[3] < away[4]
    for seen in SIGHT.values():
        ends = [lab(seen @ linear(colours.diverging[at])) for at in (0, -1)]
        assert np.linalg.norm(ends[0] - ends[1]) > 30


@pytest.mark.parametrize(("theme", "expected"), [("light", LIGHT), ("dark", DARK), ("", LIGHT), ("sepia", LIGHT)])
def test_an_unknown_theme_is_light(theme, expected):
    assert palette(theme) is expected


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_every_sentence_has_its_colours(colours):
    assert len(colours.fills) == len(colours.inks) == len(LETTERS)
    assert len(set(colours.fills)) == len(set(colours.inks)) == len(LETTERS)


def test_a_tint_is_the_colour_and_its_share():
    assert tint("#0072B2", 0.256) == "rgba(0,114,178,0.26)"


def test_a_scale_runs_evenly_from_0_to_1():
    assert scale(("#000000", "#888888", "#FFFFFF")) == [(0.0, "#000000"), (0.5, "#888888"), (1.0, "#FFFFFF")]


@pytest.mark.parametrize(
    ("data", "looks"),
    [
        ([{"type": "bar", "colour": "red"}], {}),
        ([], {"hight": 3}),
        ([], {"annotations": [{"font": {"size": "big"}}]}),
    ],
)
def test_a_mistake_passes_the_quick_way_and_fails_the_check_in_full(data, looks):
    quick = draw(data, LIGHT, 300, **looks)
    with pytest.raises(ValueError, match=r"(?i)invalid"):
        go.Figure(quick.to_dict())


def test_a_figure_can_be_shown_in_a_notebook():
    assert "plotly" in draw([{"type": "bar", "y": [1]}], LIGHT, 300).to_html(include_plotlyjs=False)
