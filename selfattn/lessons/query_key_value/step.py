"""What a step of this lesson gives to its page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from selfattn.ui.panels import Result


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """A step, computed as far as its choices need it.

    Attributes
    ----------
    draw : function
        Draws the picture, or the question while the answer hides.
    source : function
        Writes the code of the screen.
    results : sequence of Result
        What can be traced and changed; empty where there is nothing to compute.
    asks : bool or None
        Whether there is something to predict; None where there is nothing to compute yet.
    """

    draw: Callable[[], None]
    source: Callable[[], str]
    results: Sequence[Result] = ()
    asks: bool | None = None
