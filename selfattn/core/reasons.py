"""Why all weight stays on one word, or every word gets the same: the number that causes it, and what changes it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from gensim.models import KeyedVectors
from numpy.typing import NDArray

from selfattn.core.attention import AttentionTrace
from selfattn.core.contextual import attend_sentence
from selfattn.core.heads import known_head
from selfattn.core.presets import PRESET_TITLES, PRESETS, TRAINED, Settings
from selfattn.core.rounding import RAISED, plain, plain_fixed
from selfattn.core.sentences import Sentence
from selfattn.core.wording import quoted

ALL, SHARED = 0.995, 0.95  # a weight that stands for all of it, and one that leaves others a share to be seen
EVEN, UNEVEN = 0.01, 0.05  # differences between weights that are none, and that are seen
ALIKE = 0.1  # of the largest weight: in a long sentence every difference is small
SHORT = 0.1  # a squared length, divided as the scores are, that can make no score differ from another
NO_HELP = "No switch changes that: other vectors would."

Array = NDArray[np.float64]
Ways = Iterator[tuple[str, Settings]]


def reason(sentence: Sentence, trace: AttentionTrace, row: int, vectors: KeyedVectors, settings: Settings) -> str:
    """Say why one word has all the weight of a row, or all have the same, and which switches change that.

    Parameters
    ----------
    sentence : Sentence
    trace : AttentionTrace
        Of this sentence, with these settings.
    row : int
        The word that asks.
    vectors : KeyedVectors
    settings : Settings

    Returns
    -------
    str
        Nothing where neither is the case, and where the word has but one other to ask.
    """
    asked, tokens = np.flatnonzero(np.isfinite(trace.scaled[row])), sentence.tokens
    if len({tokens[place] for place in asked}) < 2:
        return ""
    weights = trace.weights[row]
    if _most(weights, tokens) >= ALL:
        why, groups, changes = _one(trace, row, tokens, settings), _spreading(settings, vectors), _shared
    elif np.ptp(weights[asked]) < min(EVEN, ALIKE * weights.max()):
        why, groups, changes = _even(trace, row, asked, settings), _sharpening(settings, vectors), _uneven
    else:
        return ""
    # only what has been computed to help is offered, and the first of ways that are alike
    helps = [next((name for name, ways in group if changes(sentence, row, vectors, ways)), "") for group in groups]
    found = [name for name in helps if name]
    return f"{why} What helps: {', or '.join(found)}." if found else f"{why} {NO_HELP}"


def _most(weights: Array, tokens: Sequence[str]) -> float:
    """Give the largest weight, all copies of a word counted together."""
    total = dict.fromkeys(tokens, 0.0)
    for token, weight in zip(tokens, weights.tolist(), strict=True):
        total[token] += weight
    return max(total.values())


def _shared(sentence: Sentence, row: int, vectors: KeyedVectors, settings: Settings) -> bool:
    return _most(attend_sentence(sentence, vectors, settings).weights[row], sentence.tokens) <= SHARED


def _uneven(sentence: Sentence, row: int, vectors: KeyedVectors, settings: Settings) -> bool:
    trace = attend_sentence(sentence, vectors, settings)
    return float(np.ptp(trace.weights[row][np.isfinite(trace.scaled[row])])) >= UNEVEN


def _one(trace: AttentionTrace, row: int, tokens: Sequence[str], settings: Settings) -> str:
    """Say which two scores part the word that has it all from the next one."""
    scores, scaled, word = trace.scores[row], trace.scaled[row], tokens[row]
    best = int(scaled.argmax())
    following = int(np.where([token == tokens[best] for token in tokens], -np.inf, scaled).argmax())
    first, second = (plain(float(scores[place]), 0) for place in (best, following))
    lead, product = float(scaled[best] - scaled[following]), "query times key" if settings.trained else "dot product"
    if tokens[best] == word:
        length = "" if settings.trained else f" (its length of {np.linalg.norm(trace.matrix[row]):.1f}, squared)"
        start = f"“{word}” keeps all the weight: its {product} with itself{length}"
    else:
        start = f"“{tokens[best]}” has all the weight: the {product} of “{word}” with it"
    gap = float(scores[best] - scores[following]) / trace.divisor
    done = [f"divided by {trace.divisor:.2f}"] * (trace.divisor != 1)
    done += ["with what the switches take off"] * (plain_fixed(gap, 1) != plain_fixed(lead, 1))
    after = f"{' and '.join(done).capitalize()}, that is" if done else "That is"
    other = "itself" if tokens[following] == word else f"“{tokens[following]}”"
    times = f"e{str(round(lead)).translate(RAISED)} times the weight"
    return (
        f"{start} is {first}, with {other}, the next, {second}. {after} a lead of {plain_fixed(lead, 1)}, "
        f"and the softmax makes it {times}."
    )


def _even(trace: AttentionTrace, row: int, asked: NDArray[np.intp], settings: Settings) -> str:
    """Say between which numbers the scores lie, and whether they are alike for short vectors."""
    ends = [plain(float(end(trace.scores[row][asked])), 2) for end in (np.min, np.max)]
    between = f"lie between {ends[0]} and {ends[1]}" if ends[0] != ends[1] else f"are all {ends[0]}"
    divided = f", divided by {trace.divisor:.2f}" if trace.divisor != 1 else ""
    lengths = (np.linalg.norm(side, axis=1).max() for side in (trace.query[[row]], trace.key[asked]))
    longest = float(max(lengths))
    what = ("queries and keys", "products") if settings.trained else ("vectors", "dot products")
    if longest**2 / trace.divisor < SHORT:
        start = f"all get the same, for the {what[0]} are short (length {plain(longest, 2)} at most): their {what[1]}"
    else:
        start = f"all get the same, for the scores hardly differ: the {what[1]}"
    return f"{start} {between}{divided}, and the softmax makes equal shares of that."


def _spreading(settings: Settings, vectors: KeyedVectors) -> Iterator[Ways]:
    """Go through what takes weight from one word, in groups of ways that are alike."""
    temperatures = [each for each in (2.0, 5.0, 10.0) if each > settings.temperature]
    yield _divided(settings, True, temperatures)
    yield iter([("“Attend to itself” off", replace(settings, attend_self=False))] * settings.attend_self)
    yield _presets(("sharper", TRAINED), settings, vectors)


def _sharpening(settings: Settings, vectors: KeyedVectors) -> Iterator[Ways]:
    """Go through what makes weights differ; that of place or frequency alone would be no difference in meaning."""
    yield _divided(settings, False, [each for each in (1.0, 0.5, 0.1) if each < settings.temperature])
    yield _presets((TRAINED,), settings, vectors)


def _divided(settings: Settings, scale: bool, temperatures: Sequence[float]) -> Ways:
    switch = f"“Divide by √d” {'on' if scale else 'off'}"
    switched = replace(settings, scale=scale)
    if settings.scale != scale:
        yield switch, switched
    for each in temperatures:
        yield f"a temperature of {each:g}", replace(settings, temperature=each)
    if settings.scale != scale:
        for each in temperatures:
            yield f"{switch} with a temperature of {each:g}", replace(switched, temperature=each)


def _presets(names: Sequence[str], settings: Settings, vectors: KeyedVectors) -> Ways:
    for name in names:
        if PRESETS[name] != settings and (name != TRAINED or known_head(vectors)):
            yield quoted([PRESET_TITLES[name]]), PRESETS[name]
