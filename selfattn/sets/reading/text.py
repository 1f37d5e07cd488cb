"""Text forms of word vectors: rows that are lines, mended where it is clear what is meant."""

import re
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from selfattn.sets.reading.columns import GAPS, bare, columns, joined
from selfattn.sets.reading.content import Content
from selfattn.sets.reading.encodings import UTF_8
from selfattn.sets.reading.forms import LONGEST_LINE, Form
from selfattn.sets.reading.limits import amount, is_number, shown
from selfattn.sets.reading.table import BLANK, JOINED, SPACED, RowError, Table, check_numbers, decode

DECIMAL_COMMA = re.compile(r"-?\d+,\d+")


def read(content: Content, form: Form, table: Table) -> None:
    """Put the rows that can be used into the table, and note the others."""
    blank = 0  # empty lines at the end are no matter
    lines = enumerate(_lines(content, form.start), 1 + content.head[: form.start].count(b"\n"))
    for number, line in joined(lines, LONGEST_LINE) if form.wrapped else lines:
        if not line.strip():
            blank += 1
        elif table.wants_row():
            table.note(BLANK, count=blank)
            blank = 0
            try:
                words, values, spaced = parse(line, form.dimensions, dressed=form.dressed, encoding=form.encoding)
            except RowError as error:
                table.leave_out(f"Line {number:,}", error)
                continue
            word = bare(" ".join(words), form.around) if form.around else " ".join(words)
            table.note(SPACED, count=spaced)
            table.note(JOINED, f"{number:,}", count=" " in word)
            table.add(word.replace(" ", "_"), values.tobytes(), number)


def _lines(content: Content, start: int) -> Iterator[bytes]:
    """Cut what stands from byte `start` on into lines, with their ends.

    Of a line longer than ``LONGEST_LINE`` some may be missing, so that none fills the memory. Where the bytes break
    off, so does the last line: it may look whole and lack digits, and is not given.
    """
    tail = b""
    for block in content.blocks(start):
        *ended, tail = (tail + block).split(b"\n")
        yield from (line + b"\n" for line in ended)
        tail = tail[:LONGEST_LINE]
    if tail and not content.fault:
        yield tail


def parse(
    line: bytes, dimensions: int, *, dressed: bool = False, encoding: str = UTF_8
) -> tuple[list[str], NDArray[np.float32], bool]:
    r"""Take a line as a row of so many numbers.

    Returns
    -------
    words : list of str
        The word, in parts where it has spaces inside.
    values : ndarray of shape (dimensions,)
    spaced : bool
        Whether tabs or several spaces stand between columns.

    Raises
    ------
    RowError
        It cannot be used.

    Examples
    --------
    >>> parse(b"New York 0.5 1\n", 2)
    (['New', 'York'], array([0.5, 1. ], dtype=float32), False)
    >>> parse(b"bank 0.5\n", 2)
    Traceback (most recent call last):
    selfattn.sets.reading.table.RowError: has 1 number instead of 2.
    """
    if len(line) >= LONGEST_LINE:
        raise RowError(f"is longer than {LONGEST_LINE:,} bytes, which no row has to be.")
    text, spaced = _decode(line.rstrip(), encoding), False
    text = columns(text) if dressed else text
    fields = text.split(" ")
    if len(fields) != dimensions + 1 or "" in fields or "\t" in text.partition(" ")[2]:
        fields = GAPS.split(text.strip(" \t"))
        spaced = text.strip(" \t") != " ".join(fields)
    words, numbers = fields[:-dimensions], fields[-dimensions:]
    if not words or (len(words) > 1 and is_number(words[-1])):
        raise RowError(_ragged(fields, dimensions, ends=line.endswith(b"\n")))
    try:
        values = np.array(numbers, dtype=np.float32)  # what np.float32(number) gives, as gensim reads it
    except ValueError:
        wrong = next((number for number in numbers if not is_number(number)), numbers[0])
        comma = ": write decimals with a point" if DECIMAL_COMMA.fullmatch(wrong) else ""
        raise RowError(f"has {shown(wrong)} where a number should stand{comma}.") from None
    check_numbers(values, numbers)
    return words, values, spaced


def _decode(line: bytes, encoding: str) -> str:
    try:
        return line.decode(encoding)
    except UnicodeDecodeError:
        return " ".join(decode(field, encoding) for field in line.split())  # raises at the word that is at fault


def _ragged(fields: list[str], dimensions: int, *, ends: bool) -> str:
    count = len(fields) - 1
    if count == dimensions - 1 and is_number(fields[0]):
        return f"has {amount(count, 'number')} instead of {dimensions:,}, or no word."
    if count < dimensions and not ends:
        return f"ends with the file, after {count:,} of its {amount(dimensions, 'number')}."
    return f"has {amount(count, 'number')} instead of {dimensions:,}."
