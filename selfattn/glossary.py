"""The glossary: a short entry for every term that a lesson uses, found by its name or in a text."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any

GROUPS: Mapping[str, str] = MappingProxyType(
    {
        "words": "Words and vectors",
        "sources": "Where vectors come from",
        "alike": "Alike or not",
        "attention": "Attention",
        "plot": "The plot",
        "switches": "Presets and switches",
        "transformer": "The full transformer",
    }
)


NOWHERE = 5  # the rank of an entry that has nothing of what is searched


@dataclass(frozen=True, slots=True)
class Entry:
    """One term.

    Attributes
    ----------
    key : str
        Its name here, in lower case: what lessons and other entries call it.
    group : str
        A key of `GROUPS`.
    term : str
        As it is written in a sentence.
    meaning : str
        One or two sentences of plain words.
    formula : str
        LaTeX; empty where none helps.
    example : str
        An expression in Python that shows it, after the lines in `snippets.START`; empty where none helps.
    gives : str
        What the example gives, as ``print`` shows it.
    see : tuple of str
        Keys of entries that are near to it.
    forms : tuple of str
        How it is written in running text, where it is explained; empty for words that mean too much else.
    """

    key: str
    group: str
    term: str
    meaning: str
    formula: str = ""
    example: str = ""
    gives: str = ""
    see: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Give the term as it is written at the start of a line."""
        return self.term[0].upper() + self.term[1:]


def search(wanted: str) -> list[Entry]:
    """Find entries: those named so first, then those whose name holds it, then those whose meaning does.

    >>> [entry.term for entry in search(" Soft ")][:3]
    ['softmax', 'logit', 'As in the lesson']
    """
    words = " ".join(wanted.lower().split())
    if not words:
        return list(GLOSSARY.values())
    ranked = sorted(((_rank(words, entry), entry) for entry in GLOSSARY.values()), key=lambda pair: pair[0])
    return [entry for rank, entry in ranked if rank < NOWHERE]


def _rank(words: str, entry: Entry) -> int:
    """Rank an entry for words in lower case: 0 is best."""
    names, forms = {entry.key, entry.term.lower()}, [form.lower() for form in entry.forms]
    fits = (
        words in names,
        words in forms,
        any(words in name for name in names),
        any(words in form for form in forms),
        words in entry.meaning.lower(),
        True,
    )
    return fits.index(True)


def near(wanted: str) -> Entry | None:
    """Find the entry that is spelled most like what was asked for.

    >>> near("sofmax").term
    'softmax'
    """
    close = get_close_matches(wanted.lower()[:40], GLOSSARY, n=1)
    return GLOSSARY[close[0]] if close else None


def mentions(text: str) -> Iterator[tuple[int, int, Entry]]:
    """Find the terms that a text uses, each where it stands first: (start, end, entry), in order.

    What stands between “ and ” was typed by someone and is left alone.

    >>> [(text_at, entry.key) for text_at, _, entry in mentions("The softmax of “key”: one weight a key.")]
    [(4, 'softmax'), (26, 'weight'), (35, 'key')]
    """
    seen = set()
    for match in _PATTERN.finditer(text):
        entry = _FORMS.get(match[0].lower())  # none for a quotation
        if entry is not None and entry.key not in seen:
            seen.add(entry.key)
            yield match.start(), match.end(), entry


def _read(path: Path) -> Mapping[str, Entry]:
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    entries = (_entry(key, group, fields) for group in GROUPS for key, fields in content[group].items())
    return MappingProxyType({entry.key: entry for entry in entries})


def _entry(key: str, group: str, fields: dict[str, Any]) -> Entry:
    term = fields.pop("term", key)
    see, forms = tuple(fields.pop("see", ())), tuple(fields.pop("forms", (term, f"{term}s")))
    return Entry(key=key, group=group, term=term, **fields, see=see, forms=forms)


def _pattern(forms: Sequence[str]) -> re.Pattern[str]:
    """Compile the forms into one pattern: by first letter, which makes it fast, and the longest first."""
    by_letter: dict[str, list[str]] = defaultdict(list)
    for form in sorted(forms, key=len, reverse=True):
        by_letter[form[0].lower()].append(re.escape(form[1:]))
    branches = (f"[{letter}{letter.upper()}](?:{'|'.join(rests)})" for letter, rests in sorted(by_letter.items()))
    return re.compile(rf"“[^”]*”?|(?<![\w-])(?:{'|'.join(branches)})(?![\w-])")


GLOSSARY = _read(Path(__file__).parent / "data" / "glossary.toml")
_FORMS = {form.lower(): entry for entry in GLOSSARY.values() for form in entry.forms}
_PATTERN = _pattern([form for entry in GLOSSARY.values() for form in entry.forms])
