"""What screens without boxes for sentences start from: the sentences and the word of the other lessons."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from selfattn.core import describe
from selfattn.core.sentences import Sentence
from selfattn.ui import controls, fields, panels, state
from selfattn.ui.panels import Result
from selfattn.ui.run import Run

PAIR = ("bank", "money")  # where no sentence says which words are compared


@dataclass(frozen=True, eq=False)
class Topic:
    """What the other lessons work on: sentences A and B, None where one cannot be computed, and their word."""

    run: Run
    sentences: Sequence[Sentence | None]
    word: str | None

    @cached_property
    def results(self) -> list[Result]:
        """Attend over the sentences: only where it is asked for, since a vector that is dragged needs none of it."""
        return panels.compute(self.run, self.sentences, self.word)

    @property
    def tokens(self) -> list[str]:
        """Give the words of both sentences, each once."""
        return list(dict.fromkeys(token for sentence in self.sentences if sentence for token in sentence.tokens))

    @property
    def words(self) -> list[str]:
        """Give words to compare: those of both sentences, or two that the set has."""
        return self.tokens or list(_pair(self.run))

    @property
    def pair(self) -> tuple[str, str]:
        """Give the word that is followed, and the one that gives it most."""
        first, second = _pair(self.run)
        if not self.results:
            return first, second
        result = self.results[0]
        givers = describe.heaviest(result.weights, result.tokens, result.row, most=1)
        return result.word, givers[0][0] if givers else first if result.word == second else second


def _pair(run: Run) -> tuple[str, str]:
    """Give two words that the set has."""
    if all(word in run.vectors.key_to_index for word in PAIR):
        return PAIR
    first, *rest = run.vectors.index_to_key[:2]
    return first, rest[0] if rest else first


def of_lessons(run: Run) -> Topic:
    """Give the topic as the other lessons have it now."""
    sentences = [run.sentence(state.get(name)) for name in fields.SENTENCES[:2]]
    options = controls.shared_words(run, [sentence for sentence in sentences if sentence])
    wanted = state.get(fields.WORD)
    return Topic(run, sentences, wanted if wanted in options else next(iter(options), None))
