"""The words nearest to a word in the dictionary of vectors, and which of its senses each of them belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from selfattn.core.kept import kept
from selfattn.core.rounding import plain_fixed
from selfattn.core.senses import AmbiguousWord, nearness, pole_centres
from selfattn.core.wording import numbered, quoted, with_numbers

MOST = 12
NAMED = 3  # neighbours that a finding names
DROWNED = 0.25  # a sense with no more than this share of the neighbours is drowned
TIE = 0.005  # cosines nearer than this are written with the same two decimals
FREQUENT, ONE_WAY = 50, 0.95  # words of which half the cosines are above this point nearly the same way


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
        """Name the sense that it is nearer to; None for a word without poles, and where both are as near."""
        best, *others = sorted(self.near.items(), key=lambda item: -item[1]) or [("", 0.0)]
        return (best[0] or None) if all(best[1] - cosine >= TIE for _, cosine in others) else None


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


def one_way(vectors: Any, word: str = "") -> str:
    """Say of a set whose words nearly all point the same way, as before training, how little its cosines differ.

    Parameters
    ----------
    vectors : KeyedVectors
    word : str
        Whose neighbours are shown.

    Returns
    -------
    str
        With the spread of the cosines of its most frequent words; nothing of a set whose words point many ways.
    """
    said = _one_way(vectors)
    return f"{said} {tells_nothing(word)}." if said else ""


@kept(1)
def _one_way(vectors: Any) -> str:
    rows = np.asarray(vectors.vectors[:FREQUENT], dtype=np.float64)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    rows = rows[lengths[:, 0] > 0] / lengths[lengths[:, 0] > 0]
    cosines = (rows @ rows.T)[np.triu_indices(len(rows), 1)]
    if not cosines.size or (middle := float(np.median(cosines))) < ONE_WAY:
        return ""
    least, half, most = (plain_fixed(float(each), 2) for each in (cosines.min(), middle, cosines.max()))
    return (
        f"The words of this set point nearly all the same way, as when training has hardly begun: of its {len(rows)} "
        f"most frequent, the cosines lie between {least} and {most}, half of them at {half} or above."
    )


def tells_nothing(word: str) -> str:
    """Say that the neighbours, those of a word where one is given, are no finding."""
    return f"Who is nearest{f' to {quoted([word])}' if word else ''} tells nothing yet"


def tied(cosines: Sequence[float]) -> int:
    """Count the first of numbers in falling order that are written alike.

    >>> tied([0.951, 0.949, 0.83]), tied([0.9, 0.8])
    (2, 1)
    """
    return sum(cosines[0] - cosine < TIE for cosine in cosines)


def nearest_finding(word: str, neighbours: Sequence[tuple[str, float]]) -> str:
    """Name the nearest words, with their cosines.

    >>> nearest_finding("bank", (("banks", 0.87), ("banking", 0.75)))
    'Nearest to “bank”: banks (0.87), banking (0.75).'
    >>> nearest_finding("bank", (("grows", 0.951), ("flows", 0.949), ("river", 0.83)))
    'Nearest to “bank”: grows (0.95), flows (0.95), river (0.83). The first 2 are equally near.'
    """
    if not neighbours:
        return f"No other word of this set has a direction, so {quoted([word])} has no neighbours."
    end, alike = "" if len(neighbours) > NAMED else ".", tied([cosine for _, cosine in neighbours])
    which = f"All {alike}" if alike == len(neighbours) else f"The first {alike}"
    said = f" {which} are equally near." if alike > 1 else ""
    return f"Nearest to {quoted([word])}: {with_numbers(neighbours, NAMED)}{end}{said}"


def drowned(word: str, neighbours: Sequence[Neighbour]) -> str:
    """Say how the neighbours share out among the senses."""
    if not neighbours:
        return f"“{word}” has no neighbours."
    first, count = neighbours[0], len(neighbours)
    if not first.near:
        alike, cosine = tied([near.cosine for near in neighbours]), plain_fixed(first.cosine, 2)
        named = quoted([near.word for near in neighbours[:alike]], NAMED)
        are, equally = ("words of", "equally near with") if alike > 1 else ("word of", "with")
        verb = "are" if alike > 1 else "is"
        return (
            f"The nearest {are} “{word}” {verb} {named}, {equally} a cosine of {cosine}: "
            "one list, whatever the sentence says."
        )
    counts = {name: sum(near.sense == name for near in neighbours) for name in first.near}
    (major, most), (minor, fewest) = sorted(counts.items(), key=lambda item: -item[1])
    both, neither = "one vector has to stand for both", count - most - fewest
    if not most:
        return f"The {count} nearest words of “{word}” are as near to {major} as to {minor}: {both}."
    which = f"All {most}" if most == count else f"{most} of the {count}"
    if fewest <= DROWNED * count and most > neither:
        return f"{which} nearest words of “{word}” are nearer to {major}: the other meaning, {minor}, is drowned."
    rest = f", {neither} to neither" if neither else ""
    return f"{which} nearest words of “{word}” are nearer to {major}, {fewest} to {minor}{rest}: {both}."


def came_and_left(before: Sequence[str], after: Sequence[str]) -> str:
    """Say which of the nearest words are new, and which are no longer among them.

    >>> came_and_left(["banks", "loan", "cash"], ["banks", "water", "cash"])
    'Of the 3 nearest words, “water” is new; “loan” has left.'
    >>> came_and_left(["banks", "loan"], ["loan", "banks"])
    'The 2 nearest words are the same, in another order.'
    """
    new, left = ([word for word in side if word not in other] for side, other in ((after, before), (before, after)))
    count = len(after)
    if not new:
        how = "in the same order" if list(before) == list(after) else "in another order"
        return f"The {count} nearest words are the same, {how}."
    came = f"{quoted(new)} {'is' if len(new) == 1 else 'are'} new"
    return f"Of the {count} nearest words, {came}; {quoted(left)} {'has' if len(left) == 1 else 'have'} left."


def neighbours_alt(word: str, neighbours: Sequence[Neighbour]) -> str:
    """Stand in for the bars of the neighbours."""
    cosines = numbered([near.word for near in neighbours], [near.cosine for near in neighbours])
    senses = [f" ({near.sense})" if near.sense else "" for near in neighbours]
    named = ", ".join(map("".join, zip(cosines, senses, strict=True)))
    return f"The {len(neighbours)} nearest words of “{word}” by cosine, nearest first: {named}."
