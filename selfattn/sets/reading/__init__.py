"""Word vectors that someone brings: a file, recognised by its content, checked, and read within limits.

Four forms are read, each also packed as .gz or .zip: word2vec's text and binary, GloVe's text, fastText's .vec. What a
file does wrongly is said in a sentence, with the line or the byte. Nothing is ever unpickled, and nothing written to
the disk: a file is unpacked, checked and read in one pass, which gives the numbers that gensim's own loader gives.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
from gensim.models import KeyedVectors

from selfattn.sets.reading import binary, text
from selfattn.sets.reading.content import Content
from selfattn.sets.reading.encodings import ENCODINGS, readings
from selfattn.sets.reading.forms import Form, recognise
from selfattn.sets.reading.limits import LIMITS, Limits, ReadingError, shown
from selfattn.sets.reading.table import Table
from selfattn.sets.reading.unpacking import unpack

__all__ = ["ENCODINGS", "LIMITS", "Limits", "Reading", "ReadingError", "read_vectors", "readings"]


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """Word vectors as they were read.

    Attributes
    ----------
    vectors : KeyedVectors
        Read-only arrays, norms filled, no invented counts: as ``selfattn.core.vectors.keyed_vectors`` makes them.
    form : str
        "word2vec text", "word2vec binary", "GloVe text" or "fastText text".
    remarks : tuple of str
        Sentences: what was mended, left out, or should be known.
    """

    vectors: KeyedVectors
    form: str
    remarks: tuple[str, ...] = ()


def read_vectors(
    source: Path | str | BinaryIO,
    *,
    limits: Limits = LIMITS,
    progress: Callable[[float], None] | None = None,
    usable_only: bool = False,
    encoding: str = "utf-8",
) -> Reading:
    """Read word vectors from a file, whatever its name.

    Of a file with more rows than are kept, the first are read: they are the most frequent words. A word with spaces
    inside (GloVe 840B has some) gets "_" instead, since gensim ends a word at its first space; tabs and runs of
    spaces between columns, empty lines, CR LF, and a UTF-8 byte order mark are taken as they are meant.

    Parameters
    ----------
    source : Path, str or binary file
        Where the file lies, or the file itself: then it is read from its beginning, needs `seek`, and stays open.
    limits : Limits
        Enforced while unpacking and reading, before anything beyond them reaches the memory. A server gives
        ``LIMITS.within(sets.memory.available())``, and reads one file at a time: then no upload takes more memory
        than the machine has left.
    progress : callable, optional
        Called with a share from 0 to 1, several times a second. What it raises stops the reading and passes through.
    usable_only : bool
        Use the rows that are sound instead of refusing the file; a remark says what was left out.
    encoding : str
        In which its words are written: any that keeps ASCII as it is.

    Returns
    -------
    reading : Reading

    Raises
    ------
    ReadingError
        The file cannot be read, or not whole. The message is meant for the person who sent it, and
        ``error.usable`` is the number of words that ``usable_only=True`` would give.

    Examples
    --------
    >>> import io
    >>> reading = read_vectors(io.BytesIO(b"money 5 1\\nriver 1 5\\nbank 3 3\\n"))
    >>> reading.form, len(reading.vectors), reading.vectors["bank"]
    ('GloVe text', 3, array([3., 3.], dtype=float32))
    """
    tell = progress or (lambda _share: None)
    tell(0.0)
    with _opened(source) as file, np.errstate(all="ignore"):  # a number too large for float32 is told by itself
        content = Content(unpack(file, limits, tell))
        form = _recognised(content, limits, encoding)
        table = Table(form, limits)
        (binary if form.binary else text).read(content, form, table)
    table.check_memory()
    fault = content.fault or table.fault()
    undecoded = table.undecoded()
    if undecoded:
        table.drop_doubtful()
    if not table.words:
        nothing = "The file holds no row that can be read: a word, then its numbers, with spaces."
        raise ReadingError(fault or nothing, undecoded=undecoded)
    if fault and not usable_only:
        raise ReadingError(fault, usable=len(table.words), undecoded=undecoded)
    vectors = table.vectors()
    tell(1.0)
    return Reading(vectors, form.name, table.remarks(fault, vectors))


def _recognised(content: Content, limits: Limits, encoding: str) -> Form:
    try:
        return recognise(content.head, limits, whole=content.whole, encoding=encoding)
    except ReadingError:
        for _ in content.blocks(0):  # an archive that swells is called so, whatever its first bytes are
            pass
        raise


def _opened(source: Path | str | BinaryIO) -> AbstractContextManager[BinaryIO]:
    if not isinstance(source, (Path, str)):
        return nullcontext(source)
    try:
        return Path(source).open("rb")
    except OSError as error:
        name = shown(Path(source).name)
        raise ReadingError(f"There is no file {name} that can be opened: {error.strerror}.") from error
