"""Fetching: whole, cancelled, broken off and taken up again, wrong, too large; always against a real server."""

import gzip
import hashlib
import json
import shutil
from collections import namedtuple
from pathlib import Path
from threading import Thread

import numpy as np
import pytest
from gensim import downloader

from selfattn.sets import catalogue
from selfattn.sets.catalogue import CatalogueError, StoppedError, asking, fetching, locking
from tests.small_catalogue import made_up, small_catalogue

NAME, FILE = "a-set", "/a-set/a-set.gz"
WORDS, MATRIX = made_up(2000, 10)  # about 200 kB: several blocks, several chunks
Usage = namedtuple("Usage", "total used free")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """gensim's folder: not there yet. Chunks are small, so that a set has many of them however fast it arrives."""
    monkeypatch.setattr(asking, "CHUNK", 4096)
    monkeypatch.setattr(downloader, "BASE_DIR", str(tmp_path / "gensim-data"))
    monkeypatch.setenv("no_proxy", "*")
    return tmp_path / "gensim-data"


@pytest.fixture
def served(monkeypatch):
    with small_catalogue() as running:
        monkeypatch.setenv("SELFATTN_CATALOGUE", running.address)
        yield running


@pytest.fixture
def whole(served):
    """The bytes of the one set that is served."""
    return served.add(NAME, WORDS, MATRIX)


@pytest.fixture
def entry(whole):
    return the_entry()


def the_entry():
    return next(entry for entry in catalogue.catalogue() if entry.name == NAME)


def fetch(entry, progress=lambda *_: None, cancelled=lambda: False, **more):
    return catalogue.fetch(entry, progress=progress, cancelled=cancelled, **more)


def files(folder):
    """Everything in the folder but the copy of the list, and what holds the locks: path to number of bytes."""
    kept = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix not in (".json", ".lock")]
    return {path.relative_to(folder).as_posix(): path.stat().st_size for path in kept}


def stop_at(count):
    """Cancel as soon as so many bytes are here."""
    seen = [0]
    return {"progress": lambda here, _: seen.append(here), "cancelled": lambda: seen[-1] >= count}


def started_with(folder, part):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{NAME}.gz.part").write_bytes(part)


def test_a_set_arrives_where_gensim_would_put_it(entry, whole, folder, served):
    told = []
    path = fetch(entry, lambda *counts: told.append(counts))
    assert path == folder / NAME / f"{NAME}.gz"
    assert path.read_bytes() == whole
    assert files(folder) == {f"{NAME}/{NAME}.gz": len(whole)}
    assert served.asked_for(FILE) == [None]
    here, totals = zip(*told, strict=True)
    assert (here[0], here[-1]) == (0, len(whole))
    assert list(here) == sorted(here)
    assert set(totals) == {len(whole)}
    assert len(set(here)) > 2
    np.testing.assert_array_equal(catalogue.load(entry, path).vectors, MATRIX)


def test_only_the_data_file_is_asked_for(entry, served):
    """gensim would ask for a Python file too, and run it."""
    fetch(entry)
    assert {path for path, _ in served.asked} == {"/list.json", FILE}


def test_the_catalogue_may_be_given_by_its_address(served, whole, monkeypatch):
    monkeypatch.setenv("SELFATTN_CATALOGUE", "http://127.0.0.1:1/none")
    (entry,) = catalogue.catalogue(served.address)
    assert fetch(entry, address=served.address).read_bytes() == whole


def test_a_set_that_is_here_is_not_asked_for(entry, whole, served, folder):
    first = fetch(entry)
    served.asked.clear()
    assert fetch(entry) == first
    assert served.asked == []


def test_a_set_that_gensim_fetched_is_not_asked_for(entry, whole, served, folder, monkeypatch):
    """gensim's own download lies where it is found, and is the same byte for byte."""
    served.files[f"/{NAME}/__init__.py"] = b"raise SystemExit('never run')"
    monkeypatch.setattr(downloader, "DOWNLOAD_BASE_URL", served.address.rpartition("/")[0])
    monkeypatch.setattr(downloader, "_load_info", lambda: json.loads(json.dumps(served.listing)))
    downloader._download(NAME)
    assert entry.here
    served.asked.clear()
    assert fetch(entry).read_bytes() == whole
    assert served.asked == []


# Cancelled


def test_cancelling_keeps_what_has_arrived(entry, whole, folder, served):
    with pytest.raises(StoppedError, match=r"Stopped\. .+ MB of a-set are kept on disk: fetch it again to go on"):
        fetch(entry, **stop_at(20_000))
    ((name, size),) = files(folder).items()
    assert name == f"{NAME}.gz.part"
    assert 20_000 <= size < len(whole)
    assert (folder / name).read_bytes() == whole[:size]
    assert not (folder / NAME).exists()  # gensim takes the folder alone for the set
    assert catalogue.started(entry) == size
    assert not the_entry().here

    told = []
    assert fetch(entry, lambda *counts: told.append(counts)).read_bytes() == whole
    assert served.asked_for(FILE) == [None, f"bytes={size}-"]
    assert told[0] == (size, len(whole))
    assert files(folder) == {f"{NAME}/{NAME}.gz": len(whole)}
    assert catalogue.started(entry) == 0


def test_what_progress_raises_ends_it_the_same_way(entry, whole, folder):
    class ChangedMindError(Exception):
        pass

    def progress(here, _):
        if here >= 20_000:
            raise ChangedMindError

    with pytest.raises(ChangedMindError):
        fetch(entry, progress)
    assert 20_000 <= catalogue.started(entry) < len(whole)
    assert fetch(entry).read_bytes() == whole


def test_cancelled_before_anything_arrived(entry, folder):
    with pytest.raises(StoppedError, match="Nothing had arrived yet"):
        fetch(entry, cancelled=lambda: True)
    assert fetch(entry).is_file()


def test_what_is_kept_can_be_thrown_away(entry, whole, folder, served):
    with pytest.raises(StoppedError):
        fetch(entry, **stop_at(20_000))
    catalogue.discard(entry)
    assert files(folder) == {}
    catalogue.discard(entry)  # nothing there is no error
    fetch(entry)
    assert served.asked_for(FILE) == [None, None]


# Broken off


@pytest.mark.parametrize("ranges", [True, False], ids=["with Range", "without Range"])
def test_a_download_that_broke_off_is_taken_up_again(entry, whole, folder, served, ranges):
    served.ranges, served.break_after = ranges, 50_000
    with pytest.raises(
        CatalogueError, match=r"network broke off \(the connection was closed\)\. 0\.05 MB of a-set are kept"
    ):
        fetch(entry)
    assert files(folder) == {f"{NAME}.gz.part": 50_000}
    assert (folder / f"{NAME}.gz.part").read_bytes() == whole[:50_000]

    served.break_after = None
    told = []
    path = fetch(entry, lambda *counts: told.append(counts))
    assert path.read_bytes() == whole
    assert served.asked_for(FILE) == [None, "bytes=50000-"]
    assert told[0] == (50_000 if ranges else 0, len(whole))
    assert told[-1] == (len(whole), len(whole))
    assert files(folder) == {f"{NAME}/{NAME}.gz": len(whole)}


def test_it_may_break_off_again_and_again(entry, whole, served):
    served.break_after = 30_000
    for _ in range(len(whole) // 30_000):
        with pytest.raises(CatalogueError, match="broke off"):
            fetch(entry)
    assert fetch(entry).read_bytes() == whole
    assert served.asked_for(FILE)[1:3] == ["bytes=30000-", "bytes=60000-"]


def test_a_server_that_falls_silent_gives_a_sentence(entry, whole, served, monkeypatch):
    monkeypatch.setattr(asking, "SILENCE", 0.2)
    served.hold_after = 50_000
    with pytest.raises(CatalogueError, match=r"broke off \(no answer\)\. 0\.05 MB of a-set are kept"):
        fetch(entry)
    assert catalogue.started(entry) == 50_000
    monkeypatch.setattr(asking, "SILENCE", 60.0)
    served.go.set()
    assert fetch(entry).read_bytes() == whole


def test_a_slow_server_is_waited_for(entry, whole, served):
    """It holds back after half, until the half is known to be here."""
    served.hold_after = len(whole) // 2

    def progress(here, _):
        if here == served.hold_after:
            served.go.set()

    assert fetch(entry, progress).read_bytes() == whole


@pytest.mark.parametrize("status", [403, 404, 500, 503])
def test_an_answer_that_is_an_error_leaves_the_disk_as_it_was(entry, whole, folder, served, status):
    started_with(folder, whole[:1000])
    served.status[FILE] = status
    with pytest.raises(CatalogueError, match=rf"127\.0\.0\.1 answered “{status} .+”"):
        fetch(entry)
    assert files(folder) == {f"{NAME}.gz.part": 1000}


def test_no_network_leaves_the_disk_as_it_was(entry, whole, folder):
    started_with(folder, whole[:1000])
    with pytest.raises(CatalogueError, match=r"cannot be reached .+ Check the network"):
        fetch(entry, address="http://127.0.0.1:1/list.json")
    assert files(folder) == {f"{NAME}.gz.part": 1000}


def test_the_range_goes_along_where_the_server_sends_one_elsewhere(entry, whole, folder, served):
    """As gensim's releases do."""
    served.files["/far/away"] = whole
    served.moved[FILE] = "/far/away"
    started_with(folder, whole[:1000])
    assert fetch(entry).read_bytes() == whole
    assert served.asked_for("/far/away") == ["bytes=1000-"]


def test_another_range_than_asked_for_is_found_out_and_thrown_away(entry, whole, folder, served):
    started_with(folder, whole[:1000])
    served.shifted = True
    with pytest.raises(CatalogueError, match="checksum is wrong"):
        fetch(entry)
    assert files(folder) == {}


def test_a_part_that_is_complete_is_not_fetched_again(entry, whole, folder, served):
    """As when the app was stopped between the last byte and the move."""
    started_with(folder, whole)
    assert fetch(entry).read_bytes() == whole
    assert served.asked_for(FILE) == []


@pytest.mark.parametrize("extra", [0, 5])
def test_a_part_as_long_as_the_file_that_is_not_the_file_is_thrown_away(entry, whole, folder, served, extra):
    started_with(folder, b"x" * (len(whole) + extra))
    with pytest.raises(CatalogueError, match="checksum is wrong"):
        fetch(entry)
    assert fetch(entry).read_bytes() == whole
    assert served.asked_for(FILE) == [None]


# Wrong


def test_a_wrong_checksum_throws_everything_away(served, whole, folder):
    served.add(NAME, WORDS, MATRIX, checksum="0" * 32)
    with pytest.raises(CatalogueError, match=r"checksum is wrong\. It was thrown away\. Fetch it again"):
        fetch(the_entry())
    assert files(folder) == {}
    assert not (folder / NAME).exists()


def test_a_part_of_something_else_is_found_out_and_thrown_away(entry, whole, folder, served):
    started_with(folder, b"x" * 1000)
    with pytest.raises(CatalogueError, match="checksum is wrong"):
        fetch(entry)
    assert files(folder) == {}
    assert fetch(entry).read_bytes() == whole


@pytest.mark.parametrize("told", [1, 1000, 10**8])
def test_a_wrong_size_in_the_catalogue_does_no_harm(served, folder, told):
    """The server says how long the file is, and the checksum decides."""
    whole = served.add(NAME, WORDS, MATRIX, file_size=told)
    totals = []
    assert fetch(the_entry(), lambda *counts: totals.append(counts)).read_bytes() == whole
    assert totals[-1] == (len(whole), len(whole))


def test_without_a_length_from_the_server_the_catalogues_counts(served, whole, folder):
    served.lengths = False
    assert fetch(the_entry()).read_bytes() == whole


def test_without_a_length_a_file_cut_short_is_kept(entry, whole, folder, served):
    served.lengths, served.break_after = False, 50_000
    with pytest.raises(CatalogueError, match="broke off"):
        fetch(entry)
    assert files(folder) == {f"{NAME}.gz.part": 50_000}
    served.break_after = None
    assert fetch(entry).read_bytes() == whole


def test_without_a_length_more_than_the_catalogue_says_is_stopped(served, whole, folder):
    served.add(NAME, WORDS, MATRIX, file_size=10_000)
    served.lengths = False
    told = []
    with pytest.raises(CatalogueError, match="checksum is wrong"):
        fetch(the_entry(), lambda *counts: told.append(counts))
    assert files(folder) == {}
    assert max(here for here, _ in told) <= 10_000  # stopped there, not when all had been written


# The disk


def test_too_little_disk_is_found_before_anything_is_fetched(entry, served, folder, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**12, 10**12, entry.size + fetching.SPARE - 1))
    with pytest.raises(CatalogueError, match=r"a-set needs .+ MB more on the disk .+ set GENSIM_DATA_DIR"):
        fetch(entry)
    assert files(folder) == {}


def test_just_enough_disk_is_enough_and_what_is_here_counts(entry, whole, folder, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**12, 10**12, entry.size - 1000 + fetching.SPARE))
    with pytest.raises(CatalogueError, match="more on the disk"):
        fetch(entry)
    started_with(folder, whole[:1000])
    assert fetch(entry).read_bytes() == whole


def test_a_file_longer_than_the_catalogue_says_is_measured_by_its_length(served, folder, monkeypatch):
    served.add(NAME, WORDS, MATRIX, file_size=1)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**12, 10**12, 1000 + fetching.SPARE))
    with pytest.raises(CatalogueError, match="more on the disk"):
        fetch(the_entry())
    assert files(folder) == {}


def test_a_disk_that_fills_up_on_the_way_gives_a_sentence_and_keeps_the_part(entry, whole, folder, monkeypatch):
    """A real full disk where the machine has one; what it refuses is the system's own error."""
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full")
    folder.mkdir(exist_ok=True)
    (folder / f"{NAME}.gz.part").symlink_to(full)
    with pytest.raises(CatalogueError, match=r"cannot be written to the disk: No space left on device .+ Make room"):
        fetch(entry)


def test_a_folder_that_cannot_be_made_gives_a_sentence(entry, folder):
    shutil.rmtree(folder)
    folder.write_text("a file where the folder should be")
    with pytest.raises(CatalogueError, match=r"cannot be written to the disk: .+GENSIM_DATA_DIR"):
        fetch(entry)


def test_a_file_in_the_sets_place_gives_a_sentence(entry, whole, folder):
    (folder / NAME).write_text("a file where the set's folder should be")
    with pytest.raises(CatalogueError, match="cannot be written to the disk"):
        fetch(entry)
    assert catalogue.started(entry) == len(whole)  # all has arrived, and is not lost


# Several at once


class Fetching(Thread):
    """Fetches in a thread of its own, as a session does."""

    def __init__(self, entry, cancelled=lambda: False, progress=lambda *_: None):
        super().__init__(daemon=True)
        self.entry, self.cancelled, self.progress, self.came = entry, cancelled, progress, None
        self.start()

    def run(self):
        try:
            self.came = fetch(self.entry, self.progress, self.cancelled)
        except CatalogueError as error:
            self.came = error

    def outcome(self):
        self.join(60)
        assert not self.is_alive()
        return self.came


def test_a_class_that_fetches_the_same_set_fetches_it_once(entry, whole, served, monkeypatch):
    monkeypatch.setattr(locking, "WAIT", 0.01)
    served.hold_after = 50_000
    first = Fetching(entry)
    assert served.held.wait(60)
    seen = []

    def progress(here, total):
        seen.append((here, total))
        if here >= 30_000:  # the last few kB may not be on the disk yet
            served.go.set()  # the one who waits sees how far the first one is

    second = Fetching(entry, progress=progress)
    assert first.outcome() == second.outcome()
    assert first.came.read_bytes() == whole
    assert served.asked_for(FILE) == [None]
    assert seen
    assert {total for _, total in seen} == {len(whole)}


def test_who_waits_may_cancel_and_the_first_goes_on(entry, whole, served, monkeypatch):
    monkeypatch.setattr(locking, "WAIT", 0.01)
    served.hold_after = 50_000
    first = Fetching(entry)
    assert served.held.wait(60)
    second = Fetching(entry, cancelled=lambda: True)
    assert "Another session goes on" in str(second.outcome())
    with pytest.raises(CatalogueError, match="being fetched just now"):
        catalogue.discard(entry)
    served.go.set()
    assert first.outcome().read_bytes() == whole


def test_where_the_first_cancels_the_next_goes_on_from_there(entry, whole, served, monkeypatch):
    monkeypatch.setattr(locking, "WAIT", 0.01)
    served.hold_after = 50_000
    gone = []
    first = Fetching(entry, cancelled=lambda: bool(gone))
    assert served.held.wait(60)

    def progress(here, _):
        if not gone:
            gone.append(True)
            served.hold_after = None
            served.go.set()

    second = Fetching(entry, progress=progress)
    assert isinstance(first.outcome(), StoppedError)
    assert second.outcome().read_bytes() == whole
    assert served.asked_for(FILE) == [None, "bytes=50000-"]


def test_the_server_of_these_tests_is_a_sound_oracle(served, whole):
    """What it serves is what gensim's format is: packed once, words and numbers after a header, MD5 as listed."""
    assert hashlib.md5(whole).hexdigest() == served.listing["models"][NAME]["checksum"]
    lines = gzip.decompress(whole).split(b"\n")
    assert lines[0] == b"2000 10"
    assert lines[1].split(b" ")[0] == b"money"
    assert [float(number) for number in lines[1].split(b" ")[1:]] == MATRIX[0].tolist()
