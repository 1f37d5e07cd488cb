"""What all sessions share: the vectors, loaded once."""

from __future__ import annotations

import gc
import sys
from functools import cache

import streamlit as st
from gensim.models import KeyedVectors

from selfattn.contextual import space
from selfattn.vectors import load_vectors

SWITCH_SECONDS = 0.0005  # Python's 0.005 keeps the server's own thread waiting for every run of a class


@cache
def vectors() -> KeyedVectors:
    """Give the bundled vectors, the same read-only object to every session."""
    return _loaded()  # asked for twenty times a run: Streamlit's cache is the slower one


@st.cache_resource(max_entries=1, show_spinner="Loading the word vectors …")
def _loaded() -> KeyedVectors:
    """Load the vectors, once however many sessions ask in the same moment."""
    loaded = load_vectors()
    space(loaded, centred=True)  # computed before the first class needs it, then kept with the set
    gc.collect()
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.freeze()  # what stays for good is left out of every later collection
    return loaded
