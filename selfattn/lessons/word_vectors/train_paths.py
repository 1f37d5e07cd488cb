"""Where words go while they are trained: from their random start to where the last epoch leaves them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from selfattn.core.neighbours import Neighbour
from selfattn.core.projection import PCA, as_they_are, pole_basis
from selfattn.core.senses import AmbiguousWord
from selfattn.sets.training.course import Snapshot

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
    explained_variance : float
        What share of the words' variance, after the last epoch, both axes keep.
    ends : tuple of str
        The senses at the left and the right end; empty where there are none.
    is_space : bool
        Whether the vectors have two numbers, so that the plot is the space.
    """

    words: tuple[str, ...]
    roles: tuple[int | None, ...]
    numbers: tuple[int, ...]
    points: Array
    explained_variance: float
    ends: tuple[str, ...] = ()
    is_space: bool = False


def word_to_follow(vectors: Any) -> str:
    """Choose a word to look at: "bank" where a set has it, else the longest of the most frequent ones."""
    if FIRST_WORD in vectors.key_to_index:
        return FIRST_WORD
    return str(max(islice(vectors.index_to_key, FROM), key=len))


def paths(
    word: str, near: Sequence[Neighbour], sense: AmbiguousWord | None, snapshots: Sequence[Snapshot], vectors: Any
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
    snapshots : sequence of Snapshot
        At least two.
    vectors : KeyedVectors
        Of the same training.

    Returns
    -------
    Paths, or None
        None where nothing was kept of the word: it is too rare, or was put together from subwords after the training.
    """
    known = len(snapshots[0].rows)
    rows = {token: row for token, row in vectors.key_to_index.items() if row < known}
    if word not in rows:
        return None
    roles = _roles(word, near, sense, vectors, rows)
    places = [rows[token] for token in roles]
    last = snapshots[-1].rows
    basis = _basis(last, places, sense, rows)
    is_space = last.shape[1] == 2
    return Paths(
        words=tuple(roles), roles=tuple(roles.values()), is_space=is_space,
        numbers=tuple(snapshot.number for snapshot in snapshots),
        points=np.stack([basis.transform(snapshot.rows[places]) for snapshot in snapshots]),
        explained_variance=float(basis.explained_variance_ratio.sum()),
        ends=tuple(sense.poles) if sense and not is_space else (),
    )  # fmt: skip


def _roles(
    word: str, near: Sequence[Neighbour], sense: AmbiguousWord | None, vectors: Any, rows: dict[str, int]
) -> dict[str, int | None]:
    """Choose the words, each with its role: the word, its neighbours, and words of the poles or else frequent ones."""
    chosen: dict[str, int | None] = {word: None}
    order = list(sense.poles) if sense else []
    for neighbour in [neighbour for neighbour in near if neighbour.word in rows][:MOST_NEAR]:
        chosen[neighbour.word] = order.index(neighbour.sense) if neighbour.sense in order else None
    for role, pole in enumerate(sense.poles.values() if sense else ()):
        known = sorted(rows.keys() & set(pole) - {word}, key=rows.__getitem__)
        chosen |= dict.fromkeys(known[:OF_POLE], role)
    if not sense:
        frequent = [token for token in islice(vectors.index_to_key, FROM) if token in rows and len(token) > 2]
        chosen |= {token: None for token in frequent[:FREQUENT] if token not in chosen}
    return chosen


def _basis(last: NDArray[np.float32], places: list[int], sense: AmbiguousWord | None, rows: dict[str, int]) -> PCA:
    if last.shape[1] == 2:
        return as_they_are(last[places])
    poles = [[rows[token] for token in pole if token in rows] for pole in sense.poles.values()] if sense else []
    return pole_basis(*(last[pole] for pole in poles)) if poles and all(poles) else PCA.fit(last[places])


def spread(points: Array) -> float:
    """Give the mean distance of points of shape (n, 2) from their middle.

    >>> spread(np.array([[0.0, 0.0], [0.0, 4.0]]))
    2.0
    """
    return float(np.linalg.norm(points - points.mean(axis=0), axis=1).mean())
