"""The code of a screen, ready for a notebook."""

from collections.abc import Callable, Sequence

import streamlit as st

from selfattn.sets.vector_set import BUNDLED_CODE
from selfattn.ui import write
from selfattn.ui.panels import Result
from selfattn.ui.run import Run
from selfattn.views import snippets


def show(run: Run, source: str) -> None:
    """Show the lines that compute what the screen shows, with a button that copies them."""
    write.finding("The same numbers, in a few lines of NumPy. Copy them into a notebook.")
    st.code(source.replace(BUNDLED_CODE, run.chosen.code), language="python")


def of_sentences(run: Run, results: Sequence[Result]) -> Callable[[], str]:
    """Give the code of one word in several sentences, written when it is asked for."""
    texts = [result.sentence.text for result in results]
    return lambda: snippets.two_sentences(texts, results[0].word, run.settings, drop_punctuation=run.drops)


def of_row(run: Run, results: Sequence[Result]) -> Callable[[], str]:
    """Give the code of one row of one sentence, the first result, written when it is asked for."""
    return lambda: snippets.of_word(results[0].sentence.text, results[0].row, run.settings, drop_punctuation=run.drops)
