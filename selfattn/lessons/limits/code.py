"""What self-attention without training cannot do: each screen's numbers once more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from selfattn.core.presets import Settings
from selfattn.views.snippets import START, attention, two_sentences

COSINE = ["def cosine(a, b):", "    return a @ b / np.sqrt((a @ a) * (b @ b))"]


def order(texts: Sequence[str], word: str, settings: Settings, *, drop_punctuation: bool = True) -> str:
    """Write the word in both orders: `difference` is the largest among its numbers."""
    end = [
        "(_, first), (_, second) = new[" + repr(texts[0]) + "], new[" + repr(texts[1]) + "]",
        "difference = abs(first - second).max()",
        "print(difference)",
    ]
    return _after(two_sentences(texts, word, settings, drop_punctuation=drop_punctuation), end)


def mixed(
    texts: Sequence[str],
    word: str,
    poles: Mapping[str, Sequence[str]],
    settings: Settings,
    *,
    drop_punctuation: bool = True,
) -> str:
    """Write the word with both cues and with each alone: `meters[text]` are its cosines."""
    end = [
        *_centres(poles, settings),
        *COSINE,
        "meters = {text: {sense: cosine(vector, centres[sense]) for sense in poles}",
        "          for text, (_, vector) in new.items()}",
        "print(meters)",
    ]
    return _after(two_sentences(texts, word, settings, drop_punctuation=drop_punctuation), end)


def negation(texts: Sequence[str], word: str, settings: Settings, *, drop_punctuation: bool = True) -> str:
    """Write the word in both sentences: `alike` is the cosine of its two vectors."""
    end = [
        "(_, first), (_, second) = new[" + repr(texts[0]) + "], new[" + repr(texts[1]) + "]",
        *COSINE,
        "alike = cosine(first, second)",
        "print(alike)",
    ]
    return _after(two_sentences(texts, word, settings, drop_punctuation=drop_punctuation), end)


def frequent(text: str, word: str, most_frequent: int, settings: Settings, *, drop_punctuation: bool = True) -> str:
    """Write who takes the weight without and with the switch: `off` and `on` are shares of what goes to others."""
    shared = [
        f"row = sentence.index({word!r})",
        "others = np.arange(len(x)) != row",
        f"often = np.array([vectors.key_to_index[token] < {most_frequent} for token in sentence.tokens])",
    ]
    lines: list[str] = []
    for name, lowered in (("off", False), ("on", True)):
        source = attention(text, replace(settings, frequency=lowered), drop_punctuation=drop_punctuation)
        lines += [source if not lines else source.removeprefix(f"{START}\n")]
        lines += shared if name == "off" else []
        lines += [f"{name} = weights[row, others & often].sum() / (weights[row, others].sum() or 1)", ""]
    return "\n".join([*lines, "print(off, on)"])


def still(
    text: str,
    word: str,
    poles: Mapping[str, Sequence[str]],
    settings: Settings,
    *,
    drop_punctuation: bool = True,
) -> str:
    """Write how little the word moves: `alike`, its cosines `before` and `after`, and how far each word `leans`."""
    end = [
        f"row = sentence.index({word!r})",
        *COSINE,
        "alike = cosine(x[row], output[row])",
    ]
    if poles:
        end += [
            *_centres(poles, settings),
            "before, after = ({sense: cosine(side[row], centres[sense]) for sense in poles} for side in (x, output))",
            "first, second = centres.values()",
            "leans = {token: cosine(one, second) - cosine(one, first) for token, one in zip(sentence.tokens, x)}",
            "print(before, after, leans)",
        ]
    return _after(attention(text, settings, drop_punctuation=drop_punctuation), [*end, "print(alike)"])


def scaling(widths: Sequence[int], count: int, keys: int, seed: int) -> str:
    """Write how dot products spread, undivided and divided by √d: `before[d]` and `after[d]`."""
    return "\n".join(
        [
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
        ]
    )


def _after(source: str, end: Sequence[str]) -> str:
    return "\n".join([source, "", *end])


def _centres(poles: Mapping[str, Sequence[str]], settings: Settings) -> list[str]:
    written = {sense: list(words) for sense, words in poles.items()}
    rows = "vectors[words].astype(float)"
    place = f"selfattn.space(vectors, centred=True)({rows})" if settings.centre else rows
    return [
        f"poles = {written!r}",
        f"centres = {{sense: {place}.mean(axis=0) for sense, words in poles.items()}}",
    ]
