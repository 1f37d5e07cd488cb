"""Parts of a page that more than one page shows: what one sentence does to the word, and where the word goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st

from selfattn import figures
from selfattn.core import describe
from selfattn.core.attention import Array, AttentionTrace
from selfattn.core.contextual import attend_sentence, space
from selfattn.core.scene import Scene, Shown, build_scene
from selfattn.core.senses import AmbiguousWord, nearness, pole_centres
from selfattn.core.sentences import Sentence
from selfattn.figures.palette import LETTERS, palette
from selfattn.ui import charts, fields, state, write
from selfattn.ui.run import Run


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """One sentence, computed: which it is (0 is A), its trace, the row of the word, and the meter's reading."""

    role: int
    sentence: Sentence
    trace: AttentionTrace
    row: int
    reading: figures.MeterReading | None

    @property
    def letter(self) -> str:
        """Give the letter of the sentence."""
        return LETTERS[self.role]

    @property
    def word(self) -> str:
        """Give the word that is followed."""
        return self.sentence.tokens[self.row]

    @property
    def tokens(self) -> tuple[str, ...]:
        """Give the words of the sentence."""
        return self.sentence.tokens

    @property
    def weights(self) -> Array:
        """Give what the word takes from each word: (n,), sums to one."""
        weights: Array = self.trace.weights[self.row]
        return weights

    @property
    def static(self) -> Array:
        """Give the vector of the word before attention: (d,)."""
        static: Array = self.trace.matrix[self.row]
        return static

    @property
    def contextual(self) -> Array:
        """Give the vector of the word after attention: (d,)."""
        contextual: Array = self.trace.output[self.row]
        return contextual

    @property
    def meter(self) -> tuple[dict[str, float], dict[str, float]] | None:
        """Give the cosines before and after, by sense; None for a word without poles."""
        return (self.reading.before, self.reading.after) if self.reading else None


def compute(run: Run, sentences: Sequence[Sentence | None], word: str, sense: AmbiguousWord | None) -> list[Result]:
    """Attend over every sentence that has the word."""
    poles = centres(run, sense)
    return [
        _result(run, role, sentence, sentence.index(word), poles)
        for role, sentence in enumerate(sentences)
        if sentence is not None and word in sentence.tokens
    ]


def compute_row(run: Run, sentence: Sentence, row: int, sense: AmbiguousWord | None = None) -> Result:
    """Attend over one sentence and follow the word at one place."""
    return _result(run, 0, sentence, row, centres(run, sense))


def centres(run: Run, sense: AmbiguousWord | None) -> dict[str, np.ndarray]:
    """Give the centre of each pole, in the space of the settings; nothing for a word without poles."""
    vectors = run.vectors
    return pole_centres(sense, vectors, space=space(vectors, centred=run.settings.centre)) if sense else {}


def _result(run: Run, role: int, sentence: Sentence, row: int, poles: dict[str, np.ndarray]) -> Result:
    trace = attend_sentence(sentence, run.vectors, run.settings)
    sides = (nearness(side[row], poles) for side in (trace.matrix, trace.output))
    return Result(role, sentence, trace, row, figures.MeterReading(role, *sides) if poles else None)


def scene(
    run: Run, word: str, results: Sequence[Result], sense: AmbiguousWord | None, *, on_words: bool = False
) -> Scene:
    """Place the results on the plot."""
    place = space(run.vectors, centred=run.settings.centre)
    shown = [Shown(result.role, result.sentence, result.trace, result.row) for result in results]
    return build_scene(word, shown, run.vectors, place, sense=sense, on_words=on_words)


def tinted(run: Run, role: int, sentence: Sentence, result: Result | None) -> None:
    """Show a sentence as it was typed, tinted by the weights."""
    colours = palette(run.theme)
    body = figures.tinted_sentence(
        sentence,
        result.weights if result else None,
        result.row if result else None,
        role=role,
        theme=run.theme,
    )
    badge = f'<span class="sa-letter" style="background:{palette("light").inks[role]}">{LETTERS[role]}</span>'
    st.html(f'<p class="sa-sentence" tabindex="0" style="color:{colours.ink}">{badge}{body}</p>')


def equation(result: Result) -> None:
    """Show the weighted sum with its numbers."""
    with st.container(key=f"equation_{result.role}"):
        tokens, weights = result.tokens, result.trace.weights
        st.markdown(f"${figures.equation(tokens[result.row], weights[result.row], tokens)}$")


def bars(run: Run, result: Result, *, height: int = 220, highest: float = 1.0) -> None:
    """Show the weights of the word as bars; a click on one traces it."""
    weights, tokens = result.weights, result.tokens
    drawn = figures.weight_bars(
        weights, tokens, row=result.row, role=result.role, highest=highest, height=height, theme=run.theme
    )
    alt = describe.bars_alt(result.letter, weights, tokens, result.row)
    letter, count = result.letter, len(tokens)  # Streamlit keeps what a callback holds: not the arrays

    def clicked(_: int, column: int) -> None:
        if column < count:
            open_weight(letter, column)

    charts.show_clickable(drawn, key=f"bars_{result.role}", alt=alt, on_cell=clicked)


def open_weight(letter: str, column: int) -> None:
    """Trace a weight that was clicked: how much the word takes from the word in this column of a sentence."""
    state.put(view="trace", trace="weight", of=letter.lower(), column=column)


def sentence_panel(run: Run, role: int, sentence: Sentence | None, results: Sequence[Result], word: str) -> None:
    """Show what one sentence does to the word: tinted, as an equation, as bars."""
    if sentence is None:
        return
    result = next((other for other in results if other.role == role), None)
    with st.container(border=True):
        tinted(run, role, sentence, result)
        if result is None:
            write.quiet(f"“{word}” is not in this sentence: choose a word that both have, or type it.")
            return
        equation(result)
        bars(
            run,
            result,
            height=run.tall(220, 200),
            highest=max(float(other.weights.max()) for other in results),
        )


def motion(
    run: Run,
    word: str,
    results: Sequence[Result],
    sense: AmbiguousWord | None,
    *,
    height: int,
    pulls: bool = False,
    animated: bool = False,
    on_words: bool = False,
) -> Scene:
    """Show where the word goes; an animated plot can be stopped on the way."""
    drawn = scene(run, word, results, sense, on_words=on_words)
    size = figures.PHONE if run.phone else figures.Size(1000 if run.room else 640, height)
    way = state.get(fields.WAY) / 100 if animated else 1.0
    figure = figures.meaning_in_motion(drawn, size=size, show_pulls=pulls, animated=animated, way=way, theme=run.theme)
    moves = [(LETTERS[mover.role], mover.static, mover.contextual) for mover in drawn.movers]
    charts.show(
        figure,
        key="motion",
        alt=describe.motion_alt(word, moves, [pole.name for pole in drawn.poles], sum(drawn.explained_variance)),
    )
    return drawn


def meter(run: Run, word: str, results: Sequence[Result]) -> None:
    """Show how near the word is to each sense."""
    readings = [reading.reading for reading in results if reading.reading]
    if not readings:
        write.quiet(f"“{word}” has no poles here: give it some on the page “Meaning in motion”.")
        return
    moves = [(LETTERS[reading.role], reading.before, reading.after) for reading in readings]
    charts.show(
        figures.meaning_meter_figure(readings, theme=run.theme), key="meter", alt=describe.meter_alt(word, moves)
    )


def finding(results: Sequence[Result]) -> None:
    """Say what happened, a sentence for each."""
    write.finding(
        *(
            describe.finding(result.letter, result.weights, result.tokens, result.row, result.meter)
            for result in results
        )
    )
