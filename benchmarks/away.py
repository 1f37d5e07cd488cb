"""What the files behind “Save” cost the server: its processor for one, its memory for a class that asks at once."""

from __future__ import annotations

import asyncio
import statistics
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from edits import open_session, turn
from experiments import quantile
from loadclient import Load, Run, Session, socket
from sentences import sentences
from server import App, Server, serve
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

CLASS = 30
LOOK = 0.25  # seconds between two looks at a server
EDITS, PAUSE, OTHERS = 60, 0.1, 12  # edits of one session, seconds between them, and who makes files meanwhile
MOST_MB = 600  # of a free host's 1,000
QUIET = 6  # looks at which it does nothing: it has finished
LIMIT = 600.0  # seconds for a class
WIDGETS = "button", "button_group", "download_button"


@dataclass(frozen=True, slots=True)
class Ask:
    """Something to take away: where, what is chosen (key of a widget: what stands on it), and the button at last."""

    what: str
    page: str
    chosen: tuple[tuple[str, str], ...] = ()
    button: str = ""
    alone: bool = False  # minutes for a class; it is measured for one person only


HANDOUT, NOTEBOOK = ("taken", "Handout"), ("taken", "Notebook")
ASKS = [
    Ask("pictures of a screen", ""),
    Ask("worksheet", "", (("taken", "Worksheet"),)),
    Ask("notebook of a screen", "", (NOTEBOOK,), "notebook_screen"),
    Ask("notebook of a lesson", "Self_attention", (NOTEBOOK,), "notebook_lesson"),
    Ask("notebook of lesson 8, which trains", "Query_key_value", (NOTEBOOK,), "notebook_lesson", alone=True),
    Ask("handout of a lesson", "Self_attention", (HANDOUT,), "make_handout"),
    Ask("handout of all lessons", "", (HANDOUT, ("part of the course", "All lessons")), "make_handout"),
]


class Taker(Session):
    """A session that opens “Save”, chooses, and presses buttons, as a browser does."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.widgets: dict[str, tuple[str, str]] = {}  # key -> its identity, and the fragment it is in
        self.values: dict[str, tuple[str, Any]] = {}  # identity -> the kind of its value, and the value

    async def set(self, key: str, kind: str, value: Any) -> Run:
        """Give a widget a value, and wait until what depends on it has run."""
        identity, fragment = self.widgets[key]
        self.values[identity] = kind, value
        run = await self._run(fragment)
        if kind == "trigger_value":
            del self.values[identity]
        return run

    async def open_save(self) -> Run:
        """Press “Save”; what lies behind it is drawn."""
        return await self.set("save", "bool_value", True)

    async def ask(self, ask: Ask) -> Run:
        """Choose what to take away, and press its button."""
        run = await self.open_save()
        for key, shown in ask.chosen:
            run = await self.set(key, "string_array_value", [shown])
        return await self.set(ask.button, "trigger_value", True) if ask.button else run

    async def take(self) -> Run:
        """Draw once more what lies behind “Save”: what has been made comes."""
        return await self._run(self.widgets["taken"][1])

    def _message(self, fragment: str) -> bytes:
        message = BackMsg.FromString(super()._message(fragment))
        for identity, (kind, value) in self.values.items():
            state = message.rerun_script.widget_states.widgets.add(id=identity)
            if kind == "string_array_value":
                state.string_array_value.data.extend(value)
            else:
                setattr(state, kind, value)
        return bytes(message.SerializeToString())

    def _receive(self, message: ForwardMsg, run: Run) -> None:
        super()._receive(message, run)
        delta, kind = message.delta, message.delta.WhichOneof("type")
        identity = ""
        if message.WhichOneof("type") == "delta" and kind == "add_block":
            identity = delta.add_block.id
        elif message.WhichOneof("type") == "delta" and kind == "new_element":
            name = delta.new_element.WhichOneof("type") or ""
            identity = getattr(delta.new_element, name).id if name in WIDGETS else ""
        if identity.startswith("$$"):
            self.widgets[identity.split("-", 2)[-1]] = identity, delta.fragment_id


@dataclass(frozen=True, slots=True)
class Cost:
    """What a server used for one thing, in seconds of its processor, in seconds, and the bytes that it sent."""

    cpu: float
    seconds: float
    sent: int


@dataclass(frozen=True, slots=True)
class Crowd:
    """What a class that asks at once needed: MB before, at most, and when all have it; seconds until then."""

    before: float
    most: float
    after: float
    seconds: float


def measure(app: App, times: int, students: int = CLASS) -> tuple[str, bool]:
    """Give two tables, of one person and of a class, and whether the memory of the class is within the target."""
    crowds = {}
    with serve(app) as server:
        text = _table_of_one(server, times)
    for ask in (ask for ask in ASKS if not ask.alone):
        with serve(app) as server:
            crowds[ask.what] = asyncio.run(_crowd(server, ask, students))
    head = f"| {students} ask at once | before | at most | when all have it | until then | target | |\n"
    rows = (_line(what, crowd) for what, crowd in crowds.items())
    text += f"\n\n{head}| --- | ---: | ---: | ---: | ---: | --- | --- |\n{''.join(rows)}"
    return text, all(crowd.most <= MOST_MB for crowd in crowds.values())


def _line(what: str, crowd: Crowd) -> str:
    memory = f"{crowd.before:.0f} MB | {crowd.most:.0f} MB | {crowd.after:.0f} MB | {crowd.seconds:.0f} s"
    return f"| {what} | {memory} | ≤ {MOST_MB} MB | {'met' if crowd.most <= MOST_MB else 'missed'} |\n"


def _table_of_one(server: Server, times: int) -> str:
    """Ask for everything, several times and on other sentences each time, and tell what an edit takes meanwhile."""
    text = "| asked for | processor | edits | until it is there | kB |\n| --- | ---: | ---: | ---: | ---: |\n"
    edit = asyncio.run(_edit(server))
    for ask in ASKS:
        costs = [asyncio.run(_one(server, ask, number)) for number in range(times + 1)][1:]  # the first one imports
        cpu, seconds, sent = (statistics.median(getattr(cost, name) for cost in costs) for name in Cost.__slots__)
        line = f"{cpu * 1e3:,.0f} ms | {cpu / edit:,.0f} | {seconds:.1f} s | {sent / 1e3:,.0f}"
        text += f"| {ask.what} | {line} |\n"
    alone, beside = asyncio.run(_edits_beside(server, ASKS[-1]))
    text += f"\nAn edit of the home page took {edit * 1e3:.1f} ms of the processor. It lasted {alone}; "
    return text + f"while others made the {ASKS[-1].what}, {beside}."


async def _edit(server: Server) -> float:
    """Give the processor's seconds of an edit of the home page."""
    async with AsyncExitStack() as stack:
        session, texts = await open_session(stack, Load(server.url)), sentences()
        await turn(server, session, "^Sentence A", texts, 10)
        return (await turn(server, session, "^Sentence A", texts, 40))[0]


async def _edits_beside(server: Server, ask: Ask) -> tuple[str, str]:
    """Say how long an edit lasts, and how long while others wait for what they asked for."""
    async with AsyncExitStack() as stack:
        session, texts = await open_session(stack, Load(server.url)), sentences()

        async def edits() -> str:
            times = []
            for _ in range(EDITS):
                start = time.perf_counter()
                await session.edit("^Sentence A", next(texts))
                times.append(time.perf_counter() - start)
                await asyncio.sleep(PAUSE)
            times.sort()
            return f"{statistics.median(times) * 1e3:.0f} ms (p95 {quantile(times, 0.95) * 1e3:.0f} ms)"

        alone = await edits()
        others = [await _taker(stack, server, ask, number) for number in range(OTHERS)]
        await asyncio.gather(*(other.ask(ask) for other in others))
        return alone, await edits()


async def _taker(stack: AsyncExitStack, server: Server, ask: Ask, number: int) -> Taker:
    """Open a page on sentences that no other session has."""
    texts = sentences(number + 1)
    load = Load(server.url, page=ask.page, query=urlencode({"a": next(texts), "b": next(texts)}))
    session = Taker(await stack.enter_async_context(socket(load.url)), load)
    await session.open()
    return session


async def _one(server: Server, ask: Ask, number: int) -> Cost:
    """Ask once, and wait until it is there."""
    async with AsyncExitStack() as stack:
        session = await _taker(stack, server, ask, number)
        before, start = server.usage().cpu, time.perf_counter()
        run = await session.ask(ask)
        seconds = time.perf_counter() - start
        if ask.button:
            seconds, _ = await _finished(server)
            run = await session.take()
        return Cost(server.usage().cpu - before, seconds, run.received)


async def _crowd(server: Server, ask: Ask, students: int) -> Crowd:
    """Let a class ask at once, and watch the server's memory until all have what they asked for."""
    async with AsyncExitStack() as stack:
        sessions = [await _taker(stack, server, ask, number) for number in range(students)]
        before, start = server.usage().memory, time.perf_counter()
        asked = asyncio.gather(*(session.ask(ask) for session in sessions))
        _, most = await _finished(server)
        await asked
        for session in sessions:
            await session.take()
            most = max(most, server.usage().memory)
        return Crowd(before, most, server.usage().memory, time.perf_counter() - start - QUIET * LOOK)


async def _finished(server: Server) -> tuple[float, float]:
    """Wait until the server does nothing: the seconds until then, and the most MB it had."""
    start, most, still, used = time.perf_counter(), 0.0, 0, server.usage().cpu
    async with asyncio.timeout(LIMIT):
        while still < QUIET:
            await asyncio.sleep(LOOK)
            usage = server.usage()
            still = still + 1 if usage.cpu - used < 0.1 * LOOK else 0
            used, most = usage.cpu, max(most, usage.memory)
    return time.perf_counter() - start - QUIET * LOOK, most
