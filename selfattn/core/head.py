"""One attention head: three matrices that make a query, a key and a value of every static vector.

Vaswani et al. (2017), "Attention Is All You Need", section 3.2: Q = X W_Q, K = X W_K, V = X W_V.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Self, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
NOISE = 0.01  # at the start, so that no two directions are exactly alike
SLOPE = 0.05  # at the start: a score loses a twentieth for every word between two words


@dataclass(frozen=True, slots=True, eq=False)
class Learner(ABC):
    """What `learn` trains: arrays, and how they make one head or several."""

    def arrays(self) -> dict[str, Array]:
        """Give all that is learned, by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def compact(self) -> Self:
        """Give the same in float32, to be kept."""
        smaller: dict[str, Any] = {name: array.astype(np.float32) for name, array in self.arrays().items()}
        return replace(self, **smaller)

    @abstractmethod
    def save(self, path: Path) -> None:
        """Write it as one array, number type float32."""

    @abstractmethod
    def each(self) -> "Sequence[tuple[Head, Array | None]]":
        """Give every head, and what takes its values back to d numbers, of shape (d_v, d), if anything has to."""

    @abstractmethod
    def joined(self, gradients: Sequence[dict[str, Array]]) -> dict[str, Array]:
        """Put the derivatives by the arrays of every head into the shape of `arrays`."""


AnyHead = TypeVar("AnyHead", bound=Learner)


@dataclass(frozen=True, slots=True, eq=False)
class Head(Learner):
    """What a head has learned, or starts from.

    Attributes
    ----------
    query : ndarray of shape (d, d)
        W_Q: what a word asks for.
    query_bias : ndarray of shape (d,)
        b_Q: what every word asks for. Biases of key and value would change nothing: the same number on all scores of
        a row leaves its softmax as it is, and a shift of all values moves words, poles and middle alike.
    key : ndarray of shape (d, d)
        W_K: what a word answers to.
    value : ndarray of shape (d, d)
        W_V: what a word gives.
    slope : ndarray of shape ()
        What a score loses for every step between two words (after ALiBi, Press et al. 2022).
    """

    query: Array
    query_bias: Array
    key: Array
    value: Array
    slope: Array

    @classmethod
    def untrained(cls, width: int, *, seed: int | None = None) -> Self:
        """Give the head from which training starts: the balanced attention, each vector asking, asked and given.

        Parameters
        ----------
        width : int
            Numbers a word, d.
        seed : int, optional
            Of a little noise on W_Q and W_K; without it there is none.
        """
        noise = np.random.default_rng(seed).normal(0, NOISE, (2, width, width)) if seed is not None else np.zeros(2)
        same = np.eye(width)
        both = same / np.sqrt(2)  # (x W_Q) · (x W_K) = x · x / 2: temperature 2
        return cls(both + noise[0], np.zeros(width), both + noise[1], same, np.array(SLOPE))

    def each(self) -> "Sequence[tuple[Head, Array | None]]":
        """Give itself: its values have d numbers already."""
        return [(self, None)]

    def joined(self, gradients: Sequence[dict[str, Array]]) -> dict[str, Array]:
        """Take the derivatives as they are."""
        [gradient] = gradients
        return gradient

    def project(self, rows: ArrayLike) -> dict[str, Array]:
        """Make queries, keys and values of vectors.

        Parameters
        ----------
        rows : array_like of shape (n, d)
            Static vectors.

        Returns
        -------
        dict
            "query", "key" and "value", each of shape (n, d): what ``selfattn.attend`` takes.
        """
        x = np.asarray(rows, dtype=np.float64)
        return {"query": x @ self.query + self.query_bias, "key": x @ self.key, "value": x @ self.value}

    def save(self, path: Path) -> None:
        """Write it as one array of shape (3d + 2, d), number type float32: W_Q, W_K, W_V, b_Q, and the slope."""
        rows = [self.query, self.key, self.value, self.query_bias[None], np.full((1, len(self.query)), self.slope)]
        np.save(path, np.vstack(rows).astype(np.float32), allow_pickle=False)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what `save` wrote.

        Raises
        ------
        ValueError
            The file does not hold such an array.
        """
        rows = read_array(path)
        width = rows.shape[1] if rows.ndim == 2 else 0
        if rows.shape != (3 * width + 2, width) or not width:
            raise ValueError(f"a head needs an array of shape (3d + 2, d), got {rows.shape} in {path.name}")
        query, key, value = rows[: 3 * width].reshape(3, width, width)
        return cls(query, rows[-2], key, value, rows[-1, 0])


def read_array(path: Path) -> Array:
    """Read an array that a head is made of.

    Raises
    ------
    ValueError
        The file holds none.
    """
    try:
        return np.asarray(np.load(path, allow_pickle=False), dtype=np.float64)
    except (EOFError, TypeError) as error:
        raise ValueError(f"{path.name} does not hold an array: {error}") from error
