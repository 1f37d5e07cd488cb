"""A scripted classroom: sessions that open a Streamlit app as browsers do and type sentences into its text boxes.

One session is one websocket. It runs the page once, finds the boxes by their labels in what the server sends, and
then types: a changed widget state goes out, and the edit is finished when the server says that the run is. A slow
answer delays that session's next edit, as it would a human's.
"""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from pagefiles import cookies, fetch, fetch_page
from sentences import sentences
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.TextInput_pb2 import TextInput
from websockets.asyncio.client import ClientConnection, connect

BOXES = "Sentence A", "Sentence B"
OPEN_LIMIT = 120.0  # seconds
PICTURES = {"plotly_chart", "html", "markdown"}
RUNS_REMEMBERED = 2  # for so many runs a browser keeps a message it may be asked for again


class PageError(RuntimeError):
    """The page answered with an error, or without what it should show."""


@dataclass(frozen=True, slots=True)
class Load:
    """What a classroom does; all times in seconds."""

    url: str
    page: str = ""  # its name in the address; the first one if empty
    query: str = ""  # what stands behind the question mark
    sessions: int = 1
    edits: int = 0  # a session
    think: float = 5.0  # mean pause between two edits, drawn from half to one and a half of it
    ramp: float = 0.0  # the sessions open spread over this time
    boxes: tuple[str, ...] = BOXES  # regular expressions for their labels, typed into in turn
    with_files: bool = False  # first fetch the page's own files, as a browser with an empty cache does
    answer_limit: float = 120.0  # for one run
    limit: float = 300.0  # for everything
    seed: int = 1


@dataclass(slots=True)
class Times:
    """How long things took, and how long those had been under way that the end of the load cut off; seconds."""

    done: list[float] = field(default_factory=list)
    cut_off: list[float] = field(default_factory=list)

    @contextmanager
    def one(self) -> Iterator[None]:
        """Time what happens inside."""
        start = time.perf_counter()
        try:
            yield
        except asyncio.CancelledError:
            self.cut_off.append(time.perf_counter() - start)
            raise
        self.done.append(time.perf_counter() - start)


@dataclass(slots=True)
class Outcome:
    """What the classroom saw."""

    opened: Times = field(default_factory=Times)  # from the click on the link to the first finished run
    edits: Times = field(default_factory=Times)  # from sending an edit to the end of its run
    received: list[int] = field(default_factory=list)  # bytes for each edit
    charts: int = 0  # on the first page
    typing_pause: float | None = None  # of the first box; None when it waits for Enter
    all_open: float | None = None  # from the start of the load to the last first page
    wall: float = 0.0
    client_cpu: float = 0.0
    errors: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Run:
    """What one run of the page sent."""

    elements: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    received: int = 0
    finished: int | None = None
    of_fragment: bool = False  # until the fragment asks for a run of the whole page


class Session:
    """One open page."""

    def __init__(self, socket: ClientConnection, load: Load) -> None:
        self.socket = socket
        self.load = load
        self.boxes: dict[str, tuple[TextInput, str]] = {}  # widget id -> the box and the fragment it is in
        self.texts: dict[str, str] = {}  # widget id -> what stands in the box
        self.kept: dict[str, int] = {}  # message hash -> runs since it was last used
        self.page_hash = ""

    async def open(self) -> Run:
        """Run the page for the first time."""
        return await self._run()

    def box(self, label: str) -> TextInput:
        """Give the box whose label matches a regular expression."""
        return self.boxes[self._find(label)][0]

    async def edit(self, label: str, text: str) -> Run:
        """Put a text into the box and wait until the page has run with it."""
        widget = self._find(label)
        self.texts[widget] = text
        run = await self._run(fragment=self.boxes[widget][1])
        if not run.elements.keys() & PICTURES:
            raise PageError(f"no new picture after an edit of {label!r}, only {dict(run.elements)}")
        return run

    def _find(self, label: str) -> str:
        for widget, (box, _) in self.boxes.items():
            if re.search(label, box.label):
                return widget
        raise PageError(f"no text box {label!r}, only {[box.label for box, _ in self.boxes.values()]}")

    def _message(self, fragment: str) -> bytes:
        message = BackMsg()
        state = message.rerun_script
        state.page_script_hash, state.query_string = self.page_hash, self.load.query
        state.page_name = "" if self.page_hash else self.load.page
        state.fragment_id = fragment
        state.context_info.url = self.load.url
        state.context_info.timezone, state.context_info.locale = "Europe/Berlin", "en-US"
        for widget, text in self.texts.items():
            state.widget_states.widgets.add(id=widget, string_value=text)
        state.cached_message_hashes.extend(self.kept)
        return bytes(message.SerializeToString())

    async def _run(self, fragment: str = "") -> Run:
        await self.socket.send(self._message(fragment))
        run = Run(of_fragment=bool(fragment))
        async with asyncio.timeout(self.load.answer_limit):
            while run.finished is None or (run.finished == ForwardMsg.FINISHED_SUCCESSFULLY and run.of_fragment):
                raw = await self.socket.recv(decode=False)
                run.received += len(raw)
                self._receive(ForwardMsg.FromString(raw), run)
        self.kept = {key: age + 1 for key, age in self.kept.items() if age < RUNS_REMEMBERED}
        if run.finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
            run.errors.append("the page does not compile")
        if run.errors:
            raise PageError("; ".join(run.errors))
        return run

    def _receive(self, message: ForwardMsg, run: Run) -> None:
        kind = message.WhichOneof("type")
        if kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._element(message, run)
        elif kind == "ref_hash":
            self.kept[message.ref_hash] = 0
        elif kind == "new_session":
            self.page_hash = message.new_session.page_script_hash or self.page_hash
        elif kind == "navigation":
            self.page_hash = message.navigation.page_script_hash or self.page_hash
        elif kind == "page_not_found":
            run.errors.append("page not found")
        elif kind == "script_finished" and message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            run.of_fragment = False  # the end of the next run counts
        elif kind == "script_finished":
            run.finished = message.script_finished

    def _element(self, message: ForwardMsg, run: Run) -> None:
        element = message.delta.new_element
        kind = element.WhichOneof("type") or ""
        run.elements[kind] += 1
        if message.metadata.cacheable and message.hash:
            self.kept[message.hash] = 0
        if kind == "exception":
            run.errors.append(f"{element.exception.type}: {element.exception.message[:200]}")
        elif kind == "text_input":
            box = element.text_input
            self.boxes[box.id] = box, message.delta.fragment_id
            if box.set_value or box.id not in self.texts:
                self.texts[box.id] = box.value if box.set_value else box.default


async def classroom(load: Load, progress: Callable[[int], None] | None = None) -> Outcome:
    """Open all sessions, let them edit once all are open, and give up when the time is up.

    Parameters
    ----------
    load : Load
    progress : callable, optional
        Called with 0 when the last session is open, then with the number of finished edits after each.
    """
    room = _Classroom(load, progress)
    start, cpu = time.perf_counter(), time.process_time()
    students = [asyncio.create_task(room.student(number)) for number in range(load.sessions)]
    _, late = await asyncio.wait(students, timeout=load.limit)
    for student in late:
        student.cancel()
    await asyncio.gather(*students, return_exceptions=True)
    room.outcome.wall, room.outcome.client_cpu = time.perf_counter() - start, time.process_time() - cpu
    return room.outcome


class _Classroom:
    """What the sessions share."""

    def __init__(self, load: Load, progress: Callable[[int], None] | None) -> None:
        self.load = load
        self.progress = progress or _ignore
        self.outcome = Outcome()
        self.texts = sentences(load.seed)
        self.missing = load.sessions
        self.everyone = asyncio.Event()
        self.start = time.perf_counter()

    async def student(self, number: int) -> None:
        """Open one session and type into it; an error ends it and is counted."""
        entered = False
        await asyncio.sleep(self.load.ramp * number / self.load.sessions)
        try:
            async with AsyncExitStack() as stack:
                with self.outcome.opened.one():
                    charts = await fetch_page(self.load.url) if self.load.with_files else []
                    session = Session(await stack.enter_async_context(socket(self.load.url)), self.load)
                    self._note(await session.open(), session)
                    await fetch(self.load.url, charts)
                self._enter()
                entered = True
                await self.everyone.wait()
                await self._type(session, random.Random(self.load.seed * 100_003 + number))
        except Exception as error:  # the load goes on without this session
            self.outcome.errors[f"{type(error).__name__}: {error}"] += 1
            if not entered:
                self._enter()

    async def _type(self, session: Session, rng: random.Random) -> None:
        for turn in range(self.load.edits):
            await asyncio.sleep(self.load.think * (rng.uniform(0.5, 1.5) if turn else rng.uniform(0, 1)))
            with self.outcome.edits.one():
                run = await session.edit(self.load.boxes[turn % len(self.load.boxes)], next(self.texts))
            self.outcome.received.append(run.received)
            self.progress(len(self.outcome.edits.done))

    def _note(self, run: Run, session: Session) -> None:
        box = session.box(self.load.boxes[0])
        self.outcome.typing_pause = box.live_debounce_ms / 1000 if box.HasField("live_debounce_ms") else None
        self.outcome.charts = run.elements["plotly_chart"]

    def _enter(self) -> None:
        self.missing -= 1
        if not self.missing:
            self.outcome.all_open = time.perf_counter() - self.start
            self.progress(0)
            self.everyone.set()


def _ignore(_: int) -> None:
    """Do nothing with the number of edits."""


def socket(url: str, cookie: str = "") -> connect:
    """Open the connection over which a page is shown."""
    return connect(
        f"ws://{urlsplit(url).netloc}/_stcore/stream",
        additional_headers={"Cookie": cookie} if cookie else None,
        compression=None,
        max_size=None,
        open_timeout=OPEN_LIMIT,
        ping_interval=None,
        proxy=None,
    )


async def visit(load: Load, stack: AsyncExitStack) -> Session:
    """Open a session behind a proxy: the page's cookies say which process it is in, and go with all that follows."""
    session = Session(await stack.enter_async_context(socket(load.url, await cookies(load.url))), load)
    await session.open()
    return session
