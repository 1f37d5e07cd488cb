"""The poles of a word: as shipped, or as the user wrote them."""

from collections.abc import Sequence

import streamlit as st

from selfattn.core.between import sense_between
from selfattn.core.lookup import lookup, vocabulary
from selfattn.core.senses import AmbiguousWord, known_sense
from selfattn.core.sentences import Sentence
from selfattn.core.tokens import parted, spelling
from selfattn.ui import fields, state, widgets, write
from selfattn.ui.run import Run

POLES = "poles"
LONGEST = 600  # characters of a pole


def sense_of(run: Run, word: str, sentences: Sequence[Sequence[str]] = ()) -> AmbiguousWord | None:
    """Give the poles of a word: the user's own where there are any, else the shipped ones, else those of two sentences.

    Parameters
    ----------
    run : Run
    word : str
    sentences : sequence of sequences of str
        The tokens of the sentences that have it.
    """
    shipped = known_sense(word, run.vectors)
    found = shipped or _of_sentences(run, word, sentences)
    left, right = (_split(run, _own_pole(side, word))[0] for side in (fields.LEFT, fields.RIGHT))
    if not left and not right:
        return found
    first, second = found.poles.values() if found else ((), ())
    poles = left or first, right or second
    if shipped or not all(poles):
        return shipped.with_poles(*poles) if shipped else None
    names = poles[0][0], poles[1][0] if poles[1][0] != poles[0][0] else f"{poles[1][0]} (2)"
    return AmbiguousWord(word, dict(zip(names, poles, strict=True)), {})


def _of_sentences(run: Run, word: str, sentences: Sequence[Sequence[str]]) -> AmbiguousWord | None:
    """Make poles out of the first two sentences; None where there are not two."""
    return sense_between(word, sentences[0], sentences[1], run.vectors) if len(sentences) > 1 else None


def _own_pole(side: str, word: str) -> str:
    """Give the pole that the user typed for this word; the field says for which word it is: “bank: money cash”."""
    owner, _, words = state.get(side).partition(": ")
    return str(words) if owner == word else ""


def _split(run: Run, text: str) -> tuple[tuple[str, ...], list[str]]:
    """Read the words of a pole that the user typed, each once: those that the vocabulary has, and the others."""
    known = run.vectors.key_to_index
    typed = parted(text.replace(",", " ").replace(";", " "), vocabulary(run.vectors))
    words = dict.fromkeys(lookup(word, run.vectors) or spelling(word) for word in typed)
    return tuple(word for word in words if word in known), [word for word in words if word not in known]


def edit(run: Run, word: str | None, sentences: Sequence[Sentence | None]) -> None:
    """Draw the words of both poles, to be edited."""
    if word is None:
        return
    tokens = [sentence.tokens for sentence in sentences if sentence and word in sentence.tokens]
    shipped = known_sense(word, run.vectors) or _of_sentences(run, word, tokens)
    poles = shipped.poles if shipped else {"First sense": (), "Second sense": ()}

    def both() -> None:
        for side, (name, words) in zip((fields.LEFT, fields.RIGHT), poles.items(), strict=True):
            _pole(run, side, word, name, " ".join(words))

    widgets.behind("Poles", "tune", POLES, both)


def _pole(run: Run, side: str, word: str, name: str, shipped: str) -> None:
    key = f"{side} of {word}"

    def take() -> None:
        typed = " ".join(fields.cut(st.session_state[key], LONGEST).split())
        state.put(**{side: f"{word}: {typed}" if typed not in ("", shipped) else ""})

    st.session_state[key] = _own_pole(side, word) or shipped
    st.text_area(
        name.capitalize(),
        key=key,
        height=130,
        on_change=take,
        placeholder="Eight to twelve words that stand for this sense",
        help="Words apart by spaces. Emptied, the pole takes its first words back.",
    )
    if unknown := _split(run, write.within(st.session_state[key], LONGEST))[1]:
        write.quiet(f"Not in the vocabulary, so left out: {', '.join(unknown)}.")
    elif not st.session_state[key]:
        write.quiet("Without words at both poles there is no line between two senses.")
