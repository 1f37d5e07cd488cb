"""Parts of a page that more than one page shows: what one sentence does to the word, and where the word goes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import streamlit as st

from selfattn import figures
from selfattn.core import describe
from selfattn.core.attention import Array, AttentionTrace
from selfattn.core.contextual import attend_sentence
from selfattn.core.scene import Scene, Shown, build_scene
from selfattn.core.senses import AmbiguousWord, nearness, pole_centres
from selfattn.core.sentences import Sentence
from selfattn.figures.palette import LETTERS, palette
from selfattn.ui import charts, state, write
from selfattn.ui.poles import sense_of
from selfattn.ui.run import Run


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """One sentence, computed: which it is (0 is A), its trace, and what becomes of the word in one row.

    `sense` holds the poles of the word, `meter` its cosines to them before and after, by sense; None without poles.
    """

    role: int
    sentence: Sentence
    trace: AttentionTrace
    row: int
    sense: AmbiguousWord | None
    meter: tuple[dict[str, float], dict[str, float]] | None

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
    def reading(self) -> figures.MeterReading | None:
        """Give the cosines under the letter of the sentence; None for a word without poles."""
        return figures.MeterReading(self.role, *self.meter) if self.meter else None


def compute(run: Run, sentences: Sequence[Sentence | None], word: str | None) -> list[Result]:
    """Attend over every sentence that has the word; without a word there is nothing to compute."""
    return [
        compute_row(run, sentence, sentence.index(word), role=role)
        for role, sentence in enumerate(sentences)
        if word is not None and sentence is not None and word in sentence.tokens
    ]


def compute_row(run: Run, sentence: Sentence, row: int, *, role: int = 0) -> Result:
    """Attend over one sentence and follow the word at one place."""
    trace, sense = attend_sentence(sentence, run.vectors, run.settings), sense_of(run, sentence.tokens[row])
    return Result(role=role, sentence=sentence, trace=trace, row=row, sense=sense, meter=meters(run, sense, trace, row))


def meters(
    run: Run, sense: AmbiguousWord | None, trace: AttentionTrace, row: int
) -> tuple[dict[str, float], dict[str, float]] | None:
    """Measure the cosines of a word to its poles before and after, by sense; None for a word without poles."""
    poles = centres(run, sense)
    return (nearness(trace.matrix[row], poles), nearness(trace.output[row], poles)) if poles else None


def centres(run: Run, sense: AmbiguousWord | None) -> dict[str, np.ndarray]:
    """Give the centre of each pole, in the space of the settings; nothing for a word without poles."""
    return pole_centres(sense, run.vectors, space=run.space) if sense else {}


def scene(run: Run, results: Sequence[Result], *, on_words: bool = False) -> Scene:
    """Place results on the plot: at least one, all of the same word."""
    shown = [Shown(result.role, result.sentence, result.trace, result.row) for result in results]
    word, sense = results[0].word, results[0].sense
    return build_scene(word, shown, run.vectors, run.space, sense=sense, on_words=on_words)


def tinted(run: Run, role: int, sentence: Sentence, result: Result | None) -> None:
    """Show a sentence as it was typed, tinted by the weights."""
    colours = palette(run.theme)
    weights, row = (result.weights, result.row) if result else (None, None)
    body = figures.tinted_sentence(sentence, weights, row, role=role, theme=run.theme)
    badge = f'<span class="sa-letter" style="background:{palette("light").inks[role]}">{LETTERS[role]}</span>'
    st.html(f'<p class="sa-sentence" tabindex="0" style="color:{colours.ink}">{badge}{body}</p>')


def equation(result: Result) -> None:
    """Show the weighted sum with its numbers."""
    write.formula(str(result.role), figures.equation(result.word, result.weights, result.tokens))


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


def sentence_panel(run: Run, role: int, sentence: Sentence | None, results: Sequence[Result]) -> None:
    """Show what one sentence does to the word: tinted, as an equation, as bars."""
    if sentence is None:
        return
    result = next((other for other in results if other.role == role), None)
    with st.container(border=True):
        tinted(run, role, sentence, result)
        if result is None:
            write.quiet(f"“{results[0].word}” is not in this sentence: choose a word that both have, or type it.")
            return
        equation(result)
        highest = max(float(other.weights.max()) for other in results)
        bars(run, result, height=run.tall(220, 200), highest=highest)


def motion(
    run: Run,
    results: Sequence[Result],
    *,
    size: figures.Size,
    key: str = "motion",
    names: Sequence[str] = LETTERS,
    alt: Callable[..., str] = describe.motion_alt,
    on_words: bool = False,
    **looks: Any,
) -> Scene:
    """Show where the word goes.

    Parameters
    ----------
    run : Run
    results : sequence of Result
        At least one, all of the same word.
    size : Size
    key : str
    names : sequence of str
        What the results are called, by role.
    alt : function
        Says it in words, as `describe.motion_alt` does.
    on_words : bool
        Whether the axes are fitted on the words of the sentences, and not on the poles.
    **looks
        Of the figure, as `figures.meaning_in_motion` takes them.
    """
    drawn = replace(scene(run, results, on_words=on_words), names=tuple(names))
    moves = [(names[mover.role], mover.static, mover.contextual) for mover in drawn.movers]
    words = alt(drawn.word, moves, [pole.name for pole in drawn.poles], sum(drawn.explained_variance))
    charts.show(figures.meaning_in_motion(drawn, size=size, theme=run.theme, **looks), key=key, alt=words)
    return drawn


def meter(run: Run, results: Sequence[Result], *, key: str = "meter") -> None:
    """Show how near the word is to each sense."""
    readings, word = [result.reading for result in results if result.reading], results[0].word
    if not readings:
        write.quiet(f"“{word}” has no poles here: give it some on the page “Meaning in motion”.")
        return
    moves = [(LETTERS[reading.role], reading.before, reading.after) for reading in readings]
    figure = figures.meaning_meter_figure(readings, theme=run.theme)
    charts.show(figure, key=key, alt=describe.meter_alt(word, moves))


def finding(results: Sequence[Result]) -> None:
    """Say what happened, a sentence for each."""
    write.finding(*(describe.finding(each.letter, each.weights, each.tokens, each.row, each.meter) for each in results))
