"""The rows of a file that can be used, and what has to be said of the others."""

import unicodedata
from array import array
from collections import Counter
from collections.abc import Sequence
from itertools import compress

import numpy as np
from gensim.models import KeyedVectors
from numpy.typing import NDArray

from selfattn.core.vectors import keyed_vectors
from selfattn.sets.memory import FEWEST_WORDS
from selfattn.sets.reading.encodings import UTF_8, readings
from selfattn.sets.reading.forms import Form
from selfattn.sets.reading.limits import Limits, amount, shown

LARGEST_NUMBER = 1e15  # a thousand of its squares still fit float32; no word vector comes near it
SHORTEST_CUT = 50  # bytes: a shorter word that ends oddly may be in another encoding
ASKED, NAMED = 3, 4  # words to judge an encoding by; encodings in a sentence
LEFT_OUT, UNDECODED = "left out", "undecoded"
BLANK, JOINED, SPACED, REPEATED = "blank", "joined", "spaced", "repeated"


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
        self._composed: set[str] = set()  # the words that are not in NFC, in it
        self._form, self._limits = form, limits
        self._most = limits.rows_of(form.dimensions)
        self._numbers = array("f")  # grows in place
        self._counts: Counter[str] = Counter()
        self._first: dict[str, str] = {}
        self._undecoded: list[bytes] = []

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
        form = unicodedata.normalize("NFC", word)  # looks the same: for whoever types it, it is the same word
        if word in self.words or form in self.words or form in self._composed:
            otherwise = "" if word in self.words else ", its letters composed otherwise"
            self.note(REPEATED, f"{shown(word)} in {'row' if self._form.binary else 'line'} {place:,}{otherwise}")
        else:
            self.words[word] = None
            self._composed |= {form} - {word}
            self._numbers.frombytes(numbers)

    def note(self, what: str, first: str = "", count: int = 1) -> None:
        """Count what has to be said, and keep what is said of the first of its kind."""
        if count:
            self._counts[what] += count
            self._first.setdefault(what, first)

    def leave_out(self, where: str, error: "RowError") -> None:
        """Leave out a row, for what the error says of it."""
        undecoded = isinstance(error, EncodingError)
        self.note(UNDECODED if undecoded else LEFT_OUT, f"{where} {error}")
        if isinstance(error, EncodingError) and error.word and len(self._undecoded) < ASKED:
            self._undecoded.append(error.word)

    def undecoded(self) -> tuple[bytes, ...]:
        """Give words to ask about, where there are too many for single broken ones.

        The rows of a binary file fill it exactly, or it is refused: then up to half of its words may be broken.
        """
        count, doubtful = self._counts[UNDECODED], sum(map(_is_doubtful, self.words))
        few = count * (2 if self._form.binary else 100) <= self.rows and not count >= doubtful > 0
        return () if few else tuple(self._undecoded)

    def ask(self) -> str:
        """Ask for the encoding: with what the first words would be in some."""
        words = self.undecoded()
        found: dict[str, str] = {}
        for name, text in readings(words).items():
            found.setdefault(text, name)
        would = ", ".join(f"{shown(text)} in {name}" for text, name in list(found.items())[:NAMED])
        such = f" ({would} …)" if would else ""
        return f"{self._first[UNDECODED]} In which encoding was it saved{such}? Choose it, or save the file as UTF-8."

    def drop_doubtful(self) -> None:
        """Drop words that may have wrong letters: in another encoding, some are UTF-8 by accident."""
        kept = np.array([not _is_doubtful(word) for word in self.words], bool)
        if 0 < np.count_nonzero(~kept) <= self._counts[UNDECODED]:
            rows = np.frombuffer(self._numbers, np.float32).reshape(-1, self._form.dimensions)[kept]
            self.words = dict.fromkeys(compress(self.words, kept))
            self.note(LEFT_OUT, count=len(kept) - len(self.words))
            self._numbers = array("f", rows.tobytes())

    def fault(self) -> str:
        """Say what is wrong, as a sentence: with the first line, or else with the first row that is left out."""
        declared = self._form.rows
        if self._form.fault:
            return self._form.fault
        if declared not in (None, self.rows):
            follow = "follows" if self.rows == 1 else "follow"
            return f"Line 1 says {amount(declared or 0, 'word')}, but {amount(self.rows, 'row')} {follow}."
        return self.ask() if self.undecoded() else self._first.get(LEFT_OUT, "")

    def vectors(self) -> KeyedVectors:
        """Give the words and numbers, read-only; the table is used up."""
        words = list(self.words)
        self.words.clear()  # not beside the dictionary that is about to be made
        matrix = np.frombuffer(self._numbers, np.float32).reshape(-1, self._form.dimensions)  # (n_words, dimensions)
        return keyed_vectors(words, matrix, copy=False)

    def remarks(self, fault: str, vectors: KeyedVectors) -> tuple[str, ...]:
        """Say what was mended or left out, and what should be known of the vectors."""
        count, first = self._counts, self._first
        missing = count[LEFT_OUT] + count[UNDECODED]
        left_out = f" {amount(missing, 'row')} left out." if missing else ""
        sound, zeros = self.rows - missing, int(np.count_nonzero(vectors.norms == 0))
        repeats = "repeats a word that came before," if count[REPEATED] == 1 else "repeat words that came before, first"
        sentences = (
            *((True, remark) for remark in self._form.remarks),
            (fault, f"Not the whole file is used.{left_out} {fault}"),
            (
                count[JOINED],
                f"{amount(count[JOINED], 'word')} with spaces inside, the first in line {first.get(JOINED)}, "
                f"{'is' if count[JOINED] == 1 else 'are'} written with _ instead: gensim ends a word at its first "
                "space.",
            ),
            (
                count[UNDECODED] and not fault,
                f"{amount(count[UNDECODED], 'row')} left out. {first.get(UNDECODED)}",
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


def _is_doubtful(word: str) -> bool:
    """Say whether a word is one of those that two bytes for each letter make, without a letter of ASCII."""
    return not word.isascii() and all("\x7f" < sign < "\u0800" for sign in word)


class RowError(ValueError):
    """A row cannot be used; the message is the rest of a sentence that names the row."""


class EncodingError(RowError):
    """The word of a row is not in the encoding of the file; `word` holds its bytes, if another one may read them."""

    def __init__(self, message: str, word: bytes = b"") -> None:
        super().__init__(message)
        self.word = word


def decode(word: bytes, encoding: str = UTF_8) -> str:
    """Read a word.

    Raises
    ------
    EncodingError
        It was cut off within its last character, as word2vec does with words of 100 bytes, or is in another encoding.
    """
    try:
        return word.decode(encoding)
    except UnicodeDecodeError as error:
        cut_off, begin = error.reason == "unexpected end of data", shown(word.decode(encoding, "replace"))
    if cut_off and len(word) >= SHORTEST_CUT:
        raise EncodingError(f"holds a word that was cut off within its last character: {begin}.")
    name = "UTF-8" if encoding == UTF_8 else encoding
    raise EncodingError(f"is not {name}: its word is {begin}, the bytes {word[:12].hex(' ')}.", word)


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
