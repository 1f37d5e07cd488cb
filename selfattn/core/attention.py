"""Scaled dot-product attention, with every array that it makes kept for the lesson.

Vaswani et al. (2017), "Attention Is All You Need", equation 1:
``Attention(Q, K, V) = softmax(Q Kᵀ / √d_k) V``.
"""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
LARGEST = float(np.finfo(np.float64).max)


@dataclass(frozen=True, slots=True, eq=False)
class AttentionTrace:
    """Every array that one attention head produces, in teaching order; all are read-only.

    Attributes
    ----------
    matrix : ndarray of shape (n, d)
        The static vectors that came in.
    query, key, value : ndarray of shape (n_queries, d_k), (n_keys, d_k), (n_keys, d_v)
        What asks, what is asked, and what is passed on; each is `matrix` unless given.
    scores : ndarray of shape (n_queries, n_keys)
        Dot products of every query with every key.
    scaled : ndarray of shape (n_queries, n_keys)
        ``scores / divisor`` with bias and mask applied; -inf where a pair may not attend.
    weights : ndarray of shape (n_queries, n_keys)
        Softmax of each row of `scaled`; every row sums to one.
    output : ndarray of shape (n_queries, d_v)
        The contextual vectors: ``weights @ value``.
    divisor : float
        What the scores were divided by: temperature, times √d_k where scaled.
    """

    matrix: Array
    query: Array
    key: Array
    value: Array
    scores: Array
    scaled: Array
    weights: Array
    output: Array
    divisor: float


def softmax(scores: ArrayLike) -> Array:
    """Turn each row of scores into weights that sum to one.

    Parameters
    ----------
    scores : array_like of shape (n_queries, n_keys), or (n_keys,)
        Any finite numbers; -inf marks a pair that may not attend.

    Returns
    -------
    weights : ndarray of the same shape

    Raises
    ------
    ValueError
        A row is all -inf or empty (there is nothing to attend to), or holds NaN or +inf.

    Examples
    --------
    >>> softmax(np.array([[0.0, 0.0]]))
    array([[0.5, 0.5]])
    """
    rows = _numbers("scores", scores)
    if rows.ndim == 0 or rows.shape[-1] == 0:
        raise ValueError(f"softmax needs rows with at least one score, got shape {rows.shape}")
    if np.isnan(rows).any() or np.isposinf(rows).any():
        raise ValueError("softmax needs finite scores (or -inf for a pair that may not attend), got NaN or +inf")
    highest = rows.max(axis=-1, keepdims=True)
    if np.isneginf(highest).any():
        row = int(np.argmax(np.isneginf(highest)))
        raise ValueError(f"row {row} may attend to nothing: all its scores are -inf")
    with np.errstate(over="ignore"):  # a difference beyond float range is -inf, and exp(-inf) is 0
        shares = np.exp(rows - highest)  # exp of at most 0 cannot overflow
    return np.asarray(shares / shares.sum(axis=-1, keepdims=True))


def attend(
    matrix: ArrayLike,
    *,
    query: ArrayLike | None = None,
    key: ArrayLike | None = None,
    value: ArrayLike | None = None,
    scale: bool = True,
    temperature: float = 2.0,
    mask: ArrayLike | None = None,
    bias: ArrayLike | None = None,
) -> AttentionTrace:
    """Let every vector attend to every vector, and return each step of it.

    Parameters
    ----------
    matrix : array_like of shape (n, d)
        One static vector a row.
    query, key, value : array_like of shape (n_queries, d_k), (n_keys, d_k), (n_keys, d_v)
        Default to `matrix`, as in the lesson, where nothing is trained.
    scale : bool
        Divide the scores by √d_k (Vaswani et al. 2017, section 3.2.1).
    temperature : float
        Divides the scores once more: above 1 evens the weights out, below 1 sharpens them.
    mask : array_like of shape (n_queries, n_keys)
        Boolean: True where a pair may attend. Floating point: added to the scaled scores, -inf forbids.
    bias : array_like of shape (n_keys,) or (n_queries, n_keys)
        Added to the scaled scores; finite.

    Returns
    -------
    AttentionTrace

    Raises
    ------
    ValueError
        Shapes that do not fit, numbers that are not finite, a temperature that is not above zero,
        a mask that leaves a row nothing to attend to. The message shows what arrived.

    Notes
    -----
    All is computed in float64. A dot product beyond its range is held at the largest number there is,
    so that any finite input gives weights that sum to one.

    Examples
    --------
    >>> trace = attend([[1.0, 0.0], [0.0, 1.0]], scale=False, temperature=1.0)
    >>> trace.weights.round(2)
    array([[0.73, 0.27],
           [0.27, 0.73]])
    """
    rows = _matrix("matrix", matrix)
    queries = rows if query is None else _matrix("query", query)
    keys = rows if key is None else _matrix("key", key)
    values = rows if value is None else _matrix("value", value)
    if queries.shape[1] != keys.shape[1]:
        raise ValueError(f"query and key need the same width, got {queries.shape} and {keys.shape}")
    if len(keys) != len(values):
        raise ValueError(f"key and value need the same number of rows, got {keys.shape} and {values.shape}")
    scores = _dot_products(queries, keys)  # (n_queries, d_k) @ (d_k, n_keys)
    divisor = _above_zero(temperature) * (float(np.sqrt(keys.shape[1])) if scale else 1.0)
    scaled = _applied(_held(scores, divisor), bias, mask)
    weights = softmax(scaled)
    with np.errstate(over="ignore"):  # weights may sum to a hair more than one
        output = np.clip(weights @ values, -LARGEST, LARGEST)  # (n_queries, n_keys) @ (n_keys, d_v)
    for array in (rows, queries, keys, values, scores, scaled, weights, output):
        array.setflags(write=False)
    return AttentionTrace(rows, queries, keys, values, scores, scaled, weights, output, divisor)


def pulls(trace: AttentionTrace, i: int) -> Array:
    """How far, and in which direction, each word draws word `i` away from its static vector.

    Parameters
    ----------
    trace : AttentionTrace
        Its values must be as wide as its matrix, and it must have a query for every row.
    i : int
        Which word: a row of ``trace.weights``.

    Returns
    -------
    pulls : ndarray of shape (n_keys, d)
        Row j is ``weight_ij · (value_j − x_i)``. Laid tip to tail they lead from the static vector
        x_i to ``output_i``: since the weights sum to one, their sum is ``output_i − x_i``.

    Raises
    ------
    ValueError
        The values have another width than the matrix.
    IndexError
        There is no such row.

    Examples
    --------
    >>> trace = attend([[1.0, 0.0], [0.0, 1.0]], scale=False, temperature=1.0)
    >>> pulls(trace, 0).round(2)
    array([[ 0.  ,  0.  ],
           [-0.27,  0.27]])
    """
    n_queries, width = len(trace.weights), trace.matrix.shape[1]
    if trace.value.shape[1] != width or n_queries != len(trace.matrix):
        raise ValueError(
            "pulls compare each output with the static vector of the same word: they need one query a row and values "
            f"as wide as the matrix, got matrix {trace.matrix.shape}, query {trace.query.shape}, "
            f"value {trace.value.shape}"
        )
    if not -n_queries <= i < n_queries:
        raise IndexError(f"there is no word {i}: the trace has {n_queries}")
    share = trace.weights[i][:, None]
    return np.asarray(share * trace.value - share * trace.matrix[i])  # each product is finite, a difference may not be


def _numbers(name: str, given: ArrayLike) -> Array:
    try:
        if np.iscomplexobj(given):
            raise TypeError("complex numbers have no order")
        return np.array(given, dtype=np.float64)  # a copy: the caller's array stays as it is
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name} must be an array of numbers, got {type(given).__name__}: {error}") from None


def _matrix(name: str, given: ArrayLike) -> Array:
    rows = _numbers(name, given)
    if rows.ndim != 2 or 0 in rows.shape:
        raise ValueError(f"{name} must have shape (rows, width) with at least one of each, got {rows.shape}")
    if not np.isfinite(rows).all():
        row, column = np.argwhere(~np.isfinite(rows))[0]
        raise ValueError(f"{name} must be finite, got {rows[row, column]} in row {row}, column {column}")
    return rows


def _above_zero(temperature: Any) -> float:
    try:
        number = float(temperature) if isinstance(temperature, Real) else 0.0
    except OverflowError:  # an int beyond the range of floats
        number = np.inf
    if not 0 < number < np.inf:
        raise ValueError(f"temperature must be a finite number above zero, got {temperature!r}")
    return number


def _dot_products(queries: Array, keys: Array) -> Array:
    with np.errstate(over="ignore", invalid="ignore"):
        scores = queries @ keys.T
        if np.isfinite(scores).all():
            return np.asarray(scores)
        high_query, high_key = (np.frexp(np.abs(side).max(axis=1, keepdims=True))[1] for side in (queries, keys))
        unit = np.ldexp(queries, -high_query) @ np.ldexp(keys, -high_key).T  # each row exactly, by a power of two
        return np.asarray(np.clip(np.ldexp(unit, high_query + high_key.T), -LARGEST, LARGEST))


def _held(scores: Array, divisor: float) -> Array:
    with np.errstate(over="ignore"):
        return np.clip(scores / divisor, -LARGEST, LARGEST)


def _applied(scaled: Array, bias: ArrayLike | None, mask: ArrayLike | None) -> Array:
    if bias is not None:
        added = _fitting("bias", bias, scaled.shape)
        if not np.isfinite(added).all():
            raise ValueError("bias must be finite; to forbid a pair use mask")
        with np.errstate(over="ignore"):
            scaled = np.clip(scaled + added, -LARGEST, LARGEST)
    if mask is None:
        return scaled
    if (given := np.asarray(mask)).dtype == bool:
        return np.where(_fitting("mask", given, scaled.shape) > 0, scaled, -np.inf)
    added = _fitting("mask", mask, scaled.shape)
    _refuse_unclear(given, added)
    with np.errstate(over="ignore"):
        return np.where(np.isneginf(added), -np.inf, np.clip(scaled + added, -LARGEST, LARGEST))


def _fitting(name: str, given: Any, shape: tuple[int, ...]) -> Array:
    added = _numbers(name, given)
    wanted = (shape, shape[1:]) if name == "bias" else (shape,)
    if added.shape not in wanted:
        raise ValueError(f"{name} must have shape {' or '.join(map(str, wanted))}, got {added.shape}")
    return np.broadcast_to(added, shape)


def _refuse_unclear(given: NDArray[Any], added: Array) -> None:
    if np.isnan(added).any() or np.isposinf(added).any():
        raise ValueError("a mask of numbers is added to the scores: it must be finite or -inf, got NaN or +inf")
    if np.issubdtype(given.dtype, np.integer) or ((added == 1).any() and np.isin(added, (0, 1)).all()):
        raise ValueError(
            f"a mask of zeros and ones ({given.dtype}) could mean two things: give mask.astype(bool), True where a "
            "pair may attend, or numbers to add to the scores, -inf where it may not"
        )
