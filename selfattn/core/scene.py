"""What the motion plot shows, as points: poles, words, and where one word goes in each sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from gensim.models import KeyedVectors
from numpy.typing import NDArray

from selfattn.core.attention import AttentionTrace, pulls
from selfattn.core.contextual import COMMON_ROWS, Space
from selfattn.core.projection import PCA, as_they_are, pole_basis, word_basis
from selfattn.core.senses import AmbiguousWord, pole_vectors
from selfattn.core.sentences import Sentence

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Pole:
    """One sense: its name, its known words, and their places, of shape (n_words, 2)."""

    name: str
    words: tuple[str, ...]
    points: Points


@dataclass(frozen=True, slots=True, eq=False)
class Mover:
    """Where the word goes in one sentence: from `static` to `contextual`, both of shape (2,).

    `places`, of shape (n_tokens, 2), are where the `tokens` stand; `steps`, of the same shape, are their pulls,
    ``weights * (places - static)``: added to `static` one after the other they end at `contextual`, since the
    projection is linear.
    """

    role: int
    static: Points
    contextual: Points
    tokens: tuple[str, ...]
    weights: Points
    places: Points
    steps: Points


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """A motion plot.

    `words` are (word, place, roles of its sentences), `explained_variance` is each axis's share of all variance,
    `names` says what the sentences are called. A `plain` one has the two numbers of every vector for its axes: the plot
    is the space.
    """

    word: str
    poles: tuple[Pole, ...]
    words: tuple[tuple[str, Points, tuple[int, ...]], ...]
    static: Points
    movers: tuple[Mover, ...]
    explained_variance: tuple[float, float]
    names: tuple[str, ...] = tuple("ABCDEF")
    plain: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """A sentence in the plot: which one it is (0 is A), its trace, and the row of the chosen word."""

    role: int
    sentence: Sentence
    trace: AttentionTrace
    row: int


def build_scene(
    word: str,
    shown: Sequence[Shown],
    vectors: KeyedVectors,
    space: Space,
    *,
    sense: AmbiguousWord | None = None,
    on_words: bool = False,
) -> Scene:
    """Place everything on two axes.

    Parameters
    ----------
    word : str
        The word that moves.
    shown : sequence of Shown
        At least one.
    vectors : KeyedVectors
    space : Space
        The space of the traces, as ``selfattn.space`` gives it: poles and axes are taken in it, too.
    sense : AmbiguousWord, optional
        Gives the poles.
    on_words : bool
        Fit the axes on the words of the sentences rather than on the poles. Without poles that is all there is;
        vectors of two numbers need no fitting at all.
    """
    poles = {} if sense is None else sense.poles
    places = [space(pole_vectors(words, vectors)) for words in poles.values()]
    rows = np.vstack([sentence.trace.matrix for sentence in shown])
    plain = rows.shape[1] == 2
    reference = pole_basis(*places) if places else None
    if plain:
        axes = as_they_are(rows)
    elif reference is None or on_words:
        distinct = np.unique(rows, axis=0)
        axes = word_basis(distinct, _strongest(vectors) if reference is None else reference.components)
    else:
        axes = reference
    return Scene(
        word=word,
        poles=tuple(
            Pole(name, tuple(known for known in words if known in vectors.key_to_index), axes.transform(where))
            for (name, words), where in zip(poles.items(), places, strict=True)
        ),
        words=_context(word, shown, axes),
        static=axes.transform(shown[0].trace.matrix[shown[0].row]),
        movers=tuple(_mover(sentence, axes) for sentence in shown),
        explained_variance=(float(axes.explained_variance_ratio[0]), float(axes.explained_variance_ratio[1])),
        plain=plain,
    )


def _mover(shown: Shown, axes: PCA) -> Mover:
    static, contextual = axes.transform([shown.trace.matrix[shown.row], shown.trace.output[shown.row]])
    return Mover(
        role=shown.role,
        static=static,
        contextual=contextual,
        tokens=shown.sentence.tokens,
        weights=shown.trace.weights[shown.row],
        places=axes.transform(shown.trace.value),
        steps=pulls(shown.trace, shown.row) @ axes.components.T,  # (n, d) @ (d, 2): no mean, these are differences
    )


def _context(word: str, shown: Sequence[Shown], axes: PCA) -> tuple[tuple[str, Points, tuple[int, ...]], ...]:
    """Gather the other words, each once, the ones with most weight first."""
    seen: dict[str, tuple[float, Points, set[int]]] = {}
    for sentence in shown:
        places, weights = axes.transform(sentence.trace.matrix), sentence.trace.weights[sentence.row]
        for token, place, weight in zip(sentence.sentence.tokens, places, weights, strict=True):
            heaviest, _, roles = seen.get(token, (0.0, place, set()))
            seen[token] = (max(heaviest, float(weight)), place, roles | {sentence.role})
    ordered = sorted((item for item in seen.items() if item[0] != word), key=lambda item: -item[1][0])
    return tuple((token, place, tuple(sorted(roles))) for token, (_, place, roles) in ordered)


_directions: WeakKeyDictionary[Any, Points] = WeakKeyDictionary()


def _strongest(vectors: KeyedVectors) -> Points:
    """Give two directions that depend on no sentence: those in which the frequent words differ most."""
    if vectors not in _directions:
        _directions[vectors] = PCA.fit(vectors.vectors[:COMMON_ROWS]).components
    return _directions[vectors]
