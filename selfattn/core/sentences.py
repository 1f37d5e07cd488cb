"""From typed text to a matrix of static vectors, with every token's place kept."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate, islice
from types import MappingProxyType

import numpy as np
from gensim.models import KeyedVectors
from numpy.typing import NDArray

from selfattn.core.lookup import lookup_among, vocabulary
from selfattn.core.spelling import near_spellings
from selfattn.core.tokens import Token, is_wordlike, pieces, runs_on
from selfattn.core.wording import LONGEST, shortened

MAX_TOKENS = 512
SPELLINGS_FOR = 5  # words that get near spellings: one costs milliseconds


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """A sentence as it was typed, and the part of it that is computed.

    Attributes
    ----------
    text : str
        As typed.
    pieces : tuple of Token
        Every token in order: known, unknown and punctuation.
    rows : tuple of (int or None)
        For each piece its row in `matrix`; None where it is left out of the arithmetic.
    tokens : tuple of str
        The tokens that are computed, one a row of `matrix`.
    unknown : tuple of str
        Tokens that the vocabulary does not have, in order, each once.
    spellings : mapping of str to tuple of str
        Near spellings that exist, for the first few of `unknown`.
    matrix : ndarray of shape (n_tokens, d), float32, read-only
        The static vectors.
    cut : int
        How many known tokens stood beyond the limit and were not computed.
    """

    text: str
    pieces: tuple[Token, ...]
    rows: tuple[int | None, ...]
    tokens: tuple[str, ...]
    unknown: tuple[str, ...]
    matrix: NDArray[np.float32]
    spellings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    cut: int = 0

    def __len__(self) -> int:
        return len(self.tokens)

    def index(self, word: str) -> int:
        """Find the row of a word's first occurrence.

        Raises
        ------
        ValueError
            The word is not among the computed tokens; the message lists them.
        """
        if (known := lookup_among(word.strip(), dict.fromkeys(self.tokens, 0))) is not None:
            return self.tokens.index(known)
        raise ValueError(f"“{word}” is not in this sentence, which has: {', '.join(self.tokens) or 'nothing'}")

    def respelled(self, word: str, by: str) -> str:
        """Give the text with another word in every place of this one; all else stays as it was typed."""
        text = self.text
        for piece in reversed(self.pieces):
            if piece.text == word:
                text = text[: piece.start] + by + text[piece.end :]
        return text


class TextError(ValueError):
    """The text has nothing to compute with; the message says why, `sentence` holds what was found."""

    def __init__(self, message: str, sentence: Sentence) -> None:
        super().__init__(message)
        self.sentence = sentence


class NoSpacesError(TextError):
    """The text is in a script that puts no space between words, and no word of the set was found in it."""


def embed(text: str | list[str] | tuple[str, ...], vectors: KeyedVectors, *, drop_punctuation: bool = True) -> Sentence:
    """Split text and look every token up: the first step of self-attention.

    Parameters
    ----------
    text : str, or list of str
        A sentence; or tokens, which are looked up as they are.
    vectors : KeyedVectors
    drop_punctuation : bool
        Leave punctuation and symbols out of the arithmetic; they stay among the pieces.

    Returns
    -------
    Sentence
        Of at most 512 computed tokens; `cut` says how many more there were.

    Raises
    ------
    TextError
        A ValueError: the text is empty, or no token of it is in the vocabulary.
    TypeError
        The text is neither a string nor a list of strings.
    """
    known = vectors.key_to_index
    typed = list(_pieces(text, vectors))
    counts = [piece.text in known and (piece.is_word or not drop_punctuation) for piece in typed]
    *before, total = accumulate(counts, initial=0)  # how many are computed before each piece
    pieces = typed[: sum(place < MAX_TOKENS for place in before)]
    rows = tuple(place if computed else None for _, place, computed in zip(pieces, before, counts, strict=False))
    tokens = tuple(piece.text for piece, row in zip(pieces, rows, strict=True) if row is not None)
    unknown = tuple(dict.fromkeys(piece.text for piece in pieces if piece.text not in known))
    matrix = vectors.vectors[[known[token] for token in tokens]].astype(np.float32)
    matrix.setflags(write=False)
    words = [word for word in unknown if any(character.isalnum() for character in word)]
    sentence = Sentence(
        text=text if isinstance(text, str) else " ".join(text),
        pieces=tuple(pieces),
        rows=rows,
        tokens=tokens,
        unknown=unknown,
        matrix=matrix,
        spellings=MappingProxyType({word: near_spellings(word, vectors) for word in words[:SPELLINGS_FOR]}),
        cut=total - len(tokens),
    )
    if not tokens:
        raise _nothing_to_compute(sentence, known)
    return sentence


def _pieces(text: str | list[str] | tuple[str, ...], vectors: KeyedVectors) -> Iterator[Token]:
    if isinstance(text, str):
        return pieces(text, vocabulary(vectors))
    if isinstance(text, list | tuple) and all(isinstance(token, str) for token in text):
        starts = accumulate((len(token) + 1 for token in text), initial=0)
        return (Token(token, start, start + len(token), True) for token, start in zip(text, starts, strict=False))
    raise TypeError(f"text must be a string or a list of tokens, got {type(text).__name__}")


def _nothing_to_compute(sentence: Sentence, known: Mapping[str, int]) -> TextError:
    if not any(piece.text.strip() for piece in sentence.pieces):
        return TextError("There is no text yet: type a sentence such as “Money bank grows”.", sentence)
    if not sentence.unknown:
        only = "There is only punctuation here: type at least one word, or let punctuation count."
        return TextError(only, sentence)
    near = next((near[0] for near in sentence.spellings.values() if near), None)
    if not near and (run := next(filter(runs_on, sentence.unknown), None)):
        return NoSpacesError(
            f"“{shortened(run, LONGEST)}” is not in the vocabulary, whose words are parted by spaces: put spaces "
            "between your words, or bring a set for their language on the page Word vectors.",
            sentence,
        )
    named = [[shortened(word, LONGEST) for word in words] for words in (sentence.unknown[:5], _typical(known))]
    shown, some = (", ".join(f"“{word}”" for word in words) for words in named)
    hint = f"Did you mean “{near}”?" if near else f"It has words such as {some}: try other words."
    return TextError(f"None of these words is in the vocabulary: {shown}. {hint}", sentence)


def _typical(known: Mapping[str, int]) -> list[str]:
    """Name three words of a vocabulary: those of the lesson where it has them, else frequent ones that are words."""
    lesson = [word for word in ("money", "river", "bank") if word in known]
    words = (word for word in islice(known, 2000) if len(word) > 2 and is_wordlike(word))
    return lesson if len(lesson) == 3 else list(islice(words, 3)) or list(islice(known, 3))
