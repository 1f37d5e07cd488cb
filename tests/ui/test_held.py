"""Files that sessions hold: how many at a time, which make room, and what a person is told whose file finds none."""

import gc
import io

import pytest

from selfattn.sets.memory import MB
from selfattn.ui import held
from selfattn.ui.held import Held, hold
from selfattn.ui.jobs import Job


class File(io.BytesIO):
    def __init__(self, name, megabytes):
        super().__init__()
        self.name, self.size = name, megabytes * MB


@pytest.fixture(autouse=True)
def _nothing_held(monkeypatch):
    monkeypatch.setattr(held, "_all", type(held._all)())


def being_read(one):
    one.job = Job("reading")
    return one


def read(one):
    one.job = Job("reading")
    one.job.done.set()
    return one


def test_files_are_held_up_to_a_hundred_megabytes_and_the_next_is_told_why_not():
    first, second = being_read(hold(File("a.vec", 50))), being_read(hold(File("b.vec", 50)))
    assert isinstance(first, Held)
    assert isinstance(second, Held)
    assert hold(File("c.vec", 1)) == (
        "“c.vec” arrived whole (1 MB), but 2 other files are being read just now (100 MB), and there is room for 100 "
        "MB at a time. Bring it again in a minute."
    )
    del second
    gc.collect()
    assert "another file is being read just now (50 MB)" in hold(File("d.vec", 51))
    assert isinstance(hold(File("d.vec", 50)), Held)


def test_a_file_of_any_size_is_held_where_there_is_no_other():
    large = being_read(hold(File("large.bin", 200)))
    assert "another file is being read just now (200 MB)" in hold(File("a.vec", 1))
    assert not large.file.closed


def test_files_that_wait_for_their_person_make_room_the_others_do_not():
    waits, reads = read(hold(File("a.vec", 60))), being_read(hold(File("b.vec", 40)))
    fresh = hold(File("c.vec", 60))
    assert isinstance(fresh, Held)
    assert waits.file.closed
    assert not reads.file.closed
    assert isinstance(hold(File("d.vec", 1)), str), "a file that has just come, and has no job yet, keeps its place"


def test_a_file_that_waits_is_kept_where_there_is_room_beside_it():
    waits = read(hold(File("a.vec", 60)))
    assert isinstance(hold(File("b.vec", 40)), Held)
    assert not waits.file.closed
