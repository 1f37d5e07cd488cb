"""What a screen of the word vectors is made of, once its controls are drawn."""

from collections.abc import Callable
from dataclasses import dataclass

from selfattn.course import Lesson
from selfattn.ui import fields, state
from selfattn.ui.run import Run
from selfattn.views import choose


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen on a screen: how it is drawn, and the code that computes it, where there is any."""

    draw: Callable[[], None]
    code: Callable[[], str] | None = None


def show(run: Run, lesson: Lesson, choice: Choice) -> None:
    """Show the view that is open, else the screen."""
    if (state.get(fields.VIEW) == "code" and choice.code is None) or not choose.show(
        run, lesson, [], choice.code or str
    ):
        choice.draw()
