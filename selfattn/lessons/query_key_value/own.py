"""A class writes labelled sentences for a word of its own, trains with and without them, and sees the difference."""

import weakref
from collections.abc import Sequence
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from selfattn.core import describe
from selfattn.core.head import Head
from selfattn.core.heads import known_head, why_not
from selfattn.core.learn import SEED, TooFewError
from selfattn.core.own import Outcome, OwnError, Round, Trial, rounds, train, untrained
from selfattn.core.own_lines import Written, read
from selfattn.core.sentences import Sentence
from selfattn.lessons.query_key_value import own_prose as prose
from selfattn.lessons.query_key_value.own_figure import compared, shown
from selfattn.lessons.query_key_value.train import at_end
from selfattn.ui import charts, fields, jobs, panels, state, tables, widgets, write
from selfattn.ui.panels import Result
from selfattn.ui.run import Run
from selfattn.ui.step import Shown
from selfattn.views import predict, snippets

JOB = "head with sentences of one's own"
RESULT, READ, OUTDATED = "result of own sentences", "own sentences read", "own sentences have changed"
MOST_REMARKS = 4  # that are written out
HELP = "A line each. Cells of a spreadsheet may be pasted as they are. Emptied, the box takes the example back."
Key = tuple[Any, Written]


def show(run: Run, _: Sequence[Sentence | None], results: Sequence[Result]) -> Shown:
    """Read what the class wrote; show how it does without training, and with it once that has been asked for."""
    text = state.get(fields.LABELLED) or prose.EXAMPLE
    written = _read(run, text, results[0].word if results else "")
    outcome = _outcome(run, written)
    return Shown(
        draw=lambda: _draw(run, text, written, outcome),
        source=lambda: prose.code(text, written) if not written.missing else snippets.START,
        results=_to_trace(run, written) or results,
        asks=True if outcome else None,
    )


def _read(run: Run, text: str, word: str) -> Written:
    """Read the lines, once for a text and a set."""
    key = (text, word, weakref.ref(run.vectors))
    if st.session_state.get(READ, (None,))[0] != key:
        if run.chosen.grow:
            run.chosen.grow(text)
        st.session_state[READ] = (key, read(text, run.vectors, word))
    written: Written = st.session_state[READ][1]
    return written


def _to_trace(run: Run, written: Written) -> list[Result]:
    """Give the first sentence of each sense, computed, on a line between the poles; none without such sentences."""
    if written.missing or (parts := _rounds(run, written)) is None:
        return []
    firsts = [next(each.text for each in written.examples if each.sense == sense) for sense in written.senses]
    computed = [
        panels.compute_row(run, sentence, sentence.index(written.word), role=role, sense=parts[role].sense)
        for role, sentence in enumerate(run.embed(text) for text in firsts)
    ]
    return at_end(run, computed)


def _rounds(run: Run, written: Written) -> tuple[Round, Round] | None:
    try:
        return rounds(written, run.vectors)
    except OwnError:
        return None


# Training


def _begin(run: Run, written: Written) -> None:
    vectors, key = run.vectors, (weakref.ref(run.vectors), written)
    st.session_state.pop(OUTDATED, None)
    jobs.start(JOB, "Training", lambda job: (key, train(written, vectors, job.tell)), (OwnError, TooFewError))


def arrive() -> None:
    """Take what a training has brought; it is kept for these sentences and this set."""
    if (job := jobs.take(JOB)) and jobs.done_well(job):
        st.session_state[RESULT] = job.result


def _outcome(run: Run, written: Written) -> Outcome | None:
    """Give what was trained with these sentences; what was trained with others is thrown away."""
    kept: tuple[Key, Outcome] | None = st.session_state.get(RESULT)
    if kept is None:
        return None
    if kept[0] != (weakref.ref(run.vectors), written):
        st.session_state.pop(RESULT)
        st.session_state[OUTDATED] = True
        return None
    return kept[1]


def _take(typed: str | None) -> None:
    """Take the lines; a training with other ones is of no use any more."""
    kept = (typed or "")[: fields.MAX_CHARACTERS]
    state.put(labelled="" if kept.strip() in ("", prose.EXAMPLE) else kept, guess="")
    jobs.cancel(JOB)


# The page


def _draw(run: Run, text: str, written: Written, outcome: Outcome | None) -> None:
    if outcome and _asks(run, written, outcome):
        return
    tested, trouble = _tested(run, written, outcome)
    _say(run, written, tested, outcome)
    box, picture = _places(run)
    with box:
        _box(run, text, written, trouble)
        if not trouble and not outcome and not why_not(run.vectors):
            _button(run, written)
        jobs.show(JOB)
        jobs.say(JOB)
        if tested:
            _notes(outcome)
    if tested:
        with picture:
            _picture(run, written, tested, outcome)


def _places(run: Run) -> Sequence[DeltaGenerator]:
    """Lay the box beside the picture; on a phone below it."""
    if run.phone:
        picture = st.container()
        return st.container(), picture
    return st.columns([1, 1.5], gap="medium")


def _asks(run: Run, written: Written, outcome: Outcome) -> bool:
    question, truth = prose.question(outcome, written.word), prose.truth(outcome)
    return predict.waiting(run, question, prose.GUESSES, truth, because=prose.because(outcome))


def _tested(run: Run, written: Written, outcome: Outcome | None) -> tuple[tuple[Trial, ...], str]:
    """Give the sentences with their places, and what is in the way of them."""
    if outcome:
        return outcome.tested, ""
    if written.missing:
        return (), written.missing
    head = known_head(run.vectors) or Head.untrained(run.vectors.vector_size, seed=SEED)
    try:
        return untrained(written, run.vectors, head), ""
    except OwnError as error:
        return (), str(error)


def _say(run: Run, written: Written, tested: Sequence[Trial], outcome: Outcome | None) -> None:
    """Say what came out, or else what there is to do."""
    if outcome:
        first, *others = prose.finding(outcome)
        write.finding(describe.with_left_out(first, [("", written.unknown)]), *others)
        return
    lines = []
    if reason := why_not(run.vectors):
        lines.append(f"Nothing can be trained on these vectors: {reason}.")
    if tested:
        start = prose.start(tested, written.word, trained=known_head(run.vectors) is not None)
        lines.append(describe.with_left_out(start, [("", written.unknown)]))
    elif not reason:
        lines.append("Write sentences in which a word of yours has one sense or another, and say which.")
    if tested and not reason:
        lines.append("Will training on them help?")
    write.finding(*lines)


def _box(run: Run, text: str, written: Written, trouble: str) -> None:
    """Draw the box, and what is wrong with what stands in it."""
    widget = widgets.widget(fields.LABELLED, text, _take)
    label = "sense | sentence, or word | sense | sentence"
    st.text_area(label, height=run.tall(270, 520), help=HELP, **widget)
    if len(text) >= fields.MAX_CHARACTERS:
        write.warn(f"There is room for {fields.MAX_CHARACTERS:,} characters: what was longer is cut.")
    remarks = [*([trouble] if trouble else []), *written.remarks[:MOST_REMARKS]]
    if (more := len(written.remarks) - MOST_REMARKS) > 0:
        remarks.append(f"The same goes for {more} more lines, or other things are wrong with them.")
    if remarks:
        st.warning("\n\n".join(write.plain(remark) for remark in remarks), icon=":material/info:")
    if st.session_state.get(OUTDATED):
        write.quiet(prose.GONE)


def _button(run: Run, written: Written) -> None:
    icon = ":material/model_training:"
    st.button("Train", key="begin_own", type="primary", icon=icon, on_click=_begin, args=(run, written))


def _notes(outcome: Outcome | None) -> None:
    """Say how it is trained and tested; of the example, how it was chosen."""
    write.quiet(f"{prose.HOW} {prose.how(outcome)}" if outcome else prose.HOW)
    if not state.get(fields.LABELLED):
        write.quiet(prose.CHOSEN)


def _picture(run: Run, written: Written, tested: Sequence[Trial], outcome: Outcome | None) -> None:
    """Show the sentences on the line, and under it what one has to know."""
    size = run.size(300, 480)
    figure = compared(tested, written.senses, numbers_only=run.phone, size=size, theme=run.theme)
    charts.show(figure, key="own_line", alt=prose.alt(shown(tested), written.senses))
    write.quiet(" ".join(line for line in (prose.marks(trained=outcome is not None), prose.drawn(tested)) if line))
    if parts := _rounds(run, written):
        for line in prose.poles(parts):
            write.quiet(line)
    tables.once_asked("The sentences and their places", lambda: [tables.styled(prose.table(tested))])
