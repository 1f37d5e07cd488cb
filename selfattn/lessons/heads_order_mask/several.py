"""Several heads: each makes its own average, and W_O adds them up."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import streamlit as st

from selfattn import figures
from selfattn.core import describe
from selfattn.core.head import Array
from selfattn.core.heads import why_not
from selfattn.core.heaviest import gathered, with_rest
from selfattn.core.multihead import MultiHead
from selfattn.core.presets import TRAINED
from selfattn.core.rates import heads_rate, rates
from selfattn.core.sentences import Sentence
from selfattn.figures.labels import text_width
from selfattn.figures.palette import LETTERS, PHONE, palette
from selfattn.figures.text import short
from selfattn.lessons.heads_order_mask import several_prose as prose
from selfattn.lessons.heads_order_mask.several_figure import thumbnails
from selfattn.lessons.heads_order_mask.several_measures import Heard, heard, scene
from selfattn.ui import charts, fields, state, tables, trained, widgets, write
from selfattn.ui.panels import Result
from selfattn.ui.run import Run
from selfattn.ui.step import Shown, first_time
from selfattn.views import predict, snippets

WORDS = 7  # of a long sentence, that the large pictures have rows for
BESIDE = 260, 370  # pixels of one of them, with the words of its rows: on a laptop, and for a room


def show(run: Run, _: Sequence[Sentence | None], results: Sequence[Result]) -> Shown:
    """Let every head look at the class's sentences, and add up what they give."""
    multi, why = trained.heads(run.chosen)
    if multi is None:
        return Shown(draw=lambda: _none(run, why), source=lambda: snippets.START)
    count = len(multi.query)
    muted = [number for number in _muted() if number < count]
    every = [heard(each.role, each.sentence, each.row, run.vectors, multi, each.sense, muted) for each in results]
    opened = min(state.get(fields.HEAD), count) - 1
    return Shown(
        draw=lambda: _draw(run, multi, every, results, opened),
        source=lambda: prose.code(every, opened, drop_punctuation=run.drops) if every else snippets.START,
        asks=prose.can_ask(every) if every else None,
        code=bool(every),
    )


def _muted() -> list[int]:
    """Read the muted heads, which the link counts from 1."""
    written = str(state.get(fields.MUTED))
    return sorted({int(number) - 1 for number in written.split(",") if number not in ("", "0")})


def _none(run: Run, why: str) -> None:
    """Show how far the training is, or say why there is nothing."""
    write.finding(why or prose.NONE)
    if why and not why_not(run.vectors):
        icon, again = ":material/model_training:", (trained.HEADS_JOB,)
        st.button("Train", key="train_heads", icon=icon, on_click=trained.ask_again, args=again)
    trained.show(run.chosen, trained.HEADS_JOB)


def _draw(run: Run, multi: MultiHead, every: Sequence[Heard], results: Sequence[Result], opened: int) -> None:
    if not every:
        write.question("There is nothing to compute yet: type a sentence with at least one known word.")
        return
    names = [prose.head(number) for number in range(len(multi.query))]
    asked = every[-1]
    if prose.can_ask(every) and predict.waiting(
        run, prose.question(asked), prose.options(asked), prose.truth(asked), because=prose.because(asked),
        results=results[-1:],
    ):  # fmt: skip
        return
    write.finding(*map(prose.finding, every))
    write.quiet(prose.same(every))
    left, right = st.columns([1, 1.1], gap="medium")
    with left:
        _looks(run, every, names, opened)
    with right:
        _sum(run, multi, every, results, names)


def _looks(run: Run, every: Sequence[Heard], names: Sequence[str], opened: int) -> None:
    """Draw what all heads look at, small, and one of them large."""
    widgets.choice(
        "Opened",
        dict(enumerate(names, 1)),
        widgets.widget(fields.HEAD, opened + 1, _open),
        label_visibility="collapsed",
    )
    small = [_chosen(each, number, each.telling()) for each in every for number in range(len(names))]
    size = replace(PHONE, height=130) if run.phone else run.size(120, 190)
    drawn = thumbnails(
        [np.array(small[place : place + len(names)]) for place in range(0, len(small), len(names))],
        [each.role for each in every], names, opened=opened, muted=every[0].muted, size=size, theme=run.theme,
    )  # fmt: skip
    charts.show_clickable(
        drawn, key="thumbnails", alt=prose.thumbnails_alt(every), on_cell=lambda _, column: _open(column + 1)
    )
    for place, each in zip(st.columns(len(every), gap="small"), every, strict=True):
        with place:
            _large(run, each, opened)


def _large(run: Run, each: Heard, opened: int) -> None:
    """Draw the weights of the opened head in one sentence; of many words the heaviest for the followed one."""
    places = each.telling(opened, WORDS)
    names = with_rest(each.sentence.tokens, places)
    large = figures.weights_heatmap(
        _chosen(each, opened, places), names[: len(places)], row=places.index(each.row), narrow=True,
        height=run.tall(235, 380), theme=run.theme, rest="".join(names[len(places) :]),
        wide=round(run.tall(*BESIDE) - max(text_width(short(name), palette(run.theme).label) for name in names)),
    )  # fmt: skip
    charts.show(large, key=f"opened_{LETTERS[each.role]}", alt=prose.opened_alt(each, opened))


def _chosen(each: Heard, number: int, places: Sequence[int]) -> Array:
    """Give the weights of one head for some words, and in a last column those of all others together."""
    return gathered(each.joined.traces[number].weights[list(places)], places)


def _open(number: int) -> None:
    state.put(head=number)


def _sum(run: Run, multi: MultiHead, every: Sequence[Heard], results: Sequence[Result], names: Sequence[str]) -> None:
    """Draw what the heads add up to, and let any of them be muted."""
    muted = sorted(every[0].muted)
    widget: dict[str, Any] = dict(widgets.widget(fields.MUTED, [number + 1 for number in muted], _mute))
    st.pills(
        "Mute", list(range(1, len(names) + 1)), format_func=lambda number: f"Mute {number}", selection_mode="multi",
        label_visibility="collapsed", **widget,
    )  # fmt: skip
    drawn = scene(every, run.vectors, multi, results[0].sense, names)
    moves = [(LETTERS[mover.role], mover.static, mover.contextual) for mover in drawn.movers]
    ways = "; ".join(f"in sentence {letter} {describe.moved(*places)} on axis 1" for letter, *places in moves)
    senses = describe.map_of_words([pole.name for pole in drawn.poles], sum(drawn.explained_variance))
    size = run.size(270, 440)
    figure = figures.meaning_in_motion(drawn, size=size, show_pulls=True, theme=run.theme)
    charts.show(figure, key="sum_of_heads", alt=prose.map_alt(every, f"{senses}. From zero: {ways}."))
    count, width, share = multi.query.shape
    write.quiet(" ".join([prose.how(count, share, width), *([] if run.room else _rates(run, count))]))
    tables.once_asked("The heads as numbers", lambda: [tables.styled(prose.table(every))])


def _rates(run: Run, count: int) -> list[str]:
    """Compare with the one head on held-out sentences, if the set knows any."""
    with first_time(run.vectors, "Heads are being measured on held-out sentences"):
        several = heads_rate(run.vectors)
        one = next((rate for rate in rates(run.vectors) if rate.preset == TRAINED), None)
    return [prose.rates(several, one, count)] if several and several.every else []


def _mute(numbers: Sequence[int]) -> None:
    state.put(muted=",".join(map(str, sorted(numbers))))
