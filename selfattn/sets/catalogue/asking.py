"""What is asked of a server: small files whole, large ones from a byte on; every trouble is a sentence."""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urlsplit

from selfattn.sets.memory import amount

SILENCE = 15.0  # seconds without a byte after which the network counts as broken
CHUNK = 2**18
# No handler for file:, ftp: or data: addresses, so that no redirection can lead to one.
HANDLERS = (
    urllib.request.ProxyHandler,
    urllib.request.HTTPHandler,
    urllib.request.HTTPSHandler,
    urllib.request.HTTPDefaultErrorHandler,
    urllib.request.HTTPRedirectHandler,
    urllib.request.HTTPErrorProcessor,
    urllib.request.UnknownHandler,
)
TROUBLE = (OSError, http.client.HTTPException, ValueError)  # what asking for an address, and reading from it, raises


class CatalogueError(RuntimeError):
    """A set cannot be listed, fetched or loaded; the message says why, and what to do."""


class BrokenError(CatalogueError):
    """The network broke while an answer arrived."""


class NotFromThereError(CatalogueError):
    """The server has no bytes from there on (416)."""


def text(address: str, *, timeout: float, most: int) -> bytes:
    """Fetch a small file whole.

    Raises
    ------
    CatalogueError
        It cannot be reached, or did not arrive within the time, or is longer than `most` bytes.
    """
    end = time.monotonic() + timeout
    received = bytearray()
    with answer(address, timeout=timeout) as response:
        length = length_of(response)
        for chunk in chunks(response):
            received += chunk
            if len(received) > most:
                raise CatalogueError(f"{host(address)} sent more than {amount(most)}, which is not a catalogue.")
            if time.monotonic() > end:
                raise CatalogueError(f"{host(address)} did not send it within {timeout:g} seconds. Try again.")
    if length is not None and len(received) < length:
        raise CatalogueError(f"{host(address)} sent only a part of the catalogue. Try again.")
    return bytes(received)


def answer(address: str, *, timeout: float | None = None, start: int = 0) -> http.client.HTTPResponse:
    """Ask for an address, from a byte on; the answer is read by whoever asks.

    Raises
    ------
    CatalogueError
        It cannot be reached, or answers with an error; `NotFromThereError` where only the byte is at fault.
    """
    opener = urllib.request.OpenerDirector()
    for handler in HANDLERS:
        opener.add_handler(handler())
    try:
        request = urllib.request.Request(address, headers={"Range": f"bytes={start}-"} if start else {})
        response: http.client.HTTPResponse = opener.open(request, timeout=timeout or SILENCE)
    except urllib.error.HTTPError as error:
        error.close()
        if error.code == 416 and start:
            raise NotFromThereError(str(error)) from error
        reason = f"{error.code} {error.reason}".strip()
        raise CatalogueError(f"{host(address)} answered “{reason}”. Try again later.") from error
    except TROUBLE as error:
        raise CatalogueError(
            f"{host(address)} cannot be reached ({_reason(error)}). Check the network and try again."
        ) from error
    return response


def chunks(response: http.client.HTTPResponse) -> Iterator[bytes]:
    """Yield bytes as they arrive, until the server ends.

    Raises
    ------
    BrokenError
        The network broke; the message says how.
    """
    while True:
        try:
            chunk = response.read1(CHUNK)
        except TROUBLE as error:
            raise BrokenError(f"The network broke off ({_reason(error)}).") from error
        if not chunk:
            return
        yield chunk


def length_of(response: http.client.HTTPResponse) -> int | None:
    """Read how many bytes an answer will have; None where the server does not say."""
    written = response.headers.get("Content-Length", "")
    return int(written) if written.isdecimal() else None


def host(address: str) -> str:
    """Name a server as a person does; the rest of an address may hold a password."""
    with suppress(ValueError):
        return urlsplit(address).hostname or "The address of the catalogue"
    return "The address of the catalogue"


def _reason(error: Exception) -> str:
    reason = getattr(error, "reason", error)
    if isinstance(reason, TimeoutError):
        return "no answer"
    return str(getattr(reason, "strerror", None) or reason or type(reason).__name__)
