"""What a set is asked as long as nobody asks anything else: the words of the lesson, else others that the set has."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from selfattn.core.kept import kept
from selfattn.core.tokens import is_wordlike
from selfattn.core.wording import LONGEST, shortened
from selfattn.sets.explore import given, neighbours

SCANNED = 2000  # of the most frequent words, in which words with letters are looked for
SHORTEST = 3  # letters of a word that says something
ALONG = 20  # words on a line: more hang over one another
NEAR_AN_END = 5  # of them, from each end, where too few others are known
FEW = 6  # words on a line, below which its ends lend their neighbours


class Sum(NamedTuple):
    """An analogy: what is added, and what is taken away."""

    plus: tuple[str, ...]
    minus: tuple[str, ...]

    @property
    def written(self) -> str:
        """Write it as it is usually said, long words shortened.

        >>> ANALOGIES[0].written
        'king − man + woman'
        """
        plus, minus = ([shortened(word, LONGEST) for word in words] for words in self)
        return " ".join([*plus[:1], *(f"− {word}" for word in minus), *(f"+ {word}" for word in plus[1:])])


ANALOGIES = (
    Sum(("king", "woman"), ("man",)),
    Sum(("paris", "germany"), ("france",)),
    Sum(("niece", "brother"), ("sister",)),
    Sum(("walking", "swam"), ("walked",)),
    Sum(("bigger", "small"), ("big",)),
)
ODD = (
    ("loan", "money", "creek", "credit"),
    ("breakfast", "cereal", "dinner", "lunch"),
    ("monday", "friday", "river", "sunday"),
    ("violin", "guitar", "bread", "piano"),
)
TWO = (("money", "loan", "credit"), ("river", "water", "shore"))
ENDS = ("money", "river")
PLACED = (
    "loan", "credit", "savings", "cash", "tax", "gold", "trade", "power", "house", "fish", "boat", "water", "shore",
    "lake", "flood",
)  # fmt: skip


def some_words(vectors: Any, most: int, first: Sequence[str] = ()) -> list[str]:
    """Find words to ask about.

    Parameters
    ----------
    vectors : KeyedVectors
    most : int
        How many words at most; fewer where the set has no more.
    first : sequence of str
        Taken before all others, where the set can compute with them; then frequent words that are written with
        letters, then frequent ones whatever they are.

    Examples
    --------
    >>> from selfattn.core.vectors import load_vectors
    >>> some_words(load_vectors(), 3, ["money", "qwxzv", "river"])
    ['money', 'river', 'the']
    """
    return list(dict.fromkeys([*given(first, vectors).words, *_frequent(vectors, len(vectors))]))[:most]


@kept(1)
def _frequent(vectors: Any, _size: int) -> tuple[str, ...]:
    """List the frequent words that a set can compute with, those first that are written with letters."""
    frequent = vectors.index_to_key[:SCANNED]
    return given(
        [*(word for word in frequent if len(word) >= SHORTEST and is_wordlike(word)), *frequent], vectors
    ).words


def can(words: Sequence[str], vectors: Any) -> bool:
    """Tell whether a set can compute with every one of these words."""
    return len(given(words, vectors).words) == len(set(words))


def sums(vectors: Any, first: Sequence[str] = ()) -> list[Sum]:
    """List the analogies that a set can compute; where it can none, one of words that it has."""
    if known := [sum_ for sum_ in ANALOGIES if can([*sum_.plus, *sum_.minus], vectors)]:
        return known
    a, *rest = some_words(vectors, 3, first) or [""]
    return [Sum((a, *rest[1:]), tuple(rest[:1]))] if a else []


def odd_lists(vectors: Any, first: Sequence[str] = ()) -> list[tuple[str, ...]]:
    """List the lists with an odd word that a set can compute; where it can none, one of words that it has."""
    return [words for words in ODD if can(words, vectors)] or [tuple(some_words(vectors, 4, first))]


def two_lists(vectors: Any, first: Sequence[str] = ()) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give two lists to compare: those of the lesson, else words that the set has, in two halves."""
    if can([*TWO[0], *TWO[1]], vectors):
        return TWO
    words = some_words(vectors, 6, first)
    half = (len(words) + 1) // 2
    return tuple(words[:half]), tuple(words[half:] or words[:half])


def ends(vectors: Any, first: Sequence[str] = ()) -> tuple[str, ...]:
    """Give the ends of a line: those of the lesson, else two words that the set has; fewer where it has no two."""
    return tuple(some_words(vectors, 2, ENDS if can(ENDS, vectors) else first))


def along(left: str, right: str, vectors: Any, first: Sequence[str] = ()) -> list[str]:
    """Give words to place on a line: those of the sentences, of the lesson, and, where these are few, from its ends."""
    known = [word for word in given([*first, *PLACED], vectors).words if word not in (left, right)]
    if len(known) < FEW:
        for end in given([left, right], vectors).words:
            known += [word for word, _ in neighbours(end, vectors, NEAR_AN_END) if word not in (left, right)]
    return list(dict.fromkeys(known))[:ALONG]
