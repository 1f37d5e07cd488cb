"""What jobs bring, taken before a page is drawn: the catalogue, and sets by name that somebody asked for."""

from __future__ import annotations

import streamlit as st

from selfattn.sets import catalogue, memory, vector_set
from selfattn.sets.catalogue import CatalogueError, Entry
from selfattn.sets.shelf import FullError, Lease
from selfattn.sets.vector_set import VectorSet
from selfattn.ui import fields, jobs, loaders, state
from selfattn.ui.jobs import Job

LIST, FETCH = "catalogue", "set by name"
ENTRIES, ASKED_FOR = "entries of the catalogue", "set that a link asked for"


def arrive() -> None:
    """Take what jobs have brought, before the page is drawn; begin to load the set that a link names."""
    if (job := jobs.take(LIST)) and jobs.done_well(job):
        st.session_state[ENTRIES] = job.result
    if (job := jobs.take(FETCH)) and jobs.done_well(job):
        one, lease = job.result
        loaders.look_at(one, lease)
        if state.get(fields.SET) != one.key:
            loaders.use(one)
    loaders.look()
    _begin_wanted()


def _begin_wanted() -> None:
    """Load the set of a link from this disk, where it is there and fits; a download waits until it is asked for."""
    wanted = state.get(fields.SET)
    if not loaders.is_name(wanted) or loaders.missing() is None or st.session_state.get(ASKED_FOR) == wanted:
        return
    st.session_state[ASKED_FOR] = wanted
    if entry := next((one for one in catalogue.kept() if one.name == wanted), None):
        limit = memory.words_that_fit(entry, free=room())
        if limit:
            fetch(entry, limit if limit < entry.words else None)


def is_coming() -> bool:
    """Tell whether the set that the link names is being loaded."""
    return jobs.running(FETCH) is not None


def show_coming() -> None:
    """Show how far the loading of a set is."""
    jobs.show(FETCH)


def room() -> int:
    """Say how many bytes a set by name may take: of what is free, what the shelf may hold."""
    return min(memory.available(), loaders.SHARED_BYTES + memory.KEPT_MB * memory.MB)


def fetch(entry: Entry, limit: int | None) -> None:
    """Begin to fetch a set, whole or its most frequent words; the page is drawn meanwhile."""
    jobs.start(FETCH, entry.name, lambda job: load_named(job, entry, limit), (CatalogueError, FullError))


def load_named(job: Job, entry: Entry, limit: int | None) -> tuple[VectorSet, Lease]:
    """Fetch a set unless it is here, read it, and put it on the shelf; a job.

    One set at a time is read, and what others have put on the shelf meanwhile is not read again.
    """
    begins = 0.0 if catalogue.place(entry.name).is_file() else 0.8

    def fetched(got: int, whole: int) -> None:
        job.tell(begins * got / max(whole, 1), f"{got / memory.MB:,.1f} of {whole / memory.MB:,.1f} MB")

    def read(words: int, of: int) -> None:
        job.tell(begins + (1 - begins) * words / max(of, 1), f"{words:,} of {of:,} words read")

    path = catalogue.fetch(entry, progress=fetched, cancelled=lambda: job.unwanted)
    job.tell(begins, "read by gensim")
    code = catalogue.code(entry, path, limit)
    with loaders.turn(job):
        if (found := loaders.shelf.take(entry.name)) and found[0].code == code:
            return found
        if not memory.fits(memory.needed(limit or entry.words, entry.dimensions)):  # others came first
            raise CatalogueError(memory.refusal(entry, memory.available()))
        vectors = catalogue.load(entry, path, limit=limit, progress=read)
        said, examples = f"From gensim’s catalogue. Licence: {entry.licence}.", vector_set.examples_of(vectors)
        one = VectorSet(entry.name, entry.name, said, vectors, code, examples=examples)
        return one, loaders.shelf.put(entry.name, one)
