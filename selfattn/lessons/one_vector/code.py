"""One word, one vector: looked up in every sentence."""

from collections.abc import Sequence

from selfattn.views.snippets import START, dropping, lines


def toy(vector: Sequence[float], texts: Sequence[str], word: str) -> str:
    """Write the vector of a word as a dictionary gives it: `found[text]` is the same for every sentence."""
    return lines(
        "import numpy as np",
        "",
        f"dictionary = {{{word!r}: np.array({list(vector)!r})}}  # one word, one vector",
        "found = {}",
        f"for text in {list(texts)!r}:",
        f"    found[text] = dictionary[{word!r}]  # the sentence is not asked",
        "    print(text, found[text])",
    )


def real(texts: Sequence[str], word: str, *, drop_punctuation: bool = True) -> str:
    """Write the real vector of a word in every sentence, `found`, and the largest `difference`."""
    return lines(
        START,
        "found = []",
        f"for text in {list(texts)!r}:",
        f"    sentence = selfattn.embed(text, vectors{dropping(drop_punctuation)})",
        f"    found.append(sentence.matrix[sentence.index({word!r})])",
        "difference = np.abs(found[0] - found[-1]).max()",
        "print(found[0].round(2))",
        "print(difference)",
    )
