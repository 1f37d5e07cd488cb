"""One at a time, of all threads and processes that share a disk. Who dies lets go: the system holds the lock."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

WAIT = 0.2  # seconds between two tries

if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def alone(path: Path, wait: Callable[[], None]) -> Iterator[None]:
    """Wait until nobody else is at a path, then be the one who is.

    An empty file beside the path holds the lock, and stays: who removed it would let in others beside those who wait.

    Parameters
    ----------
    path : Path
        It need not be there; its folder must be.
    wait : callable
        Called again and again while another one is at the path; what it raises ends the waiting.

    Raises
    ------
    OSError
        The disk refuses.
    """
    with path.with_name(f"{path.name}.lock").open("ab") as file:
        while True:
            try:
                _lock(file.fileno())
                break
            except (BlockingIOError, PermissionError):  # what Unix says of a lock that is taken, and what Windows says
                time.sleep(WAIT)
                wait()
        yield
