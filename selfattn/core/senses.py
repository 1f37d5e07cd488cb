"""Words with two meanings: the poles of each meaning, example sentences, and a meter between the poles."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from selfattn.core.kept import kept
from selfattn.core.similarity import cosines

Array = NDArray[np.float64]
Poles = tuple[tuple[str, tuple[str, ...]], ...]
KEPT = 128  # pairs of poles of which a set keeps what was computed


@dataclass(frozen=True, slots=True)
class AmbiguousWord:
    """A word, the poles of its two senses, and sentences in which it has each of them.

    Attributes
    ----------
    word : str
    poles : mapping of str to tuple of str
        For each of two senses, words that belong to it and to no other.
    examples : mapping of str to tuple of str
        For each sense, sentences in which the word has it.
    """

    word: str
    poles: Mapping[str, tuple[str, ...]]
    examples: Mapping[str, tuple[str, ...]]

    @property
    def key(self) -> Poles:
        """Give the names and the words of the poles: what is found out about them is kept under these."""
        return tuple(self.poles.items())

    def with_poles(self, *poles: Iterable[str]) -> Self:
        """Give the same word with other words at its poles, the senses keeping their names and order."""
        return replace(self, poles=MappingProxyType(dict(zip(self.poles, map(tuple, poles), strict=True))))


@dataclass(frozen=True, slots=True)
class Failure:
    """Two sentences on which attention without training does not do what a reader expects, and why."""

    word: str
    a: str
    b: str
    why: str


def pole_vectors(words: Iterable[str], vectors: Any) -> NDArray[np.float32]:
    """Look a pole's words up: an ndarray of shape (n_known, d).

    Raises
    ------
    ValueError
        None of the words is in the vocabulary.
    """
    given = list(words)
    rows = [vectors.key_to_index[word] for word in given if word in vectors.key_to_index]
    if not rows:
        raise ValueError(f"a pole needs at least one word of the vocabulary, got {', '.join(given) or 'none'}")
    return np.asarray(vectors.vectors[rows], dtype=np.float32)


def meaning_meter(vector: ArrayLike, sense: AmbiguousWord, vectors: Any, *, space: Any = None) -> dict[str, float]:
    """Tell how near a vector is to each sense: the cosine to the mean of the pole's vectors.

    Parameters
    ----------
    vector : array_like of shape (d,)
        Static or contextual.
    sense : AmbiguousWord
    vectors : KeyedVectors
    space : callable, optional
        Maps rows of shape (n, d) into the space that `vector` is in, as ``selfattn.space`` gives it;
        without one, the poles are taken as they are.

    Returns
    -------
    dict of str to float
        For each sense a cosine from −1 to 1.

    Examples
    --------
    ``meaning_meter(trace.output[1], SENSES["bank"], vectors)`` gives ``{"finance": 0.9…, "river": 0.5…}``.
    """
    return nearness(vector, pole_centres(sense, vectors, space=space))


def pole_centres(sense: AmbiguousWord, vectors: Any, *, space: Any = None) -> dict[str, Array]:
    """Give the mean vector of each pole, of shape (d,): what `meaning_meter` compares with."""
    return centres_of(vectors, space, sense.key)


@kept(KEPT)
def centres_of(vectors: Any, space: Any, poles: Poles) -> dict[str, Array]:
    """Give the mean vector of each pole, as `pole_centres`; read only, since it is kept."""
    moved = space or np.asarray
    return {name: np.mean(moved(pole_vectors(words, vectors)), axis=0, dtype=np.float64) for name, words in poles}


def nearness(vector: ArrayLike, centres: Mapping[str, Array]) -> dict[str, float]:
    """Give the cosine of a vector of shape (d,) to each centre; 0 where one of both has no length."""
    return dict(zip(centres, cosines(vector, list(centres.values())).tolist(), strict=True)) if centres else {}


def _read(path: Path) -> tuple[Mapping[str, AmbiguousWord], tuple[Failure, ...]]:
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    failures = tuple(Failure(**entry) for entry in content.pop("failures"))
    frozen = {
        word: AmbiguousWord(
            word, *(MappingProxyType({k: tuple(v) for k, v in entry[part].items()}) for part in ("poles", "examples"))
        )
        for word, entry in content.items()
    }
    return MappingProxyType(frozen), failures


SENSES, FAILURES = _read(Path(__file__).parents[1] / "data" / "senses.toml")


def known_sense(word: str, vectors: Any, senses: Mapping[str, AmbiguousWord] = SENSES) -> AmbiguousWord | None:
    """Give a word's poles, as far as a set has their words; None where it has none of one pole, or not the word."""
    if word not in senses or word not in vectors.key_to_index:
        return None
    poles = _known(vectors, senses[word].key, len(vectors.key_to_index))
    return senses[word].with_poles(*poles) if all(poles) else None


@kept(KEPT)
def _known(vectors: Any, poles: Poles, _size: int) -> list[tuple[str, ...]]:
    """List the words of each pole that a set knows; it may learn more of them, and then it is larger."""
    return [tuple(known for known in words if known in vectors.key_to_index) for _, words in poles]
