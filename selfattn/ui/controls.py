"""The choices on a page, each a widget with its one key; what they return is ready to compute with."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from selfattn.presets import PRESET_NOTES, PRESET_TITLES
from selfattn.senses import SENSES
from selfattn.sentences import Sentence
from selfattn.ui import loaders, state
from selfattn.ui.poles import sense_of

CHOSEN_WORD, CHOSEN_ROW = "chosen word", "chosen row"
STEP_NAMES = ("Vectors", "Dot products", "Scaled", "Weights", "Weighted sum", "Contextual")
STEP_TITLES = {step: f"{at + 1} {name}" for at, (step, name) in enumerate(zip(state.STEPS, STEP_NAMES, strict=True))}


def word(sentences: Sequence[Sentence | None]) -> str | None:
    """Draw the choice of the word; the word that the sentences share is chosen unless the user says otherwise.

    The user's own choice is kept while a sentence that has the word is being rewritten.
    """
    options = shared_words([one for one in sentences if one])
    if not options:
        return None
    wanted = state.get(state.WORD)
    st.session_state[CHOSEN_WORD] = wanted if wanted in options else options[0]
    chosen: str = st.selectbox(
        "Word", options, key=CHOSEN_WORD, on_change=_take_word, help="The word whose meaning is followed."
    )
    return chosen


def _take_word() -> None:
    state.put(word=st.session_state[CHOSEN_WORD])


def shared_words(sentences: Sequence[Sentence]) -> list[str]:
    """List the words of all sentences, most telling first: known ambiguous words, then rare before frequent.

    Where the sentences share no word, all their words are listed.
    """
    if not sentences:
        return []
    every = [set(one.tokens) for one in sentences]
    candidates = set.intersection(*every) or set.union(*every)
    rank = loaders.vectors().key_to_index
    order = list(SENSES)
    return sorted(candidates, key=lambda token: (order.index(token) if token in SENSES else len(order), -rank[token]))


def row(sentence: Sentence) -> int:
    """Draw the choice of one word of a sentence, by its place: words may repeat."""
    rows = range(len(sentence))
    wanted = state.get(state.ROW)
    st.session_state[CHOSEN_ROW] = wanted if wanted in rows else _telling_row(sentence)
    with st.container(width=220):
        chosen: int = st.selectbox(
            "Word",
            rows,
            key=CHOSEN_ROW,
            on_change=_take_row,
            format_func=lambda at: f"{at + 1}  {sentence.tokens[at]}",
            help="The word that is rewritten; clicking a row of the heatmap chooses it, too.",
        )
    return chosen


def _telling_row(sentence: Sentence) -> int:
    wanted = state.get(state.WORD)
    return sentence.index(wanted if wanted in sentence.tokens else shared_words([sentence])[0])


def _take_row() -> None:
    state.put(row=st.session_state[CHOSEN_ROW])


def forget_row() -> None:
    """A place in a sentence means nothing in another."""
    state.put(row=state.FIELDS[state.ROW].default)


def step() -> None:
    """Draw the choice of the step."""
    st.segmented_control(
        "Step",
        state.STEPS,
        key=state.STEP,
        persist_state="session",
        required=True,
        wrap=True,
        format_func=lambda name: STEP_TITLES[name],
    )


def preset() -> None:
    """Draw the choice of the preset; settings of one's own are named as such."""
    own = state.get(state.PRESET) == state.OWN
    options = [*PRESET_TITLES, *([state.OWN] if own else [])]
    st.segmented_control(
        "How the weights are computed",
        options,
        key=state.PRESET,
        persist_state="session",
        required=True,
        wrap=True,
        on_change=state.choose_preset,
        format_func=lambda name: PRESET_TITLES.get(name, "Your own"),
        help=" · ".join(f"**{title}**: {PRESET_NOTES[name]}" for name, title in PRESET_TITLES.items()),
    )


def switches() -> None:
    """Draw the temperature and a switch for each thing that a preset sets."""
    follow = state.follow_switches
    st.slider(
        "Temperature",
        state.COLDEST,
        state.HOTTEST,
        step=0.1,
        key=state.TEMPERATURE,
        persist_state="session",
        on_change=follow,
        help="Divides the scores: higher spreads the weight, lower gives it to the best match.",
    )
    st.toggle(
        "Divide by √d",
        key=state.SCALE,
        persist_state="session",
        on_change=follow,
        help="As the transformer does, so that wide vectors do not make scores extreme.",
    )
    st.toggle(
        "Attend to itself",
        key=state.SELF,
        persist_state="session",
        on_change=follow,
        help="A word likes itself best; without this, only the others count.",
    )
    st.toggle(
        "Centre the vectors",
        key=state.CENTRE,
        persist_state="session",
        on_change=follow,
        help="Take out what all words have in common (All-but-the-Top).",
    )
    st.toggle(
        "Lower frequent words",
        key=state.FREQUENCY,
        persist_state="session",
        on_change=follow,
        help="“the” and “of” tell little; they lose weight (SIF).",
    )
    st.toggle(
        "Lower distant words",
        key=state.DISTANCE,
        persist_state="session",
        on_change=follow,
        help="A score loses a twentieth for every word between two words.",
    )
    st.toggle(
        "Count punctuation",
        key=state.PUNCTUATION,
        persist_state="session",
        help="Commas and full stops have vectors too.",
    )


def basis(word: str | None) -> None:
    """Draw the choice of what the axes are fitted on."""
    titles = {"poles": "Poles", "words": "Words"}
    st.segmented_control(
        "Axes from",
        state.BASES,
        key=state.BASIS,
        persist_state="session",
        required=True,
        format_func=lambda name: titles[name],
        disabled=word is None or sense_of(word) is None,
        help="**Poles**: the words of the two senses; no edit moves the axes. **Words**: the words of your sentences.",
    )


def pulls() -> None:
    """Draw the switch for the pulls."""
    st.toggle(
        "Pulls",
        key=state.PULLS,
        persist_state="session",
        help="What each word adds, tip to tail, from the static to the contextual point.",
    )
