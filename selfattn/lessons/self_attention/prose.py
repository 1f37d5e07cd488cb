"""Texts that stand in for the pictures of self-attention, step by step."""

from collections.abc import Sequence

import numpy as np

from selfattn.core.describe import Array
from selfattn.core.rounding import plain_fixed

STRIPS = 12  # vectors that are named


def scores_alt(scores: Array, tokens: Sequence[str], row: int, name: str) -> str:
    """Stand in for a heatmap of scores."""
    finite = np.where(np.isfinite(scores[row]), scores[row], -np.inf)
    best = int(finite.argmax())
    highest = f"“{tokens[row]}” scores highest with “{tokens[best]}”: {plain_fixed(scores[row, best], 2)}"
    return f"{name} of {len(tokens)} words with one another. {highest}."


def strips_alt(matrix: Array, tokens: Sequence[str]) -> str:
    """Stand in for vectors drawn as strips of colour."""
    reach = f"from {plain_fixed(matrix.min(), 2)} to {plain_fixed(matrix.max(), 2)}"
    return f"{len(tokens)} vectors of {matrix.shape[1]} numbers, {reach}: {', '.join(tokens[:STRIPS])}."
