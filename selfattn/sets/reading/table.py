"""The rows of a file that can be used, and what has to be said of the others."""

from array import array
from collections import Counter
from collections.abc import Sequence

import numpy as np
from gensim.models import KeyedVectors
from numpy.typing import NDArray

from selfattn.core.vectors import keyed_vectors
from selfattn.sets.memory import FEWEST_WORDS
from selfattn.sets.reading.forms import Form
from selfattn.sets.reading.limits import Limits, amount, shown

LARGEST_NUMBER = 1e15  # a thousand of its squares still fit float32; no word vector comes near it
SHORTEST_CUT = 50  # bytes: a shorter word that ends oddly is in another encoding
UTF_8 = "Save the file as UTF-8."
LEFT_OUT, BLANK, JOINED, SPACED, REPEATED = "left out", "blank", "joined", "spaced", "repeated"


class Table:
    """Takes row after row; a word that stands twice keeps its first numbers.

    Attributes
    ----------
    rows : int
        Rows of the file so far, sound or not, beyond the limits or not.
    kept : int
        Those that can be used, and are among the first that the limits allow.
    words : dict
        The different words among these, in their order.
    """

    def __init__(self, form: Form, limits: Limits) -> None:
        self.rows = self.kept = 0
        self.words: dict[str, None] = {}
        self._form, self._limits = form, limits
        self._most = limits.rows_of(form.dimensions)
        self._numbers = array("f")  # grows in place
        self._counts: Counter[str] = Counter()
        self._first: dict[str, str] = {}

    def wants_row(self) -> bool:
        """Count a row of the file, and say whether it is to be kept, if it can be used.

        Raises
        ------
        ReadingError
            The memory has no room for a useful part of the file.
        """
        self.rows += 1
        if self.rows == FEWEST_WORDS:
            self.check_memory()
        return self.kept < self._most

    def check_memory(self) -> None:
        """Refuse a file of which the memory has no room for a useful part."""
        self._limits.check_memory(self.rows, self._form.dimensions)

    def add(self, word: str, numbers: bytes, place: int) -> None:
        """Keep a row that stands in this line or row of the file: its numbers are float32."""
        self.kept += 1
        if word in self.words:
            self.note(REPEATED, f"{shown(word)} in {'row' if self._form.binary else 'line'} {place:,}")
        else:
            self.words[word] = None
            self._numbers.frombytes(numbers)

    def note(self, what: str, first: str = "", count: int = 1) -> None:
        """Count what has to be said, and keep what is said of the first of its kind."""
        if count:
            self._counts[what] += count
            self._first.setdefault(what, first)

    def fault(self) -> str:
        """Say what is wrong, as a sentence: with the first line, or else with the first row that is left out."""
        declared = self._form.rows
        if self._form.fault or declared in (None, self.rows):
            return self._form.fault or self._first.get(LEFT_OUT, "")
        follow = "follows" if self.rows == 1 else "follow"
        return f"Line 1 says {amount(declared or 0, 'word')}, but {amount(self.rows, 'row')} {follow}."

    def vectors(self) -> KeyedVectors:
        """Give the words and numbers, read-only; the table is used up."""
        words = list(self.words)
        self.words.clear()  # not beside the dictionary that is about to be made
        matrix = np.frombuffer(self._numbers, np.float32).reshape(-1, self._form.dimensions)  # (n_words, dimensions)
        return keyed_vectors(words, matrix, copy=False)

    def remarks(self, fault: str, vectors: KeyedVectors) -> tuple[str, ...]:
        """Say what was mended or left out, and what should be known of the vectors."""
        count, first = self._counts, self._first
        left_out = f" {amount(count[LEFT_OUT], 'row')} left out." if count[LEFT_OUT] else ""
        sound, zeros = self.rows - count[LEFT_OUT], int(np.count_nonzero(vectors.norms == 0))
        repeats = "repeats a word that came before," if count[REPEATED] == 1 else "repeat words that came before, first"
        sentences = (
            (fault, f"Not the whole file is used.{left_out} {fault}"),
            (
                count[JOINED],
                f"{amount(count[JOINED], 'word')} with spaces inside, the first in line {first.get(JOINED)}, "
                f"{'is' if count[JOINED] == 1 else 'are'} written with _ instead: gensim ends a word at its first "
                "space.",
            ),
            (count[SPACED], "Tabs, and several spaces in a row, count as one space."),
            (count[BLANK], f"{amount(count[BLANK], 'empty line')} left out."),
            (
                self.kept >= self._most and self.kept < sound,
                f"Only the first {self.kept:,} of {sound:,} words are read: "
                f"{self._limits.why_cut(self._form.dimensions)}.",
            ),
            (
                count[REPEATED],
                f"{amount(count[REPEATED], 'row')} {repeats} {first.get(REPEATED)}: the first of each is used.",
            ),
            (
                zeros,
                f"{amount(zeros, 'word')} {'has' if zeros == 1 else 'have'} only zeros for numbers: no direction, so "
                "no cosine to any other.",
            ),
        )
        return tuple(sentence for applies, sentence in sentences if applies)


class RowError(ValueError):
    """A row cannot be used; the message is the rest of a sentence that names the row."""


class EncodingError(RowError):
    """The word of a row is text, but not UTF-8."""


def decode(word: bytes) -> str:
    """Read a word as UTF-8.

    Raises
    ------
    EncodingError
        It was cut off within its last character, as word2vec does with words of 100 bytes, or is in another encoding.
    RowError
        Its bytes are no letters in any encoding that is known here.
    """
    try:
        return word.decode("utf-8")
    except UnicodeDecodeError as error:
        cut_off, latin = error.reason == "unexpected end of data", word.decode("latin-1")
    if cut_off and len(word) >= SHORTEST_CUT:
        begin = shown(word.decode("utf-8", "ignore"))
        raise EncodingError(f"holds a word that was cut off within its last character: {begin}.")
    if all(character.isalpha() for character in latin if not character.isascii()):
        raise EncodingError(f"is not UTF-8. If the word is {shown(latin)}, the file is in Latin-1. {UTF_8}")
    other = f"is not UTF-8 but in another encoding: the bytes {word[:12].hex(' ')} are no text in it. {UTF_8}"
    raise EncodingError(other) if cut_off else RowError(other)


def check_numbers(values: NDArray[np.float32], written: Sequence[str] = ()) -> None:
    """Refuse what no arithmetic can use: not a number, infinite, or so large that its square is.

    Parameters
    ----------
    values : ndarray of shape (dimensions,)
    written : sequence of str
        The same as they stand in the file, where they are digits.
    """
    if values @ values <= LARGEST_NUMBER**2:
        return
    unusable = ~(np.abs(values) <= LARGEST_NUMBER)  # not a number is not smaller than anything
    if unusable.any():
        index = int(np.argmax(unusable))
        number = written[index] if written else f"{values[index]:g}"
        if number.lstrip("+-").lower().startswith(("nan", "inf")):
            raise RowError(f"has {shown(number)} where a number should stand.")
        raise RowError(f"has the number {shown(number)}, too large to compute with: {LARGEST_NUMBER:g} at most.")
