"""Measure reading an upload against gensim reading the same file, and print one table: `python benchmarks/reading.py`.

Each reading runs in a fresh process that has imported everything already; the two take turns. Seconds are those on the
clock and those of the processor, which other processes disturb less; memory is the highest during the reading, less
what the process had before. The files are random numbers, written by gensim except for fastText's form.
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
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import noise
import numpy as np
import psutil
from gensim.models import KeyedVectors

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from selfattn.reading import read_vectors  # noqa: E402  # the repository is not installed
from selfattn.vectors import keyed_vectors  # noqa: E402

SIZES = ((100_000, 50), (20_000, 300))
QUICK = ((20_000, 50), (4_000, 300))
TIME, MEMORY = 1.2, 1.1  # times what gensim needs, at most
MB = 1e6
HEAD = (
    "| form | words × numbers | file | seconds | gensim | ratio | of the processor | gensim | ratio | peak memory "
    "| gensim | ratio | |\n| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |\n"
)
FORMS: dict[str, dict[str, bool]] = {  # as gensim is told to read them
    "word2vec text": {},
    "word2vec binary": {"binary": True},
    "GloVe text": {"no_header": True},
    "fastText text": {},
}


@dataclass(frozen=True, slots=True)
class Cost:
    """What one reading took, or the medians of several: seconds, seconds of the processor, bytes at the highest."""

    seconds: float
    processor: float
    peak: float


def main() -> int:
    """Measure each form and size; the exit status is 1 when a target was missed."""
    options = _options()
    if options.one:
        reader, form, path = options.one
        _say(json.dumps(_one(reader, form, Path(path))))
        return 0
    met, others = [], []
    _say(HEAD)
    with TemporaryDirectory() as folder:
        for form in options.forms:
            for rows, dimensions in QUICK if options.quick else SIZES:
                noise.wait_for_quiet(options.wait)
                path = _write(form, rows, dimensions, Path(folder))
                (ours, theirs), share = noise.during(partial(_turns, form, path, options.times))
                _say(_line(form, f"{rows:,} × {dimensions}", path.stat().st_size, ours, theirs))
                met.append(_met(ours, theirs))
                others.append(share)
                path.unlink()
    _say(f"\nMedians of {options.times}. Other processes took {max(others):.0%} of the machine at most.\n")
    return 0 if all(met) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--forms", nargs="+", choices=FORMS, default=list(FORMS), help="only these")
    parser.add_argument("--times", type=int, default=7, help="how often each is measured")
    parser.add_argument("--quick", action="store_true", help="a fifth of the rows: a look, not a result")
    parser.add_argument("--wait", type=float, default=0, help="seconds to wait at most, each time, for a quiet machine")
    parser.add_argument("--one", nargs=3, metavar=("READER", "FORM", "FILE"), help=argparse.SUPPRESS)
    return parser.parse_args()


def _write(form: str, rows: int, dimensions: int, folder: Path) -> Path:
    path = folder / "vectors"
    matrix = np.random.default_rng(4).normal(scale=0.4, size=(rows, dimensions)).astype(np.float32)
    words = [f"word{i}" for i in range(rows)]
    if form == "fastText text":
        lines: Iterator[str] = (
            f"{word} {' '.join(f'{number:.5g}' for number in row)} \n" for word, row in zip(words, matrix, strict=True)
        )
        with path.open("w", encoding="utf-8") as file:
            file.write(f"{rows} {dimensions}\n")
            file.writelines(lines)
    else:
        vectors = keyed_vectors(words, matrix)
        vectors.save_word2vec_format(str(path), binary=form == "word2vec binary", write_header=form != "GloVe text")
    return path


def _turns(form: str, path: Path, times: int) -> tuple[Cost, Cost]:
    """Let both read, one after the other, the first of them changing; the medians."""
    costs: dict[str, list[Cost]] = {"ours": [], "gensim": []}
    for turn in range(times + 1):
        for reader in sorted(costs, reverse=bool(turn % 2)):
            command = [sys.executable, __file__, "--one", reader, form, str(path)]
            environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
            answer = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=600, check=True)
            if turn:  # the first warms the disk
                costs[reader].append(Cost(**json.loads(answer.stdout)))
    ours, theirs = (_median(costs[reader]) for reader in ("ours", "gensim"))
    return ours, theirs


def _median(costs: list[Cost]) -> Cost:
    median = statistics.median
    return Cost(
        median(cost.seconds for cost in costs),
        median(cost.processor for cost in costs),
        median(cost.peak for cost in costs),
    )


def _one(reader: str, form: str, path: Path) -> dict[str, float]:
    """Read once, in this process."""
    read: Callable[[], object] = {
        "ours": lambda: read_vectors(path, progress=_listen),
        "gensim": lambda: KeyedVectors.load_word2vec_format(str(path), **FORMS[form]),
    }[reader]
    gc.collect()
    _forget_peak()
    before = psutil.Process().memory_info().rss
    start, processor = time.perf_counter(), time.process_time()
    result = read()
    seconds, processor = time.perf_counter() - start, time.process_time() - processor
    peak = _peak() - before
    if reader == "ours" and getattr(result, "form", "") != form:
        raise SystemExit(f"{path} was not taken for {form}")
    return {"seconds": seconds, "processor": processor, "peak": peak}


def _listen(share: float) -> None:
    """Stand in for a progress bar."""


def _forget_peak() -> None:
    """Let Linux forget the highest memory so far, that of the imports."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _peak() -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) * 1024


def _met(ours: Cost, theirs: Cost) -> bool:
    return ours.seconds <= TIME * theirs.seconds and ours.peak <= MEMORY * theirs.peak


def _line(form: str, size: str, file: int, ours: Cost, theirs: Cost) -> str:
    cells = [form, size, f"{file / MB:.0f} MB"]
    for mine, other in ((ours.seconds, theirs.seconds), (ours.processor, theirs.processor)):
        cells += [f"{mine:.2f} s", f"{other:.2f} s", f"{mine / other:.2f}"]
    cells += [f"{ours.peak / MB:.0f} MB", f"{theirs.peak / MB:.0f} MB", f"{ours.peak / theirs.peak:.2f}"]
    return f"| {' | '.join(cells)} | {'met' if _met(ours, theirs) else 'missed'} |\n"


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
