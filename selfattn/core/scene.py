"""What the motion plot shows, as points: poles, words, and where one word goes in each sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from gensim.models import KeyedVectors
from numpy.typing import NDArray

from selfattn.core.attention import AttentionTrace, pulls
from selfattn.core.kept import kept
from selfattn.core.lean import Lean, Line, line_between, line_of
from selfattn.core.projection import PCA, as_they_are, line_basis, word_basis
from selfattn.core.senses import KEPT, SENSES, AmbiguousWord, Poles, pole_vectors
from selfattn.core.sentences import Sentence
from selfattn.core.space import Space

Points = NDArray[np.float64]
FREQUENT = 2_000  # words that say which directions there are at all


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
    projection is linear. `lean` says the same of axis 1 in words; None where there is no line between two senses.
    """

    role: int
    static: Points
    contextual: Points
    tokens: tuple[str, ...]
    weights: Points
    places: Points
    steps: Points
    lean: Lean | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """A motion plot: where there is a `line` between two senses, places on axis 1 are places on the line.

    `words` are (word, place, roles of its sentences), `explained_variance` is each axis's share of all variance,
    `names` says what the sentences are called. A `plain` one has the two numbers of every vector for its axes: the plot
    is the space. `start` says what `static` is, where it is not the static vector of the word; steps are then what is
    added, no matter by which weight.
    """

    word: str
    poles: tuple[Pole, ...]
    words: tuple[tuple[str, Points, tuple[int, ...]], ...]
    static: Points
    movers: tuple[Mover, ...]
    explained_variance: tuple[float, float]
    names: tuple[str, ...] = tuple("ABCDEF")
    plain: bool = False
    line: Line | None = None
    start: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What a plot stands on: its axes, and on them the poles and the line between them, where there are any."""

    axes: PCA
    poles: tuple[Pole, ...]
    line: Line | None
    plain: bool

    @property
    def explained_variance(self) -> tuple[float, float]:
        """Give each axis's share of all variance."""
        first, second = self.axes.explained_variance_ratio
        return float(first), float(second)


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
    as_line: bool = False,
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
        Fit the second axis on the words of the sentences rather than on the poles.
    as_line : bool
        Put the line on axis 1 even where vectors have two numbers, which are otherwise shown as they are.

    Notes
    -----
    Axis 1 is the line between the senses, axis 2 the strongest direction of the rest. Of a word that nobody gave poles
    to it is that of the frequent words: so no edit of a sentence turns or mirrors it. Without a line, both axes are
    those in which the sentences' words differ most. Vectors of two numbers are shown as they are.
    """
    rows = np.vstack([sentence.trace.matrix for sentence in shown])
    stage = ground(word, rows, vectors, space, sense=sense, on_words=on_words, as_line=as_line)
    return Scene(
        word=word,
        poles=stage.poles,
        words=_context(word, shown, stage.axes),
        static=stage.axes.transform(shown[0].trace.matrix[shown[0].row]),
        movers=tuple(_mover(sentence, stage.axes, stage.line) for sentence in shown),
        explained_variance=stage.explained_variance,
        plain=stage.plain,
        line=stage.line,
    )


def ground(
    word: str,
    rows: Points,
    vectors: KeyedVectors,
    space: Space,
    *,
    sense: AmbiguousWord | None = None,
    on_words: bool = False,
    as_line: bool = False,
) -> Ground:
    """Choose the axes of a plot, as `build_scene` does, and place the poles on them.

    Parameters
    ----------
    word : str
    rows : ndarray of shape (n, d)
        The vectors of the sentences' words, in the space.
    vectors, space, sense, on_words, as_line
        As `build_scene` takes them.
    """
    poles = {} if sense is None else sense.poles
    places = _places(vectors, space, sense.key) if sense else []
    plain = rows.shape[1] == 2 and not as_line
    line = line_between(sense, vectors, space) if sense else None
    if plain:
        axes = as_they_are(rows)
    elif line is None:
        axes = word_basis(np.unique(rows, axis=0), _strongest(vectors, space))
    elif on_words or word not in SENSES or sense is None:
        distinct = np.unique(rows if on_words else np.vstack([*places, rows]), axis=0)
        axes = _steady(line, distinct, _strongest(vectors, space), fitted=on_words)
    else:
        axes = _pole_axes(vectors, space, sense.key)
    known = vectors.key_to_index
    named = tuple(
        Pole(name, tuple(word for word in words if word in known), axes.transform(where))
        for (name, words), where in zip(poles.items(), places, strict=True)
    )
    return Ground(axes, named, line, plain)


@kept(KEPT)
def _places(vectors: KeyedVectors, space: Space, poles: Poles) -> list[Points]:
    """Look the words of each pole up: (n_words, d)."""
    return [space(pole_vectors(words, vectors)) for _, words in poles]


@kept(KEPT)
def _pole_axes(vectors: KeyedVectors, space: Space, poles: Poles) -> PCA:
    """Put the line between two poles on axis 1, and on axis 2 how their words differ besides."""
    line = line_of(vectors, space, poles)
    assert line is not None
    return line_basis(line.direction, line.middle, np.vstack(_places(vectors, space, poles)))


def _steady(line: Line, rows: Points, reference: Points, *, fitted: bool) -> PCA:
    """Put the line on axis 1, and on axis 2 what does not turn round while a sentence is edited.

    Parameters
    ----------
    line : Line
    rows : ndarray of shape (n, d)
        What is shown.
    reference : ndarray of shape (2, d)
        Two directions that depend on no sentence.
    fitted : bool
        Fit axis 2 on the rows; without it, it is the first reference direction, as far as it goes across the line.
    """
    across = line_basis(line.direction, line.middle, np.vstack([reference[0], -reference[0]])).components[1]
    across = across if across @ reference[0] >= 0 else -across
    if fitted:
        own = line_basis(line.direction, line.middle, rows).components[1]
        across = own if own @ across >= 0 else -own
    return PCA.along(np.array([line.direction, across]), rows, line.middle)


def _mover(shown: Shown, axes: PCA, line: Line | None) -> Mover:
    before, after = shown.trace.matrix[shown.row], shown.trace.output[shown.row]
    static, contextual = axes.transform([before, after])
    return Mover(
        role=shown.role,
        static=static,
        contextual=contextual,
        tokens=shown.sentence.tokens,
        weights=shown.trace.weights[shown.row],
        places=axes.transform(shown.trace.value),
        steps=pulls(shown.trace, shown.row) @ axes.components.T,  # (n, d) @ (d, 2): no mean, these are differences
        lean=line.lean(before, after) if line else None,
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


@kept(8)
def _strongest(vectors: KeyedVectors, space: Space) -> Points:
    """Give two directions that depend on no sentence: those in which the frequent words differ most in this space."""
    return PCA.fit(space(vectors.vectors[:FREQUENT])).components
