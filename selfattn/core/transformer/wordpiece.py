"""From typed text to word pieces, as BERT's uncased models cut it; each piece knows its place in the text.

Devlin et al. (2019), section 3, after Wu et al. (2016), "Google's Neural Machine Translation System", section 4.1.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

CLS, SEP, UNK = "[CLS]", "[SEP]", "[UNK]"  # what a user types never becomes one of these, but for [UNK]
LONGEST = 100  # characters; a longer run of letters is not cut, but unknown
CJK = (
    (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F), (0x2B920, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Run:
    """Letters without a space or a mark between them, or one mark, as BERT reads them.

    Attributes
    ----------
    text : str
        In small letters, without accents.
    places : tuple of int
        For each letter of `text`, which character of the typed text it comes from.
    """

    text: str
    places: tuple[int, ...]

    @property
    def start(self) -> int:
        """Say where it starts in the typed text."""
        return self.places[0]

    @property
    def end(self) -> int:
        """Say where it ends in the typed text."""
        return self.places[-1] + 1


def runs(text: str) -> Iterator[Run]:
    """Cut text at white space and around every mark.

    Examples
    --------
    >>> [run.text for run in runs("The Café's")]
    ['the', 'cafe', "'", 's']
    """
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        folded, parted = fold(character)
        for letter in folded:
            if (parted or letter == " ") and letters:
                yield Run("".join(letters), tuple(places))
                letters, places = [], []
            if letter != " ":
                letters.append(letter)
                places.append(place)
        if parted and letters:
            yield Run("".join(letters), tuple(places))
            letters, places = [], []
    if letters:
        yield Run("".join(letters), tuple(places))


@lru_cache(maxsize=4096)
def fold(character: str) -> tuple[str, bool]:
    """Say what BERT makes of one character, and whether it stands alone.

    Returns
    -------
    letters : str
        In small letters, without accents; a space for white space, nothing for a character that controls.
    parted : bool
        It is a mark, or a sign of Chinese: a token by itself.

    Examples
    --------
    >>> fold("É"), fold("!"), fold("\\t"), fold("\\u200b")
    (('e', False), ('!', True), (' ', False), ('', False))
    """
    category = unicodedata.category(character)
    if character in "\t\n\r" or category.startswith("Z"):
        return " ", False
    if category in ("Cc", "Cf", "Co", "Cs") or character == "\ufffd":
        return "", False
    plain = "".join(c for c in unicodedata.normalize("NFD", character) if unicodedata.category(c) != "Mn").lower()
    return plain, any(map(is_mark, plain)) or any(first <= ord(character) <= last for first, last in CJK)


def is_mark(character: str) -> bool:
    """Tell whether BERT takes a character for punctuation: what Unicode calls so, and all signs of ASCII."""
    return unicodedata.category(character).startswith("P") or character in "$+<=>^`|~"


def cut(run: str, rows: Mapping[str, int]) -> list[tuple[int, int, int]]:
    """Cut a run of letters into the longest pieces that there are, from its start.

    Parameters
    ----------
    run : str
    rows : mapping of str to int
        The vocabulary; a piece that goes on has ``##`` before it.

    Returns
    -------
    list of (row, start, end)
        Of each piece its row, and where in the run it stands; [UNK] alone where the run cannot be cut to its end.

    Examples
    --------
    >>> cut("riverbank", {"[UNK]": 0, "river": 1, "##bank": 2, "##b": 3})
    [(1, 0, 5), (2, 5, 9)]
    """
    whole = [(rows[UNK], 0, len(run))]
    if len(run) > LONGEST:
        return whole
    pieces, start = [], 0
    while start < len(run):
        before = "##" if start else ""
        end = next((end for end in range(len(run), start, -1) if before + run[start:end] in rows), 0)
        if not end:
            return whole
        pieces.append((rows[before + run[start:end]], start, end))
        start = end
    return pieces
