"""Other processes: how much of the machine they take while something is measured, and waiting for them to be quiet."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import TypeVar

import psutil

QUIET = 10.0  # per cent of the machine
QUIET_SECONDS = 4  # in a row

Result = TypeVar("Result")


def during(measure: Callable[[], Result]) -> tuple[Result, float]:
    """Measure, and say what share of the machine went to processes that this one did not start."""
    start, busy, own = time.perf_counter(), _busy(), _own()
    result = measure()
    share = (_busy() - busy - (_own() - own)) / (time.perf_counter() - start) / (os.cpu_count() or 1)
    return result, max(share, 0.0)


def wait_for_quiet(seconds: float) -> None:
    """Wait until the machine has nothing else to do, at most so long."""
    end = time.perf_counter() + seconds
    quiet = 0
    while quiet < QUIET_SECONDS and time.perf_counter() < end:
        quiet = quiet + 1 if psutil.cpu_percent(interval=1) < QUIET else 0


def _busy() -> float:
    """Give the seconds that all processors were busy, those taken by other virtual machines included."""
    times = psutil.cpu_times()
    return float(times.user + times.nice + times.system + getattr(times, "steal", 0.0))


def _own() -> float:
    """Give the seconds that this process has used, and those of its children that have ended."""
    return sum(os.times()[:4])
