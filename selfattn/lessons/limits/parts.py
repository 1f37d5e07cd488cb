"""What the screens of failings share: a computed case, how it is laid out, its pictures, its reason."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from selfattn.core.senses import AmbiguousWord, nearness
from selfattn.core.sentences import Sentence
from selfattn.lessons.limits import measures, prose
from selfattn.lessons.limits.paired_figure import paired_bars
from selfattn.ui import charts, panels, tables, write
from selfattn.ui.panels import Result
from selfattn.ui.run import Run
from selfattn.views import code


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Case:
    """A failing, computed: what is said and drawn of it, how to ask, and the code.

    Attributes
    ----------
    results : sequence of Result
        What a closer look is taken at.
    finding : str
    picture : function
    source : function
        Writes the code.
    why : sequence of str
        The reason, and what else is said of it. A case without one has its picture below its sentence.
    sentences : sequence of Result, optional
        Those shown as typed; all results if not given.
    beside, table : function, optional
        What is drawn above the reason, and below it.
    question : tuple, optional
        What is asked, what may be guessed, what holds.
    because : str
        A number that shows what holds.
    """

    results: Sequence[Result]
    finding: str
    picture: Callable[[], None]
    source: Callable[[], str]
    why: Sequence[str] = ()
    sentences: Sequence[Result] | None = None
    beside: Callable[[], object] | None = None
    table: Callable[[], None] | None = None
    question: tuple[str, Sequence[str], str] | None = None
    because: str = ""

    def draw(self, run: Run, step: str) -> None:
        """Draw the picture and, beside it, the words."""
        write.finding(self.finding)
        if not self.why:
            self._tinted(run)
            self.picture()
            return
        picture, words = columns()
        with picture:
            self.picture()
        with words:
            self._tinted(run)
            if self.beside:
                self.beside()
            _reason(*self.why, adds=prose.ADDS[step])
            if self.table:
                self.table()

    def _tinted(self, run: Run) -> None:
        for result in self.results if self.sentences is None else self.sentences:
            panels.tinted(run, result.role, result.sentence, result)


def _reason(why: str, *more: str, adds: str) -> None:
    """Say why, and what the full transformer adds."""
    paragraphs = (("Why?", why), *(("", text) for text in more if text), ("The full transformer.", adds))
    st.html(
        "".join(f'<p class="sa-prose">{head and f"<b>{head}</b> "}{html.escape(text)}</p>' for head, text in paragraphs)
    )


def columns() -> Sequence[st.delta_generator.DeltaGenerator]:
    """Lay out a picture and, beside it, words."""
    return st.columns([1.65, 1], gap="medium")


def source(run: Run, write_code: Callable[..., str], *given: Any) -> Callable[[], str]:
    """Write a case's code, once asked for, with the settings of now."""
    return lambda: write_code(*given, run.settings, drop_punctuation=run.drops)


def texts(results: Sequence[Result]) -> list[str]:
    """Give the sentences as they were typed."""
    return [result.sentence.text for result in results]


def new_vectors(results: Sequence[Result]) -> np.ndarray:
    """Stack the contextual vectors of the word: (n_results, d)."""
    return np.vstack([result.contextual for result in results])


def again(run: Run, tokens: Sequence[str]) -> Sentence:
    """Look words up once more, in another order or with some left out."""
    sentence = run.embed(" ".join(tokens), drop_punctuation=run.drops)
    return sentence if sentence.tokens == tuple(tokens) else run.embed(list(tokens), drop_punctuation=run.drops)


def after(result: Result) -> dict[str, float]:
    """Give the meter of the contextual vector; there must be one."""
    assert result.meter is not None
    return result.meter[1]


def leans_of(run: Run, result: Result, sense: AmbiguousWord) -> list[float]:
    """Say of each word how much nearer its static vector is to the second sense than to the first."""
    return _leans(result.trace.matrix, panels.centres(run, sense))


def pole_leans(run: Run, sense: AmbiguousWord) -> tuple[float, float]:
    """Say how far the centres of both poles lean: what a word would have that says nothing but this sense."""
    centres = panels.centres(run, sense)
    first, second = _leans(centres.values(), centres)
    return first, second


def _leans(vectors: Iterable[np.ndarray], centres: dict[str, np.ndarray]) -> list[float]:
    return [measures.lean(nearness(vector, centres)) for vector in vectors]


def motion(run: Run, results: Sequence[Result], names: tuple[str, ...]) -> None:
    """Draw where the word goes, under names instead of letters."""
    panels.motion(run, results, size=run.size(420, 700), key="limits_motion", names=names)


def paired(
    run: Run,
    word: str,
    tokens: Sequence[str],
    before: np.ndarray,
    after: np.ndarray,
    sides: tuple[str, str],
    **look: Any,
) -> None:
    """Draw two weights for each word; `look` is handed on to the figure."""
    figure = paired_bars(tokens, before, after, sides=sides, height=run.tall(300, 560), theme=run.theme, **look)
    charts.show(figure, key="paired", alt=prose.paired_alt(word, sides, tokens, before.tolist(), after.tolist()))


def without_poles(run: Run, result: Result) -> Case:
    """Show the weights of a word that has no two senses to go to."""
    return Case(
        results=[result],
        finding=f"“{result.word}” has no poles here: choose a word with two senses, such as “bank”.",
        picture=lambda: bars(run, result, 600),
        source=code.of_row(run, [result]),
    )


def bars(run: Run, result: Result, in_room: int) -> None:
    """Draw the weights of the word, the highest as long as there is room."""
    panels.bars(run, result, height=run.tall(380, in_room), highest=float(result.weights.max()))


def table(numbers: Mapping[str, Any]) -> None:
    """Show the numbers behind the picture, once asked for."""
    tables.once_asked("The table behind it", lambda: [pd.DataFrame(numbers).style.format(precision=3)])
