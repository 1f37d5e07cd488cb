"""Parts of a page that more than one page shows: what one sentence does to the word, and where the word goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from selfattn import describe, figures
from selfattn.attention import AttentionTrace
from selfattn.contextual import attend_sentence, space
from selfattn.figures.palette import LETTERS, palette
from selfattn.scene import Scene, Shown, build_scene
from selfattn.senses import AmbiguousWord, nearness, pole_centres
from selfattn.sentences import Sentence
from selfattn.ui import charts, loaders, shell, state


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """One sentence, computed: which it is (0 is A), its trace, the row of the word, and the meter's reading."""

    role: int
    sentence: Sentence
    trace: AttentionTrace
    row: int
    reading: figures.Reading | None

    @property
    def letter(self) -> str:
        """Give the letter of the sentence."""
        return LETTERS[self.role]

    @property
    def meter(self) -> tuple[dict[str, float], dict[str, float]] | None:
        """Give the cosines before and after, by sense; None for a word without poles."""
        return (self.reading.before, self.reading.after) if self.reading else None


def compute(sentences: Sequence[Sentence | None], word: str, sense: AmbiguousWord | None) -> list[Result]:
    """Attend over every sentence that has the word."""
    settings, vectors = state.settings(), loaders.vectors()
    place = space(vectors, centred=settings.centre)
    centres = pole_centres(sense, vectors, space=place) if sense else {}
    results = []
    for role, sentence in enumerate(sentences):
        if sentence is None or word not in sentence.tokens:
            continue
        trace, row = attend_sentence(sentence, vectors, settings), sentence.index(word)
        sides = (nearness(side[row], centres) for side in (trace.matrix, trace.output))
        reading = figures.Reading(role, *sides) if sense else None
        results.append(Result(role, sentence, trace, row, reading))
    return results


def compute_row(sentence: Sentence, row: int) -> Result:
    """Attend over one sentence and follow the word at one place."""
    return Result(0, sentence, attend_sentence(sentence, loaders.vectors(), state.settings()), row, None)


def scene(word: str, results: Sequence[Result], sense: AmbiguousWord | None, *, on_words: bool = False) -> Scene:
    """Place the results on the plot."""
    place = space(loaders.vectors(), centred=state.settings().centre)
    shown = [Shown(one.role, one.sentence, one.trace, one.row) for one in results]
    return build_scene(word, shown, loaders.vectors(), place, sense=sense, on_words=on_words)


def tinted(role: int, sentence: Sentence, result: Result | None) -> None:
    """Show a sentence as it was typed, tinted by the weights."""
    colours = palette(charts.theme())
    body = figures.tinted_sentence(
        sentence,
        result.trace.weights[result.row] if result else None,
        result.row if result else None,
        role=role,
        theme=charts.theme(),
    )
    badge = f'<span class="sa-letter" style="background:{palette("light").inks[role]}">{LETTERS[role]}</span>'
    st.html(f'<p class="sa-sentence" tabindex="0" style="color:{colours.ink}">{badge}{body}</p>')


def equation(result: Result) -> None:
    """Show the weighted sum with its numbers."""
    with st.container(key=f"equation_{result.role}"):
        tokens, weights = result.sentence.tokens, result.trace.weights
        st.markdown(f"${figures.equation(tokens[result.row], weights[result.row], tokens)}$")


def bars(result: Result, *, height: int = 220, highest: float = 1.0) -> None:
    """Show the weights of the word as bars."""
    weights, tokens = result.trace.weights[result.row], result.sentence.tokens
    drawn = figures.weight_bars(
        weights, tokens, row=result.row, role=result.role, highest=highest, height=height, theme=charts.theme()
    )
    charts.show(drawn, key=f"bars_{result.role}", alt=describe.bars_alt(result.letter, weights, tokens, result.row))


def sentence_panel(role: int, sentence: Sentence | None, results: Sequence[Result], word: str) -> None:
    """Show what one sentence does to the word: tinted, as an equation, as bars."""
    if sentence is None:
        return
    result = next((one for one in results if one.role == role), None)
    with st.container(border=True):
        tinted(role, sentence, result)
        if result is None:
            shell.quiet(f"“{word}” is not in this sentence: choose a word that both have, or type it.")
            return
        equation(result)
        bars(result, highest=max(float(one.trace.weights[one.row].max()) for one in results))


def motion(
    word: str,
    results: Sequence[Result],
    sense: AmbiguousWord | None,
    *,
    height: int,
    pulls: bool = False,
    animated: bool = False,
    on_words: bool = False,
) -> Scene:
    """Show where the word goes."""
    drawn = scene(word, results, sense, on_words=on_words)
    size = figures.PHONE if charts.on_phone() else figures.Size(height=height)
    figure = figures.meaning_in_motion(drawn, size=size, show_pulls=pulls, animated=animated, theme=charts.theme())
    moves = [(LETTERS[mover.role], mover.static, mover.contextual) for mover in drawn.movers]
    charts.show(
        figure, key="motion", alt=describe.motion_alt(word, moves, [pole.name for pole in drawn.poles], sum(drawn.kept))
    )
    return drawn


def meter(word: str, results: Sequence[Result]) -> None:
    """Show how near the word is to each sense."""
    readings = [one.reading for one in results if one.reading]
    if not readings:
        shell.quiet(f"“{word}” has no poles here: give it some on the page “Meaning in motion”.")
        return
    said = [(LETTERS[one.role], one.before, one.after) for one in readings]
    charts.show(
        figures.meaning_meter_figure(readings, theme=charts.theme()), key="meter", alt=describe.meter_alt(word, said)
    )


def finding(results: Sequence[Result]) -> None:
    """Say what happened, a sentence for each."""
    shell.finding(
        *(
            describe.finding(one.letter, one.trace.weights[one.row], one.sentence.tokens, one.row, one.meter)
            for one in results
        )
    )
