"""A shelf of large things that many share: bounded in number and bytes; what nobody looks at goes first.

Who looks at a thing holds a `Lease`. The shelf only knows leases weakly, so that one that is gone, as with the
session that held it, counts no more.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar
from weakref import WeakSet

T = TypeVar("T")


class Lease:
    """Held by whoever looks at one thing of a shelf; `name` says at which."""

    def __init__(self, name: str) -> None:
        self.name = name


class FullError(RuntimeError):
    """Everything on the shelf is looked at, and there is no room for one thing more."""


class Shelf(Generic[T]):
    """Things by name, least recently used first.

    Parameters
    ----------
    most : int
        How many things it holds.
    most_bytes : int
        How much they may take together.
    weigh : callable
        Gives the bytes of a thing.

    Examples
    --------
    >>> shelf = Shelf(1, 100, len)
    >>> lease = shelf.put("a", b"one")
    >>> shelf.names
    ['a']
    """

    def __init__(self, most: int, most_bytes: int, weigh: Callable[[T], int]) -> None:
        self._most, self._most_bytes, self._weigh = most, most_bytes, weigh
        self._things: OrderedDict[str, T] = OrderedDict()
        self._leases: WeakSet[Lease] = WeakSet()
        self._lock = Lock()

    @property
    def names(self) -> list[str]:
        """List what is there, least recently used first."""
        with self._lock:
            return list(self._things)

    def take(self, name: str) -> tuple[T, Lease] | None:
        """Look at a thing; None where it is not there. The lease keeps it there."""
        with self._lock:
            if name not in self._things:
                return None
            self._things.move_to_end(name)
            return self._things[name], self._lease(name)

    def put(self, name: str, thing: T) -> Lease:
        """Put a thing on the shelf, and look at it; others go where there is no room.

        Raises
        ------
        FullError
            There is no room, and every other thing is looked at.
        """
        with self._lock:
            self._things[name] = thing
            self._things.move_to_end(name)
            lease = self._lease(name)
            while not self._fits():
                looked_at = {one.name for one in self._leases}
                goes = next((one for one in self._things if one not in looked_at), None)
                if goes is None:
                    del self._things[name]
                    raise FullError(
                        f"there is no room for {name}: all of {', '.join(self._things) or 'nothing'} are looked at"
                    )
                del self._things[goes]
            return lease

    def _fits(self) -> bool:
        return len(self._things) <= self._most and sum(map(self._weigh, self._things.values())) <= self._most_bytes

    def _lease(self, name: str) -> Lease:
        lease = Lease(name)
        self._leases.add(lease)
        return lease
