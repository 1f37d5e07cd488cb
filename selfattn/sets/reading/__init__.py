"""Word vectors that someone brings: a file, recognised by its content, checked, and read by gensim within limits.

Four forms are read, each also packed as .gz or .zip: word2vec's text and binary, GloVe's text, fastText's .vec. Nothing
is ever unpickled. What a file does wrongly is said in a sentence, with the line or the byte.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

import numpy as np
from gensim.models import KeyedVectors
from numpy.typing import NDArray

from selfattn.sets.reading import binary as reading_binary
from selfattn.sets.reading import text as reading_text
from selfattn.sets.reading.forms import CONTROL, HEAD, Form, recognise
from selfattn.sets.reading.limits import LARGEST_NUMBER, LIMITS, Limits, Progress, ReadingError, amount, shown
from selfattn.sets.reading.plan import Content, Plan, unusable
from selfattn.sets.reading.unpacking import unpack

__all__ = ["LIMITS", "Limits", "Reading", "ReadingError", "read_vectors"]

NUMBERS_A_REPORT = 20_000  # gensim reads so many in about 20 ms as text


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
        Enforced while unpacking and reading, before anything beyond them reaches disk or memory. Where rows have to
        be mended or left out, a copy of those that are kept stands beside the unpacked file until the end. A server
        gives ``LIMITS.within(sets.memory.available())``, and reads one file at a time: then no upload takes more memory
        than the machine has left.
    progress : callable, optional
        Called with a share from 0 to 1, several times a second. What it raises stops the reading and passes through.
    usable_only : bool
        Use the rows that are sound instead of refusing the file; a remark says what was left out.

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
    steps = Progress(progress)
    with TemporaryDirectory(prefix="selfattn-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        steps(0)
        content = unpack(Path(source) if isinstance(source, str) else source, folder, limits, steps.part(0, 0.15))
        content, form = _recognised(content, limits)
        reading = _read(content, form, limits, steps, folder / "copy", usable_only)
        steps.part(0, 1)(1)
        return reading


def _recognised(content: Content, limits: Limits) -> tuple[Content, Form]:
    with content.path.open("rb") as file:
        head = file.read(HEAD)
    form = recognise(head, content.size, limits)
    if not content.fault or form.binary:
        return content, form
    # The last line of what breaks off may look whole and lack digits.
    with content.path.open("r+b") as file:
        start = max(content.size - reading_text.LONGEST_LINE, 0)
        file.seek(start)
        end = start + file.read().rfind(b"\n") + 1
        file.truncate(end)
    return Content(content.path, end, content.fault), form


def _read(content: Content, form: Form, limits: Limits, steps: Progress, copy: Path, usable_only: bool) -> Reading:
    check = reading_binary if form.binary else reading_text
    total, plan = check.quick(content, form, limits, steps.part(0.15, 0.25))
    limits.check_memory(total, form.dimensions)
    loaded = _load(plan, steps.part(0.25, 0.95)) if plan else None
    if loaded is None:  # something is wrong somewhere: find out what, and whether it can be helped
        part = steps.part(0.25, 0.5)
        found, plan = check.thorough(content, form, total, limits, part, copy, usable_only=usable_only)
        if found.fault and not (usable_only and found.kept):
            raise ReadingError(found.fault, usable=len(found.words))
        found.words.clear()  # not beside those that gensim is about to make
        loaded = _load(plan, steps.part(0.5, 0.95)) if found.kept else None
    if loaded is None:
        raise ReadingError("The file holds no row that gensim can read: a word, then its numbers, separated by spaces.")
    vectors, remarks = loaded
    return Reading(vectors, form.name, remarks)


def _load(plan: Plan, progress: Progress) -> tuple[KeyedVectors, tuple[str, ...]] | None:
    """Let gensim read, and say what should be known; None when it cannot, or read what cannot be used."""
    with np.errstate(all="ignore"):  # a number too large for float32 is found below
        try:
            filled = _watched(plan, progress).load_word2vec_format(
                str(plan.path),
                binary=plan.binary,
                no_header=not plan.header,
                limit=plan.rows,
                unicode_errors="strict",
            )
        except (ValueError, EOFError):
            if progress.stopped:
                raise
            return None
        vectors = _finished(filled, plan)
    return None if vectors is None else (vectors, plan.remarks + _remarks(vectors, filled, plan))


def _watched(plan: Plan, progress: Progress) -> Any:
    """Make the KeyedVectors that gensim fills: it says how far it is, and can be stopped.

    A word that stands twice is skipped here: gensim would write each into the log of the server, where what someone
    sends does not belong. The counts that gensim makes up from the order of the rows are not kept.
    """
    every = max(NUMBERS_A_REPORT // plan.dimensions, 1)

    class Watched(KeyedVectors):  # type: ignore[misc]  # gensim has no types
        calls = 0
        repeats = 0  # which of the calls was the first with a word that came before
        repeated = ""

        def has_index_for(self, key: str) -> bool:  # noqa: ARG002
            return False

        def add_vector(self, key: str, vector: Any) -> int:
            self.calls += 1
            if self.calls % every == 0:
                progress(self.calls / plan.rows)
            if key in self.key_to_index:
                self.repeats, self.repeated = self.repeats or self.calls, self.repeated or key
                return int(self.key_to_index[key])
            return int(super().add_vector(key, vector))

        def set_vecattr(self, key: str, attr: str, val: Any) -> None:
            pass

    return Watched


def _finished(filled: Any, plan: Plan) -> KeyedVectors | None:
    """Take over what gensim filled, without a copy of the matrix; None if a number or a word cannot be used."""
    words, count = filled.index_to_key, filled.next_index
    del words[count:]
    vectors = KeyedVectors(plan.dimensions)
    vectors.vectors = _shortened(filled.vectors, count)  # (n_words, dim) float32
    vectors.index_to_key = words
    vectors.key_to_index = filled.key_to_index
    vectors.next_index = count
    vectors.norms = np.sqrt(np.einsum("nd,nd->n", vectors.vectors, vectors.vectors))  # (n_words,)
    suspicious = vectors.vectors[~(vectors.norms <= LARGEST_NUMBER)]  # a norm is no smaller than any number in it
    if unusable(suspicious).any() or "" in vectors.key_to_index:
        return None
    if plan.binary and CONTROL.search("".join(words).encode()):  # rows that are not where they should be
        return None
    vectors.vectors.setflags(write=False)
    vectors.norms.setflags(write=False)
    return vectors


def _shortened(matrix: NDArray[np.float32], count: int) -> NDArray[np.float32]:
    """Cut off the rows that gensim left empty, those of words that stood twice; in place where it can be."""
    if matrix.flags.owndata:
        matrix.resize((count, matrix.shape[1]), refcheck=False)
        return matrix
    return matrix[:count].copy()


def _remarks(vectors: KeyedVectors, filled: Any, plan: Plan) -> tuple[str, ...]:
    said = []
    repeated = plan.rows - len(vectors)
    if repeated:
        rows = "1 row repeats a word" if repeated == 1 else f"{repeated:,} rows repeat words"
        place = f" in {'row' if plan.binary else 'line'} {plan.first + filled.repeats - 1:,}" if plan.first else ""
        which = f"{'' if repeated == 1 else 'first '}{shown(filled.repeated)}{place}"
        said.append(f"{rows} that came before, {which}: the first of each is used.")
    empty = int(np.count_nonzero(vectors.norms == 0))
    if empty:
        has = "has" if empty == 1 else "have"
        said.append(f"{amount(empty, 'word')} {has} only zeros for numbers: no direction, so no cosine to any other.")
    return tuple(said)
