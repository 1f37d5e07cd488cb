"""Measure the app and a bare Streamlit app side by side and print one table: `python benchmarks/run.py`.

The app is started as the README says, from the repository's root; the bare app from an empty folder, so that it has
no configuration. See benchmarks/README.md for how to read the table.
"""

from __future__ import annotations

import argparse
import math
import os
import platform
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import experiments
from experiments import BARE_FULL, BARE_QUICK, FULL, HERE, HOME, QUICK, Figure, Figures, Scale
from server import App


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table and its target."""

    key: str
    what: str
    target: float               # seconds or MB, at most
    unit: str = "ms"
    times: float = 0            # the bare app's figure must be at least so many times ours


EXPERIMENTS: dict[str, tuple[Callable[[App, Scale], Figures], tuple[Row, ...]]] = {
    "start": (
        experiments.start,
        (Row("start", "server start to the first complete page, warm disk", 2.5, "s"),),
    ),
    "opening": (
        experiments.opening,
        (Row("opening", "40 students open the link in one second, server just started: the last page", 3, "s"),),
    ),
    "files": (
        experiments.opening_with_files,
        (Row("opening-files", "the same, with Streamlit's own files (no target)", math.inf, "s"),),
    ),
    "100": (
        experiments.classroom_100,
        (
            Row("p95-100", "100 sessions, an edit every 5 s each: p95 from edit to finished run", 0.060, times=50),
            Row("cpu", "processor time of the server for an edit", 0.020),
        ),
    ),
    "200": (
        experiments.classroom_200,
        (
            Row("p95-200", "200 sessions, an edit every 5 s each: p95 from edit to finished run", 0.120),
            Row("memory-200", "memory of the server after those edits, and flat", 280, "MB"),
        ),
    ),
    "typing": (
        experiments.typing,
        (Row("typing", "browser: from the last letter to the new chart, p95", 0.200),),
    ),
    "vectors": (
        experiments.vectors,
        (
            Row("vectors-time", "bundled vectors: load (beside it gensim, from text)", 0.060),
            Row("vectors-memory", "bundled vectors: memory (beside it gensim, from text)", 45, "MB"),
        ),
    ),
}
HEAD = """| what | this app | bare app | ratio | target | |
| --- | ---: | ---: | ---: | ---: | --- |
"""


def main() -> int:
    """Run what was asked for; the exit status is 1 when a target was missed."""
    options = _options()
    rows, notes, met = [], [], True
    with TemporaryDirectory() as folder:
        bare = App("bare app", HERE / "bare_app.py", Path(folder))
        for name in options.rows:
            measure, lines = EXPERIMENTS[name]
            _say(f"{name}: {(measure.__doc__ or '').strip()}\n", sys.stderr)
            load = os.getloadavg()[0]
            ours = measure(HOME, QUICK if options.quick else FULL)
            theirs = measure(bare, BARE_QUICK if options.quick else BARE_FULL)
            for row in lines:
                rows.append(_line(row, ours[row.key], theirs[row.key]))
                notes.append(_notes(row, ours[row.key], theirs[row.key]))
                met = met and _met(row, ours[row.key], theirs[row.key])
            notes.append(f"  (load average before: {load:.1f})\n")
    _say(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores\n\n")
    _say(HEAD + "".join(rows) + "\n" + "".join(notes))
    return 0 if met else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", nargs="+", choices=EXPERIMENTS, default=list(EXPERIMENTS), help="only these")
    parser.add_argument("--quick", action="store_true", help="fewer edits and repetitions: a look, not a result")
    return parser.parse_args()


def _line(row: Row, ours: Figure, theirs: Figure) -> str:
    ratio = theirs.value / ours.value if ours.value else math.nan
    target = "" if row.target == math.inf else f"≤ {_amount(row.target, row.unit)}"
    if row.times:
        target += f", {row.times:.0f} ×"
    verdict = "" if row.target == math.inf else "met" if _met(row, ours, theirs) else "missed"
    least = "≥ " if theirs.at_least else ""
    return (
        f"| {row.what} | {_figure(ours, row)} | {_figure(theirs, row)} "
        f"| {least}{ratio:.{0 if ratio >= 10 else 1}f} × | {target} | {verdict} |\n"
    )


def _met(row: Row, ours: Figure, theirs: Figure) -> bool:
    small = ours.value <= row.target and theirs.value >= row.times * ours.value
    return row.target == math.inf or (ours.sound and not ours.at_least and small)


def _figure(figure: Figure, row: Row) -> str:
    return ("≥ " if figure.at_least else "") + _amount(figure.value, row.unit)


def _amount(value: float, unit: str) -> str:
    if unit == "ms":
        return f"{value * 1e3:,.0f} ms" if value >= 0.1 else f"{value * 1e3:.1f} ms"
    return f"{value:,.0f} {unit}" if unit == "MB" else f"{value:.2f} {unit}"


def _notes(row: Row, ours: Figure, theirs: Figure) -> str:
    return f"- {row.key}\n  - this app: {ours.note}\n  - bare app: {theirs.note}\n"


def _say(text: str, stream: object = None) -> None:
    (stream or sys.stdout).write(text)


if __name__ == "__main__":
    sys.exit(main())
