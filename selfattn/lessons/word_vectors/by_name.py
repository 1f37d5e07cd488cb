"""Sets by name: gensim's catalogue, fetched when asked for, and the sets in it, loaded beside the page."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from selfattn.frame import page
from selfattn.sets import catalogue, memory, vector_set
from selfattn.sets.cache import FullError, Lease
from selfattn.sets.catalogue import CatalogueError, Entry
from selfattn.sets.vector_set import VectorSet
from selfattn.ui import jobs, loaders, state, tables
from selfattn.ui.jobs import Job

LIST, FETCH = "catalogue", "set by name"
ENTRIES, ASKED_FOR = "entries of the catalogue", "set that a link asked for"


def arrive() -> None:
    """Take what jobs have brought, before the page is drawn; begin to load the set that a link names."""
    if (job := jobs.take(LIST)) and jobs.done_well(job):
        st.session_state[ENTRIES] = job.result
    if (job := jobs.take(FETCH)) and jobs.done_well(job):
        named, lease = job.result
        loaders.look_at(named, lease)
        if state.get(state.SET) != named.key:
            loaders.use(named)
    loaders.look()
    _begin_wanted()


def _begin_wanted() -> None:
    """Load the set of a link from this disk, where it is there and fits; a download waits until it is asked for."""
    wanted = state.get(state.SET)
    if not loaders.is_name(wanted) or loaders.missing() is None or st.session_state.get(ASKED_FOR) == wanted:
        return
    st.session_state[ASKED_FOR] = wanted
    entry = next((entry for entry in catalogue.kept() if entry.name == wanted), None)
    if entry and (limit := entry.words_that_fit(_room())):
        _fetch(entry, limit if limit < entry.words else None)


def is_coming() -> bool:
    """Tell whether the set that the link names is being loaded."""
    return jobs.running(FETCH) is not None


def show_coming() -> None:
    """Show how far the loading of a set is."""
    jobs.show(FETCH)


def offer() -> None:
    """Show the catalogue, once it is asked for, and what is said of the chosen set before it is fetched."""
    if jobs.running(LIST) or jobs.running(FETCH):
        jobs.show(LIST)
        jobs.show(FETCH)
        return
    jobs.say(LIST)
    jobs.say(FETCH)
    fetched: list[Entry] | None = st.session_state.get(ENTRIES)
    entries = fetched if fetched is not None else catalogue.kept()
    if fetched is None:
        st.button("Show the catalogue", icon=":material/cloud_download:", key="ask_catalogue", on_click=_list)
        page.quiet("It is fetched from the network when you ask for it, never before.")
    if entries:
        _choose({entry.name: entry for entry in entries})


def _choose(named: dict[str, Entry]) -> None:
    wanted = state.get(state.SET)
    first = next(iter(named))
    now = st.session_state.get(ASKED_FOR)
    value = next((name for name in (now, wanted) if name in named), first)
    name = st.selectbox(
        "Set",
        list(named),
        format_func=lambda name: f"{name}, {_size(named[name])}",
        **state.widget("entry", value, _ask_for, labels=list(named)),
    )
    if name in named:
        _offer(named[name])
    tables.once_asked("All sets of the catalogue", lambda: [_table(named)], name="catalogue")


def _ask_for(name: str) -> None:
    st.session_state[ASKED_FOR] = name


def _size(entry: Entry) -> str:
    return "on this machine" if entry.here else f"{entry.megabytes:,.0f} MB"


def _offer(entry: Entry) -> None:
    """Say how large a set is, before it is fetched, and load it if it fits."""
    here, begun = entry.here, catalogue.started(entry)
    so_far = f", {memory.amount(begun)} of it here already" if begun and not here else ""
    page.quiet(
        f"{entry.words:,} words, {entry.dimensions} numbers each. Download: "
        f"{'none, it is on this machine' if here else f'{entry.megabytes:,.0f} MB{so_far}'}. "
        f"In memory: {memory.amount(entry.memory)}. Licence: {entry.licence}. {entry.about}"
    )
    limit, room = None, _room()
    if not memory.fits(entry.memory, free=room):
        page.quiet(entry.refusal(room))
        limit = entry.words_that_fit(room)
        if not limit:
            return
    with st.container(horizontal=True, gap="small"):
        title = f"Load the {limit:,} most frequent words" if limit else "Load it"
        st.button(title, key="fetch_set", type="primary", on_click=_fetch, args=(entry, limit))
        if begun and not here:
            st.button("Throw away what is here of it", key="throw_away", on_click=_throw_away, args=(entry,))


def _throw_away(entry: Entry) -> None:
    try:
        catalogue.discard(entry)
    except CatalogueError as error:  # a cancelled download ends only with the next bytes that arrive
        jobs.refuse(FETCH, str(error))


def _room() -> int:
    """Say how many bytes a set by name may take: of what is free, what the cache may hold."""
    return min(memory.available(), loaders.SHARED_BYTES + memory.KEPT_MB * memory.MB)


def _table(named: dict[str, Entry]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "set": list(named),
            "words": [entry.words for entry in named.values()],
            "numbers a word": [entry.dimensions for entry in named.values()],
            "download, MB": [entry.megabytes for entry in named.values()],
            "in memory": [memory.amount(entry.memory) for entry in named.values()],
            "licence": [entry.licence for entry in named.values()],
        }
    )


def _list() -> None:
    jobs.start(LIST, "The catalogue", lambda _: catalogue.catalogue(), (CatalogueError,))


def _fetch(entry: Entry, limit: int | None) -> None:
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
    with loaders.turn(job):
        if (taken := loaders.shared.take(entry.name)) and taken[0].code == code:
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
        return named, loaders.shared.put(named)
