"""Lines with labelled sentences that a class writes for a word of its own, and what is said of bad ones."""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from gensim.models import KeyedVectors

from selfattn.core.heads import why_not
from selfattn.core.labelled import Labelled
from selfattn.core.lookup import lookup
from selfattn.core.rates import parts
from selfattn.core.senses import known_sense
from selfattn.core.sentences import TextError, embed
from selfattn.core.spelling import near_spellings
from selfattn.core.tokens import spelling
from selfattn.core.wording import counted, listed, quoted, shortened

FEWEST = 4  # sentences of a sense: two to learn from and two to test with, and the other way round
LONGEST = 50  # letters of a line that a remark repeats
FORM = "Write sense | sentence, or word | sense | sentence"


@dataclass(frozen=True, slots=True)
class Line:
    """A line taken apart: its number, from 1, and what stands in it; `word` is empty where none is named."""

    number: int
    word: str
    sense: str
    text: str


@dataclass(frozen=True, slots=True)
class Written:
    """What a class wrote, as far as it can be used.

    Attributes
    ----------
    word : str
        As the vocabulary spells it, where it has it.
    senses : tuple of str
        At most two; the first has the negative side.
    examples : tuple of Labelled
    numbers : tuple of int
        The line of each example.
    remarks : tuple of str
        What is wrong with each of the other lines, and what to do about it.
    missing : str
        Why nothing can be trained with them; empty where it can.
    unknown : tuple of str
        Tokens of the examples that the vocabulary does not have.
    """

    word: str
    senses: tuple[str, ...]
    examples: tuple[Labelled, ...]
    numbers: tuple[int, ...]
    remarks: tuple[str, ...]
    missing: str
    unknown: tuple[str, ...] = ()


def read(text: str, vectors: KeyedVectors, word: str = "") -> Written:
    """Read lines such as “own | That seat is mine”, or “mine | own | That seat is mine”; tabs will do for strokes.

    Parameters
    ----------
    text : str
        Empty lines, and those that begin with #, are passed over.
    vectors : KeyedVectors
    word : str
        The word that is meant where no line names one.

    Returns
    -------
    Written
        The good lines, and a remark on each of the others.
    """
    lines, remarks = _apart(text)
    typed = next((line.word for line in lines if line.word), word)
    known = lookup(typed, vectors)
    if known is None:
        return Written(
            spelling(typed), (), (), (), _numbered(remarks), _unknown(typed, vectors) if lines else _none(word)
        )
    remarks |= _troubles(lines, known, vectors)
    good = [line for line in lines if line.number not in remarks]
    senses = _two_senses(line.sense for line in good)
    remarks |= {line.number: _third(line.sense, senses) for line in good if line.sense.casefold() not in senses}
    good = [line for line in good if line.number not in remarks]
    names = _as_shipped(known, senses, vectors)
    examples = tuple(Labelled(known, names[line.sense.casefold()], line.text) for line in good)
    missing = _too_few(examples, tuple(names.values())) if examples else _none(known)
    return Written(
        word=known,
        senses=tuple(names.values()),
        examples=examples,
        numbers=tuple(line.number for line in good),
        remarks=_numbered(remarks),
        missing=missing,
        unknown=tuple(dict.fromkeys(token for each in examples for token in embed(each.text, vectors).unknown)),
    )


def _apart(text: str) -> tuple[list[Line], dict[int, str]]:
    """Take lines apart; what cannot be is remarked on, by number."""
    lines, remarks = [], {}
    for number, typed in enumerate(text.splitlines(), 1):
        if not typed.strip() or typed.lstrip().startswith("#"):
            continue
        cells = [" ".join(cell.split()) for cell in typed.replace("\t", "|").strip(" |").split("|", 2)]
        if len(cells) < 2 or not all(cells):
            remarks[number] = f"“{shortened(typed.strip(), LONGEST)}” is not of this form. {FORM}."
        else:
            word, sense, sentence = cells if len(cells) == 3 else ("", *cells)
            lines.append(Line(number, word, sense, sentence))
    return lines, remarks


def _troubles(lines: Iterable[Line], word: str, vectors: KeyedVectors) -> dict[int, str]:
    """Say what is wrong with lines, by number: another word, none at all, nothing to learn from, nothing new."""
    troubles: dict[int, str] = {}
    lessons = set() if why_not(vectors) else {_words(each.text) for each in parts().train if each.word == word}
    before: dict[tuple[str, ...], int] = {}
    for line in lines:
        tokens, shown = _tokens(line.text, vectors), f"“{shortened(line.text, LONGEST)}”"
        if line.word and spelling(line.word) != spelling(word):
            told = f"It is about “{shortened(line.word, LONGEST)}”, and the lines before it about “{word}”"
            troubles[line.number] = f"{told}: one word at a time."
        elif word not in tokens:
            how = "" if line.word else ", or put its word first: word | sense | sentence"
            troubles[line.number] = f"“{word}” is not in {shown}. Write a sentence that has it{how}."
        elif set(tokens) == {word}:
            troubles[line.number] = f"Besides “{word}”, no word of {shown} is in the vocabulary: add some."
        elif tokens in before:
            troubles[line.number] = f"This is line {before[tokens]} once more, and counts once: write another sentence."
        elif _words(line.text) in lessons:
            troubles[line.number] = f"The head has learned from {shown} before: write a sentence that is new to it."
        else:
            before[tokens] = line.number
    return troubles


def _tokens(text: str, vectors: KeyedVectors) -> tuple[str, ...]:
    try:
        return embed(text, vectors).tokens
    except TextError:
        return ()


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text.casefold()))


def _two_senses(senses: Iterable[str]) -> dict[str, str]:
    """Choose the two senses of most lines, in the order in which they come: as written, by their small letters."""
    names: dict[str, str] = {}
    count: Counter[str] = Counter()
    for sense in senses:
        names.setdefault(sense.casefold(), sense)
        count[sense.casefold()] += 1
    most = {small for small, _ in count.most_common(2)}
    return {small: name for small, name in names.items() if small in most}


def _as_shipped(word: str, senses: dict[str, str], vectors: KeyedVectors) -> dict[str, str]:
    """Put the senses in the order of the known poles, where these are the senses that are known of the word."""
    known = known_sense(word, vectors)
    shipped = {name.casefold(): name for name in known.poles} if known else {}
    return shipped if shipped.keys() == senses.keys() else senses


def _third(sense: str, senses: dict[str, str]) -> str:
    return (
        f"“{shortened(sense, LONGEST)}” is one sense too many: a line has two ends, {quoted(senses.values())}. "
        "Give the sentence one of these, or leave it out."
    )


def _too_few(examples: Collection[Labelled], senses: tuple[str, ...]) -> str:
    """Say what is missing before anything can be trained."""
    if len(senses) < 2:
        return f"All good lines have the sense {quoted(senses)}: write sentences of a second one, too."
    counts = {sense: sum(example.sense == sense for example in examples) for sense in senses}
    few = [f"“{sense}” has {counted(count, 'good sentence')}" for sense, count in counts.items() if count < FEWEST]
    return f"{listed(few)}. Each sense needs {FEWEST}: half to learn from, half to test with." if few else ""


def _none(word: str) -> str:
    return f"There is no sentence with “{word or 'your word'}” yet. {FORM}, a line each."


def _unknown(word: str, vectors: KeyedVectors) -> str:
    near = near_spellings(word, vectors)
    if not word:
        return "No line names its word. Write word | sense | sentence."
    hint = f"Did you mean {' or '.join(near)}?" if near else "Take another word."
    return f"“{shortened(word, LONGEST)}” is not in the vocabulary. {hint}"


def _numbered(remarks: dict[int, str]) -> tuple[str, ...]:
    return tuple(f"Line {number}: {remarks[number]}" for number in sorted(remarks))
