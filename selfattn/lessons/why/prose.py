"""The text that stands in for the frames around self-attention."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]


def nested_alt(weights: Array, tokens: Sequence[str], row: int) -> str:
    """Stand in for the nested frames with the sentence in their centre."""
    order = np.argsort(-weights, kind="stable")[:7]
    values = ", ".join(f"{tokens[at]} {weights[at]:.2f}" for at in sorted(order.tolist()))
    more = f", the heaviest of {len(tokens)}" if len(tokens) > 7 else ""
    return (
        "Frames within frames: generative AI (images, video, text), the transformer, self-attention. "
        f"In the centre an arc runs from “{tokens[row]}” to each word, as thick as its weight: {values}{more}."
    )
