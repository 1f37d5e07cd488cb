"""The choices on a page, each a widget with its one key; what they return is ready to compute with."""

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from selfattn.core.presets import PRESET_NOTES, PRESET_TITLES
from selfattn.core.senses import SENSES
from selfattn.core.sentences import Sentence
from selfattn.course import LESSONS, VECTORS, Lesson, Place
from selfattn.ui import fields, state, trained, widgets
from selfattn.ui.poles import sense_of
from selfattn.ui.run import Run

CHOSEN_WORD, CHOSEN_ROW = "chosen word", "chosen row"
SWITCHES = {
    fields.SCALE: ("Divide by √d", "As the transformer does, so that wide vectors do not make scores extreme."),
    fields.SELF: ("Attend to itself", "Without this, only the other words of the sentence count."),
    fields.CENTRE: ("Centre the vectors", "Take out what all words have in common (All-but-the-Top)."),
    fields.FREQUENCY: ("Lower frequent words", "“the” and “of” tell little; they lose weight (SIF)."),
    fields.DISTANCE: ("Lower distant words", "A score loses something for every word between two words."),
    fields.TRAINED: ("Trained query, key, value", "Three matrices make three vectors of one; they were learned."),
}


def line() -> DeltaGenerator:
    """Lay widgets side by side, their fields on one line."""
    return st.container(horizontal=True, vertical_alignment="bottom", gap="small")


def row_of_controls(run: Run) -> DeltaGenerator:
    """Lay controls side by side; on a phone put them behind a button, so that the picture is on the first screen."""
    return _behind_button(run) if run.small else line()


def beside_box(run: Run) -> tuple[DeltaGenerator, DeltaGenerator, DeltaGenerator]:
    """Lay controls beside a text box and below it: give the places of the box, of these, and of those."""
    if run.small:
        return st.container(), (rest := _behind_button(run)), rest
    with st.container(horizontal=True, gap="small"):
        box = st.container()
        right = st.container(horizontal=True, vertical_alignment="bottom", gap="small", width="content")
    return box, right, line()


def _behind_button(run: Run) -> DeltaGenerator:
    return (run.choices or st).popover("Choose", icon=":material/tune:", key="choose")


def word_width(run: Run) -> int:
    """Give the width of the box or the list in which a word is chosen: the same on every page."""
    return run.tall(150, 270)


def word(run: Run, sentences: Sequence[Sentence | None]) -> str | None:
    """Draw the choice of the word; the word that the sentences share is chosen unless the user says otherwise.

    The user's own choice is kept while a sentence that has the word is being rewritten.
    """
    return choose_word(run, shared_words(run, [sentence for sentence in sentences if sentence]))


def choose_word(run: Run, options: Sequence[str]) -> str | None:
    """Draw the choice of the word among some; the first one is chosen unless the user says otherwise."""
    if not options:
        st.empty()  # keeps the place, which what is typed may write to later only if it did from the start
        return None
    wanted = state.get(fields.WORD)
    shown = wanted if wanted in options else options[0]
    widget = widgets.widget(CHOSEN_WORD, shown, lambda word: state.put(word=word, guess=""))
    chosen: str = st.selectbox("Word", options, width=word_width(run), **widget)
    return chosen


def followed() -> str | None:
    """Give the word that is chosen on the screen that this run has drawn; None where none is."""
    return widgets.shown(CHOSEN_WORD) if any(key.startswith(CHOSEN_WORD) for key in widgets.drawn()) else None


def shared_words(run: Run, sentences: Sequence[Sentence]) -> list[str]:
    """List the words of all sentences, most telling first: known ambiguous words, then rare before frequent.

    Where the sentences share no word, all their words are listed.
    """
    if not sentences:
        return []
    every = [set(sentence.tokens) for sentence in sentences]
    candidates = set.intersection(*every) or set.union(*every)
    rank = run.vectors.key_to_index
    order = list(SENSES)
    return sorted(candidates, key=lambda token: (order.index(token) if token in SENSES else len(order), -rank[token]))


def row(run: Run, sentence: Sentence | None) -> int:
    """Draw the choice of one word of a sentence, by its place: words may repeat. Without a sentence, it is 0."""
    if not sentence:
        st.empty()  # as in `word`
        return 0
    rows = range(len(sentence))
    wanted = state.get(fields.ROW)
    shown = wanted if wanted in rows else telling_row(run, sentence)
    named = [f"{place}  {token}" for place, token in enumerate(sentence.tokens, 1)]
    widget = widgets.widget(CHOSEN_ROW, shown, lambda row: state.put(row=row, guess=""), labels=named)
    chosen: int = st.selectbox("Word", rows, format_func=named.__getitem__, width=word_width(run), **widget)
    return chosen


def telling_row(run: Run, sentence: Sentence) -> int:
    """Give the place of the word that the lessons follow, or of the most telling one."""
    wanted = state.get(fields.WORD)
    return sentence.index(wanted if wanted in sentence.tokens else shared_words(run, [sentence])[0])


def step(lesson: Lesson) -> str:
    """Draw the choice of the step of a lesson."""
    titles = {step.key: f"{number} {step.title}" for number, step in enumerate(lesson.steps, 1)}
    widget = widgets.widget(fields.STEP, state.step(lesson), choose_step)
    widgets.choice("Step", titles, widget, wrap=True)
    return state.step(lesson)


def preset() -> None:
    """Draw the choice of the preset; settings of one's own are named as such."""
    chosen = state.preset()
    widgets.choice(
        "How the weights are computed",
        {**PRESET_TITLES, **({fields.OWN: "Your own"} if chosen == fields.OWN else {})},
        widgets.widget(fields.PRESET, chosen, choose_preset),
        wrap=True,
        help=" · ".join(f"**{title}**: {PRESET_NOTES[name]}" for name, title in PRESET_TITLES.items()),
    )


def choose_preset(name: str) -> None:
    """Take a preset; where a training was stopped, it may begin once more."""
    trained.ask_again()
    state.choose_preset(name)


def more(run: Run) -> None:
    """Draw every switch, behind a button: the preset is enough for most. For a room, all controls are behind one."""
    with st.container() if run.projecting else st.popover("Switches", icon=":material/toggle_on:"):
        help_ = "Divides the scores: higher spreads the weight, lower gives it to the best match."
        ends = fields.COLDEST, fields.HOTTEST
        st.slider("Temperature", *ends, step=0.1, help=help_, **_switch(fields.TEMPERATURE))
        for name, (label, help_) in SWITCHES.items():
            st.toggle(label, help=help_, **_switch(name))
        help_ = "Commas and full stops have vectors too."
        st.toggle("Count punctuation", help=help_, **widgets.of_field(fields.PUNCTUATION))


def way() -> None:
    """Draw how much of the way from static to contextual is shown."""
    title = "On the way from static to contextual"
    st.slider(title, 0, 100, step=5, format="%d %%", **widgets.of_field(fields.WAY))


def _switch(name: str) -> widgets.Widget:
    return widgets.widget(name, state.get(name), lambda value: state.choose_switch(**{name: value}))


def basis(run: Run, word: str | None) -> None:
    """Draw the choice of what the axes are fitted on."""
    widgets.choice(
        "Axes from",
        dict(zip(fields.BASES, ("Poles", "Words"), strict=True)),
        widgets.of_field(fields.BASIS),
        disabled=word is None or sense_of(run, word) is None,
        help="**Poles**: the words of the two senses; no edit moves the axes. **Words**: the words of your sentences.",
    )


def pulls() -> None:
    """Draw the switch for the pulls."""
    help_ = "What each word adds, tip to tail, from the static to the contextual point."
    st.toggle("Pulls", help=help_, **widgets.of_field(fields.PULLS))


def choose_step(key: str, *, answered: bool = False) -> None:
    """Begin a step: nothing lies open, and the question comes before its answer, unless said otherwise."""
    asks = any(step.asks for lesson in LESSONS for step in lesson.steps if step.key == key)
    state.put(step=key, view=None, hidden=asks and not answered, guess="", tables="")


def to_word_vectors() -> None:
    """Draw the link to where other vectors come from."""
    goal = Place(VECTORS, VECTORS.steps[0])
    st.page_link(VECTORS.page, label=VECTORS.title, icon=VECTORS.icon, query_params=state.link_to(goal))
