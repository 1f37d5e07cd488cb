"""The words nearest to a word in the dictionary of vectors, and which of its senses each of them belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from selfattn.core.rounding import plain_fixed
from selfattn.core.senses import AmbiguousWord, nearness, pole_centres
from selfattn.core.wording import numbered, quoted, with_numbers

MOST = 12
NAMED = 3  # neighbours that a finding names
DROWNED = 0.25  # a sense with no more than this share of the neighbours is drowned


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A near word.

    Attributes
    ----------
    word : str
    cosine : float
        To the word whose neighbour it is.
    near : dict of str to float
        Its cosine to the centre of each sense; empty for a word without poles.
    """

    word: str
    cosine: float
    near: dict[str, float] = field(default_factory=dict)

    @property
    def sense(self) -> str | None:
        """Name the sense that it is nearer to; None for a word without poles."""
        return max(self.near, key=lambda name: self.near[name]) if self.near else None


def nearest(word: str, vectors: Any, sense: AmbiguousWord | None = None, *, most: int = MOST) -> list[Neighbour]:
    """Find the nearest words of the whole vocabulary, the nearest first.

    Parameters
    ----------
    word : str
        One of the vocabulary.
    vectors : KeyedVectors
    sense : AmbiguousWord, optional
        Says which two senses the neighbours are told apart by.
    most : int
        How many.
    """
    centres = pole_centres(sense, vectors) if sense else {}
    return [
        Neighbour(near, float(cosine), nearness(vectors[near], centres))
        for near, cosine in vectors.most_similar(word, topn=most)
    ]


def nearest_finding(word: str, neighbours: Sequence[tuple[str, float]]) -> str:
    """Name the nearest words, with their cosines.

    >>> nearest_finding("bank", (("banks", 0.87), ("banking", 0.75)))
    'Nearest to “bank”: banks (0.87), banking (0.75).'
    """
    if not neighbours:
        return f"No other word of this set has a direction, so {quoted([word])} has no neighbours."
    end = "" if len(neighbours) > NAMED else "."
    return f"Nearest to {quoted([word])}: {with_numbers(neighbours, NAMED)}{end}"


def drowned(word: str, neighbours: Sequence[Neighbour]) -> str:
    """Say how the neighbours share out among the senses."""
    if not neighbours:
        return f"“{word}” has no neighbours."
    first, count = neighbours[0], len(neighbours)
    if not first.near:
        return (
            f"The nearest word of “{word}” is “{first.word}”, with a cosine of {plain_fixed(first.cosine, 2)}: "
            "one list, whatever the sentence says."
        )
    counts = {name: sum(near.sense == name for near in neighbours) for name in first.near}
    (major, most), (minor, fewest) = sorted(counts.items(), key=lambda item: -item[1])
    which = f"All {most}" if not fewest else f"{most} of the {count}"
    if fewest <= DROWNED * count:
        return f"{which} nearest words of “{word}” are nearer to {major}: the other meaning, {minor}, is drowned."
    return (
        f"{which} nearest words of “{word}” are nearer to {major}, {fewest} to {minor}: "
        "one vector has to stand for both."
    )


def neighbours_alt(word: str, neighbours: Sequence[Neighbour]) -> str:
    """Stand in for the bars of the neighbours."""
    cosines = numbered([near.word for near in neighbours], [near.cosine for near in neighbours])
    senses = [f" ({near.sense})" if near.sense else "" for near in neighbours]
    named = ", ".join(map("".join, zip(cosines, senses, strict=True)))
    return f"The {len(neighbours)} nearest words of “{word}” by cosine, nearest first: {named}."
