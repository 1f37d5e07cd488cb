"""The same sentence through six layers of twelve heads: all of them as thumbnails, one of them large."""

from collections.abc import Sequence
from functools import partial

import numpy as np
import streamlit as st

from selfattn import figures
from selfattn.core import transformer
from selfattn.core.heaviest import gathered, telling, with_rest
from selfattn.core.rounding import percent
from selfattn.core.transformer import Encoded
from selfattn.core.wording import shortened
from selfattn.figures.arcs import arcs
from selfattn.lessons.transformer import heads, heads_code
from selfattn.lessons.transformer import heads_prose as prose
from selfattn.lessons.transformer.heads_figure import thumbnails
from selfattn.lessons.transformer.opened import Opened, open_head, opened, word_at
from selfattn.lessons.transformer.sentences import MODEL, names
from selfattn.ui import charts, controls, fields, state, tables, widgets, write
from selfattn.ui.run import Run
from selfattn.ui.step import Shown
from selfattn.views import predict

FOUND_BY = "found by"
MOST, MOST_IN_ROOM = 14, 12  # rows of a heatmap
DRAWINGS = {"heatmap": "Heatmap", "arcs": "Arcs"}
SPECIALS = "Show [CLS] and [SEP]"


def show(run: Run, sentences: Sequence[Encoded | None], word: str) -> Shown:
    """Ask where most weight lands; then show all heads, and one of them large."""
    encoded = next(each for each in sentences if each)
    shown = opened(run, encoded, word)
    return Shown(
        draw=lambda: _draw(run, shown),
        source=lambda: heads_code.same(encoded, shown.row, shown.other),
        asks=True,
        code=True,
        numbers=MODEL,
    )


def _draw(run: Run, shown: Opened) -> None:
    shares = shown.heads.shares
    truth = max(shares, key=shares.__getitem__)
    options = [prose.OPTIONS[what] for what in shares]
    if state.get(fields.HIDDEN):
        write.prose(prose.tokens(shown.encoded))
    because = f"with {percent(shares[truth])}"
    if predict.waiting(run, prose.QUESTION, options, prose.OPTIONS[truth], because=because):
        return
    write.finding(*prose.finding(shown.heads, shown.row, shown.layer, shown.head, shown.find, shown.other))
    left, right = st.columns([1.15, 1], gap="medium")
    with left:
        _all(run, shown)
    with right:
        _found_by(run, shown)
        _one(run, shown)
        with controls.line():
            widgets.choice("Drawn as", DRAWINGS, widgets.of_field(fields.DRAWN), label_visibility="collapsed")
            st.toggle(SPECIALS, **widgets.of_field(fields.SPECIALS))
    tables.once_asked("The same as numbers", lambda: [_head_table(shown), _table(shown)])


def _all(run: Run, shown: Opened) -> None:
    """Draw every head small, and say what it means that so much lands on [CLS] and [SEP]."""
    of, specials = shown.heads, state.get(fields.SPECIALS)
    weights = of.weights if specials else of.weights[:, :, 1:-1, 1:-1]
    size = figures.Size(340, 220) if run.phone else run.size(372, 590)
    figure = thumbnails(weights, (shown.layer, shown.head), prose.hovers(of), size=size, theme=run.theme)
    charts.show_clickable(figure, key="heads", alt=prose.thumbnails_alt(of, shown.layer, shown.head), on_cell=open_head)
    passed = heads.passed_on(transformer.load(), shown.encoded)
    write.quiet(prose.specials(of, passed))
    if cut := prose.pieces(shown.encoded):
        write.quiet(cut)


def _found_by(run: Run, shown: Opened) -> None:
    """Draw what a head can be found by."""
    of, row, other = shown.heads, shown.row, shown.other
    looking, looked_at = (shortened(of.names[place + 1], 12) for place in (row, other))
    titles = {
        heads.WORD: f"{looking} → {looked_at}",
        heads.BEFORE: "word before",
        heads.AFTER: "word after",
        heads.TO_SEP: "[SEP]",
        heads.TO_CLS: "[CLS]",
    }
    offered = {what: write.plain(title) for what, title in titles.items() if of.best(what, row, other)}
    widget = widgets.widget(FOUND_BY, shown.find or None, _find, labels=list(offered.values()))
    st.pills(
        "Find the head that looks most at",
        list(offered),
        format_func=offered.__getitem__,
        label_visibility="collapsed" if run.room else "visible",
        wrap=True,
        **widget,
    )


def _find(what: str | None) -> None:
    state.put(find=what or "", opened="")


def _one(run: Run, shown: Opened) -> None:
    """Draw the head that is open: a row for each word, or arcs from the one that is followed."""
    specials = state.get(fields.SPECIALS)
    weights = shown.heads.weights[shown.layer, shown.head]
    named, row = list(shown.heads.names), shown.row + 1
    if not specials:
        weights, named, row = weights[1:-1, 1:-1], named[1:-1], shown.row
    alt = prose.head_alt(shown.heads, shown.row, shown.layer, shown.head)
    if state.get(fields.DRAWN) == "arcs":
        figure = arcs(weights[row], named, row, size=run.size(340, 560, laptop=540, wide=760), theme=run.theme)
        charts.show(figure, key="head_arcs", alt=alt)
    else:
        places = telling(weights[row], row, run.tall(MOST, MOST_IN_ROOM))
        rows = with_rest(named, places)
        figure = figures.weights_heatmap(
            gathered(weights[places], places), rows[: len(places)], row=places.index(row), narrow=True,
            height=run.tall(360, 580), rest="".join(rows[len(places) :]), theme=run.theme,
        )  # fmt: skip
        charts.show_clickable(figure, key="large_head", alt=alt, on_cell=partial(_trace, shown, places, specials))


def _trace(shown: Opened, places: Sequence[int], specials: bool, row: int, column: int) -> None:
    """Open the weight that was clicked, on the screen that takes it apart."""
    if max(row, column) >= len(places):
        return  # the sum of the rest
    encoded = shown.encoded
    tokens = [0, *(word.pieces.start for word in encoded.words), len(encoded.tokens) - 1]
    asking, asked = (tokens[places[place] + (not specials)] for place in (row, column))
    if (place := word_at(encoded, asking)) is not None:
        open_head(shown.layer, shown.head)
        state.put(word=names(encoded)[place], row=asking, column=asked)
        controls.choose_step("number")


def _head_table(shown: Opened) -> object:
    """List the weights of the head that is open."""
    weights, names = shown.heads.weights[shown.layer, shown.head], tables.places(shown.heads.names)
    return tables.rows(names, weights, names, heading="").style.format(precision=3)


def _table(shown: Opened) -> object:
    """List what every head looks at."""
    of = shown.heads
    columns = {prose.LOOKS_AT[what]: profile.ravel() for what, profile in of.profiles.items()}
    pair = of.weights[:, :, shown.row + 1, shown.other + 1].ravel()
    layers, numbers = (places.ravel() + 1 for places in np.indices(of.weights.shape[:2]))
    title = f"{of.names[shown.row + 1]} → {of.names[shown.other + 1]}"
    return tables.styled({"layer": layers, "head": numbers, title: pair} | columns)
