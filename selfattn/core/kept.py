"""What was found out about a set of word vectors, kept as long as the set, and only so much of it."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, TypeVar
from weakref import WeakKeyDictionary, ref

from gensim.models import KeyedVectors

Found = TypeVar("Found")


def kept(most: int) -> Callable[[Callable[..., Found]], Callable[..., Found]]:
    """Keep the last results of a function whose first argument is a set; what was kept goes when its set goes.

    Parameters
    ----------
    most : int
        Results that are kept for a set. The other arguments are hashable, and no result holds the set itself.
    """

    def of(find: Callable[..., Found]) -> Callable[..., Found]:
        by_set: WeakKeyDictionary[KeyedVectors, Callable[..., Found]] = WeakKeyDictionary()

        @wraps(find)
        def asked(vectors: KeyedVectors, *arguments: Any) -> Found:
            if (found := by_set.get(vectors)) is None:
                weak = ref(vectors)
                found = by_set.setdefault(vectors, lru_cache(most)(lambda *others: find(weak(), *others)))
            return found(*arguments)

        return asked

    return of
