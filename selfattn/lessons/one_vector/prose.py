"""What the dictionary says of a word, and from where each sentence takes its meaning, in plain words."""

from collections.abc import Sequence

import numpy as np

from selfattn.core.describe import Array, heaviest
from selfattn.core.typed import MOST, written
from selfattn.core.wording import first_of

UNSEEN = 0.005  # a weight that reads as 0.00


def same_vector(word: str, letters: Sequence[str], vector: str) -> str:
    """Say that the dictionary gives one vector, as it is written, in every sentence.

    >>> same_vector("bank", "AB", "[0.6, 0.2]")
    '“bank” is [0.6, 0.2] in A and [0.6, 0.2] in B: one word, one vector, whatever the sentence.'
    """
    places = " and ".join(f"{vector} in {letter}" for letter in letters)
    return f"“{word}” is {places}: one word, one vector, whatever the sentence."


def same_numbers(word: str, letters: Sequence[str], matrix: Array) -> str:
    """Say by how much the vectors of a word, of shape (n, d), differ among its sentences."""
    count = matrix.shape[1]
    if len(letters) < 2:
        return f"The {count} numbers of “{word}” in {letters[0]}; it would have the same in any other sentence."
    apart = float(np.ptp(matrix, axis=0).max())
    return (
        f"“{word}” has {count} numbers in {' and '.join(letters)}, number for number the same: "
        f"the largest difference is {apart:g}."
    )


def same_vector_alt(word: str, letters: Sequence[str], matrix: Array) -> str:
    """Stand in for a word's vector drawn under its sentences."""
    vector = matrix[0].tolist()
    numbers = [written(float(f"{number:.3g}") if len(vector) > MOST else number) for number in vector]
    apart = f" The largest difference between them is {np.ptp(matrix, axis=0).max():g}." if len(letters) > 1 else ""
    return f"The vector of “{word}” under sentence {' and '.join(letters)}: {first_of(numbers, MOST)}.{apart}"


def meaning_from(word: str, sentences: Sequence[tuple[str, Array, Sequence[str], int]]) -> str:
    """Say from which word each sentence takes the meaning: sentences are (text, weights, tokens, row of the word).

    >>> money = "Money bank grows", np.array([0.24, 0.68, 0.08]), ["money", "bank", "grows"], 1
    >>> river = "River bank flows", np.array([0.17, 0.68, 0.15]), ["river", "bank", "flows"], 1
    >>> meaning_from("bank", [money, river])
    'In “Money bank grows” the meaning of “bank” comes most from “money”, in “River bank flows” from “river”.'
    """
    sources = [(text, _source(weights, tokens, row)) for text, weights, tokens, row in sentences]
    (text, source), *others = sources
    most = "" if source.startswith("from nowhere") else "most "
    more = "".join(f", in “{other}” {source}" for other, source in others)
    return f"In “{text}” the meaning of “{word}” comes {most}{source}{more}."


def _source(weights: Array, tokens: Sequence[str], row: int) -> str:
    givers = heaviest(weights, tokens, row, most=1)
    if not givers:
        return "from nowhere: the word stands alone"
    return f"from “{givers[0][0]}”" if givers[0][1] >= UNSEEN else "from nowhere but itself"
