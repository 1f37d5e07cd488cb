"""Known words that are spelled almost like an unknown one."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, islice
from threading import Lock
from weakref import WeakKeyDictionary

from gensim.models import KeyedVectors

from selfattn.core.kept import kept
from selfattn.core.tokens import canonical

LONGEST_SPELLING = 32  # longer than any word one can misspell: the search stays cheap whatever is pasted
SHORTEST_FOR_TWO_EDITS = 5  # two edits turn a word of four letters into any other
SCANNED_WORDS = 20_000  # two edits away, only a common word is a likely meaning
BARED_WORDS = 200_000  # frequent enough to be meant
KEPT = 1024  # words whose near spellings are kept for a set
MOST_LETTERS = 80  # of one script: more have only those whose signs are words, where no letter is mistyped
VIRAMA = 9  # the class of a mark that joins two letters: without it, another word is meant
# Letters that differ from others by a mark, though Unicode does not say so; the Arabic ones are often written so.
PLAIN = str.maketrans("ıøłđħŧæœßىةٱک", "ioldhtaosيهاك", "\u0640")  # and the stretch of Arabic letters


class Spellings:
    """The letters that the frequent words of a set have, and the words whose letters have marks, or are capitals.

    Attributes
    ----------
    bare : dict of str to list of str
        By what is left without them: words, the most frequent first.
    letters : dict of str to str
        By the name of a script.
    """

    def __init__(self, words: list[str]) -> None:
        self.count = len(words)
        self.bare: dict[str, list[str]] = {}
        for word in islice(words, BARED_WORDS):
            if not (word.isascii() and word.islower()) and (plain := bared(word)) != word:
                self.bare.setdefault(plain, []).append(word)
        letters: dict[str, dict[str, None]] = {}
        for letter in dict.fromkeys(chain.from_iterable(islice(words, SCANNED_WORDS))):
            if letter.isalpha():
                letters.setdefault(_script(letter), {})[letter.lower()[:1]] = None
        self.letters = {script: "".join(sorted(islice(found, MOST_LETTERS))) for script, found in letters.items()}


_spellings: WeakKeyDictionary[KeyedVectors, Spellings] = WeakKeyDictionary()
_lock = Lock()


def near_spellings(word: str, vectors: KeyedVectors, count: int = 3) -> tuple[str, ...]:
    """Find the known words that are spelled almost like an unknown one.

    Words that differ in the marks of their letters only come first: accents, Arabic and Hebrew vowel points. Then those
    one edit away: a letter left out, added, changed, or two neighbours swapped. Of equally near words the more
    frequent comes first. Words two edits away are looked for only when one edit finds too few, among the most frequent
    words with the same first letter.

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
    word = canonical(word).lower()
    if len(word) > LONGEST_SPELLING or not any(letter.isalpha() for letter in word):
        return ()
    return _near(vectors, word, count, len(vectors.index_to_key))


@kept(KEPT)
def _near(vectors: KeyedVectors, word: str, count: int, _: int) -> tuple[str, ...]:
    """Do as `near_spellings`, for a set of so many words: an unknown word stays while others are typed."""
    ranks, spellings, plain = vectors.key_to_index, _spellings_of(vectors), bared(word)

    def known(forms: Iterator[str] | tuple[str, ...]) -> list[str]:
        """Find the words that are one of these, or that are without their marks, most frequent first."""
        found = {near for form in forms for near in (form, *spellings.bare.get(form, ())) if near in ranks}
        return sorted(found, key=ranks.__getitem__)

    alphabet = "".join(spellings.letters.get(script, "") for script in {_script(c) for c in plain if c.isalpha()})
    near = dict.fromkeys(known((word, plain)) + known(chain(_one_edit(word, alphabet), _one_edit(plain, alphabet))))
    near.pop(word, None)
    if len(near) < count and len(word) >= SHORTEST_FOR_TWO_EDITS:
        near |= dict.fromkeys(islice(_two_edits(plain, vectors), count))
        near.pop(word, None)
    return tuple(near)[: max(count, 0)]


def bared(word: str) -> str:
    """Leave out the marks of letters, and capitals: what people type who lack the key.

    >>> bared("München"), bared("Élève"), bared("أموال")
    ('munchen', 'eleve', 'اموال')
    """
    letters = unicodedata.normalize("NFD", word.casefold())
    plain = "".join(letter for letter in letters if unicodedata.combining(letter) in (0, VIRAMA))
    return unicodedata.normalize("NFC", plain.translate(PLAIN))


def _spellings_of(vectors: KeyedVectors) -> Spellings:
    with _lock:
        found = _spellings.get(vectors)
        if found is None or found.count != len(vectors.index_to_key):  # gensim lets words be added to a set
            found = _spellings[vectors] = Spellings(vectors.index_to_key)
        return found


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    return re.split("[ -]", unicodedata.name(letter, ""), maxsplit=1)[0]


def _one_edit(word: str, letters: str) -> Iterator[str]:
    """Yield every string one edit away (Norvig's spelling corrector); none shorter than two characters."""
    for cut in range(len(word) + 1):
        left, right = word[:cut], word[cut:]
        yield from (left + letter + right for letter in letters)
        if right and len(word) > 2:
            yield left + right[1:]
        if right and len(word) > 1:
            yield from (left + letter + right[1:] for letter in letters)
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
