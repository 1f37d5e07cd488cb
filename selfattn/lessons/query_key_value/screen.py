"""Three parts to play, a training that the class watches, what it learned, how far it carries, and one of one's own."""

from collections.abc import Callable, Sequence

from selfattn.core.sentences import Sentence
from selfattn.lessons.query_key_value import general, learned, own, parts, train
from selfattn.lessons.query_key_value.step import Shown
from selfattn.ui.panels import Result
from selfattn.ui.run import Run

TITLES = {
    "parts": "Three parts to play",
    "learn": "Trained in front of you",
    "learned": "What was learned",
    "general": "Does it generalise?",
    "own": "Your own sentences",
}
STEPS: dict[str, Callable[[Run, Sequence[Sentence | None], Sequence[Result]], Shown]] = {
    "parts": parts.show, "learn": train.show, "learned": learned.show, "general": general.show, "own": own.show,
}  # fmt: skip


def of(run: Run, step: str, sentences: Sequence[Sentence | None], results: Sequence[Result]) -> Shown:
    """Give what a step shows."""
    return STEPS[step](run, sentences, results)


def arrive() -> None:
    """Take what trainings have brought, before the page is drawn."""
    train.arrive()
    own.arrive()
