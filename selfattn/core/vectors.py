"""The bundled word vectors: loaded, checked, and ranked by frequency."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any
from weakref import WeakSet

import numpy as np
from gensim.models import KeyedVectors
from numpy.typing import NDArray

from selfattn.core.shipped import Shipped
from selfattn.core.tokens import ZIPF_SHIFT

DATA = Path(__file__).parents[1] / "data"
MATRIX_FILE = "glove-6b-50d.npy"
WORDS_FILE = "glove-6b-50d.words.txt"
PROVENANCE_FILE = "glove-6b-50d.json"


_bundled: WeakSet[Any] = WeakSet()


class VectorsError(ValueError):
    """The bundled vectors are missing, cut short, or not the ones that were published."""


_files = Shipped(PROVENANCE_FILE, "tools/build_vectors.py", VectorsError)


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
    shape = record["rows"], record["dimensions"]
    # The file is mapped only while it is cast, and not beside the words.
    matrix = _files.mapped(folder / MATRIX_FILE, record, shape, record["dtype"]).astype(np.float32)
    words = _files.lines(folder / WORDS_FILE, record)
    with _files.readable(folder / WORDS_FILE, "does not fit the vectors ({error})"):
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
    return _files.provenance(folder, {"files", "rows", "dimensions", "dtype"})


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


@lru_cache(maxsize=8)
def _zipf_total(n_words: int) -> float:
    """Sum 1 / (rank + 2.7) over a whole vocabulary."""
    return float(np.sum(1 / (np.arange(1, n_words + 1) + ZIPF_SHIFT)))
