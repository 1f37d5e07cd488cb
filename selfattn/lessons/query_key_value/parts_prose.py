"""What is said of the three parts: symmetric or not, who asks whom most, where the sum goes."""

from collections.abc import Sequence

import numpy as np

from selfattn.core.attention import Array
from selfattn.core.describe import HARDLY
from selfattn.core.rounding import plain_fixed
from selfattn.core.typed import written
from selfattn.core.wording import quoted, shortened
from selfattn.lessons.query_key_value.parts_matrices import SYMBOLS, Matrix, Parts, symmetric
from selfattn.views.snippets import lines

QUESTION = "One vector asks, is asked and gives. The scores are symmetric: are the weights, too?"
YES, NO, ONLY = "Yes", "No", "Only of words that stand side by side"
OPTIONS = YES, NO, ONLY
PLAYS = {"query": "asks", "key": "is asked", "value": "gives"}
TITLES = {"query": "Asks: query", "key": "Is asked: key", "value": "Gives: value"}
VECTORS = {"query": "q", "key": "k", "value": "v"}
STRUT = r"\rule[-1.3em]{0em}{1.3em}"  # keeps what stands below from touching the brackets
TIED = "with one vector for all three"


def truth(weights: Array) -> str:
    """Tell which of the options holds."""
    if symmetric(weights, HARDLY):
        return YES
    beside = np.abs(np.diagonal(weights, 1) - np.diagonal(weights, -1))
    return ONLY if beside.max(initial=0.0) <= HARDLY else NO


def because(parts: Parts) -> str:
    """Say with two numbers why it is so, while one vector plays all parts."""
    weights = parts.tied.weights
    (i, j), (one, other) = (pair := _pair(parts, parts.tied.weights)), _both(weights, *pair)
    first, second = parts.tokens[i], parts.tokens[j]
    how = "all rows have the same sum" if symmetric(weights, HARDLY) else "each row is divided by a sum of its own"
    return f"since {how}: “{first}” asks “{second}” {one}, “{second}” asks “{first}” {other}"


def finding(parts: Parts) -> list[str]:
    """Say who asks whom most, once something was moved; and whether scores and weights are symmetric."""
    return [*([most(parts)] if parts.moved else []), both_ways(parts)]


def both_ways(parts: Parts) -> str:
    """Say of two words what each asks of the other, in scores and in weights."""
    scores, weights = parts.trace.scores, parts.trace.weights
    same = symmetric(scores)
    i, j = _pair(parts, weights if same else scores)
    first, second, (one, other) = parts.tokens[i], parts.tokens[j], _both(weights, i, j)
    there, back = number(scores[i, j]), number(scores[j, i])
    asked = f"“{first}” asks “{second}” {there} and “{second}” asks “{first}” {back}: "
    if not same:
        return f"{asked}the scores are not symmetric. The weights: {one} and {other}."
    so = "So are the weights here" if symmetric(weights, HARDLY) else "The weights are not"
    return f"{asked}the scores are symmetric. {so}: {one} and {other}."


def most(parts: Parts) -> str:
    """Say whom the word asks most, now and before."""
    now, before = (_asks(trace.weights[parts.row], parts) for trace in (parts.trace, parts.tied))
    if now == before:
        return f"“{parts.word}” asks {now}, as it did {TIED}."
    return f"“{parts.word}” now asks {now}; {TIED} it asked {before}."


def goes(parts: Parts) -> str:
    """Say where the sum of the values takes the word, now and before."""
    now, before = (bracketed(trace.output[parts.row]) for trace in (parts.trace, parts.tied))
    was = f" ({TIED} to {before})" if now != before else ""
    return f"“{parts.word}” goes to {now}{was}: the values of all words, each times its weight, added up."


def becomes(parts: Parts, name: str) -> str:
    """Say what a matrix makes of the word: its query, key or value."""
    return f"{VECTORS[name]}({shortened(parts.word, 12)}) = {bracketed(parts.made()[name])}"


def plane_alt(name: str, matrix: Matrix) -> str:
    """Stand in for the picture of a matrix."""
    first, second = map(bracketed, matrix)
    return f"{SYMBOLS[name]}, with which a word {PLAYS[name]}: (1, 0) goes to {first}, (0, 1) to {second}."


def heatmap_alt(what: str, values: Array, parts: Parts) -> str:
    """Stand in for a heatmap of scores or weights: the row and the column of the word."""
    row, named = parts.row, list(dict.fromkeys(parts.tokens))[:8]
    places = [parts.tokens.index(token) for token in named]
    asks = ", ".join(f"“{token}” {number(values[row, at])}" for token, at in zip(named, places, strict=True))
    asked = ", ".join(f"“{token}” {number(values[at, row])}" for token, at in zip(named, places, strict=True))
    return f"{what} of {len(parts.tokens)} words. “{parts.word}” asks {asks}; it is asked by {asked}."


def number(value: float) -> str:
    """Write a score or a weight, with two decimals at most.

    >>> number(18.0), number(-0.333)
    ('18', '−0.33')
    """
    return written(round(float(value), 2))


def bracketed(vector: Sequence[float] | Array) -> str:
    """Write a vector of two numbers.

    >>> bracketed([3.0, -0.5])
    '(3, −0.5)'
    """
    return f"({', '.join(number(value) for value in vector)})"


def formula(name: str, matrix: Matrix, inks: Sequence[str], *, named: bool) -> str:
    """Write a matrix in LaTeX, its rows in the colours of their arrows, with its name or without."""
    rows = [
        " & ".join(rf"\textcolor{{{ink}}}{{{value:g}}}" for value in row)
        for row, ink in zip(matrix, inks, strict=False)
    ]
    written_out = r"\begin{pmatrix} " + r" \\ ".join(rows) + r" \end{pmatrix}"
    return f"{{{f'{SYMBOLS[name]} = ' if named else ''}{written_out}}}{STRUT}"  # in braces no line breaks


def code(parts: Parts, load: str, *, drop_punctuation: bool) -> str:
    """Write the arithmetic of the screen: `query`, `key`, `value`, `scores`, `weights`, `output`."""
    dropping = "" if drop_punctuation else ", drop_punctuation=False"
    matrices = [
        f"{symbol.lower()} = np.array({[list(row) for row in matrix]})"
        for symbol, matrix in zip(SYMBOLS.values(), parts.matrices, strict=True)
    ]
    return lines(
        load,
        f"sentence = selfattn.embed({parts.sentence.text!r}, vectors{dropping})",
        "x = sentence.matrix.astype(float)  # (n, 2): one row a word",
        *matrices,
        "query, key, value = x @ w_q, x @ w_k, x @ w_v  # asks, is asked, gives",
        "scores = query @ key.T",
        "weights = np.exp((scores - scores.max(axis=1, keepdims=True)) / (2 * np.sqrt(2)))",
        "weights /= weights.sum(axis=1, keepdims=True)  # softmax: every row sums to one",
        "output = weights @ value",
        "print('scores symmetric:', np.allclose(scores, scores.T), ', weights:', np.allclose(weights, weights.T))",
        "print(dict(zip(sentence.tokens, output.round(2).tolist())))",
    )


def _pair(parts: Parts, values: Array) -> tuple[int, int]:
    """Choose two words to speak of: the one that is followed, and that with which both ways differ most.

    Where none does so visibly, it is any other two of which it is true.
    """
    apart, tokens = np.abs(values - values.T), np.array(parts.tokens)
    other = np.flatnonzero(tokens != parts.word)
    best = int(other[apart[other, parts.row].argmax()])
    if apart[best, parts.row] > HARDLY or apart.max() <= HARDLY:
        return best, parts.row
    i, j = np.unravel_index(int(apart.argmax()), apart.shape)
    return int(i), int(j)


def _both(weights: Array, i: int, j: int) -> tuple[str, str]:
    return plain_fixed(weights[i, j], 2), plain_fixed(weights[j, i], 2)


def _asks(weights: Array, parts: Parts) -> str:
    """Say whom the word asks most: all copies of a word count together."""
    shares: dict[str, float] = {}
    for token, weight in zip(parts.tokens, weights, strict=True):
        shares[token] = shares.get(token, 0.0) + float(weight)
    highest = max(shares.values())
    top = [token for token, share in shares.items() if highest - share <= HARDLY]
    much = f"{plain_fixed(highest, 2)}{' each' if len(top) > 1 else ''}"
    if len(top) == len(shares):
        return f"all words alike, {much}"
    return f"{'itself' if top == [parts.word] else quoted(top)} most, {much}"
