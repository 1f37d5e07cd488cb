"""What a worksheet says, as HTML: its numbers, what comes of them, and which words were left out."""

import html
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from selfattn.core.exercise import PLACE, SCALE, WEIGHT, Exercise
from selfattn.core.sentences import Sentence
from selfattn.core.wording import counted, listed, quoted
from selfattn.core.worksheet import Worksheet
from selfattn.figures.palette import LETTERS, LIGHT
from selfattn.figures.text import short

Pair = Sequence[float] | NDArray[np.float64]
WORD = 16  # letters that are shown of a word
UNTRAINED = "They are query, key and value at once: nothing is trained."
ROUNDS = "Every step is rounded, and the next one begins with what was written."


def word(token: str) -> str:
    """Write a word, in a direction of its own."""
    return f"<bdi>{html.escape(short(token, WORD))}</bdi>"


def number(value: float) -> str:
    """Write a number with the decimals that it has.

    >>> number(-2.5), number(1e6)
    ('−2.5', '1000000')
    """
    return f"{value:.4f}".rstrip("0").rstrip(".").replace("-", "−")


def fixed(value: float, decimals: int) -> str:
    """Write a number with so many decimals.

    >>> fixed(-0.707, 2)
    '−0.71'
    """
    return f"{value:.{decimals}f}".replace("-", "−")


def times(one: float, other: float) -> str:
    """Write a product, in brackets what is below zero.

    >>> times(2, -1.5)
    '2·(−1.5)'
    """
    return "·".join(f"({number(each)})" if each < 0 else number(each) for each in (one, other))


def pair(numbers: Pair, decimals: int | None = None) -> str:
    """Write two numbers, on one line."""
    x, y = (number(each) if decimals is None else fixed(each, decimals) for each in numbers)
    return f'<span class="whole">({x}, {y})</span>'


def badge(role: int) -> str:
    """Write the letter of a sentence."""
    return f'<span class="letter" style="background:{LIGHT.inks[role]}">{LETTERS[role]}</span>'


def numbers(sheet: Worksheet, source: str) -> str:
    """Say what the two numbers of each word are; `source` is what the vectors are called."""
    name = html.escape(source)
    if not sheet.made:
        return f"Every word is an arrow of two numbers: those of the set “{name}”. {UNTRAINED}"
    if sheet.axes:
        first, second = (f"“{word(axis)}”" for axis in sheet.axes)
        what = f"how near it is to {first}, and how near to {second}, from 0 to 3"
    else:
        what = "two directions in which these words differ most, each from 0 to 3"
    whole = f"They follow {name}, but were made whole and small, so that all can be done by hand."
    return f"Every word is an arrow of two numbers: {what}. {whole} {UNTRAINED}"


def steps(sheet: Worksheet) -> list[str]:
    """Say what is to be done, step by step."""
    x, y = map(number, sheet.start)
    name, digits = word(sheet.word), "two decimals" if sheet.whole else "one decimal"
    less = "Take the largest (max) off all of them first: the weights stay the same, and e<sup>x</sup> small. "
    return [
        f"<b>Dot product.</b> {name} is ({x}, {y}). With each word, itself too: {x} times its first number plus {y} "
        "times its second.",
        f"<b>Scale.</b> {'' if sheet.small else less}Divide by √2, for two numbers a word: that is times {SCALE}. "
        f"Round to {digits}.",
        "<b>Exponentiate.</b> Find e<sup>x</sup> in the table.",
        "<b>Divide</b> each by their sum, to two decimals: these are the weights.",
        f"<b>Add up.</b> Weight times the numbers of the word; their sum is the new {name}′. Round it to one decimal.",
        f"<b>Draw</b> {name}′ as an arrow. Which words does it lean to now?",
    ]


def leanings(sheet: Worksheet) -> list[str]:
    """Say where the word is, and where it goes in each sentence."""
    name = word(sheet.word)
    lines = [f"{name} = {pair(sheet.start)}{_leans(sheet, sheet.start)}"]
    for role, each in zip(sheet.roles, sheet.exercises, strict=True):
        lines.append(f"{badge(role)}{name}′ = {pair(each.output, PLACE)}{_leans(sheet, each.output)}")
    return lines


def _leans(sheet: Worksheet, numbers: Pair) -> str:
    """Say which of both numbers is larger, where they have names."""
    if not sheet.axes:
        return ""
    x, y = numbers
    return f", nearer to “{word(sheet.axes[int(y > x)])}”" if x != y else ", as near to the one as to the other"


def checked(sheet: Worksheet) -> str:
    """Compare with a computer that does not round."""
    name, every = word(sheet.word), list(zip(map(LETTERS.__getitem__, sheet.roles), sheet.exercises, strict=True))
    uneven = [letter for letter, each in every if not each.adds_up]
    rounds = f"{ROUNDS} So the weights of {listed(uneven)} do not add up to 1." if uneven else ROUNDS
    wrong = [
        f"in {letter} the weights {', '.join(fixed(weight, WEIGHT) for weight in each.exact[0])} and {name}′ = "
        f"{pair(each.exact[1], PLACE)}"
        for letter, each in every
        if not each.holds
    ]
    if wrong:
        return f"{rounds} A computer, which does not round, finds {listed(wrong)}."
    return f"{rounds} A computer, which does not round, finds the same weights and the same {name}′, to these decimals."


def left_out(sentence: Sentence, each: Exercise) -> str:
    """Say which words of a sentence are not computed; nothing where all are."""
    lines = []
    if rest := len(sentence.tokens) + sentence.cut - len(each.tokens):
        lines.append(f"By hand with the {len(each)} words that tell most; {counted(rest, 'word')} left out.")
    if unknown := [each for each in sentence.unknown if any(letter.isalnum() for letter in each)]:
        lines.append(f"Not in the vocabulary: {html.escape(quoted(unknown, 2, WORD))}.")
    return " ".join(lines)


def alt(sheet: Worksheet, *, solved: bool) -> str:
    """Say what the grid shows, as plain text."""
    places = [f"{short(token, WORD)} ({x:g}, {y:g})" for token, (x, y) in sheet.numbers.items()]
    new = [
        f"{LETTERS[role]}: {short(sheet.word, WORD)}′ ({x:g}, {y:g})"
        for role, each in zip(sheet.roles, sheet.exercises, strict=True)
        for x, y in [each.output.tolist()]
    ]
    return f"Arrows on a grid: {listed(places + (new if solved else []))}."
