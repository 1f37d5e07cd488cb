"""What a head has learned: how its matrices changed, who asks for whom, and what frequent words get now."""

from collections.abc import Sequence

import plotly.graph_objects as go
import streamlit as st
from gensim.models import KeyedVectors

from selfattn.core.head import Head
from selfattn.core.heads import known_head, why_not
from selfattn.core.kept import kept
from selfattn.core.sentences import Sentence
from selfattn.figures.palette import Size
from selfattn.lessons.query_key_value import learned_prose as prose
from selfattn.lessons.query_key_value.learned_figure import changes, often_bars
from selfattn.lessons.query_key_value.learned_measures import Asked, Learned, asked_more, learned
from selfattn.lessons.query_key_value.train import at_end
from selfattn.ui import charts, tables, write
from selfattn.ui.panels import Result
from selfattn.ui.run import Run
from selfattn.ui.step import LOOKS, Shown, first_time
from selfattn.views import predict, snippets

MEASURING = "What was learned is being measured"


def show(run: Run, _: Sequence[Sentence | None], results: Sequence[Result]) -> Shown:
    """Ask what becomes of frequent words; then show what was learned."""
    head, results = known_head(run.vectors), at_end(run, results)
    return Shown(
        draw=lambda: _draw(run, results, head) if head else write.finding(no_head(run)),
        source=lambda: prose.code(results[0].word, _own(results)) if results else snippets.START,
        results=results,
        asks=bool(head),
    )


def no_head(run: Run) -> str:
    """Say why there is no trained head."""
    reason = why_not(run.vectors)
    return f"Nothing can be trained on these vectors: {reason}." if reason else prose.NONE


def _draw(run: Run, results: Sequence[Result], head: Head) -> None:
    with first_time(run.vectors, MEASURING):
        found = learned(run.vectors, head)
    options = (prose.LESS, prose.MORE, prose.SAME)
    if predict.waiting(run, prose.QUESTION, options, prose.truth(found), because=prose.because(found)):
        return
    write.finding(*prose.finding(found))
    left, right = st.columns([1.9, 1], gap="medium")
    with left:
        _matrices(run, found, head)
    with right:
        write.quiet(prose.often_title(found))
        bars = often_bars(*found.often, theme=run.theme)
        charts.show(bars, key="often", alt=prose.often_alt(found))
        if results:
            _pairs(run, results, head)


def _matrices(run: Run, found: Learned, head: Head) -> None:
    figure = _changes(run.vectors, head, run.size(400, 660), run.theme)
    charts.show(figure, key="changes", alt=prose.changes_alt(found))
    write.quiet(prose.picture(found))


@kept(LOOKS)
def _changes(vectors: KeyedVectors, head: Head, size: Size, theme: str) -> go.Figure:
    """Draw how both matrices changed: no text changes that, and nobody may change the figure."""
    found = learned(vectors, head)
    both = (found.asking, found.giving)
    titles = [(title, prose.size(change)) for title, change in zip(prose.TITLES, both, strict=True)]
    return changes([change.drawn for change in both], titles, prose.AXES, size=size, theme=theme)


def _pairs(run: Run, results: Sequence[Result], head: Head) -> None:
    """Show which words ask for which more than at the start."""
    word, own = results[0].word, _own(results)
    asked = asked_more(run.vectors, head, own, asking=[word])
    write.quiet("Who asks for whom, more than before")
    st.html(prose.pairs(asked, {word, *own}, prose.PAIRS_ROOM if run.room else prose.PAIRS))
    write.prose(prose.asks(asked, word))
    tables.once_asked("Of every word with two senses", lambda: [_table(asked)])


def _own(results: Sequence[Result]) -> list[str]:
    """List the other words of the class's sentences, each once, in the order of the alphabet."""
    return sorted({token for result in results for token in result.tokens} - {results[0].word})


def _table(asked: Asked) -> object:
    lines = [(word, ", ".join(asked.best(word, prose.AMONG))) for word in asked.asking]
    return tables.listing(lines, "word", "asks now for, more than before")
