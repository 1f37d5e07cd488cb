"""What sentences are made of: words shortened, quoted and listed, things counted, names with their numbers."""

from collections.abc import Collection, Iterable, Sequence

from selfattn.core.rounding import plain_fixed

NAMED, LONGEST = 5, 40  # words of a list that are named, and letters of each


def shortened(word: str, longest: int) -> str:
    """Keep a word's first letters where it has more than `longest`.

    >>> shortened("microloans", 6), shortened("bank", 6)
    ('micro…', 'bank')
    """
    return word if len(word) <= longest else word[: longest - 1] + "…"


def listed(items: Sequence[str]) -> str:
    """Write a list as one says it.

    >>> listed(["A"]), listed(["A", "B"]), listed(["A", "B", "C"])
    ('A', 'A and B', 'A, B and C')
    """
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def quoted(words: Collection[str], most: int = NAMED, longest: int = LONGEST) -> str:
    """Write words in quotation marks, long ones shortened and of many only the first.

    >>> quoted(["money", "river", "bank"]), quoted(["money", "river", "bank"], 1)
    ('“money”, “river” and “bank”', '“money” and 2 more')
    """
    named = [f"“{shortened(word, longest)}”" for word in list(words)[:most]]
    return listed([*named, *([f"{len(words) - most} more"] if len(words) > most else [])])


def counted(number: int, noun: str) -> str:
    """Count things.

    >>> counted(1, "word"), counted(1200, "word")
    ('1 word', '1,200 words')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def first_of(items: Sequence[str], most: int, between: str = ", ") -> str:
    """Write the first items of many, and how many more there are.

    >>> first_of(["a", "b", "c"], 2), first_of(["a", "b"], 2)
    ('a, b, and 1 more', 'a, b')
    """
    rest = len(items) - most
    return between.join(items[:most]) + (f", and {rest} more" if rest > 0 else "")


def numbered(names: Iterable[str], numbers: Iterable[float], decimals: int = 2, *, signed: bool = False) -> list[str]:
    """Write each name with its number.

    >>> numbered(["money", "bank"], [0.24, -0.68]), numbered(["grows"], [0.08], 1, signed=True)
    (['money 0.24', 'bank −0.68'], ['grows +0.1'])
    """
    pairs = zip(names, numbers, strict=True)
    return [f"{name} {plain_fixed(number, decimals, signed=signed)}" for name, number in pairs]


def with_numbers(pairs: Sequence[tuple[str, float]], most: int) -> str:
    """Write words with their numbers in brackets, an ellipsis after the first of many.

    >>> with_numbers([("banks", 0.87), ("banking", 0.75)], 1)
    'banks (0.87), …'
    """
    named = [f"{shortened(word, LONGEST)} ({plain_fixed(number, 2)})" for word, number in pairs[:most]]
    return ", ".join([*named, *(["…"] if len(pairs) > most else [])])
