"""The bytes of a file, unpacked: the first of them at hand, the others block after block."""

from collections.abc import Iterator
from itertools import chain

from selfattn.sets.reading.limits import ReadingError

HEAD = 2**18  # bytes that are looked at to tell what a file is: ten rows of a thousand numbers


class DamagedError(Exception):
    """An archive breaks off or is damaged; what was unpacked before may be usable."""


class Content:
    """What is in a file.

    Attributes
    ----------
    head : bytes
        The first ``HEAD`` bytes or a few more, or all that there are.
    whole : bool
        Whether these are all.
    fault : str
        Why the bytes break off, as a sentence, once they have; "" as long as nothing is wrong.

    Raises
    ------
    ReadingError
        There is not a single byte.
    """

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self.fault, self.head, self.whole = "", b"", True
        self._rest = self._guarded(blocks)
        for block in self._rest:
            self.head += block
            if len(self.head) >= HEAD:
                self.whole = False
                break
        if not self.head:
            raise ReadingError(self.fault or "The archive holds an empty file.")

    def blocks(self, start: int) -> Iterator[bytes]:
        """Give what comes after the first `start` bytes, once."""
        return chain([self.head[start:]], self._rest)

    def _guarded(self, blocks: Iterator[bytes]) -> Iterator[bytes]:
        try:
            yield from blocks
        except DamagedError as damage:
            self.fault = str(damage)
