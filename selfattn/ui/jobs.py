"""Work that takes a while: done beside the page, which shows how far it is, and can cancel it.

A job belongs to the session that began it. Only so many run at once on a small machine; the others wait for their turn.
"""

from __future__ import annotations

import time
import weakref
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event, Semaphore, Thread
from typing import Any

import streamlit as st

from selfattn.ui import shell

_OWNER = "owner of jobs"
AT_ONCE = 2  # jobs of all sessions that run at the same time
EVERY = 0.4  # seconds between two looks at a running job
_turns = Semaphore(AT_ONCE)


class _Owner:
    """Lives as long as its session does."""


class CancelledError(Exception):
    """The person changed their mind."""


@dataclass(eq=False)
class Job:
    """What runs: how far it is, what it says, whether it is to stop, and what came out."""

    name: str
    title: str
    share: float = 0.0
    says: str = "waiting for its turn"
    stop: Event = field(default_factory=Event)
    done: Event = field(default_factory=Event)
    result: Any = None
    trouble: str = ""
    owner: Callable[[], Any] = field(default=lambda: True)

    @property
    def unwanted(self) -> bool:
        """Tell whether it was cancelled, or its session has ended."""
        return self.stop.is_set() or self.owner() is None

    def tell(self, share: float, says: str = "") -> None:
        """Say how far it is; raises CancelledError where it is to stop."""
        self.share, self.says = min(max(share, 0.0), 1.0), says
        if self.unwanted:
            raise CancelledError


def start(name: str, title: str, work: Callable[[Job], Any], expected: tuple[type[Exception], ...]) -> None:
    """Begin a job, in the place of an earlier one of this name, which is told to stop.

    Parameters
    ----------
    name : str
        One job of a name at a time, in a session.
    title : str
    work : function of the job
        Gives the result; knows nothing of Streamlit.
    expected : tuple of exceptions
        Whose messages are sentences for the person.
    """
    cancel(name)
    st.session_state.pop(f"said of {name}", None)
    job = Job(name, title, owner=weakref.ref(st.session_state.setdefault(_OWNER, _Owner())))
    st.session_state[_key(name)] = job
    Thread(target=_run, args=(job, work, expected), daemon=True).start()


def _run(job: Job, work: Callable[[Job], Any], expected: tuple[type[Exception], ...]) -> None:
    while not _turns.acquire(timeout=EVERY):
        if job.unwanted:
            job.done.set()
            return
    try:
        job.result = work(job)
    except CancelledError:
        pass
    except expected as error:
        job.trouble = str(error)
    except MemoryError:
        job.trouble = "There was not enough memory for it. Take something smaller."
    except Exception:  # it is told to the log, and the person gets a sentence
        job.trouble = "It could not be done, and the reason is in the log of the server. Try again."
        raise
    finally:
        _turns.release()
        job.done.set()


def running(name: str) -> Job | None:
    """Give the job of a name, until what it brought is taken: one may end while the page is drawn."""
    job: Job | None = st.session_state.get(_key(name))
    return job


def take(name: str) -> Job | None:
    """Give a job that has come to its end, once."""
    job: Job | None = st.session_state.get(_key(name))
    if job is None or not job.done.is_set():
        return None
    del st.session_state[_key(name)]
    return job


def done_well(job: Job) -> bool:
    """Keep what a job said of its trouble, and tell whether it brought something."""
    st.session_state[f"said of {job.name}"] = job.trouble
    return job.result is not None


def say(name: str) -> None:
    """Repeat what a job said of its trouble at its end, until the next one begins."""
    if text := st.session_state.get(f"said of {name}"):
        st.warning(shell.plain(text), icon=":material/info:")


def cancel(name: str) -> None:
    """Tell a job to stop, and forget it."""
    job: Job | None = st.session_state.pop(_key(name), None)
    if job:
        job.stop.set()


def show(name: str) -> None:
    """Show how far a job is, and the button that cancels it; the page runs anew when the job has ended."""
    job = running(name)
    if job:
        _watch(name)


@st.fragment(run_every=EVERY)
def _watch(name: str) -> None:
    job: Job | None = st.session_state.get(_key(name))
    if job is None:
        return
    if job.done.is_set():
        st.rerun()
    st.progress(job.share, text=shell.plain(f"{job.title}: {job.says}" if job.says else job.title))
    st.button("Cancel", icon=":material/close:", key=f"cancel {name}", on_click=cancel, args=(name,))


def wait(name: str, seconds: float) -> None:
    """Wait a moment for a job that is soon at its end, so that the page need not blink."""
    job = running(name)
    end = time.monotonic() + seconds
    while job and not job.done.is_set() and time.monotonic() < end:
        time.sleep(0.02)


def _key(name: str) -> str:
    return f"job {name}"
