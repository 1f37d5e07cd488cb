"""The six steps of self-attention, one picture each."""

from collections.abc import Callable, Sequence

import numpy as np
import streamlit as st

from selfattn import figures
from selfattn.core import describe
from selfattn.core.attention import Array
from selfattn.core.rounding import plain_fixed
from selfattn.core.similarity import cosine
from selfattn.figures.text import latex
from selfattn.lessons.self_attention import prose
from selfattn.ui import charts, panels, state, tables, write
from selfattn.ui.run import Run

NUMBERS = "The same as numbers"
SOFTMAX = "The softmax turns each row of scores into shares that sum to 1. Click a weight to see how it is made."
STAGES = (
    "Static embeddings, from Word2Vec or GloVe: the same in every sentence.",
    "They pass through self-attention: dot products, softmax, weighted sum.",
    "Out come the dynamic, contextual embeddings.",
)


def _vectors(run: Run, result: panels.Result) -> None:
    tokens = result.tokens
    matrix = result.sentence.matrix.astype(float) if run.settings.trained else result.trace.matrix
    write.finding(f"Every word is a vector of {matrix.shape[1]} numbers, the same in every sentence.")
    _strips(run, "vectors", matrix, tokens, row=result.row, tall=run.tall(260, 720))
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


def _scored(run: Run, result: panels.Result, key: str, scores: Array, formula: str, name: str) -> None:
    """Show the score of two words as a formula, all scores, of shape (n, n), as a heatmap, and the table behind it."""
    tokens, row = result.tokens, result.row
    write.formula(key, formula)
    figure = figures.scores_heatmap(scores, tokens, row=row, narrow=run.phone, theme=run.theme, name=name)
    alt = prose.scores_alt(scores, tokens, row, f"{name.capitalize()}s")
    charts.show_clickable(figure, key=key, alt=alt, on_cell=_open)
    tables.pairs(NUMBERS, scores, tokens)


def _scaled(run: Run, result: panels.Result) -> None:
    scaled, row, divisor = result.trace.scaled, result.row, result.trace.divisor
    best = _best_other(scaled[row], row)
    write.finding(
        "Nothing is divided: the dot products go into the softmax as they are, and the highest takes almost all."
        if divisor == 1
        else f"The dot products are divided by {divisor:.2f}, so that the softmax does not give everything to one word."
    )
    may_attend = np.isfinite(scaled[row, best])
    formula = _scaling(run, result, best if may_attend else row) + (f" = {scaled[row, best]:.2f}" if may_attend else "")
    _scored(run, result, "scaled", scaled, formula, "scaled score")


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
    write.finding(f"{share[0].upper()}{share[1:]}.")
    heatmap, bars = st.columns([1.25, 1], gap="medium")
    with heatmap:
        _heatmap(run, result, "weights", narrow=run.phone)
    with bars:
        panels.tinted(run, result.role, result.sentence, result)
        panels.bars(run, result, height=run.tall(280, 420), highest=float(result.weights.max()))
        write.quiet(SOFTMAX)
        tables.pairs(NUMBERS, result.trace.weights, result.tokens)


def _heatmap(run: Run, result: panels.Result, key: str, *, narrow: bool) -> None:
    """Show all weights."""
    weights, tokens, row = result.trace.weights, result.tokens, result.row
    figure = figures.weights_heatmap(weights, tokens, row=row, narrow=narrow, theme=run.theme)
    charts.show_clickable(figure, key=key, alt=describe.heatmap_alt(weights, tokens, row), on_cell=_open)


def _sum(run: Run, result: panels.Result) -> None:
    weights, word = result.weights, result.word
    what = "value" if run.settings.trained else "vector"
    write.finding(f"The new “{word}” is a weighted sum: each {what} times its weight, all added up.")
    panels.tinted(run, result.role, result.sentence, result)
    panels.equation(run, result)
    terms = np.vstack([weights[:, None] * result.trace.value, result.contextual])
    names = [*(f"{weight:.2f} · {token}" for weight, token in zip(weights, result.tokens, strict=True)), f"= {word}′"]
    _strips(run, "sum", terms, names, row=len(names) - 1, tall=run.tall(260, 600))
    tables.vectors(NUMBERS, terms, names)


def _contextual(run: Run, result: panels.Result) -> None:
    both, word = np.vstack([result.static, result.contextual]), result.word
    names = [f"{word}, static", f"{word}′, contextual"]
    near = plain_fixed(cosine(*both), 2)
    write.finding(f"Before and after: the contextual “{word}” has a cosine of {near} with the static one.")
    _strips(run, "contextual", both, names)
    tables.neighbours(names, both, run.vectors, moved=run.settings.centre or run.settings.trained)
    tables.vectors(NUMBERS, both, names)


def _summary(run: Run, result: panels.Result) -> None:
    tokens, trace, row = result.tokens, result.trace, result.row
    share = describe.share(result.weights, tokens, row)
    write.finding(f"In three steps “{result.word}” gets a vector for this sentence: {share}.")
    sides = {"1": (trace.matrix, tokens), "3": (trace.output, [f"{token}′" for token in tokens])}
    for number, column, stage in zip("123", st.columns(3, gap="medium"), STAGES, strict=True):
        with column:
            write.stage(number, stage)
            if number in sides:
                _strips(run, f"summary_{number}", *sides[number], row=row, tall=run.tall(260, 560))
            else:
                _heatmap(run, result, f"summary_{number}", narrow=True)


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
