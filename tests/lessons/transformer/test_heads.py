"""What heads look at, by hand and in sentences: joined words, shares, the heads that are found, and what is said."""

import numpy as np
import plotly.graph_objects as go
import pytest

import selfattn
from selfattn.core.transformer import Encoded, Word
from selfattn.figures.palette import THEMES
from selfattn.lessons.transformer import heads, heads_prose
from selfattn.lessons.transformer.heads import Heads, heads_of, passed_on
from selfattn.lessons.transformer.heads_figure import GAP, pooled, thumbnails

TEXTS = ("River bank flows", "The riverwalk follows the bank", "the the the", "a b", "bank", "x " * 300)


def by_hand(matrix):
    """One head of a sentence of words, [CLS] and [SEP] around them."""
    rows = np.array(matrix, dtype=float)
    names = ("[CLS]", *(f"w{place}" for place in range(len(rows) - 2)), "[SEP]")
    return Heads(rows[None, None], names)


@pytest.fixture(scope="module")
def transformer():
    return selfattn.transformer.load()


def test_shares_and_profiles_worked_by_hand():
    of = by_hand(
        [[1, 0, 0, 0, 0], [0.5, 0.1, 0.2, 0.1, 0.1], [0, 0.6, 0.2, 0.2, 0], [0, 0, 0.5, 0.2, 0.3], [1, 0, 0, 0, 0]]
    )
    profiles = {what: float(profile[0, 0]) for what, profile in of.profiles.items()}
    assert profiles == pytest.approx(
        {"itself": 0.5 / 3, "before": 1.1 / 2, "after": 0.4 / 2, "far": 0.1 / 3, "sep": 0.4 / 3, "cls": 0.5 / 3}
    )
    assert of.shares == pytest.approx({"itself": 0.5 / 3, "near": 1.5 / 3, "far": 0.1 / 3, "special": 0.9 / 3})
    assert heads_prose.most(of, 0, 0) == ("before", pytest.approx(0.55))


@pytest.mark.parametrize("text", TEXTS)
def test_all_weight_is_somewhere_and_words_are_joined_pieces(transformer, text):
    encoded = transformer(text)
    of = heads_of(encoded)
    np.testing.assert_allclose(of.weights.sum(axis=-1), 1, atol=1e-5)
    assert sum(of.shares.values()) == pytest.approx(1, abs=1e-5)
    assert len(of.shares) == min(of.words, 3) + 1
    np.testing.assert_allclose(of.weights[3, 5], encoded.with_specials(3, 5), atol=1e-7)
    for place, word in enumerate(encoded.words):
        rows = encoded.weights[3, 5, word.pieces.start : word.pieces.stop]
        assert of.weights[3, 5, place + 1, 0] == pytest.approx(rows[:, 0].mean(), abs=1e-6)


def test_one_head_of_the_model_looks_at_the_word_before_in_any_sentence(transformer):
    for text in ("River bank flows", "Peter remembers every bank he saw", "of the the the of"):
        before = heads_of(transformer(text)).best(heads.BEFORE)
        assert (before.layer, before.head) == (0, 2)
        assert before.share > 0.95


def test_a_head_is_found_only_by_what_the_sentence_has(transformer):
    of = heads_of(transformer("bank"))
    assert of.best(heads.BEFORE) is None
    assert of.best(heads.AFTER) is None
    assert of.best(heads.WORD, 0, 0) is None
    assert of.best(heads.TO_SEP).share == pytest.approx(float(of.weights[:, :, 1, -1].max()))
    two = heads_of(transformer("River bank"))
    assert two.best(heads.WORD, 1, 0).share == pytest.approx(float(two.weights[:, :, 2, 1].max()))


def test_what_is_passed_on_is_weight_times_length_of_value(transformer):
    encoded = transformer("The riverwalk follows the bank")
    lengths = np.zeros(len(encoded.tokens))
    for layer, head in np.ndindex(6, 12):
        trace = transformer.head(encoded, layer, head)
        lengths += trace.weights[1:-1].sum(axis=0) * np.linalg.norm(trace.value, axis=1)
    assert passed_on(transformer, encoded) == pytest.approx((lengths[0] + lengths[-1]) / lengths.sum(), rel=1e-4)


def test_the_note_says_that_little_is_passed_on_only_where_it_is_little():
    of = by_hand([[1, 0, 0], [0.6, 0.2, 0.2], [1, 0, 0]])
    assert "gets 60 % of all weight, and [SEP], put after it, 20 %. Yet only 30 %" in heads_prose.specials(of, 0.3)
    assert "Yet" not in heads_prose.specials(of, 0.5)


def test_repeated_words_have_their_place_and_long_ones_are_cut():
    encoded = Encoded(
        "the The w" + "x" * 90,
        ("[CLS]", "the", "the", "[UNK]", "[SEP]"),
        (Word("the", 0, 3, range(1, 2)), Word("The", 4, 7, range(2, 3)), Word("w" + "x" * 90, 8, 99, range(3, 4))),
        np.zeros((7, 5, 384), np.float32),
        np.full((6, 12, 5, 5), 0.2, np.float32),
    )
    of = heads_of(encoded)
    assert [heads_prose.name(of, row) for row in range(4)][:3] == ["[CLS]", "“the” (word 1)", "“The” (word 2)"]
    assert len(heads_prose.name(of, 3)) < 50
    first, second = heads_prose.finding(of, 0, 2, 4, "", 1)
    assert first.startswith("Layer 3, head 5: “the” (word 1) gives [CLS] 20 % of its weight")
    assert second == "Over all 3 words, this head gives most to the word itself: 20 % on average."


def test_pieces_of_cut_words_are_shown(transformer):
    assert "“riverwalk” = river + ##walk" in heads_prose.pieces(transformer("The riverwalk follows"))
    assert heads_prose.pieces(transformer("River bank")) == ""


# Thumbnails


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("n", [1, 5, 16, 17, 128])
def test_a_thumbnail_is_the_head_and_its_place_the_click(theme, n):
    weights = np.random.default_rng(n).dirichlet(np.ones(n), size=(6, 12, n))
    figure = thumbnails(weights, (1, 10), [f"{place}" for place in range(72)], theme=theme)
    go.Figure(figure.to_dict())
    image, points = figure.data
    k = min(n, 16)
    assert np.shape(image.z) == (6 * (k + 1) - 1, 12 * (k + 1) - 1)
    top = 1 * (k + 1)
    left = 10 * (k + 1)
    shown = np.asarray(image.z)[top : top + k, left : left + k]
    np.testing.assert_allclose(shown / (GAP - 1), pooled(weights)[1, 10], atol=0.5 / (GAP - 1))
    assert (np.asarray(image.z)[top + k] == GAP).all()
    middle = left + (k - 1) / 2  # the column in the middle of the thumbnail stands at x = 10
    assert image.x0 + middle * image.dx == pytest.approx(10)
    assert (points.x[22], points.y[22], points.hovertext[22]) == (10, 1, "22")
    frame = figure.layout.shapes[0]
    assert (frame.x0, frame.x1, frame.y0, frame.y1) == (9.5, 10.5, 0.5, 1.5)


def test_a_cell_of_a_small_picture_is_the_largest_of_its_block():
    matrix = np.arange(36).reshape(6, 6) / 36
    assert (pooled(matrix, 3) == matrix.reshape(3, 2, 3, 2).max(axis=(1, 3))).all()
    assert (pooled(matrix, 6) == matrix).all()
