"""Where labels go so that they do not cover one another: greedy, most important first, in pixels."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Box = tuple[float, float, float, float]  # left, top, right, bottom
SIDES = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (-1, -1), (1, 1), (-1, 1))
RINGS = (9.0, 22.0, 38.0, 58.0)  # pixels from the point; the far ones get a leader line
_NAMES = [f"{('top', 'middle', 'bottom')[y + 1]} {('left', 'center', 'right')[x + 1]}" for x, y in SIDES]
LABEL_COST = 10  # where a label that must be shown has no free place: covering a label is as bad as ten markers
WIDEST = 2.5  # times the nominal width: labels stay apart up to there
NEAR = 2 * len(SIDES)  # candidates that need no leader line
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


def place(anchors: Sequence[Anchor], obstacles: Iterable[Box], bounds: Box) -> list[Placed | None]:
    """Choose a place for every label, in the order given, or None for one that would cover another.

    Parameters
    ----------
    anchors : sequence of Anchor
        Most important first.
    obstacles : iterable of Box
        What no label may cover: markers and arrows.
    bounds : Box
        The plot; no label leaves it.
    """
    taken = np.array(list(obstacles), dtype=np.float64).reshape(-1, 4)
    cost = np.ones(len(taken))
    fixed_at = taken[:, ::2].mean(axis=1)  # the x that each thing moves with when the plot is wider
    result: list[Placed | None] = []
    for anchor in anchors:
        half = np.array([text_width(anchor.text, anchor.size) / 2 + 1, anchor.size * 0.68])
        shifts = _SHIFTS + np.sign(_SHIFTS) * half
        middles = shifts + np.array([anchor.x, anchor.y])
        boxes = np.hstack([middles - half, middles + half])  # (n_candidates, 4)
        swept = _swept(boxes, anchor.x - fixed_at)
        covered = _outside(boxes, bounds) + _overlaps(swept, taken) @ cost
        best = int(covered[: None if anchor.far else NEAR].argmin())  # the nearest of those that cover least
        if covered[best] and not anchor.must:
            result.append(None)
            continue
        taken, fixed_at = np.vstack([taken, boxes[best]]), np.append(fixed_at, anchor.x)
        cost = np.append(cost, LABEL_COST)
        side, gap = _NAMES[best % len(SIDES)], RINGS[best // len(SIDES)]
        result.append(Placed(float(shifts[best, 0]), float(shifts[best, 1]), side, gap, best >= NEAR))
    return result


def _swept(boxes: NDArray[np.float64], apart: NDArray[np.float64]) -> NDArray[np.float64]:
    """Widen each box by the way it goes past each thing taken, of shape (n_boxes, n_taken, 4), as the plot is widened.

    Points `apart` pixels from one another move apart by as much again when the width doubles; labels keep their size.
    """
    way = (WIDEST - 1) * apart
    return np.asarray(boxes[:, None] + np.stack([np.minimum(way, 0), 0 * way, np.maximum(way, 0), 0 * way], axis=1))


def _overlaps(boxes: NDArray[np.float64], taken: NDArray[np.float64]) -> NDArray[np.float64]:
    """Measure the area that each box shares with each thing taken: an ndarray of shape (n_boxes, n_taken)."""
    sides = np.minimum(boxes[..., 2:], taken[:, 2:]) - np.maximum(boxes[..., :2], taken[:, :2])
    return np.asarray(np.maximum(sides, 0).prod(axis=2))


def _outside(boxes: NDArray[np.float64], bounds: Box) -> NDArray[np.float64]:
    low, high = np.array(bounds[:2]) - boxes[:, :2], boxes[:, 2:] - np.array(bounds[2:])
    return np.asarray(np.maximum(low, 0).sum(axis=1) + np.maximum(high, 0).sum(axis=1)) * 1000
