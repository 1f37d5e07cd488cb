"""What a training is chosen by: the text, the settings, and the word that is followed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from selfattn.lessons.word_vectors import train_prose as words
from selfattn.sets.training import MODELS, RANGES, TEXTS, TrainingError, decoded, shipped_text
from selfattn.sets.training.text import MOST_BYTES
from selfattn.ui import boxes, controls, fields, state, write
from selfattn.ui.run import Run

OWN, FILE, FROM_FILE, REFUSED = "own text", "text file", "text of a file", "refused text file"
LONGEST = 420  # letters of a paragraph that are shown of a text
MOST_TYPED = 20_000  # letters; longer texts come as a file, so that a browser need not send them with every event
SHORT = {
    fields.ALL_TEXTS: "All three",
    "two-banks": "Two banks",
    "river-and-ledger": "River and ledger",
    "letters": "Letters",
    fields.OWN_TEXT: "Your own",
}
NUMBERS = {
    fields.SIZE: ("Size", "How many numbers a vector has."),
    fields.WINDOW: ("Window", "How many words to either side are around a word."),
    fields.EPOCHS: ("Epochs", "How often the text is read."),
    fields.LEAST: ("Minimum count", "Words that occur less often are left out."),
    fields.SEED: ("Seed", "The random start: the same seed gives the same vectors."),
}


@dataclass(frozen=True, slots=True)
class Text:
    """A text: what it is called, its words, and which of the shipped ones it is (None for one's own, none for all)."""

    title: str
    words: str
    names: tuple[str, ...] | None

    def excerpt(self, most: int) -> list[str]:
        """Give the first paragraphs, long ones cut."""
        blocks = (block.strip() for block in self.words[:20_000].split("\n\n"))
        return [
            block if len(block) <= LONGEST else f"{block[:LONGEST].rpartition(' ')[0] or block[:LONGEST]} …"
            for block in islice(filter(None, blocks), most)
        ]


def shipped(name: str) -> tuple[str, ...] | None:
    """Give the shipped texts that a choice stands for; None for one's own."""
    return {fields.ALL_TEXTS: (), fields.OWN_TEXT: None}.get(name, (name,))


def text() -> Text:
    """Give the text that is chosen.

    Raises
    ------
    TrainingError
        There is none yet.
    """
    name = state.get(fields.TEXT)
    names = shipped(name)
    if names is not None:
        return Text(TEXTS.get(name, "all three texts"), shipped_text(*names), names)
    if held := st.session_state.get(FROM_FILE):
        return Text(held[0], held[1], None)
    typed = st.session_state.get(OWN) or ""
    if not typed.strip():
        raise TrainingError("Write or paste a text of your own, or bring a .txt file.")
    return Text("your own text", typed, None)


def draw(run: Run, followed: str) -> DeltaGenerator:
    """Draw the choices side by side; a text of one's own has its box below. Gives the line that they stand on.

    `followed` is the word that an empty box stands for. A room has them behind one button already; on a phone they
    get one, so that the picture is on the first screen.
    """
    line = controls.line()
    with line:
        if run.small:
            with st.popover("Text and settings", icon=":material/tune:", key="training_choices"):
                _text(followed)
                _below()
                _settings()
            return line
        _text(followed)
        if not state.projecting():
            with st.popover("Settings", icon=":material/tune:", key="training_settings"):
                _settings()
    _below()
    if state.projecting():
        _settings()
    return line


def _text(followed: str) -> None:
    """Draw the choice of the text, and the word that is followed."""
    st.segmented_control(
        "Text",
        list(SHORT),
        key=fields.TEXT,
        persist_state="session",
        required=True,
        wrap=True,
        format_func=SHORT.__getitem__,
        help="Three texts ship with the app; “bank” has both its meanings in each of them.",
    )
    st.text_input(
        "Word to follow",
        key=fields.WATCH,
        live=boxes.PAUSE,
        max_chars=100,
        placeholder=followed,
        persist_state="session",
        width=170,
    )


def _below() -> None:
    if state.get(fields.TEXT) == fields.OWN_TEXT:
        _own()


def _settings() -> None:
    st.segmented_control(
        "Model",
        MODELS,
        key=fields.MODEL,
        persist_state="session",
        required=True,
        format_func=words.MODEL_NAMES.__getitem__,
        help="fastText also gives vectors to unknown words, made of their parts.",
    )
    st.segmented_control(
        "Way to train",
        [False, True],
        key=fields.SKIP_GRAM,
        persist_state="session",
        required=True,
        format_func=words.WAY_NAMES.__getitem__,
        help=" ".join(words.WAYS.values()),
    )
    for start in (0, 3):
        columns = st.columns(3)
        for column, name in zip(columns, list(NUMBERS)[start : start + 3], strict=False):
            with column:
                _number(name)


def _number(name: str) -> None:
    label, help_ = NUMBERS[name]
    least, most = RANGES[fields.TRAINING[name]]
    st.number_input(label, least, most, step=1, key=name, persist_state="session", help=help_)


def _own() -> None:
    """Draw the box for a text of one's own, and the place for a file."""
    left, right = st.columns([3, 2], gap="medium")
    held = st.session_state.get(FROM_FILE)
    with left:
        st.text_area(
            "Your own text",
            key=OWN,
            height=130,
            max_chars=MOST_TYPED,
            persist_state="session",
            placeholder="A few pages in any language that has spaces between its words",
            disabled=held is not None,
        )
    with right:
        st.file_uploader(
            "Or a text file, in UTF-8",
            type="txt",
            key=FILE,
            max_upload_size=MOST_BYTES // 10**6,
            on_change=_take_file,
        )
        if held:
            write.quiet(f"“{held[0]}” is the text: {len(held[1]):,} letters.")
            st.button("Forget the file", key="forget_text_file", icon=":material/close:", on_click=_forget_file)
        if refused := st.session_state.get(REFUSED):
            st.warning(write.plain(refused), icon=":material/info:")
    write.quiet("It stays in this session: it is in no link, and nobody else sees it.")


def _take_file() -> None:
    """Take what was brought; what was there before stays where the file cannot be read."""
    sent = st.session_state.get(FILE)
    st.session_state[REFUSED] = ""
    if sent is None:
        _forget_file()
        return
    try:
        st.session_state[FROM_FILE] = (sent.name[:60], decoded(sent.getvalue(), f"“{sent.name[:60]}”"))
    except TrainingError as error:
        st.session_state[REFUSED] = str(error)


def _forget_file() -> None:
    st.session_state.pop(FROM_FILE, None)
    st.session_state[REFUSED] = ""
