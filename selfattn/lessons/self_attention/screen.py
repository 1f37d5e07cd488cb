"""The six steps of self-attention, one picture each."""

from collections.abc import Callable, Sequence

import numpy as np
import streamlit as st

from selfattn import figures
from selfattn.core import describe
from selfattn.core.attention import Array, softmax
from selfattn.core.heaviest import gathered, with_rest
from selfattn.core.rounding import percent, plain_fixed
from selfattn.core.similarity import cosine
from selfattn.core.spread import spread_of, spreads
from selfattn.figures.text import latex
from selfattn.figures.weights import ASKING
from selfattn.lessons.self_attention import prose
from selfattn.ui import charts, panels, state, tables, write
from selfattn.ui.run import Run

NUMBERS = "The same as numbers"
SOFTMAX = "The softmax turns each row of scores into shares that sum to 1."
OPEN = "Click a weight to see how it is made."
STAGES = (
    "Static embeddings, from Word2Vec or GloVe: the same in every sentence.",
    "They pass through self-attention: dot products, softmax, weighted sum.",
    "Out come the dynamic, contextual embeddings.",
)


def _vectors(run: Run, result: panels.Result) -> None:
    tokens = result.tokens
    matrix = result.sentence.matrix.astype(float) if run.settings.trained else result.trace.matrix
    places = result.telling
    write.finding(f"Every word is a vector of {matrix.shape[1]} numbers, the same in every sentence.")
    names, row = [tokens[place] for place in places], places.index(result.row)
    _strips(run, "vectors", matrix[places], names, row=row, tall=run.tall(260, 720))
    panels.which_are_drawn(result)
    tables.vectors(NUMBERS, matrix, tokens)


def _strips(run: Run, key: str, matrix: Array, names: Sequence[str], **looks: int) -> None:
    """Show vectors, of shape (n, d), as strips of colour."""
    figure = figures.vector_strips(matrix, names, theme=run.theme, **looks)
    charts.show(figure, key=key, alt=prose.strips_alt(matrix, names))


def _scores(run: Run, result: panels.Result) -> None:
    tokens, scores, row = result.tokens, result.trace.scores, result.row
    best = _best_other(scores[row], row)
    dot = plain_fixed(scores[row, best], 2)
    write.finding(
        f"Whom does “{result.word}” ask? Its query times the key of “{tokens[best]}” is {dot}."
        if run.settings.trained
        else f"How alike are two words? The dot product of “{result.word}” with “{tokens[best]}” is {dot}."
    )
    asks, answers = ("q", "k") if run.settings.trained else ("e", "e")
    formula = rf"{asks}_{{{latex(result.word)}}} \cdot {answers}_{{{latex(tokens[best])}}} = {scores[row, best]:.2f}"
    _scored(run, result, "scores", scores, formula, "dot product")
    if best != row and np.isfinite(scores[[row, best], [best, row]]).all():
        write.quiet(prose.symmetry(scores, result.trace.weights, tokens, row, best))


def _scored(
    run: Run, result: panels.Result, key: str, scores: Array, formula: str, name: str, *, why: Sequence[str] = ()
) -> None:
    """Show the score of two words as a formula, all scores, of shape (n, n), as a heatmap, and the table behind it.

    `why` explains it, beside the picture.
    """
    tokens, row, places = result.tokens, result.row, result.telling
    words = [paragraph for paragraph in why if paragraph]
    picture, beside = st.columns([1.7, 1], gap="medium") if words else (st.container(), None)
    if beside:
        with beside:
            write.prose(*words)
    with picture:
        write.formula(key, formula)
        drawn, names = scores[np.ix_(places, places)], [tokens[place] for place in places]
        figure = figures.scores_heatmap(
            drawn, names, row=places.index(row), narrow=run.phone, theme=run.theme, name=name, titles=ASKING
        )
        alt = prose.scores_alt(scores, tokens, row, f"{name.capitalize()}s")
        charts.show_clickable(figure, key=key, alt=alt, on_cell=panels.at_places(places, _open))
        panels.which_are_drawn(result)
    tables.pairs(NUMBERS, scores, tokens)


def _scaled(run: Run, result: panels.Result) -> None:
    scaled, row, divisor = result.trace.scaled, result.row, result.trace.divisor
    best = _best_other(scaled[row], row)
    write.finding(
        f"Nothing is divided: the dot products go into the softmax as they are, and the highest gets "
        f"{percent(float(result.weights.max()))} of the weight."
        if divisor == 1
        else f"The dot products are divided by {divisor:.2f}, so that the softmax does not give everything to one word."
    )
    may_attend = np.isfinite(scaled[row, best])
    formula = _scaling(run, result, best if may_attend else row) + (f" = {scaled[row, best]:.2f}" if may_attend else "")
    below = prose.below_the_line(run.settings, result.trace.key.shape[1])
    why = (below, _why_root(run, result) if run.settings.scale else "")
    _scored(run, result, "scaled", scaled, formula, "scaled score", why=why)


def _why_root(run: Run, result: panels.Result) -> str:
    """Say why √d and not d, with how far dot products spread, and the weight that dividing by d would give."""
    trace, width = result.trace, result.trace.key.shape[1]
    scores, scaled = trace.scores[result.row], trace.scaled[result.row]
    by_d = softmax(scaled - scores / trace.divisor + scores / (trace.divisor * np.sqrt(width)))
    (random,), own = spreads((width,)), None if run.settings.trained else spread_of(run.vectors.vectors)
    return prose.why_root(random, own, float(result.weights.max()), float(by_d.max()))


def _scaling(run: Run, result: panels.Result, column: int) -> str:
    settings, raw = run.settings, result.trace.scores[result.row, column]
    root = rf"\sqrt{{{result.trace.key.shape[1]}}}" if settings.scale else ""
    heat = f"{settings.temperature:g}" if settings.temperature != 1 else ""
    below = r" \cdot ".join(factor for factor in (root, heat) if factor)
    added = result.trace.scaled[result.row, column] - raw / result.trace.divisor
    shift = f" {added:+.2f}" if np.isfinite(added) and abs(added) > 1e-9 else ""
    return (rf"\dfrac{{{raw:.2f}}}{{{below}}}" if below else f"{raw:.2f}") + shift


def _weights(run: Run, result: panels.Result) -> None:
    share = describe.share(result.weights, result.tokens, result.row)
    write.finding(panels.left_out([result], f"{share[0].upper()}{share[1:]}."))
    panels.why(run, [result])
    heatmap, bars = st.columns([1.25, 1], gap="medium")
    with heatmap:
        panels.weights_of(run, result, "weights", _open, narrow=run.phone)
    with bars:
        panels.tinted(run, result.role, result.sentence, result)
        drawn = panels.bars(run, result, height=run.tall(280, 420), highest=float(result.weights.max()))
        write.quiet(SOFTMAX, here=OPEN)
        panels.which_are_drawn(result, bars=drawn)
        tables.pairs(NUMBERS, result.trace.weights, result.tokens)


def _sum(run: Run, result: panels.Result) -> None:
    weights, word = result.weights, result.word
    what = "value" if run.settings.trained else "vector"
    added = f"The new “{word}” is a weighted sum: each {what} times its weight, all added up."
    write.finding(panels.left_out([result], added))
    panels.tinted(run, result.role, result.sentence, result)
    panels.equation(run, result)
    places = result.telling
    terms = np.vstack([gathered((weights[:, None] * result.trace.value).T, places).T, result.contextual])
    words = [f"{weights[place]:.2f} · {result.tokens[place]}" for place in places]
    names = [*words, *with_rest(result.tokens, places)[len(places) :], f"= {word}′"]
    _strips(run, "sum", terms, names, row=len(names) - 1, tall=run.tall(260, 600))
    tables.vectors(NUMBERS, terms, names)


def _contextual(run: Run, result: panels.Result) -> None:
    both, word = np.vstack([result.static, result.contextual]), result.word
    names = [f"{word}, static", f"{word}′, contextual"]
    near = plain_fixed(cosine(*both), 2)
    said = f"Before and after: the contextual “{word}” has a cosine of {near} with the static one."
    write.finding(panels.left_out([result], said))
    _strips(run, "contextual", both, names)
    tables.neighbours(names, both, run.vectors, moved=run.settings.centre or run.settings.trained)
    tables.vectors(NUMBERS, both, names)


def _summary(run: Run, result: panels.Result) -> None:
    tokens, trace, row = result.tokens, result.trace, result.row
    share = describe.share(result.weights, tokens, row)
    made = f"In three steps “{result.word}” gets a vector for this sentence: {share}."
    write.finding(panels.left_out([result], made))
    places, names = result.telling, [tokens[place] for place in result.telling]
    sides = {"1": (trace.matrix[places], names), "3": (trace.output[places], [f"{name}′" for name in names])}
    for number, column, stage in zip("123", st.columns(3, gap="medium"), STAGES, strict=True):
        with column:
            write.stage(number, stage)
            if number in sides:
                _strips(run, f"summary_{number}", *sides[number], row=places.index(row), tall=run.tall(260, 560))
            else:
                panels.weights_of(run, result, f"summary_{number}", _open, narrow=True)


def _open(row: int, column: int) -> None:
    """Trace the number that was clicked."""
    state.put(row=row, column=column, trace="weight", view="trace")


def _best_other(scores: Array, row: int) -> int:
    """Find the other word that scores highest; -inf marks one that may not attend."""
    return int(np.where(np.arange(len(scores)) == row, -np.inf, scores).argmax())


STEPS: dict[str, Callable[[Run, panels.Result], None]] = {
    "vectors": _vectors, "scores": _scores, "scaled": _scaled, "weights": _weights, "sum": _sum,
    "contextual": _contextual, "summary": _summary,
}  # fmt: skip
