"""One word, one vector: looked up in every sentence, and its neighbours in the dictionary."""

from __future__ import annotations

from collections.abc import Sequence

from selfattn.core.senses import AmbiguousWord
from selfattn.views.snippets import START


def toy(vector: Sequence[float], texts: Sequence[str], word: str) -> str:
    """Write the vector of a word as a dictionary gives it: `found[text]` is the same for every sentence."""
    return "\n".join(
        [
            "import numpy as np",
            "",
            f"dictionary = {{{word!r}: np.array({list(vector)!r})}}  # one word, one vector",
            "found = {}",
            f"for text in {list(texts)!r}:",
            f"    found[text] = dictionary[{word!r}]  # the sentence is not asked",
            "    print(text, found[text])",
        ]
    )


def real(texts: Sequence[str], word: str, *, drop_punctuation: bool = True) -> str:
    """Write the real vector of a word in every sentence, `found`, and the largest `difference`."""
    kept = "" if drop_punctuation else ", drop_punctuation=False"
    return "\n".join(
        [
            START,
            "found = []",
            f"for text in {list(texts)!r}:",
            f"    sentence = selfattn.embed(text, vectors{kept})",
            f"    found.append(sentence.matrix[sentence.index({word!r})])",
            "difference = np.abs(found[0] - found[-1]).max()",
            "print(found[0].round(2))",
            "print(difference)",
        ]
    )


def neighbours(word: str, sense: AmbiguousWord | None, *, most: int) -> str:
    """Write the `nearest` words of a word as (word, cosine), and the sense that each is nearer to, `nearer`."""
    lines = [START, f"nearest = vectors.most_similar({word!r}, topn={most})"]
    if sense is None:
        return "\n".join([*lines, "print(nearest)"])
    poles = {name: list(words) for name, words in sense.poles.items()}
    return "\n".join(
        [
            *lines,
            f"poles = {poles!r}",
            "centres = {name: np.mean([vectors[word] for word in words], axis=0) for name, words in poles.items()}",
            "",
            "def cosine(a, b):",
            "    return a @ b / (np.linalg.norm(a) * np.linalg.norm(b))",
            "",
            "nearer = {}",
            "for word, similarity in nearest:",
            "    nearer[word] = max(centres, key=lambda name: cosine(vectors[word], centres[name]))",
            "    print(f'{similarity:.2f} {word}: {nearer[word]}')",
        ]
    )
