"""How often a word lands on the side of its sense, in sentences of a known sense that nothing was trained on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any
from weakref import WeakKeyDictionary

from gensim.models import KeyedVectors

from selfattn.core.contextual import attend_sentence, space_of
from selfattn.core.head import Head
from selfattn.core.heads import known_head
from selfattn.core.kept import kept
from selfattn.core.labelled import Labelled, Split, by_sense, labelled, split
from selfattn.core.lean import line_between
from selfattn.core.multihead import attend_heads, heads_space, known_heads
from selfattn.core.presets import PRESETS, Settings
from selfattn.core.senses import known_sense
from selfattn.core.sentences import Sentence, TextError, embed
from selfattn.core.space import Array, Space, space


@dataclass(frozen=True, slots=True)
class Landing:
    """Where the word of one sentence ends: its place, times −1 for the first sense; below zero it is the wrong side."""

    example: Labelled
    margin: float


@dataclass(frozen=True)
class Rate:
    """The share on the right side under one preset, of held-out sentences of words trained on, and of other words.

    `landed` and `landed_others` are the sentences that it was measured on.
    """

    preset: str
    held_out: float
    other_words: float
    landed: tuple[Landing, ...]
    landed_others: tuple[Landing, ...]

    @property
    def every(self) -> tuple[Landing, ...]:
        """Give all sentences that it was measured on."""
        return self.landed + self.landed_others

    @cached_property
    def wrong(self) -> list[Landing]:
        """Give the sentences whose word ends on the wrong side, the most confidently wrong first."""
        return sorted((each for each in self.every if each.margin <= 0), key=lambda each: each.margin)


@cache
def parts() -> Split:
    """Give the sentences that ship with the app, apart."""
    return split(labelled())


def looked_up(examples: Sequence[Labelled], vectors: KeyedVectors) -> list[tuple[Labelled, Sentence]]:
    """Look the words of labelled sentences up; those are left out whose word is unknown, or is the only known one."""
    pairs = []
    for example in examples:
        try:
            sentence = embed(example.text, vectors)
        except TextError:
            continue
        if example.word in sentence.tokens and len(sentence) > 1:
            pairs.append((example, sentence))
    return pairs


def landings(
    examples: Sequence[Labelled], vectors: KeyedVectors, settings: Settings, *, head: Head | None = None
) -> list[Landing]:
    """Attend in every sentence that the set knows enough of, and say where its word ends, in units of the poles."""
    return landed(looked_up(examples, vectors), vectors, settings, head=head)


def landed(
    pairs: Sequence[tuple[Labelled, Sentence]], vectors: KeyedVectors, settings: Settings, *, head: Head | None = None
) -> list[Landing]:
    """Do as `landings` does with sentences that are already looked up."""
    place = space(vectors, value=head.value) if head else space_of(vectors, settings)
    return _landed(
        pairs, vectors, place, lambda sentence: attend_sentence(sentence, vectors, settings, head=head).output
    )


def _landed(
    pairs: Sequence[tuple[Labelled, Sentence]], vectors: KeyedVectors, place: Space, output: Callable[[Sentence], Array]
) -> list[Landing]:
    senses = {word: known_sense(word, vectors) for word in {example.word for example, _ in pairs}}
    lines = {word: line_between(sense, vectors, place) for word, sense in senses.items() if sense}
    found = []
    for example, sentence in pairs:
        if line := lines.get(example.word):
            sign = 1 if example.sense == line.senses[1] else -1
            landing = sign * float(line(output(sentence)[sentence.index(example.word)])) / line.unit
            found.append(Landing(example, landing))
    return found


def rate(landed: Sequence[Landing]) -> float:
    """Give the share on the right side, mean over senses and words."""
    return by_sense([each.example for each in landed], [each.margin > 0 for each in landed])


_rates: WeakKeyDictionary[Any, dict[str, Rate]] = WeakKeyDictionary()


def rates(vectors: KeyedVectors) -> list[Rate]:
    """Measure every preset, once a set: about a second for the bundled one.

    A trained head is measured where there is one: here none is trained.
    """
    known = _rates.setdefault(vectors, {})
    usable = {name: ways for name, ways in PRESETS.items() if not ways.trained or known_head(vectors)}
    if missing := [name for name in usable if name not in known]:
        pairs = [looked_up(part, vectors) for part in (parts().held_out, parts().other_words)]
        for name in missing:
            groups = [tuple(landed(part, vectors, usable[name])) for part in pairs]
            known[name] = Rate(name, rate(groups[0]), rate(groups[1]), *groups)
    return [known[name] for name in usable]


@kept(1)
def heads_rate(vectors: KeyedVectors) -> Rate | None:
    """Measure the several heads of a set as `rates` does the presets; None where there are none: none are trained."""
    if (multi := known_heads(vectors)) is None:
        return None
    place = heads_space(vectors, multi)
    groups = [
        tuple(_landed(part, vectors, place, lambda sentence: attend_heads(sentence, vectors, multi).output))
        for part in (looked_up(parts().held_out, vectors), looked_up(parts().other_words, vectors))
    ]
    return Rate("heads", rate(groups[0]), rate(groups[1]), *groups)
