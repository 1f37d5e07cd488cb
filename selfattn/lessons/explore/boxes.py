"""The boxes of the screens that ask a set: a word with its completions, lists of words, and examples to click."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import streamlit as st

from selfattn.core.lookup import lookup, vocabulary
from selfattn.core.neighbours import one_way
from selfattn.core.spelling import near_spellings
from selfattn.core.tokens import parted, spelling
from selfattn.figures.text import short
from selfattn.sets.explore import ExploreError
from selfattn.sets.explore.examples import some_words
from selfattn.sets.explore.search import complete, spelled
from selfattn.sets.vector_set import VectorSet
from selfattn.ui import boxes, controls, fields, topic, word_boxes, write
from selfattn.ui.run import Run
from selfattn.ui.word_boxes import WordList
from selfattn.views.choice import Choice

SUGGESTED, OFFERED = "suggested words", "offered examples"
BETWEEN = re.compile(r"[,;+]+")
NUMBERS, INSTEAD = "The same as numbers", "Or one of these"
WIDE = 1300  # pixels of the width of a picture in a room, at least
NO_CODE = "# There is nothing to compute yet: type words that the set has."
BY_NAME, ON_PHONE = 7, 4  # completions that are shown
LONGEST_LIST = 12  # words of a list that is compared


def usual(run: Run) -> list[str]:
    """Give the words of sentences A and B that the set has: what is asked about as long as nothing is typed."""
    shared = topic.of_lessons(run)
    return list(dict.fromkeys([*([shared.word] if shared.word else []), *shared.tokens]))


def find(typed: str, among: VectorSet) -> str | None:
    """Find a word as a set spells it; a set that makes vectors of subwords is asked to make this one."""
    known = among.vectors.key_to_index
    if typed in known:
        return typed
    match = lookup(typed, among.vectors) or spelled(typed, among.vectors)
    if match not in known and among.grow and " " not in typed:
        match = spelling(typed)
        among.grow([match])
    return match if match in known else None


def word(run: Run) -> str:
    """Draw the box of the word that the screen is about, and beside it words to click: completions, or near ones.

    It is given as the set spells it, or as it was typed where the set lacks it.

    An empty box stands for the word of the sentences, or else for a frequent one, and shows it in grey.
    """
    vectors = run.vectors
    offers = some_words(vectors, BY_NAME + 1, usual(run)) or vectors.index_to_key[:1]
    typed = boxes.box(fields.LOOK, "Word", offers[0], width=controls.word_width(run))
    match = find(typed, run.chosen) if typed else offers[0]
    title, words = _suggestions(run, typed, match, offers)
    labels = {short(suggested): suggested for suggested in reversed(words)}  # a browser tells choices apart by labels
    if nearest := list(labels.items())[::-1][: ON_PHONE if run.phone else BY_NAME]:
        boxes.pills(SUGGESTED, title, {label: {fields.LOOK: suggested} for label, suggested in nearest})
    return match or typed


def _suggestions(run: Run, typed: str, match: str | None, offers: Sequence[str]) -> tuple[str, Sequence[str]]:
    """Give what begins as was typed, else what is spelled almost so; before anything is typed, the usual words."""
    if not typed:
        return INSTEAD, [offer for offer in offers if offer != match]
    if begun := [longer for longer in complete(typed, run.vectors, 2 * BY_NAME) if longer != match]:
        return "Words that begin so", begun
    return "Did you mean", [] if match else near_spellings(typed, run.vectors, BY_NAME)


def offered(examples: Mapping[str, dict[str, str]]) -> None:
    """Draw examples to click, where there are some: each has a name, and the fields that it fills."""
    if len(examples) > 1:
        boxes.pills(OFFERED, INSTEAD, examples)


def words(run: Run, field: str, name: str, default: Sequence[str], *, width: int = 300) -> list[str]:
    """Draw the box of several words; an empty one stands for the default.

    Between spaces stand words: known ones are given as the set spells them, others as they were typed. A comma, a
    semicolon or a plus sign between words parts them too, where no word of the set has it.
    """
    with st.container(width=width):
        typed = boxes.box(field, name, " ".join(default))
    pieces: list[str] = []
    for piece in parted(typed, vocabulary(run.vectors)):
        pieces += [piece] if find(piece, run.chosen) else filter(None, BETWEEN.split(piece))
    return [find(piece, run.chosen) or piece for piece in pieces] or list(default)


def listed(run: Run, field: str, name: str, default: Sequence[str], *, width: int = 300) -> WordList:
    """Draw the box of a list: the words that the set has, each once, and what is to be said of the others."""
    given = dict.fromkeys(words(run, field, name, default, width=width))
    unknown = word_boxes.unknown(run, list(given))
    known = [word for word in given if word not in unknown]
    remarks = [_left_out(unknown)] if unknown else []
    return word_boxes.cut(WordList(known, remarks, field, word_boxes.respellings(run, unknown, field)), LONGEST_LIST)


def _left_out(unknown: Sequence[str]) -> str:
    more = f" and {len(unknown) - boxes.FEW} more" if len(unknown) > boxes.FEW else ""
    return f"Not in this set, so left out: {', '.join(f'“{short(word)}”' for word in unknown[: boxes.FEW])}{more}."


def answer(ask: Callable[[Run], Choice], run: Run, *, hedged: bool) -> Choice:
    """Ask what a screen asks; where the set cannot answer, it says why.

    An answer made of cosines is `hedged`: where the words of a set nearly all point the same way, that is said first.
    """
    try:
        chosen = ask(run)
        if hedged and (alike := one_way(run.vectors)):
            return replace(chosen, draw=lambda: _hedge(alike, chosen))
        return chosen
    except ExploreError as error:
        why = str(error)
        return Choice(lambda: write.warn(why), lambda: NO_CODE)


def _hedge(alike: str, chosen: Choice) -> None:
    write.quiet(alike)
    chosen.draw()


def lacking(run: Run, missing: Sequence[str], *names: str) -> Choice:
    """Say of every word that the set lacks what could be typed instead, into the boxes of these fields."""
    return Choice(lambda: _complain(run, missing[: boxes.FEW], *names), lambda: NO_CODE)


def _complain(run: Run, missing: Sequence[str], *names: str) -> None:
    """Name words that begin as was typed: whoever types is most often in the middle of a word."""
    lost = []
    for word in missing:
        if longer := " or ".join(f"“{short(each)}”" for each in complete(word, run.vectors, 3) if word.strip()):
            write.warn(f"“{short(word)}” is not in the vocabulary. Type on: {longer}, for example.")
        else:
            lost.append(word)
    word_boxes.complain(run, lost, *names)
