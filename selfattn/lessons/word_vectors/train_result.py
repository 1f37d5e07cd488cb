"""What a training has brought: its neighbours, the way of its words, and what can be done with the set."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from selfattn.core import neighbours
from selfattn.core.lookup import lookup
from selfattn.core.senses import known_sense
from selfattn.core.tokens import spelling
from selfattn.figures.near import neighbour_bars
from selfattn.lessons.word_vectors import train_prose
from selfattn.lessons.word_vectors.train_figure import trail, with_room
from selfattn.lessons.word_vectors.train_paths import FIRST_WORD, Paths, paths, word_to_follow
from selfattn.sets import training
from selfattn.sets.vector_set import BUNDLED, BUNDLED_CODE, VectorSet
from selfattn.ui import charts, fields, player, session_sets, state, widgets, write
from selfattn.ui.run import Run
from selfattn.views import snippets

SHOWN, WANTED = "epoch shown", "epoch wanted"
WARNING = 84  # pixels of a room that a warning takes from the pictures
SNAPSHOTS = 21  # epochs that the slider has, the random start among them


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What a training has brought: the set, how it went, and the settings."""

    set_: VectorSet
    trained: training.Trained

    @property
    def losses(self) -> list[float]:
        """Give the loss of every epoch."""
        return [epoch.loss for epoch in self.trained.history]


def tools(run: Run, outcome: Outcome) -> None:
    """Save the set, and say whether the lessons work with it, or let them do otherwise."""
    st.download_button(
        "Save as word2vec text", lambda: training.as_word2vec_text(outcome.set_.vectors), file_name="vectors.txt",
        mime="text/plain", key="save_vectors", icon=":material/download:", on_click="ignore",
    )  # fmt: skip
    if run.chosen is outcome.set_:
        st.button(f"Back to {BUNDLED}", key="leave_trained", on_click=session_sets.use, args=(session_sets.bundled(),))
        write.quiet("All lessons now work with these vectors.")
    else:
        st.button("Use in all lessons", key="use_trained", on_click=session_sets.take, args=(outcome.set_,))


def show(run: Run, outcome: Outcome) -> None:
    """Show the nearest words of the followed word, and how it came to where it is."""
    trained, vectors, word = outcome.trained, outcome.set_.vectors, _word(outcome)
    if word not in vectors.key_to_index:
        write.finding(train_prose.no_vector(word, trained.options))
        _remarks(run, outcome)
        return
    sense = known_sense(word, vectors)
    near = neighbours.nearest(word, vectors, sense)
    pairs = [(neighbour.word, neighbour.cosine) for neighbour in near]
    found = neighbours.drowned(word, near) if sense else neighbours.nearest_finding(word, pairs)
    alike = neighbours.one_way(vectors, word)
    write.finding(train_prose.hardly_trained(word, outcome.losses, alike) or found)
    _remarks(run, outcome)
    ways = paths(word, near, sense, trained.snapshots, vectors)
    less = min(WARNING * len(trained.warnings), 2 * WARNING)
    left, right = st.columns([2, 3], gap="medium")
    with left:
        _bars(run, word, near, list(sense.poles) if sense else [], less)
    with right:
        if ways:
            _trail(run, ways, outcome.losses, less)
        elif trained.parts and word not in trained.parts.vectors.key_to_index:
            write.prose(train_prose.from_subwords(word, trained.parts))


def _remarks(run: Run, outcome: Outcome) -> None:
    """Say how much was read, and what is to be known of it."""
    trained = outcome.trained
    brought = train_prose.result(trained.tokens, trained.vocabulary, trained.options, outcome.losses)
    write.quiet(brought if run.projecting else f"{train_prose.settings(trained.options)}. {brought}")
    for warning in trained.warnings:
        st.warning(write.plain(warning), icon=":material/warning:")


def default_word(outcome: Outcome | None) -> str:
    """Give the word that is followed where none is typed."""
    return word_to_follow(outcome.set_.vectors) if outcome else FIRST_WORD


def _word(outcome: Outcome) -> str:
    """Give the followed word as the set spells it; fastText makes one that it lacks, where it can."""
    if not (typed := str(state.get(fields.WATCH)).strip()):
        return default_word(outcome)
    known = outcome.set_.vectors.key_to_index
    word = lookup(typed, outcome.set_.vectors) or spelling(typed)
    if word not in known and outcome.set_.grow:
        outcome.set_.grow([word])
    return word


def _bars(run: Run, word: str, near: Sequence[neighbours.Neighbour], order: list[str], less: int) -> None:
    words, cosines, senses = ([getattr(neighbour, name) for neighbour in near] for name in ("word", "cosine", "sense"))
    figure = neighbour_bars(words, cosines, senses, order, height=run.tall(410, 620 - less), theme=run.theme)
    charts.show(figure, key="trained_neighbours", alt=neighbours.neighbours_alt(word, near))


def _trail(run: Run, ways: Paths, losses: Sequence[float], less: int) -> None:
    numbers, wanted = list(ways.numbers), st.session_state.get(WANTED)
    snapshot = numbers.index(wanted) if wanted in numbers else len(numbers) - 1
    place = st.container()
    widget = widgets.widget(SHOWN, numbers[snapshot], lambda epoch: state.put(**{WANTED: epoch}), labels=[str(numbers)])
    st.select_slider("Epoch", numbers, **widget)
    size = run.size(350, 449 - less)
    ways = with_room(ways, size=size, theme=run.theme)
    figure = trail(ways, losses, snapshot, size=size, animated=True, theme=run.theme)
    with place:
        charts.show(figure, key="training_trail", alt=train_prose.trail_alt(ways, snapshot, losses))
        player.player(run, "training_trail")


def code(outcome: Outcome) -> str:
    """Give the code of what was trained, and of the neighbours that it shows."""
    word = _word(outcome)
    lines = outcome.set_.code
    if word not in outcome.set_.vectors.key_to_index:
        return lines
    if outcome.trained.parts:
        lines += f"\ngrow([{word!r}])"
    source = snippets.neighbours(word, known_sense(word, outcome.set_.vectors), most=neighbours.MOST)
    return source.replace(BUNDLED_CODE, lines)
