"""Find words in a vocabulary: those that begin with what was typed, and the one that was meant."""

from bisect import bisect_left, bisect_right
from heapq import nsmallest
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from selfattn.core.tokens import canonical

MOST = 20

_orders: WeakKeyDictionary[Any, NDArray[np.int32]] = WeakKeyDictionary()  # an index goes when its set goes
_lock = Lock()


def complete(prefix: str, vectors: Any, most: int = MOST) -> list[str]:
    """Find the words that begin with what was typed, most frequent first.

    Capitals do not matter, and neither do spaces around the text. The word that is spelled exactly as typed comes
    first, then those that differ from it in capitals only.

    Parameters
    ----------
    prefix : str
        With nothing in it, every word begins with it.
    vectors : KeyedVectors
        Most frequent word first.
    most : int
        How many words at most.

    Returns
    -------
    words : list of str

    Notes
    -----
    The first call for a set sorts its words, half a second for 400,000; further ones search in halves.

    Examples
    --------
    >>> from selfattn.core.vectors import load_vectors
    >>> complete("riverb", load_vectors(), most=3)
    ['riverboat', 'riverbank', 'riverbed']
    """
    typed, words = prefix.strip(), vectors.index_to_key
    start = _folded(typed)
    if not start:
        return list(words[: max(most, 0)])
    order = _order(vectors)
    low = bisect_left(order, start, key=lambda row: _folded(words[row]))
    high = bisect_right(order, start, low, key=lambda row: _folded(words[row])[: len(start)])
    whole = bisect_right(order, start, low, high, key=lambda row: _folded(words[row]))
    same = sorted(order[low:whole].tolist(), key=lambda row: (words[row] != typed, row))  # in any capitals
    longer = nsmallest(most - len(same), order[whole:high].tolist())
    return [words[row] for row in [*same, *longer][: max(most, 0)]]


def spelled(word: str, vectors: Any) -> str:
    """Give a word as the set spells it: as typed or else in other capitals, of these the most frequent.

    A word that the set lacks comes back as it was typed, without the spaces around it.

    >>> from selfattn.core.vectors import load_vectors
    >>> spelled(" Bank ", load_vectors())
    'bank'
    """
    typed = word.strip()
    if not typed or typed in vectors.key_to_index:
        return typed
    return next((word for word in complete(typed, vectors, most=1) if _folded(word) == _folded(typed)), typed)


def _folded(word: str) -> str:
    """Make spellings equal that look equal but for their capitals and a _ for a space."""
    return canonical(word).casefold().replace("_", " ")


def _order(vectors: Any) -> NDArray[np.int32]:
    """Sort the places of the words by their spelling, once for each set: an ndarray of shape (n_words,)."""
    with _lock:
        order = _orders.get(vectors)
        if order is None or len(order) != len(vectors.index_to_key):  # gensim lets words be added to a set
            words = vectors.index_to_key
            order = np.array(sorted(range(len(words)), key=lambda row: _folded(words[row])), dtype=np.int32)
            _orders[vectors] = order
        return order
