"""Word pieces joined into the words that were typed."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from selfattn.core.transformer.wordpiece import Run, fold

# Marks inside a word: “don’t”, “3.5”. Before 's, 're … a new word begins, as in the tokens of the other lessons.
INSIDE = re.compile(
    r"(?<=[^\W_])(?P<clitic>['’])(?=(?:s|re|ve|ll|d|m)\b)|(?<=[^\W_])['’](?=[^\W_])|(?<=\d)[.,:](?=\d)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it was typed, or a mark, and the tokens that it became.

    Attributes
    ----------
    text : str
    start, end : int
        Where it stands in the text: ``text[start:end]``.
    pieces : range
        The places of its word pieces among the tokens.
    """

    text: str
    start: int
    end: int
    pieces: range


def folded(text: str) -> str:
    """Give text as the tokenizer reads it: small letters, no accents, no spaces.

    >>> folded("Café")
    'cafe'
    """
    return "".join(fold(character)[0] for character in text).replace(" ", "")


def join_words(text: str, runs: Sequence[Run], lengths: Sequence[int]) -> tuple[Word, ...]:
    """Join the tokens of each word.

    Parameters
    ----------
    text : str
        As typed.
    runs : sequence of Run, of length n
        What the tokenizer made of it.
    lengths : sequence of int, of length n
        How many tokens each run became; the first of them has place 1, after [CLS].

    Returns
    -------
    tuple of Word
        Together they have every token but [CLS] and [SEP].
    """
    joints = _joints(text)
    words: list[Word] = []
    place, before = 1, -1
    for run, length in zip(runs, lengths, strict=True):
        end = _after_accents(text, run.end)
        start, first = run.start, place
        if start == before and start in joints:
            start, first = words[-1].start, words.pop().pieces.start
        place, before = place + length, end
        words.append(Word(text[start:end], start, end, range(first, place)))
    return tuple(words)


def _joints(text: str) -> set[int]:
    """Find the places between two runs where a word goes on."""
    joints = set()
    for mark in INSIDE.finditer(text):
        joints |= {mark.end()} if mark["clitic"] else {mark.start(), mark.end()}
    return joints


def _after_accents(text: str, end: int) -> int:
    while end < len(text) and unicodedata.category(text[end]) == "Mn":
        end += 1
    return end
