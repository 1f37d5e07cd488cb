"""The poles of a word: as shipped, or as the user wrote them."""

import streamlit as st

from selfattn.core.senses import AmbiguousWord, known_sense
from selfattn.core.sentences import as_known
from selfattn.core.tokens import spelling
from selfattn.ui import fields, state, write
from selfattn.ui.run import Run


def sense_of(run: Run, word: str) -> AmbiguousWord | None:
    """Give the poles of a word: the user's own where there are any, else the shipped ones."""
    shipped = known_sense(word, run.vectors)
    left, right = (_split(run, _own_pole(side, word))[0] for side in (fields.LEFT, fields.RIGHT))
    if not left and not right:
        return shipped
    if shipped:
        first, second = shipped.poles.values()
        return shipped.with_poles(left or first, right or second)
    if left and right:
        names = left[0], right[0] if right[0] != left[0] else f"{right[0]} (2)"
        return AmbiguousWord(word, dict(zip(names, (left, right), strict=True)), {})
    return None


def _own_pole(side: str, word: str) -> str:
    """Give the pole that the user typed for this word; the field says for which word it is: “bank: money cash”."""
    owner, _, words = state.get(side).partition(": ")
    return str(words) if owner == word else ""


def _split(run: Run, text: str) -> tuple[tuple[str, ...], list[str]]:
    """Read the words of a pole that the user typed, each once: those that the vocabulary has, and the others."""
    known = run.vectors.key_to_index
    typed = text.replace(",", " ").replace(";", " ").split()
    words = dict.fromkeys(as_known(spelling(word), word, known) or spelling(word) for word in typed)
    return tuple(word for word in words if word in known), [word for word in words if word not in known]


def edit(run: Run, word: str | None) -> None:
    """Draw the words of both poles, to be edited."""
    if word is None:
        return
    shipped = known_sense(word, run.vectors)
    poles = shipped.poles if shipped else {"First sense": (), "Second sense": ()}
    with st.popover("Poles", icon=":material/tune:"):
        for side, (name, words) in zip((fields.LEFT, fields.RIGHT), poles.items(), strict=True):
            _pole(run, side, word, name, " ".join(words))


def _pole(run: Run, side: str, word: str, name: str, shipped: str) -> None:
    key = f"{side} of {word}"

    def take() -> None:
        typed = " ".join(st.session_state[key].split())
        state.put(**{side: f"{word}: {typed}" if typed not in ("", shipped) else ""})

    st.session_state[key] = _own_pole(side, word) or shipped
    st.text_area(
        name.capitalize(),
        key=key,
        height=130,
        max_chars=600,
        on_change=take,
        placeholder="Eight to twelve words that stand for this sense",
        help="Words apart by spaces. Emptied, the pole takes its first words back.",
    )
    if unknown := _split(run, st.session_state[key])[1]:
        write.quiet(f"Not in the vocabulary, so left out: {', '.join(unknown)}.")
    elif not st.session_state[key]:
        write.quiet("Without words at both poles the axes come from the sentences, and there is no meter.")
