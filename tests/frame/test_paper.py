"""What a page needs to be printed: the light colours of a dark theme."""

import pytest

from selfattn.figures.palette import THEMES
from selfattn.frame.paper import lighter


@pytest.mark.parametrize(("dark", "light"), [("dark", "light"), ("dark room", "light room")])
def test_every_colour_of_a_dark_theme_has_one_of_the_same_role(dark, light):
    pairs = lighter(dark)
    for role in ("ink", "quiet", "line", "paper"):
        assert pairs[getattr(THEMES[dark], role)] == getattr(THEMES[light], role)
    for role in ("fills", "inks", "weights", "diverging"):
        assert [pairs[colour] for colour in getattr(THEMES[dark], role)] == list(getattr(THEMES[light], role))
    assert lighter(light) == {}
