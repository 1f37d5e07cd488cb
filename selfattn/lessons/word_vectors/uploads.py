"""Bringing a file of word vectors: read beside the page, and kept for this session alone."""

from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from selfattn.lessons.word_vectors import cards
from selfattn.sets import memory, reading, vector_set
from selfattn.ui import held, jobs, session_sets, write
from selfattn.ui.run import Run
from selfattn.views.choice import Choice

UPLOAD, UPLOADED = "upload", "Uploaded"
FILE, COUNT, REFUSED, ENCODING = "file of vectors", "files so far", "why a file is refused", "encoding of a file"
HELD = "file that is held"
MADE_ROOM = "Your file had to make room for one that somebody else brought. Bring it again."
LINES = "money 0.51 0.12 -0.40 0.33\nriver -0.22 0.61 0.08 0.17\nbank 0.44 0.35 -0.19 0.29"
FORMS = {
    "word2vec and fastText (.vec): first how many words and numbers": f"3 4\n{LINES}",
    "GloVe: the words at once": LINES,
}
BRING = "Bring a file of word vectors: word2vec (text or binary), GloVe, or fastText’s .vec."
CONVERT = (
    "from gensim.models import KeyedVectors\n\n"
    'vectors = KeyedVectors.load("vectors.kv")\n'
    'vectors.save_word2vec_format("vectors.txt")'
)


def arrive() -> None:
    """Take the set that was read, before the page is drawn."""
    if not (job := jobs.take(UPLOAD)) or not jobs.done_well(job):
        return
    if isinstance(job.result, reading.ReadingError):
        st.session_state[REFUSED] = job.result
        if not (job.result.usable or job.result.undecoded):
            st.session_state.pop(HELD, None)
        return
    session_sets.take(job.result)
    st.session_state.pop(HELD, None)


def choose(run: Run) -> Choice:
    """Take a file of vectors, and show what is in it."""
    return Choice(lambda: _show(run), (lambda: cards.code(run)) if is_uploaded(run.chosen) else None)


def is_uploaded(set_: vector_set.VectorSet) -> bool:
    """Tell whether a set was brought as a file."""
    return set_.source.startswith(UPLOADED)


def _show(run: Run) -> None:
    chosen = run.chosen
    works = f"Every lesson now works with {chosen.title}: {chosen.facts}."
    write.finding(works if is_uploaded(chosen) else BRING)
    left, right = st.columns([1.2, 1], gap="large")
    with left:
        _take_file()
        for set_ in filter(is_uploaded, reversed(session_sets.own().values())):
            cards.card(set_, chosen=set_ is chosen)
    with right:
        write.prose("Such a file has a word and its numbers on every line; it may be packed as .gz or .zip.")
        for title, lines in FORMS.items():
            write.quiet(title)
            st.code(lines, language=None, wrap_lines=True)
        write.quiet("gensim’s own .kv and .model files are not taken: opening them could run code. Convert them:")
        st.code(CONVERT, language="python", wrap_lines=True)


def _take_file() -> None:
    count = st.session_state.setdefault(COUNT, 0)
    st.file_uploader("A file of word vectors", key=f"{FILE} {count}", on_change=_sent)
    if jobs.running(UPLOAD):
        jobs.show(UPLOAD)
        return
    jobs.say(UPLOAD)
    if HELD in st.session_state and (refused := st.session_state.get(REFUSED)):
        _offer(refused)
    limits = reading.LIMITS
    write.quiet(
        f"Up to {limits.file_bytes // 2**20} MB, 2 to {limits.dimensions:,} numbers a word; of more than "
        f"{limits.rows:,} words the first are taken. What you bring belongs to this session: nobody else sees it, and "
        "it is gone when the page is closed or loaded anew. "
        f"The last {session_sets.MOST_OWN} sets of your own are kept. "
        "A file with a red mark did not arrive: bring it again."
    )


def _offer(refused: reading.ReadingError) -> None:
    """Offer what can be done with a file that is refused: name its encoding, or use the rows that are sound."""
    if refused.undecoded:
        found = reading.readings(refused.undecoded)
        st.selectbox(
            "Encoding of the file: choose the one in which these are its words",
            [*found, *(name for name in reading.ENCODINGS if name not in found)],
            index=None,
            format_func=lambda name: f"{name}: {found[name]}" if name in found else name,
            placeholder="Choose an encoding",
            key=ENCODING,
            on_change=_read,
        )
    if refused.usable:
        st.button(f"Use the {refused.usable:,} words that are sound", key="sound_rows", on_click=_read, args=(True,))


def _sent() -> None:
    """Take a file out of Streamlit's hands, which would keep its bytes as long as the box does."""
    for name in (REFUSED, ENCODING, HELD):
        st.session_state.pop(name, None)
    count = st.session_state[COUNT]
    sent, context = st.session_state.pop(f"{FILE} {count}", None), get_script_run_ctx()
    st.session_state[COUNT] = count + 1  # a new, empty box
    if sent is None:
        return
    manager: Any = context.uploaded_file_mgr if context else None
    if context and hasattr(manager, "remove_file"):
        manager.remove_file(session_id=context.session_id, file_id=sent.file_id)
    kept = held.hold(sent)
    if isinstance(kept, str):
        jobs.refuse(UPLOAD, kept)
        return
    st.session_state[HELD] = kept
    _read()


def _read(usable_only: bool = False) -> None:
    kept = st.session_state[HELD]
    sent = kept.file
    if sent.closed:
        del st.session_state[HELD]
        jobs.refuse(UPLOAD, MADE_ROOM)
        return
    name, key = sent.name, session_sets.next_own()
    encoding = reading.ENCODINGS.get(st.session_state.get(ENCODING) or "", "utf-8")
    jobs.start(
        UPLOAD, name, lambda job: read(job, sent, name, key, encoding, usable_only=usable_only), (reading.ReadingError,)
    )
    kept.job = jobs.running(UPLOAD)


def read(
    job: jobs.Job, sent: Any, name: str, key: str, encoding: str, *, usable_only: bool
) -> vector_set.VectorSet | reading.ReadingError:
    """Read a file; a job. Of one that is broken, it gives what is wrong, and how many rows could be used."""
    try:
        with session_sets.turn(job):
            limits, tell = reading.LIMITS.within(memory.available()), lambda share: job.tell(share, "reading")
            options: Any = {"limits": limits, "progress": tell, "usable_only": usable_only, "encoding": encoding}
            result = reading.read_vectors(sent, **options)
    except reading.ReadingError as error:
        job.trouble = f"“{name[:60]}”: {error}"
        return error
    named = "" if encoding == "utf-8" else f", encoding={encoding!r}"
    return vector_set.VectorSet(
        key,
        name[:60],
        f"{UPLOADED}: {result.form}.",
        result.vectors,
        f'import numpy as np\nimport selfattn\n\nvectors = selfattn.read_vectors("your-file"{named}).vectors',
        examples=vector_set.examples_of(result.vectors),
        remarks=result.remarks,
    )
