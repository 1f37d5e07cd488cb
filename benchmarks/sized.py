"""The home page on made-up vectors of as many numbers a word as the address says: `?numbers=300&set=mine-1`."""

import runpy
import sys
from functools import lru_cache
from pathlib import Path

import streamlit as st

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

# ruff: noqa: E402
import numpy as np  # behind selfattn, which says how many threads it uses
from sentences import made_up_words

from selfattn.core.vectors import keyed_vectors
from selfattn.sets.vector_set import VectorSet
from selfattn.ui import session_sets


@lru_cache(maxsize=2)
def _made(numbers: int) -> VectorSet:
    words = [*made_up_words(), "money", "bank", "grows", "river", "flows"]
    matrix = np.random.default_rng(0).normal(size=(len(words), numbers)).astype(np.float32)
    return VectorSet(
        key="mine-1", title="made up", vectors=keyed_vectors(words, matrix), source="Random numbers.", code=""
    )


session_sets.keep(_made(int(st.query_params["numbers"])))
runpy.run_path(str(ROOT / "app.py"))
