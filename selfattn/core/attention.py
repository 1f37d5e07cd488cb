"""Scaled dot-product attention, with every array that it makes kept for the lesson.

Vaswani et al. (2017), "Attention Is All You Need", equation 1:
``Attention(Q, K, V) = softmax(Q Kᵀ / √d_k) V``.
"""

from dataclasses import dataclass
from numbers import Real

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


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
    highest = rows.max(axis=-1, keepdims=True)
    if np.isnan(highest).any() or np.isposinf(highest).any():
        raise ValueError("softmax needs finite scores (or -inf for a pair that may not attend), got NaN or +inf")
    if np.isneginf(highest).any():
        raise ValueError(f"row {int(np.isneginf(highest).argmax())} may attend to nothing: all its scores are -inf")
    with np.errstate(over="ignore"):  # a difference beyond float range is -inf, and exp(-inf) is 0
        exponentials = np.exp(rows - highest)  # exp of at most 0 cannot overflow
    return np.asarray(exponentials / exponentials.sum(axis=-1, keepdims=True))


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
    mask : array_like of bool, of shape (n_queries, n_keys)
        True where a pair may attend.
    bias : array_like of shape (n_keys,) or (n_queries, n_keys)
        Added to the scaled scores; finite.

    Returns
    -------
    AttentionTrace

    Raises
    ------
    ValueError
        Shapes that do not fit, numbers that are not finite or too large to be multiplied in float64, a temperature
        that is not above zero, a mask that is not boolean or leaves a row nothing to attend to. The message shows what
        arrived.

    Examples
    --------
    >>> trace = attend([[1.0, 0.0], [0.0, 1.0]], scale=False, temperature=1.0)
    >>> trace.weights.round(2)
    array([[0.73, 0.27],
           [0.27, 0.73]])
    """
    matrix = _rows("matrix", matrix)
    query = matrix if query is None else _rows("query", query)
    key = matrix if key is None else _rows("key", key)
    value = matrix if value is None else _rows("value", value)
    if query.shape[1] != key.shape[1]:
        raise ValueError(f"query and key need the same width, got {query.shape} and {key.shape}")
    if len(key) != len(value):
        raise ValueError(f"key and value need the same number of rows, got {key.shape} and {value.shape}")
    divisor = _above_zero(temperature) * (float(np.sqrt(key.shape[1])) if scale else 1.0)
    with np.errstate(over="ignore", invalid="ignore"):
        scores = query @ key.T  # (n_queries, d_k) @ (d_k, n_keys)
        scaled = scores / divisor
        if bias is not None:
            scaled = scaled + _bias(bias, scores.shape)
    if not np.isfinite(scaled).all():
        largest = max(float(np.abs(side).max()) for side in (query, key))
        raise ValueError(
            f"scores must stay within the range of float64: got numbers up to {largest:g}, divided by {divisor:g}"
        )
    if mask is not None:
        scaled = np.where(_mask(mask, scores.shape), scaled, -np.inf)
    weights = softmax(scaled)
    output = weights @ value  # (n_queries, n_keys) @ (n_keys, d_v)
    trace = AttentionTrace(
        matrix=matrix, query=query, key=key, value=value,
        scores=scores, scaled=scaled, weights=weights, output=output, divisor=divisor,
    )  # fmt: skip
    for array in (matrix, query, key, value, scores, scaled, weights, output):
        array.setflags(write=False)
    return trace


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


def _rows(name: str, given: ArrayLike) -> Array:
    rows = _numbers(name, given)
    if rows.ndim != 2 or 0 in rows.shape:
        raise ValueError(f"{name} must have shape (rows, width) with at least one of each, got {rows.shape}")
    if not np.isfinite(rows).all():
        row, column = np.argwhere(~np.isfinite(rows))[0]
        raise ValueError(f"{name} must be finite, got {rows[row, column]} in row {row}, column {column}")
    return rows


def _above_zero(temperature: float) -> float:
    try:
        number = float(temperature) if isinstance(temperature, Real) else 0.0
    except OverflowError:  # an int beyond the range of floats
        number = np.inf
    if not 0 < number < np.inf:
        raise ValueError(f"temperature must be a finite number above zero, got {temperature!r}")
    return number


def _bias(given: ArrayLike, shape: tuple[int, ...]) -> Array:
    bias = _numbers("bias", given)
    if bias.shape not in (shape, shape[1:]):
        raise ValueError(f"bias must have shape {shape} or {shape[1:]}, got {bias.shape}")
    if not np.isfinite(bias).all():
        raise ValueError("bias must be finite; to forbid a pair use mask")
    return bias


def _mask(given: ArrayLike, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    mask = np.asarray(given)
    if mask.dtype != bool:
        raise ValueError(f"mask must be boolean, True where a pair may attend, got {mask.dtype}: numbers go into bias")
    if mask.shape != shape:
        raise ValueError(f"mask must have shape {shape}, got {mask.shape}")
    return mask
