"""One word in two sets: its neighbours in the chosen set, beside those in another one."""

from collections import Counter

import streamlit as st

from selfattn.lessons.explore import boxes, prose
from selfattn.lessons.explore import code as snippets
from selfattn.lessons.explore.boxes import NUMBERS, WIDE
from selfattn.lessons.explore.compare_figure import comparison_figure
from selfattn.sets.explore import MOST, Comparison, compare
from selfattn.sets.training import shipped_text, train
from selfattn.sets.vector_set import HAND, VectorSet
from selfattn.ui import charts, controls, fields, session_sets, state, tables, widgets, write
from selfattn.ui.run import Run
from selfattn.views.choice import Choice

OTHER_SET, TEXTS = "the other set", "texts"
TRAINS = "from selfattn.training import shipped_text, train\n\nvectors = train(shipped_text()).vectors"
LOADS_BUNDLED = "import selfattn\n\nother = selfattn.load_vectors()"


@st.cache_resource(max_entries=1, show_spinner="Training on the three texts of the app …")
def of_texts() -> VectorSet:
    """Train on the texts that ship with the app, with the usual settings: a second set without a download."""
    vectors = train(shipped_text()).vectors
    source = "Trained on the three texts that ship with the app."
    return VectorSet(TEXTS, "Trained on three texts", source, vectors, TRAINS, examples=())


def others(run: Run) -> dict[str, VectorSet]:
    """List the sets to compare with, by key in the link.

    First the bundled one, then the newest of the session's own; the table written by hand last.
    """
    known = {set_.key: set_ for set_ in session_sets.known()} | {TEXTS: of_texts()}
    own = [key for key in known if key.startswith(fields.MINE)]
    order = dict.fromkeys(["", *reversed(own), *sorted(known, key=lambda key: key == HAND)])
    return {key: known[key] for key in order if known[key] is not run.chosen}


def compared(run: Run) -> Choice:
    """Draw the box of a word, and the choice of the set that the chosen one is compared with."""
    other = _other(run, others(run))
    asked = boxes.word(run)
    word = asked if asked in run.vectors.key_to_index else boxes.find(asked, other)
    if not word:
        return boxes.lacking(run, [asked])
    comparison = compare(word, run.vectors, other.vectors)
    loads = LOADS_BUNDLED if other is session_sets.bundled() else f"{other.code}\nother = vectors"
    return Choice(lambda: _show(run, comparison, other), lambda: snippets.compare(word, most=MOST, other=loads))


def _other(run: Run, sets: dict[str, VectorSet]) -> VectorSet:
    """Draw the choice of the other set; each is named differently."""
    wanted = state.get(fields.OTHER)
    shown = wanted if wanted in sets else next(iter(sets))
    titles = Counter(each.title for each in sets.values())
    unique = {key: f"{each.title} ({each.facts}; {key})" for key, each in sets.items()}
    names = {key: each.title if titles[each.title] == 1 else unique[key] for key, each in sets.items()}
    widget = widgets.widget(OTHER_SET, shown, lambda key: state.put(other=key), labels=list(names.values()))
    with st.container(width=300):
        st.selectbox(f"Beside {write.plain(run.chosen.title)}", list(sets), format_func=names.__getitem__, **widget)
    return sets[shown]


def _show(run: Run, comparison: Comparison, other: VectorSet) -> None:
    names = run.chosen.title, other.title
    write.finding(prose.comparison(comparison, names))
    if (wanted := state.get(fields.OTHER)) and wanted not in others(run):
        write.quiet(f"The set “{wanted}”, with which this link compares, is not at hand: {other.title} stands in.")
    picture = comparison_figure(comparison, names, size=run.size(440, 760, wide=WIDE), theme=run.theme)
    charts.show(picture, key="compared", alt=prose.comparison_alt(comparison, names))
    if other.key in (HAND, TEXTS) or run.chosen.key == HAND:
        _way_to_sets("Compare with a set that you train, load or bring:")
    lists = [near for near in (comparison.first, comparison.second) if near]
    tables.once_asked(NUMBERS, lambda: [tables.listing(near, "neighbour", "cosine") for near in lists])


def _way_to_sets(before: str) -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="way_to_sets"):
        with st.container(width="content"):
            write.quiet(before)
        controls.to_word_vectors()
