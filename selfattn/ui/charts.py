"""Show a figure: always with a key and with the words that stand in for it."""

from collections.abc import Callable

import plotly.graph_objects as go
import streamlit as st

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
