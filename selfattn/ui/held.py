"""Files that sessions bring: they stand in memory until they are read, so there is room for so many at a time."""

from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock
from typing import Any
from weakref import WeakSet

from selfattn.sets.memory import MB, amount
from selfattn.ui.jobs import Job

MOST_BYTES = 100 * MB  # of all sessions together; a larger file is held where there is no other


@dataclass(eq=False)
class Held:
    """A file that a session holds, as Streamlit gave it, and the job that reads it; it goes with its session."""

    file: Any
    job: Job | None = None

    @property
    def idle(self) -> bool:
        """Tell whether it has been read, and waits for what its person says to what was wrong with it."""
        return self.job is not None and self.job.done.is_set()


_all: WeakSet[Held] = WeakSet()
_counting = Lock()


def hold(file: Any) -> Held | str:
    """Hold a file that has arrived; files that only wait for their person make room for it, and are closed.

    Returns
    -------
    held : Held or str
        For the session to keep as long as it needs the file. Where there is no room, a sentence that says so.
    """
    with _counting:
        for other in list(_all):
            if other.idle and not _fits(file.size):
                other.file.close()
                _all.discard(other)
        if _fits(file.size):
            held = Held(file)
            _all.add(held)
            return held
        others = list(_all)
    files = f"{len(others)} other files are" if len(others) > 1 else "another file is"
    return (
        f"“{file.name[:60]}” arrived whole ({amount(file.size)}), but {files} being read just now "
        f"({amount(_bytes(others))}), and there is room for {amount(MOST_BYTES)} at a time. Bring it again in a minute."
    )


def _fits(size: int) -> bool:
    return not _all or size + _bytes(_all) <= MOST_BYTES


def _bytes(files: Iterable[Held]) -> int:
    return sum(each.file.size for each in files)
