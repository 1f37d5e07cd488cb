"""Asking a set of word vectors: one screen a question."""

from __future__ import annotations

from collections.abc import Callable

from selfattn.lessons import EXPLORE
from selfattn.ui import shell
from selfattn.ui.choice import Choice


def _nothing() -> Choice:
    return Choice(lambda: shell.finding("Explore."))


STEPS: dict[str, Callable[[], Choice]] = {step.key: _nothing for step in EXPLORE.steps}
TITLES = {
    "oneword": "What does this set know of a word?",
    "analogy": "King − man + woman: arithmetic with words",
    "lists": "Odd one out, and two lists compared",
    "line": "A line between two words",
    "map": "A map of a word’s neighbourhood",
    "compare": "One word in two sets",
    "often": "Frequent words, and what attention does with them",
}
