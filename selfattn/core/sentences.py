"""From typed text to a matrix of static vectors, with every token's place kept."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import accumulate, islice
from types import MappingProxyType

import numpy as np
from gensim.models import KeyedVectors
from numpy.typing import NDArray

from selfattn.core.spelling import near_spellings
from selfattn.core.tokens import Token, spelling, split

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
        for wanted in (word, spelling(word.strip())):
            if wanted in self.tokens:
                return self.tokens.index(wanted)
        if known := as_known(spelling(word.strip()), word, dict.fromkeys(self.tokens, 0)):
            return self.tokens.index(known)
        raise ValueError(f"“{word}” is not in this sentence, which has: {', '.join(self.tokens) or 'nothing'}")


class TextError(ValueError):
    """The text has nothing to compute with; the message says why, `sentence` holds what was found."""

    def __init__(self, message: str, sentence: Sentence) -> None:
        super().__init__(message)
        self.sentence = sentence


def as_known(spelled: str, typed: str, known: Mapping[str, int]) -> str | None:
    """Find how a vocabulary spells a word: in lower case, as typed, with a capital, or in capitals; None if not at all.

    >>> as_known("bank", "BANK", {"Bank": 0})
    'Bank'
    """
    forms = (spelled, typed, spelled.capitalize(), spelled.upper())
    return next((form for form in forms if form in known), None)


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
    typed = list(_pieces(text, known))
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
        raise TextError(_nothing_to_compute(sentence, known), sentence)
    return sentence


def _pieces(text: str | list[str] | tuple[str, ...], known: Mapping[str, int]) -> Iterator[Token]:
    if isinstance(text, str):
        return (
            _respelled(piece, text, known)
            for piece in split(text, lambda word: as_known(word, word, known) is not None)
        )
    if isinstance(text, list | tuple) and all(isinstance(token, str) for token in text):
        starts = accumulate((len(token) + 1 for token in text), initial=0)
        return (Token(token, start, start + len(token), True) for token, start in zip(text, starts, strict=False))
    raise TypeError(f"text must be a string or a list of tokens, got {type(text).__name__}")


def _respelled(piece: Token, text: str, known: Mapping[str, int]) -> Token:
    """Take the spelling that the vocabulary has: a set may have its words with capitals."""
    if piece.text in known:
        return piece
    typed = unicodedata.normalize("NFC", text[piece.start : piece.end])
    return replace(piece, text=as_known(piece.text, typed, known) or piece.text)


def _nothing_to_compute(sentence: Sentence, known: Mapping[str, int]) -> str:
    if not any(piece.text.strip() for piece in sentence.pieces):
        return "There is no text yet: type a sentence such as “Money bank grows”."
    if not sentence.unknown:
        return "There is only punctuation here: type at least one word, or let punctuation count."
    near = next((near[0] for near in sentence.spellings.values() if near), None)
    shown, some = (", ".join(f"“{word}”" for word in words) for words in (sentence.unknown[:5], _typical(known)))
    hint = f"Did you mean “{near}”?" if near else f"It has words such as {some}: try other words."
    return f"None of these words is in the vocabulary: {shown}. {hint}"


def _typical(known: Mapping[str, int]) -> list[str]:
    """Name three words of a vocabulary: those of the lesson where it has them, else frequent ones that are words."""
    lesson = [word for word in ("money", "river", "bank") if word in known]
    words = (word for word in islice(known, 2000) if len(word) > 2 and word.isalpha())
    return lesson if len(lesson) == 3 else list(islice(words, 3)) or list(islice(known, 3))
