"""What a reading may take, and how what is wrong is said."""

from __future__ import annotations

import sys
import unicodedata
from dataclasses import dataclass, replace

from selfattn.core.wording import shortened
from selfattn.sets.memory import FEWEST_WORDS, needed, usable
from selfattn.sets.memory import amount as bytes_of

FEWEST_DIMENSIONS = 2  # with one number a word, every cosine is 1 or −1
LONGEST_NUMBER = 400  # characters; the error about a longer one would repeat all of it
SHOWN = 24  # characters quoted from a file


class ReadingError(ValueError):
    """A file of word vectors cannot be read, or not whole; the message is a sentence for the person who sent it.

    Attributes
    ----------
    usable : int
        How many words ``read_vectors(…, usable_only=True)`` would give all the same; 0 for none.
    undecoded : tuple of bytes
        Words as they stand in the file, where the question is in which encoding it was saved.
    """

    def __init__(self, message: str, *, usable: int = 0, undecoded: tuple[bytes, ...] = ()) -> None:
        super().__init__(message)
        self.usable, self.undecoded = usable, undecoded


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one upload may take: of the memory, and of everyone's patience.

    Attributes
    ----------
    file_bytes : int
        As sent. Streamlit keeps an upload in memory, and its own limit is the same 200 MB.
    unpacked_bytes : int
        What is unpacked of an archive at most: 60,000,000 numbers as text, at some 12 bytes each, fit.
    ratio : int
        Unpacked bytes for each packed one, counted from 8 MB on. Word vectors reach 2 to 4, a table of zeros and ones
        some 100, and an archive made to fill machines 1,000.
    rows : int
        Words: as many as the largest sets that classes use (GloVe 6B) have.
    dimensions : int
        Numbers for each word. Published sets have 25 to 300, hidden layers of language models up to some 1,000.
    numbers : int
        Rows times dimensions, kept in memory as float32: 240 MB, a quarter of what small hosts give an app.
    memory : int
        Bytes of memory, as `selfattn.sets.memory.needed` counts them; `within` sets them to what the machine has left.

    Examples
    --------
    >>> small = LIMITS.within(200 * 2**20)  # of 200 MB that are free, 100 stay so
    >>> LIMITS.rows_of(50), small.rows_of(50)
    (400000, 262144)
    """

    file_bytes: int = 200 * 2**20
    unpacked_bytes: int = 800 * 2**20
    ratio: int = 200
    rows: int = 400_000
    dimensions: int = 1000
    numbers: int = 60_000_000
    memory: int = sys.maxsize

    def rows_of(self, dimensions: int) -> int:
        """Say how many rows of so many numbers are kept."""
        return min(self.rows, self.numbers // dimensions, self.memory // needed(1, dimensions))

    def within(self, free: int) -> Limits:
        """Give the same limits for a machine that has so many bytes free, of which the app itself keeps some."""
        return replace(self, memory=usable(free))

    def check_memory(self, rows: int, dimensions: int) -> None:
        """Refuse a file of which the memory has no room for a useful part.

        Raises
        ------
        ReadingError
            There is room neither for its rows nor for the first 1,000 of them.
        """
        wanted = min(rows, FEWEST_WORDS)
        if self.memory < needed(wanted, dimensions):
            raise ReadingError(
                f"There is no room for this file at the moment: {amount(wanted, 'word')} of {dimensions:,} numbers "
                f"take {bytes_of(needed(wanted, dimensions))} of memory, and {bytes_of(self.memory)} are left for "
                "uploads. Try again in a while, or choose another set."
            )

    def why_cut(self, dimensions: int) -> str:
        """Say which limit it is that no more rows of so many numbers are kept."""
        if self.rows_of(dimensions) < min(self.rows, self.numbers // dimensions):
            return "the memory that is free at the moment has no room for more"
        if self.numbers // dimensions < self.rows:
            return f"at most {self.numbers:,} numbers are kept, {dimensions:,} for each word"
        return f"at most {self.rows:,} words are kept"


LIMITS = Limits()


def shown(text: str) -> str:
    """Quote something from a file: short, on one line, without invisible marks.

    >>> shown("bank\\x00")
    '“bank�”'
    """
    signs = shortened(text, SHOWN)
    return "“" + "".join("\ufffd" if unicodedata.category(c)[0] in "CZ" and c != " " else c for c in signs) + "”"


def amount(number: int, noun: str) -> str:
    """Count something in words.

    >>> amount(1, "row"), amount(4000, "row")
    ('1 row', '4,000 rows')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def is_number(field: str) -> bool:
    """Say whether a field can be read as a number."""
    try:
        float(field[:LONGEST_NUMBER])
    except ValueError:
        return False
    return True
