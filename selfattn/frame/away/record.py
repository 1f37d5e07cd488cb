"""Draw a screen for nobody, and keep what it draws: for a file, in print colours, of this screen or of any other.

The page is run as Streamlit runs it for a browser, with a state of its own: nothing of it is seen, and nothing that the
person has chosen changes.
"""

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import streamlit as st
from streamlit.proto.Block_pb2 import Block
from streamlit.proto.ClientState_pb2 import ContextInfo
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.fragment import MemoryFragmentStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import RerunData, ScriptRunner, ScriptRunnerEvent, get_script_run_ctx
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.runtime.state import SessionState

from selfattn.course import Place
from selfattn.ui import fields, state, width

SECONDS = 120  # after which a screen is given up
NOT_OF_IT = frozenset({"header", "room", "around"})  # containers that stand around the picture
FINDING = 'class="sa-finding'
_pages = ScriptCache()

Nodes = dict[tuple[int, ...], Element | Block]  # by their places on the page


class RecordError(Exception):
    """A screen could not be drawn."""


@dataclass(frozen=True, slots=True)
class Group:
    """What stands in one container: elements as Streamlit sends them, and other groups, from top to bottom.

    `beside` tells whether they stand side by side, `weight` how wide it is among such, `label` names an opened box.
    """

    children: tuple["Group | Element", ...]
    beside: bool = False
    weight: float = 1.0
    label: str = ""

    def elements(self) -> Iterator[Element]:
        """List all elements, in order."""
        for child in self.children:
            if isinstance(child, Group):
                yield from child.elements()
            else:
                yield child


@dataclass(frozen=True)
class Recorded:
    """One screen as it was drawn.

    Attributes
    ----------
    place : Place
    link : dict of str to str
        What leads to it.
    title : str
        As HTML.
    drawn : Group
        All under the controls.
    """

    place: Place
    link: dict[str, str]
    title: str
    drawn: Group

    @cached_property
    def finding(self) -> str:
        """Give what the screen finds, as HTML; nothing where it says none."""
        bodies = (element.html.body for element in self.drawn.elements() if kind(element) == "html")
        return next((body for body in bodies if FINDING in body), "")


def kind(element: Element) -> str:
    """Name what an element is: html, markdown, plotly_chart, bidi_component, dataframe, alert, code …"""
    return str(element.WhichOneof("type"))


@dataclass(frozen=True, slots=True, eq=False)
class Recorder:
    """Draws screens with what a session has: its vectors, what it has trained, what it has typed and chosen.

    Made in a run of the page, by `begin`; it may then be used in a job.
    """

    main: str
    own: Mapping[str, Any]
    link: Mapping[str, str]
    here: Place
    url: str

    def screen(self, place: Place | None = None, *, theme: str = "light", **changed: str) -> Recorded:
        """Draw one screen.

        Parameters
        ----------
        place : Place, optional
            The one that the person sees, with all that lies open there, unless said otherwise; others are answered.
        theme : str
            "light" or "dark"; for print, light.
        **changed
            Fields of the link that are different; an empty one is left out.

        Raises
        ------
        RecordError
            It took too long, or ended with an error.
        """
        link = dict(self.link if place is None else state.link_to(place, answered=True, come_from=self.link))
        link = {name: value for name, value in (link | changed).items() if value or name not in changed}
        place = place or self.here
        messages = self._run(place, link, theme)
        title, drawn = _tree(messages)
        return Recorded(place, link, title, drawn)

    def _run(self, place: Place, link: Mapping[str, str], theme: str) -> list[ForwardMsg]:
        """Run the page of a lesson, and collect what it would send."""
        loop = asyncio.new_event_loop()
        messages: list[ForwardMsg] = []
        errors: list[Exception] = []

        def failed(error: Exception) -> bool:
            errors.append(error)
            return True  # it is told to whoever asked for the screen

        runner = ScriptRunner(
            session_id="recorded",
            main_script_path=self.main,
            session_state=SessionState(_new_session_state=dict(self.own)),
            uploaded_file_mgr=MemoryUploadedFileManager(""),
            script_cache=_pages,
            initial_rerun_data=RerunData(
                query_string=urlencode(link),
                page_name=place.lesson.path.removeprefix("/"),
                context_info=ContextInfo(url=self.url, color_scheme=theme),
            ),
            user_info={},
            fragment_storage=MemoryFragmentStorage(),
            pages_manager=PagesManager(self.main, _pages),
            event_loop=loop,
            on_script_error=failed,
        )

        def heard(_: object, event: ScriptRunnerEvent, **told: Any) -> None:
            if event == ScriptRunnerEvent.SCRIPT_STARTED:
                messages.clear()  # it runs once more, from the start
            elif event == ScriptRunnerEvent.ENQUEUE_FORWARD_MSG:
                messages.append(told["forward_msg"])

        runner.on_event.connect(heard, weak=False)
        runner.start()
        thread = runner._script_thread
        assert thread is not None
        thread.join(SECONDS)
        if thread.is_alive():
            runner.request_stop()
            raise RecordError(f"“{place.lesson.title}” was not drawn within {SECONDS} seconds.")
        loop.close()
        if errors:
            raise RecordError(f"“{place.lesson.title}” could not be drawn.") from errors[0]
        return messages


def begin(place: Place) -> Recorder:
    """Take what this session has, so that its screens can be drawn: those of `place`, and all others."""
    context = get_script_run_ctx()
    assert context is not None
    widgets = context.session_state._state._key_id_mapper
    own = {
        name: value
        for name, value in st.session_state.to_dict().items()
        if name not in widgets and name not in fields.FIELDS and name not in state.OF_A_PAGE + width.OF_A_WINDOW
    }
    return Recorder(context.main_script_path, own, state.link(), place, st.context.url or "")


def _tree(messages: list[ForwardMsg]) -> tuple[str, Group]:
    """Find the title, and what stands under the controls."""
    nodes: Nodes = {}
    for message in messages:
        if message.WhichOneof("type") == "delta" and message.metadata.delta_path[0] == 0:
            delta = message.delta
            what = delta.WhichOneof("type")
            if what in ("new_element", "add_block"):
                nodes[tuple(message.metadata.delta_path)] = getattr(delta, what)
    bodies = (node.html.body for node in nodes.values() if isinstance(node, Element) and kind(node) == "html")
    titles = (body for body in bodies if body.startswith("<h1>"))
    return next(titles, ""), _group(nodes, (0,))


def _group(nodes: Nodes, path: tuple[int, ...], **looks: Any) -> Group:
    below = sorted(at for at in nodes if at[:-1] == path)
    return Group(tuple(child for at in below if (child := _child(nodes, at))), **looks)


def _child(nodes: Nodes, at: tuple[int, ...]) -> Group | Element | None:
    """Give what stands at a place: nothing for what is closed, hidden, or stands around the picture."""
    node = nodes[at]
    if isinstance(node, Element):
        return None if kind(node) in ("empty", "None") else node
    what = node.WhichOneof("type")
    if what == "popover" or (what == "expandable" and not node.expandable.expanded) or key(node.id) in NOT_OF_IT:
        return None
    beside = what == "flex_container" and node.flex_container.direction == node.flex_container.HORIZONTAL
    weight = node.column.weight if what == "column" else 1.0
    group = _group(nodes, at, beside=beside, weight=weight, label=node.expandable.label if what == "expandable" else "")
    return group if group.children else None


def key(identity: str) -> str:
    """Give the key out of the identity that Streamlit makes of it.

    >>> key("$$ID-0123abc-equation_0")
    'equation_0'
    """
    return identity.split("-", 2)[-1] if identity.startswith("$$ID-") else ""
