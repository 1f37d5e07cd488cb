"""Sets of word vectors: the bundled one, small ones written by hand, and what the pages say of any of them."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from gensim.models import KeyedVectors

from selfattn.core.tokens import is_wordlike, spelling
from selfattn.core.vectors import keyed_vectors, load_vectors, provenance
from selfattn.sets.reading import columns
from selfattn.sets.reading.unsupported import lacks_words

BUNDLED, BY_HAND = "GloVe 6B", "By hand"
HAND = "hand"  # the key of a set that was written by hand: the table itself stands in the link, too
BUNDLED_CODE = "import numpy as np\nimport selfattn\n\nvectors = selfattn.load_vectors()"
EXAMPLE = "money 5 1 / river 1 5 / bank 3 3 / grows 4 2 / flows 2 4"
MOST_WORDS, MOST_NUMBERS = 60, 12  # what still fits a table that is typed, and a link
LARGEST = 1000.0
NUMBER = re.compile(r"[-−+]?[\d.,]+(?:e[-+]?\d+)?[,;]?", re.IGNORECASE)
SPACED_MARK = re.compile(r"(?<=\S)\s+([:=|,;]|[-=]>)(?=\s)")
DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")


@dataclass(frozen=True, slots=True, eq=False)
class VectorSet:
    """A set of word vectors, with what is said of it.

    Attributes
    ----------
    key : str
        Its name in a link; "" for the bundled set.
    title : str
        What it is called on the screen.
    source : str
        Where it comes from, and under which licence; a sentence.
    vectors : KeyedVectors
        Most frequent word first.
    code : str
        The lines of Python that load it in a notebook, as the name `vectors`.
    grow : callable, optional
        Adds the words of a text that it can make vectors for.
    examples : tuple of str
        Two sentences of words that it has.
    remarks : tuple of str
        Sentences: what was mended or left out when it was read.
    """

    key: str
    title: str
    source: str
    vectors: KeyedVectors
    code: str
    grow: Callable[[str | list[str]], None] | None = None
    examples: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def facts(self) -> str:
        """Say how many words and numbers it has.

        >>> by_hand("up 0 1 / down 0 -1").facts
        '2 words, 2 numbers each'
        """
        return f"{len(self.vectors):,} words, {self.vectors.vector_size} numbers each"

    @property
    def bytes(self) -> int:
        """Estimate what it takes in memory: the numbers, and about 150 bytes a word for its spelling and its place."""
        return int(self.vectors.vectors.nbytes + 150 * len(self.vectors))


def bundled() -> VectorSet:
    """Give the bundled set."""
    record = provenance()
    source = f"{record['source']}, {record['licence']}."
    return VectorSet(key="", title=BUNDLED, source=source, vectors=load_vectors(), code=BUNDLED_CODE)


class TableError(ValueError):
    """A table of vectors cannot be read; the message says which line, what it holds, and what is wanted."""


def by_hand(table: str) -> VectorSet:
    """Make a set of vectors from a small table.

    Parameters
    ----------
    table : str
        A word and its numbers a line; lines end with a line break or " / ". Brackets and commas about the numbers,
        and quotes, a colon or a comma about nearly all words, are taken off.

    Returns
    -------
    VectorSet
        With the table's words and numbers, in the table's order.

    Raises
    ------
    TableError
        The table has fewer than two words, more than 60, a word twice, rows of different length, only zeros for a
        word, or something that is not a number from −1,000 to 1,000.

    Examples
    --------
    >>> by_hand("money 5 1 / river 1 5 / bank 3 3").vectors["bank"]
    array([3., 3.], dtype=float32)
    """
    lines = [_fields(line) for line in _lines(table) if line.strip()]
    if len(lines) < 2:
        raise TableError(
            f"A set needs at least two words, and this table has {len(lines)}: write “money 5 1 / river 1 5”."
        )
    if len(lines) > MOST_WORDS:
        raise TableError(
            f"This table has {len(lines)} words, and {MOST_WORDS} are taken: upload a larger set as a file."
        )
    typed = [spelling(line[0]) for line in lines]
    patterns = columns.around(typed)
    words = [columns.bare(word, patterns) for word in typed]
    rows = [_row(number, line, len(lines[0]) - 1) for number, line in enumerate(lines, 1)]
    if twice := next((word for place, word in enumerate(words) if word in words[:place]), None):
        raise TableError(f"“{twice}” stands twice: give every word one line.")
    if lacks_words([(word, *line[1:]) for word, line in zip(words, lines, strict=True)]):
        raise TableError("This table has numbers but no words: write a word first on every line, as in “money 5 1”.")
    vectors = keyed_vectors(words, np.array(rows, dtype=np.float32))
    return VectorSet(
        key=HAND,
        title=BY_HAND,
        source="Written by hand, in a small table.",
        vectors=vectors,
        code=f"import numpy as np\nimport selfattn\n\nvectors = selfattn.by_hand({written(vectors)!r}).vectors",
        remarks=columns.said(typed, patterns),
    )


def written(vectors: KeyedVectors) -> str:
    """Write a small set as the table that makes it.

    >>> written(by_hand("up 0,5 1\\ndown 1 2").vectors)
    'up 0.5 1 / down 1 2'
    """
    rows = zip(vectors.index_to_key, vectors.vectors, strict=True)
    return " / ".join(" ".join([word, *(f"{number:g}" for number in row)]) for word, row in rows)


def _lines(table: str) -> list[str]:
    """Take a table apart at its line breaks, and at strokes, but for those inside a word, as in bank/NN."""
    apart = re.sub(r"(?<=\s)/\s*|/(?=\s|\Z)", "\n", table)
    return re.sub(r"([ \t][-+−]?[\d.,]+)/", r"\1\n", apart).splitlines()


def _fields(line: str) -> list[str]:
    """Part a line into its word and numbers; a comma within a number is a decimal one, if spaces part the numbers.

    >>> _fields("up 0,5 1"), _fields("up,5,1"), _fields("up: [5, 1]")
    (['up', '0,5', '1'], ['up', '5', '1'], ['up:', '5', '1'])
    """
    word, *numbers = SPACED_MARK.sub(r"\1", line).split()
    if numbers and all(NUMBER.fullmatch(number) for number in numbers):
        return [word, *(number.rstrip(",;") for number in numbers)]
    text = DECIMAL_COMMA.sub(".", line) if numbers else line
    return columns.columns(text.replace("−", "-")).split()


def _row(number: int, line: list[str], width: int) -> list[float]:
    """Read the vector of a line; all lines have as many numbers as the first, its width."""
    line_and_word = f"Line {number}, “{line[0]}”"
    numbers = [_number(line_and_word, typed) for typed in line[1:]]
    if not 2 <= len(numbers) <= MOST_NUMBERS:
        raise TableError(f"{line_and_word}, has {len(numbers)} numbers: a vector here has from 2 to {MOST_NUMBERS}.")
    if len(numbers) != width:
        raise TableError(f"{line_and_word}, has {len(numbers)} numbers and line 1 has {width}: all need as many.")
    if not any(numbers):
        raise TableError(f"{line_and_word}, has only zeros: such a vector points nowhere, give it another number.")
    return numbers


def _number(line_and_word: str, typed: str) -> float:
    try:
        number = float(typed.replace("−", "-").replace(",", "."))
    except ValueError:
        number = float("nan")
    if not abs(number) <= LARGEST:  # NaN is not, either
        raise TableError(f"{line_and_word}: “{typed[:40]}” is not a number from −{LARGEST:,.0f} to {LARGEST:,.0f}.")
    return number


def examples_of(vectors: KeyedVectors) -> tuple[str, str]:
    """Make two sentences that share a word out of frequent words: something to look at, where no better is at hand."""
    frequent = vectors.index_to_key[:500]
    spoken = [word for word in frequent if len(word) > 2 and is_wordlike(word)]
    others = [word for word in frequent if any(letter.isalnum() for letter in word)] or frequent
    words = list(dict.fromkeys([*spoken[:5], *others]))[:5]
    first, shared, second, *rest = [*words, *words, *words, *words][:5]
    return f"{first} {shared} {second}", " ".join([rest[0], shared, *rest[1:]])
