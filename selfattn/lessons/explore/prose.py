"""What a set of word vectors answers, in plain words: findings, and texts that stand in for a picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from selfattn.core.rounding import plain_fixed
from selfattn.sets.explore import Analogy, Comparison, Given, Pairs, quoted
from selfattn.sets.explore.lists import Lists, OddOneOut
from selfattn.sets.explore.places import SemanticAxis, WordMap

NAMED = 3  # words that a finding names, of many
NAMED_ALT = 12  # the same where the text stands in for a picture
ALIKE = 0.8  # a cosine of two ends from which on the line between them tells little
TIE = 0.005  # cosines nearer than this are written with the same two decimals
COUNTS = {2: "two", 3: "three"}

Array = NDArray[np.floating[Any]]


def left_out(given: Given) -> str:
    """Say which words could not be used, and why; nothing where all could.

    >>> left_out(Given(("bank",), unknown=("bnak",)))
    'Not in this set, so left out: “bnak”.'
    """
    said = [f"Not in this set, so left out: {quoted(given.unknown)}."] if given.unknown else []
    return " ".join([*said, *([f"All zeros, so left out: {quoted(given.zeros)}."] if given.zeros else [])])


def vector(word: str, numbers: Array, place: int, count: int, *, ranked: bool = True) -> str:
    """Say how frequent a word is (place counts from 1), and what its vector of shape (d,) is like.

    The words of a set that is not `ranked` stand in no order of frequency.

    >>> vector("bank", np.array([3.0, 4.0]), 1042, 75000)
    '“bank” is word 1,042 of 75,000 by frequency. Its vector has 2 numbers, from 3.00 to 4.00, and is 5.00 long.'
    """
    low, high, length = (plain_fixed(float(one), 2) for one in (numbers.min(), numbers.max(), np.linalg.norm(numbers)))
    return (
        f"{quoted([word])} is word {place:,} of {count:,}{' by frequency' if ranked else ''}. "
        f"Its vector has {len(numbers)} numbers, from {low} to {high}, and is {length} long."
    )


def vector_alt(word: str, numbers: Array) -> str:
    """Stand in for a vector of shape (d,), drawn as a strip of colours."""
    said = ", ".join(plain_fixed(float(one), 2) for one in numbers[:NAMED_ALT])
    more = f", and {len(numbers) - NAMED_ALT} more" if len(numbers) > NAMED_ALT else ""
    at = int(np.abs(numbers).argmax())
    farthest = f"Farthest from zero is dimension {at + 1}, with {plain_fixed(float(numbers[at]), 2)}."
    return f"The vector of {quoted([word])}: {said}{more}. {farthest}"


def nearest(word: str, found: Pairs) -> str:
    """Name the nearest words.

    >>> nearest("bank", (("banks", 0.87), ("banking", 0.75)))
    'Nearest to “bank”: banks (0.87), banking (0.75).'
    """
    if not found:
        return f"No other word of this set has a direction, so {quoted([word])} has no neighbours."
    return f"Nearest to {quoted([word])}: {_pairs(found, NAMED)}{'' if len(found) > NAMED else '.'}"


def nearest_alt(word: str, found: Pairs) -> str:
    """Stand in for the bars of the neighbours."""
    return (
        f"Bars of the {len(found)} nearest words by cosine. {nearest(word, found)}" if found else nearest(word, found)
    )


def analogy(one: Analogy) -> str:
    """Say what lies nearest to a sum of words, and which of its own words gensim did not answer with.

    >>> analogy(Analogy(("king", "woman"), ("man",), (("queen", 0.85),), (("king", 0.89),)))
    'Nearest to king − man + woman is “queen” (0.85). “king”, put in itself, lies nearer (0.89): gensim leaves it out.'
    """
    sum_ = _sum(one)
    if not one.found:
        return f"Besides the words put in, this set has none to answer {sum_} with."
    best, cosine = one.found[0]
    said = f"Nearest to {sum_} is {quoted([best])} ({plain_fixed(cosine, 2)})."
    nearer = [(word, value) for word, value in one.excluded if value >= cosine]
    if not nearer:
        return f"{said} None of the words put in lies nearer."
    itself, lie, them = ("itself", "lies", "it") if len(nearer) == 1 else ("themselves", "lie", "them")
    values = " and ".join(plain_fixed(value, 2) for _, value in nearer)
    return (
        f"{said} {quoted([word for word, _ in nearer])}, put in {itself}, {lie} nearer ({values}): "
        f"gensim leaves {them} out."
    )


def analogy_alt(one: Analogy) -> str:
    """Stand in for the bars of the words nearest to a sum."""
    said = f" In order: {_pairs(one.found, NAMED_ALT)}." if one.found else ""
    return f"Bars of the words nearest to {_sum(one)}. {analogy(one)}{said}"


def odd(one: OddOneOut) -> str:
    """Say which word is odd, and by how much.

    >>> odd(OddOneOut("creek", (("money", 0.89), ("loan", 0.84), ("creek", 0.53)), Given(("loan", "money", "creek"))))
    'The odd one out is “creek”: its cosine with the mean of all 3 is 0.53, that of the next, “loan”, 0.84.'
    """
    (next_, value), (_, lowest) = one.cosines[-2:]
    mean = f"the mean of all {len(one.cosines)}"
    if value - lowest < TIE:
        return f"None stands out: {quoted([next_])} and {quoted([one.word])} are equally far from {mean}."
    return (
        f"The odd one out is {quoted([one.word])}: its cosine with {mean} is {plain_fixed(lowest, 2)}, "
        f"that of the next, {quoted([next_])}, {plain_fixed(value, 2)}."
    )


def odd_alt(one: OddOneOut) -> str:
    """Stand in for the bars of the odd one out."""
    return f"Bars of the cosines with the mean, nearest first: {_pairs(one.cosines, NAMED_ALT)}. {odd(one)}"


def lists(one: Lists) -> str:
    """Say how alike two lists are, and which words of them are nearest and farthest."""
    (high_row, high), (low_row, low) = (
        np.unravel_index(at, one.matrix.shape) for at in (one.matrix.argmax(), one.matrix.argmin())
    )
    best, worst = (
        f"{quoted([one.first.words[row], one.second.words[column]])} ({plain_fixed(float(one.matrix[row, column]), 2)})"
        for row, column in ((high_row, high), (low_row, low))
    )
    said = f"The cosine of the two lists, each the mean of its words, is {plain_fixed(one.cosine, 2)}."
    return f"{said} Word by word, nearest are {best}, farthest {worst}." if one.matrix.size > 1 else said


def cosines_alt(matrix: Array, words: Sequence[str]) -> str:
    """Stand in for the heatmap of the cosines of words with one another, of shape (n, n)."""
    said = f"Heatmap of the cosines of {len(words)} words with one another"
    if len(words) < 2:
        return f"{said}."
    apart = np.where(np.tri(len(words), dtype=bool), -np.inf, matrix)
    row, column = divmod(int(apart.argmax()), len(words))
    return f"{said}. Nearest are {quoted([words[row], words[column]])}: {plain_fixed(float(matrix[row, column]), 2)}."


def axis(one: SemanticAxis) -> str:
    """Say which words lie at the ends of the line and in its middle.

    >>> axis(SemanticAxis("money", "river", (("loan", -0.6), ("lake", 0.75)), 0.37, Given(("loan", "lake"))))
    'From “money” (−1) to “river” (1): farthest left is “loan” (−0.60), farthest right “lake” (0.75).'
    """
    line = f"From {quoted([one.left])} (−1) to {quoted([one.right])} (1)"
    unsure = f" The two ends are alike (cosine {plain_fixed(one.cosine, 2)}), so the line tells little."
    unsure = unsure if one.cosine > ALIKE else ""
    if not one.places:
        return f"{line}: no words yet.{unsure}"
    first, last = (f"{quoted([word])} ({plain_fixed(place, 2)})" for word, place in (one.places[0], one.places[-1]))
    if len(one.places) == 1:
        return f"{line}, {first} lies {_lean(one.places[0][1], one)}.{unsure}"
    middle = min(one.places[1:-1], key=lambda each: abs(each[1]), default=None)
    between = f", in the middle {quoted([middle[0]])}" if middle and abs(middle[1]) < 0.1 else ""
    return f"{line}: farthest left is {first}, farthest right {last}{between}.{unsure}"


def axis_alt(one: SemanticAxis) -> str:
    """Stand in for the line from one word to another."""
    step = max(1, -(-len(one.places) // NAMED_ALT))
    said = _pairs(one.places[::step], NAMED_ALT) or "no words"
    return f"Words on a line, from left to right: {said}. {axis(one)}"


def map_(one: WordMap) -> str:
    """Say how much of the words' differences a map shows.

    The map of a set with no more numbers than axes shows all.
    """
    count = len(one.words) - 1
    who = f"{quoted(one.words[:1])} and its {count} nearest word{'' if count == 1 else 's'}"
    who = who if count else f"{quoted(one.words[:1])}, which has no neighbours"
    axes = COUNTS[one.points.shape[1]]
    if one.is_space:
        return f"{who}: the vectors have {axes} numbers, so the map is the space itself, and nothing is left out."
    kept = f"{100 * sum(one.explained_variance):.0f} %"
    return f"{who}: the {axes} axes keep {kept} of the variance. Near on the map may be far apart in all dimensions."


def map_alt(one: WordMap) -> str:
    """Stand in for the map of a neighbourhood."""
    said = _pairs(tuple(zip(one.words[1:], one.cosines[1:].tolist(), strict=True)), NAMED_ALT)
    return f"Map of points. {map_(one)}" + (f" By cosine, nearest first: {said}." if said else "")


def comparison(one: Comparison, names: tuple[str, str]) -> str:
    """Say what the neighbours of a word have in common in two sets.

    >>> comparison(Comparison("bank", (("banks", 0.9),), (("banks", 0.7),), ("banks",), 1.0, ((), ())), ("A", "B"))
    'Of the words nearest to “bank” in A and in B, 1 of 1 is on both lists: “banks”.'
    """
    word = quoted([one.word])
    missing = [name for name, found in zip(names, (one.first, one.second), strict=True) if found is None]
    if missing:
        return f"{missing[0]} has no vector for {word}, so there is nothing to compare."
    count = len({name for found in (one.first, one.second) for name, _ in found or ()})
    shared = len(one.shared)
    said = f"Of the words nearest to {word} in {names[0]} and in {names[1]}, "
    said += f"{shared or 'none'} of {count} {'is' if shared < 2 else 'are'} on both lists"
    said += f": {quoted(one.shared)}." if shared else "."
    return said + "".join(
        f" {len(absent)} of those in {here} {'is' if len(absent) == 1 else 'are'} not in {there} at all."
        for absent, here, there in zip(one.absent, names, names[::-1], strict=True)
        if absent
    )


def comparison_alt(one: Comparison, names: tuple[str, str]) -> str:
    """Stand in for the two columns of neighbours."""
    said = [
        f"{name}: {'not in this set' if found is None else _pairs(found, NAMED_ALT) or 'no other word'}."
        for name, found in zip(names, (one.first, one.second), strict=True)
    ]
    return f"Two lists, lines between equal words. {' '.join(said)} {comparison(one, names)}"


def _pairs(found: Pairs, most: int) -> str:
    """Write words with their numbers, an ellipsis after the first of many."""
    said = ", ".join(f"{quoted([word])[1:-1]} ({plain_fixed(value, 2)})" for word, value in found[:most])
    return f"{said}, …" if len(found) > most else said


def _sum(one: Analogy) -> str:
    """Write a sum as it is usually said: king − man + woman."""
    plus, minus = ([quoted([word])[1:-1] for word in words] for words in (one.plus, one.minus))
    terms = [*(f"+ {word}" for word in plus[:1]), *(f"− {word}" for word in minus), *(f"+ {word}" for word in plus[1:])]
    return " ".join(terms).removeprefix("+ ")


def _lean(place: float, one: SemanticAxis) -> str:
    if abs(place) < TIE:
        return "exactly in the middle"
    return f"nearer to {quoted([one.right if place > 0 else one.left])}"
