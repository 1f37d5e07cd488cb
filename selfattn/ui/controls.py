"""The widgets, each with its one key; what they return is ready to compute with."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from selfattn.presets import PRESET_NOTES, PRESET_TITLES
from selfattn.senses import FAILURES, SENSES
from selfattn.sentences import Sentence, TextError, embed
from selfattn.ui import loaders, shell, state
from selfattn.ui.poles import sense_of

PAUSE = "400ms"  # typing pause before a sentence is computed
PLACEHOLDERS = (
    "Money bank grows",
    "River bank flows",
    "The bank approved our loan",
    "Fish swim near the bank",
    "Type a sentence",
    "Type a sentence",
)
EXAMPLES, EXAMPLE, FAILURE = "examples", "example", "failure"


def sentence(name: str, label: str) -> Sentence | None:
    """Draw a sentence box, and under it what cannot be used; None where there is nothing to compute."""
    place = state.SENTENCES.index(name)
    text = st.text_input(
        label,
        key=name,
        live=PAUSE,
        max_chars=state.MAX_CHARACTERS,
        placeholder=PLACEHOLDERS[place],
        persist_state="session",
    )
    try:
        found = embed(text or "", loaders.vectors(), drop_punctuation=not state.get(state.PUNCTUATION))
    except TextError as error:
        st.warning(shell.plain(str(error)), icon=":material/info:")
        return None
    for line in remarks(found):
        shell.quiet(line)
    return found


def remarks(found: Sentence) -> list[str]:
    """Say what was left out of a sentence, and why."""
    lines = []
    words = [word for word in found.unknown if any(letter.isalnum() for letter in word) or len(found.unknown) == 1]
    if words:
        named = ", ".join(_with_spellings(word, found) for word in words[:4])
        more = f" and {len(words) - 4} more" if len(words) > 4 else ""
        lines.append(f"Not in the vocabulary, so left out: {named}{more}.")
    if found.cut:
        lines.append(
            f"Only the first {len(found)} words are computed; the {found.cut} after “{found.tokens[-1]}” are cut."
        )
    return lines


def _with_spellings(word: str, found: Sentence) -> str:
    near = found.spellings.get(word, ())
    return f"“{word}” (did you mean {' or '.join(near)}?)" if near else f"“{word}”"


def word(sentences: Sequence[Sentence | None]) -> str | None:
    """Draw the choice of the word; the word that the sentences share is chosen unless the user says otherwise."""
    options = shared_words([one for one in sentences if one])
    if not options:
        return None
    if state.get(state.WORD) not in options:
        state.put(**{state.WORD: options[0]})
    chosen: str = st.selectbox("Word", options, key=state.WORD, help="The word whose meaning is followed.")
    return chosen


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


def preset() -> None:
    """Draw the choice of the preset; settings of one's own are named as such."""
    own = state.get(state.PRESET) == state.OWN
    options = [*PRESET_TITLES, *([state.OWN] if own else [])]
    st.segmented_control(
        "How the weights are computed", options, key=state.PRESET, required=True, on_change=state.choose_preset,
        format_func=lambda name: PRESET_TITLES.get(name, "Your own"),
        help=" · ".join(f"**{title}**: {PRESET_NOTES[name]}" for name, title in PRESET_TITLES.items()),
    )  # fmt: skip


def switches() -> None:
    """Draw the temperature and a switch for each thing that a preset sets."""
    follow = state.follow_switches
    st.slider(
        "Temperature", state.COLDEST, state.HOTTEST, step=0.1, key=state.TEMPERATURE, on_change=follow,
        help="Divides the scores: higher spreads the weight, lower gives it to the best match.",
    )  # fmt: skip
    st.toggle(
        "Divide by √d",
        key=state.SCALE,
        on_change=follow,
        help="As the transformer does, so that wide vectors do not make scores extreme.",
    )
    st.toggle(
        "Attend to itself",
        key=state.SELF,
        on_change=follow,
        help="A word likes itself best; without this, only the others count.",
    )
    st.toggle(
        "Centre the vectors",
        key=state.CENTRE,
        on_change=follow,
        help="Take out what all words have in common (All-but-the-Top).",
    )
    st.toggle(
        "Lower frequent words",
        key=state.FREQUENCY,
        on_change=follow,
        help="“the” and “of” tell little; they lose weight (SIF).",
    )
    st.toggle(
        "Lower distant words",
        key=state.DISTANCE,
        on_change=follow,
        help="A score loses a twentieth for every word between two words.",
    )
    st.toggle("Count punctuation", key=state.PUNCTUATION, help="Commas and full stops have vectors too.")


def examples() -> None:
    """Draw the examples to click: a pair of sentences for every ambiguous word, and pairs on which it fails."""
    with st.popover("Examples", icon=":material/lightbulb:", key=EXAMPLES, on_change="rerun"):
        st.pills("Words with two meanings", list(SENSES), key=EXAMPLE, on_change=_take_example)
        st.pills(
            "Where it fails, and why",
            range(len(FAILURES)),
            key=FAILURE,
            on_change=_take_failure,
            format_func=_failure_name,
        )


def _failure_name(at: int) -> str:
    return f"{FAILURES[at].a} / {FAILURES[at].b}"


def _take_example() -> None:
    if chosen := SENSES.get(st.session_state[EXAMPLE]):
        firsts = [sentences[0] for sentences in chosen.examples.values()]
        state.put(**dict(zip(state.SENTENCES, firsts, strict=False)), word=chosen.word)
    st.session_state[EXAMPLE] = None
    st.session_state[EXAMPLES] = False  # close the popover: what was chosen is behind it


def _take_failure() -> None:
    at = st.session_state[FAILURE]
    if at is not None:
        state.put(a=FAILURES[at].a, b=FAILURES[at].b, word=FAILURES[at].word)
    st.session_state[FAILURE] = None
    st.session_state[EXAMPLES] = False


def honest_note() -> None:
    """Where the sentences are one of the pairs on which it fails, say so and why."""
    for failure in FAILURES:
        if (state.get("a"), state.get("b")) == (failure.a, failure.b):
            st.info(f"**Where it fails.** {shell.plain(failure.why)}", icon=":material/error_outline:")


STEP_NAMES = ("Vectors", "Dot products", "Scaled", "Weights", "Weighted sum", "Contextual")
STEP_TITLES = {step: f"{at + 1} {name}" for at, (step, name) in enumerate(zip(state.STEPS, STEP_NAMES, strict=True))}


def step() -> None:
    """Draw the choice of the step."""
    st.segmented_control("Step", state.STEPS, key=state.STEP, required=True, format_func=lambda name: STEP_TITLES[name])


def row(sentence: Sentence) -> int:
    """Draw the choice of one word of a sentence, by its place: words may repeat."""
    rows = range(len(sentence))
    if state.get(state.ROW) not in rows:
        wanted = state.get(state.WORD)
        state.put(row=sentence.index(wanted if wanted in sentence.tokens else shared_words([sentence])[0]))
    with st.container(width=220):
        chosen: int = st.selectbox(
            "Word", rows, key=state.ROW, format_func=lambda at: f"{at + 1}  {sentence.tokens[at]}",
            help="The word that is rewritten; clicking a row of the heatmap chooses it, too.",
        )  # fmt: skip
    return chosen


def sentence_grid() -> list[Sentence | None]:
    """Draw two to six sentence boxes, side by side where there is room."""
    names = state.SENTENCES[: state.get(state.COUNT)]
    found: list[Sentence | None] = []
    for start in range(0, len(names), 3 if len(names) != 4 else 2):
        line = names[start : start + (3 if len(names) != 4 else 2)]
        for column, name in zip(st.columns(len(line)), line, strict=True):
            with column:
                found.append(sentence(name, f"Sentence {name.upper()}"))
    return found


def count() -> None:
    """Draw the choice of how many sentences there are."""
    st.segmented_control(
        "Sentences", range(2, len(state.SENTENCES) + 1), key=state.COUNT, required=True, on_change=_fill
    )


def _fill() -> None:
    """Give a new box the next example of the word, so that it is not empty; what was typed stays."""
    known = SENSES.get(state.get(state.WORD))
    firsts, seconds = (list(one) for one in known.examples.values()) if known else ([], [])
    used = {state.get(name) for name in state.SENTENCES}
    spare = [text for pair in zip(firsts, seconds, strict=False) for text in pair if text not in used]
    for name in state.SENTENCES[: state.get(state.COUNT)]:
        if not state.get(name) and spare:
            state.put(**{name: spare.pop(0)})


def basis(word: str | None) -> None:
    """Draw the choice of what the axes are fitted on."""
    titles = {"poles": "Poles", "words": "Words"}
    st.segmented_control(
        "Axes from", state.BASES, key=state.BASIS, required=True, format_func=lambda name: titles[name],
        disabled=word is None or sense_of(word) is None,
        help="**Poles**: the words of the two senses; no edit moves the axes. **Words**: the words of your sentences.",
    )  # fmt: skip


def pulls() -> None:
    """Draw the switch for the pulls."""
    st.toggle(
        "Pulls", key=state.PULLS, help="What each word adds, tip to tail, from the static to the contextual point."
    )
