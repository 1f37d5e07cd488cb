"""Asking a set about words: one word and its neighbours, arithmetic with words, and lists."""

import numpy as np

from selfattn.core.neighbours import nearest_finding, one_way
from selfattn.core.typed import bracketed
from selfattn.figures.weights import vector_strips
from selfattn.lessons.explore import boxes, prose
from selfattn.lessons.explore import code as snippets
from selfattn.lessons.explore.boxes import NUMBERS
from selfattn.lessons.explore.words_figure import cosine_heatmap, odd_bars, word_bars
from selfattn.sets.explore import MOST, Analogy, Pairs, analogy, examples, neighbours
from selfattn.sets.explore.lists import Lists, OddOneOut, cosines, list_similarity, odd_one_out
from selfattn.ui import charts, fields, session_sets, state, tables, widgets, word_boxes, write
from selfattn.ui.run import Run
from selfattn.ui.word_boxes import WordList
from selfattn.views.choice import Choice

NEAREST_IN_ROOM, ANSWERS = 8, 8
WRITTEN_UP_TO = 12  # numbers of a vector that are written under its strip
PUT_IN = "put in"


# One word


def one_word(run: Run) -> Choice:
    """Draw the box of a word, with its completions."""
    word, most = boxes.word(run), NEAREST_IN_ROOM if run.room else MOST
    if word not in run.vectors.key_to_index:
        return boxes.lacking(run, [word])
    near = neighbours(word, run.vectors, most)
    return Choice(lambda: _show_word(run, word, near), lambda: snippets.one_word(word, most=most))


def _show_word(run: Run, word: str, near: Pairs) -> None:
    numbers, rank = np.asarray(run.vectors[word], dtype=np.float64), run.vectors.key_to_index[word] + 1
    ranked = run.chosen is not session_sets.by_hand()
    write.finding(one_way(run.vectors, word) or nearest_finding(word, near))
    strip = vector_strips(numbers[None], [word], tall=run.tall(90, 100), theme=run.theme)
    charts.show(strip, key="strip", alt=prose.vector_alt(word, numbers))
    written = f" {bracketed(numbers.tolist())}" if len(numbers) <= WRITTEN_UP_TO else ""
    write.quiet(prose.vector(word, numbers, rank, len(run.vectors), ranked=ranked) + written)
    if near:
        bars = word_bars(near, height=run.tall(0, 500), theme=run.theme)
        charts.show(bars, key="near", alt=prose.nearest_alt(word, near))
    vector = tables.rows([word], numbers[None])
    tables.once_asked(NUMBERS, lambda: [tables.listing(near, "neighbour", "cosine"), vector.style.format(precision=3)])


# Analogies


def analogies(run: Run) -> Choice:
    """Draw the boxes of what is added and what is taken away, and examples."""
    usual = examples.sums(run.vectors, boxes.usual(run))
    typed = any(str(state.get(field)).strip() for field in (fields.PLUS, fields.MINUS))
    plus = boxes.words(run, fields.PLUS, "Add", () if typed else usual[0].plus, width=230)
    minus = boxes.words(run, fields.MINUS, "Take away", () if typed else usual[0].minus, width=170)
    sums = {sum_.written: {fields.PLUS: " ".join(sum_.plus), fields.MINUS: " ".join(sum_.minus)} for sum_ in usual}
    boxes.offered(sums)
    if unknown := word_boxes.unknown(run, [*plus, *minus]):
        return boxes.lacking(run, unknown, fields.PLUS, fields.MINUS)
    answer = analogy(plus, minus, run.vectors, ANSWERS)
    return Choice(lambda: _show_sum(run, answer), lambda: snippets.analogy(plus, minus, most=ANSWERS))


def _show_sum(run: Run, answer: Analogy) -> None:
    write.finding(prose.analogy(answer))
    if every := sorted([*answer.found, *answer.excluded], key=lambda pair: -pair[1]):
        marked = [PUT_IN if pair in answer.excluded else None for pair in every]
        bars = word_bars(tuple(every), height=run.tall(380, 700), marked=marked, theme=run.theme)
        charts.show(bars, key="sum", alt=prose.analogy_alt(answer))
    groups = {"answer": answer.found, PUT_IN: answer.excluded}
    tables.once_asked(NUMBERS, lambda: [tables.listing(pairs, name, "cosine") for name, pairs in groups.items()])


# Lists


def lists(run: Run) -> Choice:
    """Draw the choice of the odd one out or two lists, and their boxes."""
    titles = {"odd": "Odd one out", "two": "Two lists"}
    shown = "two" if state.get(fields.SHOWS) == "two" else "odd"
    widgets.choice("Picture", titles, widgets.widget(fields.SHOWS, shown, lambda picture: state.put(shows=picture)))
    return _odd(run) if shown == "odd" else _two(run)


def _odd(run: Run) -> Choice:
    usual = examples.odd_lists(run.vectors, boxes.usual(run))
    listed = boxes.listed(run, fields.ODD, "List of words", usual[0])
    boxes.offered({text: {fields.ODD: text} for text in map(" ".join, usual)})
    odd = odd_one_out(listed.words, run.vectors)
    return Choice(lambda: _show_odd(run, odd, listed), lambda: snippets.odd(odd.given.words))


def _show_odd(run: Run, odd: OddOneOut, listed: WordList) -> None:
    write.finding(prose.odd(odd))
    listed.say()
    charts.show(odd_bars(odd, height=run.tall(300, 640), theme=run.theme), key="odd_bars", alt=prose.odd_alt(odd))
    write.prose("Each bar is the cosine of a word with the mean of all the words of the list, made equally long.")
    tables.once_asked(NUMBERS, lambda: [tables.listing(odd.cosines, "word", "cosine")])


def _two(run: Run) -> Choice:
    usual = examples.two_lists(run.vectors, boxes.usual(run))
    first = boxes.listed(run, fields.THESE, "First list", usual[0], width=200)
    second = boxes.listed(run, fields.THOSE, "Second list", usual[1], width=200)
    compared = list_similarity(first.words, second.words, run.vectors)
    code = snippets.two(compared.first.words, compared.second.words)
    return Choice(lambda: _show_two(run, compared, (first, second)), lambda: code)


def _show_two(run: Run, compared: Lists, listed: tuple[WordList, WordList]) -> None:
    write.finding(prose.lists(compared))
    for each in listed:
        each.say()
    left, right = compared.first.words, compared.second.words
    names, height = [*left, *right], 0 if run.phone else run.tall(470, 760)
    table = cosines(names, names, run.vectors)
    picture = cosine_heatmap(table, names, first=len(left), height=height, narrow=run.phone, theme=run.theme)
    charts.show(picture, key="cosines", alt=prose.cosines_alt(table, names))
    tables.pairs(NUMBERS, table, names)
