"""What the screens of failings share: a computed case, its two columns, its pictures, its reason."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from selfattn.core.describe import motion_alt
from selfattn.core.senses import AmbiguousWord, nearness
from selfattn.core.sentences import Sentence
from selfattn.figures import PHONE, Size, meaning_in_motion
from selfattn.lessons.limits import measures, prose
from selfattn.lessons.limits.paired_figure import paired_bars
from selfattn.lessons.limits.prose import ADDS
from selfattn.ui import charts, panels, tables, write
from selfattn.ui.panels import Result
from selfattn.ui.run import Run
from selfattn.views import code


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """A failing, computed: the results for a closer look, how to ask, how to draw, and the code."""

    results: Sequence[Result]
    draw: Callable[[], None]
    source: Callable[[], str]
    question: tuple[str, Sequence[str], str] | None = None  # what is asked, what may be guessed, what holds
    because: str = ""


def columns() -> Sequence[DeltaGenerator]:
    """Lay out the picture and, beside it, the words."""
    return st.columns([1.65, 1], gap="medium")


def again(run: Run, tokens: Sequence[str]) -> Sentence:
    """Look words up once more, in another order or with some left out."""
    found = run.embed(" ".join(tokens), drop_punctuation=run.drops)
    return found if found.tokens == tuple(tokens) else run.embed(list(tokens), drop_punctuation=run.drops)


def as_role(role: int, result: Result) -> Result:
    """Give a result the letter and colour of another place."""
    return replace(result, role=role, reading=result.reading and replace(result.reading, role=role))


def after(result: Result) -> dict[str, float]:
    """Give the meter of the contextual vector; there must be one."""
    assert result.meter is not None
    return result.meter[1]


def leans_of(run: Run, result: Result, sense: AmbiguousWord) -> list[float]:
    """Say of each word how much nearer its static vector is to the second sense than to the first."""
    centres = panels.centres(run, sense)
    return [measures.lean(nearness(row, centres)) for row in result.trace.matrix]


def pole_leans(run: Run, sense: AmbiguousWord) -> tuple[float, float]:
    """Say how far the centres of both poles lean: what a word would have that says nothing but this sense."""
    centres = panels.centres(run, sense)
    first, second = (measures.lean(nearness(centre, centres)) for centre in centres.values())
    return first, second


def tinted(run: Run, results: Sequence[Result]) -> None:
    """Show the sentences as they were typed, tinted by the weights."""
    for one in results:
        panels.tinted(run, one.role, one.sentence, one)


def motion(run: Run, results: Sequence[Result], sense: AmbiguousWord | None, names: tuple[str, ...]) -> None:
    """Draw where the word goes, under names instead of letters."""
    scene = replace(panels.scene(run, results[0].word, results, sense), names=names)
    height = run.tall(420, 700)
    size = PHONE if run.phone else Size(1000 if run.room else 640, height)
    moves = [(names[mover.role], mover.static, mover.contextual) for mover in scene.movers]
    alt = motion_alt(scene.word, moves, [pole.name for pole in scene.poles], sum(scene.kept))
    charts.show(meaning_in_motion(scene, size=size, theme=run.theme), key="limits_motion", alt=alt)


def paired(
    run: Run,
    word: str,
    tokens: Sequence[str],
    before: np.ndarray,
    after: np.ndarray,
    sides: tuple[str, str],
    *,
    row: int,
    grey: Sequence[bool] = (),
    kinds: tuple[str, str] | None = None,
) -> None:
    """Draw two weights for each word."""
    figure = paired_bars(
        tokens,
        before,
        after,
        sides=sides,
        row=row,
        grey=grey,
        kinds=kinds,
        height=run.tall(300, 560),
        theme=run.theme,
    )
    charts.show(figure, key="paired", alt=prose.paired_alt(word, sides, tokens, before.tolist(), after.tolist()))


def reason(step: str, why: str, *more: str) -> None:
    """Say why, and what the full transformer adds."""
    parts = (("Why?", why), *(("", one) for one in more if one), ("The full transformer.", ADDS[step]))
    st.html(
        "".join(
            f'<p class="sa-prose">{f"<b>{head}</b> " if head else ""}{html.escape(text)}</p>' for head, text in parts
        )
    )


def without_poles(run: Run, result: Result) -> Case:
    """Show the weights of a word that has no two senses to go to."""

    def draw() -> None:
        write.finding(f"“{result.word}” has no poles here: choose a word with two senses, such as “bank”.")
        tinted(run, [result])
        weights = result.trace.weights[result.row]
        panels.bars(run, result, height=run.tall(380, 600), highest=float(weights.max()))

    return Case([result], draw, code.of_row(run, result))


def table(numbers: Mapping[str, Any]) -> None:
    """Show the numbers behind the picture, once asked for."""
    tables.once_asked("The table behind it", lambda: [pd.DataFrame(numbers).style.format(precision=3)])
