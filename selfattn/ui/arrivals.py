"""What jobs bring, taken before a page is drawn: the catalogue, and sets by name that somebody asked for."""

import streamlit as st

from selfattn.sets import catalogue, memory, vector_set
from selfattn.sets.cache import FullError, Lease
from selfattn.sets.catalogue import CatalogueError, Entry
from selfattn.sets.vector_set import VectorSet
from selfattn.ui import fields, jobs, session_sets, state, trained
from selfattn.ui.jobs import Job

LIST, FETCH = "catalogue", "set by name"
ENTRIES, ASKED_FOR = "entries of the catalogue", "set that a link asked for"


def arrive() -> None:
    """Take what jobs have brought, before the page is drawn; begin to load the set that a link names."""
    if (job := jobs.take(LIST)) and jobs.done_well(job):
        st.session_state[ENTRIES] = job.result
    if (job := jobs.take(FETCH)) and jobs.done_well(job):
        named, lease = job.result
        session_sets.look_at(named, lease)
        if state.get(fields.SET) != named.key:
            session_sets.use(named)
    trained.arrive()
    session_sets.look()
    _begin_wanted()


def _begin_wanted() -> None:
    """Load the set of a link from this disk, where it is there and fits; a download waits until it is asked for."""
    wanted = state.get(fields.SET)
    if not session_sets.is_name(wanted) or session_sets.missing() is None or st.session_state.get(ASKED_FOR) == wanted:
        return
    st.session_state[ASKED_FOR] = wanted
    entry = next((entry for entry in catalogue.kept() if entry.name == wanted), None)
    if entry and (limit := entry.words_that_fit(room())):
        fetch(entry, limit if limit < entry.words else None)


def room() -> int:
    """Say how many bytes a set by name may take: of what is free, what the cache may hold."""
    return min(memory.available(), session_sets.SHARED_BYTES + memory.KEPT_MB * memory.MB)


def fetch(entry: Entry, limit: int | None) -> None:
    """Begin to fetch a set, whole or its most frequent words; the page is drawn meanwhile."""
    jobs.start(FETCH, entry.name, lambda job: load_named(job, entry, limit), (CatalogueError, FullError))


def load_named(job: Job, entry: Entry, limit: int | None) -> tuple[VectorSet, Lease]:
    """Fetch a set unless it is here, read it, and put it into the cache; a job.

    One set at a time is read, and what others have put into the cache meanwhile is not read again.
    """
    begins = 0.0 if entry.here else 0.8

    def fetched(got: int, whole: int) -> None:
        job.tell(begins * got / max(whole, 1), f"{got / memory.MB:,.1f} of {whole / memory.MB:,.1f} MB")

    def read(words: int, of: int) -> None:
        job.tell(begins + (1 - begins) * words / max(of, 1), f"{words:,} of {of:,} words read")

    path = catalogue.fetch(entry, progress=fetched, cancelled=lambda: job.unwanted)
    job.tell(begins, "read by gensim")
    code = catalogue.code(entry, path, limit)
    with session_sets.turn(job):
        if (taken := session_sets.shared.take(entry.name)) and taken[0].code == code:
            return taken
        if not memory.fits(memory.needed(limit or entry.words, entry.dimensions)):  # others came first
            raise CatalogueError(entry.refusal(memory.available()))
        vectors = catalogue.load(entry, path, limit=limit, progress=read)
        named = VectorSet(
            key=entry.name,
            title=entry.name,
            source=f"From gensim’s catalogue. Licence: {entry.licence}.",
            vectors=vectors,
            code=code,
            examples=vector_set.examples_of(vectors),
        )
        return named, session_sets.shared.put(named)
