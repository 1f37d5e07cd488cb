"""Every screen with any set of word vectors: of 2 to 1,000 numbers, of two words, in other languages and spellings."""

from itertools import product

import numpy as np
import pytest

from selfattn import course
from selfattn.core.presets import PRESETS
from selfattn.core.vectors import keyed_vectors
from selfattn.sets.vector_set import VectorSet, examples_of
from selfattn.ui import session_sets
from tests.apps import charts, page_of, screen, sound
from tests.covering import combined

LANGUAGES = {
    "hindi": "नदी बैंक पैसा किनारा पानी ऋण बहती बढ़ता",
    "german": "Geld Bank Fluss Ufer Wasser Zinsen sitzt Straße",
    "chinese": "钱 银行 河 岸 水 贷款 流 涨",
    "odd": "<b> $x$ `a` _b_ [c](d) &amp; \\frac{1}{2} 1/2",
    "two": "up down",
}
NUMBERS = {  # screens that compute with numbers of their own, and what they say of these
    "toy": "Invented numbers", "plane": "Vectors of your own", "parts": "Two numbers a word, by hand",
    **dict.fromkeys((step.key for step in course.TRANSFORMER.steps), "all-MiniLM-L6-v2"),
}  # fmt: skip


def made_up(words, dimensions, scale=1.0, seed=3):
    rows = np.random.default_rng(seed).normal(size=(len(words), dimensions), scale=scale).astype(np.float32)
    vectors = keyed_vectors(words, rows)
    return VectorSet(
        "mine-1", "made up", "Uploaded: word2vec text.", vectors, "vectors = …", None, examples_of(vectors)
    )


def named(value):
    """Name a screen in the list of tests; pytest names all else."""
    return f"{value.lesson.key}-{value.step and value.step.key}" if isinstance(value, course.Place) else None


def first_of(lesson):
    return course.Place(lesson, lesson.steps[0] if lesson.steps else None)


def opened(one, place, **link):
    """Open a screen in a session that has a set of its own, and uses it."""
    at = page_of(place.lesson.page, set="mine-1", **({"step": place.step.key} if place.step else {}), **link)
    at.session_state[session_sets._OWN] = {"mine-1": one}
    return sound(at.run())


@pytest.mark.parametrize(("place", "dimensions"), combined(course.PLACES, [2, 1000, 3, 25, 300]), ids=named)
def test_every_screen_with_any_number_of_dimensions(place, dimensions, vectors):
    words = [*vectors.index_to_key[:2000], "grows", "flows", "stream", "loan", "credit", "shore"]
    one = made_up(list(dict.fromkeys(words)), dimensions)
    at = opened(one, place)
    assert NUMBERS.get(place.step and place.step.key, "made up") in screen(at)


@pytest.mark.parametrize(("place", "language"), combined(course.PLACES, LANGUAGES), ids=named)
def test_every_screen_in_any_language(place, language):
    words = LANGUAGES[language].split()
    one = made_up(words, 5)
    first, second = " ".join(words[:4]), " ".join(words[-3:] + words[1:2])
    at = opened(one, place, a=first, b=second)
    assert NUMBERS.get(place.step and place.step.key, "made up") in screen(at)


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("dimensions", [2, 1000])
def test_every_preset_with_few_and_many_dimensions(preset, dimensions, vectors):
    one = made_up([*vectors.index_to_key[:400], "grows", "flows"], dimensions)
    for lesson in (course.HOME, course.MOTION):
        assert "of the new “bank”" in screen(opened(one, first_of(lesson), preset=preset))


def test_poles_of_ones_own_in_any_language():
    """The shipped poles are English: in other languages two sentences make the line, until somebody writes poles."""
    one = made_up(LANGUAGES["hindi"].split(), 5)
    link = {"a": "नदी बैंक किनारा", "b": "पैसा बैंक ऋण", "word": "बैंक", "preset": "balanced"}
    alone = opened(one, first_of(course.MOTION), **link | {"b": "पैसा"})
    assert "On the line" not in charts(alone)["motion"]
    bare = opened(one, first_of(course.MOTION), **link)
    assert "On the line from किनारा (left) to ऋण (right)" in charts(bare)["motion"]
    own = opened(one, first_of(course.MOTION), left="बैंक: पैसा ऋण", right="बैंक: नदी पानी", **link)
    assert "On the line from " in charts(own)["motion"]
    assert charts(own) != charts(bare)


@pytest.mark.parametrize(
    ("scale_and_dimensions", "view"),
    combined(product([1e-4, 1.0, 1e4], [2, 1000]), ["trace", "whatif", "code", "terms"]),
)
def test_every_view_at_any_scale(scale_and_dimensions, view):
    scale, dimensions = scale_and_dimensions
    one = made_up(["money", "bank", "grows", "river", "flows", "loan", "shore", "water"], dimensions, scale)
    for lesson in (course.HOME, course.SELF_ATTENTION, course.MOTION, course.LIMITS):
        opened(one, first_of(lesson), view=view, preset="sharper")
