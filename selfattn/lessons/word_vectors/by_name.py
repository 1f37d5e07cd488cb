"""Sets by name: gensim's catalogue, fetched when asked for, and the sets in it, loaded beside the page."""

import streamlit as st

from selfattn.sets import catalogue, memory
from selfattn.ui import fields, jobs, state, tables, widgets, write
from selfattn.ui.arrivals import ASKED_FOR, ENTRIES, FETCH, LIST, fetch, room


def offer() -> None:
    """Show the catalogue, once it is asked for, and what is said of the chosen set before it is fetched."""
    busy = jobs.running(LIST) or jobs.running(FETCH)
    for name in (LIST, FETCH):
        (jobs.show if busy else jobs.say)(name)
    if busy:
        return
    entries: list[catalogue.Entry] | None = st.session_state.get(ENTRIES)
    if entries is None:
        entries = catalogue.kept()
        st.button("Show the catalogue", icon=":material/cloud_download:", key="ask_catalogue", on_click=_list)
        write.quiet("It is fetched from the network when you ask for it, never before.")
    if entries:
        _choose({entry.name: entry for entry in entries})


def _choose(named: dict[str, catalogue.Entry]) -> None:
    wanted = st.session_state.get(ASKED_FOR), state.get(fields.SET)
    value = next((name for name in wanted if name in named), next(iter(named)))
    widget = widgets.widget("entry", value, lambda name: state.put(**{ASKED_FOR: name}), labels=list(named))
    name = st.selectbox("Set", list(named), format_func=lambda name: f"{name}, {_size(named[name])}", **widget)
    if name in named:
        _offer(named[name])
    tables.once_asked("All sets of the catalogue", lambda: [tables.frame(map(_row, named.values()))], name="catalogue")


def _size(entry: catalogue.Entry) -> str:
    return "on this machine" if entry.here else f"{entry.megabytes:,.0f} MB"


def _offer(entry: catalogue.Entry) -> None:
    """Say how large a set is, before it is fetched, and load it if it fits."""
    begun = 0 if entry.here else catalogue.started(entry)
    so_far = f", {memory.amount(begun)} of it here already" if begun else ""
    write.quiet(
        f"{entry.words:,} words, {entry.dimensions} numbers each. Download: "
        f"{'none, it is on this machine' if entry.here else f'{entry.megabytes:,.0f} MB{so_far}'}. "
        f"In memory: {memory.amount(entry.memory)}. Licence: {entry.licence}. {entry.about}"
    )
    limit, space = None, room()
    if not memory.fits(entry.memory, free=space):
        write.quiet(entry.refusal(space))
        limit = entry.words_that_fit(space)
        if not limit:
            return
    with st.container(horizontal=True, gap="small"):
        title = f"Load the {limit:,} most frequent words" if limit else "Load it"
        st.button(title, key="fetch_set", type="primary", on_click=fetch, args=(entry, limit))
        if begun:
            st.button("Throw away what is here of it", key="throw_away", on_click=_throw_away, args=(entry,))


def _throw_away(entry: catalogue.Entry) -> None:
    try:
        catalogue.discard(entry)
    except catalogue.CatalogueError as error:  # a cancelled download ends only with the next bytes that arrive
        jobs.refuse(FETCH, str(error))


def _row(entry: catalogue.Entry) -> dict[str, object]:
    """Give a line of the table of all sets."""
    return {
        "set": entry.name, "words": entry.words, "numbers a word": entry.dimensions, "download, MB": entry.megabytes,
        "in memory": memory.amount(entry.memory), "licence": entry.licence,
    }  # fmt: skip


def _list() -> None:
    jobs.start(LIST, "The catalogue", lambda _: catalogue.catalogue(), (catalogue.CatalogueError,))
