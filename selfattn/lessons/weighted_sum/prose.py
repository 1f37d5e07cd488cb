"""A word as a weighted sum, in plain words: findings, and texts that stand in for a picture."""

from collections.abc import Sequence

import numpy as np

from selfattn.core import describe
from selfattn.core.describe import HARDLY, Array, as_sum
from selfattn.core.lean import Lean
from selfattn.core.presets import Settings
from selfattn.core.rounding import plain_fixed
from selfattn.core.wording import numbered

KEPT = 0.99  # a share of itself from which on a word has hardly room for another meaning


def by_hand(word: str, lean: Lean | None, alike: float) -> str:
    """Say where a word is with weights set by hand: `alike` is its cosine with the static one, said without poles.

    >>> by_hand("bank", Lean(-2.2, 1.2, ("finance", "river"), 0.1), 0.9)
    'With these weights “bank” crosses to river: from −2.2 to 1.2 on the line, where 0 is neither.'
    """
    if lean is None:
        return f"With these weights the new “{word}” has a cosine of {plain_fixed(alike, 2)} with the static one."
    start, end = (plain_fixed(place, 1) for place in (lean.before, lean.after))
    return f"With these weights “{word}” {lean.caption}: from {start} to {end} on the line, where 0 is neither."


def two_sums(word: str, sums: Sequence[tuple[str, Array, Sequence[str]]], *, values: bool = False) -> str:
    """Say of one word what differs between sentences: sums are (letter, weights, tokens), of words or their values."""
    right = [(letter, as_sum(weights, tokens, values=values)) for letter, weights, tokens in sums]
    equations = "; in ".join(f"{letter}, {word}′ = {added}" for letter, added in right)
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


def shares(weights: Array, tokens: Sequence[str], word: str) -> str:
    """Say what the numbers of a sum are: the heaviest other word is the example, where there is one.

    >>> shares(np.array([0.24, 0.68, 0.08]), ["money", "bank", "grows"], "bank")
    'The numbers are shares, made of similarities: “bank” gives “money” a share of 0.24.'
    """
    givers = describe.heaviest(weights, tokens, list(tokens).index(word), most=1)
    example = f": “{word}” gives “{givers[0][0]}” a share of {givers[0][1]:.2f}" if givers else ""
    return f"The numbers are shares, made of similarities{example}."


def sums_alt(letter: str, weights: Array, tokens: Sequence[str], names: Sequence[str], *, values: bool = False) -> str:
    """Stand in for the bars of all words of a sentence, of shape (n, k): names are those of the k that give."""
    pairs = zip(tokens, weights, strict=True)
    equations = "; ".join(f"{token}′ = {as_sum(row, names, values=values)}" for token, row in pairs)
    return f"The words of sentence {letter} as sums of one another: {equations}."


def where_from(*, trained: bool) -> str:
    """Say where the weights come from."""
    similar = "How similar are two words? Their dot product says it. So the weights are dot products"
    learned = "How well does a key answer a query? Their dot product says it; what both look for has been learned"
    return f"{learned if trained else similar}, and a softmax makes them sum to one:"


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
