"""What a check hands to gensim, and what a thorough look at every row has found."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from selfattn.sets.reading.limits import LARGEST_NUMBER, Limits, amount


@dataclass(frozen=True, slots=True)
class Content:
    """A file on the disk that holds the bytes themselves, unpacked where they were packed.

    Attributes
    ----------
    path : Path
    size : int
        Bytes.
    fault : str
        Why there are no more of them, as a sentence; "" when they are whole.
    """

    path: Path
    size: int
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """How gensim is to read a file that has passed its check.

    Attributes
    ----------
    path : Path
    rows, dimensions : int
        How many rows are to be read, each of a word and so many numbers.
    binary : bool
    header : bool
        Whether the first line says how many rows there are.
    first : int
        The line of the first row, or 1 where rows are no lines; 0 in a copy, whose rows stood elsewhere in the file.
    remarks : tuple of str
        What the person should know about the rows.
    """

    path: Path
    rows: int
    dimensions: int
    binary: bool = False
    header: bool = False
    first: int = 0
    remarks: tuple[str, ...] = ()


@dataclass(slots=True)
class Found:
    """What a thorough look at every row has found.

    Attributes
    ----------
    fault : str
        What is wrong first, as a sentence; "" for nothing.
    bad, blank : int
        Rows that cannot be used, and lines with nothing in them.
    joined : int
        Words that had spaces inside, now "_"; `first_joined` is the line of the first.
    spaced : bool
        Whether tabs or several spaces stood between columns.
    kept : int
        Rows that can be used.
    words : set
        The different words among them.
    """

    fault: str = ""
    bad: int = 0
    blank: int = 0
    joined: int = 0
    first_joined: int = 0
    spaced: bool = False
    kept: int = 0
    words: set[str] = field(default_factory=set)

    def wrong(self, fault: str) -> None:
        """Note a row that cannot be used."""
        self.bad += 1
        self.fault = self.fault or fault

    def remarks(self) -> tuple[str, ...]:
        """Say what was mended or left out."""
        said = []
        if self.fault:
            left_out = f" {amount(self.bad, 'row')} left out." if self.bad else ""
            said.append(f"Not the whole file is used.{left_out} {self.fault}")
        if self.joined:
            said.append(
                f"{amount(self.joined, 'word')} with spaces inside, the first in line {self.first_joined:,}, "
                f"{'is' if self.joined == 1 else 'are'} written with _ instead: gensim ends a word at its first space."
            )
        if self.spaced:
            said.append("Tabs, and several spaces in a row, count as one space.")
        if self.blank:
            said.append(f"{amount(self.blank, 'empty line')} left out.")
        return tuple(said)


def cut_remark(kept: int, total: int, dimensions: int, limits: Limits) -> tuple[str, ...]:
    """Say that only the first rows are read, where it is so."""
    if kept >= total:
        return ()
    why = f"at most {limits.rows:,} words are kept"
    if limits.room_for(dimensions) < min(limits.rows, limits.numbers // dimensions):
        why = "the memory that is free at the moment has no room for more"
    elif limits.numbers // dimensions < limits.rows:
        why = f"at most {limits.numbers:,} numbers are kept, {dimensions:,} for each word"
    return (f"Only the first {kept:,} of {total:,} words are read: {why}.",)


def padded_header(rows: int, dimensions: int) -> bytes:
    """Write a first line that is as long for any number of rows: it is written before they are counted."""
    return f"{rows:>12} {dimensions}\n".encode()


def unusable(values: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Mark what no arithmetic can use: not a number, infinite, or so large that its square is.

    Parameters
    ----------
    values : ndarray of any shape

    Returns
    -------
    marks : ndarray of the same shape
    """
    return np.asarray(~(np.abs(values) <= LARGEST_NUMBER))  # not a number is not smaller than anything
