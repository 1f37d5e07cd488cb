"""Find typed words in a set however they are written: other letter forms, capitals, apostrophes, _ for a space."""

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache, partial
from threading import Lock
from weakref import WeakKeyDictionary

from gensim.models import KeyedVectors

from selfattn.core.tokens import HAS_SIGNS, Vocabulary, canonical, spelling

DOTLESS = str.maketrans("Iİ", "ıi")  # how Turkish and Azerbaijani write I and İ small, and i large
DOTTED = str.maketrans("i", "İ")
BEGINS = "▁Ġ"  # marks of sentencepiece and of GPT-2 for where a word begins
INVISIBLE = 4  # letters more that may be typed for the same word: spaces, marks that are not shown


class Index:
    """What is known of a set's spellings beside its dictionary; it goes when the set goes.

    Attributes
    ----------
    composed : dict of str to str
        The words that are not in their canonical form, by this form.
    reach, across : dict of str to int
        By the first letter, how long words are that have more than letters in them, and words with spaces inside.
    """

    def __init__(self) -> None:
        self.composed: dict[str, str] = {}
        self.reach: dict[str, int] = {}
        self.across: dict[str, int] = {}
        self._seen = 0

    def follow(self, words: list[str]) -> None:
        """Take up the words that the set has now and had not before."""
        for word in words[self._seen :]:
            signs = not word.isascii() and HAS_SIGNS.search(word)
            usual = word.isalnum() and (word.isascii() or (unicodedata.is_normalized("NFC", word) and "ʼ" not in word))
            if signs or not usual:
                self._add(word, signs=bool(signs))
        self._seen = len(words)

    def _add(self, word: str, *, signs: bool) -> None:
        if (form := canonical(word)) != word:
            self.composed.setdefault(form, word)
        if form and (signs or not form.isalpha()):
            letter = initial(form[0])
            length = INVISIBLE + len(form if form.isascii() else unicodedata.normalize("NFD", form))
            for lengths in [self.reach, self.across] if " " in form else [self.reach]:
                lengths[letter] = max(length, lengths.get(letter, 0))


_indexes: WeakKeyDictionary[KeyedVectors, Index] = WeakKeyDictionary()
_lock = Lock()


def lookup(typed: str, vectors: KeyedVectors) -> str | None:
    """Find a typed word as a set spells it; None if it has no such word.

    The word as it was typed comes first, however its letters are composed and its apostrophe is bent; then in lower
    case, also by the rule of Turkish (of both, the more frequent word); then with capitals; each also with _ for a
    space, and the other way round.

    Examples
    --------
    >>> import numpy as np
    >>> from selfattn.core.vectors import keyed_vectors
    >>> words = keyed_vectors(["Bank", "New_York", "don’t", "ırmak"], np.eye(4))
    >>> [lookup(typed, words) for typed in ("BANK", "new york", "Don't", "Irmak", "river")]
    ['Bank', 'New_York', 'don’t', 'ırmak', None]
    """
    known = vectors.key_to_index
    if typed in known and typed.isascii() and typed.isalnum():
        return typed
    return _found(typed, known, index_of(vectors).composed)


def lookup_among(typed: str, words: Mapping[str, int]) -> str | None:
    """Find a typed word among a few: what `lookup` does in a set."""
    return _found(typed, words, {canonical(word): word for word in reversed(list(words))})


def vocabulary(vectors: KeyedVectors) -> Vocabulary:
    """Say how a text is to be split for a set."""
    index = index_of(vectors)
    across = (lambda letter: index.across.get(initial(letter), 0)) if index.across else (lambda _: 0)
    find = cache(partial(_found, known=vectors.key_to_index, composed=index.composed))  # of this text
    return Vocabulary(find, lambda letter: index.reach.get(initial(letter), 0), across)


def index_of(vectors: KeyedVectors) -> Index:
    """Give the index of a set, made on the first call, and kept as long as the set."""
    with _lock:
        if (index := _indexes.get(vectors)) is None:
            index = _indexes[vectors] = Index()
        index.follow(vectors.index_to_key)
        return index


@lru_cache(maxsize=4096)
def initial(letter: str) -> str:
    """Fold the first letter of a word, so that all spellings of the word have it in common."""
    return unicodedata.normalize("NFD", canonical(letter)[:1])[:1].lower()[:1].replace("ı", "i")


def turkish(typed: str) -> str:
    """Write a text in lower case as Turkish and Azerbaijani do.

    >>> turkish("IRMAK İzmir")
    'ırmak izmir'
    """
    return typed.translate(DOTLESS).lower()


def _found(typed: str, known: Mapping[str, int], composed: Mapping[str, str]) -> str | None:
    form = canonical(typed)

    def find(form: str) -> str | None:
        return form if form in known else composed.get(form)

    if not form or (word := find(form)) is not None:
        return word if form else find(typed)
    lower, dotless = spelling(form), turkish(form)
    if form == lower == form.upper():  # signs without capitals
        return None
    small = [word for each in {lower, dotless} if (word := find(each)) is not None]
    if small:
        return min(small, key=known.__getitem__)
    forms = [form, lower, dotless] if dotless != lower else [form, lower]
    return next((word for each in _written(forms) if (word := find(each)) is not None), None)


def _written(forms: list[str]) -> Iterator[str]:
    """Give other ways to write a word, likely ones first."""
    ways: list[Callable[[str], str]] = [str.capitalize, str.upper, str.title]
    for form in list(forms):
        capital = form[:1].translate(DOTTED) + form[1:]
        forms += [way(form) for way in ways] + ([capital, form.translate(DOTTED).upper()] if "i" in form else [])
    yield from forms[1:]
    yield from ("_".join((word, tag.upper())) for word, mark, tag in (form.rpartition("_") for form in forms) if mark)
    for old, new in ((" ", "_"), ("_", " ")):
        yield from (form.replace(old, new) for form in forms if old in form)
    yield from (mark + form for mark in BEGINS for form in forms)
