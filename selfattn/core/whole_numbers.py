"""Two whole numbers for each word, so small that attention over them can be done by hand, and near to its vector."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, islice, product
from typing import Self

import numpy as np
from gensim.models import KeyedVectors
from numpy.typing import NDArray

from selfattn.core.exercise import LARGEST_SCORE, Exercise, exercise
from selfattn.core.projection import PCA
from selfattn.core.senses import AmbiguousWord, nearness, pole_centres
from selfattn.core.space import space

Array = NDArray[np.float64]
Numbers = Mapping[str, tuple[float, float]]
LARGEST = 3  # of the numbers
CELLS = [cell for cell in product(range(LARGEST + 1), repeat=2) if any(cell)]  # no word is nothing
ASKING = ((1, 1), (2, 1), (1, 2))  # of the word that asks: both numbers count, and no score is large
TRIES = 200  # other numbers for the words, for each of these
SPREAD = 0.8  # of what is added to a place at most before it is rounded: standard deviation, in whole numbers
TELLS = 0.3  # difference in lean from which it has to be seen in the whole numbers
EVEN = 0.85  # of the weights the largest that leaves something for the others
WAY = 0.3  # how far apart new arrows have to be to be told apart


@dataclass(frozen=True, slots=True, eq=False)
class Directions:
    """Where words are on two axes.

    Attributes
    ----------
    places : ndarray of shape (n, 2)
        From 0 to 1.
    lean : ndarray of shape (n,)
        How far each word is to one side.
    across : ndarray of shape (2,)
        What makes the lean out of a place.
    tells : ndarray of shape (n,)
        How much each word says.
    names : tuple of str
        What the axes measure; none where they have no name.
    """

    places: Array
    lean: Array
    across: Array
    tells: Array
    names: tuple[str, ...]

    def of(self, rows: Sequence[int]) -> Self:
        """Give those of some of the words."""
        return replace(self, places=self.places[rows], lean=self.lean[rows], tells=self.tells[rows])


def directions(words: Sequence[str], vectors: KeyedVectors, sense: AmbiguousWord | None = None) -> Directions:
    """Choose two axes for words.

    With two senses, an axis is the cosine to one of them, with what all vectors have in common taken off; less than 0
    is 0. Without, the axes are those in which the words differ most.

    Parameters
    ----------
    words : sequence of str, of length n
        Each once.
    vectors : KeyedVectors
    sense : AmbiguousWord, optional
    """
    rows = np.array([vectors[word] for word in words], dtype=np.float64)
    if sense:
        centred = space(vectors, centred=True)
        centres = pole_centres(sense, vectors, space=centred)
        cosines = np.array([list(nearness(row, centres).values()) for row in centred(rows)])
        near, lean = np.maximum(cosines, 0.0), cosines[:, 0] - cosines[:, 1]
        return Directions(near / (near.max() or 1), lean, np.array([1, -1]), np.abs(lean), tuple(sense.poles))
    along = PCA.fit(rows).transform(rows)
    places = along - along.min(axis=0)
    places = places / (places.max() or 1)
    return Directions(places, places[:, 0], np.array([1, 0]), np.linalg.norm(along, axis=1), ())


def whole_numbers(
    word: str, words: Sequence[str], axes: Directions, sentences: Sequence[Sequence[str]], seed: int = 1
) -> Numbers:
    """Choose two whole numbers from 0 to 3 for each word, no two words alike.

    Of many ways to round the places, the ones are good that keep who leans to which side, and with which a computer
    that does not round finds the weights and the new arrows that are found by hand, different ones in each sentence.

    Parameters
    ----------
    word : str
        The word that asks.
    words : sequence of str, of length n
        Each once, `word` among them; at most as many as fit.
    axes : Directions
        Of these words.
    sentences : sequence of sequences of str
        Of these words; each has `word`.
    seed : int
        Takes the seed-th of the good ways, those first that stay near to the places; where there are fewer, they begin
        again; where there are none, any way will do.
    """
    targets = axes.places * LARGEST
    asks = words.index(word)
    ways = _ways(asks, targets, axes.tells)
    ways.sort(key=lambda way: float(((way - targets) ** 2).sum()))
    sound = [way for way in ways if _keeps(way, axes, asks)] or ways
    works = list(islice((way for way in sound if _works(word, words, way, sentences)), seed)) or sound
    return _named(words, works[(seed - 1) % len(works)])


def of_sentence(word: str, tokens: Sequence[str], numbers: Numbers, **how: bool) -> Exercise:
    """Make the exercise of a sentence out of the numbers of its words; `how` as `exercise` takes it."""
    return exercise(tokens, tokens.index(word), [numbers[token] for token in tokens], **how)


def _named(words: Sequence[str], way: Array) -> Numbers:
    return {word: (x, y) for word, (x, y) in zip(words, way.tolist(), strict=True)}


def _ways(asks: int, targets: Array, tells: Array) -> list[Array]:
    """List different ways to round places, of shape (n, 2): the same ones every time."""
    rng = np.random.default_rng(2017)
    ways: dict[bytes, Array] = {}
    order = [place for place in np.argsort(-tells, kind="stable").tolist() if place != asks]
    for asking in ASKING:
        cells = [cell for cell in CELLS if cell != asking and np.dot(cell, asking) <= LARGEST_SCORE]
        for share in np.linspace(0, SPREAD, TRIES):
            way = _round(np.array(cells, dtype=float), order, targets + rng.normal(scale=share, size=targets.shape))
            way[asks] = asking
            ways.setdefault(way.tobytes(), way)
    return list(ways.values())


def _round(cells: Array, order: Sequence[int], places: Array) -> Array:
    """Give each word the nearest whole numbers that are free, the most telling word first."""
    far, way = ((cells[:, None] - places) ** 2).sum(axis=-1), np.zeros_like(places)
    for place in order:
        nearest = int(far[:, place].argmin())
        way[place], far[nearest] = cells[nearest], np.inf
    return way


def _keeps(way: Array, axes: Directions, asks: int) -> bool:
    """Tell whether of any two words that lean differently the same one leans more; the one that asks may be between."""
    lean, real = np.delete(way @ axes.across, asks), np.delete(axes.lean, asks)
    apart = real[:, None] - real > TELLS
    return bool(np.all((lean[:, None] > lean)[apart]))


def _works(word: str, words: Sequence[str], way: Array, sentences: Sequence[Sequence[str]]) -> bool:
    """Tell whether what is found by hand holds, leaves something for each word, and differs between sentences."""
    numbers = _named(words, way)
    found = []
    for tokens in sentences:
        each = of_sentence(word, tokens, numbers)
        if not each.adds_up or not each.holds or (len(tokens) > 1 and each.weights.max() > EVEN):
            return False
        found.append(each.output)
    alike = (tuple(first) for first in map(sorted, sentences))
    different = len(set(alike)) == len(sentences)
    return not different or all(np.abs(one - other).max() >= WAY for one, other in combinations(found, 2))
