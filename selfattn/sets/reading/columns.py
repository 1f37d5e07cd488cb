"""What stands around the words and numbers of nearly every row, and is not meant: brackets, commas, quotes, a colon."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from selfattn.sets.reading.limits import is_number, shown

NEARLY_ALL = 0.9
MOST_LINES = 400  # of a row: NumPy puts some six numbers on each
GAPS = re.compile(r"[ \t]+")  # not \s: a no-break space may be part of a word
TYPE = re.compile(r"\b(?:np\.)?(?:array|tensor|Vector)\(|,\s*(?:dtype|device)=[^)]*\)")  # array([0.1], dtype=float32)
QUOTED = re.compile(r'\s*"(?:[^"]|"")*"')
WORD_END = re.compile(r"[ \t,;|\[({]|$")
BETWEEN = re.compile(r"(?:[ \t,;|\[\](){}\"]|(?<!\d)'|'(?!\d))+")
GLUED = re.compile(rb"[^\s:,;=|]+[:,;=|][-+.]?\d\S*")
NUMERIC = "0123456789+-.eE \t\r\n,;|[](){}\"'"
AROUND = tuple(
    re.compile(pattern, re.DOTALL)
    for pattern in (
        r"[-*•] (.+)",
        r'"?\d+"?[ ,;|](.+)',  # the numbers that pandas and R give to rows
        r"[\[({](.+)",
        r"(.+?) ?(?:[:,;=|]|[-=]>)",
        r'[\[({ ]*b?"(.+)"',
        r"[\[({ ]*[bu]?'(.+)'",  # as Python shows words
        r"[“”„](.+)[“”]",
        r"[‘’‚](.+)[‘’]",
        r"[«»](.+)[«»]",
        r"`(.+)[`']",
        r"/c/en/(.+)",  # ConceptNet
    )
)


def nearly_all(hits: Iterable[object], *, least: int = 2) -> bool:
    """Say whether at least nine in ten are true, of two or more.

    >>> nearly_all([True] * 9 + [False]), nearly_all([True] * 7 + [False]), nearly_all([True])
    (True, False, False)
    """
    found = [bool(hit) for hit in hits]
    return len(found) >= least and sum(found) >= NEARLY_ALL * len(found)


def columns(text: str) -> str:
    """Write a row with one space between columns, without what brackets, parts or quotes its numbers.

    >>> columns("bank: [0.1, 0.2]"), columns('"bank";"0.1";"0.2"'), columns("New York, 1, 2")
    ('bank: 0.1 0.2', '"bank" 0.1 0.2', 'New York 1 2')
    """
    text = TYPE.sub(" ", text).strip()
    start = len(text.rstrip(NUMERIC))
    if text[start - 1 : start] not in (":", "=", ">"):  # else the word's own end may look like a number: “the”, “1984”
        found = WORD_END.search(text, max(start, 1))  # a word has a sign
        start = found.start() if found else len(text)
    if quoted := QUOTED.match(text):
        start = max(start, quoted.end())
    return f"{text[:start].rstrip()} {BETWEEN.sub(' ', text[start:]).strip()}"


def is_glued(lines: Sequence[bytes]) -> bool:
    """Say whether nearly all words have their first number at their end: “bank:0.1 0.2”."""
    return nearly_all(GLUED.fullmatch(line.split()[0]) for line in lines)


def is_wrapped(lines: Sequence[bytes]) -> bool:
    """Say whether rows go on over several lines: brackets open in some and close in others."""
    return sum(b"[" in line and b"]" not in line for line in lines) > 1 and b"[" in b"".join(lines[:2])


def are_titles(first: Sequence[str], others: Sequence[Sequence[str]], dimensions: int) -> bool:
    """Say whether the first row names the columns of the others: no number, or 0, 1, 2 … where these have decimals.

    >>> are_titles(["word", "x", "y"], [["bank", "3", "3"]], 2)
    True
    """
    if not others or not 2 <= len(first) <= dimensions + 2:  # one field is a word without numbers
        return False
    ends, decimals = first[-dimensions:], all("." in "".join(row[-dimensions:]) for row in others)
    counted = any(ends == [str(at) for at in range(start, start + dimensions)] for start in (0, 1))
    return not any(map(is_number, ends)) or (counted and decimals and dimensions > 2)


def joined(lines: Iterable[tuple[int, bytes]], longest: int) -> Iterator[tuple[int, bytes]]:
    """Put the lines of a row together whose bracket closes in a later one, as NumPy writes long rows."""
    number, row = 0, b""
    for at, line in lines:
        number, row = (number, row.rstrip() + b" " + line) if row else (at, line)
        if b"[" not in row or b"]" in row or len(row) > longest or at - number > MOST_LINES:
            yield number, row
            row = b""
    if row:
        yield number, row


def around(words: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    """Find what stands around nearly all words, from the outside in.

    >>> [pattern.pattern for pattern in around(['"money":', '"bank":'])]
    ['(.+?) ?(?:[:,;=|]|[-=]>)', '[\\\\[({ ]*b?"(.+)"']
    >>> around(["money", '"bank"', "river"])
    ()
    """
    found: list[re.Pattern[str]] = []
    while pattern := next((each for each in AROUND if nearly_all(map(each.fullmatch, words))), None):
        found.append(pattern)
        words = [bare(word, (pattern,)) for word in words]
    return tuple(found)


def bare(word: str, patterns: Sequence[re.Pattern[str]]) -> str:
    """Take off a word what stands around it.

    >>> bare('"bank":', around(['"money":', '"bank":']))
    'bank'
    """
    for pattern in patterns:
        if match := pattern.fullmatch(word):
            word = match[1].replace('""', '"').strip(" \t") or word
    return word


def said(words: Iterable[str], patterns: Sequence[re.Pattern[str]]) -> tuple[str, ...]:
    """Say what is taken off, by the first word that it concerns.

    >>> said(["bank", "money:"], around(["money:", "river:"]))
    ('What stands around nearly all words is taken off: “money:” is read as “money”.',)
    """
    changed = ((word, short) for word in words if (short := bare(word, patterns)) != word)
    remark = "What stands around nearly all words is taken off: {} is read as {}."
    return tuple(remark.format(shown(word), shown(short)) for word, short in islice(changed, 1))
