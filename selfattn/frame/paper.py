"""The page on paper: light whatever the screen is, pictures as wide as the sheet, no buttons (with `style.css`)."""

from dataclasses import astuple
from pathlib import Path

import streamlit as st

from selfattn.figures.palette import THEMES

_KEY = "paper"
_ready = st.components.v2.component(
    "selfattn_paper", html="<i></i>", js=(Path(__file__).parent / "paper.js").read_text(encoding="utf-8")
)


def ready(theme: str) -> None:
    """Let the browser ready what it shows in a theme for a printer, whenever it prints."""
    _ready(key=_KEY, data=[lighter(theme)])


def lighter(theme: str) -> dict[str, str]:
    """Pair every colour of a dark theme with the light one of the same role; a light one needs none.

    >>> lighter("dark")["#0E1117"], lighter("light")
    ('#FFFFFF', {})
    """
    other = theme.replace("dark", "light")
    return {} if other == theme else dict(zip(_colours(theme), _colours(other), strict=True))


def _colours(theme: str) -> list[str]:
    fields = astuple(THEMES[theme])
    roles = [field if isinstance(field, tuple) else (field,) for field in fields if not isinstance(field, (int, float))]
    return [colour for role in roles for colour in role]
