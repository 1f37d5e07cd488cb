"""From text to contextual vectors in one call, under a preset: the settings of the page made into arrays."""

from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from gensim.models import KeyedVectors
from numpy.typing import ArrayLike, NDArray

from selfattn.core.attention import AttentionTrace, attend
from selfattn.core.presets import DEFAULT_PRESET, PRESETS, Settings
from selfattn.core.sentences import Sentence, embed
from selfattn.core.vectors import zipf_probabilities

Array = NDArray[np.float64]
SMOOTHING = 0.001  # a in Arora et al. (2017), equation 4
COMMON_ROWS = 20_000  # the frequent words that say where the centre is
STRONGEST = 2  # directions taken out: about d / 100, and never fewer (Mu & Viswanath 2018, section 2.2)
DISTANCE_UNIT = 20.0  # |i − j| / 20 is taken off a score


@dataclass(frozen=True, slots=True, eq=False)
class Space:
    """Where the vectors are looked at: as they were trained, or centred.

    Attributes
    ----------
    mean : ndarray of shape (d,)
        Subtracted from every vector.
    directions : ndarray of shape (k, d)
        Orthonormal; what lies along them is taken out.
    """

    mean: Array
    directions: Array

    def __call__(self, rows: ArrayLike) -> Array:
        """Take rows of shape (n, d) into this space."""
        moved = np.asarray(rows, dtype=np.float64) - self.mean
        return np.asarray(moved - moved @ self.directions.T @ self.directions)


_centred: WeakKeyDictionary[Any, Space] = WeakKeyDictionary()


def space(vectors: KeyedVectors, *, centred: bool = False) -> Space:
    """Give the space of a set of vectors.

    Parameters
    ----------
    vectors : KeyedVectors
        Most frequent word first.
    centred : bool
        Subtract the mean of the 20,000 most frequent vectors and their two strongest directions
        (Mu & Viswanath 2018, "All-but-the-Top", algorithm 1); at least one dimension is left.
    """
    if not centred:
        return Space(np.zeros(vectors.vector_size), np.zeros((0, vectors.vector_size)))
    if vectors not in _centred:
        common = vectors.vectors[:COMMON_ROWS].astype(np.float64)
        mean = common.mean(axis=0)
        _, directions = np.linalg.eigh((common - mean).T @ (common - mean))  # ascending variance
        removed = min(STRONGEST, vectors.vector_size - 1)
        _centred[vectors] = Space(mean, directions[:, ::-1].T[:removed])
    return _centred[vectors]


def contextualize(
    text: str | list[str] | tuple[str, ...],
    vectors: KeyedVectors,
    preset: str | Settings = DEFAULT_PRESET,
    *,
    drop_punctuation: bool = True,
) -> tuple[Sentence, AttentionTrace]:
    """Run all of it: static vectors, dot products, softmax, weighted sums.

    Parameters
    ----------
    text : str, or list of str
        A sentence, or its tokens (which are then not split).
    vectors : KeyedVectors
    preset : str or Settings
        A name in `PRESETS`, or settings of your own.
    drop_punctuation : bool
        Leave punctuation out of the arithmetic.

    Returns
    -------
    sentence, trace : Sentence, AttentionTrace
        Row i of the trace belongs to ``sentence.tokens[i]``; ``trace.matrix`` holds the static vectors
        in the space of the preset, ``trace.output`` the contextual ones.

    Raises
    ------
    TextError
        There is nothing to compute with (a ValueError).
    ValueError
        There is no such preset.
    """
    if not isinstance(preset, Settings) and preset not in PRESETS:
        raise ValueError(f"there is no preset {preset!r}: choose one of {', '.join(PRESETS)}")
    settings = preset if isinstance(preset, Settings) else PRESETS[preset]
    sentence = embed(text, vectors, drop_punctuation=drop_punctuation)
    return sentence, attend_sentence(sentence, vectors, settings)


def attend_sentence(sentence: Sentence, vectors: KeyedVectors, settings: Settings) -> AttentionTrace:
    """Attend over a sentence that is already looked up; settings become mask and bias here."""
    count = len(sentence)
    bias = np.zeros((count, count))
    if settings.frequency:
        frequency = zipf_probabilities(vectors, sentence.tokens)
        bias += np.log(SMOOTHING / (SMOOTHING + frequency))  # the same for every query
    if settings.distance:
        places = np.arange(count)
        bias -= np.abs(places[:, None] - places) / DISTANCE_UNIT
    others_only = ~np.eye(count, dtype=bool) if not settings.attend_self and count > 1 else None
    return attend(
        space(vectors, centred=settings.centre)(sentence.matrix),
        scale=settings.scale,
        temperature=settings.temperature,
        mask=others_only,
        bias=bias if settings.frequency or settings.distance else None,
    )
