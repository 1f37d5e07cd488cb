"""Each failing, computed and drawn: the case of a step, from its sentences and the word."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np
import streamlit as st

from selfattn.core.contextual import attend_sentence
from selfattn.core.describe import meter_alt
from selfattn.core.rounding import percent, plain_fixed
from selfattn.core.senses import AmbiguousWord
from selfattn.core.sentences import Sentence
from selfattn.core.similarity import cosine
from selfattn.figures import meaning_meter_figure
from selfattn.lessons.limits import code as snippets
from selfattn.lessons.limits import measures, prose
from selfattn.lessons.limits import parts as limits_parts
from selfattn.lessons.limits.crossing_figure import crossing
from selfattn.lessons.limits.leanings_figure import leanings
from selfattn.ui import charts, fields, panels, poles, state, tables, write
from selfattn.ui.panels import Result
from selfattn.ui.run import Run
from selfattn.views import code
from selfattn.views.snippets import two_sentences

SHUFFLE_AGAIN = "limits shuffle"
LAST_SEED = 9999


# Word order


def _order(run: Run, sentences: Sequence[Sentence], word: str) -> limits_parts.Case:
    first = sentences[0]
    order = measures.shuffled(first.tokens, state.get(fields.SHUFFLE))
    second = limits_parts.again(run, [first.tokens[at] for at in order])
    results = panels.compute(run, [first, second], word, poles.sense_of(run, word))
    before, after = (one.trace.output[one.row] for one in results)
    difference = measures.largest_difference(before, after)
    truth = prose.order_truth(difference, cosine(before, after))
    asked = f"The same words in another order: “{second.text}”. How will the new “{word}” change?"
    options = (prose.NOT_AT_ALL, prose.A_LITTLE, prose.A_LOT)
    because = f"difference {prose.number(difference)}"
    texts = [one.sentence.text for one in results]
    return limits_parts.Case(
        results,
        lambda: _draw_order(run, results, order, difference),
        lambda: snippets.order(texts, word, run.settings, drop_punctuation=run.drops),
        (asked, options, truth),
        because,
    )


def _draw_order(run: Run, results: Sequence[Result], order: Sequence[int], difference: float) -> None:
    above, below = results
    tokens, word = above.sentence.tokens, above.word
    write.finding(prose.order_finding(word, above.trace.output.shape[1], difference))
    picture, words = limits_parts.columns()
    with picture:
        figure = crossing(
            tokens,
            order,
            above.trace.weights[above.row],
            below.trace.weights[below.row],
            row=above.row,
            width=340 if run.phone else 1000 if run.room else 700,
            height=run.tall(400, 690),
            theme=run.theme,
        )
        own = (float(above.trace.weights[above.row, above.row]), float(below.trace.weights[below.row, below.row]))
        alt = prose.crossing_alt(word, " ".join(tokens), below.sentence.text, own, difference)
        charts.show(figure, key="crossing", alt=alt)
    with words:
        limits_parts.tinted(run, results)
        st.button("Shuffle again", key=SHUFFLE_AGAIN, icon=":material/shuffle:", on_click=_shuffle_again)
        settings = run.settings
        alone = len(set(tokens)) == 1
        limits_parts.reason("order", prose.order_why(distance=settings.distance, difference=difference, alone=alone))
        rows = np.vstack([one.trace.output[one.row] for one in results])
        tables.vectors("Both vectors as numbers", rows, [f"{word}′ in {one.letter}" for one in results])


def _shuffle_again() -> None:
    state.put(**{fields.SHUFFLE: (state.get(fields.SHUFFLE) + 1) % (LAST_SEED + 1)})


# Mixed cues


def _mixed(run: Run, sentences: Sequence[Sentence], word: str) -> limits_parts.Case:
    sense = poles.sense_of(run, word)
    (both,) = panels.compute(run, sentences, word, sense)
    if sense is None or both.meter is None:
        return limits_parts.without_poles(run, both)
    tokens = both.sentence.tokens
    leans = [
        0.0 if token == word else lean
        for token, lean in zip(tokens, limits_parts.leans_of(run, both, sense), strict=True)
    ]
    sides = measures.cues(leans, both.row)
    names = tuple([tokens[at] for at in side] for side in sides)
    if not all(sides):
        return _one_sided(run, both, sense, (names[0], names[1]))
    alone = [
        limits_parts.as_role(
            role,
            panels.compute(
                run,
                [limits_parts.again(run, [token for at, token in enumerate(tokens) if at not in gone])],
                word,
                sense,
            )[0],
        )
        for role, gone in enumerate(reversed(sides))
    ]
    share = measures.share_of_way(*(measures.lean(limits_parts.after(one)) for one in (*alone, both)))
    senses = tuple(sense.poles)
    options = (*(f"with {one}" for one in senses), prose.IN_BETWEEN, prose.STAYS)
    truth = prose.mixed_truth(share, [f"with {one}" for one in senses])
    asked = f"“{both.sentence.text}”: {_cued(names, senses)}. Where will “{word}” end?"
    texts = [both.sentence.text, *(one.sentence.text for one in alone)]
    known = dict(sense.poles)
    return limits_parts.Case(
        [both],
        lambda: _draw_mixed(run, both, alone, (names[0], names[1]), share, sense),
        lambda: snippets.mixed(texts, word, known, run.settings, drop_punctuation=run.drops),
        (asked, options, truth),
        prose.reading(limits_parts.after(both)),
    )


def _cued(names: Sequence[Sequence[str]], senses: Sequence[str]) -> str:
    said = (f"{prose.listed(cues)} for {sense}" for cues, sense in zip(names, senses, strict=True))
    return ", ".join(said)


def _draw_mixed(
    run: Run,
    both: Result,
    alone: Sequence[Result],
    cues: tuple[Sequence[str], Sequence[str]],
    share: float | None,
    sense: AmbiguousWord,
) -> None:
    named = [prose.listed(side) for side in cues]
    meters = [limits_parts.after(one) for one in (*alone, both)]
    write.finding(prose.mixed_finding(both.word, share, meters[0], meters[1], meters[2], named))
    picture, words = limits_parts.columns()
    with picture:
        short = [" + ".join(list(dict.fromkeys(side))[:2]) for side in cues]
        limits_parts.motion(run, [*alone, limits_parts.as_role(2, both)], sense, (*short, "both"))
    with words:
        limits_parts.tinted(run, [both])
        limits_parts.reason("mixed", prose.MIXED_WHY)
        rows = np.vstack([one.trace.output[one.row] for one in (*alone, both)])
        names = [*(f"{both.word}′ with {name} alone" for name in named), f"{both.word}′ with both"]
        tables.vectors("The vectors as numbers", rows, names)


def _one_sided(
    run: Run, both: Result, sense: AmbiguousWord, names: tuple[Sequence[str], Sequence[str]]
) -> limits_parts.Case:
    def draw() -> None:
        write.finding(prose.one_sided(both.word, tuple(sense.poles), names))
        picture, words = limits_parts.columns()
        with picture:
            limits_parts.motion(run, [both], sense, ("A",))
        with words:
            limits_parts.tinted(run, [both])
            limits_parts.reason("mixed", prose.MIXED_WHY)

    return limits_parts.Case([both], draw, code.of_row(run, both))


# Negation


def _negation(run: Run, sentences: Sequence[Sentence], word: str) -> limits_parts.Case:
    sense = poles.sense_of(run, word)
    results = panels.compute(run, sentences, word, sense)
    first, second = (one.trace.output[one.row] for one in results)
    alike = cosine(first, second)
    last = results[1]
    truth = prose.negation_truth(alike, cosine(second, last.trace.matrix[last.row]))
    asked = f"B says: “{last.sentence.text}”. Where will “{word}” end in B?"
    options = (prose.SAME_PLACE, prose.ELSEWHERE, prose.BACK)
    texts = [one.sentence.text for one in results]
    return limits_parts.Case(
        results,
        lambda: _draw_negation(run, results, alike, sense),
        lambda: snippets.negation(texts, word, run.settings, drop_punctuation=run.drops),
        (asked, options, truth),
        f"cosine {plain_fixed(alike, 3)}",
    )


def _draw_negation(run: Run, results: Sequence[Result], alike: float, sense: AmbiguousWord | None) -> None:
    first, second = results
    read = (limits_parts.after(first), limits_parts.after(second)) if first.meter and second.meter else None
    write.finding(prose.negation_finding(first.word, alike, read))
    picture, words = limits_parts.columns()
    with picture:
        limits_parts.motion(run, results, sense, ("A", "B"))
    with words:
        limits_parts.tinted(run, results)
        if first.reading and second.reading:
            said = [(one.letter, *one.meter) for one in results if one.meter]
            readings = [one.reading for one in results if one.reading]
            figure = meaning_meter_figure(readings, theme=run.theme)
            charts.show(figure, key="negation_meter", alt=meter_alt(first.word, said))
        weights = second.trace.weights[second.row]
        own = [
            (token, float(weight))
            for token, weight in zip(second.sentence.tokens, weights, strict=True)
            if token not in first.sentence.tokens
        ]
        limits_parts.reason("negation", prose.negation_why(own))
    with picture:
        rows = np.vstack([one.trace.output[one.row] for one in results])
        tables.vectors("Both vectors as numbers", rows, [f"{first.word}′ in {one.letter}" for one in results])


# Unknown words


def _unknown(run: Run, sentences: Sequence[Sentence], word: str) -> limits_parts.Case:
    sense = poles.sense_of(run, word)
    typed = panels.compute(run, sentences, word, sense)[0]
    parts = list(_parts(run, typed.sentence))
    names = [name for name, _ in parts]
    cut = len(names) > len(typed.sentence) and limits_parts.again(run, names)
    results = [typed]
    if cut and len(cut) == len(names):
        row = [at for _, at in parts].index(typed.row)
        results.append(limits_parts.as_role(1, panels.compute_row(run, cut, row, sense)))
    texts = [one.sentence.text for one in results]
    left_out = len(_unknown_words(typed.sentence))
    return limits_parts.Case(
        results,
        lambda: _draw_unknown(run, results, parts),
        lambda: two_sentences(texts, word, run.settings, drop_punctuation=run.drops),
        because=f"{left_out} left out",
    )


def _parts(run: Run, sentence: Sentence) -> Iterator[tuple[str, int | None]]:
    """Go through what a sentence is made of: known words with their rows, unknown ones in pieces without."""
    rank = run.vectors.key_to_index
    for piece, row in zip(sentence.pieces, sentence.rows, strict=True):
        if row is not None:
            yield sentence.tokens[row], row
        elif piece.text in _unknown_words(sentence):
            yield from ((part, None) for part in measures.pieces(piece.text, rank))


def _unknown_words(sentence: Sentence) -> list[str]:
    return [word for word in sentence.unknown if any(letter.isalnum() for letter in word)]


def _draw_unknown(run: Run, results: Sequence[Result], parts: Sequence[tuple[str, int | None]]) -> None:
    typed = results[0]
    sentence, vectors = typed.sentence, run.vectors
    unknown = _unknown_words(sentence)
    added = [name for name, row in parts if row is None] if len(results) > 1 else []
    write.finding(prose.unknown_finding(typed.word, unknown, sentence.tokens, added))
    picture, words = limits_parts.columns()
    with picture:
        _draw_parts(run, results, parts)
    with words:
        limits_parts.tinted(run, [typed])
        if unknown:
            near = {word: sentence.spellings.get(word, ()) for word in unknown}
            after = limits_parts.after(results[1]) if len(results) > 1 and results[1].meter else None
            change = prose.unknown_after(typed.word, limits_parts.after(typed) if typed.meter else None, after)
            limits_parts.reason("unknown", prose.unknown_why(len(vectors), near), change)
        else:
            limits_parts.reason("unknown", prose.unknown_why(len(vectors), {}))


def _draw_parts(run: Run, results: Sequence[Result], parts: Sequence[tuple[str, int | None]]) -> None:
    typed, last = results[0], results[-1]
    weights = typed.trace.weights[typed.row]
    if last is typed:
        panels.bars(run, typed, height=run.tall(380, 640), highest=float(weights.max()))
        return
    names = [name for name, _ in parts]
    before = np.array([np.nan if row is None else weights[row] for _, row in parts])
    after = last.trace.weights[last.row]
    limits_parts.paired(run, typed.word, names, before, after, ("as typed", "in pieces"), row=last.row)
    limits_parts.table({"word": names, "as typed": before, "in pieces": after})


# Frequent words


def _frequent(run: Run, sentences: Sequence[Sentence], word: str) -> limits_parts.Case:
    result = panels.compute(run, sentences, word, poles.sense_of(run, word))[0]
    tokens, row = result.sentence.tokens, result.row
    often = measures.are_frequent(tokens, run.vectors.key_to_index)
    sides = [
        attend_sentence(result.sentence, run.vectors, replace(run.settings, frequency=lowered)).weights[row]
        for lowered in (False, True)
    ]
    off, on = (measures.shares(side, row, often) for side in sides)
    now = on if run.settings.frequency else off
    asked = f"“{result.sentence.text}”: which words will get more of the weight that “{word}” gives to others?"
    question = (asked, (prose.FREQUENT, prose.RARER), prose.frequent_truth(now))
    text = result.sentence.text
    return limits_parts.Case(
        [result],
        lambda: _draw_frequent(run, result, often, (sides[0], sides[1]), (off, on)),
        lambda: snippets.frequent(text, word, run.settings, measures.FREQUENT_RANK, drop_punctuation=run.drops),
        question if len(tokens) > 1 else None,
        f"frequent: {percent(now.of_others)}",
    )


def _draw_frequent(
    run: Run,
    result: Result,
    often: Sequence[bool],
    sides: tuple[np.ndarray, np.ndarray],
    shared: tuple[measures.Shares, measures.Shares],
) -> None:
    tokens, row = result.sentence.tokens, result.row
    write.finding(prose.frequent_finding(result.word, *shared))
    picture, words = limits_parts.columns()
    with picture:
        kinds = ("rarer words", f"among the {measures.FREQUENT_RANK} most frequent")
        grey = [one and at != row for at, one in enumerate(often)]
        limits_parts.paired(
            run, result.word, tokens, *sides, ("as they are", "frequent words lowered"), row=row, grey=grey, kinds=kinds
        )
    with words:
        limits_parts.tinted(run, [result])
        scores = result.trace.scores[row]
        rank = run.vectors.key_to_index
        often_at = [at for at, one in enumerate(often) if one and at != row]
        rare_at = [at for at, one in enumerate(often) if not one and at != row]
        highest = max(often_at, key=lambda at: float(scores[at]), default=None)
        rarest = max(rare_at, key=lambda at: rank[tokens[at]], default=None)
        said = [None if at is None else (tokens[at], float(scores[at])) for at in (highest, rarest)]
        why = prose.frequent_why(result.word, said[0], said[1], more=len(often_at) > len(rare_at))
        limits_parts.reason("frequent", why)
        numbers = {"word": tokens, "rank": [rank[token] + 1 for token in tokens]}
        limits_parts.table(numbers | {"as they are": sides[0], "frequent words lowered": sides[1]})


# A sentence in which nothing moves


def _still(run: Run, sentences: Sequence[Sentence], word: str) -> limits_parts.Case:
    sense = poles.sense_of(run, word)
    result = panels.compute(run, sentences, word, sense)[0]
    if sense is None or result.meter is None:
        return limits_parts.without_poles(run, result)
    before, after = result.meter
    question, options = prose.still_question(word, tuple(sense.poles))
    alike = cosine(result.trace.matrix[result.row], result.trace.output[result.row])
    text, known = result.sentence.text, dict(sense.poles)
    return limits_parts.Case(
        [result],
        lambda: _draw_still(run, result, sense, alike),
        lambda: snippets.still(text, word, known, run.settings, drop_punctuation=run.drops),
        (f"“{text}”: {question[0].lower()}{question[1:]}", options, prose.still_truth(before, after)),
        f"cosine {plain_fixed(alike, 2)}",
    )


def _draw_still(run: Run, result: Result, sense: AmbiguousWord, alike: float) -> None:
    assert result.meter is not None
    before, after = result.meter
    leans = limits_parts.leans_of(run, result, sense)
    others = [
        (token, lean)
        for token, lean in dict(zip(result.sentence.tokens, leans, strict=True)).items()
        if token != result.word
    ]
    write.finding(prose.still_finding(result.word, alike, before, after))
    picture, words = limits_parts.columns()
    with picture:
        first, second = sense.poles
        figure = leanings(
            others,
            result.word,
            (measures.lean(before), measures.lean(after)),
            (first, second),
            neutral=measures.LEANS,
            poles=limits_parts.pole_leans(run, sense),
            height=run.tall(380, 640),
            theme=run.theme,
        )
        charts.show(figure, key="leanings", alt=prose.leanings_alt(result.word, before, after, others))
    with words:
        limits_parts.tinted(run, [result])
        truth = prose.still_truth(before, after)
        cues = [token for token, lean in others if abs(lean) >= measures.LEANS]
        own = float(result.trace.weights[result.row, result.row])
        frequent = any(measures.are_frequent([token for token, _ in others], run.vectors.key_to_index))
        limits_parts.reason("still", prose.still_why(result.word, truth, cues, own, frequent=frequent))
        names = ["word", f"nearer to {second} than to {first}"]
        limits_parts.table(dict(zip(names, ([word for word, _ in others], [lean for _, lean in others]), strict=True)))


CASES: dict[str, Callable[[Run, Sequence[Sentence], str], limits_parts.Case]] = {
    "order": _order,
    "mixed": _mixed,
    "negation": _negation,
    "unknown": _unknown,
    "frequent": _frequent,
    "still": _still,
}
