"""Asking a set of word vectors: one screen a question."""

from functools import partial

from selfattn.lessons.explore import boxes, compare_screen, frequency_screen, places_screen, words_screen

QUESTIONS = {
    "oneword": words_screen.one_word,
    "analogy": words_screen.analogies,
    "lists": words_screen.lists,
    "line": places_screen.line,
    "map": places_screen.map_,
    "compare": compare_screen.compared,
    "often": frequency_screen.often,
}
HEDGED = QUESTIONS.keys() - {"oneword", "often"}  # the first says itself what cosines tell, the last has none
STEPS = {step: partial(boxes.answer, ask, hedged=step in HEDGED) for step, ask in QUESTIONS.items()}
TITLES = {
    "oneword": "What does this set know of a word?",
    "analogy": "King − man + woman: arithmetic with words",
    "lists": "Odd one out, and two lists compared",
    "line": "A line between two words",
    "map": "A map of a word’s neighbourhood",
    "compare": "One word in two sets",
    "often": "How long are the vectors of frequent words?",
}
