"""What a file is, told from its first bytes and never from its name: one of four forms of word vectors, or not."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from selfattn.sets.reading.columns import (
    BETWEEN,
    GAPS,
    are_titles,
    around,
    bare,
    columns,
    is_glued,
    is_wrapped,
    joined,
    said,
)
from selfattn.sets.reading.encodings import UTF_8
from selfattn.sets.reading.limits import FEWEST_DIMENSIONS, Limits, ReadingError, amount, is_number, shown
from selfattn.sets.reading.unsupported import NO_WORDS, describe, kind_of_lines, known, trouble_with_numbers

SAMPLE = 50  # lines
LONGEST_LINE = 2**16  # bytes; a thousand numbers of 24 characters leave 40,000 for the word
NUMBER = 4  # bytes of a float32
BOM = b"\xef\xbb\xbf"
HEADER = re.compile(rb"[ \t]*(-?\d{1,15})[ \t]+(-?\d{1,15})[ \t\r]*(?:\n|\Z)")
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")
FIRST_LINE = re.compile(rb"\s*[^\n]*\n")
SIX_DECIMALS = re.compile(rb"-?\d+\.\d{6}")

WORD2VEC_TEXT, WORD2VEC_BINARY = "word2vec text", "word2vec binary"
GLOVE_TEXT, FASTTEXT_TEXT = "GloVe text", "fastText text"


@dataclass(frozen=True, slots=True)
class Form:
    """One of the four forms, and what the beginning of the file says about the rest.

    Attributes
    ----------
    name : str
        "word2vec text", "word2vec binary", "GloVe text" or "fastText text".
    dimensions : int
        Numbers for each word: as the rows have it, where they and the first line differ.
    rows : int or None
        Words, as the first line says; None where there is no such line.
    start : int
        The byte at which the rows begin.
    fault : str
        What the first line says wrongly, as a sentence; "" when the rows agree with it.
    encoding : str
        In which its words are written.
    titled : bool
        Whether the first row names the columns.
    dressed : bool
        Whether brackets, commas or quotes part or surround the numbers.
    wrapped : bool
        Whether rows go on until their bracket closes.
    around : tuple of re.Pattern
        What stands around nearly all words, from the outside in.
    remarks : tuple of str
        What is read otherwise than it stands there, in sentences.
    """

    name: str
    dimensions: int
    rows: int | None = None
    start: int = 0
    fault: str = ""
    encoding: str = UTF_8
    titled: bool = False
    dressed: bool = False
    wrapped: bool = False
    around: tuple[re.Pattern[str], ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def binary(self) -> bool:
        """Whether the numbers are bytes rather than digits."""
        return self.name == WORD2VEC_BINARY


def recognise(head: bytes, limits: Limits, *, whole: bool, encoding: str = UTF_8) -> Form:
    """Tell the form from the first bytes.

    Parameters
    ----------
    head : bytes
    limits : Limits
    whole : bool
        Whether these are all the bytes that there are.
    encoding : str
        In which its words are written.

    Raises
    ------
    ReadingError
        It is none of the four forms (the message says what it seems to be), or has no row or too many or too few
        numbers a word.
    """
    body = head.removeprefix(BOM)
    if not body.strip():
        raise ReadingError("The file is empty." if whole else "The file begins with nothing but spaces.")
    if b"\r" in body and b"\n" not in body:
        raise ReadingError(describe(body))
    header = HEADER.match(body)
    form = _headed(body, header, whole, encoding) if header else _headless(body, whole, encoding)
    if not FEWEST_DIMENSIONS <= form.dimensions <= limits.dimensions:
        raise ReadingError(
            f"The file has {amount(form.dimensions, 'number')} for each word (line 1): "
            f"{FEWEST_DIMENSIONS} to {limits.dimensions:,} can be used here."
        )
    first = FIRST_LINE.match(body) if form.titled else None
    return replace(form, start=(first.end() if first else form.start) + len(head) - len(body))


def numbers_at_end(line: bytes) -> int:
    """Count the numbers that a line ends with, its first field left out: that is a word, even if it is “1984”.

    >>> numbers_at_end(b". . . 0.1 0.2")
    2
    """
    fields = [field.decode("utf-8", "replace") for field in line.split()[1:]]  # a no-break space may be part of a word
    return next((count for count, field in enumerate(reversed(fields)) if not is_number(field)), len(fields))


def _headed(body: bytes, header: re.Match[bytes], whole: bool, encoding: str) -> Form:
    """Take a file whose first line is two whole numbers, as both word2vec and fastText write it."""
    form = Form(WORD2VEC_BINARY, dimensions=int(header[2]), rows=int(header[1]), start=header.end(), encoding=encoding)
    rest = body[form.start :]
    if not rest.strip():
        raise ReadingError(
            f"The file ends after line 1, which says {amount(int(header[1]), 'word')}: there are no rows."
        )
    lines = _lines(rest, whole)
    counts = [numbers_at_end(line) for line in lines]
    if not _is_text(rest, form, counts, whole):
        return form
    form = replace(form, name=FASTTEXT_TEXT if _written_by_fasttext(lines) else WORD2VEC_TEXT)
    common = _most_common(counts)
    if common != form.dimensions:
        dressed = _undressed(lines, encoding)
        if 2 * list(map(numbers_at_end, dressed)).count(form.dimensions) >= len(dressed):
            return _with_words(form, dressed, lines)
        if trouble := trouble_with_numbers(lines) or kind_of_lines(lines):
            raise ReadingError(trouble)
    if common == 0 or 2 * counts.count(common) <= len(counts):
        return form
    if common == form.dimensions:
        return _with_words(form, lines)
    fault = f"Line 1 says {amount(form.dimensions, 'number')} for each word, but the rows have {common:,}."
    return _with_words(replace(form, dimensions=common, fault=fault), lines)


def _headless(body: bytes, whole: bool, encoding: str) -> Form:
    """Take a file without such a line, as GloVe writes it, if at least half of its first lines are rows."""
    lines = _lines(body, whole)
    form = Form(GLOVE_TEXT, _common(lines), encoding=encoding)
    plain = not CONTROL.match(body) and form.dimensions
    usual = plain and form.dimensions >= FEWEST_DIMENSIONS and not is_wrapped(lines) and not is_glued(lines)
    if trouble := trouble_with_numbers(lines) or ("" if usual and numbers_at_end(lines[0]) else known(body)):
        raise ReadingError(trouble)
    if usual:
        return _with_words(form, lines)
    rows = _undressed(lines, encoding)
    if (dimensions := _common(rows)) >= FEWEST_DIMENSIONS:
        return _with_words(replace(form, dimensions=dimensions), rows, lines)
    if plain:
        return form
    raise ReadingError(describe(body))


def _common(rows: Sequence[bytes]) -> int:
    """Say how many numbers at least half of the rows end with; 0 where they differ."""
    counts = [numbers_at_end(row) for row in rows]
    common = _most_common(counts)
    alike = counts.count(common)
    return common if (2 * alike >= len(counts) if common >= FEWEST_DIMENSIONS else alike == len(counts)) else 0


def _undressed(lines: Sequence[bytes], encoding: str) -> list[bytes]:
    """Write rows without brackets, commas or quotes about their numbers."""
    rows = (row for _, row in joined(enumerate(lines), LONGEST_LINE)) if is_wrapped(lines) else lines
    return [columns(row.decode(encoding, "replace")).encode() for row in rows]


def _with_words(form: Form, rows: Sequence[bytes], dressed: Sequence[bytes] = ()) -> Form:
    """Add what the words of the first rows show; `dressed` are their lines, if these are written otherwise."""
    encoding = UTF_8 if dressed else form.encoding
    fields = [GAPS.split(row.decode(encoding, "replace").strip(" \t\r\n")) for row in rows]
    titles = BETWEEN.sub(" ", rows[0].decode(encoding, "replace")).split()
    titled = form.rows is None and are_titles(titles, fields[1:], form.dimensions)
    words = [" ".join(row[: -form.dimensions]) for row in fields[titled:] if len(row) > form.dimensions]
    patterns = around(words)
    counted = [str(number) for number in range(len(words) + 1)]
    if titled and [bare(word, patterns) for word in words] in (counted[:-1], counted[1:]):
        raise ReadingError(NO_WORDS)  # the numbers that pandas and R give to rows
    remarks = []
    if titled:
        remarks.append("Line 1 names the columns and is left out.")
    before, after = b"".join(dressed).decode("latin-1"), b"".join(rows).decode("latin-1")
    if signs := "".join(sign for sign in ",;|[](){}\"'" if before.count(sign) > after.count(sign)):
        remarks.append(f"The signs {shown(signs)} between or around the numbers count as spaces.")
    remarks += said(words, patterns)
    form = replace(form, titled=titled, dressed=bool(dressed), wrapped=is_wrapped(dressed))
    return replace(form, around=patterns, remarks=tuple(remarks))


def _lines(body: bytes, whole: bool) -> list[bytes]:
    """Give the first lines with something in them; one that the end of `body` cut off only if there is no other."""
    parts = body.split(b"\n", SAMPLE + 1)
    complete = parts if whole and len(parts) <= SAMPLE + 1 else parts[:-1] or parts
    return [line for line in complete if line.strip()] or parts[:1]


def _most_common(counts: Sequence[int]) -> int:
    """Give the most common count; of two that are equally common, the larger."""
    return max(Counter(counts).items(), key=lambda item: (item[1] if item[0] else 0, item[0]))[0]


def _is_text(rest: bytes, form: Form, counts: Sequence[int], whole: bool) -> bool:
    """Tell text from bytes: most lines end with numbers, or else nothing in it speaks for bytes."""
    signs = bool(CONTROL.search(rest)), whole and _fits_binary(rest, form.rows or 0, form.dimensions)
    return not all(signs) and (2 * sum(map(bool, counts)) >= len(counts) or not any(signs))


def _fits_binary(rest: bytes, rows: int, dimensions: int) -> bool:
    """Say whether words and bytes of numbers fill the file exactly: a small one may hold no telling byte."""
    row = rb"[^ ]* .{%d}" % (NUMBER * dimensions)
    possible = min(rows, dimensions) > 0 and rows * dimensions <= len(rest)
    return possible and bool(re.fullmatch(rb"(?:%b){%d}\s*" % (row, rows), rest, re.DOTALL))


def _written_by_fasttext(lines: Sequence[bytes]) -> bool:
    """Say whether fastText wrote the rows: a space after every number, as word2vec does, but not six decimals.

    fastText writes numbers with five digits that count (`Vector::writeToStream`), word2vec with `%lf`; gensim puts
    no space at the end, and then nothing tells the two apart.
    """
    if not all(line.rstrip(b"\r").endswith(b" ") for line in lines):
        return False
    return not all(SIX_DECIMALS.fullmatch(field) for line in lines for field in line.split()[1:])
