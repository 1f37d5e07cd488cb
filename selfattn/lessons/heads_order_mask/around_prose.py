"""What is said of what stands around attention: the block with its shapes, the shortcut and the norm with numbers."""

from dataclasses import dataclass

import numpy as np

from selfattn.core.attention import Array
from selfattn.core.presets import Settings
from selfattn.core.rounding import plain_fixed
from selfattn.core.similarity import cosine
from selfattn.core.wording import shortened
from selfattn.views.snippets import attention, lines

WIDER = 4  # times as wide as a word vector is the feed-forward network inside (Vaswani et al. 2017, section 3.3)
EPSILON = 1e-12  # what keeps the norm from dividing by 0, as in BERT
NO_BREAK = "\N{NO-BREAK SPACE}"
REPEATS = "A layer, repeated"
IN_LAYER, SEEN = range(1, 5), 1
SHORTCUTS = ((1, 2), (3, 4))
HEAD = "mean, variance"
NOTHING = "Type a sentence with at least one known word."
REAL = "**The real ones: A real transformer** →"


@dataclass(frozen=True, slots=True, eq=False)
class Around:
    """A sentence before attention, after it, with the shortcut, and after the norm: (n, d) each; and one word of it."""

    word: str
    row: int
    words: Array
    attended: Array
    added: Array
    normed: Array

    @property
    def rows(self) -> Array:
        """Give the word at each of the four steps: (4, d)."""
        return np.vstack([step[self.row] for step in (self.words, self.attended, self.added, self.normed)])


def layer_norm(x: Array) -> Array:
    """Give each row mean 0 and variance 1: Ba et al. (2016), "Layer Normalization", without gain and bias.

    Parameters
    ----------
    x : ndarray of shape (n, d)

    Examples
    --------
    >>> layer_norm(np.array([[1.0, 5.0]])).round(2)
    array([[-1.,  1.]])
    """
    centred = x - x.mean(axis=1, keepdims=True)
    return np.asarray(centred / np.sqrt(x.var(axis=1, keepdims=True) + EPSILON))


def parts(count: int, width: int) -> list[tuple[str, str, str]]:
    """List the parts of the block: the shape of what goes in, the name, what it does.

    Parameters
    ----------
    count, width : int
        n and d.
    """
    shape, inside = by(count, width), by(count, WIDER * width)
    return [
        ("", "Words + positions", f"one row a word: {shape}"),
        (shape, "Attention", f"weights {by(count, count)}, times values {shape}"),
        (shape, "+ shortcut, norm", f"x + attention, row by row: {shape}"),
        (shape, "Feed-forward", f"each word alone, widened to {inside}, bent, back to {shape}"),
        (shape, "+ shortcut, norm", f"the same once more: {shape}"),
        ("", "New vectors", f"for the next layer: {shape}"),
    ]


def by(rows: int, columns: int) -> str:
    """Write a shape, which no line breaks.

    >>> by(3, 50).replace(NO_BREAK, " ")
    '3 × 50'
    """
    return f"{rows}{NO_BREAK}×{NO_BREAK}{columns}"


def block_alt(count: int, width: int) -> str:
    """Stand in for the block."""
    named = ", ".join(f"{name}: {does}" for _, name, does in parts(count, width))
    return f"The block of a transformer with the shapes of its arrays on this sentence, from top to bottom. {named}."


def finding(around: Around) -> list[str]:
    """Say what the shortcut keeps, and what the norm makes of each row."""
    x, attended, added, _ = around.rows
    word = around.word
    alone, kept = (plain_fixed(cosine(each, x), 2) for each in (attended, added))
    if alone == kept:
        shortcut = f"“{word}” has a cosine of {kept} with what it was, with the shortcut as without"
    else:
        verb = "keeps more" if kept > alone else "keeps less"
        shortcut = f"“{word}” {verb} of itself with the shortcut: its cosine with what it was is {kept}, not {alone}"
    return [f"{shortcut}. {_normed(around)}"]


def _normed(around: Around) -> str:
    lengths = np.linalg.norm(around.added, axis=1)
    after = np.linalg.norm(around.normed, axis=1)
    if not np.allclose(around.normed.var(axis=1), 1, atol=0.005):
        return "The norm takes the mean off each row; a row whose numbers are all equal becomes 0."
    first, last, now = (plain_fixed(length, 1) for length in (lengths.min(), lengths.max(), after[0]))
    were = first if first == last else f"{first} to {last}"
    return f"The norm gives each row mean 0 and variance 1: all are √d = {now} long, and were {were}."


def names(word: str) -> list[str]:
    """Name the steps of the word."""
    return [f"x: {shortened(word, 12)}", "attention", "x + attention", "norm"]


def numbers(around: Around) -> list[str]:
    """Write the mean and the variance of each step."""
    return [f"{plain_fixed(row.mean(), 2)}, {plain_fixed(row.var(), 2)}" for row in around.rows]


def way_alt(around: Around) -> str:
    """Stand in for the rows of the word."""
    steps = zip(names(around.word), numbers(around), strict=True)
    return "As cells, with mean and variance: " + "; ".join(f"{name} {number}" for name, number in steps) + "."


def missing(width: int) -> str:
    """Say what this lesson does not have."""
    weights = 2 * WIDER * width * width
    return (
        f"The feed-forward network would have {by(width, WIDER * width)} and {by(WIDER * width, width)} weights, "
        f"{weights:,} in all. None are trained in this lesson, so its shapes are shown and no result."
    )


def why(preset: str) -> str:
    """Say what shortcut and norm are for, and which attention this is."""
    return (
        "With the shortcut a layer need not copy what is to be kept. The norm keeps numbers at one size, however many "
        f"layers follow. Attention here: {preset}."
    )


def code(text: str, settings: Settings, *, drop_punctuation: bool) -> str:
    """Write the arithmetic: `added`, `normed`, and the `mean` and the `variance` of each row."""
    return lines(
        attention(text, settings, drop_punctuation=drop_punctuation),
        "",
        "words = sentence.matrix.astype(float)",
        "added = words + output  # the shortcut",
        "centred = added - added.mean(axis=1, keepdims=True)",
        f"normed = centred / np.sqrt(added.var(axis=1, keepdims=True) + {EPSILON})  # the norm, without gain and bias",
        "mean, variance = normed.mean(axis=1), normed.var(axis=1)",
        "print(mean.round(2) + 0.0, variance.round(2))",
    )
