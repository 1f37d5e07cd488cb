"""Measure each source of word vectors against gensim, and print one table: `python benchmarks/reading.py`.

Each reading runs in a fresh process that has imported everything already; the two take turns, and each ratio is that
of one turn. Seconds are those of the processor, which other processes disturb less than the clock; memory is the
highest during the reading, less what the process had before. benchmarks/README.md says what gensim does in each row.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import noise
import psutil
import readingsources
from readingsources import SOURCES

SIZES = ((75_000, 50), (50_000, 300))
QUICK = ((20_000, 50), (4_000, 300))
TIME, MEMORY = 1.2, 1.1  # times what gensim needs, at most
MB = 1e6
HEAD = (
    "| source | words × numbers | file | processor time | gensim | ratio | on the clock | peak memory | gensim "
    "| ratio | |\n| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |\n"
)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one reading took: seconds, seconds of the processor, bytes at the highest."""

    seconds: float
    processor: float
    peak: float


Turn = tuple[Cost, Cost]  # this library, then gensim


def main() -> int:
    """Measure each source and size; the exit status is 1 when a target was missed."""
    options = _options()
    if options.one:
        reader, source, path = options.one
        _say(json.dumps(_one(reader, source, Path(path))))
        return 0
    met, others = [], []
    _say(HEAD)
    with TemporaryDirectory() as folder:
        for source in options.sources:
            for rows, dimensions in _sizes(source, quick=options.quick, widths=options.widths):
                noise.wait_for_quiet(options.wait)
                path = SOURCES[source].write(Path(folder), rows, dimensions)
                turns, share = noise.during(partial(_turns, source, path, options.times))
                _say(_line(source, f"{rows:,} × {dimensions}", path.stat().st_size, turns))
                met.append(_met(turns))
                others.append(share)
                if path.is_relative_to(folder):
                    path.unlink()
    _say(f"\nMedians of {options.times}. Other processes took {max(others):.0%} of the machine at most.\n")
    return 0 if all(met) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", nargs="+", choices=SOURCES, default=list(SOURCES), help="only these")
    parser.add_argument("--widths", nargs="+", type=int, default=[50, 300], help="only so many numbers for each word")
    parser.add_argument("--times", type=int, default=5, help="how often each is measured")
    parser.add_argument("--quick", action="store_true", help="fewer rows: a look, not a result")
    parser.add_argument("--wait", type=float, default=0, help="seconds to wait at most, each time, for a quiet machine")
    parser.add_argument("--one", nargs=3, metavar=("READER", "SOURCE", "FILE"), help=argparse.SUPPRESS)
    return parser.parse_args()


def _sizes(source: str, *, quick: bool, widths: list[int]) -> list[tuple[int, int]]:
    sizes = readingsources.SIZE_OF_BUNDLED if source.startswith("bundled") else QUICK if quick else SIZES
    return [size for size in sizes if size[1] in widths]


def _turns(source: str, path: Path, times: int) -> list[Turn]:
    """Let both read, one after the other, the first of them changing."""
    turns = []
    for turn in range(times):
        costs = {reader: _cost(reader, source, path) for reader in sorted(("ours", "gensim"), reverse=bool(turn % 2))}
        turns.append((costs["ours"], costs["gensim"]))
    return turns


def _cost(reader: str, source: str, path: Path) -> Cost:
    command = [sys.executable, __file__, "--one", reader, source, str(path)]
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    answer = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=900, check=True)
    return Cost(**json.loads(answer.stdout))


def _one(reader: str, source: str, path: Path) -> dict[str, float]:
    """Read once, in this process."""
    read = SOURCES[source].ours if reader == "ours" else SOURCES[source].gensim
    gc.collect()
    _forget_peak()
    before = psutil.Process().memory_info().rss
    start, processor = time.perf_counter(), time.process_time()
    result = read(path)
    seconds, processor = time.perf_counter() - start, time.process_time() - processor
    peak = _peak() - before
    if not len(result):
        raise SystemExit(f"{path} was not read")
    return {"seconds": seconds, "processor": processor, "peak": peak}


def _forget_peak() -> None:
    """Let Linux forget the highest memory so far, that of the imports."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _peak() -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) * 1024


def _middle(turns: list[Turn], figure: Callable[[Cost], float]) -> tuple[float, float, float]:
    """Give the median of ours, of gensim's, and of the ratios of single turns."""
    ours, theirs = [figure(one) for one, _ in turns], [figure(other) for _, other in turns]
    ratios = [mine / other for mine, other in zip(ours, theirs, strict=True)]
    return statistics.median(ours), statistics.median(theirs), statistics.median(ratios)


def _met(turns: list[Turn]) -> bool:
    time_ratio, memory_ratio = _middle(turns, _processor)[2], _middle(turns, _peak_of)[2]
    return time_ratio <= TIME and memory_ratio <= MEMORY


def _processor(cost: Cost) -> float:
    return cost.processor


def _peak_of(cost: Cost) -> float:
    return cost.peak


def _line(source: str, size: str, file: int, turns: list[Turn]) -> str:
    mine, other, ratio = _middle(turns, _processor)
    clock = _middle(turns, lambda cost: cost.seconds)[2]
    cells = [source, size, f"{file / MB:.0f} MB", f"{mine:.2f} s", f"{other:.2f} s", f"{ratio:.2f}", f"{clock:.2f}"]
    mine, other, ratio = _middle(turns, _peak_of)
    cells += [f"{mine / MB:.0f} MB", f"{other / MB:.0f} MB", f"{ratio:.2f}", "met" if _met(turns) else "missed"]
    return f"| {' | '.join(cells)} |\n"


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
