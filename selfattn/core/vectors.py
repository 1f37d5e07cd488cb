"""The bundled word vectors: loaded, checked, and ranked by frequency."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any
from weakref import WeakSet

import numpy as np
from gensim.models import KeyedVectors
from numpy.typing import NDArray

from selfattn.core.tokens import ZIPF_SHIFT

DATA = Path(__file__).parents[1] / "data"
MATRIX_FILE = "glove-6b-50d.npy"
WORDS_FILE = "glove-6b-50d.words.txt"
PROVENANCE_FILE = "glove-6b-50d.json"


_bundled: WeakSet[Any] = WeakSet()


class VectorsError(ValueError):
    """The bundled vectors are missing, cut short, or not the ones that were published."""


def load_vectors(folder: Path = DATA) -> KeyedVectors:
    """Load the bundled GloVe vectors, after checking every byte against their provenance.

    The array and its norms are read-only, since all sessions share them. To add or replace words, change
    a ``copy.deepcopy`` and call its ``fill_norms(force=True)``: gensim puts a new array in the old one's
    place, in whatever set it is told to change. Nothing is ever unpickled.

    Parameters
    ----------
    folder : Path
        Where the three files lie; the bundled ones by default.

    Returns
    -------
    vectors : gensim.models.KeyedVectors
        ``vectors.vectors`` is a float32 ndarray of shape (n_words, 50), most frequent word first. No
        counts are published with GloVe, so there is no ``"count"`` for ``get_vecattr`` to find.

    Raises
    ------
    VectorsError
        A file is missing, or its size, checksum, shape or number type is not the recorded one.

    Examples
    --------
    >>> vectors = load_vectors()
    >>> vectors.index_to_key[:3]
    ['the', ',', '.']
    >>> vectors["bank"].shape
    (50,)
    >>> vectors.doesnt_match(["loan", "money", "creek"])
    'creek'
    """
    record = provenance(folder)
    matrix = _matrix(folder / MATRIX_FILE, record)
    words = _words(folder / WORDS_FILE, record)
    with _readable(folder / WORDS_FILE, "does not fit the vectors ({error})"):
        vectors = keyed_vectors(words, matrix, copy=False)
    if folder == DATA:
        _bundled.add(vectors)
    return vectors


def is_bundled(vectors: KeyedVectors) -> bool:
    """Tell whether a set is the one that ships with the app, as `load_vectors` gave it."""
    return vectors in _bundled


def keyed_vectors(words: list[str], matrix: NDArray[Any], *, copy: bool = True) -> KeyedVectors:
    """Make a read-only set of vectors out of words and their rows.

    Parameters
    ----------
    words : list of str, of length n_words
        Most frequent first; the set keeps this very list.
    matrix : ndarray of shape (n_words, dim)
    copy : bool
        Leave the caller's array as it is; without it, a float32 array is taken over, and closed to writing.

    Returns
    -------
    vectors : gensim.models.KeyedVectors

    Raises
    ------
    ValueError
        A word stands twice, or there are not as many words as rows.

    Examples
    --------
    >>> keyed_vectors(["up", "down"], np.array([[0.0, 1.0], [0.0, -1.0]])).similarity("up", "down")
    np.float32(-1.0)
    """
    index = dict(zip(words, range(len(words)), strict=True))
    if not len(index) == len(words) == len(matrix):
        raise ValueError(f"got {len(matrix)} rows for {len(words)} words, {len(index)} of them different")
    vectors = KeyedVectors(matrix.shape[1])
    vectors.vectors = np.array(matrix, dtype=np.float32, copy=copy or None)  # (n_words, dim); None: where it must be
    vectors.index_to_key = words
    vectors.key_to_index = index
    vectors.next_index = len(words)
    # What fill_norms() would fill in, without squaring into a second array of (n_words, dim): 1 ms, not 6.
    vectors.norms = np.sqrt(np.einsum("nd,nd->n", vectors.vectors, vectors.vectors))  # (n_words,)
    vectors.vectors.setflags(write=False)
    vectors.norms.setflags(write=False)
    return vectors


def provenance(folder: Path = DATA) -> dict[str, Any]:
    """Say where the bundled vectors come from: source, licence, citation, size and checksums.

    Raises
    ------
    VectorsError
        The record is missing or cannot be read.

    Examples
    --------
    >>> provenance()["licence"]
    'PDDL 1.0'
    """
    path = folder / PROVENANCE_FILE
    with _readable(path, "is not readable JSON ({error})"):
        record = json.loads(path.read_bytes())
    missing = {"files", "rows", "dimensions", "dtype"} - set(record if isinstance(record, dict) else ())
    if missing:
        raise _problem(path, f"does not record {', '.join(sorted(missing))}")
    return dict(record)


def zipf_probabilities(vectors: KeyedVectors, words: Sequence[str]) -> NDArray[np.float64]:
    """Estimate how likely each word is in running text, from its rank alone.

    The law of Zipf and Mandelbrot, p ∝ 1 / (rank + 2.7) with ranks from 1, sums to one over the whole
    vocabulary. It stands in for the corpus frequencies of Arora et al. (2017), which GloVe does not publish.

    Parameters
    ----------
    vectors : gensim.models.KeyedVectors
        Most frequent word first.
    words : sequence of str, of length n

    Returns
    -------
    probabilities : ndarray of shape (n,)

    Raises
    ------
    KeyError
        A word is not in the vocabulary, so it has no rank.

    Examples
    --------
    >>> common, rare = zipf_probabilities(load_vectors(), ["the", "creek"])
    >>> bool(common > 100 * rare)
    True
    """
    if isinstance(words, str):
        raise TypeError(f"words must be a list of words, got the text {words!r}")
    unknown = [word for word in words if word not in vectors.key_to_index]
    if unknown:
        raise KeyError(f"no rank for {', '.join(unknown)}: not among the {len(vectors)} known words")
    ranks = np.array([vectors.key_to_index[word] + 1 for word in words], dtype=np.float64)  # (n,)
    return 1 / (ranks + ZIPF_SHIFT) / _zipf_total(len(vectors))


def _problem(path: Path, what: str) -> VectorsError:
    return VectorsError(
        f"{path} {what}. Fetch the file again from the repository, or make it with tools/build_vectors.py."
    )


@contextmanager
def _readable(path: Path, otherwise: str) -> Iterator[None]:
    """Turn what goes wrong while a file is read into a sentence: of the disk, or of what the file holds."""
    try:
        yield
    except OSError as error:
        raise _problem(path, f"cannot be read ({error.strerror})") from error
    except (ValueError, EOFError) as error:  # bytes that are not UTF-8 among them
        raise _problem(path, otherwise.format(error=error)) from error


def _check(path: Path, record: dict[str, Any]) -> None:
    """Make sure that a file is, byte for byte, the recorded one."""
    try:
        size, checksum = (record["files"][path.name][name] for name in ("bytes", "sha256"))
    except (KeyError, TypeError) as error:
        raise _problem(path.with_name(PROVENANCE_FILE), f"does not record {path.name}") from error
    with _readable(path, "is not a file ({error})"), path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()  # in pieces: no second copy in memory
        length = file.tell()
    if length != size:
        raise _problem(path, f"has {length} bytes instead of the recorded {size}")
    if digest != checksum:
        raise _problem(path, f"was altered: its SHA-256 is not the one in {PROVENANCE_FILE}")


def _matrix(path: Path, record: dict[str, Any]) -> NDArray[np.float32]:
    """Read the array and cast it; the file is mapped only meanwhile, and not beside the words."""
    _check(path, record)
    with _readable(path, "is not an array ({error})"):
        matrix: NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False)
    expected = (record["rows"], record["dimensions"]), record["dtype"]
    if (matrix.shape, matrix.dtype.name) != expected:
        raise _problem(path, f"does not hold the recorded {expected[1]} array of shape {expected[0]}")
    return matrix.astype(np.float32)


def _words(path: Path, record: dict[str, Any]) -> list[str]:
    _check(path, record)
    with _readable(path, "is not UTF-8"):
        return path.read_bytes().decode("utf-8").removesuffix("\n").split("\n")


@lru_cache(maxsize=8)
def _zipf_total(n_words: int) -> float:
    """Sum 1 / (rank + 2.7) over a whole vocabulary."""
    return float(np.sum(1 / (np.arange(1, n_words + 1) + ZIPF_SHIFT)))
