"""What a set of word vectors answers, in plain words: findings, and texts that stand in for a picture."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from selfattn.core.neighbours import TIE, nearest_finding, tied
from selfattn.core.rounding import plain_fixed
from selfattn.core.wording import first_of, quoted, with_numbers
from selfattn.sets.explore import Analogy, Comparison, Given, Pairs
from selfattn.sets.explore.examples import Sum
from selfattn.sets.explore.lists import Lists, OddOneOut
from selfattn.sets.explore.places import SemanticAxis, WordMap

NAMED = 3  # words that are equally near, in a finding
READ_OUT = 12  # words of many that a text in place of a picture names
ALIKE = 0.8  # a cosine of two ends from which on the line between them tells little
MIDDLE = 0.1  # a place on the line nearer to 0 is in the middle
COUNTS = {2: "two", 3: "three"}

Array = NDArray[np.floating[Any]]


def left_out(given: Given) -> str:
    """Say which words could not be used, and why; nothing where all could.

    >>> left_out(Given(("bank",), unknown=("bnak",)))
    'Not in this set, so left out: “bnak”.'
    """
    kinds = (("Not in this set", given.unknown), ("All zeros", given.zeros))
    return " ".join(f"{kind}, so left out: {quoted(words)}." for kind, words in kinds if words)


def vector(word: str, numbers: Array, place: int, count: int, *, ranked: bool = True) -> str:
    """Say how frequent a word is (place counts from 1), and what its vector of shape (d,) is like.

    The words of a set that is not `ranked` stand in no order of frequency.

    >>> vector("bank", np.array([3.0, 4.0]), 1042, 75000)
    '“bank” is word 1,042 of 75,000 by frequency. Its vector has 2 numbers, from 3.00 to 4.00, and is 5.00 long.'
    """
    low, high, length = (
        plain_fixed(float(size), 2) for size in (numbers.min(), numbers.max(), np.linalg.norm(numbers))
    )
    return (
        f"{quoted([word])} is word {place:,} of {count:,}{' by frequency' if ranked else ''}. "
        f"Its vector has {len(numbers)} numbers, from {low} to {high}, and is {length} long."
    )


def vector_alt(word: str, numbers: Array) -> str:
    """Stand in for a vector of shape (d,), drawn as a strip of colours."""
    written, farthest = [plain_fixed(number, 2) for number in numbers], int(np.abs(numbers).argmax())
    return (
        f"The vector of {quoted([word])}: {first_of(written, READ_OUT)}. "
        f"Farthest from zero is dimension {farthest + 1}, with {written[farthest]}."
    )


def nearest_alt(word: str, neighbours: Pairs) -> str:
    """Stand in for the bars of the neighbours."""
    bars = f"Bars of the {len(neighbours)} nearest words by cosine. " if neighbours else ""
    return bars + nearest_finding(word, neighbours)


def analogy(answer: Analogy) -> str:
    """Say what lies nearest to a sum of words, and which of its own words gensim did not answer with.

    >>> analogy(Analogy(("king", "woman"), ("man",), (("queen", 0.85),), (("king", 0.89),)))
    'Nearest to king − man + woman is “queen” (0.85). “king”, put in itself, lies nearer (0.89): gensim leaves it out.'
    """
    sum_ = Sum(answer.plus, answer.minus).written
    if not answer.found:
        return f"Besides the words put in, this set has none to answer {sum_} with."
    cosine = answer.found[0][1]
    alike = tied([value for _, value in answer.found])
    best = quoted([word for word, _ in answer.found[:alike]], NAMED)
    number = f"({plain_fixed(cosine, 2)}{', equally near' if alike > 1 else ''})"
    nearer = {word: plain_fixed(value, 2) for word, value in answer.excluded if value >= cosine}
    itself, lie, them = ("itself", "lies", "it") if len(nearer) == 1 else ("themselves", "lie", "them")
    put_in = (
        f"{quoted(nearer)}, put in {itself}, {lie} nearer ({' and '.join(nearer.values())}): gensim leaves {them} out."
        if nearer
        else "None of the words put in lies nearer."
    )
    return f"Nearest to {sum_} {'are' if alike > 1 else 'is'} {best} {number}. {put_in}"


def analogy_alt(answer: Analogy) -> str:
    """Stand in for the bars of the words nearest to a sum."""
    order = f" In order: {with_numbers(answer.found, READ_OUT)}." if answer.found else ""
    return f"Bars of the words nearest to {Sum(answer.plus, answer.minus).written}. {analogy(answer)}{order}"


def odd(result: OddOneOut) -> str:
    """Say which word is odd, and by how much.

    >>> odd(OddOneOut("creek", (("money", 0.89), ("loan", 0.84), ("creek", 0.53)), Given(("loan", "money", "creek"))))
    'The odd one out is “creek”: its cosine with the mean of all 3 is 0.53, that of the next, “loan”, 0.84.'
    """
    (following, value), (_, lowest) = result.cosines[-2:]
    mean = f"the mean of all {len(result.cosines)}"
    if value - lowest < TIE:
        return f"None stands out: {quoted([following])} and {quoted([result.word])} are equally far from {mean}."
    return (
        f"The odd one out is {quoted([result.word])}: its cosine with {mean} is {plain_fixed(lowest, 2)}, "
        f"that of the next, {quoted([following])}, {plain_fixed(value, 2)}."
    )


def odd_alt(result: OddOneOut) -> str:
    """Stand in for the bars of the odd one out."""
    return f"Bars of the cosines with the mean, nearest first: {with_numbers(result.cosines, READ_OUT)}. {odd(result)}"


def lists(compared: Lists) -> str:
    """Say how alike two lists are, and which words of them are nearest and farthest."""
    alike = f"The cosine of the two lists, each the mean of its words, is {plain_fixed(compared.cosine, 2)}."
    matrix = compared.matrix
    if matrix.size == 1:
        return alike
    if np.ptp(matrix) < TIE:
        return f"{alike} Word by word, all are equally near."
    best, worst = (
        f"{quoted([compared.first.words[row], compared.second.words[column]])} ({plain_fixed(matrix[row, column], 2)})"
        for row, column in (np.unravel_index(place, matrix.shape) for place in (matrix.argmax(), matrix.argmin()))
    )
    return f"{alike} Word by word, nearest are {best}, farthest {worst}."


def cosines_alt(matrix: Array, words: Sequence[str]) -> str:
    """Stand in for the heatmap of the cosines of words with one another, of shape (n, n)."""
    title = f"Heatmap of the cosines of {len(words)} words with one another."
    if len(words) < 2:
        return title
    apart = np.where(np.tri(len(words), dtype=bool), -np.inf, matrix)
    row, column = divmod(int(apart.argmax()), len(words))
    return f"{title} Nearest are {quoted([words[row], words[column]])}: {plain_fixed(matrix[row, column], 2)}."


def axis(line: SemanticAxis) -> str:
    """Say which words lie at the ends of the line and in its middle.

    >>> axis(SemanticAxis("money", "river", (("loan", -0.6), ("lake", 0.75)), 0.37, Given(("loan", "lake"))))
    'From “money” (−1) to “river” (1): farthest left is “loan” (−0.60), farthest right “lake” (0.75).'
    """
    cosine = plain_fixed(line.cosine, 2)
    unsure = f" The two ends are alike (cosine {cosine}), so the line tells little." if line.cosine > ALIKE else ""
    return f"From {quoted([line.left])} (−1) to {quoted([line.right])} (1){_on_line(line)}.{unsure}"


def _on_line(line: SemanticAxis) -> str:
    if not line.places:
        return ": no words yet"
    first, last = (f"{quoted([word])} ({plain_fixed(place, 2)})" for word, place in (line.places[0], line.places[-1]))
    if len(line.places) == 1:
        place = line.places[0][1]
        nearer = f"nearer to {quoted([line.right if place > 0 else line.left])}"
        return f", {first} lies {'exactly in the middle' if abs(place) < TIE else nearer}"
    middle = min(line.places[1:-1], key=lambda each: abs(each[1]), default=("", 1.0))
    between = f", in the middle {quoted([middle[0]])}" if abs(middle[1]) < MIDDLE else ""
    return f": farthest left is {first}, farthest right {last}{between}"


def axis_alt(line: SemanticAxis) -> str:
    """Stand in for the line from one word to another."""
    step = max(1, -(-len(line.places) // READ_OUT))
    words = with_numbers(line.places[::step], READ_OUT) or "no words"
    return f"Words on a line, from left to right: {words}. {axis(line)}"


def map_(drawn: WordMap) -> str:
    """Say how much of the words' differences a map shows.

    The map of a set with no more numbers than axes shows all.
    """
    count, axes = len(drawn.words) - 1, COUNTS[drawn.points.shape[1]]
    others = f" and its {count} nearest word{'' if count == 1 else 's'}" if count else ", which has no neighbours"
    shows = (
        f"the vectors have {axes} numbers, so the map is the space itself, and nothing is left out."
        if drawn.is_space
        else f"the {axes} axes keep {100 * sum(drawn.explained_variance):.0f} % of the variance. "
        "Near on the map may be far apart in all dimensions."
    )
    return f"{quoted(drawn.words[:1])}{others}: {shows}"


def map_alt(drawn: WordMap) -> str:
    """Stand in for the map of a neighbourhood."""
    cosines = with_numbers(list(zip(drawn.words[1:], drawn.cosines[1:], strict=True)), READ_OUT)
    return f"Map of points. {map_(drawn)}" + (f" By cosine, nearest first: {cosines}." if cosines else "")


def comparison(compared: Comparison, names: tuple[str, str]) -> str:
    """Say what the neighbours of a word have in common in two sets.

    >>> comparison(Comparison("bank", (("banks", 0.9),), (("banks", 0.7),), ("banks",), 1.0, ((), ())), ("A", "B"))
    'Of the words nearest to “bank” in A and in B, 1 of 1 is on both lists: “banks”.'
    """
    word, sides = quoted([compared.word]), (compared.first, compared.second)
    if None in sides:
        return f"{names[sides.index(None)]} has no vector for {word}, so there is nothing to compare."
    count, shared = len({near for side in sides for near, _ in side or ()}), len(compared.shared)
    both = f"{shared or 'none'} of {count} {'is' if shared < 2 else 'are'} on both lists"
    which = f": {quoted(compared.shared)}" if shared else ""
    absent = "".join(
        f" {len(words)} of those in {here} {'is' if len(words) == 1 else 'are'} not in {there} at all."
        for words, here, there in zip(compared.absent, names, names[::-1], strict=True)
        if words
    )
    return f"Of the words nearest to {word} in {names[0]} and in {names[1]}, {both}{which}.{absent}"


def comparison_alt(compared: Comparison, names: tuple[str, str]) -> str:
    """Stand in for the two columns of neighbours."""
    lists_ = " ".join(
        f"{name}: {'not in this set' if side is None else with_numbers(side, READ_OUT) or 'no other word'}."
        for name, side in zip(names, (compared.first, compared.second), strict=True)
    )
    return f"Two lists, lines between equal words. {lists_} {comparison(compared, names)}"
