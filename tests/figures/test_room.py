"""Every figure drawn for a projector: no type below 20 points, no line as thin as on a laptop."""

import numpy as np
import plotly.graph_objects as go
import pytest

from selfattn.core.contextual import attend_sentence
from selfattn.core.presets import Settings
from selfattn.core.scene import Shown, build_scene
from selfattn.core.senses import SENSES
from selfattn.core.sentences import embed
from selfattn.core.space import space
from selfattn.figures.line import lean_line
from selfattn.figures.motion import meaning_in_motion
from selfattn.figures.palette import Size
from selfattn.figures.weights import scores_heatmap, vector_strips, weight_bars, weights_heatmap

POINTS_20 = 20 * 96 / 72  # pixels: CSS Values 4, 5.2
SMALLEST = {"light": 12, "light room": POINTS_20}


def scene_of(n):
    from selfattn import load_vectors

    vectors = load_vectors()
    filling = [word for word in vectors.index_to_key if word.isalpha() and word != "bank"][: n - 1]
    sentence = embed(" ".join([*filling, "bank"]), vectors)
    shown = [Shown(0, sentence, attend_sentence(sentence, vectors, Settings()), n - 1)]
    return build_scene("bank", shown, vectors, space(vectors), sense=SENSES["bank"])


def motion(n, theme):
    return meaning_in_motion(scene_of(n), size=Size(1000, 820), show_pulls=True, animated=True, theme=theme)


def line(n, theme):
    return lean_line(scene_of(n), size=Size(1000, 520), theme=theme)


def square(make):
    def made(n, theme):
        return make(np.full((n, n), 1 / n), [f"word{at}" for at in range(n)], row=0, theme=theme)

    return made


def bars(n, theme):
    return weight_bars(np.full(n, 1 / n), [f"word{at}" for at in range(n)], row=0, theme=theme)


FIGURES = {
    "weights": square(weights_heatmap),
    "scores": square(scores_heatmap),
    "strips": square(vector_strips),
    "bars": bars,
    "line": line,
    "motion": motion,
}


def type_sizes(spec):
    """Every size of type that a figure names, wherever it stands."""
    if isinstance(spec, dict):
        for name, inside in spec.items():
            if name.endswith("font") and "size" in inside:
                yield from np.atleast_1d(inside["size"]).tolist()
            yield from type_sizes(inside)
    elif isinstance(spec, list | tuple):
        for inside in spec:
            yield from type_sizes(inside)


def test_the_yardstick_finds_sizes_wherever_they_are():
    spec = {"font": {"size": 9}, "xaxis": {"tickfont": {"size": 8}, "title": [{"font": {"size": [7, 6]}}]}}
    assert sorted(type_sizes(spec)) == [6, 7, 8, 9]


@pytest.mark.parametrize("theme", SMALLEST)
@pytest.mark.parametrize("n", [1, 3, 12, 30, 64, 512])
@pytest.mark.parametrize("name", FIGURES)
def test_no_type_is_too_small(name, n, theme):
    figure = FIGURES[name](n, theme)
    go.Figure(figure.to_dict())
    sizes = list(type_sizes(figure.to_dict()))
    assert sizes
    assert min(sizes) >= SMALLEST[theme]


def widths(figure):
    lines = [shape.line.width for shape in figure.layout.shapes]
    return lines + [trace.line.width for trace in figure.data if trace.type == "scatter" and trace.line.width]


@pytest.mark.parametrize("name", ["weights", "scores", "strips", "line", "motion"])
def test_lines_are_thicker(name):
    laptop, room = (widths(FIGURES[name](3, theme)) for theme in SMALLEST)
    assert len(laptop) == len(room) > 0
    assert all(thick > thin for thin, thick in zip(laptop, room, strict=True))
