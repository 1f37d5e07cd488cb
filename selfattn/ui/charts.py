"""Show a figure: always with a key and with the words that stand in for it."""

from __future__ import annotations

from collections.abc import Callable

import plotly.graph_objects as go
import streamlit as st

from selfattn.ui import state

CONFIG = {"displayModeBar": False, "responsive": True, "scrollZoom": False, "doubleClick": False}


def show(figure: go.Figure, *, key: str, alt: str) -> None:
    """Draw a figure in the width that there is."""
    st.plotly_chart(figure, key=key, alt=alt, config=CONFIG)


def show_clickable(figure: go.Figure, *, key: str, alt: str, on_cell: Callable[[int, int], None]) -> None:
    """Draw a heatmap whose cells can be clicked: a point of its layer stands at (column, row)."""

    def clicked() -> None:
        points = st.session_state[key]["selection"]["points"]
        if points:
            on_cell(round(points[0]["y"]), round(points[0]["x"]))

    st.plotly_chart(figure, key=key, alt=alt, config=CONFIG, on_select=clicked, selection_mode="points")


def theme() -> str:
    """Tell whether the page is "light" or "dark", and whether it is for a "room"."""
    return (st.context.theme.type or "light") + (" room" if in_room() else "")


def in_room() -> bool:
    """Tell whether charts are drawn for a projector; a phone that opens the link of one is still a phone."""
    return state.projecting() and not on_phone()


def tall(height: int, room: int) -> int:
    """Choose the height of a figure in pixels: on a laptop, or for a room."""
    return room if in_room() else height


def on_phone() -> bool:
    """Guess from the browser's own words whether the screen is a phone's."""
    return "Mobi" in (st.context.headers.get("User-Agent") or "")
