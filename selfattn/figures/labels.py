"""Where labels go so that they do not cover one another: greedy, most important first, in pixels."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

Box = tuple[float, float, float, float]  # left, top, right, bottom
Array = NDArray[np.float64]
SIDES = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (-1, -1), (1, 1), (-1, 1))
RINGS = (9.0, 22.0, 38.0, 58.0, 84.0, 116.0, 152.0, 194.0)  # pixels from the point; the far ones get a leader line
_NAMES = [f"{('top', 'middle', 'bottom')[y + 1]} {('left', 'center', 'right')[x + 1]}" for x, y in SIDES]
LABEL_COST = 1000  # where a label that must be shown has no free place: rather many markers than any label
WIDEST = 2.5  # times the nominal width: labels stay apart up to there
LEADER = (0.2, 0.4, 0.6, 0.8)  # places along the line from a point to the middle of its label
NEAR = 2 * len(SIDES)  # candidates that need no leader line
FAR = 5 * len(SIDES)  # candidates of a label that need not be shown
ENOUGH = 3 * len(SIDES)  # candidates of one that must be, before it may cover a marker
_STEPS = np.array([0.0, *(side * ring for ring in RINGS for side in (1, -1))])  # from a point, along one axis
_NEAR_STEPS = 1 + 2 * NEAR // len(SIDES)
_PAIRS = [  # the two of them that make a candidate
    tuple((2 * ring + (1 if way > 0 else 2)) if way else 0 for way in side)
    for ring in range(len(RINGS))
    for side in SIDES
]
_ACROSS, _DOWN = np.array(_PAIRS).T


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


@lru_cache(maxsize=4096)
def text_width(text: str, size: int) -> float:
    """Estimate a label's width in pixels: wide East Asian letters and emoji count double."""
    wide = sum(1.9 if unicodedata.east_asian_width(letter) in "WF" else 1.0 for letter in text)
    return wide * size * 0.56


def place(
    anchors: Sequence[Anchor], obstacles: ArrayLike, bounds: Box, *, crossing: bool = False
) -> list[Placed | None]:
    """Choose a place for every label, in the order given, or None for one that would cover another.

    Parameters
    ----------
    anchors : sequence of Anchor
        Most important first.
    obstacles : array_like of shape (k, 4)
        What no label may cover: markers and arrows.
    bounds : Box
        The plot; no label leaves it.
    crossing : bool
        Whether a leader may run through another label, where it has to.
    """
    if not anchors:
        return []
    labels = _Labels(anchors, np.asarray(obstacles, dtype=float).reshape(-1, 4), bounds)
    return [labels.place(at, crossing) for at in range(len(anchors))]


class _Labels:
    """The labels of a plot, n of them, and what they may not cover: boxes, the x that each moves with, and its cost.

    What a candidate covers of a box is so much across times so much down, and candidates are pairs of few `_STEPS`:
    what all near ones cover of the obstacles is known from the start, and labels that were placed are few.
    """

    def __init__(self, anchors: Sequence[Anchor], obstacles: Array, bounds: Box) -> None:
        self.anchors, self.bounds = anchors, np.array(bounds)
        self.points = np.array([(anchor.x, anchor.y) for anchor in anchors])  # (n, 2)
        self.halves = np.array([(text_width(each.text, each.size) / 2 + 1, each.size * 0.68) for each in anchors])
        self.steps = _STEPS[:, None] + np.sign(_STEPS[:, None]) * self.halves[:, None]  # (n, 17, 2)
        middles = (obstacles[:, 0] + obstacles[:, 2]) / 2
        self.obstacles = np.column_stack([obstacles, middles, np.ones(len(obstacles))])
        self.placed: list[tuple[float, ...]] = []  # labels and leaders: left, top, right, bottom, x and cost, as well
        near = self._spans(slice(None), _NEAR_STEPS)  # (n, 5, 4)
        covered = self._outside(near) + self._covered(near, self.points[:, 0], self.obstacles)
        self.near, self.covered = near.tolist(), covered[:, _ACROSS[:NEAR], _DOWN[:NEAR]].tolist()

    def place(self, at: int, crossing: bool) -> Placed | None:
        """Take the first place that covers nothing; else, of a label that must be shown, the least bad one."""
        free = (place for place, covered in enumerate(self.covered[at]) if not covered and self._is_free(at, place))
        place, anchor = next(free, None), self.anchors[at]
        if place is None and (anchor.must or anchor.far):
            place = self._farther(at, crossing)
        return None if place is None else self._take(at, place)

    def _is_free(self, at: int, place: int) -> bool:
        """Tell whether a near place covers no label and no leader, as `_covered` would."""
        across, down = _PAIRS[place]
        (left, _, right, _), (_, top, _, bottom) = self.near[at][across], self.near[at][down]
        for low, high, far, deep, x, _ in self.placed:
            if top < deep and high < bottom:
                way = (WIDEST - 1) * (self.anchors[at].x - x)
                if left + min(way, 0) < far and low < right + max(way, 0):
                    return False
        return True

    def _farther(self, at: int, crossing: bool) -> int | None:
        """Try all places, ring by ring, those with a leader as well; None where none will do."""
        anchor, point, spans = self.anchors[at], self.points[at], self._spans(at, len(_STEPS))
        placed = np.array(self.placed).reshape(-1, 6)
        covered = self._outside(spans) + self._covered(spans, point[0], np.concatenate([self.obstacles, placed]))
        if covered.all() and not anchor.must:
            return None
        reach = point + np.array(LEADER)[:, None, None] * (point + self.steps[at] - point)  # (4, 17, 2)
        labels = placed[placed[:, 5] >= LABEL_COST]
        crossed = self._covered(np.concatenate([reach - 1, reach + 1], axis=-1), point[0], labels).sum(axis=0)
        crossed = np.where(np.arange(len(_PAIRS)) < NEAR, 0, crossed[_ACROSS, _DOWN])
        bad = list(zip(covered[_ACROSS, _DOWN].tolist(), crossed.tolist(), strict=True))
        best, last = 0, NEAR if not anchor.far else len(bad) if anchor.must else FAR
        for ring in range(0, last, len(SIDES)):
            best = min(best, *range(ring, ring + len(SIDES)), key=bad.__getitem__)
            enough = LABEL_COST if ring + len(SIDES) >= ENOUGH else 0  # there markers only, rather than farther away
            if not any(bad[best]) or (anchor.must and bad[best][0] < enough):
                break
        return None if any(bad[best][: 1 if crossing else 2]) and not anchor.must else best

    def _take(self, at: int, place: int) -> Placed:
        """Put a label at a place: those after it may cover neither it nor its leader."""
        anchor, (across, down), far = self.anchors[at], _PAIRS[place], place >= NEAR
        dx, dy = self.steps[at, across, 0].item(), self.steps[at, down, 1].item()
        x, y, (width, height) = anchor.x + dx, anchor.y + dy, self.halves[at].tolist()
        self.placed.append((x - width, y - height, x + width, y + height, anchor.x, LABEL_COST))
        for part in LEADER if far else ():
            left, top = anchor.x + part * (x - anchor.x), anchor.y + part * (y - anchor.y)
            self.placed.append((left - 1, top - 1, left + 1, top + 1, anchor.x, 1))
        ring, side = divmod(place, len(SIDES))
        return Placed(dx=dx, dy=dy, side=_NAMES[side], gap=RINGS[ring], far=far)

    def _spans(self, at: int | slice, count: int) -> Array:
        """Give from where to where labels reach after each step: left, top, right and bottom, (..., count, 4)."""
        middles, halves = self.points[at][..., None, :] + self.steps[at, ..., :count, :], self.halves[at][..., None, :]
        return np.concatenate([middles - halves, middles + halves], axis=-1)

    def _outside(self, spans: Array) -> Array:
        """Measure how far candidates are outside of the plot, times 1000: (..., across, down)."""
        beyond = np.maximum(self.bounds[:2] - spans[..., :2], 0) + np.maximum(spans[..., 2:] - self.bounds[2:], 0)
        return np.asarray(1000 * (beyond[..., :, None, 0] + beyond[..., None, :, 1]))

    def _covered(self, spans: Array, x: Array, boxes: Array) -> Array:
        """Add up the areas that candidates cover of boxes while the plot grows to `WIDEST` times its width.

        Points apart by some pixels move apart by as much again when the width doubles; labels keep their size.

        Parameters
        ----------
        spans : ndarray of shape (..., s, 4)
        x : ndarray of shape (...)
        boxes : ndarray of shape (k, 6)

        Returns
        -------
        covered : ndarray of shape (..., s, s)
            Of each span across with each span down.
        """
        left, top, right, bottom, others, cost = boxes.T
        way = (WIDEST - 1) * (x[..., None, None] - others)  # (..., 1, k)
        low, high = spans[..., None, :2], spans[..., None, 2:]
        left = np.maximum(low[..., 0] + np.minimum(way, 0), left)  # (..., s, k)
        right = np.minimum(high[..., 0] + np.maximum(way, 0), right)
        down = np.maximum(np.minimum(high[..., 1], bottom) - np.maximum(low[..., 1], top), 0)
        return np.asarray((np.maximum(right - left, 0) * cost) @ down.swapaxes(-1, -2))
