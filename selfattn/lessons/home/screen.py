"""The first screen: the weights stand on the words of both sentences, beside the map and the line."""

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from selfattn import figures
from selfattn.core import describe
from selfattn.core.presets import DEFAULT_PRESET, PRESET_TITLES, TRAINED
from selfattn.core.senses import known_sense
from selfattn.core.sentences import Sentence
from selfattn.figures.palette import LETTERS, palette
from selfattn.ui import boxes, controls, fields, panels, state, widgets, write
from selfattn.ui.panels import Result
from selfattn.ui.run import Run

SHORTCUT = "“{}” asks only the others here: in a transformer its own vector goes on beside this sum, on the shortcut."
SHOWN = {False: "One word", True: "Every word"}


def places(run: Run) -> tuple[Sequence[DeltaGenerator], DeltaGenerator]:
    """Make the places of the boxes and of the choices, on one line where there is room."""
    if run.small:
        return st.columns(2), controls.row_of_controls(run)
    *columns, others = st.columns([1, 1, 2.35], gap="small")
    with others:
        return columns, controls.line()


def choices(run: Run) -> None:
    """Draw what is chosen besides the words."""
    chosen = state.preset()
    titles = {DEFAULT_PRESET: "Untrained", TRAINED: "Trained"}
    others = {chosen: PRESET_TITLES.get(chosen, "Your own")} if chosen not in titles else {}
    widget = widgets.widget(fields.PRESET, chosen, controls.choose_preset)
    widgets.choice("Attention", titles | others, widget)
    every = widgets.widget(fields.EVERY, bool(state.get(fields.EVERY)), lambda every: state.put(every=every))
    widgets.choice("Weights of", SHOWN, every)
    boxes.examples(run)


def title(run: Run, word: str | None) -> str:
    """Say what the screen is about; that a word means two things only where two senses of it are known."""
    if word is None:
        return "Why a word means two things"
    return f"Why “{word}” means two things" if known_sense(word, run.vectors) else f"Where “{word}” goes"


def show(run: Run, sentences: Sequence[Sentence | None], results: Sequence[Result]) -> None:
    """Show the weights on the left; on the right the map, and under it the line."""
    panels.finding(run, results)
    boxes.honest_note()
    columns = st.columns([1, 1.3], gap="medium")
    left, right = columns[::-1] if run.phone else columns  # there the map comes first
    with left:
        _weights(run, sentences, results)
        has_others = any(len(result.tokens) > 1 for result in results)  # who stands alone asks itself
        if has_others and not run.settings.attend_self and not state.get(fields.EVERY):
            write.quiet(SHORTCUT.format(results[0].word), explained=False)  # few things for the focus
    with right:
        panels.motion(run, results, size=run.size(555, 830))


def _weights(run: Run, sentences: Sequence[Sentence | None], results: Sequence[Result]) -> None:
    """Show what each sentence gives to the word, or every word to every word."""
    of_role, every = {result.role: result for result in results}, bool(state.get(fields.EVERY))
    highest = max(float(result.weights.max()) for result in results)
    for role, sentence in enumerate(sentences):
        if role == results[0].role and not every:
            st.html("".join(_bars(run, result, highest) for result in results))
        if sentence is None or (role in of_role and not every):
            continue
        with st.container(border=True):
            if role in of_role:
                height = max(run.tall(170, 280), 74 + 24 * len(of_role[role].telling))
                panels.heatmap(run, of_role[role], f"every_{role}", height=height)
            else:
                panels.tinted(run, role, sentence, None)
                write.quiet(f"“{results[0].word}” is not in this sentence: choose a word that both have, or type it.")


def _bars(run: Run, result: Result, highest: float) -> str:
    weights, tokens, colours = result.weights, result.tokens, palette(run.theme)
    alt = describe.bars_alt(result.letter, weights, tokens, result.row)
    words = figures.words_with_bars(
        result.sentence, weights, result.row, highest=highest, role=result.role, theme=run.theme
    )
    total = describe.as_sum(weights, tokens, values=run.settings.trained)
    return write.bars(
        LETTERS[result.role], words, f"{result.word}′ = {total}", alt, colours.ink, palette("light").inks[result.role]
    )
