"""All ways from a word to a vector of it that this app has, on the same line between its two senses."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from gensim.models import KeyedVectors
from numpy.typing import NDArray

from selfattn.core.contextual import attend_sentence, space_of
from selfattn.core.kept import kept
from selfattn.core.labelled import Labelled, words_of
from selfattn.core.lean import NOTICED, Lean, line_between
from selfattn.core.multihead import attend_heads, heads_of
from selfattn.core.presets import PRESET_TITLES, PRESETS
from selfattn.core.rates import Landing
from selfattn.core.senses import SENSES, AmbiguousWord, known_sense
from selfattn.core.sentences import Sentence
from selfattn.core.space import Space, common_mean, space
from selfattn.core.transformer import Encoded, Transformer
from selfattn.core.transformer.meanings import meanings_of

Array = NDArray[np.float64]
FILE = Path(__file__).parents[1] / "data" / "rates.toml"
STATIC, HEADS, TRANSFORMER = "static", "heads", "transformer"
BY_PRESET = ("balanced", "sharper", "trained")
TITLES: Mapping[str, str] = MappingProxyType(
    {STATIC: "Static", **{name: PRESET_TITLES[name] for name in BY_PRESET}, HEADS: "Four heads"}
    | {TRANSFORMER: "This transformer"}
)
SMALL, LARGE = "trained", TRANSFORMER  # what is compared in words


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """What one way makes of a word in one sentence.

    Attributes
    ----------
    vector : ndarray of shape (d,)
        Less what the vectors of all words have in common: the mean of the frequent words, or of many hidden states.
    lean : Lean or None
        Where the word was and is: −1 is the pole of the first sense and 1 that of the second, of the transformer the
        means of its example sentences; None for a word without two senses.
    from_static : bool
        Whether the static vector has a place of its own on that line: in the transformer's last layer it has none.
    """

    vector: Array
    lean: Lean | None = None
    from_static: bool = True


def standings(sentence: Sentence, word: str, vectors: KeyedVectors) -> dict[str, Standing]:
    """Take every way that starts from static vectors: the word's first place in a sentence.

    Parameters
    ----------
    sentence : Sentence
    word : str
    vectors : KeyedVectors

    Raises
    ------
    ValueError
        The sentence has not the word.
    """
    row, sense = sentence.index(word), known_sense(word.lower(), vectors)
    outputs: dict[str, tuple[Space, NDArray[Any]]] = {
        STATIC: (space_of(vectors, PRESETS[BY_PRESET[0]]), sentence.matrix)
    }
    for name in BY_PRESET:
        outputs[name] = space_of(vectors, PRESETS[name]), attend_sentence(sentence, vectors, PRESETS[name]).output
    outputs[HEADS] = _of_heads(vectors), attend_heads(sentence, vectors, heads_of(vectors)).output
    return {
        name: _standing(output[row], sentence.matrix[row], place, vectors, sense)
        for name, (place, output) in outputs.items()
    }


def transformed(transformer: Transformer, encoded: Encoded, word: str) -> Standing:
    """Take the transformer's way: the word's first place in a text, in its last layer.

    Raises
    ------
    ValueError
        The text has not the word.
    """
    states, meanings = encoded.state(encoded.index(word)), meanings_of(transformer, word.lower())
    vector = (states[-1] - transformer.means[-1]).astype(np.float64)
    return Standing(vector, meanings.way(states).lean if meanings else None, from_static=False)


@kept(1)
def _of_heads(vectors: KeyedVectors) -> Space:
    return space(vectors, value=heads_of(vectors).whole)


def _standing(
    output: Array, static: Array, place: Space, vectors: KeyedVectors, sense: AmbiguousWord | None
) -> Standing:
    vector = np.asarray(output, dtype=np.float64) - place(common_mean(vectors)[None])[0]
    if sense is None or (line := line_between(sense, vectors, place)) is None:
        return Standing(vector)
    before, after = (float(line(end)) / line.unit for end in (place(static[None])[0], output))
    return Standing(vector, Lean(before, after, line.senses, NOTICED))


def apart(examples: Sequence[Labelled]) -> list[Labelled]:
    """Leave out the example sentences of `SENSES`: the ends of the transformer's lines are made of them."""
    return [example for example in examples if (example.word, words_of(example.text)) not in _ends()]


@cache
def _ends() -> frozenset[tuple[str, str]]:
    every = ((word, text) for word, sense in SENSES.items() for texts in sense.examples.values() for text in texts)
    return frozenset((word, words_of(text)) for word, text in every)


def landings(
    pairs: Sequence[tuple[Labelled, Sentence]], vectors: KeyedVectors, transformer: Transformer | None = None
) -> dict[str, list[Landing]]:
    """Say where the words of labelled sentences end, by every way; the transformer's only where it is given."""
    found: dict[str, list[Landing]] = {}
    for example, sentence in pairs:
        every = standings(sentence, example.word, vectors)
        if transformer:
            every[TRANSFORMER] = transformed(transformer, transformer(example.text), example.word)
        for name, standing in every.items():
            if lean := standing.lean:
                margin = lean.after if example.sense == lean.senses[1] else -lean.after
                found.setdefault(name, []).append(Landing(example, margin))
    return found


@dataclass(frozen=True, slots=True)
class Group:
    """How one way does on a group of sentences: the share on the right side, mean over senses and words; the count."""

    share: float
    right: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured of one way.

    Attributes
    ----------
    held_out, other_words : Group
    parameters : int
        Learned numbers, besides the word vectors.
    vectors : int
        Numbers of the word vectors, or of the embeddings of word pieces.
    milliseconds : float
        Of processor time for a sentence: of the machine that measured.
    times : float
        The same, in those of Balanced.
    memory, disk : float
        Megabytes of arrays, and of files.
    """

    held_out: Group
    other_words: Group
    parameters: int
    vectors: int
    milliseconds: float
    times: float
    memory: float
    disk: float


@dataclass(frozen=True, slots=True)
class Measured:
    """What `python -m tools.measure_rates` wrote.

    Attributes
    ----------
    sentences : mapping of str to int
        How many were "held_out", of "other_words", and "left_out" as examples of `SENSES`.
    only : mapping of str to int
        Of all of them: which only the one head gets right ("small"), only the transformer ("large"), and neither.
    by_word : mapping of str to int
        How many sentences of each word the transformer gets right.
    methods : mapping of str to Figures
    """

    sentences: Mapping[str, int]
    only: Mapping[str, int]
    by_word: Mapping[str, int]
    methods: Mapping[str, Figures]


@cache
def measured() -> Measured:
    """Read it."""
    content = tomllib.loads(FILE.read_text(encoding="utf-8"))
    groups = ("held_out", "other_words")
    methods = {
        name: Figures(**row | {group: Group(**row[group]) for group in groups})
        for name, row in content["methods"].items()
    }
    return Measured(content["sentences"], content["only"], content["by_word"], methods)
