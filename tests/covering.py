"""Which of many combinations are run: every value of each at least once, or with SELFATTN_NIGHTLY=1 all of them."""

import os
from itertools import product

NIGHTLY = os.environ.get("SELFATTN_NIGHTLY") == "1"


def combined(*values, of=NIGHTLY):
    """Combine values as `itertools.product` does; without `of`, only so many that each value occurs.

    The first runs through all its values; the others are taken in turns, shifted with every round, so that they meet.

    >>> combined("abcd", (1, 2, 3), of=False)
    [('a', 1), ('b', 2), ('c', 3), ('d', 1)]
    >>> combined("ab", (1, 2, 3), of=False)
    [('a', 1), ('b', 2), ('a', 3)]
    """
    every = [list(one) for one in values]
    if of:
        return list(product(*every))
    return [tuple(one[at % len(one)] for one in every) for at in range(max(map(len, every)))]
