"""What a file is that holds no word vectors, as a sentence that says what to do."""

from __future__ import annotations

import re
from collections.abc import Sequence

PICKLE = (
    "This is a pickle, as gensim’s own save() writes it: opening one can run any code, so it is refused. On a machine "
    'of your own, KeyedVectors.load("…").save_word2vec_format("vectors.txt") makes a file that can be read here.'
)
WANTED = "Word vectors are rows of one word and its numbers, separated by spaces."
SIGNATURES = (
    (b"\x1f\x8b", "packed with gzip once more. Send what is inside, packed once or not at all"),
    (b"PK\x03\x04", "a zip within an archive, or one packed twice. Send what is inside, packed once or not at all"),
    (b"BZh", "packed with bzip2. Unpack it, or pack it as .gz or .zip"),
    (b"\xfd7zXZ\x00", "packed with xz. Unpack it, or pack it as .gz or .zip"),
    (b"(\xb5/\xfd", "packed with zstandard. Unpack it, or pack it as .gz or .zip"),
    (b"7z\xbc\xaf'\x1c", "a 7-Zip archive. Unpack it, or pack it as .gz or .zip"),
    (b"Rar!\x1a\x07", "a RAR archive. Unpack it, or pack it as .gz or .zip"),
    (b"\x93NUMPY", "a NumPy array, which has numbers but no words. Save both with save_word2vec_format() in gensim"),
    (b"\xba\x16O/", "a fastText model (.bin). Send the .vec file that fastText writes beside it"),
    (b"\x89HDF\r\n", "an HDF5 file, as Keras writes it. Write its word vectors as text"),
    (b"PAR1", "a Parquet table. Write its rows as text, with spaces between the columns"),
    (b"ARROW1", "an Arrow table. Write its rows as text, with spaces between the columns"),
    (b"SQLite format 3", "a SQLite database. Write its word vectors as text"),
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG", "an image (PNG)"),
    (b"\xff\xd8\xff", "an image (JPEG)"),
    (b"GIF8", "an image (GIF)"),
    (b"RIFF", "an image or a sound (RIFF)"),
    (b"\xd0\xcf\x11\xe0", "an Office document"),
    (b"{\\rtf", "an RTF document. Save it as plain text"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
# The first opcodes of pickles: the protocols from 2 on name themselves, the older ones begin with what they hold.
MODULES = rb"(?:copy_?reg|__builtin__|builtins|collections|gensim|numpy|torch|scipy|sklearn|os|posix|nt|subprocess)"
OLD_PICKLE = re.compile(rb"\(?[ci]" + MODULES + rb"[\w.]*\n[\w.]+\n|\([dl]p\d+\n|[\]})]q[\x00-\x1f]")
DECIMAL_COMMA = re.compile(rb"[ \t]-?\d+,\d+(?=\s|$)")
COMMAS = "The numbers are written with decimal commas: “0,5” has to be 0.5 in a file of word vectors."
UTF_8 = "Save it as UTF-8 (most editors offer the encoding where they save)."


def is_pickle(head: bytes) -> bool:
    """Say whether the bytes begin as a pickle does; nothing is opened to find out."""
    return (head[:1] == b"\x80" and head[1:2] in (b"\x02", b"\x03", b"\x04", b"\x05")) or bool(OLD_PICKLE.match(head))


def has_decimal_commas(lines: Sequence[bytes]) -> bool:
    """Say whether most lines hold a number such as “0,5”."""
    return 2 * sum(bool(DECIMAL_COMMA.search(line)) for line in lines) > len(lines)


def describe(head: bytes) -> str:
    """Say what a file seems to be that is not one of the known forms.

    >>> describe(b"%PDF-1.7")
    'This is no file of word vectors: it seems to be a PDF document.'
    """
    if is_pickle(head):
        return PICKLE
    for signature, what in SIGNATURES:
        if head.startswith(signature):
            return _seems(what)
    return _encoding(head) or _layout(head) or f"This is no file of word vectors that can be read here. {WANTED}"


def _seems(what: str) -> str:
    return f"This is no file of word vectors: it seems to be {what}."


def _encoding(head: bytes) -> str:
    """Name the encodings that hide even the digits."""
    if head.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return f"The file is written in UTF-32. {UTF_8}"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return f"The file is written in UTF-16. {UTF_8}"
    even, odd = head[:4096:2], head[1:4096:2]
    zeros = sorted([even.count(0) / len(even), odd.count(0) / max(len(odd), 1)])
    if zeros[0] < 0.05 and zeros[1] > 0.5:  # one byte of two is empty for every digit and space
        return f"The file seems to be written in UTF-16. {UTF_8}"
    return ""


def _layout(head: bytes) -> str:
    """Name what else is made of text."""
    start = head.lstrip()[:200].lower()
    if head[257:262] == b"ustar":
        return _seems("a tar archive. Send the file inside it, alone or packed as .gz or .zip")
    if b"\x00" in head:
        return "This is no file of word vectors that can be read here: it holds bytes that are no text, and no header."
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<head", b"<svg", b"<!--")):
        return _seems("a web page (HTML or XML), perhaps the page about the file instead of the file")
    if re.match(rb'[\[{]\s*["\[{\]}\d-]', start):
        return _seems("JSON. Write one line for each word, with its numbers after it, separated by spaces")
    if b"\r" in head and b"\n" not in head:
        return (
            "The lines end with a bare CR, as on very old systems, so the file is one line. Save it with new line ends."
        )
    return _columns(head.split(b"\n", 21)[:20])


def _columns(lines: Sequence[bytes]) -> str:
    lines = [line for line in lines if line.strip()]
    if sum(map(_is_comma_row, lines)) * 2 > len(lines):
        return _seems("a table with commas or semicolons (CSV). Replace each by a space")
    if has_decimal_commas(lines):
        return COMMAS
    try:
        b"\n".join(lines[:-1]).decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return f"This seems to be running text: hardly a line ends with numbers. {WANTED}"


def _is_comma_row(line: bytes) -> bool:
    fields = [field.strip(b" \"'\r") for field in re.split(rb"[,;]", line)]
    try:
        return len(fields) > 2 and bool([float(field) for field in fields[1:] if field])
    except ValueError:
        return False
