"""Asking a set about words: one word and its neighbours, arithmetic with words, and lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from selfattn.core.neighbours import nearest_finding
from selfattn.core.typed import bracketed
from selfattn.figures.weights import vector_strips
from selfattn.lessons.explore import boxes
from selfattn.lessons.explore import code as snippets
from selfattn.lessons.explore import prose as said
from selfattn.lessons.explore.boxes import NO_CODE
from selfattn.lessons.explore.words_figure import cosine_heatmap, odd_bars, word_bars
from selfattn.sets.explore import Analogy, ExploreError, analogy, examples, neighbours
from selfattn.sets.explore.lists import Lists, OddOneOut, cosines, list_similarity, odd_one_out
from selfattn.ui import charts, fields, known_words, loaders, state, tables, write
from selfattn.ui.known_words import Listed
from selfattn.views.choice import Choice

NEAREST, NEAREST_IN_ROOM, ANSWERS = 10, 8, 8
WRITTEN_UP_TO = 12  # numbers of a vector that are written under its strip
NUMBERS = "The same as numbers"
PUT_IN = "put in"


def answered(ask: Callable[[], Choice]) -> Choice:
    """Ask; where the set cannot answer, say why."""
    try:
        return ask()
    except ExploreError as error:
        sentence = str(error)
        return Choice(lambda: known_words.warn(sentence), lambda: NO_CODE)


# One word


def one_word() -> Choice:
    """Draw the box of a word, with its completions."""
    asked = boxes.word()
    return answered(lambda: _of_word(asked.word)) if asked.known else boxes.lacking([asked.word])


def _of_word(word: str) -> Choice:
    most = NEAREST_IN_ROOM if charts.in_room() else NEAREST
    found = neighbours(word, loaders.vectors(), most)
    return Choice(lambda: _show_word(word, found), lambda: snippets.one_word(word, most=most))


def _show_word(word: str, found: tuple[tuple[str, float], ...]) -> None:
    one = loaders.chosen()
    numbers = np.asarray(one.vectors[word], dtype=np.float64)
    ranked = one is not loaders.by_hand()
    place = one.vectors.key_to_index[word] + 1
    write.finding(nearest_finding(word, found))
    strip = vector_strips(numbers[None], [word], tall=charts.tall(90, 100), theme=charts.theme())
    charts.show(strip, key="strip", alt=said.vector_alt(word, numbers))
    written = f" {bracketed(numbers.tolist())}" if len(numbers) <= WRITTEN_UP_TO else ""
    write.quiet(said.vector(word, numbers, place, len(one.vectors), ranked=ranked) + written)
    if found:
        bars = word_bars(found, height=charts.tall(0, 500), theme=charts.theme())
        charts.show(bars, key="near", alt=said.nearest_alt(word, found))
    tables.once_asked(NUMBERS, lambda: [_pairs(found), tables.rows([word], numbers[None]).style.format(precision=3)])


def _pairs(found: Sequence[tuple[str, float]], name: str = "neighbour") -> pd.DataFrame:
    return pd.DataFrame(found, columns=[name, "cosine"]).style.format(precision=3)


# Analogies


def analogies() -> Choice:
    """Draw the boxes of what is added and what is taken away, and examples."""
    usual = examples.sums(loaders.vectors(), boxes.usual())
    first = usual[0]
    typed = bool(str(state.get(fields.PLUS)).strip() or str(state.get(fields.MINUS)).strip())
    plus = boxes.words(fields.PLUS, "Add", () if typed else first.plus, width=230)
    minus = boxes.words(fields.MINUS, "Take away", () if typed else first.minus, width=170)
    boxes.offered(
        "Or one of these",
        [(one.said, {"plus": " ".join(one.plus), "minus": " ".join(one.minus)}) for one in usual],
    )
    if unknown := boxes.unknown_of([*plus, *minus]):
        return boxes.lacking(unknown)
    return answered(lambda: _of_sum(plus, minus))


def _of_sum(plus: Sequence[str], minus: Sequence[str]) -> Choice:
    found = analogy(plus, minus, loaders.vectors(), ANSWERS)
    return Choice(lambda: _show_sum(found), lambda: snippets.analogy(plus, minus, most=ANSWERS))


def _show_sum(one: Analogy) -> None:
    write.finding(said.analogy(one))
    every = sorted([*one.found, *one.excluded], key=lambda pair: -pair[1])
    if every:
        own = {word for word, _ in one.excluded}
        marked = [PUT_IN if word in own else None for word, _ in every]
        bars = word_bars(tuple(every), height=charts.tall(380, 700), marked=marked, theme=charts.theme())
        charts.show(bars, key="sum", alt=said.analogy_alt(one))
    tables.once_asked(NUMBERS, lambda: [_pairs(one.found, "answer"), _pairs(one.excluded, "put in")])


# Lists


def lists() -> Choice:
    """Draw the choice of the odd one out or two lists, and their boxes."""
    picture = boxes.pictures({"odd": "Odd one out", "two": "Two lists"}, "Picture")
    return _odd() if picture == "odd" else _two()


def _odd() -> Choice:
    usual = examples.odd_lists(loaders.vectors(), boxes.usual())
    given = boxes.listed(fields.ODD, "List of words", usual[0])
    boxes.offered("Or one of these", [(" ".join(one), {"odd": " ".join(one)}) for one in usual])
    return answered(lambda: _of_odd(given))


def _of_odd(given: Listed) -> Choice:
    found = odd_one_out(given.words, loaders.vectors())
    return Choice(lambda: _show_odd(found, given), lambda: snippets.odd(found.given.words))


def _show_odd(one: OddOneOut, given: Listed) -> None:
    write.finding(said.odd(one))
    _remarks(given)
    bars = odd_bars(one, height=charts.tall(300, 640), theme=charts.theme())
    charts.show(bars, key="odd_bars", alt=said.odd_alt(one))
    write.prose("Each bar is the cosine of a word with the mean of all the words of the list, made equally long.")
    tables.once_asked(NUMBERS, lambda: [_pairs(one.cosines, "word")])


def _two() -> Choice:
    first, second = examples.two_lists(loaders.vectors(), boxes.usual())
    one = boxes.listed(fields.THESE, "First list", first, width=200)
    other = boxes.listed(fields.THOSE, "Second list", second, width=200)
    return answered(lambda: _of_two(one, other))


def _of_two(one: Listed, other: Listed) -> Choice:
    found = list_similarity(one.words, other.words, loaders.vectors())
    code = snippets.two(found.first.words, found.second.words)
    return Choice(lambda: _show_two(found, (one, other)), lambda: code)


def _show_two(one: Lists, given: Sequence[Listed]) -> None:
    write.finding(said.lists(one))
    for each in given:
        _remarks(each)
    names = [*one.first.words, *one.second.words]
    table = cosines(names, names, loaders.vectors())
    height = 0 if charts.on_phone() else charts.tall(470, 760)
    parted = len(one.first.words)
    picture = cosine_heatmap(table, names, first=parted, height=height, narrow=charts.on_phone(), theme=charts.theme())
    charts.show(picture, key="cosines", alt=said.cosines_alt(table, names))
    tables.pairs(NUMBERS, table, names)


def _remarks(given: Listed) -> None:
    for line in given.remarks:
        write.quiet(line)
