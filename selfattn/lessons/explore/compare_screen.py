"""One word in two sets: its neighbours in the chosen set, beside those in another one."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from selfattn.course import VECTORS, Place
from selfattn.lessons.explore import boxes
from selfattn.lessons.explore import code as snippets
from selfattn.lessons.explore import prose as said
from selfattn.lessons.explore.compare_figure import comparison_figure
from selfattn.lessons.explore.places_screen import size
from selfattn.lessons.explore.words_screen import NEAREST, NUMBERS, answered
from selfattn.sets.explore import Comparison, compare
from selfattn.sets.vector_set import VectorSet
from selfattn.ui import charts, fields, loaders, state, tables, widgets, write
from selfattn.ui.run import Run
from selfattn.views.choice import Choice

OTHER_SET = "the other set"
LOADS_BUNDLED = "other = selfattn.load_vectors()"


def others(run: Run) -> dict[str, VectorSet]:
    """List the sets to compare with, by key in the link: the bundled one, then the newest of the session's own."""
    now = run.chosen
    found = {one.key: one for one in loaders.known() if one is not now}
    mine = [key for key in found if key.startswith(fields.MINE)]
    order = [*(key for key in found if not key), *reversed(mine)]
    return {key: found[key] for key in [*order, *(key for key in found if key not in order)]}


def compared(run: Run) -> Choice:
    """Draw the box of a word, and the choice of the set that the chosen one is compared with."""
    found = others(run)
    one = _other(run, found) if found else None
    asked = boxes.word(run)
    if one is None:
        return Choice(lambda: _alone(run))
    word = asked.word if asked.known else boxes.find(asked.word, one)
    return answered(lambda: _of_two(run, word, one)) if word else boxes.lacking(run, [asked.word])


def _other(run: Run, found: dict[str, VectorSet]) -> VectorSet:
    wanted = state.get(fields.OTHER)
    shown = wanted if wanted in found else next(iter(found))
    names = _names(found)
    with st.container(width=300):
        st.selectbox(
            f"Beside {write.plain(run.chosen.title)}",
            list(found),
            format_func=names.__getitem__,
            **widgets.widget(OTHER_SET, shown, lambda key: state.put(other=key), labels=list(names.values())),
        )
    return found[shown]


def _names(found: dict[str, VectorSet]) -> dict[str, str]:
    """Name the sets, each differently."""
    titles = [one.title for one in found.values()]
    return {
        key: one.title if titles.count(one.title) == 1 else f"{one.title} ({one.facts}; {key})"
        for key, one in found.items()
    }


def _alone(run: Run) -> None:
    write.finding(f"Only one set is at hand, {run.chosen.title}: there is nothing to compare it with.")
    write.prose("Load another set by name, bring one as a file, or train one of your own on a text.")
    _way_to_sets()


def _of_two(run: Run, word: str, other: VectorSet) -> Choice:
    found = compare(word, run.vectors, other.vectors, NEAREST)
    return Choice(lambda: _show(run, found, other), lambda: snippets.compare(word, most=NEAREST, other=_loads(other)))


def _loads(other: VectorSet) -> str:
    """Write the lines that load the other set under another name."""
    if other is loaders.bundled():
        return f"import selfattn\n\n{LOADS_BUNDLED}"
    return other.code + "\nother = vectors"


def _show(run: Run, one: Comparison, other: VectorSet) -> None:
    names = run.chosen.title, other.title
    write.finding(said.comparison(one, names))
    if (wanted := state.get(fields.OTHER)) and wanted not in others(run):
        write.quiet(f"The set “{wanted}”, with which this link compares, is not at hand: {other.title} stands in.")
    picture = comparison_figure(one, names, size=size(run, 440, 760), theme=run.theme)
    charts.show(picture, key="compared", alt=said.comparison_alt(one, names))
    if other is loaders.by_hand() or run.chosen is loaders.by_hand():
        _way_to_sets("Compare with a set that you train, load or bring:")
    tables.once_asked(NUMBERS, lambda: [_table(found) for found in (one.first, one.second) if found])


def _table(found: tuple[tuple[str, float], ...]) -> pd.DataFrame:
    return pd.DataFrame(found, columns=["neighbour", "cosine"]).style.format(precision=3)


def _way_to_sets(before: str = "") -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="way_to_sets"):
        if before:
            with st.container(width="content"):
                write.quiet(before)
        goal = Place(VECTORS, VECTORS.steps[0])
        st.page_link(VECTORS.page, label=VECTORS.title, icon=VECTORS.icon, query_params=state.link_to(goal))
