"""What a step of a lesson gives to its page."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import streamlit as st
from gensim.models import KeyedVectors

from selfattn.ui.panels import Result

LOOKS = 8  # figures of a kind that are kept of a set: for the windows and themes that are most seen
_measured: WeakKeyDictionary[KeyedVectors, set[str]] = WeakKeyDictionary()


@contextmanager
def first_time(vectors: KeyedVectors, says: str) -> Iterator[None]:
    """Say that a set is being measured, while that is so: what was measured is kept with the set."""
    measured = _measured.setdefault(vectors, set())
    if says in measured:
        yield
        return
    with st.spinner(says):
        yield
    measured.add(says)


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """A step, computed as far as its choices need it.

    Attributes
    ----------
    draw : function
        Draws the picture, or the question while the answer hides.
    source : function
        Writes the code of the screen.
    results : sequence of Result
        What can be traced and changed; empty where there is nothing to compute.
    asks : bool or None
        Whether there is something to predict; None where there is nothing to compute yet.
    code : bool or None
        Whether there is code; where there are results, unless said otherwise.
    numbers : str
        What it computes with, where that is not the chosen set.
    """

    draw: Callable[[], None]
    source: Callable[[], str]
    results: Sequence[Result] = ()
    asks: bool | None = None
    code: bool | None = None
    numbers: str = ""
