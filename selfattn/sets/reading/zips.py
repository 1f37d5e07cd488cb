"""A zip with one file of word vectors: opened, and unpacked a piece at a time, whatever it says of itself."""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from selfattn.sets.reading.content import Content, DamagedError
from selfattn.sets.reading.forms import recognise
from selfattn.sets.reading.limits import Limits, ReadingError, amount, shown
from selfattn.sets.reading.unsupported import PICKLE

PIECE = 2**16  # bytes unpacked at a time
MOST_FILES = 100  # in a zip
MOST_NAMES = 5  # of files, in a sentence
LISTING = 2**20  # bytes of a zip's list of files: more fills the memory before any file is opened
BESIDE_THE_POINT = re.compile(r".*/\Z|__MACOSX/|(.*/)?\.[^/]*\Z", re.DOTALL)  # folders, what systems add by themselves
DAMAGED = (  # what zipfile raises on damaged archives, beside its own error
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, struct.error),
    *(ValueError, LookupError, NotImplementedError, RuntimeError, OverflowError, AttributeError),
)


class _Guarded:
    """A file as zipfile may see it: it never reads much at once, whatever the archive says of itself."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seek, self.tell = file.seek, file.tell

    def read(self, size: int = -1) -> bytes:
        if size > LISTING:
            raise ReadingError("The zip’s list of files takes more than 1 MB: pack one file alone.")
        return self._file.read(size if size >= 0 else LISTING)

    def seekable(self) -> bool:
        return True


def unzip(file: BinaryIO, limits: Limits) -> Iterator[bytes]:
    """Unpack the one file of a zip that holds word vectors; only its content counts, not its name or place."""
    try:
        archive = zipfile.ZipFile(_Guarded(file))  # type: ignore[arg-type]  # all that zipfile asks of a file
    except ReadingError:
        raise
    except DAMAGED as error:
        raise ReadingError("The zip file is damaged: its list of files, at its end, cannot be read.") from error
    yield from _entry(archive, _choose(archive, limits))


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
    if done != info.file_size:
        raise DamagedError(
            f"The zip file is damaged: it says {amount(info.file_size, 'byte')} and unpacks to {done:,}."
        )


def _choose(archive: zipfile.ZipFile, limits: Limits) -> zipfile.ZipInfo:
    files = [info for info in archive.infolist() if not BESIDE_THE_POINT.match(info.filename)]
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
        names = ", ".join(shown(Path(info.filename).name) for info in holding[:MOST_NAMES])
        more = ", and more" * (len(holding) > MOST_NAMES)
        raise ReadingError(f"The zip holds {len(holding)} files with word vectors ({names}{more}): pack one alone.")
    return holding[0]


def _trouble(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits) -> str:
    """Say why a file in a zip holds no word vectors, from its first bytes; "" when it does."""
    try:
        content = Content(_entry(archive, info))
        recognise(content.head, limits, whole=content.whole)
    except ReadingError as error:
        return str(error)
    return ""
