"""A set from the network: streamed to disk, taken up again where it broke off, checked when complete."""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urljoin

from gensim import downloader

from selfattn.sets.catalogue import asking, locking
from selfattn.sets.catalogue.asking import BrokenError, CatalogueError
from selfattn.sets.catalogue.entries import Entry, place
from selfattn.sets.memory import MB, amount

Progress = Callable[[int, int], None]  # bytes that are here, bytes of the whole
Cancelled = Callable[[], bool]

SPARE = 100 * MB  # left free on the disk


class StoppedError(CatalogueError):
    """The person cancelled; what had arrived is kept."""


def fetch(entry: Entry, *, progress: Progress, cancelled: Cancelled, address: str | None = None) -> Path:
    """Bring a set to this disk, unless it is there.

    What has arrived when it is cancelled, or when the network breaks off, is kept; fetching again goes on from there
    if the server allows it. What has a wrong checksum is thrown away. Where another session fetches the same set,
    in this process or another one, this one waits for it and shows its progress.

    Parameters
    ----------
    entry : Entry
    progress : callable
        Told how many bytes are here, and of how many. What it raises ends the download as cancelling does.
    cancelled : callable
        Asked whenever bytes arrive; while none do, for 15 seconds at most.
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
    path, catalogue = place(entry.name), asking.list_address(address)
    if path.is_file():
        return path

    def wait() -> None:
        if cancelled():
            raise StoppedError("Stopped. Another session goes on fetching the same set.")
        progress(started(entry), entry.size)

    with _turn(entry, wait):
        if not path.is_file():
            if started(entry) < entry.size:
                _receive(entry, _address(entry, catalogue), progress, cancelled)
            _check(entry)
            path.parent.mkdir(exist_ok=True)
            os.replace(_part(entry), path)
    return path


def started(entry: Entry) -> int:
    """Count the bytes kept of a download that is not complete."""
    with suppress(OSError):
        return _part(entry).stat().st_size
    return 0


def discard(entry: Entry) -> None:
    """Throw away what is kept of a download that is not complete.

    Raises
    ------
    CatalogueError
        It is being fetched just now, or the disk refuses.
    """

    def refuse() -> None:
        raise CatalogueError(f"{entry.name} is being fetched just now. Cancel that first.")

    with _turn(entry, refuse):
        _part(entry).unlink(missing_ok=True)


def _part(entry: Entry) -> Path:
    """Say where a set grows: beside its folder, not in it, since gensim takes the folder for a set that is complete."""
    path = place(entry.name)
    return path.parent.with_name(f"{path.name}.part")


def _receive(entry: Entry, address: str, progress: Progress, cancelled: Cancelled) -> None:
    """Write to disk what is missing, or all where the server begins anew, telling how far it is."""
    part, start = _part(entry), started(entry)
    with asking.answer(address, start=start) as response:
        here = start if response.status == 206 else 0
        whole = entry.size if response.length is None else here + response.length
        _check_disk(entry, whole - here)
        progress(here, whole)
        try:
            with part.open("ab" if here else "wb") as file:
                for chunk in asking.chunks(response):
                    if cancelled():
                        raise StoppedError("Stopped.")
                    here += file.write(chunk)
                    if here > whole:
                        return  # without a length from the server it could go on for ever; the checksum is wrong
                    progress(here, whole)
            if here < whole:
                raise BrokenError("The network broke off (the connection was closed).")
        except (BrokenError, StoppedError) as error:
            kept = f"{amount(here)} of {entry.name} are kept on disk: fetch it again to go on from there."
            raise type(error)(f"{error} {kept if here else 'Nothing had arrived yet: fetch it again.'}") from error


def _address(entry: Entry, catalogue: str) -> str:
    """Say what is fetched for a set: what gensim fetches; from another catalogue, what lies beside its list."""
    gensims = catalogue == downloader.DATA_LIST_URL
    base = f"{downloader.DOWNLOAD_BASE_URL}/" if gensims else urljoin(catalogue, ".")
    return f"{base}{entry.name}/{entry.name}.gz"


def _check(entry: Entry) -> None:
    """Compare with the checksum that the catalogue gives; it tells damage, not forgery."""
    part = _part(entry)
    with part.open("rb") as file:
        checksum = hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
    if checksum != entry.checksum:
        part.unlink()
        raise CatalogueError(
            f"What arrived as {entry.name} is not what the catalogue describes: the checksum is wrong. "
            "It was thrown away. Fetch it again; if that does not help, the catalogue or the network is at fault."
        )


def _check_disk(entry: Entry, need: int) -> None:
    folder = _part(entry).parent
    free = shutil.disk_usage(folder).free
    if need + SPARE > free:
        raise CatalogueError(
            f"{entry.name} needs {amount(need)} more on the disk and {amount(SPARE)} are to stay free, but only "
            f"{amount(free)} are free in {folder}. Make room, or set GENSIM_DATA_DIR to a folder with more."
        )


@contextmanager
def _turn(entry: Entry, wait: Callable[[], None]) -> Iterator[None]:
    """Let one session at a time write a set, and turn what the disk refuses into a sentence.

    `wait` is called again and again while another one has its turn; what it raises ends the waiting.
    """
    part = _part(entry)
    try:
        part.parent.mkdir(parents=True, exist_ok=True)
        with locking.alone(part, wait):
            yield
    except OSError as error:  # those of the network are sentences already
        where = error.filename or part.parent
        raise CatalogueError(
            f"{entry.name} cannot be written to the disk: {error.strerror or error} ({where}). Make room or give "
            "the app the right to write there, or set GENSIM_DATA_DIR to another folder."
        ) from error
