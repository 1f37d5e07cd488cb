"""A head is trained in front of the class; a slider goes back to any step of it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from selfattn import figures
from selfattn.core import describe
from selfattn.core.contextual import attend_sentence, space_under
from selfattn.core.head import Head
from selfattn.core.heads import Training, known_head, known_training, train_head, why_not
from selfattn.core.lean import line_between
from selfattn.core.learn import SEED, STEPS, Moment, TooFewError
from selfattn.core.presets import PRESETS, TRAINED
from selfattn.core.rates import parts
from selfattn.core.sentences import Sentence
from selfattn.core.wording import numbered
from selfattn.figures.palette import palette
from selfattn.lessons.query_key_value import train_prose as prose
from selfattn.lessons.query_key_value.train_figure import course
from selfattn.ui import charts, fields, jobs, state, tables, widgets, write
from selfattn.ui.jobs import Job
from selfattn.ui.panels import Result
from selfattn.ui.run import Run
from selfattn.ui.step import Shown
from selfattn.views import predict, snippets

JOB = "head of the lesson"
WATCHED = "set whose training was watched"
SHORT = 4  # words, in which there is little to learn
LONGER = (
    "I went to the bank to ask for a loan to buy a new house for my family",
    "We sat on the bank of the river and watched the boats",
)


def show(run: Run, _: Sequence[Sentence | None], results: Sequence[Result]) -> Shown:
    """Train when asked to; then show any step of it on the class's sentences."""
    results = at_end(run, results)
    grown = _grown(run, results[0]) if results and known_head(run.vectors) else None
    return Shown(
        draw=lambda: _draw(run, results, grown),
        source=lambda: prose.code(results[0].sentence.text, results[0].word) if results else snippets.START,
        results=results,
        asks=bool(grown) if results else None,
    )


def at_end(run: Run, results: Sequence[Result]) -> list[Result]:
    """Give the results of the trained head, whatever preset the link names; as they are where there is none."""
    head = known_head(run.vectors)
    return [at(run, result, head) for result in results] if head else list(results)


def at(run: Run, result: Result, head: Head) -> Result:
    """Give a result as it is with a head as it was at some step."""
    trace = attend_sentence(result.sentence, run.vectors, PRESETS[TRAINED], head=head)
    place = space_under(run.vectors, head)
    line = line_between(result.sense, run.vectors, place) if result.sense else None
    return replace(result, trace=trace, line=line)


def _grown(run: Run, end: Result) -> str | None:
    """Find the other word whose weight grows most, all its copies together; None where there is but one."""
    start = at(run, end, Head.untrained(run.vectors.vector_size, seed=SEED))
    changes = prose.changes(start.weights, end.weights, end.tokens, end.row)
    return max(changes, key=lambda token: changes[token]) if len(changes) > 1 else None


def _draw(run: Run, results: Sequence[Result], grown: str | None) -> None:
    if grown and predict.waiting(
        run,
        f"Attention will be trained. Whose weight in the new “{results[0].word}” will grow most?",
        list(prose.others(results[0].tokens, results[0].row)),
        grown,
        results=results[:1],
    ):
        return
    training = known_training(run.vectors)
    watched = training if st.session_state.get(WATCHED) == run.chosen.key else None
    if watched and not jobs.running(JOB):
        _picture(run, results, watched)
    else:
        _before(run, results)


def _before(run: Run, results: Sequence[Result]) -> None:
    """Say what will be done, show the attention that it starts from, and offer to begin."""
    if reason := why_not(run.vectors):
        write.finding(f"Nothing can be trained on these vectors: {reason}.")
        return
    write.finding(prose.before(len(parts().train), len({example.word for example in parts().train})))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        label, icon = "Train", ":material/model_training:"
        st.button(label, key="begin_head", type="primary", icon=icon, on_click=_begin, args=(run,))
    jobs.show(JOB)
    jobs.say(JOB)
    untrained = Head.untrained(run.vectors.vector_size, seed=SEED)
    for result in results:
        _card(run, at(run, result, untrained))
    write.prose(prose.START)


def _begin(run: Run) -> None:
    """Train in the background; where somebody has watched it on this server before, it is there at once."""
    vectors = run.vectors
    st.session_state[WATCHED] = run.chosen.key
    state.put(moment=STEPS)
    if known_training(vectors) is None:
        jobs.start(
            JOB, "Training", lambda job: train_head(vectors, seen=lambda moment: _tell(job, moment)), (TooFewError,)
        )


def _tell(job: Job, moment: Moment[Head]) -> bool:
    job.tell(moment.step / STEPS, prose.progress(moment))
    return True


def arrive() -> None:
    """Take the end of a training; what it brought is kept with the set."""
    if (job := jobs.take(JOB)) and not jobs.done_well(job):
        st.session_state.pop(WATCHED, None)


def _picture(run: Run, results: Sequence[Result], training: Training) -> None:
    """Show a step beside step 0 on the class's own sentences, and the course of the whole training."""
    step = _step(training)
    rows = [{number: at(run, result, head) for number, head in training.heads.items()} for result in results]
    write.finding(*(prose.finding(each[0], each[step], step) for each in rows), prose.course(training, step))
    left, right = st.columns([1, 1.25], gap="medium")
    with left:
        for each in rows:
            _card(run, each[step], each[0] if step else None)
        write.quiet(prose.compared(step))
        if all(len(result.tokens) <= SHORT for result in results):
            st.button("Try longer sentences", icon=":material/format_quote:", key="longer", on_click=_longer)
    with right:
        _slider(training)
        leans = {each[0].role: {number: prose.place(result) for number, result in each.items()} for each in rows}
        shown = {role: places for role, places in leans.items() if None not in places.values()}
        senses = tuple(results[0].sense.poles) if results and results[0].sense else ()
        figure = course(training, step, shown, senses, size=run.size(385, 640), theme=run.theme)
        charts.show(figure, key="course", alt=prose.course_alt(training, step, shown, senses))
        tables.once_asked("The same as numbers", lambda: [tables.frame(prose.table(training))])


def _step(training: Training) -> int:
    """Give the kept step that is nearest to the one in the link."""
    wanted = state.get(fields.MOMENT)
    return min(training.heads, key=lambda step: abs(step - wanted))


def _slider(training: Training) -> None:
    steps = list(training.heads)
    widget = widgets.widget(fields.MOMENT, _step(training), lambda step: state.put(moment=step))
    st.select_slider("Step of the training", steps, **widget)


def _card(run: Run, result: Result, before: Result | None = None) -> None:
    """Show the weights on the words, and hollow what they were before."""
    weights, tokens, old = result.weights, result.tokens, before.weights if before else None
    highest = max(float(weights.max()), float(old.max()) if old is not None else 0.0)
    look: Any = {"highest": highest, "before": old, "role": result.role, "theme": run.theme}
    words = figures.words_with_bars(result.sentence, weights, result.row, **look)
    alt = describe.bars_alt(result.letter, weights, tokens, result.row)
    if before:
        drawn = result.telling  # the words that have bars now, whatever the weights were
        hollow = numbered([tokens[place] for place in drawn], before.weights[drawn])
        alt += f" Before: {', '.join(hollow)}."
    ink, edge = palette(run.theme).ink, palette("light").inks[result.role]
    with st.container(border=True):
        st.html(write.bars(result.letter, words, "", alt, ink, edge))


def _longer() -> None:
    """Put sentences into the boxes in which there is more to learn."""
    state.forget_places()
    state.put(**dict(zip(fields.SENTENCES, LONGER, strict=False)), word="bank")
