"""Three parts to play: the same word asks, is asked and gives, with one vector or with three, on two numbers a word."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
import streamlit as st

from selfattn import figures
from selfattn.core.heaviest import gathered, telling, with_rest
from selfattn.core.lean import line_between
from selfattn.core.presets import PRESETS
from selfattn.core.senses import SENSES
from selfattn.core.sentences import Sentence, TextError, embed
from selfattn.core.wording import quoted, shortened
from selfattn.figures.palette import palette
from selfattn.figures.weights import ASKING
from selfattn.lessons.query_key_value import parts_matrices as matrices
from selfattn.lessons.query_key_value import parts_prose as prose
from selfattn.lessons.query_key_value.parts_matrices import Parts
from selfattn.sets import vector_set
from selfattn.sets.vector_set import VectorSet
from selfattn.ui import arrows, charts, fields, panels, session_sets, state, widgets, write
from selfattn.ui.panels import Result
from selfattn.ui.poles import sense_of
from selfattn.ui.run import Run
from selfattn.ui.step import Shown
from selfattn.views import predict

PICTURE = "matrix_{}"  # the key of the picture of a matrix, by its part
EXAMPLE = "example of three parts"
EXAMPLES = {"Ask for the first number only": matrices.FIRST_ONLY, "Give the opposite": matrices.OPPOSITE}
WHERE = "1 is where the matrix sends (1, 0), 2 where it sends (0, 1)."
HOW = "Drag a tip, or use the arrows of the keyboard."
MOST_ROWS = 16  # of a heatmap, that make it higher
OWN_SENTENCE = "Money bank grows"
LEAST = arrows.Window(left=-3, right=3, bottom=-3, top=3)


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """What the screen works on: a set of two numbers a word, a sentence in it, and what had to be replaced."""

    chosen: VectorSet
    parts: Parts
    notes: list[str]


def show(run: Run, _: Sequence[Sentence | None], results: Sequence[Result]) -> Shown:
    """Let the class untie query, key and value, and see who finds whom."""
    stage = _stage(run, results[0].word if results else str(state.get(fields.WORD)))
    return Shown(
        draw=lambda: _draw(run, stage),
        source=lambda: prose.code(stage.parts, stage.chosen.code, drop_punctuation=run.drops),
        results=results,
        asks=True,
        numbers="Two numbers a word, by hand",
    )


def _stage(run: Run, word: str) -> Stage:
    """Choose table, sentence, word and matrices; each has something that stands in for it, which is said."""
    chosen, notes = _table()
    sentence, said = _sentence(run, chosen)
    notes += said
    tokens = sentence.tokens
    followed = word if word in tokens else next((token for token in tokens if token in SENSES), tokens[0])
    if word and followed != word:
        notes.append(f"“{shortened(word, 40)}” has no numbers here: “{followed}” is followed.")
    moved = matrices.read(linked := str(state.get(fields.MATRICES)))
    if moved is None:
        notes.append(
            f"The matrices “{shortened(linked, 60)}” cannot be read: {matrices.WANTED} are wanted. "
            "One vector plays all three parts instead."
        )
    return Stage(chosen, matrices.play(sentence, tokens.index(followed), moved or matrices.START), notes)


def _table() -> tuple[VectorSet, list[str]]:
    """Give the table that was written by hand, if it has two numbers a word; else the one that it began with."""
    written = session_sets.by_hand()
    if written and written.vectors.vector_size == 2:
        return written, []
    why = f"has {written.vectors.vector_size} numbers a word" if written else "cannot be read"
    return vector_set.by_hand(vector_set.EXAMPLE), [f"The table by hand {why}: the one it began with stands in."]


def _sentence(run: Run, chosen: VectorSet) -> tuple[Sentence, list[str]]:
    """Give sentence A as far as the table knows its words, at least two of them; else one of the table's own."""
    typed = str(state.get("a"))
    sentence = _known(typed, chosen, run.drops)
    if sentence and len(set(sentence.tokens)) > 1:
        words = [word for word in sentence.unknown if any(letter.isalnum() for letter in word)]
        return sentence, [f"Left out, since the table has no numbers for them: {quoted(words)}."] if words else []
    usual = _known(OWN_SENTENCE, chosen, run.drops)
    if not usual or len(set(usual.tokens)) < 2:
        usual = embed(vector_set.examples_of(chosen.vectors)[0].split(), chosen.vectors)
    names = quoted(chosen.vectors.index_to_key)
    return usual, [f"Here every word has two numbers, and only {names} have some: “{usual.text}” stands in for A."]


def _known(text: str, chosen: VectorSet, drops: bool) -> Sentence | None:
    try:
        return embed(text, chosen.vectors, drop_punctuation=drops)
    except TextError:
        return None


def _draw(run: Run, stage: Stage) -> None:
    parts = stage.parts
    right_answer = prose.truth(parts.tied.weights)
    if predict.waiting(run, prose.QUESTION, prose.OPTIONS, right_answer, because=prose.because(parts)):
        return
    write.finding(*prose.finding(parts))
    if stage.notes:
        write.quiet(" ".join(stage.notes))
    left, right = st.columns([1.25 if run.room else 1.05, 1], gap="medium")
    with left:
        _planes(run, parts)
        _choices(run, parts)
    with right:
        _heatmaps(run, parts)
        if not run.room:  # its place is taken: both heatmaps must be read from the last row
            _map(run, stage)


def _planes(run: Run, parts: Parts) -> None:
    """Draw the three matrices, side by side; on a phone one at a time."""
    places = st.tabs(list(prose.TITLES.values())) if run.phone else st.columns(3, gap="small")
    for place, (name, title) in zip(places, prose.TITLES.items(), strict=True):
        with place:
            if not run.phone:
                write.prose(f"{title}, {matrices.SYMBOLS[name]}" if run.room else title)
            _plane(run, parts, name)


def _plane(run: Run, parts: Parts, name: str) -> None:
    matrix, symbol = getattr(parts.matrices, name), matrices.SYMBOLS[name]
    arrows.show(
        run,
        PICTURE.format(name),
        dict(zip("12", matrix, strict=True)),
        partial(_moved, name),
        alt=prose.plane_alt(name, matrix),
        height=run.tall(200, 320),
        least=LEAST,
        farthest=matrices.FARTHEST,
        step=matrices.STEP,
        spoken=[f"{symbol}, row 1", f"{symbol}, row 2"],
    )
    write.formula(name, prose.formula(name, matrix, palette(run.theme).inks, named=not run.room))
    write.quiet(prose.becomes(parts, name))


def _moved(name: str, to: object) -> None:
    """Take a matrix from its picture; what is not one is left aside."""
    if moved := matrices.read_moved(to):
        now = matrices.read(str(state.get(fields.MATRICES))) or matrices.START
        state.put(matrices=matrices.write(now._replace(**{name: moved})))


def _choices(run: Run, parts: Parts) -> None:
    """Draw two examples and the way back, and say how to drag and what comes of it."""
    chosen = next((label for label, example in EXAMPLES.items() if example == parts.matrices), None)
    with st.container(horizontal=not run.phone, vertical_alignment="bottom", gap="small"):
        widget = widgets.widget(EXAMPLE, chosen, _take_example)
        st.pills("Examples of matrices", list(EXAMPLES), label_visibility="collapsed", **widget)
        untouched = not state.get(fields.MATRICES)
        icon = ":material/restart_alt:"
        st.button("Start again", key="tie", icon=icon, on_click=_take_example, args=(None,), disabled=untouched)
    goes = prose.goes(parts)
    told, how = (goes, "") if run.room else (f"{goes} {WHERE}", HOW)
    write.quiet(told, here=how)


def _take_example(label: str | None) -> None:
    """Take an example; without one, one vector plays all three parts again."""
    state.put(matrices=matrices.write(EXAMPLES[label] if label else matrices.START))


def _heatmaps(run: Run, parts: Parts) -> None:
    """Draw scores and weights, each word in a row asking each in a column."""
    places = telling(parts.trace.weights[parts.row], parts.row)
    names = with_rest(parts.tokens, places)
    shown, rest = names[: len(places)], "".join(names[len(places) :])
    rows = min(len(places), MOST_ROWS)
    height = max(run.tall(215, 325), run.tall(90, 140) + rows * run.tall(36, 40))
    looks: dict[str, Any] = {"row": places.index(parts.row), "narrow": True, "height": height, "theme": run.theme}
    trace, (first, second) = parts.trace, [st.container(), st.container()] if run.room else st.columns(2, gap="small")
    with first:
        write.prose("Scores: q · k")
        drawn = figures.scores_heatmap(
            trace.scores[np.ix_(places, places)], shown, name="score", joined="asks", titles=ASKING, **looks
        )
        charts.show(drawn, key="parts_scores", alt=prose.heatmap_alt("Scores", trace.scores, parts))
    with second:
        write.prose(f"Weights: softmax of scores ÷ {trace.divisor:.2f}")
        drawn = figures.weights_heatmap(gathered(trace.weights[places], places), shown, rest=rest, **looks)
        charts.show(drawn, key="parts_weights", alt=prose.heatmap_alt("Weights", trace.weights, parts))


def _map(run: Run, stage: Stage) -> None:
    """Show where the sum of the values takes the word: two numbers a word, so the plot is the space."""
    parts = stage.parts
    of_table = replace(run, chosen=stage.chosen, settings=PRESETS["balanced"], note="")
    sense = sense_of(of_table, parts.word)
    line = line_between(sense, of_table.vectors, of_table.space) if sense else None
    result = Result(0, parts.sentence, parts.trace, parts.row, sense, line)
    size = run.size(205, 205, laptop=540)
    panels.motion(of_table, [result], size=size, key="parts_map", show_pulls=True)
