"""Two processes of the app on one disk: a set is fetched once, and what one leaves unfinished the other finishes."""

import json
import os
import subprocess
import sys
from contextlib import contextmanager

import pytest

from tests.small_catalogue import made_up, small_catalogue

NAME, FILE, HELD = "a-set", "/a-set/a-set.gz", 50_000
WORDS, MATRIX = made_up(2000, 10)  # about 200 kB
FETCH = """
import json, sys
from selfattn.sets import catalogue
from selfattn.sets.catalogue import asking, locking
asking.CHUNK = 4096
locking.WAIT = 0.01
def tell(*what): print(json.dumps(what), flush=True)
entry, = catalogue.catalogue()
sys.stdin.readline()
tell("came", str(catalogue.fetch(entry, progress=tell, cancelled=lambda: False)))
"""


@pytest.fixture
def served():
    with small_catalogue() as running:
        running.whole = running.add(NAME, WORDS, MATRIX)
        running.hold_after = HELD
        yield running


@pytest.fixture
def two(served, tmp_path):
    """Two processes that have read the list, and fetch the set once they are told to."""
    with process(served, tmp_path) as first, process(served, tmp_path) as second:
        yield first, second


@contextmanager
def process(served, folder):
    environment = {
        **os.environ, "SELFATTN_CATALOGUE": served.address, "GENSIM_DATA_DIR": str(folder / "data"), "no_proxy": "*",
    }  # fmt: skip
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "bufsize": 1}
    with subprocess.Popen([sys.executable, "-c", FETCH], env=environment, **pipes) as running:
        try:
            yield running
        finally:
            running.kill()


def go(running):
    running.stdin.write("\n")


def told(running):
    """Yield what a process tells of its fetching, until it ends."""
    return map(json.loads, running.stdout)


def test_two_processes_fetch_a_set_once_and_both_tell_how_far_it_is(served, two):
    first, second = two
    go(first)
    assert served.held.wait(60)
    go(second)
    waiting = told(second)
    here = [next(count for count, of in waiting if of == len(served.whole) and count >= HELD - 8192)]
    served.go.set()
    came = [list(told(first))[-1][1], list(waiting)[-1][1]]
    assert 0 < here[0] <= HELD  # the one who waits sees how far the other one is; the last few kB may not be written
    assert served.asked_for(FILE) == [None]
    assert came[0] == came[1]
    with open(came[0], "rb") as file:
        assert file.read() == served.whole


def test_where_the_one_that_fetches_is_killed_the_other_goes_on_from_there(served, two):
    first, second = two
    go(first)
    assert served.held.wait(60)
    go(second)
    waiting = told(second)
    next(count for count, _ in waiting if count >= HELD - 8192)
    served.hold_after = None
    first.kill()
    first.wait()
    *way, (_, came) = waiting
    _, again = served.asked_for(FILE)
    assert HELD - 8192 <= int(again.removeprefix("bytes=").removesuffix("-")) <= HELD
    assert all(count >= HELD - 8192 for count, _ in way)
    with open(came, "rb") as file:
        assert file.read() == served.whole
