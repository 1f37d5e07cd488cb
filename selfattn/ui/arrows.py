"""Arrows from one point, whose tips are moved with the mouse, a finger or the arrow keys: a picture of its own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import streamlit as st

from selfattn.figures.palette import palette
from selfattn.ui.run import Run

STEP = 0.5  # the grid of a drag
HERE = Path(__file__).parent
_picture = st.components.v2.component(
    "selfattn_arrows",
    html='<div class="plane"></div>',
    css=(HERE / "arrows.css").read_text(encoding="utf-8"),
    js=(HERE / "arrows.js").read_text(encoding="utf-8"),
)


@dataclass(frozen=True, slots=True)
class Window:
    """What of the plane is always in the picture."""

    left: float
    right: float
    bottom: float
    top: float


def show(
    run: Run,
    key: str,
    vectors: Mapping[str, Sequence[float]],
    take: Callable[[object], None],
    *,
    alt: str,
    height: int,
    least: Window,
    farthest: float,
    step: float = STEP,
    spoken: Sequence[str] = (),
) -> None:
    """Draw an arrow for each vector; where a tip is moved to comes back through a callback.

    Messages are counted, and the count goes back with the vectors: while a tip is dragged on, answers to where it has
    been are late, and the picture leaves them aside.

    Parameters
    ----------
    run : Run
    key : str
        Unique on the page.
    vectors : mapping of str to two numbers
        By the name that stands at the tip: a letter.
    take : function
        Takes all vectors as the browser sends them: anything, until it has been read.
    alt : str
    height : int
        Pixels.
    least : Window
    farthest : float
        The largest coordinate.
    step : float
        The grid of a drag, and of the arrow keys.
    spoken : sequence of str
        What screen readers call the arrows; their names unless given.
    """
    colours = palette(run.theme)
    moved = st.session_state.get(key, {}).get("moved")
    data = {
        "names": list(vectors),
        "spoken": list(spoken or vectors),
        "vectors": [list(vector) for vector in vectors.values()],
        "turn": moved.get("turn", 0) if isinstance(moved, dict) else 0,
        "height": height,
        "least": asdict(least),
        "farthest": farthest,
        "step": step,
        "alt": alt,
        "colours": list(colours.inks[: len(vectors)]),
        **{name: getattr(colours, name) for name in ("label", "small", "stroke", "ink", "quiet", "line", "paper")},
    }
    _picture(key=key, data=[data], on_moved_change=partial(_moved, key, take))


def _moved(key: str, take: Callable[[object], None]) -> None:
    """Hand on what the picture sent, if it sent vectors at all."""
    try:
        vectors = st.session_state[key]["moved"]["vectors"]
    except (KeyError, TypeError):
        return
    take(vectors)
