"""Principal components with a fixed basis: the plot never flips or spins while a sentence is edited.

Pearson (1901); computed by a singular value decomposition of the centred rows (Jolliffe 2002, section 3.5).
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class PCA:
    """An exact projection on the directions in which the fitted rows differ most.

    Attributes
    ----------
    mean : ndarray of shape (d,)
    components : ndarray of shape (k, d)
        Orthonormal rows: the axes of the plot.
    explained_variance : ndarray of shape (k,)
        Variance of the fitted rows along each axis, with n − 1 in the denominator.
    explained_variance_ratio : ndarray of shape (k,)
        The same as a share of all their variance; zeros where the rows do not vary.
    """

    mean: Array
    components: Array
    explained_variance: Array
    explained_variance_ratio: Array

    @classmethod
    def fit(cls, matrix: ArrayLike, n_components: int = 2) -> Self:
        """Find the axes. Signs are fixed: the largest loading of each axis is positive.

        Parameters
        ----------
        matrix : array_like of shape (n, d)
            Finite, with d at least `n_components`. A single row, or equal rows, give axes without variance.

        Raises
        ------
        ValueError
            The matrix is empty, not finite, not two-dimensional, or narrower than the axes asked for.

        Examples
        --------
        >>> PCA.fit([[0.0, 0.0], [3.0, 4.0]], 1).components
        array([[0.6, 0.8]])
        """
        rows = np.asarray(matrix, dtype=np.float64)
        if rows.ndim != 2 or not len(rows) or not 0 < n_components <= rows.shape[1]:
            raise ValueError(f"PCA needs rows at least {n_components} wide, got shape {rows.shape}")
        if not np.isfinite(rows).all():
            raise ValueError("PCA needs finite numbers, got NaN or infinity")
        mean = rows.mean(axis=0)
        _, _, directions = np.linalg.svd(rows - mean, full_matrices=len(rows) <= n_components)
        axes = directions[:n_components]
        largest = np.abs(axes).argmax(axis=1)
        axes = axes * np.where(axes[np.arange(len(axes)), largest] < 0, -1.0, 1.0)[:, None]
        return cls.along(axes, rows, mean)

    @classmethod
    def along(cls, axes: Array, rows: Array, mean: Array) -> Self:
        """Take given axes, of shape (k, d), with `mean` at zero, and say how the rows vary along each."""
        spread, centred = max(len(rows) - 1, 1), rows - rows.mean(axis=0)
        variance = (centred @ axes.T) ** 2
        total = float((centred**2).sum())
        ratio = variance.sum(axis=0) / total if total else np.zeros(len(axes))
        return cls(mean, axes, variance.sum(axis=0) / spread, ratio)

    def transform(self, matrix: ArrayLike) -> Array:
        """Place rows of shape (n, d) on the axes: an ndarray of shape (n, k)."""
        return np.asarray((np.asarray(matrix, dtype=np.float64) - self.mean) @ self.components.T)


def as_they_are(matrix: ArrayLike) -> PCA:
    """Give the axes of vectors of two numbers, or three: the numbers themselves, so that the plot is the space.

    Parameters
    ----------
    matrix : array_like of shape (n, d)
        Says how the variance is shared out.

    Examples
    --------
    >>> as_they_are([[5, 1], [1, 5]]).transform([[3, 3]])
    array([[3., 3.]])
    """
    rows = np.asarray(matrix, dtype=np.float64)
    spread = PCA.along(np.eye(rows.shape[1]), rows, rows.mean(axis=0))
    return PCA(np.zeros(rows.shape[1]), spread.components, spread.explained_variance, spread.explained_variance_ratio)


def pole_basis(first: ArrayLike, second: ArrayLike) -> PCA:
    """Fit the plot on the words of two senses, the first sense at the left end of axis 1.

    Parameters
    ----------
    first, second : array_like of shape (n, d), (m, d)
        The vectors of each pole's words.

    Notes
    -----
    The sentences have no part in it, so no edit moves an axis.
    """
    left, right = np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)
    rows = np.vstack([left, right])
    basis = PCA.fit(rows)
    ends = basis.transform([left.mean(axis=0), right.mean(axis=0)])
    if ends[0, 0] <= ends[1, 0]:
        return basis
    return PCA.along(basis.components * np.array([[-1.0], [1.0]]), rows, basis.mean)


def line_basis(direction: ArrayLike, middle: ArrayLike, matrix: ArrayLike) -> PCA:
    """Take a given first axis, and for the second the strongest direction of the rest.

    Parameters
    ----------
    direction : array_like of shape (d,)
        Of length one.
    middle : array_like of shape (d,)
        What lies at zero on both axes.
    matrix : array_like of shape (n, d)
        What the second axis is fitted on.
    """
    first, rows = np.asarray(direction, dtype=np.float64), np.asarray(matrix, dtype=np.float64)
    rest = rows - rows.mean(axis=0)
    rest = rest - np.outer(rest @ first, first)
    second = PCA.fit(rest, 1).components[0]
    second = second - (second @ first) * first  # what rounding left, or all of it where nothing is left
    length = float(np.linalg.norm(second))
    if length < 0.5:  # the rows differ along the first axis only: any direction across it will do
        second = np.eye(len(first))[int(np.abs(first).argmin())]
        second = second - (second @ first) * first
        length = float(np.linalg.norm(second))
    return PCA.along(np.array([first, second / length]), rows, np.asarray(middle, dtype=np.float64))


def word_basis(matrix: ArrayLike, reference: ArrayLike) -> PCA:
    """Fit the plane of most variance on the sentences' own words, turned to match a fixed reference.

    Two principal axes may swap or flip when one word changes. Within their plane they are therefore rotated
    (or mirrored) as near to `reference` as they go: the orthogonal Procrustes problem (Schönemann 1966).
    The plane, and the variance that both axes keep together, are those of the principal components.

    Parameters
    ----------
    matrix : array_like of shape (n, d)
    reference : array_like of shape (2, d)
        Two directions that do not depend on the sentences.
    """
    rows = np.asarray(matrix, dtype=np.float64)
    plane = PCA.fit(rows)
    left, _, right = np.linalg.svd(plane.components @ np.asarray(reference, dtype=np.float64).T)
    return PCA.along((left @ right).T @ plane.components, rows, plane.mean)
