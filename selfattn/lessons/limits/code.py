"""What self-attention without training cannot do: each screen's numbers once more."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from selfattn.core.presets import Settings
from selfattn.views.snippets import START, attention, line_between, lines, two_sentences

COSINE = ("def cosine(a, b):", "    return a @ b / np.sqrt((a @ a) * (b @ b))")
DIFFERENCE = ("difference = abs(first - second).max()", "print(difference)")  # the largest among the numbers
ALIKE = (*COSINE, "alike = cosine(first, second)", "print(alike)")
Poles = Mapping[str, Sequence[str]]


def compared(
    texts: Sequence[str], word: str, then: Sequence[str], settings: Settings, *, drop_punctuation: bool = True
) -> str:
    """Write the word in two sentences, `first` and `second` its vectors, and what is `then` done with them."""
    first, second = texts
    both = f"(_, first), (_, second) = new[{first!r}], new[{second!r}]"
    return lines(two_sentences(texts, word, settings, drop_punctuation=drop_punctuation), "", both, *then)


def frequent(text: str, word: str, most_frequent: int, settings: Settings, *, drop_punctuation: bool = True) -> str:
    """Write who takes the weight without and with the switch: `off` and `on` are shares of what goes to others."""
    switched = [replace(settings, frequency=lowered) for lowered in (False, True)]
    off, on = (attention(text, ways, drop_punctuation=drop_punctuation) for ways in switched)
    taken = "weights[row, others & often].sum() / (weights[row, others].sum() or 1)"
    return lines(
        off,
        f"row = sentence.index({word!r})",
        "others = np.arange(len(x)) != row",
        f"often = np.array([vectors.key_to_index[token] < {most_frequent} for token in sentence.tokens])",
        f"off = {taken}",
        "",
        on.removeprefix(f"{START}\n"),
        f"on = {taken}",
        "",
        "print(off, on)",
    )


def still(text: str, word: str, poles: Poles, settings: Settings, *, drop_punctuation: bool = True) -> str:
    """Write how little the word moves: `alike`, its places `before` and `after`, and that of each word, `leans`."""
    return lines(
        attention(text, settings, drop_punctuation=drop_punctuation),
        "",
        f"row = sentence.index({word!r})",
        *COSINE,
        "alike = cosine(x[row], output[row])",
        *line_between(poles, settings),
        "before, after = ((side[row] - middle) @ line for side in (x, output))",
        "leans = dict(zip(sentence.tokens, (x - middle) @ line))",
        "print(before, after, leans)",
        "print(alike)",
    )


def scaling(widths: Sequence[int], count: int, keys: int, seed: int) -> str:
    """Write how dot products spread, undivided and divided by √d: `before[d]` and `after[d]`."""
    return lines(
        "import numpy as np",
        "",
        f"rng = np.random.default_rng({seed})",
        "before, after = {}, {}",
        f"for d in {tuple(widths)!r}:",
        f"    query = rng.standard_normal(({count}, d))",
        f"    key = rng.standard_normal(({count}, {keys}, d))",
        '    scores = np.einsum("nd,nkd->nk", query, key)  # dot products of d pairs of random numbers',
        "    before[d], after[d] = scores.std(), (scores / np.sqrt(d)).std()",
        "print(before, after)",
    )
