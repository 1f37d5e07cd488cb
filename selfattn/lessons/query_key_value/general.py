"""Whether what was learned carries over: to the class's sentences, to held-out ones, and where it still fails."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import plotly.graph_objects as go
import streamlit as st
from gensim.models import KeyedVectors

from selfattn.core import sentences as core
from selfattn.core.contextual import attend_sentence, space_of
from selfattn.core.heads import known_head
from selfattn.core.kept import kept
from selfattn.core.lean import line_between
from selfattn.core.presets import PRESET_TITLES, PRESETS, TRAINED, Settings
from selfattn.core.rates import Landing, Rate, rates
from selfattn.core.senses import SENSES, known_sense
from selfattn.core.sentences import Sentence
from selfattn.figures.palette import PHONE, Size
from selfattn.lessons.query_key_value import general_prose as prose
from selfattn.lessons.query_key_value.general_figure import rates_chart
from selfattn.lessons.query_key_value.learned import no_head
from selfattn.lessons.query_key_value.train import at_end
from selfattn.ui import charts, panels, state, tables, write
from selfattn.ui.panels import Result
from selfattn.ui.run import Run
from selfattn.ui.step import LOOKS, Shown, first_time
from selfattn.views import predict, snippets

MEASURING = "Every way to attend is being measured on sentences that nothing was trained on"
SHOWN = 3  # sentences that it gets wrong
DRAWN_BY = 2  # words that are named for it
TRY = "try_{}"  # the key of the button of such a sentence, by its place


def show(run: Run, _: Sequence[Sentence | None], results: Sequence[Result]) -> Shown:
    """Ask how many held-out sentences it gets right; then show that, and where it fails."""
    has_head = known_head(run.vectors) is not None
    run = replace(run, settings=PRESETS[TRAINED]) if has_head else run  # whatever preset the link names
    results = at_end(run, results)
    return Shown(
        draw=lambda: _draw(run, results),
        source=lambda: (
            prose.code(results, run.settings, drop_punctuation=run.drops, known=_known(run, results[0]))
            if results
            else snippets.START
        ),
        results=results,
        asks=has_head,
    )


def _known(run: Run, result: Result) -> list[str]:
    poles = result.sense.poles.values() if result.sense else ()
    return [word for words in poles for word in words if word in run.vectors.key_to_index]


def _draw(run: Run, results: Sequence[Result]) -> None:
    with first_time(run.vectors, MEASURING):
        measured = rates(run.vectors)
    trained = next((rate for rate in measured if rate.preset == TRAINED), None)
    if trained and predict.waiting(
        run, prose.QUESTION, prose.GUESSES, prose.truth(trained), because=prose.because(trained)
    ):
        return
    if not trained:
        write.finding(no_head(run))
    left, right = st.columns([1, 1.15], gap="medium")
    with right:
        if trained:
            write.finding(prose.found(trained))
        _chart(run, measured)
    with left:
        if results:
            _own(run, results, trained=trained is not None)
    if trained:
        _failures(run, trained)


def _own(run: Run, results: Sequence[Result], *, trained: bool) -> None:
    """Show what happens in the class's own sentences, and whether the head knows the word and them."""
    panels.finding(run, results)
    has_line = results[0].line is not None
    if trained:
        write.prose(f"{prose.of_word(results[0].word, has_line=has_line)} {prose.of_sentences(results)}")
    if has_line:
        panels.line(run, results, size=replace(PHONE, height=260) if run.phone else run.size(180, 330))


def _chart(run: Run, measured: Sequence[Rate]) -> None:
    if not measured[0].every:
        write.quiet(prose.NONE)
        return
    figure, alt = _rates_drawn(run.vectors, len(measured), run.size(310, 560), run.theme)
    charts.show(figure, key="rates", alt=alt)


@kept(LOOKS)
def _rates_drawn(vectors: KeyedVectors, _: int, size: Size, theme: str) -> tuple[go.Figure, str]:
    """Draw the rates of so many presets, and say them: no text changes that, and nobody may change the figure."""
    measured = rates(vectors)
    names = [PRESET_TITLES[rate.preset] for rate in measured]
    row = next((place for place, rate in enumerate(measured) if rate.preset == TRAINED), None)
    pairs = [prose.shares(rate) for rate in measured]
    figure = rates_chart(names, pairs, prose.key(measured[0]), row=row, size=size, theme=theme)
    return figure, prose.chart_alt(measured)


def _failures(run: Run, trained: Rate) -> None:
    """Show the sentences that it gets most confidently wrong, each with a button that puts it into box A."""
    if not trained.wrong:
        return
    write.prose(prose.fails(trained))
    for place, wrong in enumerate(trained.wrong[:SHOWN]):
        example = wrong.example
        other = prose.other_sense(example, list(SENSES[example.word].poles))
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            icon, arguments = ":material/north_west:", (example.word, example.text, other)
            st.button("Into A", key=TRY.format(place), icon=icon, on_click=_try, args=arguments)
            st.html(prose.failure(wrong, other, _drawn_by(run.vectors, run.settings, wrong, other)))
    tables.once_asked("All that it gets wrong", lambda: [_table(trained)])


@kept(2 * SHOWN)
def _drawn_by(vectors: KeyedVectors, settings: Settings, wrong: Landing, other: str) -> list[str]:
    """Name the words that pull most to the wrong side: weight times place on the line."""
    sentence, word = core.embed(wrong.example.text, vectors), wrong.example.word
    sense, trace = known_sense(word, vectors), attend_sentence(sentence, vectors, settings)
    if sense is None or (line := line_between(sense, vectors, space_of(vectors, settings))) is None:
        return []
    sign = 1 if other == line.senses[1] else -1
    pulls = sign * trace.weights[sentence.index(word)] * line(trace.value)
    return list(dict.fromkeys(sentence.tokens[place] for place in np.argsort(-pulls) if pulls[place] > 0))[:DRAWN_BY]


def _try(word: str, text: str, other: str) -> None:
    """Put a sentence into box A; where B has not its word, B takes an example of the other sense."""
    state.forget_places()
    lacks = word not in state.get("b").lower().split()
    state.put(a=text, word=word, **({"b": SENSES[word].examples[other][0]} if lacks else {}))


def _table(trained: Rate) -> object:
    lines = [(each.example.word, each.example.sense, each.example.text, each.margin) for each in trained.wrong]
    return tables.listing(lines, "word", "means", "sentence", "place, 1 is its pole")
