"""Asking a set of word vectors: one screen a question."""

from __future__ import annotations

from collections.abc import Callable

from selfattn.ui import explore_often, explore_places, explore_sets, explore_words
from selfattn.ui.choice import Choice

STEPS: dict[str, Callable[[], Choice]] = {
    "oneword": explore_words.one_word,
    "analogy": explore_words.analogies,
    "lists": explore_words.lists,
    "line": explore_places.line,
    "map": explore_places.map_,
    "compare": explore_sets.compared,
    "often": explore_often.often,
}
TITLES = {
    "oneword": "What does this set know of a word?",
    "analogy": "King − man + woman: arithmetic with words",
    "lists": "Odd one out, and two lists compared",
    "line": "A line between two words",
    "map": "A map of a word’s neighbourhood",
    "compare": "One word in two sets",
    "often": "What attention does with frequent words",
}
