"""Boxes for a word, and for a list of words, that the vocabulary has; and what is said where it has not."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from selfattn.core.lookup import lookup
from selfattn.core.sentences import TextError
from selfattn.core.spelling import near_spellings
from selfattn.core.tokens import spelling
from selfattn.figures.palette import MOST
from selfattn.figures.text import short
from selfattn.ui import boxes, controls, fields, state, write
from selfattn.ui.run import Run


@dataclass(frozen=True, slots=True)
class WordList:
    """The words of a list that are known, each once, and what is to be said of the rest."""

    words: list[str]
    remarks: list[str]
    box: str = ""  # the field of its box
    fills: Mapping[str, dict[str, str]] = field(default_factory=dict)  # near spellings, and what a click on one fills

    def say(self) -> None:
        """Say what was left out; where nothing is left, more loudly; and offer other words for it."""
        for line in self.remarks:
            (write.quiet if self.words else write.warn)(line)
        boxes.did_you_mean(self.box, self.fills)


def word(run: Run, field: str, name: str, default: str) -> str:
    """Draw the box of one word; an empty one stands for the default, which it shows in grey."""
    typed = boxes.box(field, name, default, width=controls.word_width(run))
    return (lookup(typed, run.vectors) or spelling(typed)) or default


def words(run: Run, default: Sequence[str]) -> WordList:
    """Draw the box of the list; an empty one stands for the default, which it shows in grey."""
    typed = boxes.box(fields.LIST, "List of words", " ".join(default[:MOST]))
    if not typed:
        return cut(WordList(list(default), []), MOST)
    try:
        typed_words = run.embed(typed)
    except TextError as error:
        return WordList([], [str(error)], fields.LIST, boxes.respellings(fields.LIST, error.sentence))
    fills = boxes.respellings(fields.LIST, typed_words)
    listed = WordList(list(dict.fromkeys(typed_words.tokens)), boxes.remarks(typed_words), fields.LIST, fills)
    return cut(listed, MOST)


def cut(listed: WordList, most: int) -> WordList:
    """Keep the first words of a list, and say so."""
    if (left := len(listed.words) - most) <= 0:
        return listed
    kept = listed.words[:most]
    remark = f"Only the first {most} words are shown, up to “{short(kept[-1])}”; {left} more left out."
    return replace(listed, words=kept, remarks=[*listed.remarks, remark])


def unknown(run: Run, wanted: Sequence[str]) -> list[str]:
    """Find the words that the vocabulary does not have."""
    return [word for word in dict.fromkeys(wanted) if word not in run.vectors.key_to_index]


def complain(run: Run, missing: Sequence[str], *names: str) -> None:
    """Say of every unknown word that it is, and offer near spellings; one that is clicked is put into its box.

    `names` are the fields of the boxes.
    """
    near = {word: near_spellings(word, run.vectors) for word in missing[: boxes.FEW]}
    for word, others in near.items():
        hint = "Type one word." if " " in word else "" if others else "Try another word."
        write.warn(f"“{short(word)}” is not in the vocabulary. {hint}".strip())
    boxes.did_you_mean("_".join(names), _fills(near, *names))


def respellings(run: Run, missing: Sequence[str], *names: str) -> dict[str, dict[str, str]]:
    """Give near spellings of words that the set lacks, each with the text of its box that has it in their place."""
    return _fills({word: near_spellings(word, run.vectors) for word in missing[: boxes.FEW]}, *names)


def _fills(near: Mapping[str, Sequence[str]], *names: str) -> dict[str, dict[str, str]]:

    def fill(word: str, by: str) -> dict[str, str]:
        whole = re.compile(rf"(?<![^\s,;+]){re.escape(word)}(?![^\s,;+])", re.IGNORECASE)
        texts = ((name, str(state.get(name))) for name in names)
        return {name: whole.sub(lambda _: by, text) for name, text in texts if whole.search(text)}

    return boxes.named(near, fill)
