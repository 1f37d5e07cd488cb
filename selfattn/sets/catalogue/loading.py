"""A set of word vectors that lies on this disk, read by gensim."""

import gzip
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from gensim.models import KeyedVectors

from selfattn.core.vectors import keyed_vectors
from selfattn.sets import memory
from selfattn.sets.catalogue.asking import CatalogueError
from selfattn.sets.catalogue.entries import Entry

PEEK = 2**20  # a first line longer than this is no line of text
TOLERANCE = 1.05  # how much larger than promised a set may be before it is refused
EVERY = 1000  # words between two calls of a loading's progress
NOTEBOOK = """import gensim.downloader
import numpy as np
from gensim.models import KeyedVectors

import selfattn

path = gensim.downloader.load({name!r}, return_path=True)
vectors = KeyedVectors.load_word2vec_format(path, binary={binary}{only})"""


def load(
    entry: Entry, path: Path, *, limit: int | None = None, progress: Callable[[int, int], None] | None = None
) -> KeyedVectors:
    """Read a set that was fetched; gensim reads it.

    Parameters
    ----------
    entry : Entry
    path : Path
        What `fetch` gave.
    limit : int, optional
        Read only so many words from the beginning. Most sets begin with their most frequent words.
    progress : callable, optional
        Told how many words are read, and of how many. What it raises ends the loading.

    Returns
    -------
    vectors : gensim.models.KeyedVectors
        Read-only, with norms. gensim's loader makes up a "count" for each word; here there is none, as with the
        bundled set.

    Raises
    ------
    CatalogueError
        The file is damaged, or larger than the catalogue says, or does not fit the memory.
    """
    if limit is not None and limit < 1:
        raise ValueError(f"limit must be 1 or more, got {limit}")
    progress = progress or (lambda _read, _of: None)
    with _readable(entry, path):
        words, dimensions, binary = _header(path)
        words = min(words, limit or words)
        promised = memory.needed(min(entry.words, limit or entry.words), entry.dimensions)
        if memory.needed(words, dimensions) > promised * TOLERANCE:
            raise CatalogueError(
                f"{path} has {words:,} words of {dimensions:,} numbers, and the catalogue gives {entry.words:,} of "
                f"{entry.dimensions:,} for {entry.name}. Delete it and fetch it again, or choose another set."
            )
        filled = _counting(progress).load_word2vec_format(str(path), binary=binary, limit=limit)
    progress(words, words)
    distinct, matrix = list(filled.key_to_index), filled.vectors
    if len(distinct) < len(matrix):  # a word stood twice: a copy without the empty places
        matrix = matrix[list(filled.key_to_index.values())]  # (n_words, dim)
    filled.key_to_index.clear()  # not beside the one that is about to be made
    return keyed_vectors(distinct, matrix, copy=False)


def code(entry: Entry, path: Path, limit: int | None = None) -> str:
    """Write the lines that load a fetched set in a notebook, through gensim alone, as the name `vectors`.

    Raises
    ------
    CatalogueError
        The file is damaged.
    """
    with _readable(entry, path):
        _words, _dimensions, binary = _header(path)
    return NOTEBOOK.format(name=entry.name, binary=binary, only=f", limit={limit}" if limit else "")


@contextmanager
def _readable(entry: Entry, path: Path) -> Iterator[None]:
    """Turn what goes wrong while a file is read into a sentence."""
    try:
        yield
    except MemoryError as error:
        raise CatalogueError(entry.refusal(memory.available())) from error
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise CatalogueError(
            f"{path} cannot be read as word vectors ({error}). Delete this file and fetch {entry.name} again."
        ) from error


def _header(path: Path) -> tuple[int, int, bool]:
    """Read the first two lines of a file in word2vec's format: words, dimensions, and whether it is binary.

    The catalogue does not tell text from binary; gensim has it in the Python file that comes with each set. In text,
    the line after the header is a word and its numbers, and in binary hardly ever even a line.
    """
    with gzip.open(path, "rb") as file:
        header, first = file.readline(100), file.readline(PEEK)
    match = re.fullmatch(rb"\s*([1-9]\d*)\s+([1-9]\d*)\s*", header)
    if not match:
        raise ValueError(f"its first line should be two numbers, and is {header[:40]!r}")
    words, dimensions = map(int, match.groups())
    return words, dimensions, not _is_text(first, dimensions)


def _is_text(line: bytes, dimensions: int) -> bool:
    with suppress(ValueError):
        numbers = [float(number) for number in line.rstrip().split(b" ")[1:]]
        return line.endswith(b"\n") and len(numbers) == dimensions
    return False


def _counting(progress: Callable[[int, int], None]) -> type[KeyedVectors]:
    """Make a class of KeyedVectors that tells, while gensim fills it, how far that is.

    gensim's loader makes its vectors by calling this class, and gives it one word after the other.
    """

    class Counting(KeyedVectors):  # type: ignore[misc]
        def add_vector(self, key: str, vector: Any) -> int:
            index = int(super().add_vector(key, vector))
            if index % EVERY == 0:
                progress(index, len(self.index_to_key))
            return index

        def has_index_for(self, key: str) -> bool:
            """Leave a place empty for a word that stands twice.

            Reading a binary file up to a limit, gensim 4.4 reckons with one place a row, and would say that the
            file ends too early.
            """
            twice = bool(super().has_index_for(key))
            self.next_index += twice
            return twice

        def set_vecattr(self, key: str, attr: str, val: Any) -> None:
            """Leave out the counts, which the loader makes up."""

    return Counting
