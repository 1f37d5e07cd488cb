"""Training vectors on a text of one's own: the text and the settings, the training, and what came out."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from selfattn.lessons.word_vectors import train_choices, train_prose, train_result
from selfattn.sets import training, vector_set
from selfattn.sets.training import Options, Trained, TrainingError
from selfattn.ui import fields, jobs, session_sets, state, write
from selfattn.ui.run import Run
from selfattn.views.choice import Choice

JOB = "train"
RESULT = "result of the training"
EXCERPT = 3  # paragraphs of a text that are shown before it is read


def choose(run: Run) -> Choice:
    """Choose the text and the settings of a training, and the word that is followed."""
    outcome: train_result.Outcome | None = st.session_state.get(RESULT)
    line = train_choices.draw(run, train_result.default_word(outcome))
    if not run.projecting:
        with line:
            _button(outcome)
    return Choice(lambda: _show(run, outcome), lambda: _code(outcome))


# The training


def _begin() -> None:
    """Begin a training with what is chosen now, in the place of one that still runs."""
    options = state.training()
    try:
        text = train_choices.text()
    except TrainingError as error:
        jobs.refuse(JOB, str(error))
        return
    jobs.start(JOB, f"Training on “{text.title}”", lambda job: _train(job, text, options), (TrainingError,))


def _train(job: jobs.Job, text: train_choices.Text, options: Options) -> tuple[Trained, train_choices.Text]:
    job.tell(0.0, "reading the text")
    trained = training.train(
        text.words, options, watch=(), cancelled=lambda: job.unwanted, snapshots=train_result.SNAPSHOTS,
        on_epoch=lambda epoch: job.tell(epoch.number / epoch.of, train_prose.progress(epoch)),
    )  # fmt: skip
    return trained, text


def arrive() -> None:
    """Take what a training has brought, before the page is drawn: all lessons work with it at once."""
    if (job := jobs.take(JOB)) and jobs.done_well(job):
        _keep(*job.result)


def _keep(trained: Trained, text: train_choices.Text) -> None:
    set_ = vector_set.VectorSet(
        key=session_sets.next_own(), title=f"Trained on {text.title}", vectors=trained.vectors,
        source=train_prose.source(text.title, trained.options),
        code=train_prose.code(trained.options, text.names),
        grow=training.grower(trained.vectors, trained.parts) if trained.parts else None,
        examples=vector_set.examples_of(trained.vectors),
    )  # fmt: skip
    session_sets.take(set_)
    st.session_state[RESULT] = train_result.Outcome(set_, trained)
    st.session_state.pop(train_result.WANTED, None)


# The page


def _button(outcome: train_result.Outcome | None) -> None:
    title = "Train again" if outcome else "Train"
    st.button(title, key="begin_training", type="primary", icon=":material/model_training:", on_click=_begin)


def _show(run: Run, outcome: train_result.Outcome | None) -> None:
    if run.projecting:
        with _row():
            _button(outcome)
            if outcome:
                train_result.tools(run, outcome)
    jobs.show(JOB)
    jobs.say(JOB)
    if outcome is None:
        _show_text()
        return
    train_result.show(run, outcome)
    if not run.projecting:
        with _row():
            train_result.tools(run, outcome)


def _row() -> DeltaGenerator:
    return st.container(horizontal=True, vertical_alignment="center", gap="small")


def _show_text() -> None:
    """Show what there is to read, as far as there is any."""
    try:
        text = train_choices.text()
    except TrainingError as error:
        write.finding(f"Nothing is trained yet. {error}")
        return
    if not jobs.running(JOB):
        write.finding(train_prose.before(text.title, state.training()))
    write.quiet(f"{train_prose.settings(state.training())}.")
    with st.container(border=True):
        write.prose(*text.excerpt(EXCERPT))


def _code(outcome: train_result.Outcome | None) -> str:
    """Give the code of what was trained, or else of what is chosen."""
    if outcome:
        return train_result.code(outcome)
    return train_prose.code(state.training(), train_choices.shipped(state.get(fields.TEXT)))
