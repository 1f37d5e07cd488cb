"""What a catalogue says of each set of word vectors, and where a set lies on this disk."""

import json
import os
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gensim import downloader

from selfattn.sets.catalogue import asking, locking
from selfattn.sets.catalogue.asking import CatalogueError
from selfattn.sets.memory import FEWEST_WORDS, MB, amount, needed, usable

NAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,98}[A-Za-z0-9_-])?")  # a folder's name and nothing else, anywhere
CHECKSUM = re.compile(r"[0-9a-f]{32}")
MOST_WORDS, MOST_BYTES, MOST_DIMENSIONS = 10**9, 10**13, 10**5  # beyond these, a figure is a mistake
LONGEST_TEXT = 1000
LARGEST_CATALOGUE = 10 * MB


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A set of word vectors in the catalogue.

    Attributes
    ----------
    name : str
    words, dimensions : int
    licence, about : str
        Plain text from the catalogue; a licence is mostly an address.
    size : int
        Bytes of the download.
    checksum : str
        The MD5 of what is downloaded.
    """

    name: str
    words: int
    dimensions: int
    licence: str = "not stated"
    about: str = ""
    size: int
    checksum: str

    @property
    def megabytes(self) -> float:
        """Give the size of the download; a megabyte has 2**20 bytes, as in gensim."""
        return round(self.size / MB, 1)

    @property
    def memory(self) -> int:
        """Estimate the bytes that it needs once loaded."""
        return needed(self.words, self.dimensions)

    @property
    def here(self) -> bool:
        """Tell whether it is on this disk."""
        return place(self.name).is_file()

    def words_that_fit(self, free: int) -> int:
        """Count how many of its first words fit, of so many bytes that are free: all of them, or so many thousands.

        Returns
        -------
        words : int
            0 if not even 1,000 fit.
        """
        room = usable(free)
        if self.memory <= room:
            return self.words
        return room * self.words // self.memory // FEWEST_WORDS * FEWEST_WORDS

    def refusal(self, free: int) -> str:
        """Say with the figures why it cannot be loaded as it is, and how much of it can be."""
        fitting = self.words_that_fit(free)
        figures = f"{self.name} needs {amount(self.memory)} of memory, and {amount(free)} are free here"
        if fitting < self.words and self.memory <= free:  # else the two figures would contradict what is said
            figures += f", of which {amount(free - usable(free))} are kept for the app itself"
        if fitting == self.words:
            return f"{figures}. It fits."
        if fitting:
            return f"{figures}. The {fitting:,} most frequent of its {self.words:,} words fit."
        return f"{figures}. Not even its {FEWEST_WORDS:,} most frequent words fit: choose a smaller set."


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
    address = asking.list_address(address)
    listed = read(raw := asking.whole(address, timeout=timeout, most=LARGEST_CATALOGUE))
    with suppress(OSError):  # where the disk does not take a copy, there is none for a day without a network
        copy = _copy(address)
        copy.parent.mkdir(parents=True, exist_ok=True)
        with locking.alone(copy, lambda: None):
            new = copy.with_suffix(".new")
            new.write_bytes(raw)
            os.replace(new, copy)
    return listed


def kept(address: str | None = None) -> list[Entry]:
    """List the sets that are on this disk, without a network: from the last catalogue that was fetched.

    Returns
    -------
    entries : list of Entry
        Empty if no catalogue was ever fetched, by this app or by gensim.
    """
    with suppress(OSError, CatalogueError):
        return [entry for entry in read(_copy(asking.list_address(address)).read_bytes()) if entry.here]
    return []


def _copy(address: str) -> Path:
    """Say where the last catalogue is kept: gensim's where gensim keeps it, any other beside it."""
    name = "information.json" if address == downloader.DATA_LIST_URL else "selfattn-catalogue.json"
    return Path(downloader.BASE_DIR) / name


def place(name: str) -> Path:
    """Say where a set lies on this disk, or will: where gensim keeps it.

    Raises
    ------
    CatalogueError
        The name could lead out of gensim's folder.
    """
    if not NAME.fullmatch(name):
        raise CatalogueError(
            f"“{name[:100]}” cannot be the name of a set: a name has letters, digits, “-”, “_” and “.”."
        )
    return Path(downloader.BASE_DIR) / name / f"{name}.gz"


def read(raw: bytes) -> list[Entry]:
    """Read a catalogue: the sets it describes well enough, the smallest download first.

    Raises
    ------
    CatalogueError
        It is not a catalogue, or describes no set that can be used.
    """
    try:
        listing = json.loads(raw)
    except (ValueError, RecursionError) as error:  # bytes that are not UTF-8 among them
        raise CatalogueError(f"What arrived is no catalogue: it is not readable JSON ({error}).") from error
    models = listing.get("models") if isinstance(listing, dict) else None
    if not isinstance(models, dict):
        raise CatalogueError("What arrived is no catalogue of gensim's kind: it has no list of “models”.")
    usable = [entry for name, record in models.items() if (entry := _entry(name, record))]
    if not usable:
        raise CatalogueError(f"None of the {len(models):,} sets in the catalogue is described well enough to be used.")
    return sorted(usable, key=lambda entry: (entry.size, entry.name))


def _entry(name: str, record: Any) -> Entry | None:
    """Read one set's record; None where it lacks what is needed, or is no set for people.

    The file is name.gz, as gensim fetches it. It has one part, as every set of vectors in gensim's list; only texts of
    several gigabytes have more.
    """
    try:
        licence = _plain(record.get("license"))
        entry = Entry(
            name=name,
            words=_count(record["num_records"], MOST_WORDS),
            dimensions=_count(record["parameters"]["dimension"], MOST_DIMENSIONS),
            licence="not stated" if licence in ("", "not found") else licence,
            about=_plain(record.get("description")),
            size=_count(record["file_size"], MOST_BYTES),
            checksum=record["checksum"].lower(),
        )
        usable = (
            NAME.fullmatch(name)
            and not name.startswith("__testing")
            and CHECKSUM.fullmatch(entry.checksum)
            and _count(record.get("parts", 1), 1)
            and record.get("file_name", f"{name}.gz") == f"{name}.gz"
            and record.get("latest", True)
        )
    except (AttributeError, KeyError, TypeError, ValueError):  # it lacks a field, or has something else there
        return None
    return entry if usable else None


def _count(value: Any, most: int) -> int:
    if type(value) is not int or not 0 < value <= most:
        raise ValueError(f"got {value!r} for a number from 1 to {most:,}")
    return value


def _plain(value: Any) -> str:
    """Take a text as one line without control characters, cut where it is very long."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in str(value or "")).split())
    return line if len(line) <= LONGEST_TEXT else f"{line[: LONGEST_TEXT - 1]}…"
