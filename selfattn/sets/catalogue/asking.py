"""What is asked of a server: the list whole, a set from a byte on; every trouble is a sentence."""

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPException, HTTPResponse
from typing import NoReturn, cast
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import FTPHandler, Request, build_opener

from gensim import downloader

from selfattn.sets.memory import amount

ADDRESS_VARIABLE = "SELFATTN_CATALOGUE"
SILENCE = 15.0  # seconds without a byte after which the network counts as broken
CHUNK = 2**18
TROUBLE = (OSError, HTTPException, ValueError)  # what asking for an address, and reading from it, raises


class CatalogueError(RuntimeError):
    """A set cannot be listed, fetched or loaded; the message says why, and what to do."""


class BrokenError(CatalogueError):
    """The network broke while an answer arrived."""


class _NoFtp(FTPHandler):
    """Stands where urllib's own would: no redirection leads out of the web. urllib itself refuses file: and data:."""

    def ftp_open(self, req: Request) -> NoReturn:
        raise URLError(f"{req.type}: is not asked")


def list_address(given: str | None) -> str:
    """Choose the address of the catalogue's list: the one given, or the environment's, or gensim's own.

    Raises
    ------
    CatalogueError
        It is none of the web.
    """
    address = given or os.environ.get(ADDRESS_VARIABLE) or str(downloader.DATA_LIST_URL)
    with suppress(ValueError):
        if urlsplit(address).scheme in ("http", "https"):
            return address
    raise CatalogueError(f"The catalogue's address must begin with http:// or https://, got “{address[:100]}”.")


def whole(address: str, *, timeout: float, most: int) -> bytes:
    """Fetch a small file whole.

    Raises
    ------
    CatalogueError
        It cannot be reached, or did not arrive within the time, or is longer than `most` bytes.
    """
    end = time.monotonic() + timeout
    received = bytearray()
    with answer(address, timeout=timeout) as response:
        length = response.length or 0
        for chunk in chunks(response):
            received += chunk
            if len(received) > most:
                raise CatalogueError(f"{_host(address)} sent more than {amount(most)}, which is not a catalogue.")
            if time.monotonic() > end:
                raise CatalogueError(f"{_host(address)} did not send it within {timeout:g} seconds. Try again.")
    if len(received) < length:
        raise CatalogueError(f"{_host(address)} sent only a part of the catalogue. Try again.")
    return bytes(received)


def answer(address: str, *, timeout: float | None = None, start: int = 0) -> HTTPResponse:
    """Ask for an address, from a byte on; the answer is read by whoever asks.

    Raises
    ------
    CatalogueError
        It cannot be reached, or answers with an error.
    """
    try:
        request = Request(address, headers={"Range": f"bytes={start}-"} if start else {})
        return cast(HTTPResponse, build_opener(_NoFtp).open(request, timeout=timeout or SILENCE))
    except HTTPError as error:
        error.close()
        reason = f"{error.code} {error.reason}".strip()
        raise CatalogueError(f"{_host(address)} answered “{reason}”. Try again later.") from error
    except TROUBLE as error:
        raise CatalogueError(
            f"{_host(address)} cannot be reached ({_reason(error)}). Check the network and try again."
        ) from error


def chunks(response: HTTPResponse) -> Iterator[bytes]:
    """Yield bytes as they arrive, until the server ends.

    Raises
    ------
    BrokenError
        The network broke; the message says how.
    """
    try:
        while chunk := response.read1(CHUNK):
            yield chunk
    except TROUBLE as error:
        raise BrokenError(f"The network broke off ({_reason(error)}).") from error


def _host(address: str) -> str:
    """Name a server as a person does; the rest of an address may hold a password."""
    return urlsplit(address).hostname or "The address of the catalogue"


def _reason(error: Exception) -> str:
    reason = getattr(error, "reason", error)
    if isinstance(reason, TimeoutError):
        return "no answer"
    return str(getattr(reason, "strerror", None) or reason or type(reason).__name__)
