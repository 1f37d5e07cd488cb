"""The pictures of a notebook: they draw the numbers that the code of a screen leaves, and leave these as they are."""

import functools
import warnings
from contextlib import redirect_stdout
from io import StringIO

import matplotlib as mpl
import numpy as np
import pytest

from selfattn import PRESETS, SENSES
from selfattn.core import learn, own
from selfattn.course import PLACES
from selfattn.figures.palette import LIGHT
from selfattn.frame.away import record
from selfattn.frame.away.notebook_pictures import picture_cells
from selfattn.frame.away.plots import cells
from selfattn.lessons.dot_product import code as of_products
from selfattn.lessons.weighted_sum import code as of_sums
from selfattn.views import snippets
from tests.apps import HOSTILE_TOGETHER
from tests.frame.away.recording import with_recorder

mpl.use("Agg")
from matplotlib import pyplot as plt

MONEY, RIVER = "Money bank grows", "River bank flows"
BALANCED, TRAINED = PRESETS["balanced"], PRESETS["trained"]
WITHOUT = {("vectors", "choose"), ("vectors", "train"), ("vectors", "upload"), ("glossary", "")}
LONG = "the bank of the river grows money " * 29  # 203 words
WHOLE = {"rtol": 1e-9, "atol": 1e-9}


@pytest.fixture(autouse=True)
def _closed():
    """Leave no figure and no setting behind; a font without a letter says so, and nothing else is said."""
    with mpl.rc_context(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "FigureCanvasAgg is non-interactive")
        warnings.filterwarnings("ignore", "Glyph .* missing from")
        yield
        plt.close("all")


def run(source):
    names = {}
    with redirect_stdout(StringIO()):
        exec(source, names)
    return names


def drawn(names):
    """Draw all pictures of what was computed: their figures."""
    before = dict(names)
    for cell in picture_cells(names):
        exec(cell, names)
    assert [name for name in before if before[name] is not names[name] and not name.startswith("__")] == []
    figures = [plt.figure(number) for number in plt.get_fignums()]
    for figure in figures:
        figure.draw_without_rendering()
    return figures


def of(source):
    names = run(source)
    return names, drawn(names)


def bars(axis):
    """The names of the rows, from top to bottom, and their lengths."""
    return [label.get_text() for label in axis.get_yticklabels()], [bar.get_width() for bar in axis.patches]


def tables(figure):
    return [axis.images[0].get_array().filled(np.nan) for axis in figure.axes if axis.images]


def ends(axis):
    """Where the chains of pulls begin and end: the hollow and the full marks."""
    marks = [line.get_xydata()[0] for line in axis.lines if line.get_marker() == "o"]
    return marks[::2], marks[1::2]


def is_inside(figure):
    """Whether titles, names of axes and what is written in them stand within the figure."""
    renderer, (width, height) = figure.canvas.get_renderer(), figure.canvas.get_width_height()
    written = [text for axis in figure.axes for text in (*axis.texts, axis.title, axis.xaxis.label, axis.yaxis.label)]
    boxes = [text.get_window_extent(renderer).extents for text in written if text.get_text()]
    return all(left > -2 and low > -2 and right < width + 2 and high < height + 2 for left, low, right, high in boxes)


def test_the_colours_are_those_of_print():
    names = run(cells.START)
    assert tuple(names["COLOURS"]) == LIGHT.fills
    assert names["QUIET"] == LIGHT.quiet
    for scale, stops in ((names["PALE_TO_DEEP"], LIGHT.weights), (names["TWO_SIDES"], LIGHT.diverging)):
        shown = [mpl.colors.to_rgb(scale(place / 4)) for place in range(5)]
        np.testing.assert_allclose(shown, [mpl.colors.to_rgb(colour) for colour in stops], atol=0.01)


def test_one_sentence_is_drawn_with_its_numbers():
    names, (three, weights, moved) = of(snippets.of_word("The bank lends the money", 1, BALANCED))
    for shown, name in zip(tables(three), ("scores", "scaled", "weights"), strict=True):
        np.testing.assert_allclose(shown, names[name])
    assert three.axes[0].get_yticklabels()[3].get_text() == "the"
    words, lengths = bars(weights.axes[0])
    assert words == ["the", "bank", "lends", "the", "money"]
    np.testing.assert_allclose(lengths, names["weights"][1])
    starts, tips = ends(moved.axes[0])
    np.testing.assert_allclose(starts[0], names["plane"] @ names["x"][1], **WHOLE)
    np.testing.assert_allclose(tips[0], names["plane"] @ names["output"][1], **WHOLE)


@pytest.mark.parametrize("settings", [BALANCED, TRAINED], ids=["balanced", "trained"])
def test_a_word_in_several_sentences_starts_at_one_point_and_ends_where_it_is(settings):
    names, (weights, moved) = of(snippets.two_sentences([MONEY, RIVER, "The bank"], "bank", settings))
    for axis, (text, (expected, _)) in zip(weights.axes, names["new"].items(), strict=True):
        assert axis.get_title().endswith(text)
        np.testing.assert_allclose(bars(axis)[1], expected)
    starts, tips = ends(moved.axes[0])
    np.testing.assert_allclose(starts, [starts[0]] * 3, **WHOLE)
    for tip, (_, output) in zip(tips, names["new"].values(), strict=True):
        np.testing.assert_allclose(tip, names["plane"] @ output, **WHOLE)
    assert {f"bank′ {letter}" for letter in "ABC"} < {text.get_text() for text in moved.axes[0].texts}


def test_where_the_senses_are_known_the_first_axis_is_the_line_between_them():
    code = snippets.leaning([MONEY, RIVER], "bank", SENSES["bank"].poles, BALANCED)
    names, (_, moved, on_the_line) = of(code)
    _, tips = ends(moved.axes[0])
    places = [across for across, _ in on_the_line.axes[0].collections[0].get_offsets()]
    np.testing.assert_allclose(places, list(names["leans"].values()))
    np.testing.assert_allclose([across for across, _ in tips], places)
    assert on_the_line.axes[0].get_xlabel().split() == ["←", "finance", "river", "→"]


def test_weights_by_hand_beside_those_computed():
    names, figures = of(of_sums.compared(MONEY, 1, [0.2, 0.7, 0.1], BALANCED))
    hand, computed = figures[-1].axes
    assert bars(hand)[1] == [0.2, 0.7, 0.1]
    np.testing.assert_allclose(bars(computed)[1], names["weights"][1])


def test_arrows_of_a_plane_end_at_their_vectors():
    _, (figure,) = of(of_products.plane([(1, 2), (-2, 5), (0, 0)]))
    axis = figure.axes[0]
    assert next(text.xy for text in axis.texts if text.get_text() == "B") == pytest.approx((-2, 5))
    assert axis.get_title() == "B · C = 0, A · C = 0, A · B = 8"


@pytest.mark.parametrize(
    "text", [f"{HOSTILE_TOGETHER} bank", "bank", "bank bank", "بنك bank 👩\u200d👩\u200d👧 \u202e", LONG]
)
def test_what_was_typed_is_text_and_any_length_of_it_is_drawn(text):
    source = snippets.two_sentences([text, f"_ {text}"], "bank", BALANCED, drop_punctuation=False)
    names, figures = of(source)
    assert all(is_inside(figure) for figure in figures)
    assert all(max(figure.get_size_inches()) <= 16 for figure in figures)
    for axis, (words, _) in zip(figures[0].axes, names["given"].values(), strict=True):
        assert axis.get_title().splitlines()[0][3:] in (text[:40], f"_ {text}"[:40])
        assert len(bars(axis)[0]) == min(len(words), 40)
        assert set(bars(axis)[0]) <= set(words)
    figures[0].canvas.draw()  # no letter of it is taken for a formula


def test_a_long_sentence_has_a_colour_bar_for_numbers():
    _, (three, weights, moved) = of(snippets.of_word(LONG, 1, BALANCED))
    assert len(three.axes) == 6
    assert len(three.axes[0].get_yticklabels()) <= 50
    assert weights.axes[0].get_title().endswith("the 40 longest of 203")
    assert is_inside(moved)


def test_a_word_of_one_number_has_no_plane(vectors):
    names = run(snippets.of_word(MONEY, 1, BALANCED).replace("sentence.matrix", "sentence.matrix[:, :1]"))
    assert [len(figure.axes) for figure in drawn(names)] == [3, 1]


def test_what_it_does_not_know_it_does_not_draw():
    assert picture_cells({}) == []
    assert (
        picture_cells({"weights": 3, "sentence": None, "new": {}, "given": {}, "places": {}, "means": {"a": 1}}) == []
    )


def test_every_screen_that_computes_numbers_has_pictures_and_nothing_is_cut_off(monkeypatch):
    for user in (learn, own):
        monkeypatch.setattr(user, "learn", functools.partial(learn.learn, steps=2))
    screens = with_recorder(lambda recorder: [recorder.screen(place, view="code") for place in PLACES])
    seen = set()
    for screen in screens:
        key = (screen.place.lesson.key, screen.place.step.key if screen.place.step else "")
        code = [each.code.code_text for each in screen.drawn.elements() if record.kind(each) == "code"]
        if key in WITHOUT or code[0] in seen:
            continue
        seen.add(code[0])
        figures = drawn(run(code[0]))
        assert figures, key
        assert all(is_inside(figure) for figure in figures), key
        plt.close("all")
