"""What a training is chosen by: the text, the settings, and the word that is followed."""

from dataclasses import dataclass
from itertools import islice

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from selfattn.lessons.word_vectors import train_prose as prose
from selfattn.sets.training import RANGES, TEXTS, TrainingError, decoded, shipped_text
from selfattn.sets.training.text import MOST_BYTES
from selfattn.ui import boxes, controls, fields, state, widgets, write
from selfattn.ui.run import Run

OWN, FILE, FROM_FILE, REFUSED = "own text", "text file", "text of a file", "refused text file"
LONGEST = 420  # letters of a paragraph that are shown of a text
READ = 20_000  # letters of a text in which its first paragraphs are looked for
MOST_TYPED = 20_000  # letters; longer texts come as a file, so that a browser need not send them with every event
LONGEST_NAME = 60  # letters of a file's name that are shown
PLACEHOLDER = "A few pages in any language that has spaces between its words"
IN_A_ROW = 3  # numbers among the settings
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
        blocks = (block.strip() for block in self.words[:READ].split("\n\n"))
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
    held: Text | None = st.session_state.get(FROM_FILE)
    if held:
        return held
    typed = fields.cut(st.session_state.get(OWN) or "", MOST_TYPED)
    if not typed.strip():
        raise TrainingError("Write or paste a text of your own, or bring a .txt file.")
    return Text("your own text", typed, names=None)


def draw(run: Run, followed: str) -> DeltaGenerator:
    """Draw the choices side by side; a text of one's own has its box below. Gives the line that they stand on.

    `followed` is the word that an empty box stands for. A room has them behind one button already; on a phone they
    get one, so that the picture is on the first screen.
    """
    line = controls.line()
    with line:
        if run.small:
            with st.popover("Text and settings", icon=":material/tune:", key="training_choices"):
                _text(run, followed)
                _own()
                _settings()
            return line
        _text(run, followed)
        if not run.projecting:
            with st.popover("Settings", icon=":material/tune:", key="training_settings"):
                _settings()
    _own()
    if run.projecting:
        _settings()
    return line


def _text(run: Run, followed: str) -> None:
    """Draw the choice of the text, and the word that is followed."""
    of_texts = "Three texts ship with the app; “bank” has both its meanings in each of them."
    widgets.choice("Text", SHORT, widgets.of_field(fields.TEXT), wrap=True, help=of_texts)
    boxes.box(fields.WATCH, "Word to follow", followed, longest=100, width=controls.word_width(run))


def _settings() -> None:
    of_models = "fastText also gives vectors to unknown words, made of their parts."
    widgets.choice("Model", prose.MODEL_NAMES, widgets.of_field(fields.MODEL), help=of_models)
    of_ways = " ".join(prose.WAYS.values())
    widgets.choice("Way to train", prose.WAY_NAMES, widgets.of_field(fields.SKIP_GRAM), help=of_ways)
    columns = [*st.columns(IN_A_ROW), *st.columns(IN_A_ROW)]
    for column, (name, (label, help_)) in zip(columns, NUMBERS.items(), strict=False):
        least, most = RANGES[fields.TRAINING[name]]
        column.number_input(label, least, most, step=1, help=help_, **widgets.of_field(name))


def _own() -> None:
    """Draw the box for a text of one's own, and the place for a file, if that is chosen."""
    if state.get(fields.TEXT) != fields.OWN_TEXT:
        return
    left, right = st.columns([3, 2], gap="medium")
    held = st.session_state.get(FROM_FILE)
    looks = widgets.of_field(OWN) | {"placeholder": PLACEHOLDER, "disabled": held is not None}
    with left:
        write.within(st.text_area("Your own text", height=130, **looks) or "", MOST_TYPED)
    with right:
        limit = MOST_BYTES // 10**6
        st.file_uploader("Or a text file, in UTF-8", type="txt", key=FILE, max_upload_size=limit, on_change=_take_file)
        if held:
            write.quiet(f"“{held.title}” is the text: {len(held.words):,} letters.")
            st.button("Forget the file", key="forget_text_file", icon=":material/close:", on_click=_forget_file)
        if refused := st.session_state.get(REFUSED):
            write.warn(refused)
    write.quiet("It stays in this session: it is in no link, and nobody else sees it.")


def _take_file() -> None:
    """Take what was brought; what was there before stays where the file cannot be read."""
    sent = st.session_state.get(FILE)
    st.session_state[REFUSED] = ""
    if sent is None:
        _forget_file()
        return
    name = sent.name[:LONGEST_NAME]
    try:
        st.session_state[FROM_FILE] = Text(name, decoded(sent.getvalue(), f"“{name}”"), names=None)
    except TrainingError as error:
        st.session_state[REFUSED] = str(error)


def _forget_file() -> None:
    st.session_state.pop(FROM_FILE, None)
