"""The text that stands in for the frames around self-attention."""

from collections.abc import Sequence

from selfattn.core.describe import Array
from selfattn.core.heaviest import heaviest
from selfattn.core.wording import numbered

NAMED = 7  # words whose weights are read out


def nested_alt(weights: Array, tokens: Sequence[str], row: int) -> str:
    """Stand in for the nested frames with the sentence in their centre."""
    places = heaviest(weights, NAMED)
    values = ", ".join(numbered([tokens[place] for place in places], weights[list(places)]))
    more = f", the heaviest of {len(tokens)}" if len(tokens) > NAMED else ""
    return (
        "Frames within frames: generative AI (images, video, text), the transformer, self-attention. "
        f"In the centre an arc runs from “{tokens[row]}” to each word, as thick as its weight: {values}{more}."
    )
