"""The screens of "What it cannot do": for each failing its sentences, one picture, the reason, and what helps."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from selfattn.core.sentences import Sentence, TextError
from selfattn.course import LIMITS
from selfattn.lessons.limits import code as snippets
from selfattn.lessons.limits import measures, parts, prose
from selfattn.lessons.limits.cases import CASES
from selfattn.lessons.limits.prose import BEYOND
from selfattn.lessons.limits.spread_figure import spread_chart
from selfattn.ui import boxes, charts, controls, fields, panels, state, widgets, write
from selfattn.ui.panels import Result
from selfattn.ui.run import Run
from selfattn.views import choose as views
from selfattn.views import predict

EXAMPLES, EXAMPLE = "limits examples", "limits example"
BOXES = {
    "order": (("a", "Sentence A"),),
    "mixed": ((fields.MIXED, "A sentence with two cues"),),
    "negation": ((fields.PLAIN, "Sentence A"), (fields.NEGATED, "Sentence B, which denies it")),
    "unknown": ((fields.STRANGE, "A sentence with an unknown word"),),
    "frequent": ((fields.FREQUENT, "A sentence with many frequent words"),),
    "still": ((fields.STILL, "A sentence without a cue"),),
}
BOX_WIDTH = 560  # pixels that the boxes of a step share
COMMON = 20_000  # the words from which pairs are drawn for the spread of their dot products
NOTHING = "There is nothing to compute here yet: type a sentence with at least one known word."


@dataclass(frozen=True, slots=True, eq=False)
class Choices:
    """What was chosen for a step: its sentences, None where one cannot be computed, and the word."""

    step: str
    sentences: Sequence[Sentence | None]
    word: str | None

    @property
    def ready(self) -> bool:
        """Tell whether there is something to show."""
        return self.word is not None and all(one and self.word in one.tokens for one in self.sentences)

    @property
    def title(self) -> str:
        """Give the title of the screen."""
        return prose.TITLES[self.step]


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """What a step shows, computed: its case where it has one, the results to look closer at, and its code."""

    case: parts.Case | None
    results: Sequence[Result]
    source: Callable[[], str] | None

    @property
    def asks(self) -> bool | None:
        """Tell whether there is something to ask; None where there is nothing to compute yet."""
        return None if self.source is None else self.case is not None and self.case.question is not None

    @property
    def has_code(self) -> bool:
        """Tell whether there is something to compute again."""
        return self.source is not None


def choose(run: Run) -> Choices:
    """Draw the choices of a step: the step itself, its boxes, the word, the preset."""
    sentences, chosen = [], None
    choices = controls.row_of_controls(run)
    beside = st.container(horizontal=True, vertical_alignment="top", gap="small")
    with choices:
        step = controls.step(LIMITS)
        if given := BOXES.get(step, ()):
            _examples(step)
    with beside:
        for name, title in given:
            with st.container(width=BOX_WIDTH // len(given)):
                sentences.append(boxes.sentence(run, name, title))
    with choices if run.small else beside:
        if given:
            chosen = controls.word(run, sentences, width=160)
        with st.container(width="content"):
            controls.preset()
    return Choices(step, sentences, chosen)


def _examples(step: str) -> None:
    """Draw the examples of a step; the chosen one fills its boxes."""
    every = measures.EXAMPLES[step]

    def take(at: int) -> None:
        boxes.take_sentences(EXAMPLES, every[at], [name for name, _ in BOXES[step]])

    with st.popover("Examples", icon=":material/lightbulb:", key=EXAMPLES, on_change="rerun"):
        st.pills(
            "Sentences that show it",
            range(len(every)),
            format_func=lambda at: write.plain(" / ".join(every[at])),
            **widgets.widget(EXAMPLE, None, take),
        )


def prepare(run: Run, chosen: Choices) -> Prepared:
    """Compute what a step shows."""
    if chosen.step == "beyond":
        sentence = _embedded(run, state.get("a"))
        word = controls.shared_words(run, [sentence])[0] if sentence else ""
        return Prepared(None, panels.compute(run, [sentence], word), _scaling_source)
    case = _case(run, chosen.step, chosen.sentences, chosen.word) if chosen.ready else None
    return Prepared(case, case.results, case.source) if case else Prepared(None, [], None)


def show(run: Run, chosen: Choices, screen: Prepared) -> None:
    """Show the step: what looks closer, or the question, or the picture."""
    case = screen.case
    if views.show(run, LIMITS, screen.results, screen.source or str):
        return
    if chosen.step == "beyond":
        _beyond(run)
    elif case is None:
        write.quiet(_missing(chosen))
    elif not (case.question and predict.waiting(run, *case.question, because=case.because)):
        case.draw(run, chosen.step)


def _missing(chosen: Choices) -> str:
    if chosen.word is None or not all(chosen.sentences):
        return NOTHING
    return f"“{chosen.word}” is not in both sentences: choose a word that both have, or type it."


def _case(run: Run, step: str, sentences: Sequence[Sentence | None], chosen: str | None) -> parts.Case:
    given = [one for one in sentences if one]
    return CASES[step](run, given, str(chosen))


def _beyond(run: Run) -> None:
    every = measures.spreads()
    write.finding(prose.BEYOND_FINDING)
    picture, chart = parts.columns()
    with picture:
        lines = "".join(_line(run, one) for one in BEYOND)
        st.html(f'<dl class="sa-keys sa-prose" style="padding:0;margin:0">{lines}</dl>')
    with chart:
        write.prose(prose.scaling(every[0], every[-1]))
        own = measures.spread_of(run.vectors.vectors[:COMMON])
        figure = spread_chart(
            [one.width for one in every],
            [one.before for one in every],
            [one.after for one in every],
            words=(own.width, own.before, own.after),
            height=run.tall(300, 400),
            theme=run.theme,
        )
        charts.show(figure, key="spread", alt=prose.spread_alt(every))
        write.quiet(prose.own_spread(own))
    with picture:
        sides = [one.before for one in every], [one.after for one in every]
        parts.table({"d": [one.width for one in every], "dot products": sides[0], "÷ √d": sides[1]})


def _scaling_source() -> str:
    return snippets.scaling(measures.WIDTHS, measures.PAIRS // measures.KEYS, measures.KEYS, 0)


def _line(run: Run, one: prose.Added) -> str:
    step = LIMITS.step(one.step)
    seen = html.escape(_seen(run, one.step)) if step else ""
    failing = f"<b>{html.escape(step.title)}</b>" if step else "<b>Besides</b>"
    number = f"<br>{seen}" if seen else ""
    answer = f"<b>{html.escape(one.name)}</b> {html.escape(one.does)}"
    return f'<dt style="margin:0;padding:0">{failing}{number}</dt><dd>{answer}</dd>'


def _seen(run: Run, step: str) -> str:
    """Measure a failing on the sentences that its step has now; nothing where they cannot be computed."""
    sentences = [_embedded(run, state.get(name)) for name, _ in BOXES[step]]
    given = [one for one in sentences if one]
    if len(given) < len(sentences):
        return ""
    word = controls.shared_words(run, given)[0]
    if any(word not in one.tokens for one in given):
        return ""
    return _case(run, step, given, word).because


def _embedded(run: Run, text: str) -> Sentence | None:
    try:
        return run.embed(text, drop_punctuation=run.drops)
    except TextError:
        return None
