"""Training vectors on a text of one's own: the text and the settings, the training, and what came out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from selfattn import neighbours, sets, training
from selfattn.figures.motion import PHONE, Size
from selfattn.figures.near import neighbour_bars
from selfattn.figures.training import trail
from selfattn.neighbours import Neighbour
from selfattn.sentences import as_known
from selfattn.sets import BUNDLED, BUNDLED_CODE, VectorSet
from selfattn.snippets import one_vector as snippets
from selfattn.tokens import spelling
from selfattn.training import Options, Trained, TrainingError, words
from selfattn.training.paths import Paths, known_sense, paths, word_to_follow
from selfattn.ui import charts, jobs, loaders, shell, state, train_choices
from selfattn.ui.choice import Choice
from selfattn.ui.jobs import Job
from selfattn.ui.train_choices import Text

JOB = "train"
RESULT, SAID, SHOWN = "result of the training", "said of the training", "epoch shown"
MOMENTS = 21  # epochs that the slider has, the random start among them
EXCERPT = 6  # paragraphs of a text that are shown before it is read


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """What a training has brought: the set, how it went, and the text that it was trained on."""

    one: VectorSet
    trained: Trained
    text: Text

    @property
    def losses(self) -> list[float]:
        """Give the loss of every epoch."""
        return [epoch.loss for epoch in self.trained.history]


def choose() -> Choice:
    """Choose the text and the settings of a training, and the word that is followed."""
    line = train_choices.draw()
    if not state.projecting():
        with line:
            _button()
    return Choice(_show, _code)


# The training


def _begin() -> None:
    """Begin a training with what is chosen now, in the place of one that still runs."""
    jobs.cancel(JOB)
    st.session_state[SAID] = ""
    options = state.training()
    try:
        text = train_choices.text()
    except TrainingError as error:
        st.session_state[SAID] = str(error)
        return
    jobs.start(JOB, f"Training on “{text.title}”", lambda job: _train(job, text, options), (TrainingError,))


def _train(job: Job, text: Text, options: Options) -> tuple[Trained, Text]:
    job.tell(0.0, "reading the text")
    trained = training.train(
        text.words,
        options,
        watch=(),
        on_epoch=lambda epoch: job.tell(epoch.number / epoch.of, words.progress(epoch)),
        cancelled=lambda: job.unwanted,
        moments=MOMENTS,
    )
    return trained, text


def arrive() -> None:
    """Take what a training has brought, before the page is drawn: all lessons work with it at once."""
    if job := jobs.take(JOB):
        st.session_state[SAID] = job.trouble
        if job.result is not None:
            _keep(*job.result)


def _keep(trained: Trained, text: Text) -> None:
    from selfattn.ui import sources

    one = VectorSet(
        loaders.next_own(),
        f"Trained on {text.title}",
        words.source(text.title, trained.options),
        trained.vectors,
        words.code(trained.options, text.names),
        training.grower(trained.vectors, trained.parts) if trained.parts else None,
        sets.examples_of(trained.vectors),
    )
    loaders.keep(one)
    sources.use(one)
    st.session_state[RESULT] = Result(one, trained, Text(text.title, "", text.names))
    st.session_state.pop(SHOWN, None)


# The page


def _button() -> None:
    title = "Train again" if RESULT in st.session_state else "Train"
    st.button(title, key="begin_training", type="primary", icon=":material/model_training:", on_click=_begin)


def _show() -> None:
    result: Result | None = st.session_state.get(RESULT)
    word = _word(result) if result else ""
    if state.projecting():
        with _row():
            _button()
            if result:
                _tools(result)
    jobs.show(JOB)
    if said := st.session_state.get(SAID):
        st.warning(shell.plain(said), icon=":material/info:")
    if result is None:
        _show_text()
        return
    _show_result(result, word)
    if not state.projecting():
        with _row():
            _tools(result)


def _row() -> DeltaGenerator:
    return st.container(horizontal=True, vertical_alignment="center", gap="small")


def _show_text() -> None:
    """Show what there is to read, as far as there is any."""
    try:
        text = train_choices.text()
    except TrainingError as error:
        shell.finding(f"Nothing is trained yet. {error}")
        return
    if not jobs.running(JOB):
        shell.finding(words.before(text.title, state.training()))
    shell.quiet(f"{words.settings(state.training())}.")
    with st.container(height=charts.tall(380, 620), border=True):
        shell.prose(*text.excerpt(EXCERPT))


def _tools(result: Result) -> None:
    """Save the set, and say whether the lessons work with it, or let them do otherwise."""
    from selfattn.ui import sources

    st.download_button(
        "Save as word2vec text",
        lambda: training.as_word2vec_text(result.one.vectors),
        file_name="vectors.txt",
        mime="text/plain",
        key="save_vectors",
        icon=":material/download:",
        on_click="ignore",
    )
    if loaders.chosen() is result.one:
        st.button(f"Back to {BUNDLED}", key="leave_trained", on_click=sources.use, args=(loaders.bundled(),))
        shell.quiet("All lessons now work with these vectors.")
    else:
        st.button("Use in all lessons", key="use_trained", on_click=_take_again, args=(result.one,))


def _take_again(one: VectorSet) -> None:
    from selfattn.ui import sources

    loaders.keep(one)  # it may have gone for others
    sources.use(one)


def _show_result(result: Result, word: str) -> None:
    trained, vectors = result.trained, result.one.vectors
    if word not in vectors.key_to_index:
        shell.finding(words.no_vector(word, trained.options))
        _remarks(result)
        return
    sense = known_sense(word, vectors)
    near = neighbours.nearest(word, vectors, sense)
    shell.finding(neighbours.drowned(word, near))
    _remarks(result, word)
    found = paths(word, near, sense, trained.moments, vectors)
    left, right = st.columns([2, 3], gap="medium")
    with left:
        _bars(word, near, list(sense.poles) if sense else [])
    with right:
        if found:
            _trail(found, result.losses)


def _remarks(result: Result, word: str = "") -> None:
    """Say how much was read, and what is to be known of it."""
    trained = result.trained
    said = words.result(trained.tokens, trained.vocabulary, trained.options, result.losses)
    shell.quiet(said if state.projecting() else f"{words.settings(trained.options)}. {said}")
    if trained.parts and word and word not in trained.parts.vectors.key_to_index:
        shell.quiet(words.from_parts(word, trained.parts))
    for warning in trained.warnings:
        st.warning(shell.plain(warning), icon=":material/warning:")


def _word(result: Result) -> str:
    """Give the followed word as the set spells it; fastText makes one that it lacks, where it can."""
    typed = str(state.get(state.WATCH)).strip()
    if not typed:
        return word_to_follow(result.one.vectors)
    known = result.one.vectors.key_to_index
    word = as_known(spelling(typed), typed, known) or spelling(typed)
    if word not in known and result.one.grow:
        result.one.grow([word])
    return word


def _bars(word: str, near: Sequence[Neighbour], order: list[str]) -> None:
    figure = neighbour_bars(
        [one.word for one in near],
        [one.cosine for one in near],
        [one.sense for one in near],
        order,
        height=charts.tall(410, 640),
        theme=charts.theme(),
    )
    charts.show(figure, key="trained_neighbours", alt=neighbours.neighbours_alt(word, near))


def _trail(found: Paths, losses: Sequence[float]) -> None:
    numbers = list(found.numbers)
    if st.session_state.get(SHOWN) not in numbers:
        st.session_state[SHOWN] = numbers[-1]
    place = st.container()
    shown = st.select_slider("Epoch", numbers, key=SHOWN)
    at = numbers.index(shown)
    size = PHONE if charts.on_phone() else Size(1000 if charts.in_room() else 640, charts.tall(350, 535))
    figure = trail(found, losses, at, size=size, animated=True, theme=charts.theme())
    with place:
        charts.show(figure, key="training_trail", alt=words.trail_alt(found, at, losses))


def _code() -> str:
    """Give the code of what was trained, or else of what is chosen, and of the neighbours that it shows."""
    result: Result | None = st.session_state.get(RESULT)
    if result is None:
        name = state.get(state.TEXT)
        return words.code(state.training(), train_choices.shipped(name))
    word = _word(result)
    lines = result.one.code
    if word not in result.one.vectors.key_to_index:
        return lines
    if result.trained.parts:
        lines += f"\ngrow([{word!r}])"
    source = snippets.neighbours(word, known_sense(word, result.one.vectors), most=neighbours.MOST)
    return source.replace(BUNDLED_CODE, lines)
