"""Arrays in, Plotly figures out: no Streamlit, no attention arithmetic."""

from selfattn.figures.line import lean_line
from selfattn.figures.motion import meaning_in_motion
from selfattn.figures.palette import PHONE, Size
from selfattn.figures.text import equation, tinted_sentence, words_with_bars
from selfattn.figures.weights import scores_heatmap, vector_strips, weight_bars, weights_heatmap

__all__ = [
    "PHONE", "Size", "equation", "lean_line", "meaning_in_motion", "scores_heatmap", "tinted_sentence",
    "vector_strips", "weight_bars", "weights_heatmap", "words_with_bars",
]  # fmt: skip
