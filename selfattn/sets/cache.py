"""A cache of sets of vectors that many share: bounded in number and bytes; what nobody looks at goes first.

Who looks at a set holds a `Lease`. The cache only knows leases weakly, so that one that is gone, as with the session
that held it, counts no more.
"""

from collections import OrderedDict
from threading import Lock
from weakref import WeakSet

from selfattn.sets.vector_set import VectorSet


class Lease:
    """Held by whoever looks at a set in the cache; `key` says at which."""

    def __init__(self, key: str) -> None:
        self.key = key


class FullError(RuntimeError):
    """Every set in the cache is looked at, and there is no room for one more."""


class VectorCache:
    """Sets by their keys, least recently used first.

    Parameters
    ----------
    most : int
        How many sets it holds.
    most_bytes : int
        How much they may take together.

    Examples
    --------
    >>> from selfattn.sets.vector_set import by_hand
    >>> cache = VectorCache(1, 1000)
    >>> lease = cache.put(by_hand("up 0 1 / down 0 -1"))
    >>> cache.keys
    ['hand']
    """

    def __init__(self, most: int, most_bytes: int) -> None:
        self._most, self._most_bytes = most, most_bytes
        self._sets: OrderedDict[str, VectorSet] = OrderedDict()
        self._leases: WeakSet[Lease] = WeakSet()
        self._lock = Lock()

    @property
    def keys(self) -> list[str]:
        """List what is there, least recently used first."""
        with self._lock:
            return list(self._sets)

    def take(self, key: str) -> tuple[VectorSet, Lease] | None:
        """Look at a set; None where it is not there. The lease keeps it there."""
        with self._lock:
            if key not in self._sets:
                return None
            self._sets.move_to_end(key)
            return self._sets[key], self._lease(key)

    def put(self, vector_set: VectorSet) -> Lease:
        """Put a set into the cache, and look at it; others go where there is no room.

        Raises
        ------
        FullError
            There is no room, and every other set is looked at.
        """
        key = vector_set.key
        with self._lock:
            self._sets[key] = vector_set
            self._sets.move_to_end(key)
            lease = self._lease(key)
            while not self._fits():
                looked_at = {held.key for held in self._leases}
                unused = next((other for other in self._sets if other not in looked_at), None)
                if unused is None:
                    del self._sets[key]
                    raise FullError(
                        f"there is no room for {key}: all of {', '.join(self._sets) or 'nothing'} are looked at"
                    )
                del self._sets[unused]
            return lease

    def _fits(self) -> bool:
        return len(self._sets) <= self._most and sum(held.bytes for held in self._sets.values()) <= self._most_bytes

    def _lease(self, key: str) -> Lease:
        lease = Lease(key)
        self._leases.add(lease)
        return lease
