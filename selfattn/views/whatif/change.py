"""What if a word is left out, swapped, repeated or moved: the tokens after it, and the weights before and after."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Change = Literal["leave", "swap", "repeat", "move"]
CAME, WENT, RIGHT, LEFT, REST = "+", "−", "→", "←", "…"
FALLBACKS = ("the", "a")  # what a word is swapped for where there are no poles

Array = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Changed:
    """Tokens after a change.

    Attributes
    ----------
    tokens : tuple of str
    row : int
        Where the followed word is now.
    came_from : tuple of (int or None)
        For each token the row that it had before; None for one that is new.
    """

    tokens: tuple[str, ...]
    row: int
    came_from: tuple[int | None, ...]


def changed(
    tokens: Sequence[str], change: Change, place: int, *, by: Sequence[str] = (), to: int | None = None, row: int
) -> Changed:
    """Change one word of a sentence.

    Parameters
    ----------
    tokens : sequence of str
    change : {"leave", "swap", "repeat", "move"}
        Leave the word out; put others in its place; put it down twice; put it somewhere else.
    place : int
        Which word, from 0.
    by : sequence of str
        What it is swapped for: at least one word.
    to : int
        Which place a moved word has afterwards, from 0.
    row : int
        The word that is followed: it cannot be left out or swapped.

    Raises
    ------
    ValueError
        A place that does not exist, the followed word where it must stay, or nothing to swap for.

    Examples
    --------
    >>> changed(["money", "bank", "grows"], "leave", 0, row=1)
    Changed(tokens=('bank', 'grows'), row=0, came_from=(1, 2))
    """
    _refuse(tokens, change, place, by, to, row)
    rows: list[int | None] = list(range(len(tokens)))
    coming = iter(by if change == "swap" else [tokens[place]])
    instead: dict[str, list[int | None]] = {"leave": [], "swap": [None] * len(by), "repeat": [place, None]}
    if change == "move":
        rows.insert(to or 0, rows.pop(place))
    else:
        rows[place : place + 1] = instead[change]
    words = tuple(next(coming) if old is None else tokens[old] for old in rows)
    return Changed(words, rows.index(row), tuple(rows))


def _refuse(tokens: Sequence[str], change: Change, place: int, by: Sequence[str], to: int | None, row: int) -> None:
    count = len(tokens)
    if not (0 <= place < count and 0 <= row < count):
        raise ValueError(f"places run from 0 to {count - 1}, got place {place} and row {row}")
    if change in ("leave", "swap") and place == row:
        raise ValueError(f"“{tokens[row]}” is the word that is followed, so it stays: choose another place than {row}")
    if change == "swap" and not by:
        raise ValueError(f"“{tokens[place]}” is to be swapped, but by names no word")
    if change == "move" and (to is None or not 0 <= to < count):
        raise ValueError(f"a word moves to a place from 0 to {count - 1}, got {to}")


def heaviest_other(weights: Array, row: int) -> int:
    """Find the place, other than the followed word's own, with most weight; a word that is alone looks at itself."""
    others = [place for place in range(len(weights)) if place != row]
    return max(others, key=lambda place: float(weights[place]), default=row)


def suggestion(
    tokens: Sequence[str], known: Collection[str], poles: Mapping[str, Sequence[str]], nearest: str | None
) -> str:
    """Name a word worth swapping in: the first of the other pole that the sentence lacks; without poles, “the”."""
    other = [word for name, words in poles.items() if name != nearest for word in words]
    return next((word for word in (*other, *FALLBACKS) if word in known and word not in tokens), FALLBACKS[0])


@dataclass(frozen=True, slots=True)
class WeightChange:
    """One word's weight before and after; None where the word was not there.

    `sign` says what became of it: it came, went, was moved to the right or left, or stands for the rest.
    """

    word: str
    before: float | None
    after: float | None
    sign: str = ""
    followed: bool = False

    @property
    def difference(self) -> float:
        """Give how far the weight went."""
        return (self.after or 0.0) - (self.before or 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class BeforeAfter:
    """A change, and the weights of the followed word before it and after it: arrays of shape (n_tokens,)."""

    change: Change
    place: int
    tokens: Sequence[str]
    row: int
    weights: Array
    made: Changed
    new_weights: Array

    @property
    def word(self) -> str:
        """Give the word that was changed."""
        return self.tokens[self.place]

    @property
    def followed(self) -> str:
        """Give the word that is followed."""
        return self.tokens[self.row]

    def pairs(self) -> list[WeightChange]:
        """Pair the weights, in the order of the sentence after the change; what went stands where it stood."""
        pairs = [
            WeightChange(
                word=token,
                before=None if old is None else float(self.weights[old]),
                after=float(self.new_weights[new]),
                sign=CAME if old is None else self._arrow(old, new),
                followed=new == self.made.row,
            )
            for new, (token, old) in enumerate(zip(self.made.tokens, self.made.came_from, strict=True))
        ]
        if self.change in ("leave", "swap"):
            pairs.insert(self.place, WeightChange(self.word, float(self.weights[self.place]), None, WENT))
        return pairs

    def _arrow(self, old: int, new: int) -> str:
        """Tell which way a word was moved: those that make room for it stay."""
        return "" if self.change != "move" or old != self.place or old == new else RIGHT if new > old else LEFT

    def stays(self) -> bool:
        """Tell whether every weight is, but for rounding, what it was."""
        return all(abs(pair.difference) < 1e-9 for pair in self.pairs())

    def as_far(self) -> bool:
        """Tell whether every word stands as far from the followed one as before."""
        places = enumerate(self.made.came_from)
        return all(old is not None and abs(old - self.row) == abs(new - self.made.row) for new, old in places)


def telling(pairs: Sequence[WeightChange], most: int) -> list[WeightChange]:
    """Keep the words that a picture has room for, in order, and sum up the rest as one.

    The followed and the changed words come first, then those whose weight changes most, then the heaviest.
    """
    if len(pairs) <= most:
        return list(pairs)
    ranked = sorted(range(len(pairs)), key=lambda place: _rank(pairs[place]))
    kept, rest = sorted(ranked[: most - 1]), [pairs[place] for place in ranked[most - 1 :]]
    return [*(pairs[place] for place in kept), WeightChange(f"{len(rest)} more", *sums(rest), REST)]


def sums(pairs: Collection[WeightChange]) -> tuple[float, float]:
    """Sum up what some words give, before and after."""
    return sum(pair.before or 0.0 for pair in pairs), sum(pair.after or 0.0 for pair in pairs)


def _rank(pair: WeightChange) -> tuple[bool, bool, float, float]:
    return not pair.followed, not pair.sign, -abs(pair.difference), -max(pair.before or 0.0, pair.after or 0.0)
