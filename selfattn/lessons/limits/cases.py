"""Each failing, computed: the case of a step, from its sentences and the word."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import streamlit as st

from selfattn.core.contextual import attend_sentence
from selfattn.core.rounding import percent, plain_fixed
from selfattn.core.senses import pole_centres
from selfattn.core.sentences import Sentence
from selfattn.core.similarity import cosine
from selfattn.lessons.limits import code as snippets
from selfattn.lessons.limits import measures, parts, prose
from selfattn.lessons.limits.crossing_figure import crossing
from selfattn.lessons.limits.leanings_figure import leanings
from selfattn.lessons.limits.parts import Case
from selfattn.ui import charts, fields, panels, state, tables
from selfattn.ui.panels import Result
from selfattn.ui.run import Run
from selfattn.views import code
from selfattn.views.snippets import leaning, two_sentences

SHUFFLE_AGAIN = "limits shuffle"
LAST_SEED = 9999


def _order(run: Run, sentences: Sequence[Sentence], word: str) -> Case:
    tokens = sentences[0].tokens
    order = measures.shuffled(tokens, state.get(fields.SHUFFLE))
    shuffled = parts.again(run, [tokens[place] for place in order])
    results = panels.compute(run, [sentences[0], shuffled], word)
    vectors = parts.new_vectors(results)  # (2, d)
    difference = measures.largest_difference(*vectors)
    asked = f"The same words in another order: “{shuffled.text}”. How will the new “{word}” change?"
    guesses = (prose.NOT_AT_ALL, prose.A_LITTLE, prose.A_LOT)
    return Case(
        results=results,
        finding=prose.order_finding(word, vectors.shape[1], difference),
        picture=lambda: _crossing(run, results, order, difference),
        beside=lambda: st.button("Shuffle again", key=SHUFFLE_AGAIN, icon=":material/shuffle:", on_click=_shuffle),
        why=[prose.order_why(distance=run.settings.distance, difference=difference, alone=len(set(tokens)) == 1)],
        table=lambda: _both_vectors(results),
        source=parts.source(run, snippets.compared, parts.texts(results), word, snippets.DIFFERENCE),
        question=(asked, guesses, prose.order_truth(difference, cosine(*vectors))),
        because=f"difference {prose.number(difference)}",
    )


def _both_vectors(results: Sequence[Result]) -> None:
    names = [f"{result.word}′ in {result.letter}" for result in results]
    tables.vectors("Both vectors as numbers", parts.new_vectors(results), names)


def _shuffle() -> None:
    state.put(**{fields.SHUFFLE: (state.get(fields.SHUFFLE) + 1) % (LAST_SEED + 1)})


def _crossing(run: Run, results: Sequence[Result], order: Sequence[int], difference: float) -> None:
    above, below = results
    weights, own = [result.weights for result in results], [float(result.weights[result.row]) for result in results]
    width, height = run.size(400, 690, laptop=700).width, run.tall(400, 690)
    figure = crossing(above.tokens, order, *weights, row=above.row, width=width, height=height, theme=run.theme)
    alt = prose.crossing_alt(above.word, " ".join(above.tokens), below.sentence.text, own, difference)
    charts.show(figure, key="crossing", alt=alt)


def _mixed(run: Run, sentences: Sequence[Sentence], word: str) -> Case:
    (both,) = panels.compute(run, sentences, word)
    if (sense := both.sense) is None or both.line is None:
        return parts.without_poles(run, both)
    tokens, senses, sides = both.tokens, tuple(sense.poles), parts.cues(both, both.line)
    cues = [[tokens[place] for place in side] for side in sides]  # of the first sense, and of the second
    if not all(sides):
        return Case(
            results=[both],
            finding=prose.one_sided(word, senses, cues),
            picture=lambda: parts.motion(run, [both], ("A",)),
            why=[prose.MIXED_WHY],
            source=code.of_row(run, [both]),
        )
    left = [[token for place, token in enumerate(tokens) if place not in gone] for gone in sides[::-1]]
    alone = panels.compute(run, [parts.again(run, heard) for heard in left], word)
    every = [*alone, both]
    leans = parts.leans(every)
    share = measures.share_of_way(*(lean.after / both.line.unit for lean in leans))
    named = [prose.listed(side) for side in cues]
    short = [" + ".join(list(dict.fromkeys(side))[:2]) for side in cues]
    ends = [f"with {name}" for name in named]  # and not with a sense: one cue may leave it on the other's side
    rows = [*(f"{word}′ with {name} alone" for name in named), f"{word}′ with both"]
    heard_of = ", ".join(f"{cue} for {name}" for cue, name in zip(named, senses, strict=True))
    asked = f"“{both.sentence.text}”: {heard_of}. Where will “{word}” end?"
    return Case(
        results=[both],
        finding=prose.mixed_finding(word, share, leans, named),
        picture=lambda: parts.motion(run, [*alone, replace(both, role=2)], (*short, "both")),
        why=[prose.MIXED_WHY],
        table=lambda: tables.vectors("The vectors as numbers", parts.new_vectors(every), rows),
        source=parts.source(run, leaning, parts.texts([both, *alone]), word, dict(sense.poles)),
        question=(asked, (*ends, prose.IN_BETWEEN, prose.WITH_NEITHER), prose.mixed_truth(share, named)),
        because=prose.reading(leans[-1]),
    )


def _negation(run: Run, sentences: Sequence[Sentence], word: str) -> Case:
    plain, denied = results = panels.compute(run, sentences, word)
    alike, moved = (cosine(denied.contextual, vector) for vector in (plain.contextual, denied.static))
    weights = zip(denied.tokens, denied.weights.tolist(), strict=True)
    asked = f"B says: “{denied.sentence.text}”. Where will “{word}” end in B?"

    def picture() -> None:
        parts.motion(run, results, ("A", "B"))
        _both_vectors(results)

    return Case(
        results=results,
        finding=prose.negation_finding(word, alike, parts.leans(results)),
        picture=picture,
        why=[prose.negation_why([(token, share) for token, share in weights if token not in plain.tokens])],
        source=parts.source(run, snippets.compared, parts.texts(results), word, snippets.ALIKE),
        question=(asked, (prose.SAME_PLACE, prose.ELSEWHERE, prose.BACK), prose.negation_truth(alike, moved)),
        because=f"cosine {plain_fixed(alike, 3)}",
    )


def _unknown(run: Run, sentences: Sequence[Sentence], word: str) -> Case:
    (typed,) = panels.compute(run, sentences, word)
    sentence, size = typed.sentence, len(run.vectors)
    unknown = _unknown_words(sentence)
    names, rows = zip(*_pieces(run, sentence), strict=True)
    cut = parts.again(run, names) if len(names) > len(sentence) else sentence
    counts = len(cut) == len(names) > len(sentence)
    whole = panels.compute_row(run, cut, rows.index(typed.row), role=1) if counts else None
    results = [typed, whole] if whole else [typed]
    added = [name for name, row in zip(names, rows, strict=True) if row is None] if whole else []
    near = {name: sentence.spellings.get(name, ()) for name in unknown}
    change = prose.unknown_after(word, parts.leans(results))
    return Case(
        results=results,
        finding=prose.unknown_finding(word, unknown, sentence.tokens, added),
        picture=lambda: _in_pieces(run, typed, whole, names, rows) if whole else parts.bars(run, typed, 640),
        sentences=[typed],
        why=[prose.unknown_why(size, near), change],
        source=parts.source(run, two_sentences, parts.texts(results), word),
        because=f"{len(unknown)} left out",
    )


def _pieces(run: Run, sentence: Sentence) -> Iterator[tuple[str, int | None]]:
    """Go through what a sentence is made of: known words with their rows, unknown ones in pieces without."""
    unknown, rank = _unknown_words(sentence), run.vectors.key_to_index
    for piece, row in zip(sentence.pieces, sentence.rows, strict=True):
        if row is not None:
            yield sentence.tokens[row], row
        elif piece.text in unknown:
            yield from ((part, None) for part in measures.pieces(piece.text, rank))


def _unknown_words(sentence: Sentence) -> list[str]:
    return [word for word in sentence.unknown if any(letter.isalnum() for letter in word)]


def _in_pieces(run: Run, typed: Result, whole: Result, names: Sequence[str], rows: Sequence[int | None]) -> None:
    before = np.array([np.nan if row is None else typed.weights[row] for row in rows])
    weights = {"as typed": before, "in pieces": whole.weights}
    parts.paired(run, typed.word, weights, names, row=whole.row)
    parts.table({"word": names} | weights)


def _frequent(run: Run, sentences: Sequence[Sentence], word: str) -> Case:
    (result,) = panels.compute(run, sentences, word)
    vectors, settings = run.vectors, run.settings
    tokens, row, scores = result.tokens, result.row, result.trace.scores[result.row]
    rank = [vectors.key_to_index[token] for token in tokens]
    often = measures.are_frequent(tokens, vectors.key_to_index)
    switched = [replace(settings, frequency=switch) for switch in (False, True)]
    off, on = (attend_sentence(result.sentence, vectors, ways).weights[row] for ways in switched)
    own = [token == word for token in tokens]
    as_are, lowered = (measures.shares(side, own, often) for side in (off, on))
    now = lowered if settings.frequency else as_are
    others = [place for place in range(len(tokens)) if not own[place]]
    frequent, rarer = ([place for place in others if often[place] == kind] for kind in (True, False))
    examples = (max(frequent, key=scores.__getitem__, default=None), max(rarer, key=rank.__getitem__, default=None))
    products = [None if place is None else (tokens[place], float(scores[place])) for place in examples]
    weights = {"as they are": off, "frequent words lowered": on}
    kinds = ("rarer words", f"among the {measures.FREQUENT_RANK} most frequent")
    grey = [place in frequent for place in range(len(tokens))]
    asked = f"“{result.sentence.text}”: which words will get more of the weight that “{word}” gives to others?"
    return Case(
        results=[result],
        finding=prose.frequent_finding(word, as_are, lowered),
        picture=lambda: parts.paired(run, word, weights, tokens, row=row, grey=grey, kinds=kinds),
        why=[prose.frequent_why(word, *products, more=len(frequent) > len(rarer), trained=settings.trained)],
        table=lambda: parts.table({"word": tokens, "rank": [each + 1 for each in rank]} | weights),
        source=parts.source(run, snippets.frequent, result.sentence.text, word, measures.FREQUENT_RANK),
        question=(asked, (prose.FREQUENT, prose.RARER), prose.frequent_truth(now)) if others else None,
        because=f"frequent: {percent(now.of_others)}",
    )


def _still(run: Run, sentences: Sequence[Sentence], word: str) -> Case:
    (result,) = panels.compute(run, sentences, word)
    if (sense := result.sense) is None or result.line is None or (lean := result.lean) is None:
        return parts.without_poles(run, result)
    senses, line, text = lean.senses, result.line, result.sentence.text
    words = [(token, float(place)) for token, place in zip(result.tokens, line(result.trace.matrix), strict=True)]
    others = {token: place for token, place in words if token != word}
    cues = [result.tokens[place] for place in sorted(sum(parts.cues(result, line), ()))]
    frequent = any(measures.are_frequent([*others], run.vectors.key_to_index))
    ends = (lean.side, abs(lean.after) / line.unit) if lean.side else None
    copies = [token == word for token in result.tokens]
    alike, own = cosine(result.static, result.contextual), float(result.weights[copies].sum())

    def picture() -> None:
        centres = pole_centres(sense, run.vectors, space=run.space).values()
        poles = [float(line(centre)) for centre in centres]
        looks: dict[str, Any] = {"poles": poles, "height": run.tall(380, 640), "theme": run.theme}
        way, neutral = (lean.before, lean.after), measures.LEANS * line.unit
        figure = leanings([*others.items()], word, way, senses, neutral=neutral, **looks)
        charts.show(figure, key="leanings", alt=prose.leanings_alt(word, senses, poles, way, [*others.items()]))

    return Case(
        results=[result],
        finding=prose.still_finding(word, alike, lean),
        picture=picture,
        why=[prose.still_why(word, cues, own, moves=lean.moves, frequent=frequent, ends=ends)],
        table=lambda: parts.table({"word": [*others], f"{senses[0]} − … + {senses[1]}": [*others.values()]}),
        source=parts.source(run, snippets.still, text, word, dict(sense.poles)),
        question=(f"“{text}”: where will “{word}” end?", prose.still_options(lean), prose.still_truth(lean)),
        because=f"cosine {plain_fixed(alike, 2)}",
    )


CASES: dict[str, Callable[[Run, Sequence[Sentence], str], Case]] = {
    "order": _order,
    "mixed": _mixed,
    "negation": _negation,
    "unknown": _unknown,
    "frequent": _frequent,
    "still": _still,
}
