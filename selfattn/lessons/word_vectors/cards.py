"""A set of word vectors as a card: what it is, what it knows of the word, and the button that uses it."""

from weakref import WeakKeyDictionary

import streamlit as st
from gensim.models import KeyedVectors

from selfattn.sets.explore import ExploreError, neighbours
from selfattn.sets.vector_set import VectorSet
from selfattn.ui import fields, session_sets, state, write
from selfattn.ui.run import Run

WORD, FEW = "bank", 4
_near: WeakKeyDictionary[KeyedVectors, dict[str, str]] = WeakKeyDictionary()


def card(set_: VectorSet, *, chosen: bool) -> None:
    """Draw the card of a set."""
    with st.container(
        key=f"set_card {set_.key}", border=True, horizontal=True, vertical_alignment="center",
        horizontal_alignment="distribute",
    ):  # fmt: skip
        with st.container(width="stretch", gap=None):
            write.prose(set_.title)
            write.quiet(f"{set_.facts}. {set_.source}")
            for remark in set_.remarks:
                write.quiet(remark)
            if near := nearest(set_.vectors, state.get(fields.WORD) or WORD):
                write.quiet(near)
        label, icon = ("In use", ":material/check:") if chosen else ("Use", None)
        st.button(label, key=f"use {set_.key}", icon=icon, disabled=chosen, on_click=session_sets.use, args=(set_,))


def code(run: Run) -> str:
    """Write the lines that load the chosen set and give what its card says: `words`, `numbers` and `nearest`."""
    word = state.get(fields.WORD) or WORD
    lines = [run.chosen.code, "words, numbers = vectors.vectors.shape"]
    if nearest(run.vectors, word):
        lines.append(f"nearest = [near for near, _ in vectors.most_similar({word!r}, topn={FEW})]")
    return "\n".join([*lines, "print(words, numbers)"])


def nearest(vectors: KeyedVectors, word: str) -> str:
    """Say what a set has nearest to a word; nothing where it lacks the word. Searched once for a set and a word."""
    known = _near.setdefault(vectors, {})
    if word not in known:
        known.clear()
        try:
            words = ", ".join(near for near, _ in neighbours(word, vectors, FEW))
            known[word] = f"Nearest to “{word}”: {words}."
        except ExploreError:
            known[word] = ""
    return known[word]
