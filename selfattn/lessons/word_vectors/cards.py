"""A set of word vectors as a card: what it is, what it knows of the word, and the button that uses it."""

from __future__ import annotations

from weakref import WeakKeyDictionary

import streamlit as st
from gensim.models import KeyedVectors

from selfattn.sets import explore
from selfattn.sets.explore import ExploreError
from selfattn.sets.vector_set import VectorSet
from selfattn.ui import fields, loaders, state, write
from selfattn.ui.run import Run

WORD, FEW = "bank", 4
_near: WeakKeyDictionary[KeyedVectors, dict[str, str]] = WeakKeyDictionary()


def card(one: VectorSet, *, chosen: bool) -> None:
    """Draw the card of a set."""
    with st.container(
        key=f"set_card {one.key}",
        border=True,
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
    ):
        with st.container(width="stretch", gap=None):
            write.prose(one.title)
            write.quiet(f"{one.facts}. {one.source}")
            if near := nearest(one.vectors, state.get(fields.WORD) or WORD):
                write.quiet(near)
        st.button(
            "In use" if chosen else "Use",
            key=f"use {one.key}",
            icon=":material/check:" if chosen else None,
            disabled=chosen,
            on_click=loaders.use,
            args=(one,),
        )


def code(run: Run) -> str:
    """Write the lines that load the chosen set and give what its card says: `words`, `numbers` and `nearest`."""
    word, vectors = state.get(fields.WORD) or WORD, run.vectors
    lines = [run.chosen.code, "words, numbers = vectors.vectors.shape"]
    if nearest(vectors, word):
        lines.append(f"nearest = [near for near, _ in vectors.most_similar({word!r}, topn={FEW})]")
    return "\n".join([*lines, "print(words, numbers)"])


def nearest(vectors: KeyedVectors, word: str) -> str:
    """Say what a set has nearest to a word; nothing where it lacks the word. Searched once for a set and a word."""
    said = _near.setdefault(vectors, {})
    if word not in said:
        said.clear()
        said[word] = _searched(vectors, word)
    return said[word]


def _searched(vectors: KeyedVectors, word: str) -> str:
    try:
        found = explore.neighbours(word, vectors, FEW)
    except ExploreError:
        return ""
    return f"Nearest to “{word}”: {', '.join(near for near, _ in found)}."
