"""Boxes for a word, and for a list of words, that the vocabulary has; and what is said where it has not."""

from collections.abc import Sequence
from dataclasses import dataclass

from selfattn.core.sentences import TextError, as_known
from selfattn.core.spelling import near_spellings
from selfattn.core.tokens import spelling
from selfattn.figures.palette import MOST
from selfattn.figures.text import short
from selfattn.ui import boxes, fields, write
from selfattn.ui.run import Run


@dataclass(frozen=True, slots=True)
class WordList:
    """The words of a list that are known, each once, and what is to be said of the rest."""

    words: list[str]
    remarks: list[str]

    def say(self) -> None:
        """Say what was left out; where nothing is left, more loudly."""
        for line in self.remarks:
            (write.quiet if self.words else write.warn)(line)


def word(run: Run, field: str, name: str, default: str) -> str:
    """Draw the box of one word; an empty one stands for the default, which it shows in grey."""
    typed = boxes.box(field, name, default, width=150)
    spelled = spelling(typed)
    return (as_known(spelled, typed, run.vectors.key_to_index) or spelled) or default


def words(run: Run, default: Sequence[str]) -> WordList:
    """Draw the box of the list; an empty one stands for the default, which it shows in grey."""
    typed = boxes.box(fields.LIST, "List of words", " ".join(default[:MOST]))
    if not typed:
        return _cut(default, [])
    try:
        typed_words = run.embed(typed)
    except TextError as error:
        return WordList([], [str(error)])
    return _cut(list(dict.fromkeys(typed_words.tokens)), boxes.remarks(typed_words))


def _cut(listed: Sequence[str], remarks: list[str]) -> WordList:
    kept, left = list(listed[:MOST]), len(listed) - MOST
    if left > 0:
        remark = f"Only the first {MOST} words are shown, up to “{short(kept[-1])}”; {left} more left out."
        return WordList(kept, [*remarks, remark])
    return WordList(kept, remarks)


def unknown(run: Run, wanted: Sequence[str]) -> list[str]:
    """Find the words that the vocabulary does not have."""
    return [word for word in dict.fromkeys(wanted) if word not in run.vectors.key_to_index]


def complain(run: Run, missing: Sequence[str]) -> None:
    """Say of every unknown word what could be typed instead."""
    for word in missing:
        near = near_spellings(word, run.vectors)
        if " " in word:
            hint = "Type a single word."
        else:
            hint = f"Did you mean {' or '.join(near)}?" if near else "Try another word."
        write.warn(f"“{short(word)}” is not in the vocabulary. {hint}")
