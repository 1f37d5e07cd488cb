"""How wide the window is, which Streamlit does not tell: measured in the browser, by the borders that it is below."""

from pathlib import Path

import streamlit as st

NARROW, MIDDLE = 900, 1200  # pixels of a window: below, figures are a phone's (`frame/style.css`), or smaller
BORDERS = MIDDLE, NARROW
_KEY, _BELOW = "width", "borders that the window is below"
OF_A_WINDOW = (_BELOW,)
_ruler = st.components.v2.component(
    "selfattn_width", html="<i></i>", js=(Path(__file__).parent / "width.js").read_text(encoding="utf-8")
)


def below(border: int) -> bool:
    """Tell whether the window is narrower than one of the borders; it is wide until it has been measured."""
    return bool(st.session_state.get(_BELOW, 0) > BORDERS.index(border))


def measure() -> None:
    """Let the browser say so if the window is not as wide as `below` has it; an ordinary one costs no second run."""
    believed = st.session_state.get(_BELOW, 0)
    _ruler(key=_KEY, data={"borders": BORDERS, "below": believed}, on_below_change=_take)


def _take() -> None:
    """Take what the browser sends, if it is a count of borders."""
    sent = st.session_state[_KEY].get("below")
    if sent in range(len(BORDERS) + 1):
        st.session_state[_BELOW] = int(sent)
