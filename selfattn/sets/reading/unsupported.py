"""What a file is that holds no word vectors, as a sentence that says what to do."""

import re
from collections.abc import Sequence

from selfattn.sets.reading.limits import is_number

PICKLE = (
    "This is a pickle, as gensim’s own save() writes it: opening one can run any code, so it is refused. On a machine "
    'of your own, KeyedVectors.load("…").save_word2vec_format("vectors.txt") makes a file that can be read here.'
)
NOT_HERE = "This is no file of word vectors that can be read here"
WANTED = "Word vectors are rows of one word and its numbers, separated by spaces."
COMMAS = "The numbers are written with decimal commas: “0,5” has to be 0.5 in a file of word vectors."
UTF_8 = "Save it as UTF-8 (most editors offer the encoding where they save)."
# The first opcodes of pickles: the protocols from 2 on name themselves, the older ones begin with what they hold.
MODULES = rb"(?:copy_?reg|__builtin__|builtins|collections|gensim|numpy|torch|scipy|sklearn|os|posix|nt|subprocess)"
OLD_PICKLE = rb"\(?[ci]" + MODULES + rb"[\w.]*\n[\w.]+\n|\([dl]p\d+\n|[\]})]q[\x00-\x1f]"
FORMATS = {
    rb"\x1f\x8b": "packed with gzip once more. Send what is inside, packed once or not at all",
    rb"PK\x03\x04": "a zip within an archive, or one packed twice. Send what is inside, packed once or not at all",
    rb"BZh": "packed with bzip2. Unpack it, or pack it as .gz or .zip",
    rb"\xfd7zXZ\x00": "packed with xz. Unpack it, or pack it as .gz or .zip",
    rb"\(\xb5/\xfd": "packed with zstandard. Unpack it, or pack it as .gz or .zip",
    rb"7z\xbc\xaf'\x1c": "a 7-Zip archive. Unpack it, or pack it as .gz or .zip",
    rb"Rar!\x1a\x07": "a RAR archive. Unpack it, or pack it as .gz or .zip",
    rb".{257}ustar": "a tar archive. Send the file inside it, alone or packed as .gz or .zip",
    rb"\x93NUMPY": "a NumPy array, which has numbers but no words. Save both with save_word2vec_format() in gensim",
    rb"\xba\x16O/": "a fastText model (.bin). Send the .vec file that fastText writes beside it",
    rb"\x89HDF\r\n": "an HDF5 file, as Keras writes it. Write its word vectors as text",
    rb"PAR1": "a Parquet table. Write its rows as text, with spaces between the columns",
    rb"ARROW1": "an Arrow table. Write its rows as text, with spaces between the columns",
    rb"SQLite format 3": "a SQLite database. Write its word vectors as text",
    rb"%PDF-": "a PDF document",
    rb"\x89PNG": "an image (PNG)",
    rb"\xff\xd8\xff": "an image (JPEG)",
    rb"GIF8": "an image (GIF)",
    rb"RIFF": "an image or a sound (RIFF)",
    rb"\xd0\xcf\x11\xe0": "an Office document",
    rb"\{\\rtf": "an RTF document. Save it as plain text",
    rb"\x7fELF|MZ\x90": "a program",
    rb"\s*<(?i:!doctype|html|\?xml|head|svg|!--)": (
        "a web page (HTML or XML), perhaps the page about the file instead of the file"
    ),
    rb'\s*[\[{]\s*["\[{\]}\d-]': ("JSON. Write one line for each word, with its numbers after it, separated by spaces"),
}
SEEMS = "This is no file of word vectors: it seems to be"
BEGINNINGS = {  # what matches first is said
    rb"\x80[\x02-\x05]|" + OLD_PICKLE: PICKLE,
    **{pattern: f"{SEEMS} {what}." for pattern, what in FORMATS.items()},
    rb"\xff\xfe\x00\x00|\x00\x00\xfe\xff": f"The file is written in UTF-32. {UTF_8}",
    rb"\xff\xfe|\xfe\xff": f"The file is written in UTF-16. {UTF_8}",
    rb".{,4096}?(?:(?:[ .\d\n-]\x00){4}|(?:\x00[ .\d\n-]){4})": f"The file seems to be written in UTF-16. {UTF_8}",
    rb"[^\x00]*\x00": f"{NOT_HERE}: it holds bytes that are no text, and no header.",
    rb"[^\n\r]*\r[^\n]*\Z": (
        "The lines end with a bare CR, as on very old systems, so the file is one line. Save it with new line ends."
    ),
}
LINES = 20  # looked at for columns
DECIMAL_COMMA = re.compile(rb"[ \t]-?\d+,\d+(?=\s|$)")


def has_decimal_commas(lines: Sequence[bytes]) -> bool:
    """Say whether most lines hold a number such as “0,5”."""
    return 2 * sum(bool(DECIMAL_COMMA.search(line)) for line in lines) > len(lines)


def describe(head: bytes) -> str:
    """Say what a file seems to be that is not one of the known forms; nothing is opened to find out.

    >>> describe(b"%PDF-1.7")
    'This is no file of word vectors: it seems to be a PDF document.'
    """
    for pattern, sentence in BEGINNINGS.items():
        if re.match(pattern, head, re.DOTALL):
            return sentence
    lines = [line for line in head.split(b"\n", LINES + 1)[:LINES] if line.strip()]
    if sum(map(_is_comma_row, lines)) * 2 > len(lines):
        return f"{SEEMS} a table with commas or semicolons (CSV). Replace each by a space."
    if has_decimal_commas(lines):
        return COMMAS
    try:
        b"\n".join(lines[:-1]).decode("utf-8")
    except UnicodeDecodeError:
        return f"{NOT_HERE}. {WANTED}"
    return f"This seems to be running text: hardly a line ends with numbers. {WANTED}"


def _is_comma_row(line: bytes) -> bool:
    fields = [field.strip(b" \"'\r") for field in re.split(rb"[,;]", line)]
    return len(fields) > 2 and all(is_number(field.decode("latin-1")) for field in fields[1:] if field)
