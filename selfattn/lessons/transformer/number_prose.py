"""What is said of one weight of the transformer."""

import numpy as np

from selfattn.core.attention import Array
from selfattn.core.rounding import percent, plain, plain_fixed
from selfattn.core.transformer import Encoded
from selfattn.core.wording import counted, shortened
from selfattn.lessons.transformer.opened import word_at
from selfattn.views.trace.decimals import Written
from selfattn.views.trace.steps import TracedWeight

LONGEST = 40  # letters of a word


def finding(traced: TracedWeight, written: Written, layer: int, head: int) -> list[str]:
    """Say how the weight is made: dot product, divided by √32, exponential, share of the row."""
    asks, asked = written.quoted(traced.i), written.quoted(traced.j)
    whom = "itself" if traced.i == traced.j else asked
    score, scaled, shifted = (
        plain_fixed(float(number), written.score)
        for number in (traced.scores[traced.j], traced.scaled[traced.j], traced.scaled[traced.j] - traced.shift)
    )
    less = f", less the highest of its row = {shifted}" if traced.shift else ""
    part = plain(float(traced.exponentials[traced.j]), written.exponential)
    return [
        f"Layer {layer + 1}, head {head + 1}: {asks} gives {whom} {percent(traced.weight)} of its weight.",
        f"Query · key = {score}, ÷ √{len(traced.query)} {written.equals('scaled')} {scaled}{less}: exp({shifted}) "
        f"{written.equals('exp')} {part} of {plain(traced.total, written.exponential)}.",
    ]


def made_of(width: int, own: int, layer: int) -> str:
    """Say what query, key and value are made of."""
    comes = "the embedding of the token" if layer == 0 else f"what layer {layer} made of the token"
    return (
        f"Three learned matrices make query, key and value, {own} numbers each, of the hidden state: the {width} "
        f"numbers of {comes}. What is passed on is the value times the weight."
    )


def piece(encoded: Encoded, *places: int) -> str:
    """Say which of the tokens are pieces of a word; nothing where none is."""
    cut = [encoded.words[word] for place in places if (word := word_at(encoded, place)) is not None]
    cut = [word for word in dict.fromkeys(cut) if len(word.pieces) > 1]
    named = [
        f"“{shortened(word.text, LONGEST)}” is {counted(len(word.pieces), 'word piece')}: "
        + shortened(" + ".join(encoded.tokens[word.pieces.start : word.pieces.stop]), LONGEST)
        for word in cut
    ]
    return f"Tokens ask and are asked, not words. {'; '.join(named)}." if named else ""


def value_alt(traced: TracedWeight, written: Written, value: Array) -> str:
    """Stand in for the value and what is passed on of it."""
    largest = int(np.abs(value).argmax())
    number, passed = (plain_fixed(float(each[largest]), 2) for each in (value, traced.weight * value))
    return (
        f"The value of {written.quoted(traced.j)}, {len(value)} numbers, and below it the same times the weight "
        f"{plain(traced.weight, written.share)}. The largest is number {largest + 1}: {number}, of which {passed} is "
        "passed on."
    )
