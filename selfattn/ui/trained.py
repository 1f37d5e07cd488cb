"""Trained attention for any set of vectors: trained once in the background, or the reason why it cannot be."""

import weakref

import streamlit as st
from gensim.models import KeyedVectors

from selfattn.core.heads import known_head, train_head, why_not
from selfattn.core.learn import STEPS, Moment, TooFewError
from selfattn.core.presets import DEFAULT_PRESET, PRESET_TITLES, PRESETS, TRAINED, Settings
from selfattn.sets.vector_set import VectorSet
from selfattn.ui import jobs
from selfattn.ui.jobs import Job

JOB = "trained head"
_ASKED = "set for which a head was asked"
STANDS_IN = f"“{PRESET_TITLES[DEFAULT_PRESET]}” stands in."


def usable(chosen: VectorSet, settings: Settings) -> tuple[Settings, str]:
    """Give the settings that a set can be used with, and why they are not those that were chosen.

    Where a head is wanted that nobody has trained yet, it is trained in the background, and balanced attention stands
    in until then.
    """
    if not settings.trained or known_head(chosen.vectors):
        return settings, ""
    instead = PRESETS[DEFAULT_PRESET]
    if reason := why_not(chosen.vectors):
        return instead, f"“{PRESET_TITLES[TRAINED]}” is not possible here: {reason}. {STANDS_IN}"
    asked, vectors = st.session_state.get(_ASKED), chosen.vectors
    if asked is None or asked() is not vectors:  # of a set that was loaded anew, the head is gone with the old one
        st.session_state[_ASKED] = weakref.ref(vectors)
        jobs.start(JOB, "Attention is being trained on these vectors", lambda job: _train(job, vectors), (TooFewError,))
    if jobs.running(JOB):
        return instead, f"{STANDS_IN[:-1]} until then."
    again = f"To train after all, choose something else and then “{PRESET_TITLES[TRAINED]}”."
    trouble = jobs.trouble(JOB)
    ended = f"The training failed. {trouble}" if trouble not in ("", jobs.STOPPED) else "The training was stopped."
    return instead, f"{ended} {STANDS_IN} {again}"


def show(chosen: VectorSet) -> None:
    """Show how far the training for a set is; that for another one, which may go on, is none of its business."""
    asked = st.session_state.get(_ASKED)
    if asked is not None and asked() is chosen.vectors:
        jobs.show(JOB)


def ask_again() -> None:
    """Train once more, though it was stopped."""
    st.session_state.pop(_ASKED, None)


def arrive() -> None:
    """Take the end of a training; what it brought is kept with the set."""
    if job := jobs.take(JOB):
        jobs.done_well(job)


def _train(job: Job, vectors: KeyedVectors) -> bool:
    def seen(moment: Moment) -> bool:
        job.tell(moment.step / STEPS, f"step {moment.step} of {STEPS}, loss {moment.loss:.2f}")
        return True

    train_head(vectors, seen=seen)
    return True
