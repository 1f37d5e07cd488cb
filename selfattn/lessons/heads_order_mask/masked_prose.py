"""What is said of the mask: what a word may look at, what its row sums to, and why −∞ comes before the softmax."""

from collections.abc import Sequence
from dataclasses import dataclass

from selfattn.core.attention import Array
from selfattn.core.rounding import plain_fixed
from selfattn.core.wording import first_of, numbered
from selfattn.views.snippets import START, dropping, lines

ONE, LESS, MORE = "1", "less than 1", "more than 1"
OPTIONS = ONE, LESS, MORE
BEFORE, AFTER = "−∞ before the softmax", "0 after the softmax"
EQUAL = 1e-9
HOW = "Attention is Balanced: dot products ÷ 2√d."
READ_OUT = 20


@dataclass(frozen=True, slots=True, eq=False)
class Masked:
    """A sentence whose words look back only, and the word that looks now.

    `before` holds the weights with −∞ before the softmax, `after` those of the whole sentence with 0 after it: (n, n).
    """

    tokens: Sequence[str]
    row: int
    before: Array
    after: Array

    @property
    def word(self) -> str:
        """Give the word that looks back."""
        return self.tokens[self.row]

    def sums(self, weights: Array) -> list[str]:
        """Write what each row sums to."""
        return [total(float(row.sum())) for row in weights]


def total(value: float) -> str:
    """Write a sum of weights, never as 1 unless it is.

    >>> total(1.0), total(0.924), total(0.9999), total(0.0001)
    ('1', '0.92', '> 0.99', '< 0.01')
    """
    if value >= 1 - EQUAL:
        return "1"
    return "> 0.99" if value >= 0.995 else plain_fixed(value, 2) if value >= 0.005 else "< 0.01"


def question(masked: Masked) -> str:
    """Ask what becomes of a row."""
    return (
        f"No word may look at those after it. Say their weights are set to 0, after the softmax: what will the row of "
        f"the first word, “{masked.tokens[0]}”, sum to?"
    )


def truth(masked: Masked) -> str:
    """Tell which of the options holds."""
    return LESS if masked.after[0].sum() < 1 - EQUAL else ONE


def because(masked: Masked) -> str:
    """Say to what it sums, and to what it does with −∞."""
    return f"namely {masked.sums(masked.after)[0]}, and with −∞ before the softmax to 1"


def finding(masked: Masked) -> str:
    """Say what the word may look at, and what its row sums to in both ways."""
    word, row, count = masked.word, masked.row, len(masked.tokens)
    if row == 0:
        sees = f"“{word}” stands first and sees only itself"
    elif row == count - 1:
        sees = f"“{word}” stands last and sees all {count} words"
    else:
        sees = f"“{word}” sees {'itself and the word' if row == 1 else f'itself and the {row} words'} before it"
    sums = [masked.sums(weights)[row] for weights in (masked.before, masked.after)]
    if sums[0] == sums[1]:
        return f"{sees}: nothing is hidden from it, and its row sums to {sums[0]} either way."
    return f"{sees}. With −∞ before the softmax its weights sum to {sums[0]}, with 0 after it to {sums[1]}."


def why(masked: Masked) -> list[str]:
    """Say why −∞ comes before the softmax, with the numbers of the row."""
    reason = "e to the power of −∞ is 0: the softmax shares 1 among the words that may be seen; no later word counts."
    missing = 1 - float(masked.after[masked.row].sum())
    if missing < EQUAL:
        return [reason, "The last word may see all, so here there is nothing to mask."]
    return [
        reason,
        f"With 0 after it, {total(missing)} of the weight has gone to words that “{masked.word}” may not see. How much "
        "that is depends on them: what comes later leaks in.",
        "Dividing that row by its sum would give the one with −∞: the same, in one more step.",
    ]


def drawn(count: int, most: int) -> str:
    """Say that not all words are drawn."""
    return f"Of {count} words the first {most} are drawn: with the mask, none of them sees the others." * (count > most)


def alt(masked: Masked, weights: Array, title: str) -> str:
    """Stand in for a heatmap: the row of the word."""
    row = masked.row
    named = numbered(masked.tokens[: row + 1], weights[row, : row + 1])
    return (
        f"{title}: rows of the words up to “{masked.word}”; what comes after a word is grey. “{masked.word}” gives "
        f"{first_of(named, READ_OUT)}; sum {masked.sums(weights)[row]}."
    )


def code(text: str, row: int, *, drop_punctuation: bool) -> str:
    """Write both ways: `before` and `after`, all weights, and `sums`, what the rows of both sum to."""
    return lines(
        START,
        f"sentence = selfattn.embed({text!r}, vectors{dropping(drop_punctuation)})",
        "x = sentence.matrix.astype(float)  # (n, d): one row a word",
        "n, d = x.shape",
        "scaled = x @ x.T / (2 * np.sqrt(d))",
        "may = np.tril(np.ones((n, n), dtype=bool))  # True where a word may look: at itself, and back",
        "",
        "before = selfattn.softmax(np.where(may, scaled, -np.inf))",
        "after = np.where(may, selfattn.softmax(scaled), 0)",
        "sums = before.sum(axis=1), after.sum(axis=1)",
        "",
        f"row = {row}",
        "print(sentence.tokens[row], sums[0][row].round(2), sums[1][row].round(2))",
        "again = after / after.sum(axis=1, keepdims=True)  # one more step gives the same",
        "print(np.allclose(before, again))",
    )
