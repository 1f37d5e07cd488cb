"""The sentence boxes, what is said under them, and the examples that fill them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from selfattn.core.presets import DEFAULT_PRESET, PRESET_TITLES
from selfattn.core.senses import FAILURES, SENSES, known_sense
from selfattn.core.sentences import NoSpacesError, Sentence, TextError
from selfattn.figures.text import short
from selfattn.sets.vector_set import BUNDLED, HAND
from selfattn.ui import controls, fields, session_sets, state, widgets, write
from selfattn.ui.run import Run

SENTENCE_PAIR = ("a", "b")
PLACEHOLDERS = (
    "Money bank grows",
    "River bank flows",
    "The bank approved our loan",
    "Fish swim near the bank",
    "Type a sentence",
    "Type a sentence",
)
FEW = 4  # unknown words that are named
MEANT = "Did you mean"
EXAMPLES, EXAMPLE, FAILURE, TWO_NUMBERS = "examples", "example", "failure", "two numbers a word"


def sentence(run: Run, name: str, label: str) -> Sentence | None:
    """Draw a sentence box, and under it what cannot be used; None where there is nothing to compute."""
    typed = box(name, label, placeholder(name), on_change=state.forget_places, kwargs={"row": name == "a"})
    try:
        sentence = run.embed(typed, drop_punctuation=run.drops)
    except TextError as error:
        write.warn(str(error))
        if isinstance(error, NoSpacesError):
            controls.to_word_vectors()
        did_you_mean(name, respellings(name, error.sentence), asked=True)
        return None
    say(name, sentence)
    return sentence


def box(field: str, label: str, placeholder: str, *, longest: int = fields.MAX_CHARACTERS, **looks: Any) -> str:
    """Draw the box of a field, which is read while one types, and give what stands in it."""
    looks |= widgets.of_field(field)
    typed = st.text_input(label, live=True, placeholder=placeholder, **looks)
    return write.within(str(fields.FIELDS[field].default) if typed is None else typed, longest).strip()


def say(field: str, sentence: Sentence) -> None:
    """Say what was left out of the sentence in a box, and offer other words for it."""
    for line in remarks(sentence):
        write.quiet(line)
    did_you_mean(field, respellings(field, sentence))


def did_you_mean(field: str, fills: Mapping[str, dict[str, str]], *, asked: bool = False) -> None:
    """Draw near spellings of what the vocabulary does not have; one that is clicked is put into the box of a field.

    `asked` tells that the words above them ask already.
    """
    if fills:
        with st.container(key=f"meant_{field}", horizontal=True, gap="small", vertical_alignment="center"):
            if not asked:
                st.html(f'<p class="sa-quiet">{MEANT}</p>', width="content")
            pills(f"{field}: {MEANT}", MEANT, fills, label_visibility="collapsed")


def respellings(field: str, sentence: Sentence) -> dict[str, dict[str, str]]:
    """Give near spellings of the unknown words in a box, each with the text that has it in their place."""
    near = {word: sentence.spellings.get(word, ()) for word in sentence.unknown[:FEW]}
    return named(near, lambda word, other: {field: sentence.respelled(word, other)})


def named(near: Mapping[str, Sequence[str]], fill: Callable[[str, str], dict[str, str]]) -> dict[str, dict[str, str]]:
    """Name near spellings, with what a click on one fills: the nearest of each word where several are unknown."""
    offered = {word: others for word, others in near.items() if others}
    if len(offered) == 1:
        return {other: fill(word, other) for word, others in offered.items() for other in others}
    return {f"{short(word)} → {others[0]}": fill(word, others[0]) for word, others in offered.items()}


def pills(name: str, title: str, fills: Mapping[str, dict[str, str]], **looks: Any) -> None:
    """Draw pills, if there are any, and fill the fields that belong to the one that is clicked."""

    def take(label: str | None) -> None:
        fill = fills.get(label or "", {})
        state.forget_places(row="a" in fill)
        state.put(**fill)

    if fills:
        labels = {label: write.plain(label) for label in fills}
        widget = widgets.widget(name, None, take, labels=[title, *fills])
        st.pills(title, list(fills), wrap=True, format_func=labels.__getitem__, **widget, **looks)


def grid(count: int | None = None) -> list[DeltaGenerator]:
    """Make the places of so many sentence boxes, side by side where there is room: three, and of four two.

    There are as many as the link says, unless told otherwise.
    """
    count = count or int(state.get(fields.COUNT))
    wide = 2 if count == 4 else 3
    return [place for first in range(0, count, wide) for place in st.columns(min(wide, count - first))]


def beside(run: Run, places: Sequence[DeltaGenerator]) -> list[Sentence | None]:
    """Draw the boxes of sentences A, B and so on, each in its place."""
    typed = []
    for name, place in zip(fields.SENTENCES, places, strict=False):
        with place:
            typed.append(sentence(run, name, f"Sentence {name.upper()}"))
    return typed


def placeholder(name: str) -> str:
    """Give the example that an empty box shows; the boxes of one lesson alone show what they start with."""
    return PLACEHOLDERS[fields.SENTENCES.index(name)] if name in fields.SENTENCES else str(fields.FIELDS[name].default)


def remarks(sentence: Sentence) -> list[str]:
    """Say what was left out of a sentence, and why."""
    lines = []
    words = [
        word for word in sentence.unknown if any(letter.isalnum() for letter in word) or len(sentence.unknown) == 1
    ]
    if words:
        named = ", ".join(f"“{short(word)}”" for word in words[:FEW])
        more = f" and {len(words) - FEW} more" if len(words) > FEW else ""
        lines.append(f"Not in the vocabulary, so left out: {named}{more}.")
    if sentence.cut:
        last = sentence.tokens[-1]
        lines.append(f"Only the first {len(sentence)} words are computed; the {sentence.cut} after “{last}” are cut.")
    return lines


def count() -> None:
    """Draw the choice of how many sentences there are."""
    numbers = {number: str(number) for number in range(2, len(fields.SENTENCES) + 1)}
    widgets.choice("Sentences", numbers, widgets.of_field(fields.COUNT), on_change=_fill)


def _fill() -> None:
    """Give a new box the next example of the word, so that it is not empty; what was typed stays."""
    known = SENSES.get(widgets.shown(controls.CHOSEN_WORD) or "")
    firsts, seconds = (list(texts) for texts in known.examples.values()) if known else ([], [])
    used = {state.get(name) for name in fields.SENTENCES}
    spare = [text for pair in zip(firsts, seconds, strict=False) for text in pair if text not in used]
    for name in fields.SENTENCES[: state.get(fields.COUNT)]:
        if not state.get(name) and spare:
            state.put(**{name: spare.pop(0)})


def examples(run: Run) -> None:
    """Draw the examples to click: a pair of sentences for every ambiguous word, and pairs on which it fails."""
    widgets.behind("Examples", "lightbulb", EXAMPLES, lambda: _examples(run))


def _examples(run: Run) -> None:
    known = [word for word in SENSES if word in run.vectors.key_to_index and known_sense(word, run.vectors)]
    fails = [failure for failure in FAILURES if failure.word in known]
    two_meanings(known)
    pairs = {f"{each.a} / {each.b}": [each.a, each.b] for each in fails}
    example_pills("Where it fails untrained, and why", FAILURE, pairs, preset=DEFAULT_PRESET)


def two_meanings(words: Iterable[str]) -> None:
    """Draw ambiguous words to click, each with a sentence for either sense."""
    pairs = {word: [texts[0] for texts in SENSES[word].examples.values()] for word in words}
    example_pills("Words with two meanings", EXAMPLE, pairs)


def example_pills(
    title: str,
    key: str,
    examples: Mapping[str, Sequence[str]],
    *,
    popover: str = EXAMPLES,
    names: Sequence[str] = fields.SENTENCES,
    preset: str = "",
) -> None:
    """Draw examples by their labels, if there are any; the chosen one fills the boxes of these names.

    It closes the popover as well: what was chosen is behind it. `preset` is what the examples are examples of.
    """

    def take(label: str) -> None:
        state.forget_places()
        state.put(word="", **dict(zip(names, examples[label], strict=False)))
        st.session_state[popover] = False
        if preset:
            state.choose_preset(preset)

    if examples:
        widget = widgets.widget(key, None, take, labels=list(examples))
        st.pills(title, list(examples), format_func=write.plain, **widget)


def two_numbers(run: Run) -> None:
    """Draw the button that works on two numbers a word, written by hand, and back again."""
    if run.chosen.key == HAND:
        st.button(
            f"Back to {BUNDLED}",
            icon=":material/undo:",
            key=TWO_NUMBERS,
            on_click=session_sets.use,
            args=(session_sets.bundled(),),
        )
    else:
        st.button("Two numbers a word", icon=":material/looks_two:", key=TWO_NUMBERS, on_click=_take_two_numbers)


def _take_two_numbers() -> None:
    """Take the table that is written by hand: the plot is the space, and all can be checked in the head."""
    words = {word.lower() for name in SENTENCE_PAIR for word in state.get(name).split()}
    if (table := session_sets.by_hand()) and not words <= set(table.vectors.key_to_index):
        state.put(a=PLACEHOLDERS[0], b=PLACEHOLDERS[1])
    state.forget_places()
    state.put(**{fields.SET: HAND, fields.WORD: ""})


def honest_note() -> None:
    """Where the sentences are one of the pairs on which it fails, say so and why, and of which preset that is said."""
    said_of = "" if state.preset() == DEFAULT_PRESET else f" This is said of “{PRESET_TITLES[DEFAULT_PRESET]}”."
    for failure in FAILURES:
        if (state.get("a"), state.get("b")) == (failure.a, failure.b):
            st.info(f"**Where it fails.** {write.plain(failure.why)}{said_of}", icon=":material/error_outline:")
