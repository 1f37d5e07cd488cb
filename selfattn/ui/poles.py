"""The poles of a word: as shipped, or as the user wrote them."""

from __future__ import annotations

import streamlit as st

from selfattn.core import senses
from selfattn.core.senses import AmbiguousWord
from selfattn.core.sentences import as_known
from selfattn.core.tokens import spelling
from selfattn.ui import fields, state, write
from selfattn.ui.run import Run


def sense_of(run: Run, chosen: str) -> AmbiguousWord | None:
    """Give the poles of a word: the user's own where there are any, else the shipped ones."""
    shipped = known_sense(run, chosen)
    left, right = (pole_words(run, own_pole(side, chosen)) for side in (fields.LEFT, fields.RIGHT))
    if not left and not right:
        return shipped
    if shipped:
        poles = list(shipped.poles.values())
        return shipped.with_poles(left or poles[0], right or poles[1])
    if left and right:
        names = left[0], right[0] if right[0] != left[0] else f"{right[0]} (2)"
        return AmbiguousWord(chosen, dict(zip(names, (left, right), strict=True)), {})
    return None


def known_sense(run: Run, word: str) -> AmbiguousWord | None:
    """Give the shipped poles of a word, if the chosen set has words of both."""
    return senses.known_sense(word, run.vectors)


def own_pole(side: str, chosen: str) -> str:
    """Give the pole that the user typed for this word; the field says for which word it is: “bank: money cash”."""
    owner, _, words = state.get(side).partition(": ")
    return str(words) if owner == chosen else ""


def pole_words(run: Run, text: str) -> tuple[str, ...]:
    """Read the words of a pole that the user typed: those that the vocabulary has, each once."""
    known = run.vectors.key_to_index
    return tuple(word for word in _separate(run, text) if word in known)


def _separate(run: Run, text: str) -> list[str]:
    known = run.vectors.key_to_index
    typed = text.replace(",", " ").replace(";", " ").split()
    return list(dict.fromkeys(as_known(spelling(word), word, known) or spelling(word) for word in typed))


def edit(run: Run, word: str | None) -> None:
    """Draw the words of both poles, to be edited."""
    if word is None:
        return
    shipped = known_sense(run, word)
    names = list(shipped.poles) if shipped else ["First sense", "Second sense"]
    with st.popover("Poles", icon=":material/tune:"):
        for index, side in enumerate((fields.LEFT, fields.RIGHT)):
            _pole(run, side, word, names[index], " ".join(shipped.poles[names[index]]) if shipped else "")


def _pole(run: Run, side: str, word: str, name: str, shipped: str) -> None:
    key = f"{side} of {word}"

    def take() -> None:
        typed = " ".join(st.session_state[key].split())
        state.put(**{side: f"{word}: {typed}" if typed not in ("", shipped) else ""})

    st.session_state[key] = own_pole(side, word) or shipped
    st.text_area(
        name.capitalize(),
        key=key,
        height=130,
        max_chars=600,
        on_change=take,
        placeholder="Eight to twelve words that stand for this sense",
        help="Words apart by spaces. Emptied, the pole takes its first words back.",
    )
    if unknown := [
        typed_word for typed_word in _separate(run, st.session_state[key]) if typed_word not in run.vectors.key_to_index
    ]:
        write.quiet(f"Not in the vocabulary, so left out: {', '.join(unknown)}.")
    elif not st.session_state[key]:
        write.quiet("Without words at both poles the axes come from the sentences, and there is no meter.")
