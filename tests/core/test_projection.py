"""The projection against scikit-learn, and the promise that the plot neither flips nor spins."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from sklearn import decomposition

from selfattn.core.projection import PCA, line_basis, pole_basis, word_basis
from selfattn.core.senses import SENSES, pole_vectors
from selfattn.core.sentences import embed

SENTENCE = ["my", "bank", "offers", "cheap", "credit", "near", "the", "river"]
REPLACEMENTS = ["flows", "money", "water", "angry", "seven", "paris"]
DEGENERATE = {
    "one row": [[1.0, 2.0, 3.0]],
    "two equal rows": [[1.0, 2.0, 3.0]] * 2,
    "two rows": [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]],
    "rank one": [[1.0, 2.0, 3.0], [2.0, 4.0, 6.0], [-1.0, -2.0, -3.0]],
    "zeros": [[0.0, 0.0, 0.0]] * 4,
}


def poles(word, vectors):
    return [pole_vectors(words, vectors) for words in SENSES[word].poles.values()]


def assert_orthonormal(components):
    assert_allclose(components @ components.T, np.eye(len(components)), atol=1e-12)


# PCA


@pytest.mark.parametrize("shape", [(30, 8), (8, 30), (3, 2), (5, 5)])
@pytest.mark.parametrize("n_components", [1, 2])
def test_pca_agrees_with_scikit_learn_in_axes_signs_and_variance(rng, shape, n_components):
    rows, others = rng.normal(size=shape) + 5, rng.normal(size=(4, shape[1]))
    ours, theirs = PCA.fit(rows, n_components), decomposition.PCA(n_components, svd_solver="full").fit(rows)
    assert_allclose(ours.components, theirs.components_, atol=1e-10)
    for name in ("mean", "explained_variance", "explained_variance_ratio"):
        assert_allclose(getattr(ours, name), getattr(theirs, f"{name}_"), rtol=1e-10)
    assert_allclose(ours.transform(others), theirs.transform(others), atol=1e-10)


def test_pca_by_hand():
    pca = PCA.fit([[0.0, 0.0], [-3.0, -4.0]])
    # from the mean (-1.5, -2) both rows are 2.5 away along (3, 4) / 5; variance 2 * 2.5^2 / (2 - 1) = 12.5, all of it
    assert_allclose(pca.mean, [-1.5, -2.0])
    assert_allclose(pca.components[0], [0.6, 0.8])
    assert_allclose(pca.explained_variance, [12.5, 0.0], atol=1e-12)
    assert_allclose(pca.explained_variance_ratio, [1.0, 0.0], atol=1e-12)
    assert_allclose(pca.transform([[-1.5, -2.0], [1.5, 2.0]])[:, 0], [0.0, 5.0], atol=1e-12)


def test_the_order_of_the_rows_does_not_turn_the_axes(rng):
    rows = rng.normal(size=(12, 6))
    for _ in range(10):
        assert_allclose(PCA.fit(rng.permutation(rows)).components, PCA.fit(rows).components, atol=1e-10)


def test_the_largest_loading_of_an_axis_is_positive(rng):
    for _ in range(20):
        axes = PCA.fit(rng.normal(size=(5, 4))).components
        assert (axes[[0, 1], np.abs(axes).argmax(axis=1)] > 0).all()


@pytest.mark.parametrize("rows", DEGENERATE.values(), ids=DEGENERATE)
def test_rows_that_hardly_vary_still_give_two_axes(rows):
    pca = PCA.fit(rows)
    assert pca.components.shape == (2, 3)
    assert_orthonormal(pca.components)
    total = np.var(rows, axis=0).sum() * len(rows) / max(len(rows) - 1, 1)
    assert_allclose(pca.explained_variance, [total, 0.0], atol=1e-12)
    assert_allclose(pca.explained_variance_ratio, [1.0 if total else 0.0, 0.0], atol=1e-12)
    assert_allclose(pca.transform(rows).mean(axis=0), [0.0, 0.0], atol=1e-12)


@pytest.mark.parametrize(
    ("rows", "n_components", "message"),
    [
        (np.zeros((0, 3)), 2, r"at least 2 wide, got shape \(0, 3\)"),
        (np.zeros((3, 1)), 2, r"at least 2 wide, got shape \(3, 1\)"),
        ([1.0, 2.0, 3.0], 2, r"got shape \(3,\)"),
        (np.zeros((3, 3)), 0, r"got shape \(3, 3\)"),
        ([[1.0, np.nan]], 1, "finite numbers, got NaN or infinity"),
        ([[1.0, np.inf]], 1, "finite numbers, got NaN or infinity"),
    ],
)
def test_pca_refuses_what_has_no_axes(rows, n_components, message):
    with pytest.raises(ValueError, match=message):
        PCA.fit(rows, n_components)


@given(st.integers(0, 2**32 - 1))
def test_along_given_axes_places_and_variance_are_those_of_the_rows(seed):
    rng = np.random.default_rng(seed)
    rows, zero, axes = rng.normal(size=(6, 4)) + 3, rng.normal(size=4), np.linalg.qr(rng.normal(size=(4, 2)))[0].T
    basis = PCA.along(axes, rows, zero)
    assert_array_equal(basis.components, axes)
    assert_allclose(basis.transform(zero), [0, 0], atol=1e-12)
    places = np.array([[sum((row - zero) * axis) for axis in axes] for row in rows])
    assert_allclose(basis.transform(rows), places, rtol=1e-9)
    assert_allclose(basis.explained_variance, places.var(axis=0, ddof=1), rtol=1e-9)  # wherever zero is
    assert_allclose(basis.explained_variance_ratio, places.var(axis=0) / rows.var(axis=0).sum(), rtol=1e-9)


# the basis of a line


@given(st.integers(0, 2**32 - 1), st.integers(2, 8))
def test_a_line_is_axis_1_and_axis_2_the_strongest_direction_of_the_rest(seed, width):
    rng = np.random.default_rng(seed)
    rows, middle, direction = rng.normal(size=(9, width)), *rng.normal(size=(2, width))
    direction /= np.linalg.norm(direction)
    basis = line_basis(direction, middle, rows)
    assert_array_equal(basis.components[0], direction)
    assert_orthonormal(basis.components)
    assert_allclose(basis.transform(middle), [0, 0], atol=1e-12)
    rest = rows - np.outer(rows @ direction, direction)
    strongest = decomposition.PCA(1, svd_solver="full").fit(rest)
    assert_allclose(basis.explained_variance[1], strongest.explained_variance_[0], rtol=1e-9)
    assert_allclose(abs(basis.components[1] @ strongest.components_[0]), 1, rtol=1e-6)


@pytest.mark.parametrize("direction", [[1.0, 0.0, 0.0], [0.6, 0.0, 0.8], [1 / 14**0.5, 2 / 14**0.5, 3 / 14**0.5]])
@pytest.mark.parametrize("rows", DEGENERATE.values(), ids=DEGENERATE)
def test_a_line_through_rows_that_hardly_vary_still_has_an_axis_across(rows, direction):
    basis = line_basis(direction, [1.0, 1.0, 1.0], rows)
    assert_allclose(basis.components[0], direction)
    assert_orthonormal(basis.components)
    assert np.isfinite(basis.transform(rows)).all()
    places, n = basis.transform(rows), len(rows)
    assert_allclose(basis.explained_variance, places.var(axis=0) * n / max(n - 1, 1), atol=1e-9)


# the basis of the poles


@pytest.mark.parametrize("word", SENSES)
def test_pole_basis_is_the_pca_of_the_poles_up_to_the_sign_of_axis_1(vectors, word):
    basis, theirs = pole_basis(*poles(word, vectors)), decomposition.PCA(2).fit(np.vstack(poles(word, vectors)))
    assert_allclose(np.abs(np.sum(basis.components * theirs.components_, axis=1)), [1.0, 1.0], atol=1e-6)
    assert_allclose(basis.components[1], theirs.components_[1], atol=1e-5)
    assert_allclose(basis.explained_variance_ratio, theirs.explained_variance_ratio_, rtol=1e-5)


@given(st.integers(0, 2**32 - 1))
def test_the_first_pole_is_on_the_left_whatever_the_vectors(seed):
    first, second = np.random.default_rng(seed).normal(size=(2, 5, 4))
    basis = pole_basis(first, second)
    left, right = basis.transform([first.mean(axis=0), second.mean(axis=0)])[:, 0]
    assert left <= right
    assert_orthonormal(basis.components)


def test_exchanging_the_poles_mirrors_axis_1_and_leaves_axis_2(vectors):
    first, second = poles("bank", vectors)
    one, other = pole_basis(first, second), pole_basis(second, first)
    assert_allclose(other.components, one.components * [[-1.0], [1.0]], atol=1e-8)
    assert_allclose(other.explained_variance, one.explained_variance, rtol=1e-8)


# the basis of the words


@pytest.fixture(scope="module")
def reference(vectors):
    return pole_basis(*poles("bank", vectors)).components


@pytest.fixture(scope="module")
def edited(vectors):
    """The matrix of a sentence, with each of its words replaced in turn."""
    return [
        embed([*SENTENCE[:i], word, *SENTENCE[i + 1 :]], vectors).matrix
        for i in range(len(SENTENCE))
        for word in REPLACEMENTS
    ]


def test_replacing_a_word_keeps_the_words_axes_on_the_side_of_the_reference(edited, reference):
    def sides(fit):
        return np.array([np.diag(fit(matrix).components @ reference.T) for matrix in edited])

    assert (sides(lambda matrix: word_basis(matrix, reference)) > 0).all()
    assert (sides(PCA.fit) < 0).any()  # without the alignment, some edit flips an axis


def test_word_basis_is_as_near_to_the_reference_as_its_plane_allows(edited, reference):
    for matrix in edited:
        agreement = word_basis(matrix, reference).components @ reference.T
        assert_allclose(agreement, agreement.T, atol=1e-10)  # the polar factor: symmetric,
        assert np.linalg.eigvalsh(agreement).min() >= -1e-12  # and positive semidefinite


def test_word_basis_keeps_the_plane_and_variance_of_the_principal_components(edited, reference):
    for matrix in edited:
        basis, theirs = word_basis(matrix, reference), decomposition.PCA(2).fit(matrix)
        assert_orthonormal(basis.components)
        assert_allclose(basis.components.T @ basis.components, theirs.components_.T @ theirs.components_, atol=1e-4)
        assert_allclose(basis.explained_variance.sum(), theirs.explained_variance_.sum(), rtol=1e-5)
        assert_allclose(basis.explained_variance_ratio.sum(), theirs.explained_variance_ratio_.sum(), rtol=1e-5)


def test_word_basis_tells_the_variance_along_the_axes_it_shows(edited, reference):
    for matrix in edited[:5]:
        basis = word_basis(matrix, reference)
        assert_allclose(basis.explained_variance, basis.transform(matrix).var(axis=0, ddof=1), rtol=1e-10)


@pytest.mark.parametrize("rows", DEGENERATE.values(), ids=DEGENERATE)
def test_word_basis_of_rows_that_hardly_vary_is_still_a_plane(rows):
    reference = np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
    basis = word_basis(rows, reference)
    assert_orthonormal(basis.components)
    assert (np.diag(basis.components @ reference.T) >= -1e-12).all()
    assert np.isfinite(basis.transform(rows)).all()


def test_the_plot_of_bank_rests_on_the_measured_facts(vectors):
    basis = pole_basis(*poles("bank", vectors))
    finance, river = (basis.transform(pole)[:, 0] for pole in poles("bank", vectors))
    assert finance.max() < 0 < river.min()
    assert round(basis.explained_variance_ratio[0], 2) == 0.37
    assert_array_equal(basis.transform([vectors["bank"]])[:, 0].round(1), [-2.2])
