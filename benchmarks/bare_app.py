"""The app to compare with: as many charts as the home page, written the plain way, without tuning or vectors."""

import zlib

import numpy as np
import pandas as pd
import plotly.express as px
import streamlit as st

st.title("Self-attention")
boxes = {"A": st.text_input("Sentence A", "Money bank grows"), "B": st.text_input("Sentence B", "River bank flows")}

points = []
meters = []
for name, text in boxes.items():
    words = text.lower().split() or ["bank"]
    rng = np.random.default_rng(zlib.crc32(text.encode()))
    matrix = rng.normal(size=(len(words), 50))
    scores = matrix @ matrix.T / np.sqrt(50)
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    weights = weights / weights.sum(axis=1, keepdims=True)
    output = weights @ matrix
    row = words.index("bank") if "bank" in words else 0

    bars = pd.DataFrame({"word": words, "weight": weights[row]})
    st.plotly_chart(px.bar(bars, x="word", y="weight", title=f"Weights in sentence {name}"), key=f"weights {name}")

    for word, before, after in zip(words, matrix, output, strict=True):
        points.append({"word": word, "sentence": name, "state": "static", "x": before[0], "y": before[1]})
        points.append({"word": word, "sentence": name, "state": "contextual", "x": after[0], "y": after[1]})
    for pole in ("finance", "river"):
        meters.append({"sentence": name, "pole": pole, "cosine": rng.uniform()})

motion = px.scatter(
    pd.DataFrame(points), x="x", y="y", text="word", color="sentence", symbol="state", title="Meaning in motion"
)
st.plotly_chart(motion, key="motion")
meter = px.bar(pd.DataFrame(meters), x="pole", y="cosine", color="sentence", barmode="group", title="Meaning meter")
st.plotly_chart(meter, key="meter")
