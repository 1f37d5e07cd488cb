"""An upload, unpacked within limits, a block at a time: plain, or packed as .gz or as a .zip with one set in it."""

import io
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

from selfattn.sets.memory import amount as bytes_of
from selfattn.sets.reading.content import DamagedError
from selfattn.sets.reading.limits import Limits, ReadingError
from selfattn.sets.reading.zips import PIECE, unzip

GZIP, ZIP, EMPTY_ZIP = b"\x1f\x8b", b"PK\x03\x04", b"PK\x05\x06"
GZIP_PIECE = 2**14  # bytes taken in at a time: small, since each of many small parts copies what is left of them
RATIO_FROM = 8 * 2**20  # bytes unpacked before the ratio counts: a small table of zeros may pack very well
MOST_PARTS = 100_000  # of a gzip file; tools that pack in blocks make one every 64 kB


def unpack(file: BinaryIO, limits: Limits, progress: Callable[[float], None]) -> Iterator[bytes]:
    """Give the bytes of an upload, and stop at the limits: what is beyond them is never unpacked.

    Parameters
    ----------
    file : binary file
        Read from its beginning, and not closed.
    limits : Limits
    progress : callable
        Called after each block with the share of the file that is read; what it raises passes through.

    Raises
    ------
    ReadingError
        Nothing of it can be used: it is too large, locked, made to hold up, or holds no or several sets of vectors.
    DamagedError
        The archive breaks off, is damaged, or goes beyond what may be unpacked; what was given before is sound.
    """
    unpacked = 0
    try:
        size = file.seek(0, io.SEEK_END)
        file.seek(0)
    except (OSError, ValueError) as error:  # a pipe, or a file that is closed already
        raise ReadingError("The file can no longer be read: send it once more.") from error
    if not size:
        raise ReadingError("The file is empty.")
    if size > limits.file_bytes:
        raise ReadingError(
            f"The file has {bytes_of(size)}: at most {bytes_of(limits.file_bytes)} can be sent. "
            "Keep the first rows only, which are the most frequent words, or pack it as .gz or .zip."
        )
    swollen = max(RATIO_FROM, limits.ratio * size)  # bytes that no honest archive of this size unpacks to
    for block in _blocks(file, limits):
        unpacked += len(block)
        if unpacked > swollen:
            raise ReadingError(
                f"The archive has {bytes_of(size)} and unpacks to more than {bytes_of(swollen)}, as no word vectors "
                "do: unpacking it was stopped."
            )
        if unpacked > limits.unpacked_bytes:
            most = bytes_of(limits.unpacked_bytes)
            raise DamagedError(f"The archive unpacks to more than {most}: unpacking it was stopped there.")
        yield block
        progress(file.tell() / size)


def _blocks(file: BinaryIO, limits: Limits) -> Iterator[bytes]:
    head = file.read(4)
    file.seek(0)
    if head.startswith(GZIP):
        return _gunzip(file)
    if head in (ZIP, EMPTY_ZIP):
        return unzip(file, limits)
    return iter(lambda: file.read(PIECE), b"")


def _gunzip(file: BinaryIO) -> Iterator[bytes]:
    """Unpack gzip, one part or several, a bounded piece at a time.

    The `gzip` module reads a part's name byte by byte, however long, and many empty parts without an end, all in
    one call: neither could be stopped.
    """
    waiting = file.read(GZIP_PIECE)
    for _ in range(MOST_PARTS):
        unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)  # expects gzip's header, and checks its checksum
        while not unpacker.eof:
            start = file.tell() - len(waiting)
            try:
                block = unpacker.decompress(waiting, PIECE)
            except zlib.error as error:
                span = f"between byte {start:,} and byte {file.tell():,}"
                raise DamagedError(f"The gzip file is damaged {span}.") from error
            ended = not (waiting or block or unpacker.eof)
            waiting = unpacker.unconsumed_tail or unpacker.unused_data or file.read(GZIP_PIECE)
            if ended and not waiting:
                raise DamagedError(f"The gzip file breaks off at byte {file.tell():,}.")
            yield block
        while waiting and not waiting.strip(b"\x00"):  # some tools fill the end with zeros
            waiting = file.read(GZIP_PIECE)
        if not waiting:
            return
    raise ReadingError(f"The gzip file is made of more than {MOST_PARTS:,} parts: pack it once more.")
