"""How many sessions one process holds, how many two do behind HAProxy, and what they cost.

`python benchmarks/processes.py`; --quick is a look, not a result.

benchmarks/README.md says how to read what it prints; docs/capacity.md reckons with it.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import sys
import time
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import partial

import browser
import noise
import psutil
import uvloop
from behind import Behind, behind
from capacity import Costs, costs_table
from experiments import HOME, quantile
from loadclient import Load, visit
from sentences import sentences
from server import Usage

LIMIT = 0.120  # seconds; sessions are held while 95 % of the edits take no longer
RATIO = 1.7  # as many sessions with two processes, at least
OPENING = 10  # sessions a second
WARMING = 15.0  # seconds of typing that are not counted: in its first edits a process still imports
SETTLING = 3.0  # the same after more have come


@dataclass(frozen=True, slots=True)
class Scale:
    """How much of everything."""

    first: int  # sessions of the first step, for each process
    more: float  # a step has so many times the sessions of the one before
    seconds: float  # of a step that are counted
    rounds: int
    idle: int  # sessions that only look
    cold: int  # browsers with an empty cache


FULL = Scale(first=80, more=1.15, seconds=30, rounds=2, idle=400, cold=10)
QUICK = Scale(first=60, more=1.25, seconds=12, rounds=1, idle=150, cold=3)


@dataclass(frozen=True, slots=True)
class Step:
    """So many sessions for a while: what their edits took, and what each part used meanwhile, in seconds."""

    sessions: int
    edits: int
    p95: float
    app: float
    proxy: float
    client: float
    machine: float  # per cent of it that was busy, whoever used it
    size: float  # bytes of an edit's answer

    def line(self) -> str:
        """Say all of it in a line."""
        app, proxy, client = (1e3 * spent / self.edits for spent in (self.app, self.proxy, self.client))
        return (
            f"{self.sessions:4d} sessions: p95 {1e3 * self.p95:4.0f} ms of {self.edits} edits; processor time of one: "
            f"app {app:.1f}, HAProxy {proxy:.2f}, client {client:.1f} ms; {self.size / 1e3:.1f} kB; "
            f"machine {self.machine:.0f} % busy"
        )


class Crowd:
    """Sessions that type until the end, each every five seconds on the mean; more may come."""

    def __init__(self, runs: Behind) -> None:
        self.runs, self.load = runs, Load(runs.url)
        self.texts = sentences()
        self.tasks: list[asyncio.Task[None]] = []
        self.entered = 0
        self.took: list[float] = []
        self.sizes: list[int] = []
        self.under_way: set[float] = set()  # when they began
        self.errors: Counter[str] = Counter()

    async def step(self, sessions: int, seconds: float) -> Step:
        """Let sessions come until there are so many, and watch them."""
        while len(self.tasks) < sessions:
            self.tasks.append(asyncio.create_task(self._visitor(len(self.tasks))))
            await asyncio.sleep(1 / OPENING)
        while self.entered < sessions and not self.errors:
            await asyncio.sleep(0.1)
        await asyncio.sleep(SETTLING)
        self.took.clear()
        before, client, _ = self._usages(), time.process_time(), psutil.cpu_percent()
        await asyncio.sleep(seconds)
        took = sorted(self.took + [time.perf_counter() - begun for begun in self.under_way])
        client, after, machine = time.process_time() - client, self._usages(), psutil.cpu_percent()
        proxy, *apps = (late.cpu - early.cpu for early, late in zip(before, after, strict=True))
        return Step(
            sessions, len(self.took), quantile(took, 0.95), sum(apps), proxy, client, machine,
            statistics.median(self.sizes or [0]),
        )  # fmt: skip

    async def leave(self) -> None:
        """Close all sessions."""
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    def _usages(self) -> list[Usage]:
        return [server.usage() for server in (self.runs.proxy, *self.runs.processes.values())]

    async def _visitor(self, number: int) -> None:
        rng = random.Random(number)
        try:
            async with AsyncExitStack() as stack:
                session = await visit(self.load, stack)
                self.entered += 1
                await asyncio.sleep(self.load.think * rng.random())
                while True:
                    begun = time.perf_counter()
                    self.under_way.add(begun)
                    run = await session.edit(rng.choice(self.load.boxes), next(self.texts))
                    self.under_way.remove(begun)
                    self.sizes.append(run.received)
                    self.took.append(time.perf_counter() - begun)
                    await asyncio.sleep(self.load.think * rng.uniform(0.5, 1.5))
        except Exception as error:  # the others go on; the step tells
            self.errors[f"{type(error).__name__}: {error}"] += 1


def main() -> int:
    """Measure in turns; the exit status is 1 when two processes hold too few sessions."""
    scale = _options()
    held: dict[int, list[float]] = {1: [], 2: []}
    steps: list[Step] = []
    for _ in range(scale.rounds):
        for processes, results in held.items():
            (sessions, seen), others = noise.during(partial(uvloop.run, _hold(processes, scale)))
            results.append(sessions)
            steps += seen
            _say(f"held by {processes}: {sessions:.0f} sessions; other processes took {others:.0%} of the machine\n")
    one, two = statistics.median(held[1]), statistics.median(held[2])
    _say(f"\n{one:.0f} sessions with one process, {two:.0f} with two: {two / one:.2f} times, {RATIO} wanted\n\n")
    costs = Costs(**_edit(steps), **uvloop.run(_idle(scale.idle)), **_cold(scale.cold))
    _say(f"{costs_table(costs)}\nfor benchmarks/capacity.py: {costs}\n")
    return 0 if two / one >= RATIO else 1


async def _hold(processes: int, scale: Scale) -> tuple[float, list[Step]]:
    """Find how many sessions keep p95 within the limit: between the last step that does and the first that does not."""
    with behind(HOME, processes) as runs:
        crowd = Crowd(runs)
        await crowd.step(scale.first * processes, WARMING)
        steps = [await _twice(crowd, scale.first * processes, scale.seconds)]
        _say(f"{processes} process{'es' * (processes > 1)}\n  {steps[-1].line()}\n")
        while steps[-1].p95 <= LIMIT and not crowd.errors:
            steps.append(await _twice(crowd, round(steps[-1].sessions * scale.more), scale.seconds))
            _say(f"  {steps[-1].line()}\n")
        await crowd.leave()
    if crowd.errors:
        raise RuntimeError(f"the sessions met errors: {crowd.errors.most_common(3)}")
    last = steps[-1]
    if len(steps) == 1:
        return last.sessions * LIMIT / last.p95, steps
    before = steps[-2]
    share = (LIMIT - before.p95) / (last.p95 - before.p95)
    return before.sessions + share * (last.sessions - before.sessions), steps


async def _twice(crowd: Crowd, sessions: int, seconds: float) -> Step:
    """Watch so many sessions, and once more where they seem too many: another program may have been in the way."""
    step = await crowd.step(sessions, seconds)
    return step if step.p95 <= LIMIT else min(step, await crowd.step(sessions, seconds), key=lambda one: one.p95)


def _edit(steps: list[Step]) -> dict[str, float]:
    """Say what an edit costs."""
    return {
        "edit": round(1e3 * statistics.median(step.app / step.edits for step in steps), 1),
        "edit_proxy": round(1e3 * statistics.median(step.proxy / step.edits for step in steps), 2),
        "edit_size": round(statistics.median(step.size for step in steps) / 1e3),
    }


async def _idle(sessions: int) -> dict[str, float]:
    """Say what a process takes, and what sessions that only look add to it."""
    with behind(HOME, 1) as runs:
        app, proxy = runs.processes["8501"], runs.proxy
        async with AsyncExitStack() as stack:
            await visit(Load(runs.url), stack)  # what the first one loads is not a session's
            few, few_proxy = app.usage(), proxy.usage()
            for _ in range(sessions):
                await visit(Load(runs.url), stack)
            many, many_proxy = app.usage(), proxy.usage()
    return {
        "process": round(few.memory),
        "session": round(1e3 * (many.memory - few.memory) / sessions),
        "session_proxy": round(1e3 * (many_proxy.memory - few_proxy.memory) / sessions),
        "files": round((many.files - few.files) / sessions),
        "files_proxy": round((many_proxy.files - few_proxy.files) / sessions),
    }


def _cold(times: int) -> dict[str, float]:
    """Say what browsers with an empty cache cost: processor time until the first picture, and bytes."""
    with behind(HOME, 1) as runs:
        app, proxy = runs.processes["8501"], runs.proxy
        browser.open_cold(runs.url, 1)  # fills the proxy's cache
        begun = app.usage().cpu
        plain = browser.open_cold(app.url, times)
        straight, begun_proxy = app.usage().cpu, proxy.usage().cpu
        packed = browser.open_cold(runs.url, times)
        behind_it, in_proxy = app.usage().cpu - straight, proxy.usage().cpu - begun_proxy
    return {
        "opening": round(1e3 * behind_it / times),
        "opening_proxy": round(1e3 * in_proxy / times),
        "opening_plain": round(1e3 * (straight - begun) / times),
        "cold": round(packed / 1e6, 2),
        "cold_plain": round(plain / 1e6, 2),
    }


def _options() -> Scale:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="one round of long steps: a look, not a result")
    return QUICK if parser.parse_args().quick else FULL


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
