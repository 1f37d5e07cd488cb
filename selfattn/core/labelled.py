"""Sentences whose sense is known, to train on and to test with: one a line, with its word and its sense."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from selfattn.core.senses import SENSES, AmbiguousWord

FILE = Path(__file__).parents[1] / "data" / "sentences.txt"
EVERY_FIFTH, EVERY_SIXTH = 5, 6  # sentence of a sense, and word, that is held out


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence in which a word has a known sense."""

    word: str
    sense: str
    text: str


@dataclass(frozen=True, slots=True)
class Split:
    """Sentences to train on; held-out ones of the same words; and those of words that are never trained on."""

    train: tuple[Labelled, ...]
    held_out: tuple[Labelled, ...]
    other_words: tuple[Labelled, ...]


def read_labelled(text: str, senses: Mapping[str, AmbiguousWord] = SENSES) -> list[Labelled]:
    """Read lines such as “bank | river | We sat on the bank”; empty lines, and those that begin with #, are comments.

    Raises
    ------
    ValueError
        A line has not these three parts, or a word or a sense that nobody gave poles to; the message names the line.

    Examples
    --------
    >>> read_labelled("bank | river | We sat on the bank")
    [Labelled(word='bank', sense='river', text='We sat on the bank')]
    """
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        word, sense, sentence = (*(part.strip() for part in line.split("|", 2)), "", "")[:3]
        if not sentence:
            raise ValueError(f"line {number}: write word | sense | sentence, got “{line.strip()[:80]}”")
        if word not in senses or sense not in senses[word].poles:
            known = ", ".join(senses[word].poles if word in senses else list(senses)[:8])
            what = f"“{word}” has no sense “{sense}”" if word in senses else f"“{word}” has no poles"
            raise ValueError(f"line {number}: {what}; there are: {known}")
        found.append(Labelled(word, sense, sentence))
    return found


@cache
def labelled() -> tuple[Labelled, ...]:
    """Give the sentences that ship with the app."""
    return tuple(read_labelled(FILE.read_text(encoding="utf-8")))


def split(examples: Iterable[Labelled], *, held_out_words: Collection[str] | None = None) -> Split:
    """Keep every fifth sentence of each sense out of the training, and every sixth word altogether.

    Parameters
    ----------
    examples : iterable of Labelled
    held_out_words : collection of str, optional
        Instead of every sixth word in the order of the alphabet.
    """
    groups: dict[tuple[str, str], list[Labelled]] = defaultdict(list)
    for example in examples:
        groups[example.word, example.sense].append(example)
    words = sorted({word for word, _ in groups})
    unseen = set(words[EVERY_SIXTH - 1 :: EVERY_SIXTH] if held_out_words is None else held_out_words)
    train: list[Labelled] = []
    held_out: list[Labelled] = []
    others: list[Labelled] = []
    for (word, _), group in groups.items():
        for place, example in enumerate(group, 1):
            (others if word in unseen else train if place % EVERY_FIFTH else held_out).append(example)
    return Split(tuple(train), tuple(held_out), tuple(others))


def words_of(text: str) -> str:
    """Leave of a text what makes it another sentence: its words.

    >>> words_of("  River bank, flows.")
    'river bank flows'
    """
    return " ".join(re.findall(r"\w+", text.lower()))


def by_sense(examples: Sequence[Labelled], right: Sequence[bool]) -> float:
    """Give the share on the right side: the mean over words of the mean over senses; 0.5 is a coin, and so is nothing.

    >>> river = Labelled("bank", "river", "We sat on the bank")
    >>> by_sense([river, river, Labelled("bank", "finance", "The bank pays")], [True, False, True])
    0.75
    """
    senses: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for example, on_right_side in zip(examples, right, strict=True):
        senses[example.word][example.sense].append(on_right_side)
    shares = [_mean([_mean(rights) for rights in group.values()]) for group in senses.values()]
    return _mean(shares) if shares else 0.5


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers)
