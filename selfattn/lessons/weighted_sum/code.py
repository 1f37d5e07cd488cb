"""A word as a weighted sum: with weights set by hand, every word, and the computed weights beside those set by hand."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike

from selfattn.core.presets import Settings
from selfattn.views.snippets import COSINE, START, attention, each_sentence, embedded, line_between, lines

WRITTEN_OUT = 8  # weights; of a longer sentence only those that are not zero


def by_hand(
    text: str,
    row: int,
    hand: ArrayLike,
    settings: Settings,
    poles: Mapping[str, Iterable[str]] | None = None,
    *,
    drop_punctuation: bool = True,
) -> str:
    """Write one word as a sum with weights set by hand: `weights`, `new`, and its places `before` and `after`.

    Parameters
    ----------
    text : str
    row : int
    hand : array_like of shape (n_tokens,)
    settings : Settings
        Says whether the vectors are centred.
    poles : mapping of str to words, optional
        Known words only.
    drop_punctuation : bool
    """
    new = lines(
        START,
        *embedded(repr(text), settings, drop_punctuation),
        f"row = {row}",
        *_weights("weights", hand),
        "new = weights @ x  # (n,) @ (n, d): each vector times its weight, all added up",
        "",
    )
    if not poles:
        return lines(new, *COSINE, "alike = cosine(x[row], new)", "print(round(alike, 2))")
    return lines(
        new,
        *line_between(poles, settings),
        "before, after = (x[row] - middle) @ line, (new - middle) @ line",
        "print(before.round(1), after.round(1))",
    )


def every_word(texts: Sequence[str], settings: Settings, *, drop_punctuation: bool = True) -> str:
    """Write every word of several sentences as a sum: `new[text]` holds all weights and all vectors."""
    return each_sentence(
        texts,
        settings,
        "new[text] = weights, output",
        "for word, row in zip(sentence.tokens, weights):",
        '    print(f"{word}′ =", " + ".join(f"{w:.2f} {other}" for w, other in zip(row, sentence.tokens)))',
        drop_punctuation=drop_punctuation,
    )


def compared(text: str, row: int, hand: ArrayLike, settings: Settings, *, drop_punctuation: bool = True) -> str:
    """Write self-attention, and its weights beside those set by hand: besides `weights`, `hand` and `away`."""
    return lines(
        attention(text, settings, drop_punctuation=drop_punctuation),
        "",
        f"row = {row}",
        *_weights("hand", hand),
        "away = np.abs(hand - weights[row])",
        "for word, by_hand, computed in zip(sentence.tokens, hand, weights[row]):",
        '    print(f"{word}: {by_hand:.2f} by hand, {computed:.2f} computed")',
        "print(sentence.tokens[away.argmax()], away.max().round(2))",
    )


def _weights(name: str, hand: ArrayLike) -> list[str]:
    """Write weights set by hand."""
    weights = np.asarray(hand, dtype=np.float64)
    short = len(weights) <= WRITTEN_OUT
    some = np.arange(len(weights)) if short else np.flatnonzero(weights)
    numbers = f"[{', '.join(f'{weight:g}' for weight in weights[some])}]"
    if short:
        return [f"{name} = np.array({numbers})  # by hand; they sum to one"]
    return [f"{name} = np.zeros(len(x))", f"{name}[{some.tolist()}] = {numbers}  # by hand; they sum to one"]
