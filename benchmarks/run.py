"""Measure the app and a bare Streamlit app side by side and print one table: `python benchmarks/run.py`.

The app is started as the README says, from the repository's root; the bare app from an empty folder, so that it has
no configuration. benchmarks/README.md says how to read the table.
"""

from __future__ import annotations

import argparse
import math
import os
import platform
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TextIO

import away
import edits
import experiments
import growth
import noise
from experiments import BARE_FULL, BARE_QUICK, FULL, HERE, HOME, QUICK, Figure, Figures, Scale
from server import App


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table and its target."""

    key: str
    what: str
    target: float = math.inf  # seconds or MB, at most
    unit: str = "ms"
    times: float = 0  # the bare app's figure must be at least so many times ours


@dataclass(frozen=True, slots=True)
class Pair:
    """A row with what was measured."""

    row: Row
    ours: Figure
    theirs: Figure

    @property
    def met(self) -> bool:
        """Whether our figure is sound and reaches its target."""
        small = self.ours.value <= self.row.target and self.theirs.value >= self.row.times * self.ours.value
        return self.row.target == math.inf or (self.ours.sound and not self.ours.at_least and small)


Measure = Callable[[App, Scale], Figures]
EXPERIMENTS: dict[str, tuple[Measure, tuple[Row, ...]]] = {
    "start": (
        experiments.start,
        (Row("start", "server start to the first complete page, warm disk", 2.5, "s"),),
    ),
    "opening": (
        experiments.opening,
        (Row("opening", "40 students open the link in one second, server just started: the last page", 2.5, "s"),),
    ),
    "files": (
        experiments.opening_with_files,
        (Row("opening-files", "the same, and each fetches Streamlit's own 7 MB of files", unit="s"),),
    ),
    "100": (
        experiments.classroom_100,
        (
            Row("p95-100", "100 sessions, an edit every 5 s each: p95 from edit to finished run", 0.060, times=50),
            Row("cpu", "processor time of the server for an edit"),
        ),
    ),
    "200": (
        experiments.classroom_200,
        (
            Row("p95-200", "200 sessions, an edit every 5 s each: p95 from edit to finished run", 0.120),
            Row("memory-200", "memory of the server after those edits, and flat", 240, "MB"),
        ),
    ),
    "typing": (
        experiments.typing,
        (Row("typing", "browser: from the last letter to the new chart, p95", 0.200),),
    ),
    "vectors": (
        experiments.vectors,
        (
            Row("vectors-time", "bundled vectors: time to load (beside it: gensim, from text)", 0.060),
            Row("vectors-memory", "bundled vectors: memory (beside it: gensim, from text)", 45, "MB"),
        ),
    ),
    "train": (
        experiments.training,
        (
            Row(
                "training",
                "training, 100 steps on 400 sentences: processor time (beside it: 100 products, 1000 × 1000)",
                unit="s",
            ),
        ),
    ),
}
ROWS = [*EXPERIMENTS, "edits", "growth", "transformer", "away"]
HEAD = "| what | this app | bare app | bare / this | target | |\n| --- | ---: | ---: | ---: | ---: | --- |\n"


def main() -> int:
    """Run what was asked for; the exit status is 1 when a target was missed."""
    options = _options()
    pairs, notes, met = [], [], True
    with TemporaryDirectory() as folder:
        bare = App("bare app", HERE / "bare_app.py", Path(folder), charts=4)
        for app in (HOME, bare):
            experiments.check(app)
        for name in (row for row in options.rows if row in EXPERIMENTS):
            measure, rows = EXPERIMENTS[name]
            _say(f"{name}: {(measure.__doc__ or '').strip()}\n", sys.stderr)
            ours, our_noise = _measure(measure, HOME, QUICK if options.quick else FULL, options.wait)
            theirs, their_noise = _measure(measure, bare, BARE_QUICK if options.quick else BARE_FULL, options.wait)
            measured = [Pair(row, ours[row.key], theirs[row.key]) for row in rows]
            pairs += measured
            notes += [_notes(pair) for pair in measured]
            notes.append(f"- other processes took {our_noise:.0%} of the machine, then {their_noise:.0%}\n\n")
    _say(f"{_machine()}\n\n{HEAD * bool(pairs)}{''.join(map(_line, pairs))}\n{''.join(notes)}")
    if "edits" in options.rows:
        edits_, turns = (20, 3) if options.quick else (60, 5)
        noise.wait_for_quiet(options.wait)
        costs, others = noise.during(lambda: edits.measure(HOME, edits_, turns))
        met = all(map(edits.met, costs))
        _say(f"{edits.table(costs)}\nMedians of {turns} turns of {edits_} edits each; others took {others:.0%}.\n\n")
    if "growth" in options.rows:
        noise.wait_for_quiet(options.wait)
        _say(growth.table(10 if options.quick else 40))
    if "transformer" in options.rows:
        noise.wait_for_quiet(options.wait)
        command = [sys.executable, str(HERE / "transformerload.py"), str(10 if options.quick else 40)]
        met &= subprocess.run(command, env=os.environ | {"PYTHONPATH": str(HERE.parent)}).returncode == 0
    if "away" in options.rows:
        noise.wait_for_quiet(options.wait)
        (text, kept), others = noise.during(lambda: away.measure(HOME, 2 if options.quick else 5))
        met &= kept
        _say(f"{text}\nOthers took {others:.0%}.\n\n")
    return 0 if met and all(pair.met for pair in pairs) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", nargs="+", choices=ROWS, default=ROWS, help="only these")
    parser.add_argument("--quick", action="store_true", help="fewer edits and repetitions: a look, not a result")
    parser.add_argument("--wait", type=float, default=0, help="seconds to wait at most, each time, for a quiet machine")
    return parser.parse_args()


def _measure(measure: Measure, app: App, scale: Scale, wait: float) -> tuple[Figures, float]:
    noise.wait_for_quiet(wait)
    return noise.during(lambda: measure(app, scale))


def _machine() -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in ("streamlit", "plotly", "gensim", "numpy"))
    return f"{platform.system()}, {os.cpu_count()} cores, Python {platform.python_version()}, {packages}"


def _line(pair: Pair) -> str:
    row, ours, theirs = pair.row, pair.ours, pair.theirs
    ratio = theirs.value / ours.value if ours.value else math.nan
    compared = f"{'≥ ' * theirs.at_least}{ratio:.{0 if ratio >= 10 else 1}f}"
    target = f"≤ {_amount(row.target, row.unit)}" + f", {row.times:.0f} times" * bool(row.times)
    verdict = "met" if pair.met else "missed"
    if row.target == math.inf:
        target = verdict = ""
    return f"| {row.what} | {_figure(ours, row)} | {_figure(theirs, row)} | {compared} | {target} | {verdict} |\n"


def _figure(figure: Figure, row: Row) -> str:
    return "≥ " * figure.at_least + _amount(figure.value, row.unit)


def _amount(value: float, unit: str) -> str:
    if unit == "ms":
        return f"{value * 1e3:,.0f} ms" if value >= 0.02 else f"{value * 1e3:.1f} ms"
    return f"{value:,.0f} {unit}" if unit == "MB" else f"{value:.2f} {unit}"


def _notes(pair: Pair) -> str:
    return f"- {pair.row.what}\n  - this app: {pair.ours.note}\n  - bare app: {pair.theirs.note}\n"


def _say(text: str, stream: TextIO = sys.stdout) -> None:
    stream.write(text)
    stream.flush()


if __name__ == "__main__":
    sys.exit(main())
