"""The numbers behind the pictures, as tables."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st
from gensim.models import KeyedVectors
from numpy.typing import NDArray

from selfattn.contextual import attend_sentence, space
from selfattn.figures.palette import LETTERS
from selfattn.presets import PRESET_TITLES, PRESETS, Settings
from selfattn.scene import Mover, Scene
from selfattn.senses import AmbiguousWord, meaning_meter
from selfattn.sentences import Sentence
from selfattn.ui import loaders, shell
from selfattn.ui.panels import Result


def vectors(title: str, matrix: NDArray[np.floating], names: Sequence[str]) -> None:
    """Show vectors as rows of numbers, once asked for."""
    box = st.expander(title, on_change="rerun")
    if box.open:
        frame = pd.DataFrame(np.asarray(matrix), columns=[str(at + 1) for at in range(matrix.shape[1])])
        frame.insert(0, "vector", list(names))
        with box:
            st.dataframe(frame.style.format(precision=2, subset=frame.columns[1:]), hide_index=True)


def behind(results: Sequence[Result], scene: Scene) -> None:
    """Show the table behind the motion plot, once asked for."""
    box = st.expander("The table behind it", on_change="rerun")
    if box.open:
        frame = pd.DataFrame([_line(one, mover) for one, mover in zip(results, scene.movers, strict=True)])
        with box:
            st.dataframe(frame.style.format(precision=2), hide_index=True)


def _line(one: Result, mover: Mover) -> dict[str, object]:
    places = {"static": mover.static, "contextual": mover.contextual}
    line: dict[str, object] = {"": one.letter, "sentence": one.sentence.text}
    line["weight on itself"] = one.trace.weights[one.row, one.row]
    line |= {f"{name}, axis {axis + 1}": place[axis] for name, place in places.items() for axis in (0, 1)}
    if one.reading:
        sides = {"before": one.reading.before, "after": one.reading.after}
        line |= {f"{sense}, {side}": meter[sense] for side, meter in sides.items() for sense in meter}
    return line


def switches(word: str, sentences: Sequence[Sentence], sense: AmbiguousWord | None) -> None:
    """Show what each preset and each switch by itself does to the meter, once asked for."""
    if sense is None:
        return
    box = st.expander("What each switch does", on_change="rerun")
    if box.open:
        with box:
            st.dataframe(switch_table(word, sentences, sense).style.format(precision=2), hide_index=True)


def switch_table(word: str, sentences: Sequence[Sentence], sense: AmbiguousWord) -> pd.DataFrame:
    """Compute, for every way to attend, how much nearer the word is to the second sense than to the first."""
    first, second = sense.poles
    lines = []
    for title, settings in _ways():
        place = space(loaders.vectors(), centred=settings.centre)
        line: dict[str, object] = {f"{second} − {first}": title}
        for at, sentence in enumerate(sentences):
            trace, row = attend_sentence(sentence, loaders.vectors(), settings), sentence.index(word)
            meter = meaning_meter(trace.output[row], sense, loaders.vectors(), space=place)
            line[f"{LETTERS[at]}: {sentence.text}"] = meter[second] - meter[first]
        lines.append(line)
    return pd.DataFrame(lines)


def _ways() -> list[tuple[str, Settings]]:
    single = {
        "Balanced, not to itself": Settings(attend_self=False),
        "Balanced, centred": Settings(centre=True),
        "Balanced, frequent words lower": Settings(frequency=True),
        "Balanced, distant words lower": Settings(distance=True),
    }
    named = {title: PRESETS[name] for name, title in PRESET_TITLES.items() if name != "sharper"}
    return list((named | single | {PRESET_TITLES["sharper"]: PRESETS["sharper"]}).items())


def neighbours(names: Sequence[str], rows: NDArray[np.floating], known: KeyedVectors, *, centred: bool) -> None:
    """Show the nearest words of each vector; the vocabulary is searched as it is, so not in the centred space."""
    if centred:
        shell.quiet("Nearest words are shown while the vectors are not centred.")
        return
    lists = {
        name: [word for word, _ in known.similar_by_vector(row.astype(np.float32), topn=8)]
        for name, row in zip(names, rows, strict=True)
    }
    st.dataframe(pd.DataFrame(lists), hide_index=True, alt="Nearest words of the static and of the contextual vector")
