"""What is said of positions: the difference without and with them, what they change, why they are added."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from selfattn.core.attention import Array, AttentionTrace
from selfattn.core.describe import HARDLY
from selfattn.core.rounding import plain, plain_fixed
from selfattn.core.sentences import Sentence
from selfattn.views.snippets import START, dropping, lines

STAYS, GROWS, SHRINKS = "It stays as it is", "It grows", "It shrinks"
OPTIONS = STAYS, GROWS, SHRINKS
EQUAL = 1e-9  # differences below are the rounding of 64-bit floats
ONE_EACH = "Choose a word that both sentences have: it is followed from one order to the other."


@dataclass(frozen=True, slots=True, eq=False)
class Ordered:
    """A word in two sentences, attended to without position vectors, with the share that is chosen, and with all.

    `traces` holds both sentences for each of these shares.
    """

    sentences: Sequence[Sentence]
    rows: Sequence[int]
    amount: float
    length: float
    traces: Mapping[float, Sequence[AttentionTrace]]

    @property
    def word(self) -> str:
        """Give the word that is followed."""
        return self.sentences[0].tokens[self.rows[0]]

    @property
    def same_words(self) -> bool:
        """Tell whether both sentences have the same words, in any order."""
        first, second = (sorted(sentence.tokens) for sentence in self.sentences)
        return first == second

    @property
    def same_order(self) -> bool:
        """Tell whether they have them in the same order."""
        return self.sentences[0].tokens == self.sentences[1].tokens

    def new(self, amount: float) -> Array:
        """Give the new vectors of the word with so much of the positions: (2, d); what is rounding is no difference."""
        pairs = zip(self.traces[amount], self.rows, strict=True)
        first, second = (trace.output[row] for trace, row in pairs)
        return np.vstack([first, first if np.abs(first - second).max() < EQUAL else second])

    def difference(self, amount: float) -> float:
        """Give the largest difference between the numbers of both."""
        return float(np.abs(np.subtract(*self.new(amount))).max())


def question(ordered: Ordered) -> str:
    """Ask what positions will do."""
    texts = " / ".join(f"“{sentence.text}”" for sentence in ordered.sentences)
    now = number(ordered.difference(0.0))
    return (
        f"{texts}: the new vectors of “{ordered.word}” differ by {now}. Now each word gets a vector of its place, "
        "added. What becomes of the difference?"
    )


def truth(ordered: Ordered) -> str:
    """Tell which of the options holds, with all of the positions."""
    change = ordered.difference(1.0) - ordered.difference(0.0)
    return STAYS if abs(change) < HARDLY else GROWS if change > 0 else SHRINKS


def because(ordered: Ordered) -> str:
    """Say by how much."""
    return f"from {number(ordered.difference(0.0))} to {number(ordered.difference(1.0))}"


def number(value: float) -> str:
    """Write a difference, with two decimals; never as 0 unless it is.

    >>> number(0.0), number(0.854), number(0.0012)
    ('0', '0.85', '0.0012')
    """
    return plain(value, 2) if value else "0"


def finding(ordered: Ordered) -> list[str]:
    """Say where the word stands, and the difference without positions and with so much of them."""
    word, (first, second) = ordered.word, (row + 1 for row in ordered.rows)
    before, now = ordered.difference(0.0), ordered.difference(ordered.amount)
    where = f"word {first} of both" if first == second else f"word {first} of A and word {second} of B"
    if ordered.same_order:
        return [f"A and B are the same sentence, so both new “{word}” are the same, with positions or without."]
    if not ordered.same_words:
        start = f"A and B have different words, so the new “{word}” differ without positions, too: by {number(before)}."
        return [start, *([f"With them it is {number(now)}."] if ordered.amount else [])]
    start = f"“{word}” is {where}. Without positions the new “{word}” is the same in both: the difference is 0."
    if not ordered.amount:
        return [start]
    share = "" if ordered.amount == 1 else f"{ordered.amount:.1f} of "
    return [start, f"With {share}the position vectors added: {number(before)} → {number(now)}. Now the order counts."]


def looks(ordered: Ordered) -> str:
    """Say which weight of the word differs most between A and B, copies of a word together; nothing where none does."""
    if not ordered.amount or ordered.same_order:
        return ""
    shares = [
        _shares(sentence, trace.weights[row])
        for sentence, trace, row in zip(ordered.sentences, ordered.traces[ordered.amount], ordered.rows, strict=True)
    ]
    both = [token for token in shares[0] if token in shares[1]]
    most = max(both, key=lambda token: abs(shares[0][token] - shares[1][token]))
    first, second = (plain_fixed(share[most], 2) for share in shares)
    if first == second:
        return f"Whom “{ordered.word}” looks at hardly changes: what differs is what it takes from them."
    whom = "itself" if most == ordered.word else f"“{most}”"
    gives = f"“{ordered.word}” gives {whom} {first} in A and {second} in B"
    return f"It looks elsewhere, too: {gives}; without positions alike." if ordered.same_words else f"{gives}."


def _shares(sentence: Sentence, weights: Array) -> dict[str, float]:
    shares: dict[str, float] = {}
    for token, weight in zip(sentence.tokens, weights, strict=True):
        shares[token] = shares.get(token, 0.0) + float(weight)
    return shares


def how(length: float) -> str:
    """Say what is computed."""
    return (
        f"At 1, a position vector is as long as a word of this set is on average: {plain_fixed(length, 2)}. "
        "Attention is Balanced: it knows no distance, so that without positions the order makes no difference."
    )


def why(width: int) -> str:
    """Say why positions are added and not appended."""
    return (
        "Why added? (x + p)·W = x·W + p·W: one matrix for both. Appended, x and p need a matrix of twice the rows, W₁ "
        "above W₂: x·W₁ + p·W₂, the same sum, with a matrix of its own for places, and with "
        f"{2 * width} numbers a word instead of {width}."
    )


def picture_alt(ordered: Ordered, shape: tuple[int, int]) -> str:
    """Stand in for the picture of the position vectors."""
    count, width = shape
    first, second = (row + 1 for row in ordered.rows)
    return (
        f"Position vectors of {count} places, {width} dimensions: sines and cosines that are fast at the left and slow "
        f"at the right. Row {first} belongs to “{ordered.word}” in A, row {second} in B. {ordered.amount:.1f} of them "
        "is added."
    )


def difference_alt(ordered: Ordered) -> str:
    """Stand in for the new vectors and their difference."""
    texts = " and ".join(f"“{sentence.text}”" for sentence in ordered.sentences)
    most = number(ordered.difference(ordered.amount))
    return f"The new “{ordered.word}” in {texts} as cells, and their difference, {most} at most."


def code(ordered: Ordered, *, drop_punctuation: bool) -> str:
    """Write the arithmetic: `new[text]`, without positions and with them, and `difference`, for both."""
    texts = [sentence.text for sentence in ordered.sentences]
    return lines(
        START,
        "length = np.linalg.norm(vectors.vectors[:20000].astype(float), axis=1).mean()  # of a word, on average",
        "",
        "def positions(n, d):",
        '    """Sines and cosines of the place: Vaswani et al. 2017, section 3.5."""',
        "    k = np.arange(d)",
        "    angle = np.arange(n)[:, None] / 10000 ** (k // 2 * 2 / d)  # (n, d)",
        "    return np.where(k % 2, np.cos(angle), np.sin(angle))",
        "",
        f"new = {{0.0: [], {ordered.amount!r}: []}}" if ordered.amount else "new = {0.0: []}",
        "for amount in new:",
        f"    for text in {texts!r}:",
        f"        sentence = selfattn.embed(text, vectors{dropping(drop_punctuation)})",
        "        n, d = sentence.matrix.shape",
        "        x = sentence.matrix + amount * length / np.sqrt(d / 2) * positions(n, d)",
        "        trace = selfattn.attend(x)  # softmax(x xᵀ / 2√d) x",
        f"        new[amount].append(trace.output[sentence.index({ordered.word!r})])",
        "difference = {amount: abs(a - b).max() for amount, (a, b) in new.items()}",
        "print(difference)",
    )
