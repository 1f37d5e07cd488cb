"""Predict, then reveal: the class says first what will happen; the answer waits until it is asked for.

Nothing is counted: the guess is on the screen and in its link, and nowhere else.
"""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from selfattn.core import describe
from selfattn.core.rounding import percent
from selfattn.ui import fields, panels, state, widgets, write
from selfattn.ui.panels import Result
from selfattn.ui.run import Run

CHOSEN = "chosen guess"
NEITHER = "on neither side"


def button(**closed: Any) -> None:
    """Draw the button that hides the answer again, so that the class can predict; it sets what it closes, too."""
    st.button(
        "Predict first",
        key="predict",
        shortcut="P",
        icon=":material/psychology_alt:",
        on_click=state.put,
        kwargs={"hidden": True, "guess": "", "view": None, **closed},
        disabled=state.get(fields.HIDDEN),
    )


def waiting(
    run: Run, question: str, options: Sequence[str], truth: str, *, because: str = "", results: Sequence[Result] = ()
) -> bool:
    """Ask, while the answer is hidden; once it is shown, put the guess beside it.

    Parameters
    ----------
    question : str
        In plain words; it may hold what the user typed.
    options : sequence of str
        What may be guessed.
    truth : str
        The option that holds.
    because : str
        What is said of the truth, such as "with 24 %".
    results : sequence of Result
        Whose sentences stand above the question.

    Returns
    -------
    bool
        Whether the answer is still hidden: the page shows nothing that gives it away.
    """
    guess, names = state.get(fields.GUESS), list(dict.fromkeys(options))
    if not state.get(fields.HIDDEN):
        if guess in names:
            write.answer(guess, truth, because)
        return False
    for result in results:
        panels.tinted(run, result.role, result.sentence, None)
    write.question(question)
    widget = widgets.widget(CHOSEN, guess if guess in names else None, lambda guess: state.put(guess=guess or ""))
    with st.container(key="asking"):
        st.pills("Your prediction", names, format_func=write.plain, **widget)
        st.button(
            "Show the answer", key="reveal", shortcut="A", type="primary", on_click=state.put, kwargs={"hidden": False}
        )
    return True


def can_ask(results: Sequence[Result]) -> bool | None:
    """Tell whether the sentence that `heaviest` asks about has another word; None where there is no such sentence."""
    return len(set(results[0].tokens)) > 1 if results else None


def heaviest(run: Run, results: Sequence[Result]) -> bool:
    """Ask which word gives the new vector most, besides the word itself, in the first sentence; as `waiting`."""
    result = results[0]
    givers = describe.heaviest(result.weights, result.tokens, result.row, most=1)
    if not givers:
        return False
    best, share = givers[0]
    return waiting(
        run,
        f"In sentence {result.letter}: besides itself, which word will give the new “{result.word}” most?",
        [token for token in result.tokens if token != result.word],
        best,
        because=f"with {percent(share)}",
        results=[result],
    )


def direction(run: Run, results: Sequence[Result]) -> bool:
    """Ask where the word ends in the last sentence; as `waiting`. Without poles there is nothing to ask."""
    result = results[-1]
    if not (lean := result.lean):
        return False
    return waiting(
        run,
        f"Where will “{result.word}” end in sentence {result.letter}?",
        [*(f"with {sense}" for sense in lean.senses), NEITHER],
        f"with {lean.side}" if lean.side else NEITHER,
        because=f"as it {lean.caption}",
        results=results,
    )
