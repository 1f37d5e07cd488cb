"""The boxes of the screens that ask a set: a word with its completions, lists of words, and examples to click."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from selfattn.core.sentences import as_known
from selfattn.core.spelling import near_spellings
from selfattn.core.tokens import spelling
from selfattn.figures.text import short
from selfattn.sets.explore.examples import some_words
from selfattn.sets.explore.search import complete, spelled
from selfattn.sets.vector_set import VectorSet
from selfattn.ui import boxes, fields, known_words, state, widgets, write
from selfattn.ui.known_words import Listed
from selfattn.ui.run import Run
from selfattn.ui.usual import ground
from selfattn.views.choice import Choice

SUGGESTED, OFFERED = "suggested words", "offered examples"
BETWEEN = re.compile(r"[,;+]+")
NO_CODE = "# There is nothing to compute yet: type words that the set has."
BY_NAME, ON_PHONE = 7, 4  # completions that are shown
LONGEST_LIST = 12  # words of a list that is compared


@dataclass(frozen=True, slots=True)
class Asked:
    """A word that was asked about, as the set spells it, or as it was typed where the set lacks it."""

    word: str
    known: bool


def usual(run: Run) -> list[str]:
    """Give the words of sentences A and B that the set has: what is asked about as long as nothing is typed."""
    base = ground(run)
    tokens = [token for one in base.sentences for token in one.tokens]
    return list(dict.fromkeys([*([base.word] if base.word else []), *tokens]))


def find(typed: str, one: VectorSet) -> str | None:
    """Find a word as a set spells it; a set that makes vectors of parts of words is asked to make this one."""
    known = one.vectors.key_to_index
    if typed in known:
        return typed
    found = as_known(spelling(typed), typed, known) or spelled(typed, one.vectors)
    if found not in known and one.grow and " " not in typed:
        one.grow([spelling(typed)])
        found = spelling(typed)
    return found if found in known else None


def asked(run: Run, text: str, default: str) -> Asked:
    """Read the box of a word; an empty one stands for the default."""
    typed = text.strip()
    found = find(typed, run.chosen) if typed else default
    return Asked(found or typed, found is not None)


def word(run: Run) -> Asked:
    """Draw the box of the word that the screen is about, and beside it words to click: completions, or near ones.

    An empty box stands for the word of the sentences, or else for a frequent one, and shows it in grey.
    """
    offers = some_words(run.vectors, BY_NAME + 1, usual(run)) or run.vectors.index_to_key[:1]
    default = offers[0]
    with st.container(width=190):
        _box(fields.LOOK, "Word", default)
    one = asked(run, str(state.get(fields.LOOK)), default)
    title, words = _suggestions(run, str(state.get(fields.LOOK)).strip(), one, offers)
    if words:
        _pills(SUGGESTED, title, words, [short(word) for word in words], _take_word)
    return one


def _take_word(chosen: str | None) -> None:
    if chosen is not None:
        state.put(look=chosen)


def _suggestions(run: Run, typed: str, one: Asked, offers: Sequence[str]) -> tuple[str, list[str]]:
    """Give what begins as was typed, else what is spelled almost so; before anything is typed, the usual words."""
    vectors, most = run.vectors, ON_PHONE if run.phone else BY_NAME
    if not typed:
        return "Or one of these", _apart([other for other in offers if other != one.word])[:most]
    found = [other for other in complete(typed, vectors, 2 * most) if other != one.word]
    if found:
        return "Words that begin so", _apart(found)[:most]
    return "Did you mean", [] if one.known else list(near_spellings(typed, vectors, most))


def _apart(words: Sequence[str]) -> list[str]:
    """Leave out words that look the same once they are cut: a browser tells choices apart by what they are called."""
    return list({short(word): word for word in reversed(words)}.values())[::-1]


def _pills(
    name: str, title: str, options: Sequence[str], names: Sequence[str], take: Callable[[str | None], None]
) -> None:
    called = dict(zip(options, map(write.plain, names), strict=True))
    widget = widgets.widget(name, None, take, labels=[title, *names])
    st.pills(title, options, wrap=True, format_func=called.__getitem__, **widget)


def offered(title: str, examples: Sequence[tuple[str, dict[str, str]]]) -> None:
    """Draw examples to click: each has a name, and the fields that it fills."""
    fields = dict(examples)

    def take(chosen: str | None) -> None:
        if chosen is not None:
            state.put(**fields[chosen])

    if len(fields) > 1:
        _pills(OFFERED, title, list(fields), list(fields), take)


def _box(field: str, name: str, default: str) -> None:
    st.text_input(
        name,
        key=field,
        live=boxes.PAUSE,
        max_chars=fields.MAX_CHARACTERS,
        placeholder=default,
        persist_state="session",
    )


def words(run: Run, field: str, name: str, default: Sequence[str], *, width: int = 300) -> list[str]:
    """Draw the box of several words, and give them as the set spells them; an empty one stands for the default."""
    with st.container(width=width):
        _box(field, name, " ".join(default))
    return read(run, str(state.get(field))) or list(default)


def read(run: Run, typed: str) -> list[str]:
    """Read the words of a text, between spaces: known ones as the set spells them, others as they were typed.

    A comma, a semicolon or a plus sign between words parts them too, where no word of the set has it.
    """
    one = run.chosen
    found: list[str] = []
    for piece in typed.split():
        whole = find(piece, one)
        parts = [whole] if whole else [part for part in BETWEEN.split(piece) if part]
        found += [find(part, one) or part for part in parts]
    return found


def listed(run: Run, field: str, name: str, default: Sequence[str], *, width: int = 300) -> Listed:
    """Draw the box of a list: the words that the set has, each once, and what is to be said of the others."""
    given = list(dict.fromkeys(words(run, field, name, default, width=width)))
    known = run.vectors.key_to_index
    kept = [word for word in given if word in known]
    unknown = [word for word in given if word not in known]
    remarks = [_left_out(run, unknown)] if unknown else []
    if len(kept) > LONGEST_LIST:
        remarks.append(f"Only the first {LONGEST_LIST} words are shown; {len(kept) - LONGEST_LIST} more left out.")
    return Listed(kept[:LONGEST_LIST], remarks)


def _left_out(run: Run, unknown: Sequence[str]) -> str:
    named = []
    for word in unknown[:4]:
        near = near_spellings(word, run.vectors)
        named.append(f"“{short(word)}”" + (f" (did you mean {' or '.join(near)}?)" if near else ""))
    more = f" and {len(unknown) - 4} more" if len(unknown) > 4 else ""
    return f"Not in this set, so left out: {', '.join(named)}{more}."


def lacking(run: Run, missing: Sequence[str]) -> Choice:
    """Say of every word that the set lacks what could be typed instead."""
    return Choice(lambda: _complain(run, missing[:4]), lambda: NO_CODE)


def _complain(run: Run, missing: Sequence[str]) -> None:
    """Name words that begin as was typed: whoever types is most often in the middle of a word."""
    for one in missing:
        begun = complete(one, run.vectors, 3) if one.strip() else []
        if begun:
            longer = " or ".join(f"“{short(word)}”" for word in begun)
            known_words.warn(f"“{short(one)}” is not in the vocabulary. Type on: {longer}, for example.")
        else:
            known_words.complain(run, [one])


def unknown_of(run: Run, words: Sequence[str]) -> list[str]:
    """Find the words that the set does not have."""
    return known_words.unknown(run, words)


def pictures(options: dict[str, str], title: str) -> str:
    """Draw the choice among the pictures of a screen: key in the link and name."""
    wanted = state.get(fields.SHOWS)
    shown = wanted if wanted in options else next(iter(options))
    st.segmented_control(
        title,
        list(options),
        format_func=options.__getitem__,
        required=True,
        **widgets.widget(fields.SHOWS, shown, lambda picture: state.put(shows=picture)),
    )
    return shown
