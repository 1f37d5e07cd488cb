"""What was found out about a set of word vectors, or by the transformer: kept as long as it, and only so much."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, TypeVar
from weakref import WeakKeyDictionary, ref

Found = TypeVar("Found")


def kept(most: int) -> Callable[[Callable[..., Found]], Callable[..., Found]]:
    """Keep the last results of a function whose first argument is a set, or the transformer.

    What was kept goes with it.

    Parameters
    ----------
    most : int
        Results that are kept for a set. The other arguments are hashable, and no result holds the set itself.
    """

    def of(find: Callable[..., Found]) -> Callable[..., Found]:
        by_set: WeakKeyDictionary[Any, Callable[..., Found]] = WeakKeyDictionary()

        @wraps(find)
        def asked(vectors: Any, *arguments: Any) -> Found:
            if (found := by_set.get(vectors)) is None:
                weak = ref(vectors)
                found = by_set.setdefault(vectors, lru_cache(most)(lambda *others: find(weak(), *others)))
            return found(*arguments)

        return asked

    return of
