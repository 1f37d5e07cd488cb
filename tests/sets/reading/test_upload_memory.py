"""What one uploads takes memory as long as it is looked at, and no longer; and never more than there is."""

import gc
import io
import json
import os
import subprocess
import sys
import tracemalloc
import weakref
from pathlib import Path

import pytest

import selfattn
from selfattn.sets import memory
from selfattn.sets.memory import MB
from selfattn.sets.reading import LIMITS, Limits, ReadingError, read_vectors
from tests.broken_vectors import HEADED, ROWS, WORDS, binary
from tests.using_uploads import NUMBERS, upload, uploads, use
from tests.using_uploads import WORDS as COUNT

ROOT = Path(__file__).resolve().parents[3]


def test_ten_uploads_in_a_row_end_where_they_began() -> None:
    # In a process of its own: the resident memory of this one depends on the tests before.
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "tests.using_uploads"]
    answer = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=600, check=True)
    first, *_, last = resident = json.loads(answer.stdout)
    assert len(resident) == 11
    assert last <= 1.1 * first
    assert last - first < 4 * COUNT * NUMBERS  # one matrix; ten would be 10 MB


@pytest.mark.parametrize("file", range(3), ids=["plain", "gz", "zip"])
def test_a_set_that_was_dropped_is_collected(file: int) -> None:
    reading = read_vectors(io.BytesIO(uploads(2000, 20)[file]))
    use(reading.vectors)
    held = [weakref.ref(part) for part in (reading.vectors, reading.vectors.vectors, reading.vectors.norms)]
    gc.collect()
    gc.disable()  # nothing has to look for it: it goes with the last who holds it
    try:
        assert all(reference() is not None for reference in held)
        del reading
        assert [reference() for reference in held] == [None] * 3
    finally:
        gc.enable()


def test_a_set_is_collected_when_its_reading_was_refused_or_stopped() -> None:
    class StopError(Exception):
        pass

    def stop(share: float) -> None:
        if share > 0.5:
            raise StopError

    plain = upload(2000, 50)
    gc.collect()
    tracemalloc.start()
    try:
        for broken, progress, error in ((plain, stop, StopError), (plain[:-9], None, ReadingError)):
            before = tracemalloc.get_traced_memory()[0]
            with pytest.raises(error):
                read_vectors(io.BytesIO(broken), progress=progress)
            gc.collect()
            assert tracemalloc.get_traced_memory()[0] - before < 0.1 * len(plain)
    finally:
        tracemalloc.stop()


# Within the memory that there is


def test_what_a_machine_has_left_bounds_the_rows() -> None:
    assert Limits().within(8000 * MB).rows_of(50) == Limits().rows_of(50)
    assert Limits().within(0).rows_of(50) == 0
    for free in (101, 150, 300, 1000):
        small = LIMITS.within(free * MB)
        rows = small.rows_of(300)
        assert memory.fits(memory.needed(rows, 300), free=free * MB)
        assert rows == LIMITS.rows_of(300) or not memory.fits(memory.needed(rows + 1, 300), free=free * MB)


def test_of_what_does_not_fit_the_first_rows_are_read() -> None:
    for data in uploads(4000, 50):
        reading = read_vectors(io.BytesIO(data), limits=Limits(memory=memory.needed(1500, 50)))
        assert len(reading.vectors) == 1500
        assert reading.remarks == (
            "Only the first 1,500 of 4,000 words are read: the memory that is free at the moment has no room for more.",
        )


@pytest.mark.parametrize("usable_only", [False, True])
def test_what_is_read_stays_within_the_memory(usable_only: bool) -> None:
    allowed = memory.needed(5000, 100)  # 3 MB
    data = upload(10_000, 100)
    file = io.BytesIO(data.replace(b"worda ", b"word\xe9 ", 1) if usable_only else data)
    read_vectors(io.BytesIO(ROWS))
    tracemalloc.start()
    try:
        reading = read_vectors(file, limits=Limits(memory=allowed), usable_only=usable_only)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(reading.vectors) == 5000
    assert peak < allowed + MB  # a block or two of the file, beside it


def test_a_file_with_no_room_is_refused_before_it_is_read() -> None:
    file = io.BytesIO(upload(10_000, 100))
    tracemalloc.start()
    try:
        with pytest.raises(ReadingError) as raised:
            read_vectors(file, limits=LIMITS.within(100 * MB))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert str(raised.value) == (
        "There is no room for this file at the moment: 1,000 words of 100 numbers take 0.6 MB of memory, and 0 MB are "
        "left for uploads. Try again in a while, or choose another set."
    )
    assert raised.value.usable == 0
    assert peak < 2 * MB


def test_a_small_file_needs_room_for_its_own_rows_only() -> None:
    for data in (ROWS, HEADED, binary()):
        room = Limits(memory=memory.needed(5, 2))
        assert read_vectors(io.BytesIO(data), limits=room).vectors.index_to_key == list(WORDS)
        with pytest.raises(ReadingError, match="5 words of 2 numbers"):
            read_vectors(io.BytesIO(data), limits=Limits(memory=memory.needed(4, 2)))


def test_uploads_in_turn_never_take_more_than_a_small_machine_has() -> None:
    """Of a machine, 160 MB are left: uploads come until there is no room, and all of them are kept."""
    free, kept, data = 160 * MB, [], upload(5000, 500)  # 11 MB each
    while len(kept) < 10:
        try:
            vectors = read_vectors(io.BytesIO(data), limits=LIMITS.within(free)).vectors
        except ReadingError:
            break
        free -= memory.needed(len(vectors), vectors.vector_size)
        kept.append(len(vectors))
    assert free >= 100 * MB
    assert kept[:5] == [5000] * 5
    assert [1000 <= count < 5000 for count in kept[5:]] == [True]


def test_the_names_that_a_notebook_needs_are_public() -> None:
    assert selfattn.read_vectors is read_vectors
    assert selfattn.ReadingError is ReadingError
    assert isinstance(selfattn.read_vectors(io.BytesIO(ROWS)), selfattn.Reading)
