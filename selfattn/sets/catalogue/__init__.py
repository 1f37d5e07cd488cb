"""Ready-made sets of word vectors, by name: gensim's catalogue, what of it is on this disk, and how it is loaded.

gensim.downloader would run a Python file that it downloads with each set. Here the data file alone is fetched, to the
place where gensim keeps it, so that a set which gensim has fetched is found here.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from threading import get_ident
from urllib.parse import urljoin, urlsplit

from gensim import downloader

from selfattn.sets import memory
from selfattn.sets.catalogue import asking, entries, fetching
from selfattn.sets.catalogue.asking import CatalogueError
from selfattn.sets.catalogue.entries import Entry, place
from selfattn.sets.catalogue.fetching import Cancelled, Download, Piece, Progress, StoppedError
from selfattn.sets.catalogue.loading import code, load

__all__ = [
    "CatalogueError",
    "Entry",
    "StoppedError",
    "catalogue",
    "code",
    "discard",
    "fetch",
    "find",
    "kept",
    "load",
    "place",
    "started",
]

ADDRESS_VARIABLE = "SELFATTN_CATALOGUE"
LARGEST_CATALOGUE = 10 * memory.MB


def catalogue(address: str | None = None, *, timeout: float = 10) -> list[Entry]:
    """Fetch the list of the sets that can be loaded by name.

    Parameters
    ----------
    address : str, optional
        Of the list; otherwise the environment's SELFATTN_CATALOGUE, and without that gensim's own.
    timeout : float
        Seconds to wait for it.

    Returns
    -------
    entries : list of Entry
        The smallest download first. Corpora, older versions, sets for gensim's own tests, and those of which the list
        does not say all that is needed, are left out.

    Raises
    ------
    CatalogueError
        It cannot be reached or read, or lists nothing that can be used.
    """
    address = _address(address)
    raw = asking.text(address, timeout=timeout, most=LARGEST_CATALOGUE)
    found = entries.read(raw)
    _keep(raw, address)
    return found


def kept(address: str | None = None) -> list[Entry]:
    """List the sets that are on this disk, without a network: from the last catalogue that was fetched.

    Returns
    -------
    entries : list of Entry
        Empty if no catalogue was ever fetched, by this app or by gensim.
    """
    with suppress(OSError, CatalogueError):
        return [entry for entry in entries.read(_copy(_address(address)).read_bytes()) if entry.here]
    return []


def find(name: str, among: Iterable[Entry]) -> Entry:
    """Find a set by its name.

    Raises
    ------
    CatalogueError
        There is none of that name; the message gives the nearest ones.
    """
    named = {entry.name: entry for entry in among}
    if name in named:
        return named[name]
    near = difflib.get_close_matches(name, named, n=3, cutoff=0.5)
    offer = f"Did you mean {' or '.join(near)}?" if near else "Choose one from the catalogue."
    raise CatalogueError(f"The catalogue has no set named “{name[:100]}”. {offer}")


def fetch(entry: Entry, *, progress: Progress, cancelled: Cancelled, address: str | None = None) -> Path:
    """Bring a set to this disk, unless it is there.

    What has arrived when it is cancelled, or when the network breaks off, is kept; fetching again goes on from there.

    Parameters
    ----------
    entry : Entry
    progress : callable
        Told how many bytes are here, and of how many.
    cancelled : callable
        Asked whenever bytes arrive.
    address : str, optional
        Of the catalogue that the entry is from, as in `catalogue`.

    Returns
    -------
    path : Path
        The .gz file, its checksum verified.

    Raises
    ------
    CatalogueError
        The network broke off, the disk is full, or the checksum is wrong; `StoppedError` where it was cancelled.
    """
    path = place(entry.name)
    if path.is_file():
        return path
    return fetching.gather(_download(entry, address), progress=progress, cancelled=cancelled)


def started(entry: Entry) -> int:
    """Count the bytes kept of a download that is not complete."""
    return _download(entry, None).here


def discard(entry: Entry) -> None:
    """Throw away what is kept of a download that is not complete."""
    fetching.discard(_download(entry, None))


def _address(address: str | None) -> str:
    chosen = address or os.environ.get(ADDRESS_VARIABLE) or str(downloader.DATA_LIST_URL)
    with suppress(ValueError):
        if urlsplit(chosen).scheme in ("http", "https"):
            return chosen
    raise CatalogueError(f"The catalogue's address must begin with http:// or https://, got “{chosen[:100]}”.")


def _download(entry: Entry, address: str | None) -> Download:
    """Say what is fetched for a set, as gensim does: name.gz, or name.gz_00, name.gz_01 … if it has parts.

    The files of another catalogue than gensim's lie beside its list, each set in a folder of its own.
    """
    path, chosen = place(entry.name), _address(address)
    if not entry.checksums:
        raise CatalogueError(
            f"{entry.name} has no checksum, so what arrives could not be checked. Fetch the catalogue anew."
        )
    base = downloader.DOWNLOAD_BASE_URL + "/" if chosen == downloader.DATA_LIST_URL else urljoin(chosen, ".")
    count = len(entry.checksums)
    files = [path.name] if count == 1 else [f"{path.name}_0{part}" for part in range(count)]
    pieces = (
        Piece(f"{base}{entry.name}/{file}", checksum, path.parent.parent / f"{file}.part")
        for file, checksum in zip(files, entry.checksums, strict=True)
    )
    return Download(entry.name, entry.size, tuple(pieces), path)


def _copy(address: str) -> Path:
    """Say where the last catalogue is kept: gensim's where gensim keeps it, any other beside it."""
    name = "information.json" if address == downloader.DATA_LIST_URL else "selfattn-catalogue.json"
    return Path(downloader.BASE_DIR) / name


def _keep(raw: bytes, address: str) -> None:
    """Keep a catalogue for a day without a network; where the disk does not allow it, there will be none."""
    path = _copy(address)
    new = path.with_name(f"{path.name}.{os.getpid()}-{get_ident()}.new")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        new.write_bytes(raw)
        os.replace(new, path)
