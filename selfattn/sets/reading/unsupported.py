"""What a file is that holds no word vectors, as a sentence that says what to do."""

import re
from collections.abc import Sequence

from selfattn.sets.reading.columns import BETWEEN, is_wrapped, nearly_all
from selfattn.sets.reading.limits import is_number

PICKLE = (
    "This is a pickle, as gensim’s own save() writes it: opening one can run any code, so it is refused. On a machine "
    'of your own, KeyedVectors.load("…").save_word2vec_format("vectors.txt") makes a file that can be read here.'
)
NOT_HERE = "This is no file of word vectors that can be read here"
WANTED = "Word vectors are rows of one word and its numbers, separated by spaces."
PASTE = (
    "A file of word vectors has both on each line: put the word first, then its numbers. Paste the columns side by "
    "side in a spreadsheet, or with: paste metadata.tsv vectors.tsv > vectors.txt."
)
NO_WORDS = f"The file has numbers but no words, as the Projector’s vectors.tsv. {PASTE}"
SHORTENED = (
    "NumPy has left out numbers: “...” stands for them. Before writing the file, "
    "numpy.set_printoptions(threshold=sys.maxsize) makes it write them all."
)
COMMAS = (
    "The numbers are written with decimal commas or with commas for thousands: “0,5” has to be 0.5, and “1,234” 1234, "
    "in a file of word vectors."
)
FAILED = "an error page that came instead of the file. Download the file once more, and look into it before sending it"
# What servers answer: a status, its words, or their JSON and XML.
STATUS = rb"(?:HTTP/[\d.]+\s+|(?i:error|status)[\s:]*(?:code[\s:]*)?)?[45]\d\d\b[\s:.-]*[A-Z(].{,200}\Z"
SAID = (
    rb"(?i:(?:page |file |repository |entry |object )?not found|forbidden|unauthorized|access ?(?:is )?denied|"
    rb"bad (?:request|gateway)|(?:internal )?server error|service unavailable|too many requests|rate limit exceeded|"
    rb"gateway time-?out|sorry|access to|invalid (?:username|credentials)|error code|request timeout)\b.{,200}\Z"
)
TAGGED = (
    rb"(?:<\?xml[^>]*>\s*)?<Error>|<(?i:!doctype html|html).{0,2000}?<(?i:title|h1)>[^<]{0,40}?"
    rb"(?:\b[45]\d\d\b|(?i:not found|denied|forbidden|unavailable|error))"
)
ANSWERED = rb'\{\s*"(?i:error|errors|message|detail|errorcode|error_code|status|statuscode|code)"\s*:\s*["{\d]'
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
    rb"version https?://[^\n]*git-(?:lfs|media)[^\n]*\n": (
        "a Git LFS pointer, which stands for the file. “git lfs pull” in the repository fetches the file itself, and "
        "so does the download button of its page"
    ),
    rb"\S*(?:\.git|/annex/objects)[/\\]\S+\s*\Z": (
        "a git-annex pointer, which stands for the file. “git annex get” in the repository fetches the file itself"
    ),
    rb"(?:md5:[^\n]*\n)?outs:\s*\n\s*-": (
        "a DVC pointer, which stands for the file. “dvc pull” in the repository fetches the file itself"
    ),
    rb"\s*(?:" + b"|".join((STATUS, SAID, TAGGED, ANSWERED)) + b")": FAILED,
    rb"%%MatrixMarket": "a matrix in Matrix Market’s form, without words. Write each word and its numbers on a line",
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
LINES = 20  # looked at for what they have in common
KINDS = {  # of lines, nearly all of which look so
    rb"\S+([ \t]+\d+:[-+.\d][-+.\deE]*)+": (
        "These are sparse vectors: a row names only the numbers that are not zero, each with its place (“3:0.47”). "
        "Write every number of each word, the zeros too, with spaces between them."
    ),
    rb"\S{1,80}(?<![.!?])(?<!\xe3\x80\x82)|[^\t]+(\t[^\t]*)+": (
        "This seems to be a list of labels: words without numbers, as the Projector’s metadata.tsv. " + PASTE
    ),
}
COMMA_IN_NUMBER = re.compile(rb"[ \t;\"]-?\d+(?:,\d+|(?:,\d{3})+(?:\.\d*)?)(?=,?\s|[;\"]|$)")
SHORT = re.compile(rb"\[[^\[]*\d[, ]+\.\.\.[, ]+[-.\d]")
SIGN = re.compile(rb"\s*[^\w\s]+\s(?!.*\])")  # a word; a bracket that closes is none
DECIMAL = re.compile(r"[-+]?(\d+\.\d*|\.\d+|\d+(?=[eE]))([eE][-+]?\d+)?")
WHOLE = re.compile(r"[-+]?\d+")


def trouble_with_numbers(lines: Sequence[bytes]) -> str:
    """Say that numbers have commas, were shortened, or stand without words; "" where they are as they should be."""
    if 4 * sum(bool(SHORT.search(line)) for line in lines) >= len(lines):  # a row may take several lines
        return SHORTENED
    if 2 * sum(bool(COMMA_IN_NUMBER.search(line)) for line in lines) > len(lines):
        return COMMAS
    rows = [[] if SIGN.match(line) else BETWEEN.sub(" ", line.decode("latin-1")).split() for line in lines]
    rows = rows[len(rows) > 1 and not any(map(is_number, rows[0])) :]  # it may name the columns
    numbers = [row for row in rows if len(row) > 1 and all(map(is_number, row))]
    mostly = nearly_all([row in numbers for row in rows], least=1) and not is_wrapped(lines)
    return NO_WORDS * (mostly and lacks_words(numbers))


def lacks_words(rows: Sequence[Sequence[str]]) -> bool:
    """Say whether the first fields of rows are numbers like the others, and not words such as “1984”.

    They are where nearly all are numbers, and they have decimals as the rest has; or where whole numbers stand in all
    places, and the first ones are below zero or come twice; or where half of them and more are there already.

    >>> lacks_words([("0.12", "0.5"), ("-0.7", "1")]), lacks_words([("1984", "0.5"), ("1999", "1.0")])
    (True, False)
    """
    first, rest = [row[0] for row in rows], [field for row in rows for field in row[1:]]
    if not nearly_all((DECIMAL.fullmatch(field) or WHOLE.fullmatch(field) for field in first), least=1):
        return False
    decimals, usual = (sum(map(bool, map(DECIMAL.fullmatch, fields))) / len(fields) for fields in (first, rest))
    if not usual:
        return bool(decimals) or len(set(first)) < len(first) or any(field.startswith("-") for field in first)
    return decimals >= usual / 2 or 2 * len(set(first)) <= len(first)


def kind_of_lines(lines: Sequence[bytes]) -> str:
    """Say what nearly all lines look like, as a sentence; "" where it is nothing known."""
    stripped = [line.strip() for line in lines]
    found = (text for kind, text in KINDS.items() if nearly_all(re.fullmatch(kind, line) for line in stripped))
    return next(found, "")


def known(head: bytes) -> str:
    """Say what a file is that holds no word vectors, if its beginning tells; nothing is opened to find out."""
    found = (sentence for pattern, sentence in BEGINNINGS.items() if re.match(pattern, head, re.DOTALL))
    return next(found, "")


def describe(head: bytes) -> str:
    """Say what a file seems to be that is not one of the known forms.

    >>> describe(b"%PDF-1.7")
    'This is no file of word vectors: it seems to be a PDF document.'
    """
    lines = [line for line in head.split(b"\n", LINES + 1)[:LINES] if line.strip()]
    if sentence := known(head) or kind_of_lines(lines):
        return sentence
    try:
        b"\n".join(lines[:-1]).decode("utf-8")
    except UnicodeDecodeError:
        return f"{NOT_HERE}. {WANTED}"
    return f"This seems to be running text: hardly a line ends with numbers. {WANTED}"
