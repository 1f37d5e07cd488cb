"""The screens of "What it cannot do": for each failing its sentences, one picture, the reason, and what helps."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from selfattn.core.sentences import Sentence
from selfattn.core.spread import KEYS, QUERIES, WIDTHS, spread_of, spreads
from selfattn.course import LIMITS
from selfattn.figures.block import Part, block
from selfattn.figures.palette import palette
from selfattn.lessons.limits import code as snippets
from selfattn.lessons.limits import measures, parts, prose
from selfattn.lessons.limits.cases import CASES as FAILINGS
from selfattn.lessons.limits.parts import Case
from selfattn.lessons.limits.spread_figure import spread_chart
from selfattn.ui import boxes, charts, controls, fields, panels, state, widgets, write
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


@dataclass(frozen=True, slots=True)
class Places:
    """Where the boxes of a step are, and the word with the preset beside it."""

    boxes: Sequence[DeltaGenerator]
    word: DeltaGenerator


def places(run: Run) -> Places:
    """Draw the choice of the step and its examples, and make the places of its boxes."""
    choices = controls.row_of_controls(run)
    beside = st.container(horizontal=True, vertical_alignment="top", gap="small")
    with choices:
        if given := BOXES.get(controls.step(LIMITS), ()):
            _examples(state.step(LIMITS))
    with beside:
        return Places(
            [st.container(width=BOX_WIDTH // len(given)) for _ in given],
            choices if run.small else st.container(horizontal=True, width="content", gap="small"),
        )


def choose(run: Run, places: Places) -> Choices:
    """Draw what is typed for a step: its boxes, the word."""
    step = state.step(LIMITS)
    sentences, word = [], None
    for place, (name, title) in zip(places.boxes, BOXES.get(step, ()), strict=False):
        with place:
            sentences.append(boxes.sentence(run, name, title))
    if sentences:
        with places.word:
            word = controls.word(run, sentences)
    return Choices(step, sentences, word or "")


def preset(places: Places) -> None:
    """Draw the choice of the preset, behind the word."""
    with places.word, st.container(width="content"):
        controls.preset()


def _examples(step: str) -> None:
    """Draw the examples of a step; the chosen one fills its boxes."""
    examples = {" / ".join(texts): texts for texts in measures.EXAMPLES[step]}
    names = [name for name, _ in BOXES[step]]

    def pills() -> None:
        boxes.example_pills("Sentences that show it", EXAMPLE, examples, popover=EXAMPLES, names=names)

    widgets.behind("Examples", "lightbulb", EXAMPLES, pills)


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
    sentence, random = run.sentence(state.get("a")), spreads()
    word = controls.shared_words(run, [sentence])[0] if sentence else ""
    widths, before, after = zip(*((spread.width, spread.before, spread.after) for spread in random), strict=True)

    def added() -> None:
        drawn = [_part(run, place, *part) for place, part in enumerate(prose.BEYOND)]
        alt = prose.block_alt([(part.name, part.does, part.beside) for part in drawn])
        colours = palette(run.theme)
        st.html(block(drawn, repeats=prose.REPEATS, shortcuts=prose.SHORTCUTS, alt=alt, colours=colours))
        parts.table({"d": widths, "dot products": before, "÷ √d": after})

    def chart() -> None:
        write.prose(prose.scaling(random[0], random[-1]))
        own = spread_of(run.vectors.vectors)
        words = (own.width, own.before, own.after)
        figure = spread_chart(widths, before, after, words=words, height=run.tall(300, 400), theme=run.theme)
        charts.show(figure, key="spread", alt=prose.spread_alt(random))
        write.quiet(prose.own_spread(own))

    return Case(
        results=panels.compute(run, [sentence], word),
        finding=prose.BEYOND_FINDING,
        picture=added,
        sentences=[],
        beside=chart,
        source=lambda: snippets.scaling(WIDTHS, QUERIES, KEYS, 0),
    )


def _part(run: Run, place: int, key: str, name: str, does: str) -> Part:
    step = LIMITS.step(key)
    mends = {"beside": step.title, "below": _number(run, key)} if step else {}
    return Part(name, does, inside=place in prose.IN_LAYER, core=place == prose.SEEN, **mends)


def _number(run: Run, step: str) -> str:
    """Measure a failing on the sentences that its step has now; nothing where they cannot be computed."""
    sentences = [run.sentence(state.get(name)) for name, _ in BOXES[step]]
    if not all(sentences):
        return ""
    word = controls.shared_words(run, [sentence for sentence in sentences if sentence])[0]
    case = Choices(step, sentences, word).compute(run)
    return case.because if case else ""


CASES = {**FAILINGS, "beyond": _beyond}
