"""Sentences for the load: each holds "bank", is made of words everybody knows, and never comes twice."""

import random
from collections.abc import Iterator

OPENINGS = ("the", "our", "their", "every", "this", "another")
KINDS = (
    "money", "river", "muddy", "savings", "steep", "rich", "grassy", "foreign", "green", "small", "old", "sandy",
    "central", "quiet", "local", "broken", "busy", "flooded", "careful", "narrow", "national", "wet", "honest", "wild",
)  # fmt: skip
VERBS = (
    "grows", "lends", "floods", "opens", "closes", "fails", "shelters", "helps", "fears", "feeds", "guards", "needs",
    "buys", "hides", "loses", "wants", "holds", "keeps", "meets", "owns", "pays", "sees", "sells", "takes",
)  # fmt: skip
OBJECTS = (
    "money", "water", "fish", "loans", "boats", "farmers", "customers", "trees", "gold", "birds", "credit", "stones",
    "teachers", "children", "cash", "mud", "houses", "flowers", "workers", "bonds", "horses", "markets", "grass",
    "debts",
)  # fmt: skip
ENDINGS = (
    "in summer", "after the rain", "near the city", "on monday", "this year", "at night", "for the village", "again",
    "in winter", "without fear", "every morning", "before the storm", "in spring", "near the lake", "today", "slowly",
)  # fmt: skip


MOST = 100_000  # of 1.3 million; no run asks for more


def sentences(seed: int = 1) -> Iterator[str]:
    """Yield sentences of six to eight words, in an order that the seed decides.

    Examples
    --------
    >>> next(sentences())
    'our careful bank floods gold on monday'
    """
    rng = random.Random(seed)
    given: set[str] = set()
    while len(given) < MOST:
        opening, kind, verb, thing, ending = map(rng.choice, (OPENINGS, KINDS, VERBS, OBJECTS, ENDINGS))
        sentence = f"{opening} {kind} bank {verb} {thing} {ending}"
        if sentence not in given:
            given.add(sentence)
            yield sentence


def made_up_words(count: int = 600) -> list[str]:
    """List short words that are none, for sentences of any length.

    >>> made_up_words(3)
    ['qaa', 'qab', 'qac']
    """
    letters = "abcdefghijklmnopqrstuvwxyz"
    return [f"q{letters[number // 26]}{letters[number % 26]}" for number in range(count)]
