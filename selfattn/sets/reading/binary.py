"""word2vec's binary form: words, each with its numbers as bytes, and nothing that parts one row from the next."""

from collections.abc import Iterable, Iterator

import numpy as np

from selfattn.sets.reading.content import Content
from selfattn.sets.reading.forms import CONTROL, NUMBER, Form
from selfattn.sets.reading.limits import ReadingError, amount
from selfattn.sets.reading.table import EncodingError, RowError, Table, check_numbers, decode

LONGEST_WORD = 1000  # bytes; without a limit, its end is sought through the whole file
LINE_ENDS = b"\r\n"  # word2vec itself ends each row with one, gensim does not
MISPLACED = (
    "The first line may say a wrong number of numbers for each word, or bytes are missing or too many before it."
)


def read(content: Content, form: Form, table: Table) -> None:
    """Put the rows into the table; one whose word is in no or another encoding is noted and left out.

    Raises
    ------
    ReadingError
        A row is not as it should be, or the rows do not fill the file exactly: then none of them can be trusted.
    """
    declared = max(form.rows or 0, 0)
    says, end = f"Line 1 says {amount(declared, 'word')}", form.start
    line_ends_changed = content.head[: form.start].endswith(b"\r\n")  # in numbers as well, which moves what follows
    for start, word, numbers in _rows(content.blocks(form.start), form):
        if table.rows == declared:
            raise ReadingError(f"{says}, but from byte {start:,} on, more follows.")
        row, end = f"{table.rows + 1:,} of {declared:,}", start + len(word) + 1 + len(numbers)
        if not numbers and (b" " in word[:LONGEST_WORD] or len(word) < LONGEST_WORD):
            raise ReadingError(content.fault or f"The file ends at byte {end - 1:,}, in the middle of row {row}.")
        where = f"Row {row}, at byte {start:,},"
        if not numbers:
            raise ReadingError(f"{where} has no word that ends within {LONGEST_WORD:,} bytes. {MISPLACED}")
        try:
            if table.wants_row():
                table.add(_word(word, numbers, form.encoding), numbers, table.rows)
        except RowError as error:
            if line_ends_changed or not isinstance(error, EncodingError):
                raise ReadingError(f"{where} {error} {MISPLACED}") from error
            table.leave_out(where, error)
    if content.fault or table.rows < declared:
        raise ReadingError(content.fault or f"{says}, but the file ends after {table.rows:,}, at byte {end:,}.")


def _rows(blocks: Iterable[bytes], form: Form) -> Iterator[tuple[int, bytes, bytes]]:
    """Give the byte at which each row begins, its word, and its numbers.

    Where the bytes end within a row, or its word does not end, there are no numbers, and the word is all that is left.
    """
    width, buffer, start = NUMBER * form.dimensions, b"", form.start
    for block in blocks:
        buffer, begin = buffer + block, 0
        while True:
            space = buffer.find(b" ", begin, begin + LONGEST_WORD)
            end = space + 1 + width
            if space < 0 or end > len(buffer):
                break
            yield start + begin, buffer[begin:space], buffer[space + 1 : end]
            begin = end
        buffer, start = buffer[begin:], start + begin
        if space < 0 and len(buffer) >= LONGEST_WORD:
            break
    if buffer.strip(LINE_ENDS):
        yield start, buffer, b""


def _word(raw: bytes, numbers: bytes, encoding: str) -> str:
    """Read the word of a row, if it and the numbers can be used."""
    word = raw.lstrip(b"\n")  # the line end of the row before
    if CONTROL.search(word):
        raise RowError("has bytes that are no text (UTF-8) where its word should stand.")
    if not word:
        raise RowError("has no word.")
    check_numbers(np.frombuffer(numbers, np.float32))
    return decode(word, encoding)
