"""How much memory the app may still use, and how many word vectors fit into it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

PROC = Path("/proc")
CGROUPS = Path("/sys/fs/cgroup")
MB, GB = 2**20, 2**30

# Beside its numbers, a word takes its letters, its place in a list, its place in a dictionary, and its norm. Measured
# with gensim 4.4, in bytes: 155–170 for 100,000 to 400,000 English words, 215–220 for long Russian ones.
WORD_BYTES = 200
NUMBER_BYTES = 4  # float32
KEPT_MB, KEPT_SHARE = 100, 10  # what stays free whatever is loaded: 100 MB, or a tenth if that is more
FEWEST_WORDS = 1_000  # with fewer, hardly a sentence is known


class Sized(Protocol):
    """What is asked of a set of vectors here; an `Entry` of the catalogue has it."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def words(self) -> int:
        """How many words it has."""

    @property
    def memory(self) -> int:
        """How many bytes it needs once loaded."""


def needed(words: int, dimensions: int) -> int:
    """Estimate the bytes that a set of vectors takes once loaded.

    Examples
    --------
    >>> needed(400_000, 50)  # 400 bytes a word, half of it for the numbers
    160000000
    """
    return words * (NUMBER_BYTES * dimensions + WORD_BYTES)


def available(*, proc: Path = PROC, cgroups: Path = CGROUPS) -> int:
    """Say how many bytes this process may still use.

    That is the least of what the machine has left and of what every container around the process has left.
    Containers are limited by control groups, in either of their two versions; a group may lie inside another,
    and each has its own limit. File cache that is not in use counts as free: the kernel gives it back.

    Parameters
    ----------
    proc, cgroups : Path
        Where the kernel tells; other folders in tests.

    Returns
    -------
    bytes : int
        0 or more. Where there is no /proc (Windows, macOS), only the machine itself is asked.

    Notes
    -----
    The files are described in https://docs.kernel.org/admin-guide/cgroup-v2.html and
    https://docs.kernel.org/admin-guide/cgroup-v1/memory.html.
    """
    return max(0, min(_machine(proc), *_groups(proc, cgroups), sys.maxsize))


def fits(need: int, *, free: int | None = None) -> bool:
    """Tell whether so many bytes can be loaded, with room left for the app itself.

    Parameters
    ----------
    need : int
    free : int, optional
        Bytes free; asked of the machine if not given.

    Examples
    --------
    >>> fits(500 * MB, free=600 * MB), fits(501 * MB, free=600 * MB)
    (True, False)
    """
    return need <= usable(available() if free is None else free)


def usable(free: int) -> int:
    """Say how many of the bytes that are free can be loaded: all but 100 MB, or a tenth, which the app keeps.

    >>> usable(600 * MB) == 500 * MB
    True
    """
    return max(0, free - max(KEPT_MB * MB, free // KEPT_SHARE))


def words_that_fit(entry: Sized, *, free: int | None = None) -> int:
    """Count how many of a set's first words fit: all of them, or so many thousands.

    Returns
    -------
    words : int
        0 if not even 1,000 fit.
    """
    room = usable(available() if free is None else free)
    if entry.memory <= room:
        return entry.words
    return room * entry.words // entry.memory // FEWEST_WORDS * FEWEST_WORDS


def refusal(entry: Sized, free: int) -> str:
    """Say with the figures why a set cannot be loaded as it is, and how much of it can be."""
    need, some = entry.memory, words_that_fit(entry, free=free)
    figures = f"{entry.name} needs {amount(need)} of memory, and {amount(free)} are free here"
    if some < entry.words and need <= free:  # else the two figures would contradict what is said
        figures += f", of which {amount(free - usable(free))} are kept for the app itself"
    if some == entry.words:
        return f"{figures}. It fits."
    if some:
        return f"{figures}. The {some:,} most frequent of its {entry.words:,} words fit."
    return f"{figures}. Not even its {FEWEST_WORDS:,} most frequent words fit: choose a smaller set."


def amount(count: int) -> str:
    """Write a number of bytes for a person, in MB of 2**20 bytes as gensim does.

    Examples
    --------
    >>> amount(4_200_000_000), amount(610 * MB), amount(5_000)
    ('3.9 GB', '610 MB', '0.005 MB')
    """
    if count >= 999.5 * MB:
        return f"{count / GB:,.1f} GB"
    return f"{count / MB:.0f} MB" if count >= 9.5 * MB else f"{count / MB:.1g} MB"


def _groups(proc: Path, cgroups: Path) -> Iterator[int]:
    """Yield the bytes left in every control group around this process that has a limit."""
    for path, version in _memberships(proc):
        root = cgroups if version == 2 else cgroups / "memory"
        names = ("memory.max", "memory.current") if version == 2 else ("memory.limit_in_bytes", "memory.usage_in_bytes")
        for group in _upwards(root, path):
            limit = _number(group / names[0])
            if limit is not None:
                used = _number(group / names[1]) or 0
                yield limit - max(0, used - _cache(group / "memory.stat"))


def _memberships(proc: Path) -> list[tuple[str, int]]:
    """List the groups this process belongs to: path and version. The topmost, where the kernel does not tell."""
    lines = [line.split(":", 2) for line in _text(proc / "self" / "cgroup").splitlines() if line.count(":") >= 2]
    second = [path for number, names, path in lines if number == "0" and not names]
    first = [path for _, names, path in lines if "memory" in names.split(",")]
    return [(path, 2) for path in second or ["/"]] + [(path, 1) for path in first or ["/"]]


def _upwards(root: Path, path: str) -> Iterator[Path]:
    """Yield a group's folder and those above it.

    Inside a container the path may be the one outside, and the folder lies at the root: what is not there is skipped.
    """
    steps = [step for step in path.split("/") if step not in ("", ".", "..")]
    for count in range(len(steps), -1, -1):
        yield root.joinpath(*steps[:count])


def _cache(stat: Path) -> int:
    """Read how much of a group's memory is file cache not in use; version 1 has a line that counts inner groups too."""
    lines = dict(line.split(" ", 1) for line in _text(stat).splitlines() if " " in line)
    value = lines.get("total_inactive_file", lines.get("inactive_file", "0")).strip()
    return int(value) if value.isdecimal() else 0


def _machine(proc: Path) -> int:
    """Say how many bytes the machine has left."""
    for line in _text(proc / "meminfo").splitlines():
        words = line.split()
        if words[:1] == ["MemAvailable:"] and len(words) > 1 and words[1].isdecimal():
            return int(words[1]) * 1024
    return _windows() if sys.platform == "win32" else _half()


def _half() -> int:
    """Take half of the machine's memory for free, where there is no saying; where even that is unknown, 2 GB."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2
    except (AttributeError, ValueError, OSError):
        return 2 * GB


def _windows() -> int:
    """Ask Windows; the fourth field of its MEMORYSTATUSEX is what is available."""
    import ctypes

    class Status(ctypes.Structure):
        _fields_ = [("length", ctypes.c_uint32), ("load", ctypes.c_uint32), ("numbers", ctypes.c_uint64 * 7)]

    status = Status(length=ctypes.sizeof(Status))
    windows = getattr(ctypes, "windll", None)
    if windows is None or not windows.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):
        return 2 * GB
    return int(status.numbers[1])


def _number(path: Path) -> int | None:
    text = _text(path).strip()
    return int(text) if text.isdecimal() else None  # "max": no limit


def _text(path: Path) -> str:
    try:
        return os.fsdecode(path.read_bytes())  # a group may be named in any letters
    except OSError:
        return ""
