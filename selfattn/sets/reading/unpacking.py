"""An upload, unpacked to the disk within limits: plain, or packed as .gz or as a .zip with one file of word vectors."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from selfattn.sets.reading.limits import Limits, Progress, ReadingError, megabytes, shown
from selfattn.sets.reading.plan import Content
from selfattn.sets.reading.zips import PIECE, DamagedError, unzip

GZIP, ZIP, EMPTY_ZIP = b"\x1f\x8b", b"PK\x03\x04", b"PK\x05\x06"
GZIP_PIECE = 2**14  # bytes taken in at a time: small, since each of many small parts copies what is left of them
RATIO_FROM = 8 * 2**20  # bytes unpacked before the ratio counts: a small table of zeros may pack very well
MOST_PARTS = 100_000  # of a gzip file; tools that pack in blocks make one every 64 kB
PACKED_NAMES = {".gz", ".bz2", ".xz", ".zst", ".lz4"}  # gensim's opener unpacks by name, whatever is inside


def unpack(source: Path | BinaryIO, folder: Path, limits: Limits, progress: Progress) -> Content:
    """Put the bytes of an upload where gensim can read them.

    Parameters
    ----------
    source : Path or binary file
        A file object is read from its beginning, and is not closed.
    folder : Path
        Takes what is unpacked, at most ``limits.unpacked_bytes``. A plain file that lies on the disk is not copied.
    limits : Limits
    progress : Progress

    Returns
    -------
    content : Content
        With a `fault` where an archive breaks off or goes beyond what may be unpacked.

    Raises
    ------
    ReadingError
        Nothing of it can be used: it is too large, locked, made to fill disks, or holds no or several sets of vectors.
    """
    if not isinstance(source, Path):
        return _unpack(source, None, folder, limits, progress)
    if not source.is_file():
        raise ReadingError(f"There is no file {shown(source.name)}.")
    try:
        file = source.open("rb")
    except OSError as error:
        raise ReadingError(f"The file cannot be opened: {error.strerror}.") from error
    with file:
        return _unpack(file, source.absolute(), folder, limits, progress)


def _unpack(file: BinaryIO, path: Path | None, folder: Path, limits: Limits, progress: Progress) -> Content:
    size = _size(file)
    if not size:
        raise ReadingError("The file is empty.")
    if size > limits.file_bytes:
        raise ReadingError(
            f"The file has {megabytes(size)}: at most {megabytes(limits.file_bytes)} can be sent. "
            "Keep the first rows only, which are the most frequent words, or pack it as .gz or .zip."
        )
    head, target = file.read(4), folder / "vectors"
    file.seek(0)
    if head.startswith(GZIP):
        return _write(_gunzip(file, size, progress), target, size, limits)
    if head in (ZIP, EMPTY_ZIP):
        return _write(unzip(file, limits, progress), target, size, limits)
    if path and path.suffix.lower() not in PACKED_NAMES:
        return Content(path, size)
    return _write(_copy(file, size, progress), target, size, limits)


def _size(file: BinaryIO) -> int:
    try:
        size = file.seek(0, io.SEEK_END)
        file.seek(0)
    except (OSError, ValueError) as error:  # a pipe, or a file that is closed already
        raise ReadingError("The file can no longer be read: send it once more.") from error
    return size


def _write(blocks: Iterator[bytes], target: Path, packed: int, limits: Limits) -> Content:
    """Write what is unpacked, and stop at the limits: what is beyond them never reaches the disk."""
    swollen = max(RATIO_FROM, limits.ratio * packed)  # bytes that no honest archive of this size unpacks to
    most, written, fault = min(limits.unpacked_bytes, swollen), 0, ""
    with target.open("wb") as out:
        try:
            for block in blocks:
                _put(out, block[: most - written])
                written += len(block)
                if written > most:
                    fault = _beyond(swollen, packed, limits)
                    break
        except DamagedError as damage:
            fault = str(damage)
    if not written:
        raise ReadingError(fault or "The archive holds an empty file.")
    return Content(target, min(written, most), fault)


def _put(out: BinaryIO, block: bytes) -> None:
    try:
        out.write(block)
    except OSError as error:
        raise ReadingError(f"There is no room for the file on this machine: {error.strerror}.") from error


def _beyond(swollen: int, packed: int, limits: Limits) -> str:
    if swollen < limits.unpacked_bytes:
        raise ReadingError(
            f"The archive has {megabytes(packed)} and unpacks to more than {megabytes(swollen)}, as no word "
            "vectors do: unpacking it was stopped."
        )
    return f"The archive unpacks to more than {megabytes(limits.unpacked_bytes)}: unpacking it was stopped there."


def _copy(file: BinaryIO, size: int, progress: Progress) -> Iterator[bytes]:
    while block := file.read(PIECE):
        yield block
        progress(file.tell() / size)


def _gunzip(file: BinaryIO, size: int, progress: Progress) -> Iterator[bytes]:
    """Unpack gzip, one part or several, a bounded piece at a time.

    The `gzip` module reads a part's name byte by byte, however long, and many empty parts without an end, all in
    one call: neither could be stopped.
    """
    waiting = file.read(GZIP_PIECE)
    for _ in range(MOST_PARTS):
        unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)  # expects gzip's header, and checks its checksum
        while not unpacker.eof:
            at = file.tell() - len(waiting)
            try:
                block = unpacker.decompress(waiting, PIECE)
            except zlib.error as error:
                raise DamagedError(f"The gzip file is damaged between byte {at:,} and byte {file.tell():,}.") from error
            ended = not (waiting or block or unpacker.eof)
            waiting = unpacker.unconsumed_tail or unpacker.unused_data or file.read(GZIP_PIECE)
            if ended and not waiting:
                raise DamagedError(f"The gzip file breaks off at byte {size:,}.")
            yield block
            progress((file.tell() - len(waiting)) / size)
        while waiting and not waiting.strip(b"\x00"):  # some tools fill the end with zeros
            waiting = file.read(GZIP_PIECE)
        if not waiting:
            return
    raise ReadingError(f"The gzip file is made of more than {MOST_PARTS:,} parts: pack it once more.")
