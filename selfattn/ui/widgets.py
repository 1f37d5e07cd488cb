"""Widgets that the page sets, too: a value that did not come from the widget makes a new one."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Literal, TypedDict

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from selfattn.ui import fields

WIDGETS = "version and value of widgets"


class Widget(TypedDict):
    """What a widget is called with, besides what it looks like.

    It persists: one in a closed popover is told its value anew with every run, until a browser has drawn it.
    """

    key: str
    on_change: Callable[..., None]
    args: tuple[Any, ...]
    persist_state: Literal["session"]


def widget(name: str, value: Any, take: Callable[[Any], None], *, labels: Sequence[str] = ()) -> Widget:
    """Give key and callback for a widget whose value the page sets, too.

    A browser sends what every widget holds along with each event. Until it hears of a value that the page has set, it
    sends the old one, which looks like a choice: a slider that is moved on would jump back. So a value that the page
    sets makes a new widget, and what is still said of the old one is not heard. A text box cannot be made anew while
    someone types in it: boxes have keys of their own.

    Parameters
    ----------
    name : str
        What the widget stands for.
    value : any
        What it shows.
    take : function of one value
        Takes what was chosen.
    labels : sequence of str
        What the options are called, where that changes while the value may not: a browser answers with a label.
    """
    version, *before = st.session_state.setdefault(WIDGETS, {}).get(name, (0, value, tuple(labels)))
    if tuple(before) != (value, tuple(labels)):
        st.session_state.pop(f"{name} {version}", None)  # nothing is kept of what was chosen before
        version += 1
    st.session_state[WIDGETS][name] = (version, value, tuple(labels))
    if (key := f"{name} {version}") not in st.session_state:
        st.session_state[key] = value
    return {"key": key, "on_change": _heard, "args": (name, version, take), "persist_state": "session"}


def _heard(name: str, version: int, take: Callable[[Any], None]) -> None:
    now, _, labels = st.session_state[WIDGETS][name]
    if version == now:
        value = st.session_state[f"{name} {version}"]
        st.session_state[WIDGETS][name] = (version, value, labels)
        take(value)


def of_field(name: str) -> dict[str, Any]:
    """Give key and persistence for a widget that no page sets while it is drawn: the field of its name is its value."""
    if name in fields.FIELDS and name not in st.session_state:
        st.session_state[name] = fields.FIELDS[name].default
    return {"key": name, "persist_state": "session"}


def choice(label: str, titles: Mapping[Any, str], widget: Mapping[str, Any], **looks: Any) -> None:
    """Draw a choice of one among a few, by their titles; one is always chosen, unless said otherwise.

    Parameters
    ----------
    label : str
    titles : mapping of value to str
    widget : mapping
        As `widget` and `of_field` give it.
    **looks
        Of a segmented control.
    """
    st.segmented_control(label, list(titles), format_func=titles.__getitem__, **{"required": True, **widget, **looks})


def behind(label: str, icon: str, key: str, draw: Callable[[], None]) -> None:
    """Draw a button, and once it is pressed what lies behind it."""
    box = st.popover(label, icon=f":material/{icon}:", key=key, on_change="rerun")
    if box.open:
        with box:
            draw()


def drawn() -> Collection[str]:
    """Give the keys of the widgets that this run has drawn: those of the screen."""
    context = get_script_run_ctx()
    return context.shared.widget_user_keys_this_run.snapshot() if context else ()


def shown(name: str) -> Any:
    """Give what the widget of a name showed last; None where there was none."""
    return st.session_state.get(WIDGETS, {}).get(name, (0, None))[1]


def begin_again() -> None:
    """Make every widget a new one: what the page is about has changed, and nothing of the old ones is heard."""
    seen = st.session_state.get(WIDGETS, {})
    for name, (version, *_) in seen.items():
        st.session_state.pop(f"{name} {version}", None)
    st.session_state[WIDGETS] = {name: (version + 1, *rest) for name, (version, *rest) in seen.items()}
