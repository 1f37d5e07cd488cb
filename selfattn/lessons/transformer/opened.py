"""Which head is open, and which word looks at which: chosen by hand, or found."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from selfattn.core.senses import SENSES
from selfattn.core.transformer import Encoded
from selfattn.lessons.transformer import heads
from selfattn.lessons.transformer.heads import Heads
from selfattn.lessons.transformer.sentences import names
from selfattn.ui import controls, fields, state, widgets
from selfattn.ui.run import Run

LAYER, HEAD, OTHER, ASKS = "Layer", "Head", "Looks at", "Asks"


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """One head of one sentence, counted from 0, and two words of it.

    Attributes
    ----------
    encoded : Encoded
    heads : Heads
    row, other : int
        The word that looks, and the one that it may look at, among `encoded.words`.
    layer, head : int
    find : str
        What the head was found by; empty where it was chosen by hand.
    """

    encoded: Encoded
    heads: Heads
    row: int
    other: int
    layer: int
    head: int
    find: str


def opened(run: Run, encoded: Encoded, word: str) -> Opened:
    """Read which head is open: the one in the link, or the one that is found by what the link asks for."""
    row = _row(encoded, word)
    other, of = _other(run, encoded, row), heads.heads_of(encoded)
    if by_hand := state.get(fields.OPENED):
        layer, head = (int(number) - 1 for number in by_hand.split("."))
        return Opened(encoded, of, row, other, layer, head, "")
    find = next(what for what in (state.get(fields.FIND), *fields.FINDS) if of.best(what, row, other))
    found = of.best(find, row, other)
    assert found is not None
    return Opened(encoded, of, row, other, found.layer, found.head, find)


def word_at(encoded: Encoded, token: int) -> int | None:
    """Find the word that a token belongs to; [CLS] and [SEP] belong to none."""
    return next((place for place, word in enumerate(encoded.words) if token in word.pieces), None)


def _row(encoded: Encoded, word: str) -> int:
    """Give the place of the word: where the link's token is part of it, or else the first one."""
    named, linked = names(encoded), word_at(encoded, state.get(fields.ROW))
    return linked if linked is not None and named[linked] == word else named.index(word) if word in named else 0


def _other(run: Run, encoded: Encoded, row: int) -> int:
    """Give the place of the word that is looked at: the chosen one, else one that tells the sense, else a rare one."""
    linked = word_at(encoded, state.get(fields.COLUMN))
    if linked is not None:
        return linked
    named, rank = names(encoded), run.vectors.key_to_index
    sense = SENSES.get(named[row])
    telling = {word: nth for words in sense.poles.values() for nth, word in enumerate(words)} if sense else {}

    def order(place: int) -> tuple[bool, bool, int, int]:
        name = named[place]
        is_mark, late = not any(map(str.isalnum, name)), len(telling)
        return place == row, is_mark, telling.get(name, late), -rank.get(name, len(rank))

    return min(range(len(named)), key=order)


def pair(run: Run, encoded: Encoded, word: str) -> tuple[int, int]:
    """Give the places of the token that asks, a piece of the word, and of the one that is asked, which may be any."""
    asking, asked = state.get(fields.ROW), state.get(fields.COLUMN)
    if asking not in pieces_of(encoded, word):
        asking = encoded.words[_row(encoded, word)].pieces.start
    if asked not in range(len(encoded.tokens)):
        asked = encoded.words[_other(run, encoded, _row(encoded, word))].pieces.start
    return asking, asked


def pieces_of(encoded: Encoded, word: str) -> list[int]:
    """List the places of the tokens of a word, wherever it stands."""
    named = zip(names(encoded), encoded.words, strict=True)
    return [place for name, each in named if name == word for place in each.pieces]


def choices(run: Run, sentences: Sequence[Encoded | None], word: str | None) -> None:
    """Draw the choice of the word that is looked at, of a layer, and of one of its heads."""
    if not (encoded := _first(sentences, word, (OTHER, LAYER, HEAD))) or word is None:
        return
    shown = opened(run, encoded, word)
    tokens = [each.pieces.start for each in encoded.words]
    titles = {token: each.text for token, each in zip(tokens, encoded.words, strict=True)}
    _choose_token(run, OTHER, fields.COLUMN, titles, tokens[shown.other])
    _choose_head(run, shown)


def token_choices(run: Run, sentences: Sequence[Encoded | None], word: str | None) -> None:
    """Draw the choice of two tokens, the first one where the word has several, of a layer, and of one of its heads."""
    if not (encoded := _first(sentences, word, (ASKS, OTHER, LAYER, HEAD))) or word is None:
        return
    asking, asked = pair(run, encoded, word)
    own = pieces_of(encoded, word)
    if len(own) > 1:
        _choose_token(run, ASKS, fields.ROW, {place: encoded.tokens[place] for place in own}, asking)
    else:
        st.empty()
    _choose_token(run, OTHER, fields.COLUMN, dict(enumerate(encoded.tokens)), asked)
    _choose_head(run, opened(run, encoded, word))


def _first(sentences: Sequence[Encoded | None], word: str | None, titles: Sequence[str]) -> Encoded | None:
    """Give the sentence; where there is none, leave the places of choices, to which may be written later."""
    encoded = next((each for each in sentences if each), None) if word else None
    for _ in titles if encoded is None else ():
        st.empty()
    return encoded


def _choose_head(run: Run, shown: Opened) -> None:
    n_layers, n_heads = shown.heads.weights.shape[:2]
    _choose_number(run, LAYER, n_layers, shown.layer, lambda layer: open_head(layer, shown.head))
    _choose_number(run, HEAD, n_heads, shown.head, lambda head: open_head(shown.layer, head))


def _choose_number(run: Run, title: str, count: int, now: int, take: Callable[[int], None]) -> None:
    widget = widgets.widget(f"opened {title}", now, take)
    st.selectbox(title, range(count), format_func=lambda place: str(place + 1), width=run.tall(80, 130), **widget)


def _choose_token(run: Run, title: str, field: str, titles: Mapping[int, str], now: int) -> None:
    """Draw the choice of a place among the tokens; words are numbered, for they may repeat."""
    named = {place: f"{number}  {text}" for number, (place, text) in enumerate(titles.items(), 1)}
    widget = widgets.widget(title, now, lambda place: state.put(**{field: place}), labels=list(named.values()))
    st.selectbox(title, list(named), format_func=named.__getitem__, width=controls.word_width(run), **widget)


def open_head(layer: int, head: int) -> None:
    """Open a head that was chosen by hand."""
    state.put(opened=f"{layer + 1}.{head + 1}", find="")
