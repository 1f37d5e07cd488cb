"""What screens without boxes for sentences start from: the sentences and the word of the other lessons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from selfattn.core import describe
from selfattn.core.sentences import Sentence, TextError
from selfattn.ui import controls, fields, panels, state
from selfattn.ui.panels import Result
from selfattn.ui.run import Run

PAIR = ("bank", "money")  # where no sentence says which words are compared


@dataclass(frozen=True, eq=False)
class Ground:
    """What the other lessons work on: sentences A and B, and their word; it gives the defaults here."""

    run: Run
    given: Sequence[Sentence | None]
    word: str | None

    @property
    def sentences(self) -> list[Sentence]:
        """Give those that can be computed."""
        return [sentence for sentence in self.given if sentence]

    @cached_property
    def results(self) -> list[Result]:
        """Attend over the sentences: only where it is asked for, since a vector that is dragged needs none of it."""
        return panels.compute(self.run, self.given, self.word)

    @property
    def words(self) -> list[str]:
        """Give the words of both sentences, each once."""
        return list(dict.fromkeys(token for sentence in self.sentences for token in sentence.tokens)) or list(
            _pair(self.run)
        )

    @property
    def pair(self) -> tuple[str, str]:
        """Give the word that is followed, and the one that gives it most."""
        if not self.results:
            return _pair(self.run)
        result = self.results[0]
        givers = describe.heaviest(result.weights, result.tokens, result.row, most=1)
        first, second = _pair(self.run)
        return result.word, givers[0][0] if givers else first if result.word == second else second


def _pair(run: Run) -> tuple[str, str]:
    """Give two words that the set has."""
    if all(word in run.vectors.key_to_index for word in PAIR):
        return PAIR
    first, *rest = run.vectors.index_to_key[:2]
    return first, rest[0] if rest else first


def ground(run: Run) -> Ground:
    """Compute the sentences that other pages change."""
    sentences = [embedded(run, state.get(name)) for name in fields.SENTENCES[:2]]
    options = controls.shared_words(run, [sentence for sentence in sentences if sentence])
    wanted = state.get(fields.WORD)
    return Ground(run, sentences, wanted if wanted in options else next(iter(options), None))


def embedded(run: Run, text: str) -> Sentence | None:
    """Look the words of a text up; None where nothing can be computed."""
    try:
        return run.embed(text, drop_punctuation=run.drops)
    except TextError:
        return None
