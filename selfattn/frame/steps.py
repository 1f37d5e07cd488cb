"""A lesson whose screens share their boxes, the word and the way they are shown: the whole page, in one call."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from streamlit.delta_generator import DeltaGenerator

from selfattn.course import Lesson
from selfattn.frame import page
from selfattn.ui import boxes, controls, panels, state
from selfattn.ui.run import Run
from selfattn.ui.step import Shown
from selfattn.views import choose

BOTH = (("a", "Sentence A"), ("b", "Sentence B"))


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen: its title, what computes and draws it, and its boxes.

    Attributes
    ----------
    title : str
    show : function
        Gets the run, what stands in the boxes (None where that cannot be used), and what is computed of it.
    boxes : sequence of (str, str), or function that gives it
        The field and the label of each.
    follows : bool
        Whether a word is chosen, which it follows.
    choices : function, optional
        Draws choices that depend on no text, such as how many boxes there are.
    typed_choices : function, optional
        Draws, beside the word, choices that depend on what was typed; it gets the run, what stands in the boxes, and
        the word. Where there are none yet it draws as many `st.empty()`.
    """

    title: str
    show: Callable[[Run, Sequence[Any], Any], Shown]
    boxes: Sequence[tuple[str, str]] | Callable[[], Sequence[tuple[str, str]]] = BOTH
    follows: bool = True
    choices: Callable[[], None] | None = None
    typed_choices: Callable[[Run, Sequence[Any], str | None], None] | None = None

    @property
    def given(self) -> Sequence[tuple[str, str]]:
        """Give the boxes of now."""
        return self.boxes() if callable(self.boxes) else self.boxes


def show(
    lesson: Lesson,
    screens: Mapping[str, Screen],
    *,
    read: Callable[[Run, str, str], Any] = boxes.sentence,
    word: Callable[[Run, Sequence[Any]], str | None] = controls.word,
    compute: Callable[[Run, Sequence[Any], str | None], Any] = panels.compute,
    examples: Callable[[Run], None] = boxes.examples,
    arrive: Callable[[], None] | None = None,
) -> None:
    """Show the page of a lesson.

    Parameters
    ----------
    lesson : Lesson
    screens : mapping of str to Screen
        By the key of each step.
    read : function
        Draws a box and gives what stands in it.
    word : function
        Draws the choice of the word that all that was read have.
    compute : function
        What every screen begins with, from what was read and the word.
    examples : function
        Draws examples that fill the boxes of a screen that has box A.
    arrive : function, optional
        As `page.show` takes it.
    """

    def whole(place: page.Frame) -> None:
        screen = screens[state.step(lesson)]
        with place.controls:
            columns, row = boxes.grid(len(screen.given)), controls.row_of_controls(place.run)
        with row:
            controls.step(lesson)
        page.typed(place, lambda place: typed(place, columns, row))
        with row:
            if screen.choices:
                screen.choices()
            if screen.given[0] in BOTH:
                examples(place.run)

    def typed(place: page.Frame, columns: Sequence[DeltaGenerator], row: DeltaGenerator) -> None:
        run, screen, sentences = place.run, screens[state.step(lesson)], []
        for column, (name, label) in zip(columns, screen.given, strict=True):
            with column:
                sentences.append(read(run, name, label))
        with row:
            chosen = word(run, sentences if screen.follows else [])
            if screen.typed_choices:
                screen.typed_choices(run, sentences, chosen)
        shown = screen.show(run, sentences, compute(run, sentences, chosen))
        page.header(
            place, screen.title, looks_closer=bool(shown.results), asks=shown.asks, code=shown.code,
            numbers=shown.numbers,
        )  # fmt: skip
        if not choose.show(run, lesson, shown.results, shown.source):
            shown.draw()

    page.show(lesson, whole, arrive=arrive)
