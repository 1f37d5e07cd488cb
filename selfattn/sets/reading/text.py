"""Text forms of word vectors: a cheap check before gensim reads, and a thorough one that finds the line at fault."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

from selfattn.sets.reading.encodings import other_encoding
from selfattn.sets.reading.forms import Form
from selfattn.sets.reading.limits import LARGEST_NUMBER, Limits, Progress, amount, shown
from selfattn.sets.reading.plan import Content, Found, Plan, cut_remark, padded_header, unusable

LONGEST_LINE = 2**16  # bytes; a thousand numbers of 24 characters leave 40,000 for the word
SPARE_LINES = 10_000  # lines looked at beyond the rows that are kept: empty ones, and ones that cannot be used
SHORTEST_ROW = len("a 1 2")
REPORT = 2**20  # bytes between two reports of progress
GAPS = re.compile(r"[ \t]+")  # not \s: a no-break space may be part of a word


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it can be used: `line` is what gensim reads."""

    word: str
    line: str
    joined: bool
    spaced: bool


def lines(file: BinaryIO) -> Iterator[bytes]:
    """Give line after line, cut off at LONGEST_LINE: no line fills the memory, however long it is."""
    while line := file.readline(LONGEST_LINE):
        yield line
        while len(line) == LONGEST_LINE and line[-1:] != b"\n":
            line = file.readline(LONGEST_LINE)


def quick(content: Content, form: Form, limits: Limits, progress: Progress) -> tuple[int, Plan | None]:
    """Count the rows, and their separators.

    Gensim would take a row with a single number for one with that number everywhere, and says of other ragged
    rows only that shapes differ; counting spaces first costs a twentieth of its time.

    Returns
    -------
    total : int
        Rows in the whole file.
    plan : Plan or None
        None where something is not as gensim needs it: then every row has to be looked at.
    """
    most = limits.rows_of(form.dimensions)
    total, plain = _count(content, form, most, progress)
    kept = min(total, most)
    agreed = form.rows in (None, total) and not form.fault and not form.marked and not content.fault
    if not (plain and agreed and kept):
        return total, None
    remarks = cut_remark(kept, total, form.dimensions, limits)
    header = form.rows is not None
    return total, Plan(content.path, kept, form.dimensions, False, header, 1 + header, remarks)


def _count(content: Content, form: Form, most: int, progress: Progress) -> tuple[int, bool]:
    """Count rows, and say whether the first `most` are one word and its numbers with single spaces between."""
    spaces, total, looked, plain = form.dimensions, 0, 0, True
    read = reported = form.start
    with content.path.open("rb", buffering=2**17) as file:
        file.seek(form.start)
        for line in lines(file):
            if line.rstrip().count(b" ") == spaces and len(line) < LONGEST_LINE:
                total += 1
            else:
                plain = False
                total += bool(line.strip())
            read += len(line)
            looked += 1
            if read - reported > REPORT:
                progress(read / content.size)
                reported = read
            if total == most or looked == most + SPARE_LINES:
                break
        return total + _count_rest(file, content.size, progress), plain


def _count_rest(file: BinaryIO, size: int, progress: Progress) -> int:
    """Count the lines that nothing else is asked of: a line too short for a row is none."""
    rows, tail = 0, 0  # bytes since the last line end
    while block := file.read(REPORT):
        ends = np.flatnonzero(np.frombuffer(block, np.uint8) == ord("\n"))
        if len(ends):
            lengths = np.diff(ends, prepend=-1 - tail) - 1
            rows += int(np.count_nonzero(lengths >= SHORTEST_ROW))
            tail = len(block) - 1 - int(ends[-1])
        else:
            tail += len(block)
        progress(file.tell() / size)
    return rows + (tail >= SHORTEST_ROW)


def thorough(
    content: Content, form: Form, total: int, limits: Limits, progress: Progress, copy: Path, *, usable_only: bool
) -> tuple[Found, Plan]:
    """Look at every row as gensim does, and copy those that can be used.

    The copy ends at the first fault when nobody asked for the rest, since nothing will read it then.

    Returns
    -------
    found : Found
    plan : Plan
        For the copy.
    """
    most = limits.rows_of(form.dimensions)
    found = Found(fault=content.fault or form.fault or _rows_differ(form, total))
    first = 1 if form.rows is None else 2  # the line of the first row
    with content.path.open("rb") as file, copy.open("wb") as out:
        out.write(padded_header(0, form.dimensions))
        file.seek(form.start)
        read = reported = form.start
        for number, line in enumerate(lines(file), first):
            row = judge(line, form.dimensions)
            if isinstance(row, Row):
                _keep(found, row, number)
                if usable_only or not found.fault:
                    out.write(row.line.encode())
            else:
                _leave_out(found, row, number, total)
            read += len(line)
            if read - reported > REPORT / 8:
                progress(read / content.size)
                reported = read
            if found.kept >= most or number == most + SPARE_LINES:
                break
        out.seek(0)
        out.write(padded_header(found.kept, form.dimensions))
    cut = cut_remark(found.kept, total - found.bad, form.dimensions, limits) if found.kept >= most else ()
    return found, Plan(copy, found.kept, form.dimensions, header=True, remarks=(*found.remarks(), *cut))


def _rows_differ(form: Form, total: int) -> str:
    if form.rows in (None, total):
        return ""
    follow = f"{amount(total, 'row')} {'follows' if total == 1 else 'follow'}"
    return f"Line 1 says {amount(form.rows or 0, 'word')}, but {follow}."


def _keep(found: Found, row: Row, number: int) -> None:
    found.kept += 1
    found.words.add(row.word)
    found.spaced |= row.spaced
    if row.joined:
        found.joined += 1
        found.first_joined = found.first_joined or number


def _leave_out(found: Found, why: str, number: int, total: int) -> None:
    if why:
        found.wrong(f"Line {number:,} {why}")
    elif found.kept + found.bad < total:  # empty lines at the end are no matter
        found.blank += 1


def judge(line: bytes, dimensions: int) -> Row | str:
    """Take a line as a row, or say what is wrong with it: the rest of a sentence, "" for an empty line.

    Examples
    --------
    >>> judge(b". . . 0.5 1\\n", 2).word
    '._._.'
    >>> judge(b"bank 0.5\\n", 2)
    'has 1 number instead of 2.'
    """
    if len(line) == LONGEST_LINE and line[-1:] != b"\n":
        return f"is longer than {LONGEST_LINE:,} bytes, which no row has to be."
    raw = line.rstrip()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return other_encoding((raw[: error.start].split(b" ")[-1] + raw[error.start :]).split(b" ")[0])
    fields = GAPS.split(text.lstrip(" \t"))
    words, numbers = fields[:-dimensions], fields[-dimensions:]
    if not text:
        return ""
    if not words or (len(words) > 1 and _is_number(words[-1])):
        return _ragged(fields, line, dimensions)
    fault = _numbers(numbers)
    if fault:
        return fault
    word = "_".join(words)
    mended = " ".join([word, *numbers])
    gaps = text.strip(" \t") != " ".join(fields)
    return Row(word, mended + "\n", joined=len(words) > 1, spaced=gaps)


def _ragged(fields: list[str], line: bytes, dimensions: int) -> str:
    count = len(fields) - 1
    if len(fields) == dimensions and _is_number(fields[0]) and dimensions > count:
        return f"has {amount(count, 'number')} instead of {dimensions:,}, or no word."
    if count < dimensions and line[-1:] != b"\n":
        return f"ends with the file, after {count:,} of its {amount(dimensions, 'number')}."
    return f"has {amount(count, 'number')} instead of {dimensions:,}."


def _numbers(fields: list[str]) -> str:
    """Say what is wrong with the numbers of a row; "" when all can be used."""
    try:
        with np.errstate(over="ignore"):
            values = np.array(fields, dtype=np.float32)  # accepts what gensim's own np.float32(field) does
    except ValueError:
        wrong = next((field for field in fields if not _is_number(field)), fields[0])
        comma = ": write decimals with a point" if re.fullmatch(r"-?\d+,\d+", wrong) else ""
        return f"has {shown(wrong)} where a number should stand{comma}."
    bad = unusable(values)
    if not bad.any():
        return ""
    at = int(np.argmax(bad))
    if np.isnan(values[at]) or fields[at].lstrip("+-").lower().startswith("inf"):
        return f"has {shown(fields[at])} where a number should stand."
    return f"has the number {shown(fields[at])}, too large to compute with: {LARGEST_NUMBER:g} at most."


def _is_number(field: str) -> bool:
    try:
        float(field)
    except ValueError:
        return False
    return True
