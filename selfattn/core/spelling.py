"""Known words that are spelled almost like an unknown one."""

from collections.abc import Iterator
from itertools import islice

from gensim.models import KeyedVectors

LETTERS = "abcdefghijklmnopqrstuvwxyz"
LONGEST_SPELLING = 32  # longer than any word one can misspell: the search stays cheap whatever is pasted
SHORTEST_FOR_TWO_EDITS = 5  # two edits turn a word of four letters into any other
SCANNED_WORDS = 20_000  # two edits away, only a common word is a likely meaning


def near_spellings(word: str, vectors: KeyedVectors, count: int = 3) -> tuple[str, ...]:
    """Find the known words that are spelled almost like an unknown one.

    One edit is a letter left out, added, changed, or two neighbours swapped. Fewer edits come first, and
    of equally near words the more frequent. Words two edits away are looked for only when one edit finds
    too few, among the most frequent words with the same first letter.

    Parameters
    ----------
    word : str
        Capitals do not matter. A text without letters, or longer than 32 characters, has no neighbours.
    vectors : gensim.models.KeyedVectors
        Most frequent word first.
    count : int
        How many words at most.

    Returns
    -------
    known : tuple of str
        Never the word itself.

    Examples
    --------
    >>> from selfattn.core.vectors import load_vectors
    >>> near_spellings("recieve", load_vectors(), count=1)
    ('receive',)
    """
    word = word.lower()
    if len(word) > LONGEST_SPELLING or not any(letter.isalpha() for letter in word):
        return ()
    ranks = vectors.key_to_index
    known = sorted({near for near in _one_edit(word) if near in ranks and near != word}, key=ranks.get)
    if len(word) >= SHORTEST_FOR_TWO_EDITS:
        known += islice(_two_edits(word, vectors), max(count - len(known), 0))
    return tuple(known[: max(count, 0)])


def _one_edit(word: str) -> Iterator[str]:
    """Yield every string one edit away (Norvig's spelling corrector); none shorter than two characters."""
    for cut in range(len(word) + 1):
        left, right = word[:cut], word[cut:]
        yield from (left + letter + right for letter in LETTERS)
        if right and len(word) > 2:
            yield left + right[1:]
        if right and len(word) > 1:
            yield from (left + letter + right[1:] for letter in LETTERS)
            yield left + right[1:2] + right[:1] + right[2:]


def _two_edits(word: str, vectors: KeyedVectors) -> Iterator[str]:
    """Yield the frequent words exactly two edits away that start alike, most frequent first."""
    letters, first = set(word), word[0]
    lengths = range(len(word) - 2, len(word) + 3)
    alike = (
        other
        for other in islice(vectors.index_to_key, SCANNED_WORDS)
        if other[0] == first and len(other) in lengths and len(letters.symmetric_difference(other)) <= 4
    )
    yield from (other for other in alike if _edits(word, other, limit=2) == 2)


def _edits(word: str, other: str, *, limit: int) -> int:
    """Count the fewest edits between two strings; any number above the limit means too many."""
    if word == other:
        return 0
    if not limit or abs(len(word) - len(other)) > limit:
        return limit + 1
    while word and other and word[0] == other[0]:
        word, other = word[1:], other[1:]
    ways = [(word[1:], other), (word, other[1:]), (word[1:], other[1:])]
    if word[:2] == other[1::-1]:
        ways.append((word[2:], other[2:]))
    return 1 + min(_edits(*way, limit=limit - 1) for way in ways)
