"""Trained attention on any set: at once, after a training beside the page, or not at all, and then with its reason."""

from threading import Event
from types import SimpleNamespace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from selfattn.core import heads, learn
from selfattn.core.head import Head
from selfattn.core.labelled import labelled
from selfattn.core.presets import PRESETS, TRAINED
from selfattn.core.senses import SENSES
from selfattn.core.vectors import keyed_vectors
from selfattn.sets.vector_set import EXAMPLE, VectorSet, bundled, by_hand
from selfattn.ui import fields, jobs, session_sets, trained
from tests.apps import HOME, keys, page_of, press, screen, sound, widget

LONG = 30  # seconds that a busy machine may take
WANTED, BALANCED = PRESETS[TRAINED], PRESETS["balanced"]
WAITS = (BALANCED, "“Balanced” stands in until then.")
STOPPED = (
    BALANCED,
    "The training was stopped. “Balanced” stands in. To train after all, choose something else and then “Trained”.",
)


def made_up(words, key="mine-1", seed=4):
    """A set of random vectors, four numbers a word."""
    words = list(dict.fromkeys(words))
    vectors = keyed_vectors(words, np.random.default_rng(seed).normal(size=(len(words), 4)).astype(np.float32))
    return VectorSet(key, "made up", "Made up.", vectors, "vectors = …")


def known_well(**key):
    """A set that knows enough to train on: words, their poles, and with those what many sentences say of them."""
    words = list(SENSES)[:12]
    poles = (pole for word in words for poles in SENSES[word].poles.values() for pole in poles)
    return made_up([*words, *poles, "grows", "flows"], **key)


class Training:
    """Stands in for the training: it goes on until it is let go, and each one that begins is counted."""

    def __init__(self):
        self.begun, self.go = [], Event()

    def __call__(self, vectors, *, seen):
        self.begun.append(vectors)
        while not self.go.wait(0.01):
            seen(SimpleNamespace(step=40, loss=0.25))
        heads._heads[vectors] = Head.untrained(vectors.vector_size)


@pytest.fixture
def training(monkeypatch):
    faked = Training()
    monkeypatch.setattr(trained, "train_head", faked)
    yield faked
    faked.go.set()


def asking():
    import streamlit as st

    from selfattn.ui import jobs, trained

    st.session_state.pop("first", lambda: None)()
    trained.arrive()
    st.session_state["given"] = trained.usable(st.session_state["chosen"], st.session_state["wanted"])
    st.session_state["job"] = jobs.running(trained.JOB)


class Session:
    """What one person is given, run by run."""

    def __init__(self):
        self.at = AppTest.from_function(asking, default_timeout=60)

    def given(self, chosen, wanted=WANTED, first=lambda: None):
        for name, value in {"chosen": chosen, "wanted": wanted, "first": first}.items():
            self.at.session_state[name] = value
        return sound(self.at.run()).session_state["given"]

    @property
    def job(self):
        return self.at.session_state["job"]

    def ended(self):
        assert self.job.done.wait(LONG)


def stop():
    jobs.cancel(trained.JOB)


def test_the_bundled_set_has_its_head_and_is_never_trained(training):
    session = Session()
    assert session.given(bundled()) == (WANTED, "")
    assert (session.job, training.begun) == (None, [])


@pytest.mark.parametrize("chosen", [by_hand(EXAMPLE), known_well()], ids=["few", "enough"])
def test_who_wants_no_head_gets_what_was_chosen(chosen, training):
    for name, settings in PRESETS.items():
        if name != TRAINED:
            assert Session().given(chosen, settings) == (settings, "")
    assert training.begun == []


def test_a_set_of_few_words_says_why_not(training):
    session, words = Session(), len({one.word for one in labelled()})
    assert session.given(by_hand(EXAMPLE)) == (
        BALANCED,
        f"“Trained” is not possible here: this set knows 1 of the {words} words that there are sentences for, and "
        "training needs 8. “Balanced” stands in.",
    )
    assert (session.job, training.begun) == (None, [])


def test_a_set_that_turns_out_to_know_too_few_sentences_says_so(monkeypatch):
    """It knows enough words: only the training itself finds out."""
    monkeypatch.setattr(learn, "FEWEST_SENTENCES", 5_000)
    session, chosen = Session(), known_well()
    assert session.given(chosen) == WAITS
    session.ended()
    given, note = session.given(chosen)
    assert given == BALANCED
    assert note.startswith("“Trained” is not possible here: ")
    assert note.endswith("of the sentences have words of this set, and training needs 5000. “Balanced” stands in.")
    assert session.job is None


def test_balanced_stands_in_until_the_set_is_trained_once_for_everybody(training):
    session, chosen = Session(), known_well()
    assert session.given(chosen) == session.given(chosen) == WAITS
    while not session.job.share:
        assert not session.job.done.wait(0.01)
    assert (session.job.share, session.job.says) == (0.4, "step 40 of 100, loss 0.25")
    training.go.set()
    session.ended()
    assert session.given(chosen) == Session().given(chosen) == (WANTED, "")
    assert session.job is None
    assert training.begun == [chosen.vectors]


def test_what_was_stopped_begins_again_only_when_it_is_asked_for(training):
    session, chosen = Session(), known_well()
    session.given(chosen)
    job = session.job
    assert session.given(chosen, first=stop) == session.given(chosen) == STOPPED
    assert job.done.wait(LONG)
    assert heads.known_head(chosen.vectors) is None
    assert session.given(chosen, first=trained.ask_again) == WAITS
    training.go.set()
    session.ended()
    assert session.given(chosen) == (WANTED, "")
    assert len(training.begun) == 2


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")  # it goes to the log
@pytest.mark.parametrize(("error", "told"), [(MemoryError, jobs.NO_MEMORY), (RuntimeError, jobs.FAILED)])
def test_what_failed_was_not_stopped(error, told, monkeypatch):
    def fails(*_, **__):
        raise error

    monkeypatch.setattr(trained, "train_head", fails)
    session, chosen = Session(), known_well()
    assert session.given(chosen) == WAITS
    session.ended()
    again = STOPPED[1].removeprefix("The training was stopped.")
    assert session.given(chosen) == session.given(chosen) == (BALANCED, f"The training failed. {told}{again}")


def test_another_set_takes_the_place_of_the_first(training):
    session, first, second = Session(), known_well(), known_well(key="mine-2")
    session.given(first)
    job = session.job
    assert session.given(second) == WAITS
    assert job.done.wait(LONG)
    assert session.job is not job
    training.go.set()
    session.ended()
    assert session.given(second) == (WANTED, "")
    assert heads.known_head(first.vectors) is None


def test_a_set_that_was_loaded_anew_was_not_stopped(training):
    """A set by name that left the cache comes back under its name, and its head has gone with it."""
    session = Session()
    training.go.set()
    for seed in (1, 2):
        chosen = known_well(seed=seed, key="by-name-4")
        assert session.given(chosen) == WAITS
        session.ended()
        assert session.given(chosen) == (WANTED, "")


def test_a_page_tells_of_the_training_and_shows_the_numbers_of_balanced_until_then(training):
    at = page_of(HOME, set="mine-1")
    at.session_state[session_sets._OWN] = {"mine-1": (chosen := known_well())}
    sound(at.run())
    assert WAITS[1] in screen(at)
    assert " v(" not in screen(at), "values are a head's"
    assert dict(at.query_params) == {"set": "mine-1"}

    press(at, f"cancel {trained.JOB}")
    assert STOPPED[1] in screen(at)
    assert widget(at, fields.PRESET).value == TRAINED

    widget(at, fields.PRESET).set_value("balanced")
    assert "stands in" not in screen(sound(at.run()))
    widget(at, fields.PRESET).set_value(TRAINED)
    assert WAITS[1] in screen(sound(at.run()))

    training.go.set()
    assert at.session_state[jobs._key(trained.JOB)].done.wait(LONG)
    sound(at.run())
    assert "stands in" not in screen(at)
    assert " v(" in screen(at)
    assert f"cancel {trained.JOB}" not in keys(at, "button")
    assert len(training.begun) == 2
    assert heads.known_head(chosen.vectors)


def test_a_set_that_cannot_be_trained_shows_no_training_of_another(training):
    at = page_of(HOME, set="mine-1")
    at.session_state[session_sets._OWN] = {"mine-1": known_well()}
    sound(at.run())
    assert f"cancel {trained.JOB}" in keys(at, "button")
    at.session_state[fields.SET] = "hand"
    sound(at.run())
    assert "is not possible here" in screen(at)
    assert f"cancel {trained.JOB}" not in keys(at, "button")
    assert jobs._key(trained.JOB) in at.session_state, "it goes on meanwhile"
