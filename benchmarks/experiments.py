"""What is measured, one function an experiment; each takes an app and gives one figure for each of its rows."""

from __future__ import annotations

import asyncio
import json
import math
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import browser
from loadclient import BOXES, Load, Outcome, Times, classroom
from server import App, Usage, serve

FLAT = 0.05  # memory counts as flat when it grows by less between the first and the last mark
HERE = Path(__file__).resolve().parent
HOME = App("this app", HERE.parent / "app.py", HERE.parent)
Figures = dict[str, "Figure"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number."""

    value: float  # seconds, or MB
    at_least: bool = False
    sound: bool = True  # no errors, nothing cut off, all charts there, flat
    note: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """How much of everything; edits are a session's."""

    edits_100: int
    edits_200: int
    openings: int
    starts: int
    loads: int
    words: int
    limit: float  # seconds for one load


@dataclass(slots=True)
class Watched:
    """A load and what it did to the server."""

    outcome: Outcome
    marks: dict[int, Usage]  # finished edits -> usage; 0 is when the last session was open
    charts: int  # that the first page should have


FULL = Scale(edits_100=12, edits_200=15, openings=3, starts=5, loads=5, words=20, limit=300)
QUICK = Scale(edits_100=4, edits_200=5, openings=1, starts=2, loads=3, words=8, limit=120)
BARE_FULL = Scale(edits_100=3, edits_200=2, openings=1, starts=3, loads=3, words=20, limit=180)
BARE_QUICK = Scale(edits_100=1, edits_200=1, openings=1, starts=2, loads=1, words=8, limit=150)


def check(app: App) -> None:
    """Make sure that the page runs and takes an edit, before anything is measured."""
    with serve(app) as server:
        outcome = asyncio.run(classroom(Load(server.url, edits=1, think=0.1, limit=60)))
        if outcome.errors or not outcome.edits.done:
            raise RuntimeError(f"{app.name} does not run: {', '.join(outcome.errors)}\n{server.said()}")


def classroom_100(app: App, scale: Scale) -> Figures:
    """One hundred sessions, an edit every five seconds each."""
    watched = _watch(app, sessions=100, edits=scale.edits_100, limit=scale.limit)
    return {"p95-100": _p95(watched), "cpu": _cpu_per_edit(watched)}


def classroom_200(app: App, scale: Scale) -> Figures:
    """Two hundred sessions, an edit every five seconds each."""
    watched = _watch(app, sessions=200, edits=scale.edits_200, limit=scale.limit)
    return {"p95-200": _p95(watched), "memory-200": _memory(watched)}


def opening(app: App, scale: Scale) -> Figures:
    """Forty students who open the link within one second on a server that has just started."""
    return {"opening": _last_page(app, scale, with_files=False)}


def opening_with_files(app: App, scale: Scale) -> Figures:
    """The same forty, with browsers that must fetch Streamlit's own files as well."""
    return {"opening-files": _last_page(app, scale, with_files=True)}


def start(app: App, scale: Scale) -> Figures:
    """From the command to the first complete page."""
    seconds = []
    charts = set()
    for _ in range(scale.starts + 1):  # the first warms the disk
        begin = time.perf_counter()
        with serve(app) as server:
            outcome = asyncio.run(classroom(Load(server.url, limit=scale.limit)))
            seconds.append(time.perf_counter() - begin)
            charts.add(outcome.charts)
    note = f"{_spread(seconds[1:])} s; charts on the page: {', '.join(map(str, charts))}"
    return {"start": Figure(statistics.median(seconds[1:]), sound=charts == {app.charts}, note=note)}


def typing(app: App, scale: Scale) -> Figures:
    """From the last letter to the chart that shows the word, in Chromium."""
    with serve(app) as server:
        pause = asyncio.run(classroom(Load(server.url, limit=scale.limit))).typing_pause
        times = browser.type_words(server.url, label=BOXES[0], pause=pause, edits=scale.words)
    first, last = (sorted(seconds) for seconds in (times.first_chart, times.last_chart))
    note = (
        f"{len(first)} words, typing pause {pause or 0:.1f} s not counted; p50 {_ms(first, 0.5)}, "
        f"all charts redrawn p50 {_ms(last, 0.5)}, p95 {_ms(last, 0.95)}; "
        f"from the last message to the first new chart p50 {_ms(sorted(times.drawing), 0.5)}"
    )
    return {"typing": Figure(quantile(first, 0.95), note=note)}


def vectors(app: App, scale: Scale) -> Figures:
    """The bundled vectors in a fresh process; instead of the bare app, gensim reading the same words from text."""
    with TemporaryDirectory() as folder:
        arguments = []
        if app != HOME:
            arguments = [str(Path(folder, "words.txt"))]
            _fresh("vectorload.py", "--write", *arguments)
        loads = [_fresh("vectorload.py", *arguments) for _ in range(scale.loads)]
    seconds, memory = [load["seconds"] for load in loads], [load["memory"] for load in loads]
    note = f"{loads[0]['words']:,} words; {_spread(seconds, 3)} s, {_spread(memory, 0)} MB"
    return {
        "vectors-time": Figure(statistics.median(seconds), note=note),
        "vectors-memory": Figure(statistics.median(memory), note=note),
    }


def training(app: App, scale: Scale) -> Figures:
    """One hundred steps of training in a fresh process; instead of the bare app, products of matrices."""
    took = _fresh("trainload.py", str(scale.loads))
    name = "training" if app == HOME else "yardstick"
    note = f"median of {scale.loads}; {took['ratio']:.2f} times the yardstick, {took['words']:,} words"
    return {"training": Figure(took[name], note=note)}


def _watch(app: App, *, sessions: int, edits: int, limit: float) -> Watched:
    total = sessions * edits
    marks: dict[int, Usage] = {}
    with serve(app) as server:

        def progress(edit: int) -> None:
            if edit in (0, total // 3, total * 2 // 3, total):
                marks[edit] = server.usage()

        load = Load(server.url, sessions=sessions, edits=edits, ramp=sessions / 10, limit=limit)
        outcome = asyncio.run(classroom(load, progress))
        marks[len(outcome.edits.done)] = server.usage()
        return Watched(outcome, marks, app.charts)


def _p95(watched: Watched) -> Figure:
    outcome = watched.outcome
    errors = sum(outcome.errors.values())
    usage = max(watched.marks.items())[1]
    note = (
        f"{len(outcome.edits.done):,} edits, {errors} errors, {len(outcome.edits.cut_off)} cut off; "
        f"p50 {_ms(_both(outcome.edits), 0.5)}, p99 {_ms(_both(outcome.edits), 0.99)}; "
        f"first page p50 {_ms(_both(outcome.opened), 0.5)}, p95 {_ms(_both(outcome.opened), 0.95)}; "
        f"{statistics.median(outcome.received or [0]) / 1e3:.0f} kB an edit; {usage.files} files open; "
        f"client {outcome.client_cpu / outcome.wall:.0%} of a core"
    )
    for error, count in outcome.errors.most_common(3):
        note += f"; {count} × {error}"
    whole = not errors and not outcome.edits.cut_off and not outcome.opened.cut_off
    return Figure(
        quantile(_both(outcome.edits), 0.95),
        at_least=bool(outcome.edits.cut_off),
        sound=whole and outcome.charts == watched.charts,
        note=note,
    )


def _cpu_per_edit(watched: Watched) -> Figure:
    (first, before), (last, after) = min(watched.marks.items()), max(watched.marks.items())
    return Figure((after.cpu - before.cpu) / (last - first) if last > first else math.nan, note=f"over {last:,} edits")


def _memory(watched: Watched) -> Figure:
    marks = sorted(watched.marks.items())
    note = ", ".join(f"{usage.memory:.0f} MB after {edits:,} edits" for edits, usage in marks)
    first, last = marks[min(1, len(marks) - 1)][1].memory, marks[-1][1].memory
    return Figure(last, sound=last <= first * (1 + FLAT), note=note)


def _last_page(app: App, scale: Scale, *, with_files: bool) -> Figure:
    outcomes = []
    for _ in range(scale.openings):
        with serve(app) as server:
            load = Load(server.url, sessions=40, ramp=1.0, with_files=with_files, limit=scale.limit)
            outcomes.append(asyncio.run(classroom(load)))
    seconds = [outcome.wall if outcome.all_open is None else outcome.all_open for outcome in outcomes]
    sound = all(len(outcome.opened.done) == 40 for outcome in outcomes)
    client = max(outcome.client_cpu / outcome.wall for outcome in outcomes)
    p50 = _ms(_both(outcomes[0].opened), 0.5)
    note = f"{_spread(seconds)} s; one student's page p50 {p50}; client {client:.0%} of a core"
    return Figure(statistics.median(seconds), at_least=not sound, sound=sound, note=note)


def _fresh(script: str, *arguments: str) -> dict[str, float]:
    """Run a script of this folder in a process of its own, and take its answer."""
    command = [sys.executable, str(HERE / script), *arguments]
    environment = os.environ | {"PYTHONPATH": str(HOME.folder)}
    answer = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=600, check=True)
    loaded: dict[str, float] = json.loads(answer.stdout)
    return loaded


def _both(times: Times) -> list[float]:
    """Sort what was finished and what was cut off, which took at least as long."""
    return sorted(times.done + times.cut_off)


def quantile(ordered: list[float], share: float) -> float:
    """Give the value that such a share of them does not exceed; NaN where there are none."""
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else math.nan


def _ms(ordered: list[float], share: float) -> str:
    return f"{quantile(ordered, share) * 1e3:,.0f} ms"


def _spread(values: list[float], digits: int = 2) -> str:
    return f"{len(values)} times, {min(values):.{digits}f} to {max(values):.{digits}f}"
