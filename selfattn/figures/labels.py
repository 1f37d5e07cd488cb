"""Where labels go so that they do not cover one another: greedy, most important first, in pixels."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Box = tuple[float, float, float, float]  # left, top, right, bottom
SIDES = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (-1, -1), (1, 1), (-1, 1))
RINGS = (9.0, 22.0, 38.0, 58.0, 84.0, 116.0, 152.0, 194.0)  # pixels from the point; the far ones get a leader line
_NAMES = [f"{('top', 'middle', 'bottom')[y + 1]} {('left', 'center', 'right')[x + 1]}" for x, y in SIDES]
LABEL_COST = 1000  # where a label that must be shown has no free place: rather many markers than any label
WIDEST = 2.5  # times the nominal width: labels stay apart up to there
LEADER = (0.2, 0.4, 0.6, 0.8)  # places along the line from a point to the middle of its label
NEAR = 2 * len(SIDES)  # candidates that need no leader line
FAR = 5 * len(SIDES)  # candidates of a label that need not be shown
ENOUGH = 3 * len(SIDES)  # candidates of one that must be, before it may cover a marker
_SHIFTS = np.array([(ring * x, ring * y) for ring in RINGS for x, y in SIDES])


@dataclass(frozen=True, slots=True)
class Anchor:
    """A point that wants a label, in pixels.

    One that `must` be shown is, others give way; only one that may be `far` gets a leader line.
    """

    x: float
    y: float
    text: str
    size: int
    must: bool = False
    far: bool = True


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a label goes: its middle relative to its point, in pixels, and the same as a side and a gap.

    A `far` one asks for a leader line.
    """

    dx: float
    dy: float
    side: str
    gap: float
    far: bool


def text_width(text: str, size: int) -> float:
    """Estimate a label's width in pixels: wide East Asian letters and emoji count double."""
    wide = sum(1.9 if unicodedata.east_asian_width(letter) in "WF" else 1.0 for letter in text)
    return wide * size * 0.56


def place(
    anchors: Sequence[Anchor], obstacles: Iterable[Box], bounds: Box, *, crossing: bool = False
) -> list[Placed | None]:
    """Choose a place for every label, in the order given, or None for one that would cover another.

    Parameters
    ----------
    anchors : sequence of Anchor
        Most important first.
    obstacles : iterable of Box
        What no label may cover: markers and arrows.
    bounds : Box
        The plot; no label leaves it.
    crossing : bool
        Whether a leader may run through another label, where it has to.
    """
    taken = _Taken(list(obstacles), len(anchors))
    return [_placed(anchor, taken, bounds, crossing) for anchor in anchors]


class _Taken:
    """What no label may cover: a box each, the x that it moves with in a wider plot, and how bad it is to cover."""

    def __init__(self, obstacles: list[Box], labels: int) -> None:
        self.count = len(obstacles)
        self.boxes = np.empty((self.count + labels * (1 + len(LEADER)), 4))
        self.boxes[: self.count] = np.array(obstacles).reshape(-1, 4)
        self.x = self.boxes[:, ::2].mean(axis=1)
        self.cost = np.full(len(self.boxes), float(LABEL_COST))
        self.cost[: self.count] = 1

    def add(self, box: NDArray[np.float64], x: float, cost: float = LABEL_COST) -> None:
        self.boxes[self.count], self.x[self.count], self.cost[self.count] = box, x, cost
        self.count += 1

    def covered(self, boxes: NDArray[np.float64], x: float, least: float = 0) -> NDArray[np.float64]:
        """Add up, for each box, the areas that it covers while the plot grows to `WIDEST` times its width.

        Points apart by some pixels move apart by as much again when the width doubles; labels keep their size.
        """
        these = np.flatnonzero(self.cost[: self.count] >= least)
        others, way = self.boxes[these], (WIDEST - 1) * (x - self.x[these])
        left = np.maximum(boxes[:, None, 0] + np.minimum(way, 0), others[:, 0])
        right = np.minimum(boxes[:, None, 2] + np.maximum(way, 0), others[:, 2])
        high = np.minimum(boxes[:, None, 3], others[:, 3]) - np.maximum(boxes[:, None, 1], others[:, 1])
        return np.asarray((np.maximum(right - left, 0) * np.maximum(high, 0)) @ self.cost[these])


def _placed(anchor: Anchor, taken: _Taken, bounds: Box, crossing: bool) -> Placed | None:
    """Try the places ring by ring, and take the first that covers nothing; else, if it must be, the least bad one."""
    half = np.array([text_width(anchor.text, anchor.size) / 2 + 1, anchor.size * 0.68])
    least: tuple[float, float, int, NDArray[np.float64], NDArray[np.float64]] | None = None
    for first in range(0, NEAR if not anchor.far else len(_SHIFTS) if anchor.must else FAR, len(SIDES)):
        shifts = _SHIFTS[first : first + len(SIDES)]
        shifts = shifts + np.sign(shifts) * half
        middles = shifts + np.array([anchor.x, anchor.y])
        boxes = np.hstack([middles - half, middles + half])  # (8, 4)
        covered = _outside(boxes, bounds) + taken.covered(boxes, anchor.x)
        leaders = [_part_of(anchor, middles, part) for part in (LEADER if first >= NEAR else ())]
        crossed = sum((taken.covered(leader, anchor.x, LABEL_COST) for leader in leaders), np.zeros(len(boxes)))
        best = int(np.lexsort((crossed, covered))[0])
        if least is None or (covered[best], crossed[best]) < least[:2]:
            least = float(covered[best]), float(crossed[best]), first + best, shifts[best], boxes[best]
        enough = LABEL_COST if first + len(SIDES) >= ENOUGH else 0  # there markers only, rather than farther away
        if not any(least[:2]) or (anchor.must and least[0] < enough):
            break
    if least is None or (any(least[: 1 if crossing else 2]) and not anchor.must):
        return None
    _, _, best, shift, box = least
    taken.add(box, anchor.x)
    if best >= NEAR:
        for part in LEADER:
            taken.add(_part_of(anchor, shift[None] + np.array([anchor.x, anchor.y]), part)[0], anchor.x, 1)
    ring, side = divmod(best, len(SIDES))
    return Placed(dx=float(shift[0]), dy=float(shift[1]), side=_NAMES[side], gap=RINGS[ring], far=best >= NEAR)


def _part_of(anchor: Anchor, middles: NDArray[np.float64], part: float) -> NDArray[np.float64]:
    """Give a piece of the leaders from a point to labels around these middles, as boxes of shape (n, 4)."""
    start = np.array([anchor.x, anchor.y])
    reach = start + part * (middles - start)
    return np.hstack([reach - 1, reach + 1])


def _outside(boxes: NDArray[np.float64], bounds: Box) -> NDArray[np.float64]:
    low, high = np.array(bounds[:2]) - boxes[:, :2], boxes[:, 2:] - np.array(bounds[2:])
    return np.asarray(np.maximum(low, 0).sum(axis=1) + np.maximum(high, 0).sum(axis=1)) * 1000
