"""Large files from the network: streamed to disk, taken up again where they broke off, checked when complete."""

from __future__ import annotations

import hashlib
import http.client
import os
import re
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from selfattn.sets.catalogue.asking import (
    CHUNK,
    BrokenError,
    CatalogueError,
    NotFromThereError,
    answer,
    chunks,
    host,
    length_of,
)
from selfattn.sets.memory import MB, amount

Progress = Callable[[int, int], None]  # bytes that are here, bytes of the whole
Cancelled = Callable[[], bool]

SPARE = 100 * MB  # left free on the disk
WAIT = 0.2  # seconds between two looks at a file that another thread fetches

_turns: defaultdict[Path, Lock] = defaultdict(Lock)


class StoppedError(CatalogueError):
    """The person cancelled; what had arrived is kept."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One file to fetch: its address, its MD5, and where it grows."""

    address: str
    checksum: str
    part: Path


@dataclass(frozen=True, slots=True)
class Download:
    """A set to fetch: what it is called, its bytes according to the catalogue, its pieces in order, and its place."""

    name: str
    size: int
    pieces: tuple[Piece, ...]
    path: Path

    @property
    def here(self) -> int:
        """Count the bytes that have arrived so far."""
        return sum(_size(piece.part) for piece in self.pieces)


def gather(download: Download, *, progress: Progress, cancelled: Cancelled) -> Path:
    """Fetch a set's pieces, join them, and put the whole in its place.

    A piece grows as a file beside the folder of the set, not in it: gensim takes a folder that is there for a set
    that is complete. What has arrived is kept when the person cancels and when the network breaks; the next attempt
    goes on from there if the server allows it, and begins anew if not. A piece with a wrong checksum is thrown away.
    Where another thread fetches the same set, this one waits for it and shows its progress.

    Parameters
    ----------
    download : Download
    progress : callable
        Told how many bytes are here, and of how many. What it raises ends the download as cancelling does.
    cancelled : callable
        Asked whenever bytes arrive; while none do, for 15 seconds at most.

    Returns
    -------
    path : Path

    Raises
    ------
    CatalogueError
        The network, the disk or the checksum; `StoppedError` where it was cancelled.
    """
    with _turn(download, progress, cancelled):
        if download.path.is_file():
            return download.path
        with _disk(download):
            download.path.parent.parent.mkdir(parents=True, exist_ok=True)
            _check_disk(download, download.size - download.here + _for_joining(download))
            for piece in download.pieces:
                _fetch(download, piece, progress, cancelled)
            _join(download)
        size = _size(download.path)
        progress(size, size)
    return download.path


def discard(download: Download) -> None:
    """Throw away what has arrived of a set that is not complete.

    Raises
    ------
    CatalogueError
        It is being fetched just now, or the disk refuses.
    """
    turn = _turns[download.path]
    if not turn.acquire(blocking=False):
        raise CatalogueError(f"{download.name} is being fetched just now. Cancel that first.")
    try:
        with _disk(download):
            for piece in download.pieces:
                piece.part.unlink(missing_ok=True)
    finally:
        turn.release()


def _fetch(download: Download, piece: Piece, progress: Progress, cancelled: Cancelled) -> None:
    """Bring one piece to its full length and check it."""
    if _size(piece.part) and _md5(piece.part) == piece.checksum:  # complete since an earlier attempt
        return
    try:
        with _answer_from(piece) as (response, start):
            whole = _receive(download, piece, response, start, progress, cancelled)
    except (BrokenError, StoppedError) as error:
        raise type(error)(f"{error} {_kept(download)}") from error
    if _md5(piece.part) == piece.checksum:
        return
    if _size(piece.part) < whole:
        raise BrokenError(f"The network broke off (the connection was closed). {_kept(download)}")
    piece.part.unlink()
    raise CatalogueError(
        f"What arrived as {download.name} is not what the catalogue describes: the checksum is wrong. "
        "It was thrown away. Fetch it again; if that does not help, the catalogue or the network is at fault."
    )


def _receive(
    download: Download,
    piece: Piece,
    response: http.client.HTTPResponse,
    start: int,
    progress: Progress,
    cancelled: Cancelled,
) -> int:
    """Write to disk what the server sends, telling how far it is; give the bytes that the piece should have."""
    length, single = length_of(response), len(download.pieces) == 1
    whole = download.size if length is None else start + length
    _check_disk(download, whole - start)
    others = download.here - _size(piece.part)
    total = whole if single else max(download.size, others + whole)
    got = start
    progress(others + got, total)
    with piece.part.open("ab" if start else "wb") as file:
        for chunk in chunks(response):
            if cancelled():
                raise StoppedError("Stopped.")
            got += len(chunk)
            if got > whole:
                break
            file.write(chunk)
            progress(others + got, total)
    if got > whole:
        piece.part.unlink()
        raise CatalogueError(
            f"{host(piece.address)} sends more than the {amount(whole)} that {download.name} has in the catalogue. The "
            "download was stopped and thrown away: choose another set."
        )
    return whole if single or length is not None else 0


@contextmanager
def _answer_from(piece: Piece) -> Iterator[tuple[http.client.HTTPResponse, int]]:
    """Ask for what is missing of a piece; give the answer and where it begins, 0 where the server begins anew."""
    start = _size(piece.part)
    try:
        response = answer(piece.address, start=start)
    except NotFromThereError:  # the part is as long as the file, or longer, and is not the file
        response, start = answer(piece.address), 0
    with response:
        if response.status != 206:
            start = 0
        elif not re.match(rf"bytes {start}-", response.headers.get("Content-Range", "")):
            raise CatalogueError(f"{host(piece.address)} sent another part of the file than was asked for. Try again.")
        yield response, start


def _kept(download: Download) -> str:
    if not download.here:
        return "Nothing had arrived yet: fetch it again."
    return f"{amount(download.here)} of {download.name} are kept on disk: fetch it again to go on from there."


def _join(download: Download) -> None:
    """Put the pieces together and the whole in its place; each goes as soon as it is copied."""
    first, *others = (piece.part for piece in download.pieces)
    if others:
        with first.open("ab") as whole:
            for part in others:
                with part.open("rb") as piece:
                    shutil.copyfileobj(piece, whole, CHUNK)
                part.unlink()
    download.path.parent.mkdir(exist_ok=True)
    os.replace(first, download.path)


def _for_joining(download: Download) -> int:
    """Estimate the bytes that are on disk twice while the pieces are joined: one piece."""
    count = len(download.pieces)
    return 0 if count == 1 else download.size // count


def _check_disk(download: Download, need: int) -> None:
    folder = download.path.parent.parent
    free = shutil.disk_usage(folder).free
    if need + SPARE > free:
        raise CatalogueError(
            f"{download.name} needs {amount(need)} more on the disk and {amount(SPARE)} are to stay free, but only "
            f"{amount(free)} are free in {folder}. Make room, or set GENSIM_DATA_DIR to a folder with more."
        )


@contextmanager
def _disk(download: Download) -> Iterator[None]:
    """Turn what the disk refuses into a sentence; the network's errors are sentences already."""
    try:
        yield
    except OSError as error:
        where = error.filename or download.path.parent.parent
        raise CatalogueError(
            f"{download.name} cannot be written to the disk: {error.strerror or error} ({where}). Make room or give "
            "the app the right to write there, or set GENSIM_DATA_DIR to another folder."
        ) from error


@contextmanager
def _turn(download: Download, progress: Progress, cancelled: Cancelled) -> Iterator[None]:
    """Let one thread at a time fetch a set."""
    turn = _turns[download.path]
    while not turn.acquire(timeout=WAIT):
        if cancelled():
            raise StoppedError("Stopped. Another session goes on fetching the same set.")
        here = download.here
        progress(here, max(download.size, here))
    try:
        yield
    finally:
        turn.release()


def _md5(path: Path) -> str:
    """Compute the checksum that the catalogue gives; it tells damage, not forgery."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()


def _size(path: Path) -> int:
    with suppress(OSError):
        return path.stat().st_size
    return 0
