"""Where words go while they are trained: from their random start to where the last epoch leaves them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from selfattn.core.neighbours import Neighbour
from selfattn.core.projection import PCA, as_they_are, pole_basis
from selfattn.core.senses import AmbiguousWord
from selfattn.sets.training.course import Moment

FIRST_WORD = "bank"  # followed where the text has it
MOST_NEAR, OF_POLE, FREQUENT = 5, 4, 6  # how many words go along
FROM = 30  # frequent words among which one is chosen to be followed

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Paths:
    """The ways of a few words on two axes that do not move.

    Attributes
    ----------
    words : tuple of str
        The followed one is first.
    roles : tuple of int or None
        Which sense each is nearer to; None for the followed word, and where there are no senses.
    numbers : tuple of int
        The epochs; the first is the random start.
    points : ndarray of shape (n_epochs, n_words, 2)
    kept : tuple of float
        What share of the words' variance, after the last epoch, each axis keeps.
    ends : tuple of str
        The senses at the left and the right end; empty where there are none.
    is_space : bool
        Whether the vectors have two numbers, so that the plot is the space.
    """

    words: tuple[str, ...]
    roles: tuple[int | None, ...]
    numbers: tuple[int, ...]
    points: Array
    kept: tuple[float, float]
    ends: tuple[str, ...] = ()
    is_space: bool = False


def word_to_follow(vectors: Any) -> str:
    """Choose a word to look at: "bank" where a set has it, else the longest of the most frequent ones."""
    if FIRST_WORD in vectors.key_to_index:
        return FIRST_WORD
    return str(max(islice(vectors.index_to_key, FROM), key=len))


def paths(
    word: str, near: Sequence[Neighbour], sense: AmbiguousWord | None, moments: Sequence[Moment], vectors: Any
) -> Paths | None:
    """Follow a word, its nearest words and a few others through the epochs.

    The axes are fitted on the last epoch: on the poles where the word has some, else on the words that are shown.

    Parameters
    ----------
    word : str
    near : sequence of Neighbour
        Of the word, after the last epoch.
    sense : AmbiguousWord, optional
        With words of both poles in the set.
    moments : sequence of Moment
        At least two.
    vectors : KeyedVectors
        Of the same training.

    Returns
    -------
    Paths, or None
        None where nothing was kept of the word: it is too rare, or was put together from parts after the training.
    """
    kept = len(moments[0].rows)
    rows = {one: at for one, at in vectors.key_to_index.items() if at < kept}
    if word not in rows:
        return None
    roles = _roles(word, near, sense, vectors, rows)
    places = [rows[one] for one in roles]
    last = moments[-1].rows
    basis = _basis(last, places, sense, rows)
    points = np.stack([basis.transform(moment.rows[places]) for moment in moments])  # (n_epochs, n_words, 2)
    share = basis.explained_variance_ratio.tolist()
    is_space = last.shape[1] == 2
    return Paths(
        tuple(roles), tuple(roles.values()), tuple(moment.number for moment in moments), points, (share[0], share[1]),
        tuple(sense.poles) if sense and not is_space else (), is_space,
    )  # fmt: skip


def _roles(
    word: str, near: Sequence[Neighbour], sense: AmbiguousWord | None, vectors: Any, rows: dict[str, int]
) -> dict[str, int | None]:
    """Choose the words, each with its role: the word, its neighbours, and words of the poles or else frequent ones."""
    order = list(sense.poles) if sense else []
    chosen: dict[str, int | None] = {word: None}
    for beside in [one for one in near if one.word in rows][:MOST_NEAR]:
        chosen[beside.word] = order.index(beside.sense) if beside.sense in order else None
    for role, pole in enumerate(sense.poles.values() if sense else ()):
        for one in sorted((one for one in pole if one in rows and one != word), key=rows.__getitem__)[:OF_POLE]:
            chosen[one] = role
    if not sense:
        frequent = [one for one in islice(vectors.index_to_key, FROM) if one in rows and len(one) > 2]
        chosen |= {one: None for one in frequent[:FREQUENT] if one not in chosen}
    return chosen


def _basis(last: NDArray[np.float32], places: list[int], sense: AmbiguousWord | None, rows: dict[str, int]) -> PCA:
    if last.shape[1] == 2:
        return as_they_are(last[places])
    poles = [[rows[one] for one in pole if one in rows] for pole in sense.poles.values()] if sense else []
    if poles and all(poles):
        return pole_basis(last[poles[0]], last[poles[1]])
    return PCA.fit(last[places])


def spread(points: Array) -> float:
    """Give the mean distance of points of shape (n, 2) from their middle.

    >>> spread(np.array([[0.0, 0.0], [0.0, 4.0]]))
    2.0
    """
    return float(np.linalg.norm(points - points.mean(axis=0), axis=1).mean())
