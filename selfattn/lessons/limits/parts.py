"""What the screens of failings share: a computed case, how it is laid out, its pictures, its reason."""

import html
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from selfattn.core.lean import Lean, Line
from selfattn.core.sentences import Sentence
from selfattn.lessons.limits import measures, prose
from selfattn.lessons.limits.mends import MENDS
from selfattn.lessons.limits.paired_figure import paired_bars
from selfattn.ui import charts, panels, tables, write
from selfattn.ui.panels import Result
from selfattn.ui.run import Run
from selfattn.views import code

NAMED = ("unknown", "beyond")  # steps whose finding names the unknown words itself, or speaks of no sentence


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
    alone : bool
        Whether the picture has the whole width, without words beside it.
    why : sequence of str
        The reason, and what else is said of it.
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
    alone: bool = False
    why: Sequence[str] = ()
    sentences: Sequence[Result] | None = None
    beside: Callable[[], object] | None = None
    table: Callable[[], None] | None = None
    question: tuple[str, Sequence[str], str] | None = None
    because: str = ""

    @property
    def asks(self) -> bool:
        """Tell whether there is something to ask."""
        return self.question is not None

    def draw(self, run: Run, step: str) -> None:
        """Draw the picture and, beside it, the words."""
        write.finding(self.finding if step in NAMED else panels.left_out(self.results, self.finding))
        if self.alone:
            self.picture()
            return
        picture, words = st.columns([1.65, 1], gap="medium")
        with picture:
            self.picture()
        with words:
            for result in self.results if self.sentences is None else self.sentences:
                panels.tinted(run, result.role, result.sentence, result)
            if self.beside:
                self.beside()
            if self.why:
                _reason(*self.why, adds=prose.ADDS[step])
                MENDS[step].show(self.results)
            if self.table:
                self.table()


def _reason(why: str, *more: str, adds: str) -> None:
    """Say why, and what the full transformer adds."""
    paragraphs = [html.escape(text) for text in (why, *more, adds) if text]
    paragraphs[0] = f"<b>Why?</b> {paragraphs[0]}"
    paragraphs[-1] = f"<b>The full transformer.</b> {paragraphs[-1]}"
    st.html("".join(f'<p class="sa-prose">{paragraph}</p>' for paragraph in paragraphs))


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


def leans(results: Sequence[Result]) -> list[Lean]:
    """Give where the word is in each, of those that have a line."""
    return [result.lean for result in results if result.lean]


def cues(result: Result, line: Line) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Find the words that speak for the first sense, and those for the second; no copy of the word is one."""
    places = zip(result.tokens, (line(result.trace.matrix) / line.unit).tolist(), strict=True)
    return measures.cues([0.0 if token == result.word else place for token, place in places], result.row)


def motion(run: Run, results: Sequence[Result], names: tuple[str, ...]) -> None:
    """Draw where the word goes, under names instead of letters."""
    panels.motion(run, results, size=run.size(420, 700), key="limits_motion", names=names)


def paired(run: Run, word: str, weights: Mapping[str, np.ndarray], tokens: Sequence[str], **look: Any) -> None:
    """Draw two weights for each word; `weights` names both sides, `look` is handed on to the figure."""
    (first, before), (second, after) = weights.items()
    height = run.tall(300, 560)
    figure = paired_bars(tokens, before, after, sides=(first, second), height=height, theme=run.theme, **look)
    alt = prose.paired_alt(word, (first, second), tokens, before.tolist(), after.tolist())
    charts.show(figure, key="paired", alt=alt)


def without_poles(run: Run, result: Result) -> Case:
    """Show the weights of a word that has no two senses to go to."""

    def picture() -> None:
        panels.tinted(run, result.role, result.sentence, result)
        bars(run, result, 600)

    return Case(
        results=[result],
        finding=f"“{result.word}” has no poles here: choose a word with two senses, such as “bank”.",
        picture=picture,
        alone=True,
        source=code.of_row(run, [result]),
    )


def bars(run: Run, result: Result, room: int) -> None:
    """Draw the weights of the word, the highest as long as there is space."""
    panels.bars(run, result, height=run.tall(380, room), highest=float(result.weights.max()))


def table(numbers: Mapping[str, Any]) -> None:
    """Show the numbers behind the picture, once asked for."""
    tables.once_asked("The table behind it", lambda: [tables.styled(numbers, precision=3)])
