"""The lessons in the order in which a class meets them: what the menu shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lesson:
    """One page: its key, its name in the menu, its file, and its icon (a Material symbol)."""

    key: str
    title: str
    page: str
    icon: str


HOME = Lesson("home", "Two meanings", "app.py", ":material/compare_arrows:")
SELF_ATTENTION = Lesson("self_attention", "Self-attention", "pages/5_Self_attention.py", ":material/grid_on:")
MOTION = Lesson("motion", "Meaning in motion", "pages/6_Meaning_in_motion.py", ":material/moving:")
LESSONS = (HOME, SELF_ATTENTION, MOTION)
