"""What several views let one choose: one of the sentences, and a place within it."""

from collections.abc import Mapping, Sequence

import streamlit as st

from selfattn.ui import fields, state, widgets
from selfattn.ui.panels import Result
from selfattn.ui.run import Run


def sentence(title: str, key: str, results: Sequence[Result]) -> Result:
    """Draw the choice of the sentence, where there are several; one that is not there falls back to the first."""
    by_name = {fields.SENTENCES[result.role]: result for result in results}
    wanted = state.get(fields.OF)
    chosen = wanted if wanted in by_name else next(iter(by_name))
    if len(by_name) > 1:
        titles = {name: result.letter for name, result in by_name.items()}
        widgets.choice(title, titles, widgets.widget(key, chosen, _take_sentence), label_visibility="collapsed")
    return by_name[chosen]


def _take_sentence(name: str) -> None:
    state.forget_places(row=False)
    state.put(of=name)


def place(
    run: Run, title: str, key: str, named: Mapping[int, str], usual: int, field: str, widths: tuple[int, int]
) -> int:
    """Draw the choice of a place, by name, for a field of the link; the widths are for a laptop and a room.

    A place that is not there falls back to the usual one.
    """
    chosen = state.get(field) if state.get(field) in named else usual
    widget = widgets.widget(key, chosen, lambda value: state.put(**{field: value}), labels=list(named.values()))
    picked: int = st.selectbox(
        title,
        list(named),
        format_func=named.__getitem__,
        label_visibility="collapsed",
        width=run.tall(*widths),
        **widget,
    )
    return picked
