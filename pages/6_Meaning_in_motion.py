"""Meaning in motion: one word in two to six sentences, the whole plot, and the table behind it."""

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from selfattn.course import MOTION
from selfattn.frame import page
from selfattn.ui import boxes, controls, fields, panels, player, poles, state, tables
from selfattn.views import choose, code, predict


def motion(place: page.Frame) -> None:
    with place.controls:
        grid, row = boxes.grid(), controls.row_of_controls(place.run)
    page.typed(place, lambda place: typed(place, grid, row))
    with row:
        boxes.count()
        controls.preset()
        controls.pulls()


def typed(place: page.Frame, grid: Sequence[DeltaGenerator], row: DeltaGenerator) -> None:
    run = place.run
    sentences = boxes.beside(run, grid)
    with row:
        word = controls.word(run, sentences)
        controls.basis(run, word)
        poles.edit(run, word, sentences)
    results = panels.compute(run, sentences, word)
    title = f"Where “{word}” goes" if word else "Meaning in motion"
    asks = results[0].line is not None if results else None
    page.header(place, title, looks_closer=bool(results), asks=asks)
    if choose.stands_in(run, MOTION, results, code.of_sentences(run, results)) or predict.direction(run, results):
        return
    left, right = st.columns([1.7, 1], gap="medium")
    with left:
        drawn = panels.motion(
            run,
            results,
            size=run.size(545, 700),
            show_pulls=state.get(fields.PULLS),
            animated=True,
            way=state.get(fields.WAY) / 100,
            on_words=state.get(fields.BASIS) == "words",
        )
        with controls.line():
            player.player(run, "motion")
            controls.way()
    with right:
        panels.finding(run, results)
        tables.behind(results, drawn)
        tables.switches(run, results)


page.show(MOTION, motion)
