"""The six steps of self-attention, one picture each."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import streamlit as st

from selfattn import figures
from selfattn.core import describe
from selfattn.core.rounding import plain_fixed
from selfattn.core.senses import nearness
from selfattn.figures.text import latex
from selfattn.lessons.self_attention import prose
from selfattn.ui import charts, panels, state, tables, write
from selfattn.ui.panels import Result
from selfattn.ui.run import Run


def show(run: Run, step: str, result: Result) -> None:
    """Show one step for the chosen word."""
    STEPS[step](run, result)


def _vectors(run: Run, result: Result) -> None:
    tokens, matrix = result.tokens, result.trace.matrix
    write.finding(f"Every word is a vector of {matrix.shape[1]} numbers, the same in every sentence.")
    figure = figures.vector_strips(matrix, tokens, row=result.row, tall=run.tall(260, 720), theme=run.theme)
    charts.show(figure, key="vectors", alt=prose.strips_alt(matrix, tokens))
    tables.vectors("The same as numbers", matrix, tokens)


def _scores(run: Run, result: Result) -> None:
    tokens, scores, row = result.tokens, result.trace.scores, result.row
    best = _best_other(scores[row], row)
    write.finding(
        f"How alike are two words? The dot product of “{tokens[row]}” with “{tokens[best]}” is "
        f"{plain_fixed(scores[row, best], 2)}."
    )
    with st.container(key="equation_scores"):
        st.markdown(rf"$e_{{{latex(tokens[row])}}} \cdot e_{{{latex(tokens[best])}}} = {scores[row, best]:.2f}$")
    figure = figures.scores_heatmap(scores, tokens, row=row, narrow=run.phone, theme=run.theme)
    charts.show_clickable(
        figure, key="scores", alt=prose.scores_alt(scores, tokens, row, "Dot products"), on_cell=_open
    )
    tables.pairs("The same as numbers", scores, tokens)


def _scaled(run: Run, result: Result) -> None:
    tokens, scaled, row = result.tokens, result.trace.scaled, result.row
    divisor = result.trace.divisor
    best = _best_other(scaled[row], row)
    write.finding(
        "Nothing is divided: the dot products go into the softmax as they are, and the highest takes almost all."
        if divisor == 1
        else f"The dot products are divided by {divisor:.2f}, so that the softmax does not give everything to one word."
    )
    with st.container(key="equation_scaled"):
        st.markdown(
            f"${_scaling(run, result, best)} = {scaled[row, best]:.2f}$"
            if np.isfinite(scaled[row, best])
            else f"${_scaling(run, result, row)}$"
        )
    figure = figures.scores_heatmap(scaled, tokens, row=row, narrow=run.phone, theme=run.theme, name="scaled score")
    charts.show_clickable(
        figure, key="scaled", alt=prose.scores_alt(scaled, tokens, row, "Scaled scores"), on_cell=_open
    )
    tables.pairs("The same as numbers", scaled, tokens)


def _scaling(run: Run, result: Result, column: int) -> str:
    settings, raw = run.settings, result.trace.scores[result.row, column]
    root = rf"\sqrt{{{result.trace.key.shape[1]}}}" if settings.scale else ""
    heat = f"{settings.temperature:g}" if settings.temperature != 1 else ""
    below = r" \cdot ".join(part for part in (root, heat) if part)
    added = result.trace.scaled[result.row, column] - raw / result.trace.divisor
    shift = f" {added:+.2f}" if np.isfinite(added) and abs(added) > 1e-9 else ""
    return (rf"\dfrac{{{raw:.2f}}}{{{below}}}" if below else f"{raw:.2f}") + shift


def _weights(run: Run, result: Result) -> None:
    tokens, weights, row = result.tokens, result.trace.weights, result.row
    made = describe.share(weights[row], tokens, row)
    write.finding(f"{made[0].upper()}{made[1:]}.")
    heatmap, bars = st.columns([1.25, 1], gap="medium")
    with heatmap:
        figure = figures.weights_heatmap(weights, tokens, row=row, narrow=run.phone, theme=run.theme)
        charts.show_clickable(figure, key="weights", alt=prose.heatmap_alt(weights, tokens, row), on_cell=_open)
    with bars:
        panels.tinted(run, result.role, result.sentence, result)
        panels.bars(run, result, height=run.tall(280, 420), highest=float(weights[row].max()))
        write.quiet(
            "The softmax turns each row of scores into shares that sum to 1. Click a weight to see how it is made."
        )
        tables.pairs("The same as numbers", weights, tokens)


def _sum(run: Run, result: Result) -> None:
    tokens, row = result.tokens, result.row
    weights, value = result.trace.weights[row], result.trace.value
    write.finding(f"The new “{tokens[row]}” is a weighted sum: each vector times its weight, all added up.")
    panels.tinted(run, result.role, result.sentence, result)
    panels.equation(result)
    parts = np.vstack([weights[:, None] * value, result.trace.output[row]])
    names = [*(f"{weight:.2f} · {token}" for weight, token in zip(weights, tokens, strict=True)), f"= {tokens[row]}′"]
    figure = figures.vector_strips(parts, names, row=len(names) - 1, tall=run.tall(260, 600), theme=run.theme)
    charts.show(figure, key="sum", alt=prose.strips_alt(parts, names))
    tables.vectors("The same as numbers", parts, names)


def _contextual(run: Run, result: Result) -> None:
    tokens, row = result.tokens, result.row
    both = np.vstack([result.trace.matrix[row], result.trace.output[row]])
    names = [f"{tokens[row]}, static", f"{tokens[row]}′, contextual"]
    alike = nearness(both[0], {"after": both[1]})["after"]
    near = plain_fixed(alike, 2)
    write.finding(f"Before and after: the contextual “{tokens[row]}” has a cosine of {near} with the static one.")
    charts.show(
        figures.vector_strips(both, names, theme=run.theme), key="contextual", alt=prose.strips_alt(both, names)
    )
    tables.neighbours(names, both, run.vectors, centred=run.settings.centre)
    tables.vectors("The same as numbers", both, names)


def _summary(run: Run, result: Result) -> None:
    tokens, trace, row = result.tokens, result.trace, result.row
    write.finding(
        f"In three steps “{tokens[row]}” gets a vector for this sentence: "
        f"{describe.share(trace.weights[row], tokens, row)}."
    )
    first, second, third = st.columns(3, gap="medium")
    ins = "Static embeddings, from Word2Vec or GloVe: the same in every sentence."
    outs = "Out come the dynamic, contextual embeddings."
    sides = ((first, "1", ins, trace.matrix, ""), (third, "3", outs, trace.output, "′"))
    for column, number, stage, matrix, prime in sides:
        with column:
            write.stage(number, stage)
            names = [f"{token}{prime}" for token in tokens]
            figure = figures.vector_strips(matrix, names, row=row, tall=run.tall(260, 560), theme=run.theme)
            charts.show(figure, key=f"summary_{number}", alt=prose.strips_alt(matrix, names))
    with second:
        write.stage("2", "They pass through self-attention: dot products, softmax, weighted sum.")
        figure = figures.weights_heatmap(trace.weights, tokens, row=row, narrow=True, theme=run.theme)
        alt = prose.heatmap_alt(trace.weights, tokens, row)
        charts.show_clickable(figure, key="summary_2", alt=alt, on_cell=_open)


def _open(row: int, column: int) -> None:
    """Trace the number that was clicked."""
    state.put(row=row, column=column, trace="weight", view="trace")


def _best_other(scores: np.ndarray, row: int) -> int:
    others = np.where(np.isfinite(scores), scores, -np.inf)
    if len(others) > 1:
        others[row] = -np.inf
    return int(others.argmax())


STEPS: dict[str, Callable[[Run, Result], None]] = {
    "vectors": _vectors,
    "scores": _scores,
    "scaled": _scaled,
    "weights": _weights,
    "sum": _sum,
    "contextual": _contextual,
    "summary": _summary,
}
