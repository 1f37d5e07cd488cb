"""What a catalogue says of each set of word vectors, and where a set lies on this disk."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gensim import downloader

from selfattn.sets import memory
from selfattn.sets.catalogue.asking import CatalogueError

NAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,98}[A-Za-z0-9_-])?")  # a folder's name and nothing else, anywhere
CHECKSUM = re.compile(r"[0-9a-fA-F]{32}")
MOST_PARTS = 100
LARGEST = {"num_records": 10**9, "file_size": 10**13, "dimension": 10**5}  # beyond these, a figure is a mistake
LONGEST_TEXT = 1000


@dataclass(frozen=True, slots=True)
class Entry:
    """A set of word vectors in the catalogue.

    Attributes
    ----------
    name : str
    megabytes : float
        Of the download; a megabyte has 2**20 bytes, as in gensim.
    words, dimensions : int
    licence, about : str
        Plain text from the catalogue; a licence is mostly an address.
    memory : int
        Bytes that it needs once loaded, about.
    here : bool
        Whether it was on this disk when the catalogue was read.
    size : int
        Bytes of the download.
    checksums : tuple of str
        The MD5 of each of its parts.
    """

    name: str
    megabytes: float
    words: int
    dimensions: int
    licence: str
    about: str
    memory: int
    here: bool
    size: int = 0
    checksums: tuple[str, ...] = ()


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
    found = [entry for name, record in models.items() if (entry := _entry(name, record))]
    if not found:
        raise CatalogueError(f"None of the {len(models):,} sets in the catalogue is described well enough to be used.")
    return sorted(found, key=lambda entry: (entry.size, entry.name))


def _entry(name: str, record: Any) -> Entry | None:
    """Read one set's record; None where it lacks what is needed, or is no set for people."""
    if not isinstance(record, dict) or not NAME.fullmatch(name) or name.startswith("__testing"):
        return None
    parameters = record.get("parameters")
    words, size = _count(record, "num_records"), _count(record, "file_size")
    dimensions = _count(parameters, "dimension") if isinstance(parameters, dict) else 0
    checksums = _checksums(record)
    named = record.get("file_name", f"{name}.gz") == f"{name}.gz"  # gensim fetches no other
    if not (words and size and dimensions and checksums and named and record.get("latest", True)):
        return None
    licence = _plain(record.get("license"))
    return Entry(
        name=name,
        megabytes=round(size / memory.MB, 1),
        words=words,
        dimensions=dimensions,
        licence=licence if licence not in ("", "not found") else "not stated",
        about=_plain(record.get("description")),
        memory=memory.needed(words, dimensions),
        here=place(name).is_file(),
        size=size,
        checksums=checksums,
    )


def _count(record: dict[str, Any], field: str) -> int:
    """Read a number from 1 up; 0 where there is none."""
    value = record.get(field)
    return value if type(value) is int and 0 < value <= LARGEST[field] else 0


def _checksums(record: dict[str, Any]) -> tuple[str, ...]:
    """Read the MD5 of each part; none where one is missing."""
    parts = record.get("parts", 1)
    if type(parts) is not int or not 1 <= parts <= MOST_PARTS:
        return ()
    fields = ["checksum"] if parts == 1 else [f"checksum-{part}" for part in range(parts)]
    found = [str(record.get(field)) for field in fields]
    return tuple(one.lower() for one in found) if all(map(CHECKSUM.fullmatch, found)) else ()


def _plain(value: Any) -> str:
    """Take a text as one line without control characters, cut where it is very long."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in str(value or "")).split())
    return line if len(line) <= LONGEST_TEXT else f"{line[: LONGEST_TEXT - 1]}…"
