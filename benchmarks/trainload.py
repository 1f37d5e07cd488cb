"""Train a head on 400 shipped sentences in a fresh process, and say what it took, in seconds of the processor.

Beside it stands a yardstick, taken in turns with it: 100 products of two matrices of 1000 × 1000 numbers. All threads
of the process count in both.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable

import numpy as np

from selfattn.core.labelled import labelled, split
from selfattn.core.learn import learn, prepare
from selfattn.core.vectors import load_vectors

SENTENCES, STEPS = 400, 100
PRODUCTS, SIZE = 100, 1000


def main(turns: int) -> None:
    """Write the medians of both, their ratio, and what was trained on, as JSON."""
    train = split(labelled()).train
    batch = prepare(train[:: len(train) // SENTENCES][:SENTENCES], load_vectors())
    if batch is None or len(batch.examples) != SENTENCES:
        raise RuntimeError(f"there are no {SENTENCES} sentences to train on")
    matrix = np.random.default_rng(0).normal(size=(SIZE, SIZE))

    def training() -> None:
        for _ in learn(batch, steps=STEPS):
            pass

    def yardstick() -> None:
        for _ in range(PRODUCTS):
            matrix @ matrix

    matrix @ matrix  # the threads are there
    took = [(_processor(training), _processor(yardstick)) for _ in range(turns)]
    ratio = statistics.median(trained / measured for trained, measured in took)
    trained, measured = (statistics.median(seconds) for seconds in zip(*took, strict=True))
    answer = {"training": trained, "yardstick": measured, "ratio": ratio, "words": len(batch.asked) + SENTENCES}
    sys.stdout.write(json.dumps(answer))


def _processor(work: Callable[[], None]) -> float:
    """Count the processor's seconds of some work, user and system, all threads."""
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
