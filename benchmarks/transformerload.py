"""What the transformer costs: its first use, and a text by its length, on one thread; beside it its products alone.

`transformerload.py` measures in its own process and writes a table; every text is another one, so nothing is kept.
"""

import os
import random
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # as in a server

import numpy as np

import selfattn

TOKENS = (5, 12, 24, 48, 96, 128)
TARGETS = {12: 0.020, 128: 0.150}  # seconds of the processor, at most
MOST_MB = 70


def main(times: int) -> int:
    """Write the first use, and the table; the status is 1 where a target was missed."""
    selfattn.load_vectors()
    before, start = _megabytes("VmRSS"), time.process_time()
    transformer = selfattn.transformer.load()
    transformer("River bank flows")
    seconds, grown = time.process_time() - start, _megabytes("VmHWM") - before
    sys.stdout.write(f"first use: {seconds * 1e3:.0f} ms, {grown:.0f} MB\n\n")
    sys.stdout.write("| tokens | processor | its products alone | times | target | |\n")
    sys.stdout.write("| ---: | ---: | ---: | ---: | ---: | --- |\n")
    met = [_line(transformer, tokens, times) for tokens in TOKENS]
    return 0 if all(met) and grown <= MOST_MB else 1


def _line(transformer: selfattn.transformer.Transformer, tokens: int, times: int) -> bool:
    """Measure texts and products in turns, and write a row; say whether its target is met."""
    texts, turns = _texts(transformer, tokens), []
    states = np.random.default_rng(0).normal(size=(tokens, 384)).astype(np.float32)
    wide = np.random.default_rng(0).normal(size=(tokens, 1536)).astype(np.float32)

    def products() -> None:
        for block in transformer.learned.blocks:
            states @ block.query_key_value
            states @ block.output
            states @ block.widen
            wide @ block.narrow

    for _ in range(times):
        turns.append((_processor(partial(transformer, next(texts))), _processor(products)))
    seconds, alone = (statistics.median(column) for column in zip(*turns, strict=True))
    target = TARGETS.get(tokens, float("inf"))
    asked = f"≤ {target * 1e3:.0f} ms | {'met' if seconds <= target else 'missed'}" if tokens in TARGETS else " | "
    row = f"{tokens} | {seconds * 1e3:.1f} ms | {alone * 1e3:.1f} ms | {seconds / alone:.1f} | {asked}"
    sys.stdout.write(f"| {row} |\n")
    sys.stdout.flush()
    return bool(seconds <= target)


def _texts(transformer: selfattn.transformer.Transformer, tokens: int) -> Iterator[str]:
    """Yield texts of known words, of so many tokens, [CLS] and [SEP] among them."""
    known = set(transformer.learned.pieces)
    words = [word for word in selfattn.load_vectors().index_to_key[:5000] if word.isalpha() and word in known]
    rng = random.Random(tokens)
    while True:
        yield " ".join(rng.sample(words, tokens - 2))


def _processor(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _megabytes(field: str) -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    found = re.search(rf"{field}:\s+(\d+) kB", status)
    return int(found[1]) * 1024 / 1e6 if found else float("nan")


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 40))
