"""Work that takes a while: done beside the page, which shows how far it is, and can cancel it.

A job belongs to the session that began it, and ends with it. Only so many run at once on a small machine; the others
wait for their turn, first come, first served.
"""

import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Condition, Event, Thread
from typing import Any

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from selfattn.ui import write

_OWNER = "owner of jobs"
AT_ONCE = 2  # jobs of all sessions that run at the same time
EVERY = 0.4  # seconds between two looks at a running job
AWAY = 60.0  # seconds that a browser may be gone, as on a poor network, before its jobs are given up
STOPPED = "It was stopped before its end."
NO_MEMORY = "There was not enough memory for it. Take something smaller."
FAILED = "It could not be done, and the reason is in the log of the server. Try again."


class _Owner:
    """Lives as long as its session does."""


class CancelledError(Exception):
    """The person changed their mind."""


@dataclass(eq=False)
class Job:
    """What runs: how far it is, what it says, whether it is to stop, and what came out.

    `owner` gives None once the session has ended, `here` tells whether its browser is connected.
    """

    title: str
    name: str = ""
    share: float = 0.0
    says: str = "waiting for its turn"
    stop: Event = field(default_factory=Event)
    done: Event = field(default_factory=Event)
    result: Any = None
    trouble: str = ""
    owner: Callable[[], Any] = field(default=lambda: True)
    here: Callable[[], bool] = field(default=lambda: True)
    seen: float = field(default_factory=time.monotonic)

    @property
    def unwanted(self) -> bool:
        """Tell whether it was cancelled, or its session has ended, or the browser has been gone for a while."""
        if self.stop.is_set() or self.owner() is None:
            return True
        if self.here():
            self.seen = time.monotonic()
        return time.monotonic() - self.seen > AWAY

    def tell(self, share: float, says: str = "") -> None:
        """Say how far it is; raises CancelledError where it is to stop."""
        self.share, self.says = min(max(share, 0.0), 1.0), says
        if self.unwanted:
            raise CancelledError


class _Turns:
    """So many jobs at a time, in the order in which they were begun."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._line: list[Job] = []  # those that run stand first
        self._changed = Condition()

    @contextmanager
    def turn(self, job: Job) -> Iterator[None]:
        """Wait for a turn; raises CancelledError where the job becomes unwanted meanwhile."""
        try:
            with self._changed:
                self._line.append(job)
                while (before := self._line.index(job)) >= self._most:
                    job.tell(0.0, f"waiting for its turn, {before} before it")
                    self._changed.wait(EVERY)
            yield
        finally:
            with self._changed:
                self._line.remove(job)
                self._changed.notify_all()


_turns = _Turns(AT_ONCE)


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
    st.session_state.pop(_said(name), None)
    owner = weakref.ref(st.session_state.setdefault(_OWNER, _Owner()))
    st.session_state[_key(name)] = job = Job(title, name, owner=owner, here=_connected())
    Thread(target=_run, args=(job, work, expected), name=f"job {name}", daemon=True).start()


def _connected() -> Callable[[], bool]:
    """Make the function that tells whether the browser of this session is there; without a server, it always is."""
    context = get_script_run_ctx()
    if context is None or not runtime.exists():
        return lambda: True
    session, server = context.session_id, runtime.get_instance()
    return lambda: server.is_active_session(session)


def _run(job: Job, work: Callable[[Job], Any], expected: tuple[type[Exception], ...]) -> None:
    try:
        with _turns.turn(job):
            job.says = ""
            job.result = work(job)
    except CancelledError:
        pass
    except expected as error:
        job.trouble = str(error)
    except MemoryError:
        job.trouble = NO_MEMORY
    except Exception:  # it is told to the log, and the person gets a sentence
        job.trouble = FAILED
        raise
    finally:
        if job.result is None and not job.trouble:
            job.trouble = STOPPED
        job.done.set()


def running(name: str) -> Job | None:
    """Give the job of a name until it is taken: one that ends while the page is drawn is not overlooked."""
    job: Job | None = st.session_state.get(_key(name))
    return job


def take(name: str) -> Job | None:
    """Give a job that has come to its end, once."""
    job = running(name)
    return st.session_state.pop(_key(name)) if job and job.done.is_set() else None


def done_well(job: Job) -> bool:
    """Keep what a job said of its trouble, and tell whether it brought something."""
    st.session_state[_said(job.name)] = job.trouble
    return job.result is not None


def refuse(name: str, text: str) -> None:
    """Say why a job is not begun; one of this name that still runs is told to stop."""
    cancel(name)
    st.session_state[_said(name)] = text


def trouble(name: str) -> str:
    """Give what the last job of a name said of its trouble at its end; nothing where it had none."""
    return str(st.session_state.get(_said(name)) or "")


def say(name: str) -> None:
    """Repeat what a job said of its trouble at its end, until the next one begins."""
    if text := trouble(name):
        write.warn(text)


def cancel(name: str) -> None:
    """Tell a job to stop, and forget it: what it still brings, nobody takes."""
    if job := st.session_state.pop(_key(name), None):
        job.stop.set()


def show(name: str) -> None:
    """Show how far a job is, and the button that cancels it; the page runs anew when the job has ended.

    The page takes what has ended before it draws anything, or it would run anew for ever.
    """
    if running(name):
        _watch(name)


@st.fragment(run_every=EVERY)
def _watch(name: str) -> None:
    job = running(name)
    if job is None or job.done.is_set():  # just cancelled, or at its end: the page around does not know it yet
        st.rerun()
    st.progress(job.share, text=write.plain(f"{job.title}: {job.says}" if job.says else job.title))
    st.button("Cancel", icon=":material/close:", key=f"cancel {name}", on_click=cancel, args=(name,))


def wait(name: str, seconds: float) -> None:
    """Wait a moment for a job that is soon at its end, so that the page need not blink."""
    if job := running(name):
        job.done.wait(seconds)


def _key(name: str) -> str:
    return f"job {name}"


def _said(name: str) -> str:
    return f"said of {name}"
