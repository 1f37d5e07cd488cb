"""word2vec's binary form: a walk over the words before gensim reads, and a thorough one that finds what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

from selfattn.sets.reading.encodings import is_cut_off, other_encoding
from selfattn.sets.reading.forms import CONTROL, Form
from selfattn.sets.reading.limits import Limits, Progress, amount, shown
from selfattn.sets.reading.plan import Content, Found, Plan, cut_remark, padded_header, unusable

LONGEST_WORD = 1000  # bytes; without a limit, gensim looks for the end of a word through the whole file
BLOCK = 2**18
NUMBER = 4  # bytes of a float32
MISPLACED = (
    "The first line may say a wrong number of numbers for each word, or bytes are missing or too many before it."
)
NO_TEXT = "has bytes that are no text (UTF-8) where its word should stand."
ALONE, NOT_AFTER, NOT_BEFORE = range(3)  # a row with a fault: it alone, nothing after it, nor the row before it
LINE_ENDS = b"\r\n"  # word2vec itself ends each row with one, gensim does not


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the byte at which it begins, the bytes of its word, those of its numbers.

    A word without numbers never ended; `cut` says that the file did.
    """

    at: int
    word: bytes
    numbers: bytes = b""
    cut: bool = False


def quick(content: Content, form: Form, limits: Limits, progress: Progress) -> tuple[int, Plan | None]:
    """Walk from word to word, without looking at the numbers.

    Returns
    -------
    total : int
        Whole rows in the file, up to as many as the first line says.
    plan : Plan or None
        None where the rows do not fill the file exactly, or only some are to be read: gensim's own `limit` counts
        a word that stands twice wrongly there, and gives up. Then every row has to be looked at.
    """
    declared = form.rows or 0
    rows, rest = _walk(content, form, declared, progress)
    sound = rows == declared and len(rest) <= len(LINE_ENDS) and not rest.strip(LINE_ENDS)
    if not sound or not 0 < rows <= limits.rows_of(form.dimensions) or form.marked or content.fault:
        return rows, None
    return rows, Plan(content.path, rows, form.dimensions, binary=True, header=True, first=1)


def _walk(content: Content, form: Form, declared: int, progress: Progress) -> tuple[int, bytes]:
    """Count whole rows, and give the first bytes after them."""
    width, rows, buffer = NUMBER * form.dimensions, 0, b""
    with content.path.open("rb") as file:
        file.seek(form.start)
        while rows < declared and len(buffer) <= LONGEST_WORD + width:
            block = file.read(BLOCK)
            buffer += block
            start, size = 0, len(buffer)
            while rows < declared:
                space = buffer.find(b" ", start, start + LONGEST_WORD)
                end = space + 1 + width
                if space < 0 or end > size:
                    break
                start = end
                rows += 1
            buffer = buffer[start:]
            progress(file.tell() / content.size)
            if not block:
                break
        return rows, buffer or file.read(len(LINE_ENDS) + 1)


def thorough(
    content: Content, form: Form, total: int, limits: Limits, progress: Progress, copy: Path, *, usable_only: bool
) -> tuple[Found, Plan]:
    """Look at every row as gensim does, and copy those that can be used.

    A number of no sensible size means that the bytes of its row are not where they should be, so nothing after it
    can be trusted; a word that cannot be one means it of the row before, which is given up too. The copy ends at
    the first fault when nobody asked for the rest.

    Returns
    -------
    found : Found
    plan : Plan
        For the copy.
    """
    declared = max(form.rows or 0, 0)
    most = min(declared, limits.rows_of(form.dimensions))
    found = Found(fault=content.fault)
    waiting = b""  # the last good row, until the word after it is seen to be one
    with content.path.open("rb") as file, copy.open("wb") as out:
        out.write(padded_header(0, form.dimensions))
        index, at, left = 0, form.start, 0
        for row in _rows(file, form):
            at = row.at
            if index == most or row.cut:
                left = content.size - at
                break
            why, trust = _judge(row)
            if trust == NOT_BEFORE:
                waiting = b""
            _keep(found, waiting, None if found.fault and not usable_only else out)
            waiting = b"" if why else row.word.lstrip(b"\n") + b" " + row.numbers
            index += 1
            at += len(row.word) + 1 + len(row.numbers)
            if trust == NOT_BEFORE and not content.fault:
                found.fault = ""  # numbers that made no sense before may come of the same
            if why:
                found.wrong(f"Row {index:,} of {declared:,}, at byte {row.at:,}, {why}")
            if trust in (NOT_AFTER, NOT_BEFORE):
                break
            progress(at / content.size)
        _keep(found, waiting, out)
        found.fault = found.fault or _ending(at, left, index, declared, most)
        out.seek(0)
        out.write(padded_header(found.kept, form.dimensions))
    cut = () if found.fault else cut_remark(found.kept, total, form.dimensions, limits)
    return found, Plan(copy, found.kept, form.dimensions, binary=True, header=True, remarks=(*found.remarks(), *cut))


def _rows(file: BinaryIO, form: Form) -> Iterator[Row]:
    """Give row after row; line ends at the end of the file are no row."""
    width, buffer, start, at = NUMBER * form.dimensions, b"", 0, form.start  # `at` is the place of the buffer
    file.seek(at)
    while True:
        space = buffer.find(b" ", start, start + LONGEST_WORD)
        end = space + 1 + width
        if space >= 0 and end <= len(buffer):
            yield Row(at + start, buffer[start:space], buffer[space + 1 : end])
            start = end
        elif space < 0 and len(buffer) - start >= LONGEST_WORD:
            yield Row(at + start, buffer[start : start + LONGEST_WORD])
            return
        elif block := file.read(BLOCK):
            at, buffer, start = at + start, buffer[start:] + block, 0
        else:
            break
    if buffer[start:].strip(LINE_ENDS):
        yield Row(at + start, buffer[start:], cut=True)


def _judge(row: Row) -> tuple[str, int]:
    """Say what is wrong with a row, as the rest of a sentence, and what that means for the rows around it."""
    word = row.word.lstrip(b"\n")
    if not row.numbers:
        return f"has no word that ends within {LONGEST_WORD:,} bytes. {MISPLACED}", NOT_BEFORE
    try:
        word.decode("utf-8")
    except UnicodeDecodeError:
        cut_off, latin = is_cut_off(word), word.decode("latin-1").isalpha()
        return other_encoding(word) if cut_off or latin else f"{NO_TEXT} {MISPLACED}", ALONE if cut_off else NOT_BEFORE
    if CONTROL.search(word):
        return f"{NO_TEXT} {MISPLACED}", NOT_BEFORE
    if not word:
        return "has no word.", ALONE
    values = np.frombuffer(row.numbers, "<f4")  # (dimensions,)
    bad = values[unusable(values)]
    if not len(bad):
        return "", ALONE
    if np.isfinite(bad[0]):
        return f"has the number {bad[0]:g}, too large to compute with. {MISPLACED}", NOT_AFTER
    return f"has {shown(str(bad[0]))} where a number should stand.", ALONE


def _keep(found: Found, row: bytes, out: BinaryIO | None) -> None:
    if row:
        found.kept += 1
        found.words.add(row[: row.index(b" ")].decode("utf-8"))
    if out:
        out.write(row)


def _ending(at: int, left: int, index: int, declared: int, most: int) -> str:
    """Say how the end of the file disagrees with its first line, when the rows before byte `at` are sound."""
    says = f"Line 1 says {amount(declared, 'word')}"
    if index < most and left:
        return f"The file ends at byte {at + left:,}, in the middle of row {index + 1:,} of {declared:,}."
    if index < most:
        return f"{says}, but the file ends after {index:,}, at byte {at:,}."
    if most == declared and left:
        return f"{says}, but from byte {at:,} on, more follows: {amount(left, 'byte')}."
    return ""
