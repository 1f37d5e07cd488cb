"""A word as a weighted sum, in plain words: findings, and texts that stand in for a picture."""

from collections.abc import Mapping, Sequence

import numpy as np

from selfattn.core.describe import HARDLY, Array, direction
from selfattn.core.heaviest import heaviest
from selfattn.core.presets import Settings
from selfattn.core.rounding import plain_fixed
from selfattn.core.wording import numbered

KEPT = 0.99  # a share of itself from which on a word has hardly room for another meaning
ALIKE = 0.02  # two changes of cosine that are as good as one


def as_sum(weights: Array, tokens: Sequence[str], most: int = 4) -> str:
    """Write a weighted sum in words: in sentence order, the heaviest terms where there are many.

    >>> as_sum(np.array([0.24, 0.68, 0.08]), ["money", "bank", "grows"])
    '0.24 money + 0.68 bank + 0.08 grows'
    """
    shown = heaviest(weights, most)
    terms = [f"{weights[place]:.2f} {tokens[place]}" for place in shown]
    return " + ".join([*terms, *(["…"] if len(shown) < len(tokens) else [])])


def by_hand(word: str, meter: tuple[Mapping[str, float], Mapping[str, float]] | None, alike: float) -> str:
    """Say where a word is with weights set by hand: `alike` is its cosine with the static one, said without poles.

    >>> by_hand("bank", ({"finance": 0.82, "river": 0.44}, {"finance": 0.8, "river": 0.5}), 0.9)
    'Now the cosine of “bank” is 0.80 to finance (it was 0.82), 0.50 to river (it was 0.44): it moves towards river.'
    """
    if meter is None:
        return f"With these weights the new “{word}” has a cosine of {plain_fixed(alike, 2)} with the static one."
    before, after = meter
    now = ", ".join(
        f"{plain_fixed(after[sense], 2)} to {sense} (it was {plain_fixed(before[sense], 2)})" for sense in after
    )
    gains = [after[sense] - before[sense] for sense in after]
    to_both = min(gains) >= HARDLY and max(gains) - min(gains) < ALIKE
    nearest = f"it comes nearer to both, and is nearest to {max(after, key=lambda sense: after[sense])}"
    return f"Now the cosine of “{word}” is {now}: {nearest if to_both else direction(before, after)}."


def two_sums(word: str, sums: Sequence[tuple[str, Array, Sequence[str]]]) -> str:
    """Say of one word what differs between sentences: sums are (letter, weights, tokens)."""
    equations = "; in ".join(f"{letter}, {word}′ = {as_sum(weights, tokens)}" for letter, weights, tokens in sums)
    equations = f"In {equations}{'' if equations.endswith('…') else '.'}"
    if len(sums) == 1:
        return equations
    if len({tuple(sorted(zip(tokens, weights.round(4), strict=True))) for _, weights, tokens in sums}) == 1:
        return f"{equations} Both sides are the same, and so is the meaning."
    if all(weights[[token == word for token in tokens]].sum() >= KEPT for _, weights, tokens in sums):
        return f"{equations} The word keeps almost all of itself in every sentence, so its meaning hardly changes."
    return (
        f"{equations} The left side is the same word, the right side differs: "
        "so its meaning comes out different, by itself, from the context."
    )


def similarity(weights: Array, tokens: Sequence[str], word: str) -> str:
    """Say what the numbers of a sum stand for: the heaviest other word is the example, where there is one.

    >>> similarity(np.array([0.24, 0.68, 0.08]), ["money", "bank", "grows"], "bank")
    'The numbers stand for similarity: “bank” is 0.24 similar to “money”.'
    """
    others = [(weight, token) for weight, token in zip(weights, tokens, strict=True) if token != word]
    weight, best = max(others, key=lambda other: float(other[0]), default=(0.0, ""))
    return f"The numbers stand for similarity{f': “{word}” is {weight:.2f} similar to “{best}”' if best else ''}."


def sums_alt(letter: str, weights: Array, tokens: Sequence[str], names: Sequence[str]) -> str:
    """Stand in for the bars of all words of a sentence, of shape (n, k): names are those of the k that give."""
    equations = "; ".join(f"{token}′ = {as_sum(row, names)}" for token, row in zip(tokens, weights, strict=True))
    return f"The words of sentence {letter} as sums of one another: {equations}."


def hand_and_computed(word: str, names: Sequence[str], hand: Array, computed: Array) -> str:
    """Say how far weights set by hand are from the computed ones.

    >>> hand_and_computed("bank", ["money", "bank", "grows"], np.array([0.3, 0.6, 0.1]), np.array([0.2, 0.65, 0.15]))
    'The weights of “bank” by hand are at most 0.10 from the computed ones: “money” has 0.30 by hand, 0.20 computed.'
    """
    away = np.abs(hand - computed)
    place = int(away.argmax())
    if away[place] < HARDLY:
        return f"The weights of “{word}” by hand are the computed ones."
    example = f"“{names[place]}” has {hand[place]:.2f} by hand, {computed[place]:.2f} computed"
    return f"The weights of “{word}” by hand are at most {away[place]:.2f} from the computed ones: {example}."


def before_softmax(settings: Settings, divisor: float, *, alone: bool) -> list[str]:
    """Say what is done to the dot products before the softmax, where anything is.

    >>> before_softmax(Settings(scale=False, frequency=True, distance=True), 1.0, alone=False)
    ['Something is taken off the scores of frequent and distant words.']
    """
    lowered = {"frequent": settings.frequency, "distant": settings.distance}
    kinds = " and ".join(kind for kind, is_on in lowered.items() if is_on)
    lines = {
        f"The dot products are divided by {divisor:.2f} first: the next lesson says why.": divisor != 1,
        f"Something is taken off the scores of {kinds} words.": kinds,
        "No word looks at itself.": not (settings.attend_self or alone),
    }
    return [line for line, holds in lines.items() if holds]


def hand_and_computed_alt(names: Sequence[str], hand: Array, computed: Array) -> str:
    """Stand in for the bars of weights by hand beside the computed ones."""
    pairs = zip(numbered(names, hand), computed, strict=True)
    return f"Weights: {'; '.join(f'{by_hand} by hand, {weight:.2f} computed' for by_hand, weight in pairs)}."
