"""Which head belongs to which set of vectors: that of the bundled ones ships with the app, others are trained once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from gensim.models import KeyedVectors
from numpy.typing import NDArray

from selfattn.core.head import Head
from selfattn.core.learn import STEPS, Batch, Moment, TooFewError, batches, learn, too_few
from selfattn.core.vectors import DATA, is_bundled

FILE = DATA / "head.npy"
KEPT = (0, 1, 2, 3, 5, 7, 10, 15, 20, 30, 40, 50, 70)  # steps whose heads are kept, besides the last one
WIDE = 300  # numbers a word: of wider vectors only the first head and the last are kept

_heads: WeakKeyDictionary[Any, Head] = WeakKeyDictionary()
_trainings: WeakKeyDictionary[Any, Training] = WeakKeyDictionary()
_refused: WeakKeyDictionary[Any, str] = WeakKeyDictionary()


def known_head(vectors: KeyedVectors) -> Head | None:
    """Give the head of a set of vectors where there is one already: shipped, or trained before."""
    if vectors not in _heads and is_bundled(vectors):
        _heads[vectors] = Head.load(FILE)
    return _heads.get(vectors)


def why_not(vectors: KeyedVectors) -> str:
    """Say why no head can be trained for a set; nothing where nothing is known to be in the way."""
    if vectors not in _refused and (trouble := too_few(vectors)):
        _refused[vectors] = trouble
    return _refused.get(vectors, "")


def head_of(vectors: KeyedVectors) -> Head:
    """Give the head of a set of vectors; it is trained where there is none, which takes a second or a few.

    Raises
    ------
    TooFewError
        The set knows too few of the words that there are sentences for.
    """
    if known_head(vectors) is None:
        train_head(vectors)
    return _heads[vectors]


@dataclass(frozen=True, slots=True, eq=False)
class Training:
    """How a training went: at every step the loss and the share on the right side, at some the head as it was.

    Attributes
    ----------
    losses, rates : ndarray of shape (steps + 1,)
    heads : mapping of int to Head
        By step, the first and the last among them; in float32.
    """

    losses: NDArray[np.float64]
    rates: NDArray[np.float64]
    heads: Mapping[int, Head]

    @property
    def head(self) -> Head:
        """Give the head at the end."""
        return self.heads[max(self.heads)]


def known_training(vectors: KeyedVectors) -> Training | None:
    """Give the training of a set of vectors where it has been watched before."""
    return _trainings.get(vectors)


def sentences_for(vectors: KeyedVectors) -> tuple[Batch, Batch | None, Batch | None]:
    """Make the sentences that ship with the app ready for a set, as `batches`; a refusal is remembered."""
    try:
        return batches(vectors)
    except TooFewError as error:
        _refused[vectors] = str(error)
        raise


def train_head(
    vectors: KeyedVectors, *, seen: Callable[[Moment[Head]], bool] = lambda _: True, steps: int = STEPS
) -> Training | None:
    """Train a head on the sentences that ship with the app, and keep it for this set of vectors.

    Parameters
    ----------
    vectors : KeyedVectors
    seen : function of a Moment
        Called at every step; it returns whether to go on. What is given up is not kept: None.
    steps : int

    Raises
    ------
    TooFewError
        The set knows too few of the words that there are sentences for.
    """
    train, held_out, _ = sentences_for(vectors)
    moments: list[tuple[float, float]] = []
    heads: dict[int, Head] = {}
    kept = {*(KEPT if vectors.vector_size <= WIDE else (0,)), steps}
    for moment in learn(train, held_out, steps=steps):
        if not seen(moment):
            return None
        moments.append((moment.loss, moment.held_out))
        if moment.step in kept:
            heads[moment.step] = moment.head.compact()
    losses, rates = np.array(moments).T
    _trainings[vectors] = Training(losses, rates, MappingProxyType(heads))
    _heads.setdefault(vectors, moment.head)
    return _trainings[vectors]
