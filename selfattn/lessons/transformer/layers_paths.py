"""One word in several sentences, layer by layer: paths in one plane, places between two senses, distances."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from selfattn.core.kept import kept
from selfattn.core.projection import PCA
from selfattn.core.transformer import Encoded, Transformer
from selfattn.core.transformer.meanings import Meanings, Way, by_distance, meanings_of
from selfattn.figures.palette import LETTERS

Array = NDArray[np.float64]
KEPT = 16  # words whose plane is kept


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """The word in one sentence: which sentence it is (0 is A), and its hidden states, of shape (layers + 1, d).

    `way` holds its places between its two senses; None where it has none.
    """

    role: int
    text: str
    states: NDArray[np.float32]
    way: Way | None

    @property
    def letter(self) -> str:
        """Give the letter of the sentence."""
        return LETTERS[self.role]


@dataclass(frozen=True, slots=True, eq=False)
class Plane:
    """One plane for all layers, in which a word begins at (0, 0): in layer 0 only its position tells sentences apart.

    Attributes
    ----------
    centres : ndarray of shape (layers + 1, d)
        What is taken off the hidden states of each layer.
    axes : PCA
        Of the hidden states of all layers together, once the centres are taken off.
    """

    centres: Array
    axes: PCA

    @classmethod
    def fit(cls, states: NDArray[np.float32]) -> "Plane":
        """Fit it on hidden states of shape (n, layers + 1, d); each layer loses its mean, layer 0 all."""
        centres = states.mean(axis=0, dtype=np.float64)
        return cls(centres, PCA.fit(_centred(states, centres).reshape(-1, states.shape[-1])))

    def __call__(self, states: NDArray[np.floating]) -> Array:
        """Place hidden states of shape (…, layers + 1, d): an ndarray of shape (…, layers + 1, 2)."""
        return self.axes.transform(_centred(states, self.centres))

    @property
    def kept(self) -> float:
        """Give the share of the variance that both axes keep."""
        return float(self.axes.explained_variance_ratio.sum())


@dataclass(frozen=True, slots=True, eq=False)
class Layers:
    """What the screen shows.

    Attributes
    ----------
    word : str
    tracks : tuple of Track
        A sentence each: at least one.
    meanings : Meanings, or None
    paths : ndarray of shape (n_tracks, layers + 1, 2)
        The word in the plane.
    ends : ndarray of shape (2, layers + 1, 2), or None
        The means of the examples of both senses, there.
    kept : float
        The share of the variance that the plane keeps.
    apart : ndarray of shape (layers + 1, n_tracks, n_tracks)
        1 − cosine of any two of the tracks.
    lacking : tuple of str
        Letters of the sentences that have not the word.
    """

    word: str
    tracks: tuple[Track, ...]
    meanings: Meanings | None
    paths: Array
    ends: Array | None
    kept: float
    apart: Array
    lacking: tuple[str, ...]

    @property
    def ways(self) -> list[tuple[Track, Way]]:
        """List the places between two senses, of each sentence; nothing where the word has none."""
        return [(track, track.way) for track in self.tracks if track.way]

    @property
    def pairs(self) -> list[tuple[str, Array]]:
        """List the pairs of sentences, with how far apart the word is in them, layer by layer; the nearest last."""
        every = combinations(range(len(self.tracks)), 2)
        named = [
            (f"{self.tracks[i].letter} and {self.tracks[j].letter}", np.asarray(self.apart[:, i, j])) for i, j in every
        ]
        return sorted(named, key=lambda pair: -pair[1][-1])


def follow(transformer: Transformer, word: str, sentences: Sequence[Encoded | None]) -> Layers | None:
    """Follow a word through the layers in every sentence that has it; None where none has."""
    meanings, tracks, lacking = meanings_of(transformer, word), [], []
    for role, encoded in enumerate(sentences):
        if encoded is None:
            continue
        try:
            states = encoded.state(encoded.index(word))
        except ValueError:
            lacking.append(LETTERS[role])
            continue
        tracks.append(Track(role, encoded.text, states, meanings.way(states) if meanings else None))
    if not tracks:
        return None
    states = np.stack([track.states for track in tracks])
    plane = plane_of(transformer, word) if meanings else Plane.fit(states)
    ends = plane(meanings.means) if meanings else None
    apart = by_distance(states, transformer.means)
    return Layers(word, tuple(tracks), meanings, plane(states), ends, plane.kept, apart, tuple(lacking))


@kept(KEPT)
def plane_of(transformer: Transformer, word: str) -> Plane:
    """Fit the plane of a word with two senses on its example sentences: no sentence that is typed turns it.

    In the last layer the second sense lies to the right.
    """
    meanings = meanings_of(transformer, word)
    assert meanings is not None
    plane = Plane.fit(meanings.states)
    first, second = plane(meanings.means)[:, -1, 0]
    if first <= second:
        return plane
    turned, rows = plane.axes.components * np.array([[-1.0], [1.0]]), _centred(meanings.states, plane.centres)
    return Plane(plane.centres, PCA.along(turned, rows.reshape(-1, rows.shape[-1]), plane.axes.mean))


def nearest_examples(found: Layers, means: NDArray[np.float32]) -> list[tuple[str, str, float]]:
    """Find the example that the word of each sentence ends nearest to, but for itself: text, sense, 1 − cosine."""
    assert found.meanings is not None
    nearest = []
    for track in found.tracks:
        others = [place for place, (_, text) in enumerate(found.meanings.examples) if text != track.text]
        states = np.concatenate([track.states[None], found.meanings.states[others]])
        apart = by_distance(states, means)[-1, 0, 1:]
        best = int(apart.argmin())
        sense, text = found.meanings.examples[others[best]]
        nearest.append((text, sense, float(apart[best])))
    return nearest


def _centred(states: NDArray[np.floating], centres: Array) -> Array:
    """Take the centres off states of shape (…, layers + 1, d); of layer 0 nothing is left."""
    rows = states - centres
    rows[..., 0, :] = 0
    return rows
