"""The yardstick: a bare page, tuned as the app is, with one box in a fragment and four charts of eight words."""

import sys
import zlib
from itertools import cycle, islice
from pathlib import Path

import numpy as np
import streamlit as st

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from selfattn import figures
from selfattn.ui import charts

WORDS = 8

st.set_page_config(page_title="yardstick", layout="wide")


@st.fragment
def page() -> None:
    typed = st.text_input("Sentence A", "Money bank grows", live=True)
    words = list(islice(cycle(typed.split() or ["bank"]), WORDS))
    scores = np.random.default_rng(zlib.crc32(typed.encode())).normal(size=(4, WORDS))
    weights = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    for number, row in enumerate(weights):
        figure = figures.weight_bars(row, words, row=number, role=number, theme="light")
        charts.show(figure, key=f"bars_{number}", alt=f"Weights of {words[number]}")


page()
