"""One word in two sets: its neighbours in the chosen set, beside those in another one."""

from collections import Counter

import streamlit as st

from selfattn.course import VECTORS, Place
from selfattn.lessons.explore import boxes, prose
from selfattn.lessons.explore import code as snippets
from selfattn.lessons.explore.boxes import NUMBERS, WIDE
from selfattn.lessons.explore.compare_figure import comparison_figure
from selfattn.sets.explore import MOST, Comparison, compare
from selfattn.sets.vector_set import VectorSet
from selfattn.ui import charts, fields, session_sets, state, tables, widgets, write
from selfattn.ui.run import Run
from selfattn.views.choice import Choice

OTHER_SET = "the other set"
LOADS_BUNDLED = "import selfattn\n\nother = selfattn.load_vectors()"


def others(run: Run) -> dict[str, VectorSet]:
    """List the sets to compare with, by key in the link: the bundled one, then the newest of the session's own."""
    known = {set_.key: set_ for set_ in session_sets.known() if set_ is not run.chosen}
    own = [key for key in known if key.startswith(fields.MINE)]
    bundled = [key for key in known if not key]
    return {key: known[key] for key in dict.fromkeys([*bundled, *reversed(own), *known])}


def compared(run: Run) -> Choice:
    """Draw the box of a word, and the choice of the set that the chosen one is compared with."""
    sets = others(run)
    other = _other(run, sets) if sets else None
    asked = boxes.word(run)
    if other is None:
        return Choice(lambda: _alone(run))
    word = asked if asked in run.vectors.key_to_index else boxes.find(asked, other)
    if not word:
        return boxes.lacking(run, [asked])
    comparison = compare(word, run.vectors, other.vectors)
    return Choice(lambda: _show(run, comparison, other), lambda: snippets.compare(word, most=MOST, other=_loads(other)))


def _other(run: Run, sets: dict[str, VectorSet]) -> VectorSet:
    wanted = state.get(fields.OTHER)
    shown = wanted if wanted in sets else next(iter(sets))
    names = _names(sets)
    widget = widgets.widget(OTHER_SET, shown, lambda key: state.put(other=key), labels=list(names.values()))
    with st.container(width=300):
        st.selectbox(f"Beside {write.plain(run.chosen.title)}", list(sets), format_func=names.__getitem__, **widget)
    return sets[shown]


def _names(sets: dict[str, VectorSet]) -> dict[str, str]:
    """Name the sets, each differently."""
    titles = Counter(each.title for each in sets.values())
    unique = {key: f"{each.title} ({each.facts}; {key})" for key, each in sets.items()}
    return {key: each.title if titles[each.title] == 1 else unique[key] for key, each in sets.items()}


def _alone(run: Run) -> None:
    write.finding(f"Only one set is at hand, {run.chosen.title}: there is nothing to compare it with.")
    write.prose("Load another set by name, bring one as a file, or train one of your own on a text.")
    _way_to_sets()


def _loads(other: VectorSet) -> str:
    """Write the lines that load the other set under another name."""
    return LOADS_BUNDLED if other is session_sets.bundled() else f"{other.code}\nother = vectors"


def _show(run: Run, comparison: Comparison, other: VectorSet) -> None:
    names = run.chosen.title, other.title
    write.finding(prose.comparison(comparison, names))
    if (wanted := state.get(fields.OTHER)) and wanted not in others(run):
        write.quiet(f"The set “{wanted}”, with which this link compares, is not at hand: {other.title} stands in.")
    picture = comparison_figure(comparison, names, size=run.size(440, 760, wide=WIDE), theme=run.theme)
    charts.show(picture, key="compared", alt=prose.comparison_alt(comparison, names))
    if session_sets.by_hand() in (other, run.chosen):
        _way_to_sets("Compare with a set that you train, load or bring:")
    lists = [near for near in (comparison.first, comparison.second) if near]
    tables.once_asked(NUMBERS, lambda: [tables.listing(near, "neighbour", "cosine") for near in lists])


def _way_to_sets(before: str = "") -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="way_to_sets"):
        if before:
            with st.container(width="content"):
                write.quiet(before)
        goal = Place(VECTORS, VECTORS.steps[0])
        st.page_link(VECTORS.page, label=VECTORS.title, icon=VECTORS.icon, query_params=state.link_to(goal))
