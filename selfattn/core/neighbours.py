"""The words nearest to a word in the dictionary of vectors, and which of its senses each of them belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from selfattn.core.rounding import plain_fixed
from selfattn.core.senses import AmbiguousWord, nearness, pole_centres

MOST = 12
DROWNED = 0.25  # a sense with no more than this share of the neighbours is drowned


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One near word.

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
        Neighbour(found, float(cosine), nearness(vectors[found], centres))
        for found, cosine in vectors.most_similar(word, topn=most)
    ]


def drowned(word: str, found: Sequence[Neighbour]) -> str:
    """Say how the neighbours share out among the senses."""
    if not found:
        return f"“{word}” has no neighbours."
    if not found[0].near:
        return (
            f"The nearest word of “{word}” is “{found[0].word}”, with a cosine of {plain_fixed(found[0].cosine, 2)}: "
            "one list, whatever the sentence says."
        )
    counts = {name: sum(one.sense == name for one in found) for name in found[0].near}
    (major, most), (minor, fewest) = sorted(counts.items(), key=lambda item: -item[1])
    if fewest <= DROWNED * len(found):
        said = f"All {most}" if not fewest else f"{most} of the {len(found)}"
        return f"{said} nearest words of “{word}” are nearer to {major}: the other meaning, {minor}, is drowned."
    return (
        f"{most} of the {len(found)} nearest words of “{word}” are nearer to {major}, {fewest} to {minor}: "
        "one vector has to stand for both."
    )


def neighbours_alt(word: str, found: Sequence[Neighbour]) -> str:
    """Stand in for the bars of the neighbours."""
    said = ", ".join(
        f"{one.word} {plain_fixed(one.cosine, 2)}{f' ({one.sense})' if one.sense else ''}" for one in found
    )
    return f"The {len(found)} nearest words of “{word}” by cosine, nearest first: {said}."
