"""Components that make pictures in the browser: `draw.js` before their own script, and Plotly on every page."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.proto.BidiComponent_pb2 import BidiComponent

from selfattn.figures.palette import LIGHT, draw
from selfattn.ui import charts

ARROWS = "selfattn_arrows"
HERE = Path(__file__).parent
HIDDEN = "<style>.st-key-no_chart, .st-key-formulas { position: absolute; left: -9999px; visibility: hidden; }</style>"


def component(name: str, html: str, *scripts: str) -> Callable[..., Any]:
    """Make the component of a name, whose style and script stand beside this file.

    Parameters
    ----------
    name : str
    html : str
    *scripts : str
        Names of others that come between `draw.js` and its own.
    """
    style, *parts = (
        (HERE / file).read_text(encoding="utf-8")
        for file in (f"{name}.css", *(f"{script}.js" for script in ("draw", *scripts, name)))
    )
    return st.components.v2.component(f"selfattn_{name}", html=html, css=style, js="\n".join(parts))


def ready() -> None:
    """Draw an empty chart that nobody sees: Streamlit fetches Plotly with the first one of a page."""
    with st.container(key="no_chart"):
        st.html(HIDDEN)
        charts.show(draw([], LIGHT, 20), key="nothing", alt="An empty chart that nobody sees.")


def formulas(equations: Sequence[Sequence[str]]) -> None:
    """Write equations that nobody sees, one a paragraph: the browser comes to KaTeX through Streamlit alone."""
    with st.container(key="formulas"):
        st.markdown("\n\n".join(" ".join(f"${formula}$" for formula in equation) for equation in equations))


def plane(component: BidiComponent) -> dict[str, Any]:
    """Give what draws the arrows of `ui/arrows.py` once more: their component, and what it was sent."""
    drawn_by = {"js": component.js_content, "css": component.css_content, "html": component.html_content}
    return drawn_by | {"data": json.loads(component.json)}
