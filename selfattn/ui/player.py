"""Play and Pause under a figure that moves: buttons like all others on the page, which the keyboard reaches."""

from pathlib import Path

import streamlit as st

from selfattn.figures.palette import palette
from selfattn.ui.run import Run

HERE = Path(__file__).parent
_buttons = st.components.v2.component(
    "selfattn_player",
    html='<div class="player"><button type="button">▶ Play</button><button type="button">❚❚ Pause</button></div>',
    css=(HERE / "player.css").read_text(encoding="utf-8"),
    js=(HERE / "player.js").read_text(encoding="utf-8"),
)


def player(run: Run, chart: str) -> None:
    """Draw the buttons of the figure with this key, which has been drawn with a player of its own."""
    _buttons(key=f"player_{chart}", data={"chart": chart, "label": palette(run.theme).small}, width="content")
