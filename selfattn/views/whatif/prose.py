"""What a change of a sentence did, in plain words: the finding, and the texts that stand in for its charts."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from selfattn.core.describe import HARDLY, map_of_words, moved
from selfattn.core.lean import Lean
from selfattn.core.rounding import percent, plain_fixed
from selfattn.views.whatif.change import CAME, LEFT, RIGHT, WENT, BeforeAfter, WeightChange, sums, telling

NAMED = 4  # new words that a finding names
BECAME = {CAME: " (new)", WENT: " (gone)", RIGHT: " (moved)", LEFT: " (moved)"}

Array = NDArray[np.floating[Any]]


def finding(
    seen: BeforeAfter,
    *,
    lean: Lean | None = None,
    alike: float = 1.0,
    distance: bool = False,
) -> str:
    """Say what a change did.

    Parameters
    ----------
    seen : BeforeAfter
    lean : Lean, optional
        Where the contextual vector is on the line between the senses, before and after the change.
    alike : float
        The cosine of both contextual vectors: said where there is no line.
    distance : bool
        Whether distant words count less.
    """
    if seen.change == "move" and seen.stays() and (seen.as_far() or not distance):
        return _unmoved(seen, distance=distance)
    if all(abs(pair.difference) < HARDLY for pair in seen.pairs()):
        own = f"“{seen.followed}” gives itself {percent(float(seen.new_weights[seen.made.row]))} either way"
        new = f" “{_new_words(seen)}” gives as little, and" if seen.change == "swap" else ""
        return f"{_lead(seen)},{new} hardly anything changes: {own}."
    return f"{_lead(seen)}, {_told(seen)}, and {_goes(seen.followed, lean, alike)}."


def _unmoved(seen: BeforeAfter, *, distance: bool) -> str:
    nothing = f"{_lead(seen)}, nothing changes"
    if distance:
        return f"{nothing}: every word stands as far from “{seen.followed}” as before."
    return (
        f"{nothing}: each weight comes from the dot product of two words, wherever they stand, and a sum has no order. "
        "Only the switch “Lower distant words” looks at places."
    )


def _lead(seen: BeforeAfter) -> str:
    word, made = seen.word, seen.made
    match seen.change:
        case "leave":
            left = made.tokens.count(word)
            twin = "" if not left else "the other " if word == seen.followed and left == 1 else "one "
            return f"Without {twin}“{word}”"
        case "swap":
            return f"In place of “{word}”"
        case "repeat":
            times = made.tokens.count(word)
            return f"With “{word}” {'twice' if times == 2 else f'{times} times'}"
        case "move":
            return f"With “{word}” {where(made.tokens, made.came_from.index(seen.place))}"


def where(tokens: Sequence[str], place: int) -> str:
    """Say where a word stands.

    >>> where(["bank", "money", "grows"], 1)
    'after “bank”'
    """
    ends = {len(tokens) - 1: "at the end", 0: "at the start"}
    return ends.get(place) or f"after “{tokens[place - 1]}”"


def _new_words(seen: BeforeAfter) -> str:
    new = [token for token, old in zip(seen.made.tokens, seen.made.came_from, strict=True) if old is None]
    return " ".join(new[:NAMED]) + (" …" if len(new) > NAMED else "")


def _told(seen: BeforeAfter) -> str:
    """Tell the change of one weight: of the changed word where it still counts, else of the one that changes most."""
    pairs, word = seen.pairs(), seen.word
    if seen.change == "swap":
        went, came = sums([pair for pair in pairs if pair.sign in (CAME, WENT)])
        several = " together" if seen.made.came_from.count(None) > 1 else ""
        return f"“{_new_words(seen)}” gives{several} {percent(came)} rather than {percent(went)}"
    if seen.change == "repeat":
        return f"it {_rises(*sums([pair for pair in pairs if pair.word == word]))} in all"
    if seen.change == "move" and seen.place != seen.row:
        return f"it {_rises(*sums([pair for pair in pairs if pair.sign in (RIGHT, LEFT)]))}"
    others: dict[str, list[WeightChange]] = {}
    for pair in pairs:
        if not pair.followed:
            others.setdefault(pair.word, []).append(pair)  # a repeated word counts as one
    totals = {name: sums(twins) for name, twins in others.items()}
    if word not in totals or not totals[word][1]:
        totals.pop(word, None)
        word = max(totals, key=lambda name: abs(totals[name][1] - totals[name][0]), default="")
    if word and abs(totals[word][1] - totals[word][0]) >= HARDLY:
        return f"“{word}” {_rises(*totals[word])}"
    return f"“{seen.followed}” itself {_rises(*sums([pair for pair in pairs if pair.followed]))}"


def _rises(before: float, after: float) -> str:
    start, end = percent(before), percent(after)
    return f"stays at {end}" if start == end else f"{_verb(after - before)} from {start} to {end}"


def _verb(difference: float) -> str:
    return "rises" if difference > 0 else "falls"


def _goes(word: str, lean: Lean | None, alike: float) -> str:
    if lean is None:
        return f"the new “{word}” has a cosine of {plain_fixed(alike, 2)} with the one before"
    return f"“{word}” {lean.caption}"


def weights_alt(seen: BeforeAfter, most: int = 24) -> str:
    """Stand in for the paired bars."""
    weights = ", ".join(
        f"{pair.word}{BECAME.get(pair.sign, '')}: {_weight(pair.before)} to {_weight(pair.after)}"
        for pair in telling(seen.pairs(), most)
    )
    return f"Weights of “{seen.followed}” before and after: {weights}."


def _weight(weight: float | None) -> str:
    return "none" if weight is None else f"{weight:.2f}"


def places_alt(
    word: str, moves: Sequence[tuple[str, Array, Array]], senses: Sequence[str], explained: float, line: str = ""
) -> str:
    """Stand in for the motion plot: moves are (name, static, contextual) with places of shape (2,)."""
    ways = "; ".join(f"{name} the change {moved(*places)}" for name, *places in moves)
    said = f" Under it the line: {line}" if line else ""
    return f"{map_of_words(senses, explained)}. Where “{word}” goes on axis 1: {ways}.{said}"
