"""The few lines of NumPy that compute what a screen shows, as text: a test runs each and compares it with the screen.

What the user typed goes in as a Python literal (``repr``), never as code. Here: self-attention over one sentence, and
one word in several; what one lesson alone shows stands in its folder.
"""

from __future__ import annotations

from collections.abc import Sequence

from selfattn.core.presets import Settings

START = "import numpy as np\nimport selfattn\n\nvectors = selfattn.load_vectors()"  # another set has other lines


def attention(text: str, settings: Settings, *, drop_punctuation: bool = True) -> str:
    """Write self-attention over one sentence: `sentence`, `x`, `scores`, `scaled`, `weights`, `output`."""
    return "\n".join([START, *_sentence(text, settings, drop_punctuation), *_attend(settings)])


def of_word(text: str, row: int, settings: Settings, *, drop_punctuation: bool = True) -> str:
    """Write what the word in one row becomes: besides the above, `row`, and prints its weights."""
    shown = [f"row = {row}", "print(dict(zip(sentence.tokens, weights[row].round(2).tolist())))"]
    return "\n".join([attention(text, settings, drop_punctuation=drop_punctuation), "", *shown])


def two_sentences(texts: Sequence[str], word: str, settings: Settings, *, drop_punctuation: bool = True) -> str:
    """Write what one word becomes in each of several sentences: `new[text]` holds its weights and its vector."""
    body = [*_sentence("text", settings, drop_punctuation, literal=False), *_attend(settings)]
    loop = [f"    {line}" if line else "" for line in body]
    end = [
        f"    row = sentence.index({word!r})",
        "    new[text] = weights[row], output[row]",
        "    print(dict(zip(sentence.tokens, weights[row].round(2).tolist())))",
    ]
    return "\n".join([START, "new = {}", f"for text in {list(texts)!r}:", *loop, *end])


def _sentence(text: str, settings: Settings, drop_punctuation: bool, *, literal: bool = True) -> list[str]:
    given = repr(text) if literal else text
    kept = "" if drop_punctuation else ", drop_punctuation=False"
    matrix = (
        "x = selfattn.space(vectors, centred=True)(sentence.matrix)  # mean and two strongest directions taken out"
        if settings.centre
        else "x = sentence.matrix.astype(float)  # (n, d): one row a word"
    )
    return [f"sentence = selfattn.embed({given}, vectors{kept})", matrix]


def _attend(settings: Settings) -> list[str]:
    root = "np.sqrt(x.shape[1])" if settings.scale else ""
    heat = f"{settings.temperature:g}" if settings.temperature != 1 else ""
    below = " * ".join(part for part in (root, heat) if part)
    divided = f"scores / ({below})" if root and heat else f"scores / {below}" if below else "scores.copy()"
    lines = ["scores = x @ x.T  # dot products", f"scaled = {divided}"]
    if settings.frequency:
        lines += [
            "frequency = selfattn.zipf_probabilities(vectors, sentence.tokens)",
            "scaled += np.log(0.001 / (0.001 + frequency))  # frequent words count less",
        ]
    if settings.distance:
        lines += [
            "place = np.arange(len(x))",
            "scaled -= np.abs(place[:, None] - place) / 20  # distant words count less",
        ]
    if not settings.attend_self:
        lines += ["if len(x) > 1:", "    np.fill_diagonal(scaled, -np.inf)  # no word looks at itself"]
    return [
        *lines,
        "weights = np.exp(scaled - scaled.max(axis=1, keepdims=True))",
        "weights /= weights.sum(axis=1, keepdims=True)  # softmax: every row sums to one",
        "output = weights @ x  # the contextual vectors",
    ]
