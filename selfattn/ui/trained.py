"""Trained attention for any set of vectors: trained once in the background, or the reason why it cannot be."""

import weakref
from collections.abc import Callable

import streamlit as st
from gensim.models import KeyedVectors

from selfattn.core.head import Head
from selfattn.core.heads import known_head, train_head, why_not
from selfattn.core.learn import STEPS, Moment, TooFewError
from selfattn.core.multihead import MultiHead, known_heads, train_heads
from selfattn.core.presets import DEFAULT_PRESET, PRESET_TITLES, PRESETS, TRAINED, Settings
from selfattn.sets.vector_set import VectorSet
from selfattn.ui import jobs
from selfattn.ui.jobs import Job

JOB, HEADS_JOB = "trained head", "trained heads"
_ASKED = "set for which a {} was asked"
STANDS_IN = f"“{PRESET_TITLES[DEFAULT_PRESET]}” stands in."
AGAIN = f"To train after all, choose something else and then “{PRESET_TITLES[TRAINED]}”."


def usable(chosen: VectorSet, settings: Settings) -> tuple[Settings, str]:
    """Give the settings that a set can be used with, and why they are not those that were chosen.

    Where a head is wanted that nobody has trained yet, it is trained in the background, and balanced attention stands
    in until then.
    """
    if not settings.trained or known_head(chosen.vectors):
        return settings, ""
    instead, vectors = PRESETS[DEFAULT_PRESET], chosen.vectors
    if reason := why_not(vectors):
        return instead, f"“{PRESET_TITLES[TRAINED]}” is not possible here: {reason}. {STANDS_IN}"
    ended = _ended(JOB, vectors, "Attention is being trained on these vectors", lambda job: _train(job, vectors))
    return instead, f"{ended} {STANDS_IN} {AGAIN}" if ended else f"{STANDS_IN[:-1]} until then."


def heads(chosen: VectorSet) -> tuple[MultiHead | None, str]:
    """Give the several heads of a set, or why there are none; nothing while they are trained in the background."""
    vectors = chosen.vectors
    if (multi := known_heads(vectors)) or (reason := why_not(vectors)):
        return multi, "" if multi else f"Nothing can be trained on these vectors: {reason}."
    title = "Several heads are being trained on these vectors"
    return None, _ended(HEADS_JOB, vectors, title, lambda job: train_heads(vectors, tell=lambda at: _tell(job, at)))


def _ended(name: str, vectors: KeyedVectors, title: str, work: Callable[[Job], object]) -> str:
    """Begin to train for a set, once, and say how that has ended; nothing while it goes on."""
    asked = st.session_state.get(_ASKED.format(name))
    if asked is None or asked() is not vectors:  # of a set that was loaded anew, the head is gone with the old one
        st.session_state[_ASKED.format(name)] = weakref.ref(vectors)
        jobs.start(name, title, work, (TooFewError,))
    if jobs.running(name):
        return ""
    trouble = jobs.trouble(name)
    return f"The training failed. {trouble}" if trouble not in ("", jobs.STOPPED) else "The training was stopped."


def show(chosen: VectorSet, name: str = JOB) -> None:
    """Show how far the training for a set is; that for another one, which may go on, is none of its business."""
    asked = st.session_state.get(_ASKED.format(name))
    if asked is not None and asked() is chosen.vectors:
        jobs.show(name)


def ask_again(name: str = JOB) -> None:
    """Train once more, though it was stopped."""
    st.session_state.pop(_ASKED.format(name), None)


def arrive() -> None:
    """Take the end of a training; what it brought is kept with the set."""
    for name in (JOB, HEADS_JOB):
        if job := jobs.take(name):
            jobs.done_well(job)


def _train(job: Job, vectors: KeyedVectors) -> bool:
    def seen(moment: Moment[Head]) -> bool:
        _tell(job, moment)
        return True

    train_head(vectors, seen=seen)
    return True


def _tell(job: Job, moment: Moment[Head] | Moment[MultiHead]) -> None:
    job.tell(moment.step / STEPS, f"step {moment.step} of {STEPS}, loss {moment.loss:.2f}")
