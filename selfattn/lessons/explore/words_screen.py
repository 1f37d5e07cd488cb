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
from selfattn.ui.run import Run
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


def one_word(run: Run) -> Choice:
    """Draw the box of a word, with its completions."""
    asked = boxes.word(run)
    return answered(lambda: _of_word(run, asked.word)) if asked.known else boxes.lacking(run, [asked.word])


def _of_word(run: Run, word: str) -> Choice:
    most = NEAREST_IN_ROOM if run.room else NEAREST
    found = neighbours(word, run.vectors, most)
    return Choice(lambda: _show_word(run, word, found), lambda: snippets.one_word(word, most=most))


def _show_word(run: Run, word: str, found: tuple[tuple[str, float], ...]) -> None:
    one = run.chosen
    numbers = np.asarray(one.vectors[word], dtype=np.float64)
    ranked = one is not loaders.by_hand()
    place = one.vectors.key_to_index[word] + 1
    write.finding(nearest_finding(word, found))
    strip = vector_strips(numbers[None], [word], tall=run.tall(90, 100), theme=run.theme)
    charts.show(strip, key="strip", alt=said.vector_alt(word, numbers))
    written = f" {bracketed(numbers.tolist())}" if len(numbers) <= WRITTEN_UP_TO else ""
    write.quiet(said.vector(word, numbers, place, len(one.vectors), ranked=ranked) + written)
    if found:
        bars = word_bars(found, height=run.tall(0, 500), theme=run.theme)
        charts.show(bars, key="near", alt=said.nearest_alt(word, found))
    tables.once_asked(NUMBERS, lambda: [_pairs(found), tables.rows([word], numbers[None]).style.format(precision=3)])


def _pairs(found: Sequence[tuple[str, float]], name: str = "neighbour") -> pd.DataFrame:
    return pd.DataFrame(found, columns=[name, "cosine"]).style.format(precision=3)


# Analogies


def analogies(run: Run) -> Choice:
    """Draw the boxes of what is added and what is taken away, and examples."""
    usual = examples.sums(run.vectors, boxes.usual(run))
    first = usual[0]
    typed = bool(str(state.get(fields.PLUS)).strip() or str(state.get(fields.MINUS)).strip())
    plus = boxes.words(run, fields.PLUS, "Add", () if typed else first.plus, width=230)
    minus = boxes.words(run, fields.MINUS, "Take away", () if typed else first.minus, width=170)
    sums = {sum_.written: {"plus": " ".join(sum_.plus), "minus": " ".join(sum_.minus)} for sum_ in usual}
    boxes.offered("Or one of these", sums)
    if unknown := known_words.unknown(run, [*plus, *minus]):
        return boxes.lacking(run, unknown)
    return answered(lambda: _of_sum(run, plus, minus))


def _of_sum(run: Run, plus: Sequence[str], minus: Sequence[str]) -> Choice:
    found = analogy(plus, minus, run.vectors, ANSWERS)
    return Choice(lambda: _show_sum(run, found), lambda: snippets.analogy(plus, minus, most=ANSWERS))


def _show_sum(run: Run, one: Analogy) -> None:
    write.finding(said.analogy(one))
    every = sorted([*one.found, *one.excluded], key=lambda pair: -pair[1])
    if every:
        own = {word for word, _ in one.excluded}
        marked = [PUT_IN if word in own else None for word, _ in every]
        bars = word_bars(tuple(every), height=run.tall(380, 700), marked=marked, theme=run.theme)
        charts.show(bars, key="sum", alt=said.analogy_alt(one))
    tables.once_asked(NUMBERS, lambda: [_pairs(one.found, "answer"), _pairs(one.excluded, "put in")])


# Lists


def lists(run: Run) -> Choice:
    """Draw the choice of the odd one out or two lists, and their boxes."""
    picture = boxes.pictures({"odd": "Odd one out", "two": "Two lists"}, "Picture")
    return _odd(run) if picture == "odd" else _two(run)


def _odd(run: Run) -> Choice:
    usual = examples.odd_lists(run.vectors, boxes.usual(run))
    given = boxes.listed(run, fields.ODD, "List of words", usual[0])
    boxes.offered("Or one of these", {" ".join(words): {"odd": " ".join(words)} for words in usual})
    return answered(lambda: _of_odd(run, given))


def _of_odd(run: Run, given: Listed) -> Choice:
    found = odd_one_out(given.words, run.vectors)
    return Choice(lambda: _show_odd(run, found, given), lambda: snippets.odd(found.given.words))


def _show_odd(run: Run, one: OddOneOut, given: Listed) -> None:
    write.finding(said.odd(one))
    _remarks(given)
    bars = odd_bars(one, height=run.tall(300, 640), theme=run.theme)
    charts.show(bars, key="odd_bars", alt=said.odd_alt(one))
    write.prose("Each bar is the cosine of a word with the mean of all the words of the list, made equally long.")
    tables.once_asked(NUMBERS, lambda: [_pairs(one.cosines, "word")])


def _two(run: Run) -> Choice:
    first, second = examples.two_lists(run.vectors, boxes.usual(run))
    one = boxes.listed(run, fields.THESE, "First list", first, width=200)
    other = boxes.listed(run, fields.THOSE, "Second list", second, width=200)
    return answered(lambda: _of_two(run, one, other))


def _of_two(run: Run, one: Listed, other: Listed) -> Choice:
    found = list_similarity(one.words, other.words, run.vectors)
    code = snippets.two(found.first.words, found.second.words)
    return Choice(lambda: _show_two(run, found, (one, other)), lambda: code)


def _show_two(run: Run, one: Lists, given: Sequence[Listed]) -> None:
    write.finding(said.lists(one))
    for each in given:
        _remarks(each)
    names = [*one.first.words, *one.second.words]
    table = cosines(names, names, run.vectors)
    height = 0 if run.phone else run.tall(470, 760)
    parted = len(one.first.words)
    picture = cosine_heatmap(table, names, first=parted, height=height, narrow=run.phone, theme=run.theme)
    charts.show(picture, key="cosines", alt=said.cosines_alt(table, names))
    tables.pairs(NUMBERS, table, names)


def _remarks(given: Listed) -> None:
    for line in given.remarks:
        write.quiet(line)
