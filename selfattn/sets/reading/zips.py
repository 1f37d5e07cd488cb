"""A zip with one file of word vectors: opened, and unpacked a piece at a time, whatever it says of itself."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from selfattn.sets.reading.forms import HEAD, recognise
from selfattn.sets.reading.limits import Limits, Progress, ReadingError, amount, megabytes, shown
from selfattn.sets.reading.strangers import PICKLE, is_pickle

PIECE = 2**18  # bytes unpacked at a time
MOST_FILES = 100  # in a zip
LISTING = 2**20  # bytes of a zip's list of files: more fills the memory before any file is opened
DAMAGED = (  # what zipfile raises on damaged archives, beside its own error
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, struct.error),
    *(ValueError, LookupError, NotImplementedError, RuntimeError, OverflowError, AttributeError),
)


class DamagedError(Exception):
    """An archive breaks off or is damaged; what was unpacked before may be usable."""


class _Guarded:
    """A file as zipfile may see it: it never reads much at once, whatever the archive says of itself."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seek, self.tell = file.seek, file.tell

    def read(self, size: int = -1) -> bytes:
        if size > LISTING:
            raise ReadingError(f"The zip’s list of files takes more than {megabytes(LISTING)}: pack one file alone.")
        return self._file.read(size if size >= 0 else LISTING)

    def seekable(self) -> bool:
        return True


def unzip(file: BinaryIO, limits: Limits, progress: Progress) -> Iterator[bytes]:
    """Unpack the one file of a zip that holds word vectors; only its content counts, not its name or place."""
    try:
        archive = zipfile.ZipFile(_Guarded(file))  # type: ignore[arg-type]  # all that zipfile asks of a file
    except ReadingError:
        raise
    except DAMAGED as error:
        raise ReadingError("The zip file is damaged: its list of files, at its end, cannot be read.") from error
    chosen = _choose(archive, limits)
    done = 0
    for block in _entry(archive, chosen):
        yield block
        done += len(block)
        progress(done / max(chosen.file_size, 1))
    if done != chosen.file_size:
        raise DamagedError(
            f"The zip file is damaged: it says {amount(chosen.file_size, 'byte')} and unpacks to {done:,}."
        )


def _entry(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """Unpack one file. Of the ways to pack, only the usual ones: `zipfile` unpacks the others without a limit."""
    if info.flag_bits & 1:
        raise ReadingError("The zip is locked with a password: pack the file once more, without one.")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ReadingError(
            "The zip is packed in an unusual way: pack the file once more, as an ordinary zip or as .gz."
        )
    done = 0
    try:
        with archive.open(info) as entry:
            while block := entry.read(PIECE):
                yield block
                done += len(block)
    except DAMAGED as error:
        raise DamagedError(f"The zip file is damaged: unpacking failed after {amount(done, 'byte')}.") from error


def _choose(archive: zipfile.ZipFile, limits: Limits) -> zipfile.ZipInfo:
    files = [info for info in archive.infolist() if not _beside_the_point(info)]
    if not files:
        raise ReadingError("The zip holds no file.")
    if len(files) > MOST_FILES:
        raise ReadingError(f"The zip holds {len(files):,} files: pack the one with the word vectors alone.")
    if any(info.filename == "[Content_Types].xml" for info in files):
        raise ReadingError("This is an Office document: save the rows of word vectors as plain text.")
    if len(files) == 1:
        return files[0]
    troubles = [(_trouble(archive, info, limits), info) for info in files]
    holding = [info for trouble, info in troubles if not trouble]
    if not holding:
        why, _ = max(troubles, key=lambda pair: (pair[0] == PICKLE, pair[1].file_size))
        raise ReadingError(f"None of the {len(files)} files in the zip holds word vectors. {why}")
    if len(holding) > 1:
        names = ", ".join(shown(Path(info.filename).name) for info in holding[:5])
        more = ", and more" if len(holding) > 5 else ""
        raise ReadingError(f"The zip holds {len(holding)} files with word vectors ({names}{more}): pack one alone.")
    return holding[0]


def _beside_the_point(info: zipfile.ZipInfo) -> bool:
    """Say whether an entry is a folder, or what systems add by themselves."""
    name = info.filename
    return name.endswith("/") or name.startswith("__MACOSX/") or name.rsplit("/", 1)[-1].startswith(".")


def _trouble(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits) -> str:
    """Say why a file in a zip holds no word vectors, from its first bytes; "" when it does."""
    head = b""
    try:
        for block in _entry(archive, info):
            head += block
            if len(head) >= HEAD:
                break
        recognise(head[:HEAD], max(info.file_size, len(head)), limits)
    except DamagedError as damage:
        return str(damage)
    except ReadingError as error:
        return PICKLE if is_pickle(head) else str(error)
    return ""
