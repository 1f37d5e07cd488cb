"""The vectors that a session works with: the bundled set, one by name that sessions share, or one of its own.

What is shared stands in a cache of bounded size; what a session has uploaded or trained stays in its own state, and
goes with it.
"""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from threading import Lock

import streamlit as st

from selfattn.core.space import space
from selfattn.sets import vector_set
from selfattn.sets.cache import Lease, VectorCache
from selfattn.sets.vector_set import TableError, VectorSet
from selfattn.ui import fields, state
from selfattn.ui.jobs import Job

SWITCH_SECONDS = 0.0005  # Python's 0.005 keeps the server's own thread waiting for every run of a class
MOST_SHARED, SHARED_BYTES = 3, 400 * 2**20  # by name, for all sessions together
MOST_OWN, OWN_BYTES = 3, 150 * 2**20  # of one session
_OWN, _HELD = "vectors of one's own", "vectors looked at"


shared = VectorCache(MOST_SHARED, SHARED_BYTES)
_loading = Lock()  # one set at a time is read: what it needs is in use before the next one asks how much is free


@cache
def bundled() -> VectorSet:
    """Give the bundled vectors, the same read-only object to every session."""
    return _bundled()  # asked for twenty times a run: Streamlit's cache is the slower one


@st.cache_resource(max_entries=1, show_spinner="Loading the word vectors …")
def _bundled() -> VectorSet:
    """Load the vectors, once however many sessions ask in the same moment."""
    loaded = vector_set.bundled()
    space(loaded.vectors, centred=True)  # computed before the first class needs it, then kept with the set
    gc.collect()
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.freeze()  # what stays for good is left out of every later collection
    return loaded


@lru_cache(maxsize=32)
def _read_table(table: str) -> VectorSet | str:
    try:
        return vector_set.by_hand(table)
    except TableError as error:
        return str(error)


def chosen() -> VectorSet:
    """Give the set that this session has chosen; the bundled one stands in where there is none such."""
    return _find(state.get(fields.SET)) or bundled()


def is_name(key: str) -> bool:
    """Tell whether a set is one of the catalogue, by its key in the link."""
    return bool(key) and key != vector_set.HAND and not key.startswith(fields.MINE)


@contextmanager
def turn(job: Job) -> Iterator[None]:
    """Wait until no other set is being read; a job that is not wanted any more leaves the line."""
    while not _loading.acquire(timeout=0.2):
        job.tell(job.share, "waiting until another set has been read")
    try:
        yield
    finally:
        _loading.release()


def missing() -> str | None:
    """Say which set is wanted and not here; None where the chosen one is."""
    wanted = state.get(fields.SET)
    if _find(wanted) or not wanted:
        return None
    if wanted == vector_set.HAND:
        return table_trouble()
    if wanted.startswith(fields.MINE):
        return "This screen was made with vectors of somebody’s own, which stay where they were made."
    return f"This screen was made with the vectors “{wanted}”, which are not loaded here."


def table_trouble() -> str | None:
    """Say what is wrong with the table that was written by hand."""
    table = _read_table(state.get(fields.TABLE))
    return table if isinstance(table, str) else None


def by_hand() -> VectorSet | None:
    """Give the set of the table that was written by hand; None where it cannot be read."""
    table = _read_table(state.get(fields.TABLE))
    return None if isinstance(table, str) else table


def _find(wanted: str) -> VectorSet | None:
    if not wanted:
        return bundled()
    if wanted == vector_set.HAND:
        return by_hand()
    return own().get(wanted) if wanted.startswith(fields.MINE) else _shared(wanted)


def _shared(name: str) -> VectorSet | None:
    """Give a set by name, if this session looks at it."""
    held: tuple[str, VectorSet, Lease] | None = st.session_state.get(_HELD)
    return held[1] if held and held[0] == name else None


def look() -> None:
    """Look at the set by name that is wanted, if it is in the cache, and let go of another one.

    Only before a page is drawn: what other sessions put into the cache must not change the vectors halfway.
    """
    wanted = state.get(fields.SET)
    if _shared(wanted):
        return
    st.session_state.pop(_HELD, None)
    if is_name(wanted) and (taken := shared.take(wanted)):
        look_at(*taken)


def look_at(vector_set: VectorSet, lease: Lease) -> None:
    """Hold a set of the cache, as long as this session looks at no other one."""
    st.session_state[_HELD] = (vector_set.key, vector_set, lease)


def use(vector_set: VectorSet) -> None:
    """Let all lessons work with a set; where it knows nothing of the first sentences, its own take their place."""
    state.forget_places()
    state.put(**{fields.SET: vector_set.key, fields.WORD: ""})
    look()
    typed = [state.get(name) for name in fields.SENTENCES[:2]]
    first = [fields.FIELDS[name].default for name in fields.SENTENCES[:2]]
    words = {word.lower() for text in typed for word in text.split()}
    if typed == first and vector_set.examples and not any(word in vector_set.vectors.key_to_index for word in words):
        state.put(**dict(zip(fields.SENTENCES, vector_set.examples, strict=False)))


def own() -> dict[str, VectorSet]:
    """Give the sets of this session, by key, oldest first."""
    mine: dict[str, VectorSet] = st.session_state.setdefault(_OWN, {})
    return mine


def keep(vector_set: VectorSet) -> None:
    """Keep a set of this session's own; the oldest others go where there are too many, or they are too large."""
    mine = own()
    mine[vector_set.key] = vector_set
    while len(mine) > MOST_OWN or (len(mine) > 1 and sum(each.bytes for each in mine.values()) > OWN_BYTES):
        del mine[next(key for key in mine if key != vector_set.key)]


def take(vector_set: VectorSet) -> None:
    """Keep a set, which may have gone for others, and let all lessons work with it."""
    keep(vector_set)
    use(vector_set)


def next_own() -> str:
    """Give a key that no set of this session has had."""
    number = st.session_state.get(f"{_OWN}, counted", 0) + 1
    st.session_state[f"{_OWN}, counted"] = number
    return f"{fields.MINE}{number}"


def known() -> list[VectorSet]:
    """List what can be chosen at once: the bundled set, those in the cache, the table, and this session's own."""
    named = [taken[0] for key in shared.keys if (taken := shared.take(key))]
    table = by_hand()
    return [bundled(), *named, *([table] if table else []), *own().values()]
