"""What an edit of the home page costs the server, by the length of the sentence and by how many numbers a word has."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import numpy as np
from edits import open_session, turn
from loadclient import Load
from sentences import made_up_words
from server import App, Server, serve

HERE = Path(__file__).resolve().parent
SIZED = App("sized", HERE / "sized.py", HERE.parent)
USUAL_LENGTH, USUAL_NUMBERS = 8, 50
LENGTHS = (3, 8, 16, 32, 64, 128, 256, 512)
NUMBERS = (2, 10, 50, 100, 300, 1000)
SIZES = [
    *((length, USUAL_NUMBERS) for length in LENGTHS),
    *((USUAL_LENGTH, numbers) for numbers in NUMBERS),
    (LENGTHS[-1], NUMBERS[-1]),
]


def table(edits: int) -> str:
    """Measure, and write a table: milliseconds of the processor for an edit, and for the attention alone."""
    head = "| words | numbers a word | edit | attention alone | kB |\n| ---: | ---: | ---: | ---: | ---: |\n"
    with serve(SIZED) as server:
        return head + "".join(asyncio.run(_line(server, *size, edits)) for size in SIZES)


async def _line(server: Server, length: int, numbers: int, edits: int) -> str:
    texts = _texts(length)
    async with AsyncExitStack() as stack:
        load = Load(server.url, query=f"numbers={numbers}&set=mine-1&preset=balanced")
        session = await open_session(stack, load)
        await turn(server, session, "^Sentence A", texts, 3)
        seconds, run = await turn(server, session, "^Sentence A", texts, edits)
    alone = _attention(length, numbers, edits)
    return f"| {length} | {numbers:,} | {seconds * 1e3:.1f} ms | {alone * 1e3:.2f} ms | {run.received / 1e3:.0f} |\n"


def _texts(length: int) -> Iterator[str]:
    rng, words = random.Random(length), made_up_words()
    while True:
        yield " ".join(["bank", *rng.sample(words, length - 1)])


def _attention(length: int, numbers: int, times: int) -> float:
    """Give the seconds that scores, softmax and sums of one sentence take, on all threads."""
    matrix = np.random.default_rng(0).normal(size=(length, numbers))
    start = time.process_time()
    for _ in range(times):
        scores = np.exp(matrix @ matrix.T / np.sqrt(numbers))
        scores / scores.sum(axis=1, keepdims=True) @ matrix
    return (time.process_time() - start) / times
