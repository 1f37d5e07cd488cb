"""Looking closer, in the place of the picture: a number traced, a sentence changed, the code, the terms."""

from collections.abc import Callable, Sequence
from typing import Any

from selfattn.course import MOTION, Lesson
from selfattn.ui import fields, state, terms, widgets, write
from selfattn.ui.panels import Result
from selfattn.ui.run import Run
from selfattn.views import code
from selfattn.views.trace import screen as trace
from selfattn.views.whatif import screen as whatif

VIEWS = {
    "trace": ":material/query_stats: Trace a number",
    "whatif": ":material/edit_note: What if",
    "code": ":material/code: Code",
    "terms": ":material/menu_book: Terms",
}


def choose(*, closer: bool, code: bool, terms: bool, **closed: Any) -> None:
    """Draw the choice of the view; what cannot be shown now is not offered, and opens again once it can.

    What is chosen sets what it closes, too.
    """
    offered = {"trace": closer, "whatif": closer, "code": code, "terms": terms}
    names = [name for name in fields.VIEWS if offered[name]]
    view = state.get(fields.VIEW)
    if names:
        titles = {name: VIEWS[name] for name in names}
        widget = widgets.widget(
            fields.VIEW, view if view in names else None, lambda view: state.put(view=view, **closed)
        )
        widgets.choice("Look closer", titles, widget, required=False, label_visibility="collapsed", wrap=True)


def stands_in(run: Run, lesson: Lesson, results: Sequence[Result], source: Callable[[], str]) -> bool:
    """Show what stands in the place of the picture: the view that is open, or that there is nothing to compute."""
    if results:
        return show(run, lesson, results, source)
    if not show(run, lesson, results, str) and run.projecting:  # what is wrong stands behind the button "Change"
        write.question(
            "There is nothing to compute yet: open Change, and type a sentence with at least one known word."
        )
    return True


def show(run: Run, lesson: Lesson, results: Sequence[Result], source: Callable[[], str]) -> bool:
    """Show the view that is open, in the place of the picture; tell whether there is one.

    Parameters
    ----------
    run : Run
    lesson : Lesson
    results : sequence of Result
        What there is to trace and to change.
    source : function
        Writes the code of the screen.
    """
    view = state.get(fields.VIEW)
    if view == "terms":
        terms.of_lesson(lesson)
    elif view == "code":
        code.show(run, source())
    elif view == "trace" and results:
        trace.show(run, results, on_words=lesson is MOTION and state.get(fields.BASIS) == "words")
    elif view == "whatif" and results:
        whatif.show(run, results)
    else:
        return False
    return True
