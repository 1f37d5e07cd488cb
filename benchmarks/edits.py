"""What an edit costs the server on every screen, as a multiple of what it costs a bare page that is tuned as well."""

from __future__ import annotations

import asyncio
import statistics
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

from loadclient import Load, Run, Session, socket
from sentences import KINDS, OBJECTS, sentences
from server import App, Server, serve

HERE = Path(__file__).resolve().parent
BOX = "^Sentence A"
YARDSTICK = App("yardstick", HERE / "yardstick.py", HERE.parent)


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen, the box that is typed into, sentences or words, and how many times the yardstick it may cost."""

    name: str
    page: str = ""
    step: str = ""
    box: str = BOX
    words: bool = False
    most: float = 3.5


@dataclass(slots=True)
class Cost:
    """What an edit of a screen and of the yardstick took, turn by turn, in seconds; and what the last one sent."""

    screen: Screen
    ours: list[float] = field(default_factory=list)
    theirs: list[float] = field(default_factory=list)
    last: Run = field(default_factory=Run)

    @property
    def ratio(self) -> float:
        """Give the median of the turns' ratios."""
        return statistics.median(ours / theirs for ours, theirs in zip(self.ours, self.theirs, strict=True))


def _of(number: str, page: str, steps: str, box: str = BOX, **how: bool) -> list[Screen]:
    """List the screens of a lesson that have this box; a dash stands for another one."""
    named = [(place, step) for place, step in enumerate(steps.split(), 1) if step != "–"]
    return [Screen(f"{number}.{place} {step}", page, step, box, **how) for place, step in named]


SCREENS = [
    Screen("home", most=2.5),
    Screen("1", "Why_self_attention"),
    *_of("2", "One_word_one_vector", "toy real neighbours wanted"),
    *_of("3", "Dot_product", "– words – –", "First word", words=True),
    *_of("3", "Dot_product", "– – cosine table", "List of words"),
    *_of("4", "Weighted_sum", "hand every where"),
    *_of("5", "Self_attention", "vectors scores scaled weights sum contextual summary"),
    Screen("6", "Meaning_in_motion"),
    *_of("7", "What_it_cannot_do", "order – negation"),
    *_of("7", "What_it_cannot_do", "– mixed – unknown frequent still", "^A sentence"),
    *_of("8", "Query_key_value", "parts learn learned general own"),
    *_of("9", "Heads_order_mask", "several positions masked around"),
    *_of("10", "A_real_transformer", "same layers beside number"),
    *_of("11", "Word_vectors", "– – train", "Word to follow", words=True),
    *_of("12", "Explore", "oneword – – – map compare", "^Word$", words=True),
    *_of("12", "Explore", "– analogy", "^Add", words=True),
    *_of("12", "Explore", "– – lists", "^List of words"),
    *_of("12", "Explore", "– – – line", "^Words to place"),
    Screen("glossary", "Glossary", box="^Look a term up", words=True),
]


def measure(app: App, edits: int, turns: int) -> list[Cost]:
    """Type into every screen and into the yardstick in turns, one session each, as fast as the server answers."""
    with serve(app) as server, serve(YARDSTICK) as yardstick:
        return asyncio.run(_measure(server, yardstick, edits, turns))


async def _measure(server: Server, yardstick: Server, edits: int, turns: int) -> list[Cost]:
    costs = [Cost(screen) for screen in SCREENS]
    texts = sentences(), cycle((*KINDS, *OBJECTS))
    async with AsyncExitStack() as stack:
        bare = await open_session(stack, Load(yardstick.url))
        await turn(yardstick, bare, BOX, texts[0], edits)
        for cost in costs:
            screen = cost.screen
            query = f"step={screen.step}" if screen.step else ""
            session = await open_session(stack, Load(server.url, page=screen.page, query=query))
            given = texts[screen.words]
            await turn(server, session, screen.box, given, max(3, edits // 5))
            for _ in range(turns):
                seconds, cost.last = await turn(server, session, screen.box, given, edits)
                cost.ours.append(seconds)
                cost.theirs.append((await turn(yardstick, bare, BOX, texts[0], edits))[0])
    return costs


async def open_session(stack: AsyncExitStack, load: Load) -> Session:
    """Open a page, and close it with the stack."""
    session = Session(await stack.enter_async_context(socket(load.url)), load)
    await session.open()
    return session


async def turn(server: Server, session: Session, box: str, texts: Iterator[str], edits: int) -> tuple[float, Run]:
    """Type texts one after the other; give the processor's seconds for one, and the last run."""
    before, run = server.usage().cpu, Run()
    for _ in range(edits):
        run = await session.edit(box, next(texts))
    return (server.usage().cpu - before) / edits, run


def table(costs: list[Cost]) -> str:
    """Write the ratios as a table."""
    head = "| screen | edit | yardstick | times | target | | elements | kB |\n"
    rule = "| --- | ---: | ---: | ---: | ---: | --- | ---: | ---: |\n"
    return head + rule + "".join(map(_line, costs))


def _line(cost: Cost) -> str:
    ours, theirs = (statistics.median(seconds) * 1e3 for seconds in (cost.ours, cost.theirs))
    verdict = "met" if met(cost) else "missed"
    sent, size = sum(cost.last.elements.values()), cost.last.received / 1e3
    return (
        f"| {cost.screen.name} | {ours:.1f} ms | {theirs:.1f} ms | {cost.ratio:.1f} | ≤ {cost.screen.most} | {verdict} "
        f"| {sent} | {size:.0f} |\n"
    )


def met(cost: Cost) -> bool:
    """Tell whether a screen reaches its target."""
    return cost.ratio <= cost.screen.most
