"""Three matrices that make three vectors of one: read from a link or a drag, and put to work on a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from selfattn.core import typed
from selfattn.core.attention import Array, AttentionTrace, attend
from selfattn.core.presets import PRESETS
from selfattn.core.sentences import Sentence

Row = tuple[float, float]
Matrix = tuple[Row, Row]


class Matrices(NamedTuple):
    """W_Q, W_K and W_V; a row says where (1, 0), or (0, 1), goes."""

    query: Matrix
    key: Matrix
    value: Matrix


SYMBOLS = {"query": "W_Q", "key": "W_K", "value": "W_V"}
SAME: Matrix = ((1.0, 0.0), (0.0, 1.0))
START = Matrices(SAME, SAME, SAME)  # one vector asks, is asked, and gives
FARTHEST, STEP = 3.0, 0.5
WANTED = "three times four numbers from −3 to 3, such as 1 0 0 1 / 1 0 0 1 / 1 0 0 1"
FIRST_ONLY = START._replace(query=((2.0, 0.0), (0.5, 0.0)))
OPPOSITE = START._replace(value=((-1.0, 0.0), (0.0, -1.0)))


def read(text: str) -> Matrices | None:
    """Read the three matrices as the link has them, row after row; nothing is where they start.

    >>> read("2 0 0 0 / 1 0 0 1 / -1 0 0 -1").query, read("") == START, read("1 0 / x")
    (((2.0, 0.0), (0.0, 0.0)), True, None)
    """
    if not text.strip():
        return START
    try:
        return Matrices(*(_four(typed.read_vector(part)) for part in text.split("/")))
    except (TypeError, ValueError):
        return None


def write(matrices: Matrices) -> str:
    """Write them as the link has them; empty where nothing was moved.

    >>> write(OPPOSITE), write(START)
    ('1 0 0 1 / 1 0 0 1 / -1 0 0 -1', '')
    """
    if matrices == START:
        return ""
    return " / ".join(" ".join(f"{number:g}" for row in matrix for number in row) for matrix in matrices)


def read_moved(moved: object) -> Matrix | None:
    """Read what the picture sends: two rows of two numbers; None for anything else."""
    try:
        first, second = ([float(number) for number in row] for row in moved)  # type: ignore[attr-defined]
        return _four((*first, *second)) if len(first) == 2 else None
    except (TypeError, ValueError, OverflowError):
        return None


def _four(numbers: tuple[float, ...]) -> Matrix:
    """Make two rows of four numbers, each on the grid of half steps."""
    if len(numbers) != 4 or not all(abs(number) <= FARTHEST for number in numbers):  # neither nan nor an infinity
        raise ValueError(f"need {WANTED}, got {numbers}")
    a, b, c, d = (round(number / STEP) * STEP + 0.0 for number in numbers)  # −0 is 0
    return (a, b), (c, d)


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """A sentence whose words ask, are asked and give, and one word of it that is followed.

    `trace` is with the matrices, `tied` with one vector for all three.
    """

    sentence: Sentence
    row: int
    matrices: Matrices
    trace: AttentionTrace
    tied: AttentionTrace

    @property
    def tokens(self) -> tuple[str, ...]:
        """Give the words."""
        return self.sentence.tokens

    @property
    def word(self) -> str:
        """Give the word that is followed."""
        return self.tokens[self.row]

    @property
    def moved(self) -> bool:
        """Tell whether the three vectors are not one."""
        return self.matrices != START

    def made(self) -> Mapping[str, Array]:
        """Give what each matrix makes of the word that is followed: (2,) each."""
        return {name: getattr(self.trace, name)[self.row] for name in Matrices._fields}


def play(sentence: Sentence, row: int, matrices: Matrices) -> Parts:
    """Attend with the matrices and without them, as the balanced preset does."""
    return Parts(sentence, row, matrices, _attend(sentence, matrices), _attend(sentence, START))


def _attend(sentence: Sentence, matrices: Matrices) -> AttentionTrace:
    x, balanced = sentence.matrix.astype(np.float64), PRESETS["balanced"]
    made = {name: x @ np.array(matrix) for name, matrix in matrices._asdict().items()}  # (n, 2) @ (2, 2)
    return attend(x, **made, scale=balanced.scale, temperature=balanced.temperature)


def symmetric(values: Array, tolerance: float = 0.0) -> bool:
    """Tell whether every number is the same the other way round, but for rounding, or for a tolerance.

    >>> symmetric(np.array([[1.0, 2.0], [2.0, 3.0]])), symmetric(np.array([[0.5, 0.5], [0.1, 0.9]]), 0.005)
    (True, False)
    """
    rounding = 1e-12 * float(np.abs(values).max(initial=0.0))
    return bool(np.abs(values - values.T).max(initial=0.0) <= max(tolerance, rounding))
