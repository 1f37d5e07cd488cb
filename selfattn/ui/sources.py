"""Where vectors come from: chosen among those at hand, loaded by name, uploaded, or written in a small table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from selfattn import catalogue, memory, reading, sets
from selfattn.catalogue import CatalogueError, Entry
from selfattn.reading import Reading, ReadingError
from selfattn.sets import VectorSet
from selfattn.shelf import FullError
from selfattn.ui import charts, jobs, loaders, shell, state, train
from selfattn.ui.choice import Choice
from selfattn.ui.jobs import Job

LIST, FETCH, UPLOAD = "catalogue", "fetch", "upload"
ENTRIES, ENTRY, FILE = "entries of the catalogue", "entry", "file of vectors"
USABLE = "rows that can be used"


def arrive() -> None:
    """Take what jobs have brought, before the page is drawn."""
    for name, take in ((LIST, _take_list), (FETCH, _take_fetched), (UPLOAD, _take_uploaded)):
        if job := jobs.take(name):
            _trouble(name, job.trouble)
            if job.result is not None:
                take(job.result)
    train.arrive()


def use(one: VectorSet) -> None:
    """Let all lessons work with a set; where it knows nothing of the first sentences, its own take their place."""
    state.put(**{state.SET: one.key, "word": "", "row": state.FIELDS[state.ROW].default})
    typed = [state.get(name) for name in state.SENTENCES[:2]]
    first = [state.FIELDS[name].default for name in state.SENTENCES[:2]]
    words = {word.lower() for text in typed for word in text.split()}
    if typed == first and one.examples and not any(word in one.vectors.key_to_index for word in words):
        state.put(**dict(zip(state.SENTENCES, one.examples, strict=False)))


# Choose


def choose() -> Choice:
    """Choose among the sets at hand, and from the catalogue of those that can be loaded by name."""
    return Choice(_show_sets)


def _show_sets() -> None:
    now = loaders.chosen()
    shell.finding(f"Every lesson now works with {now.title}: {now.facts}.")
    if missing := loaders.missing():
        shell.quiet(f"{missing} {sets.BUNDLED} stands in.")
    left, right = st.columns(2, gap="medium")
    with left:
        for one in loaders.known():
            _card(one, chosen=one is now)
    with right:
        _catalogue()


def _card(one: VectorSet, *, chosen: bool) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        with st.container(width="stretch", gap=None):
            shell.prose(one.title)
            shell.quiet(f"{one.facts}. {one.source}")
        st.button(
            "In use" if chosen else "Use",
            key=f"use {one.key}",
            icon=":material/check:" if chosen else None,
            disabled=chosen,
            on_click=use,
            args=(one,),
        )


def _catalogue() -> None:
    shell.prose("More sets, by name: gensim keeps a catalogue of vectors that were trained on large texts.")
    if jobs.running(LIST) or jobs.running(FETCH):
        jobs.show(LIST)
        jobs.show(FETCH)
        return
    _said(LIST)
    _said(FETCH)
    entries: list[Entry] | None = st.session_state.get(ENTRIES)
    if entries is None:
        st.button("Show the catalogue", icon=":material/cloud_download:", key="ask_catalogue", on_click=_list)
        shell.quiet("It is fetched from the network when you ask for it, never before.")
        return
    named = {one.name: one for one in entries}
    wanted = state.get(state.SET)
    if ENTRY not in st.session_state and wanted in named:
        st.session_state[ENTRY] = wanted
    name = st.selectbox("Set", list(named), key=ENTRY, persist_state="session")
    if name in named:
        _offer(named[name])


def _offer(entry: Entry) -> None:
    """Say how large a set is, before it is fetched, and load it if it fits."""
    shell.quiet(
        f"{entry.words:,} words, {entry.dimensions} numbers each. Download: {entry.megabytes:,.0f} MB"
        f"{', on this machine already' if entry.here else ''}; in memory: {entry.memory / 2**20:,.0f} MB. "
        f"Licence: {entry.licence}. {entry.about}"
    )
    free = memory.available()
    limit = None
    if not memory.fits(entry.memory, free=free) or entry.memory > loaders.SHARED_BYTES:
        shell.quiet(memory.refusal(entry, min(free, loaders.SHARED_BYTES)))
        limit = memory.words_that_fit(entry, free=min(free, loaders.SHARED_BYTES))
        if not limit:
            return
    title = f"Load the {limit:,} most frequent words" if limit else "Load it"
    st.button(title, key="fetch_set", type="primary", on_click=_fetch, args=(entry, limit))


def _list() -> None:
    jobs.start(LIST, "The catalogue", lambda _: catalogue.catalogue(), (CatalogueError,))


def _take_list(entries: list[Entry]) -> None:
    st.session_state[ENTRIES] = entries


def _fetch(entry: Entry, limit: int | None) -> None:
    jobs.start(FETCH, entry.name, lambda job: load_named(job, entry, limit), (CatalogueError,))


def load_named(job: Job, entry: Entry, limit: int | None) -> VectorSet:
    """Fetch a set unless it is here, and read it; a job."""

    def fetched(got: int, whole: int) -> None:
        job.tell(0.8 * got / max(whole, 1), f"{got / 2**20:,.1f} of {whole / 2**20:,.1f} MB")

    path = catalogue.fetch(entry, progress=fetched, cancelled=lambda: job.unwanted)
    job.tell(0.8, "reading")
    with loaders.loading:
        vectors = catalogue.load(entry, path, limit=limit)
    job.tell(1.0)
    loads = f'vectors = gensim.downloader.load("{entry.name}")'
    code = f"import gensim.downloader\nimport numpy as np\nimport selfattn\n\n{loads}"
    said = f"From gensim’s catalogue. Licence: {entry.licence}."
    return VectorSet(entry.name, entry.name, said, vectors, code, examples=sets.examples_of(vectors))


def _take_fetched(one: VectorSet) -> None:
    try:
        loaders.share(one)
    except FullError as error:
        _trouble(FETCH, f"It was loaded, but {error}: other classes are using them. Try again in a while.")
        return
    use(one)


# Upload


def upload() -> Choice:
    """Take a file of vectors, and show what is in it."""
    return Choice(_show_upload)


def _show_upload() -> None:
    shell.finding(
        "Bring a file of word vectors: word2vec (text or binary), GloVe, or fastText’s .vec; as .gz or .zip, too."
    )
    sent = st.file_uploader("A file of word vectors", key=FILE, on_change=_sent)
    if jobs.running(UPLOAD):
        jobs.show(UPLOAD)
        return
    _said(UPLOAD)
    if sent and (rows := st.session_state.get(USABLE)):
        st.button(
            f"Use the {rows:,} rows that are sound", key="sound_rows", on_click=_read, kwargs={"usable_only": True}
        )
    limits = reading.LIMITS
    shell.quiet(
        f"Up to {limits.file_bytes // 2**20} MB, vectors of 2 to {limits.dimensions:,} numbers; of more than "
        f"{limits.rows:,} words the first are taken. What you bring belongs to this session: nobody else sees it, and "
        "it is gone when the page is closed or loaded anew. gensim’s own .kv and .model files are not taken: opening "
        "them could run code."
    )
    mine = [one for one in loaders.own().values() if one.source.startswith("Uploaded")]
    for one in reversed(mine):
        _card(one, chosen=one is loaders.chosen())


def _sent() -> None:
    st.session_state.pop(USABLE, None)
    _trouble(UPLOAD, "")
    _read()


def _read(*, usable_only: bool = False) -> None:
    sent = st.session_state.get(FILE)
    if sent is None:
        jobs.cancel(UPLOAD)
        return
    name, key = sent.name, loaders.next_own()
    jobs.start(UPLOAD, name, lambda job: _reading(job, sent, name, key, usable_only), (ReadingError,))


def _reading(job: Job, sent: Any, name: str, key: str, usable_only: bool) -> tuple[VectorSet, tuple[str, ...]] | int:
    sent.seek(0)
    try:
        found: Reading = reading.read_vectors(
            sent, progress=lambda share: job.tell(share, "reading"), usable_only=usable_only
        )
    except ReadingError as error:
        job.trouble = str(error)
        return error.usable
    code = 'import numpy as np\nimport selfattn\n\nvectors = selfattn.read_vectors("FILE").vectors'.replace(
        "FILE", "your-file"
    )
    one = VectorSet(
        key, name[:60], f"Uploaded: {found.form}.", found.vectors, code, examples=sets.examples_of(found.vectors)
    )
    return one, found.remarks


def _take_uploaded(found: tuple[VectorSet, tuple[str, ...]] | int) -> None:
    if isinstance(found, int):
        st.session_state[USABLE] = found
        return
    one, remarks = found
    loaders.keep(one)
    use(one)
    _trouble(UPLOAD, " ".join(remarks))


# By hand


def table_box() -> None:
    """Draw the box of the table, and say what cannot be read."""
    st.text_area(
        "A word and its numbers a line",
        height=charts.tall(200, 420),
        max_chars=2000,
        help="From 2 to 12 numbers, the same for every word; two numbers a word can be drawn as they are.",
        **state.widget("written table", state.get(state.TABLE).replace(" / ", "\n"), _take_table),
    )
    if trouble := loaders.table_trouble():
        shell.quiet(trouble)


def _take_table(typed: str | None) -> None:
    lines = (" ".join(line.split()) for line in (typed or "").splitlines())
    state.put(handmade=" / ".join(line for line in lines if line), set=state.BY_HAND, word="", row=-1)


def by_hand() -> Choice:
    """Draw the box of the table; the picture shows its words as points."""
    table_box()
    return Choice(_show_table)


def _show_table() -> None:
    """Show the table as points: with two numbers a word, the plot is the space."""
    one = loaders.by_hand()
    if one is None:
        shell.finding("Write a word and its numbers a line, such as “money 5 1”.")
        return
    using = loaders.chosen() is one
    shell.finding(
        f"{one.facts}: few enough to check every number in the head."
        + (" All lessons work with them now." if using else "")
    )
    _picture(one)
    if not using:
        st.button("Use in all lessons", key="use_table", type="primary", on_click=use, args=(one,))


def _picture(one: VectorSet) -> None:
    from selfattn.figures.table import points

    if one.vectors.vector_size == 2:
        figure = points(
            one.vectors.index_to_key, one.vectors.vectors, height=charts.tall(460, 700), theme=charts.theme()
        )
        where = ", ".join(
            f"{word} at ({x:g}, {y:g})"
            for word, (x, y) in zip(one.vectors.index_to_key, one.vectors.vectors, strict=True)
        )
        charts.show(figure, key="table_points", alt=f"The words where their two numbers put them: {where}.")


# What was said


def _trouble(name: str, text: str) -> None:
    st.session_state[f"said of {name}"] = text


def _said(name: str) -> None:
    """Repeat what a job said at its end, until the next one begins."""
    if text := st.session_state.get(f"said of {name}"):
        st.warning(shell.plain(text), icon=":material/info:")


STEPS: dict[str, Callable[[], Choice]] = {
    "choose": choose,
    "upload": upload,
    "train": train.choose,
    "byhand": by_hand,
}
TITLES = {
    "choose": "Which word vectors?",
    "upload": "Bring your own word vectors",
    "train": "Train your own word vectors",
    "byhand": "Vectors written by hand",
}
