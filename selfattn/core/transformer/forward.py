"""The forward pass of BERT in NumPy, one function for each part of the paper.

Vaswani et al. (2017), "Attention Is All You Need", section 3, whose encoder Devlin et al. (2019), "BERT", use. Shapes:
n word pieces, d numbers of a hidden state, h heads.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import erf

from selfattn.core.transformer.weights import Block, Weights

Array = NDArray[np.float32]
EPSILON = np.float32(1e-12)  # in BERT's layer norm


@dataclass(frozen=True, slots=True, eq=False)
class Pass:
    """What a forward pass makes.

    Attributes
    ----------
    states : ndarray of shape (layers + 1, n, d)
        The embeddings, then what each layer gives.
    weights : ndarray of shape (layers, heads, n, n)
    """

    states: Array
    weights: Array


def forward(rows: list[int], learned: Weights) -> Pass:
    """Take word pieces through all layers.

    Parameters
    ----------
    rows : list of int, of length n
        Of the word pieces, in the vocabulary.
    learned : Weights
    """
    sizes = learned.sizes
    states = np.empty((sizes.layers + 1, len(rows), sizes.width), dtype=np.float32)
    weights = np.empty((sizes.layers, sizes.heads, len(rows), len(rows)), dtype=np.float32)
    states[0] = embeddings(rows, learned)
    for layer, block in enumerate(learned.blocks):
        mixed, weights[layer] = attention(states[layer], block, sizes.heads)
        attended = layer_norm(states[layer] + mixed, block.norm)  # (n, d): the shortcut around the attention
        states[layer + 1] = layer_norm(attended + feed_forward(attended, block), block.norm2)
    return Pass(states, weights)


def embeddings(rows: list[int], learned: Weights) -> Array:
    """Add word and position embeddings: (n, d). Devlin et al. (2019), section 3 and figure 2."""
    return layer_norm(learned.word_rows(rows) + learned.positions[: len(rows)], learned.norm)


def attention(x: Array, block: Block, heads: int) -> tuple[Array, Array]:
    """Let all heads attend, and mix what they give by W_O. Vaswani et al. (2017), section 3.2.2.

    Returns
    -------
    mixed, weights : ndarray of shape (n, d), (h, n, n)
    """
    query, key, value = split_heads(x @ block.query_key_value + block.query_key_value_bias, heads)  # each (h, n, d/h)
    weights = softmax(query @ key.swapaxes(1, 2) / np.float32(np.sqrt(key.shape[2])))  # (h, n, n)
    side_by_side = (weights @ value).swapaxes(0, 1).reshape(x.shape)  # (h, n, d/h) -> (n, d)
    return side_by_side @ block.output + block.output_bias, weights


def split_heads(projected: Array, heads: int) -> Array:
    """Cut queries, keys and values of all heads apart: (n, 3d) to (3, h, n, d/h)."""
    return projected.reshape(len(projected), 3, heads, -1).transpose(1, 2, 0, 3)


def softmax(scores: Array) -> Array:
    """Turn the last axis into weights that sum to one, in float32 and in the scores' own place."""
    scores -= scores.max(axis=-1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=-1, keepdims=True)
    return scores


def feed_forward(x: Array, block: Block) -> Array:
    """Widen each hidden state, bend it, and narrow it again: (n, d). Vaswani et al. (2017), equation 2."""
    return np.asarray(gelu(x @ block.widen + block.widen_bias) @ block.narrow + block.narrow_bias)


def gelu(x: Array) -> Array:
    """x Φ(x), with Φ the normal distribution: Hendrycks & Gimpel (2016), "Gaussian Error Linear Units"."""
    half = np.float32(0.5)
    return np.asarray(x * (half + half * erf(x * np.float32(np.sqrt(0.5)))))


def layer_norm(x: Array, norm: Array) -> Array:
    """Give each row mean 0 and variance 1, then gain and bias: Ba et al. (2016), "Layer Normalization", equation 4."""
    gain, bias = norm
    centred = x - x.mean(axis=-1, keepdims=True)
    variance = np.einsum("nd,nd->n", centred, centred)[:, None] / np.float32(x.shape[-1])
    return np.asarray(centred / np.sqrt(variance + EPSILON) * gain + bias)
