"""What a picture shows, in plain words: the line under the sentences, and the text that stands in for a chart."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from selfattn.core.heaviest import SHOWN, gathered, telling, with_rest
from selfattn.core.heaviest import heaviest as heaviest_places
from selfattn.core.lean import Lean
from selfattn.core.rounding import percent, plain_fixed
from selfattn.core.wording import listed, numbered, quoted

HARDLY = 0.005  # a change of a weight or a cosine that is not worth a word
TELLING = 0.05  # a share from which on a second word is named
LEFT_OUT = 2  # words without a vector that a finding names

Array = NDArray[np.floating[Any]]


def heaviest(weights: Array, tokens: Sequence[str], row: int, most: int = 2) -> list[tuple[str, float]]:
    """Find the other words that give most: (word, weight) pairs, all copies of a word counted as one."""
    total: dict[str, float] = {}
    for token, weight in zip(tokens, weights, strict=True):
        if token != tokens[row]:
            total[token] = total.get(token, 0.0) + float(weight)
    return sorted(total.items(), key=lambda item: -item[1])[:most]


def share(weights: Array, tokens: Sequence[str], row: int) -> str:
    """Say what the new vector of a word is made of; the word itself is named where it stands more than once.

    >>> share(np.array([0.24, 0.68, 0.08]), ["money", "bank", "grows"], 1)
    '24 % of the new “bank” is “money” and 8 % “grows”'
    >>> share(np.array([0.3, 0.4, 0.3]), ["bank", "the", "bank"], 0)
    '60 % of the new “bank” is “bank” (2 places) and 40 % “the”'
    """
    word, givers, copies = tokens[row], heaviest(weights, tokens, row), list(tokens).count(tokens[row])
    if copies > 1:
        own = float(weights[[token == word for token in tokens]].sum())
        givers.insert(0, (word, own))
    if not givers:
        return f"“{word}” stands alone and stays what it is"
    (best, most), *others = givers
    places = f" ({copies} places)" if copies > 1 else ""
    first = f"{percent(most)} of the new “{word}” is “{best}”{places}"
    return listed([first, *(f"{percent(part)} “{other}”" for other, part in others if part >= TELLING)])


def as_sum(weights: Array, tokens: Sequence[str], most: int = 4, *, values: bool = False) -> str:
    """Write a weighted sum in words: in sentence order, the heaviest terms where there are many.

    `values` says that what is added up is the value that a head makes of each word, v(word).

    >>> as_sum(np.array([0.24, 0.68, 0.08]), ["money", "bank", "grows"])
    '0.24 money + 0.68 bank + 0.08 grows'
    >>> as_sum(np.array([0.7, 0.0, 0.3]), ["money", "bank", "grows"], values=True)
    '0.70 · v(money) + 0.30 · v(grows)'
    """
    given = [place for place in heaviest_places(weights, most) if weights[place] > 0]
    terms = [f"{weights[place]:.2f} {f'· v({tokens[place]})' if values else tokens[place]}" for place in given]
    return " + ".join([*terms, *(["…"] if len(given) < np.count_nonzero(weights) else [])])


def finding(
    letter: str, weights: Array, tokens: Sequence[str], row: int, lean: Lean | None, unknown: Sequence[str] = ()
) -> str:
    """Say in one sentence what happened to the word in one sentence, of which some tokens may be unknown."""
    made = ", ".join([f"In {letter}", *without(unknown), share(weights, tokens, row)])
    return f"{made}." if lean is None else f"{made}: it {lean.caption}."


def without(unknown: Sequence[str]) -> list[str]:
    """Say which words of a sentence do not count, given its unknown tokens: a list of one, or of none.

    >>> without(["rivver", "?!"]), without(["?!"])
    (['without “rivver”, which has no vector'], [])
    """
    words = [word for word in unknown if any(letter.isalnum() for letter in word)]
    have = "has" if len(words) == 1 else "have"
    return [f"without {quoted(words, LEFT_OUT)}, which {have} no vector"] if words else []


def with_left_out(text: str, sentences: Sequence[tuple[str, Sequence[str]]]) -> str:
    """Put before a finding which words of its sentences do not count; sentences are (letter, unknown tokens).

    >>> with_left_out("“bank” stays.", [("A", []), ("B", ["rivver"])]), with_left_out("“bank” stays.", [("A", ["xq"])])
    ('In B without “rivver”, which has no vector: “bank” stays.', 'Without “xq”, which has no vector: “bank” stays.')
    """
    named = [
        (f"in {letter} " if len(sentences) > 1 else "") + left for letter, gone in sentences for left in without(gone)
    ]
    return f"{named[0][0].upper()}{'; '.join(named)[1:]}: {text}" if named else text


def line_alt(word: str, leans: Sequence[tuple[str, Lean]]) -> str:
    """Stand in for the line between two senses: a lean for each sentence, with what it is called."""
    if not leans:
        return ""
    first = leans[0][1]
    start = f"static “{word}” stands at {plain_fixed(first.before, 1)}, {_side(first.side_of(first.before))}"
    ends = "; ".join(
        f"{name}: it {lean.caption}, at {plain_fixed(lean.after, 1)}, {_side(lean.side)}" for name, lean in leans
    )
    return f"On the line from {first.senses[0]} (left) to {first.senses[1]} (right), {start}: {ends}."


def _side(side: str | None) -> str:
    return f"on the side of {side}" if side else "on neither side"


def bars_alt(letter: str, weights: Array, tokens: Sequence[str], row: int, most: int = SHOWN) -> str:
    """Stand in for the weight bars: of a long sentence so many, the last of which sums up the rest."""
    places = telling(weights, row, most)
    values = ", ".join(numbered(with_rest(tokens, places), gathered(weights, places)))
    return f"Weights of “{tokens[row]}” in sentence {letter}: {values}."


def heatmap_alt(weights: Array, tokens: Sequence[str], row: int) -> str:
    """Stand in for the weights heatmap."""
    shares, drawn = share(weights[row], tokens, row), len(telling(weights[row], row))
    more = f" for the {drawn} that “{tokens[row]}” takes most from" if drawn < len(tokens) else ""
    return f"Attention weights of {len(tokens)} words, one row each{more}. In the row of “{tokens[row]}”: {shares}."


def motion_alt(
    word: str, moves: Sequence[tuple[str, Array, Array]], senses: Sequence[str], explained: float, line: str = ""
) -> str:
    """Stand in for the motion plot: moves are (letter, static, contextual) with places of shape (2,)."""
    ways = "; ".join(f"in sentence {letter} {moved(*places)} on axis 1" for letter, *places in moves)
    said = f" Under it the line: {line}" if line else ""
    return f"{map_of_words(senses, explained)}. The static “{word}” is a hollow ring: {ways}.{said}"


def map_of_words(senses: Sequence[str], explained: float) -> str:
    """Say what the axes of the motion plot are, and which share of the variance they explain."""
    ends = f" from {senses[0]} on the left to {senses[1]} on the right" if len(senses) == 2 else ""
    return f"Map of word vectors{ends}, keeping {explained:.0%} of their variance"


def moved(static: Array, contextual: Array) -> str:
    """Say where a word goes on axis 1, between places of shape (2,)."""
    return f"it goes from {plain_fixed(static[0], 1)} to {plain_fixed(contextual[0], 1)}"


def cosines(word: str, before: Mapping[str, float], after: Mapping[str, float]) -> str:
    """Say how near a word is to each sense, before and after.

    >>> cosines("bank", {"finance": 0.82, "river": 0.44}, {"finance": 0.8, "river": 0.5})
    'Cosines of “bank” to the poles, static → contextual: finance 0.82 → 0.80, river 0.44 → 0.50.'
    """
    each = ", ".join(f"{sense} {plain_fixed(before[sense], 2)} → {plain_fixed(after[sense], 2)}" for sense in after)
    return f"Cosines of “{word}” to the poles, static → contextual: {each}."
