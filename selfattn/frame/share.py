"""What is on the screen, to be handed on: its address, as text and as a code that a phone can scan; and the keys."""

from urllib.parse import urlencode

import segno
import streamlit as st

LONGEST = 1200  # letters: a code of more cannot be scanned from the back of a room
KEYS = {
    "→": "next step, then next lesson",
    "←": "previous step, then previous lesson",
    "P": "predict first: hide the answer",
    "A": "show the answer",
    "F": "projector on and off",
    "Tab": "to the next control; arrows then move within it",
    "Esc": "close what lies on top",
}


def link(parameters: dict[str, str]) -> None:
    """Show the link of the screen."""
    address = _address(parameters)
    st.caption("Everything on this screen is in its address. Scan it, or copy it for the class:")
    if len(address) <= LONGEST:
        st.html(code(address))
    else:
        st.caption("This address is too long for a code that a phone could scan: copy it.")
    st.code(address, language=None, wrap_lines=True)


def code(address: str) -> str:
    """Draw a QR code as HTML: ISO/IEC 18004, made by segno; dark on light in both themes, as scanners want it."""
    drawn = segno.make(address, error="m", micro=False, boost_error=False)
    inline = drawn.svg_data_uri(scale=4, border=4, dark="#000", light="#fff")
    return f'<img class="sa-code" alt="QR code of the address of this screen" src="{inline}">'


def _address(parameters: dict[str, str]) -> str:
    address = (st.context.url or "").split("?")[0]
    return f"{address}?{urlencode(parameters)}" if parameters else address


def keys() -> None:
    """List the keys."""
    rows = "".join(f"<dt><kbd>{key}</kbd></dt><dd>{what}</dd>" for key, what in KEYS.items())
    st.html(f'<dl class="sa-keys">{rows}</dl>')
    st.caption("While you type in a box, or move a slider, the keys belong to it.")
