"""What so many people need, reckoned from what was measured.

`python benchmarks/capacity.py` writes the tables of docs/capacity.md.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).resolve().parents[1] / "docs" / "capacity.md"
PAUSE = 5  # seconds from one edit to the next, of one who types
USE = 0.5  # of a core, at most: the rest is for the moments in which many type at once
CONNECTIONS = 20_000  # that one HAProxy takes: maxconn in deploy/haproxy.cfg


@dataclass(frozen=True, slots=True)
class Costs:
    """What `python benchmarks/processes.py` prints; after a new run, its figures go here."""

    edit: float = 10.4  # ms of a core in the app
    edit_proxy: float = 0.3  # ms of a core in HAProxy
    edit_size: float = 17  # kB sent
    opening: float = 33  # ms in the app: a first page, its files from HAProxy
    opening_proxy: float = 40  # ms in HAProxy
    opening_plain: float = 153  # ms in the app without HAProxy
    cold: float = 3.71  # MB that a browser with an empty cache fetches
    cold_plain: float = 7.95  # MB without HAProxy
    process: float = 206  # MB
    session: float = 95  # kB in the app
    session_proxy: float = 7  # kB in HAProxy
    files: float = 4  # that a session keeps open in the app
    files_proxy: float = 2  # and in HAProxy


@dataclass(frozen=True, slots=True)
class Audience:
    """Who comes: how many, how many of them type at the same time, and within how many minutes they open the link."""

    name: str
    people: int
    typing: float
    minutes: float


AUDIENCES = (
    Audience("a class", 30, 1, 1),
    Audience("a lecture", 300, 1, 1),
    Audience("a school", 3_000, 0.5, 5),
    Audience("a course on the web", 100_000, 0.2, 60),
)


@dataclass(frozen=True, slots=True)
class Need:
    """What an audience needs."""

    edits: float  # a second
    cores: float  # busy, of the app
    processes: int
    proxy: float  # cores busy, of HAProxy
    proxies: int
    memory: float  # GB, all processes, without sets by name
    files: float  # open in a process
    opening: float  # Mbit/s while they open the link
    opening_plain: float  # the same without HAProxy
    typing: float  # Mbit/s while they type


def need(audience: Audience, costs: Costs) -> Need:
    """Reckon what an audience needs while some still open the link and others type.

    Examples
    --------
    Thirty who type every five seconds make 6 edits a second of 20 ms; one opens every two seconds, which takes 40 ms.

    >>> need(Audience("a class", 30, 1, 1), Costs(edit=20, opening=40)).cores
    0.14
    """
    people = audience.people
    edits = people * audience.typing / PAUSE
    arrivals = people / (60 * audience.minutes)
    cores = (edits * costs.edit + arrivals * costs.opening) / 1e3
    processes = math.ceil(cores / USE)
    return Need(
        edits=edits,
        cores=cores,
        processes=processes,
        proxy=(edits * costs.edit_proxy + arrivals * costs.opening_proxy) / 1e3,
        proxies=math.ceil(people / CONNECTIONS),
        memory=(processes * costs.process + people * costs.session / 1e3) / 1e3,
        files=math.ceil(people / processes) * costs.files,
        opening=arrivals * costs.cold * 8,
        opening_plain=arrivals * costs.cold_plain * 8,
        typing=edits * costs.edit_size * 8 / 1e3,
    )


def costs_table(costs: Costs) -> str:
    """Give what was measured as a table."""
    return _table(
        ("measured", "in the app", "in HAProxy", "sent"),
        (
            ("an edit", f"{costs.edit:g} ms", f"{costs.edit_proxy:g} ms", f"{costs.edit_size:g} kB"),
            (
                "a first page, the browser's cache empty",
                f"{costs.opening:g} ms",
                f"{costs.opening_proxy:g} ms",
                f"{costs.cold:g} MB",
            ),
            ("the same without HAProxy", f"{costs.opening_plain:g} ms", "", f"{costs.cold_plain:g} MB"),
            (
                "a session",
                f"{costs.session:g} kB, {costs.files:g} open files",
                f"{costs.session_proxy:g} kB, {costs.files_proxy:g} open files",
                "",
            ),
            ("a process with nobody in it", f"{costs.process:g} MB", "", ""),
        ),
    )


def needs_table(costs: Costs) -> str:
    """Give what each audience needs as a table, an audience a column."""
    needs = [need(audience, costs) for audience in AUDIENCES]
    return _table(
        ("", *(audience.name for audience in AUDIENCES)),
        (
            ("people", *(f"{audience.people:,}" for audience in AUDIENCES)),
            ("of them typing at once", *(f"{100 * audience.typing:g} %" for audience in AUDIENCES)),
            ("open the link within", *(f"{audience.minutes:g} min" for audience in AUDIENCES)),
            ("edits a second", *(f"{one.edits:,.0f}" for one in needs)),
            ("cores busy, app", *(f"{one.cores:.2f}" for one in needs)),
            (f"**processes**, a core each at most {100 * USE:g} % busy", *(f"**{one.processes:,}**" for one in needs)),
            ("cores busy, HAProxy", *(f"{one.proxy:.2f}" for one in needs)),
            (f"HAProxies, {CONNECTIONS:,} connections each", *(f"{one.proxies}" for one in needs)),
            ("**memory**, all processes", *(f"**{one.memory:.1f} GB**" for one in needs)),
            ("open files of a process", *(f"{one.files:,}" for one in needs)),
            ("network while they open it", *(f"{one.opening:,.0f} Mbit/s" for one in needs)),
            ("the same without HAProxy", *(f"{one.opening_plain:,.0f} Mbit/s" for one in needs)),
            ("network while they type", *(f"{one.typing:,.0f} Mbit/s" for one in needs)),
        ),
    )


def with_tables(page: str, costs: Costs) -> str:
    """Put the tables into the page, in place of those that stand there."""
    tables = iter((costs_table(costs), needs_table(costs)))
    return re.sub(r"(?:^\|.*\n)+", lambda _: next(tables), page, flags=re.MULTILINE)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ("---", *("---:" for _ in head[1:])), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    PAGE.write_text(with_tables(PAGE.read_text(), Costs()))
