"""The numbers behind the pictures, as tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st
from gensim.models import KeyedVectors
from numpy.typing import NDArray

from selfattn.core.contextual import attend_sentence, space_of
from selfattn.core.heads import known_head
from selfattn.core.lean import line_between
from selfattn.core.neighbours import came_and_left, one_way
from selfattn.core.presets import PRESET_TITLES, PRESETS, TRAINED, Settings
from selfattn.core.scene import Mover, Scene
from selfattn.ui import fields, state, widgets, write
from selfattn.ui.panels import Result
from selfattn.ui.run import Run

if TYPE_CHECKING:
    import pandas as pd
    from pandas.io.formats.style import Styler

NEAREST, NEAREST_IN_ROOM = 8, 5  # words of a list

Floats = NDArray[np.floating]


def once_asked(title: str, make: Callable[[], Sequence[pd.DataFrame | Styler]], *, name: str = "numbers") -> None:
    """Show tables in a box that is closed at first; which are open is in the link, and only those are computed.

    Parameters
    ----------
    title : str
    make : function
        Gives the tables.
    name : str
        What the box is called in the link, unique on its screen.
    """

    def take(is_open: bool) -> None:
        others = [opened for opened in state.get(fields.TABLES).split() if opened != name]
        state.put(tables=" ".join([*others, *([name] if is_open else [])]))

    widget = widgets.widget(f"table {name}", name in state.get(fields.TABLES).split(), take)
    box = st.expander(title, key=widget["key"], on_change=widget["on_change"], args=widget["args"])
    if box.open:
        with box:
            for table in make():
                st.dataframe(table, hide_index=True)


def frame(data: object, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """Make a table of columns by name, or of lines."""
    import pandas as pd  # 60 MB, which only who opens a table needs

    return pd.DataFrame(data, columns=columns)


def styled(data: object, columns: Sequence[str] | None = None, *, precision: int = 2) -> Styler:
    """Make a table whose numbers have so many decimals; what is missing is a dash."""
    return frame(data, columns).style.format(precision=precision, na_rep="–")


def vectors(
    title: str,
    matrix: Floats,
    names: Sequence[str],
    columns: Sequence[str] | None = None,
    *,
    heading: str = "vector",
    name: str = "numbers",
) -> None:
    """Show rows of numbers, such as vectors, once asked for; as `rows` and `once_asked`."""
    once_asked(title, lambda: [rows(names, matrix, columns, heading).style.format(precision=2)], name=name)


def rows(
    names: Sequence[str], matrix: Floats, columns: Sequence[str] | None = None, heading: str = "vector"
) -> pd.DataFrame:
    """Make a table of numbers, a named row each; names may repeat, and columns without names are counted."""
    counted = [str(axis + 1) for axis in range(np.shape(matrix)[1])]
    table = frame(np.asarray(matrix), list(columns or counted))
    table.insert(0, heading, list(names), allow_duplicates=True)
    return table


def listing(lines: Iterable[tuple[object, ...]], *columns: str) -> Styler:
    """Make a table of lines, such as words with a number each; numbers have three decimals."""
    return styled(list(lines), columns, precision=3)


def pairs(title: str, values: Floats, tokens: Sequence[str]) -> None:
    """Show a number for every pair of words, once asked for."""
    names = places(tokens)
    vectors(title, values, names, names, heading="")


def places(tokens: Sequence[str]) -> list[str]:
    """Put its place before each word: words may repeat."""
    return [f"{place} {token}" for place, token in enumerate(tokens, 1)]


def behind(results: Sequence[Result], scene: Scene) -> None:
    """Show the table behind the motion plot, once asked for."""

    def make() -> list[Styler]:
        lines = [_line(result, mover) for result, mover in zip(results, scene.movers, strict=True)]
        return [styled(lines)]

    once_asked("The table behind it", make)


def _line(result: Result, mover: Mover) -> dict[str, object]:
    places = {"static": mover.static, "contextual": mover.contextual}
    line: dict[str, object] = {"": result.letter, "sentence": result.sentence.text}
    line["weight on itself"] = result.trace.weights[result.row, result.row]
    line |= {f"{name}, axis {axis + 1}": place[axis] for name, place in places.items() for axis in (0, 1)}
    if mover.lean:
        line[" – ".join(mover.lean.senses)] = mover.lean.caption
    return line


def switches(run: Run, results: Sequence[Result]) -> None:
    """Show what each preset and each switch by itself does to the place on the line, once asked for."""
    if results[0].sense:
        title = "What each switch does"
        once_asked(title, lambda: [switch_table(run, results).style.format(precision=2)], name="switches")


def switch_table(run: Run, results: Sequence[Result]) -> pd.DataFrame:
    """Compute, for every way to attend, where the word ends: 0 is neither sense, −1 and 1 are the poles."""
    sense = results[0].sense
    assert sense is not None
    first, second = sense.poles
    lines = []
    for title, settings in _ways(run):
        between = line_between(sense, run.vectors, space_of(run.vectors, settings))
        line: dict[str, object] = {f"{first} −1 … {second} 1": title}
        for result in results:
            trace = attend_sentence(result.sentence, run.vectors, settings)
            place = float(between(trace.output[result.row])) / between.unit if between else 0.0
            line[f"{result.letter}: {result.sentence.text}"] = place
        lines.append(line)
    return frame(lines)


def _ways(run: Run) -> list[tuple[str, Settings]]:
    """List the presets that this set can be used with, the single switches between the plain ones and the others."""
    single = {
        "Balanced, not to itself": Settings(attend_self=False),
        "Balanced, centred": Settings(centre=True),
        "Balanced, frequent words lower": Settings(frequency=True),
        "Balanced, distant words lower": Settings(distance=True),
    }
    named = {title: PRESETS[name] for name, title in PRESET_TITLES.items()}
    last = {title: named.pop(title) for title in (PRESET_TITLES["sharper"], PRESET_TITLES[TRAINED])}
    every = named | single | last
    return [(title, ways) for title, ways in every.items() if not ways.trained or known_head(run.vectors)]


def neighbours(names: Sequence[str], rows: Floats, known: KeyedVectors, *, moved: bool) -> None:
    """Show the nearest words of a vector before and after; which are new is written beside them, which left below.

    The vocabulary is searched as it is, so not in a space of its own.
    """
    if moved:
        write.quiet("Nearest words are shown while the vectors are neither centred nor trained values.")
        return
    most = NEAREST_IN_ROOM if state.projecting() else NEAREST
    before, after = ([word for word, _ in known.similar_by_vector(row.astype(np.float32), topn=most)] for row in rows)
    write.prose(one_way(known) or came_and_left(before, after))
    marked = [word if word in before else f"{word} (new)" for word in after]
    write.table("Nearest words of the static and of the contextual vector", names, zip(before, marked, strict=True))
