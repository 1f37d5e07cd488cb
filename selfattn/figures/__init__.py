"""Arrays in, Plotly figures out: no Streamlit, no attention arithmetic."""

from selfattn.figures.meter import MeterReading, meaning_meter_figure
from selfattn.figures.motion import meaning_in_motion
from selfattn.figures.palette import PHONE, Size
from selfattn.figures.text import equation, tinted_sentence
from selfattn.figures.weights import scores_heatmap, vector_strips, weight_bars, weights_heatmap

__all__ = [
    "PHONE", "MeterReading", "Size", "equation", "meaning_in_motion", "meaning_meter_figure", "scores_heatmap",
    "tinted_sentence", "vector_strips", "weight_bars", "weights_heatmap",
]  # fmt: skip
