"""The screens of "What it cannot do": for each failing its sentences, one picture, the reason, and what helps."""

import html
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from selfattn.core.sentences import Sentence
from selfattn.course import LIMITS
from selfattn.lessons.limits import code as snippets
from selfattn.lessons.limits import measures, parts, prose
from selfattn.lessons.limits.cases import CASES as FAILINGS
from selfattn.lessons.limits.parts import Case
from selfattn.lessons.limits.spread_figure import spread_chart
from selfattn.ui import boxes, charts, controls, fields, panels, state, write
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
MISSING = "“{}” is not in both sentences: choose a word that both have, or type it."


@dataclass(frozen=True, slots=True, eq=False)
class Choices:
    """What was chosen for a step: its sentences, None where one cannot be computed, and the word."""

    step: str
    sentences: Sequence[Sentence | None]
    word: str

    @property
    def title(self) -> str:
        """Give the title of the screen."""
        return prose.TITLES[self.step]

    def compute(self, run: Run) -> Case | None:
        """Compute the failing; None where there is nothing to compute."""
        usable = [sentence for sentence in self.sentences if sentence and self.word in sentence.tokens]
        return CASES[self.step](run, usable, self.word) if len(usable) == len(self.sentences) else None


def choose(run: Run) -> Choices:
    """Draw the choices of a step: the step itself, its boxes, the word, the preset."""
    choices = controls.row_of_controls(run)
    beside = st.container(horizontal=True, vertical_alignment="top", gap="small")
    sentences, word = [], None
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
            word = controls.word(run, sentences, width=160)
        with st.container(width="content"):
            controls.preset()
    return Choices(step, sentences, word or "")


def _examples(step: str) -> None:
    """Draw the examples of a step; the chosen one fills its boxes."""
    examples = {" / ".join(texts): texts for texts in measures.EXAMPLES[step]}
    names = [name for name, _ in BOXES[step]]
    with st.popover("Examples", icon=":material/lightbulb:", key=EXAMPLES, on_change="rerun"):
        boxes.example_pills("Sentences that show it", EXAMPLE, examples, popover=EXAMPLES, names=names)


def show(run: Run, chosen: Choices, case: Case | None) -> None:
    """Show the step: what looks closer, or the question, or the picture."""
    results, source = (case.results, case.source) if case else ([], str)
    if views.show(run, LIMITS, results, source):
        return
    if case is None:
        write.quiet(MISSING.format(chosen.word) if chosen.word and all(chosen.sentences) else NOTHING)
    elif not (case.question and predict.waiting(run, *case.question, because=case.because)):
        case.draw(run, chosen.step)


def _beyond(run: Run, _sentences: Sequence[Sentence], _word: str) -> Case:
    """Show what the full transformer adds; a closer look is taken at sentence A."""
    sentence, spreads = run.sentence(state.get("a")), measures.spreads()
    word = controls.shared_words(run, [sentence])[0] if sentence else ""
    widths, before, after = zip(*((spread.width, spread.before, spread.after) for spread in spreads), strict=True)

    def added() -> None:
        lines = "".join(_line(run, *part) for part in prose.BEYOND)
        st.html(f'<dl class="sa-keys sa-prose" style="padding:0;margin:0">{lines}</dl>')
        parts.table({"d": widths, "dot products": before, "÷ √d": after})

    def chart() -> None:
        write.prose(prose.scaling(spreads[0], spreads[-1]))
        own = measures.spread_of(run.vectors.vectors[:COMMON])
        words = (own.width, own.before, own.after)
        figure = spread_chart(widths, before, after, words=words, height=run.tall(300, 400), theme=run.theme)
        charts.show(figure, key="spread", alt=prose.spread_alt(spreads))
        write.quiet(prose.own_spread(own))

    return Case(
        results=panels.compute(run, [sentence], word),
        finding=prose.BEYOND_FINDING,
        picture=added,
        sentences=[],
        beside=chart,
        source=lambda: snippets.scaling(measures.WIDTHS, measures.QUERIES, measures.KEYS, 0),
    )


def _line(run: Run, key: str, name: str, does: str) -> str:
    answer = f"<b>{html.escape(name)}</b> {html.escape(does)}"
    failing = "<b>Besides</b>"
    if step := LIMITS.step(key):
        number = html.escape(_number(run, key))
        failing = f"<b>{html.escape(step.title)}</b>{number and f'<br>{number}'}"
    return f'<dt style="margin:0;padding:0">{failing}</dt><dd>{answer}</dd>'


def _number(run: Run, step: str) -> str:
    """Measure a failing on the sentences that its step has now; nothing where they cannot be computed."""
    sentences = [run.sentence(state.get(name)) for name, _ in BOXES[step]]
    if not all(sentences):
        return ""
    word = controls.shared_words(run, [sentence for sentence in sentences if sentence])[0]
    case = Choices(step, sentences, word).compute(run)
    return case.because if case else ""


CASES = {**FAILINGS, "beyond": _beyond}
