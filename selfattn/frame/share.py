"""What is on the screen, to be handed on: its address, as text and as a code that a phone can scan; and the keys."""

import html
import socket
from ipaddress import ip_address
from urllib.parse import urlencode, urlsplit

import segno
import streamlit as st

from selfattn.ui import fields

LONGEST = 1200  # letters: a code of more cannot be scanned from the back of a room
KEYS = {
    "→": "show the answer; next step; next lesson",
    "←": "the same way back",
    "Page Down": "as →, for a presenter’s remote",
    "Page Up": "as ←",
    "Space": "as →, on a projector",
    "P": "predict first: hide the answer",
    "A": "show the answer",
    "F": "projector on and off",
    "Tab": "to the next control; arrows then move within it",
    "Esc": "close what lies on top",
}
EVERYWHERE = ("0.0.0.0", "::")
NETWORK = (
    "Only this computer can open “{}”. The code leads phones in the same network to this computer’s address there; a "
    "firewall, or a Wi-Fi that keeps its guests apart, may be in their way."
)
INSECURE = "A page whose own address begins with https shows only pages that do, and this one does not."
ALONE = (
    "Phones cannot open this address: only this computer can. For them, join their network, start the server with "
    "`streamlit run app.py --server.address 0.0.0.0`, and open this again."
)


def link(parameters: dict[str, str]) -> None:
    """Show the link of the screen, for laptops and phones: whether it is laid out for a room is left to each."""
    here = (st.context.url or "").split("?")[0]
    there = in_network(here)
    shared = {name: value for name, value in parameters.items() if name != fields.PROJECTOR}
    address = f"{here if there is None else there}{'?' if shared else ''}{urlencode(shared)}"
    room = fields.PROJECTOR in parameters  # which has the code to scan, and no room for more
    by_itself, inside = (st.container(), None) if room else st.tabs(["Link", "In another page"])
    with by_itself:
        st.caption("Everything on this screen is in its address. Scan it, or copy it for the class:")
        if there is not None and len(address) <= LONGEST:
            st.html(code(address))
        elif there is not None:
            st.caption("This address is too long for a code that a phone could scan: copy it.")
        st.code(address, language=None, wrap_lines=True)
        if there != here:
            st.caption(NETWORK.format(urlsplit(here).hostname) if there else ALONE)
    if inside:
        with inside:
            _inside(there or here, shared)


def _inside(page: str, parameters: dict[str, str]) -> None:
    """Give what shows the screen in another page."""
    st.caption("This screen in a course of an LMS, in slides or a blog: paste this into the HTML there.")
    st.code(snippet(page, parameters), language="html", wrap_lines=True)
    if urlsplit(page).scheme != "https":
        st.caption(INSECURE)


def snippet(page: str, parameters: dict[str, str]) -> str:
    """Write the HTML that shows a screen in another page, without Streamlit's own header.

    >>> print(snippet("https://example.org/", {"a": 'a "bank"'}).split(" title")[0])
    <iframe src="https://example.org/?embed=true&amp;a=a+%22bank%22"
    """
    source = html.escape(f"{page}?{urlencode({'embed': 'true', **parameters})}")
    looks = 'width="100%" height="800" style="border: 0" loading="lazy" allow="clipboard-write; fullscreen"'
    return f'<iframe src="{source}" title="selfattn: self-attention made visible" {looks}></iframe>'


def in_network(address: str) -> str | None:
    """Give an address as other machines reach it; None where only this one does.

    Streamlit listens to the whole network, unless it is told an address of its own.
    """
    if not _is_local(urlsplit(address).hostname or ""):
        return address
    listens, named = st.get_option("server.address") or "", st.get_option("browser.serverAddress") or ""
    host = _own_address() if _is_local(named) else named
    if _is_local(host) or (_is_local(listens) and listens not in EVERYWHERE):
        return None
    return urlsplit(address)._replace(netloc=f"{host}:{st.get_option('server.port')}").geturl()


def _is_local(host: str) -> bool:
    """Tell whether a host is this machine, or none."""
    try:
        return ip_address(host).is_loopback or ip_address(host).is_unspecified
    except ValueError:
        return host == "localhost"


def _own_address() -> str:
    """Give this machine's address in its network; one of its own where it is in none. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # RFC 5737: in a documentation's network, which nobody is in
        except OSError:
            return "localhost"
        return str(probe.getsockname()[0])


def code(address: str) -> str:
    """Draw a QR code as HTML: ISO/IEC 18004, made by segno; dark on light in both themes, as scanners want it."""
    drawn = segno.make(address, error="m", micro=False, boost_error=False)
    inline = drawn.svg_data_uri(scale=4, border=4, dark="#000", light="#fff")
    return f'<img class="sa-code" alt="QR code of the address of this screen" src="{inline}">'


def keys() -> None:
    """List the keys."""
    rows = "".join(f"<dt><kbd>{key}</kbd></dt><dd>{what}</dd>" for key, what in KEYS.items())
    st.html(f'<dl class="sa-keys">{rows}</dl>')
    st.caption("While you type in a box, or move a slider, the keys belong to it.")
