"""Where vectors come from: chosen among those at hand, loaded by name, uploaded, trained, or written by hand."""

from collections.abc import Callable

import streamlit as st

from selfattn.lessons.word_vectors import by_hand, by_name, cards, train, uploads
from selfattn.sets.vector_set import BUNDLED
from selfattn.ui import session_sets, write
from selfattn.ui.run import Run
from selfattn.views.choice import Choice


def arrive() -> None:
    """Take what jobs have brought, before the page is drawn."""
    uploads.arrive()
    train.arrive()


def choose(run: Run) -> Choice:
    """Choose among the sets at hand, and from the catalogue of those that can be loaded by name."""
    return Choice(lambda: _show_sets(run), lambda: cards.code(run))


def _show_sets(run: Run) -> None:
    now = run.chosen
    write.finding(f"Every lesson now works with {now.title}: {now.facts}.")
    if missing := session_sets.missing():
        write.quiet(f"{missing} {BUNDLED} stands in.")
    left, right = st.columns(2, gap="large")
    with left:
        for set_ in session_sets.known():
            cards.card(set_, chosen=set_ is now)
    with right:
        write.prose(
            "Self-attention begins with vectors that were learned before: Word2Vec, GloVe, fastText. More of them, by "
            "name, are in the catalogue that gensim keeps."
        )
        by_name.offer()


STEPS: dict[str, Callable[[Run], Choice]] = {
    "choose": choose, "upload": uploads.choose, "train": train.choose, "byhand": by_hand.choose,
}  # fmt: skip
TITLES = {
    "choose": "Which word vectors?",
    "upload": "Bring your own word vectors",
    "train": "Train your own word vectors",
    "byhand": "Vectors written by hand",
}
