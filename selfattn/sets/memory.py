"""How much memory the app may still use, and how many word vectors fit into it."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

PROC = Path("/proc")
CGROUPS = Path("/sys/fs/cgroup")
MB, GB = 2**20, 2**30

# Beside its numbers, a word takes its letters, its place in a list, its place in a dictionary, and its norm. Measured
# with gensim 4.4, in bytes: 155–170 for 100,000 to 400,000 English words, 215–220 for long Russian ones.
WORD_BYTES = 200
NUMBER_BYTES = 4  # float32
KEPT_MB, KEPT_SHARE = 100, 10  # what stays free whatever is loaded: 100 MB, or a tenth if that is more
FEWEST_WORDS = 1_000  # with fewer, hardly a sentence is known


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
    Containers are limited by control groups, version 2; a group may lie inside another, and each has its own limit.
    File cache that is not in use counts as free: the kernel gives it back.

    Parameters
    ----------
    proc, cgroups : Path
        Where the kernel tells; other folders in tests.

    Returns
    -------
    bytes : int
        0 or more. Where there is no /proc (Windows, macOS), half of the machine's memory, or 2 GB.

    Notes
    -----
    The files are described in https://docs.kernel.org/admin-guide/cgroup-v2.html.
    """
    kilobytes = _figure(proc / "meminfo", "MemAvailable:")
    machine = _assumed() if kilobytes is None else kilobytes * 1024
    return max(0, min(machine, *_groups(proc, cgroups), sys.maxsize))


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
    """Yield the bytes left in every control group around this process that has a limit.

    Inside a container the path may be the one outside, and the group lies at the root: what is not there has no limit.
    """
    lines = _text(proc / "self" / "cgroup").splitlines()
    path = next((line.removeprefix("0::") for line in lines if line.startswith("0::")), "")
    names = [name for name in path.split("/") if name not in ("", ".", "..")]
    for count in range(len(names) + 1):
        group = cgroups.joinpath(*names[:count])
        limit = _text(group / "memory.max").strip()
        if limit.isdecimal():  # else "max"
            used = _text(group / "memory.current").strip()
            cache = _figure(group / "memory.stat", "inactive_file") or 0
            yield int(limit) - max(0, int(used if used.isdecimal() else 0) - cache)


def _assumed() -> int:
    """Take half of the machine's memory for free, where there is no saying; where even that is unknown, 2 GB."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2
    except (AttributeError, ValueError, OSError):
        return 2 * GB


def _figure(path: Path, name: str) -> int | None:
    """Read the number after a name, in a file that has one of each a line."""
    for line in _text(path).splitlines():
        words = line.split()
        if words[:1] == [name] and len(words) > 1 and words[1].isdecimal():
            return int(words[1])
    return None


def _text(path: Path) -> str:
    try:
        return os.fsdecode(path.read_bytes())  # a group may be named in any letters
    except OSError:
        return ""
