"""Where vectors come from: chosen among those at hand, loaded by name, uploaded, trained, or written by hand."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from selfattn.sets import BUNDLED
from selfattn.ui import by_hand, cards, loaders, named, shell, train, uploads
from selfattn.ui.choice import Choice


def arrive() -> None:
    """Take what jobs have brought, before the page is drawn."""
    uploads.arrive()
    train.arrive()


def choose() -> Choice:
    """Choose among the sets at hand, and from the catalogue of those that can be loaded by name."""
    return Choice(_show_sets, cards.code)


def _show_sets() -> None:
    now = loaders.chosen()
    shell.finding(f"Every lesson now works with {now.title}: {now.facts}.")
    if missing := loaders.missing():
        shell.quiet(f"{missing} {BUNDLED} stands in.")
    left, right = st.columns(2, gap="large")
    with left:
        for one in loaders.known():
            cards.card(one, chosen=one is now)
    with right:
        shell.prose(
            "Self-attention begins with vectors that were learned before: Word2Vec, GloVe, fastText. More of them, by "
            "name, are in the catalogue that gensim keeps."
        )
        named.offer()


STEPS: dict[str, Callable[[], Choice]] = {
    "choose": choose,
    "upload": uploads.choose,
    "train": train.choose,
    "byhand": by_hand.choose,
}
TITLES = {
    "choose": "Which word vectors?",
    "upload": "Bring your own word vectors",
    "train": "Train your own word vectors",
    "byhand": "Vectors written by hand",
}
